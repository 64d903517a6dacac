//! The finished site as data: paths and bytes.

use std::collections::BTreeMap;

/// Every file of the published site, by path relative to the output folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Output {
    /// Paths with forward slashes; bytes as they are to be written.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Output {
    /// The file that a host shows for an address: `/a/` is `a/index.html`.
    pub fn at(&self, address: &str) -> Option<(&str, &[u8])> {
        let path = path_of(address);
        self.files.get_key_value(&path).map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }
}

/// The file behind a site address: `/` is `index.html`, `/a/b/` is `a/b/index.html`, `/feed.xml` is `feed.xml`.
pub fn path_of(address: &str) -> String {
    let path = address.trim_start_matches('/');
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}
