//! What Latin letters may mean: `dikong` and `dk` for 低空, `pfc` for 彭富春.
//!
//! A table from keys to Chinese words: two syllables with a space between them lead to the most frequent pairs of
//! characters read so; initials lead to pieces of titles, names, themes and groups; the syllables of a whole name, theme,
//! group or clause of a title, without blanks, lead to it.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;

use super::shards::{self, string};
use crate::chinese::characters::is_han;
use crate::chinese::pinyin;
use crate::site::Site;

/// Speeches whose titles are looked at together.
const CHUNK: usize = 256;
/// Words for one key, the most frequent ones.
const WORDS: usize = 64;
/// Bytes that a pair takes in the table, with its share of the keys.
const PAIR: u64 = 10;
/// How much more a name, theme or group counts than anything else.
const NAMED: u32 = 1 << 30;
/// Initials of a piece of a title.
const INITIALS: std::ops::RangeInclusive<usize> = 2..=6;
/// Initials of a whole name, theme, group or clause of a title.
const WHOLE: std::ops::RangeInclusive<usize> = 2..=12;

/// A key and a word that it may mean, with [`BETWEEN`] between them, and how often that word was met. There are many of
/// them in memory at once.
type Meaning = (Box<str>, u32);

/// Comes before all that keys and words are made of, so that meanings are sorted by key.
const BETWEEN: char = '\0';

/// Two neighbours, and in how many speeches they stand.
pub type Pair = (char, char, u32);

/// An entry of the table: a key, and a JSON string of words with `|` between them.
pub type Entry = (String, String);

/// The entries of titles, names, themes and groups, sorted.
pub fn of_names(site: &Site) -> Vec<Entry> {
    let in_titles = site.speeches.par_chunks(CHUNK).map(|speeches| {
        let titles =
            speeches.iter().flat_map(|one| std::iter::once(&one.file.title).chain(&one.file.subtitle));
        merged(titles.flat_map(|text| text.split(|c| !is_han(c)).flat_map(pieces)).collect())
    });
    let mut meanings: Vec<Vec<Meaning>> = in_titles.collect();
    for speaker in &site.speakers {
        let (surname, given) = pinyin::name_syllables(&speaker.name);
        meanings.push(whole(&speaker.name, &[surname, given].concat(), NAMED));
    }
    for term in site.themes.iter().chain(&site.groups) {
        meanings.push(whole(&term.name, &pinyin::syllables(&term.name), NAMED));
        meanings.push(pieces(&term.name));
    }
    let mut all = Vec::with_capacity(meanings.iter().map(Vec::len).sum());
    all.extend(meanings.into_iter().flatten());
    let meanings = merged(all);
    meanings
        .chunk_by(|a, b| parts(a).0 == parts(b).0)
        .map(|words| (parts(&words[0]).0.into(), value(words)))
        .collect()
}

/// Meanings, each once, sorted.
fn merged(mut meanings: Vec<Meaning>) -> Vec<Meaning> {
    meanings.par_sort_unstable();
    meanings.dedup_by(|next, first| {
        let is_same = next.0 == first.0;
        first.1 = first.1.saturating_add(if is_same { next.1 } else { 0 });
        is_same
    });
    meanings
}

fn meaning(key: &str, word: &str, count: u32) -> Meaning {
    (format!("{key}{BETWEEN}{word}").into_boxed_str(), count)
}

/// The key and the word.
fn parts(meaning: &Meaning) -> (&str, &str) {
    meaning.0.split_once(BETWEEN).unwrap_or_default()
}

