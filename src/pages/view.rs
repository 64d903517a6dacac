//! What Tera themes see: the structs of this file are the contract with theme authors.
//!
//! Every page gets `site`, `page` and `words`, some `json_ld` (schema.org, safe inside a script element), and the variables
//! of its kind:
//!
//! | template | variables |
//! |---|---|
//! | `home.html` | `meeting` (the newest, or nothing), `meetings`, `themes`, `groups` |
//! | `meetings.html` | `years`, `pager` |
//! | `meeting.html` | `meeting` |
//! | `meeting_print.html` | `meeting`, `texts`, `qr` (a [`QrView`] of the meeting's address, or nothing) |
//! | `archive.html` | `archive` |
//! | `corrections.html` | `days` (see `corrections.rs`), `pager` |
//! | `privacy.html` | nothing more |
//! | `speech.html` | `speech` |
//! | `withdrawn.html` | `withdrawn` |
//! | `themes.html`, `groups.html` | `terms`, `pager` |
//! | `theme.html`, `group.html` | `term`, `speeches`, `pager`; of a group `members`, its speakers |
//! | `speakers.html` | `initials`, `pager` |
//! | `speaker.html` | `speaker`, `speeches`, `pager` |
//! | `search.html` | `search`, `manifest` (`search/index.json`, safe inside a script element), `preload` (a [`PreloadView`], or nothing while `serve` has no index yet), `themes`, `groups`, `meetings` |
//! | `embed.html` | `embed`, `manifest` |
//! | `page.html` | `content` |
//! | `404.html` | nothing more |
//! | `redirect.html` | `target` |
//!
//! What stands around the text of a speech (`speech.cite`, `speech.qr`, `speech.same_theme`…) is in `around_view.rs`.
//!
//! All `url` fields are ready for `href` on the page that is being rendered: relative
//! to it, except on `404.html`, which a host shows at any address.
//! Lists are sorted and keep their order. A field that may be absent is `none`.

use std::borrow::Cow;

use serde::Serialize;

pub use super::around_view::*;

/// The site as a whole: `site`.
#[derive(Debug, Clone, Serialize)]
pub struct SiteView<'a> {
    /// The site's name, `title` of `site.toml`.
    pub title: &'a str,
    /// A second line under the name.
    pub subtitle: Option<&'a str>,
    /// One sentence about the site.
    pub description: Option<&'a str>,
    /// BCP 47 tag for `<html lang>`, such as `zh-CN`.
    pub language: &'a str,
    /// What absolute addresses of the site begin with, a slash at its end; `page.canonical` links to a page.
    pub base_url: String,
    /// Which customs of public sites are followed: `gov`, `cppcc` or `none`.
    pub profile: &'static str,
    /// The host of `base_url`.
    pub domain: &'a str,
    /// How much there is, drafts and withdrawn speeches not counted.
    pub counts: CountsView,
    /// Facts for the foot of each page.
    pub footer: FooterView<'a>,
}

/// Numbers of public things.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct CountsView {
    /// Speeches.
    pub speeches: usize,
    /// Meetings.
    pub meetings: usize,
    /// Speakers.
    pub speakers: usize,
    /// Themes with at least one speech.
    pub themes: usize,
    /// Groups with at least one speech.
    pub groups: usize,
}

/// Facts for the foot of each page: `[footer]` of `site.toml`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FooterView<'a> {
    /// Who answers for the site (主办单位).
    pub publisher: Option<&'a str>,
    /// Who runs it (承办单位).
    pub operator: Option<&'a str>,
    /// Telephone number to call.
    pub phone: Option<&'a str>,
    /// Who holds which rights.
    pub copyright: Option<&'a str>,
    /// ICP filing number (备案号).
    pub icp: Option<&'a str>,
    /// Public security filing number (公安备案号).
    pub police: Option<&'a str>,
    /// Address of the public security record.
    pub police_url: Option<&'a str>,
    /// Identification code of a government's site (网站标识码).
    pub site_code: Option<&'a str>,
    /// Address of the record of a public institution's mark (党政机关网站标识).
    pub badge_url: Option<&'a str>,
    /// The mark's picture, as this page writes its address.
    pub badge: Option<String>,
}

