//! Events become HTML and plain paragraphs.

use std::fmt::Write;
use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, LinkType, Tag, TagEnd};

use super::body::{Body, Hole, Link, LinkKind, Paragraph, Part, escape};
use super::emphasis::MARK;
use super::links::{Reference, reference};
use crate::chinese::characters::joins_without_space;
use crate::chinese::normalize;
use crate::diagnostic::{Diagnostic, Place};

type Events<'a> = Vec<(Event<'a>, Range<usize>)>;

/// Writes `events`; `place` turns a span of theirs into a place in the file.
pub(super) fn write(events: Events<'_>, place: &dyn Fn(Range<usize>) -> Place) -> (Body, Vec<Diagnostic>) {
    let mut writer = Writer::new(place);
    writer.top_level = top_level(&events);
    for at in 0..events.len() {
        writer.event(&events, at);
    }
    writer.finish()
}

struct Writer<'p> {
    place: &'p dyn Fn(Range<usize>) -> Place,
    body: Body,
    diagnostics: Vec<Diagnostic>,
    /// The block whose plain text is being gathered.
    block: Option<Paragraph>,
    /// The list items that are open, and whether each still waits for a paragraph of its own.
    items: Vec<bool>,
    /// Text of a picture that is being read.
    alt: Option<String>,
    /// How many pictures are open, one inside the other.
    images: usize,
    numbers: Numbers,
    columns: Vec<Alignment>,
    column: usize,
    in_head: bool,
    notes: Notes,
    html_block: String,
    at_line_start: bool,
    /// The level of the text's highest headings, which becomes the second of the page.
    top_level: usize,
}

#[derive(Default)]
struct Numbers {
    paragraphs: usize,
    headings: usize,
}

/// Footnotes are written where they are defined and shown at the end.
#[derive(Default)]
struct Notes {
    labels: Vec<String>,
    references: Vec<usize>,
    written: Vec<(usize, Vec<Part>)>,
    outside: Vec<Vec<Part>>,
    open: Vec<usize>,
}

impl Notes {
    fn number(&mut self, label: &str) -> usize {
        match self.labels.iter().position(|known| known == label) {
            Some(i) => i + 1,
            None => {
                self.labels.push(label.to_owned());
                self.references.push(0);
                self.labels.len()
            }
        }
    }
}

