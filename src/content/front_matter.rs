//! Splits a content file into front matter and text, and reads TOML or YAML into one tree with spans.

use std::ops::Range;

use granit_parser::{Event, Parser};
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Diagnostic, Place};

/// A value with the bytes of the file it stands at.
#[derive(Debug, Clone)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Bytes of the file.
    pub span: Range<usize>,
}

/// What front matter and `site.toml` can say.
#[derive(Debug, Clone)]
pub enum Value {
    /// A text in quotes.
    Text(String),
    /// An unquoted YAML scalar, exactly as typed: the reader of the key decides what it is.
    Plain(String),
    /// A whole number.
    Integer(i64),
    /// True or false.
    Boolean(bool),
    /// A TOML date or time, as typed.
    Date(String),
    /// Any other scalar, such as a fraction.
    Other,
    /// A list.
    List(Vec<Node>),
    /// Keys and values.
    Table(Table),
}

/// Keys and values in the order of the file.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Entries; keys are unique.
    pub entries: Vec<Entry>,
    /// Bytes of the file: of the header, or of the fence where the front matter begins.
    pub span: Range<usize>,
}

/// One key with its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Bytes of the key.
    pub key_span: Range<usize>,
    /// The value.
    pub node: Node,
}

/// A content file in its two parts.
#[derive(Debug)]
pub struct Parts<'a> {
    /// The front matter.
    pub table: Table,
    /// The text after it.
    pub body: &'a str,
    /// Where the text begins in the file, in bytes.
    pub body_start: usize,
}

/// Splits `text` at its fences and reads what is between them.
///
/// TOML stands between `+++`, YAML between `---`; a fence may be followed by blanks and nothing else.
///
/// # Errors
/// Diagnostics for a missing or wrong fence and for all syntax errors.
pub fn split<'a>(file: &str, text: &'a str) -> Result<Parts<'a>, Vec<Diagnostic>> {
    let mut lines = lines(text).skip_while(|(_, line)| line.trim().is_empty());
    let Some((start, first)) = lines.next() else {
        return Err(vec![Diagnostic::no_front_matter(file)]);
    };
    let fence = match first.trim_end() {
        "+++" => "+++",
        "---" => "---",
        other if is_long_fence(other) => {
            return Err(vec![Diagnostic::bad_fence(
                Place::span(file, start..start + other.len()),
                &other[..3],
            )]);
        }
        _ => return Err(vec![Diagnostic::no_front_matter(file)]),
    };
    let inner_start = start + first.len();
    for (at, line) in lines {
        let trimmed = line.trim_end();
        if trimmed == fence {
            let body_start = at + line.len();
            let mut table = parse(file, &text[..at], inner_start, fence)?;
            table.span = start..start + fence.len();
            return Ok(Parts { table, body: &text[body_start..], body_start });
        }
        if is_long_fence(trimmed) && trimmed.starts_with(fence) {
            return Err(vec![Diagnostic::bad_fence(Place::span(file, at..at + trimmed.len()), fence)]);
        }
    }
    Err(vec![Diagnostic::unclosed_front_matter(Place::span(file, start..start + 3), fence)])
}

fn is_long_fence(line: &str) -> bool {
    line.len() > 3 && (line.bytes().all(|b| b == b'+') || line.bytes().all(|b| b == b'-'))
}

/// Lines with their line ends and byte offsets; CRLF, LF and a lone CR all end a line.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &text[at..];
        if rest.is_empty() {
            return None;
        }
        let end = match rest.find(['\n', '\r']) {
            Some(i) if rest[i..].starts_with("\r\n") => i + 2,
            Some(i) => i + 1,
            None => rest.len(),
        };
        let found = (at, &rest[..end]);
        at += end;
        Some(found)
    })
}

fn parse(file: &str, text: &str, start: usize, fence: &str) -> Result<Table, Vec<Diagnostic>> {
    match fence {
        "+++" => parse_toml(file, text, start),
        _ => parse_yaml(file, text, start),
    }
}

/// Reads TOML that begins at byte `start` of `text`; spans count from the beginning of `text`.
///
/// # Errors
/// One diagnostic for each syntax error.
pub fn parse_toml(file: &str, text: &str, start: usize) -> Result<Table, Vec<Diagnostic>> {
    let inner = lone_cr_as_newline(&text[start..]);
    let (table, errors) = DeTable::parse_recoverable(&inner);
    if errors.is_empty() {
        return Ok(toml_table(table.get_ref(), 0..0, start));
    }
    Err(errors.iter().map(|error| toml_error(file, text, start, error)).collect())
}

fn lone_cr_as_newline(text: &str) -> std::borrow::Cow<'_, str> {
    let bytes = text.as_bytes();
    let lone = |i: usize| bytes[i] == b'\r' && bytes.get(i + 1) != Some(&b'\n');
    if !(0..bytes.len()).any(lone) {
        return text.into();
    }
    text.char_indices().map(|(i, c)| if c == '\r' && lone(i) { '\n' } else { c }).collect::<String>().into()
}

