//! What a feed is about, which forms it has, and where they stand.

use rayon::prelude::*;

use crate::content::feeds::FeedKind;
use crate::content::site_config::SITE_TOML;
use crate::pages::plan::At;
use crate::pages::tera_theme::TeraTheme;
use crate::search::query::Query;
use crate::search::tokens::Script;
use crate::search::zones::{positions, zones};
use crate::site::{GroupId, MeetingId, Site, SpeakerId, SpeechId, ThemeId, edition, url};

/// What a feed is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The whole site.
    Site,
    /// One meeting.
    Meeting(MeetingId),
    /// One theme.
    Theme(ThemeId),
    /// One group.
    Group(GroupId),
    /// One speaker.
    Speaker(SpeakerId),
    /// What was corrected.
    Corrections,
    /// A saved search, by its place in `site.toml`.
    SavedSearch(usize),
}

/// How a feed is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Atom (RFC 4287).
    Atom,
    /// JSON Feed 1.1.
    Json,
}

impl Form {
    /// Both.
    pub const ALL: [Form; 2] = [Form::Atom, Form::Json];

    /// What its file names end with.
    fn ending(self) -> &'static str {
        match self {
            Form::Atom => "xml",
            Form::Json => "json",
        }
    }
}

/// All subjects that have feeds in this edition, each with the source that asks for it and its words.
pub(in crate::pages) fn all(site: &Site) -> Vec<(Subject, At<'_>, &'static str, &'static str)> {
    if !site.edition.has_texts() {
        return Vec::new();
    }
    let own = (SITE_TOML, None);
    let mut all = vec![
        (Subject::Site, own, "订阅源", "the feed"),
        (Subject::Corrections, own, "更正的订阅源", "the feed of corrections"),
    ];
    for (i, meeting) in site.meetings.iter().enumerate() {
        let own = (meeting.file.file.as_str(), None);
        all.push((Subject::Meeting(MeetingId(i as u32)), own, "会议的订阅源", "the meeting's feed"));
    }
    let ids = |count: usize| 0..count as u32;
    let themes = ids(site.themes.len()).map(|i| Subject::Theme(ThemeId(i)));
    all.extend(themes.map(|theme| (theme, own, "主题的订阅源", "the theme's feed")));
    let groups = ids(site.groups.len()).map(|i| Subject::Group(GroupId(i)));
    all.extend(groups.map(|group| (group, own, "界别的订阅源", "the group's feed")));
    let speakers = ids(site.speakers.len()).map(|i| Subject::Speaker(SpeakerId(i)));
    all.extend(speakers.map(|speaker| (speaker, own, "发言人的订阅源", "the speaker's feed")));
    for (i, saved) in site.config.saved_searches.iter().enumerate() {
        let own = (SITE_TOML, Some(saved.query.span));
        all.push((Subject::SavedSearch(i), own, "常用检索", "the saved search"));
    }
    all.retain(|(subject, ..)| subject.is_written(site));
    all
}

impl Subject {
    /// Whether `site.toml` lets it have feeds. A saved search is asked for by name, so it always has them.
    pub fn is_written(self, site: &Site) -> bool {
        let kind = match self {
            Subject::Site => FeedKind::Site,
            Subject::Meeting(_) => FeedKind::Meetings,
            Subject::Theme(_) => FeedKind::Themes,
            Subject::Group(_) => FeedKind::Groups,
            Subject::Speaker(_) => FeedKind::Speakers,
            Subject::Corrections => FeedKind::Corrections,
            Subject::SavedSearch(_) => return true,
        };
        site.config.feeds.contains(&kind)
    }

    /// Where the feed stands, also seen from editions that share it.
    pub fn address(self, site: &Site, form: Form) -> String {
        let ending = form.ending();
        site.edition.address(&match self {
            Subject::SavedSearch(at) => {
                format!("/search/saved/{}.{ending}", site.config.saved_searches[at].slug)
            }
            subject => format!("{}feed.{ending}", subject.of_main(site)),
        })
    }

