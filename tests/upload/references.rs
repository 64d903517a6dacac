//! What files refer to: links of pages and styles, absolute addresses anywhere, and the files of a search index.

use std::collections::BTreeMap;

use super::Files;

const BASE: &str = "https://fayan.example/a/";

/// What each file of a build refers to, by paths.
pub(crate) struct References(BTreeMap<String, Vec<String>>);

impl References {
    pub(crate) fn of(files: &Files) -> References {
        References(files.iter().map(|(path, bytes)| (path.clone(), references(path, bytes, files))).collect())
    }

    pub(crate) fn of_file(&self, path: &str) -> &[String] {
        &self.0[path]
    }
}

fn references(path: &str, bytes: &[u8], files: &Files) -> Vec<String> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Vec::new() };
    let ends = |c: char| "\"'<>(){}& ,\\".contains(c) || c.is_whitespace();
    let after = |begin: &str| -> Vec<String> {
        text.split(begin)
            .skip(1)
            .map(|rest| rest[..rest.find(ends).unwrap_or(rest.len())].to_owned())
            .collect()
    };
    // What of the program's own scripts and texts is no address of this site is kept out by its base.
    let mut found: Vec<String> = match path.ends_with(".js") {
        true => Vec::new(),
        false => after(BASE).iter().map(|rest| file(rest)).collect(),
    };
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => {
            for name in [" href=\"", " src=\"", " action=\""] {
                found.extend(after(name).iter().filter_map(|link| target(path, link)));
            }
            let sets = text.split(" srcset=\"").skip(1).filter_map(|rest| rest.split('"').next());
            let links = sets.flat_map(|set| set.split(',')).filter_map(|one| one.split_whitespace().next());
            found.extend(links.filter_map(|link| target(path, link)));
        }
        "css" => found.extend(after("url(").iter().filter_map(|link| target(path, link))),
        _ => {}
    }
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    if path.ends_with("search/index.json") {
        let numbering = value(text, "numbering").expect("a numbering");
        let below = format!("{folder}/{numbering}/");
        found.extend(files.keys().filter(|path| path.starts_with(&below) && !is_twin(path)).cloned());
    }
    if path.contains("/speeches/") && path.ends_with(".json") {
        found.extend(after("\"url\":\"").iter().map(|address| file(address)));
    }
    found.sort();
    found.dedup();
    found
}

fn is_twin(path: &str) -> bool {
    path.ends_with(".gz") || path.ends_with(".br")
}

fn value<'a>(json: &'a str, key: &str) -> Option<&'a str> {
    json.split(&format!("\"{key}\":\"")).nth(1)?.split('"').next()
}

/// The file behind an address from the site's root.
fn file(address: &str) -> String {
    let address = address.split(['?', '#']).next().unwrap_or_default();
    match address.is_empty() || address.ends_with('/') {
        true => format!("{address}index.html"),
        false => address.to_owned(),
    }
}

/// The file that a link of the page at `path` leads to; none of another site.
fn target(path: &str, link: &str) -> Option<String> {
    let link = link.split(['?', '#']).next().unwrap_or_default();
    if link.is_empty() || link.contains(':') {
        return None;
    }
    if let Some(from_host) = link.strip_prefix('/') {
        return Some(file(from_host.strip_prefix("a/").unwrap_or(from_host)));
    }
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    // A link to a folder ends in a slash, in `.` or in `..`.
    let is_folder = link.ends_with(['/', '.']);
    let joined = parts.join("/");
    let joined = joined.trim_end_matches('/');
    let slash = if is_folder && !joined.is_empty() { "/" } else { "" };
    Some(file(&format!("{joined}{slash}")))
}
