//! One planned page becomes its bytes.

use std::borrow::Cow;

use serde::Serialize;
use tera::Context;

use super::linkcheck::{BrokenLink, PageCheck};
use super::plan::{Page, Plan, Planned, page_sizes};
use super::tera_theme::{TeraTheme, template_error};
use super::vantage::Vantage;
use super::view::{ContentView, LinkView};
use super::{data, feed, json_ld, offline, opensearch, pager, sitemap};
use crate::diagnostic::Diagnostic;
use crate::inputs::Inputs;
use crate::minify;
use crate::output::{Content, path_of, script_safe};
use crate::pictures::Pictures;
use crate::search::client;
use crate::site::links::Targets;
use crate::site::{Edition, Site};

/// Bytes of a usual page before it is made small.
const USUAL: usize = 32 << 10;

/// All that rendering needs; nothing of it changes while pages are rendered.
pub struct Renderer<'a> {
    /// The sources, for files that are copied.
    pub inputs: &'a Inputs,
    /// The site, in the edition of the page.
    pub site: &'a Site,
    /// All editions of the site, the main one first.
    pub editions: &'a [Edition],
    /// Its pictures.
    pub pictures: &'a Pictures,
    /// The Tera theme.
    pub theme: &'a TeraTheme,
    /// All pages.
    pub plan: &'a Plan,
    /// What links can lead to.
    pub targets: &'a Targets<'a>,
    /// `search/index.json` of the edition whose texts these are.
    pub manifest: &'a str,
}

impl Renderer<'_> {
    fn sitemap_sources(&self) -> sitemap::Sources<'_> {
        sitemap::Sources { site: self.site, editions: self.editions, pages: &self.plan.pages }
    }
}

/// One page, and those of its links that lead to no file. Pictures are made when they are asked for.
///
/// # Errors
/// A template that fails on this page, or a page nested too deeply.
pub fn content(renderer: &Renderer<'_>, planned: &Planned) -> Result<(Content, Vec<BrokenLink>), Diagnostic> {
    let Renderer { inputs, site, pictures, .. } = renderer;
    let made = match (planned.page, &pictures.share) {
        (Page::PictureCopy(i, copy), _) => pictures.shown[i].maker(inputs, site, copy),
        (Page::SharePicture(id), Some(share)) => share.speech_maker(id),
        (Page::SiteSharePicture, Some(share)) => share.site_maker(),
        _ => {
            let path = path_of(&planned.address);
            let mut links = PageCheck::new(path, &site.config.base_url, renderer.targets);
            let bytes = render(renderer, planned, &mut links)?;
            return Ok((Content::Bytes(bytes), links.found()));
        }
    };
    Ok((Content::Made(made), Vec::new()))
}

fn render(
    renderer: &Renderer<'_>,
    planned: &Planned,
    links: &mut PageCheck<'_>,
) -> Result<Vec<u8>, Diagnostic> {
    let Renderer { site, theme, .. } = renderer;
    match planned.page {
        Page::Feed(subject, form) => {
            let sources = feed::Sources { site, targets: renderer.targets, theme };
            Ok(feed::bytes(sources, subject, form))
        }
        Page::OpenSearch => Ok(opensearch::description(site, theme)),
        Page::EmbedScript => Ok(client::script(&theme.words, site.config.links).into()),
        Page::WebManifest => Ok(offline::manifest(site, theme).into_bytes()),
        Page::ServiceWorker => Ok(Vec::new()),
        Page::SecondScript => Ok(client::second().into()),
        Page::Sitemap => Ok(renderer.plan.sitemap.whole(renderer.sitemap_sources())),
        Page::SitemapPart(number) => Ok(renderer.plan.sitemap.part(renderer.sitemap_sources(), number)),
        Page::Robots => Ok(sitemap::robots(site)),
        Page::SearchData => Ok(data::speeches(site).into_bytes()),
        Page::SearchYear(year) => Ok(data::year(site, year).into_bytes()),
        Page::SearchSchema => Ok(data::SCHEMA.into()),
        Page::IndexSchema => Ok(crate::search::index::SCHEMA.into()),
        Page::SearchIndex => Ok(renderer.manifest.into()),
        Page::Asset(i) => {
            let bytes = renderer.inputs.bytes(&site.assets[i].file).unwrap_or_default();
            let bytes = renderer.pictures.original(i, bytes).into_owned();
            if planned.address.ends_with(".html") {
                links.page(&bytes);
            }
            Ok(bytes)
        }
        Page::ThemeAsset(i) => Ok(theme.assets[i].bytes.clone()),
        page => html(renderer, planned, page.template().unwrap_or("page"), links),
    }
}

