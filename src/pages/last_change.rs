//! What was corrected, and when the content of a page last changed: by the content, never by a clock.

use jiff::civil::Date;

use super::plan::Page;
use crate::content::speech::Correction;
use crate::site::{Site, Speech, SpeechId, Term};

/// One correction of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Corrected {
    /// The speech.
    pub speech: SpeechId,
    /// The place among its corrections.
    pub at: usize,
}

impl Corrected {
    /// What its editors wrote.
    pub fn correction(self, site: &Site) -> &Correction {
        &site[self.speech].file.rest().corrections[self.at]
    }
}

/// All corrections, newest first; those of a day in the order of the speeches. A withdrawal is none of them: the notice at its
/// address is all that is left.
pub fn corrections(site: &Site) -> Vec<Corrected> {
    let of_speech = |(i, speech): (usize, &Speech)| {
        (0..speech.file.rest().corrections.len()).map(move |at| Corrected { speech: SpeechId(i as u32), at })
    };
    let mut corrections: Vec<Corrected> = site.speeches.iter().enumerate().flat_map(of_speech).collect();
    corrections.sort_by_key(|one| std::cmp::Reverse(one.correction(site).date));
    corrections
}

/// The day on which a speech last changed: its own, or that of its last correction.
pub fn changed(speech: &Speech) -> Date {
    let corrected = speech.file.rest().corrections.iter().map(|correction| correction.date).max();
    corrected.map_or(speech.date, |date| date.max(speech.date))
}

/// When each list last changed: the newest of what it shows, on all its pages.
#[derive(Debug, Default)]
pub struct LastChanges {
    meetings: Vec<Date>,
    themes: Vec<Option<Date>>,
    groups: Vec<Option<Date>>,
    speakers: Vec<Option<Date>>,
    corrections: Option<Date>,
    site: Option<Date>,
}

impl LastChanges {
    /// Reckons them for a site.
    pub fn of(site: &Site) -> LastChanges {
        let newest = |ids: &[SpeechId]| ids.iter().map(|id| changed(&site[*id])).max();
        let of_terms = |terms: &[Term]| terms.iter().map(|term| newest(&term.speeches)).collect();
        let of_meeting = |meeting: &crate::site::Meeting| {
            newest(&meeting.speeches).map_or(meeting.file.date, |date| date.max(meeting.file.date))
        };
        let meetings: Vec<Date> = site.meetings.iter().map(of_meeting).collect();
        LastChanges {
            site: meetings.iter().copied().max(),
            meetings,
            themes: of_terms(&site.themes),
            groups: of_terms(&site.groups),
            speakers: site.speakers.iter().map(|one| newest(&one.speeches)).collect(),
            corrections: corrections(site).first().map(|one| one.correction(site).date),
        }
    }

    /// When what `page` shows last changed; none of pages that show no dated content.
    pub fn of_page(&self, site: &Site, page: Page) -> Option<Date> {
        match page {
            Page::Speech(id) => Some(changed(&site[id])),
            Page::Meeting(id) => Some(self.meetings[id.0 as usize]),
            Page::Theme(id, _) => self.themes[id.0 as usize],
            Page::Group(id, _) => self.groups[id.0 as usize],
            Page::Speaker(id, _) => self.speakers[id.0 as usize],
            Page::Corrections(_) => self.corrections,
            Page::Home
            | Page::Archive
            | Page::Meetings(_)
            | Page::Themes(_)
            | Page::Groups(_)
            | Page::Speakers(_) => self.site,
            _ => None,
        }
    }
}
