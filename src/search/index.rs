//! Builds the sharded index; `FORMAT.md` beside this file says what each file of it holds.

use std::collections::BTreeMap;
use std::io;

use rayon::prelude::*;
use serde::Serialize;

use super::lists::One;
use super::runs::{Kind, PARTITIONS, Runs};
use super::shards::{self, Object, bits, hash, shard_of, string};
use super::sounds::Names;
use super::store::{Finished, Folder};
use super::tokens::Script;
use super::zones::{Zones, positions, zones};
use super::{facets, lists, sounds, traditional};
use crate::chinese::characters::is_han;
use crate::diagnostic::Diagnostic;
use crate::output::{self, Content};
use crate::scratch::Scratch;
use crate::site::{Site, Speech};
use crate::stages::{Stage, Watcher};

/// The version of the format; it changes when a reader of the old one could go wrong.
pub const FORMAT: u32 = 1;

/// The JSON Schema of all files of the index (draft 2020-12).
pub const SCHEMA: &str = include_str!("index.schema.json");

/// Files of texts that a thread makes before it looks whether another one is idle.
const PACKS: usize = 64;
/// Speeches in one run.
const RUN: usize = 256;
/// Bytes of a list, before compression, above which it is split.
const LIST: usize = 8 << 10;
/// Bytes of a shard, before compression, for archives of at most so many speeches; 16 KB for larger ones.
const SIZES: [(usize, u64); 2] = [(500, 1 << 10), (20_000, 4 << 10)];

/// The index: its files, and the manifest.
pub struct Index {
    /// `index.json`.
    pub manifest: String,
    /// The folder of a numbering, and what is in it.
    numbered: (String, Vec<Vec<Finished>>),
    /// Paths in the output and contents of what is beside it.
    beside: Vec<(String, Content)>,
}

impl Index {
    /// How many files it has.
    pub fn count(&self) -> usize {
        let files = self.numbered.1.iter().flatten();
        files.map(|file| 1 + usize::from(file.script.is_some())).sum::<usize>() + self.beside.len()
    }

    /// Its files, once: paths in the output, and contents. They are listed as they are asked for; there are many.
    pub fn take_files(&mut self) -> impl Iterator<Item = (String, Content)> + use<> {
        let (folder, files) = std::mem::take(&mut self.numbered);
        let beside = std::mem::take(&mut self.beside);
        files.into_iter().flatten().flat_map(move |file| file.listed(&folder)).chain(beside)
    }
}

/// What the builder is told beside the speeches.
pub struct Settings<'a> {
    /// Where the index stands in the output, such as `search`.
    pub folder: String,
    /// One speech as JSON.
    pub speech: &'a (dyn Fn(&Speech) -> String + Sync),
    /// Interface words of the client by key.
    pub words: BTreeMap<&'a str, &'a str>,
    /// Whether the site's script is Traditional Chinese.
    pub script: Script,
    /// Who is told how far the index is.
    pub watcher: &'a dyn Watcher,
}

#[derive(Serialize)]
struct Manifest<'a> {
    format: u32,
    numbering: String,
    version: String,
    title: &'a str,
    language: &'a str,
    speeches: usize,
    zones: [u32; 3],
    bits: Bits,
    chunk: usize,
    pack: usize,
    traditional: bool,
    scripts: bool,
    years: Vec<(i16, usize, usize)>,
    hot_words: &'a [String],
    words: &'a BTreeMap<&'a str, &'a str>,
}

#[derive(Serialize, Clone, Copy)]
struct Bits {
    lists: u32,
    skips: u32,
    words: u32,
    sounds: u32,
}

/// The speeches in the order of their numbers: newest first, those of one day as the site orders them.
pub fn numbered(site: &Site) -> Vec<&Speech> {
    let mut order: Vec<&Speech> = site.speeches.iter().collect();
    order.sort_by_key(|speech| std::cmp::Reverse(speech.date));
    order
}

