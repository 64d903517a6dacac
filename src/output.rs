//! The finished site as data: paths and bytes.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::sync::Arc;

use brotli::enc::BrotliEncoderParams;
use brotli::enc::backward_references::BrotliEncoderMode;
use flate2::write::GzEncoder;

use crate::chinese::address::LONGEST;
use crate::content::site_config::Compression;
use crate::hosts::policy::TEXTS;
use crate::scratch::{Placed, Scratch};

/// Bytes below which a compressed twin saves nothing: all fits into one packet.
const SMALLEST_COMPRESSED: u64 = 1024;

/// Of 0 to 11. What follows takes many times as long for a few hundredths of the size.
const BROTLI_QUALITY: i32 = 9;

/// Every file of the published site, by path relative to the output folder.
#[derive(Default)]
pub struct Output {
    /// Paths with forward slashes.
    files: BTreeMap<String, Content>,
    /// Where bytes are that do not stay in memory.
    scratch: Option<Arc<dyn Scratch>>,
}

/// What is in a file.
pub enum Content {
    /// Bytes in memory.
    Bytes(Vec<u8>),
    /// Bytes in the scratch.
    Kept {
        /// Where they begin.
        offset: u64,
        /// How many there are.
        length: usize,
    },
    /// Bytes that stand in their file already.
    Placed(Placed),
    /// The bytes of another file, compressed; made when they are asked for.
    Compressed(String, Compression),
    /// A script that hands the JSON of another file to the search client, made when it is asked for.
    ScriptOf(String),
    /// Bytes that are made when they are asked for: always the same.
    Made(Maker),
}

/// What makes the bytes of a file. It fails where a picture cannot be decoded.
pub type Maker = Arc<dyn Fn() -> io::Result<Vec<u8>> + Send + Sync>;

impl Output {
    /// No files yet; some of them may stand in `scratch`.
    pub fn new(scratch: Arc<dyn Scratch>) -> Output {
        Output { files: BTreeMap::new(), scratch: Some(scratch) }
    }

    /// Adds a file.
    pub fn insert(&mut self, path: String, content: Content) {
        self.files.insert(path, content);
    }

    /// Adds many files. A map that is filled in order, one by one, is half empty; this one is full.
    pub fn extend(&mut self, files: impl IntoIterator<Item = (String, Content)>) {
        self.files.append(&mut files.into_iter().collect());
    }

    /// Adds compressed twins of all files of text that are worth it and have room for the ending in their names.
    pub fn insert_compressed(&mut self, compressions: &[Compression]) {
        if compressions.is_empty() {
            return;
        }
        let is_text = |path: &str| TEXTS.iter().any(|ending| path.ends_with(&format!(".{ending}")));
        let is_small = |path: &str| self.known_size(path).is_some_and(|size| size < SMALLEST_COMPRESSED);
        let paths: Vec<String> =
            self.paths().filter(|path| is_text(path) && !is_small(path)).map(str::to_owned).collect();
        for path in paths {
            for compression in compressions {
                let twin = format!("{path}.{}", compression.ending());
                if twin.len() - twin.rfind('/').map_or(0, |slash| slash + 1) <= LONGEST {
                    self.files.insert(twin, Content::Compressed(path.clone(), *compression));
                }
            }
        }
    }

    /// The size of a file in bytes; none where it is made when it is asked for.
    pub fn known_size(&self, path: &str) -> Option<u64> {
        match self.files.get(path)? {
            Content::Bytes(bytes) => Some(bytes.len() as u64),
            Content::Kept { length, .. } | Content::Placed(Placed { length, .. }) => Some(*length as u64),
            Content::ScriptOf(json) => self.known_size(json),
            Content::Compressed(..) | Content::Made(_) => None,
        }
    }

    /// The paths of all files, sorted, with what is known of those that are in their place already.
    pub fn placed(&self) -> impl Iterator<Item = (&str, Option<Placed>)> {
        self.files.iter().map(|(path, content)| match content {
            Content::Placed(placed) => (path.as_str(), Some(*placed)),
            _ => (path.as_str(), None),
        })
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
    ///
    /// # Errors
    /// `NotFound` where there is no such file; what the disk says where its bytes are not in memory.
    pub fn bytes(&self, path: &str) -> io::Result<Cow<'_, [u8]>> {
        let content = self.files.get(path).ok_or(io::ErrorKind::NotFound)?;
        match (content, &self.scratch) {
            (Content::Bytes(bytes), _) => Ok(Cow::Borrowed(bytes)),
            (Content::Kept { offset, length }, Some(scratch)) => {
                scratch.read(*offset, *length).map(Cow::Owned)
            }
            (Content::Placed(_), Some(scratch)) => scratch.placed(path).map(Cow::Owned),
            (Content::Kept { .. } | Content::Placed(_), None) => Err(io::ErrorKind::NotFound.into()),
            (Content::Made(make), _) => make().map(Cow::Owned),
            (Content::Compressed(path, compression), _) => {
                compressed(&self.bytes(path)?, *compression).map(Cow::Owned)
            }
            (Content::ScriptOf(json), _) => Ok(Cow::Owned(script_of(json, &self.bytes(json)?))),
        }
    }

