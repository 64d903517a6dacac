//! Reads one file that someone has named: an ordinary one, and not more of it than there is room for.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

use crate::diagnostic::Diagnostic;

/// Bytes that a text of the site, such as a speech or a template, may have: a hundred times a long speech.
pub const TEXT_LIMIT: u64 = 4 << 20;

/// Bytes that a document to import or a font may have.
pub const DOCUMENT_LIMIT: u64 = 256 << 20;

/// Reads the file at `path`, which messages call `name`.
///
/// # Errors
/// A diagnostic where it is no ordinary file, has more than `limit` bytes, or cannot be read.
pub fn read_file(path: &Path, name: &str, limit: u64) -> Result<Vec<u8>, Diagnostic> {
    let unreadable = |error: std::io::Error| Diagnostic::unreadable(name, &error.to_string());
    // A pipe would be waited for already when it is opened.
    let found = fs::metadata(path).map_err(unreadable)?;
    if !found.is_file() {
        return Err(Diagnostic::special_file(name));
    }
    if found.len() > limit {
        return Err(Diagnostic::too_large(name, found.len(), limit));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(found.len()).unwrap_or_default());
    File::open(path).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes)).map_err(unreadable)?;
    if bytes.len() as u64 > limit {
        return Err(Diagnostic::too_large(name, bytes.len() as u64, limit));
    }
    Ok(bytes)
}
