//! `content/meetings/<meeting>/_index.md`: one sitting.

use jiff::civil::Date;

use super::Rules;
use super::aliases;
use super::fields::{Fields, Located};
use super::front_matter::split;
use super::markdown::{self, Body};
use super::speech::{Source, source};
use crate::diagnostic::Diagnostic;

/// One meeting as its editors wrote it.
#[derive(Debug, Clone)]
pub struct MeetingFile {
    /// Path of `_index.md`.
    pub file: String,
    /// Title.
    pub title: String,
    /// Second line of the title.
    pub subtitle: Option<String>,
    /// The sitting's own name, where the title is that of a report about it.
    pub name: Option<String>,
    /// Day.
    pub date: Date,
    /// Place.
    pub place: Option<String>,
    /// Who answers for the pages of its speeches (责任编辑).
    pub editor: Option<String>,
    /// Where it was first printed.
    pub source: Option<Source>,
    /// Old addresses that lead here.
    pub aliases: Vec<Located<String>>,
    /// The lead text.
    pub body: Body,
}

/// Reads one `_index.md`. The first half is none where something required is missing.
pub fn parse(file: &str, text: &str, rules: &Rules) -> (Option<MeetingFile>, Vec<Diagnostic>) {
    let zone = &rules.zone;
    let parts = match split(file, text) {
        Ok(parts) => parts,
        Err(diagnostics) => return (None, diagnostics),
    };
    let mut fields = Fields::new(file, &parts.table);
    let title = fields.required_text("title", "title = \"第一次全体会议\"");
    let subtitle = fields.text("subtitle").map(|text| text.value);
    let name = fields.text("name").map(|text| text.value);
    let date = fields.required_date("date", zone);
    let place = fields.text("place").map(|text| text.value);
    let editor = fields.text("editor").map(|text| text.value);
    let source = fields.table("source", |fields| source(fields, zone)).flatten();
    let aliases = aliases::read(&mut fields, file);
    let mut diagnostics = fields.finish();
    let (body, found) = markdown::parse(file, text, parts.body_start, rules);
    diagnostics.extend(found);
    let meeting = match (title, date) {
        (Some(title), Some(date)) => {
            let title = title.value;
            Some(MeetingFile {
                file: file.into(),
                title,
                subtitle,
                name,
                date,
                place,
                editor,
                source,
                aliases,
                body,
            })
        }
        _ => None,
    };
    (meeting, diagnostics)
}
