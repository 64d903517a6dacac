//! Import of proceedings: one document becomes a meeting and its speeches.
//!
//! bytes → text (of Word files and Web pages by way of paragraphs) → lines → blocks → document → [`Proceedings`] → Markdown → merge → disk.
//! Everything up to the last arrow is pure; [`write()`] alone touches files.

mod blocks;
mod byline;
mod content_file;
mod decode;
mod diff;
mod document;
mod doubts;
mod formats;
mod front_matter;
mod groups;
mod import_report;
mod infer;
mod lines;
mod lock;
mod matching;
mod merge;
mod numerals;
mod paragraphs;
mod plain_text;
mod plan;
mod problem;
mod surnames;
#[cfg(test)]
mod tests;
mod themes;
mod web_page;
mod word;
mod write;
mod write_markdown;

use jiff::civil::Date;

pub use self::content_file::{ContentFile, Recoded, content_file, write_content_file};
pub use self::document::{Piece, PieceKind};
pub use self::formats::Layout;
pub use self::groups::PartyNames;
pub use self::import_report::report;
pub use self::lines::Point;
pub use self::plan::{Action, Step};
pub use self::themes::{ThemeKeywords, ThemeReason};
pub use self::write::{Outcome, write, write_keeping_edits};
use crate::chinese::address;
use crate::diagnostic::Diagnostic;

/// Longest address of a file or folder that is made from a title.
const LONGEST_SLUG: usize = 40;

/// A document to import and what is known besides.
#[derive(Debug, Clone, Copy)]
pub struct Import<'a> {
    /// Name of the document, for messages.
    pub file_name: &'a str,
    /// Its bytes: a Word file, or a Web page or text in any of the usual encodings.
    pub bytes: &'a [u8],
    /// Day of the meeting: never guessed.
    pub date: Date,
    /// Folder for the meeting, in any script; by default from the date and the meeting's name.
    pub meeting: Option<&'a str>,
    /// The site's themes and their keywords.
    pub themes: &'a [ThemeKeywords],
    /// The site's groups and the party names printed in bylines.
    pub parties: &'a [PartyNames],
}

/// Everything that a document says, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proceedings {
    /// Name of the document.
    pub file_name: String,
    /// Its format, or of a text its encoding.
    pub format: &'static str,
    /// Whether points and speeches have numbers of paragraphs in place of lines.
    pub layout: Layout,
    /// Folder of the meeting under `content/meetings/`.
    pub folder: String,
    /// Whether the folder's name was made from the meeting's, not asked for.
    pub folder_by_name: bool,
    /// The meeting.
    pub meeting: Meeting,
    /// Its speeches, in the order of the document.
    pub speeches: Vec<Speech>,
    /// Whether the document marks no headings and they were told by their form.
    pub inferred_headings: bool,
    /// What a person should look at, by line.
    pub points: Vec<Point>,
}

/// The meeting, as the document describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// Title of the report.
    pub title: String,
    /// Its sub-title.
    pub subtitle: Option<String>,
    /// The sitting's official name.
    pub name: Option<String>,
    /// Its day.
    pub date: Date,
    /// The lead text.
    pub lead: Vec<Piece>,
}

/// One speech.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speech {
    /// Place in the document, from 1.
    pub order: usize,
    /// Its heading.
    pub title: String,
    /// Its second heading.
    pub subtitle: Option<String>,
    /// Who made it; nobody where the document does not say: a draft.
    pub speakers: Vec<Speaker>,
    /// What it is about, and why.
    pub themes: Vec<ThemeReason>,
    /// Whether the document says that it is printed in summary.
    pub summary: bool,
    /// Its text.
    pub body: Vec<Piece>,
    /// Line of its heading in the document.
    pub line: usize,
}

impl Speech {
    /// Characters of the text as printed: every one of its paragraphs' but blanks,
    /// punctuation included, titles and byline not. The site itself states the shorter
    /// `chinese::length`, without punctuation; this number is for comparing with the source.
    pub fn characters(&self) -> usize {
        self.body.iter().flat_map(|piece| piece.text.chars()).filter(|c| !c.is_whitespace()).count()
    }
}

/// Somebody who made a speech.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// The name alone.
    pub name: String,
    /// The line of roles and name as printed, word for word.
    pub byline: String,
    /// The roles before the name.
    pub roles: Vec<String>,
    /// The party that a role names.
    pub group: Option<String>,
}

