//! The pure middle: from sources in memory to the finished site in memory.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::tz::TimeZone;
use rayon::prelude::*;

use crate::content::privacy::{self, PersonalNumber};
use crate::content::record_lock::{self, RECORD_LOCK, Record};
use crate::content::site_config::{self, SITE_TOML, SiteConfig};
use crate::content::source::{Source, classify};
use crate::content::{meeting, speaker, speech, standing};
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::hosts;
use crate::inputs::Inputs;
use crate::output::{Content, Output, path_of};
use crate::pages::data;
use crate::pages::linkcheck::{self, BrokenLink};
use crate::pages::offline;
use crate::pages::plan::{Planned, plan};
use crate::pages::render::{Renderer, content};
use crate::pages::secrets::Secrets;
use crate::pages::tera_theme::{self, TeraTheme};
use crate::pictures::Pictures;
use crate::search::index::{self, Index, Settings};
use crate::search::runs::Scratch;
use crate::search::store::Store;
use crate::search::tokens::Script;
use crate::site::link::{Parsed, Publication, link};
use crate::site::links::{self, Targets};
use crate::site::{Edition, Redirect, Site};
use crate::stages::{Stage, Watcher};

/// What became of the sources.
pub struct Built {
    /// The site and its files; none where an error stands in the way.
    pub site: Option<(Site, Output)>,
    /// Everything that was found, in no particular order.
    pub diagnostics: Vec<Diagnostic>,
}

/// Builds the whole site in memory.
pub fn build(
    inputs: &Inputs,
    publication: &dyn Fn(&SiteConfig) -> Publication,
    scratch: &Arc<dyn Scratch>,
    watcher: &dyn Watcher,
) -> Built {
    let (assembled, mut diagnostics) = assembled(inputs, publication, scratch, watcher);
    watcher.begins(Stage::Finish, 0);
    let site = assembled.and_then(|assembled| finished(inputs, assembled, &mut diagnostics));
    Built { site, diagnostics }
}

/// Builds the site as [`build`] does, but makes smaller copies of pictures only when they are asked for, and keeps
/// nothing in browsers for reading without a network.
pub fn preview(
    inputs: &Inputs,
    publication: &dyn Fn(&SiteConfig) -> Publication,
    scratch: &Arc<dyn Scratch>,
    watcher: &dyn Watcher,
) -> Built {
    let (assembled, diagnostics) = assembled(inputs, publication, scratch, watcher);
    Built { site: assembled.map(|Assembled { site, output, .. }| (site, output)), diagnostics }
}

/// A site of which only what depends on all the rest is missing.
struct Assembled {
    site: Site,
    /// Of all editions.
    redirects: Vec<Redirect>,
    theme: TeraTheme,
    pictures: Pictures,
    secrets: Secrets,
    output: Output,
}

fn assembled(
    inputs: &Inputs,
    publication: &dyn Fn(&SiteConfig) -> Publication,
    scratch: &Arc<dyn Scratch>,
    watcher: &dyn Watcher,
) -> (Option<Assembled>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let assembled = linked(inputs, publication, watcher, &mut diagnostics).and_then(|editions| {
        let indexes = indexes(&editions, scratch, watcher, &mut diagnostics)?;
        let mut output = Output::new(Arc::clone(scratch));
        let pictures =
            rendered(inputs, &editions, &indexes, scratch.as_ref(), watcher, &mut output, &mut diagnostics)?;
        for (prefix, index) in indexes {
            for (path, content) in index.files {
                let path = path_of(&format!("{prefix}/search/{path}"));
                output.insert(path.clone(), content);
                if editions[0].site.config.search.scripts {
                    output.insert_script_of(&path);
                }
            }
        }
        let redirects = editions.iter().flat_map(|edition| edition.site.redirects.clone()).collect();
        let secrets = Secrets::of(inputs, editions.iter().map(|edition| &edition.site));
        let Read { site, theme } = editions.into_iter().next()?;
        Some(Assembled { site, redirects, theme, pictures, secrets, output })
    });
    (assembled, diagnostics)
}

