//! A site whose pages are rendered when somebody asks for them.

use std::collections::HashMap;
use std::sync::Arc;

use super::linked::{Read, indexes, linked};
use super::pages::{Planning, renderers};
use super::parse::Parsing;
use crate::content::front_matter;
use crate::content::markdown::LinkKind;
use crate::content::record_lock::RECORD_LOCK;
use crate::content::site_config::SiteConfig;
use crate::content::speech::SpeechFile;
use crate::diagnostic::{Diagnostic, Severity};
use crate::inputs::Inputs;
use crate::output::{Content, Output, path_of};
use crate::pages::linkcheck;
use crate::pages::plan::{Page, Planned};
use crate::pages::render::{Renderer, content};
use crate::scratch::Scratch;
use crate::search::index::Index;
use crate::site::Edition;
use crate::site::link::Publication;
use crate::site::links::{self, SiteText, Targets};
use crate::stages::Watcher;

/// A linked site with the plan of its pages.
pub struct Preview {
    inputs: Inputs,
    editions: Arc<Vec<Read>>,
    planning: Arc<Planning>,
    /// The place in the plan of each path.
    places: Arc<HashMap<String, usize>>,
    /// What was found in the sources.
    diagnostics: Vec<Diagnostic>,
}

/// The search of a site, which takes longer than the rest.
pub struct Searchable {
    /// The manifests.
    indexes: Vec<(String, Index)>,
    /// The files below `search/`.
    output: Output,
}

impl Searchable {
    /// Builds the index of each edition that has one.
    ///
    /// # Errors
    /// A diagnostic where something has to leave memory, and the disk does not take it.
    pub fn new(
        editions: &[Read],
        scratch: &Arc<dyn Scratch>,
        watcher: &dyn Watcher,
    ) -> Result<Searchable, Diagnostic> {
        let mut output = Output::new(Arc::clone(scratch));
        let mut indexes = indexes(editions, scratch, watcher)?;
        output.extend(indexes.iter_mut().flat_map(|(_, index)| index.take_files()));
        Ok(Searchable { indexes, output })
    }
}

/// The sources of a preview, which is made anew as they change.
#[derive(Default)]
pub struct Workshop {
    parsing: Parsing<'static>,
    /// The last one that could be made.
    preview: Option<Preview>,
    /// Whether it is of the sources as they were seen last.
    is_of_last: bool,
}

impl Workshop {
    /// The last preview that could be made.
    pub fn preview(&self) -> Option<&Preview> {
        self.preview.as_ref()
    }

    /// Makes the preview of `inputs`, unless there is an error in them, and tells what was found, `found` included.
    /// `changed` are the files that are not as they were last time; none where it may be any.
    pub fn update(
        &mut self,
        inputs: &Inputs,
        found: &[Diagnostic],
        changed: Option<&[String]>,
        publication: &dyn Fn(&SiteConfig) -> Publication,
        watcher: &dyn Watcher,
    ) -> Vec<Diagnostic> {
        let changed = changed.filter(|_| self.is_of_last);
        let before = self.preview.as_ref();
        let quick = match (before, changed) {
            (Some(before), Some([path])) => before.with_new_text(inputs, path, found, &mut self.parsing),
            _ => None,
        };
        let (preview, mut diagnostics) = match quick {
            Some(preview) => {
                let diagnostics = preview.diagnostics.clone();
                (Some(preview), diagnostics)
            }
            None => {
                let is_of_texts = |path: &String| path.ends_with(".md");
                let known = before.filter(|_| changed.is_some_and(|paths| paths.iter().all(is_of_texts)));
                Preview::new(inputs, known, publication, &mut self.parsing, watcher)
            }
        };
        let has_error = found.iter().any(|found| found.severity == Severity::Error);
        diagnostics.extend(found.iter().cloned());
        let preview = preview.filter(|_| !has_error);
        self.is_of_last = preview.is_some();
        if preview.is_some() {
            self.preview = preview;
        }
        diagnostics
    }
}

impl Preview {
    fn new(
        inputs: &Inputs,
        known: Option<&Preview>,
        publication: &dyn Fn(&SiteConfig) -> Publication,
        parsing: &mut Parsing<'_>,
        watcher: &dyn Watcher,
    ) -> (Option<Preview>, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let mut inputs = inputs.clone();
        let themes = known.map(|known| known.editions.iter().map(|read| Arc::clone(&read.theme)).collect());
        let Some(editions) = linked(&mut inputs, publication, parsing, themes, watcher, &mut diagnostics)
        else {
            return (None, diagnostics);
        };
        let (planning, found) = Planning::new(&inputs, &editions);
        diagnostics.extend(found);
        let main = &editions[0].site;
        let targets = Targets::new(main, &planning.plan);
        diagnostics.extend(links::texts(main).flat_map(|text| targets.broken(&text)));
        if diagnostics.iter().any(|found| found.severity == Severity::Error) {
            return (None, diagnostics);
        }
        let paths = planning.plan.pages.iter().map(|planned| path_of(&planned.address));
        let places: HashMap<String, usize> = paths.enumerate().map(|(at, path)| (path, at)).collect();
        let preview = Preview {
            inputs,
            editions: Arc::new(editions),
            planning: Arc::new(planning),
            places: Arc::new(places),
            diagnostics: diagnostics.clone(),
        };
        (Some(preview), diagnostics)
    }

