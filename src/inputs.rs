//! All source files of a site as data: what the pure core works on.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;

/// The source files of a site, by path relative to the site's folder.
///
/// Paths have forward slashes and are in composed form (NFC).
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    files: BTreeMap<String, Arc<Vec<u8>>>,
    /// Digests of files whose bytes are no longer here.
    forgotten: BTreeMap<String, blake3::Hash>,
    /// The names of files whose folder has them in another form.
    originals: BTreeMap<String, String>,
    font: Option<FontFile>,
}

/// Reads a file by its name on disk; none where that cannot be.
pub type Again<'a> = dyn Fn(&str) -> Option<Vec<u8>> + Sync + 'a;

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

    /// Says under which name the disk has a file, where it is not its path.
    pub fn set_original(&mut self, path: impl Into<String>, original: impl Into<String>) {
        self.originals.insert(path.into(), original.into());
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

    /// Takes out what `is_text` by its path, for [`Inputs::forget`] once it is read: all that it says is known then, and of
    /// a large site the texts are much.
    pub fn take_texts(&mut self, is_text: impl Fn(&str) -> bool) -> BTreeMap<String, Arc<Vec<u8>>> {
        let (texts, kept) = std::mem::take(&mut self.files).into_iter().partition(|(path, _)| is_text(path));
        self.files = kept;
        texts
    }

    /// Remembers of files that are not among these only that they are there; by path, with a digest of what they had.
    pub fn forget(&mut self, files: impl IntoIterator<Item = (String, blake3::Hash)>) {
        self.forgotten.append(&mut files.into_iter().collect());
    }

    /// The paths of all files, forgotten ones included.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().chain(self.forgotten.keys()).map(String::as_str)
    }

    /// The paths of files that are forgotten.
    pub fn forgotten(&self) -> impl Iterator<Item = &str> {
        self.forgotten.keys().map(String::as_str)
    }

    /// What a forgotten file had. None where it is not the same any more.
    pub fn again(&self, path: &str, read: &Again<'_>) -> Option<Vec<u8>> {
        let digest = self.forgotten.get(path)?;
        let original = self.originals.get(path).map_or(path, String::as_str);
        read(original).filter(|bytes| blake3::hash(bytes) == *digest)
    }

    /// Takes a forgotten file back, if it is still the same; see [`Inputs::again`].
    pub fn recall(&mut self, path: &str, read: &Again<'_>) {
        if let Some(bytes) = self.again(path, read) {
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
        text(self.bytes(path)?)
    }

    /// The text of a file without a byte order mark.
    ///
    /// # Errors
    /// A diagnostic that names the file and the encoding it seems to have.
    pub fn utf8(&self, path: &str) -> Result<&str, Diagnostic> {
        utf8(path, self.bytes(path).unwrap_or_default())
    }

    /// How many files there are, forgotten ones included.
    pub fn count(&self) -> usize {
        self.files.len() + self.forgotten.len()
    }

    /// A digest of all paths and bytes, and of the font: BLAKE3 in hexadecimal. Whether a file is forgotten makes no
    /// difference.
    pub fn digest(&self) -> String {
        let here = self.files.par_iter().map(|(path, bytes)| (path.as_str(), blake3::hash(bytes)));
        let forgotten = self.forgotten.par_iter().map(|(path, digest)| (path.as_str(), *digest));
        let mut files: Vec<(&str, blake3::Hash)> = here.chain(forgotten).collect();
        files.par_sort_unstable_by_key(|(path, _)| *path);
        files.extend(self.font.iter().map(|font| (font.path.as_str(), blake3::hash(&font.bytes))));
        let mut hasher = blake3::Hasher::new();
        for (path, digest) in files {
            hasher.update(&(path.len() as u64).to_le_bytes());
            hasher.update(path.as_bytes());
            hasher.update(digest.as_bytes());
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

/// The text in some bytes without a byte order mark; none where they are not UTF-8.
pub fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok().map(without_mark)
}

/// The text in the bytes of the file at `path`, without a byte order mark.
///
/// # Errors
/// A diagnostic that names the file and the encoding it seems to have.
pub fn utf8<'a>(path: &str, bytes: &'a [u8]) -> Result<&'a str, Diagnostic> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(without_mark(text)),
        Err(error) => {
            let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
            Err(Diagnostic::not_utf8(path, guess(bytes), line))
        }
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
