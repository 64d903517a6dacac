//! Makes the output folder equal to an [`Output`], touching only what changed and only what is ours.
//!
//! A file `.plenary` in the output folder lists what was written, so that the next build can remove
//! what is no longer part of the site and leaves everything else alone. Files are written in the order in which they
//! would be uploaded, so that the folder can be served while it is written.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Message};
use crate::file_list::{self, FILE_LIST, FileList, Listed};
use crate::output::Output;
use crate::stages::{Stage, Watcher};
use crate::upload;

/// Files whose bytes are in memory at once where they are made when they are asked for.
const BATCH: usize = 256;

/// What was done.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Written {
    /// Files written because they were new or different.
    pub written: usize,
    /// Files that were as they should be.
    pub unchanged: usize,
    /// Files removed because they are no longer part of the site.
    pub removed: usize,
    /// The files of the last build that came to its end.
    pub before: FileList,
    /// The files of this build.
    pub now: FileList,
}

/// Why `folder` must not be written into; none where it may.
///
/// It is taken when it is absent, empty or listed as ours; files that begin with a dot and `CNAME`
/// may be there in any case. It must not be the site's folder, one above it, or hold sources.
pub fn refusal(root: &Path, folder: &Path) -> Option<Message> {
    let root = absolute(root);
    let folder = absolute(folder);
    let sources = [root.join("content"), root.join("themes"), root.join("src")];
    if root.starts_with(&folder)
        || sources.iter().any(|source| folder.starts_with(source) || source.starts_with(&folder))
    {
        return Some(Message::new(
            "它是网站的源文件夹或在源文件夹里",
            "it is, holds or lies in the site's sources",
        ));
    }
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(error) => {
            return Some(Message::new(format!("打不开：{error}"), format!("cannot open it: {error}")));
        }
    };
    if folder.join(FILE_LIST).is_file() {
        return None;
    }
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let foreign = names.filter(|name| !name.starts_with('.') && name != "CNAME").min();
    foreign.map(|name| {
        Message::new(
            format!("里面有不是 plenary 写的文件（{name} 等）"),
            format!("it has files that plenary did not write ({name} and so on)"),
        )
    })
}

/// The path without `.`, `..` and symbolic links, also where its end does not exist yet.
fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::ParentDir => {
                clean.pop();
            }
            std::path::Component::CurDir => {}
            part => clean.push(part),
        }
        if let Ok(real) = clean.canonicalize() {
            clean = real;
        }
    }
    clean
}

/// Writes `output` into `folder`: what others refer to first, then what refers to it, then removals. `watcher` is told of
/// each batch.
///
/// # Errors
/// The first failure, as a diagnostic that names the file.
pub fn write(output: &Output, folder: &Path, watcher: &dyn Watcher) -> Result<Written, Diagnostic> {
    watcher.begins(Stage::Write, output.count());
    let before = list(folder);
    let mut now = FileList::default();
    for path in output.paths() {
        now.insert(path, Listed::Begun);
    }
    for path in output.paths().filter(|path| path.starts_with('.') && !before.has(path)) {
        if folder.join(path).is_file() {
            let reason = Message::new(
                format!("里面的 {path} 不是 plenary 写的，生成会盖掉它"),
                format!("its {path} was not written by plenary and would be overwritten"),
            );
            return Err(Diagnostic::output_refused(&folder.to_string_lossy(), &reason));
        }
    }
    create(folder)?;
    write_list(folder, &begun(&before, &now))?;
    let mut done = Written::default();
    let mut folders: BTreeSet<PathBuf> = BTreeSet::new();
    for batch in upload::in_order(&before, &now, output.paths()).chunks(BATCH) {
        let changed: Vec<_> = batch.par_iter().map(|path| changed(output, folder, path)).collect();
        for (path, changed) in batch.iter().zip(changed) {
            let (bytes, digest) = changed?;
            now.insert(path, digest);
            let Some(bytes) = bytes else {
                done.unchanged += 1;
                continue;
            };
            let target = folder.join(path);
            let parent = target.parent().unwrap_or(folder).to_owned();
            if folders.insert(parent.clone()) {
                plain_folders(folder, &parent)?;
            }
            replace(&target, &bytes)?;
            done.written += 1;
        }
        watcher.done(batch.len());
    }
    for path in before.paths().filter(|path| !now.has(path)) {
        done.removed += remove(folder, path)?;
    }
    write_list(folder, &now)?;
    Ok(Written { before: before.finished(), now, ..done })
}

