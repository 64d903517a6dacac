//! `/corrections/`: all that was corrected after publication, by day; what `corrections.html` sees of it.

use serde::Serialize;

use super::last_change::{Corrected, corrections};
use super::pager;
use super::plan::page_sizes;
use super::vantage::Vantage;
use super::view::{CorrectionView, DateView, LinkView, PagerView};
use crate::site::Site;

/// Where the list stands in the main edition.
pub const ADDRESS: &str = "/corrections/";

/// The corrections of one day: one of `days`.
#[derive(Debug, Clone, Serialize)]
pub struct CorrectionDayView<'a> {
    /// The day.
    pub date: DateView,
    /// Corrections in the order of the speeches.
    pub corrections: Vec<ListedCorrectionView<'a>>,
}

/// A correction and the speech that it mends.
#[derive(Debug, Clone, Serialize)]
pub struct ListedCorrectionView<'a> {
    /// What the page of the speech shows of it.
    #[serde(flatten)]
    pub correction: CorrectionView<'a>,
    /// The speech.
    pub speech: LinkView<'a>,
    /// Its meeting, by its short name.
    pub meeting: LinkView<'a>,
}

/// How many corrections there are.
pub fn count(site: &Site) -> usize {
    corrections(site).len()
}

impl<'a> Vantage<'a> {
    /// `days` and `pager` of page `number`.
    pub fn correction_days(&self, number: usize) -> (Vec<CorrectionDayView<'a>>, PagerView) {
        let all = corrections(self.site);
        let size = page_sizes(self.site).speeches;
        let mut days: Vec<CorrectionDayView<'a>> = Vec::new();
        for one in pager::slice(&all, number, size) {
            let listed = self.listed(*one);
            match days.last_mut().filter(|day| day.date.iso == listed.correction.date.iso) {
                Some(day) => day.corrections.push(listed),
                None => days.push(CorrectionDayView {
                    date: listed.correction.date.clone(),
                    corrections: vec![listed],
                }),
            }
        }
        (days, self.pager(&self.site.edition.address(ADDRESS), all.len(), size, number))
    }

    fn listed(&self, one: Corrected) -> ListedCorrectionView<'a> {
        let speech = &self.site[one.speech];
        ListedCorrectionView {
            correction: self.correction(one.correction(self.site)),
            speech: LinkView { name: &speech.file.title, url: self.url(&speech.address) },
            meeting: self.meeting_link(speech.meeting),
        }
    }
}
