//! `.plenary`: the files of a build with the digest of each, in the form that `sha256sum --check` reads.

use std::io::{self, Write};

use sha2::{Digest as _, Sha256};

/// Its name in the output folder.
pub const FILE_LIST: &str = ".plenary";

/// The line that it begins with.
const HEADER: &str = "# Files written by plenary. It removes those that are no longer part of the site.";

const HEXADECIMAL: &[u8; 16] = b"0123456789abcdef";

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

impl Digest {
    /// Its bytes, as they are listed.
    pub fn bytes(&self) -> Option<&[u8; 32]> {
        match self {
            Digest::Sha256(bytes) => Some(bytes),
            Digest::Begun => Some(&BEGUN),
            Digest::Unknown => None,
        }
    }
}

/// The files of a build with their digests, by path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileList {
    /// Sorted: a large site has so many that a tree of them would be felt.
    files: Vec<(Box<str>, Digest)>,
}

impl From<Vec<(Box<str>, Digest)>> for FileList {
    /// Of a path that is there twice the last one counts.
    fn from(mut files: Vec<(Box<str>, Digest)>) -> FileList {
        files.sort_by(|(a, _), (b, _)| a.cmp(b));
        files.dedup_by(|(path, digest), (kept, last)| {
            let is_same = path == kept;
            if is_same {
                *last = *digest;
            }
            is_same
        });
        FileList { files }
    }
}

impl FileList {
    /// Reads a list. Paths that could leave the folder are not taken from it.
    pub fn parse(text: &str) -> FileList {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let entries = lines.map(entry).filter(|(path, _)| is_inside(path));
        entries.map(|(path, digest)| (path.into(), digest)).collect::<Vec<_>>().into()
    }

    /// Whether a text is a list at all.
    pub fn is_list(text: &str) -> bool {
        text.lines().next() == Some(HEADER)
    }

    /// Writes the list: sorted, one file a line.
    ///
    /// # Errors
    /// What `out` says.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "{HEADER}")?;
        let mut line = Vec::new();
        for (path, digest) in &self.files {
            line.clear();
            if let Some(bytes) = digest.bytes() {
                let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
                line.extend(digits.map(|digit| HEXADECIMAL[usize::from(digit)]));
                line.extend_from_slice(b"  ");
            }
            line.extend_from_slice(path.as_bytes());
            line.push(b'\n');
            out.write_all(&line)?;
        }
        Ok(())
    }

    /// The digest of a file.
    pub fn get(&self, path: &str) -> Option<Digest> {
        self.place(path).ok().map(|at| self.files[at].1)
    }

    /// Whether a file is listed.
    pub fn has(&self, path: &str) -> bool {
        self.place(path).is_ok()
    }

    fn place(&self, path: &str) -> Result<usize, usize> {
        self.files.binary_search_by(|(known, _)| (**known).cmp(path))
    }

    /// The files that were certainly written.
    pub fn finished(&self) -> FileList {
        let mut finished = self.clone();
        finished.files.retain(|(_, digest)| *digest != Digest::Begun);
        finished
    }

    /// How many files there are.
    pub fn count(&self) -> usize {
        self.files.len()
    }

    /// All paths, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|(path, _)| &**path)
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
        let list = FileList::from(Vec::from(files.map(|(path, digest)| (path.into(), digest))));
        let mut text = Vec::new();
        list.write(&mut text).expect("memory");
        let text = String::from_utf8(text).expect("text");
        assert_eq!(FileList::parse(&text), list);
        assert_eq!(list.finished().paths().collect::<Vec<_>>(), ["a/两  个.html", "b.html"]);
        assert!(FileList::is_list(&text) && !FileList::is_list("a/b.html\n"));
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
