//! A parsed text: HTML with holes for its links, and plain paragraphs.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use super::html::{Frame, Html, Part, Resolved};
use crate::chinese::{excerpt, length};
use crate::scratch::{Text, Texts};

/// Characters of a text's beginning, by which lists show it.
const OPENING: usize = 100;

/// A parsed text. What it says and how it begins may be outside of memory; all else is here.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// What it is on a page.
    pub(super) html: Html,
    /// Every block of text in order.
    blocks: Box<[Block]>,
    /// What the blocks say, one after the other.
    text: Text,
    length: usize,
    opening: Text,
    /// What most texts have nothing of.
    rest: Option<Box<Rest>>,
}

/// What few texts have.
#[derive(Debug, Clone, Default)]
struct Rest {
    /// What stands in the holes.
    links: Vec<Link>,
    /// Ids that the author gave to headings.
    own_ids: Vec<Box<str>>,
    /// Ids of other elements, sorted.
    anchors: Vec<String>,
}

impl Rest {
    /// This, unless there is nothing.
    fn kept(self) -> Option<Box<Rest>> {
        let is_empty = self.links.is_empty() && self.own_ids.is_empty() && self.anchors.is_empty();
        (!is_empty).then(|| Box::new(self))
    }
}

/// A link or picture as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The target as written, entities and escapes resolved.
    pub target: String,
    /// Link or picture.
    pub kind: LinkKind,
    /// Bytes of the file.
    pub span: (usize, usize),
}

/// Link or picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// `[text](target)`.
    Link,
    /// `![text](target)`.
    Image,
}

/// Where a block of text ends, and by what it is reached.
#[derive(Debug, Clone, Copy)]
struct Block {
    end: u32,
    /// An author's by its place: a speech has a dozen blocks, and hardly one of these.
    id: Id<u32>,
}

/// The id of a block; an author's is a text, or says where that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Id<T> {
    /// `p1`, `p2`… for paragraphs and list items.
    Paragraph(u32),
    /// `s1`, `s2`… for headings.
    Heading(u32),
    /// An author's, for a heading.
    Own(T),
}

/// A block of text while it is written.
pub(super) struct Written {
    pub(super) id: Id<Box<str>>,
    pub(super) text: String,
}

/// A block of text.
#[derive(Debug, Clone, Copy)]
pub struct Paragraph<'t> {
    pub(super) id: Id<&'t str>,
    /// Plain text.
    pub text: &'t str,
}

/// A body with what it says.
pub struct Read<'b> {
    body: &'b Body,
    text: Cow<'b, str>,
}

impl<T> Id<T> {
    /// The same with another form of what an author gave.
    fn map<U>(self, change: impl FnOnce(T) -> U) -> Id<U> {
        match self {
            Id::Paragraph(number) => Id::Paragraph(number),
            Id::Heading(number) => Id::Heading(number),
            Id::Own(id) => Id::Own(change(id)),
        }
    }
}

impl<'t> Id<&'t str> {
    /// The id that is written so.
    fn of(id: &'t str) -> Id<&'t str> {
        let number = |digits: &str| digits.parse::<u32>().ok().filter(|number| number.to_string() == digits);
        let numbered = |mark: char| id.strip_prefix(mark).and_then(number);
        let paragraph = || numbered('p').map(Id::Paragraph);
        paragraph().or_else(|| numbered('s').map(Id::Heading)).unwrap_or(Id::Own(id))
    }
}

impl<T: AsRef<str>> fmt::Display for Id<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Id::Paragraph(number) => write!(formatter, "p{number}"),
            Id::Heading(number) => write!(formatter, "s{number}"),
            Id::Own(id) => formatter.write_str(id.as_ref()),
        }
    }
}

impl Paragraph<'_> {
    /// The id of its element: `p1`, `p2`… for paragraphs and list items, `s1`… or an author's for headings.
    pub fn id(&self) -> String {
        self.id.to_string()
    }

    /// Whether it is the heading of a section.
    pub fn is_heading(&self) -> bool {
        !matches!(self.id, Id::Paragraph(_))
    }
}

impl Read<'_> {
    /// What a block says, by its place; nothing where the text could not be read.
    pub(super) fn text_of(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.body.blocks[before].end as usize);
        self.text.get(start..self.body.blocks[at].end as usize).unwrap_or_default()
    }

    /// A block by its place.
    pub(super) fn block(&self, at: usize) -> Paragraph<'_> {
        Paragraph { id: self.body.id(&self.body.blocks[at]), text: self.text_of(at) }
    }

    /// Bytes of the whole text.
    pub(super) fn size(&self) -> usize {
        self.text.len()
    }

    /// Every block of text in order.
    pub fn paragraphs(&self) -> impl Iterator<Item = Paragraph<'_>> {
        (0..self.body.blocks.len()).map(|at| self.block(at))
    }

    /// The plain text of all paragraphs that are no headings, with a space between them where their script has spaces.
    pub fn plain(&self) -> String {
        self.plain_chars().collect()
    }

    /// The characters of [`Read::plain`], for those who need only its beginning.
    fn plain_chars(&self) -> impl Iterator<Item = char> {
        let texts =
            self.paragraphs().filter(|paragraph| !paragraph.is_heading()).map(|paragraph| paragraph.text);
        let mut before: Option<char> = None;
        texts.flat_map(move |text| {
            let space = before.is_some_and(|c| c.is_ascii()).then_some(' ');
            before = text.chars().next_back().or(space).or(before);
            space.into_iter().chain(text.chars())
        })
    }
}

