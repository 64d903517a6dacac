//! Publishes a site as a whole: it is made ready beside the output folder, and takes its place in one step.
//!
//! Files that are as they were become second names of the old ones, so that their times stay and tools that send what
//! changed send no more. What in the folder is not part of the site, but is to stay, goes along in the same way. Where
//! folders cannot change places, as with a volume of its own, a [`journal`] takes the place of the one step.

mod journal;
mod made;
mod swap;
mod target;
mod work;

use std::borrow::Cow;
use std::collections::HashSet;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use self::journal::{Step, TREE};
use self::made::MADE_OF;
use self::target::Others;
use self::work::Work;
use crate::diagnostic::Diagnostic;
use crate::file_list::{self, Digest, FILE_LIST, FileList};
use crate::output::Output;
use crate::scratch::Placed;
use crate::stages::{Stage, Watcher};
use crate::upload::{self, Change};

/// Pages that a site has at least, before the loss of some of them is looked at.
const LOOKED_AT: usize = 10;

/// How often what was made ready is removed while other threads add to it.
const ATTEMPTS_TO_CLEAR: usize = 10;

/// A site in the making, and the output folder, which is ours until this is dropped.
pub struct Staging {
    folder: PathBuf,
    work: Work,
    in_place: bool,
    before: FileList,
    /// Folders below the new tree that are there.
    folders: Mutex<FxHashSet<OsString>>,
}

/// What a new site has to hold to, and what it was made of.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    /// Files, and folders with a slash at the end, that stay in the output folder though they are not part of the site.
    pub keep: &'a [String],
    /// How many of a hundred pages may go in one build; none where all may.
    pub shrink_limit: Option<usize>,
    /// A digest of all that the site depends on; none where it cannot be told.
    pub made_of: Option<&'a str>,
}

/// What was done.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Written {
    /// Files written because they were new or different.
    pub written: usize,
    /// Files that were as they should be.
    pub unchanged: usize,
    /// Files removed because they are no longer part of the site.
    pub removed: usize,
    /// The files of the last build.
    pub before: FileList,
    /// The files of this build.
    pub now: FileList,
}

/// Brings a publication that was cut off to its end, if there is one.
///
/// # Errors
/// A diagnostic where the disk refuses it, or where another build is at work.
pub fn recover(folder: &Path) -> Result<(), Diagnostic> {
    let folder = target::absolute(folder);
    let inside = folder.join(target::WORK_INSIDE);
    let left = target::work_beside(&folder).into_iter().chain([inside]);
    match left.map(|work| work.join(journal::NAME)).any(|journal| journal.exists()) {
        true => journal::roll_forward(&Work::take(&folder)?, &folder),
        false => Ok(()),
    }
}

/// The files of the last build, by their paths.
pub fn listed(folder: &Path) -> FileList {
    FileList::parse(&fs::read_to_string(folder.join(FILE_LIST)).unwrap_or_default())
}

impl Staging {
    /// Takes the output folder of the site at `root`: when it is absent, empty or listed as ours; never when it is the
    /// site's folder, one above it, or holds sources. With `in_place` files change one by one, by a journal.
    ///
    /// # Errors
    /// A diagnostic where the folder is not to be written into, or another build has it.
    pub fn open(root: &Path, folder: &Path, in_place: bool) -> Result<Staging, Diagnostic> {
        let name = folder.to_string_lossy();
        let folder = target::absolute(folder);
        let refused = |reason| Diagnostic::output_refused(&name, &reason);
        if let Some(reason) = target::misplaced(root, &folder) {
            return Err(refused(reason));
        }
        if fs::metadata(&folder).is_ok_and(|found| !found.is_dir())
            && let Some(reason) = target::foreign(&folder)
        {
            return Err(refused(reason));
        }
        let work = Work::take(&folder)?;
        journal::roll_forward(&work, &folder)?;
        work.clear().map_err(|error| Diagnostic::unwritable(&name, &error.to_string()))?;
        if let Some(reason) = target::foreign(&folder) {
            return Err(refused(reason));
        }
        let before = listed(&folder);
        Ok(Staging { folder, work, in_place, before, folders: Mutex::default() })
    }

