//! Finished files of the index: in the new site where there is one, else in memory, above a limit in the scratch.

use std::borrow::Cow;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::diagnostic::Diagnostic;
use crate::file_list::{self, Digest};
use crate::output::{self, Content};
use crate::scratch::{Placed, Scratch};

/// Takes files as they are finished, from any thread.
pub struct Store<'a> {
    scratch: &'a dyn Scratch,
    held: AtomicUsize,
}

impl<'a> Store<'a> {
    /// Nothing yet.
    pub fn new(scratch: &'a dyn Scratch) -> Store<'a> {
        Store { scratch, held: AtomicUsize::new(0) }
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

    /// The bytes that were held.
    ///
    /// # Errors
    /// What the disk says.
    pub fn read<'c>(&self, held: &'c Content) -> io::Result<Cow<'c, [u8]>> {
        match held {
            Content::Bytes(bytes) => Ok(Cow::Borrowed(bytes)),
            Content::Kept { offset, length } => self.scratch.read(*offset, *length).map(Cow::Owned),
            _ => Err(io::ErrorKind::NotFound.into()),
        }
    }
}

/// The folder of an index, which takes its files as they are finished, from any thread.
pub struct Folder<'a> {
    store: Store<'a>,
    path: String,
    scripts: bool,
}

/// A finished file of an index.
pub struct Finished {
    /// Its path below the folder.
    pub path: String,
    /// Digest of its bytes.
    pub digest: Digest,
    /// The bytes, or where they are.
    pub content: Content,
    /// Of its twin for pages from disk, where there are such.
    pub script: Option<Content>,
}

impl<'a> Folder<'a> {
    /// The folder at `path` in the output, without files yet. With `scripts` each of them gets a twin.
    pub fn new(scratch: &'a dyn Scratch, path: String, scripts: bool) -> Folder<'a> {
        Folder { store: Store::new(scratch), path, scripts }
    }

    /// Takes one file of JSON.
    ///
    /// # Errors
    /// A diagnostic where the disk does not take it.
    pub fn take(&self, path: String, json: Vec<u8>) -> Result<Finished, Diagnostic> {
        let whole = format!("{}/{path}", self.path);
        let Some(placed) = self.place(&whole, &json)? else {
            let digest = file_list::digest(&json);
            let script = self.scripts.then(|| Content::ScriptOf(whole));
            let content =
                self.store.hold(json).map_err(|error| Diagnostic::no_scratch(&error.to_string()))?;
            return Ok(Finished { path, digest, content, script });
        };
        let mut script = None;
        if self.scripts {
            let bytes = output::script_of(&whole, &json);
            script = self.place(&output::script_path(&whole), &bytes)?.map(Content::Placed);
        }
        Ok(Finished { path, digest: placed.digest, content: Content::Placed(placed), script })
    }

    fn place(&self, path: &str, bytes: &[u8]) -> Result<Option<Placed>, Diagnostic> {
        let placed = self.store.scratch.place(path, bytes);
        placed.map_err(|error| Diagnostic::unwritable(path, &error.to_string()))
    }
}

impl Finished {
    /// The file, and its twin, with their paths in the output; it is in the folder at `folder`.
    pub fn listed(self, folder: &str) -> impl Iterator<Item = (String, Content)> + use<> {
        let path = format!("{folder}/{}", self.path);
        let script = self.script.map(|script| (output::script_path(&path), script));
        script.into_iter().chain([(path, self.content)])
    }
}
