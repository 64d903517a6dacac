//! Every message that an editor can get: one named constructor each.
//!
//! A message says what is wrong and what to write instead, in Chinese and in English.
//! Its `code` is also the name of the folder in `tests/broken/` that shows it.

mod files;
mod front_matter;
mod links;
mod output;
mod pictures;
mod record;
mod text;

use std::ops::Range;

/// How much a diagnostic stands in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is published until it is put right.
    Error,
    /// Published all the same; shown by `build` and `check`.
    Warning,
    /// Worth a look; shown by `check` only.
    Notice,
}

/// One text in the languages that the command line speaks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Message {
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Message {
    /// A message from its two texts.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Message {
        Message { zh: zh.into(), en: en.into() }
    }
}

/// A number with its English noun: `1 error`, `2 errors`.
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Where in the sources something is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Path relative to the site's folder, with forward slashes.
    pub file: String,
    /// Bytes of the file; none where the whole file is meant.
    pub span: Option<(usize, usize)>,
}

impl Place {
    /// The whole file.
    pub fn file(file: impl Into<String>) -> Place {
        Place { file: file.into(), span: None }
    }

    /// Some bytes of a file.
    pub fn span(file: impl Into<String>, span: Range<usize>) -> Place {
        Place { file: file.into(), span: Some((span.start, span.end)) }
    }
}

/// One finding about one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How much it stands in the way.
    pub severity: Severity,
    /// Stable kebab-case name.
    pub code: &'static str,
    /// What is wrong.
    pub message: Message,
    /// Where.
    pub place: Place,
    /// What to write instead.
    pub help: Option<Message>,
    /// Other places that have to do with it, each with a word about why.
    pub related: Vec<(Place, Message)>,
}

impl Diagnostic {
    /// The files of all places that it names.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        let related = self.related.iter().map(|(place, _)| place);
        std::iter::once(&self.place).chain(related).map(|place| place.file.as_str())
    }

    fn new(severity: Severity, code: &'static str, place: Place, zh: String, en: String) -> Diagnostic {
        Diagnostic { severity, code, message: Message { zh, en }, place, help: None, related: Vec::new() }
    }

    fn error(code: &'static str, place: Place, zh: String, en: String) -> Diagnostic {
        Diagnostic::new(Severity::Error, code, place, zh, en)
    }

    fn warning(code: &'static str, place: Place, zh: String, en: String) -> Diagnostic {
        Diagnostic::new(Severity::Warning, code, place, zh, en)
    }

    fn notice(code: &'static str, place: Place, zh: String, en: String) -> Diagnostic {
        Diagnostic::new(Severity::Notice, code, place, zh, en)
    }

    fn help(mut self, zh: impl Into<String>, en: impl Into<String>) -> Diagnostic {
        self.help = Some(Message::new(zh, en));
        self
    }

    fn related(mut self, place: Place, zh: impl Into<String>, en: impl Into<String>) -> Diagnostic {
        self.related.push((place, Message::new(zh, en)));
        self
    }
}
