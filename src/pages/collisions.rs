//! Faults of a plan: two pages that want one address, and redirects that lead to no page.

use std::collections::{BTreeMap, BTreeSet};

use super::feed::{Form, Subject};
use super::plan::{Page, Planned};
use crate::diagnostic::{Diagnostic, Place};
use crate::output::path_of;
use crate::site::Redirect;

/// Pages whose output paths are equal, or equal but for upper and lower case, or of which one is a folder of the other.
/// What two sources do in several editions is told once.
pub(super) fn collisions(pages: &[Planned]) -> Vec<Diagnostic> {
    let mut taken: BTreeMap<String, &Planned> = BTreeMap::new();
    let mut told: BTreeSet<(&Place, &Place)> = BTreeSet::new();
    let mut found = Vec::new();
    // A share picture collides only where its speech does.
    let own = |planned: &&Planned| !matches!(planned.page, Page::SharePicture(_));
    let clash = |first: &Planned, second: &Planned| {
        Diagnostic::same_address(&second.address, first.cause.clone(), second.cause.clone())
    };
    for planned in pages.iter().filter(own) {
        let path = path_of(&planned.address).to_lowercase();
        match taken.get(&path) {
            Some(first) if is_told_of_pages(first.page, planned.page) => {}
            Some(first) if told.insert((&first.cause.0, &planned.cause.0)) => {
                found.push(clash(first, planned))
            }
            Some(_) => {}
            None => {
                taken.insert(path, planned);
            }
        }
    }
    for (path, planned) in &taken {
        let above = path.match_indices('/').filter_map(|(end, _)| taken.get(&path[..end]));
        for first in above {
            if told.insert((&first.cause.0, &planned.cause.0)) {
                found.push(clash(first, planned));
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
pub(super) fn lost_redirects(redirects: &[Redirect], pages: &[Planned]) -> Vec<Diagnostic> {
    if redirects.is_empty() {
        return Vec::new();
    }
    let by_path: BTreeMap<String, &Planned> =
        pages.iter().map(|planned| (path_of(&planned.address), planned)).collect();
    let lost = redirects.iter().filter_map(|one| match by_path.get(&path_of(&one.to)) {
        None => Some(Diagnostic::redirect_nowhere(one.cause.0.clone(), &one.from, &one.to)),
        Some(next) => match next.page {
            Page::Redirect(_) => Some(Diagnostic::redirect_chain(
                one.cause.0.clone(),
                &one.from,
                &one.to,
                next.cause.0.clone(),
            )),
            _ => None,
        },
    });
    lost.collect()
}