/// What is listed while a build is written: what there was as it was, and what is new.
fn begun(before: &FileList, now: &FileList) -> FileList {
    let mut begun = before.clone();
    for path in now.paths().filter(|path| !before.has(path)) {
        begun.insert(path, Listed::Begun);
    }
    begun
}

/// What a file has to hold.
type Changed<'o> = (Option<Cow<'o, [u8]>>, Listed);

/// The bytes of a file, none where the disk has them already; and their digest.
fn changed<'o>(output: &'o Output, folder: &Path, path: &str) -> Result<Changed<'o>, Diagnostic> {
    let bytes = output.bytes(path).map_err(|error| Diagnostic::no_scratch(&error.to_string()))?;
    let digest = file_list::digest(&bytes);
    let target = folder.join(path);
    let same = fs::symlink_metadata(&target).is_ok_and(|found| found.is_file())
        && fs::read(&target).is_ok_and(|old| old == *bytes);
    Ok(((!same).then_some(bytes), digest))
}

/// The files of the last build, by their paths. Paths that could leave the folder are not taken from the list.
pub fn listed(folder: &Path) -> BTreeSet<String> {
    list(folder).paths().map(str::to_owned).collect()
}

fn list(folder: &Path) -> FileList {
    FileList::parse(&fs::read_to_string(folder.join(FILE_LIST)).unwrap_or_default())
}

fn write_list(folder: &Path, list: &FileList) -> Result<(), Diagnostic> {
    let text = list.render();
    let target = folder.join(FILE_LIST);
    match fs::read(&target) {
        Ok(old) if old == text.as_bytes() => Ok(()),
        _ => replace(&target, text.as_bytes()),
    }
}

fn create(folder: &Path) -> Result<(), Diagnostic> {
    fs::create_dir_all(folder)
        .map_err(|error| Diagnostic::unwritable(&folder.to_string_lossy(), &error.to_string()))
}

/// Creates the folders from `top` down to `parent`; a symbolic link among them is refused.
fn plain_folders(top: &Path, parent: &Path) -> Result<(), Diagnostic> {
    let mut path = top.to_owned();
    for part in parent.strip_prefix(top).unwrap_or(Path::new("")).components() {
        path.push(part);
        match fs::symlink_metadata(&path) {
            Ok(found) if found.is_dir() => {}
            Ok(_) => return Err(Diagnostic::special_file(&path.to_string_lossy())),
            Err(_) => create(&path)?,
        }
    }
    Ok(())
}

/// Puts new content in the place of a file in one step.
///
/// # Errors
/// What the disk refused, as a diagnostic that names the file; then the file is as it was.
pub fn replace(target: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    let fault = |error: io::Error| Diagnostic::unwritable(&target.to_string_lossy(), &error.to_string());
    let mut name = std::ffi::OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(".new");
    let temporary = target.with_file_name(name);
    fs::write(&temporary, bytes).map_err(fault)?;
    fs::rename(&temporary, target).map_err(|error| {
        let _ = fs::remove_file(&temporary);
        fault(error)
    })
}

/// Removes a file of an earlier build and the folders that it leaves empty.
fn remove(folder: &Path, path: &str) -> Result<usize, Diagnostic> {
    let target = folder.join(path);
    match fs::remove_file(&target) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(Diagnostic::unwritable(&target.to_string_lossy(), &error.to_string())),
    }
    let mut parent = target.parent();
    while let Some(inner) = parent.filter(|inner| *inner != folder && inner.starts_with(folder)) {
        if fs::remove_dir(inner).is_err() {
            break;
        }
        parent = inner.parent();
    }
    Ok(1)
}
