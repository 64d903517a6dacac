//! Builds the sharded index; `FORMAT.md` beside this file says what each file of it holds.

use std::collections::BTreeMap;
use std::io;

use rayon::prelude::*;
use serde::Serialize;

use super::runs::{Kind, PARTITIONS, Record, Runs, Scratch};
use super::shards::{self, Object, bits, hash, shard_of, string};
use super::store::{Finished, Store};
use super::tokens::Script;
use super::zones::{Zones, positions, zones};
use super::{facets, lists, sounds, traditional};
use crate::chinese::characters::is_han;
use crate::output::Content;
use crate::site::{Site, Speech};
use crate::stages::{Stage, Watcher};

/// The version of the format; it changes when a reader of the old one could go wrong.
pub const FORMAT: u32 = 1;

/// The JSON Schema of all files of the index (draft 2020-12).
pub const SCHEMA: &str = include_str!("index.schema.json");

/// Speeches in one run.
const RUN: usize = 128;
/// Bytes of a list, before compression, above which it is split.
const LIST: usize = 8 << 10;
/// Bytes of a shard, before compression, for archives of at most so many speeches; 16 KB for larger ones.
const SIZES: [(usize, u64); 3] = [(500, 1 << 10), (5_000, 4 << 10), (20_000, 8 << 10)];

/// The index: files below `search/`, and the manifest.
pub struct Index {
    /// `index.json`.
    pub manifest: String,
    /// Paths and contents.
    pub files: Vec<(String, Content)>,
}

/// What the builder is told beside the speeches.
pub struct Settings<'a> {
    /// One speech as JSON, the same as in `speeches.json`.
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
/// What the disk says where runs have to leave memory.
pub fn build(site: &Site, settings: &Settings<'_>, scratch: &dyn Scratch) -> io::Result<Index> {
    let order = numbered(site);
    let zones = zones(site, settings.script);
    let runs = Runs::new(scratch);
    settings.watcher.begins(Stage::Postings, order.len());
    order.par_chunks(RUN).enumerate().try_for_each(|(i, chunk)| {
        let number = |at: usize| (i * RUN + at) as u32;
        let units = chunk.iter().enumerate();
        runs.add(
            units.map(|(at, one)| (number(at), positions(site, one, zones, settings.script))).collect(),
        )?;
        settings.watcher.done(chunk.len());
        Ok::<(), io::Error>(())
    })?;
    let store = Store::new(scratch);
    let lists = Lists::new(&runs, &store, zones, order.len());
    settings.watcher.begins(Stage::Shards, lists.groups());
    let groups = (0..lists.groups()).into_par_iter().map(|group| {
        let group = lists.group(group);
        settings.watcher.done(1);
        group
    });
    let groups: Vec<Group> = groups.collect::<io::Result<_>>()?;
    let mut files = Vec::new();
    let mut pairs = Vec::new();
    let mut words = Vec::new();
    let mut characters = Vec::new();
    for group in groups {
        files.extend(group.files);
        pairs.extend(group.pairs);
        words.extend(group.words);
        characters.extend(group.characters);
    }
    let (word_bits, word_files) = word_files(words);
    let packs = || {
        let packs = order.par_chunks(site.config.search.pack).enumerate().map(|(i, pack)| {
            let speeches: Vec<String> = pack.iter().map(|speech| (settings.speech)(speech)).collect();
            store.take(format!("speeches/{i:x}.json"), format!("[{}]\n", speeches.join(",\n")).into_bytes())
        });
        packs.collect::<io::Result<Vec<_>>>()
    };
    let (packs, (sound_bits, sound_files)) =
        rayon::join(packs, || sounds::files(sounds::entries(site, &pairs)));
    files.extend(packs?);
    let tables = [word_files, sound_files, facets::files(site, &order)].into_iter().flatten();
    let traditional = ("traditional.json".into(), traditional_file(characters));
    for (path, bytes) in tables.chain([traditional]) {
        files.push(store.take(path, bytes)?);
    }
    let bits = Bits { words: word_bits, sounds: sound_bits, ..lists.bits };
    Ok(assemble(site, settings, &order, zones, bits, files))
}

