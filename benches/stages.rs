//! Each stage of a build on its own: `cargo bench --bench stages`.
//!
//! Front matter and Markdown are those of the speeches of this repository; the others work on a made-up archive
//! (`benches/corpus`) of 1,000 speeches, or of as many as `SPEECHES` says.

#[path = "corpus/archive.rs"]
mod archive;
#[path = "corpus/random.rs"]
mod random;
#[path = "corpus/sources.rs"]
mod sources;
#[path = "corpus/words.rs"]
mod words;

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use criterion::{BatchSize, Criterion, Throughput};
use jiff::Timestamp;
use plenary::content::Rules;
use plenary::content::record_lock::Record as Sealed;
use plenary::content::site_config::{self, SITE_TOML, SiteConfig};
use plenary::content::source::{Source, classify};
use plenary::content::{front_matter, markdown, meeting, speech};
use plenary::disk::{self, BUILT_IN_TERA_THEMES};
use plenary::inputs::Inputs;
use plenary::minify;
use plenary::output::Content;
use plenary::pages::data;
use plenary::pages::plan::{Page, Plan, Planned, plan};
use plenary::pages::render::{Renderer, content};
use plenary::pages::tera_theme::{self, TeraTheme};
use plenary::pictures::Pictures;
use plenary::search::index::{self, Settings, numbered};
use plenary::search::lists;
use plenary::search::runs::{PARTITIONS, Runs};
use plenary::search::shards::{Object, hash, shard_of};
use plenary::search::tokens::Script;
use plenary::search::zones::{Zones, positions, zones};
use plenary::site::link::{Parsed, Publication, link};
use plenary::site::links::Targets;
use plenary::site::{Edition, Site};
use plenary::stages::Nobody;

use archive::Archive;
use sources::Form;
use words::Words;

/// Made-up speeches where `SPEECHES` does not say how many.
const SPEECHES: usize = 1_000;
/// Speeches of one run of postings, and bytes above which a list is split, as in the builder of the index.
const RUN: usize = 256;
const LIST: usize = 8 << 10;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let real = disk::read(Path::new(env!("CARGO_MANIFEST_DIR")), usize::MAX).0;
    one_file(&mut criterion, &real);
    let speeches = std::env::var("SPEECHES").ok().and_then(|count| count.parse().ok()).unwrap_or(SPEECHES);
    let inputs = made(&real, speeches);
    whole_site(&mut criterion, &inputs);
    search(&mut criterion, &linked(&inputs));
    criterion.final_summary();
}

/// The sources of a made-up site, whose pages are not minified.
fn made(real: &Inputs, speeches: usize) -> Inputs {
    let texts = real.below("content/meetings/").filter_map(|(path, _)| real.text(path));
    let archive = Archive::new(speeches, 1, Words::of_texts(texts));
    let mut inputs = Inputs::default();
    for (path, bytes) in BUILT_IN_TERA_THEMES {
        inputs.insert(*path, bytes.to_vec());
    }
    for (path, text) in sources::files(&archive, Form::Plenary) {
        inputs.insert(path, text.into_bytes());
    }
    let settings = format!("minify = false\n{}", inputs.text(SITE_TOML).unwrap_or_default());
    inputs.insert(SITE_TOML, settings.into_bytes());
    inputs
}

/// Front matter and Markdown, of all real speeches together.
fn one_file(criterion: &mut Criterion, real: &Inputs) {
    let is_speech = |path: &str| matches!(classify(path), Source::Speech { .. });
    let files: Vec<(&str, &str)> = real
        .below("content/meetings/")
        .filter(|(path, _)| is_speech(path))
        .filter_map(|(path, _)| Some((path, real.text(path)?)))
        .collect();
    let parts: Vec<_> = files
        .iter()
        .map(|(path, text)| {
            (*path, *text, front_matter::split(path, text).expect("right front matter").body_start)
        })
        .collect();
    let heads: usize = parts.iter().map(|(.., start)| start).sum();
    let bodies: usize = parts.iter().map(|(_, text, start)| text.len() - start).sum();
    let mut group = criterion.benchmark_group("file");
    group.throughput(Throughput::Bytes(heads as u64));
    group.bench_function("front matter", |bench| {
        bench.iter(|| {
            for (path, text, _) in &parts {
                black_box(front_matter::split(path, text).expect("right front matter"));
            }
        });
    });
    group.throughput(Throughput::Bytes(bodies as u64));
    group.bench_function("Markdown with Chinese", |bench| {
        bench.iter(|| {
            for (path, text, start) in &parts {
                black_box(markdown::parse(path, text, *start, &Rules::default()));
            }
        });
    });
    group.finish();
}

/// Link, one page of two kinds, and minify.
fn whole_site(criterion: &mut Criterion, inputs: &Inputs) {
    let site = linked(inputs);
    let mut group = criterion.benchmark_group("site");
    group.throughput(Throughput::Elements(site.speeches.len() as u64));
    group.bench_function("link", |bench| {
        bench.iter_batched(|| parsed(inputs), |parsed| link(parsed, publication()), BatchSize::PerIteration);
    });
    let pages = Pages::of(inputs, site);
    group.throughput(Throughput::Elements(1));
    let speech = pages.first(|page| matches!(page, Page::Speech(_)));
    let theme = pages.first(|page| matches!(page, Page::Theme(..)));
    let mut html = Vec::new();
    pages.rendered(|render| {
        group.bench_function("one page: a speech", |bench| bench.iter(|| render(speech)));
        group.bench_function("one page: a list", |bench| bench.iter(|| render(theme)));
        html = render(speech);
    });
    let html = String::from_utf8(html).expect("UTF-8");
    group.throughput(Throughput::Bytes(html.len() as u64));
    group.bench_function("minify", |bench| {
        bench.iter(|| minify::html(&html, &mut |_, _| ()).expect("a flat page"))
    });
    group.finish();
}

