//! The pure middle: from sources in memory to the finished site in memory.

use std::sync::Arc;

use jiff::tz::TimeZone;
use rayon::prelude::*;

use crate::content::site_config::{self, SITE_TOML, SiteConfig};
use crate::content::source::{Source, classify};
use crate::content::{meeting, speaker, speech, standing};
use crate::diagnostic::{Diagnostic, Severity};
use crate::inputs::Inputs;
use crate::output::{Content, Output, path_of};
use crate::pages::data;
use crate::pages::linkcheck;
use crate::pages::plan::plan;
use crate::pages::render::{Renderer, content};
use crate::pages::tera_theme::{self, TeraTheme};
use crate::pictures::Pictures;
use crate::search::index::{self, Index, Settings};
use crate::search::runs::Scratch;
use crate::search::tokens::Script;
use crate::site::Site;
use crate::site::link::{Parsed, Publication, link};
use crate::site::links::{self, Targets};

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
) -> Built {
    let (mut built, pictures) = assembled(inputs, publication, scratch);
    let Some((site, output)) = &mut built.site else { return built };
    match pictures.made(inputs, site) {
        Ok(copies) => {
            for (address, bytes) in copies {
                output.insert(path_of(&address), Content::Bytes(bytes));
            }
        }
        Err(found) => {
            built.diagnostics.extend(found);
            built.site = None;
        }
    }
    built
}

/// Builds the site as [`build`] does, but makes smaller copies of pictures only when they are asked for.
pub fn preview(
    inputs: &Inputs,
    publication: &dyn Fn(&SiteConfig) -> Publication,
    scratch: &Arc<dyn Scratch>,
) -> Built {
    assembled(inputs, publication, scratch).0
}

fn assembled(
    inputs: &Inputs,
    publication: &dyn Fn(&SiteConfig) -> Publication,
    scratch: &Arc<dyn Scratch>,
) -> (Built, Pictures) {
    let mut pictures = Pictures::default();
    let mut diagnostics = Vec::new();
    let site = linked(inputs, publication, &mut diagnostics).and_then(|(site, theme)| {
        let index = index(&site, &theme, scratch, &mut diagnostics)?;
        let mut output = Output::new(Arc::clone(scratch));
        pictures = rendered(inputs, &site, &theme, &index, &mut output, &mut diagnostics)?;
        for (path, content) in index.files {
            let path = format!("search/{path}");
            output.insert(path.clone(), content);
            if site.config.search.scripts {
                output.insert_script_of(&path);
            }
        }
        Some((site, output))
    });
    (Built { site, diagnostics }, pictures)
}

/// Builds the whole site and checks every link of it, in texts and in rendered pages.
pub fn check(
    inputs: &Inputs,
    publication: &dyn Fn(&SiteConfig) -> Publication,
    scratch: &Arc<dyn Scratch>,
) -> Built {
    let mut built = build(inputs, publication, scratch);
    for diagnostic in &mut built.diagnostics {
        if matches!(diagnostic.code, "broken-link" | "broken-anchor" | "missing-alt") {
            diagnostic.severity = Severity::Error;
        }
    }
    if let Some((site, output)) = &built.site {
        built.diagnostics.extend(linkcheck::check(output, &site.config.base_url));
    }
    built
}

