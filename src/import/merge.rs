//! One file, three ways: what import wrote, what an editor made of it, what the document says now.

use std::collections::BTreeSet;

use toml_edit::{DocumentMut, Item};

use super::front_matter::{self, Page, Written};
use super::lock::{Entry, body_digest, value_digest};

/// Name under which the body is listed among the values.
pub(crate) const BODY: &str = "正文 body";

/// The two changes of one file brought together, value by value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Merge {
    /// The file with the document's changes where the editor made none.
    pub(crate) text: String,
    /// The file as the document would have it: also where the editor changed it.
    pub(crate) as_document: String,
    /// Values taken from the document.
    pub(crate) taken: Vec<String>,
    /// Values that the editor changed.
    pub(crate) kept: Vec<String>,
    /// Values that both changed, and not alike.
    pub(crate) conflicts: Vec<String>,
}

/// Merges; nothing where the front matter cannot be edited.
pub(crate) fn merge(base: &Entry, now: &Written, page: &Page) -> Option<Merge> {
    let mut merge = Merge::default();
    let mut keys: BTreeSet<&str> = base.values.keys().map(String::as_str).collect();
    keys.extend(page.entries.iter().map(|(key, _)| key.as_str()));
    for key in keys {
        let old = base.values.get(key).cloned();
        let edited = digest_of(&now.entries, key);
        let new = digest_of(&page.entries, key);
        match decide(&old, &edited, &new) {
            Side::Document if clashes(key, now) => merge.conflicts.push(key.to_string()),
            side => merge.note(side, key),
        }
    }
    let body = decide(&base.body, &body_digest(&now.body), &body_digest(&page.body));
    merge.note(body, BODY);

    merge.text = apply(now, page, &merge.taken)?;
    let all: Vec<String> = merge.taken.iter().chain(&merge.conflicts).cloned().collect();
    merge.as_document = apply(now, page, &all)?;
    Some(merge)
}

impl Merge {
    fn note(&mut self, side: Side, key: &str) {
        match side {
            Side::Same => {}
            Side::Document => self.taken.push(key.to_string()),
            Side::Editor => self.kept.push(key.to_string()),
            Side::Both => self.conflicts.push(key.to_string()),
        }
    }
}

/// Who changed a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Same,
    Document,
    Editor,
    Both,
}

fn decide<T: PartialEq>(old: &T, edited: &T, new: &T) -> Side {
    if edited == new {
        Side::Same
    } else if edited == old {
        Side::Document
    } else if new == old {
        Side::Editor
    } else {
        Side::Both
    }
}

fn digest_of(entries: &[(String, toml::Value)], key: &str) -> Option<String> {
    entries.iter().find(|(name, _)| name == key).map(|(_, value)| value_digest(value))
}

/// Whether the file has speakers in the other form than this key.
fn clashes(key: &str, now: &Written) -> bool {
    let one = |key: &str| key.starts_with("speaker.");
    (one(key) && now.entries.iter().any(|(name, _)| name == "speakers"))
        || (key == "speakers"
            && now.entries.iter().any(|(name, _)| one(name))
            && !now.entries.iter().any(|(name, _)| name == key))
}

/// The file with these values from the page, everything else as it is.
fn apply(now: &Written, page: &Page, keys: &[String]) -> Option<String> {
    let mut document: DocumentMut = now.front.parse().ok()?;
    for key in keys.iter().filter(|key| *key != BODY) {
        let item = match page.entries.iter().find(|(name, _)| name == key) {
            Some(entry) => Some(item(entry)?),
            None => None,
        };
        set(&mut document, key, item);
    }
    let body = match keys.iter().any(|key| key == BODY) {
        true if page.body.is_empty() => "\n".to_string(),
        true => format!("\n\n{}", page.body),
        false => now.body.clone(),
    };
    Some(format!("+++\n{document}+++{body}"))
}

/// One value in the form in which import writes it.
fn item(entry: &(String, toml::Value)) -> Option<Item> {
    let page = Page { entries: vec![entry.clone()], body: String::new() };
    let text = front_matter::render(&page);
    let front = text.trim_end().trim_matches('+');
    let mut document: DocumentMut = front.parse().ok()?;
    match entry.0.split_once('.') {
        Some((table, key)) => document.get_mut(table)?.as_table_mut()?.remove(key),
        None => document.remove(&entry.0),
    }
}

fn set(document: &mut DocumentMut, key: &str, item: Option<Item>) {
    let (table, key) = match key.split_once('.') {
        None => (document.as_table_mut(), key),
        Some((name, key)) => {
            let missing = document.get(name).is_none();
            if missing {
                document.insert(name, Item::Table(toml_edit::Table::new()));
            }
            let Some(table) = document.get_mut(name).and_then(Item::as_table_mut) else { return };
            (table, key)
        }
    };
    match (item, table.get_mut(key)) {
        (None, _) => {
            table.remove(key);
        }
        (Some(Item::Value(mut new)), Some(Item::Value(old))) => {
            *new.decor_mut() = old.decor().clone();
            *old = new;
        }
        (Some(item), _) => {
            table.insert(key, item);
        }
    }
}
