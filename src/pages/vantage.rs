//! The site as seen from one page: builds the views, with every address relative to that page.

use std::borrow::Cow;

use tera::{State, TeraResult};

use super::plan::{Page, page_sizes};
use super::view::*;
use super::{corrections, feed, meeting_print, offline, pager, tera_theme::TeraTheme, written_date};
use crate::chinese::{excerpt, length};
use crate::content::site_config::LinkStyle;
use crate::content::speech::{Correction, Delivery, Source, SpeakerEntry, SpeechFile, TextKind};
use crate::pictures::Pictures;
use crate::site::links::Targets;
use crate::site::{
    Edition, GroupId, Meeting, MeetingId, Site, Speaker, SpeakerId, Speaking, Speech, SpeechId, Term,
    ThemeId, url,
};
use jiff::civil::Date;

/// Characters of a page's description for search engines.
const DESCRIPTION_LIMIT: usize = 120;
/// Entries of each list on the home page.
const HOME_LIMIT: usize = 24;

/// One page's point of view.
#[derive(Clone, Copy)]
pub struct Vantage<'a> {
    /// The site, in the edition of the page.
    pub site: &'a Site,
    /// All editions, the main one first.
    pub editions: &'a [Edition],
    /// Its pictures.
    pub pictures: &'a Pictures,
    /// The Tera theme, for its words.
    pub theme: &'a TeraTheme,
    /// What links can lead to.
    pub targets: &'a Targets<'a>,
    /// The page.
    pub page: Page,
    /// Its address.
    pub address: &'a str,
    /// The page is shown at any address, so its links begin at the host's root.
    pub anywhere: bool,
}

/// The address `to` of an edition as the page that `state` renders writes it; for functions of templates.
pub fn url_of(state: &State<'_>, base_path: &str, to: &str, style: LinkStyle) -> TeraResult<String> {
    let here: String = state.get("here")?.unwrap_or_default();
    Ok(if here.is_empty() { url::from_host(base_path, to, style) } else { url::relative(&here, to, style) })
}

