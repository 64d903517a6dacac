//! The text of a Word file: `document.xml` to paragraphs.

use super::super::lines::{Point, add_point};
use super::super::paragraphs::{Found, LINE_BREAK, Paragraph};
use super::notes::Notes;
use super::numbering::{Label, Numbering};
use super::styles::{InList, Rank, Styles, rank_of_outline};
use super::xml::{self, Space, Token};
use crate::chinese::excerpt::excerpt;

/// Characters of a note that are shown.
const LONGEST_NOTE: usize = 200;

/// A paragraph that is being read.
#[derive(Debug, Default)]
struct Open {
    text: String,
    style: Option<String>,
    outline: Option<usize>,
    list: Option<String>,
    level: Option<usize>,
    /// Whether its end was deleted, so that the next one goes on with it.
    goes_on: bool,
    /// Whether what comes is about the paragraph, not its text.
    in_properties: bool,
    run: Run,
    /// Whether it has been said that words of it are hidden.
    told_of_hidden: bool,
    in_text: bool,
}

/// What the run that is being read says of itself.
#[derive(Debug, Default)]
struct Run {
    style: Option<String>,
    hidden: Option<bool>,
}

/// What a file has that does not come along as it is, with the paragraph where it was seen first.
#[derive(Debug, Default)]
struct Seen {
    changes: Option<usize>,
    contents: Option<usize>,
}

struct Body<'a> {
    styles: &'a Styles,
    numbering: Numbering,
    notes: &'a Notes,
    is_document: bool,
    /// Paragraphs within paragraphs: those of text boxes.
    open: Vec<Open>,
    /// How deep we are in what is passed over.
    passed_over: usize,
    /// The elements that we are in.
    names: Vec<Kind>,
    /// Text of a paragraph whose end was deleted.
    begun: Option<Open>,
    ranks: Vec<Option<Rank>>,
    paragraphs: Vec<Paragraph>,
    points: Vec<Point>,
    seen: Seen,
    /// Whether the content that follows is a table of contents.
    is_contents: bool,
}

/// The elements whose end matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Paragraph,
    Properties,
    Run,
    Text,
    Other,
}

/// Reads the text; nothing where this is no document of Word.
pub(super) fn read(
    text: &str,
    styles: &Styles,
    numbering: Numbering,
    notes: &Notes,
) -> Result<Option<Found>, String> {
    let mut body = Body {
        styles,
        numbering,
        notes,
        is_document: false,
        open: Vec::new(),
        passed_over: 0,
        names: Vec::new(),
        begun: None,
        ranks: Vec::new(),
        paragraphs: Vec::new(),
        points: Vec::new(),
        seen: Seen::default(),
        is_contents: false,
    };
    xml::read(text, |token| body.token(&token))?;
    Ok(body.is_document.then(|| body.finish()))
}