/// Builds the index. The same speeches give the same bytes, whatever the number of threads.
///
/// # Errors
/// A diagnostic where the disk does not take what has to leave memory, or a finished file.
pub fn build(site: &Site, settings: &Settings<'_>, scratch: &dyn Scratch) -> Result<Index, Diagnostic> {
    let order = numbered(site);
    let zones = zones(site, settings.script);
    let runs = Runs::new(scratch);
    settings.watcher.begins(Stage::Postings, order.len());
    let no_scratch = |error: io::Error| Diagnostic::no_scratch(&error.to_string());
    let collected = || {
        order.par_chunks(RUN).enumerate().with_max_len(1).try_for_each(|(i, chunk)| {
            let number = |at: usize| (i * RUN + at) as u32;
            let units = chunk.iter().enumerate();
            let units =
                units.map(|(at, one)| (number(at), positions(site, one, zones, settings.script))).collect();
            runs.add(units).map_err(no_scratch)?;
            settings.watcher.done(chunk.len());
            Ok::<_, Diagnostic>(())
        })
    };
    let (collected, names) =
        rayon::join(collected, || Names::of(site, settings.script, scratch).map_err(no_scratch));
    collected?;
    let names = names?;
    let shape = Shape::new(&runs, &names, order.len());
    let numbering = numbering(site, &order, zones, shape.bits);
    let folder = Folder::new(scratch, format!("{}/{numbering}", settings.folder), site.config.search.scripts);
    let lists = Lists { runs: &runs, folder: &folder, zones, shape };
    settings.watcher.begins(Stage::Shards, lists.groups());
    let groups = (0..lists.groups()).into_par_iter().with_max_len(1).map(|group| {
        let group = lists.group(group);
        settings.watcher.done(1);
        group
    });
    let groups: Vec<Group> = groups.collect::<Result<_, _>>()?;
    let pack = site.config.search.pack;
    // There are so many that one list of them all would cost as much again while it grows.
    let mut files: Vec<Vec<Finished>> = Vec::new();
    let mut pairs = Vec::with_capacity(groups.len());
    let mut words = Vec::new();
    let mut characters = Vec::new();
    for group in groups {
        files.push(group.files);
        pairs.push(group.pairs);
        words.extend(group.words);
        characters.extend(group.characters);
    }
    let packs = order.par_chunks(pack).enumerate().with_max_len(PACKS).map(|(i, pack)| {
        let speeches: Vec<String> = pack.iter().map(|speech| (settings.speech)(speech)).collect();
        folder.take(format!("speeches/{i:x}.json"), format!("[{}]\n", speeches.join(",\n")).into_bytes())
    });
    let tables = || {
        let mut taken = Vec::new();
        let mut take = |files: Vec<(String, Vec<u8>)>| {
            let files = files.into_par_iter().map(|(path, bytes)| folder.take(path, bytes));
            taken.push(files.collect::<Result<Vec<_>, _>>()?);
            Ok(())
        };
        sounds::files(shape.bits.sounds, &names, pairs, &mut take)?;
        take(word_files(shape.bits.words, words))?;
        take(facets::files(site, &order))?;
        take(vec![("traditional.json".into(), traditional_file(characters))])?;
        Ok::<_, Diagnostic>(taken)
    };
    let (packs, tables) = rayon::join(|| packs.collect::<Result<Vec<_>, _>>(), tables);
    files.push(packs?);
    files.extend(tables?);
    let mut sorted: Vec<&Finished> = files.iter().flatten().collect();
    sorted.par_sort_unstable_by(|a, b| a.path.cmp(&b.path));
    let manifest = manifest(site, settings, &order, &numbering, zones, shape.bits, &sorted);
    let mut beside = Vec::new();
    let path = format!("{}/index.json", settings.folder);
    if site.config.search.scripts {
        beside.push((output::script_path(&path), Content::ScriptOf(path.clone())));
    }
    beside.push((path, Content::Bytes(manifest.clone())));
    let numbered = (format!("{}/{numbering}", settings.folder), files);
    Ok(Index { manifest: String::from_utf8_lossy(&manifest).into_owned(), numbered, beside })
}

