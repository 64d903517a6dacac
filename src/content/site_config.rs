//! `content/site.toml`: what an office sets for its whole site.

use jiff::tz::TimeZone;

use super::Rules;
use super::aliases::{self, RedirectConfig};
use super::editions::{self, Editions};
use super::feeds::{self, FeedKind};
use super::fields::{Fields, Located};
use super::front_matter::parse_toml;
use super::profile::{self, Profile};
use crate::chinese::collation::Order;
use crate::diagnostic::{Diagnostic, Place};
use crate::hosts::Host;

/// Where the settings stand.
pub const SITE_TOML: &str = "content/site.toml";

/// The settings of a site.
#[derive(Debug, Clone)]
pub struct SiteConfig {
    /// Name of the site.
    pub title: String,
    /// A second line under the name.
    pub subtitle: Option<String>,
    /// One sentence about the site.
    pub description: Option<String>,
    /// Where the site will stand.
    pub base_url: BaseUrl,
    /// BCP 47 tag, such as `zh-CN`.
    pub language: String,
    /// Where days begin and embargoes end.
    pub time_zone: TimeZone,
    /// Name of the Tera theme.
    pub tera_theme: Located<String>,
    /// Entries on one page of a list.
    pub page_size: usize,
    /// How names are sorted.
    pub sort: Order,
    /// Which customs of public sites are followed.
    pub profile: Located<Profile>,
    /// How links to folders are written.
    pub links: LinkStyle,
    /// Where the site will be hosted.
    pub hosts: Vec<Located<Host>>,
    /// Which compressed twins files of text get.
    pub precompress: Vec<Compression>,
    /// Whether HTML is minified.
    pub minify: bool,
    /// Whether a few tags of HTML in texts are what they say.
    pub raw_html: bool,
    /// What holds for the output folder.
    pub output: OutputConfig,
    /// Facts for the foot of each page.
    pub footer: Footer,
    /// What the search offers and how its index is written.
    pub search: SearchConfig,
    /// Reading without a network.
    pub offline: Offline,
    /// Pictures that stand for shared pages.
    pub share_pictures: SharePicturesConfig,
    /// Which lists have feeds.
    pub feeds: Vec<FeedKind>,
    /// Searches whose results have a feed of their own.
    pub saved_searches: Vec<SavedSearch>,
    /// Old addresses that no page takes over by an alias.
    pub redirects: Vec<RedirectConfig>,
    /// Numbers that look like a person's but are meant for everybody, such as an office's telephone.
    pub public_numbers: Vec<String>,
    /// Further complete readings of the site.
    pub editions: Editions,
    /// The closed list of themes, if there is one.
    pub themes: Option<Vec<TermConfig>>,
    /// The closed list of groups, if there is one.
    pub groups: Option<Vec<TermConfig>>,
}

/// What holds for the output folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputConfig {
    /// Files, and folders with a slash at the end, that stay in it though they are not part of the site.
    pub keep: Vec<String>,
    /// How many of a hundred pages may go in one build.
    pub shrink_limit: usize,
}

impl Default for OutputConfig {
    fn default() -> OutputConfig {
        OutputConfig { keep: Vec::new(), shrink_limit: 30 }
    }
}

/// How links to folders are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkStyle {
    /// `../themes/`: hosts show the `index.html` of a folder.
    Folder,
    /// `../themes/index.html`: for hosts that do not.
    Explicit,
}

/// How the twin of a file is compressed: `precompress` in `site.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compression {
    /// gzip (RFC 1952): `.gz`.
    Gzip,
    /// Brotli (RFC 7932): `.br`.
    Brotli,
}

impl Compression {
    /// Its content coding in HTTP, and its word in `site.toml`.
    pub fn coding(self) -> &'static str {
        match self {
            Compression::Gzip => "gzip",
            Compression::Brotli => "br",
        }
    }

    /// What the names of its files end in, without a dot.
    pub fn ending(self) -> &'static str {
        match self {
            Compression::Gzip => "gz",
            Compression::Brotli => "br",
        }
    }
}

