//! The list of the files that were uploaded last, which a technician keeps.

use std::fs;
use std::io;
use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::file_list::FileList;

/// Reads the list of what was uploaded last; none where there is no such file yet.
///
/// # Errors
/// A diagnostic where it cannot be read, or is another file.
pub fn uploaded(file: &Path) -> Result<Option<FileList>, Diagnostic> {
    let name = file.to_string_lossy();
    match fs::read_to_string(file) {
        Ok(text) if FileList::is_list(&text) => Ok(Some(FileList::parse(&text))),
        Ok(_) => Err(Diagnostic::no_file_list(&name)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Err(Diagnostic::no_file_list(&name)),
        Err(error) => Err(Diagnostic::unreadable(&name, &error.to_string())),
    }
}
