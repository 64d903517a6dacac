//! What an import does to each file of the meeting's folder, decided without touching it.

use std::collections::BTreeMap;

use super::diff::diff;
use super::front_matter::{self, Page};
use super::lock::{Entry, Identity, digest};
use super::matching::match_speeches;
use super::merge::merge;
use super::{LONGEST_SLUG, Proceedings, Speech};
use crate::chinese::address;
use crate::diagnostic::Message;

/// Name of the meeting's own file.
const INDEX: &str = "_index.md";

/// What happens to one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// It did not exist.
    New,
    /// It takes over what changed in the document; an editor's changes to other values stay.
    Updated,
    /// It says what the document says.
    Unchanged,
    /// An editor changed it and the document did not: it stays as it is.
    Kept,
    /// It is in the way of what the document says and stays as it is.
    Conflict {
        /// Why.
        reason: Message,
        /// Its lines (`-`) against those that the document asks for (`+`).
        diff: String,
    },
    /// Somebody deleted it after an earlier import: it is not written again.
    Deleted,
    /// The document no longer has this speech; the file stays.
    Vanished,
}

/// One file and what happens to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Name of the file in the meeting's folder.
    pub file: String,
    /// Place of the speech in the document; 0 for the meeting itself and for speeches that vanished.
    pub order: usize,
    /// What happens.
    pub action: Action,
    /// Values that an editor changed and that stay.
    pub kept: Vec<String>,
    /// What to write, if anything.
    pub(crate) text: Option<String>,
    /// What to note about it.
    pub(crate) entry: Option<Entry>,
    /// The same two where the editor's version is to be kept after all.
    pub(crate) settled: Option<(Option<String>, Entry)>,
}

/// The meeting's folder as it is: the notes and the files, `None` for what is no plain file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Folder {
    pub(crate) entries: Vec<Entry>,
    pub(crate) files: BTreeMap<String, Option<Vec<u8>>>,
}

impl Folder {
    /// A file by name; some file systems do not tell capitals from small letters.
    fn find(&self, name: &str) -> Option<&Option<Vec<u8>>> {
        let same = |other: &str| other.eq_ignore_ascii_case(name);
        self.files
            .get(name)
            .or_else(|| self.files.iter().find(|(other, _)| same(other)).map(|(_, bytes)| bytes))
    }

    fn bodies(&self) -> BTreeMap<String, String> {
        let body =
            |bytes: &Option<Vec<u8>>| front_matter::parse(bytes.as_deref()?).map(|written| written.body);
        self.files.iter().filter_map(|(name, bytes)| Some((name.clone(), body(bytes)?))).collect()
    }
}

/// Plans each file: the meeting's, the speeches in their order, those that vanished.
pub(crate) fn plan(proceedings: &Proceedings, folder: &Folder) -> Vec<Step> {
    let identity = Identity::default();
    let page = front_matter::meeting_page(&proceedings.meeting);
    let base = folder.entries.iter().find(|entry| entry.file == INDEX);
    let mut steps =
        vec![step(folder, base, Target { file: INDEX, order: 0, identity: &identity, page: &page })];

    let entries: Vec<Entry> = folder.entries.iter().filter(|entry| entry.file != INDEX).cloned().collect();
    let matched = match_speeches(&proceedings.speeches, &entries, &folder.bodies());
    let mut names: Vec<String> = entries.iter().map(|entry| entry.file.clone()).collect();
    for (speech, found) in proceedings.speeches.iter().zip(&matched) {
        let base = found.and_then(|at| entries.get(at));
        let file = match base {
            Some(base) => base.file.clone(),
            None => new_name(speech, proceedings.speeches.len(), &names),
        };
        let identity = Identity::of(speech);
        let page = front_matter::speech_page(speech, &file);
        let target = Target { file: &file, order: speech.order, identity: &identity, page: &page };
        steps.push(step(folder, base, target));
        names.push(file);
    }
    let vanished = entries.iter().enumerate().filter(|(at, _)| !matched.contains(&Some(*at)));
    steps.extend(vanished.filter(|(_, entry)| folder.find(&entry.file).is_some()).map(|(_, entry)| Step {
        file: entry.file.clone(),
        order: 0,
        action: Action::Vanished,
        kept: Vec::new(),
        text: None,
        entry: Some(entry.clone()),
        settled: None,
    }));
    steps
}