/// What the meaning of a file depends on, as a digest: the name of the folder that they are in.
fn numbering(site: &Site, order: &[&Speech], zones: Zones, bits: Bits) -> String {
    let pack = site.config.search.pack;
    let chunk = facets::chunk_size(order.len());
    let addresses: Vec<&str> = order.iter().map(|speech| speech.address.as_str()).collect();
    let zones = [zones.people, zones.labels, zones.text];
    digest(&[format!("{FORMAT} {zones:?} {pack} {chunk} {addresses:?}").as_bytes(), &json(&bits)])
}

/// The manifest as JSON. `files` are sorted by path.
fn manifest(
    site: &Site,
    settings: &Settings<'_>,
    order: &[&Speech],
    numbering: &str,
    zones: Zones,
    bits: Bits,
    files: &[&Finished],
) -> Vec<u8> {
    let config = &site.config;
    let mut all = blake3::Hasher::new();
    all.update(numbering.as_bytes());
    for file in files {
        all.update(file.path.as_bytes());
        all.update(file.digest.bytes().map_or(&[], |bytes| bytes.as_slice()));
    }
    json(&Manifest {
        format: FORMAT,
        numbering: numbering.to_owned(),
        version: all.finalize().to_hex()[..10].to_owned(),
        title: &config.title,
        language: &config.language,
        speeches: order.len(),
        zones: [zones.people, zones.labels, zones.text],
        bits,
        chunk: facets::chunk_size(order.len()),
        pack: config.search.pack,
        traditional: settings.script == Script::Traditional,
        scripts: config.search.scripts,
        years: years(order),
        hot_words: &config.search.hot_words,
        words: &settings.words,
    })
}

fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}

fn digest(parts: &[&[u8]]) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().to_hex()[..10].to_owned()
}

/// Each year with the number of its first speech and their count.
fn years(order: &[&Speech]) -> Vec<(i16, usize, usize)> {
    let mut years: Vec<(i16, usize, usize)> = Vec::new();
    for (number, speech) in order.iter().enumerate() {
        match years.last_mut() {
            Some((year, _, count)) if *year == speech.date.year() => *count += 1,
            _ => years.push((speech.date.year(), number, 1)),
        }
    }
    years
}

/// Words that have a letter, for prefixes: by their first two characters, `word count` with blanks between them.
fn word_files(bits: u32, mut words: Vec<(String, u32)>) -> Vec<(String, Vec<u8>)> {
    words.sort_unstable();
    let mut entries: Vec<(String, String)> = Vec::new();
    let beginning = |word: &str| word.chars().take(2).collect::<String>();
    for group in words.chunk_by(|a, b| beginning(&a.0) == beginning(&b.0)) {
        let listed: Vec<String> = group.iter().map(|(word, count)| format!("{word} {count}")).collect();
        entries.push((beginning(&group[0].0), string(&listed.join(" "))));
    }
    shards::files("words", bits, shards::WHOLE, entries.into_iter())
}

/// Traditional characters whose Simplified form the archive has: two strings of the same number of characters, and a
/// third with those of them that the archive has itself.
fn traditional_file(characters: Vec<char>) -> Vec<u8> {
    let mut present = characters;
    present.sort_unstable();
    let is_there = |c: &char| present.binary_search(c).is_ok();
    let (mut from, mut to, mut kept) = (String::new(), String::new(), String::new());
    for (complex, simple) in traditional::pairs().filter(|(_, simple)| is_there(simple)) {
        from.push(complex);
        to.push(simple);
        kept.extend(is_there(&complex).then_some(complex));
    }
    let (from, to, kept) = (string(&from), string(&to), string(&kept));
    format!("{{\"from\":{from},\n\"to\":{to},\n\"kept\":{kept}}}\n").into_bytes()
}

/// Into how many shards the tables are cut. All of it is known before any of them is written, since the folder that they
/// are written to is named after it.
#[derive(Clone, Copy)]
struct Shape {
    bits: Bits,
    /// Bytes of a list above which it is split.
    limit: usize,
}