    /// What there is to do, where the folder holds what was made of the sources with this digest: nothing. None where it
    /// does not, or where something in it is not as it was written.
    pub fn unchanged(&self, made_of: &str, keep: &[String]) -> Option<Written> {
        let list = fs::read_to_string(self.folder.join(FILE_LIST)).ok()?;
        if fs::read_to_string(self.folder.join(MADE_OF)).ok()?
            != made::mark(made_of, &blake3::hash(list.as_bytes()))?
        {
            return None;
        }
        let is_right = |path: &&str| {
            let file = self.folder.join(path);
            fs::symlink_metadata(&file).is_ok_and(|found| found.is_file())
                && fs::read(&file).is_ok_and(|bytes| self.before.get(path) == Some(file_list::digest(&bytes)))
        };
        let paths: Vec<&str> = self.before.paths().collect();
        let others = Others::find(&self.folder, &self.before, &self.before, keep);
        (others.is_ok() && paths.par_iter().all(is_right)).then(|| Written {
            unchanged: paths.len(),
            before: self.before.clone(),
            now: self.before.clone(),
            ..Written::default()
        })
    }

    /// Takes the bytes of a file of the new site. Others may take their place when it is published, not before.
    ///
    /// # Errors
    /// What the disk says.
    pub fn place(&self, path: &str, bytes: &[u8]) -> io::Result<Placed> {
        let digest = file_list::digest(bytes);
        let old = self.folder.join(path);
        let may_be_it = match self.before.get(path) {
            Some(Digest::Sha256(before)) => Digest::Sha256(before) == digest,
            Some(Digest::Unknown | Digest::Begun) => true,
            None => false,
        };
        let unchanged = may_be_it
            && fs::symlink_metadata(&old).is_ok_and(|found| found.is_file())
            && fs::read(&old).is_ok_and(|old| old == bytes);
        if !unchanged {
            let new = self.in_tree(path)?;
            fs::write(new, bytes)?;
        }
        let length = bytes.len().try_into().unwrap_or(u32::MAX);
        Ok(Placed { length, digest, changed: !unchanged })
    }

    /// Takes the bytes of a file of which others may have been taken before.
    ///
    /// # Errors
    /// What the disk says.
    fn place_again(&self, path: &str, bytes: &[u8]) -> io::Result<Placed> {
        let placed = self.place(path, bytes)?;
        if !placed.changed {
            match fs::remove_file(self.work.join(TREE).join(path)) {
                Err(error) if !is_absent(&error) => return Err(error),
                _ => {}
            }
        }
        Ok(placed)
    }

