//! Faults of a plan: two pages that want one address, and redirects that lead to no page.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::BuildHasher as _;

use hashbrown::HashTable;
use rustc_hash::{FxBuildHasher, FxHashSet};

use super::feed::{Form, Subject};
use super::plan::{At, Cause, Page, Planned};
use crate::diagnostic::Diagnostic;
use crate::output::{path_of, without_page};
use crate::site::Redirect;

/// Pages whose output paths are equal, or equal but for upper and lower case, or of which one is a folder of the other.
/// What two sources do in several editions is told once. There is a cause for each page.
pub(super) fn collisions(pages: &[Planned], causes: &[Cause<'_>]) -> Vec<Diagnostic> {
    // A share picture collides only where its speech does.
    let own = || (0..pages.len()).filter(|at| !matches!(pages[*at].page, Page::SharePicture(_)));
    let known = |at: &u32| lower(&pages[*at as usize]);
    let hash = |path: &str| FxBuildHasher.hash_one(path);
    let mut taken: HashTable<u32> = HashTable::with_capacity(pages.len());
    let mut told: BTreeSet<(At<'_>, At<'_>)> = BTreeSet::new();
    let mut found = Vec::new();
    let mut clash = |first: usize, second: usize| {
        let [of_first, of_second] = [first, second].map(|at| causes[at]);
        if told.insert((of_first.at, of_second.at)) {
            let address = &pages[second].address;
            found.push(Diagnostic::same_address(address, of_first.told(), of_second.told()));
        }
    };
    let mut twins = FxHashSet::default();
    for at in own() {
        let path = lower(&pages[at]);
        match taken.find(hash(&path), |other| known(other) == path) {
            Some(first) => {
                let first = *first as usize;
                twins.insert(at);
                if !is_told_of_pages(pages[first].page, pages[at].page) {
                    clash(first, at);
                }
            }
            None => {
                taken.insert_unique(hash(&path), at as u32, |other| hash(&known(other)));
            }
        }
    }
    for at in own().filter(|at| !twins.contains(at)) {
        let path = lower(&pages[at]);
        // A folder without a name, which is another fault, is none of these files.
        let above = path.match_indices('/').map(|(end, _)| &path[..end]).filter(|file| !file.ends_with('/'));
        let found = above.map(without_page);
        let found = found.filter_map(|file| taken.find(hash(file), |other| known(other) == file));
        found.for_each(|first| clash(*first as usize, at));
    }
    found
}

/// [`Planned::path`] in lower case, in which nearly all are.
fn lower(planned: &Planned) -> Cow<'_, str> {
    let path = planned.path();
    if path.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return path.into();
    }
    without_page(&path_of(&planned.address).to_lowercase()).to_owned().into()
}

/// Feeds collide where the pages do that show the same, of which it is told; saved searches have no pages, and collide in
/// both forms.
fn is_told_of_pages(first: Page, second: Page) -> bool {
    match (first, second) {
        (Page::Feed(..), Page::Feed(Subject::SavedSearch(_), form)) => form != Form::Atom,
        (Page::Feed(..), Page::Feed(..)) => true,
        _ => false,
    }
}

/// Redirects of the main edition, `redirects`, that lead to no page of `pages`, or to another redirect.
pub(super) fn lost_redirects(
    redirects: &[Redirect],
    pages: &[Planned],
    causes: &[Cause<'_>],
) -> Vec<Diagnostic> {
    if redirects.is_empty() {
        return Vec::new();
    }
    let caused = pages.iter().zip(causes);
    let by_path: BTreeMap<String, (&Planned, &Cause<'_>)> =
        caused.map(|caused| (path_of(&caused.0.address), caused)).collect();
    let lost = redirects.iter().filter_map(|one| match by_path.get(&path_of(&one.to)) {
        None => Some(Diagnostic::redirect_nowhere(one.cause.0.clone(), &one.from, &one.to)),
        Some((next, cause)) => match next.page {
            Page::Redirect(_) => {
                Some(Diagnostic::redirect_chain(one.cause.0.clone(), &one.from, &one.to, cause.place()))
            }
            _ => None,
        },
    });
    lost.collect()
}
