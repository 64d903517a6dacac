//! Reads the keys of one table with their kinds, and reports every key that nobody read.

use std::ops::Range;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::front_matter::{Entry, Node, Table, Value};
use super::instant;
use crate::chinese::normalize;
use crate::diagnostic::{Diagnostic, Message, Place};

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Bytes of the file.
    pub span: (usize, usize),
}

impl<T> Located<T> {
    /// The place of the value in `file`.
    pub fn place(&self, file: &str) -> Place {
        Place { file: file.to_owned(), span: Some(self.span) }
    }
}

/// Reads one table. Every read names a key; what was never named is unknown.
pub struct Fields<'a> {
    file: &'a str,
    path: String,
    table: &'a Table,
    known: Vec<&'static str>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Fields<'a> {
    /// Begins to read `table` of `file`.
    pub fn new(file: &'a str, table: &'a Table) -> Fields<'a> {
        Fields { file, path: String::new(), table, known: Vec::new(), diagnostics: Vec::new() }
    }

    /// Ends reading: every key that was not read is an error. Gives back all diagnostics.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        for entry in &self.table.entries {
            if !self.known.contains(&entry.key.as_str()) {
                let nearest = nearest(&entry.key, self.known.iter().copied());
                let place = Place::span(self.file, entry.key_span.clone());
                self.diagnostics.push(Diagnostic::unknown_key(place, &entry.key, nearest, &self.known));
            }
        }
        self.diagnostics
    }

    /// Adds a diagnostic of the caller's.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Where a missing key should have been.
    pub fn place(&self) -> Place {
        self.place_of(&self.table.span)
    }

    fn place_of(&self, span: &Range<usize>) -> Place {
        Place::span(self.file, span.clone())
    }

    fn named(&self, key: &str) -> String {
        format!("{}{key}", self.path)
    }

    fn node(&mut self, key: &'static str) -> Option<&'a Node> {
        self.known.push(key);
        self.table.entries.iter().find(|entry| entry.key == key).map(|entry| &entry.node)
    }

    fn wrong_kind(&mut self, key: &str, span: &Range<usize>, zh: &str, en: &str, example: &str) {
        let diagnostic =
            Diagnostic::wrong_kind(self.place_of(span), &self.named(key), &Message::new(zh, en), example);
        self.diagnostics.push(diagnostic);
    }

    /// A text, cleaned of invisible characters and of blanks around it. An empty one is an error.
    pub fn text(&mut self, key: &'static str) -> Option<Located<String>> {
        let node = self.node(key)?;
        self.text_of(key, node, &format!("{key} = \"…\""))
    }

    /// A text that must be there.
    pub fn required_text(&mut self, key: &'static str, example: &str) -> Option<Located<String>> {
        match self.node(key) {
            Some(node) => self.text_of(key, node, example),
            None => {
                let diagnostic = Diagnostic::missing_key(self.place(), &self.named(key), example);
                self.diagnostics.push(diagnostic);
                None
            }
        }
    }

    fn text_of(&mut self, key: &str, node: &Node, example: &str) -> Option<Located<String>> {
        let (Value::Text(text) | Value::Plain(text)) = &node.value else {
            self.wrong_kind(key, &node.span, "引号里的文字", "a text in quotes", example);
            return None;
        };
        let text = normalize::closed(normalize::clean(text).trim()).into_owned();
        if text.is_empty() {
            let diagnostic = Diagnostic::empty_value(self.place_of(&node.span), &self.named(key));
            self.diagnostics.push(diagnostic);
            return None;
        }
        Some(Located { value: text, span: (node.span.start, node.span.end) })
    }

    /// A list of texts; none counts as empty.
    pub fn texts(&mut self, key: &'static str) -> Vec<Located<String>> {
        let example = format!("{key} = [\"…\", \"…\"]");
        match self.node(key) {
            None => Vec::new(),
            Some(Node { value: Value::List(items), .. }) => {
                let mut texts = Vec::with_capacity(items.len());
                texts.extend(items.iter().filter_map(|item| self.text_of(key, item, &example)));
                texts
            }
            Some(node) => {
                self.wrong_kind(key, &node.span, "方括号里的一列文字", "a list of texts", &example);
                Vec::new()
            }
        }
    }

    /// One of `choices`.
    pub fn choice<T: Copy>(&mut self, key: &'static str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text(key)?;
        let found = choices.iter().find(|(name, _)| *name == text.value);
        if found.is_none() {
            let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            let diagnostic =
                Diagnostic::wrong_choice(text.place(self.file), &self.named(key), &text.value, &names);
            self.diagnostics.push(diagnostic);
        }
        found.map(|(_, value)| *value)
    }

    /// A list, each of `choices` at most once; none where the key is absent. A value that is no
    /// choice is an error.
    pub fn choices<T: Copy + PartialEq>(
        &mut self,
        key: &'static str,
        choices: &[(&str, T)],
    ) -> Option<Vec<Located<T>>> {
        if !self.table.entries.iter().any(|entry| entry.key == key) {
            self.known.push(key);
            return None;
        }
        let mut chosen: Vec<Located<T>> = Vec::new();
        for text in self.texts(key) {
            match choices.iter().find(|(name, _)| *name == text.value) {
                Some((_, value)) if chosen.iter().any(|one| one.value == *value) => {}
                Some((_, value)) => chosen.push(Located { value: *value, span: text.span }),
                None => {
                    let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
                    let place = text.place(self.file);
                    self.report(Diagnostic::wrong_choice(place, &self.named(key), &text.value, &names));
                }
            }
        }
        Some(chosen)
    }

    /// True or false; YAML's `yes` and `no` count.
    pub fn boolean(&mut self, key: &'static str) -> Option<bool> {
        let node = self.node(key)?;
        let value = match &node.value {
            Value::Boolean(value) => Some(*value),
            Value::Plain(text) => match text.to_ascii_lowercase().as_str() {
                "true" | "yes" | "on" => Some(true),
                "false" | "no" | "off" => Some(false),
                _ => None,
            },
            _ => None,
        };
        if value.is_none() {
            self.wrong_kind(key, &node.span, " true 或 false", "true or false", &format!("{key} = true"));
        }
        value
    }

    /// A whole number from 1.
    pub fn count(&mut self, key: &'static str) -> Option<u32> {
        let node = self.node(key)?;
        let value = match &node.value {
            Value::Integer(number) => u32::try_from(*number).ok(),
            Value::Plain(text) => text.parse().ok(),
            _ => None,
        };
        let value = value.filter(|number| *number >= 1);
        if value.is_none() {
            self.wrong_kind(key, &node.span, "从 1 起的整数", "a whole number from 1", &format!("{key} = 3"));
        }
        value
    }

    /// A day. Of a point in time, the day in `zone`.
    pub fn date(&mut self, key: &'static str, zone: &TimeZone) -> Option<Date> {
        let node = self.node(key)?;
        let (Value::Date(text) | Value::Text(text) | Value::Plain(text)) = &node.value else {
            self.wrong_kind(key, &node.span, "日期", "a date", &format!("{key} = 2025-01-09"));
            return None;
        };
        let date = parse_date(text.trim(), zone);
        if date.is_none() {
            let diagnostic = Diagnostic::wrong_date(self.place_of(&node.span), &self.named(key), text);
            self.diagnostics.push(diagnostic);
        }
        date
    }

    /// A day that must be there.
    pub fn required_date(&mut self, key: &'static str, zone: &TimeZone) -> Option<Date> {
        if !self.table.entries.iter().any(|entry| entry.key == key) {
            let example = format!("{key} = 2025-01-09");
            let diagnostic = Diagnostic::missing_key(self.place(), &self.named(key), &example);
            self.diagnostics.push(diagnostic);
        }
        self.date(key, zone)
    }

    /// A point in time as [`instant::parse`] reads it.
    pub fn instant(&mut self, key: &'static str, zone: &TimeZone) -> Option<Timestamp> {
        let node = self.node(key)?;
        let (Value::Date(text) | Value::Text(text) | Value::Plain(text)) = &node.value else {
            self.wrong_kind(
                key,
                &node.span,
                "时间",
                "a point in time",
                &format!("{key} = 2025-01-10T08:00:00"),
            );
            return None;
        };
        let instant = instant::parse(text.trim(), zone);
        if instant.is_none() {
            let diagnostic = Diagnostic::wrong_time(self.place_of(&node.span), &self.named(key), text);
            self.diagnostics.push(diagnostic);
        }
        instant
    }

    /// A web address that begins with `http://` or `https://`.
    pub fn url(&mut self, key: &'static str) -> Option<Located<String>> {
        let text = self.text(key)?;
        let rest = text.value.strip_prefix("https://").or_else(|| text.value.strip_prefix("http://"));
        let good = rest.is_some_and(|rest| {
            !rest.is_empty() && !rest.starts_with('/') && !rest.contains([' ', '"', '<', '>', '\\'])
        });
        if good {
            return Some(text);
        }
        let diagnostic = Diagnostic::wrong_url(text.place(self.file), &self.named(key), &text.value);
        self.diagnostics.push(diagnostic);
        None
    }

    /// A web address, or one of electronic mail that begins with `mailto:`.
    pub fn contact(&mut self, key: &'static str) -> Option<Located<String>> {
        let is_mail = |text: &str| {
            text.strip_prefix("mailto:").is_some_and(|to| to.contains('@') && !to.contains([' ', '"']))
        };
        let found = self.table.entries.iter().find(|entry| entry.key == key);
        match found.map(|entry| &entry.node.value) {
            Some(Value::Text(text) | Value::Plain(text)) if is_mail(text.trim()) => self.text(key),
            _ => self.url(key),
        }
    }

    /// An address part of lower-case ASCII letters, digits and hyphens.
    pub fn slug(&mut self, key: &'static str) -> Option<String> {
        let text = self.text(key)?;
        if crate::chinese::address::slug(&text.value) == text.value {
            return Some(text.value);
        }
        let diagnostic = Diagnostic::wrong_address(text.place(self.file), &self.named(key), &text.value);
        self.diagnostics.push(diagnostic);
        None
    }

    /// Reads a table below `key` with `read`; its diagnostics join these.
    pub fn table<T>(&mut self, key: &'static str, read: impl FnOnce(&mut Fields<'_>) -> T) -> Option<T> {
        let node = self.node(key)?;
        let Value::Table(table) = &node.value else {
            self.wrong_kind(key, &node.span, "一张表", "a table", &format!("[{key}]"));
            return None;
        };
        Some(self.inner(key, table, read))
    }

    /// Reads every table of the list below `key` with `read`.
    pub fn tables<T>(
        &mut self,
        key: &'static str,
        mut read: impl FnMut(&mut Fields<'_>) -> T,
    ) -> Option<Vec<T>> {
        let node = self.node(key)?;
        let Value::List(items) = &node.value else {
            self.wrong_kind(key, &node.span, "若干张表", "a list of tables", &format!("[[{key}]]"));
            return None;
        };
        let mut values = Vec::new();
        for item in items {
            match &item.value {
                Value::Table(table) => values.push(self.inner(key, table, &mut read)),
                _ => self.wrong_kind(key, &item.span, "若干张表", "a list of tables", &format!("[[{key}]]")),
            }
        }
        Some(values)
    }

    /// A table of texts whose keys are free, in their order.
    pub fn pairs(&mut self, key: &'static str) -> Vec<(String, String)> {
        let Some(node) = self.node(key) else { return Vec::new() };
        let Value::Table(table) = &node.value else {
            self.wrong_kind(key, &node.span, "一张表", "a table", &format!("[{key}]"));
            return Vec::new();
        };
        let pair = |entry: &'a Entry| {
            let text = self.text_of(&entry.key, &entry.node, &format!("\"{}\" = \"…\"", entry.key))?;
            Some((normalize::clean(&entry.key).trim().to_owned(), text.value))
        };
        table.entries.iter().filter_map(pair).filter(|(key, _)| !key.is_empty()).collect()
    }

    fn inner<T>(&mut self, key: &str, table: &Table, read: impl FnOnce(&mut Fields<'_>) -> T) -> T {
        let mut fields = Fields::new(self.file, table);
        fields.path = format!("{}{key}.", self.path);
        let value = read(&mut fields);
        self.diagnostics.extend(fields.finish());
        value
    }

    /// Where the key stands, for messages about it.
    pub fn key_place(&self, key: &str) -> Place {
        match self.table.entries.iter().find(|entry| entry.key == key) {
            Some(entry) => self.place_of(&entry.key_span),
            None => self.place(),
        }
    }
}

