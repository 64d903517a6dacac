//! The room of positions: what of a speech is searched, and which part of it a position lies in.
//!
//! Each speech counts its positions from 0: titles first, then people, labels and text, each in a room that is as
//! large as the largest of the archive needs, so that a position alone tells where it lies.

use rayon::prelude::*;

use super::tokens::{Script, Unit, units};
use crate::site::{Site, Speech};

/// Positions left free between two texts, so that nothing reaches from one into the next.
const BETWEEN: u32 = 4;

/// The first positions of people, labels and text; titles begin at 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zones {
    /// Names, bylines and groups.
    pub people: u32,
    /// Themes and the meeting's name.
    pub labels: u32,
    /// Paragraphs.
    pub text: u32,
}

/// The zones that hold every speech of `site`.
pub fn zones(site: &Site, script: Script) -> Zones {
    let room = |texts: Vec<&str>| texts.iter().map(|text| units(text, script).1 + BETWEEN).sum::<u32>();
    let rooms =
        |speech: &Speech| (room(titles(speech)), room(people(site, speech)), room(labels(site, speech)));
    let largest = |a: (u32, u32, u32), b: (u32, u32, u32)| (a.0.max(b.0), a.1.max(b.1), a.2.max(b.2));
    let (title, person, label) = site.speeches.par_iter().map(rooms).reduce(|| (0, 0, 0), largest);
    Zones { people: title, labels: title + person, text: title + person + label }
}

/// All units of a speech with their positions, in order.
pub fn positions(site: &Site, speech: &Speech, zones: Zones, script: Script) -> Vec<(u32, Unit)> {
    let read = speech.file.body.read();
    let paragraphs = read.paragraphs().map(|paragraph| paragraph.text).collect();
    let parts: [(u32, Vec<&str>); 4] = [
        (0, titles(speech)),
        (zones.people, people(site, speech)),
        (zones.labels, labels(site, speech)),
        (zones.text, paragraphs),
    ];
    // A character of Chinese takes three bytes.
    let room = parts.iter().flat_map(|(_, texts)| texts).map(|text| text.len() / 3).sum();
    let mut all = Vec::with_capacity(room);
    for (first, texts) in parts {
        let mut next = first;
        for text in texts {
            let (units, room) = units(text, script);
            all.extend(units.into_iter().map(|(at, unit)| (next + at, unit)));
            next += room + BETWEEN;
        }
    }
    all
}

fn titles(speech: &Speech) -> Vec<&str> {
    std::iter::once(&*speech.file.title).chain(speech.file.rest().subtitle.as_deref()).collect()
}

/// Names, bylines and groups; a name or group that the byline has already is not counted twice.
fn people<'a>(site: &'a Site, speech: &'a Speech) -> Vec<&'a str> {
    let mut texts = Vec::new();
    for (speaking, entry) in speech.speakers.iter().zip(&speech.file.speakers) {
        let byline = entry.byline.as_deref().unwrap_or_default();
        let group = speaking.group.map_or("", |id| site[id].name.as_str());
        texts.extend([byline, entry.name.value.as_str(), group].into_iter().enumerate().filter_map(
            |(i, text)| (!text.is_empty() && (i == 0 || !byline.contains(text))).then_some(text),
        ));
    }
    texts
}

fn labels<'a>(site: &'a Site, speech: &'a Speech) -> Vec<&'a str> {
    let themes = speech.themes.iter().map(|id| site[*id].name.as_str());
    themes.chain(std::iter::once(site[speech.meeting].name())).collect()
}