/// Facts for the foot of each page.
#[derive(Debug, Clone, Default)]
pub struct Footer {
    /// Who answers for the site (主办单位).
    pub publisher: Option<String>,
    /// Who runs it (承办单位).
    pub operator: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// Who answers for pages that name nobody else (责任编辑).
    pub editor: Option<String>,
    /// Address to which readers report mistakes, `https:` or `mailto:`.
    pub mistakes: Option<String>,
    /// Who holds which rights.
    pub copyright: Option<String>,
    /// ICP filing number.
    pub icp: Option<String>,
    /// Public security filing number.
    pub police: Option<String>,
    /// Address of the public security record.
    pub police_url: Option<String>,
    /// Identification code of a government's site (网站标识码), ten digits.
    pub site_code: Option<Located<String>>,
    /// Address of the record of a public institution's mark (党政机关网站标识).
    pub badge_url: Option<String>,
    /// Address within the site of the mark's picture; none for words in its place.
    pub badge: Option<String>,
}

/// What the search offers and how its index is written: `[search]`.
#[derive(Debug, Clone)]
pub struct SearchConfig {
    /// Words offered under the search field.
    pub hot_words: Vec<String>,
    /// Whether each file of the index is written as a script too, for pages from disk and portals without CORS.
    pub scripts: bool,
    /// Speeches in one file of texts; more than one for hosts that limit the number of files.
    pub pack: usize,
}

impl Default for SearchConfig {
    fn default() -> SearchConfig {
        SearchConfig { hot_words: Vec::new(), scripts: true, pack: 1 }
    }
}

/// Reading without a network: `[offline]`.
#[derive(Debug, Clone, Default)]
pub struct Offline {
    /// Whether browsers keep pages.
    pub enabled: bool,
    /// The meeting that is kept whole, by the name of its folder.
    pub meeting: Option<Located<String>>,
}

/// Pictures that portals and messengers show for a shared page: `[share_pictures]`.
#[derive(Debug, Clone, Default)]
pub struct SharePicturesConfig {
    /// Whether there are any; none where the number of speeches decides.
    pub enabled: Option<bool>,
    /// The font file, relative to the site's folder; one of the system's where absent.
    pub font: Option<Located<String>>,
}

/// One entry of `[[saved_searches]]`.
#[derive(Debug, Clone)]
pub struct SavedSearch {
    /// What it is called.
    pub name: String,
    /// The query, as a reader would write it.
    pub query: Located<String>,
    /// Its part of the address.
    pub slug: String,
}

/// One entry of `[[themes]]` or `[[groups]]`.
#[derive(Debug, Clone)]
pub struct TermConfig {
    /// The name.
    pub name: Located<String>,
    /// Its part of the address; made from the name where absent.
    pub slug: Option<String>,
    /// Old addresses that lead to its page.
    pub aliases: Vec<Located<String>>,
    /// Words about it for its page.
    pub description: Option<String>,
    /// Themes: words by which `import` finds it. Groups: names under which bylines mention it.
    pub words: Vec<String>,
}

/// An absolute address in its two parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    /// `https://host:port`, without a slash at its end.
    pub origin: String,
    /// `/` or `/folder/`.
    pub path: String,
}

impl BaseUrl {
    /// Splits an address that begins with `http://` or `https://`; query and fragment are dropped.
    pub fn new(url: &str) -> BaseUrl {
        let url = url.split(['?', '#']).next().unwrap_or_default();
        let host_start = url.find("://").map_or(0, |i| i + 3);
        let (origin, path) = match url[host_start..].find('/') {
            Some(i) => url.split_at(host_start + i),
            None => (url, ""),
        };
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let path = if parts.is_empty() { "/".to_owned() } else { format!("/{}/", parts.join("/")) };
        BaseUrl { origin: origin.to_lowercase(), path }
    }

    /// The host without scheme and port.
    pub fn host(&self) -> &str {
        let host = self.origin.split("://").nth(1).unwrap_or_default();
        host.split(':').next().unwrap_or_default()
    }

    /// The absolute form of a site address such as `/themes/`.
    pub fn absolute(&self, address: &str) -> String {
        format!("{}{}{}", self.origin, self.path, address.trim_start_matches('/'))
    }
}