/// Postings, shards, and the whole index.
fn search(criterion: &mut Criterion, site: &Site) {
    let scratch = disk::Scratch::new(usize::MAX);
    let order = numbered(site);
    let zones = zones(site, Script::Mixed);
    let collected = || {
        let runs = Runs::new(&scratch);
        for (i, chunk) in order.chunks(RUN).enumerate() {
            let number = |at: usize| (i * RUN + at) as u32;
            let units = chunk
                .iter()
                .enumerate()
                .map(|(at, one)| (number(at), positions(site, one, zones, Script::Mixed)));
            runs.add(units.collect()).expect("room in memory");
        }
        runs
    };
    let settings = Settings {
        folder: "search".to_owned(),
        speech: &|speech| data::indexed(site, speech),
        words: std::collections::BTreeMap::new(),
        script: Script::Mixed,
        watcher: &Nobody,
    };
    let mut group = criterion.benchmark_group("search");
    group.sample_size(10);
    group.throughput(Throughput::Elements(order.len() as u64));
    group.bench_function("postings", |bench| bench.iter(collected));
    group.bench_function("shards", |bench| {
        bench.iter_batched(collected, |runs| shards(&runs, zones), BatchSize::PerIteration);
    });
    group.bench_function("the whole index, all threads", |bench| {
        bench.iter(|| index::build(site, &settings, &scratch).expect("room in memory"));
    });
    group.finish();
}

/// All records as lists in shards, one for each partition.
fn shards(runs: &Runs<'_>, zones: Zones) -> Vec<Vec<u8>> {
    let bits = PARTITIONS.ilog2();
    let shard = |partition: usize| {
        let taken = runs.take(partition..partition + 1).expect("room in memory");
        let mut records = Vec::new();
        let mut object = Object::default();
        for places in taken.keys().into_iter().flatten() {
            taken.read(places, &mut records);
            let key = runs.text(places[0].key);
            assert_eq!(shard_of(hash(&key), bits) as usize, partition);
            black_box(lists::write(
                &lists::speeches(&records),
                zones,
                LIST,
                || "0".to_owned(),
                object.entry(&key),
            ));
        }
        object.finish()
    };
    (0..PARTITIONS).map(shard).collect()
}

fn publication() -> Publication {
    Publication { now: Timestamp::MAX, drafts: false }
}

fn config(inputs: &Inputs) -> SiteConfig {
    site_config::parse(inputs.text(SITE_TOML).unwrap_or_default()).0.expect("right settings")
}

fn linked(inputs: &Inputs) -> Site {
    link(parsed(inputs), publication()).0
}

/// All files of a made-up site, parsed.
fn parsed(inputs: &Inputs) -> Parsed {
    let config = config(inputs);
    let (mut meetings, mut speeches) = (Vec::new(), Vec::new());
    for (path, _) in inputs.below("content/meetings/") {
        let text = inputs.text(path).unwrap_or_default();
        match classify(path) {
            Source::Meeting { folder } => {
                meetings.push((
                    folder.to_owned(),
                    meeting::parse(path, text, &config.rules()).0.expect("a meeting"),
                ));
            }
            Source::Speech { .. } => {
                let file = speech::parse(path, text, &config.rules()).0.expect("a speech");
                speeches.push(Arc::new(file));
            }
            _ => {}
        }
    }
    Parsed {
        config,
        meetings,
        speeches,
        speakers: Vec::new(),
        standing: Vec::new(),
        speech_assets: Vec::new(),
        meeting_assets: Vec::new(),
        statics: Vec::new(),
        record: Sealed::default(),
    }
}

/// What is needed to render pages.
struct Pages<'a> {
    inputs: &'a Inputs,
    site: Site,
    theme: TeraTheme,
    pictures: Pictures,
    plan: Plan,
}

impl Pages<'_> {
    fn of(inputs: &Inputs, site: Site) -> Pages<'_> {
        let theme = tera_theme::load(inputs, &site.config, &site.edition).expect("the default");
        let pictures = Pictures::default();
        let (plan, _) = plan(std::iter::once((&site, &theme, &pictures)));
        Pages { inputs, site, theme, pictures, plan }
    }

    fn first(&self, is_it: impl Fn(Page) -> bool) -> &Planned {
        self.plan.pages.iter().find(|planned| is_it(planned.page)).expect("such a page")
    }

    /// Does `work` with what renders a page.
    fn rendered(&self, work: impl FnOnce(&dyn Fn(&Planned) -> Vec<u8>)) {
        let editions = Edition::all(&self.site.config);
        let targets = Targets::new(&self.site, &self.plan);
        let renderer = Renderer {
            inputs: self.inputs,
            site: &self.site,
            editions: &editions,
            pictures: &self.pictures,
            theme: &self.theme,
            plan: &self.plan,
            targets: &targets,
            manifest: "",
        };
        work(&|planned| match content(&renderer, planned).expect("a page") {
            (Content::Bytes(bytes), _) => bytes,
            _ => Vec::new(),
        });
    }
}