    /// The bytes of a file that was placed.
    ///
    /// # Errors
    /// What the disk says.
    pub fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        match fs::read(self.work.join(TREE).join(path)) {
            Err(error) if is_absent(&error) => fs::read(self.folder.join(path)),
            read => read,
        }
    }

    /// The path of a file in the new tree, whose folder is there.
    fn in_tree(&self, path: &str) -> io::Result<PathBuf> {
        let new = self.work.join(TREE).join(path);
        let parent = new.parent().unwrap_or(&new);
        let is_there = lock(&self.folders).contains(parent.as_os_str());
        if !is_there {
            fs::create_dir_all(parent)?;
            lock(&self.folders).insert(parent.into());
        }
        Ok(new)
    }

    /// Places what of `output` is not placed yet, and puts the new site in the place of the old one. `watcher` is told
    /// of each file.
    ///
    /// # Errors
    /// A diagnostic; then the old site is as it was, or a journal is left, which the next build brings to its end.
    pub fn publish(
        &self,
        output: &Output,
        rules: &Rules<'_>,
        watcher: &dyn Watcher,
    ) -> Result<Written, Diagnostic> {
        let waiting: Vec<&str> =
            output.placed().filter(|(_, placed)| placed.is_none()).map(|(path, _)| path).collect();
        watcher.begins(Stage::Write, waiting.len());
        let placed = waiting.into_par_iter().map(|path| {
            let bytes = output.bytes(path).map_err(|error| Diagnostic::no_scratch(&error.to_string()))?;
            let placed = self.place_again(path, &bytes).map_err(|error| self.fault(path, &error))?;
            watcher.done(1);
            Ok((path, placed))
        });
        let placed: FxHashMap<&str, Placed> = placed.collect::<Result<_, Diagnostic>>()?;
        let (mut now, mut changed) = (Vec::with_capacity(output.count()), FxHashSet::default());
        for (path, one) in output.placed() {
            let one = one.or_else(|| placed.get(path).copied());
            let one = one.ok_or_else(|| self.incomplete(output.count(), placed.len()))?;
            now.push((path.into(), one.digest));
            if one.changed {
                changed.insert(path);
            }
        }
        let now = FileList::from(now);
        self.check_size(&now, rules)?;
        let others = if self.folder.exists() {
            Others::find(&self.folder, &self.before, &now, rules.keep)?
        } else {
            Others::default()
        };
        let is_changed = |path: &str| changed.contains(path);
        let removed = self.before.paths().filter(|path| !now.has(path)).count();
        let written = changed.len();
        let mut digest = blake3::Hasher::new();
        now.write(&mut digest).map_err(|error| self.fault(FILE_LIST, &error))?;
        let digest = digest.finalize();
        let mark = rules.made_of.and_then(|made_of| made::mark(made_of, &digest));
        let is_listed =
            || fs::read(self.folder.join(FILE_LIST)).is_ok_and(|old| blake3::hash(&old) == digest);
        if written + removed == 0 && is_listed() {
            made::note(&self.folder, mark.as_deref())?;
        } else {
            self.in_tree(FILE_LIST)
                .and_then(|path| {
                    let mut file = BufWriter::new(File::create(path)?);
                    now.write(&mut file)?;
                    file.flush()
                })
                .map_err(|error| self.fault(FILE_LIST, &error))?;
            if let Some(mark) = &mark {
                self.in_tree(MADE_OF)
                    .and_then(|path| fs::write(path, mark))
                    .map_err(|error| self.fault(MADE_OF, &error))?;
            }
            let own = 1 + usize::from(mark.is_some());
            let unchanged = now.paths().filter(|path| !is_changed(path)).collect();
            if self.in_place || !self.swapped(&now, unchanged, &others, own)? {
                self.renamed(&upload::steps(&self.before, &now, &is_changed), own)?;
            }
        }
        let unchanged = now.count() - written;
        Ok(Written { written, unchanged, removed, before: self.before.clone(), now })
    }

    /// Removes what was made ready, as far as that can be done while others may still add to it.
    pub fn abandon(&self) {
        let _ = (0..ATTEMPTS_TO_CLEAR).find(|_| self.work.remove());
    }

    /// Refuses a site that has lost more of its pages than it may.
    fn check_size(&self, now: &FileList, rules: &Rules<'_>) -> Result<(), Diagnostic> {
        let pages = |list: &FileList| list.paths().filter(|path| path.ends_with(".html")).count();
        let (before, after) = (pages(&self.before), pages(now));
        match rules.shrink_limit {
            Some(limit) if before >= LOOKED_AT && (before.saturating_sub(after)) * 100 > before * limit => {
                Err(Diagnostic::site_shrunk(before, after, limit))
            }
            _ => Ok(()),
        }
    }

    /// Refuses a new tree that has not as many files as it should, or one that is neither planned nor a note of ours.
    fn check_tree(
        &self,
        planned: usize,
        is_planned: &(dyn Fn(&str) -> bool + Sync),
    ) -> Result<(), Diagnostic> {
        let is_right = |path: &str| [FILE_LIST, MADE_OF].contains(&path) || is_planned(path);
        let found = files_below(&self.work.join(TREE), "", &is_right);
        let (found, all_planned) = found.map_err(|error| self.fault("", &error))?;
        if found == planned && all_planned { Ok(()) } else { Err(self.incomplete(planned, found)) }
    }

    fn incomplete(&self, planned: usize, found: usize) -> Diagnostic {
        Diagnostic::site_incomplete(&self.work.join(TREE).to_string_lossy(), planned, found)
    }

    /// Completes the new tree, in which `own` files are notes of ours, with those of `now` that are `unchanged`, and exchanges
    /// it with the old one; false where the system cannot do that.
    fn swapped(
        &self,
        now: &FileList,
        unchanged: Vec<&str>,
        others: &Others,
        own: usize,
    ) -> Result<bool, Diagnostic> {
        let is_first = !self.folder.exists();
        let tree = self.work.join(TREE);
        if tree.starts_with(&self.folder) {
            return Ok(false);
        }
        if !is_first {
            for folder in &others.folders {
                fs::create_dir_all(tree.join(folder))
                    .and_then(|()| copy_permissions(&self.folder.join(folder), &tree.join(folder)))
                    .map_err(|error| self.fault(&folder.to_string_lossy(), &error))?;
            }
            let kept = others.files.par_iter().map(|path| path.to_string_lossy());
            unchanged.into_par_iter().map(Cow::Borrowed).chain(kept).try_for_each(|path| {
                self.in_tree(&path)
                    .and_then(|new| swap::link(&self.folder.join(&*path), &new))
                    .map_err(|error| self.fault(&path, &error))
            })?;
        }
        let kept: HashSet<Cow<'_, str>> = others.files.iter().map(|path| slashed(path)).collect();
        self.check_tree(now.count() + others.files.len() + own, &|path| {
            now.has(path) || kept.contains(path)
        })?;
        if !is_first {
            // Nothing is lost with a first build that a power cut spoils; an old site would be.
            copy_permissions(&self.folder, &tree)
                .and_then(|()| swap::flush(&tree))
                .map_err(|error| self.fault("", &error))?;
        }
        let done =
            if is_first { fs::rename(&tree, &self.folder) } else { swap::exchange(&tree, &self.folder) };
        match done {
            Ok(()) => {
                // Both names are right, whichever of them a power cut would leave.
                let _ = self.folder.parent().map(swap::flush_names);
                Ok(true)
            }
            Err(error) if is_first => Err(self.fault("", &error)),
            Err(_) => Ok(false),
        }
    }

    /// Changes the files of the folder one by one, by a journal; `own` files of the new tree are notes of ours.
    fn renamed(&self, steps: &[(Change, &str)], own: usize) -> Result<(), Diagnostic> {
        let (removed, put): (Vec<_>, Vec<_>) =
            steps.iter().partition(|(change, _)| *change == Change::Removed);
        let files: HashSet<&str> = put.iter().map(|(_, path)| *path).collect();
        // A tree that could not change places with the old site has all files already.
        if self.in_place {
            self.check_tree(files.len() + own, &|path| files.contains(path))?;
        }
        let folders: HashSet<&str> = put.iter().flat_map(|(_, path)| parents(path)).collect();
        // A file that stands where a folder has to be, or below a folder where a file has to be, goes first.
        let is_in_the_way = |(_, path): &(Change, &str)| {
            folders.contains(path) || parents(path).any(|parent| files.contains(parent))
        };
        let (first, last): (Vec<_>, Vec<_>) = removed.into_iter().partition(|step| is_in_the_way(step));
        let mut all: Vec<Step<'_>> = first.iter().map(|(_, path)| Step::Remove(path)).collect();
        all.extend(put.iter().map(|(_, path)| Step::Put(path)));
        all.extend(last.iter().map(|(_, path)| Step::Remove(path)));
        // The list comes last: until then, what it names is what was there.
        // Each path is named once: what is done again has to come out the same.
        let is_marked = self.work.join(TREE).join(MADE_OF).exists();
        let made_of = if is_marked { Step::Put(MADE_OF) } else { Step::Remove(MADE_OF) };
        all.extend([Step::Put(FILE_LIST), made_of]);
        swap::flush(&self.work.join(TREE))
            .and_then(|()| journal::write(&self.work, &all))
            .map_err(|error| self.fault("", &error))?;
        journal::roll_forward(&self.work, &self.folder)
    }

    fn fault(&self, path: &str, error: &io::Error) -> Diagnostic {
        Diagnostic::unwritable(&self.folder.join(path).to_string_lossy(), &error.to_string())
    }
}

