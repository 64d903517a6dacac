//! Markdown of a speech: CommonMark with tables and footnotes, made right for Chinese.
//!
//! What comes out is HTML with holes where links are, since a link's address depends on the
//! page that shows the text; and the same text as plain paragraphs for search and excerpts.

mod body;
mod emphasis;
mod html;
mod inline;
mod links;
mod notes;
mod tags;
mod traps;
mod writer;

pub use body::{Body, Link, LinkKind, Paragraph, Read};
pub use html::{Frame, Resolved, escape};
pub use links::{Reference, reference};

use pulldown_cmark::{Options, Parser};

use super::Rules;
use crate::chinese::normalize::{self, Oddity};
use crate::diagnostic::{Diagnostic, Message, Place};

/// How deep quotes, lists and inline marks may be nested.
///
/// Whoever walks a page's tree has to go that deep, and no speech needs more.
pub const NESTING_LIMIT: usize = 32;

/// Reads the Markdown that begins at byte `start` of `text`.
///
/// HTML in it is shown as text. With [`Rules::raw_html`] these tags are what they say, and written anew, so that nothing of
/// the author's comes along: `b`, `br`, `del`, `i`, `ins`, `kbd`, `mark`, `rp`, `rt`, `ruby`, `s`, `small`, `sub`, `sup`,
/// `u` and `wbr`, without attributes. What is left open ends with the element around it.
pub fn parse(file: &str, text: &str, start: usize, rules: &Rules) -> (Body, Vec<Diagnostic>) {
    let source = &text[start..];
    let mut diagnostics = odd_characters(file, text);
    let marked = emphasis::mark(source);
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_HEADING_ATTRIBUTES;
    let events: Vec<_> = Parser::new_ext(&marked.text, options).into_offset_iter().collect();
    let place = |span: std::ops::Range<usize>| {
        Place::span(file, start + marked.original(span.start)..start + marked.original(span.end))
    };
    if let Some(span) = too_deep(&events) {
        diagnostics.push(Diagnostic::too_deep(place(span), NESTING_LIMIT));
        return (Body::default(), diagnostics);
    }
    diagnostics.extend(traps::find(&events, &marked.text, &place));
    let (body, found) = writer::write(events, &place, rules.raw_html);
    diagnostics.extend(found);
    (body, diagnostics)
}

/// The innermost block where the nesting first passes the limit.
fn too_deep(
    events: &[(pulldown_cmark::Event<'_>, std::ops::Range<usize>)],
) -> Option<std::ops::Range<usize>> {
    let mut depth = 0usize;
    for (event, span) in events {
        match event {
            pulldown_cmark::Event::Start(_) => depth += 1,
            pulldown_cmark::Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth > NESTING_LIMIT {
            return Some(span.start..span.start + 1);
        }
    }
    None
}

/// Findings about characters of the whole file, its front matter included.
fn odd_characters(file: &str, text: &str) -> Vec<Diagnostic> {
    let found = normalize::oddities(text);
    found.into_iter().map(|(at, c, oddity)| odd_character(file, at, c, oddity)).collect()
}

fn odd_character(file: &str, at: usize, c: char, oddity: Oddity) -> Diagnostic {
    let place = Place::span(file, at..at + c.len_utf8());
    let what = match oddity {
        Oddity::Control | Oddity::Noncharacter => return Diagnostic::control_character(place, c as u32),
        Oddity::Invisible => Message::new("看不见的字符", "an invisible character"),
        Oddity::NoBreakSpace => Message::new("不换行空格", "a no-break space"),
        Oddity::PrivateUse => {
            Message::new("别人看来是方框的专用区字符", "a private-use character that others see as a box")
        }
        Oddity::BidiControl => {
            Message::new("改变文字方向的控制字符", "a character that changes the direction of text")
        }
    };
    Diagnostic::odd_character(place, c as u32, &what)
}

#[cfg(test)]
mod tests;
