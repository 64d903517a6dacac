//! Whether one folder is another, or lies in it, however the two are written.

use std::fs;
use std::path::{Path, PathBuf};

/// Whether `path` is `folder` or lies below it, once symbolic links and `..` are followed; neither has to be there.
pub fn is_within(path: &Path, folder: &Path) -> bool {
    real(path).starts_with(real(folder))
}

/// The path without links, as far as it is there.
fn real(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    if let Ok(real) = fs::canonicalize(&path) {
        return real;
    }
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) => real(parent).join(name),
        // It ends in `..`, and what comes before is not there.
        (Some(parent), None) => real(parent).parent().map_or_else(|| parent.to_owned(), Path::to_owned),
        (None, _) => path,
    }
}