fn toml_error(file: &str, text: &str, start: usize, error: &toml::de::Error) -> Diagnostic {
    let span = error.span().map_or(start..start, |s| start + s.start..start + s.end);
    let reason = error.message();
    if let Some(key) = reason.strip_prefix("duplicate key") {
        let key = text.get(span.clone()).unwrap_or(key).trim().to_owned();
        return Diagnostic::duplicate_key(Place::span(file, span), &key);
    }
    let full_width = full_width_sign(text, span.start);
    Diagnostic::syntax(Place::span(file, span), "TOML", reason, full_width)
}

/// The first full-width sign in the line around `at` that is often typed instead of a half-width one.
fn full_width_sign(text: &str, at: usize) -> Option<char> {
    let at = (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i))?;
    let line_start = text[..at].rfind('\n').map_or(0, |i| i + 1);
    let line = text[line_start..].lines().next()?;
    let outside = line.split('"').step_by(2);
    outside.flat_map(str::chars).find(|c| "＝“”‘’［］，：＂＋".contains(*c))
}

fn toml_table(table: &DeTable<'_>, span: Range<usize>, start: usize) -> Table {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            key_span: shift(key.span(), start),
            node: toml_node(value.get_ref(), value.span(), start),
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_span.start);
    Table { entries, span: shift(span, start) }
}

fn toml_node(value: &DeValue<'_>, span: Range<usize>, start: usize) -> Node {
    let read = match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Value::Integer(number),
            Err(_) => Value::Other,
        },
        DeValue::Float(_) => Value::Other,
        DeValue::Boolean(value) => Value::Boolean(*value),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Array(items) => {
            Value::List(items.iter().map(|item| toml_node(item.get_ref(), item.span(), start)).collect())
        }
        DeValue::Table(table) => Value::Table(toml_table(table, span.clone(), start)),
    };
    Node { value: read, span: shift(span, start) }
}

fn shift(span: Range<usize>, by: usize) -> Range<usize> {
    span.start + by..span.end + by
}

fn parse_yaml(file: &str, text: &str, start: usize) -> Result<Table, Vec<Diagnostic>> {
    let inner = &text[start..];
    let mut reader = Yaml { parser: Parser::new_from_str(inner), file, text, start, depth: 0 };
    reader.document().map_err(|error| vec![*error])
}

/// Reads YAML events into the tree. Anchors and aliases are refused: no front matter needs them.
struct Yaml<'a> {
    parser: Parser<'a, granit_parser::StrInput<'a>>,
    file: &'a str,
    text: &'a str,
    start: usize,
    depth: usize,
}

impl<'a> Yaml<'a> {
    fn document(&mut self) -> Result<Table, Box<Diagnostic>> {
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamEnd => return Ok(Table { entries: Vec::new(), span }),
                Event::MappingStart(..) => return self.mapping(span),
                Event::Scalar(..) | Event::SequenceStart(..) => {
                    return Err(self.fault(span, "expected `key: value` lines"));
                }
                _ => {}
            }
        }
    }

    fn next(&mut self) -> Result<(Event<'a>, Range<usize>), Box<Diagnostic>> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => {
                let range = span.byte_range().unwrap_or(0..0);
                Ok((event, shift(range, self.start)))
            }
            Some(Err(error)) => {
                let at = self.start + error.marker().byte_offset().unwrap_or(0);
                Err(self.fault(at..at, &error.info()))
            }
            None => Ok((Event::StreamEnd, self.text.len()..self.text.len())),
        }
    }

    fn fault(&self, span: Range<usize>, reason: &str) -> Box<Diagnostic> {
        let full_width = full_width_sign(self.text, span.start);
        Box::new(Diagnostic::syntax(Place::span(self.file, span), "YAML", reason, full_width))
    }

    fn mapping(&mut self, start: Range<usize>) -> Result<Table, Box<Diagnostic>> {
        let mut table = Table { entries: Vec::new(), span: start };
        loop {
            let (event, key_span) = self.next()?;
            let key = match event {
                Event::MappingEnd => return Ok(table),
                event => match self.node(event, key_span.clone())?.value {
                    Value::Plain(key) | Value::Text(key) => key,
                    _ => return Err(self.fault(key_span, "a key must be one word")),
                },
            };
            if table.entries.iter().any(|entry| entry.key == key) {
                return Err(Box::new(Diagnostic::duplicate_key(Place::span(self.file, key_span), &key)));
            }
            let (event, span) = self.next()?;
            let node = self.node(event, span)?;
            table.entries.push(Entry { key, key_span, node });
        }
    }

    fn node(&mut self, event: Event<'a>, span: Range<usize>) -> Result<Node, Box<Diagnostic>> {
        self.depth += 1;
        if self.depth > 16 {
            return Err(self.fault(span, "nested too deeply"));
        }
        let value = match event {
            Event::Scalar(value, style, ..) => match style {
                granit_parser::ScalarStyle::Plain => Value::Plain(value.into_owned()),
                _ => Value::Text(value.into_owned()),
            },
            Event::SequenceStart(..) => Value::List(self.sequence()?),
            Event::MappingStart(..) => Value::Table(self.mapping(span.clone())?),
            _ => return Err(self.fault(span, "anchors and aliases are not supported here")),
        };
        self.depth -= 1;
        Ok(Node { value, span })
    }

    fn sequence(&mut self) -> Result<Vec<Node>, Box<Diagnostic>> {
        let mut items = Vec::new();
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::SequenceEnd) {
                return Ok(items);
            }
            items.push(self.node(event, span)?);
        }
    }
}
