//! The one file of the import that touches the disk.

use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::lock::{self, LOCK_FILE};
use super::plan::{Action, Folder, Step, plan, settle};
use super::{Proceedings, problem};
use crate::diagnostic::Diagnostic;

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Folder of the meeting, relative to the site's.
    pub folder: String,
    /// Each file: the meeting's first, then the speeches in their order, then those that vanished.
    pub steps: Vec<Step>,
}

impl Outcome {
    /// 0 where everything is written or nothing was to do, an editor's changes that were kept
    /// and doubts included; 1 where a conflict remains.
    pub fn exit_code(&self) -> u8 {
        u8::from(self.steps.iter().any(|step| matches!(step.action, Action::Conflict { .. })))
    }
}

/// Writes a meeting and its speeches below `content/meetings/` of a site.
///
/// Repeating it is safe. A file that says what the document says is not touched. A value of
/// the front matter, or the body, that an editor changed stays; one that the document changed
/// is taken over; where both changed it, the file is not touched at all: a conflict. A file
/// that import did not write is never touched, one that somebody deleted is not written
/// again, and one whose speech vanished from the document stays.
pub fn write(proceedings: &Proceedings, site_root: &Path) -> Result<Outcome, Vec<Diagnostic>> {
    let place = Place::of(proceedings, site_root)?;
    let folder = place.read()?;
    let steps = plan(proceedings, &folder);
    place.write(steps)
}

/// The same, but each conflict is settled for the editor: the file stays as it is, and
/// later imports report it again only if the document changes once more.
pub fn write_keeping_edits(proceedings: &Proceedings, site_root: &Path) -> Result<Outcome, Vec<Diagnostic>> {
    let place = Place::of(proceedings, site_root)?;
    let folder = place.read()?;
    let mut steps = plan(proceedings, &folder);
    settle(&mut steps);
    place.write(steps)
}

/// The meeting's folder, as an address in messages and on the disk.
struct Place {
    name: String,
    path: PathBuf,
}

impl Place {
    /// The folder asked for; where none was, the one that already has these speeches, since
    /// a corrected name of the meeting must not double it.
    fn of(proceedings: &Proceedings, site_root: &Path) -> Result<Place, Vec<Diagnostic>> {
        let meetings = site_root.join("content").join("meetings");
        let place =
            |folder: &str| Place { name: format!("content/meetings/{folder}"), path: meetings.join(folder) };
        let own = place(&proceedings.folder);
        if !proceedings.folder_by_name || own.path.exists() {
            return Ok(own);
        }
        for folder in folders(&meetings).map_err(|error| problem::disk("content/meetings", &error))? {
            let other = place(&folder);
            if has_most_of(&other.read_lock()?, proceedings) {
                return Ok(other);
            }
        }
        Ok(own)
    }

    fn read(&self) -> Result<Folder, Vec<Diagnostic>> {
        let failed = |error: io::Error| problem::disk(&self.name, &error);
        let mut folder = Folder::default();
        let listing = match fs::read_dir(&self.path) {
            Ok(listing) => listing,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(folder),
            Err(error) => return Err(failed(error)),
        };
        for item in listing {
            let item = item.map_err(failed)?;
            let Ok(name) = item.file_name().into_string() else { continue };
            if !name.to_ascii_lowercase().ends_with(".md") {
                continue;
            }
            let plain = item.file_type().map_err(failed)?.is_file();
            let bytes = if plain { Some(self.read_file(&name)?) } else { None };
            folder.files.insert(name, bytes);
        }
        folder.entries = self.read_lock()?;
        Ok(folder)
    }

    fn read_file(&self, name: &str) -> Result<Vec<u8>, Vec<Diagnostic>> {
        fs::read(self.path.join(name)).map_err(|error| problem::disk(&self.name_of(name), &error))
    }

    fn read_lock(&self) -> Result<Vec<lock::Entry>, Vec<Diagnostic>> {
        let broken = |reason: &str| problem::broken_lock(&self.name_of(LOCK_FILE), reason);
        let text = match fs::read_to_string(self.path.join(LOCK_FILE)) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) if error.kind() == ErrorKind::InvalidData => return Err(broken("UTF-8")),
            Err(error) => return Err(problem::disk(&self.name_of(LOCK_FILE), &error)),
        };
        lock::parse(&text).map(|lock| lock.files).map_err(|reason| broken(&reason))
    }

    /// Writes the files and last the notes, so that an interrupted import can be repeated.
    fn write(&self, steps: Vec<Step>) -> Result<Outcome, Vec<Diagnostic>> {
        fs::create_dir_all(&self.path).map_err(|error| problem::disk(&self.name, &error))?;
        for step in &steps {
            if let Some(text) = &step.text {
                self.replace(&step.file, text)?;
            }
        }
        let entries: Vec<lock::Entry> = steps.iter().filter_map(|step| step.entry.clone()).collect();
        let notes = lock::render(&entries)
            .map_err(|reason| problem::broken_lock(&self.name_of(LOCK_FILE), &reason))?;
        let current = fs::read(self.path.join(LOCK_FILE)).unwrap_or_default();
        if current != notes.as_bytes() && !(current.is_empty() && entries.is_empty()) {
            self.replace(LOCK_FILE, &notes)?;
        }
        Ok(Outcome { folder: self.name.clone(), steps })
    }

    fn replace(&self, name: &str, text: &str) -> Result<(), Vec<Diagnostic>> {
        replace_whole(&self.path.join(name), text).map_err(|error| problem::disk(&self.name_of(name), &error))
    }

    fn name_of(&self, file: &str) -> String {
        format!("{}/{file}", self.name)
    }
}

/// The folders of meetings, by name.
fn folders(meetings: &Path) -> io::Result<Vec<String>> {
    let listing = match fs::read_dir(meetings) {
        Ok(listing) => listing,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut names = Vec::new();
    for item in listing {
        let item = item?;
        if item.path().join(LOCK_FILE).is_file() {
            names.extend(item.file_name().into_string());
        }
    }
    names.sort();
    Ok(names)
}

/// Whether these notes are about most of the speeches, title and speaker alike.
fn has_most_of(entries: &[lock::Entry], proceedings: &Proceedings) -> bool {
    let known = |identity: &lock::Identity| {
        entries.iter().any(|entry| entry.title == identity.title && entry.speakers == identity.speakers)
    };
    let same = proceedings.speeches.iter().map(lock::Identity::of).filter(known).count();
    same > 0 && same * 2 >= proceedings.speeches.len()
}

/// Puts a whole file in the place of the old one, or leaves the old one: nothing is ever half written.
pub(super) fn replace_whole(target: &Path, text: &str) -> io::Result<()> {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let temporary = target.with_file_name(format!(".{name}.importing"));
    let write = || {
        let mut file = fs::File::create(&temporary)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&temporary, target)
    };
    write().inspect_err(|_| {
        let _ = fs::remove_file(&temporary);
    })
}
