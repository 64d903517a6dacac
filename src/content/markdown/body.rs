//! A parsed text: HTML with holes for its links, and plain paragraphs.

use std::sync::OnceLock;

use super::html::{Frame, Html, Resolved};

/// A parsed text.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// What it is on a page.
    pub(super) html: Html,
    /// What stands in the holes.
    pub links: Vec<Link>,
    /// Every block of text in order, with the id by which it is reached.
    pub paragraphs: Vec<Paragraph>,
    /// Ids of other elements, sorted.
    pub(super) anchors: Vec<String>,
    length: OnceLock<usize>,
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

/// A block of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// `p1`, `p2`… for paragraphs and list items, `s1`… for headings.
    pub id: String,
    /// Plain text.
    pub text: String,
    /// A heading of a section.
    pub heading: bool,
}

impl Body {
    /// The HTML with every hole filled: by `resolve`, and pictures by `frame` as well. Both get the index of a link.
    pub fn html(&self, resolve: impl Fn(usize) -> Resolved, frame: impl Fn(usize) -> Frame) -> String {
        self.html.filled(&self.paragraphs, resolve, frame)
    }

    /// The same text with every word of it changed by `change`: what readers see, not addresses, ids or names of tags.
    pub fn changed(&self, change: &dyn Fn(&str) -> String) -> Body {
        let paragraph = |one: &Paragraph| Paragraph { text: change(&one.text), ..one.clone() };
        let paragraphs: Vec<Paragraph> = self.paragraphs.iter().map(paragraph).collect();
        let html = self.html.changed(change);
        let (links, anchors) = (self.links.clone(), self.anchors.clone());
        Body { html, links, paragraphs, anchors, length: OnceLock::new() }
    }

    /// The plain text of all paragraphs that are no headings, with a space between them where their script has spaces.
    pub fn plain(&self) -> String {
        self.plain_chars().collect()
    }

    /// The characters of [`Body::plain`], for those who need only its beginning.
    pub fn plain_chars(&self) -> impl Iterator<Item = char> {
        let texts = self.paragraphs.iter().filter(|p| !p.heading).map(|p| p.text.as_str());
        let mut before: Option<char> = None;
        texts.flat_map(move |text| {
            let space = before.is_some_and(|c| c.is_ascii()).then_some(' ');
            before = text.chars().next_back().or(space).or(before);
            space.into_iter().chain(text.chars())
        })
    }

    /// Length of the whole text, headings included; see [`crate::chinese::length::length`].
    pub fn length(&self) -> usize {
        let lengths = || self.paragraphs.iter().map(|p| crate::chinese::length::length(&p.text)).sum();
        *self.length.get_or_init(lengths)
    }

    /// Whether there is no text and no picture.
    pub fn is_empty(&self) -> bool {
        self.html.is_empty()
    }

    /// Whether an element of the text has this id.
    pub fn has_anchor(&self, id: &str) -> bool {
        self.paragraphs.iter().any(|paragraph| paragraph.id == id)
            || self.anchors.binary_search_by(|anchor| anchor.as_str().cmp(id)).is_ok()
    }
}
