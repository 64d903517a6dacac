//! Lists every file of the output as a [`Page`], and finds two that want one address.

use std::collections::BTreeSet;
use std::hash::BuildHasher as _;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

use super::collisions::{collisions, lost_redirects};
use super::feed::{Form, Subject};
use super::sitemap::Sitemap;
use super::tera_theme::TeraTheme;
use super::{corrections, feed, sitemap};
use crate::content::site_config::SITE_TOML;
use crate::diagnostic::{Diagnostic, Message, Place};
use crate::output::without_page;
use crate::pictures::Pictures;
use crate::site::links::Files;
use crate::site::{Edition, GroupId, MeetingId, Redirect, Site, SpeakerId, SpeechId, ThemeId};

/// One file of the output. Whatever is in `public/` is one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// The home page.
    Home,
    /// Meetings by year; page number from 1, as in all lists.
    Meetings(usize),
    /// One meeting with its speeches in order.
    Meeting(MeetingId),
    /// One meeting with all its texts, for printing.
    MeetingPrint(MeetingId),
    /// One speech.
    Speech(SpeechId),
    /// The notice of a withdrawn speech, by its place in [`Site::withdrawn`].
    Withdrawn(usize),
    /// All themes.
    Themes(usize),
    /// The speeches of one theme.
    Theme(ThemeId, usize),
    /// All groups.
    Groups(usize),
    /// The speeches of one group.
    Group(GroupId, usize),
    /// All speakers.
    Speakers(usize),
    /// The speeches of one speaker.
    Speaker(SpeakerId, usize),
    /// What was corrected.
    Corrections(usize),
    /// Speeches by theme and year.
    Archive,
    /// What the site keeps of its readers.
    Privacy,
    /// The web manifest.
    WebManifest,
    /// The service worker, and the digests of what it may keep.
    ServiceWorker,
    /// The search page.
    Search,
    /// A standing page, by its place in [`Site::standing`].
    Standing(usize),
    /// What hosts show for an address that does not exist.
    NotFound,
    /// An old address that leads to a page, by its place in [`Site::redirects`].
    Redirect(usize),
    /// A feed in one of its forms.
    Feed(Subject, Form),
    /// The sitemap, or the list of its parts.
    Sitemap,
    /// A part of the sitemap, from 1.
    SitemapPart(usize),
    /// `robots.txt`.
    Robots,
    /// The page for portals that take over the search.
    Embed,
    /// The search client at an address that stays.
    EmbedScript,
    /// The part of the search client that is loaded when it is needed.
    SecondScript,
    /// The OpenSearch description.
    OpenSearch,
    /// All texts as JSON, or where they are by year.
    SearchData,
    /// The texts of one year as JSON.
    SearchYear(i16),
    /// The manifest of the search index, and the folder of files beside it that it names.
    SearchIndex,
    /// The JSON Schema of the texts.
    SearchSchema,
    /// The JSON Schema of the search index.
    IndexSchema,
    /// A file copied from the sources, by its place in [`Site::assets`].
    Asset(usize),
    /// A smaller copy of a picture: its place in [`Pictures::shown`], and that of the copy.
    PictureCopy(usize, usize),
    /// The picture that stands for a speech where it is shared.
    SharePicture(SpeechId),
    /// The picture that stands for all other pages.
    SiteSharePicture,
    /// A file of the Tera theme, by its place in [`TeraTheme::assets`].
    ThemeAsset(usize),
}

impl Page {
    /// The template that renders it; none where it is made without one.
    pub fn template(self) -> Option<&'static str> {
        Some(match self {
            Page::Home => "home",
            Page::Meetings(_) => "meetings",
            Page::Meeting(_) => "meeting",
            Page::MeetingPrint(_) => "meeting_print",
            Page::Archive => "archive",
            Page::Corrections(_) => "corrections",
            Page::Privacy => "privacy",
            Page::Speech(_) => "speech",
            Page::Withdrawn(_) => "withdrawn",
            Page::Themes(_) => "themes",
            Page::Theme(..) => "theme",
            Page::Groups(_) => "groups",
            Page::Group(..) => "group",
            Page::Speakers(_) => "speakers",
            Page::Speaker(..) => "speaker",
            Page::Search => "search",
            Page::Embed => "embed",
            Page::Standing(_) => "page",
            Page::NotFound => "404",
            Page::Redirect(_) => "redirect",
            Page::Feed(..)
            | Page::Sitemap
            | Page::SitemapPart(_)
            | Page::Robots
            | Page::EmbedScript
            | Page::SecondScript
            | Page::OpenSearch
            | Page::WebManifest
            | Page::ServiceWorker
            | Page::SearchData
            | Page::SearchYear(_)
            | Page::SearchIndex
            | Page::SearchSchema
            | Page::IndexSchema
            | Page::Asset(_)
            | Page::PictureCopy(..)
            | Page::SharePicture(_)
            | Page::SiteSharePicture
            | Page::ThemeAsset(_) => return None,
        })
    }
}

