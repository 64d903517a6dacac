//! A meeting with all its texts on one page, to be printed or kept.

use super::vantage::Vantage;
use super::view::TextView;
use crate::site::{MeetingId, SpeechId, url};

/// The page's name in the meeting's folder; the folders there are speeches.
pub const FILE: &str = "print.html";

impl<'a> Vantage<'a> {
    /// `texts`: the meeting's speeches in order.
    pub fn texts(&self, id: MeetingId) -> Vec<TextView<'a>> {
        self.site[id].speeches.iter().map(|id| self.text(*id)).collect()
    }

    fn text(&self, id: SpeechId) -> TextView<'a> {
        let speech = &self.site[id];
        let file = &speech.file;
        let own = url::last_part(&speech.address);
        TextView {
            id: own,
            body: with_unique_ids(&self.html(&file.file, &file.body), own),
            source: file.rest().source.as_ref().map(|source| self.source(source)),
            corrections: self.corrections_of(file),
            card: self.card(id),
        }
    }
}

/// Paragraphs are `p1`, `p2`… in each speech; here they are `<speech>-p1`… Quotation marks are escaped in texts, so that
/// what looks like an attribute is one.
fn with_unique_ids(html: &str, speech: &str) -> String {
    html.replace(" id=\"", &format!(" id=\"{speech}-")).replace(" href=\"#", &format!(" href=\"#{speech}-"))
}
