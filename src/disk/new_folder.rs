//! Writes a folder that was not there before.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use crate::diagnostic::Diagnostic;

/// Writes `files`, by path below `folder`, into the new folder `folder` of the site at `root`. Nothing is overwritten.
///
/// # Errors
/// [`Diagnostic::tera_theme_exists`] where there is something at `folder`, or what the disk refused.
pub fn new_folder(root: &Path, folder: &str, files: &[(String, String)]) -> Result<(), Diagnostic> {
    let top = root.join(folder);
    let fault =
        |path: &Path, error: io::Error| Diagnostic::unwritable(&path.to_string_lossy(), &error.to_string());
    let above = top.parent().unwrap_or(root);
    fs::create_dir_all(above).map_err(|error| fault(above, error))?;
    fs::create_dir(&top).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Diagnostic::tera_theme_exists(folder),
        _ => fault(&top, error),
    })?;
    for (path, text) in files {
        let target = top.join(path);
        let parent = target.parent().unwrap_or(&top);
        fs::create_dir_all(parent).map_err(|error| fault(parent, error))?;
        OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&target)
            .and_then(|mut file| file.write_all(text.as_bytes()))
            .map_err(|error| fault(&target, error))?;
    }
    Ok(())
}