/// A page with its address.
#[derive(Debug, Clone)]
pub struct Planned {
    /// The page.
    pub page: Page,
    /// The edition that it belongs to, by its place among all.
    pub edition: usize,
    /// Its address, such as `/themes/`, with the path of its edition.
    pub address: Box<str>,
}

impl Planned {
    /// Its path in the output as [`without_page`] writes it.
    pub(super) fn path(&self) -> &str {
        without_page(self.address.trim_start_matches('/'))
    }
}

/// The source that asks for a page, and what the page is there. There is one for each page of the site: it holds no texts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cause<'a> {
    pub(super) at: At<'a>,
    zh: &'a str,
    en: &'a str,
}

/// A file, and the bytes of it that are meant; none where all are.
pub(super) type At<'a> = (&'a str, Option<(usize, usize)>);

impl Cause<'_> {
    /// Where it stands.
    pub(super) fn place(&self) -> Place {
        Place { file: self.at.0.to_owned(), span: self.at.1 }
    }

    /// The same for a message.
    pub(super) fn told(&self) -> (Place, Message) {
        (self.place(), Message::new(self.zh, self.en))
    }
}

/// All pages of a site.
#[derive(Debug)]
pub struct Plan {
    /// In a fixed order.
    pub pages: Vec<Planned>,
    /// How the sitemap lists them.
    pub sitemap: Sitemap,
    /// The places of all pages, by their output paths: a set of these would take as much room again as the pages.
    places: HashTable<u32>,
}

impl Plan {
    fn new(pages: Vec<Planned>, sitemap: Sitemap) -> Plan {
        let hash = |at: &u32| FxBuildHasher.hash_one(pages[*at as usize].path());
        let mut places = HashTable::with_capacity(pages.len());
        for at in 0..pages.len() as u32 {
            places.insert_unique(hash(&at), at, hash);
        }
        Plan { pages, sitemap, places }
    }
}

impl Files for Plan {
    fn has(&self, path: &str) -> bool {
        let wanted = without_page(path);
        let is_it = |at: &u32| self.pages[*at as usize].path() == wanted;
        !path.is_empty()
            && !path.ends_with('/')
            && self.places.find(FxBuildHasher.hash_one(wanted), is_it).is_some()
    }
}

/// How many entries the pages of each list hold.
#[derive(Debug, Clone, Copy)]
pub struct PageSizes {
    /// Speeches of a theme, group or speaker.
    pub speeches: usize,
    /// Themes, groups or meetings.
    pub terms: usize,
    /// Speakers.
    pub speakers: usize,
}

/// The sizes that follow from `page_size` of `site.toml`: short entries, longer pages.
pub fn page_sizes(site: &Site) -> PageSizes {
    let size = site.config.page_size;
    PageSizes { speeches: size, terms: size * 5, speakers: size * 10 }
}

/// Lists all pages of all editions, each a site with its Tera theme and pictures, the main one first. Two with one address are an
/// error that names both causes.
pub fn plan<'a>(
    editions: impl Iterator<Item = (&'a Site, &'a TeraTheme, &'a Pictures)>,
) -> (Plan, Vec<Diagnostic>) {
    let editions: Vec<_> = editions.collect();
    let mut planner = Planner { pages: Vec::new(), causes: Vec::new(), edition: 0 };
    let mut assets = BTreeSet::new();
    let mut redirects: &[Redirect] = &[];
    let mut sitemap = Sitemap::default();
    for (at, (site, theme, pictures)) in editions.iter().enumerate() {
        planner.edition = at;
        planner.fixed(site);
        planner.searches(site);
        planner.feeds(site);
        planner.records(site);
        planner.lists(site);
        planner.redirects(site);
        if at == 0 {
            redirects = &site.redirects;
            planner.files(site);
            planner.copies(site, pictures);
        }
        if site.edition.has_texts() {
            planner.share_pictures(site, pictures);
        }
        planner.theme_files(theme, &mut assets);
    }
    if let [(main, ..), ..] = editions.as_slice() {
        let all: Vec<Edition> = editions.iter().map(|(site, ..)| site.edition.clone()).collect();
        sitemap = planner.sitemap(main, &all);
    }
    let Planner { mut pages, causes, .. } = planner;
    let mut diagnostics = collisions(&pages, &causes);
    diagnostics.extend(lost_redirects(redirects, &pages, &causes));
    pages.shrink_to_fit();
    (Plan::new(pages, sitemap), diagnostics)
}

