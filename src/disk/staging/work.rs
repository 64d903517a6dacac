//! The folder in which a new site is made ready, and the lock on it: one build at a time.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::target;
use crate::diagnostic::Diagnostic;

/// How often another build may take the folder away between two steps of taking it.
const ATTEMPTS: usize = 100;

/// A folder that is ours alone. It is gone when this is dropped, unless a journal in it says that work is left.
pub(super) struct Work {
    path: PathBuf,
    /// Held as long as this lives.
    lock: Option<File>,
}

impl Work {
    /// Takes the folder that belongs to the output `folder`: beside it, or in it where it is a volume of its own or what is
    /// beside it is not for us to write.
    ///
    /// # Errors
    /// A diagnostic where another build has it, or where the disk refuses it.
    pub(super) fn take(folder: &Path) -> Result<Work, Diagnostic> {
        let fault = |error: io::Error| Diagnostic::unwritable(&folder.to_string_lossy(), &error.to_string());
        let inside = folder.join(target::WORK_INSIDE);
        let Some(beside) = target::work_beside(folder) else { return Work::lock(inside, folder) };
        if folder.exists() && !target::is_one_volume(folder, &beside) {
            return Work::lock(inside, folder);
        }
        if let Some(parent) = beside.parent() {
            fs::create_dir_all(parent).map_err(fault)?;
        }
        match fs::create_dir(&beside) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists && folder.is_dir() => {
                Work::lock(inside, folder)
            }
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(fault(error)),
            _ => Work::lock(beside, folder),
        }
    }

    fn lock(path: PathBuf, folder: &Path) -> Result<Work, Diagnostic> {
        let fault = |error: io::Error| Diagnostic::unwritable(&path.to_string_lossy(), &error.to_string());
        for _ in 0..ATTEMPTS {
            fs::create_dir_all(&path).map_err(fault)?;
            if !fs::symlink_metadata(&path).is_ok_and(|found| found.is_dir()) {
                return Err(Diagnostic::special_file(&path.to_string_lossy()));
            }
            let name = path.join("lock");
            let file = match File::options().create(true).append(true).open(&name) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                opened => opened.map_err(fault)?,
            };
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    return Err(Diagnostic::output_busy(&folder.to_string_lossy()));
                }
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
                Err(TryLockError::Error(error)) => return Err(fault(error)),
            }
            // Whoever had it before may have removed what is locked here.
            if target::is_same_file(&file, &name) {
                return Ok(Work { path, lock: Some(file) });
            }
        }
        Err(Diagnostic::output_busy(&folder.to_string_lossy()))
    }

    /// A path in the folder.
    pub(super) fn join(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Removes whatever is in it but the lock.
    ///
    /// # Errors
    /// What the disk says.
    pub(super) fn clear(&self) -> io::Result<()> {
        for entry in fs::read_dir(&self.path)? {
            let entry = entry?;
            if entry.file_name() == "lock" {
                continue;
            }
            if entry.file_type()?.is_dir() {
                fs::remove_dir_all(entry.path())?;
            } else {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}

impl Work {
    /// Removes the folder, unless a journal in it says that work is left; whether it is gone.
    pub(super) fn remove(&self) -> bool {
        if self.join(super::journal::NAME).exists() || self.clear().is_err() {
            return false;
        }
        let _ = fs::remove_file(self.join("lock"));
        fs::remove_dir(&self.path).is_ok()
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        self.remove();
        drop(self.lock.take());
    }
}
