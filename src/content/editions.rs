//! `[[editions]]` and `[traditional]` of `content/site.toml`: further complete readings of the site.

use super::fields::{Fields, Located};
use super::site_config::SITE_TOML;
use crate::chinese::conversion::{Forms, Quotes};
use crate::diagnostic::Diagnostic;

/// One entry of `[[editions]]` that has a path.
#[derive(Debug, Clone)]
pub struct EditionConfig {
    /// What readers call it.
    pub name: String,
    /// Its part of the address.
    pub path: Located<String>,
    /// Its Tera theme; none where it is the site's.
    pub tera_theme: Option<Located<String>>,
    /// BCP 47 tag; none where it is the site's.
    pub language: Option<String>,
    /// Traditional characters, made of Simplified ones at build.
    pub traditional: Option<(Forms, Quotes)>,
}

/// All that `site.toml` says of editions.
#[derive(Debug, Clone, Default)]
pub struct Editions {
    /// What readers call the main edition: the `name` of the entry without a path.
    pub main: Option<String>,
    /// The others, in their order.
    pub others: Vec<EditionConfig>,
    /// `[traditional]`: words and their Traditional forms, where the tables are wrong.
    pub words: Vec<(String, String)>,
}

/// Reads both.
pub(super) fn read(fields: &mut Fields<'_>) -> Editions {
    let entries = fields.tables("editions", entry).unwrap_or_default();
    let mut editions = Editions { words: fields.pairs("traditional"), ..Editions::default() };
    for entry in entries.into_iter().flatten() {
        match entry {
            Entry::Main(name) => editions.main = name,
            Entry::Other(edition) => match editions.others.iter().find(|other| same_path(other, &edition)) {
                Some(_) => fields
                    .report(Diagnostic::duplicate_name(edition.path.place(SITE_TOML), &edition.path.value)),
                None => editions.others.push(*edition),
            },
        }
    }
    editions
}

fn same_path(a: &EditionConfig, b: &EditionConfig) -> bool {
    a.path.value == b.path.value
}

enum Entry {
    Main(Option<String>),
    Other(Box<EditionConfig>),
}

fn entry(fields: &mut Fields<'_>) -> Option<Entry> {
    let name = fields.text("name");
    let path_place = fields.key_place("path");
    let path = fields.slug("path");
    let tera_theme = fields.text("tera_theme");
    let language = fields.text("language");
    let script = fields.choice("script", &[("hant", ())]);
    let forms = fields.choice("forms", &[("taiwan", Forms::Taiwan), ("hongkong", Forms::HongKong)]);
    let quotes = fields.choice("quotes", &[("curly", Quotes::Curly), ("corner", Quotes::Corner)]);
    let is_bare = tera_theme.is_none() && language.is_none() && script.is_none();
    let Some(path) = path else {
        let is_absent = path_place == fields.place();
        if is_bare && is_absent {
            return Some(Entry::Main(name.map(|name| name.value)));
        }
        if is_absent {
            let place = fields.place();
            fields.report(Diagnostic::missing_key(place, "editions.path", "path = \"large\""));
        }
        return None;
    };
    let Some(name) = name else {
        let place = fields.place();
        fields.report(Diagnostic::missing_key(place, "editions.name", "name = \"繁體\""));
        return None;
    };
    let path = Located { value: path, span: path_place.span.unwrap_or_default() };
    let forms = forms.unwrap_or(Forms::Taiwan);
    let language = language.map(|tag| tag.value).or_else(|| script.map(|()| forms.language().to_owned()));
    let traditional = script.map(|()| (forms, quotes.unwrap_or(Quotes::Curly)));
    Some(Entry::Other(Box::new(EditionConfig { name: name.value, path, tera_theme, language, traditional })))
}