    /// The file that a host shows for an address: `/a/` is `a/index.html`.
    pub fn at(&self, address: &str) -> Option<(String, Cow<'_, [u8]>)> {
        let path = path_of(address);
        self.bytes(&path).ok().map(|bytes| (path, bytes))
    }
}

/// The page of a folder.
pub const FOLDER_PAGE: &str = "index.html";

/// The file behind a site address: `/` is `index.html`, `/a/b/` is `a/b/index.html`, `/feed.xml` is `feed.xml`.
pub fn path_of(address: &str) -> String {
    let path = address.trim_start_matches('/');
    let page = if path.is_empty() || path.ends_with('/') { FOLDER_PAGE } else { "" };
    [path, page].concat()
}

/// Another way to write the paths of files, for comparing them: that of a folder's page is the folder, `a/` for
/// `a/index.html`, as in its address.
pub fn without_page(path: &str) -> &str {
    path.strip_suffix(FOLDER_PAGE).filter(|folder| folder.is_empty() || folder.ends_with('/')).unwrap_or(path)
}

/// The bytes compressed, without a name or a time, so that the same bytes give the same file.
fn compressed(bytes: &[u8], compression: Compression) -> io::Result<Vec<u8>> {
    match compression {
        Compression::Gzip => {
            let mut writer = GzEncoder::new(Vec::new(), flate2::Compression::best());
            writer.write_all(bytes)?;
            writer.finish()
        }
        Compression::Brotli => {
            let settings = BrotliEncoderParams {
                quality: BROTLI_QUALITY,
                size_hint: bytes.len(),
                mode: BrotliEncoderMode::BROTLI_MODE_TEXT,
                ..BrotliEncoderParams::default()
            };
            let mut out = Vec::new();
            brotli::BrotliCompress(&mut &bytes[..], &mut out, &settings)?;
            Ok(out)
        }
    }
}

/// The path of the script beside a JSON file of the search index.
pub fn script_path(json: &str) -> String {
    format!("{}.js", json.trim_end_matches(".json"))
}

/// The JSON file of the search index at `path` as a script that hands it to the client.
pub fn script_of(path: &str, json: &[u8]) -> Vec<u8> {
    let below = path.split_once("search/").map_or(path, |(_, below)| below);
    let mut out = Vec::with_capacity(json.len() + json.len() / 8 + below.len() + 32);
    out.extend_from_slice(format!("plenarySearch.receive(\"{below}\",").as_bytes());
    push_script_safe(&mut out, json.trim_ascii_end());
    out.extend_from_slice(b");\n");
    out
}

/// Escapes what could end a script element or a line of JavaScript inside JSON.
pub fn script_safe(json: &str) -> String {
    let mut out = Vec::with_capacity(json.len());
    push_script_safe(&mut out, json.as_bytes());
    // Only whole characters are replaced.
    String::from_utf8(out).unwrap_or_default()
}

/// Appends UTF-8 with `<`, `>`, `&`, U+2028 and U+2029 escaped.
fn push_script_safe(out: &mut Vec<u8>, json: &[u8]) {
    const AT_ONCE: usize = 32;
    let mut copied = 0;
    for (chunk, start) in json.chunks(AT_ONCE).zip((0..).step_by(AT_ONCE)) {
        // Few chunks have such a byte: all of a chunk at once tell whether there is one.
        if !chunk.iter().fold(false, |found, byte| found | matches!(byte, b'<' | b'>' | b'&' | 0xE2)) {
            continue;
        }
        for (byte, at) in chunk.iter().zip(start..) {
            let (escape, length): (&[u8], usize) = match byte {
                b'<' => (b"\\u003c", 1),
                b'>' => (b"\\u003e", 1),
                b'&' => (b"\\u0026", 1),
                0xE2 if json[at..].starts_with("\u{2028}".as_bytes()) => (b"\\u2028", 3),
                0xE2 if json[at..].starts_with("\u{2029}".as_bytes()) => (b"\\u2029", 3),
                _ => continue,
            };
            out.extend_from_slice(&json[copied..at]);
            out.extend_from_slice(escape);
            copied = at + length;
        }
    }
    out.extend_from_slice(&json[copied..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_end_a_script_is_escaped_wherever_it_stands() {
        let all = "<!-->&\u{2028}\u{2029}“”";
        let right = "\\u003c!--\\u003e\\u0026\\u2028\\u2029“”";
        for before in 0..100 {
            let (start, end) = ("a".repeat(before), "字".repeat(before));
            assert_eq!(
                script_safe(&format!("{start}{all}{end}{all}")),
                format!("{start}{right}{end}{right}")
            );
        }
    }
}
