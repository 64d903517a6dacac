//! What Latin letters may mean: `dikong` and `dk` for 低空, `pfc` for 彭富春.
//!
//! A table from keys to Chinese words: two syllables with a space between them lead to the most frequent pairs of
//! characters read so; initials lead to pieces of titles, names, themes and groups; the syllables of a whole name, theme,
//! group or clause of a title, without blanks, lead to it.

use rayon::prelude::*;

use super::shards::{self, string};
use crate::chinese::characters::is_han;
use crate::chinese::pinyin;
use crate::site::Site;

/// Words for two syllables, the most frequent ones.
const PAIRS: usize = 64;
/// Words for initials, the most frequent ones.
const WORDS: usize = 24;
/// How much more a name, theme or group counts than a piece of a title.
const NAMED: u32 = 1 << 16;
/// Initials of a piece of a title.
const INITIALS: std::ops::RangeInclusive<usize> = 2..=4;
/// Initials of a whole name, theme, group or clause of a title.
const WHOLE: std::ops::RangeInclusive<usize> = 2..=12;

/// A key, a word that it may mean, and how often that word was met.
type Meaning = (String, String, u32);

/// The entries of the table: keys, and JSON strings of words with `|` between them.
///
/// `pairs` are the pairs of Han characters in the archive, each with the number of speeches that have it.
pub fn entries(site: &Site, pairs: Vec<(String, u32)>) -> Vec<(String, String)> {
    let mut meanings: Vec<Meaning> = pairs.into_par_iter().filter_map(of_pair).collect();
    meanings.par_extend(site.speeches.par_iter().flat_map_iter(|speech| {
        let titles = std::iter::once(&speech.file.title).chain(&speech.file.subtitle);
        titles.flat_map(|text| text.split(|c| !is_han(c)).flat_map(pieces))
    }));
    for speaker in &site.speakers {
        let (surname, given) = pinyin::name_syllables(&speaker.name);
        meanings.extend(whole(&speaker.name, &[surname, given].concat(), NAMED));
    }
    for term in site.themes.iter().chain(&site.groups) {
        meanings.extend(whole(&term.name, &pinyin::syllables(&term.name), NAMED));
        meanings.extend(pieces(&term.name));
    }
    meanings.par_sort_unstable();
    meanings.dedup_by(|next, first| {
        let same = next.0 == first.0 && next.1 == first.1;
        first.2 += if same { next.2 } else { 0 };
        same
    });
    meanings.chunk_by(|a, b| a.0 == b.0).map(|words| (words[0].0.clone(), value(words))).collect()
}

fn of_pair((pair, count): (String, u32)) -> Option<Meaning> {
    match pinyin::syllables(&pair).as_slice() {
        [first, second] => Some((format!("{first} {second}"), pair, count)),
        _ => None,
    }
}

/// The files of the table.
pub fn files(entries: Vec<(String, String)>) -> (u32, Vec<(String, Vec<u8>)>) {
    let bytes: usize = entries.iter().map(|(key, words)| key.len() + words.len() + 4).sum();
    let bits = shards::bits(bytes as u64, 8 << 10);
    (bits, shards::files("sounds", bits, entries))
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
        found.extend(windows.map(|(piece, read)| (initials(read), piece.iter().collect(), 1)));
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
    [initials(syllables), syllables.concat()].map(|key| (key, text.to_owned(), count)).into()
}

fn initials(syllables: &[String]) -> String {
    syllables.iter().filter_map(|syllable| syllable.chars().next()).collect()
}

/// The most frequent words of one key.
fn value(words: &[Meaning]) -> String {
    let key = &words[0].0;
    let mut words: Vec<(u32, &str)> =
        words.iter().map(|(_, word, count)| (u32::MAX - count, word.as_str())).collect();
    words.sort_unstable();
    words.truncate(if key.contains(' ') { PAIRS } else { WORDS });
    string(&words.into_iter().map(|(_, word)| word).collect::<Vec<_>>().join("|"))
}