fn html(
    renderer: &Renderer<'_>,
    planned: &Planned,
    template: &'static str,
    links: &mut PageCheck<'_>,
) -> Result<Vec<u8>, Diagnostic> {
    let vantage = Vantage {
        site: renderer.site,
        editions: renderer.editions,
        pictures: renderer.pictures,
        theme: renderer.theme,
        targets: renderer.targets,
        page: planned.page,
        address: &planned.address,
        anywhere: planned.page == Page::NotFound,
    };
    let mut context = context(&vantage, planned.page, template);
    if matches!(planned.page, Page::Search | Page::Embed) {
        context.insert("manifest", &script_safe(renderer.manifest));
    }
    if planned.page == Page::Search {
        context.insert("preload", &vantage.preload(renderer.manifest));
    }
    let mut html = Vec::with_capacity(USUAL);
    renderer
        .theme
        .tera
        .render_to(&format!("{template}.html"), &context, &mut html)
        .map_err(|error| template_error(&error, Some(&planned.address)))?;
    let text = simdutf8::basic::from_utf8(&html).ok().filter(|_| renderer.site.config.minify);
    let Some(text) = text else {
        links.page(&html);
        return Ok(html);
    };
    minify::html(text, &mut |name, value| links.attribute(name, value))
        .map(String::into_bytes)
        .map_err(|limit| Diagnostic::page_too_deep(&planned.address, limit))
}

/// Gathers the variables of one page.
struct Variables<'v, 'a> {
    vantage: &'v Vantage<'a>,
    context: Context,
    title: &'a str,
    description: Cow<'a, str>,
    trail: Vec<LinkView<'a>>,
}

impl<'a> Variables<'_, 'a> {
    fn put<T: Serialize>(&mut self, key: &'static str, value: &T) {
        self.context.insert(key, value);
    }

    fn about(&mut self, title: &'a str, description: impl Into<Cow<'a, str>>, trail: Vec<LinkView<'a>>) {
        self.title = title;
        self.description = description.into();
        self.trail = trail;
    }
}

fn context(vantage: &Vantage<'_>, page: Page, template: &'static str) -> Context {
    let mut variables = Variables {
        vantage,
        context: Context::new(),
        title: "",
        description: Cow::default(),
        trail: Vec::new(),
    };
    match page {
        Page::Speech(_)
        | Page::Meeting(_)
        | Page::MeetingPrint(_)
        | Page::Withdrawn(_)
        | Page::Standing(_)
        | Page::Redirect(_) => record(&mut variables, page),
        Page::Meetings(_) | Page::Themes(_) | Page::Groups(_) | Page::Speakers(_) => {
            directory(&mut variables, page)
        }
        Page::Theme(..) | Page::Group(..) | Page::Speaker(..) => list(&mut variables, page),
        Page::Corrections(number) => corrections(&mut variables, number),
        _ => single(&mut variables, page),
    }
    let site = vantage.site_view();
    let page = vantage.page_view(template, variables.title, &variables.description, variables.trail);
    let mut context = variables.context;
    context.insert("site", &site);
    context.insert("page", &page);
    context.insert("here", vantage.here());
    context
}