struct Planner<'a> {
    pages: Vec<Planned>,
    /// One for each page.
    causes: Vec<Cause<'a>>,
    edition: usize,
}

impl<'a> Planner<'a> {
    /// A page that a whole file asks for.
    fn add(&mut self, page: Page, address: &str, file: &'a str, zh: &'a str, en: &'a str) {
        self.add_at(page, address, (file, None), zh, en);
    }

    /// A page that a place in a file asks for.
    fn add_at(&mut self, page: Page, address: &str, at: At<'a>, zh: &'a str, en: &'a str) {
        self.pages.push(Planned { page, edition: self.edition, address: address.into() });
        self.causes.push(Cause { at, zh, en });
    }

    /// The sitemap of all pages so far, with the parts of one that is too long for one file; of the main edition.
    fn sitemap(&mut self, site: &'a Site, editions: &[Edition]) -> Sitemap {
        self.edition = 0;
        let sitemap = Sitemap::of(sitemap::Sources { site, editions, pages: &self.pages });
        for number in 1..=sitemap.parts() {
            let (page, address) = (Page::SitemapPart(number), sitemap::part_address(number));
            self.add(page, &address, SITE_TOML, "网站地图的一部分", "a part of the sitemap");
        }
        sitemap
    }

    fn files(&mut self, site: &'a Site) {
        for (i, asset) in site.assets.iter().enumerate() {
            self.add(Page::Asset(i), &asset.address, &asset.file, "文件", "the file");
        }
    }

    /// Files of a Tera theme; those that another edition has too, digest and all, stand once.
    fn theme_files(&mut self, theme: &'a TeraTheme, taken: &mut BTreeSet<&'a str>) {
        for (i, asset) in theme.assets.iter().enumerate() {
            if taken.insert(&asset.address) {
                self.add(
                    Page::ThemeAsset(i),
                    &asset.address,
                    &asset.file,
                    "模板的文件",
                    "the Tera theme's file",
                );
            }
        }
    }

    fn fixed(&mut self, site: &'a Site) {
        let pages = [
            (Page::Home, "/", "首页", "the home page"),
            (Page::Search, "/search/", "搜索页", "the search page"),
            (Page::Archive, "/archive/", "总览页", "the archive"),
        ];
        let single = [
            (Page::NotFound, "/404.html", "404 页", "the 404 page"),
            (Page::Sitemap, "/sitemap.xml", "网站地图", "the sitemap"),
            (Page::Robots, "/robots.txt", "robots.txt", "robots.txt"),
        ];
        let of_texts = [
            (Page::SearchData, "/search/speeches.json", "全文数据", "the texts"),
            (Page::SearchSchema, "/search/speeches.schema.json", "全文数据的说明", "the schema of the texts"),
            (Page::SearchIndex, "/search/index.json", "搜索索引", "the search index"),
            (Page::IndexSchema, "/search/index.schema.json", "搜索索引的说明", "the search index's schema"),
            (Page::Embed, "/embed/", "嵌入说明页", "the page on embedding"),
            (Page::EmbedScript, "/embed.js", "嵌入的脚本", "the script to embed"),
            (Page::SecondScript, "/search/more.js", "搜索脚本", "the search script"),
            (Page::OpenSearch, "/opensearch.xml", "OpenSearch 说明", "the OpenSearch description"),
        ];
        let offline = [
            (Page::WebManifest, super::offline::MANIFEST, "网页应用清单", "the web manifest"),
            (Page::ServiceWorker, super::offline::WORKER, "离线阅读的脚本", "the service worker"),
        ];
        let offline = offline.into_iter().filter(|_| site.config.offline.enabled);
        let single = single.into_iter().chain(offline).filter(|_| self.edition == 0);
        let of_texts = of_texts.into_iter().filter(|_| site.edition.has_texts());
        let all: Vec<_> = pages.into_iter().chain(single).chain(of_texts).collect();
        for (page, address, zh, en) in all {
            self.add(page, &site.edition.address(address), SITE_TOML, zh, en);
        }
    }

    fn copies(&mut self, site: &'a Site, pictures: &Pictures) {
        for (i, shown) in pictures.shown.iter().enumerate() {
            let file = &site.assets[shown.asset].file;
            for (n, copy) in shown.copies.iter().enumerate() {
                self.add(Page::PictureCopy(i, n), &copy.address, file, "缩小的图片", "the smaller picture");
            }
        }
    }

