//! All source files of a site as data: what the pure core works on.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;

/// The source files of a site, by path relative to the site's folder.
///
/// Paths have forward slashes and are in composed form (NFC).
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    files: BTreeMap<String, Arc<Vec<u8>>>,
    /// Digests of files whose bytes are no longer here.
    forgotten: BTreeMap<String, blake3::Hash>,
    font: Option<FontFile>,
}

/// The font in which share pictures are written.
#[derive(Debug, Clone)]
pub struct FontFile {
    /// Where it was found, for messages.
    pub path: String,
    /// The whole file; it may hold several faces.
    pub bytes: Arc<Vec<u8>>,
}

impl Inputs {
    /// Adds a file; a second one with the same path takes its place.
    pub fn insert(&mut self, path: impl Into<String>, bytes: Vec<u8>) {
        self.files.insert(path.into(), Arc::new(bytes));
    }

    /// The files whose path begins with `prefix`, and no font.
    #[must_use]
    pub fn only(&self, prefix: &str) -> Inputs {
        let files = self.files.iter().filter(|(path, _)| path.starts_with(prefix));
        Inputs {
            files: files.map(|(path, bytes)| (path.clone(), Arc::clone(bytes))).collect(),
            ..Inputs::default()
        }
    }

    /// The bytes of a file.
    pub fn bytes(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(|bytes| bytes.as_slice())
    }

    /// Lets go of the texts in `content/` but those that are needed still: all that a text says is known once it is read,
    /// and of a large site the texts are much.
    pub fn forget_texts(&mut self, is_needed: impl Fn(&str) -> bool) {
        let is_text = |path: &str| path.starts_with("content/") && path.ends_with(".md");
        let (forgotten, kept) = std::mem::take(&mut self.files)
            .into_iter()
            .partition(|(path, _)| is_text(path) && !is_needed(path));
        let forgotten: BTreeMap<String, Arc<Vec<u8>>> = forgotten;
        self.files = kept;
        self.forgotten.extend(forgotten.into_iter().map(|(path, bytes)| (path, blake3::hash(&bytes))));
    }

    /// Whether the text of a file was let go of.
    pub fn is_forgotten(&self, path: &str) -> bool {
        self.forgotten.contains_key(path)
    }

    /// Takes back a text that was let go of, if it is still the same.
    pub fn recall(&mut self, path: &str, bytes: Vec<u8>) {
        if self.forgotten.get(path) == Some(&blake3::hash(&bytes)) {
            self.forgotten.remove(path);
            self.insert(path, bytes);
        }
    }

    /// The bytes of a file for work that is done later.
    pub fn shared(&self, path: &str) -> Option<Arc<Vec<u8>>> {
        self.files.get(path).map(Arc::clone)
    }

    /// Gives the font for share pictures.
    pub fn set_font(&mut self, font: FontFile) {
        self.font = Some(font);
    }

    /// The font for share pictures, if one was found.
    pub fn font(&self) -> Option<&FontFile> {
        self.font.as_ref()
    }

    /// The text of a file without a byte order mark; none where it is absent or not UTF-8.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.bytes(path).and_then(|bytes| std::str::from_utf8(bytes).ok()).map(without_mark)
    }

    /// The text of a file without a byte order mark.
    ///
    /// # Errors
    /// A diagnostic that names the file and the encoding it seems to have.
    pub fn utf8(&self, path: &str) -> Result<&str, Diagnostic> {
        let bytes = self.bytes(path).unwrap_or_default();
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(without_mark(text)),
            Err(error) => {
                let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
                Err(Diagnostic::not_utf8(path, guess(bytes), line))
            }
        }
    }

    /// A digest of all paths and bytes, and of the font: BLAKE3 in hexadecimal.
    pub fn digest(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        let font = self.font.iter().map(|font| (font.path.as_str(), font.bytes.as_slice()));
        for (path, bytes) in self.below("").chain(font) {
            for part in [path.as_bytes(), bytes] {
                hasher.update(&(part.len() as u64).to_le_bytes());
                hasher.update(part);
            }
        }
        hasher.finalize().to_hex().to_string()
    }

    /// Files whose path begins with `prefix`, sorted by path.
    pub fn below<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a [u8])> {
        self.files
            .range(prefix.to_owned()..)
            .take_while(move |(path, _)| path.starts_with(prefix))
            .map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }
}

fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

fn guess(bytes: &[u8]) -> &'static str {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return "UTF-16";
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    match detector.guess(Some(b"cn"), chardetng::Utf8Detection::Deny).name() {
        "GBK" | "gb18030" => "GB18030",
        other => other,
    }
}
