//! A Web page to paragraphs: the words of its main part, without what a page has around them.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::lines::{Point, add_point};
use super::numerals::numeral;
use super::paragraphs::{Found, LINE_BREAK, Paragraph};
use crate::chinese::characters::joins_without_space;

/// Whether a text is a Web page: by its name, or because it begins as one.
pub(super) fn is_web_page(file: &str, text: &str) -> bool {
    let name = file.to_ascii_lowercase();
    let begins = |start: &str| {
        let text = text.trim_start();
        text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
    };
    [".html", ".htm", ".xhtml"].iter().any(|end| name.ends_with(end))
        || begins("<!doctype html")
        || begins("<html")
}

/// Attributes that a tag may have: they are compared each with each.
const MOST_ATTRIBUTES: usize = 10_000;

/// The line, from 1, of a tag with more attributes than any page has.
pub(super) fn endless_tag(text: &str) -> Option<usize> {
    let mut bytes = text.bytes().peekable();
    let mut line = 1;
    // Where we are in a tag, and in a quoted value of it.
    let (mut begun, mut quote, mut attributes) = (None, None, 0);
    while let Some(byte) = bytes.next() {
        match (begun, quote) {
            (None, _) if byte == b'<' && bytes.peek().is_some_and(u8::is_ascii_alphabetic) => {
                (begun, attributes) = (Some(line), 0);
            }
            (Some(_), None) if byte == b'>' => begun = None,
            (Some(_), None) if matches!(byte, b'"' | b'\'') => quote = Some(byte),
            // A blank, a slash and the end of a value are where an attribute can begin.
            (Some(_), None) if byte == b'/' || byte.is_ascii_whitespace() => {
                attributes += usize::from(bytes.peek().is_some_and(|next| !next.is_ascii_whitespace()));
            }
            (Some(_), Some(opening)) if byte == opening => (quote, attributes) = (None, attributes + 1),
            _ => {}
        }
        line += usize::from(byte == b'\n');
        if attributes > MOST_ATTRIBUTES {
            return begun;
        }
    }
    None
}

/// Reads a page.
///
/// Where a page says which part is its own (`article`, `main`), only that is read.
pub(super) fn paragraphs(text: &str) -> Found {
    let all = read(text, None);
    for main in ["article", "main"] {
        if all.has(main) {
            return read(text, Some(main)).finish();
        }
    }
    all.finish()
}

fn read(text: &str, main: Option<&'static str>) -> Page {
    let sink = Sink(RefCell::new(Page { main, ..Page::default() }));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(text));
    // Nothing in a page makes this reader stop and ask, as scripts make a browser.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

struct Sink(RefCell<Page>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut page = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) => return page.tag(&tag),
            Token::CharacterTokens(words) => page.words(&words),
            Token::EOFToken => page.end_of_paragraph(),
            Token::DoctypeToken(_)
            | Token::CommentToken(_)
            | Token::NullCharacterToken
            | Token::ParseError(_) => {}
        }
        TokenSinkResult::Continue
    }
}

/// A list that is being read.
#[derive(Debug, Default)]
struct List {
    /// How its items are numbered, and the next number; none for bullets.
    numbers: Option<(&'static str, usize)>,
}

#[derive(Debug, Default)]
struct Page {
    /// The element that holds what is read; all of the page where there is none.
    main: Option<&'static str>,
    /// How many of it are open.
    inside: usize,
    articles: usize,
    mains: usize,
    /// An element that is passed over, and how many of its name are open.
    passed_over: Option<(String, usize)>,
    lists: Vec<List>,
    open: Paragraph,
    /// The number that stands before the words of the open paragraph.
    label: String,
    paragraphs: Vec<Paragraph>,
    points: Vec<Point>,
}

/// Elements that are no text of the page, or not its own.
const PASSED_OVER: [&str; 23] = [
    "script", "style", "title", "textarea", "noscript", "noframes", "noembed", "iframe", "xmp", "template",
    "svg", "math", "nav", "aside", "footer", "select", "button", "object", "audio", "video", "canvas", "rt",
    "rp",
];

/// Elements that stand within a paragraph.
const INLINE: [&str; 35] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "ins", "kbd", "label", "mark", "q", "rb", "ruby", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "time", "tt", "u", "var", "wbr",
];

impl Page {
    fn has(&self, main: &str) -> bool {
        if main == "article" { self.articles > 0 } else { self.mains > 0 }
    }

