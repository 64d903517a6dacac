//! Nothing of a draft, an embargoed or a withdrawn speech is in any file of the output, in any encoding used there.
//!
//! Two hundred random sites, each built three times. With hidden speeches in it, the output has no trace of what was
//! written in them, and is byte for byte that of the same site without their files; with the same speeches made public,
//! every trace is found, so that looking for it proves something.

#[path = "../font/mod.rs"]
mod font;
mod needles;
#[path = "../random/mod.rs"]
mod random;
mod random_site;

use std::collections::BTreeMap;
use std::io::{self, Read as _};
use std::sync::Arc;

use plenary::content::site_config::SiteConfig;
use plenary::disk::BUILT_IN_TERA_THEMES;
use plenary::inputs::{FontFile, Inputs};
use plenary::output::Output;
use plenary::pipeline::{self, Request};
use plenary::scratch::Scratch;
use plenary::site::link::Publication;
use plenary::stages::Nobody;
use rayon::prelude::*;

use needles::{Needles, has_rare_character};
use random_site::{NOW, RandomSite, Shown};

/// Number of random sites.
const SITES: u64 = 200;

/// Room for the search index that is never asked for.
struct NoScratch;

impl Scratch for NoScratch {
    fn limit(&self) -> usize {
        usize::MAX
    }

    fn keep(&self, _bytes: &[u8]) -> io::Result<u64> {
        Err(io::ErrorKind::StorageFull.into())
    }

    fn read(&self, _offset: u64, _length: usize) -> io::Result<Vec<u8>> {
        Err(io::ErrorKind::NotFound.into())
    }
}

type Files = BTreeMap<String, Vec<u8>>;

/// What is published of `sources`.
fn built(sources: &Files) -> Files {
    let mut inputs = Inputs::default();
    for (path, bytes) in BUILT_IN_TERA_THEMES {
        inputs.insert(*path, bytes.to_vec());
    }
    for (path, bytes) in sources {
        inputs.insert(path.clone(), bytes.clone());
    }
    inputs.set_font(FontFile { path: "boxes.ttf".into(), bytes: Arc::new(font::boxes()) });
    let now = NOW.parse().expect("a point in time");
    let publication = |_: &SiteConfig| Publication { now, drafts: false };
    let scratch: Arc<dyn Scratch> = Arc::new(NoScratch);
    let again = |path: &str| sources.get(path).cloned();
    let built = pipeline::build(Request {
        inputs,
        publication: &publication,
        scratch: &scratch,
        watcher: &Nobody,
        again: &again,
    });
    match built.site {
        Some((_, output)) => files(&output),
        None => panic!("the site is not built: {:#?}", built.diagnostics),
    }
}

fn files(output: &Output) -> Files {
    let bytes = |path: &str| output.bytes(path).expect("a file of the output").into_owned();
    output.paths().map(|path| (path.to_owned(), bytes(path))).collect()
}

/// The bytes of a file as a reader's browser has them. An ending that is not here must be added with what unpacks it.
fn unpacked(path: &str, bytes: &[u8]) -> Vec<u8> {
    let ending =
        path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, ending)| ending);
    match ending {
        "gz" => {
            let mut plain = Vec::new();
            flate2::read::GzDecoder::new(bytes).read_to_end(&mut plain).expect("gzip");
            plain
        }
        "br" => {
            let mut plain = Vec::new();
            brotli::BrotliDecompress(&mut &bytes[..], &mut plain).expect("Brotli");
            plain
        }
        // What hosts read: nginx.conf, Caddyfile, .htaccess, .nojekyll, _headers, _redirects, web.config.
        "" | "conf" | "htaccess" | "nojekyll" | "config" => bytes.to_vec(),
        "html" | "json" | "js" | "css" | "xml" | "txt" | "svg" | "webmanifest" | "png" | "webp" | "bin"
        | "ico" => bytes.to_vec(),
        _ => panic!("{path}: is it packed? say here how its text is found"),
    }
}

/// Where a needle is found: in the names of files and in the files themselves.
fn found(needles: &Needles, files: &Files) -> BTreeMap<usize, String> {
    let mut found = BTreeMap::new();
    for (path, bytes) in files {
        let places = [(path.as_bytes().to_vec(), "the name"), (unpacked(path, bytes), "the text")];
        for (text, what) in &places {
            for canary in needles.of(text) {
                found.entry(canary).or_insert_with(|| format!("{what} of {path}"));
            }
        }
    }
    found
}

/// The first difference of two outputs, in words.
fn difference(a: &Files, b: &Files) -> Option<String> {
    let only = |a: &Files, b: &Files| a.keys().find(|path| !b.contains_key(*path)).cloned();
    if let Some(path) = only(a, b) {
        return Some(format!("{path} is there because of a hidden speech"));
    }
    if let Some(path) = only(b, a) {
        return Some(format!("{path} is missing because of a hidden speech"));
    }
    let (path, bytes) = a.iter().find(|(path, bytes)| b[*path] != **bytes)?;
    let (mine, other) = (String::from_utf8_lossy(bytes), String::from_utf8_lossy(&b[path]));
    let same = mine.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let around = |text: &str| text.chars().skip(same.saturating_sub(80)).take(200).collect::<String>();
    Some(format!("{path} differs:\n  with    {}\n  without {}", around(&mine), around(&other)))
}

/// What is wrong with one site.
fn faults(seed: u64) -> Vec<String> {
    let site = RandomSite::new(seed);
    let needles = Needles::new(&site.canaries);
    let hidden = built(&site.sources(Shown::Hidden));
    let leaked = found(&needles, &hidden);
    let mut faults: Vec<String> = leaked
        .iter()
        .map(|(canary, place)| format!("site {seed}: {:?} leaks into {place}", site.canaries[*canary]))
        .collect();
    let rare = hidden.iter().filter(|(path, bytes)| {
        has_rare_character(path.as_bytes()) || has_rare_character(&unpacked(path, bytes))
    });
    faults.extend(
        rare.map(|(path, _)| format!("site {seed}: a character of a hidden speech leaks into {path}")),
    );
    let without = built(&site.sources(Shown::Without));
    faults.extend(difference(&hidden, &without).map(|found| format!("site {seed}: {found}")));
    let public = found(&needles, &built(&site.sources(Shown::Public)));
    let missing = site.canaries.iter().enumerate().filter(|(at, _)| !public.contains_key(at));
    faults
        .extend(missing.map(|(_, canary)| format!("site {seed}: {canary:?} is not found when it is public")));
    faults
}

#[test]
fn nothing_of_a_hidden_speech_is_in_two_hundred_random_sites() {
    let threads = rayon::ThreadPoolBuilder::new().stack_size(16 << 20).build().expect("threads");
    let first = std::env::var("LEAK_SITE").ok().and_then(|seed| seed.parse().ok());
    let seeds = first.map_or(0..SITES, |seed| seed..seed + 1);
    let all: Vec<String> = threads.install(|| seeds.into_par_iter().flat_map_iter(faults).collect());
    assert!(
        all.is_empty(),
        "{} faults (LEAK_SITE=seed builds one site):\n{}",
        all.len(),
        all[..all.len().min(20)].join("\n")
    );
}
