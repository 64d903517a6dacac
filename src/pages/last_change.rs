//! What was changed after publication, and when the content of a page last changed: by the content, never by a clock.

use jiff::civil::Date;

use super::plan::Page;
use crate::site::{Site, Speech, SpeechId, Term};

/// A change that an office announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// A correction: the speech, and its place among the corrections.
    Correction(SpeechId, usize),
    /// A withdrawal, by its place in [`Site::withdrawn`].
    Withdrawal(usize),
}

impl Change {
    /// The day of it.
    pub fn date(self, site: &Site) -> Date {
        match self {
            Change::Correction(id, at) => site[id].file.corrections[at].date,
            Change::Withdrawal(at) => site.withdrawn[at].withdrawn.date,
        }
    }
}

/// All changes, newest first; those of a day in the order of the speeches, withdrawals last.
pub fn changes(site: &Site) -> Vec<Change> {
    let of_speech = |(i, speech): (usize, &Speech)| {
        (0..speech.file.corrections.len()).map(move |at| Change::Correction(SpeechId(i as u32), at))
    };
    let mut changes: Vec<Change> = site.speeches.iter().enumerate().flat_map(of_speech).collect();
    changes.extend((0..site.withdrawn.len()).map(Change::Withdrawal));
    changes.sort_by_key(|change| std::cmp::Reverse(change.date(site)));
    changes
}

/// The day on which a speech last changed: its own, or that of its last correction.
pub fn changed(speech: &Speech) -> Date {
    let corrected = speech.file.corrections.iter().map(|correction| correction.date).max();
    corrected.map_or(speech.date, |date| date.max(speech.date))
}

/// When each list last changed: the newest of what it shows, on all its pages.
pub struct LastChanges {
    meetings: Vec<Date>,
    themes: Vec<Option<Date>>,
    groups: Vec<Option<Date>>,
    speakers: Vec<Option<Date>>,
    corrections: Option<Date>,
}

impl LastChanges {
    /// Reckons them for a site.
    pub fn of(site: &Site) -> LastChanges {
        let newest = |ids: &[SpeechId]| ids.iter().map(|id| changed(&site[*id])).max();
        let of_terms = |terms: &[Term]| terms.iter().map(|term| newest(&term.speeches)).collect();
        let meeting = |meeting: &crate::site::Meeting| newest(&meeting.speeches).max(Some(meeting.file.date));
        let mut meetings: Vec<Date> =
            site.meetings.iter().map(|one| meeting(one).unwrap_or(one.file.date)).collect();
        for one in &site.withdrawn {
            let of_meeting = &mut meetings[one.meeting.0 as usize];
            *of_meeting = one.withdrawn.date.max(*of_meeting);
        }
        LastChanges {
            meetings,
            themes: of_terms(&site.themes),
            groups: of_terms(&site.groups),
            speakers: site.speakers.iter().map(|one| newest(&one.speeches)).collect(),
            corrections: changes(site).first().map(|change| change.date(site)),
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
            | Page::Speakers(_) => self.meetings.iter().copied().max(),
            _ => None,
        }
    }
}
