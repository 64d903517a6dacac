//! `import.lock`: what import has written, so that it can tell an editor's hand from its own.
//!
//! The file stands in the meeting's folder and belongs under version control. For each
//! written file it keeps the identity of the speech and digests of what the document said:
//! one of the whole file, one of each front-matter value, one of the body. Paths are names
//! in the same folder; the order is that of the document.

use serde::{Deserialize, Serialize};

use super::front_matter::{self, Page, literal};
use crate::chinese::normalize;

/// Name of the file.
pub(crate) const LOCK_FILE: &str = "import.lock";

const HEADER: &str =
    "# plenary import: 导入记录，请勿手改。What import has written here; not to be edited by hand.\n";

/// All of the notes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Lock {
    /// Form of these notes.
    pub(crate) version: u32,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) files: Vec<Entry>,
}

/// Notes about one file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    /// Name of the file.
    pub(crate) file: String,
    /// Place in the document; 0 is the meeting itself.
    pub(crate) order: usize,
    /// Identity of the title.
    pub(crate) title: String,
    /// Identities of the speakers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) speakers: Vec<String>,
    /// Digest of the file as import alone would write it.
    pub(crate) digest: String,
    /// Digest of the body.
    pub(crate) body: String,
    /// Digest of each value.
    #[serde(default)]
    pub(crate) values: std::collections::BTreeMap<String, String>,
}

impl Entry {
    /// Notes about a page as import writes it.
    pub(crate) fn of(file: &str, order: usize, identity: &Identity, page: &Page) -> Entry {
        Entry {
            file: file.to_string(),
            order,
            title: identity.title.clone(),
            speakers: identity.speakers.clone(),
            digest: digest(front_matter::render(page).as_bytes()),
            body: body_digest(&page.body),
            values: page.entries.iter().map(|(key, value)| (key.clone(), value_digest(value))).collect(),
        }
    }
}

/// By what a speech is known from one version of the document to the next.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Identity {
    pub(crate) title: String,
    pub(crate) speakers: Vec<String>,
}

impl Identity {
    pub(crate) fn of(speech: &super::Speech) -> Identity {
        let speakers = speech.speakers.iter().map(|speaker| normalize::identity(&speaker.name));
        Identity { title: normalize::identity(&speech.title), speakers: speakers.collect() }
    }
}

/// Reads the notes; the error is the reason why they cannot be read.
pub(crate) fn parse(text: &str) -> Result<Lock, String> {
    let lock: Lock = toml::from_str(text).map_err(|error| error.message().to_string())?;
    if lock.version != 1 {
        return Err(format!("version = {}", lock.version));
    }
    let plain = |file: &str| !file.is_empty() && !file.starts_with('.') && !file.contains(['/', '\\', '\0']);
    match lock.files.iter().find(|entry| !plain(&entry.file)) {
        Some(entry) => Err(format!("file = {:?}", entry.file)),
        None => Ok(lock),
    }
}

/// The notes as they are written: the same notes give the same bytes.
pub(crate) fn render(files: &[Entry]) -> Result<String, String> {
    let mut files = files.to_vec();
    files.sort_by(|a, b| a.order.cmp(&b.order).then_with(|| a.file.cmp(&b.file)));
    let text = toml::to_string(&Lock { version: 1, files }).map_err(|error| error.to_string())?;
    Ok(format!("{HEADER}{text}"))
}

/// A short digest of some bytes.
pub(crate) fn digest(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().chars().take(32).collect()
}

/// Digest of a value, however it is spelled.
pub(crate) fn value_digest(value: &toml::Value) -> String {
    digest(literal(value).as_bytes())
}

/// Digest of a body; blank lines around it do not count.
pub(crate) fn body_digest(body: &str) -> String {
    digest(body.trim().as_bytes())
}
