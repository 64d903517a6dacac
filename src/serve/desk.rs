//! The desk at which requests are answered one after another, by a thread that has the site.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use hyper::StatusCode;
use tokio::sync::oneshot;

use super::answer::Answer;
use super::{Preview, say};
use crate::content::markdown::escape;
use crate::diagnostic::{Diagnostic, Severity};
use crate::disk::{self, Change, Sources};
use crate::pipeline::{Found, Pages, Read, Searchable, Workshop};
use crate::scratch::Scratch;
use crate::site::url;
use crate::stages::{Nobody, Stage};

/// How long what a page loads may be answered without another look at the sources.
const FRESH: Duration = Duration::from_secs(1);

/// What the desk is told.
pub(super) enum Event {
    /// Somebody asks for something.
    Request(Request),
    /// The search of the site with this number is ready.
    Searchable(usize, Result<Searchable, Diagnostic>),
    /// There will be no more requests.
    Close,
}

/// What somebody asks for.
pub(super) struct Request {
    /// The path of the address, decoded.
    pub(super) path: String,
    /// Where the answer goes.
    pub(super) answer: oneshot::Sender<Answer>,
}

impl Request {
    fn reply(self, answer: Answer) {
        // Who asked may be gone.
        let _ = self.answer.send(answer);
    }

    /// Whether it asks for something that a page has just asked for: it names a content by a digest, or is a picture.
    fn is_for_part(&self) -> bool {
        let folders: Vec<&str> = self.path.split('/').collect();
        let is_version = |name: &str| name.len() == 10 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
        let is_shard = folders.windows(2).any(|two| two[0] == "search" && is_version(two[1]));
        let is_picture = [".png", ".webp", ".jpg", ".jpeg", ".gif", ".svg"];
        is_shard || folders.contains(&"assets") || is_picture.iter().any(|ending| self.path.ends_with(ending))
    }
}

/// The site, and what is being made of it.
pub(super) struct Desk<'a> {
    preview: &'a Preview<'a>,
    sources: Sources,
    workshop: Workshop,
    /// Counts the sites that were made.
    number: usize,
    searchable: Option<Searchable>,
    /// Whether a search is being made, of whatever site.
    is_searchable_in_making: bool,
    events: Sender<Event>,
    /// Requests for what is there once the search is.
    waiting: Vec<Request>,
    looked: Instant,
}

/// Why the desk has to stand up.
enum Pause {
    Changed(Change, Request),
    Searchable(usize, Result<Searchable, Diagnostic>),
    Close,
}

