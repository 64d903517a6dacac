//! Puts new content in the place of one file in one step.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use crate::diagnostic::Diagnostic;

/// Puts new content in the place of a file in one step.
///
/// # Errors
/// What the disk refused, as a diagnostic that names the file; then the file is as it was.
pub fn replace(target: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    let mut name = OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(".new");
    let temporary = target.with_file_name(name);
    let written = written(&temporary, bytes).and_then(|()| fs::rename(&temporary, target));
    written.map_err(|error| {
        let _ = fs::remove_file(&temporary);
        Diagnostic::unwritable(&target.to_string_lossy(), &error.to_string())
    })
}

fn written(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