/// The page being rendered: `page`.
#[derive(Debug, Clone, Serialize)]
pub struct PageView<'a> {
    /// The template's name without `.html`: `home`, `speech`, `theme`…
    pub kind: &'static str,
    /// The page's own title, without the site's; the site's title on the home page.
    pub title: &'a str,
    /// Plain text of at most some 120 characters.
    pub description: String,
    /// Address within the site, such as `/meetings/m1/`.
    pub address: &'a str,
    /// Absolute address.
    pub canonical: String,
    /// What leads from this page to the home page's folder: `""`, `../`, `../../`…
    pub root: String,
    /// The way from home to here; the last one is this page.
    pub breadcrumb: Vec<LinkView<'a>>,
    /// The main menu.
    pub menu: Vec<MenuItemView<'a>>,
    /// The feeds to name in the head: the page's own first, the site's last.
    pub feeds: Vec<FeedView>,
    /// The feed of what the page shows.
    pub own_feed: Option<FeedView>,
    /// The site's Atom feed.
    pub feed_url: Option<String>,
    /// What was corrected.
    pub corrections_url: String,
    /// The search page.
    pub search_url: String,
    /// The OpenSearch description.
    pub opensearch_url: String,
    /// The archive by theme and year.
    pub archive_url: String,
    /// What the site keeps of its readers: nothing.
    pub privacy_url: String,
    /// The web manifest, where pages are kept for reading without a network.
    pub manifest_url: Option<String>,
    /// The home page.
    pub home_url: String,
    /// Of a list or a speech: the column (栏目) that it is or belongs to, for meta tags.
    pub column: Option<ColumnView<'a>>,
    /// Where readers report mistakes on this page.
    pub mistakes_url: Option<Cow<'a, str>>,
    /// This page in every edition of the site, the main one first; empty where there is only one.
    pub editions: Vec<EditionView<'a>>,
    /// This page in each language, for `<link rel="alternate" hreflang>`; empty where there is only one.
    pub alternates: Vec<AlternateView<'a>>,
    /// The picture that portals and messengers show for the page; none where there are none.
    pub share_picture: Option<SharePictureView>,
    /// Search engines should not list this page.
    pub noindex: bool,
}

/// A feed in both its forms.
#[derive(Debug, Clone, Serialize)]
pub struct FeedView {
    /// Title.
    pub title: String,
    /// As Atom.
    pub url: String,
    /// As JSON Feed.
    pub json_url: String,
}

/// A column (栏目) as the norm for government sites knows it.
#[derive(Debug, Clone, Serialize)]
pub struct ColumnView<'a> {
    /// Name.
    pub name: &'a str,
    /// What it holds.
    pub description: &'a str,
    /// Keywords with commas between them.
    pub keywords: String,
    /// What kind of column it is.
    pub kind: &'a str,
}

/// A page as another edition has it.
#[derive(Debug, Clone, Serialize)]
pub struct EditionView<'a> {
    /// What readers call the edition: 简体, 繁體, 大字版.
    pub name: &'a str,
    /// Address.
    pub url: String,
    /// BCP 47 tag.
    pub language: &'a str,
    /// The edition being rendered.
    pub current: bool,
}

/// A page in another language.
#[derive(Debug, Clone, Serialize)]
pub struct AlternateView<'a> {
    /// BCP 47 tag.
    pub language: &'a str,
    /// Absolute address.
    pub url: String,
}

/// The picture that stands for a page where it is shared: `page.share_picture`.
#[derive(Debug, Clone, Serialize)]
pub struct SharePictureView {
    /// Absolute address of a PNG file.
    pub url: String,
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// What is written on it.
    pub alt: String,
}

/// A link with its text.
#[derive(Debug, Clone, Serialize)]
pub struct LinkView<'a> {
    /// Text.
    pub name: &'a str,
    /// Address.
    pub url: String,
}

/// One entry of the main menu.
#[derive(Debug, Clone, Serialize)]
pub struct MenuItemView<'a> {
    /// Text.
    pub name: &'a str,
    /// Address.
    pub url: String,
    /// This page, or a page below this entry, is being rendered.
    pub current: bool,
}

/// A day.
#[derive(Debug, Clone, Serialize)]
pub struct DateView {
    /// `2025-01-09`, for `<time datetime>`.
    pub iso: String,
    /// As readers of the site's language write it, by the word `date_form`: `2025年1月9日`.
    pub text: String,
    /// Year.
    pub year: i16,
    /// Month, 1 to 12.
    pub month: i8,
    /// Day of the month, from 1.
    pub day: i8,
}

