//! A list of renames and removals that is written before the first of them is done: whoever finds one does them to the
//! end. So a build that is cut off leaves no mixture of two sites behind.
//!
//! Each line is `put` or `remove`, a tab, and a path. What is to be put stands in the folder of unfinished work under
//! the same path.

use std::fs;
use std::io;
use std::path::Path;

use super::swap;
use super::work::Work;
use crate::diagnostic::Diagnostic;
use crate::file_list::is_inside;

/// Its name in the folder of unfinished work.
pub(super) const NAME: &str = "journal";
/// The folder beside it with the new files.
pub(super) const TREE: &str = "tree";

/// What is done with a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step<'a> {
    /// The file of this path comes out of the folder of unfinished work.
    Put(&'a str),
    /// The file of this path goes.
    Remove(&'a str),
}

/// Writes a journal, so that it is there after a power cut.
///
/// # Errors
/// What the disk says; then there is no journal.
pub(super) fn write(work: &Work, steps: &[Step<'_>]) -> io::Result<()> {
    let mut text = String::new();
    for step in steps {
        let (word, path) = match step {
            Step::Put(path) => ("put", path),
            Step::Remove(path) => ("remove", path),
        };
        text.push_str(&format!("{word}\t{path}\n"));
    }
    let draft = work.join("journal.new");
    fs::write(&draft, text)?;
    fs::File::options().append(true).open(&draft)?.sync_all()?;
    fs::rename(&draft, work.join(NAME))?;
    swap::flush_names(&work.join("."))
}

/// Does what a journal says, if there is one, and removes it. Steps that were done before are done.
///
/// # Errors
/// A diagnostic that names the file which the disk refuses; the journal stays.
pub(super) fn roll_forward(work: &Work, folder: &Path) -> Result<(), Diagnostic> {
    let name = work.join(NAME);
    let fault = |path: &Path, error: io::Error| {
        Diagnostic::half_published(&path.to_string_lossy(), &error.to_string())
    };
    let text = match fs::read_to_string(&name) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        read => read.map_err(|error| fault(&name, error))?,
    };
    fs::create_dir_all(folder).map_err(|error| fault(folder, error))?;
    for (word, path) in
        text.lines().filter_map(|line| line.split_once('\t')).filter(|(_, path)| is_inside(path))
    {
        let target = folder.join(path);
        let done = match word {
            "put" => put(&work.join(TREE).join(path), &target),
            "remove" => remove(folder, &target),
            _ => Ok(()),
        };
        done.map_err(|error| fault(&target, error))?;
    }
    swap::flush(folder).map_err(|error| fault(folder, error))?;
    fs::remove_file(&name).map_err(|error| fault(&name, error))
}

fn put(from: &Path, target: &Path) -> io::Result<()> {
    if fs::symlink_metadata(from).is_err() {
        return Ok(());
    }
    if let Some(parent) = target.parent() {
        fs::create_dir_all(parent)?;
    }
    if fs::symlink_metadata(target).is_ok_and(|found| found.is_dir()) {
        fs::remove_dir(target)?;
    }
    fs::rename(from, target)
}

/// Removes a file and the folders that it leaves empty.
fn remove(folder: &Path, target: &Path) -> io::Result<()> {
    match fs::remove_file(target) {
        Err(error) if !super::is_absent(&error) => {
            return Err(error);
        }
        _ => {}
    }
    let mut parent = target.parent();
    while let Some(inner) = parent.filter(|inner| *inner != folder && inner.starts_with(folder)) {
        if fs::remove_dir(inner).is_err() {
            break;
        }
        parent = inner.parent();
    }
    Ok(())
}
