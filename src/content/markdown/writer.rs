//! Events become HTML and plain paragraphs.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};

use super::body::{Body, Id, Link, Written};
use super::html::Part;
use super::inline::next_character;
use super::notes::Notes;
use super::tags::Tags;
use crate::diagnostic::{Diagnostic, Place};

type Events<'a> = Vec<(Event<'a>, Range<usize>)>;

/// Writes `events`; `place` turns a span of theirs into a place in the file.
/// `raw_html` says whether a few tags of HTML are what they say.
pub(super) fn write(
    events: Events<'_>,
    place: &dyn Fn(Range<usize>) -> Place,
    raw_html: bool,
) -> (Body, Vec<Diagnostic>) {
    let mut writer = Writer::new(place);
    writer.tags = raw_html.then(Tags::default);
    writer.top_level = top_level(&events);
    for at in 0..events.len() {
        writer.event(&events, at);
    }
    writer.finish()
}

pub(super) struct Writer<'p> {
    pub(super) place: &'p dyn Fn(Range<usize>) -> Place,
    pub(super) links: Vec<Link>,
    blocks: Vec<Written>,
    /// HTML and holes in turn, as far as they are written.
    pub(super) parts: Vec<Part>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The block whose plain text is being gathered.
    pub(super) block: Option<Written>,
    /// The list items that are open, and whether each still waits for a paragraph of its own.
    pub(super) items: Vec<bool>,
    /// Text of a picture that is being read.
    pub(super) alt: Option<String>,
    /// How many pictures are open, one inside the other.
    pub(super) images: usize,
    pub(super) numbers: Numbers,
    pub(super) columns: Vec<Alignment>,
    pub(super) column: usize,
    pub(super) in_head: bool,
    pub(super) notes: Notes,
    /// All ids of the text so far.
    pub(super) ids: BTreeSet<String>,
    pub(super) html_block: String,
    pub(super) at_line_start: bool,
    /// The tags of HTML that are open; none where HTML is shown as text.
    pub(super) tags: Option<Tags>,
    /// The level of the text's highest headings, which becomes the second of the page.
    pub(super) top_level: usize,
}

#[derive(Default)]
pub(super) struct Numbers {
    paragraphs: u32,
    headings: u32,
}

impl<'p> Writer<'p> {
    fn new(place: &'p dyn Fn(Range<usize>) -> Place) -> Writer<'p> {
        Writer {
            place,
            links: Vec::new(),
            blocks: Vec::new(),
            parts: Vec::new(),
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
            ids: BTreeSet::new(),
            html_block: String::new(),
            at_line_start: false,
            tags: None,
            top_level: 1,
        }
    }

    pub(super) fn html(&mut self, html: &str) {
        match self.parts.last_mut() {
            Some(Part::Html(last)) => last.push_str(html),
            _ => self.parts.push(Part::Html(html.to_owned())),
        }
    }

    fn event(&mut self, events: &Events<'_>, at: usize) {
        let (event, span) = &events[at];
        match event {
            Event::Start(tag) => {
                self.begin_element();
                self.start(tag, span);
            }
            Event::End(tag) => {
                self.end_element();
                self.end(*tag, span);
            }
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
            TagEnd::Paragraph if self.is_figure() => self.close_figure(),
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
            TagEnd::Image => self.close_image(span),
            _ => {}
        }
    }

    // Blocks.

    fn container(&mut self, html: &str) {
        self.close_tight_item();
        self.html(html);
    }

    fn next_paragraph_id(&mut self) -> Id<Box<str>> {
        self.numbers.paragraphs += 1;
        Id::Paragraph(self.numbers.paragraphs)
    }

    pub(super) fn open_block(&mut self, element: &str) {
        self.close_tight_item();
        let id = self.next_paragraph_id();
        self.html(&format!("<{element} id=\"{id}\">"));
        self.begin(id);
    }

    fn begin(&mut self, id: Id<Box<str>>) {
        self.ids.insert(id.to_string());
        self.block = Some(Written { id, text: String::new() });
        self.at_line_start = true;
    }

    /// The page's own title is the only first-level heading, so the text's begin at the second.
    fn below_title(&self, level: HeadingLevel) -> usize {
        (level as usize - self.top_level + 2).min(6)
    }

    fn open_heading(&mut self, level: HeadingLevel, id: Option<&str>) {
        self.close_tight_item();
        self.numbers.headings += 1;
        let own = id.filter(|id| is_plain_id(id) && !self.ids.contains(*id));
        let id = own.map_or(Id::Heading(self.numbers.headings), |id| Id::Own(id.into()));
        self.html(&format!("<h{} id=\"{id}\">", self.below_title(level)));
        self.begin(id);
    }

    pub(super) fn close_block(&mut self, html: &str) {
        self.html(html);
        if let Some(mut block) = self.block.take() {
            block.text = block.text.trim().to_owned();
            if !block.text.is_empty() {
                self.blocks.push(block);
            }
        }
    }

    /// Text that stands in a list item without a paragraph of its own becomes one for search.
    pub(super) fn tight_item(&mut self) {
        if self.block.is_some() || self.alt.is_some() {
            return;
        }
        if let Some(waiting) = self.items.last_mut()
            && *waiting
        {
            *waiting = false;
            let id = self.next_paragraph_id();
            self.give_item_id(&id.to_string());
            self.begin(id);
        }
    }

    fn give_item_id(&mut self, id: &str) {
        if let Some(Part::Html(last)) = self.parts.last_mut()
            && last.ends_with("<li>")
        {
            last.truncate(last.len() - 1);
            let _ = write!(last, " id=\"{id}\">");
        }
    }

    pub(super) fn close_tight_item(&mut self) {
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
        self.begin(id);
        self.at_line_start = false;
    }

    fn open_table(&mut self, columns: &[Alignment]) {
        self.close_tight_item();
        self.columns = columns.to_vec();
        let id = self.next_paragraph_id();
        self.html(&format!("<div class=\"table\" id=\"{id}\" role=\"group\" tabindex=\"0\"><table>"));
        self.begin(id);
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

    fn finish(mut self) -> (Body, Vec<Diagnostic>) {
        self.notes_section();
        (Body::new(self.parts, self.links, self.blocks, self.ids), self.diagnostics)
    }
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
