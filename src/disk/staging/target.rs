//! Whether a folder may be written into, and what in it is not ours.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Component, Path, PathBuf};

use walkdir::WalkDir;

use super::made::MADE_OF;
use crate::diagnostic::{Diagnostic, Message};
use crate::file_list::{FILE_LIST, FileList};

/// The folder of unfinished work where it has to be in the output folder.
pub(super) const WORK_INSIDE: &str = ".plenary.work";
/// Foreign files that a message names.
const NAMED: usize = 5;

/// The folder of unfinished work beside the output folder; none at the root of the file system.
pub(super) fn work_beside(folder: &Path) -> Option<PathBuf> {
    let mut name = OsString::from(".");
    name.push(folder.file_name()?);
    name.push(".plenary");
    Some(folder.parent()?.join(name))
}

/// Why nothing may be written to `folder`, whatever is in it: it must not be the site's folder, one above it, or hold
/// sources. None where it may.
pub(super) fn misplaced(root: &Path, folder: &Path) -> Option<Message> {
    let root = absolute(root);
    let sources = [root.join("content"), root.join("themes"), root.join("src")];
    let overlaps = |source: &PathBuf| folder.starts_with(source) || source.starts_with(folder);
    let home = std::env::home_dir().is_some_and(|home| absolute(&home).starts_with(folder));
    if home {
        return Some(Message::new("它是主文件夹或在它上面", "it is the home folder or above it"));
    }
    (root.starts_with(folder) || sources.iter().any(overlaps)).then(|| {
        Message::new("它是网站的源文件夹或在源文件夹里", "it is, holds or lies in the site's sources")
    })
}

/// Why `folder` is not ours to write into: it has no list of ours, and files that neither begin with a dot nor are
/// `CNAME`. None where it is ours, absent or empty.
pub(super) fn foreign(folder: &Path) -> Option<Message> {
    let entries = match fs::read_dir(folder) {
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
pub(super) fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                clean.pop();
            }
            Component::CurDir => {}
            part => clean.push(part),
        }
        if let Ok(real) = clean.canonicalize() {
            clean = real;
        }
    }
    clean
}

/// What is in a folder beside the site.
#[derive(Debug, Default)]
pub(super) struct Others {
    /// Folders that stay, those above before those below.
    pub(super) folders: Vec<PathBuf>,
    /// Files and links that stay.
    pub(super) files: Vec<PathBuf>,
}

impl Others {
    /// Looks through `folder` for what `before` does not list. Files of which any part of the path begins with a dot,
    /// `CNAME`, and what `keep` names stay; folders in `keep` end in a slash.
    ///
    /// # Errors
    /// A diagnostic where there are other files, or where one stands in the place of a file of `now`.
    pub(super) fn find(
        folder: &Path,
        before: &FileList,
        now: &FileList,
        keep: &[String],
    ) -> Result<Others, Diagnostic> {
        let mut others = Others::default();
        let mut foreign = Vec::new();
        let walk = WalkDir::new(folder).min_depth(1).follow_links(false).sort_by_file_name();
        let walk =
            walk.into_iter().filter_entry(|entry| entry.depth() > 1 || entry.file_name() != WORK_INSIDE);
        for entry in walk {
            let entry = entry.map_err(|error| {
                let path = error.path().unwrap_or(folder).to_string_lossy().into_owned();
                Diagnostic::unreadable(&path, &error.to_string())
            })?;
            let path = slashed(entry.path().strip_prefix(folder).unwrap_or(entry.path()));
            let is_folder = entry.file_type().is_dir();
            if path == FILE_LIST || path == MADE_OF || before.has(&path) && !is_folder {
                continue;
            }
            let relative = PathBuf::from(&path);
            match (stays(&path, keep), is_folder) {
                (true, _) if !is_folder && now.has(&path) => {
                    let reason = Message::new(
                        format!("里面的 {path} 不是 plenary 写的，生成会盖掉它"),
                        format!("its {path} was not written by plenary and would be overwritten"),
                    );
                    return Err(Diagnostic::output_refused(&folder.to_string_lossy(), &reason));
                }
                (true, true) => others.folders.push(relative),
                (true, false) => others.files.push(relative),
                (false, true) => {}
                (false, false) => foreign.push(path),
            }
        }
        if foreign.is_empty() {
            return Ok(others);
        }
        Err(Diagnostic::foreign_files(
            &folder.to_string_lossy(),
            &foreign[..foreign.len().min(NAMED)],
            foreign.len(),
        ))
    }
}

/// Whether a file that is not part of the site stays where it is.
fn stays(path: &str, keep: &[String]) -> bool {
    path == "CNAME"
        || path.split('/').any(|part| part.starts_with('.'))
        || keep.iter().any(|kept| match kept.strip_suffix('/') {
            Some(folder) => path == folder || path.starts_with(kept.as_str()),
            None => path == kept,
        })
}

fn slashed(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Whether two folders, of which the second need not be there, are on one volume, so that files can be linked and renamed.
#[cfg(unix)]
pub(super) fn is_one_volume(folder: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let device = |path: &Path| fs::metadata(path).map(|found| found.dev()).ok();
    device(folder) == other.ancestors().find_map(device)
}

/// Whether two folders are on one volume: there is no telling here.
#[cfg(not(unix))]
pub(super) fn is_one_volume(_: &Path, _: &Path) -> bool {
    true
}

/// Whether an open file is the one that has this name now.
#[cfg(unix)]
pub(super) fn is_same_file(file: &File, name: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    match (file.metadata(), fs::metadata(name)) {
        (Ok(open), Ok(named)) => (open.dev(), open.ino()) == (named.dev(), named.ino()),
        _ => false,
    }
}

/// Whether an open file is the one that has this name now: an open file cannot be removed here.
#[cfg(not(unix))]
pub(super) fn is_same_file(_: &File, name: &Path) -> bool {
    name.exists()
}