    fn share_pictures(&mut self, site: &'a Site, pictures: &Pictures) {
        let Some(share) = &pictures.share else { return };
        self.add(Page::SiteSharePicture, share.site_address(), SITE_TOML, "分享图", "the share picture");
        for (i, speech) in site.speeches.iter().enumerate() {
            let id = SpeechId(i as u32);
            let file = &speech.file.file;
            self.add(Page::SharePicture(id), share.speech_address(id), file, "分享图", "the share picture");
        }
    }

    fn searches(&mut self, site: &'a Site) {
        if !site.edition.has_texts() {
            return;
        }
        for year in super::data::years(site) {
            let address = site.edition.address(&super::data::year_address(year));
            self.add(Page::SearchYear(year), &address, SITE_TOML, "一年的全文数据", "the texts of a year");
        }
    }

    fn feeds(&mut self, site: &'a Site) {
        for (subject, at, zh, en) in feed::subject::all(site) {
            for form in Form::ALL {
                self.add_at(Page::Feed(subject, form), &subject.address(site, form), at, zh, en);
            }
        }
    }

    fn records(&mut self, site: &'a Site) {
        for (i, meeting) in site.meetings.iter().enumerate() {
            let page = Page::Meeting(MeetingId(i as u32));
            let file = &meeting.file.file;
            self.add(page, &meeting.address, file, "会议", "the meeting");
            if meeting.speeches.len() < 2 {
                continue;
            }
            let print = format!("{}{}", meeting.address, super::meeting_print::FILE);
            let page = Page::MeetingPrint(MeetingId(i as u32));
            self.add(page, &print, file, "会议的打印页", "the meeting's page for printing");
        }
        for (i, speech) in site.speeches.iter().enumerate() {
            let id = SpeechId(i as u32);
            self.add(Page::Speech(id), &speech.address, &speech.file.file, "发言", "the speech");
        }
        for (i, withdrawn) in site.withdrawn.iter().enumerate() {
            self.add(
                Page::Withdrawn(i),
                &withdrawn.address,
                &withdrawn.file,
                "撤回的发言",
                "the withdrawn speech",
            );
        }
        let privacy = site.edition.address("/privacy/");
        if site.standing.iter().all(|standing| standing.address != privacy) {
            self.add(Page::Privacy, &privacy, SITE_TOML, "隐私说明", "the page on privacy");
        }
        for (i, standing) in site.standing.iter().enumerate() {
            self.add(Page::Standing(i), &standing.address, &standing.file.file, "页面", "the page");
        }
    }

    fn redirects(&mut self, site: &'a Site) {
        for (i, Redirect { from, cause: (place, noun), .. }) in site.redirects.iter().enumerate() {
            self.add_at(Page::Redirect(i), from, (&place.file, place.span), &noun.zh, &noun.en);
        }
    }

    fn lists(&mut self, site: &'a Site) {
        let sizes = page_sizes(site);
        self.list(
            &site.edition.address("/meetings/"),
            site.meetings.len(),
            sizes.terms,
            Page::Meetings,
            "会议目录",
            "the list of meetings",
        );
        let list = site.edition.address(corrections::ADDRESS);
        let count = corrections::count(site);
        self.list(&list, count, sizes.speeches, Page::Corrections, "更正目录", "the list of corrections");
        let [themes, groups] = ["/themes/", "/groups/"].map(|list| site.edition.address(list));
        self.list(&themes, site.themes.len(), sizes.terms, Page::Themes, "主题目录", "the list of themes");
        self.list(&groups, site.groups.len(), sizes.terms, Page::Groups, "界别目录", "the list of groups");
        self.list(
            &site.edition.address("/speakers/"),
            site.speakers.len(),
            sizes.speakers,
            Page::Speakers,
            "发言人目录",
            "the list of speakers",
        );
        for (i, theme) in site.themes.iter().enumerate() {
            let page = |number| Page::Theme(ThemeId(i as u32), number);
            self.list(&theme.address, theme.speeches.len(), sizes.speeches, page, "主题", "the theme");
        }
        for (i, group) in site.groups.iter().enumerate() {
            let page = |number| Page::Group(GroupId(i as u32), number);
            self.list(&group.address, group.speeches.len(), sizes.speeches, page, "界别", "the group");
        }
        for (i, speaker) in site.speakers.iter().enumerate() {
            let page = |number| Page::Speaker(SpeakerId(i as u32), number);
            self.list(
                &speaker.address,
                speaker.speeches.len(),
                sizes.speeches,
                page,
                "发言人",
                "the speaker",
            );
        }
    }

    fn list(
        &mut self,
        address: &str,
        total: usize,
        size: usize,
        page: impl Fn(usize) -> Page,
        zh: &'a str,
        en: &'a str,
    ) {
        for number in 1..=super::pager::pages(total, size) {
            self.add(page(number), &super::pager::address(address, number), SITE_TOML, zh, en);
        }
    }
}
