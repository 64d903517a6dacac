//! Checks the links of rendered pages: whatever a Tera theme wrote leads somewhere.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::content::markdown::{Reference, reference};
use crate::content::site_config::BaseUrl;
use crate::diagnostic::Diagnostic;
use crate::markup::{Piece, attributes, pieces};
use crate::output::{Output, path_of};

/// Reports every link of every page that leads to nothing in `output`.
pub fn check(output: &Output, base_url: &BaseUrl) -> Vec<Diagnostic> {
    let paths: BTreeSet<&str> = output.paths().collect();
    let links =
        |path: &str| output.bytes(path).ok().map(|bytes| PageLinks::of(&String::from_utf8_lossy(&bytes)));
    let pages: BTreeMap<&str, PageLinks> = paths
        .par_iter()
        .filter(|path| path.ends_with(".html"))
        .filter_map(|path| Some((*path, links(path)?)))
        .collect();
    let broken = |(path, page): (&&str, &PageLinks)| -> Vec<Diagnostic> {
        let mut found: BTreeSet<&str> = BTreeSet::new();
        found.extend(
            page.links
                .iter()
                .filter(|link| !leads_somewhere(path, link, &paths, &pages, base_url))
                .map(String::as_str),
        );
        found
            .into_iter()
            .map(|link| Diagnostic::broken_output_link(&format!("public/{path}"), link))
            .collect()
    };
    pages.iter().flat_map(broken).collect()
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

fn leads_somewhere(
    path: &str,
    link: &str,
    paths: &BTreeSet<&str>,
    pages: &BTreeMap<&str, PageLinks>,
    base_url: &BaseUrl,
) -> bool {
    let (target, fragment) = match reference(link) {
        Reference::External(_) => return true,
        Reference::Unsafe => return false,
        Reference::Here(fragment) => (path.to_owned(), Some(fragment)),
        Reference::Address(address, fragment) => match address.strip_prefix(&base_url.path) {
            Some(rest) => (path_of(rest), fragment),
            None => return false,
        },
        Reference::File(relative, fragment) => match join(path, &relative) {
            Some(target) => (path_of(&target), fragment),
            None => return false,
        },
    };
    let there = paths.contains(target.as_str());
    let place = fragment.filter(|fragment| !fragment.is_empty());
    let found =
        place.is_none_or(|place| pages.get(target.as_str()).is_none_or(|page| page.ids.contains(&place)));
    there && found
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
