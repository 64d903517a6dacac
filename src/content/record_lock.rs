//! `content/record.lock`: every address that has been published, and what stood there.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::aliases::is_site_address;
use super::fields::Fields;
use super::front_matter::{Table, Value, parse_toml};
use crate::diagnostic::{Diagnostic, Message, Place};

/// Where the record stands.
pub const RECORD_LOCK: &str = "content/record.lock";

/// The form of the file.
const VERSION: u32 = 1;

const HEADER: &str = "\
# 已发布的地址和正文的记录，由 plenary seal 写成，请勿手改，并随网站源文件一起保存。
# 有了它，plenary build 不会让已发布的地址失效，也不会让已发布的正文悄悄改变。
# 合并时有冲突：两边的行都留下，删去冲突标记，再运行一次 plenary seal。
#
# The record of what has been published, written by plenary seal. Not to be edited; keep it with the site's sources.
# By it plenary build lets no published address break and no published text change silently.
# A conflict in a merge: keep the lines of both sides, remove the marks, and run plenary seal again.
";

/// All that has been sealed, by address.
#[derive(Debug, Clone, Default)]
pub struct Record {
    entries: BTreeMap<String, Sealed>,
}

/// One sealed address.
#[derive(Debug, Clone)]
pub struct Sealed {
    /// What stood there.
    pub what: What,
    /// Bytes of the file; the beginning for what was not read from it.
    pub span: (usize, usize),
}

/// What stands at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A speech.
    Speech {
        /// Its title.
        title: String,
        /// The digest of its text.
        text: String,
        /// How many corrections it had.
        corrections: usize,
    },
    /// The notice of a withdrawn speech.
    Withdrawn,
    /// A meeting.
    Meeting {
        /// Its name.
        name: String,
        /// Its day.
        date: Date,
    },
    /// A theme.
    Theme(String),
    /// A group.
    Group(String),
    /// A speaker.
    Speaker {
        /// Name.
        name: String,
        /// Tells two people of one name apart.
        key: Option<String>,
    },
    /// A standing page.
    Page(String),
    /// A redirect to another address.
    Moved(String),
}

impl What {
    /// What it is called in messages.
    pub fn noun(&self) -> Message {
        match self {
            What::Speech { .. } => Message::new("发言", "the speech"),
            What::Withdrawn => Message::new("撤回的发言", "the withdrawn speech"),
            What::Meeting { .. } => Message::new("会议", "the meeting"),
            What::Theme(_) => Message::new("主题", "the theme"),
            What::Group(_) => Message::new("界别", "the group"),
            What::Speaker { .. } => Message::new("发言人", "the speaker"),
            What::Page(_) => Message::new("页面", "the page"),
            What::Moved(_) => Message::new("旧地址", "the old address"),
        }
    }

    /// Its title or name; of a redirect, where it leads. Nothing for a withdrawn speech.
    pub fn name(&self) -> &str {
        match self {
            What::Speech { title: name, .. }
            | What::Meeting { name, .. }
            | What::Theme(name)
            | What::Group(name)
            | What::Speaker { name, .. }
            | What::Page(name)
            | What::Moved(name) => name,
            What::Withdrawn => "",
        }
    }
}

impl Record {
    /// Adds an address; what was noted of it before gives way.
    pub fn insert(&mut self, address: &str, what: What) {
        self.entries.insert(address.to_owned(), Sealed { what, span: (0, 0) });
    }

    /// What is sealed at an address.
    pub fn get(&self, address: &str) -> Option<&Sealed> {
        self.entries.get(address)
    }

    /// All addresses, sorted.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Sealed)> {
        self.entries.iter().map(|(address, sealed)| (address.as_str(), sealed))
    }

    /// Whether nothing has been sealed.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// Reads the record.
///
/// # Errors
/// Diagnostics for marks of a conflict, a newer form, and whatever is no entry; the first half has all that is right.
pub fn parse(text: &str) -> (Record, Vec<Diagnostic>) {
    let conflicts = conflicts(text);
    if !conflicts.is_empty() {
        return (Record::default(), conflicts);
    }
    let table = match parse_toml(RECORD_LOCK, text, 0) {
        Ok(table) => table,
        Err(wrong) => {
            let broken = wrong.into_iter().map(|one| Diagnostic::record_lock_broken(one.place, &one.message));
            return (Record::default(), broken.collect());
        }
    };
    let mut record = Record::default();
    let mut wrong = Vec::new();
    let version = table.entries.iter().find(|entry| entry.key == "version").map(|entry| &entry.node);
    if !matches!(version.map(|node| &node.value), Some(Value::Integer(number)) if *number == i64::from(VERSION))
    {
        let span = version.map_or(0..0, |node| node.span.clone());
        return (record, vec![Diagnostic::record_lock_version(Place::span(RECORD_LOCK, span))]);
    }
    for entry in &table.entries {
        match &entry.node.value {
            Value::Table(addresses) if entry.key == "addresses" => {
                for (address, sealed) in addresses_of(addresses, &mut wrong) {
                    record.entries.insert(address, sealed);
                }
            }
            _ if entry.key == "version" => {}
            _ => {
                let place = Place::span(RECORD_LOCK, entry.key_span.clone());
                wrong.push(Diagnostic::unknown_key(place, &entry.key, None, &["version", "addresses"]));
            }
        }
    }
    (record, wrong)
}

/// The first mark of each conflict that a merge left.
fn conflicts(text: &str) -> Vec<Diagnostic> {
    let mut at = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        if line.starts_with("<<<<<<<") {
            let span = at..at + line.trim_end().len();
            found.push(Diagnostic::record_lock_conflict(Place::span(RECORD_LOCK, span)));
        }
        at += line.len();
    }
    found
}

