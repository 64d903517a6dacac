//! Checks the links of rendered pages: whatever a Tera theme wrote leads somewhere.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::content::markdown::{Reference, reference};
use crate::content::site_config::BaseUrl;
use crate::diagnostic::Diagnostic;
use crate::markup::{Piece, attributes, pieces};
use crate::output::{Output, path_of};

/// A link of a rendered page that leads to nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct BrokenLink {
    /// What is not there: a file and a place in it, or the link where it cannot lead to a file.
    target: String,
    page: String,
    link: String,
}

/// Finds every link of every page that leads to nothing in `output`, or to a place that is not in the page.
pub fn check(output: &Output, base_url: &BaseUrl) -> Vec<BrokenLink> {
    let paths: BTreeSet<&str> = output.paths().collect();
    let links =
        |path: &str| output.bytes(path).ok().map(|bytes| PageLinks::of(&String::from_utf8_lossy(&bytes)));
    let pages: BTreeMap<&str, PageLinks> = paths
        .par_iter()
        .filter(|path| path.ends_with(".html"))
        .filter_map(|path| Some((*path, links(path)?)))
        .collect();
    let has = |target: &str, place: Option<&str>| {
        let is_place = |place| pages.get(target).is_none_or(|page| page.ids.contains(place));
        paths.contains(target) && place.is_none_or(is_place)
    };
    pages.iter().flat_map(|(path, page)| broken(path, &page.links, base_url, &has)).collect()
}

/// Finds the links of the page at `path` that lead to no file.
pub fn check_page(
    path: &str,
    html: &[u8],
    base_url: &BaseUrl,
    is_there: &dyn Fn(&str) -> bool,
) -> Vec<BrokenLink> {
    let links = PageLinks::of(&String::from_utf8_lossy(html)).links;
    broken(path, &links, base_url, &|target, _| is_there(target))
}

/// Reports broken links: once for each target, however many pages lead to it.
pub fn report(mut broken: Vec<BrokenLink>) -> Vec<Diagnostic> {
    broken.sort();
    broken.dedup();
    let of_target = broken.chunk_by(|a, b| a.target == b.target);
    of_target
        .map(|links| {
            let BrokenLink { page, link, .. } = &links[0];
            let pages: BTreeSet<&str> = links.iter().map(|link| link.page.as_str()).collect();
            Diagnostic::broken_output_link(&format!("public/{page}"), link, pages.len() - 1)
        })
        .collect()
}

/// The links of `links` for whose file and place `has` says no.
fn broken(
    page: &str,
    links: &[String],
    base_url: &BaseUrl,
    has: &dyn Fn(&str, Option<&str>) -> bool,
) -> Vec<BrokenLink> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for link in links.iter().filter(|link| seen.insert(link.as_str())) {
        let target = match goal(page, link, base_url) {
            Goal::Outside => continue,
            Goal::Nowhere => link.clone(),
            Goal::File(path, place) => {
                let place = place.filter(|place| !place.is_empty());
                if has(&path, place.as_deref()) {
                    continue;
                }
                place.map_or_else(|| path.clone(), |place| format!("{path}#{place}"))
            }
        };
        found.push(BrokenLink { target, page: page.to_owned(), link: link.clone() });
    }
    found
}

struct PageLinks {
    links: Vec<String>,
    ids: BTreeSet<String>,
}

impl PageLinks {
    fn of(html: &str) -> PageLinks {
        let mut page = PageLinks { links: Vec::new(), ids: BTreeSet::new() };
        for piece in pieces(html) {
            let Piece::Open(_, tag) = piece else { continue };
            for (name, value) in attributes(tag) {
                match name.to_ascii_lowercase().as_str() {
                    "href" | "src" | "action" => page.links.push(value),
                    "srcset" => {
                        let urls = value.split(',').filter_map(|one| one.split_whitespace().next());
                        page.links.extend(urls.map(str::to_owned));
                    }
                    "id" => {
                        page.ids.insert(value);
                    }
                    _ => {}
                }
            }
        }
        page
    }
}

/// Where a link of a page leads.
enum Goal {
    Outside,
    Nowhere,
    File(String, Option<String>),
}

fn goal(page: &str, link: &str, base_url: &BaseUrl) -> Goal {
    match reference(link) {
        Reference::External(_) => Goal::Outside,
        Reference::Unsafe => Goal::Nowhere,
        Reference::Here(fragment) => Goal::File(page.to_owned(), Some(fragment)),
        Reference::Address(address, fragment) => match address.strip_prefix(&base_url.path) {
            Some(rest) => Goal::File(path_of(rest), fragment),
            None => Goal::Nowhere,
        },
        Reference::File(relative, fragment) => match join(page, &relative) {
            Some(target) => Goal::File(path_of(&target), fragment),
            None => Goal::Nowhere,
        },
    }
}

fn join(page: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    let mut is_folder = relative.is_empty();
    for part in relative.split('/') {
        is_folder = matches!(part, "" | "." | "..");
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    let joined = parts.join("/");
    Some(if is_folder && !joined.is_empty() { format!("{joined}/") } else { joined })
}
