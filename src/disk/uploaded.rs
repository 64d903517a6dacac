//! The list of the files that were uploaded last, which a technician keeps.

use std::path::Path;

use super::{DOCUMENT_LIMIT, read_file};
use crate::diagnostic::Diagnostic;
use crate::file_list::FileList;

/// Reads the list of what was uploaded last; none where there is no such file yet.
///
/// # Errors
/// A diagnostic where it cannot be read, or is another file.
pub fn uploaded(file: &Path) -> Result<Option<FileList>, Diagnostic> {
    let name = file.to_string_lossy();
    if !file.exists() {
        return Ok(None);
    }
    let bytes = read_file(file, &name, DOCUMENT_LIMIT)?;
    match std::str::from_utf8(&bytes) {
        Ok(text) if FileList::is_list(text) => Ok(Some(FileList::parse(text))),
        _ => Err(Diagnostic::no_file_list(&name)),
    }
}