impl Body {
    /// A text that was written as `parts`, with the ids of all its elements.
    pub(super) fn new(
        parts: Vec<Part>,
        links: Vec<Link>,
        blocks: Vec<Written>,
        ids: BTreeSet<String>,
    ) -> Body {
        let own: BTreeSet<String> = blocks.iter().map(|block| block.id.to_string()).collect();
        let html = Html::of(parts, &blocks);
        let text: String = blocks.iter().map(|block| block.text.as_str()).collect();
        let mut end = 0;
        // Into new memory: that of the texts is three times as much.
        let mut ends = Vec::with_capacity(blocks.len());
        let mut own_ids = Vec::new();
        for Written { id, text } in blocks {
            end += text.len() as u32;
            let id = id.map(|id| {
                own_ids.push(id);
                own_ids.len() as u32 - 1
            });
            ends.push(Block { end, id });
        }
        let anchors = ids.into_iter().filter(|id| !own.contains(id)).collect();
        let rest = Rest { links, own_ids, anchors }.kept();
        Body { html, blocks: ends.into(), rest, ..Body::default() }.saying(text)
    }

    /// The same with what the blocks say.
    fn saying(self, text: String) -> Body {
        let mut body = Body { text: Text::Here(text.into()), ..self };
        let read = body.read();
        let length = read.paragraphs().map(|paragraph| length::length(paragraph.text)).sum();
        let opening = excerpt::of_chars(read.plain_chars(), OPENING);
        (body.length, body.opening) = (length, Text::Here(opening.into()));
        body
    }

    /// Joins the texts of a site, which do not all stay in memory.
    pub fn leave(&mut self, texts: &Arc<Texts>) {
        self.text.leave(texts);
        self.opening.leave(texts);
    }

    /// What it says. Hold it no longer than it is needed.
    pub fn read(&self) -> Read<'_> {
        Read { body: self, text: self.text.read() }
    }

    /// The HTML with every hole filled: by `resolve`, and pictures by `frame` as well. Both get the index of a link.
    pub fn html(&self, resolve: impl Fn(usize) -> Resolved, frame: impl Fn(usize) -> Frame) -> String {
        self.html.filled(&self.read(), resolve, frame)
    }

    /// The same text with every word of it changed by `change`: what readers see, not addresses, ids or names of tags.
    pub fn changed(&self, change: &dyn Fn(&str) -> String) -> Body {
        let read = self.read();
        let (mut text, mut blocks) = (String::new(), self.blocks.clone());
        for (block, paragraph) in blocks.iter_mut().zip(read.paragraphs()) {
            text.push_str(&change(paragraph.text));
            block.end = text.len() as u32;
        }
        let html = self.html.changed(change);
        let mut body = Body { html, blocks, rest: self.rest.clone(), ..Body::default() }.saying(text);
        if let Some(texts) = self.text.texts() {
            body.leave(texts);
        }
        body
    }

    /// The beginning of the text without headings, as lists show it; see [`excerpt::excerpt`].
    pub fn opening(&self) -> Cow<'_, str> {
        self.opening.read()
    }

    /// Length of the whole text, headings included; see [`crate::chinese::length::length`].
    pub fn length(&self) -> usize {
        self.length
    }

    /// Whether there is no text and no picture.
    pub fn is_empty(&self) -> bool {
        self.html.is_empty()
    }

    /// Its links and pictures, which stand in the holes.
    pub fn links(&self) -> &[Link] {
        self.rest.as_ref().map_or(&[], |rest| &rest.links)
    }

    fn id(&self, block: &Block) -> Id<&str> {
        let own_ids: &[Box<str>] = self.rest.as_ref().map_or(&[], |rest| &rest.own_ids);
        block.id.map(|at| &*own_ids[at as usize])
    }

    /// Whether an element of the text has this id.
    pub fn has_anchor(&self, id: &str) -> bool {
        let wanted = Id::of(id);
        let anchors: &[String] = self.rest.as_ref().map_or(&[], |rest| &rest.anchors);
        self.blocks.iter().any(|block| self.id(block) == wanted)
            || anchors.binary_search_by(|anchor| anchor.as_str().cmp(id)).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_as_they_are_written() {
        for (id, right) in [("p1", Id::Paragraph(1)), ("s20", Id::Heading(20))] {
            assert_eq!((Id::of(id), right.to_string()), (right, id.to_owned()));
        }
        for own in ["p", "p01", "s+1", "p-1", "p99999999999", "x1", "前言", ""] {
            assert_eq!(Id::of(own), Id::Own(own));
        }
    }
}
