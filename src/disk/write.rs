//! Makes the output folder equal to an [`Output`], touching only what changed and only what is ours.
//!
//! A file `.plenary` in the output folder lists what was written, so that the next build can remove
//! what is no longer part of the site and leaves everything else alone.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Message};
use crate::output::Output;

/// The list of files that plenary wrote.
const LIST: &str = ".plenary";

/// Files whose bytes are in memory at once where they are made when they are asked for.
const BATCH: usize = 256;

/// What was done.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Files written because they were new or different.
    pub written: usize,
    /// Files that were as they should be.
    pub unchanged: usize,
    /// Files removed because they are no longer part of the site.
    pub removed: usize,
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
    if folder.join(LIST).is_file() {
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

/// Writes `output` into `folder`: assets first, then pages, then removals.
///
/// # Errors
/// The first failure, as a diagnostic that names the file.
pub fn write(output: &Output, folder: &Path) -> Result<Written, Diagnostic> {
    let mut done = Written::default();
    let before = listed(folder);
    let now: BTreeSet<&str> = output.paths().collect();
    let union: BTreeSet<&str> = before.iter().map(String::as_str).chain(now.iter().copied()).collect();
    for path in now.iter().filter(|path| path.starts_with('.') && !before.contains(**path)) {
        if folder.join(path).is_file() {
            let reason = Message::new(
                format!("里面的 {path} 不是 plenary 写的，生成会盖掉它"),
                format!("its {path} was not written by plenary and would be overwritten"),
            );
            return Err(Diagnostic::output_refused(&folder.to_string_lossy(), &reason));
        }
    }
    create(folder)?;
    write_list(folder, &union)?;
    let mut folders: BTreeSet<PathBuf> = BTreeSet::new();
    let (pages, assets): (Vec<_>, Vec<_>) = output.paths().partition(|path| path.ends_with(".html"));
    let paths: Vec<&str> = assets.into_iter().chain(pages).collect();
    for batch in paths.chunks(BATCH) {
        let changed: Vec<_> = batch.par_iter().map(|path| changed(output, folder, path)).collect();
        for (path, changed) in batch.iter().zip(changed) {
            let Some(bytes) = changed? else {
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
    }
    for path in before.iter().filter(|path| !now.contains(path.as_str())) {
        done.removed += remove(folder, path)?;
    }
    write_list(folder, &now)?;
    Ok(done)
}

/// The bytes of a file; none where the disk has them already.
fn changed<'o>(output: &'o Output, folder: &Path, path: &str) -> Result<Option<Cow<'o, [u8]>>, Diagnostic> {
    let bytes = output.bytes(path).map_err(|error| Diagnostic::no_scratch(&error.to_string()))?;
    let target = folder.join(path);
    let same = fs::symlink_metadata(&target).is_ok_and(|found| found.is_file())
        && fs::read(&target).is_ok_and(|old| old == *bytes);
    Ok((!same).then_some(bytes))
}

/// The files of the last build, by their paths. Paths that could leave the folder are not taken from the list.
pub fn listed(folder: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(folder.join(LIST)).unwrap_or_default();
    let inside = |path: &&str| {
        !path.is_empty()
            && !path.starts_with('/')
            && !path.split('/').any(|part| matches!(part, "" | "." | ".."))
    };
    text.lines().filter(|line| !line.starts_with('#')).filter(inside).map(str::to_owned).collect()
}

fn write_list(folder: &Path, paths: &BTreeSet<&str>) -> Result<(), Diagnostic> {
    let mut text =
        String::from("# Files written by plenary. It removes those that are no longer part of the site.\n");
    for path in paths {
        text.push_str(path);
        text.push('\n');
    }
    let target = folder.join(LIST);
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
