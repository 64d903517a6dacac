//! `content/meetings/<meeting>/<speech>.md`: one contribution.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Rules;
use super::aliases;
use super::fields::{Fields, Located};
use super::front_matter::split;
use super::markdown::{self, Body};
use crate::chinese::normalize;
use crate::diagnostic::Diagnostic;

/// One speech as its editors wrote it.
#[derive(Debug, Clone)]
pub struct SpeechFile {
    /// Path of the file.
    pub file: Box<str>,
    /// Title.
    pub title: Box<str>,
    /// Day, where it is not the meeting's.
    pub date: Option<Date>,
    /// Place in the meeting, where it is not the number that the file name begins with.
    pub order: Option<u32>,
    /// Themes by name.
    pub themes: Vec<Located<String>>,
    /// Spoken or handed in.
    pub delivery: Option<Delivery>,
    /// How close the text is to what was said.
    pub text: Option<TextKind>,
    /// Not to be published yet.
    pub draft: bool,
    /// Who spoke; empty only in a draft.
    pub speakers: Vec<SpeakerEntry>,
    /// The text.
    pub body: Body,
    /// What most speeches have nothing of; see [`SpeechFile::rest`].
    pub rest: Option<Box<Rest>>,
}

/// What few speeches have.
#[derive(Debug, Clone)]
pub struct Rest {
    /// Second line of the title.
    pub subtitle: Option<String>,
    /// Not to be published before.
    pub publish_at: Option<Timestamp>,
    /// A summary by the editors.
    pub summary: Option<String>,
    /// Old addresses that lead here.
    pub aliases: Vec<Located<String>>,
    /// Who answers for the page (责任编辑).
    pub editor: Option<String>,
    /// Where it was first printed.
    pub source: Option<Source>,
    /// What was corrected, oldest first.
    pub corrections: Vec<Correction>,
    /// Taken back.
    pub withdrawn: Option<Withdrawn>,
}

impl Rest {
    /// This, unless there is nothing.
    pub fn kept(self) -> Option<Box<Rest>> {
        let Rest { subtitle, publish_at, summary, aliases, editor, source, corrections, withdrawn } = &self;
        let is_empty = [subtitle, summary, editor].into_iter().all(Option::is_none)
            && (publish_at.is_none() && source.is_none() && withdrawn.is_none())
            && (aliases.is_empty() && corrections.is_empty());
        (!is_empty).then(|| Box::new(self))
    }
}

impl SpeechFile {
    /// What few speeches have.
    pub fn rest(&self) -> &Rest {
        static NOTHING: Rest = Rest {
            subtitle: None,
            publish_at: None,
            summary: None,
            aliases: Vec::new(),
            editor: None,
            source: None,
            corrections: Vec::new(),
            withdrawn: None,
        };
        self.rest.as_deref().unwrap_or(&NOTHING)
    }
}

/// Spoken or handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// 口头发言.
    Oral,
    /// 书面发言.
    Written,
}

/// How close the text is to what was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextKind {
    /// Word for word.
    Verbatim,
    /// Edited.
    Edited,
    /// A summary (摘要).
    Summary,
}

/// One person in `[speaker]` or `[[speakers]]`.
#[derive(Debug, Clone)]
pub struct SpeakerEntry {
    /// Name.
    pub name: Located<String>,
    /// The line of roles and name as printed.
    pub byline: Option<Box<str>>,
    /// Roles on that day.
    pub roles: Box<[String]>,
    /// Party or sector.
    pub group: Option<Located<String>>,
    /// Tells two people of one name apart.
    pub key: Option<Box<str>>,
    /// The name in Traditional characters, where the tables are wrong.
    pub traditional: Option<Box<str>>,
}

/// Where a text was first printed.
#[derive(Debug, Clone)]
pub struct Source {
    /// The paper or office.
    pub name: String,
    /// Day of printing.
    pub date: Option<Date>,
    /// Page of the paper.
    pub page: Option<String>,
    /// Address.
    pub url: Option<String>,
}

/// One correction of a published text.
#[derive(Debug, Clone)]
pub struct Correction {
    /// Day.
    pub date: Date,
    /// What was done and why.
    pub note: String,
    /// The words before.
    pub before: Option<String>,
    /// The words after.
    pub after: Option<String>,
}

/// A withdrawal.
#[derive(Debug, Clone)]
pub struct Withdrawn {
    /// Day.
    pub date: Date,
    /// The notice.
    pub note: Option<String>,
}

