//! Reads the sources of a site: `content/` and `themes/`, and the built-in Tera themes below them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use unicode_normalization::UnicodeNormalization;
use walkdir::{DirEntry, WalkDir};

use crate::diagnostic::Diagnostic;
use crate::inputs::Inputs;

/// The files of the built-in Tera themes with their paths, such as `themes/default/theme.toml`, as they were when the
/// program was built.
pub static BUILT_IN_TERA_THEMES: &[(&str, &[u8])] =
    include!(concat!(env!("OUT_DIR"), "/built_in_tera_themes.rs"));

/// Reads every source file of the site at `root`.
///
/// Symbolic links and special files are refused by name. The built-in Tera themes fill in for files
/// that the site's own `themes/` does not have.
pub fn read(root: &Path) -> (Inputs, Vec<Diagnostic>) {
    let mut reading =
        Reading { inputs: Inputs::default(), originals: BTreeMap::new(), diagnostics: Vec::new() };
    for (path, bytes) in BUILT_IN_TERA_THEMES {
        reading.inputs.insert(*path, bytes.to_vec());
    }
    for folder in ["content", "themes"] {
        for entry in entries(root, folder) {
            reading.entry(root, entry);
        }
    }
    (reading.inputs, reading.diagnostics)
}

fn entries(root: &Path, folder: &str) -> impl Iterator<Item = walkdir::Result<DirEntry>> {
    let visible =
        |entry: &DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
    let path = root.join(folder);
    let walk = path.exists().then(|| WalkDir::new(path).follow_links(false).sort_by_file_name());
    walk.into_iter().flat_map(move |walk| walk.into_iter().filter_entry(visible))
}

struct Reading {
    inputs: Inputs,
    /// The path as the disk has it, by its composed form.
    originals: BTreeMap<String, String>,
    diagnostics: Vec<Diagnostic>,
}

impl Reading {
    fn entry(&mut self, root: &Path, entry: walkdir::Result<DirEntry>) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().map_or_else(String::new, |path| relative(root, path));
                let reason = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                self.diagnostics.push(Diagnostic::unreadable(&path, &reason));
                return;
            }
        };
        if entry.file_type().is_dir() {
            return;
        }
        let original = relative(root, entry.path());
        if !entry.file_type().is_file() {
            self.diagnostics.push(Diagnostic::special_file(&original));
            return;
        }
        let path: String = original.nfc().collect();
        if let Some(twin) = self.originals.insert(path.clone(), original.clone()) {
            self.diagnostics.push(Diagnostic::twin_names(&original, &twin));
            return;
        }
        match fs::read(entry.path()) {
            Ok(bytes) => self.inputs.insert(path, bytes),
            Err(error) => self.diagnostics.push(Diagnostic::unreadable(&original, &error.to_string())),
        }
    }
}

fn relative(root: &Path, path: &Path) -> String {
    slashed(path.strip_prefix(root).unwrap_or(path))
}

fn slashed(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Path, length and time of every source file: equal as long as nothing was edited.
pub fn fingerprint(root: &Path) -> Vec<(PathBuf, u64, Option<SystemTime>)> {
    let mut found = Vec::new();
    for folder in ["content", "themes"] {
        for entry in entries(root, folder).flatten() {
            if let Ok(metadata) = entry.metadata() {
                found.push((entry.into_path(), metadata.len(), metadata.modified().ok()));
            }
        }
    }
    found
}