/// Adds the smaller copies of pictures, and what browsers need for reading without a network.
fn finished(
    inputs: &Inputs,
    assembled: Assembled,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(Site, Output)> {
    let Assembled { site, redirects, theme, pictures, secrets, mut output } = assembled;
    let copies = pictures.made(inputs, &site).map_err(|found| diagnostics.extend(found)).ok()?;
    for (address, bytes) in copies {
        output.insert(path_of(&address), Content::Bytes(bytes));
    }
    if site.config.offline.enabled {
        offline::add(&site, &theme, &mut output)
            .map_err(|error| diagnostics.push(Diagnostic::no_scratch(&error.to_string())))
            .ok()?;
    }
    let mut found = hosts::add(&site, &redirects, &mut output);
    found.extend(secrets.check(&output));
    let failed = found.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    diagnostics.extend(found);
    if failed {
        return None;
    }
    output.insert_compressed(&site.config.precompress);
    Some((site, output))
}

/// Builds the whole site and checks every link of it, in texts and in rendered pages.
pub fn check(
    inputs: &Inputs,
    publication: &dyn Fn(&SiteConfig) -> Publication,
    scratch: &Arc<dyn Scratch>,
    watcher: &dyn Watcher,
) -> Built {
    let mut built = build(inputs, publication, scratch, watcher);
    for diagnostic in &mut built.diagnostics {
        if matches!(
            diagnostic.code,
            "broken-link"
                | "broken-anchor"
                | "missing-alt"
                | "broken-picture"
                | "missing-in-profile"
                | "wrong-site-code"
        ) {
            diagnostic.severity = Severity::Error;
        }
    }
    if let Some((site, output)) = &built.site {
        built.diagnostics.extend(linkcheck::report(linkcheck::check(output, &site.config.base_url)));
    }
    built
}

/// One edition with what renders it.
struct Read {
    site: Site,
    theme: TeraTheme,
}

/// The site in all its editions, the main one first.
fn linked(
    inputs: &Inputs,
    publication: &dyn Fn(&SiteConfig) -> Publication,
    watcher: &dyn Watcher,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Vec<Read>> {
    let config = config(inputs, diagnostics);
    let zone = config.as_ref().map_or(TimeZone::UTC, |config| config.time_zone.clone());
    let files = parse(inputs, &zone, watcher, diagnostics);
    watcher.begins(Stage::Link, 0);
    let config = config?;
    diagnostics.extend(personal_numbers(inputs, &config));
    let publication = publication(&config);
    let editions = Edition::all(&config);
    let mut themes = Vec::new();
    for edition in &editions {
        match tera_theme::load(inputs, &config, edition) {
            Ok(theme) => themes.push(theme),
            Err(found) => {
                let new: Vec<Diagnostic> =
                    found.into_iter().filter(|one| !diagnostics.contains(one)).collect();
                diagnostics.extend(new);
            }
        }
    }
    let (site, found) = link(sorted_in(files, config, record(inputs, diagnostics)), publication);
    diagnostics.extend(found);
    if themes.len() < editions.len() {
        return None;
    }
    let others: Vec<Site> = editions[1..].iter().map(|edition| site.in_edition(edition)).collect();
    let sites = std::iter::once(site).chain(others);
    Some(sites.zip(themes).map(|(site, theme)| Read { site, theme }).collect())
}

fn config(inputs: &Inputs, diagnostics: &mut Vec<Diagnostic>) -> Option<SiteConfig> {
    if inputs.bytes(SITE_TOML).is_none() {
        diagnostics.push(Diagnostic::no_site_toml());
        return None;
    }
    match inputs.utf8(SITE_TOML) {
        Ok(text) => {
            let (config, found) = site_config::parse(text);
            diagnostics.extend(found);
            config
        }
        Err(error) => {
            diagnostics.push(error);
            None
        }
    }
}

/// One parsed file, before it is sorted in with the others.
enum File {
    Meeting(String, meeting::MeetingFile),
    Speech((String, String), Box<speech::SpeechFile>),
    Speaker(String, speaker::SpeakerFile),
    Standing(String, standing::StandingFile),
    SpeechAsset(String, String, String, String),
    MeetingAsset(String, String, String),
    Static(String, String),
    Nothing,
}

/// Parses all files, each on its own.
fn parse(
    inputs: &Inputs,
    zone: &TimeZone,
    watcher: &dyn Watcher,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<File> {
    let paths: Vec<&str> = inputs.below("content/").map(|(path, _)| path).collect();
    watcher.begins(Stage::Parse, paths.len());
    let one = |path: &&str| {
        let parsed = parse_file(inputs, path, zone);
        watcher.done(1);
        parsed
    };
    let parsed: Vec<(File, Vec<Diagnostic>)> = paths.par_iter().map(one).collect();
    let mut files = Vec::with_capacity(parsed.len());
    for (file, found) in parsed {
        diagnostics.extend(found);
        files.push(file);
    }
    files
}

/// Numbers of persons in whole files, front matter included.
fn personal_numbers(inputs: &Inputs, config: &SiteConfig) -> Vec<Diagnostic> {
    let texts: Vec<(&str, &str)> = inputs
        .below("content/")
        .filter(|(path, _)| has_text(&classify(path)))
        .filter_map(|(path, _)| Some((path, inputs.text(path)?)))
        .collect();
    let in_text = |(path, text): &(&str, &str)| {
        let found = privacy::find(text).into_iter().filter(|number| !number.is_among(&config.public_numbers));
        let diagnostic = |number: PersonalNumber| {
            let masked = number.masked();
            Diagnostic::personal_number(Place::span(*path, number.span), &number.kind.name(), &masked)
        };
        found.map(diagnostic).collect::<Vec<_>>()
    };
    texts.par_iter().flat_map_iter(in_text).collect()
}

/// What has been published before; nothing where it cannot be read.
fn record(inputs: &Inputs, diagnostics: &mut Vec<Diagnostic>) -> Record {
    let read = inputs.bytes(RECORD_LOCK).map(|_| inputs.utf8(RECORD_LOCK).map(record_lock::parse));
    match read {
        None => Record::default(),
        Some(Ok((record, found))) => {
            diagnostics.extend(found);
            record
        }
        Some(Err(error)) => {
            diagnostics.push(error);
            Record::default()
        }
    }
}

fn sorted_in(files: Vec<File>, config: SiteConfig, record: Record) -> Parsed {
    let mut parsed = Parsed {
        config,
        meetings: Vec::new(),
        speeches: Vec::new(),
        speakers: Vec::new(),
        standing: Vec::new(),
        speech_assets: Vec::new(),
        meeting_assets: Vec::new(),
        statics: Vec::new(),
        record,
    };
    for file in files {
        match file {
            File::Meeting(folder, file) => parsed.meetings.push((folder, file)),
            File::Speech(name, file) => parsed.speeches.push((name, *file)),
            File::Speaker(name, file) => parsed.speakers.push((name, file)),
            File::Standing(name, file) => parsed.standing.push((name, file)),
            File::SpeechAsset(folder, name, path, file) => {
                parsed.speech_assets.push((folder, name, path, file))
            }
            File::MeetingAsset(folder, path, file) => parsed.meeting_assets.push((folder, path, file)),
            File::Static(path, file) => parsed.statics.push((path, file)),
            File::Nothing => {}
        }
    }
    parsed
}

/// Whether it is Markdown with front matter.
fn has_text(source: &Source) -> bool {
    matches!(
        source,
        Source::Meeting { .. } | Source::Speech { .. } | Source::Speaker { .. } | Source::Standing { .. }
    )
}

fn parse_file(inputs: &Inputs, path: &str, zone: &TimeZone) -> (File, Vec<Diagnostic>) {
    let source = classify(path);
    let text = match has_text(&source).then(|| inputs.utf8(path)) {
        Some(Ok(text)) => text,
        Some(Err(error)) => return (File::Nothing, vec![error]),
        None => "",
    };
    let owned = path.to_owned();
    match source {
        Source::Meeting { folder } => {
            found(meeting::parse(path, text, zone), |file| File::Meeting(folder, file))
        }
        Source::Speech { folder, name } => {
            found(speech::parse(path, text, zone), |file| File::Speech((folder, name), Box::new(file)))
        }
        Source::Speaker { name } => found(speaker::parse(path, text, zone), |file| File::Speaker(name, file)),
        Source::Standing { name } => found(standing::parse(path, text), |file| File::Standing(name, file)),
        Source::SpeechAsset { folder, name, path } => {
            (File::SpeechAsset(folder, name, path, owned), Vec::new())
        }
        Source::MeetingAsset { folder, path } => (File::MeetingAsset(folder, path, owned), Vec::new()),
        Source::Static { path } => (File::Static(path, owned), Vec::new()),
        Source::Unknown => (File::Nothing, vec![Diagnostic::unknown_file(path)]),
        Source::SiteConfig | Source::RecordLock | Source::Ignored => (File::Nothing, Vec::new()),
    }
}

fn found<T>(
    (file, diagnostics): (Option<T>, Vec<Diagnostic>),
    wrap: impl FnOnce(T) -> File,
) -> (File, Vec<Diagnostic>) {
    (file.map_or(File::Nothing, wrap), diagnostics)
}

/// The search index of each edition that has texts of its own, with the edition's prefix.
fn indexes(
    editions: &[Read],
    scratch: &Arc<dyn Scratch>,
    watcher: &dyn Watcher,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Vec<(String, Index)>> {
    let with_texts = editions.iter().filter(|read| read.site.edition.has_texts());
    with_texts
        .map(|Read { site, theme }| {
            Some((site.edition.prefix.clone(), index(site, theme, scratch, watcher, diagnostics)?))
        })
        .collect()
}

/// The search index of one edition.
fn index(
    site: &Site,
    theme: &TeraTheme,
    scratch: &Arc<dyn Scratch>,
    watcher: &dyn Watcher,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Index> {
    let words =
        theme.words.iter().filter_map(|(key, word)| Some((key.strip_prefix("search_")?, word.as_str())));
    let settings = Settings {
        speech: &|speech| data::speech(site, speech),
        words: words.collect(),
        script: Script::of(&site.config.language),
        watcher,
    };
    index::build(site, &settings, scratch.as_ref())
        .map_err(|error| diagnostics.push(Diagnostic::no_scratch(&error.to_string())))
        .ok()
}

/// The pictures of each edition: the same in all texts, those that stand for shared pages in each script.
fn pictures(inputs: &Inputs, editions: &[Read]) -> (Vec<Pictures>, Vec<Diagnostic>) {
    let (main, diagnostics) = Pictures::new(inputs, &editions[0].site);
    let mut all = vec![main];
    for Read { site, .. } in &editions[1..] {
        let first = editions.iter().position(|read| read.site.edition.prefix == site.edition.texts);
        let pictures = match first.and_then(|at| all.get(at)) {
            Some(of_same_texts) => of_same_texts.clone(),
            None => all[0].in_edition(inputs, site),
        };
        all.push(pictures);
    }
    (all, diagnostics)
}

/// Why a page is not published.
enum PageFault {
    Diagnostic(Box<Diagnostic>),
    Links(Vec<BrokenLink>),
}

impl From<Diagnostic> for PageFault {
    fn from(diagnostic: Diagnostic) -> PageFault {
        PageFault::Diagnostic(Box::new(diagnostic))
    }
}

/// Plans and renders all pages; none where there is an error.
fn rendered(
    inputs: &Inputs,
    editions: &[Read],
    indexes: &[(String, Index)],
    scratch: &dyn Scratch,
    watcher: &dyn Watcher,
    output: &mut Output,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Pictures> {
    watcher.begins(Stage::Plan, 0);
    let (pictures, found) = pictures(inputs, editions);
    diagnostics.extend(found);
    let (plan, collisions) =
        plan(editions.iter().zip(&pictures).map(|(Read { site, theme }, pictures)| (site, theme, pictures)));
    diagnostics.extend(collisions);
    let paths = Arc::new(plan.paths());
    let targets: Vec<Targets<'_>> =
        editions.iter().map(|read| Targets::new(&read.site, Arc::clone(&paths))).collect();
    diagnostics.extend(links::texts(&editions[0].site).flat_map(|text| targets[0].broken(&text)));
    if diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        return None;
    }
    let all: Vec<Edition> = editions.iter().map(|read| read.site.edition.clone()).collect();
    let mut renderers = Vec::new();
    for ((Read { site, theme }, targets), pictures) in editions.iter().zip(&targets).zip(&pictures) {
        let index = indexes.iter().find(|(prefix, _)| *prefix == site.edition.texts);
        let manifest = index.map_or("", |(_, index)| index.manifest.as_str());
        renderers.push(Renderer {
            inputs,
            site,
            editions: &all,
            pictures,
            theme,
            plan: &plan,
            targets,
            manifest,
        });
    }
    watcher.begins(Stage::Render, plan.pages.len());
    let store = Store::new(scratch);
    let known: BTreeSet<String> = indexes
        .iter()
        .flat_map(|(prefix, index)| {
            index.files.iter().map(move |(path, _)| path_of(&format!("{prefix}/search/{path}")))
        })
        .collect();
    let is_there = |path: &str| paths.contains(path) || known.contains(path);
    let base_url = &editions[0].site.config.base_url;
    let page = |planned: &Planned| {
        let thread = rayon::current_thread_index().unwrap_or_default();
        if let Some(template) = planned.page.template() {
            watcher.renders(thread, Some((&planned.address, template)));
        }
        let rendered = content(&renderers[planned.edition], planned);
        watcher.renders(thread, None);
        let content = match rendered? {
            Content::Bytes(bytes) => {
                let path = path_of(&planned.address);
                let broken = match path.ends_with(".html") {
                    true => linkcheck::check_page(&path, &bytes, base_url, &is_there),
                    false => Vec::new(),
                };
                if !broken.is_empty() {
                    return Err(PageFault::Links(broken));
                }
                let placed = scratch.place(&path, &bytes);
                if placed.map_err(|error| Diagnostic::unwritable(&path, &error.to_string()))? {
                    Content::Placed(bytes.len())
                } else {
                    store.hold(bytes).map_err(|error| Diagnostic::no_scratch(&error.to_string()))?
                }
            }
            made => made,
        };
        watcher.done(1);
        Ok(content)
    };
    let pages: Vec<_> = plan.pages.par_iter().map(|planned| (planned, page(planned))).collect();
    let (mut failed, mut broken) = (false, Vec::new());
    for (planned, result) in pages {
        match result {
            Ok(content) => output.insert(path_of(&planned.address), content),
            Err(PageFault::Links(links)) => broken.extend(links),
            Err(PageFault::Diagnostic(diagnostic)) => {
                failed = true;
                diagnostics.push(*diagnostic);
            }
        }
    }
    failed |= !broken.is_empty();
    diagnostics.extend(linkcheck::report(broken));
    pictures.into_iter().next().filter(|_| !failed)
}
