//! What Latin letters may mean: `dikong` and `dk` for 低空, `pfc` for 彭富春.
//!
//! A table from keys to Chinese words: two syllables with a space between them lead to the most frequent pairs of
//! characters read so; initials lead to pieces of titles, names, themes and groups; the syllables of a whole name, theme,
//! group or clause of a title, without blanks, lead to it.

use std::cell::Cell;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::io;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::shards::{self, string};
use super::store::Store;
use super::tokens::Script;
use super::traditional::simplified;
use crate::chinese::characters::is_han;
use crate::chinese::pinyin;
use crate::diagnostic::Diagnostic;
use crate::output::Content;
use crate::scratch::Scratch;
use crate::site::Site;

/// Words for one key, the most frequent ones.
const WORDS: usize = 64;
/// Bytes that a pair takes in the table, with its share of the keys.
const PAIR: u64 = 10;
/// Ways to read a name.
const WAYS: usize = 16;
/// How much more a name, theme or group counts than anything else.
const NAMED: u32 = 1 << 30;
/// Bytes of entries that leave memory together.
const PAGE: usize = 1 << 20;
/// The table is made in 2 to the power of so many slices.
const SLICES: u32 = 4;
/// Initials of a piece of a title.
const INITIALS: std::ops::RangeInclusive<usize> = 2..=6;
/// Initials of a whole name, theme, group or clause of a title.
const WHOLE: std::ops::RangeInclusive<usize> = 2..=12;

/// A text and how it is read.
struct Clause {
    text: Box<[char]>,
    /// The first letter of each syllable.
    initials: Box<[u8]>,
    /// All syllables without blanks; empty where it is not met as a whole.
    syllables: Box<[u8]>,
    /// How much it counts to meet it.
    count: u32,
    /// Whether it is met by its pieces, each with a letter for each character.
    is_cut: bool,
}

/// Characters of a clause, and letters for them. There are millions in memory at once: beyond 65,535 characters a title is
/// not cut.
#[derive(Clone, Copy)]
struct Piece {
    clause: u32,
    start: u16,
    part: Part,
}

/// Which part of a clause.
#[derive(Clone, Copy)]
enum Part {
    /// So many characters, by their initials.
    Characters(u8),
    /// All of it, by its initials.
    Initials,
    /// All of it, by its syllables.
    Syllables,
}

/// Two neighbours, in how many speeches they stand, and whether in a title, in 21, 21, 21 bits and one: there are millions
/// of them in memory at once.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair(u64);

/// A pair by the number of the syllable that its second character is read as, those in more speeches first: in one number,
/// as that is sorted faster than four.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct ReadPair(u128);

impl ReadPair {
    fn new(second: usize, pair: Pair) -> ReadPair {
        let last = u32::from(pair.second()) << 1 | u32::from(pair.is_in_title());
        let rest = [u32::MAX - pair.speeches(), pair.first().into(), last];
        ReadPair(rest.into_iter().fold(second as u128, |number, part| number << 32 | u128::from(part)))
    }

    /// The number of the second syllable.
    fn second(self) -> usize {
        (self.0 >> 96) as usize
    }

    fn characters(self) -> [char; 2] {
        [character((self.0 >> 32) as u64), character(self.0 as u64 >> 1)]
    }

    fn is_in_title(self) -> bool {
        self.0 & 1 == 1
    }
}

/// An entry of the table: a key, and a JSON string of words with `|` between them.
type Entry = (String, String);

impl Pair {
    /// Two neighbours that stand in so many `speeches`; above two million their number makes no difference.
    pub fn new(first: char, second: char, speeches: u32, is_in_title: bool) -> Pair {
        let speeches = speeches.min((1 << 21) - 1);
        Pair(
            u64::from(first) << 43
                | u64::from(second) << 22
                | u64::from(speeches) << 1
                | u64::from(is_in_title),
        )
    }

    fn first(self) -> char {
        character(self.0 >> 43)
    }

    fn second(self) -> char {
        character(self.0 >> 22)
    }

    fn speeches(self) -> u32 {
        (self.0 >> 1) as u32 & ((1 << 21) - 1)
    }

    fn is_in_title(self) -> bool {
        self.0 & 1 == 1
    }
}

/// The character in the lowest 21 bits.
fn character(bits: u64) -> char {
    char::from_u32(bits as u32 & ((1 << 21) - 1)).unwrap_or_default()
}

/// Entries that are written out, a line for each: key, tab, words. Pages of them may leave memory.
#[derive(Default)]
struct Lines {
    pages: Vec<Content>,
    last: Vec<u8>,
}

