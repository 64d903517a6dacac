//! What Latin letters may mean: `dikong` and `dk` for 低空, `pfc` for 彭富春.
//!
//! A table from keys to Chinese words: two syllables with a space between them lead to the most frequent pairs of
//! characters read so; initials lead to pieces of titles, names, themes and groups.

use std::collections::BTreeMap;

use super::shards::{self, string};
use crate::chinese::characters::is_han;
use crate::chinese::pinyin;
use crate::site::Site;

/// Words for one key, the most frequent ones.
const WORDS: usize = 8;
/// Initials of a piece of a title.
const INITIALS: std::ops::RangeInclusive<usize> = 2..=4;
/// Initials of a whole name, theme, group or clause of a title.
const WHOLE: std::ops::RangeInclusive<usize> = 2..=12;

/// The words of a key with their frequency.
type Table = BTreeMap<String, BTreeMap<String, u32>>;

/// The entries of the table: keys, and JSON strings of words with `|` between them.
///
/// `pairs` are the pairs of Han characters in the archive, each with the number of speeches that have it.
pub fn entries(site: &Site, pairs: Vec<(String, u32)>) -> Vec<(String, String)> {
    let mut table = Table::new();
    for (pair, count) in pairs {
        if let [first, second] = pinyin::syllables(&pair).as_slice() {
            *table.entry(format!("{first} {second}")).or_default().entry(pair).or_default() += count;
        }
    }
    for speech in &site.speeches {
        for text in std::iter::once(&speech.file.title).chain(&speech.file.subtitle) {
            for clause in text.split(|c| !is_han(c)) {
                pieces(clause, &mut table);
            }
        }
    }
    for speaker in &site.speakers {
        let (surname, given) = pinyin::name_syllables(&speaker.name);
        whole(&speaker.name, &[surname, given].concat(), &mut table);
    }
    for term in site.themes.iter().chain(&site.groups) {
        whole(&term.name, &pinyin::syllables(&term.name), &mut table);
        pieces(&term.name, &mut table);
    }
    table.into_iter().map(|(key, words)| (key, value(words))).collect()
}

/// The files of the table.
pub fn files(entries: Vec<(String, String)>) -> (u32, Vec<(String, Vec<u8>)>) {
    let bytes: usize = entries.iter().map(|(key, words)| key.len() + words.len() + 4).sum();
    let bits = shards::bits(bytes as u64, 8 << 10);
    (bits, shards::files("sounds", bits, entries))
}

fn pieces(clause: &str, table: &mut Table) {
    let characters: Vec<char> = clause.chars().filter(|c| is_han(*c)).collect();
    let syllables = pinyin::syllables(clause);
    if syllables.len() != characters.len() {
        return;
    }
    for length in INITIALS {
        for (piece, read) in characters.windows(length).zip(syllables.windows(length)) {
            add(initials(read), piece.iter().collect(), table);
        }
    }
    if characters.len() > *INITIALS.end() {
        whole(clause, &syllables, table);
    }
}

fn whole(text: &str, syllables: &[String], table: &mut Table) {
    if WHOLE.contains(&syllables.len()) && text.contains(is_han) {
        add(initials(syllables), text.to_owned(), table);
    }
}

fn add(key: String, word: String, table: &mut Table) {
    *table.entry(key).or_default().entry(word).or_default() += 1;
}

fn initials(syllables: &[String]) -> String {
    syllables.iter().filter_map(|syllable| syllable.chars().next()).collect()
}

fn value(words: BTreeMap<String, u32>) -> String {
    let mut words: Vec<(u32, String)> =
        words.into_iter().map(|(word, count)| (u32::MAX - count, word)).collect();
    words.sort_unstable();
    words.truncate(WORDS);
    string(&words.into_iter().map(|(_, word)| word).collect::<Vec<_>>().join("|"))
}