impl Shape {
    /// Measures what was collected.
    fn new(runs: &Runs<'_>, names: &Names<'_>, speeches: usize) -> Shape {
        let held = runs.held();
        let size = SIZES.iter().find(|(most, _)| speeches <= *most).map_or(16 << 10, |(_, size)| *size);
        let (bytes, words) = runs.words();
        // A record takes about three bytes in a list, one in a list of skips, each with its share of the keys; a word
        // stands with its count and two blanks.
        let bits = Bits {
            lists: bits(held.lists * 3, size),
            skips: bits(held.skips * 3, (size * 4).min(32 << 10)),
            words: bits(bytes + words * 4, 16 << 10),
            sounds: sounds::bits(names, runs.pairs()),
        };
        Shape { bits, limit: (size as usize * 2).min(LIST) }
    }
}

/// Turns runs into lists and lists into shards.
struct Lists<'a> {
    runs: &'a Runs<'a>,
    folder: &'a Folder<'a>,
    zones: Zones,
    shape: Shape,
}

/// A shard that is being written, and how many stubs it has.
#[derive(Default)]
struct Shard {
    object: Object,
    stubs: u32,
}

/// What comes of some partitions.
#[derive(Default)]
struct Group {
    files: Vec<Finished>,
    pairs: Vec<sounds::Pair>,
    words: Vec<(String, u32)>,
    characters: Vec<char>,
}

impl Lists<'_> {
    /// Groups of partitions that hold whole shards of both kinds.
    fn groups(&self) -> usize {
        1 << self.shape.bits.lists.min(self.shape.bits.skips).min(PARTITIONS.ilog2())
    }

    fn group(&self, number: usize) -> Result<Group, Diagnostic> {
        let width = PARTITIONS / self.groups();
        let taken = self.runs.take(number * width..(number + 1) * width);
        let taken = taken.map_err(|error| Diagnostic::no_scratch(&error.to_string()))?;
        let mut group = Group::default();
        let first = |bits: u32| (number << bits) / self.groups();
        let objects = |bits: u32| {
            let count = (1usize << bits) / self.groups();
            std::iter::repeat_with(Shard::default).take(count).collect::<Vec<_>>()
        };
        let mut tables = [objects(self.shape.bits.lists), objects(self.shape.bits.skips)];
        let mut records = Vec::new();
        for (skip, keys) in taken.keys().into_iter().enumerate() {
            let bits = [self.shape.bits.lists, self.shape.bits.skips][skip];
            for places in keys {
                taken.read(places, &mut records);
                let key = self.runs.text(places[0].key);
                let number = shard_of(hash(&key), bits);
                let shard = &mut tables[skip][number as usize - first(bits)];
                let stub = shard.stubs;
                let name = || format!("{}{number:x}-{stub:x}", ["", "s"][skip]);
                let speeches = lists::speeches(&records);
                let parts =
                    lists::write(&speeches, self.zones, self.shape.limit, name, shard.object.entry(&key));
                shard.stubs += u32::from(!parts.is_empty());
                group.note(&key, &speeches, self.zones);
                for (i, part) in parts.into_iter().enumerate() {
                    let path = format!("parts/{}-{i:x}.json", name());
                    group.files.push(self.folder.take(path, part.into_bytes())?);
                }
            }
        }
        for ((folder, bits), table) in
            [("lists", self.shape.bits.lists), ("skips", self.shape.bits.skips)].iter().zip(tables)
        {
            for (i, shard) in table.into_iter().enumerate() {
                let path = shards::path(folder, (first(*bits) + i) as u32);
                group.files.push(self.folder.take(path, shard.object.finish())?);
            }
        }
        group.files.shrink_to_fit();
        group.pairs.shrink_to_fit();
        Ok(group)
    }
}

impl Group {
    /// Remembers what other tables need of a key.
    fn note(&mut self, key: &str, speeches: &[One<'_>], zones: Zones) {
        let count = speeches.len() as u32;
        match speeches[0][0].key.kind() {
            Kind::Single => self.characters.extend(key.chars()),
            Kind::Word => self.words.push((key.to_owned(), count)),
            Kind::Pair => {
                let mut characters = key.chars().filter(|c| is_han(*c));
                if let (Some(first), Some(second)) = (characters.next(), characters.next()) {
                    let is_in_title = speeches.iter().any(|one| one[0].position < zones.people);
                    self.pairs.push(sounds::Pair::new(first, second, count, is_in_title));
                }
            }
            Kind::Skip => {}
        }
    }
}
