//! Import of proceedings: a document, or several of one meeting, become that meeting and its speeches.
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
pub mod order;
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
use self::document::Document;
pub use self::document::{Piece, PieceKind};
pub use self::formats::Layout;
pub use self::groups::PartyNames;
pub use self::import_report::report;
pub use self::lines::Point;
pub use self::plan::{Action, Step};
pub(crate) use self::problem::empty_folder;
pub use self::themes::{ThemeKeywords, ThemeReason};
pub use self::write::{Outcome, write, write_keeping_edits};
use crate::chinese::address;
use crate::diagnostic::Diagnostic;

/// Longest address of a file or folder that is made from a title.
const LONGEST_SLUG: usize = 40;

/// A file to import.
#[derive(Debug, Clone, Copy)]
pub struct File<'a> {
    /// Its name, for messages.
    pub name: &'a str,
    /// Its bytes: a Word file, or a Web page or text in any of the usual encodings.
    pub bytes: &'a [u8],
}

/// Documents to import and what is known besides.
#[derive(Debug, Clone, Copy)]
pub struct Import<'a> {
    /// One document, or several that make up one meeting, in their order.
    pub files: &'a [File<'a>],
    /// Day of the meeting: never guessed.
    pub date: Date,
    /// Folder for the meeting, in any script; by default from the date and the meeting's name.
    pub meeting: Option<&'a str>,
    /// The site's themes and their keywords.
    pub themes: &'a [ThemeKeywords],
    /// The site's groups and the party names printed in bylines.
    pub parties: &'a [PartyNames],
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadFile {
    /// Its name.
    pub name: String,
    /// Its format, or of a text its encoding.
    pub format: &'static str,
    /// Whether points have numbers of paragraphs in place of lines.
    pub layout: Layout,
    /// Whether it marks no headings and they were told by their form.
    pub inferred_headings: bool,
}

/// Everything that the documents say, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proceedings {
    /// The files that it was read from.
    pub files: Vec<ReadFile>,
    /// Folder of the meeting under `content/meetings/`.
    pub folder: String,
    /// Whether the folder's name was made from the meeting's, not asked for.
    pub folder_by_name: bool,
    /// The meeting.
    pub meeting: Meeting,
    /// Its speeches, in the order of the documents.
    pub speeches: Vec<Speech>,
    /// What a person should look at, by file and line.
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
    /// Place among all speeches, from 1.
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
    /// Which of the files it is in, from 0.
    pub file: usize,
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

/// A file taken apart.
struct Part {
    file: ReadFile,
    document: Document,
    facts: infer::Facts,
    points: Vec<Point>,
}

