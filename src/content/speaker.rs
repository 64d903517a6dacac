//! `content/speakers/<speaker>.md`: what an office says of one person; optional.

use super::fields::{Fields, Located};
use super::front_matter::split;
use super::markdown::{self, Body};
use crate::chinese::normalize;
use crate::diagnostic::Diagnostic;

/// One speaker's file as its editors wrote it.
#[derive(Debug, Clone)]
pub struct SpeakerFile {
    /// Path of the file; its name is the speaker's part of the address.
    pub file: String,
    /// Name.
    pub name: Located<String>,
    /// Tells two people of one name apart.
    pub key: Option<String>,
    /// The name in pinyin syllables, where the usual reading is wrong: `zeng guo fan`.
    pub reading: Option<String>,
    /// A biography.
    pub body: Body,
}

/// Reads one speaker's file. The first half is none where the name is missing.
pub fn parse(file: &str, text: &str) -> (Option<SpeakerFile>, Vec<Diagnostic>) {
    let parts = match split(file, text) {
        Ok(parts) => parts,
        Err(diagnostics) => return (None, diagnostics),
    };
    let (body, found) = markdown::parse(file, text, parts.body_start);
    let mut fields = Fields::new(file, &parts.table);
    let name = fields.required_text("name", "name = \"…\"");
    let key = fields.text("key").map(|text| text.value);
    let reading = fields.text("reading").map(|text| text.value);
    let mut diagnostics = fields.finish();
    diagnostics.extend(found);
    let speaker = name.map(|mut name| {
        name.value = normalize::name(&name.value);
        SpeakerFile { file: file.into(), name, key, reading, body }
    });
    (speaker, diagnostics)
}
