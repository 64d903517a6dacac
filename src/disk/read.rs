//! Reads the sources of a site: `content/` and `themes/`, and the built-in Tera themes below them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use walkdir::{DirEntry, WalkDir};

use super::{TEXT_LIMIT, read_file};
use crate::content::source::classify;
use crate::diagnostic::Diagnostic;
use crate::inputs::Inputs;

/// The files of the built-in Tera themes with their paths, such as `themes/default/theme.toml`, as they were when the
/// program was built.
pub static BUILT_IN_TERA_THEMES: &[(&str, &[u8])] =
    include!(concat!(env!("OUT_DIR"), "/built_in_tera_themes.rs"));

/// Reads every source file of the site at `root`.
///
/// Symbolic links and special files are refused by name. The built-in Tera themes fill in for files
/// that the site's own `themes/` does not have. Of speeches and the like `limit` bytes are kept; beyond that they are
/// forgotten, see [`Inputs::forget`].
pub fn read(root: &Path, limit: usize) -> (Inputs, Vec<Diagnostic>) {
    let mut reading = Reading::default();
    for (path, bytes) in BUILT_IN_TERA_THEMES {
        reading.inputs.insert(*path, bytes.to_vec());
    }
    let entries = ["content", "themes"].into_iter().flat_map(|folder| entries(root, folder));
    let files: Vec<Named> = entries.filter_map(|entry| reading.named(root, entry)).collect();
    for file in files.iter().filter(|file| file.original != file.path) {
        reading.inputs.set_original(&file.path, &file.original);
    }
    let kept = AtomicUsize::new(0);
    let is_kept = |path: &str, bytes: &[u8]| {
        !classify(path).has_text() || kept.fetch_add(bytes.len(), Ordering::Relaxed) + bytes.len() <= limit
    };
    let read = files.into_par_iter().map(|file| {
        let (path, bytes) = file.read();
        let looked = bytes.map(|bytes| match is_kept(&path, &bytes) {
            true => Looked::Kept(bytes),
            false => Looked::Forgotten(blake3::hash(&bytes)),
        });
        (path, looked)
    });
    let read: Vec<_> = read.collect();
    let mut forgotten = Vec::new();
    for (path, looked) in read {
        match looked {
            Ok(Looked::Kept(bytes)) => reading.inputs.insert(path, bytes),
            Ok(Looked::Forgotten(digest)) => forgotten.push((path, digest)),
            Err(diagnostic) => reading.diagnostics.push(diagnostic),
        }
    }
    reading.inputs.forget(forgotten);
    (reading.inputs, reading.diagnostics)
}

fn entries(root: &Path, folder: &str) -> impl Iterator<Item = walkdir::Result<DirEntry>> {
    let visible =
        |entry: &DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
    let path = root.join(folder);
    let walk = path.exists().then(|| WalkDir::new(path).follow_links(false).sort_by_file_name());
    walk.into_iter().flat_map(move |walk| walk.into_iter().filter_entry(visible))
}

/// A file to read.
struct Named {
    file: PathBuf,
    /// As the disk has it, below the site's folder.
    original: String,
    /// The same, composed.
    path: String,
}

impl Named {
    fn read(self) -> (String, Result<Vec<u8>, Diagnostic>) {
        let limit = if is_text(&self.path) { TEXT_LIMIT } else { u64::MAX - 1 };
        (self.path, read_file(&self.file, &self.original, limit))
    }
}

/// What is known of a file that was read.
enum Looked {
    Kept(Vec<u8>),
    Forgotten(blake3::Hash),
}

#[derive(Default)]
struct Reading {
    inputs: Inputs,
    /// Files and folders as the disk has them, by their composed form in lower case.
    originals: FxHashMap<String, String>,
    /// The folder of the last file, which is among them.
    folder: String,
    diagnostics: Vec<Diagnostic>,
}

impl Reading {
    /// The file that there is to read, if it is one.
    fn named(&mut self, root: &Path, entry: walkdir::Result<DirEntry>) -> Option<Named> {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().map_or_else(String::new, |path| relative(root, path));
                let reason = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                self.diagnostics.push(Diagnostic::unreadable(&path, &reason));
                return None;
            }
        };
        if entry.file_type().is_dir() {
            return None;
        }
        let original = relative(root, entry.path());
        if !entry.file_type().is_file() {
            self.diagnostics.push(Diagnostic::special_file(&original));
            return None;
        }
        let path = composed(&original);
        if let Some(twin) = self.twin(&path, &original) {
            self.diagnostics.push(Diagnostic::twin_names(&original, &twin));
            return None;
        }
        Some(Named { file: entry.into_path(), original, path })
    }

    /// The file or folder whose name differs from that of `path`, or of a folder that it is in, only by case or by how
    /// characters are composed.
    fn twin(&mut self, path: &str, original: &str) -> Option<String> {
        let folder = original.rsplit_once('/').map_or("", |(folder, _)| folder);
        // Files of one folder come one after the other.
        let is_known = self.folder == folder;
        for (end, own) in beginnings(path).zip(beginnings(original)) {
            if is_known && end.len() < path.len() {
                continue;
            }
            let known = self.originals.entry(composed(&end.to_lowercase())).or_insert_with(|| own.to_owned());
            if known != own {
                return Some(known.clone());
            }
        }
        if !is_known {
            folder.clone_into(&mut self.folder);
        }
        None
    }
}

