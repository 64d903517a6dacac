//! `search/speeches.json`: the whole text of the site as JSON, in one document or by year, with its JSON Schema; and a speech
//! as the search index holds it.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::{Serialize, Serializer};

use super::vantage::summary;
use crate::content::markdown::Read;
use crate::site::{Site, Speech, url};

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
struct Years<'a> {
    version: u32,
    site: SiteData<'a>,
    years: Vec<YearData>,
}

#[derive(Serialize)]
struct YearData {
    year: i16,
    url: String,
    count: usize,
}

#[derive(Serialize)]
struct SiteData<'a> {
    title: &'a str,
    base_url: String,
}

#[derive(Serialize)]
struct SpeechData<'a> {
    url: String,
    title: &'a str,
    subtitle: Option<&'a str>,
    date: String,
    meeting: NamedData<'a>,
    speakers: Vec<SpeakerData<'a>>,
    themes: Vec<&'a str>,
    summary: Cow<'a, str>,
    length: usize,
    paragraphs: Paragraphs<'a>,
}

#[derive(Serialize)]
struct NamedData<'a> {
    name: &'a str,
    url: String,
}

#[derive(Serialize)]
struct SpeakerData<'a> {
    name: &'a str,
    byline: Option<&'a str>,
    group: Option<&'a str>,
    url: String,
}

#[derive(Serialize)]
struct ParagraphData<'a> {
    id: String,
    text: &'a str,
}

/// Paragraphs, written as a list of [`ParagraphData`].
struct Paragraphs<'a>(Read<'a>);

impl Serialize for Paragraphs<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let paragraphs = self.0.paragraphs();
        serializer.collect_seq(paragraphs.map(|one| ParagraphData { id: one.id(), text: one.text }))
    }
}

/// A speech as the search index holds it: what a result shows. What is nothing is left out.
#[derive(Serialize)]
struct IndexedSpeech<'a> {
    url: String,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    subtitle: Option<&'a str>,
    date: String,
    meeting: &'a str,
    speakers: Vec<IndexedSpeaker<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    themes: Vec<&'a str>,
    /// Only where the text does not begin with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<Cow<'a, str>>,
    paragraphs: Paragraphs<'a>,
}

#[derive(Serialize)]
struct IndexedSpeaker<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    byline: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'a str>,
}

/// Archives of more speeches are split by year.
const WHOLE: usize = 500;

/// The years whose texts have documents of their own; none where one document holds all.
pub fn years(site: &Site) -> Vec<i16> {
    if site.speeches.len() <= WHOLE {
        return Vec::new();
    }
    let years: BTreeSet<i16> = site.speeches.iter().map(|speech| speech.date.year()).collect();
    years.into_iter().rev().collect()
}

/// The address of the document of a year.
pub fn year_address(year: i16) -> String {
    format!("/search/speeches-{year}.json")
}

/// The document: all speeches, or where the speeches of each year are.
pub fn speeches(site: &Site) -> String {
    let years = years(site);
    if years.is_empty() {
        return document(site, site.speeches.iter().collect());
    }
    let count = |year: i16| site.speeches.iter().filter(|speech| speech.date.year() == year).count();
    let years = years.into_iter().map(|year| YearData {
        year,
        url: from_root(site, &site.edition.address(&year_address(year))),
        count: count(year),
    });
    json(&Years { version: VERSION, site: site_data(site), years: years.collect() })
}

/// The document of one year.
pub fn year(site: &Site, year: i16) -> String {
    document(site, site.speeches.iter().filter(|speech| speech.date.year() == year).collect())
}

/// One speech, as the search index holds it.
pub fn indexed(site: &Site, speech: &Speech) -> String {
    let SpeechData { url, title, subtitle, date, meeting, speakers, themes, summary, paragraphs, .. } =
        speech_data(site, speech);
    let begins = |text: &str| text.starts_with(summary.trim_end_matches('…'));
    let is_beginning = paragraphs.0.paragraphs().next().is_some_and(|first| begins(first.text));
    let speakers = speakers.into_iter();
    json(&IndexedSpeech {
        url,
        title,
        subtitle,
        date,
        meeting: meeting.name,
        speakers: speakers
            .map(|SpeakerData { name, byline, group, .. }| IndexedSpeaker { name, byline, group })
            .collect(),
        themes,
        summary: (!is_beginning).then_some(summary),
        paragraphs,
    })
}

fn document(site: &Site, speeches: Vec<&Speech>) -> String {
    let speeches = speeches.into_iter().map(|speech| speech_data(site, speech)).collect();
    json(&Document { version: VERSION, site: site_data(site), speeches })
}

fn site_data(site: &Site) -> SiteData<'_> {
    SiteData { title: &site.config.title, base_url: site.folder() }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn speech_data<'a>(site: &'a Site, speech: &'a Speech) -> SpeechData<'a> {
    let meeting = &site[speech.meeting];
    let speakers = speech.speakers.iter().zip(&speech.file.speakers).map(|(speaking, entry)| SpeakerData {
        name: &entry.name.value,
        byline: entry.byline.as_deref(),
        group: speaking.group.map(|id| site[id].name.as_str()),
        url: from_root(site, &site[speaking.speaker].address),
    });
    SpeechData {
        url: from_root(site, &speech.address),
        title: &speech.file.title,
        subtitle: speech.file.rest().subtitle.as_deref(),
        date: speech.date.to_string(),
        meeting: NamedData { name: meeting.name(), url: from_root(site, &meeting.address) },
        speakers: speakers.collect(),
        themes: speech.themes.iter().map(|id| site[*id].name.as_str()).collect(),
        summary: summary(speech),
        length: speech.file.body.length(),
        paragraphs: Paragraphs(speech.file.body.read()),
    }
}

/// An address relative to the root of the edition, as links are written.
fn from_root(site: &Site, address: &str) -> String {
    url::from_host("", site.edition.of_main(address), site.config.links)
}