/// One person speaking in one speech.
#[derive(Debug, Clone, Serialize)]
pub struct SpeakingView<'a> {
    /// Name.
    pub name: &'a str,
    /// The speaker's page.
    pub url: String,
    /// The line of roles and name as printed, word for word.
    pub byline: Option<&'a str>,
    /// Roles on that day.
    pub roles: &'a [String],
    /// Party or sector the speaker sits for.
    pub group: Option<LinkView<'a>>,
}

/// A speech in a list.
#[derive(Debug, Clone, Serialize)]
pub struct SpeechCardView<'a> {
    /// Its page.
    pub url: String,
    /// Title.
    pub title: &'a str,
    /// Second line of the title.
    pub subtitle: Option<&'a str>,
    /// Day of the speech.
    pub date: DateView,
    /// The meeting, by its short name.
    pub meeting: LinkView<'a>,
    /// Place in the meeting, from 1.
    pub position: usize,
    /// Who spoke; several in a joint speech.
    pub speakers: Vec<SpeakingView<'a>>,
    /// Its themes.
    pub themes: Vec<LinkView<'a>>,
    /// Plain text: the summary or the first sentences.
    pub summary: Cow<'a, str>,
    /// Length: one for each Han character and each run of Latin letters or digits.
    pub length: usize,
    /// Reading time in minutes, at least 1.
    pub minutes: usize,
    /// Shown only because drafts were asked for: a draft, or before its time.
    pub draft: bool,
    /// On a theme's page: the passage that says most about the theme.
    pub context: Option<ContextView>,
}

/// A theme's words in context.
#[derive(Debug, Clone, Serialize)]
pub struct ContextView {
    /// The paragraph, on the speech's page.
    pub url: String,
    /// The passage begins where the paragraph does.
    pub begins: bool,
    /// It ends where the paragraph does.
    pub ends: bool,
    /// The passage.
    pub pieces: Vec<PieceView>,
}

/// A stretch of text.
#[derive(Debug, Clone, Serialize)]
pub struct PieceView {
    /// The text.
    pub text: String,
    /// It is one of the words looked for.
    pub marked: bool,
}

/// A speech on its own page: `speech`.
#[derive(Debug, Clone, Serialize)]
pub struct SpeechView<'a> {
    /// All that lists show of it.
    #[serde(flatten)]
    pub card: SpeechCardView<'a>,
    /// The text as HTML, safe to print: paragraphs with ids `p1`, `p2`…
    pub body: String,
    /// `oral` or `written`.
    pub delivery: Option<&'static str>,
    /// `verbatim`, `edited` or `summary`.
    pub text: Option<&'static str>,
    /// Where it was first printed.
    pub source: Option<SourceView<'a>>,
    /// What was corrected, oldest first.
    pub corrections: Vec<CorrectionView<'a>>,
    /// When it was published on this site, to the minute: `2025-01-09 10:19`.
    pub published: String,
    /// The name of the editor who answers for the page (责任编辑).
    pub editor: Option<&'a str>,
    /// The speech before it in the meeting.
    pub previous: Option<LinkView<'a>>,
    /// The speech after it in the meeting.
    pub next: Option<LinkView<'a>>,
    /// How many speeches the meeting has.
    pub of: usize,
    /// What stands around the text, see `src/pages/around_view.rs`.
    #[serde(flatten)]
    pub around: AroundView<'a>,
}

/// Where a text was first printed.
#[derive(Debug, Clone, Serialize)]
pub struct SourceView<'a> {
    /// The paper or office.
    pub name: &'a str,
    /// Day of printing.
    pub date: Option<DateView>,
    /// Page of the paper.
    pub page: Option<&'a str>,
    /// Address.
    pub url: Option<&'a str>,
}

/// One correction of a published text.
#[derive(Debug, Clone, Serialize)]
pub struct CorrectionView<'a> {
    /// Day of the correction.
    pub date: DateView,
    /// What was done and why.
    pub note: &'a str,
    /// The words before.
    pub before: Option<&'a str>,
    /// The words after.
    pub after: Option<&'a str>,
}

/// What stands at the address of a withdrawn speech: `withdrawn`.
#[derive(Debug, Clone, Serialize)]
pub struct WithdrawnView<'a> {
    /// Day of the withdrawal.
    pub date: DateView,
    /// The notice.
    pub note: Option<&'a str>,
    /// The meeting it belonged to, where that has a page.
    pub meeting: Option<LinkView<'a>>,
}

