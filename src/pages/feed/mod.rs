//! Feeds: what subscribers see of the site, its meetings, themes, groups, speakers and corrections, and of saved searches.
//!
//! There is one model, `Feed`, and one writer for each form. Time stamps come from the content, so that the same content
//! gives the same bytes. Entries stand by their own day, newest first; a correction moves `updated` of its speech and of
//! the feed, and leaves the speech in its place.

mod atom;
mod entry;
mod identity;
mod json;
pub mod links;
pub mod subject;

use std::borrow::Cow;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::last_change;
use super::tera_theme::TeraTheme;
use crate::site::Site;
use crate::site::links::Targets;
pub use subject::{Form, Subject};

/// Entries of a feed; that of a meeting has all its speeches.
const ENTRY_LIMIT: usize = 50;
/// When a feed without entries was last changed.
const NEVER: Date = Date::constant(2000, 1, 1);

/// What feeds are made of.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// The site, in the edition of the feed.
    pub site: &'a Site,
    /// What links in its texts can lead to.
    pub targets: &'a Targets<'a>,
    /// The Tera theme, for its words.
    pub theme: &'a TeraTheme,
}

/// A feed, whatever the form it is written in. All addresses are absolute.
struct Feed<'a> {
    /// Never changes.
    id: String,
    title: String,
    subtitle: Option<String>,
    /// Its own address.
    address: String,
    /// The page that shows the same.
    page: String,
    /// BCP 47 tag.
    language: &'a str,
    /// Who answers for it.
    author: &'a str,
    /// Where its days begin.
    zone: TimeZone,
    /// Newest first.
    entries: Vec<Entry<'a>>,
}

/// One entry of a feed.
struct Entry<'a> {
    /// Never changes, and is the same in every feed.
    id: String,
    title: Cow<'a, str>,
    page: String,
    published: Date,
    updated: Date,
    /// None where it is the feed's author.
    authors: Vec<Author<'a>>,
    themes: Vec<&'a str>,
    /// Plain text.
    summary: Cow<'a, str>,
    /// All of it as HTML; none in feeds that carry summaries only.
    html: Option<String>,
}

/// Who speaks in an entry.
struct Author<'a> {
    name: &'a str,
    page: String,
}

impl Feed<'_> {
    /// The day of its latest change.
    fn updated(&self) -> Date {
        self.entries.iter().map(|entry| entry.updated).max().unwrap_or(NEVER)
    }

    /// The beginning of a day where the site is, in RFC 3339 form.
    fn time(&self, date: Date) -> String {
        match date.to_zoned_datetime(self.zone.clone()) {
            Ok(zoned) => zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
            Err(_) => format!("{date}T00:00:00Z"),
        }
    }
}

/// The bytes of the feed of `subject` in `form`.
pub fn bytes(sources: Sources<'_>, subject: Subject, form: Form) -> Vec<u8> {
    let feed = feed(sources, subject, form);
    match form {
        Form::Atom => atom::written(&feed),
        Form::Json => json::written(&feed),
    }
}

fn feed<'a>(sources: Sources<'a>, subject: Subject, form: Form) -> Feed<'a> {
    let config = &sources.site.config;
    Feed {
        id: identity::of(&config.base_url, &subject.identity(sources.site)),
        title: subject.title(sources.site, sources.theme),
        subtitle: subject.subtitle(sources.site, sources.theme),
        address: sources.site.absolute(&subject.address(sources.site, form)),
        page: subject.page(sources.site),
        language: &config.language,
        author: config.footer.publisher.as_ref().unwrap_or(&config.title),
        zone: config.time_zone.clone(),
        entries: entries(sources, subject),
    }
}

fn entries<'a>(sources: Sources<'a>, subject: Subject) -> Vec<Entry<'a>> {
    let site = sources.site;
    if subject == Subject::Corrections {
        let newest = last_change::corrections(site).into_iter().take(ENTRY_LIMIT);
        return newest.map(|one| entry::of_correction(sources, one)).collect();
    }
    let mut speeches = subject.speeches(site);
    speeches.sort_by_key(|id| std::cmp::Reverse(site[*id].date));
    if !matches!(subject, Subject::Meeting(_)) {
        speeches.truncate(ENTRY_LIMIT);
    }
    let of_speech = if subject.is_in_full() { entry::of_speech_in_full } else { entry::of_speech_in_summary };
    speeches.into_iter().map(|id| of_speech(sources, &site[id])).collect()
}
