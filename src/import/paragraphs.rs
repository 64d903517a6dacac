//! Paragraphs of a Word file or a Web page, and the lines that they become.

use super::blocks::append;
use super::lines::Point;

/// A document's paragraphs, and what of it is not in them; points have the number of the paragraph as their line.
pub(crate) type Found = (Vec<Paragraph>, Vec<Point>);

/// Where a document breaks a line inside a paragraph.
pub(crate) const LINE_BREAK: char = '\u{2028}';

/// The bullet that [`super::lines`] knows.
const BULLET: char = '\u{F0B7}';

/// One paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Paragraph {
    /// From 1 for the document's title, where the document says that this is a heading.
    pub(crate) heading: Option<usize>,
    /// Whether a bullet stands before it.
    pub(crate) item: bool,
    /// Its words.
    pub(crate) text: String,
}

/// One line a paragraph, so that the number of a line is that of a paragraph.
pub(crate) fn lines(paragraphs: &[Paragraph]) -> String {
    let mut text = String::new();
    for paragraph in paragraphs {
        let words = paragraph.text.replace(['\n', '\r'], " ");
        if words.trim().is_empty() {
            text.push('\n');
            continue;
        }
        if let Some(level) = paragraph.heading {
            text.push_str(&"#".repeat(level.clamp(1, 6)));
            text.push(' ');
            text.push_str(&on_one_line(&words));
        } else {
            if paragraph.item {
                text.push(BULLET);
            }
            text.push_str(&words);
        }
        text.push('\n');
    }
    text
}

/// The words of a heading without its line breaks.
fn on_one_line(words: &str) -> String {
    let mut text = String::new();
    for part in words.split(LINE_BREAK).map(str::trim).filter(|part| !part.is_empty()) {
        append(&mut text, part);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_paragraph_has_the_line_of_its_number() {
        let paragraph = |heading, item, text: &str| Paragraph { heading, item, text: text.to_string() };
        let paragraphs = [
            paragraph(Some(2), false, "办好社区\u{2028}食堂 \u{2028} Phase 2"),
            paragraph(None, false, " "),
            paragraph(None, true, "第一\n项"),
            paragraph(None, false, "甲\u{2028}乙"),
        ];
        assert_eq!(lines(&paragraphs), "## 办好社区食堂Phase 2\n\n\u{F0B7}第一 项\n甲\u{2028}乙\n");
    }
}