/// The entries of pairs of Han characters, each with the number of speeches that have it, sorted: under every reading of
/// their characters, as a pair alone does not tell which is meant (长 of 增长极).
fn of_pairs(pairs: &[Pair]) -> Vec<Entry> {
    let characters: BTreeSet<char> = pairs.iter().flat_map(|pair| [pair.0, pair.1]).collect();
    let readings: HashMap<char, Vec<String>> =
        characters.into_iter().map(|c| (c, pinyin::readings(c))).collect();
    let all: BTreeSet<&str> = readings.values().flatten().map(String::as_str).collect();
    let syllables: Vec<&str> = all.into_iter().collect();
    // A syllable's number is its place in the order of syllables.
    let numbered = |(c, read): (&char, &Vec<String>)| {
        let number = |syllable: &String| syllables.partition_point(|one| *one < syllable.as_str()) as u16;
        (*c, read.iter().map(number).collect())
    };
    let readings: HashMap<char, Vec<u16>> = readings.iter().map(numbered).collect();
    let read = |c: char| readings.get(&c).map_or(&[][..], Vec::as_slice).iter().copied();
    let mut met: Vec<(u16, u16, Reverse<u32>, char, char)> = pairs
        .par_iter()
        .flat_map_iter(|&(first, second, count)| {
            let both = read(first).flat_map(move |a| read(second).map(move |b| (a, b)));
            both.map(move |(a, b)| (a, b, Reverse(count), first, second))
        })
        .collect();
    met.par_sort_unstable();
    let entry = |words: &[(u16, u16, Reverse<u32>, char, char)]| {
        let shown: Vec<String> =
            words.iter().take(WORDS).map(|(.., first, second)| String::from_iter([first, second])).collect();
        let key = format!("{} {}", syllables[words[0].0 as usize], syllables[words[0].1 as usize]);
        (key, string(&shown.join("|")))
    };
    met.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).map(entry).collect()
}

/// How many bits number the shards of a table with the entries of names, and of about so many pairs.
pub fn bits(of_names: &[Entry], pairs: u64) -> u32 {
    let bytes: usize = of_names.iter().map(|(key, words)| key.len() + words.len() + 4).sum();
    shards::bits(bytes as u64 + pairs * PAIR, 8 << 10)
}

/// The files of the table.
pub fn files(bits: u32, of_names: Vec<Entry>, pairs: &[Pair]) -> Vec<(String, Vec<u8>)> {
    // Only the keys of pairs have a blank.
    let mut entries = of_pairs(pairs);
    entries.extend(of_names);
    entries.par_sort_unstable();
    shards::files("sounds", bits, entries)
}

/// The pieces of a clause of a title by their initials, and the whole clause.
fn pieces(clause: &str) -> Vec<Meaning> {
    let characters: Vec<char> = clause.chars().filter(|c| is_han(*c)).collect();
    let syllables = pinyin::syllables(clause);
    let mut found = Vec::new();
    if syllables.len() != characters.len() {
        return found;
    }
    for length in INITIALS {
        let windows = characters.windows(length).zip(syllables.windows(length));
        found.extend(windows.map(|(piece, read)| meaning(&initials(read), &String::from_iter(piece), 1)));
    }
    if characters.len() > *INITIALS.end() {
        found.extend(whole(clause, &syllables, 1));
    }
    found
}

/// A whole text by its initials, and by its syllables without blanks.
fn whole(text: &str, syllables: &[String], count: u32) -> Vec<Meaning> {
    if !WHOLE.contains(&syllables.len()) || !text.contains(is_han) {
        return Vec::new();
    }
    [initials(syllables), syllables.concat()].map(|key| meaning(&key, text, count)).into()
}

fn initials(syllables: &[String]) -> String {
    syllables.iter().filter_map(|syllable| syllable.chars().next()).collect()
}

/// The most frequent words of one key: names, themes and groups, `||`, and all others.
fn value(words: &[Meaning]) -> String {
    let mut words: Vec<(u32, &str)> =
        words.iter().map(|meaning| (u32::MAX - meaning.1, parts(meaning).1)).collect();
    words.sort_unstable();
    let named = words.partition_point(|(rank, _)| u32::MAX - rank >= NAMED);
    let joined = |words: &[(u32, &str)]| {
        let words: Vec<&str> = words.iter().take(WORDS).map(|(_, word)| *word).collect();
        words.join("|")
    };
    let (named, others) = (joined(&words[..named]), joined(&words[named..]));
    string(&if named.is_empty() { others } else { format!("{named}||{others}") })
}
