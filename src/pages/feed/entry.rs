//! Entries of feeds: a speech in full or in summary, a correction.

use std::borrow::Cow;

use quick_xml::escape::escape;

use super::{Author, Entry, Sources, identity};
use crate::content::markdown::Frame;
use crate::content::speech::Correction;
use crate::pages::last_change::{Corrected, changed};
use crate::pages::tera_theme::TeraTheme;
use crate::pages::vantage::summary;
use crate::site::links::Destination;
use crate::site::{Speech, url};

/// A speech with its whole text.
pub(super) fn of_speech_in_full<'a>(sources: Sources<'a>, speech: &'a Speech) -> Entry<'a> {
    Entry { html: Some(text(sources, speech)), ..of_speech_in_summary(sources, speech) }
}

/// A speech with its summary only.
pub(super) fn of_speech_in_summary<'a>(sources: Sources<'a>, speech: &'a Speech) -> Entry<'a> {
    let site = sources.site;
    let file = &speech.file;
    let authors = speech.speakers.iter().zip(&file.speakers).map(|(speaking, entry)| Author {
        name: &entry.name.value,
        page: site.absolute(&site[speaking.speaker].address),
    });
    Entry {
        id: identity::of(&site.config.base_url, &speech.address),
        title: title(speech),
        page: site.absolute(&speech.address),
        published: speech.date,
        updated: changed(speech),
        authors: authors.collect(),
        themes: speech.themes.iter().map(|id| site[*id].name.as_str()).collect(),
        summary: summary(speech),
        html: None,
    }
}

/// A correction: what was changed in which speech. It is the office that speaks.
pub(super) fn of_correction(sources: Sources<'_>, one: Corrected) -> Entry<'_> {
    let speech = &sources.site[one.speech];
    let correction = one.correction(sources.site);
    let which = identity::of_correction(&speech.file.rest().corrections, one.at);
    Entry {
        id: identity::of(&sources.site.config.base_url, &format!("{}{which}", speech.address)),
        title: title(speech),
        page: sources.site.absolute(&speech.address),
        published: correction.date,
        updated: correction.date,
        authors: Vec::new(),
        themes: Vec::new(),
        summary: Cow::Borrowed(&correction.note),
        html: Some(change(sources.theme, correction)),
    }
}

/// What a correction changed, as HTML.
fn change(theme: &TeraTheme, correction: &Correction) -> String {
    let mut html = paragraph(&escape(&correction.note));
    let texts = [("before", "del", &correction.before), ("after", "ins", &correction.after)];
    for (word, tag, text) in texts {
        if let Some(text) = text {
            let label = format!("{}{}", theme.word(word), theme.word("colon"));
            html.push_str(&paragraph(&format!("{}<{tag}>{}</{tag}>", escape(&label), escape(text))));
        }
    }
    html
}

fn paragraph(html: &str) -> String {
    format!("<p>{html}</p>")
}

fn title(speech: &Speech) -> Cow<'_, str> {
    match &speech.file.rest().subtitle {
        Some(subtitle) => format!("{} {subtitle}", speech.file.title).into(),
        None => Cow::Borrowed(&speech.file.title),
    }
}

/// The text with absolute addresses only.
fn text(sources: Sources<'_>, speech: &Speech) -> String {
    let body = &speech.file.body;
    let absolute = |address: &str| sources.site.absolute(address);
    let page = absolute(&speech.address);
    let resolve = |link: usize| match sources.targets.resolve(&speech.file.file, &body.links()[link].target) {
        Destination::External(url) => Some(url),
        Destination::Here(fragment) => Some(format!("{page}#{}", url::encode(&fragment))),
        Destination::Internal(address, None) => Some(absolute(&address)),
        Destination::Internal(address, Some(fragment)) => {
            Some(format!("{}#{}", absolute(&address), url::encode(&fragment)))
        }
        Destination::Nowhere => None,
    };
    body.html(resolve, |_| Frame::default())
}
