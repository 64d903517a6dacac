//! A document in any format that offices have, Word, a Web page or plain text, to its text.

use super::lines::Point;
use super::{decode, paragraphs, problem, web_page, word};
use crate::diagnostic::Diagnostic;

/// What the lines of a document's text are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Lines as they were typed: a paragraph may go over several.
    Typed,
    /// Whole paragraphs, and the parts of one where the document breaks its line.
    Paragraphs,
}

/// A document's text and how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Source {
    /// All of it; headings have `#` and items of lists the bullet of a symbol font before them.
    pub(crate) text: String,
    pub(crate) layout: Layout,
    /// The format, or of a text its encoding, for people.
    pub(crate) format: &'static str,
    /// What of the document is not in the text, or only in another form.
    pub(crate) points: Vec<Point>,
}

/// Reads a document. Which format it has is told by its first bytes, and of a Web page by its name as well.
pub(crate) fn read(file: &str, bytes: &[u8]) -> Result<Source, Vec<Diagnostic>> {
    if bytes.starts_with(b"PK\x03\x04") {
        let (paragraphs, points) = word::paragraphs(file, bytes)?;
        return Ok(of_paragraphs(&paragraphs, "Word", points));
    }
    let decoded = decode::decode(file, bytes)?;
    if web_page::is_web_page(file, &decoded.text) {
        if let Some(line) = web_page::endless_tag(&decoded.text) {
            return Err(problem::endless_tag(file, line));
        }
        let (paragraphs, points) = web_page::paragraphs(&decoded.text);
        return Ok(of_paragraphs(&paragraphs, "HTML", points));
    }
    Ok(Source { text: decoded.text, layout: Layout::Typed, format: decoded.encoding, points: Vec::new() })
}

fn of_paragraphs(paragraphs: &[paragraphs::Paragraph], format: &'static str, points: Vec<Point>) -> Source {
    Source { text: paragraphs::lines(paragraphs), layout: Layout::Paragraphs, format, points }
}
