//! `content/speakers/<speaker>.md`: what an office says of one person; optional.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Rules;
use super::aliases;
use super::fields::{Fields, Located};
use super::front_matter::split;
use super::markdown::{self, Body};
use crate::chinese::normalize;
use crate::diagnostic::Diagnostic;

/// One speaker's file as its editors wrote it.
#[derive(Debug, Clone)]
pub struct SpeakerFile {
    /// Path of the file; its name is the speaker's part of the address.
    pub file: String,
    /// Name.
    pub name: Located<String>,
    /// Tells two people of one name apart.
    pub key: Option<String>,
    /// The name in pinyin syllables, where the usual reading is wrong: `zeng guo fan`.
    pub reading: Option<String>,
    /// The name in Traditional characters, where the tables are wrong: `鍾鳴`.
    pub traditional: Option<String>,
    /// Roles with their time, newest first.
    pub roles: Vec<DatedRole>,
    /// Old addresses that lead here.
    pub aliases: Vec<Located<String>>,
    /// A biography.
    pub body: Body,
}

/// A role that a person had for some time.
#[derive(Debug, Clone)]
pub struct DatedRole {
    /// The role.
    pub role: String,
    /// First day; none where it is not known.
    pub from: Option<Date>,
    /// Last day; none where the role is still held.
    pub to: Option<Date>,
}

/// Reads one speaker's file. The first half is none where the name is missing.
pub fn parse(file: &str, text: &str, rules: &Rules) -> (Option<SpeakerFile>, Vec<Diagnostic>) {
    let zone = &rules.zone;
    let parts = match split(file, text) {
        Ok(parts) => parts,
        Err(diagnostics) => return (None, diagnostics),
    };
    let (body, found) = markdown::parse(file, text, parts.body_start, rules);
    let mut fields = Fields::new(file, &parts.table);
    let name = fields.required_text("name", "name = \"…\"");
    let key = fields.text("key").map(|text| text.value);
    let reading = fields.text("reading").map(|text| text.value);
    let traditional = fields.text("traditional").map(|text| normalize::name(&text.value));
    let roles = roles(&mut fields, zone);
    let aliases = aliases::read(&mut fields, file);
    let mut diagnostics = fields.finish();
    diagnostics.extend(found);
    let speaker = name.map(|mut name| {
        name.value = normalize::name(&name.value);
        SpeakerFile { file: file.into(), name, key, reading, traditional, roles, aliases, body }
    });
    (speaker, diagnostics)
}

fn roles(fields: &mut Fields<'_>, zone: &TimeZone) -> Vec<DatedRole> {
    let read = |fields: &mut Fields<'_>| {
        let role = fields.required_text("role", "role = \"…\"");
        let (from, to) = (fields.date("from", zone), fields.date("to", zone));
        Some(DatedRole { role: role?.value, from, to })
    };
    let mut roles: Vec<DatedRole> = fields.tables("roles", read).into_iter().flatten().flatten().collect();
    roles.sort_by_key(|one| (std::cmp::Reverse(one.to.unwrap_or(Date::MAX)), std::cmp::Reverse(one.from)));
    roles
}
