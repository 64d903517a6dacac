//! What has to be sent to a host so that it has a new build, in an order that never leaves a link to nothing.
//!
//! First come new files, which nothing published refers to yet; then files that changed, whose new links all lead to
//! something by now; at last what is removed, to which nothing refers any more. So wherever it stops, whoever begins at
//! the home page finds no link to a missing file. The same holds within a run of lines that begin with one word, in
//! whatever order they are sent.
//!
//! The compressed twin of a file goes with it, just before it, and one that is no longer there is removed before the
//! file changes: no twin is ever older than its file. Settings of hosts come after all pages, for their redirects lead
//! to these.

use crate::diagnostic::{Message, counted};
use crate::file_list::{FILE_LIST, FileList};
use crate::hosts;

/// What is to be done with a file of the host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It is to be sent, and was not there.
    New,
    /// It is to be sent in the place of another.
    Changed,
    /// It is to be removed.
    Removed,
}

impl Change {
    /// Its word in the list.
    pub fn word(self) -> &'static str {
        match self {
            Change::New => "new",
            Change::Changed => "changed",
            Change::Removed => "removed",
        }
    }
}

/// What makes of the files `before` the files `now`, in order.
pub fn changes<'a>(before: &'a FileList, now: &'a FileList) -> Vec<(Change, &'a str)> {
    let mut changes = steps(before, now, &|path| before.get(path) != now.get(path));
    changes.retain(|(_, path)| !is_for_the_technician(path));
    changes
}

/// What makes of the files `before` the files `now`, in order, where those that `differs` names have other bytes.
pub fn steps<'a>(
    before: &'a FileList,
    now: &'a FileList,
    differs: &dyn Fn(&str) -> bool,
) -> Vec<(Change, &'a str)> {
    let change = |path: &str| if before.has(path) { Change::Changed } else { Change::New };
    let sent = now.paths().filter(|path| differs(path)).map(|path| (change(path), path));
    let removed = before.paths().filter(|path| !now.has(path)).map(|path| (Change::Removed, path));
    let mut steps: Vec<(Change, &str)> = sent.chain(removed).collect();
    steps.sort_by_cached_key(|(change, path)| step(*change, path, before, now));
    steps
}

/// The changes as text: on each line a word, a tab, and a path.
pub fn lines(changes: &[(Change, &str)]) -> String {
    changes.iter().map(|(change, path)| format!("{}\t{path}\n", change.word())).collect()
}

/// How many there are, in words.
pub fn summary(changes: &[(Change, &str)]) -> Message {
    let removed = changes.iter().filter(|(change, _)| *change == Change::Removed).count();
    let sent = changes.len() - removed;
    match changes.len() {
        0 => Message::new("没有要上传的文件", "nothing to upload"),
        _ => Message::new(
            format!("要上传 {sent} 个文件，删除 {removed} 个"),
            format!("{} to upload, {removed} to remove", counted(sent, "file", "files")),
        ),
    }
}

/// The list itself, and settings that no host reads from the site's folder.
fn is_for_the_technician(path: &str) -> bool {
    path == FILE_LIST || path.strip_prefix(hosts::FOLDER).is_some_and(|rest| rest.starts_with('/'))
}

/// Where a change stands: by what is done, what refers to the file, its path, and that its twins come before it.
fn step(change: Change, path: &str, before: &FileList, now: &FileList) -> (Change, i8, String, bool) {
    let file = untwinned(path);
    let is_twin = file != path;
    // A twin goes with its file: while that stays, neither comes before it nor after it.
    let stays = is_twin && before.has(file) && now.has(file);
    let change = if is_setting(file) && change == Change::New || stays { Change::Changed } else { change };
    let rank = rank(file) as i8;
    (change, if change == Change::Removed { -rank } else { rank }, file.to_owned(), !is_twin)
}

/// The file whose compressed twin a path is; otherwise the path.
fn untwinned(path: &str) -> &str {
    path.strip_suffix(".gz").or_else(|| path.strip_suffix(".br")).unwrap_or(path)
}

fn is_setting(path: &str) -> bool {
    hosts::SETTINGS.contains(&path) || path.starts_with('.') && !path.contains('/')
}

/// Kinds of files, each of which refers to those before it.
#[derive(Clone, Copy)]
enum Rank {
    /// Pictures, fonts, documents.
    File,
    /// Scripts and styles.
    Asset,
    /// Files of the search index that its manifest names.
    Shard,
    /// A speech, and what stands beside it.
    Speech,
    /// Lists, feeds, standing pages.
    List,
    /// What names all the rest: the search's manifest, sitemaps, what browsers keep.
    Manifest,
    /// The home page of an edition, and at last that of the site.
    Home,
    /// What hosts read.
    Setting,
}

fn rank(path: &str) -> Rank {
    let parts: Vec<&str> = path.split('/').collect();
    let name = parts[parts.len() - 1];
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let in_search = parts.iter().rev().position(|part| *part == "search");
    match ending {
        _ if is_setting(path) => Rank::Setting,
        "js" | "css" if name != "service-worker.js" && in_search.is_none_or(|depth| depth < 2) => Rank::Asset,
        _ if in_search.is_some_and(|depth| depth > 1) => Rank::Shard,
        _ if in_search == Some(1) && ending == "json" => Rank::Manifest,
        "html" if parts.len() == 1 && name == "index.html" => Rank::Home,
        "html" if parts.contains(&"meetings") && parts.len() > 3 => Rank::Speech,
        "html" => Rank::List,
        "xml" | "json" if name.starts_with("feed.") => Rank::List,
        "xml" | "json" | "txt" | "webmanifest" | "js" => Rank::Manifest,
        _ => Rank::File,
    }
}