/// Pages of one record each.
fn record(variables: &mut Variables<'_, '_>, page: Page) {
    let vantage = variables.vantage;
    let site = vantage.site;
    match page {
        Page::Speech(id) => {
            let speech = vantage.speech(id);
            let title = speech.card.title;
            let meeting = vantage.meeting_link(site[id].meeting);
            let trail = vec![vantage.list_link("meetings"), meeting, vantage.here_link(title)];
            variables.about(title, speech.card.summary.clone(), trail);
            variables.put("speech", &speech);
            variables.put("json_ld", &vantage.speech_json_ld(id));
        }
        Page::Meeting(id) => {
            let meeting = vantage.meeting(id);
            let trail = vec![vantage.list_link("meetings"), vantage.here_link(meeting.card.name)];
            variables.about(meeting.card.title, meeting.card.summary.clone(), trail);
            variables.put("meeting", &meeting);
            variables.put("json_ld", &vantage.meeting_json_ld(id));
        }
        Page::MeetingPrint(id) => {
            let meeting = vantage.meeting(id);
            let title = vantage.word("print_meeting");
            let trail =
                vec![vantage.list_link("meetings"), vantage.meeting_link(id), vantage.here_link(title)];
            variables.about(meeting.card.title, meeting.card.summary.clone(), trail);
            variables.put("texts", &vantage.texts(id));
            variables.put("qr", &super::qr::code(&vantage.canonical_of(&site[id].address)));
            variables.put("meeting", &meeting);
        }
        Page::Withdrawn(at) => {
            let title = vantage.word("withdrawn");
            let meeting = vantage.meeting_link(site.withdrawn[at].meeting);
            let trail = vec![vantage.list_link("meetings"), meeting, vantage.here_link(title)];
            variables.about(title, "", trail);
            variables.put("withdrawn", &vantage.withdrawn(at));
        }
        Page::Standing(at) => {
            let file = &site.standing[at].file;
            let body = vantage.html(&file.file, &file.body);
            variables.about(&file.title, file.body.read().plain(), vec![vantage.here_link(&file.title)]);
            variables.put("content", &ContentView { title: &file.title, body });
        }
        Page::Redirect(at) => {
            let target = vantage.target(at);
            variables.about(target.title, "", vec![vantage.here_link(target.title)]);
            variables.put("target", &target);
        }
        _ => {}
    }
}

/// The lists of meetings, themes, groups and speakers.
fn directory(variables: &mut Variables<'_, '_>, page: Page) {
    let vantage = variables.vantage;
    let site = vantage.site;
    let sizes = page_sizes(site);
    let (key, total, size, number) = match page {
        Page::Meetings(number) => ("meetings", site.meetings.len(), sizes.terms, number),
        Page::Themes(number) => ("themes", site.themes.len(), sizes.terms, number),
        Page::Groups(number) => ("groups", site.groups.len(), sizes.terms, number),
        Page::Speakers(number) => ("speakers", site.speakers.len(), sizes.speakers, number),
        _ => return,
    };
    let title = vantage.word(key);
    variables.about(title, format!("{title} - {}", site.config.title), vec![vantage.here_link(title)]);
    let terms = match key {
        "themes" => pager::slice(&site.themes, number, size),
        "groups" => pager::slice(&site.groups, number, size),
        _ => &[],
    };
    let terms: Vec<_> = terms.iter().map(|term| vantage.term(term)).collect();
    match key {
        "meetings" => variables.put("years", &vantage.years(number)),
        "speakers" => variables.put("initials", &vantage.initials(number)),
        _ => variables.put("terms", &terms),
    }
    variables.put("pager", &vantage.pager(&site.edition.address(&format!("/{key}/")), total, size, number));
}

