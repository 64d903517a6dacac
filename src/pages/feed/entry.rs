//! Entries of feeds: a speech in full or in summary, a correction.

use quick_xml::escape::escape;

use super::{Author, Entry, Sources, identity};
use crate::content::markdown::Frame;
use crate::content::speech::Correction;
use crate::pages::last_change::{Corrected, changed};
use crate::pages::tera_theme::TeraTheme;
use crate::pages::vantage::summary;
use crate::site::links::Destination;
use crate::site::{Site, Speech, url};

/// A speech with its whole text.
pub(super) fn of_speech_in_full(sources: Sources<'_>, speech: &Speech) -> Entry {
    Entry { html: Some(text(sources, speech)), ..of_speech_in_summary(sources, speech) }
}

/// A speech with its summary only.
pub(super) fn of_speech_in_summary(sources: Sources<'_>, speech: &Speech) -> Entry {
    let site = sources.site;
    let file = &speech.file;
    let authors = speech.speakers.iter().zip(&file.speakers).map(|(speaking, entry)| Author {
        name: entry.name.value.clone(),
        page: absolute(site, &site[speaking.speaker].address),
    });
    Entry {
        id: identity::of(&site.config.base_url, &speech.address),
        title: title(speech),
        page: absolute(site, &speech.address),
        published: speech.date,
        updated: changed(speech),
        authors: authors.collect(),
        themes: speech.themes.iter().map(|id| site[*id].name.clone()).collect(),
        summary: summary(speech),
        html: None,
    }
}

/// A correction: what was changed in which speech. It is the office that speaks.
pub(super) fn of_correction(sources: Sources<'_>, one: Corrected) -> Entry {
    let speech = &sources.site[one.speech];
    let correction = one.correction(sources.site);
    let which = identity::of_correction(&speech.file.corrections, one.at);
    Entry {
        id: identity::of(&sources.site.config.base_url, &format!("{}{which}", speech.address)),
        title: title(speech),
        page: absolute(sources.site, &speech.address),
        published: correction.date,
        updated: correction.date,
        authors: Vec::new(),
        themes: Vec::new(),
        summary: correction.note.clone(),
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

fn title(speech: &Speech) -> String {
    match &speech.file.subtitle {
        Some(subtitle) => format!("{} {subtitle}", speech.file.title),
        None => speech.file.title.clone(),
    }
}

fn absolute(site: &Site, address: &str) -> String {
    site.config.base_url.absolute(&url::encode(address))
}

/// The text with absolute addresses only.
fn text(sources: Sources<'_>, speech: &Speech) -> String {
    let body = &speech.file.body;
    let absolute = |address: &str| absolute(sources.site, address);
    let page = absolute(&speech.address);
    let resolve = |link: usize| match sources.targets.resolve(&speech.file.file, &body.links[link].target) {
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
