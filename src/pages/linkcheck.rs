//! Checks the links of rendered pages: whatever a Tera theme wrote leads somewhere.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use rayon::prelude::*;

use crate::content::markdown::{Reference, reference};
use crate::content::site_config::BaseUrl;
use crate::diagnostic::Diagnostic;
use crate::markup::{NameSet, Piece, attributes, decode, pieces};
use crate::output::{FOLDER_PAGE, Output, path_of};
use crate::site::links::Targets;

/// Attributes that hold a link.
const ONE_LINK: NameSet<3> = NameSet::new(["href", "src", "action"]);
/// The attribute that holds links with a comma between them.
const LINKS: NameSet<1> = NameSet::new(["srcset"]);
/// Different links of a usual page.
const USUAL: usize = 64;

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
    let broken_on = |(path, page): (&&str, &PageLinks)| {
        let links = page.links.iter().filter_map(|link| broken(path, link, base_url, false, &has));
        links.collect::<Vec<_>>()
    };
    pages.iter().flat_map(broken_on).collect()
}

/// Finds links of one page that lead to no file.
pub struct PageCheck<'a> {
    path: String,
    base_url: &'a BaseUrl,
    targets: &'a Targets<'a>,
    /// Links that were looked at: most stand on a page several times.
    seen: HashSet<Box<str>>,
    broken: Vec<BrokenLink>,
}

impl<'a> PageCheck<'a> {
    /// For the page at `path` in the output, of which nothing was looked at yet.
    pub fn new(path: String, base_url: &'a BaseUrl, targets: &'a Targets<'a>) -> PageCheck<'a> {
        PageCheck { path, base_url, targets, seen: HashSet::with_capacity(USUAL), broken: Vec::new() }
    }

    /// Looks at an attribute, its value as it is written.
    pub fn attribute(&mut self, name: &str, value: &str) {
        if !(ONE_LINK.has(name) || LINKS.has(name)) || self.seen.contains(value) {
            return;
        }
        self.seen.insert(value.into());
        let has = |target: &str, _: Option<&str>| self.targets.has_file(target);
        for link in links_of(name, value) {
            self.broken.extend(broken(&self.path, &link, self.base_url, true, &has));
        }
    }

    /// Looks at all of a page.
    pub fn page(&mut self, html: &[u8]) {
        for piece in pieces(&String::from_utf8_lossy(html)) {
            let Piece::Open(_, tag) = piece else { continue };
            attributes(tag).for_each(|(name, value)| self.attribute(name, value));
        }
    }

    /// What was found.
    pub fn found(self) -> Vec<BrokenLink> {
        self.broken
    }
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

/// The link of a page where `has` says no for its file and place. `beside` says whether it may lead to another page of the
/// same host.
fn broken(
    page: &str,
    link: &str,
    base_url: &BaseUrl,
    beside: bool,
    has: &dyn Fn(&str, Option<&str>) -> bool,
) -> Option<BrokenLink> {
    let target = match goal(page, link, base_url) {
        Goal::Outside => return None,
        Goal::Beside if beside => return None,
        Goal::Beside | Goal::Nowhere => link.to_owned(),
        Goal::File(path, place) => {
            let place = place.filter(|place| !place.is_empty());
            if has(&path, place.as_deref()) {
                return None;
            }
            place.map_or_else(|| path.clone(), |place| format!("{path}#{place}"))
        }
    };
    Some(BrokenLink { target, page: page.to_owned(), link: link.to_owned() })
}

/// What a page leads to, and the places in it.
struct PageLinks {
    links: Vec<String>,
    ids: BTreeSet<String>,
}

impl PageLinks {
    fn of(html: &str) -> PageLinks {
        let mut links = Vec::new();
        let mut ids = BTreeSet::new();
        for piece in pieces(html) {
            let Piece::Open(_, tag) = piece else { continue };
            for (name, value) in attributes(tag) {
                for link in links_of(name, value) {
                    links.push(link.into_owned());
                }
                if name.eq_ignore_ascii_case("id") {
                    ids.insert(decode(value).into_owned());
                }
            }
        }
        PageLinks { links, ids }
    }
}

/// The links in an attribute.
fn links_of<'v>(name: &str, value: &'v str) -> impl Iterator<Item = Cow<'v, str>> {
    let single = ONE_LINK.has(name).then(|| decode(value));
    let several = if LINKS.has(name) { value } else { "" };
    let several = several.split(',').filter_map(|one| one.split_ascii_whitespace().next()).map(decode);
    single.into_iter().chain(several)
}

/// Where a link of a page leads.
enum Goal<'l> {
    Outside,
    /// On the same host, but not in the site: a page of the portal around it, or a mistake.
    Beside,
    Nowhere,
    File(String, Option<Cow<'l, str>>),
}

fn goal<'l>(page: &str, link: &'l str, base_url: &BaseUrl) -> Goal<'l> {
    match reference(link) {
        Reference::External(_) => Goal::Outside,
        Reference::Unsafe => Goal::Nowhere,
        Reference::Here(fragment) => Goal::File(page.to_owned(), Some(fragment)),
        Reference::Address(address, fragment) => match address.strip_prefix(&base_url.path) {
            Some(rest) => Goal::File(path_of(rest), fragment),
            None => Goal::Beside,
        },
        Reference::File(relative, fragment) => match join(page, &relative) {
            Some(target) => Goal::File(target, fragment),
            None => Goal::Nowhere,
        },
    }
}

/// The file behind a relative link on a page; none where it climbs out of the site.
fn join(page: &str, relative: &str) -> Option<String> {
    let mut joined = String::with_capacity(page.len() + relative.len() + FOLDER_PAGE.len() + 1);
    joined.push_str(page.rsplit_once('/').map_or("", |(folder, _)| folder));
    let mut is_folder = relative.is_empty();
    for part in relative.split('/') {
        is_folder = matches!(part, "" | "." | "..");
        match part {
            "" | "." => {}
            ".." if joined.is_empty() => return None,
            ".." => joined.truncate(joined.rfind('/').unwrap_or_default()),
            part => {
                if !joined.is_empty() {
                    joined.push('/');
                }
                joined.push_str(part);
            }
        }
    }
    if is_folder && !joined.is_empty() {
        joined.push('/');
    }
    if is_folder || joined.is_empty() {
        joined.push_str(FOLDER_PAGE);
    }
    Some(joined)
}