    /// The same site where only the text of the speech at `path` is another one, and nothing that others see of it: its
    /// front matter and its pictures are as they were, and it is not sealed.
    fn with_new_text(
        &self,
        inputs: &Inputs,
        path: &str,
        found: &[Diagnostic],
        parsing: &mut Parsing<'_>,
    ) -> Option<Preview> {
        let main = &self.editions[0].site;
        let at = main.speeches.iter().position(|speech| *speech.file.file == *path)?;
        let old = &main.speeches[at];
        let is_sealed = inputs.text(RECORD_LOCK).is_some_and(|text| text.contains(&old.address));
        let head = |inputs: &Inputs| {
            let text = inputs.text(path)?;
            let start = front_matter::split(path, text).ok()?.body_start;
            Some(text[..start].to_owned())
        };
        if is_sealed || !found.is_empty() || head(&self.inputs)? != head(inputs)? {
            return None;
        }
        parsing.update_one(inputs, path);
        let (new, findings) = parsing.speech(path)?;
        let has_error = findings.iter().any(|found| found.severity == Severity::Error);
        if has_error || pictures(&old.file) != pictures(new) {
            return None;
        }
        let new = Arc::clone(new);
        let targets = Targets::new(main, &self.planning.plan);
        let broken = targets.broken(&SiteText { file: path, address: &old.address, body: &new.body });
        let editions = self.editions.iter().map(|read| {
            let site = read.site.with_text(at, main, &new);
            Read { site, theme: Arc::clone(&read.theme) }
        });
        let editions: Vec<Read> = editions.collect();
        let mut diagnostics: Vec<Diagnostic> =
            self.diagnostics.iter().filter(|one| one.place.file != path).cloned().collect();
        diagnostics.extend(findings.iter().cloned());
        diagnostics.extend(broken);
        diagnostics.extend(parsing.personal_numbers_in(path, &main.config));
        Some(Preview {
            inputs: inputs.clone(),
            editions: Arc::new(editions),
            planning: Arc::clone(&self.planning),
            places: Arc::clone(&self.places),
            diagnostics,
        })
    }

    /// The path part of `base_url`.
    pub fn base_path(&self) -> &str {
        &self.editions[0].site.config.base_url.path
    }

    /// The site in all its editions, for [`Searchable::new`].
    pub fn editions(&self) -> Arc<Vec<Read>> {
        Arc::clone(&self.editions)
    }

    /// Number of pages and files.
    pub fn count(&self) -> usize {
        self.planning.plan.pages.len()
    }

    /// Lets `work` render pages.
    pub fn pages<T>(
        &self,
        searchable: Option<&Searchable>,
        watcher: &dyn Watcher,
        work: impl FnOnce(&Pages<'_>) -> T,
    ) -> T {
        let targets = self.planning.targets(&self.editions);
        let all: Vec<Edition> = self.editions.iter().map(|read| read.site.edition.clone()).collect();
        let indexes = searchable.map_or(&[][..], |searchable| &searchable.indexes);
        let renderers = renderers(&self.inputs, &self.editions, &all, &self.planning, &targets, indexes);
        work(&Pages { preview: self, renderers, searchable, watcher })
    }
}

/// What the text shows besides words.
fn pictures(file: &SpeechFile) -> Vec<&str> {
    let pictures = file.body.links().iter().filter(|link| link.kind == LinkKind::Image);
    pictures.map(|link| link.target.as_str()).collect()
}

/// What renders the pages of a preview.
pub struct Pages<'a> {
    preview: &'a Preview,
    renderers: Vec<Renderer<'a>>,
    searchable: Option<&'a Searchable>,
    watcher: &'a dyn Watcher,
}

/// What stands at an address.
pub enum Found {
    /// A file: its path and its bytes, and what is wrong with it.
    File(String, Vec<u8>, Vec<Diagnostic>),
    /// A folder, whose address ends with a slash.
    Folder,
    /// Something that is there once the search is.
    Later,
    /// A page that cannot be rendered.
    Failed(Diagnostic),
    /// Nothing.
    Nothing,
}

impl Pages<'_> {
    /// What stands at an address of the site, such as `/themes/`.
    pub fn at(&self, address: &str) -> Found {
        let path = path_of(address);
        if let Some(place) = self.preview.places.get(&path) {
            return self.page(path, &self.preview.planning.plan.pages[*place]);
        }
        if self.preview.places.contains_key(&path_of(&format!("{address}/"))) {
            return Found::Folder;
        }
        let is_of_search = path.starts_with("search/") || path.contains("/search/");
        match self.searchable {
            None if is_of_search => Found::Later,
            Some(searchable) if is_of_search => match searchable.output.bytes(&path) {
                Ok(bytes) => Found::File(path, bytes.into_owned(), Vec::new()),
                Err(_) => Found::Nothing,
            },
            _ => Found::Nothing,
        }
    }

    fn page(&self, path: String, planned: &Planned) -> Found {
        let shows_search = matches!(planned.page, Page::Search | Page::Embed | Page::SearchIndex);
        if shows_search && self.searchable.is_none() {
            return Found::Later;
        }
        let template = planned.page.template();
        self.watcher.renders(0, template.map(|template| (&*planned.address, template)));
        let rendered = content(&self.renderers[planned.edition], planned);
        self.watcher.renders(0, None);
        let (content, broken) = match rendered {
            Ok(rendered) => rendered,
            Err(diagnostic) => return Found::Failed(diagnostic),
        };
        match content {
            Content::Bytes(bytes) => Found::File(path, bytes, linkcheck::report(broken)),
            Content::Made(make) => match make() {
                Ok(bytes) => Found::File(path, bytes, Vec::new()),
                Err(error) => Found::Failed(Diagnostic::no_scratch(&error.to_string())),
            },
            _ => Found::Nothing,
        }
    }
}
