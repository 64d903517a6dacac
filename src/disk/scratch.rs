//! A file without a name for what does not fit into memory; it is gone with the program, however that ends.

use std::fs::File;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use super::Staging;
use crate::scratch::Placed;

/// Room in the system's folder for temporary files, taken when it is first needed.
pub struct Scratch {
    limit: usize,
    file: OnceLock<File>,
    /// Where the next bytes go.
    end: AtomicU64,
    staging: Option<Arc<Staging>>,
}

impl Scratch {
    /// What is kept in memory up to `limit` bytes goes to disk above.
    pub fn new(limit: usize) -> Scratch {
        Scratch { limit, file: OnceLock::new(), end: AtomicU64::new(0), staging: None }
    }

    /// The same, where finished files go to `staging` at once.
    pub fn publishing(self, staging: Arc<Staging>) -> Scratch {
        Scratch { staging: Some(staging), ..self }
    }

    fn file(&self) -> io::Result<&File> {
        match self.file.get() {
            Some(file) => Ok(file),
            None => {
                let file = tempfile::tempfile()?;
                Ok(self.file.get_or_init(|| file))
            }
        }
    }
}

// Threads read and write at once, each at its own place, which takes no lock and half of the calls.
impl crate::scratch::Scratch for Scratch {
    fn limit(&self) -> usize {
        self.limit
    }

    fn keep(&self, bytes: &[u8]) -> io::Result<u64> {
        let offset = self.end.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        write_at(self.file()?, bytes, offset)?;
        Ok(offset)
    }

    fn read(&self, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; length];
        read_at(self.file()?, &mut bytes, offset)?;
        Ok(bytes)
    }

    fn place(&self, path: &str, bytes: &[u8]) -> io::Result<Option<Placed>> {
        self.staging.as_ref().map(|staging| staging.place(path, bytes)).transpose()
    }

    fn placed(&self, path: &str) -> io::Result<Vec<u8>> {
        self.staging
            .as_ref()
            .map_or_else(|| Err(io::ErrorKind::NotFound.into()), |staging| staging.read(path))
    }
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, offset)
}

#[cfg(unix)]
fn write_at(file: &File, bytes: &[u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, offset)
}

#[cfg(not(unix))]
fn read_at(file: &File, mut bytes: &mut [u8], mut offset: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        match std::os::windows::fs::FileExt::seek_read(file, bytes, offset)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => {
                bytes = &mut bytes[read..];
                offset += read as u64;
            }
        }
    }
    Ok(())
}

#[cfg(not(unix))]
fn write_at(file: &File, mut bytes: &[u8], mut offset: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        match std::os::windows::fs::FileExt::seek_write(file, bytes, offset)? {
            0 => return Err(io::ErrorKind::WriteZero.into()),
            written => {
                bytes = &bytes[written..];
                offset += written as u64;
            }
        }
    }
    Ok(())
}