/// A meeting in a list.
#[derive(Debug, Clone, Serialize)]
pub struct MeetingCardView<'a> {
    /// Its page.
    pub url: String,
    /// The last part of its address, by which the search filters.
    pub slug: &'a str,
    /// Title.
    pub title: &'a str,
    /// Second line of the title.
    pub subtitle: Option<&'a str>,
    /// The sitting's own name; its title where none is given.
    pub name: &'a str,
    /// Day.
    pub date: DateView,
    /// Place.
    pub place: Option<&'a str>,
    /// Plain text: the first sentences of the lead.
    pub summary: Cow<'a, str>,
    /// Number of its public speeches.
    pub count: usize,
}

/// A meeting on its own page, and the newest one on the home page: `meeting`.
#[derive(Debug, Clone, Serialize)]
pub struct MeetingView<'a> {
    /// All that lists show of it.
    #[serde(flatten)]
    pub card: MeetingCardView<'a>,
    /// The lead text as HTML, safe to print.
    pub body: String,
    /// Where it was first printed.
    pub source: Option<SourceView<'a>>,
    /// Its speeches in order.
    pub speeches: Vec<SpeechCardView<'a>>,
    /// Number of speakers.
    pub speakers: usize,
    /// Sum of the speeches' lengths.
    pub length: usize,
    /// The meeting with all its texts on one page, for printing; none where it has fewer than two.
    pub print_url: Option<String>,
}

/// A speech on the page with all texts of a meeting; one of `texts`.
#[derive(Debug, Clone, Serialize)]
pub struct TextView<'a> {
    /// What lists show of it.
    #[serde(flatten)]
    pub card: SpeechCardView<'a>,
    /// An id for its place in the page.
    pub id: &'a str,
    /// The text as HTML, safe to print, its ids made unique by the speech's.
    pub body: String,
    /// Where it was first printed.
    pub source: Option<SourceView<'a>>,
    /// What was corrected, oldest first.
    pub corrections: Vec<CorrectionView<'a>>,
}

/// The meetings of one year.
#[derive(Debug, Clone, Serialize)]
pub struct YearView<'a> {
    /// Year.
    pub year: i16,
    /// Its meetings, newest first.
    pub meetings: Vec<MeetingCardView<'a>>,
}

/// A theme or a group, in lists and as `term` on its own page.
#[derive(Debug, Clone, Serialize)]
pub struct TermView<'a> {
    /// Name.
    pub name: &'a str,
    /// Its page.
    pub url: String,
    /// The last part of its address, by which the search filters.
    pub slug: &'a str,
    /// Words about it, from `site.toml`.
    pub description: Option<&'a str>,
    /// Number of its public speeches.
    pub count: usize,
}

/// A speaker, in lists and as `speaker` on the own page.
#[derive(Debug, Clone, Serialize)]
pub struct SpeakerView<'a> {
    /// Name.
    pub name: &'a str,
    /// The page.
    pub url: String,
    /// The last part of the address, by which the search filters.
    pub slug: &'a str,
    /// Roles in the newest speech.
    pub roles: &'a [String],
    /// Groups the person spoke for, newest first.
    pub groups: Vec<LinkView<'a>>,
    /// Number of public speeches.
    pub count: usize,
    /// A biography as HTML, safe to print, from `content/speakers/`.
    pub body: Option<String>,
    /// On the own page: the roles held over time, newest first.
    pub history: Vec<RoleView<'a>>,
}

/// Roles held over a time.
#[derive(Debug, Clone, Serialize)]
pub struct RoleView<'a> {
    /// The roles.
    pub roles: &'a [String],
    /// From when: a day given by the office, or that of the first speech made in these roles.
    pub from: Option<DateView>,
    /// Until when; the same for the last speech.
    pub to: Option<DateView>,
    /// How many speeches were made in these roles; 0 where the office lists them.
    pub count: usize,
}

/// Speeches by theme and year: `archive`.
#[derive(Debug, Clone, Serialize)]
pub struct ArchiveView<'a> {
    /// Years with speeches, oldest first.
    pub years: Vec<ArchiveYearView>,
    /// Themes, those most spoken of where there are many.
    pub themes: Vec<ArchiveThemeView<'a>>,
    /// The largest number of any theme in any year.
    pub most: usize,
}

/// One year of the archive.
#[derive(Debug, Clone, Serialize)]
pub struct ArchiveYearView {
    /// Year.
    pub year: i16,
    /// Number of speeches.
    pub count: usize,
    /// The search for the speeches of the year.
    pub url: String,
}

