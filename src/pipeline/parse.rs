//! Sources become values: each file on its own, and only those that are not known already.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::content::Rules;
use crate::content::privacy::{self, PersonalNumber};
use crate::content::record_lock::Record;
use crate::content::site_config::SiteConfig;
use crate::content::source::{Source, classify};
use crate::content::{meeting, speaker, speech, standing};
use crate::diagnostic::{Diagnostic, Place};
use crate::inputs::{self, Again, Inputs};
use crate::scratch::Texts;
use crate::site::link::Parsed;
use crate::stages::{Stage, Watcher};

/// Files that a thread takes before it looks whether another one is idle.
const AT_ONCE: usize = 64;

/// One parsed file, before it is sorted in with the others. Most are speeches: what else there is must not take their room.
#[derive(Clone)]
enum File {
    Meeting(Box<(String, meeting::MeetingFile)>),
    Speech(Arc<speech::SpeechFile>),
    Speaker(Box<(String, speaker::SpeakerFile)>),
    Standing(Box<(String, standing::StandingFile)>),
    SpeechAsset(Box<(String, String, String, String)>),
    MeetingAsset(Box<(String, String, String)>),
    Static(Box<(String, String)>),
    Nothing,
}

/// A parsed file. There may be a million of them at once, before they are linked.
struct One {
    /// What it was parsed from, where that is kept.
    bytes: Option<Arc<Vec<u8>>>,
    /// The digest of that, where it is let go of.
    digest: Option<Box<blake3::Hash>>,
    file: File,
    found: Option<Box<Found>>,
}

/// What was found in a file; in most there is nothing.
#[derive(Default)]
struct Found {
    diagnostics: Vec<Diagnostic>,
    numbers: Vec<PersonalNumber>,
}

/// What the files say; kept from one look at them to the next, for those whose bytes stay.
#[derive(Default)]
pub(super) struct Parsing<'a> {
    /// By path, sorted.
    files: Vec<(String, One)>,
    rules: Rules,
    once: Option<Once<'a>>,
}

/// What there is when the sources are looked at once: then they forget what was parsed.
struct Once<'a> {
    /// Where texts go.
    texts: Arc<Texts>,
    /// Reads what was forgotten before it was parsed.
    again: &'a Again<'a>,
}

/// A file that is to be parsed, unless it is known.
struct Task {
    path: String,
    bytes: Bytes,
    known: Option<Box<One>>,
}

/// Where the bytes of a file are.
enum Bytes {
    /// They are here and stay.
    Kept(Arc<Vec<u8>>),
    /// They are let go of once they are parsed.
    Once(Arc<Vec<u8>>),
    /// They were let go of when they had been read.
    Forgotten,
}

