//! The HTML of a text: what is markup in one string, and what is a paragraph's plain text in none.

use std::collections::HashMap;
use std::fmt::Write;

use super::body::{Id, Read, Written};

/// A piece of a text while it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// Finished HTML.
    Html(String),
    /// A link or picture.
    Hole(Hole),
}

/// A place in the HTML that needs an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Hole {
    /// The ` href="…"` of a link by its index, or nothing where the link leads nowhere.
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

/// The HTML of a text, in pieces. Most of it is what the paragraphs say, and that is not kept twice.
#[derive(Debug, Clone, Default)]
pub(super) struct Html {
    markup: Box<str>,
    pieces: Box<[Piece]>,
    holes: Box<[Hole]>,
}

/// A speech has a dozen of them: what is in one is counted in 32 bits, as bytes of a text are.
#[derive(Debug, Clone, Copy)]
enum Piece {
    /// So many more bytes of the markup.
    Markup(u32),
    /// The plain text of a block by its index.
    Text(u32),
    /// A whole paragraph by the index of its block: an element with nothing but the block's id and text. Most are like this.
    Paragraph(u32),
    /// The next hole.
    Hole,
}

/// HTML while its pieces are put together.
#[derive(Default)]
struct Pieces {
    markup: String,
    pieces: Vec<Piece>,
    holes: Vec<Hole>,
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

/// The end of a paragraph.
const CLOSING: &str = "</p>";

/// How wide a picture is shown: the column of text, or what a narrow screen leaves between its margins.
const SIZES: &str = "(min-width: 44rem) 40.5rem, 92vw";

impl Html {
    /// Takes what was written, with the blocks of the same text.
    pub(super) fn of(parts: Vec<Part>, blocks: &[Written]) -> Html {
        let known: HashMap<&str, u32> =
            blocks.iter().zip(0..).map(|(block, at)| (block.text.as_str(), at)).collect();
        let mut html = Pieces::default();
        let mut is_in_tag = false;
        for part in parts {
            match part {
                Part::Html(text) => {
                    for (piece, is_tag) in pieces(&text, &mut is_in_tag) {
                        match known.get(piece).filter(|_| !is_tag) {
                            Some(block) => html.pieces.push(Piece::Text(*block)),
                            None if piece == CLOSING => html.close_paragraph(blocks),
                            None => html.markup(piece),
                        }
                    }
                }
                Part::Hole(hole) => html.hole(hole),
            }
        }
        html.finish()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The HTML with every hole filled: by `resolve`, and pictures by `frame` as well. Both get the index of a link.
    pub(super) fn filled(
        &self,
        read: &Read<'_>,
        resolve: impl Fn(usize) -> Resolved,
        frame: impl Fn(usize) -> Frame,
    ) -> String {
        let mut html = String::with_capacity(self.markup.len() + read.size());
        let mut markup = &*self.markup;
        let mut holes = self.holes.iter();
        for piece in &self.pieces {
            match piece {
                Piece::Markup(length) => {
                    let (now, later) = markup.split_at(*length as usize);
                    html.push_str(now);
                    markup = later;
                }
                Piece::Text(block) => html.push_str(read.text_of(*block as usize)),
                Piece::Paragraph(block) => {
                    let paragraph = read.block(*block as usize);
                    html.extend([&opening(&paragraph.id), paragraph.text, CLOSING]);
                }
                Piece::Hole => match holes.next() {
                    Some(Hole::Href(link)) => {
                        if let Some(url) = resolve(*link) {
                            let _ = write!(html, " href=\"{}\"", escape(&url));
                        }
                    }
                    Some(Hole::Image { link, alt, title }) => match resolve(*link) {
                        Some(url) => image(&mut html, &url, &frame(*link), alt, title),
                        None => html.push_str(&escape(alt)),
                    },
                    None => {}
                },
            }
        }
        html
    }

    /// The same with every word changed that is not the text of a paragraph.
    pub(super) fn changed(&self, change: &dyn Fn(&str) -> String) -> Html {
        let mut html = Pieces::default();
        let mut is_in_tag = false;
        let mut markup = &*self.markup;
        for piece in &self.pieces {
            match piece {
                Piece::Markup(length) => {
                    let (now, later) = markup.split_at(*length as usize);
                    markup = later;
                    for (piece, is_tag) in pieces(now, &mut is_in_tag) {
                        html.markup(&if is_tag { changed_tag(piece, change) } else { change(piece) });
                    }
                }
                Piece::Text(_) | Piece::Paragraph(_) | Piece::Hole => html.pieces.push(*piece),
            }
        }
        let holes = self.holes.iter().map(|hole| match hole {
            Hole::Image { link, alt, title } => {
                Hole::Image { link: *link, alt: change(alt), title: change(title) }
            }
            Hole::Href(link) => Hole::Href(*link),
        });
        html.holes.extend(holes);
        html.finish()
    }
}

impl Pieces {
    fn markup(&mut self, text: &str) {
        let more = text.len() as u32;
        self.markup.push_str(text);
        match self.pieces.last_mut() {
            Some(Piece::Markup(length)) => *length += more,
            _ => self.pieces.push(Piece::Markup(more)),
        }
    }