    /// The page that shows the same, as the main edition has it.
    fn of_main(self, site: &Site) -> &str {
        let own = match self {
            Subject::Site => return "/",
            Subject::Corrections => return "/corrections/",
            Subject::SavedSearch(_) => return "/search/",
            Subject::Meeting(id) => &site[id].address,
            Subject::Theme(id) => &site[id].address,
            Subject::Group(id) => &site[id].address,
            Subject::Speaker(id) => &site[id].address,
        };
        site.edition.of_main(own)
    }

    /// The address of which its id is made.
    pub(super) fn identity(self, site: &Site) -> String {
        match self {
            Subject::SavedSearch(_) => self.address(site, Form::Atom),
            subject => site.edition.address(subject.of_main(site)),
        }
    }

    /// The absolute address of the page that shows the same.
    pub(super) fn page(self, site: &Site) -> String {
        let page = edition::absolute(site, &site.edition, self.of_main(site));
        match self {
            Subject::SavedSearch(at) => {
                format!("{page}?q={}", url::encode_value(&site.config.saved_searches[at].query.value))
            }
            _ => page,
        }
    }

    /// Its title, which names the site.
    pub(super) fn title(self, site: &Site, theme: &TeraTheme) -> String {
        let name = match self {
            Subject::Site => return site.config.title.clone(),
            Subject::Meeting(id) => site[id].name(),
            Subject::Theme(id) => &site[id].name,
            Subject::Group(id) => &site[id].name,
            Subject::Speaker(id) => &site[id].name,
            Subject::Corrections => theme.word("corrections"),
            Subject::SavedSearch(at) => &site.config.saved_searches[at].name,
        };
        format!("{name} - {}", site.config.title)
    }

    /// Some words about it.
    pub(super) fn subtitle(self, site: &Site, theme: &TeraTheme) -> Option<String> {
        let config = &site.config;
        match self {
            Subject::Site => config.subtitle.clone().or_else(|| config.description.clone()),
            Subject::Meeting(id) => site[id].file.subtitle.clone(),
            Subject::Theme(id) => site[id].description.clone(),
            Subject::Group(id) => site[id].description.clone(),
            Subject::Speaker(_) => None,
            Subject::Corrections => Some(theme.word("corrections_lead").to_owned()),
            Subject::SavedSearch(at) => Some(config.saved_searches[at].query.value.clone()),
        }
    }

    /// Whether its entries carry the whole text. Each speech is in full in few feeds, so that many speakers cost little.
    pub(super) fn is_in_full(self) -> bool {
        !matches!(self, Subject::Theme(_) | Subject::Group(_) | Subject::Speaker(_))
    }

    /// The speeches that it is about, in the order of the site.
    pub(super) fn speeches(self, site: &Site) -> Vec<SpeechId> {
        match self {
            Subject::Site => (0..site.speeches.len() as u32).map(SpeechId).collect(),
            Subject::Meeting(id) => site[id].speeches.clone(),
            Subject::Theme(id) => site[id].speeches.clone(),
            Subject::Group(id) => site[id].speeches.clone(),
            Subject::Speaker(id) => site[id].speeches.clone(),
            Subject::Corrections => Vec::new(),
            Subject::SavedSearch(at) => found(site, &site.config.saved_searches[at].query.value),
        }
    }
}

/// The speeches that answer a query.
fn found(site: &Site, query: &str) -> Vec<SpeechId> {
    let script = Script::of(&site.config.language);
    let query = Query::new(query, script);
    let zones = zones(site, script);
    let found: Vec<bool> = site
        .speeches
        .par_iter()
        .map(|speech| query.matches(&positions(site, speech, zones, script)))
        .collect();
    let found = found.into_iter().enumerate().filter(|(_, found)| *found);
    found.map(|(i, _)| SpeechId(i as u32)).collect()
}
