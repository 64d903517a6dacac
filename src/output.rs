//! The finished site as data: paths and bytes.

use std::borrow::Cow;
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
    /// By paths with forward slashes, sorted. There may be millions, which come in a few large batches: a map would take more.
    files: Vec<(Box<str>, Content)>,
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
        Output { files: Vec::new(), scratch: Some(scratch) }
    }

    /// Takes the room for so many more files: what grows bit by bit holds more in the end, and twice as much on the way.
    pub fn reserve(&mut self, files: usize) {
        self.files.reserve_exact(files);
    }

    /// Adds a file; it takes the place of one with the same path.
    pub fn insert(&mut self, path: String, content: Content) {
        match self.place(&path) {
            Ok(at) => self.files[at].1 = content,
            Err(at) => self.files.insert(at, (path.into(), content)),
        }
    }

    /// Adds many files. Their paths are to be new, and to differ: of two with one path only one stays.
    pub fn extend(&mut self, files: impl IntoIterator<Item = (String, Content)>) {
        let files = files.into_iter();
        self.reserve(files.size_hint().1.unwrap_or_default());
        self.files.extend(files.map(|(path, content)| (path.into(), content)));
        self.files.sort_unstable_by(|one, other| one.0.cmp(&other.0));
        self.files.dedup_by(|second, first| second.0 == first.0);
    }

    /// Where a file is in the list, or where it would be.
    fn place(&self, path: &str) -> Result<usize, usize> {
        self.files.binary_search_by(|(other, _)| (**other).cmp(path))
    }

    fn get(&self, path: &str) -> Option<&Content> {
        self.place(path).ok().map(|at| &self.files[at].1)
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
        let mut twins = Vec::new();
        for path in paths {
            for compression in compressions {
                let twin = format!("{path}.{}", compression.ending());
                let has_room = twin.len() - twin.rfind('/').map_or(0, |slash| slash + 1) <= LONGEST;
                let content = Content::Compressed(path.clone(), *compression);
                match self.place(&twin) {
                    _ if !has_room => {}
                    Ok(at) => self.files[at].1 = content,
                    Err(_) => twins.push((twin, content)),
                }
            }
        }
        self.extend(twins);
    }

    /// The size of a file in bytes; none where it is made when it is asked for.
    pub fn known_size(&self, path: &str) -> Option<u64> {
        match self.get(path)? {
            Content::Bytes(bytes) => Some(bytes.len() as u64),
            Content::Kept { length, .. } => Some(*length as u64),
            Content::Placed(Placed { length, .. }) => Some((*length).into()),
            Content::ScriptOf(json) => self.known_size(json),
            Content::Compressed(..) | Content::Made(_) => None,
        }
    }

    /// The paths of all files, sorted, with what is known of those that are in their place already.
    pub fn placed(&self) -> impl Iterator<Item = (&str, Option<Placed>)> {
        self.files.iter().map(|(path, content)| match content {
            Content::Placed(placed) => (&**path, Some(*placed)),
            _ => (&**path, None),
        })
    }

    /// The paths of all files, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|(path, _)| &**path)
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
        let content = self.get(path).ok_or(io::ErrorKind::NotFound)?;
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
    fn files_are_found_and_listed_by_path_in_whatever_order_they_come() {
        let file = |path: &str, text: &str| (path.to_owned(), Content::Bytes(text.into()));
        let mut output = Output::default();
        output.extend([file("c.html", "c"), file("a/index.html", "a")]);
        output.extend([file("b.json", "b"), file("a.html", "x")]);
        output.insert("b.json".into(), Content::Bytes(b"later".to_vec()));
        output.insert("d.txt".into(), Content::Bytes(b"d".to_vec()));
        assert_eq!(
            output.paths().collect::<Vec<_>>(),
            ["a.html", "a/index.html", "b.json", "c.html", "d.txt"]
        );
        for (path, right) in [("a/index.html", "a"), ("b.json", "later"), ("d.txt", "d")] {
            assert_eq!(output.bytes(path).expect("a file"), right.as_bytes(), "{path}");
        }
        assert_eq!(output.bytes("e").expect_err("none").kind(), io::ErrorKind::NotFound);
    }

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