impl SiteConfig {
    /// How the other content files are read.
    pub fn rules(&self) -> Rules {
        Rules { zone: self.time_zone.clone(), raw_html: self.raw_html }
    }
}

/// Reads the settings.
///
/// # Errors
/// All diagnostics of the file; the first half of the pair is none where something required is missing.
pub fn parse(text: &str) -> (Option<SiteConfig>, Vec<Diagnostic>) {
    let table = match parse_toml(SITE_TOML, text, 0) {
        Ok(table) => table,
        Err(diagnostics) => return (None, diagnostics),
    };
    let mut fields = Fields::new(SITE_TOML, &table);
    let config = read(&mut fields);
    let mut diagnostics = fields.finish();
    diagnostics.extend(config.iter().flat_map(profile::missing));
    (config, diagnostics)
}

fn read(fields: &mut Fields<'_>) -> Option<SiteConfig> {
    let title = fields.required_text("title", "title = \"会议发言\"");
    let subtitle = value(fields.text("subtitle"));
    let description = value(fields.text("description"));
    let base_url = base_url(fields);
    let language = value(fields.text("language")).unwrap_or_else(|| "zh-CN".into());
    let time_zone = time_zone(fields);
    let tera_theme = fields.text("tera_theme").unwrap_or(Located { value: "default".into(), span: (0, 0) });
    let page_size = fields.count("page_size").unwrap_or(20) as usize;
    let sort = fields.choice("sort", &[("pinyin", Order::Pinyin), ("strokes", Order::Strokes)]);
    let profile = profile(fields);
    let links = fields.choice("links", &[("folder", LinkStyle::Folder), ("explicit", LinkStyle::Explicit)]);
    let hosts = fields.choices("hosts", &Host::ALL.map(|host| (host.word(), host))).unwrap_or_default();
    let codings = [Compression::Gzip, Compression::Brotli].map(|one| (one.coding(), one));
    let precompress = fields
        .choices("precompress", &codings)
        .unwrap_or_default()
        .into_iter()
        .map(|one| one.value)
        .collect();
    let minify = fields.boolean("minify").unwrap_or(true);
    let raw_html = fields.boolean("raw_html").unwrap_or(false);
    let output = fields.table("output", output).unwrap_or_default();
    let footer = fields.table("footer", footer).unwrap_or_default();
    let search = fields.table("search", search).unwrap_or_default();
    let offline = fields.table("offline", offline).unwrap_or_default();
    let share_pictures = fields.table("share_pictures", share_pictures).unwrap_or_default();
    let feeds = feeds::read(fields);
    let saved_searches = saved_searches(fields);
    let redirects = aliases::redirects(fields);
    let public_numbers = fields.texts("public_numbers").into_iter().map(|number| number.value).collect();
    let editions = editions::read(fields);
    let themes = terms(fields, "themes", "keywords");
    let groups = terms(fields, "groups", "names");
    Some(SiteConfig {
        title: title?.value,
        subtitle,
        description,
        base_url: base_url?,
        language,
        time_zone,
        tera_theme,
        page_size,
        sort: sort.unwrap_or(Order::Pinyin),
        profile,
        links: links.unwrap_or(LinkStyle::Folder),
        hosts,
        precompress,
        minify,
        raw_html,
        output,
        footer,
        search,
        offline,
        share_pictures,
        feeds,
        saved_searches,
        redirects,
        public_numbers,
        editions,
        themes,
        groups,
    })
}

fn value(text: Option<Located<String>>) -> Option<String> {
    text.map(|text| text.value)
}

fn base_url(fields: &mut Fields<'_>) -> Option<BaseUrl> {
    let url = fields.url("base_url");
    if url.is_none() && fields.key_place("base_url") == fields.place() {
        let place = fields.place();
        fields.report(Diagnostic::missing_key(place, "base_url", "base_url = \"https://fayan.example.cn/\""));
    }
    url.map(|url| BaseUrl::new(&url.value))
}

fn output(fields: &mut Fields<'_>) -> OutputConfig {
    let keep = fields.texts("keep").into_iter().map(|path| path.value).collect();
    let limit = fields.count("shrink_limit").map(|limit| limit as usize);
    OutputConfig { keep, shrink_limit: limit.unwrap_or(OutputConfig::default().shrink_limit) }
}

