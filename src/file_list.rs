//! `.plenary`: the files of a build with the digest of each, in the form that `sha256sum --check` reads.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

/// Its name in the output folder.
pub const FILE_LIST: &str = ".plenary";

/// The line that it begins with.
const HEADER: &str = "# Files written by plenary. It removes those that are no longer part of the site.";

/// Characters of a digest.
const LENGTH: usize = 64;

/// What is known of a file that is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listed {
    /// The digest of its bytes: SHA-256 in hexadecimal.
    Digest(String),
    /// It was written; the list is of a time when digests were not noted.
    Written,
    /// It may have been written; the build that was to do so did not come to its end.
    Begun,
}

/// The files of a build, by path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileList {
    files: BTreeMap<String, Listed>,
}

impl FileList {
    /// Reads a list. Paths that could leave the folder are not taken from it.
    pub fn parse(text: &str) -> FileList {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let files = lines.map(entry).filter(|(path, _)| is_inside(path));
        FileList { files: files.map(|(path, listed)| (path.to_owned(), listed)).collect() }
    }

    /// Whether a text is a list at all.
    pub fn is_list(text: &str) -> bool {
        text.lines().next() == Some(HEADER)
    }

    /// The list as it is written: sorted, one file a line.
    pub fn render(&self) -> String {
        let mut text = format!("{HEADER}\n");
        for (path, listed) in &self.files {
            match listed {
                Listed::Digest(digest) => text.push_str(&format!("{digest}  {path}\n")),
                Listed::Written => text.push_str(&format!("{path}\n")),
                Listed::Begun => text.push_str(&format!("{}  {path}\n", "0".repeat(LENGTH))),
            }
        }
        text
    }

    /// Notes a file; what was noted of it before gives way.
    pub fn insert(&mut self, path: &str, listed: Listed) {
        self.files.insert(path.to_owned(), listed);
    }

    /// What is known of a file.
    pub fn get(&self, path: &str) -> Option<&Listed> {
        self.files.get(path)
    }

    /// Whether a file is listed.
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// All paths, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Only the files that were certainly written.
    pub fn finished(mut self) -> FileList {
        self.files.retain(|_, listed| *listed != Listed::Begun);
        self
    }
}

/// The digest of bytes as it is listed.
pub fn digest(bytes: &[u8]) -> Listed {
    Listed::Digest(Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The path of a line, and what the line says of it.
fn entry(line: &str) -> (&str, Listed) {
    match line.split_once("  ") {
        Some((digest, path)) if digest.len() == LENGTH && digest.bytes().all(|b| b.is_ascii_hexdigit()) => {
            let is_begun = digest.bytes().all(|byte| byte == b'0');
            (path, if is_begun { Listed::Begun } else { Listed::Digest(digest.to_owned()) })
        }
        _ => (line, Listed::Written),
    }
}

fn is_inside(path: &str) -> bool {
    !path.is_empty() && !path.starts_with('/') && !path.split('/').any(|part| matches!(part, "" | "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_as_it_was_written() {
        let mut list = FileList::default();
        list.insert("a/两  个.html", digest(b"a"));
        list.insert("b.html", Listed::Written);
        list.insert("c.html", Listed::Begun);
        assert_eq!(FileList::parse(&list.render()), list);
        assert!(FileList::is_list(&list.render()) && !FileList::is_list("a/b.html\n"));
        assert_eq!(list.finished().paths().collect::<Vec<_>>(), ["a/两  个.html", "b.html"]);
    }

    #[test]
    fn no_path_leads_out_of_the_folder() {
        let zeros = "1".repeat(LENGTH);
        let text = format!("/etc/passwd\n../a\na//b\n{zeros}  ../../b\n{zeros}  \na/./b\nright\n");
        assert_eq!(FileList::parse(&text).paths().collect::<Vec<_>>(), ["right"]);
    }
}