impl Lines {
    fn push(&mut self, (key, words): &Entry, store: &Store<'_>) -> io::Result<()> {
        for part in [key, "\t", words, "\n"] {
            self.last.extend_from_slice(part.as_bytes());
        }
        if self.last.len() > PAGE {
            self.pages.push(store.hold(std::mem::take(&mut self.last))?);
        }
        Ok(())
    }

    /// The entries; where the disk does not give all of them back, the fault is in `fault`.
    fn entries(&self, store: &Store<'_>, fault: &Cell<Option<io::Error>>) -> impl Iterator<Item = Entry> {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let read = move |page: &Content| match store.read(page) {
            Ok(bytes) => Some(text(&bytes)),
            Err(error) => {
                fault.set(Some(error));
                None
            }
        };
        let entries = |page: String| {
            let line =
                |line: &str| line.split_once('\t').map(|(key, words)| (key.to_owned(), words.to_owned()));
            page.lines().filter_map(line).collect::<Vec<Entry>>()
        };
        let last = std::iter::once_with(move || text(&self.last));
        self.pages.iter().map_while(read).chain(last).flat_map(entries)
    }
}

/// What titles, names, themes and groups are found by: entries sorted by key, which has no blank.
pub struct Names<'a> {
    store: Store<'a>,
    lines: Lines,
    /// How many bytes the entries take in the table.
    bytes: u64,
}