impl<'p> Writer<'p> {
    fn new(place: &'p dyn Fn(Range<usize>) -> Place) -> Writer<'p> {
        Writer {
            place,
            body: Body::default(),
            diagnostics: Vec::new(),
            block: None,
            items: Vec::new(),
            alt: None,
            images: 0,
            numbers: Numbers::default(),
            columns: Vec::new(),
            column: 0,
            in_head: false,
            notes: Notes::default(),
            html_block: String::new(),
            at_line_start: false,
            top_level: 1,
        }
    }

    fn html(&mut self, html: &str) {
        match self.body.parts.last_mut() {
            Some(Part::Html(last)) => last.push_str(html),
            _ => self.body.parts.push(Part::Html(html.to_owned())),
        }
    }

    fn event(&mut self, events: &Events<'_>, at: usize) {
        let (event, span) = &events[at];
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(*tag, span),
            Event::Text(text) => self.text(text),
            Event::Code(code) => self.code(code),
            Event::Html(html) => self.html_block.push_str(html),
            Event::InlineHtml(html) => self.inline_html(html, span),
            Event::SoftBreak => self.soft_break(next_character(&events[at + 1..])),
            Event::HardBreak => {
                self.html("<br>");
                self.plain("\n");
                self.at_line_start = true;
            }
            Event::Rule => self.html("<hr>"),
            Event::FootnoteReference(label) => self.note_reference(label),
            Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: &Range<usize>) {
        match tag {
            Tag::Paragraph => {
                if let Some(waiting) = self.items.last_mut() {
                    *waiting = false;
                }
                self.open_block("p");
            }
            Tag::Heading { level, id, .. } => self.open_heading(*level, id.as_deref()),
            Tag::BlockQuote(_) => self.container("<blockquote>"),
            Tag::CodeBlock(kind) => self.open_code(kind),
            Tag::HtmlBlock => self.html_block.clear(),
            Tag::List(Some(1)) => self.container("<ol>"),
            Tag::List(Some(first)) => self.container(&format!("<ol start=\"{first}\">")),
            Tag::List(None) => self.container("<ul>"),
            Tag::Item => {
                self.items.push(true);
                self.html("<li>");
            }
            Tag::FootnoteDefinition(label) => self.open_note(label),
            Tag::Table(columns) => self.open_table(columns),
            Tag::TableHead => {
                self.in_head = true;
                self.column = 0;
                self.html("<thead><tr>");
            }
            Tag::TableRow => {
                self.column = 0;
                self.html("<tr>");
            }
            Tag::TableCell => self.open_cell(),
            Tag::Emphasis => self.inline("<em>"),
            Tag::Strong => self.inline("<strong>"),
            Tag::Link { link_type, dest_url, title, .. } => self.open_link(*link_type, dest_url, title, span),
            Tag::Image { dest_url, title, .. } => self.open_image(dest_url, title, span),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, span: &Range<usize>) {
        match tag {
            TagEnd::Paragraph => self.close_block("</p>"),
            TagEnd::Heading(level) => self.close_block(&format!("</h{}>", self.below_title(level))),
            TagEnd::BlockQuote(_) => {
                self.close_tight_item();
                self.html("</blockquote>");
            }
            TagEnd::CodeBlock => self.close_block("</code></pre>"),
            TagEnd::HtmlBlock => self.close_html_block(span),
            TagEnd::List(ordered) => self.html(if ordered { "</ol>" } else { "</ul>" }),
            TagEnd::Item => {
                self.close_tight_item();
                self.items.pop();
                self.html("</li>");
            }
            TagEnd::FootnoteDefinition => self.close_note(),
            TagEnd::Table => self.close_block("</tbody></table></div>"),
            TagEnd::TableHead => {
                self.in_head = false;
                self.html("</tr></thead><tbody>");
            }
            TagEnd::TableRow => {
                self.plain("\n");
                self.html("</tr>");
            }
            TagEnd::TableCell => {
                self.plain(" ");
                self.html(if self.in_head { "</th>" } else { "</td>" });
            }
            TagEnd::Emphasis => self.inline("</em>"),
            TagEnd::Strong => self.inline("</strong>"),
            TagEnd::Link => self.inline("</a>"),
            TagEnd::Image => self.close_image(),
            _ => {}
        }
    }

    // Blocks.

    fn container(&mut self, html: &str) {
        self.close_tight_item();
        self.html(html);
    }

    fn next_paragraph_id(&mut self) -> String {
        self.numbers.paragraphs += 1;
        format!("p{}", self.numbers.paragraphs)
    }

    fn open_block(&mut self, element: &str) {
        self.close_tight_item();
        let id = self.next_paragraph_id();
        self.html(&format!("<{element} id=\"{id}\">"));
        self.begin(id, false);
    }

    fn begin(&mut self, id: String, heading: bool) {
        self.body.anchors.push(id.clone());
        self.block = Some(Paragraph { id, text: String::new(), heading });
        self.at_line_start = true;
    }

    /// The page's own title is the only first-level heading, so the text's begin at the second.
    fn below_title(&self, level: HeadingLevel) -> usize {
        (level as usize - self.top_level + 2).min(6)
    }

    fn open_heading(&mut self, level: HeadingLevel, id: Option<&str>) {
        self.close_tight_item();
        self.numbers.headings += 1;
        let own = id.filter(|id| is_plain_id(id) && !self.body.anchors.iter().any(|known| known == id));
        let id = own.map_or_else(|| format!("s{}", self.numbers.headings), str::to_owned);
        self.html(&format!("<h{} id=\"{id}\">", self.below_title(level)));
        self.begin(id, true);
    }

    fn close_block(&mut self, html: &str) {
        self.html(html);
        if let Some(mut block) = self.block.take() {
            block.text = block.text.trim().to_owned();
            if !block.text.is_empty() {
                self.body.paragraphs.push(block);
            }
        }
    }

    /// Text that stands in a list item without a paragraph of its own becomes one for search.
    fn tight_item(&mut self) {
        if self.block.is_some() || self.alt.is_some() {
            return;
        }
        if let Some(waiting) = self.items.last_mut()
            && *waiting
        {
            *waiting = false;
            let id = self.next_paragraph_id();
            self.give_item_id(&id);
            self.begin(id, false);
        }
    }

    fn give_item_id(&mut self, id: &str) {
        if let Some(Part::Html(last)) = self.body.parts.last_mut()
            && last.ends_with("<li>")
        {
            last.truncate(last.len() - 1);
            let _ = write!(last, " id=\"{id}\">");
        }
    }

    fn close_tight_item(&mut self) {
        if !self.items.is_empty() && self.block.is_some() {
            self.close_block("");
        }
    }

    fn open_code(&mut self, kind: &CodeBlockKind<'_>) {
        self.close_tight_item();
        let id = self.next_paragraph_id();
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+' | '.');
        match !language.is_empty() && language.chars().all(good) {
            true => self.html(&format!("<pre id=\"{id}\"><code class=\"language-{language}\">")),
            false => self.html(&format!("<pre id=\"{id}\"><code>")),
        }
        self.begin(id, false);
        self.at_line_start = false;
    }

    fn open_table(&mut self, columns: &[Alignment]) {
        self.close_tight_item();
        self.columns = columns.to_vec();
        let id = self.next_paragraph_id();
        self.html(&format!("<div class=\"table\" id=\"{id}\" role=\"group\" tabindex=\"0\"><table>"));
        self.begin(id, false);
    }

    fn open_cell(&mut self) {
        let class = match self.columns.get(self.column) {
            Some(Alignment::Left) => " class=\"left\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            _ => "",
        };
        self.column += 1;
        let html = if self.in_head { format!("<th scope=\"col\"{class}>") } else { format!("<td{class}>") };
        self.html(&html);
        self.at_line_start = true;
    }

    // Inline.

    fn inline(&mut self, html: &str) {
        if self.alt.is_none() {
            self.tight_item();
            self.html(html);
        }
    }

    fn plain(&mut self, text: &str) {
        match (&mut self.alt, &mut self.block) {
            (Some(alt), _) => alt.push_str(text),
            (None, Some(block)) => block.text.push_str(text),
            (None, None) => {}
        }
    }

    fn text(&mut self, text: &str) {
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

    fn code(&mut self, code: &str) {
        self.tight_item();
        let code = clean(code);
        self.at_line_start = false;
        self.plain(&code);
        if self.alt.is_none() {
            self.html(&format!("<code>{}</code>", escape(&code)));
        }
    }

    fn soft_break(&mut self, next: Option<char>) {
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

    fn open_link(&mut self, kind: LinkType, target: &str, title: &str, span: &Range<usize>) {
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
        self.body.parts.push(Part::Hole(Hole::Href(link)));
        match title.is_empty() {
            true => self.html(">"),
            false => self.html(&format!(" title=\"{}\">", escape(&clean(title)))),
        }
    }

    fn add_link(&mut self, target: String, kind: LinkKind, span: &Range<usize>) -> usize {
        let place = (self.place)(span.clone());
        if reference(&target) == Reference::Unsafe {
            self.diagnostics.push(Diagnostic::unsafe_link(place.clone(), &target));
        }
        self.body.links.push(Link { target, kind, span: place.span.unwrap_or_default() });
        self.body.links.len() - 1
    }

    /// A picture within the text of a picture is only text.
    fn open_image(&mut self, target: &str, title: &str, span: &Range<usize>) {
        self.images += 1;
        if self.images == 1 {
            self.tight_item();
            let link = self.add_link(clean(target), LinkKind::Image, span);
            self.alt = Some(String::new());
            self.body.parts.push(Part::Hole(Hole::Image { link, alt: String::new(), title: clean(title) }));
        }
    }

    fn close_image(&mut self) {
        self.images -= 1;
        if self.images > 0 {
            return;
        }
        let text = self.alt.take().unwrap_or_default();
        self.at_line_start = false;
        if let Some(Part::Hole(Hole::Image { alt, .. })) = self.body.parts.last_mut() {
            *alt = text;
        }
    }

    // Raw HTML: shown as text, never run.

    fn inline_html(&mut self, html: &str, span: &Range<usize>) {
        if is_comment(html) {
            self.diagnostics.push(Diagnostic::html_comment((self.place)(span.clone())));
            return;
        }
        self.diagnostics.push(Diagnostic::raw_html((self.place)(span.clone())));
        self.text(html);
    }

    fn close_html_block(&mut self, span: &Range<usize>) {
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

    // Footnotes.

    fn note_reference(&mut self, label: &str) {
        self.tight_item();
        let number = self.notes.number(label);
        self.notes.references[number - 1] += 1;
        let id = match self.notes.references[number - 1] {
            1 => format!("fnref-{number}"),
            n => format!("fnref-{number}-{n}"),
        };
        let target = self.here(format!("#fn-{number}"));
        self.body.anchors.push(id.clone());
        self.html(&format!("<sup id=\"{id}\"><a"));
        self.body.parts.push(Part::Hole(Hole::Href(target)));
        self.html(&format!(" role=\"doc-noteref\">{number}</a></sup>"));
    }

    /// A link within the page that the writer itself makes.
    fn here(&mut self, target: String) -> usize {
        self.body.links.push(Link { target, kind: LinkKind::Link, span: (0, 0) });
        self.body.links.len() - 1
    }

    fn open_note(&mut self, label: &str) {
        self.close_tight_item();
        let number = self.notes.number(label);
        self.notes.open.push(number);
        self.notes.outside.push(std::mem::take(&mut self.body.parts));
    }

    fn close_note(&mut self) {
        let outside = self.notes.outside.pop().unwrap_or_default();
        let parts = std::mem::replace(&mut self.body.parts, outside);
        if let Some(number) = self.notes.open.pop() {
            self.notes.written.push((number, parts));
        }
    }

    fn finish(mut self) -> (Body, Vec<Diagnostic>) {
        let mut written = std::mem::take(&mut self.notes.written);
        if !written.is_empty() {
            written.sort_by_key(|(number, _)| *number);
            self.html("<section class=\"footnotes\" role=\"doc-endnotes\"><ol>");
            for (number, parts) in written {
                self.note(number, parts);
            }
            self.html("</ol></section>");
        }
        (self.body, self.diagnostics)
    }

    fn note(&mut self, number: usize, parts: Vec<Part>) {
        let id = format!("fn-{number}");
        self.html(&format!("<li id=\"{id}\" value=\"{number}\">"));
        self.body.anchors.push(id);
        self.body.parts.extend(parts);
        if self.notes.references[number - 1] > 0 {
            let target = self.here(format!("#fnref-{number}"));
            self.html(" <a");
            self.body.parts.push(Part::Hole(Hole::Href(target)));
            self.html(&format!(" role=\"doc-backlink\" aria-label=\"↩ {number}\">↩</a>"));
        }
        self.html("</li>");
    }
}

/// The first character of text that follows, seen through inline marks; none at the block's end.
fn next_character(events: &[(Event<'_>, Range<usize>)]) -> Option<char> {
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

/// Ids that authors may give: no clash with those of paragraphs, headings and notes.
fn is_plain_id(id: &str) -> bool {
    let numbered = |prefix: &str| {
        id.strip_prefix(prefix)
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
    };
    let good = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    !id.is_empty() && id.chars().all(good) && !numbered("p") && !numbered("s") && !id.starts_with("fn")
}

/// The level of the highest headings of a text.
fn top_level(events: &Events<'_>) -> usize {
    let levels = events.iter().filter_map(|(event, _)| match event {
        Event::Start(Tag::Heading { level, .. }) => Some(*level as usize),
        _ => None,
    });
    levels.min().unwrap_or(1)
}