/// Puts the files into the folder of this numbering, with their scripts, and the manifest at the end.
fn assemble(
    site: &Site,
    settings: &Settings<'_>,
    order: &[&Speech],
    zones: Zones,
    bits: Bits,
    mut files: Vec<Finished>,
) -> Index {
    let config = &site.config;
    files.par_sort_unstable_by(|a, b| a.path.cmp(&b.path));
    let zones = [zones.people, zones.labels, zones.text];
    let addresses: Vec<&str> = order.iter().map(|speech| speech.address.as_str()).collect();
    let pack = config.search.pack;
    let chunk = facets::chunk_size(order.len());
    let numbering =
        digest(&[format!("{FORMAT} {zones:?} {pack} {chunk} {addresses:?}").as_bytes(), &json(&bits)]);
    let mut all = blake3::Hasher::new();
    for file in &files {
        all.update(file.path.as_bytes());
        all.update(file.digest.as_bytes());
    }
    let manifest = Manifest {
        format: FORMAT,
        version: all.finalize().to_hex()[..10].to_owned(),
        title: &config.title,
        language: &config.language,
        speeches: order.len(),
        zones,
        bits,
        chunk,
        pack,
        traditional: settings.script == Script::Traditional,
        scripts: config.search.scripts,
        years: years(order),
        hot_words: &config.search.hot_words,
        words: &settings.words,
        numbering: numbering.clone(),
    };
    let manifest = json(&manifest);
    let mut placed: Vec<(String, Content)> =
        files.into_iter().map(|file| (format!("{numbering}/{}", file.path), file.content)).collect();
    placed.push(("index.json".into(), Content::Bytes(manifest.clone())));
    Index { manifest: String::from_utf8_lossy(&manifest).into_owned(), files: placed }
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
fn word_files(mut words: Vec<(String, u32)>) -> (u32, Vec<(String, Vec<u8>)>) {
    words.sort_unstable();
    let mut entries: Vec<(String, String)> = Vec::new();
    let beginning = |word: &str| word.chars().take(2).collect::<String>();
    for group in words.chunk_by(|a, b| beginning(&a.0) == beginning(&b.0)) {
        let listed: Vec<String> = group.iter().map(|(word, count)| format!("{word} {count}")).collect();
        entries.push((beginning(&group[0].0), string(&listed.join(" "))));
    }
    let bytes: usize = entries.iter().map(|(key, value)| key.len() + value.len()).sum();
    let bits = bits(bytes as u64, 16 << 10);
    (bits, shards::files("words", bits, entries))
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

/// Turns runs into lists and lists into shards.
struct Lists<'a> {
    runs: &'a Runs<'a>,
    store: &'a Store<'a>,
    zones: Zones,
    bits: Bits,
    limit: usize,
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
    fn new<'a>(runs: &'a Runs<'a>, store: &'a Store<'a>, zones: Zones, speeches: usize) -> Lists<'a> {
        let held = runs.held();
        let size = SIZES.iter().find(|(most, _)| speeches <= *most).map_or(16 << 10, |(_, size)| *size);
        // A record takes about three bytes in a list, one in a list of skips, each with its share of the keys.
        let bits = Bits {
            lists: bits(held.lists * 3, size),
            skips: bits(held.skips * 3, size * 2),
            words: 0,
            sounds: 0,
        };
        Lists { runs, store, zones, bits, limit: (size as usize).min(LIST) }
    }

    /// Groups of partitions that hold whole shards of both kinds.
    fn groups(&self) -> usize {
        1 << self.bits.lists.min(self.bits.skips).min(8)
    }

    fn group(&self, number: usize) -> io::Result<Group> {
        let width = PARTITIONS / self.groups();
        let records = self.runs.take(number * width..(number + 1) * width)?;
        let mut keys: Vec<(String, &[Record])> =
            records.chunk_by(|a, b| a.key == b.key).map(|one| (self.runs.text(one[0].key), one)).collect();
        keys.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let mut group = Group::default();
        let first = |bits: u32| (number << bits) / self.groups();
        let objects = |bits: u32| {
            let count = (1usize << bits) / self.groups();
            std::iter::repeat_with(Shard::default).take(count).collect::<Vec<_>>()
        };
        let mut tables = [objects(self.bits.lists), objects(self.bits.skips)];
        for (key, records) in keys {
            let skip = usize::from(records[0].key.kind() == Kind::Skip);
            let bits = [self.bits.lists, self.bits.skips][skip];
            let number = shard_of(hash(&key), bits);
            let shard = &mut tables[skip][number as usize - first(bits)];
            let stub = shard.stubs;
            let name = || format!("{}{number:x}-{stub:x}", ["", "s"][skip]);
            let parts = lists::write(records, self.zones, self.limit, name, shard.object.entry(&key));
            shard.stubs += u32::from(!parts.is_empty());
            group.note(&key, records);
            for (i, part) in parts.into_iter().enumerate() {
                let name = name();
                group.files.push(self.store.take(format!("parts/{name}-{i:x}.json"), part.into_bytes())?);
            }
        }
        for ((folder, bits), table) in
            [("lists", self.bits.lists), ("skips", self.bits.skips)].iter().zip(tables)
        {
            for (i, shard) in table.into_iter().enumerate() {
                let path = shards::path(folder, (first(*bits) + i) as u32);
                group.files.push(self.store.take(path, shard.object.finish())?);
            }
        }
        Ok(group)
    }
}

impl Group {
    /// Remembers what other tables need of a key.
    fn note(&mut self, key: &str, records: &[Record]) {
        let speeches = || records.chunk_by(|a, b| a.speech == b.speech).count() as u32;
        match records[0].key.kind() {
            Kind::Single => self.characters.extend(key.chars()),
            Kind::Word => self.words.push((key.to_owned(), speeches())),
            Kind::Pair => {
                let mut characters = key.chars().filter(|c| is_han(*c));
                if let (Some(first), Some(second)) = (characters.next(), characters.next()) {
                    self.pairs.push((first, second, speeches()));
                }
            }
            Kind::Skip => {}
        }
    }
}