/// Reads the documents. Pure: nothing is written.
///
/// # Errors
/// What is wrong with each of the files, and a meeting's name that gives no folder.
pub fn read(import: &Import<'_>) -> Result<Proceedings, Vec<Diagnostic>> {
    let (mut parts, mut faults) = (Vec::new(), Vec::new());
    for file in import.files {
        match part(file) {
            Ok(part) => parts.push(part),
            Err(found) => faults.extend(found),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    title_speeches(&mut parts);
    let mut speeches: Vec<Speech> = Vec::new();
    let mut points = Vec::new();
    for (file, part) in parts.iter_mut().enumerate() {
        let mut here = std::mem::take(&mut part.points);
        for section in &part.document.speeches {
            let found = speech(section, speeches.len() + 1, part.facts.summary, import, &mut here);
            speeches.push(Speech { file, ..found });
        }
        points.extend(here.into_iter().map(|point| point.in_file(file)));
    }
    points.extend(doubts(&speeches, &parts, import));
    points.sort();
    let meeting = meeting(&parts, import);
    Ok(Proceedings {
        folder: folder(import, &meeting)?,
        folder_by_name: import.meeting.is_none(),
        meeting,
        speeches,
        points,
        files: parts.into_iter().map(|part| part.file).collect(),
    })
}

fn part(file: &File<'_>) -> Result<Part, Vec<Diagnostic>> {
    let source = formats::read(file.name, file.bytes)?;
    let (lines, mut points) = lines::clean_lines(&source.text);
    points.extend(source.points);
    if lines.iter().all(|line| line.text.is_empty()) {
        return Err(problem::empty(file.name));
    }
    let blocks = blocks::blocks(&lines, source.layout);
    let mut document = document::document(blocks).ok_or_else(|| problem::no_speeches(file.name))?;
    points.append(&mut document.points);
    let read = ReadFile {
        name: file.name.to_string(),
        format: source.format,
        layout: source.layout,
        inferred_headings: document.inferred,
    };
    Ok(Part { file: read, facts: infer::facts(&document), document, points })
}

/// Where each file holds one speech, what stands above its title is part of that title, unless it is the same in all.
fn title_speeches(parts: &mut [Part]) {
    let alike = parts.iter().all(|part| part.document.title == parts[0].document.title);
    if alike || parts.iter().any(|part| part.document.speeches.len() != 1) {
        return;
    }
    for part in parts {
        let document = &mut part.document;
        let above: Vec<String> = document.title.take().into_iter().chain(document.subtitle.take()).collect();
        let Some(speech) = document.speeches.first_mut() else { continue };
        let own = std::mem::take(&mut speech.title);
        let mut titles = above.into_iter().chain([own]).chain(speech.subtitle.take());
        speech.title = titles.next().unwrap_or_default();
        let below: Vec<String> = titles.collect();
        speech.subtitle = (!below.is_empty()).then(|| below.join(" "));
    }
}

fn meeting(parts: &[Part], import: &Import<'_>) -> Meeting {
    let first = |value: fn(&Part) -> Option<&String>| parts.iter().find_map(value).cloned();
    let name = first(|part| part.facts.name.as_ref());
    let title = first(|part| part.document.title.as_ref()).or_else(|| name.clone());
    let stem_of_first = || match import.files {
        [file] => stem(file.name),
        _ => import.meeting.map_or_else(|| import.date.to_string(), str::to_string),
    };
    let mut lead: Vec<Piece> = Vec::new();
    for part in parts {
        // A title that another file has given already is not lost.
        let other = part.document.title.iter().filter(|own| Some(*own) != title.as_ref());
        lead.extend(other.map(|own| Piece { kind: PieceKind::Heading(1), text: own.clone(), line: 1 }));
        lead.extend(part.document.lead.iter().cloned());
    }
    Meeting {
        title: title.unwrap_or_else(stem_of_first),
        subtitle: first(|part| part.document.subtitle.as_ref()),
        name,
        date: import.date,
        lead,
    }
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
        file: 0,
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

fn doubts(speeches: &[Speech], parts: &[Part], import: &Import<'_>) -> Vec<Point> {
    let mut lengths: Vec<usize> = speeches.iter().map(Speech::characters).collect();
    lengths.sort_unstable();
    let median = lengths.get(lengths.len() / 2).copied().unwrap_or(0);
    let mut points = Vec::new();
    for (file, part) in parts.iter().enumerate() {
        let found = doubts::about_meeting(&part.facts, import.date, speeches);
        points.extend(found.into_iter().map(|point| point.in_file(file)));
    }
    for speech in speeches {
        let found = doubts::about_speech(speech, !import.themes.is_empty(), median);
        points.extend(found.into_iter().map(|point| point.in_file(speech.file)));
    }
    points.extend(doubts::about_repeated_names(speeches));
    let is_last = |at: usize| speeches.get(at + 1).is_none_or(|next| next.file != speeches[at].file);
    let last = (0..speeches.len()).filter(|at| is_last(*at)).map(|at| &speeches[at]);
    points.extend(last.filter_map(doubts::about_last_line));
    points
}

fn folder(import: &Import<'_>, meeting: &Meeting) -> Result<String, Vec<Diagnostic>> {
    let name = import.meeting.unwrap_or_else(|| meeting.name.as_deref().unwrap_or(&meeting.title));
    let folder = match import.meeting {
        Some(name) => address::slug(name),
        None if name == import.date.to_string() => name.to_string(),
        None => format!("{}-{}", import.date, address::short_slug(name, LONGEST_SLUG)),
    };
    let folder = folder.trim_matches('-').to_string();
    if folder.is_empty() {
        let file = import.files.first().map_or("", |file| file.name);
        return Err(problem::no_folder_name(file, name));
    }
    Ok(folder)
}

/// A file's name without folders and extension.
fn stem(file_name: &str) -> String {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    name.rsplit_once('.').map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem }).to_string()
}