fn addresses_of(table: &Table, wrong: &mut Vec<Diagnostic>) -> Vec<(String, Sealed)> {
    let mut found = Vec::new();
    for entry in &table.entries {
        let place = || Place::span(RECORD_LOCK, entry.key_span.clone());
        let Value::Table(inner) = &entry.node.value else {
            let expected = Message::new("一张表", "a table");
            wrong.push(Diagnostic::wrong_kind(place(), &entry.key, &expected, "\"/a/\" = { theme = \"…\" }"));
            continue;
        };
        if !is_site_address(&entry.key) {
            wrong.push(Diagnostic::wrong_address(place(), "addresses", &entry.key));
            continue;
        }
        let mut fields = Fields::new(RECORD_LOCK, inner);
        let what = what(&mut fields);
        let faults = fields.finish();
        match what {
            Some(what) => {
                let span = (entry.key_span.start, entry.key_span.end);
                found.push((entry.key.clone(), Sealed { what, span }));
            }
            None if faults.is_empty() => {
                let reason =
                    Message::new("这一行没有写这个地址上是什么", "the line does not say what stood there");
                wrong.push(Diagnostic::record_lock_broken(place(), &reason));
            }
            None => {}
        }
        wrong.extend(faults);
    }
    found
}

fn what(fields: &mut Fields<'_>) -> Option<What> {
    let [speech, text] = ["speech", "text"].map(|key| value(fields, key));
    let corrections = fields.count("corrections").unwrap_or(0) as usize;
    let withdrawn = fields.boolean("withdrawn").unwrap_or(false);
    let meeting = value(fields, "meeting");
    let date = fields.date("date", &TimeZone::UTC);
    let [theme, group] = ["theme", "group"].map(|key| value(fields, key));
    let [speaker, key] = ["speaker", "key"].map(|key| value(fields, key));
    let [page, moved] = ["page", "moved"].map(|key| value(fields, key));
    let speech = speech.and_then(|title| Some(What::Speech { title, text: text?, corrections }));
    let meeting = meeting.and_then(|name| Some(What::Meeting { name, date: date? }));
    speech
        .or(meeting)
        .or(withdrawn.then_some(What::Withdrawn))
        .or(theme.map(What::Theme))
        .or(group.map(What::Group))
        .or(speaker.map(|name| What::Speaker { name, key }))
        .or(page.map(What::Page))
        .or(moved.filter(|to| is_site_address(to) || to == "/").map(What::Moved))
}

fn value(fields: &mut Fields<'_>, key: &'static str) -> Option<String> {
    fields.text(key).map(|text| text.value)
}

/// The record as it is written: one line an address, sorted, so that the same record gives the same bytes and two
/// branches that sealed different speeches merge by themselves.
pub fn render(record: &Record) -> String {
    let mut text = format!("{HEADER}version = {VERSION}\n\n[addresses]\n");
    for (address, sealed) in record.iter() {
        let fields = match &sealed.what {
            What::Speech { title, text, corrections: 0 } => {
                format!("speech = {}, text = \"{text}\"", quoted(title))
            }
            What::Speech { title, text, corrections } => {
                format!("speech = {}, text = \"{text}\", corrections = {corrections}", quoted(title))
            }
            What::Withdrawn => "withdrawn = true".to_owned(),
            What::Meeting { name, date } => format!("meeting = {}, date = {date}", quoted(name)),
            What::Theme(name) => format!("theme = {}", quoted(name)),
            What::Group(name) => format!("group = {}", quoted(name)),
            What::Speaker { name, key: None } => format!("speaker = {}", quoted(name)),
            What::Speaker { name, key: Some(key) } => {
                format!("speaker = {}, key = {}", quoted(name), quoted(key))
            }
            What::Page(name) => format!("page = {}", quoted(name)),
            What::Moved(to) => format!("moved = {}", quoted(to)),
        };
        text.push_str(&format!("{} = {{ {fields} }}\n", quoted(address)));
    }
    text
}

/// A basic string of TOML on one line.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn named(name: String, number: usize) -> What {
        match number % 6 {
            0 => What::Speech { title: name, text: "0".repeat(32), corrections: number },
            1 => What::Meeting { name, date: Date::constant(2025, 1, 9) },
            2 => What::Theme(name),
            3 => What::Speaker { name: name.clone(), key: (number > 6).then_some(name) },
            4 => What::Page(name),
            _ => What::Moved(format!("/a{number}.html")),
        }
    }

    proptest! {
        /// Whatever a title or name is made of, it is read as it was written, and written the same again.
        #[test]
        fn what_is_written_is_read(names in proptest::collection::vec("[\\PC\"'\\\\=#\\[\\]{}]{0,12}名", 0..8)) {
            let mut record = Record::default();
            for (i, name) in names.into_iter().enumerate() {
                let name = crate::chinese::normalize::clean(&name).trim().to_owned();
                record.insert(&format!("/x{i}/"), named(name, i));
            }
            record.insert("/gone/", What::Withdrawn);
            let text = render(&record);
            let (read, wrong) = parse(&text);
            prop_assert!(wrong.is_empty(), "{text}\n{wrong:?}");
            let whats = |record: &Record| record.iter().map(|(a, s)| (a.to_owned(), s.what.clone())).collect::<Vec<_>>();
            prop_assert_eq!(whats(&read), whats(&record));
            prop_assert_eq!(render(&read), text);
        }
    }
}
