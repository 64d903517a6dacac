//! `search/speeches.json`: the whole text of the site as one JSON document, with its JSON Schema.

use serde::Serialize;

use super::vantage::summary;
use crate::site::{Site, Speech};

/// The version of the format; it changes when a reader of the old one could go wrong.
pub const VERSION: u32 = 1;

/// The JSON Schema of the document (draft 2020-12).
pub const SCHEMA: &str = include_str!("speeches.schema.json");

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    site: SiteData<'a>,
    speeches: Vec<SpeechData<'a>>,
}

#[derive(Serialize)]
struct SiteData<'a> {
    title: &'a str,
    base_url: String,
}

#[derive(Serialize)]
struct SpeechData<'a> {
    url: &'a str,
    title: &'a str,
    subtitle: Option<&'a str>,
    date: String,
    meeting: NamedData<'a>,
    speakers: Vec<SpeakerData<'a>>,
    themes: Vec<&'a str>,
    summary: String,
    length: usize,
    paragraphs: Vec<ParagraphData<'a>>,
}

#[derive(Serialize)]
struct NamedData<'a> {
    name: &'a str,
    url: &'a str,
}

#[derive(Serialize)]
struct SpeakerData<'a> {
    name: &'a str,
    byline: Option<&'a str>,
    group: Option<&'a str>,
    url: &'a str,
}

#[derive(Serialize)]
struct ParagraphData<'a> {
    id: &'a str,
    text: &'a str,
}

/// The document.
pub fn speeches(site: &Site) -> String {
    let document = Document {
        version: VERSION,
        site: SiteData { title: &site.config.title, base_url: site.config.base_url.absolute("/") },
        speeches: site.speeches.iter().map(|speech| speech_data(site, speech)).collect(),
    };
    serde_json::to_string(&document).unwrap_or_default()
}

/// The document as a script that hands it to the search client, for pages opened from disk.
pub fn speeches_script(site: &Site) -> String {
    format!("plenarySearch.receive({});\n", super::tera_theme::script_safe(&speeches(site)))
}

fn speech_data<'a>(site: &'a Site, speech: &'a Speech) -> SpeechData<'a> {
    let meeting = &site[speech.meeting];
    let speakers = speech.speakers.iter().zip(&speech.file.speakers).map(|(speaking, entry)| SpeakerData {
        name: &entry.name.value,
        byline: entry.byline.as_deref(),
        group: speaking.group.map(|id| site[id].name.as_str()),
        url: from_root(&site[speaking.speaker].address),
    });
    let paragraphs = speech.file.body.paragraphs.iter().map(|p| ParagraphData { id: &p.id, text: &p.text });
    SpeechData {
        url: from_root(&speech.address),
        title: &speech.file.title,
        subtitle: speech.file.subtitle.as_deref(),
        date: speech.date.to_string(),
        meeting: NamedData { name: meeting.name(), url: from_root(&meeting.address) },
        speakers: speakers.collect(),
        themes: speech.themes.iter().map(|id| site[*id].name.as_str()).collect(),
        summary: summary(speech),
        length: speech.file.body.length(),
        paragraphs: paragraphs.collect(),
    }
}

/// An address relative to the root of the site.
fn from_root(address: &str) -> &str {
    address.trim_start_matches('/')
}
