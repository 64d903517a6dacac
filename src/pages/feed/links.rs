//! Which feeds a page announces, and its own.

use super::subject::{Form, Subject};
use crate::pages::plan::Page;
use crate::pages::vantage::Vantage;
use crate::pages::view::FeedView;

impl Vantage<'_> {
    /// The feeds that the page's head names: its own first, the site's last.
    pub fn feeds(&self) -> Vec<FeedView> {
        let mut subjects = match self.page {
            Page::Search => {
                (0..self.site.config.saved_searches.len()).map(Subject::SavedSearch).collect::<Vec<_>>()
            }
            page => subject(page).into_iter().collect(),
        };
        subjects.push(Subject::Site);
        subjects.into_iter().filter_map(|subject| self.feed(subject)).collect()
    }

    /// The feed of what this page shows.
    pub fn own_feed(&self) -> Option<FeedView> {
        self.feed(subject(self.page)?)
    }

    /// A feed as this page links it; none where `site.toml` leaves it out.
    pub fn feed(&self, of: Subject) -> Option<FeedView> {
        of.is_written(self.site).then(|| FeedView {
            title: of.title(self.site, self.theme),
            url: self.url(&of.address(self.site, Form::Atom)),
            json_url: self.url(&of.address(self.site, Form::Json)),
        })
    }
}

/// What a page shows, where that has a feed.
fn subject(page: Page) -> Option<Subject> {
    Some(match page {
        Page::Meeting(id) => Subject::Meeting(id),
        Page::Theme(id, _) => Subject::Theme(id),
        Page::Group(id, _) => Subject::Group(id),
        Page::Speaker(id, _) => Subject::Speaker(id),
        Page::Corrections(_) => Subject::Corrections,
        _ => return None,
    })
}
