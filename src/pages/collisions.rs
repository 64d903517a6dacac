//! Faults of a plan: two pages that want one address, and redirects that lead to no page.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::feed::{Form, Subject};
use super::plan::{Caused, Page};
use crate::diagnostic::{Diagnostic, Place};
use crate::output::path_of;
use crate::site::Redirect;

/// Pages whose output paths are equal, or equal but for upper and lower case, or of which one is a folder of the other.
/// What two sources do in several editions is told once.
pub(super) fn collisions(pages: &[Caused<'_>]) -> Vec<Diagnostic> {
    let mut taken: FxHashMap<&str, Caused<'_>> = FxHashMap::default();
    let mut told: BTreeSet<(&Place, &Place)> = BTreeSet::new();
    let mut found = Vec::new();
    // A share picture collides only where its speech does.
    let own = |(planned, _): &&Caused<'_>| !matches!(planned.page, Page::SharePicture(_));
    let clash = |first: Caused<'_>, second: Caused<'_>| {
        Diagnostic::same_address(&second.0.address, first.1.clone(), second.1.clone())
    };
    let lower = |caused: &Caused<'_>| path_of(&caused.0.address).to_lowercase();
    let paths: Vec<(String, Caused<'_>)> =
        pages.iter().filter(own).map(|caused| (lower(caused), *caused)).collect();
    let mut different = Vec::with_capacity(paths.len());
    for (path, caused) in &paths {
        match taken.get(path.as_str()) {
            Some((first, _)) if is_told_of_pages(first.page, caused.0.page) => {}
            Some(first) if told.insert((&first.1.0, &caused.1.0)) => found.push(clash(*first, *caused)),
            Some(_) => {}
            None => {
                taken.insert(path, *caused);
                different.push((path, caused));
            }
        }
    }
    for (path, caused) in different {
        let above = path.match_indices('/').filter_map(|(end, _)| taken.get(&path[..end]));
        for first in above {
            if told.insert((&first.1.0, &caused.1.0)) {
                found.push(clash(*first, *caused));
            }
        }
    }
    found
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
pub(super) fn lost_redirects(redirects: &[Redirect], pages: &[Caused<'_>]) -> Vec<Diagnostic> {
    if redirects.is_empty() {
        return Vec::new();
    }
    let by_path: BTreeMap<String, Caused<'_>> =
        pages.iter().map(|caused| (path_of(&caused.0.address), *caused)).collect();
    let lost = redirects.iter().filter_map(|one| match by_path.get(&path_of(&one.to)) {
        None => Some(Diagnostic::redirect_nowhere(one.cause.0.clone(), &one.from, &one.to)),
        Some((next, cause)) => match next.page {
            Page::Redirect(_) => {
                Some(Diagnostic::redirect_chain(one.cause.0.clone(), &one.from, &one.to, cause.0.clone()))
            }
            _ => None,
        },
    });
    lost.collect()
}
