//! Where each key stands in each speech: collected in parallel, kept as sorted runs, on disk above a limit.
//!
//! A run holds the records of a few hundred speeches, sorted, in 256 partitions by the hash of the key. Whatever the
//! order in which threads finish, a partition that is read back is sorted as a whole.

use std::collections::HashMap;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use super::shards;
use super::tokens::Unit;
use crate::scratch::Scratch;

/// Partitions by the highest eight bits of the key's hash.
pub const PARTITIONS: usize = 256;
/// Bits for counting pairs.
const SEEN: usize = 1 << 22;
/// The block of the usual Han characters (Unicode, "CJK Unified Ideographs").
const FIRST_HAN: usize = 0x4E00;
const LAST_HAN: usize = 0x9FFF;
/// Unit numbers below this are code points.
const FIRST_WORD: u32 = 0x11_0000;

/// What a key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// One character; its records hold the first position in each speech only.
    Single,
    /// A word, with every position.
    Word,
    /// Two neighbours of which at least one is a character, with every position of the first.
    Pair,
    /// Two units with one position between them, at least one a character; one record for each speech.
    Skip,
}

/// A key of the index as a number: kind and one or two units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(u64);

impl Key {
    fn new(kind: Kind, a: u32, b: u32) -> Key {
        Key((kind as u64) << 62 | u64::from(a) << 31 | u64::from(b))
    }

    /// What the key is.
    pub fn kind(self) -> Kind {
        match self.0 >> 62 {
            0 => Kind::Single,
            1 => Kind::Word,
            2 => Kind::Pair,
            _ => Kind::Skip,
        }
    }

    fn units(self) -> (u32, u32) {
        ((self.0 >> 31) as u32 & 0x7FFF_FFFF, self.0 as u32 & 0x7FFF_FFFF)
    }
}

/// One key at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Record {
    /// The key.
    pub key: Key,
    /// Number of the speech.
    pub speech: u32,
    /// Position in it.
    pub position: u32,
}

/// All runs of an index.
pub struct Runs<'a> {
    scratch: &'a dyn Scratch,
    words: Mutex<Words>,
    /// A bit for each hash of a pair.
    seen: Vec<AtomicU64>,
    partitions: Vec<Mutex<Partition>>,
    held: Mutex<Held>,
}

impl Record {
    /// What records are sorted by, as one number: key, speech, position.
    fn order(&self) -> u128 {
        u128::from(self.key.0) << 64 | u128::from(self.speech) << 32 | u128::from(self.position)
    }
}

#[derive(Default)]
struct Words {
    numbers: HashMap<String, u32>,
    words: Vec<String>,
}

#[derive(Default)]
struct Partition {
    /// One piece for each run.
    held: Vec<Box<[u8]>>,
    spilled: Vec<(u64, usize)>,
}

impl Partition {
    fn size(&self) -> usize {
        self.held.iter().map(|piece| piece.len()).sum::<usize>()
            + self.spilled.iter().map(|(_, length)| length).sum::<usize>()
    }
}

/// How much is collected.
#[derive(Debug, Default, Clone, Copy)]
pub struct Held {
    /// Records of lists: characters, words and pairs.
    pub lists: u64,
    /// Records of skips.
    pub skips: u64,
    bytes: usize,
}

