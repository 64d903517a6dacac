//! Cloudflare Pages and Netlify: `_headers` and `_redirects`.
//!
//! Both read the same form. Where several rules match, the one joins the values of a header by commas and the other does
//! not say, so no two of these rules that can match one address set the same header. Netlify takes nothing after `*`.

use std::collections::BTreeSet;

use super::policy::{KEEP, LOADS, everywhere};
use super::{Host, Publication};
use crate::site::url;

/// `_headers`. Both hosts send texts as UTF-8 and let browsers ask again for what is not kept.
pub(super) fn headers(publication: &Publication<'_>) -> String {
    let mut text =
        String::from("# plenary 生成，每次生成都会重写。Written by plenary, again with every build.\n/*\n");
    for (name, value) in everywhere(publication.config) {
        text.push_str(&format!("  {name}: {value}\n"));
    }
    text.push_str(&format!("  Content-Security-Policy: {LOADS}\n"));
    for (rule, headers) in rules(publication) {
        text.push_str(&format!("{rule}\n"));
        for header in headers {
            text.push_str(&format!("  {header}\n"));
        }
    }
    text
}

/// Rules with their headers. No header is set by two that match one address.
fn rules(publication: &Publication<'_>) -> Vec<(String, Vec<String>)> {
    let keep = format!("Cache-Control: {KEEP}");
    let shared = || {
        vec![
            "Access-Control-Allow-Origin: *".to_owned(),
            "Cross-Origin-Resource-Policy: cross-origin".to_owned(),
        ]
    };
    let own = || vec!["X-Frame-Options: SAMEORIGIN".to_owned()];
    let mut rules = vec![("/assets/*".to_owned(), vec![keep.clone()])];
    for part in parts(publication) {
        match part {
            Part::Kept(folder) => rules.push((format!("/{folder}/*"), vec![keep.clone()])),
            Part::Shared(file) => rules.push((format!("/{file}"), shared())),
            Part::Page(address) => rules.push((address, own())),
            Part::Pages(folder) => rules.push((format!("/{folder}/*"), own())),
        }
    }
    rules
}

/// A part of the addresses that one rule is for.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// A folder of the search index whose name is a digest.
    Kept(String),
    /// One file that portals load.
    Shared(String),
    /// The address of one page.
    Page(String),
    /// A folder of pages.
    Pages(String),
}

/// The parts of a site, the pages for frames left out: `/meetings/*`, `/hant/meetings/*`…
fn parts(publication: &Publication<'_>) -> BTreeSet<Part> {
    let editions = &publication.config.editions.others;
    let base = publication.config.base_url.path.trim_end_matches('/');
    let redirected: BTreeSet<&str> =
        publication.redirects.iter().filter_map(|one| one.from.strip_prefix(base)).collect();
    let mut parts = BTreeSet::new();
    for path in &publication.paths {
        let edition = editions.iter().map(|edition| format!("{}/", edition.path.value));
        let edition = edition.filter(|edition| path.starts_with(edition)).max_by_key(String::len);
        let edition = edition.unwrap_or_default();
        let own = &path[edition.len()..];
        let folders: Vec<&str> = own.split('/').collect();
        let part = match folders.as_slice() {
            ["assets", ..] | ["embed", ..] => continue,
            ["search", "index.html"] => Part::Page(format!("/{edition}search/")),
            ["search", digest, _, ..] if digest.len() == 10 => {
                Part::Kept(format!("{edition}search/{digest}"))
            }
            ["search", ..] => Part::Shared(format!("{edition}search/*")),
            ["embed.js" | "feed.xml" | "feed.json" | "opensearch.xml"] => {
                Part::Shared(format!("{edition}{own}"))
            }
            ["index.html"] => Part::Page(format!("/{edition}")),
            [_] if !own.ends_with(".html") => continue,
            [page] => Part::Page(format!("/{edition}{}", url::encode(page))),
            [folder, ..] => {
                let whole = format!("/{edition}{own}");
                let address = whole.strip_suffix("index.html").unwrap_or(&whole);
                if !own.ends_with(".html") || redirected.contains(address) {
                    continue;
                }
                Part::Pages(format!("{edition}{}", url::encode(folder)))
            }
            [] => continue,
        };
        parts.insert(part);
    }
    parts
}

/// `_redirects`.
pub(super) fn redirects(publication: &Publication<'_>) -> String {
    // Netlify prefers a file to a rule unless told otherwise, in a way that Cloudflare does not know.
    let code = if publication.asks_for(Host::Cloudflare) { "301" } else { "301!" };
    let mut text =
        String::from("# plenary 生成，每次生成都会重写。Written by plenary, again with every build.\n");
    for redirected in &publication.redirects {
        text.push_str(&format!("{} {} {code}\n", url::encode(&redirected.from), redirected.to));
    }
    text
}