impl<'a> Desk<'a> {
    /// Reads the site; none where it has an error. What was found is printed.
    pub(super) fn open(preview: &'a Preview<'a>, events: Sender<Event>) -> Option<Desk<'a>> {
        let mut desk = Desk {
            preview,
            sources: Sources::new(&preview.root),
            workshop: Workshop::default(),
            number: 0,
            searchable: None,
            is_searchable_in_making: false,
            events,
            waiting: Vec::new(),
            looked: Instant::now(),
        };
        desk.make(&Change::All);
        desk.workshop.preview().is_some().then_some(desk)
    }

    /// The path part of `base_url`.
    pub(super) fn base_path(&self) -> String {
        self.workshop.preview().map_or("/", |preview| preview.base_path()).to_owned()
    }

    /// Answers until told to close.
    pub(super) fn work(mut self, events: &Receiver<Event>) {
        let mut left = VecDeque::new();
        loop {
            match self.answer_on(events, &mut left) {
                Some(Pause::Changed(change, request)) => {
                    left.push_front(request);
                    self.make(&change);
                }
                Some(Pause::Searchable(number, made)) => {
                    self.take(number, made);
                    left.extend(self.waiting.drain(..));
                }
                Some(Pause::Close) | None => return,
            }
        }
    }

    /// Answers with the site as it is, until that is not right any more.
    fn answer_on(&mut self, events: &Receiver<Event>, left: &mut VecDeque<Request>) -> Option<Pause> {
        let Desk { preview, sources, workshop, searchable, waiting, looked, .. } = self;
        let site = workshop.preview()?;
        preview.watcher.begins(Stage::Render, site.count());
        site.pages(searchable.as_ref(), preview.watcher, |pages| {
            loop {
                let request = match left.pop_front() {
                    Some(request) => request,
                    None => match events.recv().ok()? {
                        Event::Request(request) => request,
                        Event::Searchable(number, made) => return Some(Pause::Searchable(number, made)),
                        Event::Close => return Some(Pause::Close),
                    },
                };
                if !request.is_for_part() || looked.elapsed() > FRESH {
                    let change = sources.refresh();
                    *looked = Instant::now();
                    if change != Change::None {
                        return Some(Pause::Changed(change, request));
                    }
                }
                match answer(pages, site.base_path(), &request.path) {
                    Some((answer, found)) => {
                        if !found.is_empty() {
                            say(&(preview.print)(&found, sources.inputs()));
                        }
                        request.reply(answer);
                    }
                    None => waiting.push(request),
                }
            }
        })
    }

    /// Makes the site anew, and prints what was found.
    fn make(&mut self, change: &Change) {
        let changed = match change {
            Change::Files(files) => Some(files.as_slice()),
            _ => None,
        };
        let Preview { publication, print, watcher, .. } = self.preview;
        let (inputs, found) = (self.sources.inputs(), self.sources.diagnostics());
        let found = self.workshop.update(inputs, found, changed, publication, *watcher);
        let shown: Vec<Diagnostic> =
            found.into_iter().filter(|found| found.severity != Severity::Notice).collect();
        say(&print(&shown, inputs));
        self.number += 1;
        self.searchable = None;
        self.looked = Instant::now();
        self.begin_search();
    }

    /// Begins to make the search of the site, unless one is being made.
    fn begin_search(&mut self) {
        if self.is_searchable_in_making {
            return;
        }
        let Some(editions) = self.workshop.preview().map(|preview| preview.editions()) else { return };
        let (number, events, memory) = (self.number, self.events.clone(), self.preview.memory);
        self.is_searchable_in_making = true;
        thread::spawn(move || {
            let made = search(&editions, memory);
            drop(editions);
            let _ = events.send(Event::Searchable(number, made));
        });
    }

    /// Takes a search that has been made, or begins again where the site is another one by now.
    fn take(&mut self, number: usize, made: Result<Searchable, Diagnostic>) {
        self.is_searchable_in_making = false;
        if number != self.number {
            self.begin_search();
            return;
        }
        match made {
            Ok(searchable) => self.searchable = Some(searchable),
            Err(error) => {
                let found = [error];
                say(&(self.preview.print)(&found, self.sources.inputs()));
                for request in self.waiting.drain(..) {
                    request.reply(Answer::page(StatusCode::INTERNAL_SERVER_ERROR, fault(&found[0])));
                }
            }
        }
    }
}

/// Makes the search on one thread, so that the others are left to the pages.
fn search(editions: &Arc<Vec<Read>>, memory: usize) -> Result<Searchable, Diagnostic> {
    let scratch: Arc<dyn Scratch> = Arc::new(disk::Scratch::new(memory));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    let pool = pool.map_err(|error| Diagnostic::no_scratch(&error.to_string()))?;
    pool.install(|| Searchable::new(editions, &scratch, &Nobody))
}

/// The answer to a request for `path`, and what is wrong with it; none while the search is not ready.
fn answer(pages: &Pages<'_>, base_path: &str, path: &str) -> Option<(Answer, Vec<Diagnostic>)> {
    let Some(address) = path.strip_prefix(base_path) else {
        return Some((Answer::redirect(url::encode(base_path)), Vec::new()));
    };
    Some(match pages.at(address) {
        Found::File(path, bytes, found) => (Answer::file(&path, bytes), found),
        Found::Folder => (Answer::redirect(url::encode(&format!("{base_path}{address}/"))), Vec::new()),
        Found::Later => return None,
        Found::Failed(diagnostic) => {
            (Answer::page(StatusCode::INTERNAL_SERVER_ERROR, fault(&diagnostic)), vec![diagnostic])
        }
        Found::Nothing => match pages.at("404.html") {
            Found::File(_, bytes, found) => (Answer::page(StatusCode::NOT_FOUND, bytes), found),
            _ => (Answer::page(StatusCode::NOT_FOUND, Vec::new()), Vec::new()),
        },
    })
}

/// A page that says what is wrong.
fn fault(diagnostic: &Diagnostic) -> Vec<u8> {
    let Diagnostic { code, message, place, .. } = diagnostic;
    let [file, zh, en] = [&place.file, &message.zh, &message.en].map(|text| escape(text));
    format!(
        "<!doctype html><html lang=\"zh\"><meta charset=\"utf-8\"><title>{code}</title>\
         <h1>{code}</h1><p>{file}</p><p>{zh}</p><p lang=\"en\">{en}</p>\n"
    )
    .into_bytes()
}