impl<'a> Runs<'a> {
    /// No runs yet.
    pub fn new(scratch: &'a dyn Scratch) -> Runs<'a> {
        let partitions = (0..PARTITIONS).map(|_| Mutex::default()).collect();
        let seen = (0..SEEN / 64).map(|_| AtomicU64::new(0)).collect();
        Runs { scratch, words: Mutex::default(), seen, partitions, held: Mutex::default() }
    }

    /// Adds the units of some speeches, each with the speech's number.
    ///
    /// # Errors
    /// What the disk says where runs have to leave memory.
    pub fn add(&self, speeches: Vec<(u32, Vec<(u32, Unit)>)>) -> io::Result<()> {
        let speeches = self.numbered(speeches);
        // A unit begins at most three keys.
        let mut records = Vec::with_capacity(speeches.iter().map(|(_, units)| units.len() * 3).sum());
        let mut last = vec![u32::MAX; LAST_HAN - FIRST_HAN + 1];
        for (speech, units) in speeches {
            collect(speech, &units, &mut last, &mut records);
        }
        records.sort_unstable_by_key(Record::order);
        records.dedup_by(|next, before| {
            next.key == before.key
                && next.speech == before.speech
                && matches!(next.key.kind(), Kind::Single | Kind::Skip)
        });
        let mut run: Vec<Vec<u8>> = vec![Vec::new(); PARTITIONS];
        let mut held = Held::default();
        for group in records.chunk_by(|a, b| a.key == b.key) {
            let count = if group[0].key.kind() == Kind::Skip { &mut held.skips } else { &mut held.lists };
            *count += group.len() as u64;
            let hash = self.hash(group[0].key);
            if group[0].key.kind() == Kind::Pair {
                let bit = hash as usize % SEEN;
                self.seen[bit / 64].fetch_or(1 << (bit % 64), Ordering::Relaxed);
            }
            encode(group, &mut run[(hash >> 24) as usize]);
        }
        self.store(run, held)
    }

    /// About how many pairs there are, by linear counting (Whang, Vander-Zanden and Taylor, 1990): so many bits stay
    /// free of so many hashes.
    pub fn pairs(&self) -> u64 {
        let seen: u32 = self.seen.iter().map(|word| word.load(Ordering::Relaxed).count_ones()).sum();
        let free = (SEEN as f64 - f64::from(seen)).max(1.0);
        (SEEN as f64 * (SEEN as f64 / free).ln()) as u64
    }

    /// The bytes of all words, and how many there are.
    pub fn words(&self) -> (u64, u64) {
        let words = lock(&self.words);
        (words.words.iter().map(|word| word.len() as u64).sum(), words.words.len() as u64)
    }

    fn store(&self, run: Vec<Vec<u8>>, new: Held) -> io::Result<()> {
        let bytes: usize = run.iter().map(Vec::len).sum();
        let full = {
            let mut held = lock(&self.held);
            held.lists += new.lists;
            held.skips += new.skips;
            held.bytes += bytes;
            let full = held.bytes > self.scratch.limit();
            if full {
                held.bytes = 0;
            }
            full
        };
        for (partition, bytes) in self.partitions.iter().zip(run) {
            let mut partition = lock(partition);
            partition.held.push(bytes.into_boxed_slice());
            if full {
                let bytes = std::mem::take(&mut partition.held).concat();
                let offset = self.scratch.keep(&bytes)?;
                partition.spilled.push((offset, bytes.len()));
            }
        }
        Ok(())
    }

    /// How much was added.
    pub fn held(&self) -> Held {
        *lock(&self.held)
    }

    /// The records of some partitions, sorted; they are gone from here afterwards.
    ///
    /// # Errors
    /// What the disk says.
    pub fn take(&self, partitions: std::ops::Range<usize>) -> io::Result<Vec<Record>> {
        let partitions: Vec<Partition> =
            self.partitions[partitions].iter().map(|one| std::mem::take(&mut *lock(one))).collect();
        // A record takes some three bytes.
        let mut records = Vec::with_capacity(partitions.iter().map(Partition::size).sum::<usize>() / 3);
        for partition in partitions {
            for (offset, length) in partition.spilled {
                decode(&self.scratch.read(offset, length)?, &mut records);
            }
            partition.held.iter().for_each(|piece| decode(piece, &mut records));
        }
        // Sorted runs stand one after the other, which this sort finds and merges.
        records.sort_by_key(Record::order);
        Ok(records)
    }

    /// The key as it is written in the index.
    pub fn text(&self, key: Key) -> String {
        let (a, b) = key.units();
        let mut text = String::new();
        let push = |unit: u32, text: &mut String| match char::from_u32(unit) {
            Some(c) => text.push(c),
            None => {
                let words = lock(&self.words);
                text.push_str(words.words.get((unit - FIRST_WORD) as usize).map_or("", String::as_str));
            }
        };
        push(a, &mut text);
        match key.kind() {
            Kind::Single | Kind::Word => {}
            Kind::Pair => push(b, &mut text),
            Kind::Skip => {
                text.push('_');
                push(b, &mut text);
            }
        }
        text
    }

    /// The hash of the key as it is written in the index; of characters alone without writing it.
    fn hash(&self, key: Key) -> u32 {
        let (a, b) = key.units();
        match (key.kind(), char::from_u32(a), char::from_u32(b)) {
            (Kind::Single, Some(a), _) => shards::hash_of([a].into_iter()),
            (Kind::Pair, Some(a), Some(b)) => shards::hash_of([a, b].into_iter()),
            (Kind::Skip, Some(a), Some(b)) => shards::hash_of([a, '_', b].into_iter()),
            _ => shards::hash(&self.text(key)),
        }
    }

    fn numbered(&self, speeches: Vec<(u32, Vec<(u32, Unit)>)>) -> Vec<(u32, Vec<(u32, u32)>)> {
        let mut words = lock(&self.words);
        let mut number = |unit: Unit| match unit {
            Unit::Character(c) => c as u32,
            Unit::Word(word) => match words.numbers.get(&word) {
                Some(number) => *number,
                None => {
                    let number = FIRST_WORD + words.words.len() as u32;
                    words.words.push(word.clone());
                    words.numbers.insert(word, number);
                    number
                }
            },
        };
        let mut all = Vec::with_capacity(speeches.len());
        for (speech, units) in speeches {
            all.push((speech, units.into_iter().map(|(at, unit)| (at, number(unit))).collect()));
        }
        all
    }
}

/// The keys of one speech. `last` says in which speech each of the usual Han characters was met last: most records of
/// single characters need not be sorted only to be dropped.
fn collect(speech: u32, units: &[(u32, u32)], last: &mut [u32], records: &mut Vec<Record>) {
    for (i, &(position, unit)) in units.iter().enumerate() {
        let word = unit >= FIRST_WORD;
        let kind = if word { Kind::Word } else { Kind::Single };
        let last = (unit as usize).checked_sub(FIRST_HAN).and_then(|at| last.get_mut(at));
        if last.is_none_or(|last| std::mem::replace(last, speech) != speech) {
            records.push(Record { key: Key::new(kind, unit, 0), speech, position });
        }
        for &(other, next) in units[i + 1..].iter().take(2) {
            let kind = match other - position {
                1 => Kind::Pair,
                2 => Kind::Skip,
                _ => break,
            };
            if !word || next < FIRST_WORD {
                records.push(Record { key: Key::new(kind, unit, next), speech, position });
            }
        }
    }
}

/// One key, the number of its records, and for each the difference to the one before.
fn encode(group: &[Record], out: &mut Vec<u8>) {
    out.extend_from_slice(&group[0].key.0.to_le_bytes());
    number(group.len() as u32, out);
    let (mut speech, mut position) = (0, 0);
    for record in group {
        number(record.speech - speech, out);
        if record.speech != speech {
            position = 0;
        }
        number(record.position - position, out);
        (speech, position) = (record.speech, record.position);
    }
}

fn decode(bytes: &[u8], records: &mut Vec<Record>) {
    let mut rest = bytes;
    while let Some((key, after)) = rest.split_first_chunk::<8>() {
        rest = after;
        let key = Key(u64::from_le_bytes(*key));
        let (mut speech, mut position) = (0, 0);
        for _ in 0..read_number(&mut rest) {
            let step = read_number(&mut rest);
            speech += step;
            if step > 0 {
                position = 0;
            }
            position += read_number(&mut rest);
            records.push(Record { key, speech, position });
        }
    }
}

/// A number in bytes of seven bits each, the lowest first (LEB128).
fn number(mut value: u32, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn read_number(rest: &mut &[u8]) -> u32 {
    let mut value = 0;
    let mut shift = 0;
    while let Some((byte, after)) = rest.split_first() {
        *rest = after;
        value |= u32::from(byte & 0x7F) << shift;
        if byte & 0x80 == 0 || shift >= 28 {
            break;
        }
        shift += 7;
    }
    value
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