fn linked(
    inputs: &Inputs,
    publication: &dyn Fn(&SiteConfig) -> Publication,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(Site, TeraTheme)> {
    let config = config(inputs, diagnostics);
    let zone = config.as_ref().map_or(TimeZone::UTC, |config| config.time_zone.clone());
    let files = parse(inputs, &zone, diagnostics);
    let config = config?;
    let publication = publication(&config);
    let theme = tera_theme::load(inputs, &config);
    let parsed = sorted_in(files, config);
    let (site, found) = link(parsed, publication);
    diagnostics.extend(found);
    match theme {
        Ok(theme) => Some((site, theme)),
        Err(found) => {
            diagnostics.extend(found);
            None
        }
    }
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
fn parse(inputs: &Inputs, zone: &TimeZone, diagnostics: &mut Vec<Diagnostic>) -> Vec<File> {
    let paths: Vec<&str> = inputs.below("content/").map(|(path, _)| path).collect();
    let parsed: Vec<(File, Vec<Diagnostic>)> =
        paths.par_iter().map(|path| parse_file(inputs, path, zone)).collect();
    let mut files = Vec::with_capacity(parsed.len());
    for (file, found) in parsed {
        diagnostics.extend(found);
        files.push(file);
    }
    files
}

fn sorted_in(files: Vec<File>, config: SiteConfig) -> Parsed {
    let mut parsed = Parsed {
        config,
        meetings: Vec::new(),
        speeches: Vec::new(),
        speakers: Vec::new(),
        standing: Vec::new(),
        speech_assets: Vec::new(),
        meeting_assets: Vec::new(),
        statics: Vec::new(),
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

fn parse_file(inputs: &Inputs, path: &str, zone: &TimeZone) -> (File, Vec<Diagnostic>) {
    let source = classify(path);
    let text = match source {
        Source::Meeting { .. } | Source::Speech { .. } | Source::Speaker { .. } | Source::Standing { .. } => {
            match inputs.utf8(path) {
                Ok(text) => text,
                Err(error) => return (File::Nothing, vec![error]),
            }
        }
        _ => "",
    };
    let owned = path.to_owned();
    match source {
        Source::Meeting { folder } => {
            found(meeting::parse(path, text, zone), |file| File::Meeting(folder, file))
        }
        Source::Speech { folder, name } => {
            found(speech::parse(path, text, zone), |file| File::Speech((folder, name), Box::new(file)))
        }
        Source::Speaker { name } => found(speaker::parse(path, text), |file| File::Speaker(name, file)),
        Source::Standing { name } => found(standing::parse(path, text), |file| File::Standing(name, file)),
        Source::SpeechAsset { folder, name, path } => {
            (File::SpeechAsset(folder, name, path, owned), Vec::new())
        }
        Source::MeetingAsset { folder, path } => (File::MeetingAsset(folder, path, owned), Vec::new()),
        Source::Static { path } => (File::Static(path, owned), Vec::new()),
        Source::Unknown => (File::Nothing, vec![Diagnostic::unknown_file(path)]),
        Source::SiteConfig | Source::Ignored => (File::Nothing, Vec::new()),
    }
}

fn found<T>(
    (file, diagnostics): (Option<T>, Vec<Diagnostic>),
    wrap: impl FnOnce(T) -> File,
) -> (File, Vec<Diagnostic>) {
    (file.map_or(File::Nothing, wrap), diagnostics)
}

/// The search index.
fn index(
    site: &Site,
    theme: &TeraTheme,
    scratch: &Arc<dyn Scratch>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Index> {
    let words =
        theme.words.iter().filter_map(|(key, word)| Some((key.strip_prefix("search_")?, word.as_str())));
    let settings = Settings {
        speech: &|speech| data::speech(site, speech),
        words: words.collect(),
        script: Script::of(&site.config.language),
    };
    index::build(site, &settings, scratch.as_ref())
        .map_err(|error| diagnostics.push(Diagnostic::no_scratch(&error.to_string())))
        .ok()
}

/// Plans and renders all pages; none where there is an error.
fn rendered(
    inputs: &Inputs,
    site: &Site,
    theme: &TeraTheme,
    index: &Index,
    output: &mut Output,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Pictures> {
    let (pictures, found) = Pictures::new(inputs, site);
    diagnostics.extend(found);
    let (plan, collisions) = plan(site, theme, &pictures);
    diagnostics.extend(collisions);
    let targets = Targets::new(site, plan.paths());
    diagnostics.extend(links::texts(site).flat_map(|text| targets.broken(&text)));
    if diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        return None;
    }
    let renderer = Renderer {
        inputs,
        site,
        pictures: &pictures,
        theme,
        plan: &plan,
        targets: &targets,
        manifest: &index.manifest,
    };
    let pages: Vec<_> = plan.pages.par_iter().map(|planned| (planned, content(&renderer, planned))).collect();
    let mut failed = false;
    for (planned, result) in pages {
        match result {
            Ok(content) => output.insert(path_of(&planned.address), content),
            Err(diagnostic) => {
                failed = true;
                diagnostics.push(diagnostic);
            }
        }
    }
    (!failed).then_some(pictures)
}
