//! What a site was made of, noted beside it: a build that would make the same again has nothing to do.

use std::env;
use std::fs::{self, File};
use std::io;
use std::path::Path;

use blake3::Hash;

use crate::diagnostic::Diagnostic;
use crate::disk::replace;

/// The name of the note in the output folder.
pub(super) const MADE_OF: &str = ".plenary.made";

/// The note for a site whose list of files has this digest, made of sources with that digest by this very program; none
/// where the program cannot be read.
pub(super) fn mark(made_of: &str, list: &Hash) -> Option<String> {
    let mut program = blake3::Hasher::new();
    program.update_reader(File::open(env::current_exe().ok()?).ok()?).ok()?;
    let parts = [program.finalize(), blake3::hash(made_of.as_bytes()), *list];
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(part.as_bytes());
    }
    Some(format!("{}\n", hasher.finalize().to_hex()))
}

/// Notes it beside a site that is already there; removes the note where there is no `mark`.
///
/// # Errors
/// A diagnostic where the disk refuses it.
pub(super) fn note(folder: &Path, mark: Option<&str>) -> Result<(), Diagnostic> {
    let name = folder.join(MADE_OF);
    let old = fs::read_to_string(&name);
    match (mark, old) {
        (Some(mark), Ok(old)) if mark == old => Ok(()),
        (Some(mark), _) => replace(&name, mark.as_bytes()),
        (None, Err(error)) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        (None, _) => fs::remove_file(&name)
            .map_err(|error| Diagnostic::unwritable(&name.to_string_lossy(), &error.to_string())),
    }
}
