//! Faults of a plan: two pages that want one address, and redirects that lead to no page.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

use super::feed::{Form, Subject};
use super::plan::{At, Cause, Page, Planned};
use crate::diagnostic::Diagnostic;
use crate::output::{path_of, without_page};
use crate::site::Redirect;

/// Pages whose output paths are equal, or equal but for upper and lower case, or of which one is a folder of the other.
/// What two sources do in several editions is told once. There is a cause for each page.
pub(super) fn collisions(pages: &[Planned], causes: &[Cause<'_>]) -> Vec<Diagnostic> {
    // A share picture collides only where its speech does.
    let own = pages.iter().enumerate().filter(|(_, planned)| !matches!(planned.page, Page::SharePicture(_)));
    let paths: Vec<(Cow<'_, str>, usize)> = own.map(|(at, planned)| (lower(planned), at)).collect();
    let mut taken: FxHashMap<&str, usize> = FxHashMap::default();
    taken.reserve(paths.len());
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
    for (path, at) in &paths {
        match taken.get(&**path) {
            Some(first) => {
                twins.insert(*at);
                if !is_told_of_pages(pages[*first].page, pages[*at].page) {
                    clash(*first, *at);
                }
            }
            None => {
                taken.insert(path, *at);
            }
        }
    }
    for (path, at) in paths.iter().filter(|(_, at)| !twins.contains(at)) {
        // A folder without a name, which is another fault, is none of these files.
        let above = path.match_indices('/').map(|(end, _)| &path[..end]).filter(|file| !file.ends_with('/'));
        above.filter_map(|file| taken.get(without_page(file))).for_each(|first| clash(*first, *at));
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
