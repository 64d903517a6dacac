//! `links = "explicit"`: for hosts that show nothing at a folder, every address of the site names a file.

mod folder;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use folder::{files, write};

const BASE: &str = "https://portal.example/zx/fayan/";
/// Settings beside those of the golden site `everything`: all that writes addresses.
const MORE: &str = "profile = \"cppcc\"\nhosts = [\"nginx\", \"oss\", \"caddy\", \"netlify\"]\n";
const TABLES: &str = "\n[offline]\nenabled = true\nmeeting = \"2025-plenary\"\n\n[share_pictures]\nenabled = false\n\n[[editions]]\npath = \"hant\"\nname = \"繁體\"\nscript = \"hant\"\n\n[[editions]]\npath = \"large\"\nname = \"大字\"\ntera_theme = \"plain\"\n";

/// The golden site with every kind of page, as it is built with `links`; all its files by path.
fn built(links: &str) -> (TempDir, BTreeMap<String, Vec<u8>>) {
    let folder = tempfile::tempdir().expect("a folder");
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/everything/site/content");
    for (path, bytes) in files(&golden) {
        write(folder.path(), &format!("content/{path}"), bytes);
    }
    let settings = folder.path().join("content/site.toml");
    let text = fs::read_to_string(&settings).expect("settings");
    fs::write(&settings, format!("links = \"{links}\"\n{MORE}{text}{TABLES}")).expect("written");
    let ran = Command::new(env!("CARGO_BIN_EXE_plenary"))
        .args(["build", "--now", "2025-06-01", "--output", "out"])
        .current_dir(folder.path())
        .output()
        .expect("the program starts");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let found = files(&folder.path().join("out"));
    (folder, found)
}

fn texts(files: &BTreeMap<String, Vec<u8>>) -> impl Iterator<Item = (&str, &str)> {
    // Settings of hosts speak of folders to the host, not to readers; `.plenary` lists paths.
    let is_setting = |path: &str| path.starts_with('.') || path.starts_with('_');
    files
        .iter()
        .filter(move |(path, _)| !is_setting(path))
        .filter_map(|(path, bytes)| Some((path.as_str(), std::str::from_utf8(bytes).ok()?)))
}

/// The bytes that a percent-encoded address stands for.
fn decoded(address: &str) -> String {
    let mut parts = address.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).expect("two hexadecimal digits"));
        bytes.extend(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).expect("UTF-8")
}

fn until<'a>(text: &'a str, ends: &[char]) -> &'a str {
    &text[..text.find(|c: char| c.is_whitespace() || ends.contains(&c)).unwrap_or(text.len())]
}

#[test]
fn every_absolute_address_of_the_site_is_that_of_a_file() {
    let (_folder, files) = built("explicit");
    let mut prefixes = BTreeSet::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (path, text) in texts(&files) {
        for rest in text.split(BASE).skip(1) {
            let address = until(rest, &['"', '\'', '<', '>', '&', '\\', ')', '}', '`', '?', '#', ',']);
            let file = decoded(address);
            if file.is_empty() || file.ends_with('/') {
                prefixes.insert((path, file));
                continue;
            }
            assert!(files.contains_key(&file), "{path} names {BASE}{address}, which is no file");
            *counts.entry(path.rsplit('.').next().unwrap_or_default()).or_default() += 1;
        }
        let encoded = "https%3A%2F%2Fportal%2Eexample";
        for rest in text.split(encoded).skip(1) {
            let address = until(rest, &['"', '<', '>', '&']);
            assert!(address.ends_with("%2Ehtml"), "{path} has {encoded}{address}");
        }
    }
    // What addresses begin with, for programs that put one together; nobody is led there.
    let prefixes: Vec<String> = prefixes.into_iter().map(|(path, to)| format!("{path}: {to}")).collect();
    assert_eq!(prefixes, ["hant/search/speeches.json: hant/", "search/speeches.json: ",]);
    for (ending, least) in [("html", 100), ("xml", 100), ("json", 20), ("txt", 1)] {
        assert!(counts.get(ending).is_some_and(|count| *count >= least), "{counts:?}");
    }
}

#[test]
fn every_link_of_a_page_names_a_file() {
    let (_folder, files) = built("explicit");
    let mut count = 0;
    for (path, html) in texts(&files).filter(|(path, _)| path.ends_with(".html")) {
        let here = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for attribute in [" href=", " src=", " action=", " data-to=", " data-file=", "url="] {
            for rest in html.split(attribute).skip(1) {
                let value =
                    until(rest.trim_start_matches(['"', '\'']), &['"', '\'', '>', '<', '&', '?', '#']);
                if value.is_empty() || value.contains(':') || value.starts_with("{") {
                    continue;
                }
                let file = match value.strip_prefix("/zx/fayan/") {
                    Some(file) => file.to_owned(),
                    None => joined(here, value),
                };
                assert!(files.contains_key(&decoded(&file)), "{path}:{attribute}{value} is no file ({file})");
                count += 1;
            }
        }
    }
    assert!(count > 1000, "{count}");
    let manifest: serde_json::Value =
        serde_json::from_slice(&files["site.webmanifest"]).expect("the web manifest");
    assert_eq!(manifest["start_url"], "index.html");
    let worker = String::from_utf8_lossy(&files["service-worker.js"]);
    assert!(worker.contains(r#"path.replace(/(^|\/)index\.html$/, "$1index.html")"#), "{worker}");
}

/// `value` as a page in the folder `here` means it.
fn joined(here: &str, value: &str) -> String {
    let mut parts: Vec<&str> = here.split('/').filter(|part| !part.is_empty()).collect();
    for part in value.split('/') {
        match part {
            "." => {}
            ".." => assert!(parts.pop().is_some(), "{value} climbs out of the site from {here}"),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Who has subscribed sees nothing anew when an office moves to such a host.
#[test]
fn ids_of_feeds_do_not_depend_on_how_links_are_written() {
    let (_one, explicit) = built("explicit");
    let (_other, folder) = built("folder");
    let ids = |files: &BTreeMap<String, Vec<u8>>| -> BTreeMap<String, Vec<String>> {
        let of = |text: &str, begin: &str, end: &str| -> Vec<String> {
            text.split(begin).skip(1).filter_map(|rest| Some(rest.split_once(end)?.0.to_owned())).collect()
        };
        let feeds = texts(files).filter(|(path, _)| path.contains("feed.") || path.contains("search/saved/"));
        feeds
            .map(|(path, text)| {
                let ids = if path.ends_with("xml") {
                    of(text, "<id>", "</id>")
                } else {
                    of(text, "\"id\":\"", "\"")
                };
                (path.to_owned(), ids)
            })
            .collect()
    };
    let ids_of_folder = ids(&folder);
    assert!(ids_of_folder.len() > 20 && ids_of_folder.values().all(|ids| !ids.is_empty() || ids.len() < 2));
    assert!(ids_of_folder.values().flatten().count() > 50);
    assert!(ids_of_folder.values().flatten().all(|id| id.starts_with("urn:uuid:")));
    assert_eq!(ids(&explicit), ids_of_folder);
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<BTreeSet<_>>();
    let stable = |files: &BTreeMap<String, Vec<u8>>| -> BTreeSet<String> {
        names(files).into_iter().filter(|path| path.ends_with(".html") || path.ends_with(".xml")).collect()
    };
    assert_eq!(stable(&explicit), stable(&folder));
}
