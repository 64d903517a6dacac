//! `.plenary`: the files of a build with the digest of each, in the form that `sha256sum --check` reads.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

/// Its name in the output folder.
pub const FILE_LIST: &str = ".plenary";

/// The line that it begins with.
const HEADER: &str = "# Files written by plenary. It removes those that are no longer part of the site.";

/// Bytes of a line beside its path: a digest in hexadecimal, two blanks, the end.
const BESIDE_PATH: usize = 64 + 2 + 1;

/// What stands for a digest where a file was not finished.
const BEGUN: [u8; 32] = [0; 32];

/// What is known of the bytes of a file that is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Digest {
    /// Their SHA-256.
    Sha256([u8; 32]),
    /// Nothing: the list is of a version that noted paths only.
    Unknown,
    /// Not even whether they were all written: a version that did not stage its output was cut off. Such a list has
    /// zeros in the place of the digest.
    Begun,
}

/// The files of a build with their digests, by path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileList {
    files: BTreeMap<String, Digest>,
}

impl FromIterator<(String, Digest)> for FileList {
    fn from_iter<I: IntoIterator<Item = (String, Digest)>>(files: I) -> FileList {
        FileList { files: files.into_iter().collect() }
    }
}

impl FileList {
    /// Reads a list. Paths that could leave the folder are not taken from it.
    pub fn parse(text: &str) -> FileList {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let entries = lines.map(entry).filter(|(path, _)| is_inside(path));
        entries.map(|(path, digest)| (path.to_owned(), digest)).collect()
    }

    /// Whether a text is a list at all.
    pub fn is_list(text: &str) -> bool {
        text.lines().next() == Some(HEADER)
    }

    /// The list as it is written: sorted, one file a line.
    pub fn render(&self) -> String {
        let lengths = self.files.keys().map(|path| path.len() + BESIDE_PATH);
        let mut text = String::with_capacity(HEADER.len() + 1 + lengths.sum::<usize>());
        text.push_str(HEADER);
        text.push('\n');
        for (path, digest) in &self.files {
            let bytes = match digest {
                Digest::Sha256(bytes) => Some(bytes),
                Digest::Begun => Some(&BEGUN),
                Digest::Unknown => None,
            };
            if let Some(bytes) = bytes {
                let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
                text.extend(digits.filter_map(|digit| char::from_digit(digit.into(), 16)));
                text.push_str("  ");
            }
            text.push_str(path);
            text.push('\n');
        }
        text
    }

    /// The digest of a file.
    pub fn get(&self, path: &str) -> Option<Digest> {
        self.files.get(path).copied()
    }

    /// Whether a file is listed.
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// The files that were certainly written.
    pub fn finished(&self) -> FileList {
        let mut finished = self.clone();
        finished.files.retain(|_, digest| *digest != Digest::Begun);
        finished
    }

    /// How many files there are.
    pub fn count(&self) -> usize {
        self.files.len()
    }

    /// All paths, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }
}

/// The digest of bytes as it is listed.
pub fn digest(bytes: &[u8]) -> Digest {
    Digest::Sha256(Sha256::digest(bytes).into())
}

/// The path of a line, and what the line says of its bytes.
fn entry(line: &str) -> (&str, Digest) {
    let noted = line.split_once("  ").and_then(|(hex, path)| Some((path, from_hex(hex)?)));
    match noted {
        Some((path, BEGUN)) => (path, Digest::Begun),
        Some((path, bytes)) => (path, Digest::Sha256(bytes)),
        None => (line, Digest::Unknown),
    }
}

/// The bytes of a digest in hexadecimal; none where it is something else.
fn from_hex(hex: &str) -> Option<[u8; 32]> {
    let is_digest = hex.len() == 64 && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut digest = [0; 32];
    for (byte, pair) in digest.iter_mut().zip(hex.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    is_digest.then_some(digest)
}

/// Whether a path stays in its folder.
pub fn is_inside(path: &str) -> bool {
    !path.is_empty() && !path.starts_with('/') && !path.split('/').any(|part| matches!(part, "" | "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_as_it_was_written() {
        let files = [("a/两  个.html", digest(b"a")), ("b.html", Digest::Unknown), ("c.html", Digest::Begun)];
        let list: FileList = files.map(|(path, digest)| (path.to_owned(), digest)).into_iter().collect();
        assert_eq!(FileList::parse(&list.render()), list);
        assert_eq!(list.finished().paths().collect::<Vec<_>>(), ["a/两  个.html", "b.html"]);
        assert!(FileList::is_list(&list.render()) && !FileList::is_list("a/b.html\n"));
    }

    #[test]
    fn no_path_leads_out_of_the_folder() {
        let ones = "1".repeat(64);
        let text = format!(
            "/etc/passwd\n../a\n{ones}  /etc/passwd\n{ones}  a//b\n{ones}  ../../b\n{ones}  \n{ones}  a/./b\n\nright\n"
        );
        assert_eq!(FileList::parse(&text).paths().collect::<Vec<_>>(), ["right"]);
    }
}