/// The speeches of one theme, group or speaker.
fn list(variables: &mut Variables<'_, '_>, page: Page) {
    let vantage = variables.vantage;
    let site = vantage.site;
    let (key, name, address, ids, number) = match page {
        Page::Theme(id, number) => ("themes", &site[id].name, &site[id].address, &site[id].speeches, number),
        Page::Group(id, number) => ("groups", &site[id].name, &site[id].address, &site[id].speeches, number),
        Page::Speaker(id, number) => {
            ("speakers", &site[id].name, &site[id].address, &site[id].speeches, number)
        }
        _ => return,
    };
    let description = match page {
        Page::Theme(id, _) => site[id].description.clone(),
        Page::Group(id, _) => site[id].description.clone(),
        Page::Speaker(id, _) => site[id].biography.as_ref().map(|(_, body)| body.read().plain()),
        _ => None,
    };
    let description = description.unwrap_or_else(|| format!("{name} - {}", site.config.title));
    variables.about(name, description, vec![vantage.list_link(key), vantage.here_link(name)]);
    match page {
        Page::Theme(id, _) => variables.put("term", &vantage.theme_term(id)),
        Page::Group(id, _) => {
            variables.put("term", &vantage.group_term(id));
            variables.put("members", &vantage.members(id));
        }
        Page::Speaker(id, _) => {
            variables.put("speaker", &vantage.speaker(id, true));
            variables.put("json_ld", &vantage.speaker_json_ld(id));
        }
        _ => {}
    }
    let size = page_sizes(site).speeches;
    let shown = pager::slice(ids, number, size);
    let mut cards = vantage.cards(shown);
    if let Page::Theme(theme, _) = page {
        for (card, id) in cards.iter_mut().zip(shown) {
            card.context = vantage.context(&site[*id], &site[theme]);
        }
    }
    variables.put("speeches", &cards);
    variables.put("pager", &vantage.pager(address, ids.len(), size, number));
}

/// What was corrected.
fn corrections(variables: &mut Variables<'_, '_>, number: usize) {
    let vantage = variables.vantage;
    let title = vantage.word("corrections");
    variables.about(title, vantage.word("corrections_lead"), vec![vantage.here_link(title)]);
    let (days, pager) = vantage.correction_days(number);
    variables.put("days", &days);
    variables.put("pager", &pager);
}

/// Pages that exist once: home, search, 404.
fn single(variables: &mut Variables<'_, '_>, page: Page) {
    let vantage = variables.vantage;
    let site = vantage.site;
    match page {
        Page::Home => {
            let lead = site.config.description.as_ref().or(site.config.subtitle.as_ref());
            let title = &site.config.title;
            variables.about(title, lead.unwrap_or(title), Vec::new());
            let newest = (!site.meetings.is_empty()).then(|| vantage.meeting(crate::site::MeetingId(0)));
            variables.put("meeting", &newest);
            variables.put("meetings", &vantage.newest_meetings(1));
            variables.put("json_ld", &json_ld::site_json_ld(site));
        }
        Page::Archive => {
            let title = vantage.word("archive");
            let about = format!("{title} - {}", site.config.title);
            variables.about(title, about, vec![vantage.here_link(title)]);
            variables.put("archive", &vantage.archive());
        }
        Page::Privacy => {
            let title = vantage.word("privacy");
            variables.about(title, vantage.word("privacy_lead"), vec![vantage.here_link(title)]);
        }
        Page::Search => {
            let title = vantage.word("search");
            variables.about(
                title,
                format!("{title} - {}", site.config.title),
                vec![vantage.here_link(title)],
            );
            variables.put("search", &vantage.search());
            variables.put("meetings", &vantage.newest_meetings(0));
        }
        Page::Embed => {
            let title = vantage.word("embed");
            variables.about(title, vantage.word("embed_lead"), vec![vantage.here_link(title)]);
            variables.put("embed", &vantage.embed());
        }
        _ => {
            let title = vantage.word("not_found");
            variables.about(title, "", vec![vantage.here_link(title)]);
        }
    }
    variables.put("themes", &vantage.top_terms(&site.themes));
    variables.put("groups", &vantage.top_terms(&site.groups));
}