impl<'a> Vantage<'a> {
    /// What [`url_of`] finds under `here`: the page's address, or nothing where it is shown anywhere.
    pub fn here(&self) -> &'a str {
        if self.anywhere { "" } else { self.address }
    }

    /// What stands at `of_main` in the main edition, as this page writes the address of its own edition's.
    pub fn own_url(&self, of_main: &str) -> String {
        self.url(&self.site.edition.address(of_main))
    }

    /// The address `to` as this page writes it.
    pub fn url(&self, to: &str) -> String {
        let config = &self.site.config;
        match self.anywhere {
            true => url::from_host(&config.base_url.path, to, config.links),
            false => url::relative(self.address, to, config.links),
        }
    }

    /// An interface word; the key itself where the theme has none.
    pub fn word(&self, key: &'a str) -> &'a str {
        self.theme.word(key)
    }

    fn link(&self, name: &'a str, address: &str) -> LinkView<'a> {
        LinkView { name, url: self.url(address) }
    }

    /// `site`.
    pub fn site_view(&self) -> SiteView<'a> {
        let site = self.site;
        let config = &site.config;
        SiteView {
            title: &config.title,
            subtitle: config.subtitle.as_deref(),
            description: config.description.as_deref(),
            language: &config.language,
            base_url: site.folder(),
            counts: CountsView {
                speeches: site.speeches.len(),
                meetings: site.meetings.len(),
                speakers: site.speakers.len(),
                themes: site.themes.len(),
                groups: site.groups.len(),
            },
            footer: self.footer(),
            profile: config.profile.value.word(),
            domain: config.base_url.host(),
        }
    }

    /// `page`. `trail` is the way from home to the page, itself included.
    pub fn page_view<'v>(
        &self,
        kind: &'static str,
        title: &'v str,
        description: &'v str,
        trail: Vec<LinkView<'v>>,
    ) -> PageView<'v>
    where
        'a: 'v,
    {
        let config = &self.site.config;
        let canonical = self.canonical();
        let mut breadcrumb = Vec::new();
        if kind != "home" {
            breadcrumb.push(self.link(self.word("home"), &self.site.edition.address("/")));
            breadcrumb.extend(trail);
        }
        PageView {
            kind,
            title,
            description: excerpt::excerpt(description, DESCRIPTION_LIMIT),
            address: self.address,
            canonical,
            root: if self.anywhere { config.base_url.path.clone() } else { url::root(self.address) },
            breadcrumb,
            menu: self.menu(),
            feeds: self.feeds(),
            own_feed: self.own_feed(),
            feed_url: self.feed(feed::Subject::Site).map(|feed| feed.url),
            corrections_url: self.own_url(corrections::ADDRESS),
            search_url: self.own_url("/search/"),
            opensearch_url: self.own_url("/opensearch.xml"),
            manifest_url: config.offline.enabled.then(|| self.url(offline::MANIFEST)),
            archive_url: self.own_url("/archive/"),
            privacy_url: self.own_url("/privacy/"),
            home_url: self.own_url("/"),
            column: self.column(kind, title, description),
            mistakes_url: self.mistakes_url(),
            editions: self.edition_links(kind),
            alternates: self.alternates(kind),
            share_picture: self.share_picture(),
            noindex: matches!(kind, "404" | "redirect" | "withdrawn" | "search" | "meeting_print"),
        }
    }

    fn menu(&self) -> Vec<MenuItemView<'a>> {
        let site = self.site;
        let own = |address: &str| site.edition.address(address);
        let mut entries = vec![(self.word("home"), own("/"))];
        let lists = [
            ("meetings", site.meetings.is_empty()),
            ("themes", site.themes.is_empty()),
            ("speakers", site.speakers.is_empty()),
            ("groups", site.groups.is_empty()),
        ];
        for (key, empty) in lists {
            if !empty {
                entries.push((self.word(key), own(&format!("/{key}/"))));
            }
        }
        entries.push((self.word("search"), own("/search/")));
        let standing = site.standing.iter().filter(|page| page.file.menu);
        entries.extend(standing.map(|page| (page.file.title.as_str(), page.address.clone())));
        let edition = &self.site.edition;
        let here = edition.of_main(self.address);
        let current = |address: &str| match edition.of_main(address) {
            "/" => here == "/",
            address => here.starts_with(address),
        };
        let item = |(name, address): (&'a str, String)| MenuItemView {
            name,
            url: self.url(&address),
            current: !self.anywhere && current(&address),
        };
        entries.into_iter().map(item).collect()
    }

    /// A link to a list, for breadcrumbs.
    pub fn list_link(&self, key: &'a str) -> LinkView<'a> {
        self.link(self.word(key), &self.site.edition.address(&format!("/{key}/")))
    }

    /// A link to this page, the last of a breadcrumb.
    pub fn here_link(&self, name: &'a str) -> LinkView<'a> {
        self.link(name, self.address)
    }

    /// A link to a meeting by its name.
    pub fn meeting_link(&self, id: MeetingId) -> LinkView<'a> {
        let meeting = &self.site[id];
        self.link(meeting.name(), &meeting.address)
    }

    /// A day.
    pub fn date(&self, date: Date) -> DateView {
        written_date::written(date, &self.theme.words)
    }

    /// A speech in a list.
    pub fn card(&self, id: SpeechId) -> SpeechCardView<'a> {
        let speech = &self.site[id];
        let length = speech.file.body.length();
        SpeechCardView {
            url: self.url(&speech.address),
            title: &speech.file.title,
            subtitle: speech.file.rest().subtitle.as_deref(),
            date: self.date(speech.date),
            meeting: self.meeting_link(speech.meeting),
            position: speech.position,
            speakers: self.speaking(speech),
            themes: speech.themes.iter().map(|id| self.term_link(&self.site[*id])).collect(),
            summary: summary(speech),
            length,
            minutes: length::reading_minutes(length),
            draft: speech.draft,
            context: None,
        }
    }

    /// Speeches in a list.
    pub fn cards(&self, ids: &[SpeechId]) -> Vec<SpeechCardView<'a>> {
        ids.iter().map(|id| self.card(*id)).collect()
    }

    fn speaking(&self, speech: &'a Speech) -> Vec<SpeakingView<'a>> {
        let entries = speech.speakers.iter().zip(&speech.file.speakers);
        let view = |(speaking, entry): (&Speaking, &'a SpeakerEntry)| SpeakingView {
            name: &entry.name.value,
            url: self.url(&self.site[speaking.speaker].address),
            byline: entry.byline.as_deref(),
            roles: &entry.roles,
            group: speaking.group.map(|id| self.term_link(&self.site[id])),
        };
        entries.map(view).collect()
    }

    fn term_link(&self, term: &'a Term) -> LinkView<'a> {
        self.link(&term.name, &term.address)
    }

    /// A speech on its own page.
    pub fn speech(&self, id: SpeechId) -> SpeechView<'a> {
        let speech = &self.site[id];
        let file = &speech.file;
        let siblings = &self.site[speech.meeting].speeches;
        let at = speech.position - 1;
        let sibling = |at: Option<usize>| {
            let other = &self.site[*siblings.get(at?)?];
            Some(self.link(&other.file.title, &other.address))
        };
        SpeechView {
            card: self.card(id),
            body: self.html(&file.file, &file.body),
            delivery: file.delivery.map(|delivery| match delivery {
                Delivery::Oral => "oral",
                Delivery::Written => "written",
            }),
            text: file.text.map(|text| match text {
                TextKind::Verbatim => "verbatim",
                TextKind::Edited => "edited",
                TextKind::Summary => "summary",
            }),
            source: file.rest().source.as_ref().map(|source| self.source(source)),
            corrections: self.corrections_of(file),
            published: self.published(speech),
            editor: self.editor(speech),
            previous: sibling(at.checked_sub(1)),
            next: sibling(Some(at + 1)),
            of: siblings.len(),
            around: self.around(id),
        }
    }

    /// Who answers for the page: said by the speech, its meeting or the site.
    fn editor(&self, speech: &'a Speech) -> Option<&'a str> {
        let meeting = &self.site[speech.meeting].file;
        let said = [&speech.file.rest().editor, &meeting.editor, &self.site.config.footer.editor];
        said.into_iter().flatten().next().map(String::as_str)
    }

    pub(super) fn source(&self, source: &'a Source) -> SourceView<'a> {
        SourceView {
            name: &source.name,
            date: source.date.map(|date| self.date(date)),
            page: source.page.as_deref(),
            url: source.url.as_deref(),
        }
    }

    /// What was corrected in a speech, oldest first.
    pub(super) fn corrections_of(&self, file: &'a SpeechFile) -> Vec<CorrectionView<'a>> {
        file.rest().corrections.iter().map(|correction| self.correction(correction)).collect()
    }

    pub(super) fn correction(&self, correction: &'a Correction) -> CorrectionView<'a> {
        CorrectionView {
            date: self.date(correction.date),
            note: &correction.note,
            before: correction.before.as_deref(),
            after: correction.after.as_deref(),
        }
    }

    /// What is left of a withdrawn speech.
    pub fn withdrawn(&self, at: usize) -> WithdrawnView<'a> {
        let withdrawn = &self.site.withdrawn[at];
        WithdrawnView {
            date: self.date(withdrawn.withdrawn.date),
            note: withdrawn.withdrawn.note.as_deref(),
            meeting: Some(self.meeting_link(withdrawn.meeting)),
        }
    }

    /// A meeting in a list.
    pub fn meeting_card(&self, id: MeetingId) -> MeetingCardView<'a> {
        let meeting = &self.site[id];
        let file = &meeting.file;
        MeetingCardView {
            url: self.url(&meeting.address),
            slug: url::last_part(&meeting.address),
            title: &file.title,
            subtitle: file.subtitle.as_deref(),
            name: meeting.name(),
            date: self.date(file.date),
            place: file.place.as_deref(),
            summary: file.body.opening(),
            count: meeting.speeches.len(),
        }
    }

    /// A meeting with its speeches.
    pub fn meeting(&self, id: MeetingId) -> MeetingView<'a> {
        let meeting: &'a Meeting = &self.site[id];
        let speeches: Vec<&Speech> = meeting.speeches.iter().map(|id| &self.site[*id]).collect();
        let mut speakers: Vec<SpeakerId> =
            speeches.iter().flat_map(|s| s.speakers.iter().map(|s| s.speaker)).collect();
        speakers.sort();
        speakers.dedup();
        MeetingView {
            card: self.meeting_card(id),
            body: self.html(&meeting.file.file, &meeting.file.body),
            source: meeting.file.source.as_ref().map(|source| self.source(source)),
            speeches: self.cards(&meeting.speeches),
            speakers: speakers.len(),
            length: speeches.iter().map(|speech| speech.file.body.length()).sum(),
            print_url: (speeches.len() > 1)
                .then(|| self.url(&format!("{}{}", meeting.address, meeting_print::FILE))),
        }
    }

    /// Meetings of one page of the list, by year.
    pub fn years(&self, number: usize) -> Vec<YearView<'a>> {
        let shown = pager::places(self.site.meetings.len(), page_sizes(self.site).terms, number);
        let mut years: Vec<YearView<'a>> = Vec::new();
        for id in shown.map(|i| MeetingId(i as u32)) {
            let card = self.meeting_card(id);
            match years.last_mut().filter(|year| year.year == card.date.year) {
                Some(year) => year.meetings.push(card),
                None => years.push(YearView { year: card.date.year, meetings: vec![card] }),
            }
        }
        years
    }

    /// The newest meetings, for the home and search pages.
    pub fn newest_meetings(&self, skip: usize) -> Vec<MeetingCardView<'a>> {
        let ids = (0..self.site.meetings.len()).map(|i| MeetingId(i as u32));
        ids.skip(skip).take(HOME_LIMIT).map(|id| self.meeting_card(id)).collect()
    }

    /// A theme or group.
    pub fn term(&self, term: &'a Term) -> TermView<'a> {
        TermView {
            name: &term.name,
            url: self.url(&term.address),
            slug: url::last_part(&term.address),
            description: term.description.as_deref(),
            count: term.speeches.len(),
        }
    }

    /// Themes for the home and search pages: all, or the most used ones in their order.
    pub fn top_terms(&self, terms: &'a [Term]) -> Vec<TermView<'a>> {
        let mut counts: Vec<usize> = terms.iter().map(|term| term.speeches.len()).collect();
        counts.sort_unstable_by(|a, b| b.cmp(a));
        let least = counts.get(HOME_LIMIT.saturating_sub(1)).copied().unwrap_or(0);
        terms
            .iter()
            .filter(|term| term.speeches.len() >= least)
            .take(HOME_LIMIT)
            .map(|term| self.term(term))
            .collect()
    }

    /// A speaker; biography and history only on the own page.
    pub fn speaker(&self, id: SpeakerId, with_biography: bool) -> SpeakerView<'a> {
        let speaker: &'a Speaker = &self.site[id];
        let mut groups: Vec<GroupId> = Vec::new();
        let mut roles: Option<&'a [String]> = None;
        for speech in speaker.speeches.iter().map(|id| &self.site[*id]) {
            for (speaking, entry) in speech.speakers.iter().zip(&speech.file.speakers) {
                if speaking.speaker == id {
                    roles.get_or_insert(&entry.roles);
                    groups.extend(speaking.group.filter(|group| !groups.contains(group)));
                }
            }
        }
        let biography = speaker.biography.as_ref().filter(|_| with_biography);
        SpeakerView {
            name: &speaker.name,
            url: self.url(&speaker.address),
            slug: url::last_part(&speaker.address),
            roles: roles.unwrap_or_default(),
            groups: groups.into_iter().map(|id| self.term_link(&self.site[id])).collect(),
            count: speaker.speeches.len(),
            body: biography.map(|(file, body)| self.html(file, body)),
            history: if with_biography { self.roles(id) } else { Vec::new() },
        }
    }

    /// Speakers of one page of the list, by initial.
    pub fn initials(&self, number: usize) -> Vec<InitialView<'a>> {
        let shown = pager::places(self.site.speakers.len(), page_sizes(self.site).speakers, number);
        let mut initials: Vec<InitialView<'a>> = Vec::new();
        for id in shown.map(|i| SpeakerId(i as u32)) {
            let initial = self.initial(&self.site[id].initial);
            let view = self.speaker(id, false);
            match initials.last_mut().filter(|last| last.initial == initial) {
                Some(last) => last.speakers.push(view),
                None => initials.push(InitialView { initial, speakers: vec![view] }),
            }
        }
        initials
    }

    /// A letter as it is, a number of strokes in words.
    fn initial(&self, initial: &'a str) -> Cow<'a, str> {
        match initial.bytes().all(|byte| byte.is_ascii_digit()) {
            true => self.word("strokes").replace("{n}", initial).into(),
            false => initial.into(),
        }
    }

    /// The pager of page `number` of a list.
    pub fn pager(&self, list: &str, total: usize, size: usize, number: usize) -> PagerView {
        pager::view(total, size, number, |n| self.url(&pager::address(list, n)))
    }

    /// Where the redirect at `at` leads.
    pub fn target(&self, at: usize) -> TargetView<'a> {
        let redirect = &self.site.redirects[at];
        TargetView {
            url: self.url(&redirect.to),
            file_url: url::relative(self.address, &redirect.to, LinkStyle::Explicit),
            canonical: self.canonical_of(&redirect.to),
            title: redirect.title.as_deref().unwrap_or_else(|| self.untitled(&redirect.to)),
        }
    }

    /// What a page without a title of its own is called.
    fn untitled(&self, address: &'a str) -> &'a str {
        if self.site.withdrawn.iter().any(|withdrawn| withdrawn.address == address) {
            return self.word("withdrawn");
        }
        match self.site.edition.of_main(address).trim_matches('/') {
            "" => &self.site.config.title,
            key if self.theme.words.contains_key(key) => self.word(key),
            _ => self.word("moved"),
        }
    }

    /// The theme at `id`, for its page.
    pub fn theme_term(&self, id: ThemeId) -> TermView<'a> {
        self.term(&self.site[id])
    }

    /// The group at `id`, for its page.
    pub fn group_term(&self, id: GroupId) -> TermView<'a> {
        self.term(&self.site[id])
    }
}

/// The summary of a speech: its editors', or its first sentences.
pub fn summary(speech: &Speech) -> Cow<'_, str> {
    match &speech.file.rest().summary {
        Some(summary) => summary.into(),
        None => speech.file.body.opening(),
    }
}