/// Reads a document. Pure: nothing is written.
pub fn read(import: &Import<'_>) -> Result<Proceedings, Vec<Diagnostic>> {
    let source = formats::read(import.file_name, import.bytes)?;
    let (lines, mut points) = lines::clean_lines(&source.text);
    points.extend(source.points);
    if lines.iter().all(|line| line.text.is_empty()) {
        return Err(problem::empty(import.file_name));
    }
    let document = document::document(blocks::blocks(&lines, source.layout))
        .ok_or_else(|| problem::no_speeches(import.file_name))?;
    let facts = infer::facts(&document);
    let mut speeches = Vec::new();
    for section in &document.speeches {
        speeches.push(speech(section, speeches.len() + 1, facts.summary, import, &mut points));
    }
    points.extend(document.points.iter().cloned());
    points.extend(doubts(&speeches, &facts, import));
    points.sort();
    let meeting = Meeting {
        title: document.title.or_else(|| facts.name.clone()).unwrap_or_else(|| stem(import.file_name)),
        subtitle: document.subtitle,
        name: facts.name,
        date: import.date,
        lead: document.lead,
    };
    Ok(Proceedings {
        file_name: import.file_name.to_string(),
        format: source.format,
        layout: source.layout,
        folder: folder(import, &meeting)?,
        folder_by_name: import.meeting.is_none(),
        meeting,
        speeches,
        inferred_headings: document.inferred,
        points,
    })
}

fn speech(
    section: &document::Section,
    order: usize,
    summary: bool,
    import: &Import<'_>,
    points: &mut Vec<Point>,
) -> Speech {
    let mut speakers = Vec::new();
    for byline in &section.bylines {
        let group = match groups::group_of(&byline.roles, import.parties) {
            groups::Finding::Group(group) => Some(group.to_string()),
            groups::Finding::Nothing => None,
            groups::Finding::Several(groups) => {
                points.push(several_groups(section.line, &groups));
                None
            }
        };
        speakers.extend(byline.names.iter().map(|name| Speaker {
            name: name.clone(),
            byline: byline.text.clone(),
            roles: byline.roles.clone(),
            group: group.clone(),
        }));
    }
    let text: Vec<&str> = section.body.iter().map(|piece| piece.text.as_str()).collect();
    let subtitle = section.subtitle.as_deref().unwrap_or("");
    Speech {
        order,
        title: section.title.clone(),
        subtitle: section.subtitle.clone(),
        speakers,
        themes: themes::themes_of(&section.title, subtitle, &text.join("\n"), import.themes),
        summary,
        body: section.body.clone(),
        line: section.line,
    }
}

fn several_groups(line: usize, groups: &[&str]) -> Point {
    Point::new(
        line,
        format!("职务里有不止一个界别({}),没有填写。", groups.join("、")),
        format!("The roles name more than one group ({}); none was filled in.", groups.join(", ")),
    )
}

fn doubts(speeches: &[Speech], facts: &infer::Facts, import: &Import<'_>) -> Vec<Point> {
    let mut lengths: Vec<usize> = speeches.iter().map(Speech::characters).collect();
    lengths.sort_unstable();
    let median = lengths.get(lengths.len() / 2).copied().unwrap_or(0);
    let mut points = doubts::about_meeting(facts, import.date, speeches);
    for speech in speeches {
        points.extend(doubts::about_speech(speech, !import.themes.is_empty(), median));
    }
    points.extend(doubts::about_repeated_names(speeches));
    points.extend(doubts::about_last_line(speeches));
    points
}

fn folder(import: &Import<'_>, meeting: &Meeting) -> Result<String, Vec<Diagnostic>> {
    let name = import.meeting.unwrap_or_else(|| meeting.name.as_deref().unwrap_or(&meeting.title));
    let folder = match import.meeting {
        Some(name) => address::slug(name),
        None => format!("{}-{}", import.date, address::short_slug(name, LONGEST_SLUG)),
    };
    let folder = folder.trim_matches('-').to_string();
    if folder.is_empty() {
        return Err(problem::no_folder_name(import.file_name, name));
    }
    Ok(folder)
}

/// A file's name without folders and extension.
fn stem(file_name: &str) -> String {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    name.rsplit_once('.').map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem }).to_string()
}