impl<'a> Names<'a> {
    /// Those of a site, their characters as the lists of the index have them.
    ///
    /// # Errors
    /// What the disk says where they have to leave memory.
    pub fn of(site: &Site, script: Script, scratch: &'a dyn Scratch) -> io::Result<Names<'a>> {
        let clauses = clauses(site, script);
        let mut names = Names { store: Store::new(scratch), lines: Lines::default(), bytes: 0 };
        let mut pieces = Vec::new();
        let letters =
            clauses.iter().flat_map(|clause| clause.initials.iter().chain(clause.syllables.first()));
        let letters: BTreeSet<u8> = letters.copied().collect();
        // A million titles have forty million pieces.
        for letter in letters {
            pieces.clear();
            pieces.extend(clauses.iter().zip(0..).flat_map(|(clause, number)| clause.pieces(number, letter)));
            pieces.par_sort_unstable_by(|a, b| parts(&clauses, *a).cmp(&parts(&clauses, *b)));
            for entry in met_by(&clauses, &pieces) {
                names.bytes += (entry.0.len() + entry.1.len() + 4) as u64;
                names.lines.push(&entry, &names.store)?;
            }
        }
        Ok(names)
    }
}

/// The texts of a site that are met by how they are read.
fn clauses(site: &Site, script: Script) -> Vec<Clause> {
    let in_titles = site.speeches.par_iter().flat_map_iter(|speech| {
        let texts = std::iter::once(&*speech.file.title).chain(speech.file.rest().subtitle.as_deref());
        texts.flat_map(|text| text.split(|c| !is_han(c)).flat_map(|clause| of_clause(clause, script)))
    });
    let mut clauses: Vec<Clause> = in_titles.collect();
    for speaker in &site.speakers {
        for syllables in readings_of_name(&speaker.name) {
            clauses.extend(whole(&speaker.name, &syllables, script, NAMED));
        }
    }
    for term in site.themes.iter().chain(&site.groups) {
        clauses.extend(whole(&term.name, &pinyin::syllables(&term.name), script, NAMED));
        clauses.extend(of_clause(&term.name, script));
    }
    clauses
}

/// The ways to read a name, the usual one first: only its owner knows whether 乐 is `le` or `yue`.
fn readings_of_name(name: &str) -> Vec<Vec<String>> {
    let (surname, given) = pinyin::name_syllables(name);
    let usual = [surname, given].concat();
    let characters: Vec<char> = name.chars().filter(|c| is_han(*c)).collect();
    let mut ways = vec![Vec::new()];
    if characters.len() != usual.len() {
        return vec![usual];
    }
    for (c, own) in characters.into_iter().zip(usual) {
        let mut readings = pinyin::readings(c);
        readings.retain(|reading| *reading != own);
        readings.insert(0, own);
        let longer = readings.iter().flat_map(|reading| {
            ways.iter().map(move |way| way.iter().chain([reading]).cloned().collect::<Vec<String>>())
        });
        ways = longer.take(WAYS).collect();
    }
    ways
}

/// The entries of pieces that are sorted by letters, then by characters.
fn met_by(clauses: &[Clause], pieces: &[Piece]) -> impl Iterator<Item = Entry> {
    let parts = |piece: &Piece| parts(clauses, *piece);
    pieces.chunk_by(move |a, b| parts(a).0 == parts(b).0).map(move |pieces| {
        let words = pieces.chunk_by(|a, b| parts(a).1 == parts(b).1).map(|same| {
            let counts = same.iter().map(|piece| clauses[piece.clause as usize].count);
            (counts.fold(0, u32::saturating_add), parts(&same[0]).1)
        });
        (String::from_utf8_lossy(parts(&pieces[0]).0).into_owned(), value(words.collect()))
    })
}

impl Clause {
    /// What is read with this letter at the beginning; the clause has this number.
    fn pieces(&self, clause: u32, letter: u8) -> impl Iterator<Item = Piece> {
        let is_whole = !self.syllables.is_empty();
        let wholes = [(Part::Initials, &self.initials), (Part::Syllables, &self.syllables)];
        let wholes = wholes.into_iter().filter(move |(_, read)| is_whole && read.first() == Some(&letter));
        let starts = if self.is_cut { 0..self.text.len().min(u16::MAX.into()) } else { 0..0 };
        let starts = starts.filter(move |start| self.initials[*start] == letter);
        let cut = starts.flat_map(move |start| {
            let lengths = INITIALS.take_while(move |length| start + length <= self.text.len());
            lengths.map(move |length| (start as u16, Part::Characters(length as u8)))
        });
        let parts = wholes.map(|(part, _)| (0, part)).chain(cut);
        parts.map(move |(start, part)| Piece { clause, start, part })
    }
}

/// The letters and characters of a piece.
fn parts(clauses: &[Clause], piece: Piece) -> (&[u8], &[char]) {
    let clause = &clauses[piece.clause as usize];
    match piece.part {
        Part::Initials => (&clause.initials, &clause.text),
        Part::Syllables => (&clause.syllables, &clause.text),
        Part::Characters(length) => {
            let range = usize::from(piece.start)..usize::from(piece.start) + usize::from(length);
            (&clause.initials[range.clone()], &clause.text[range])
        }
    }
}

/// The entries of pairs of Han characters, each with the number of speeches that have it, sorted: under every reading of
/// their characters, as a pair alone does not tell which is meant (长 of 增长极). There are millions of pairs; those of
/// one first syllable after the other are looked at, as the entries are asked for.
fn of_pairs(groups: &mut [Vec<Pair>]) -> impl Iterator<Item = Entry> {
    groups.par_iter_mut().for_each(|pairs| pairs.sort_unstable());
    let mut is_met = vec![false; char::MAX as usize + 1];
    for pair in groups.iter().flatten() {
        is_met[pair.first() as usize] = true;
        is_met[pair.second() as usize] = true;
    }
    let characters = ('\0'..=char::MAX).filter(|c| is_met[*c as usize]);
    let readings: FxHashMap<char, Vec<String>> = characters.map(|c| (c, pinyin::readings(c))).collect();
    let all: BTreeSet<String> = readings.values().flatten().cloned().collect();
    let syllables = Vec::from_iter(all);
    // A syllable's number is its place in the order of syllables.
    let numbered = |(c, read): (&char, &Vec<String>)| {
        let number = |syllable: &String| syllables.partition_point(|one| one < syllable);
        (*c, read.iter().map(number).collect())
    };
    let readings: FxHashMap<char, Vec<usize>> = readings.iter().map(numbered).collect();
    let mut begun: Vec<Vec<&[Pair]>> = vec![Vec::new(); syllables.len()];
    for same in groups.iter().flat_map(|pairs| pairs.chunk_by(|a, b| a.first() == b.first())) {
        readings.get(&same[0].first()).into_iter().flatten().for_each(|first| begun[*first].push(same));
    }
    begun.into_iter().enumerate().flat_map(move |(first, begun)| {
        let met = begun.into_iter().flatten().flat_map(|pair| {
            let second = readings.get(&pair.second()).into_iter().flatten();
            second.map(|second| ReadPair::new(*second, *pair))
        });
        let mut met: Vec<ReadPair> = met.collect();
        met.sort_unstable();
        let entry = |pairs: &[ReadPair]| {
            let mut words = String::new();
            let (usual, others) = pairs.split_at(pairs.len().min(WORDS));
            let in_titles = others.iter().filter(|pair| pair.is_in_title()).take(WORDS);
            for pair in usual.iter().chain(in_titles) {
                if !words.is_empty() {
                    words.push('|');
                }
                words.extend(pair.characters());
            }
            (format!("{} {}", syllables[first], syllables[pairs[0].second()]), string(&words))
        };
        met.chunk_by(|a, b| a.second() == b.second()).map(entry).collect::<Vec<_>>()
    })
}

/// How many bits number the shards of a table with these names, and with about so many pairs.
pub fn bits(names: &Names<'_>, pairs: u64) -> u32 {
    shards::bits(names.bytes + pairs * PAIR, 8 << 10)
}

/// Makes the files of the table, each pair of which is in one of the groups, and gives them to `take`, some shards after the
/// others: the whole table may be larger than memory should be.
///
/// # Errors
/// What `take` says, and what the disk says where entries had to leave memory.
pub fn files(
    bits: u32,
    names: &Names<'_>,
    pairs: Vec<Vec<Pair>>,
    mut take: impl FnMut(Vec<(String, Vec<u8>)>) -> Result<(), Diagnostic>,
) -> Result<(), Diagnostic> {
    let no_scratch = |error: io::Error| Diagnostic::no_scratch(&error.to_string());
    let fault = Cell::new(None);
    let slices = bits.min(SLICES);
    for (slice, lines) in sliced(slices, names, pairs, &fault).map_err(no_scratch)?.into_iter().enumerate() {
        let entries = lines.entries(&names.store, &fault);
        take(shards::files("sounds", bits, (slice as u32, slices), entries))?;
    }
    fault.take().map_or(Ok(()), |error| Err(no_scratch(error)))
}

/// All entries, sorted, in 2 to the power of `slices` slices.
fn sliced(
    slices: u32,
    names: &Names<'_>,
    mut pairs: Vec<Vec<Pair>>,
    fault: &Cell<Option<io::Error>>,
) -> io::Result<Vec<Lines>> {
    let met = names.lines.entries(&names.store, fault);
    let (mut met, mut pairs) = (met.peekable(), of_pairs(&mut pairs).peekable());
    // Only the keys of pairs have a blank, so that no key is in both.
    let sorted = std::iter::from_fn(|| match (met.peek(), pairs.peek()) {
        (Some(name), Some(pair)) if pair < name => pairs.next(),
        (None, _) => pairs.next(),
        _ => met.next(),
    });
    let mut sliced: Vec<Lines> = (0..1 << slices).map(|_| Lines::default()).collect();
    for entry in sorted {
        let slice = shards::shard_of(shards::hash(&entry.0), slices);
        sliced[slice as usize].push(&entry, &names.store)?;
    }
    Ok(sliced)
}

/// A clause of a title as its pieces, and as a whole where it is longer than they are.
fn of_clause(clause: &str, script: Script) -> Option<Clause> {
    let han = clause.chars().filter(|c| is_han(*c));
    let text: Box<[char]> = han.map(|c| simplified(c, script)).collect();
    let syllables = pinyin::syllables(clause);
    let initials = initials(&syllables);
    if text.is_empty() || syllables.len() != text.len() || initials.len() != text.len() {
        return None;
    }
    let is_whole = text.len() > *INITIALS.end() && WHOLE.contains(&text.len());
    let whole = if is_whole { syllables.concat().into_bytes().into() } else { Box::default() };
    Some(Clause { text, initials, syllables: whole, count: 1, is_cut: true })
}

/// A whole text by its initials, and by its syllables without blanks.
fn whole(text: &str, syllables: &[String], script: Script, count: u32) -> Option<Clause> {
    let is_met = WHOLE.contains(&syllables.len()) && text.contains(is_han);
    is_met.then(|| Clause {
        text: text.chars().map(|c| simplified(c, script)).collect(),
        initials: initials(syllables),
        syllables: syllables.concat().into_bytes().into(),
        count,
        is_cut: false,
    })
}

/// The first letter of each syllable.
fn initials(syllables: &[String]) -> Box<[u8]> {
    syllables.iter().filter_map(|syllable| syllable.bytes().next()).collect()
}

/// The most frequent words of one key: names, themes and groups, `||`, and all others.
fn value(mut words: Vec<(u32, &[char])>) -> String {
    words.sort_unstable_by_key(|(count, word)| (Reverse(*count), *word));
    let named = words.partition_point(|(count, _)| *count >= NAMED);
    let joined = |words: &[(u32, &[char])]| {
        let words: Vec<String> = words.iter().take(WORDS).map(|(_, word)| word.iter().collect()).collect();
        words.join("|")
    };
    let (named, others) = (joined(&words[..named]), joined(&words[named..]));
    string(&if named.is_empty() { others } else { format!("{named}||{others}") })
}
