//! The parts of a Word file: a ZIP archive from a stranger, opened in memory and never unpacked to disk.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::super::problem;
use super::xml;
use crate::diagnostic::Diagnostic;

/// Most bytes of a part: a Word file of a hundred thousand speeches has fewer.
const PART_LIMIT: u64 = 256 << 20;

/// How many times its packed size a part may have; text that people write packs to a tenth.
const GROWTH: u64 = 100;

/// What a part may have in any case, in bytes.
const SMALL: u64 = 1 << 20;

/// A Word file whose parts are read by name; names are never used as paths.
pub(super) struct Archive<'a> {
    file: &'a str,
    zip: ZipArchive<Cursor<&'a [u8]>>,
}

/// Where one part of the file refers to another.
struct Relation {
    /// The end of its type, such as `officeDocument`.
    kind: String,
    target: String,
}

impl<'a> Archive<'a> {
    pub(super) fn open(file: &'a str, bytes: &'a [u8]) -> Result<Archive<'a>, Vec<Diagnostic>> {
        let zip = ZipArchive::new(Cursor::new(bytes));
        let zip = zip.map_err(|error| problem::broken_archive(file, &error.to_string()))?;
        Ok(Archive { file, zip })
    }

    /// Name of the part that the relations of another, or of the file as a whole, give for a kind.
    pub(super) fn related(&mut self, from: &str, kind: &str) -> Result<Option<String>, Vec<Diagnostic>> {
        let (folder, name) = from.rsplit_once('/').unwrap_or(("", from));
        let slash = if folder.is_empty() { "" } else { "/" };
        let Some(text) = self.part(&format!("{folder}{slash}_rels/{name}.rels"))? else { return Ok(None) };
        let mut relations = Vec::new();
        let read = xml::read(&text, |token| {
            if let xml::Token::Start(element) = token
                && let (Some(kind), Some(target)) = (element.attribute("Type"), element.attribute("Target"))
            {
                let kind = kind.rsplit('/').next().unwrap_or(&kind).to_string();
                relations.push(Relation { kind, target });
            }
        });
        read.map_err(|fault| problem::broken_part(self.file, from, &fault))?;
        let found = relations.into_iter().find(|relation| relation.kind == kind);
        Ok(found.map(|relation| match relation.target.strip_prefix('/') {
            Some(whole) => whole.to_string(),
            None => format!("{folder}{slash}{}", relation.target),
        }))
    }

    /// The text of a part, if there is one of that name.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, Vec<Diagnostic>> {
        let broken = |reason: String| problem::broken_part(self.file, name, &reason);
        let Some(index) = self.zip.index_for_name(name) else { return Ok(None) };
        let entry = self.zip.by_index(index).map_err(|error| broken(error.to_string()))?;
        let limit = PART_LIMIT.min(entry.compressed_size().saturating_mul(GROWTH).max(SMALL));
        let mut bytes = Vec::new();
        entry.take(limit + 1).read_to_end(&mut bytes).map_err(|error| broken(error.to_string()))?;
        if bytes.len() as u64 > limit {
            return Err(problem::grows_too_much(self.file, name, limit));
        }
        let (text, _, malformed) = encoding_rs::UTF_8.decode(&bytes);
        if malformed {
            return Err(broken("UTF-8".to_string()));
        }
        Ok(Some(text.into_owned()))
    }
}