/// Reads one speech. The first half is none where something required is missing.
pub fn parse(file: &str, text: &str, rules: &Rules) -> (Option<SpeechFile>, Vec<Diagnostic>) {
    let zone = &rules.zone;
    let parts = match split(file, text) {
        Ok(parts) => parts,
        Err(diagnostics) => return (None, diagnostics),
    };
    let (body, found) = markdown::parse(file, text, parts.body_start, rules);
    let mut fields = Fields::new(file, &parts.table);
    let title = fields.required_text("title", "title = \"…\"");
    let subtitle = fields.text("subtitle").map(|text| text.value);
    let mut speech = SpeechFile {
        file: file.into(),
        title: title.as_ref().map(|title| title.value.as_str().into()).unwrap_or_default(),
        date: fields.date("date", zone),
        order: fields.count("order"),
        themes: fields.texts("themes"),
        delivery: fields.choice("delivery", &[("oral", Delivery::Oral), ("written", Delivery::Written)]),
        text: fields.choice(
            "text",
            &[("verbatim", TextKind::Verbatim), ("edited", TextKind::Edited), ("summary", TextKind::Summary)],
        ),
        draft: fields.boolean("draft").unwrap_or(false),
        speakers: Vec::new(),
        body,
        rest: None,
    };
    let publish_at = fields.instant("publish_at", zone);
    let summary = fields.text("summary").map(|text| text.value);
    let aliases = aliases::read(&mut fields, file);
    speech.speakers = speakers(&mut fields);
    let rest = Rest {
        subtitle,
        publish_at,
        summary,
        aliases,
        editor: fields.text("editor").map(|text| text.value),
        source: fields.table("source", |fields| source(fields, zone)).flatten(),
        corrections: corrections(&mut fields, zone),
        withdrawn: fields.table("withdrawn", |fields| withdrawn(fields, zone)).flatten(),
    };
    speech.rest = rest.kept();
    if speech.speakers.is_empty() && !speech.draft {
        let named =
            fields.key_place("speaker") != fields.place() || fields.key_place("speakers") != fields.place();
        if !named {
            let place = fields.place();
            fields.report(Diagnostic::missing_speaker(place));
        }
    }
    let mut diagnostics = fields.finish();
    diagnostics.extend(found);
    (title.map(|_| speech), diagnostics)
}

fn speakers(fields: &mut Fields<'_>) -> Vec<SpeakerEntry> {
    let one = fields.table("speaker", speaker);
    let several = fields.tables("speakers", speaker);
    if one.is_some() && several.is_some() {
        let place = fields.key_place("speaker");
        fields.report(Diagnostic::two_speaker_tables(place));
    }
    let mut all: Vec<SpeakerEntry> = one.into_iter().chain(several.into_iter().flatten()).flatten().collect();
    // One speaker would hold the room of four, in each of all speeches.
    all.shrink_to_fit();
    all
}

fn speaker(fields: &mut Fields<'_>) -> Option<SpeakerEntry> {
    let name = fields.required_text("name", "name = \"…\"");
    let byline = fields.text("byline").map(|text| text.value.into());
    let roles = fields.texts("roles").into_iter().map(|role| role.value).collect();
    let group = fields.text("group");
    let key = fields.text("key").map(|text| text.value.into());
    let traditional = fields.text("traditional").map(|text| normalize::name(&text.value).into());
    let mut name = name?;
    name.value = normalize::name(&name.value);
    Some(SpeakerEntry { name, byline, roles, group, key, traditional })
}

/// Reads a `[source]` table.
pub(super) fn source(fields: &mut Fields<'_>, zone: &TimeZone) -> Option<Source> {
    let name = fields.required_text("name", "name = \"…\"");
    let date = fields.date("date", zone);
    let page = fields.text("page").map(|text| text.value);
    let url = fields.url("url").map(|url| url.value);
    Some(Source { name: name?.value, date, page, url })
}

fn corrections(fields: &mut Fields<'_>, zone: &TimeZone) -> Vec<Correction> {
    let read = |fields: &mut Fields<'_>| {
        let date = fields.required_date("date", zone);
        let note = fields.required_text("note", "note = \"…\"");
        let before = fields.text("before").map(|text| text.value);
        let after = fields.text("after").map(|text| text.value);
        Some(Correction { date: date?, note: note?.value, before, after })
    };
    let mut corrections: Vec<Correction> =
        fields.tables("corrections", read).into_iter().flatten().flatten().collect();
    corrections.sort_by_key(|correction| correction.date);
    corrections
}

fn withdrawn(fields: &mut Fields<'_>, zone: &TimeZone) -> Option<Withdrawn> {
    let date = fields.required_date("date", zone);
    let note = fields.text("note").map(|text| text.value);
    date.map(|date| Withdrawn { date, note })
}

/// Whether a file or folder can have this name on every system and in an address.
pub fn is_portable(name: &str) -> bool {
    const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let numbered = stem.len() == 4
        && (stem.starts_with("com") || stem.starts_with("lpt"))
        && stem.ends_with(|c: char| c.is_ascii_digit());
    !name.is_empty()
        && !name.contains(['<', '>', ':', '"', '|', '?', '*', '\\', '/'])
        && !name.chars().any(|c| c.is_control())
        && !name.ends_with(['.', ' '])
        && !name.starts_with(' ')
        && !numbered
        && !DEVICES.contains(&stem.as_str())
}
