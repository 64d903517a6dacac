//! Text, code, links, pictures and raw HTML inside a block.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::body::{Link, LinkKind};
use super::emphasis::MARK;
use super::html::{Hole, Part, escape};
use super::links::{Reference, reference};
use super::tags::Tags;
use super::writer::Writer;
use crate::chinese::characters::joins_without_space;
use crate::chinese::normalize;
use crate::diagnostic::Diagnostic;

impl Writer<'_> {
    pub(super) fn inline(&mut self, html: &str) {
        if self.alt.is_none() {
            self.tight_item();
            self.html(html);
        }
    }

    pub(super) fn plain(&mut self, text: &str) {
        if self.tags.as_ref().is_some_and(Tags::are_of_reading) {
            return;
        }
        match (&mut self.alt, &mut self.block) {
            (Some(alt), _) => alt.push_str(text),
            (None, Some(block)) => block.text.push_str(text),
            (None, None) => {}
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        self.tight_item();
        let text = clean(text);
        let text = match self.at_line_start {
            true => text.trim_start_matches('\u{3000}'),
            false => text.as_str(),
        };
        if text.is_empty() {
            return;
        }
        self.at_line_start = false;
        self.plain(text);
        if self.alt.is_none() {
            self.html(&escape(text));
        }
    }

    pub(super) fn code(&mut self, code: &str) {
        self.tight_item();
        let code = clean(code);
        self.at_line_start = false;
        self.plain(&code);
        if self.alt.is_none() {
            self.html(&format!("<code>{}</code>", escape(&code)));
        }
    }

    pub(super) fn soft_break(&mut self, next: Option<char>) {
        let last = match (&self.alt, &self.block) {
            (Some(alt), _) => alt.chars().next_back(),
            (None, Some(block)) => block.text.chars().next_back(),
            (None, None) => None,
        };
        let joined = matches!((last, next), (Some(last), Some(next)) if joins_without_space(last, next));
        if !joined {
            self.plain(" ");
            if self.alt.is_none() {
                self.html(" ");
            }
        }
        self.at_line_start = true;
    }

    pub(super) fn open_link(&mut self, kind: LinkType, target: &str, title: &str, span: &Range<usize>) {
        if self.alt.is_some() {
            return;
        }
        self.tight_item();
        let mut target = clean(target);
        if kind == LinkType::Email {
            target = format!("mailto:{target}");
        }
        let link = self.add_link(target, LinkKind::Link, span);
        self.html("<a");
        self.parts.push(Part::Hole(Hole::Href(link)));
        match title.is_empty() {
            true => self.html(">"),
            false => self.html(&format!(" title=\"{}\">", escape(&clean(title)))),
        }
    }

    pub(super) fn add_link(&mut self, target: String, kind: LinkKind, span: &Range<usize>) -> usize {
        let place = (self.place)(span.clone());
        if reference(&target) == Reference::Unsafe {
            self.diagnostics.push(Diagnostic::unsafe_link(place.clone(), &target));
        }
        self.links.push(Link { target, kind, span: place.span.unwrap_or_default() });
        self.links.len() - 1
    }

    /// A picture within the text of a picture is only text.
    pub(super) fn open_image(&mut self, target: &str, title: &str, span: &Range<usize>) {
        self.images += 1;
        if self.images == 1 {
            self.tight_item();
            let link = self.add_link(clean(target), LinkKind::Image, span);
            self.alt = Some(String::new());
            self.parts.push(Part::Hole(Hole::Image { link, alt: String::new(), title: clean(title) }));
        }
    }

    pub(super) fn close_image(&mut self, span: &Range<usize>) {
        self.images -= 1;
        if self.images > 0 {
            return;
        }
        let text = self.alt.take().unwrap_or_default();
        self.at_line_start = false;
        if text.trim().is_empty()
            && let Some(link) = self.links.last()
        {
            let place = (self.place)(span.clone());
            self.diagnostics.push(Diagnostic::missing_alt(place, &link.target));
        }
        if let Some(Part::Hole(Hole::Image { alt, .. })) = self.parts.last_mut() {
            *alt = text;
        }
    }

    /// Whether the paragraph that is open holds one picture and nothing else.
    pub(super) fn is_figure(&self) -> bool {
        let Some(block) = &self.block else { return false };
        let opening = format!("<p id=\"{}\">", block.id);
        match self.parts.as_slice() {
            [.., Part::Html(html), Part::Hole(Hole::Image { .. })] => html.ends_with(&opening),
            _ => false,
        }
    }

    /// A picture alone in its paragraph is a figure, and its title the caption.
    pub(super) fn close_figure(&mut self) {
        let mut caption = String::new();
        if let [.., Part::Html(html), Part::Hole(Hole::Image { title, .. })] = self.parts.as_mut_slice()
            && let Some(start) = html.rfind("<p id=")
        {
            html.replace_range(start..start + 2, "<figure");
            caption = std::mem::take(title);
        }
        if !caption.is_empty() {
            self.plain(&caption);
            self.html(&format!("<figcaption>{}</figcaption>", escape(&caption)));
        }
        self.close_block("</figure>");
    }

    // Raw HTML: shown as text, never run, but for the tags of `tags.rs` where they are asked for.

    pub(super) fn inline_html(&mut self, html: &str, span: &Range<usize>) {
        if is_comment(html) {
            self.diagnostics.push(Diagnostic::html_comment((self.place)(span.clone())));
            return;
        }
        if self.tag(html) {
            return;
        }
        self.diagnostics.push(Diagnostic::raw_html((self.place)(span.clone())));
        self.text(html);
    }

    pub(super) fn close_html_block(&mut self, span: &Range<usize>) {
        let html = std::mem::take(&mut self.html_block);
        let html = html.trim_end();
        let end = span.start + html.len().min(span.len());
        if is_comment(html.trim_start()) && html.ends_with("-->") {
            self.diagnostics.push(Diagnostic::html_comment((self.place)(span.start..end)));
            return;
        }
        self.diagnostics.push(Diagnostic::raw_html((self.place)(span.start..end)));
        self.open_block("p");
        for (i, line) in html.lines().enumerate() {
            if i > 0 {
                self.html("<br>");
                self.plain("\n");
            }
            self.text(line);
        }
        self.close_block("</p>");
    }
}

/// The first character of text that follows, seen through inline marks; none at the block's end.
pub(super) fn next_character(events: &[(Event<'_>, Range<usize>)]) -> Option<char> {
    for (event, _) in events {
        match event {
            Event::Text(text) | Event::Code(text) => {
                let first = clean(text).chars().find(|c| *c != '\u{3000}');
                if first.is_some() {
                    return first;
                }
            }
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. }) => {}
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Image) => {}
            Event::InlineHtml(html) if is_comment(html) => {}
            _ => return None,
        }
    }
    None
}

/// A text without marks and invisible characters.
fn clean(text: &str) -> String {
    let text = normalize::clean(text);
    text.chars().filter(|c| *c != MARK).collect()
}

fn is_comment(html: &str) -> bool {
    html.starts_with("<!--")
}
