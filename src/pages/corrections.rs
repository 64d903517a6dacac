//! `/corrections/`: all that was corrected or withdrawn after publication, by day; what `corrections.html` sees of it.

use serde::Serialize;

use super::last_change::{Change, changes};
use super::pager;
use super::plan::page_sizes;
use super::vantage::Vantage;
use super::view::{DateView, LinkView, PagerView};
use crate::site::Site;

/// Where the list stands in the main edition.
pub const ADDRESS: &str = "/corrections/";

/// The changes of one day: one of `days`.
#[derive(Debug, Clone, Serialize)]
pub struct ChangesView {
    /// The day.
    pub date: DateView,
    /// What was changed.
    pub changes: Vec<ChangeView>,
}

/// One correction or withdrawal.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeView {
    /// The speech; of a withdrawn one the notice.
    pub url: String,
    /// Title of the speech; none of a withdrawn one, of which nothing is told.
    pub title: Option<String>,
    /// The meeting, by its short name.
    pub meeting: LinkView,
    /// What was done and why.
    pub note: Option<String>,
    /// The words before.
    pub before: Option<String>,
    /// The words after.
    pub after: Option<String>,
}

/// How many changes there are.
pub fn count(site: &Site) -> usize {
    changes(site).len()
}

impl Vantage<'_> {
    /// `days` and `pager` of page `number`.
    pub fn changes(&self, number: usize) -> (Vec<ChangesView>, PagerView) {
        let site = self.site;
        let all = changes(site);
        let size = page_sizes(site).speeches;
        let mut days: Vec<ChangesView> = Vec::new();
        for change in pager::slice(&all, number, size) {
            let date = self.date(change.date(site));
            let view = self.change(*change);
            match days.last_mut().filter(|day| day.date.iso == date.iso) {
                Some(day) => day.changes.push(view),
                None => days.push(ChangesView { date, changes: vec![view] }),
            }
        }
        (days, self.pager(&site.edition.address(ADDRESS), all.len(), size, number))
    }

    fn change(&self, change: Change) -> ChangeView {
        match change {
            Change::Correction(id, at) => {
                let speech = &self.site[id];
                let correction = &speech.file.corrections[at];
                ChangeView {
                    url: self.url(&speech.address),
                    title: Some(speech.file.title.clone()),
                    meeting: self.meeting_link(speech.meeting),
                    note: Some(correction.note.clone()),
                    before: correction.before.clone(),
                    after: correction.after.clone(),
                }
            }
            Change::Withdrawal(at) => {
                let withdrawn = &self.site.withdrawn[at];
                ChangeView {
                    url: self.url(&withdrawn.address),
                    title: None,
                    meeting: self.meeting_link(withdrawn.meeting),
                    note: withdrawn.withdrawn.note.clone(),
                    before: None,
                    after: None,
                }
            }
        }
    }
}
