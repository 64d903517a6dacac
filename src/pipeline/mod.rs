//! The pure middle: from sources in memory to the finished site in memory.

mod linked;
mod pages;
mod parse;
mod preview;

pub use linked::Read;
pub use preview::{Found, Pages, Preview, Searchable, Workshop};

use std::sync::Arc;

use self::linked::linked;
use self::pages::rendered;
use self::parse::Parsing;
use crate::content::site_config::SiteConfig;
use crate::diagnostic::{Diagnostic, Severity};
use crate::hosts;
use crate::inputs::{Again, Inputs};
use crate::output::{Content, Output, path_of};
use crate::pages::linkcheck;
use crate::pages::offline;
use crate::pages::secrets::Secrets;
use crate::pages::tera_theme::TeraTheme;
use crate::pictures::Pictures;
use crate::scratch::{Scratch, Texts};
use crate::site::link::Publication;
use crate::site::{Redirect, Site};
use crate::stages::{Stage, Watcher};

/// What a site is made of, and with what.
pub struct Request<'a> {
    /// The sources.
    pub inputs: Inputs,
    /// What of a site with these settings is public.
    pub publication: &'a dyn Fn(&SiteConfig) -> Publication,
    /// Where finished files go, and what does not fit into memory.
    pub scratch: &'a Arc<dyn Scratch>,
    /// Is told how far it is.
    pub watcher: &'a dyn Watcher,
    /// Reads a source again by its name on disk: texts are let go of once they are parsed, and many of them before.
    pub again: &'a Again<'a>,
}

/// What became of the sources.
pub struct Built {
    /// The site and its files; none where an error stands in the way.
    pub site: Option<(Site, Output)>,
    /// Everything that was found, in no particular order.
    pub diagnostics: Vec<Diagnostic>,
    /// The sources, but for texts in which nothing was found.
    pub inputs: Inputs,
    /// What the speeches of the site say.
    pub texts: Arc<Texts>,
}

/// Builds the whole site in memory.
pub fn build(request: Request<'_>) -> Built {
    let mut built = made(request);
    if built.diagnostics.iter().any(|found| found.code == "broken-output-link") {
        built.site = None;
    }
    built
}

/// The site in memory, links of its pages that lead nowhere and all.
fn made(mut request: Request<'_>) -> Built {
    let texts = Arc::new(Texts::new(Arc::clone(request.scratch)));
    let (assembled, mut diagnostics) = assembled(&mut request, &texts);
    request.watcher.begins(Stage::Finish, 0);
    let site = assembled.and_then(|assembled| finished(&request.inputs, assembled, &mut diagnostics));
    // Of a text that could not be read again nothing may be published.
    let fault = texts.fault();
    diagnostics.extend(fault.iter().map(|reason| Diagnostic::no_scratch(reason)));
    let site = site.filter(|_| fault.is_none());
    Built { site, diagnostics, inputs: request.inputs, texts }
}

/// A site of which only what depends on all the rest is missing.
struct Assembled {
    site: Site,
    /// Of all editions.
    redirects: Vec<Redirect>,
    theme: Arc<TeraTheme>,
    pictures: Pictures,
    secrets: Secrets,
    output: Output,
}

fn assembled(request: &mut Request<'_>, texts: &Arc<Texts>) -> (Option<Assembled>, Vec<Diagnostic>) {
    let Request { inputs, publication, scratch, watcher, again } = request;
    let mut diagnostics = Vec::new();
    let mut parsing = Parsing::once(Arc::clone(texts), *again);
    let linked = linked(inputs, *publication, &mut parsing, None, *watcher, &mut diagnostics);
    let assembled = linked.and_then(|editions| {
        let secrets = Secrets::of(inputs, *again, editions.iter().map(|edition| &edition.site));
        let mut indexes = linked::indexes(&editions, scratch, *watcher)
            .map_err(|diagnostic| diagnostics.push(diagnostic))
            .ok()?;
        let count = indexes.iter().map(|(_, index)| index.count()).sum();
        let files: Vec<_> = indexes.iter_mut().map(|(_, index)| index.take_files()).collect();
        let files = (count, files.into_iter().flatten());
        let (pictures, output) =
            rendered(inputs, &editions, &indexes, files, scratch, *watcher, &mut diagnostics)?;
        let redirects = editions.iter().flat_map(|edition| edition.site.redirects.clone()).collect();
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
pub fn check(request: Request<'_>) -> Built {
    let mut built = made(request);
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
        // Places in pages as well: that finds all that was found, and more.
        built.diagnostics.retain(|found| found.code != "broken-output-link");
        built.diagnostics.extend(linkcheck::report(linkcheck::check(output, &site.config.base_url)));
    }
    built
}