/// How many files there are in `folder` and below, and whether `is_right` says so of the path of each. `above` stands before
/// the names.
fn files_below(
    folder: &Path,
    above: &str,
    is_right: &(dyn Fn(&str) -> bool + Sync),
) -> io::Result<(usize, bool)> {
    let (mut found, mut all_right, mut folders) = (0, true, Vec::new());
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{above}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            folders.push((entry.path(), path + "/"));
        } else {
            found += 1;
            all_right &= is_right(&path);
        }
    }
    let below = folders.par_iter().map(|(folder, path)| files_below(folder, path, is_right));
    let below = below.try_reduce(|| (0, true), |a, b| Ok((a.0 + b.0, a.1 && b.1)))?;
    Ok((found + below.0, all_right && below.1))
}

/// A path with forward slashes, as lists of files have it.
fn slashed(path: &Path) -> Cow<'_, str> {
    let path = path.to_string_lossy();
    if MAIN_SEPARATOR == '/' { path } else { path.replace(MAIN_SEPARATOR, "/").into() }
}

/// The folders of a path, from the innermost.
fn parents(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(path.rsplit_once('/'), |(parent, _)| parent.rsplit_once('/'))
        .map(|(parent, _)| parent)
}

/// Whether there is no such file.
fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

fn copy_permissions(from: &Path, to: &Path) -> io::Result<()> {
    fs::set_permissions(to, fs::metadata(from)?.permissions())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Content;
    use crate::stages::Nobody;

    #[test]
    fn a_site_with_a_file_too_few_or_too_many_is_not_published() {
        let rules = Rules { keep: &[], shrink_limit: None, made_of: None };
        for in_place in [false, true] {
            let root = tempfile::tempdir().expect("a folder");
            let folder = root.path().join("public");
            let mut output = Output::default();
            for path in ["a.html", "b/c.html"] {
                output.insert(path.to_owned(), Content::Bytes(path.as_bytes().to_vec()));
            }
            let first = Staging::open(root.path(), &folder, in_place).expect("taken");
            first.publish(&output, &rules, &Nobody).expect("published");
            drop(first);
            let before = fs::read_to_string(folder.join(FILE_LIST)).expect("a list");
            let spoil: [fn(&Path); 2] = [
                |tree| fs::remove_file(tree.join("d.html")).expect("removed"),
                |tree| fs::write(tree.join("e.html"), "foreign").expect("written"),
            ];
            for spoil in spoil {
                let staging = Staging::open(root.path(), &folder, in_place).expect("taken");
                let placed = staging.place("d.html", b"new").expect("placed");
                spoil(&staging.work.join(TREE));
                output.insert("d.html".to_owned(), Content::Placed(placed));
                let found = staging.publish(&output, &rules, &Nobody).expect_err("refused");
                assert_eq!(found.code, "site-incomplete");
                assert!(!folder.join("d.html").exists() && !folder.join("e.html").exists());
                assert_eq!(fs::read_to_string(folder.join(FILE_LIST)).expect("a list"), before);
            }
            let staging = Staging::open(root.path(), &folder, in_place).expect("taken");
            staging.place("unplanned.html", b"x").expect("placed");
            let found = staging.publish(&output, &rules, &Nobody).expect_err("refused");
            assert_eq!(found.code, "site-incomplete");
        }
    }
}