fn profile(fields: &mut Fields<'_>) -> Located<Profile> {
    let place = fields.key_place("profile").span.unwrap_or_default();
    let choices = [Profile::Gov, Profile::Cppcc, Profile::None].map(|profile| (profile.word(), profile));
    Located { value: fields.choice("profile", &choices).unwrap_or(Profile::None), span: place }
}

fn time_zone(fields: &mut Fields<'_>) -> TimeZone {
    let Some(name) = fields.text("timezone") else {
        return TimeZone::get("Asia/Shanghai").unwrap_or(TimeZone::UTC);
    };
    TimeZone::get(&name.value).unwrap_or_else(|_| {
        fields.report(Diagnostic::wrong_time_zone(name.place(SITE_TOML), &name.value));
        TimeZone::UTC
    })
}

fn footer(fields: &mut Fields<'_>) -> Footer {
    Footer {
        publisher: value(fields.text("publisher")),
        operator: value(fields.text("operator")),
        phone: value(fields.text("phone")),
        editor: value(fields.text("editor")),
        mistakes: value(fields.contact("mistakes")),
        copyright: value(fields.text("copyright")),
        icp: value(fields.text("icp")),
        police: value(fields.text("police")),
        police_url: value(fields.url("police_url")),
        site_code: fields.text("site_code"),
        badge_url: value(fields.url("badge_url")),
        badge: value(fields.text("badge")),
    }
}

fn search(fields: &mut Fields<'_>) -> SearchConfig {
    SearchConfig {
        hot_words: fields.texts("hot_words").into_iter().map(|word| word.value).collect(),
        scripts: fields.boolean("scripts").unwrap_or(true),
        pack: fields.count("pack").unwrap_or(1) as usize,
    }
}

fn offline(fields: &mut Fields<'_>) -> Offline {
    Offline { enabled: fields.boolean("enabled").unwrap_or(true), meeting: fields.text("meeting") }
}

fn share_pictures(fields: &mut Fields<'_>) -> SharePicturesConfig {
    SharePicturesConfig { enabled: fields.boolean("enabled"), font: fields.text("font") }
}

fn saved_searches(fields: &mut Fields<'_>) -> Vec<SavedSearch> {
    let read = fields.tables("saved_searches", |fields| {
        let query = fields.required_text("query", "query = \"低空经济\"");
        let name = value(fields.text("name"));
        let slug = fields.slug("slug");
        let query = query?;
        let name = name.unwrap_or_else(|| query.value.clone());
        let slug = slug.unwrap_or_else(|| crate::chinese::address::slug(&name));
        if slug.is_empty() {
            fields.report(Diagnostic::missing_key(fields.place(), "slug", "slug = \"economy\""));
            return None;
        }
        if crate::search::query::Query::new(&query.value, crate::search::tokens::Script::Mixed).is_empty() {
            fields.report(Diagnostic::empty_query(query.place(SITE_TOML), &query.value));
            return None;
        }
        Some(SavedSearch { name, query, slug })
    });
    read.unwrap_or_default().into_iter().flatten().collect()
}

fn terms(fields: &mut Fields<'_>, key: &'static str, words: &'static str) -> Option<Vec<TermConfig>> {
    let terms = fields.tables(key, |fields| {
        let name = fields.required_text("name", "name = \"…\"");
        let slug = fields.slug("slug");
        let aliases = aliases::read(fields, SITE_TOML);
        let description = value(fields.text("description"));
        let words = fields.texts(words).into_iter().map(|word| word.value).collect();
        name.map(|name| TermConfig { name, slug, aliases, description, words })
    })?;
    let mut seen: Vec<String> = Vec::new();
    let mut unique = Vec::new();
    for term in terms.into_iter().flatten() {
        let identity = crate::chinese::normalize::identity(&term.name.value);
        if seen.contains(&identity) {
            let place: Place = term.name.place(SITE_TOML);
            fields.report(Diagnostic::duplicate_name(place, &term.name.value));
        } else {
            seen.push(identity);
            unique.push(term);
        }
    }
    Some(unique)
}
