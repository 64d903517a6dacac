//! A parsed text: HTML with holes for its links, and plain paragraphs.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::OnceLock;

/// A parsed text.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// HTML and holes in turn.
    pub parts: Vec<Part>,
    /// What stands in the holes.
    pub links: Vec<Link>,
    /// Every block of text in order, with the id by which it is reached.
    pub paragraphs: Vec<Paragraph>,
    /// All ids of the text, sorted.
    pub anchors: Vec<String>,
    length: OnceLock<usize>,
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Finished HTML.
    Html(String),
    /// A link or picture by its index.
    Hole(Hole),
}

/// A place in the HTML that needs an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hole {
    /// The ` href="…"` of a link, or nothing where the link leads nowhere.
    Href(usize),
    /// A whole picture.
    Image {
        /// Index of the link.
        link: usize,
        /// Text in place of the picture.
        alt: String,
        /// Text shown on hovering; may be empty.
        title: String,
    },
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

/// Where a link leads on the page that is being rendered; none where it leads nowhere.
pub type Resolved = Option<String>;

/// How a picture is shown on the page that is being rendered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frame {
    /// Width and height in pixels, where they are known.
    pub size: Option<(u32, u32)>,
    /// Smaller copies in WebP: address and width in pixels.
    pub copies: Vec<(String, u32)>,
}

/// How wide a picture is shown: the column of text, or what a narrow screen leaves between its margins.
const SIZES: &str = "(min-width: 44rem) 40.5rem, 92vw";

impl Body {
    /// The HTML with every hole filled: by `resolve`, and pictures by `frame` as well. Both get the index of a link.
    pub fn html(&self, resolve: impl Fn(usize) -> Resolved, frame: impl Fn(usize) -> Frame) -> String {
        let mut html = String::new();
        for part in &self.parts {
            match part {
                Part::Html(text) => html.push_str(text),
                Part::Hole(Hole::Href(link)) => {
                    if let Some(url) = resolve(*link) {
                        let _ = write!(html, " href=\"{}\"", escape(&url));
                    }
                }
                Part::Hole(Hole::Image { link, alt, title }) => match resolve(*link) {
                    Some(url) => image(&mut html, &url, &frame(*link), alt, title),
                    None => html.push_str(&escape(alt)),
                },
            }
        }
        html
    }

    /// The same text with every word of it changed by `change`: what readers see, not addresses, ids or names of tags.
    pub fn changed(&self, change: &dyn Fn(&str) -> String) -> Body {
        let paragraph = |one: &Paragraph| Paragraph { text: change(&one.text), ..one.clone() };
        let paragraphs: Vec<Paragraph> = self.paragraphs.iter().map(paragraph).collect();
        // Most paragraphs are one stretch of the HTML as well.
        let texts = self.paragraphs.iter().map(|one| one.text.as_str());
        let known: BTreeMap<&str, &str> = texts.zip(paragraphs.iter().map(|one| one.text.as_str())).collect();
        let change = |text: &str| known.get(text).map_or_else(|| change(text), |text| (*text).to_owned());
        let mut html = Changing { change: &change, is_in_tag: false };
        let parts = self.parts.iter().map(|part| match part {
            Part::Html(text) => Part::Html(html.part(text)),
            Part::Hole(Hole::Image { link, alt, title }) => {
                Part::Hole(Hole::Image { link: *link, alt: change(alt), title: change(title) })
            }
            Part::Hole(hole) => Part::Hole(hole.clone()),
        });
        let parts = parts.collect();
        let (links, anchors) = (self.links.clone(), self.anchors.clone());
        Body { parts, links, paragraphs, anchors, length: OnceLock::new() }
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
        self.parts.is_empty()
    }
}

/// Changes the texts of HTML that comes in parts; a tag may begin in one and end in another.
struct Changing<'a> {
    change: &'a dyn Fn(&str) -> String,
    is_in_tag: bool,
}

impl Changing<'_> {
    fn part(&mut self, html: &str) -> String {
        let mut out = String::with_capacity(html.len());
        let mut rest = html;
        while !rest.is_empty() {
            let end = match self.is_in_tag {
                true => rest.find('>').map(|i| i + 1),
                false => rest.find('<'),
            };
            let (piece, after) = rest.split_at(end.unwrap_or(rest.len()));
            if self.is_in_tag {
                out.push_str(&self.tag(piece));
            } else if !piece.is_empty() {
                out.push_str(&(self.change)(piece));
            }
            if end.is_some() {
                self.is_in_tag = !self.is_in_tag;
            }
            rest = after;
        }
        out
    }

    /// Of a tag, the title that is shown on hovering.
    fn tag(&self, tag: &str) -> String {
        const TITLE: &str = " title=\"";
        let Some(start) = tag.find(TITLE).map(|i| i + TITLE.len()) else { return tag.to_owned() };
        let end = tag[start..].find('"').map_or(tag.len(), |i| start + i);
        format!("{}{}{}", &tag[..start], (self.change)(&tag[start..end]), &tag[end..])
    }
}

fn image(html: &mut String, url: &str, frame: &Frame, alt: &str, title: &str) {
    if !frame.copies.is_empty() {
        html.push_str("<picture><source type=\"image/webp\" srcset=\"");
        for (i, (copy, width)) in frame.copies.iter().enumerate() {
            let comma = if i > 0 { ", " } else { "" };
            let _ = write!(html, "{comma}{} {width}w", escape(copy));
        }
        let _ = write!(html, "\" sizes=\"{SIZES}\">");
    }
    let _ = write!(html, "<img src=\"{}\" alt=\"{}\"", escape(url), escape(alt));
    if !title.is_empty() {
        let _ = write!(html, " title=\"{}\"", escape(title));
    }
    if let Some((width, height)) = frame.size {
        let _ = write!(html, " width=\"{width}\" height=\"{height}\"");
    }
    html.push_str(" loading=\"lazy\" decoding=\"async\">");
    if !frame.copies.is_empty() {
        html.push_str("</picture>");
    }
}

/// Escapes a text for HTML, in elements and in quoted attributes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
    out
}