impl<'a> Parsing<'a> {
    /// For one look at the sources, which forget the texts that were parsed. What they say goes to `texts`; `again`
    /// reads those that are forgotten already.
    pub(super) fn once(texts: Arc<Texts>, again: &'a Again<'a>) -> Parsing<'a> {
        Parsing { once: Some(Once { texts, again }), ..Parsing::default() }
    }

    /// Parses what is not known yet.
    pub(super) fn update(&mut self, inputs: &mut Inputs, rules: &Rules, watcher: &dyn Watcher) {
        let mut known: BTreeMap<String, One> = std::mem::take(&mut self.files).into_iter().collect();
        if self.rules != *rules {
            known.clear();
            self.rules = rules.clone();
        }
        let is_text = |path: &str| classify(path).has_text();
        let texts = if self.once.is_some() { inputs.take_texts(is_text) } else { BTreeMap::new() };
        let texts =
            texts.into_iter().map(|(path, bytes)| Task { path, bytes: Bytes::Once(bytes), known: None });
        let forgotten = inputs.forgotten().map(|path| {
            let path = path.to_owned();
            Task { path, bytes: Bytes::Forgotten, known: None }
        });
        let others = inputs.below("content/").map(|(path, _)| {
            let bytes = inputs.shared(path).unwrap_or_default();
            let is_same = |one: &One| one.bytes.as_ref().is_some_and(|known| Arc::ptr_eq(&bytes, known));
            let known = known.remove(path).filter(is_same).map(Box::new);
            Task { path: path.to_owned(), bytes: Bytes::Kept(bytes), known }
        });
        let tasks: Vec<Task> = texts.chain(forgotten).chain(others).collect();
        watcher.begins(Stage::Parse, tasks.len());
        let once = self.once.as_ref();
        let sources: &Inputs = inputs;
        let parsed = tasks.into_par_iter().with_max_len(AT_ONCE).map(|Task { path, bytes, known }| {
            let one = match bytes {
                Bytes::Kept(bytes) => {
                    let one = known.map_or_else(|| parse_one(&path, &bytes, rules, once), |known| *known);
                    One { bytes: Some(bytes), ..one }
                }
                Bytes::Once(bytes) => {
                    let digest = Some(Box::new(blake3::hash(&bytes)));
                    One { digest, ..parse_one(&path, &bytes, rules, once) }
                }
                Bytes::Forgotten => {
                    let bytes = once.and_then(|once| sources.again(&path, once.again));
                    let changed = || One::without(vec![Diagnostic::unsettled_file(&path)]);
                    bytes.map_or_else(changed, |bytes| parse_one(&path, &bytes, rules, once))
                }
            };
            watcher.done(1);
            (path, one)
        });
        self.files = parsed.collect();
        let digests =
            self.files.iter_mut().filter_map(|(path, one)| Some((path.clone(), *one.digest.take()?)));
        inputs.forget(digests);
        self.files.par_sort_unstable_by(|one, other| one.0.cmp(&other.0));
    }

    /// Where the file at `path` is in the list, or where it would be.
    fn place(&self, path: &str) -> Result<usize, usize> {
        self.files.binary_search_by(|(other, _)| other.as_str().cmp(path))
    }

    /// Parses one file again.
    pub(super) fn update_one(&mut self, inputs: &Inputs, path: &str) {
        let bytes = inputs.shared(path).unwrap_or_default();
        let one = parse_one(path, &bytes, &self.rules, self.once.as_ref());
        let one = One { bytes: Some(bytes), ..one };
        match self.place(path) {
            Ok(at) => self.files[at].1 = one,
            Err(at) => self.files.insert(at, (path.to_owned(), one)),
        }
    }

    /// What was found in all files.
    pub(super) fn diagnostics(&self) -> impl Iterator<Item = Diagnostic> {
        self.files.iter().flat_map(|(_, one)| one.diagnostics().iter().cloned())
    }

    /// Numbers of persons in all files, front matter included, but for those that `config` lets stand.
    pub(super) fn personal_numbers(&self, config: &SiteConfig) -> impl Iterator<Item = Diagnostic> {
        self.files.iter().flat_map(|(path, one)| one.personal_numbers(path, config))
    }

    /// Numbers of persons in one file.
    pub(super) fn personal_numbers_in(&self, path: &str, config: &SiteConfig) -> Vec<Diagnostic> {
        self.place(path).map_or_else(|_| Vec::new(), |at| self.files[at].1.personal_numbers(path, config))
    }

    /// The speech that the file at `path` is, and what was found in it.
    pub(super) fn speech(&self, path: &str) -> Option<(&Arc<speech::SpeechFile>, &[Diagnostic])> {
        let (_, one) = &self.files[self.place(path).ok()?];
        match &one.file {
            File::Speech(file) => Some((file, one.diagnostics())),
            _ => None,
        }
    }

    /// All files, sorted by what they are; where there is no other look they are here no longer.
    pub(super) fn sorted_in(&mut self, config: SiteConfig, record: Record) -> Parsed {
        match self.once {
            Some(_) => {
                let files = std::mem::take(&mut self.files);
                sorted_in(files.into_iter().map(|(_, one)| one.file), config, record)
            }
            None => sorted_in(self.files.iter().map(|(_, one)| one.file.clone()), config, record),
        }
    }
}

impl Found {
    /// This, unless there is nothing.
    fn kept(self) -> Option<Box<Found>> {
        let is_empty = self.diagnostics.is_empty() && self.numbers.is_empty();
        (!is_empty).then(|| Box::new(self))
    }
}

impl One {
    /// A file of which nothing could be made.
    fn without(diagnostics: Vec<Diagnostic>) -> One {
        let found = Found { diagnostics, numbers: Vec::new() };
        One { bytes: None, digest: None, file: File::Nothing, found: found.kept() }
    }

    fn diagnostics(&self) -> &[Diagnostic] {
        self.found.as_ref().map_or(&[], |found| &found.diagnostics)
    }

    /// Numbers of persons in the file, which is at `path`, but for those that `config` lets stand.
    fn personal_numbers(&self, path: &str, config: &SiteConfig) -> Vec<Diagnostic> {
        let numbers = self.found.as_ref().map_or(&[][..], |found| &found.numbers);
        let numbers = numbers.iter().filter(|number| !number.is_among(&config.public_numbers));
        numbers
            .map(|number| {
                let place = Place::span(path, number.span.clone());
                Diagnostic::personal_number(place, &number.kind.name(), &number.masked())
            })
            .collect()
    }
}

