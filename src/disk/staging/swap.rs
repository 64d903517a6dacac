//! What the operating system offers for putting one folder into the place of another, and for making files durable.

use std::fs::{self, File};
use std::io;
use std::path::Path;

/// Exchanges the names of two folders in one step: `renameat2` on Linux, `renameatx_np` on macOS.
///
/// # Errors
/// `Unsupported` where the system or the volume has no such step, else what the disk says.
#[cfg(any(target_os = "linux", target_os = "android", target_os = "macos"))]
pub(super) fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).map_err(io::Error::from)
}

/// Exchanges the names of two folders: not here.
///
/// # Errors
/// Always.
#[cfg(not(any(target_os = "linux", target_os = "android", target_os = "macos")))]
pub(super) fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Makes everything below `folder` durable: one call for its whole volume.
///
/// # Errors
/// What the disk says.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(super) fn flush(folder: &Path) -> io::Result<()> {
    rustix::fs::syncfs(File::open(folder)?).map_err(io::Error::from)
}

/// Makes everything below `folder` durable, file by file.
///
/// # Errors
/// What the disk says.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
pub(super) fn flush(folder: &Path) -> io::Result<()> {
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.map_err(io::Error::from)?;
        if entry.file_type().is_file() {
            File::options().append(true).open(entry.path())?.sync_all()?;
        }
    }
    Ok(())
}

/// Makes the names in a folder durable, where the system can.
///
/// # Errors
/// What the disk says.
pub(super) fn flush_names(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// A second name for a file, or a copy with the same time where the volume has no such thing. A symbolic link stays one.
///
/// # Errors
/// What the disk says.
pub(super) fn link(from: &Path, to: &Path) -> io::Result<()> {
    match fs::hard_link(from, to) {
        Err(error)
            if error.kind() != io::ErrorKind::StorageFull
                && fs::metadata(from).is_ok_and(|found| found.is_file()) =>
        {
            fs::copy(from, to)?;
            let modified = fs::metadata(from)?.modified()?;
            File::options().append(true).open(to)?.set_modified(modified)
        }
        linked => linked,
    }
}
