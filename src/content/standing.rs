//! `content/pages/<page>.md`: a standing page such as "about".

use super::Rules;
use super::aliases;
use super::fields::{Fields, Located};
use super::front_matter::split;
use super::markdown::{self, Body};
use crate::diagnostic::Diagnostic;

/// One standing page as its editors wrote it.
#[derive(Debug, Clone)]
pub struct StandingFile {
    /// Path of the file; its name is the page's address.
    pub file: String,
    /// Title.
    pub title: String,
    /// Place in the menu; default: after the numbered ones, by file name.
    pub order: Option<u32>,
    /// Whether the menu shows it.
    pub menu: bool,
    /// Old addresses that lead here.
    pub aliases: Vec<Located<String>>,
    /// The text.
    pub body: Body,
}

/// Reads one standing page. The first half is none where the title is missing.
pub fn parse(file: &str, text: &str, rules: &Rules) -> (Option<StandingFile>, Vec<Diagnostic>) {
    let parts = match split(file, text) {
        Ok(parts) => parts,
        Err(diagnostics) => return (None, diagnostics),
    };
    let (body, found) = markdown::parse(file, text, parts.body_start, rules);
    let mut fields = Fields::new(file, &parts.table);
    let title = fields.required_text("title", "title = \"关于本站\"");
    let order = fields.count("order");
    let menu = fields.boolean("menu").unwrap_or(true);
    let aliases = aliases::read(&mut fields, file);
    let mut diagnostics = fields.finish();
    diagnostics.extend(found);
    let page =
        title.map(|title| StandingFile { file: file.into(), title: title.value, order, menu, aliases, body });
    (page, diagnostics)
}