/// Parses a file, whose bytes are not kept.
fn parse_one(path: &str, bytes: &[u8], rules: &Rules, once: Option<&Once<'_>>) -> One {
    let (mut file, diagnostics) = parse_file(path, bytes, rules);
    if let (File::Speech(file), Some(once)) = (&mut file, once)
        && let Some(file) = Arc::get_mut(file)
    {
        file.body.leave(&once.texts);
    }
    let text = inputs::text(bytes).filter(|_| classify(path).has_text());
    let numbers = text.map_or_else(Vec::new, privacy::find);
    One { bytes: None, digest: None, file, found: Found { diagnostics, numbers }.kept() }
}

fn sorted_in(files: impl Iterator<Item = File>, config: SiteConfig, record: Record) -> Parsed {
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
            File::Meeting(meeting) => parsed.meetings.push(*meeting),
            File::Speech(file) => parsed.speeches.push(file),
            File::Speaker(speaker) => parsed.speakers.push(*speaker),
            File::Standing(standing) => parsed.standing.push(*standing),
            File::SpeechAsset(asset) => parsed.speech_assets.push(*asset),
            File::MeetingAsset(asset) => parsed.meeting_assets.push(*asset),
            File::Static(file) => parsed.statics.push(*file),
            File::Nothing => {}
        }
    }
    parsed
}

fn parse_file(path: &str, bytes: &[u8], rules: &Rules) -> (File, Vec<Diagnostic>) {
    let source = classify(path);
    let text = match source.has_text().then(|| inputs::utf8(path, bytes)) {
        Some(Ok(text)) => text,
        Some(Err(error)) => return (File::Nothing, vec![error]),
        None => "",
    };
    let owned = path.to_owned();
    match source {
        Source::Meeting { folder } => found(meeting::parse(path, text, rules), |file| {
            File::Meeting(Box::new((folder.to_owned(), file)))
        }),
        Source::Speech { .. } => found(speech::parse(path, text, rules), |file| File::Speech(Arc::new(file))),
        Source::Speaker { name } => {
            found(speaker::parse(path, text, rules), |file| File::Speaker(Box::new((name.to_owned(), file))))
        }
        Source::Standing { name } => found(standing::parse(path, text, rules), |file| {
            File::Standing(Box::new((name.to_owned(), file)))
        }),
        Source::SpeechAsset { folder, name, path } => {
            let [folder, name, path] = [folder, name, path].map(str::to_owned);
            (File::SpeechAsset(Box::new((folder, name, path, owned))), Vec::new())
        }
        Source::MeetingAsset { folder, path } => {
            (File::MeetingAsset(Box::new((folder.to_owned(), path.to_owned(), owned))), Vec::new())
        }
        Source::Static { path } => (File::Static(Box::new((path.to_owned(), owned))), Vec::new()),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk;
    use crate::stages::Nobody;

    #[test]
    fn a_text_is_read_again_and_one_that_has_changed_meanwhile_is_reported() {
        let speech = |title: &str| {
            format!("+++\ntitle = \"{title}\"\n[speaker]\nname = \"李文\"\n+++\n\n正文。\n").into_bytes()
        };
        let files = ["content/meetings/a/1.md", "content/meetings/a/2.md", "content/meetings/a/3.md"];
        let mut inputs = Inputs::default();
        inputs.forget(files.map(|path| (path.to_owned(), blake3::hash(&speech(path)))));
        let again = |path: &str| match path {
            "content/meetings/a/1.md" => Some(speech(path)),
            "content/meetings/a/2.md" => Some(speech("新的题目")),
            _ => None,
        };
        let texts = Arc::new(Texts::new(Arc::new(disk::Scratch::new(0))));
        let mut parsing = Parsing::once(texts, &again);
        parsing.update(&mut inputs, &Rules::default(), &Nobody);
        let (first, found) = parsing.speech(files[0]).expect("a speech");
        assert_eq!((&*first.title, found), (files[0], &[][..]));
        let found: Vec<_> = parsing.diagnostics().collect();
        assert_eq!(found.len(), 2);
        for (found, path) in found.iter().zip(&files[1..]) {
            assert_eq!((found.code, found.files().collect::<Vec<_>>()), ("unsettled-file", vec![*path]));
        }
    }
}