/// One theme of the archive.
#[derive(Debug, Clone, Serialize)]
pub struct ArchiveThemeView<'a> {
    /// Name.
    pub name: &'a str,
    /// Its page.
    pub url: String,
    /// Number of speeches.
    pub count: usize,
    /// For each year in order.
    pub years: Vec<ArchiveCellView>,
}

/// Speeches of one theme in one year.
#[derive(Debug, Clone, Serialize)]
pub struct ArchiveCellView {
    /// Year.
    pub year: i16,
    /// Number of speeches.
    pub count: usize,
    /// Percent of the largest radius of a disc whose area stands for the number: 0 to 100.
    pub radius: usize,
    /// The search for them.
    pub url: String,
}

/// The speakers whose sort key begins alike.
#[derive(Debug, Clone, Serialize)]
pub struct InitialView<'a> {
    /// A capital letter for pinyin, a number of strokes by the word `strokes`, `#` for the rest.
    pub initial: Cow<'a, str>,
    /// Speakers in order.
    pub speakers: Vec<SpeakerView<'a>>,
}

/// Where this page stands in a list of several pages: `pager`.
#[derive(Debug, Clone, Serialize)]
pub struct PagerView {
    /// This page, from 1.
    pub number: usize,
    /// Number of pages, at least 1.
    pub of: usize,
    /// Number of entries on all pages.
    pub total: usize,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
    /// Links to all pages, or to the first, the last and those near this one; a gap is `none`.
    pub pages: Vec<Option<PagerLinkView>>,
}

/// One page number.
#[derive(Debug, Clone, Serialize)]
pub struct PagerLinkView {
    /// From 1.
    pub number: usize,
    /// Address.
    pub url: String,
    /// This is the page being rendered.
    pub current: bool,
}

/// What the search page hands to the search client: `search`.
#[derive(Debug, Clone, Serialize)]
pub struct SearchView<'a> {
    /// The root of the search index and the addresses in it, as seen from the page.
    pub base_url: String,
    /// What leads from there to the pages of this edition; none where they stand there.
    pub pages: Option<String>,
    /// Words that the office offers, each with the address of its search.
    pub hot_words: Vec<LinkView<'a>>,
    /// Searches that have a feed.
    pub saved: Vec<SavedSearchView<'a>>,
}

/// Where the lists of the search index are, for the script that asks for them before the client is there: `preload`.
#[derive(Debug, Clone, Serialize)]
pub struct PreloadView {
    /// The folder of lists, a slash at its end.
    pub lists_url: String,
    /// How many bits of a key's hash name its file.
    pub bits: u32,
    /// The version of the index.
    pub version: String,
}

/// A search that has a feed.
#[derive(Debug, Clone, Serialize)]
pub struct SavedSearchView<'a> {
    /// What it is called.
    pub name: &'a str,
    /// The search page with its results.
    pub url: String,
    /// The Atom feed of its results.
    pub feed_url: String,
}

/// What a portal needs to take over the search: `embed`. All addresses are absolute.
#[derive(Debug, Clone, Serialize)]
pub struct EmbedView<'a> {
    /// The script that brings the search.
    pub script_url: String,
    /// Its digest for the attribute `integrity` (Subresource Integrity).
    pub integrity: String,
    /// The search page, to which a form can be sent.
    pub search_url: String,
    /// This page, for a frame.
    pub embed_url: String,
    /// The OpenSearch description.
    pub opensearch_url: String,
    /// The manifest of the search index.
    pub index_url: String,
    /// All texts as JSON.
    pub data_url: String,
    /// The sitemap, one for all editions.
    pub sitemap_url: String,
    /// The site's Atom feed.
    pub feed_url: Option<String>,
    /// The same as JSON Feed.
    pub feed_json_url: Option<String>,
    /// What absolute addresses of the site begin with, a slash at its end.
    pub base_url: String,
    /// Scheme, host and port of the site.
    pub origin: &'a str,
}

/// A standing page: `content`.
#[derive(Debug, Clone, Serialize)]
pub struct ContentView<'a> {
    /// Title.
    pub title: &'a str,
    /// The text as HTML, safe to print.
    pub body: String,
}

/// Where a redirect page leads: `target`.
#[derive(Debug, Clone, Serialize)]
pub struct TargetView<'a> {
    /// Address, relative to the redirect page.
    pub url: String,
    /// The same, naming the file itself: for browsers without scripts, on a disk as well.
    pub file_url: String,
    /// Absolute address.
    pub canonical: String,
    /// Title of the page there.
    pub title: &'a str,
}