    /// The end of a paragraph: of a whole one only its block is kept.
    fn close_paragraph(&mut self, blocks: &[Written]) {
        if let [.., Piece::Markup(length), Piece::Text(block)] = &mut self.pieces[..]
            && let opening = opening(&blocks[*block as usize].id)
            && self.markup.ends_with(&opening)
        {
            let block = *block;
            *length -= opening.len() as u32;
            let is_nothing = *length == 0;
            self.markup.truncate(self.markup.len() - opening.len());
            self.pieces.truncate(self.pieces.len() - if is_nothing { 2 } else { 1 });
            self.pieces.push(Piece::Paragraph(block));
        } else {
            self.markup(CLOSING);
        }
    }

    fn hole(&mut self, hole: Hole) {
        self.pieces.push(Piece::Hole);
        self.holes.push(hole);
    }

    fn finish(self) -> Html {
        Html { markup: self.markup.into(), pieces: self.pieces.into(), holes: self.holes.into() }
    }
}

/// The beginning of a paragraph.
fn opening<T: AsRef<str>>(id: &Id<T>) -> String {
    format!("<p id=\"{id}\">")
}

/// Tags and the texts between them, in turn, and whether each is a tag or a part of one; a tag may begin in one stretch of
/// HTML and end in another, as `is_in_tag` says.
fn pieces<'h>(html: &'h str, is_in_tag: &mut bool) -> Vec<(&'h str, bool)> {
    let mut found = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let end = match *is_in_tag {
            true => rest.find('>').map(|i| i + 1),
            false => rest.find('<'),
        };
        let (piece, after) = rest.split_at(end.unwrap_or(rest.len()));
        if !piece.is_empty() {
            found.push((piece, *is_in_tag));
        }
        if end.is_some() {
            *is_in_tag = !*is_in_tag;
        }
        rest = after;
    }
    found
}

/// Changes of a tag the title that is shown on hovering.
fn changed_tag(tag: &str, change: &dyn Fn(&str) -> String) -> String {
    const TITLE: &str = " title=\"";
    let Some(start) = tag.find(TITLE).map(|i| i + TITLE.len()) else { return tag.to_owned() };
    let end = tag[start..].find('"').map_or(tag.len(), |i| start + i);
    format!("{}{}{}", &tag[..start], change(&tag[start..end]), &tag[end..])
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

#[cfg(test)]
mod tests {
    use super::super::parse;
    use crate::content::Rules;

    #[test]
    fn words_of_paragraphs_are_kept_once() {
        let source = "第一段的文字。\n\n- 一项\n\n第二段*有*标记，也有 [链接](https://example.org/ \"说明\")。\n\n1 < 2";
        let (body, _) = parse("a.md", source, 0, &Rules::default());
        for words in ["第一段的文字。", "一项", "<p id=\"p1\">"] {
            assert!(!body.html.markup.contains(words), "{}", body.html.markup);
        }
        let html = body.html(|_| Some("/x/".to_owned()), |_| Default::default());
        for words in [
            "<p id=\"p1\">第一段的文字。</p>",
            "<li id=\"p2\">一项</li>",
            "第二段<em>有</em>标记",
            "1 &lt; 2",
        ] {
            assert!(html.contains(words), "{html}");
        }
        let changed = body.changed(&|text| text.replace('字', "句"));
        let html = changed.html(|_| None, |_| Default::default());
        assert!(html.contains("<p id=\"p1\">第一段的文句。</p>"), "{html}");
    }
}