impl Body<'_> {
    fn token(&mut self, token: &Token<'_, '_>) {
        match token {
            Token::Start(element) => {
                if self.passed_over > 0 || self.passes_over(element) {
                    self.passed_over += 1;
                } else {
                    self.start(element);
                }
            }
            Token::End if self.passed_over > 0 => self.passed_over -= 1,
            Token::End => self.end(),
            Token::Text(words) => {
                if let Some(open) = self.open.last_mut()
                    && self.passed_over == 0
                    && open.in_text
                {
                    self.words(words);
                }
            }
        }
    }

    /// Number of the paragraph that is being read, from 1.
    fn number(&self) -> usize {
        self.paragraphs.len() + 1
    }

    /// Whether an element's content is not part of the text: what was deleted or moved away, how things were before a
    /// change, readings above characters, the second form of what older programs cannot show, and a table of contents.
    fn passes_over(&mut self, element: &xml::Element<'_, '_>) -> bool {
        let number = self.number();
        match (element.space, element.name) {
            (Space::Compatibility, "Fallback") => true,
            (Space::Word, "rt" | "pPrChange" | "rPrChange" | "numberingChange") => true,
            (Space::Word, "sdtContent") if self.is_contents => {
                self.is_contents = false;
                self.seen.contents.get_or_insert(number);
                true
            }
            (Space::Word, "del" | "moveFrom") => {
                self.seen.changes.get_or_insert(number);
                // The same name in a paragraph's properties says that its end is deleted.
                match self.open.last_mut() {
                    Some(open) if open.in_properties => open.goes_on = true,
                    _ => {}
                }
                true
            }
            _ => false,
        }
    }

    fn start(&mut self, element: &xml::Element<'_, '_>) {
        let mut kind = Kind::Other;
        match element.space {
            Space::Word => kind = self.start_of_word(element),
            Space::Math if element.name == "t" => kind = self.text(),
            // A picture in either of the two ways that there have been.
            Space::Other if matches!(element.name, "blip" | "imagedata") => self.picture(),
            Space::Math | Space::Compatibility | Space::Other => {}
        }
        self.names.push(kind);
    }

    fn text(&mut self) -> Kind {
        if let Some(open) = self.open.last_mut() {
            open.in_text = true;
        }
        Kind::Text
    }

    fn start_of_word(&mut self, element: &xml::Element<'_, '_>) -> Kind {
        let number = self.number();
        match element.name {
            "document" => self.is_document = true,
            "docPartGallery" => {
                self.is_contents = element.value().is_some_and(|name| name == "Table of Contents");
            }
            "p" => {
                self.open.push(Open::default());
                return Kind::Paragraph;
            }
            "ins" | "moveTo" => {
                self.seen.changes.get_or_insert(number);
            }
            "tbl" => self.point(
                "这里有表格：每个格子成了一段，请核对。",
                "Here is a table: each of its cells became a paragraph. Please check it.",
            ),
            "txbxContent" => self.point(
                "这里有文本框：里面的文字放在它所在的段落之前，请核对位置。",
                "Here is a text box: its words stand before the paragraph that it is in. Please check their place.",
            ),
            "altChunk" => self.point(
                "这里嵌入了另一个文件，没有导入。",
                "Here another file is embedded; it was not imported.",
            ),
            "footnoteReference" => self.note("footnotes", element),
            "endnoteReference" => self.note("endnotes", element),
            _ => return self.in_paragraph(element),
        }
        Kind::Other
    }

    /// What only means something inside a paragraph.
    fn in_paragraph(&mut self, element: &xml::Element<'_, '_>) -> Kind {
        let Some(open) = self.open.last_mut() else { return Kind::Other };
        if open.in_properties {
            match element.name {
                "pStyle" => open.style = element.value(),
                "outlineLvl" => open.outline = element.number(),
                "numId" => open.list = element.value(),
                "ilvl" => open.level = element.number(),
                _ => {}
            }
            return Kind::Other;
        }
        let sign = match element.name {
            "pPr" => {
                open.in_properties = true;
                return Kind::Properties;
            }
            "r" => {
                open.run = Run::default();
                return Kind::Run;
            }
            "t" => return self.text(),
            "rStyle" => {
                open.run.style = element.value();
                return Kind::Other;
            }
            "vanish" => {
                open.run.hidden = Some(element.is_on());
                return Kind::Other;
            }
            "tab" => '\t',
            "br" | "cr" => LINE_BREAK,
            "noBreakHyphen" => '-',
            "sym" => {
                let code = element.attribute("char").and_then(|code| u32::from_str_radix(&code, 16).ok());
                match code.and_then(char::from_u32) {
                    Some(sign) => sign,
                    None => return Kind::Other,
                }
            }
            _ => return Kind::Other,
        };
        self.words(sign.encode_utf8(&mut [0; 4]));
        Kind::Other
    }

    /// Words of a run, but hidden ones.
    fn words(&mut self, words: &str) {
        let Some(open) = self.open.last_mut() else { return };
        if !is_hidden(open, self.styles) {
            open.text.push_str(words);
        } else if !std::mem::replace(&mut open.told_of_hidden, true) {
            self.point(
                "这一段里有隐藏的文字，没有导入。",
                "This paragraph has hidden text, which was not imported.",
            );
        }
    }

    fn point(&mut self, zh: &str, en: &str) {
        let point = Point::new(self.number(), zh, en);
        add_point(&mut self.points, point);
    }

    fn picture(&mut self) {
        self.point(
            "这里有图片，没有导入；请把图片放进会议的文件夹，在正文里写 ![说明](图片名)。",
            "Here is a picture, which was not imported: put it into the meeting's folder and write ![description](its name) in the text.",
        );
    }

    fn note(&mut self, kind: &str, element: &xml::Element<'_, '_>) {
        let words = element.attribute("id").map(|id| self.notes.words(kind, &id)).unwrap_or_default();
        // One note may be referred to ever so often.
        let words = excerpt(words, LONGEST_NOTE);
        self.point(
            &format!("这一段有注释，没有导入：“{words}”"),
            &format!("This paragraph has a note, which was not imported: “{words}”"),
        );
    }

    fn end(&mut self) {
        match (self.names.pop(), self.open.last_mut()) {
            (Some(Kind::Paragraph), _) => self.end_of_paragraph(),
            (Some(Kind::Properties), Some(open)) => open.in_properties = false,
            (Some(Kind::Run), Some(open)) => open.run = Run::default(),
            (Some(Kind::Text), Some(open)) => open.in_text = false,
            _ => {}
        }
    }

    fn end_of_paragraph(&mut self) {
        let Some(mut open) = self.open.pop() else { return };
        if let Some(begun) = self.begun.take() {
            open.text = begun.text + &open.text;
        }
        if open.goes_on {
            self.begun = Some(open);
            return;
        }
        self.close(open);
    }

    fn close(&mut self, open: Open) {
        let style = open.style.as_deref().unwrap_or_default();
        if self.styles.is_contents(style) {
            let number = self.number();
            self.seen.contents.get_or_insert(number);
            return;
        }
        let rank = match open.outline {
            Some(outline) => rank_of_outline(outline),
            None => self.styles.rank(style),
        };
        let of_style = self.styles.list(style);
        let level = open.level.or(of_style.as_ref().map(|place| place.level)).unwrap_or(0);
        let list = open.list.or(of_style.map(|place| place.list)).filter(|list| list != "0");
        let label = list.and_then(|list| self.numbering.next(&InList { list, level }));
        let mut paragraph = Paragraph { text: open.text, ..Paragraph::default() };
        if !paragraph.text.trim().is_empty() {
            match label {
                Some(Label::Bullet) => paragraph.item = rank.is_none(),
                Some(Label::Number(number)) => paragraph.text.insert_str(0, &number),
                None => {}
            }
        }
        self.ranks.push(rank);
        self.paragraphs.push(paragraph);
    }

    fn finish(mut self) -> Found {
        if let Some(begun) = self.begun.take() {
            self.close(begun);
        }
        // Below a title and a sub-title, headings of the first level are on the third.
        let titled = self.ranks.iter().any(|rank| matches!(rank, Some(Rank::Title | Rank::Subtitle)));
        let above = if titled { 2 } else { 0 };
        for (paragraph, rank) in self.paragraphs.iter_mut().zip(&self.ranks) {
            paragraph.heading = rank.map(|rank| match rank {
                Rank::Title => 1,
                Rank::Subtitle => 2,
                Rank::Heading(level) => level.saturating_add(above),
            });
        }
        if let Some(number) = self.seen.changes {
            self.points.push(Point::new(
                number,
                "文稿里有没有处理的修订：这里和以后都按全部接受后的文字导入。",
                "The document has tracked changes: here and below, the text is what it is when all are accepted.",
            ));
        }
        if let Some(number) = self.seen.contents {
            self.points.push(Point::new(
                number,
                "目录没有导入：网站自己会生成。",
                "The table of contents was not imported: the site makes its own.",
            ));
        }
        (self.paragraphs, self.points)
    }
}

/// Whether the run that is being read is hidden: as it says itself, or else by the styles of its characters and its
/// paragraph, of which one takes back what the other says (ECMA-376 part 1, 17.7.3).
fn is_hidden(open: &Open, styles: &Styles) -> bool {
    let by_style = |id: &Option<String>| id.as_deref().is_some_and(|id| styles.is_hidden(id));
    open.run.hidden.unwrap_or_else(|| by_style(&open.style) != by_style(&open.run.style))
}