/// Whether a file is read as text of the site. What grows with a site, such as `record.lock`, is not among them.
fn is_text(path: &str) -> bool {
    let is = |ending: &str| path.rsplit_once('.').is_some_and(|(_, own)| own == ending);
    !path.starts_with("content/static/")
        && (is("md") || is("toml") || (is("html") && path.starts_with("themes/")))
}

/// A name in composed form (NFC).
fn composed(name: &str) -> String {
    if name.is_ascii() { name.to_owned() } else { name.nfc().collect() }
}

/// The folders that a path is in, from the outermost, and the path.
fn beginnings(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at]).chain([path])
}

fn relative(root: &Path, path: &Path) -> String {
    slashed(path.strip_prefix(root).unwrap_or(path))
}

fn slashed(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Length and time of a file or folder; none where there is none. A folder has another time when something in it has come
/// or gone.
type Seen = Option<(u64, Option<SystemTime>)>;

fn look(path: &Path) -> Seen {
    let found = fs::symlink_metadata(path).ok()?;
    Some((found.len(), found.modified().ok()))
}

/// All source files and folders as they are.
fn seen(root: &Path) -> Vec<(PathBuf, Seen)> {
    let folders = ["content", "themes"];
    let absent = folders.iter().map(|folder| root.join(folder)).filter(|folder| !folder.exists());
    let there = folders.iter().flat_map(|folder| entries(root, folder)).flatten().map(DirEntry::into_path);
    let paths: Vec<PathBuf> = absent.chain(there).collect();
    let with_look = |path: PathBuf| {
        let seen = look(&path);
        (path, seen)
    };
    paths.into_par_iter().map(with_look).collect()
}

/// The sources of a site, looked at again and again.
pub struct Sources {
    root: PathBuf,
    seen: Vec<(PathBuf, Seen)>,
    inputs: Inputs,
    diagnostics: Vec<Diagnostic>,
}

/// What has become of sources since they were looked at last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Nothing.
    None,
    /// These files have other bytes.
    Files(Vec<String>),
    /// Anything.
    All,
}

impl Sources {
    /// Reads every source file of the site at `root`, and the font for share pictures.
    pub fn new(root: &Path) -> Sources {
        let mut sources = Sources {
            root: root.to_owned(),
            seen: Vec::new(),
            inputs: Inputs::default(),
            diagnostics: Vec::new(),
        };
        sources.read();
        sources
    }

    /// The files.
    pub fn inputs(&self) -> &Inputs {
        &self.inputs
    }

    /// What is wrong with them as files.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Reads again what has changed.
    pub fn refresh(&mut self) -> Change {
        let now: Vec<(usize, Seen)> = self
            .seen
            .par_iter()
            .enumerate()
            .map(|(at, (path, before))| (at, *before, look(path)))
            .filter(|(_, before, now)| before != now)
            .map(|(at, _, now)| (at, now))
            .collect();
        if now.is_empty() {
            return Change::None;
        }
        match self.texts(&now) {
            Some(files) if self.diagnostics.is_empty() => {
                for (at, seen) in now {
                    self.seen[at].1 = seen;
                }
                let names = files.iter().map(|(name, _)| name.clone()).collect();
                for (name, bytes) in files {
                    self.inputs.insert(name, bytes);
                }
                Change::Files(names)
            }
            _ => {
                self.read();
                Change::All
            }
        }
    }

    /// The files at these places, where all of them are texts as before.
    fn texts(&self, changed: &[(usize, Seen)]) -> Option<Vec<(String, Vec<u8>)>> {
        let text = |(at, _): &(usize, Seen)| {
            let path = &self.seen[*at].0;
            let name: String = relative(&self.root, path).nfc().collect();
            let is_known =
                path.extension().is_some_and(|ending| ending == "md") && self.inputs.bytes(&name).is_some();
            let bytes = is_known.then(|| read_file(path, &name, TEXT_LIMIT).ok()).flatten()?;
            Some((name, bytes))
        };
        changed.iter().map(text).collect()
    }

    fn read(&mut self) {
        self.seen = seen(&self.root);
        (self.inputs, self.diagnostics) = read(&self.root, usize::MAX);
        match super::share_font(&self.root, &self.inputs) {
            Ok(Some(font)) => self.inputs.set_font(font),
            Ok(None) => {}
            Err(diagnostic) => self.diagnostics.push(diagnostic),
        }
    }
}
