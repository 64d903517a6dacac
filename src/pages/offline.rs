//! Reading without a network: a web manifest (W3C Web Application Manifest) and a service worker, where the site asks for it.

use std::collections::BTreeMap;
use std::io;

use rayon::prelude::*;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::tera_theme::TeraTheme;
use crate::output::{Content, Output, path_of, script_safe};
use crate::site::{Meeting, Site};

/// The web manifest's address.
pub const MANIFEST: &str = "/site.webmanifest";
/// The worker's address; it works for all addresses below its folder.
pub const WORKER: &str = "/service-worker.js";
/// The worker's code; constants are put before it.
const CODE: &str = include_str!("service_worker.js");
/// Pages whose digests are in one file.
const DIGESTS: usize = 200;
/// Bytes of a digest that are written.
const DIGEST: usize = 8;

/// The web manifest: name, colours and icon of the site on a phone's home screen.
pub fn manifest(site: &Site, theme: &TeraTheme) -> String {
    let config = &site.config;
    let icon = theme.assets.iter().find(|asset| asset.address.contains("/icon."));
    let icons: Vec<Value> = icon
        .iter()
        .map(|icon| json!({"src": icon.address.trim_start_matches('/'), "sizes": "any", "type": "image/svg+xml"}))
        .collect();
    json!({
        "name": config.title,
        "short_name": config.title.chars().take(12).collect::<String>(),
        "description": config.description,
        "lang": config.language,
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": "#fdfcfa",
        "theme_color": "#951b1e",
        "icons": icons,
    })
    .to_string()
}

/// Adds the worker and the digests of what it may keep to the finished site.
///
/// # Errors
/// What the disk says where bytes of the output are not in memory.
pub fn add(site: &Site, theme: &TeraTheme, output: &mut Output) -> io::Result<()> {
    let digests = digests(output)?;
    let mut whole = Sha256::new();
    for (path, digest) in &digests {
        whole.update(path.as_bytes());
        whole.update(digest.as_bytes());
    }
    let build = hex(&whole.finalize());
    let files = digests.len().div_ceil(DIGESTS).max(1);
    let mut shards: Vec<BTreeMap<&str, &str>> = vec![BTreeMap::new(); files];
    for (path, digest) in &digests {
        shards[shard_of(path, files)].insert(path, digest);
    }
    let shards = shards.iter().map(|files| json!({"build": build, "files": files}).to_string());
    for (i, shard) in shards.collect::<Vec<_>>().into_iter().enumerate() {
        output.insert(format!("offline/{i}.json"), Content::Bytes(shard.into_bytes()));
    }
    let keep = kept(site, theme, output);
    let notice = format!(
        "<!doctype html><html lang=\"{}\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{}</title><h1>{}</h1><p>{}</p>",
        site.config.language,
        theme.word("offline"),
        theme.word("offline"),
        theme.word("offline_advice"),
    );
    let constants = format!(
        "const BUILD = {};\nconst FILES = {files};\nconst KEEP = {};\nconst NOTICE = {};\n",
        json!(build),
        script_safe(&json!(keep).to_string()),
        script_safe(&json!(notice).to_string()),
    );
    output.insert(path_of(WORKER), Content::Bytes(format!("{constants}{CODE}").into_bytes()));
    Ok(())
}

/// Digests of all pages, assets and pictures by path; not of the search index and its data, nor of feeds.
fn digests(output: &Output) -> io::Result<BTreeMap<String, String>> {
    let kept = |path: &&str| {
        let is_search = path.split('/').any(|part| part == "search") && !path.ends_with("/index.html");
        !is_search && !is_feed(path)
    };
    let paths: Vec<&str> = output.paths().filter(kept).collect();
    let digest = |path: &&str| Ok((path.to_string(), hex(&Sha256::digest(output.bytes(path)?))));
    paths.par_iter().map(digest).collect()
}

fn is_feed(path: &str) -> bool {
    matches!(path.rsplit('/').next(), Some("feed.xml" | "feed.json"))
}

fn hex(digest: &[u8]) -> String {
    digest.iter().take(DIGEST).map(|byte| format!("{byte:02x}")).collect()
}

/// Which file has the digest of a path; the worker reckons the same over UTF-16 units.
fn shard_of(path: &str, files: usize) -> usize {
    let sum = path.encode_utf16().fold(0u32, |sum, unit| (sum * 31 + u32::from(unit)) % 65521);
    sum as usize % files
}

/// Paths that the worker keeps from the start: the home page, the chosen meeting with its texts and files, the assets.
fn kept(site: &Site, theme: &TeraTheme, output: &Output) -> Vec<String> {
    let mut keep: Vec<String> = vec![path_of("/")];
    keep.extend(
        theme.assets.iter().filter(|asset| !asset.address.contains("/search.")).map(|a| path_of(&a.address)),
    );
    let chosen = site.config.offline.meeting.as_ref();
    let folder_of = |meeting: &Meeting| meeting.file.file.split('/').nth(2).map(str::to_owned);
    let meeting =
        site.meetings.iter().find(|meeting| folder_of(meeting) == chosen.map(|one| one.value.clone()));
    if let Some(meeting) = meeting {
        let folder = meeting.address.trim_start_matches('/');
        keep.extend(
            output.paths().filter(|path| path.starts_with(folder) && !is_feed(path)).map(str::to_owned),
        );
    }
    keep
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worker_and_the_build_agree_on_shards() {
        assert_eq!(shard_of("index.html", 1), 0);
        assert!(shard_of("meetings/会议/index.html", 7) < 7);
    }
}
