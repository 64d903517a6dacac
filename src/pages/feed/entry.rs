//! Entries of feeds: a speech in full or in summary, a correction, the withdrawal of a speech.

use jiff::civil::Date;
use quick_xml::escape::escape;

use super::{Author, Entry, Sources, identity};
use crate::content::markdown::Frame;
use crate::pages::last_change::{Change, changed};
use crate::pages::vantage::summary;
use crate::site::links::Destination;
use crate::site::{Site, Speech, SpeechId, url};

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

/// A correction or a withdrawal.
pub(super) fn of_change(sources: Sources<'_>, change: Change) -> Entry {
    match change {
        Change::Correction(id, at) => of_correction(sources, id, at),
        Change::Withdrawal(at) => of_withdrawal(sources, at),
    }
}

fn of_correction(sources: Sources<'_>, id: SpeechId, at: usize) -> Entry {
    let speech = &sources.site[id];
    let corrections = &speech.file.corrections;
    let correction = &corrections[at];
    let which = format!("{}{}", speech.address, identity::of_correction(corrections, at));
    let mut html = paragraph(&escape(&correction.note));
    let changes = [("before", "del", &correction.before), ("after", "ins", &correction.after)];
    for (word, tag, text) in changes {
        if let Some(text) = text {
            let label = escape(sources.theme.word(word)).into_owned() + &escape(sources.theme.word("colon"));
            html.push_str(&paragraph(&format!("{label}<{tag}>{}</{tag}>", escape(text))));
        }
    }
    Entry {
        html: Some(html),
        ..bare(sources.site, &which, &speech.address, title(speech), correction.date, &correction.note)
    }
}

/// Nothing of a withdrawn speech is told but its address.
fn of_withdrawal(sources: Sources<'_>, at: usize) -> Entry {
    let withdrawn = &sources.site.withdrawn[at];
    let which = format!("{}#withdrawn", withdrawn.address);
    let title = sources.theme.word("withdrawn").to_owned();
    let note = withdrawn.withdrawn.note.clone().unwrap_or_else(|| title.clone());
    Entry {
        html: Some(paragraph(&escape(&note))),
        ..bare(sources.site, &which, &withdrawn.address, title, withdrawn.withdrawn.date, &note)
    }
}

/// An entry of the office's own, about what stands at `address`.
fn bare(site: &Site, which: &str, address: &str, title: String, date: Date, summary: &str) -> Entry {
    Entry {
        id: identity::of(&site.config.base_url, which),
        title,
        page: absolute(site, address),
        published: date,
        updated: date,
        authors: Vec::new(),
        themes: Vec::new(),
        summary: summary.to_owned(),
        html: None,
    }
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
