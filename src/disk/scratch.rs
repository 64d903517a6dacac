//! A file without a name for what does not fit into memory; it is gone with the program, however that ends.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::sync::{Arc, Mutex, PoisonError};

use super::Staging;
use crate::scratch::Placed;

/// Room in the system's folder for temporary files, taken when it is first needed.
pub struct Scratch {
    limit: usize,
    file: Mutex<Option<File>>,
    staging: Option<Arc<Staging>>,
}

impl Scratch {
    /// What is kept in memory up to `limit` bytes goes to disk above.
    pub fn new(limit: usize) -> Scratch {
        Scratch { limit, file: Mutex::new(None), staging: None }
    }

    /// The same, where finished files go to `staging` at once.
    pub fn publishing(self, staging: Arc<Staging>) -> Scratch {
        Scratch { staging: Some(staging), ..self }
    }

    fn with<T>(&self, work: impl FnOnce(&mut File) -> io::Result<T>) -> io::Result<T> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        if file.is_none() {
            *file = Some(tempfile::tempfile()?);
        }
        file.as_mut().map_or_else(|| Err(io::ErrorKind::NotFound.into()), work)
    }
}

impl crate::scratch::Scratch for Scratch {
    fn limit(&self) -> usize {
        self.limit
    }

    fn keep(&self, bytes: &[u8]) -> io::Result<u64> {
        self.with(|file| {
            let offset = file.seek(SeekFrom::End(0))?;
            file.write_all(bytes)?;
            Ok(offset)
        })
    }

    fn read(&self, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        self.with(|file| {
            file.seek(SeekFrom::Start(offset))?;
            let mut bytes = vec![0; length];
            file.read_exact(&mut bytes)?;
            Ok(bytes)
        })
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
