//! The finished site as data: paths and bytes.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::search::index::script;

/// Every file of the published site, by path relative to the output folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Output {
    /// Paths with forward slashes.
    files: BTreeMap<String, Content>,
}

/// What is in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Content {
    Bytes(Vec<u8>),
    /// A script that hands the JSON of another file to the search client, made when it is asked for.
    ScriptOf(String),
}

impl Output {
    /// Adds a file.
    pub fn insert(&mut self, path: String, bytes: Vec<u8>) {
        self.files.insert(path, Content::Bytes(bytes));
    }

    /// Adds beside the JSON file at `path` the same as a script.
    pub fn insert_script_of(&mut self, path: &str) {
        if let Some(stem) = path.strip_suffix(".json") {
            self.files.insert(format!("{stem}.js"), Content::ScriptOf(path.to_owned()));
        }
    }

    /// The paths of all files, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Number of files.
    pub fn count(&self) -> usize {
        self.files.len()
    }

    /// The bytes of a file.
    pub fn bytes(&self, path: &str) -> Option<Cow<'_, [u8]>> {
        match self.files.get(path)? {
            Content::Bytes(bytes) => Some(Cow::Borrowed(bytes)),
            Content::ScriptOf(json) => {
                let below = json.strip_prefix("search/").unwrap_or(json);
                self.bytes(json).map(|bytes| Cow::Owned(script(below, &bytes)))
            }
        }
    }

    /// The file that a host shows for an address: `/a/` is `a/index.html`.
    pub fn at(&self, address: &str) -> Option<(String, Cow<'_, [u8]>)> {
        let path = path_of(address);
        self.bytes(&path).map(|bytes| (path, bytes))
    }
}

/// The file behind a site address: `/` is `index.html`, `/a/b/` is `a/b/index.html`, `/feed.xml` is `feed.xml`.
pub fn path_of(address: &str) -> String {
    let path = address.trim_start_matches('/');
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}
