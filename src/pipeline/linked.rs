//! Parsed files become one site in all its editions, each with its Tera theme and its search index.

use std::sync::Arc;

use super::parse::Parsing;
use crate::content::Rules;
use crate::content::record_lock::{self, RECORD_LOCK, Record};
use crate::content::site_config::{self, SITE_TOML, SiteConfig};
use crate::diagnostic::Diagnostic;
use crate::inputs::Inputs;
use crate::pages::data;
use crate::pages::tera_theme::{self, TeraTheme};
use crate::scratch::Scratch;
use crate::search::index::{self, Index, Settings};
use crate::search::tokens::Script;
use crate::site::link::{Publication, link};
use crate::site::{Edition, Site};
use crate::stages::{Stage, Watcher};

/// One edition with what renders it.
#[derive(Clone)]
pub struct Read {
    pub(super) site: Site,
    pub(super) theme: Arc<TeraTheme>,
}

/// The site in all its editions, the main one first. `themes` are those of the editions where they are known already.
pub(super) fn linked(
    inputs: &mut Inputs,
    publication: &dyn Fn(&SiteConfig) -> Publication,
    parsing: &mut Parsing<'_>,
    themes: Option<Vec<Arc<TeraTheme>>>,
    watcher: &dyn Watcher,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Vec<Read>> {
    let config = config(inputs, diagnostics);
    let rules = config.as_ref().map_or_else(Rules::default, SiteConfig::rules);
    parsing.update(inputs, &rules, watcher);
    diagnostics.extend(parsing.diagnostics());
    watcher.begins(Stage::Link, 0);
    let config = config?;
    diagnostics.extend(parsing.personal_numbers(&config));
    let publication = publication(&config);
    let editions = Edition::all(&config);
    let themes = themes.or_else(|| load(inputs, &config, &editions, diagnostics));
    let (site, found) = link(parsing.sorted_in(config, record(inputs, diagnostics)), publication);
    diagnostics.extend(found);
    let others: Vec<Site> = editions[1..].iter().map(|edition| site.in_edition(edition)).collect();
    let sites = std::iter::once(site).chain(others);
    Some(sites.zip(themes?).map(|(site, theme)| Read { site, theme }).collect())
}

/// The Tera themes of all editions; none where one has an error.
fn load(
    inputs: &Inputs,
    config: &SiteConfig,
    editions: &[Edition],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Vec<Arc<TeraTheme>>> {
    let mut themes = Vec::new();
    for edition in editions {
        match tera_theme::load(inputs, config, edition) {
            Ok(theme) => themes.push(Arc::new(theme)),
            Err(found) => {
                let new: Vec<Diagnostic> =
                    found.into_iter().filter(|one| !diagnostics.contains(one)).collect();
                diagnostics.extend(new);
            }
        }
    }
    (themes.len() == editions.len()).then_some(themes)
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

/// The search index of each edition that has texts of its own, with the edition's prefix.
///
/// # Errors
/// A diagnostic where the disk does not take what has to leave memory.
pub(super) fn indexes(
    editions: &[Read],
    scratch: &Arc<dyn Scratch>,
    watcher: &dyn Watcher,
) -> Result<Vec<(String, Index)>, Diagnostic> {
    let with_texts = editions.iter().filter(|read| read.site.edition.has_texts());
    with_texts
        .map(|Read { site, theme }| {
            Ok((site.edition.prefix.clone(), index(site, theme, scratch.as_ref(), watcher)?))
        })
        .collect()
}

/// The search index of one edition.
fn index(
    site: &Site,
    theme: &TeraTheme,
    scratch: &dyn Scratch,
    watcher: &dyn Watcher,
) -> Result<Index, Diagnostic> {
    let words =
        theme.words.iter().filter_map(|(key, word)| Some((key.strip_prefix("search_")?, word.as_str())));
    let settings = Settings {
        folder: format!("{}/search", site.edition.prefix).trim_start_matches('/').to_owned(),
        speech: &|speech| data::indexed(site, speech),
        words: words.collect(),
        script: Script::of(&site.config.language),
        watcher,
    };
    index::build(site, &settings, scratch)
}
