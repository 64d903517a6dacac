//! The documents that someone has named to be imported: files, and folders of files.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::{DOCUMENT_LIMIT, read_file};
use crate::diagnostic::Diagnostic;

/// The files at a path: itself, or all files of a folder and the folders in it, in no order that means anything.
///
/// What begins with a dot or `~` is left out: systems and Word put such files beside documents while they are open.
///
/// # Errors
/// A folder that cannot be read.
pub fn documents(path: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
    if !path.is_dir() {
        return Ok(vec![path.to_path_buf()]);
    }
    let is_document = |name: &str| !name.starts_with(['.', '~']);
    let entries = WalkDir::new(path).sort_by_file_name().into_iter();
    let mut files = Vec::new();
    for entry in
        entries.filter_entry(|entry| entry.depth() == 0 || is_document(&entry.file_name().to_string_lossy()))
    {
        let entry =
            entry.map_err(|error| Diagnostic::unreadable(&path.to_string_lossy(), &error.to_string()))?;
        if !entry.file_type().is_dir() {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

/// Reads a document.
///
/// # Errors
/// As [`read_file`] has them.
pub fn document(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    read_file(path, &path.to_string_lossy(), DOCUMENT_LIMIT)
}
