//! Finished files: in memory up to the limit of the scratch, in the scratch above it.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::runs::Scratch;
use crate::output::Content;

/// Takes files as they are finished, from any thread.
pub struct Store<'a> {
    scratch: &'a dyn Scratch,
    held: AtomicUsize,
}

/// A finished file.
pub struct Finished {
    /// Path below the folder of the numbering.
    pub path: String,
    /// Digest of its bytes.
    pub digest: blake3::Hash,
    /// The bytes, or where they are.
    pub content: Content,
}

impl<'a> Store<'a> {
    /// Nothing yet.
    pub fn new(scratch: &'a dyn Scratch) -> Store<'a> {
        Store { scratch, held: AtomicUsize::new(0) }
    }

    /// Takes one file.
    ///
    /// # Errors
    /// What the disk says where the file has to leave memory.
    pub fn take(&self, path: String, bytes: Vec<u8>) -> io::Result<Finished> {
        let digest = blake3::hash(&bytes);
        Ok(Finished { path, digest, content: self.hold(bytes)? })
    }

    /// Takes the bytes of a file.
    ///
    /// # Errors
    /// What the disk says where they have to leave memory.
    pub fn hold(&self, bytes: Vec<u8>) -> io::Result<Content> {
        let held = self.held.fetch_add(bytes.len(), Ordering::Relaxed) + bytes.len();
        if held <= self.scratch.limit() {
            return Ok(Content::Bytes(bytes));
        }
        Ok(Content::Kept { offset: self.scratch.keep(&bytes)?, length: bytes.len() })
    }
}
