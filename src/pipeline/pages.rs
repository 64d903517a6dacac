//! The pages of a linked site: which there are, and what each of them becomes.

use std::io::{self, ErrorKind};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rayon::prelude::*;

use super::linked::Read;
use crate::diagnostic::{Diagnostic, Severity};
use crate::inputs::Inputs;
use crate::output::{Content, Output, path_of};
use crate::pages::linkcheck::{self, BrokenLink};
use crate::pages::plan::{Plan, Planned, plan};
use crate::pages::render::{Renderer, content};
use crate::pictures::Pictures;
use crate::scratch::Scratch;
use crate::search::index::Index;
use crate::search::store::Store;
use crate::site::Edition;
use crate::site::links::{self, Targets};
use crate::stages::{Stage, Watcher};

/// Pages that a thread takes before it looks whether another one is idle.
const AT_ONCE: usize = 32;

/// Which pages a site has, in all its editions.
pub(super) struct Planning {
    pub(super) pictures: Vec<Pictures>,
    pub(super) plan: Plan,
}

impl Planning {
    /// Plans the pages, and reports what is wrong with addresses and pictures.
    pub(super) fn new(inputs: &Inputs, editions: &[Read]) -> (Planning, Vec<Diagnostic>) {
        let (pictures, mut diagnostics) = pictures(inputs, editions);
        let parts = editions.iter().zip(&pictures);
        let (plan, collisions) =
            plan(parts.map(|(Read { site, theme }, pictures)| (site, theme.as_ref(), pictures)));
        diagnostics.extend(collisions);
        (Planning { pictures, plan }, diagnostics)
    }

    /// What links of each edition can lead to.
    pub(super) fn targets<'a>(&'a self, editions: &'a [Read]) -> Vec<Targets<'a>> {
        editions.iter().map(|read| Targets::new(&read.site, &self.plan)).collect()
    }
}

/// What renders the pages of each edition. `indexes` are the manifests of the search by the prefix of their edition; pages
/// that show one are right only with it.
pub(super) fn renderers<'a>(
    inputs: &'a Inputs,
    editions: &'a [Read],
    all: &'a [Edition],
    planning: &'a Planning,
    targets: &'a [Targets<'a>],
    indexes: &'a [(String, Index)],
) -> Vec<Renderer<'a>> {
    let parts = editions.iter().zip(targets).zip(&planning.pictures);
    parts
        .map(|((Read { site, theme }, targets), pictures)| {
            let index = indexes.iter().find(|(prefix, _)| *prefix == site.edition.texts);
            let manifest = index.map_or("", |(_, index)| index.manifest.as_str());
            let plan = &planning.plan;
            Renderer { inputs, site, editions: all, pictures, theme, plan, targets, manifest }
        })
        .collect()
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

/// What is wrong with pages. It is kept apart from them: most have nothing here, and there may be a million.
#[derive(Default)]
struct Wrong {
    /// Why there is no page.
    faults: Vec<Diagnostic>,
    /// Links on pages that lead nowhere.
    broken: Vec<BrokenLink>,
}

/// Why a page is not there.
enum Fault {
    /// It is not right. Others may be.
    OfPage(Box<Diagnostic>),
    /// The disk takes nothing more.
    OfDisk(Box<Diagnostic>),
}

/// Gives a finished page to the new site, or holds it where there is none yet.
fn placed(path: &str, bytes: Vec<u8>, scratch: &dyn Scratch, store: &Store<'_>) -> Result<Content, Fault> {
    let unwritable = |error: &io::Error| Box::new(Diagnostic::unwritable(path, &error.to_string()));
    match scratch.place(path, &bytes) {
        Ok(Some(placed)) => Ok(Content::Placed(placed)),
        Ok(None) => store
            .hold(bytes)
            .map_err(|error| Fault::OfDisk(Diagnostic::no_scratch(&error.to_string()).into())),
        Err(error) => match error.kind() {
            ErrorKind::InvalidFilename
            | ErrorKind::NotADirectory
            | ErrorKind::IsADirectory
            | ErrorKind::AlreadyExists => Err(Fault::OfPage(unwritable(&error))),
            _ => Err(Fault::OfDisk(unwritable(&error))),
        },
    }
}

/// Plans and renders all pages, and lists them with `found`, the files of the search indexes, whose number comes first. None
/// where there is an error.
pub(super) fn rendered(
    inputs: &Inputs,
    editions: &[Read],
    indexes: &[(String, Index)],
    found: (usize, impl Iterator<Item = (String, Content)>),
    scratch: &Arc<dyn Scratch>,
    watcher: &dyn Watcher,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(Pictures, Output)> {
    watcher.begins(Stage::Plan, 0);
    let (planning, wrong) = Planning::new(inputs, editions);
    diagnostics.extend(wrong);
    let targets = planning.targets(editions);
    diagnostics.extend(links::texts(&editions[0].site).flat_map(|text| targets[0].broken(&text)));
    if diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        return None;
    }
    let all: Vec<Edition> = editions.iter().map(|read| read.site.edition.clone()).collect();
    let renderers = renderers(inputs, editions, &all, &planning, &targets, indexes);
    let pages = &planning.plan.pages;
    let mut output = Output::new(Arc::clone(scratch));
    let (count, found) = found;
    output.reserve(count + pages.len());
    output.extend(found);
    watcher.begins(Stage::Render, pages.len());
    let scratch = scratch.as_ref();
    let store = Store::new(scratch);
    let wrong = Mutex::new(Wrong::default());
    let note = || wrong.lock().unwrap_or_else(PoisonError::into_inner);
    let page = |planned: &Planned| -> Result<Content, Fault> {
        let thread = rayon::current_thread_index().unwrap_or_default();
        if let Some(template) = planned.page.template() {
            watcher.renders(thread, Some((&planned.address, template)));
        }
        let rendered = content(&renderers[planned.edition], planned);
        watcher.renders(thread, None);
        let (content, broken) = rendered.map_err(|fault| Fault::OfPage(fault.into()))?;
        if !broken.is_empty() {
            note().broken.extend(broken);
        }
        let content = match content {
            Content::Bytes(bytes) => placed(&path_of(&planned.address), bytes, scratch, &store)?,
            made => made,
        };
        watcher.done(1);
        Ok(content)
    };
    let refused = OnceLock::new();
    let files = pages.par_iter().with_max_len(AT_ONCE).map(|planned| {
        if refused.get().is_some() {
            return None;
        }
        match page(planned) {
            Ok(content) => return Some(content),
            Err(Fault::OfPage(fault)) => note().faults.push(*fault),
            Err(Fault::OfDisk(fault)) => drop(refused.set(*fault)),
        }
        None
    });
    let files: Vec<Option<Content>> = files.collect();
    let Planning { pictures, plan } = planning;
    let pages = plan.pages.into_iter().map(|planned| path_of(&planned.address));
    output.extend(pages.zip(files).filter_map(|(path, content)| Some((path, content?))));
    let Wrong { mut faults, broken } = wrong.into_inner().unwrap_or_else(PoisonError::into_inner);
    faults.extend(refused.into_inner());
    let failed = !faults.is_empty();
    diagnostics.extend(faults);
    diagnostics.extend(linkcheck::report(broken));
    pictures.into_iter().next().filter(|_| !failed).map(|pictures| (pictures, output))
}