/// The name most like `word`, if any is like enough to be what its writer meant.
pub fn nearest<'n>(word: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let folded = word.to_lowercase();
    names
        .map(|name| (score(&folded, &name.to_lowercase()), name))
        .filter(|(score, _)| *score >= 0.5)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, name)| name)
}

fn score(a: &str, b: &str) -> f64 {
    let likeness = strsim::normalized_damerau_levenshtein(a, b);
    let contained = !a.is_empty() && !b.is_empty() && (a.contains(b) || b.contains(a));
    if contained { likeness.max(0.5) } else { likeness }
}

/// Reads a day: `2025-01-09`, `2025-1-9`, `2025/1/9`, `2025年1月9日`, or a point in time.
pub(super) fn parse_date(text: &str, zone: &TimeZone) -> Option<Date> {
    let parts: Option<Vec<&str>> = match text.strip_suffix('日') {
        Some(rest) => Some(rest.split(['年', '月']).collect()),
        None if text.contains(['T', ':', ' ']) => None,
        None if text.contains('/') => Some(text.split('/').collect()),
        None => Some(text.split('-').collect()),
    };
    if let Some(parts) = parts {
        return match parts.as_slice() {
            [year, month, day] if year.len() == 4 => {
                let day = day.trim().parse().ok()?;
                Date::new(year.trim().parse().ok()?, month.trim().parse().ok()?, day).ok()
            }
            _ => None,
        };
    }
    if let Ok(timestamp) = text.parse::<Timestamp>() {
        return Some(zone.to_datetime(timestamp).date());
    }
    text.parse::<DateTime>().ok().map(DateTime::date)
}