    fn is_read(&self) -> bool {
        self.passed_over.is_none() && (self.main.is_none() || self.inside > 0)
    }

    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        match tag.kind {
            TagKind::StartTag => {
                self.start(name, tag);
                raw(name)
            }
            TagKind::EndTag => {
                self.end(name);
                TokenSinkResult::Continue
            }
        }
    }

    fn start(&mut self, name: &str, tag: &Tag) {
        if let Some((passed_over, count)) = &mut self.passed_over {
            if passed_over == name {
                *count += 1;
            }
            return;
        }
        match name {
            "article" => self.articles += 1,
            "main" => self.mains += 1,
            _ => {}
        }
        if self.main == Some(name) {
            self.end_of_paragraph();
            self.inside += 1;
        }
        let is_void =
            matches!(name, "br" | "img" | "hr" | "input" | "meta" | "link" | "wbr" | "col" | "area");
        // Office programs write elements with a colon: `o:p` and the like.
        let inline = INLINE.contains(&name) || is_void || name.contains(':');
        let is_empty = is_void || (tag.self_closing && matches!(name, "svg" | "math"));
        if !is_empty && (PASSED_OVER.contains(&name) || is_hidden(tag)) {
            if !INLINE.contains(&name) && !matches!(name, "rt" | "rp") {
                self.end_of_paragraph();
            }
            self.passed_over = Some((name.to_string(), 1));
            return;
        }
        if !inline || name == "hr" {
            self.end_of_paragraph();
        }
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.open.heading = name.get(1..).and_then(|level| level.parse().ok());
            }
            "br" => self.open.text.push(LINE_BREAK),
            "ul" | "menu" | "ol" => {
                if attribute(tag, "reversed").is_some() && self.is_read() {
                    self.point(
                        "这里的列表从大到小编号，号码没有导入，请核对。",
                        "The numbers of this list run backwards; they were not imported. Please check it.",
                    );
                }
                self.lists.push(list(name, tag));
            }
            "li" => self.item(tag),
            "img" if self.is_read() => self.point(
                "这里有图片，没有导入；请把图片放进会议的文件夹，在正文里写 ![说明](图片名)。",
                "Here is a picture, which was not imported: put it into the meeting's folder and write ![description](its name) in the text.",
            ),
            "table" if self.is_read() => self.point(
                "这里有表格：每个格子成了一段，请核对。",
                "Here is a table: each of its cells became a paragraph. Please check it.",
            ),
            _ => {}
        }
    }

    fn point(&mut self, zh: &str, en: &str) {
        add_point(&mut self.points, Point::new(self.paragraphs.len() + 1, zh, en));
    }

    /// An item's number is not in its text.
    fn item(&mut self, tag: &Tag) {
        let own = attribute(tag, "value").and_then(|value| value.trim().parse().ok());
        let Some((format, next)) = self.lists.last_mut().and_then(|list| list.numbers.as_mut()) else {
            self.open.item = true;
            return;
        };
        let number = own.unwrap_or(*next);
        *next = number.saturating_add(1);
        if let Some(numeral) = numeral(format, number) {
            self.label = format!("{numeral}. ");
        }
    }

    fn end(&mut self, name: &str) {
        if let Some((passed_over, count)) = &mut self.passed_over {
            if passed_over == name {
                *count -= 1;
                if *count == 0 {
                    self.passed_over = None;
                }
            }
            return;
        }
        if !INLINE.contains(&name) && !name.contains(':') {
            self.end_of_paragraph();
        }
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.open.heading = None,
            "li" => {
                self.open.item = false;
                self.label.clear();
            }
            _ => {}
        }
        if self.main == Some(name) {
            self.inside = self.inside.saturating_sub(1);
        }
        if matches!(name, "ul" | "menu" | "ol") {
            self.lists.pop();
        }
    }

    fn words(&mut self, words: &str) {
        if self.is_read() {
            self.open.text.push_str(words);
        }
    }

    fn end_of_paragraph(&mut self) {
        let mut open = std::mem::take(&mut self.open);
        open.text = collapsed(&open.text);
        if open.text.trim_matches([' ', LINE_BREAK]).is_empty() {
            // An item or a heading goes on in the element that it begins with.
            self.open.item = open.item;
            self.open.heading = open.heading;
            return;
        }
        open.text.insert_str(0, &std::mem::take(&mut self.label));
        self.paragraphs.push(open);
    }

    fn finish(mut self) -> Found {
        self.end_of_paragraph();
        (self.paragraphs, self.points)
    }
}

/// Words with each row of blanks as one, and with none where a line of the source ends between Chinese characters.
fn collapsed(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    let (mut blank, mut line_end) = (false, false);
    for c in words.chars() {
        if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}') {
            blank = true;
            line_end |= matches!(c, '\n' | '\r');
            continue;
        }
        if let Some(before) = text.chars().next_back()
            && blank
            && !(line_end && joins_without_space(before, c))
        {
            text.push(' ');
        }
        text.push(c);
        (blank, line_end) = (false, false);
    }
    text
}

/// How the reader takes what follows an element's start.
fn raw(name: &str) -> TokenSinkResult<()> {
    match name {
        "script" => TokenSinkResult::RawData(RawKind::ScriptData),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => TokenSinkResult::RawData(RawKind::Rawtext),
        "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
        "plaintext" => TokenSinkResult::Plaintext,
        _ => TokenSinkResult::Continue,
    }
}

fn attribute<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}

/// Whether a page does not show an element.
fn is_hidden(tag: &Tag) -> bool {
    let style = attribute(tag, "style").unwrap_or_default();
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    attribute(tag, "hidden").is_some()
        || ["display:none", "visibility:hidden", "mso-hide:all"].iter().any(|hiding| style.contains(hiding))
}

fn list(name: &str, tag: &Tag) -> List {
    // Where it ends is known only when all of a list has been read.
    if name != "ol" || attribute(tag, "reversed").is_some() {
        return List::default();
    }
    let format = match attribute(tag, "type") {
        Some("a") => "lowerLetter",
        Some("A") => "upperLetter",
        Some("i") => "lowerRoman",
        Some("I") => "upperRoman",
        _ => "decimal",
    };
    let start = attribute(tag, "start").and_then(|start| start.trim().parse().ok()).unwrap_or(1);
    List { numbers: Some((format, start)) }
}