/// Leaves each conflict to the editor: the file stays, and what the document says counts as known.
pub(crate) fn settle(steps: &mut [Step]) {
    for step in steps {
        if step.action == Action::Vanished {
            step.entry = None;
        }
        if let Some((text, entry)) = step.settled.take() {
            step.action = if text.is_some() { Action::Updated } else { Action::Kept };
            step.text = text;
            step.entry = Some(entry);
        }
    }
}

/// `03-title-in-letters.md`, with a number behind it where the name is taken.
fn new_name(speech: &Speech, speeches: usize, taken: &[String]) -> String {
    let width = speeches.to_string().len().max(2);
    let slug = address::short_slug(&speech.title, LONGEST_SLUG);
    let slug = if slug.is_empty() { "speech" } else { &slug };
    let stem = format!("{:0width$}-{slug}", speech.order);
    let first = format!("{stem}.md");
    if !taken.contains(&first) {
        return first;
    }
    let mut number = 2;
    while taken.contains(&format!("{stem}-{number}.md")) {
        number += 1;
    }
    format!("{stem}-{number}.md")
}

/// A file that the document asks for.
#[derive(Clone, Copy)]
struct Target<'a> {
    file: &'a str,
    order: usize,
    identity: &'a Identity,
    page: &'a Page,
}

impl Target<'_> {
    fn entry(&self) -> Entry {
        Entry::of(self.file, self.order, self.identity, self.page)
    }

    fn step(&self, action: Action, text: Option<String>, entry: Option<Entry>) -> Step {
        Step {
            file: self.file.to_string(),
            order: self.order,
            action,
            kept: Vec::new(),
            text,
            entry,
            settled: None,
        }
    }

    fn conflict(&self, base: Option<&Entry>, reason: Message, diff: String) -> Step {
        let mut step = self.step(Action::Conflict { reason, diff }, None, base.cloned());
        step.settled = Some((None, self.entry()));
        step
    }
}

fn step(folder: &Folder, base: Option<&Entry>, target: Target<'_>) -> Step {
    let fresh = front_matter::render(target.page);
    match (folder.find(target.file), base) {
        (None, None) => target.step(Action::New, Some(fresh), Some(target.entry())),
        (None, Some(base)) => target.step(Action::Deleted, None, Some(base.clone())),
        (Some(None), base) => {
            let reason = Message::new("这里有同名的文件夹或链接", "a folder or a link has this name");
            target.conflict(base, reason, String::new())
        }
        (Some(Some(bytes)), _) if *bytes == fresh.as_bytes() => {
            target.step(Action::Unchanged, None, Some(target.entry()))
        }
        (Some(Some(bytes)), None) => {
            let reason =
                Message::new("已有同名文件，不是导入写的", "a file that import did not write has this name");
            target.conflict(None, reason, diff(&String::from_utf8_lossy(bytes), &fresh))
        }
        (Some(Some(bytes)), Some(base)) if digest(bytes) == base.digest => {
            target.step(Action::Updated, Some(fresh), Some(target.entry()))
        }
        (Some(Some(bytes)), Some(base)) => edited(bytes, base, target, &fresh),
    }
}

/// A file that an editor changed.
fn edited(bytes: &[u8], base: &Entry, target: Target<'_>, fresh: &str) -> Step {
    let now = front_matter::parse(bytes);
    let Some(merge) = now.and_then(|now| merge(base, &now, target.page)) else {
        if digest(fresh.as_bytes()) == base.digest {
            return target.step(Action::Kept, None, Some(target.entry()));
        }
        let reason = Message::new(
            "文稿有改动，而文件的开头已不是导入能读的形式",
            "the document changed, and the file's front matter is in a form that import cannot edit",
        );
        return target.conflict(Some(base), reason, diff(&String::from_utf8_lossy(bytes), fresh));
    };
    if !merge.conflicts.is_empty() {
        let what = merge.conflicts.join(", ");
        let reason = Message::new(
            format!("编辑和文稿都改了：{what}"),
            format!("changed both by an editor and in the document: {what}"),
        );
        let current = String::from_utf8_lossy(bytes);
        let mut step = target.conflict(Some(base), reason, diff(&current, &merge.as_document));
        step.kept = merge.kept;
        let text = (!merge.taken.is_empty()).then_some(merge.text);
        step.settled = Some((text, target.entry()));
        return step;
    }
    let mut step = if merge.taken.is_empty() {
        target.step(Action::Kept, None, Some(target.entry()))
    } else {
        target.step(Action::Updated, Some(merge.text), Some(target.entry()))
    };
    step.kept = merge.kept;
    step
}
