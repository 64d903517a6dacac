//! Where each key stands in each speech: collected in parallel, kept as runs, on disk above a limit.
//!
//! A run holds the records of a few hundred speeches, those of a key together, in 512 partitions by the hash of the key. When
//! partitions are read back, the places of keys are gathered; the records of one key are then read from one run after the
//! other.

use std::collections::HashMap;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use super::piece::{Place, by_key, encode, find};
use super::shards;
use super::tokens::Unit;
use crate::scratch::Scratch;

/// Partitions by the highest nine bits of the key's hash.
pub const PARTITIONS: usize = 512;
/// One pair of so many is counted; the hash says which.
const COUNTED: u32 = 16;
/// Bits for counting them: few enough to stay in a processor's own memory.
const SEEN: usize = 1 << 18;
/// The block of the usual Han characters (Unicode, "CJK Unified Ideographs").
const FIRST_HAN: usize = 0x4E00;
const LAST_HAN: usize = 0x9FFF;
/// A run is gathered in buckets by the first unit of keys: 64 of the usual Han characters each, one below, one above.
const BUCKETS: usize = (LAST_HAN - FIRST_HAN) / 64 + 3;
/// Bytes that a record takes in a run, about, with its share of the key.
const BYTES: usize = 5;
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

/// A key of the index as a number: the first unit, the kind, and the second unit. Of keys of characters alone, those of
/// lists are in the order of their texts, and so are those of skips.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(pub(super) u64);

impl Key {
    /// The key of these units; `b` is 0 where there is one alone.
    pub(super) fn new(kind: Kind, a: u32, b: u32) -> Key {
        Key(u64::from(a) << 33 | (kind as u64) << 31 | u64::from(b))
    }

    /// What the key is.
    pub fn kind(self) -> Kind {
        match self.0 >> 31 & 3 {
            0 => Kind::Single,
            1 => Kind::Word,
            2 => Kind::Pair,
            _ => Kind::Skip,
        }
    }

    fn units(self) -> (u32, u32) {
        ((self.0 >> 33) as u32, self.0 as u32 & 0x7FFF_FFFF)
    }

    fn has_word(self) -> bool {
        let (a, b) = self.units();
        a >= FIRST_WORD || b >= FIRST_WORD
    }
}

/// One key at one place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
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
    /// A bit for each hash of a pair that is counted.
    seen: Vec<AtomicU64>,
    partitions: Vec<Mutex<Partition>>,
    held: Mutex<Held>,
}

/// Some partitions, read back.
pub struct Taken<'a> {
    runs: &'a Runs<'a>,
    pieces: Vec<Box<[u8]>>,
    /// By key, then by speech.
    places: Vec<Place>,
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
        let mut room = [0; BUCKETS];
        speeches.iter().flat_map(|(_, units)| units).for_each(|&(_, unit)| room[bucket(unit)] += 3);
        let mut buckets = room.map(Vec::with_capacity);
        let mut last = vec![u32::MAX; LAST_HAN - FIRST_HAN + 1];
        for (speech, units) in speeches {
            collect(speech, &units, &mut last, &mut buckets);
        }
        let room = buckets.iter().map(Vec::len).sum::<usize>() * BYTES / PARTITIONS;
        let mut run: Vec<Vec<u8>> = (0..PARTITIONS).map(|_| Vec::with_capacity(room)).collect();
        let mut held = Held::default();
        let mut records = Vec::new();
        for bucket in buckets {
            gather(&bucket, &mut records);
            records.dedup_by(|next, before| {
                next.key == before.key
                    && next.speech == before.speech
                    && matches!(next.key.kind(), Kind::Single | Kind::Skip)
            });
            for group in records.chunk_by(|a, b| a.key == b.key) {
                let count = if group[0].key.kind() == Kind::Skip { &mut held.skips } else { &mut held.lists };
                *count += group.len() as u64;
                let hash = self.hash(group[0].key);
                if group[0].key.kind() == Kind::Pair && hash.is_multiple_of(COUNTED) {
                    let bit = (hash / COUNTED) as usize % SEEN;
                    let (word, mask) = (&self.seen[bit / 64], 1 << (bit % 64));
                    // Most are there already; writing takes the memory from the other threads.
                    if word.load(Ordering::Relaxed) & mask == 0 {
                        word.fetch_or(mask, Ordering::Relaxed);
                    }
                }
                encode(group, &mut run[hash as usize >> (32 - PARTITIONS.ilog2())]);
            }
        }
        self.store(run, held)
    }

    /// About how many pairs there are, by linear counting (Whang, Vander-Zanden and Taylor, 1990): so many bits stay
    /// free of so many hashes.
    pub fn pairs(&self) -> u64 {
        let seen: u32 = self.seen.iter().map(|word| word.load(Ordering::Relaxed).count_ones()).sum();
        let free = (SEEN as f64 - f64::from(seen)).max(1.0);
        (SEEN as f64 * (SEEN as f64 / free).ln()) as u64 * u64::from(COUNTED)
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

    /// What some partitions hold; it is gone from here afterwards.
    ///
    /// # Errors
    /// What the disk says.
    pub fn take(&self, partitions: std::ops::Range<usize>) -> io::Result<Taken<'_>> {
        let mut pieces = Vec::new();
        for partition in &self.partitions[partitions] {
            let Partition { held, spilled } = std::mem::take(&mut *lock(partition));
            for (offset, length) in spilled {
                pieces.push(self.scratch.read(offset, length)?.into());
            }
            pieces.extend(held);
        }
        let mut places = Vec::new();
        for (i, piece) in pieces.iter().enumerate() {
            find(i as u32, piece, &mut places);
        }
        Ok(Taken { runs: self, pieces, places: by_key(&places) })
    }

    /// The key as it is written in the index.
    pub fn text(&self, key: Key) -> String {
        let (a, b) = key.units();
        let mut text = String::with_capacity(8);
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

impl Taken<'_> {
    /// The places of each key of lists, then of each key of skips; each in the order of the keys' texts.
    pub fn keys(&self) -> [Vec<&[Place]>; 2] {
        let keys = self.places.chunk_by(|a, b| a.key == b.key);
        let (skips, lists): (Vec<_>, Vec<_>) = keys.partition(|places| places[0].key.kind() == Kind::Skip);
        [lists, skips].map(|keys| {
            // What has a word does not stand in its place by its number.
            let (mut words, mut others): (Vec<_>, Vec<_>) =
                keys.into_iter().partition(|places| places[0].key.has_word());
            let text = |places: &[Place]| self.runs.text(places[0].key);
            words.sort_by_cached_key(|places| text(places));
            let mut sorted = Vec::with_capacity(words.len() + others.len());
            for places in words.into_iter().rev() {
                let own = text(places);
                let after = others.partition_point(|other| text(other) < own);
                sorted.extend(others.drain(after..).rev());
                sorted.push(places);
            }
            sorted.extend(others.into_iter().rev());
            sorted.reverse();
            sorted
        })
    }

    /// Puts the records of one key into `records`, sorted.
    pub fn read(&self, places: &[Place], records: &mut Vec<Record>) {
        records.clear();
        for place in places {
            place.read(&self.pieces[place.piece as usize], records);
        }
    }
}

fn bucket(unit: u32) -> usize {
    match unit as usize {
        below if below < FIRST_HAN => 0,
        han if han <= LAST_HAN => 1 + (han - FIRST_HAN) / 64,
        _ => BUCKETS - 1,
    }
}

/// The keys of one speech, in the buckets of their first units. `last` says in which speech each of the usual Han
/// characters was met last: most records of single characters need not be gathered only to be dropped.
fn collect(speech: u32, units: &[(u32, u32)], last: &mut [u32], buckets: &mut [Vec<Record>; BUCKETS]) {
    for (i, &(position, unit)) in units.iter().enumerate() {
        let records = &mut buckets[bucket(unit)];
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

/// Puts `records` into `gathered` so that those of a key stand together, as they were among themselves. In which order the
/// keys are makes no difference: they are dealt out by a hash, and only the few of each of its values are sorted.
fn gather(records: &[Record], gathered: &mut Vec<Record>) {
    /// 2^64 by the golden ratio: neighbours end up far apart (Knuth, The Art of Computer Programming 3, 6.4).
    const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;
    let bits = records.len().max(2).ilog2();
    let value = |record: &Record| (record.key.0.wrapping_mul(SPREAD) >> (u64::BITS - bits)) as usize;
    let mut ends = vec![0; 1 << bits];
    records.iter().for_each(|record| ends[value(record)] += 1);
    let mut end = 0;
    for count in &mut ends {
        end += std::mem::replace(count, end);
    }
    gathered.clear();
    gathered.resize(records.len(), Record::default());
    for record in records {
        let at = &mut ends[value(record)];
        gathered[*at] = *record;
        *at += 1;
    }
    let mut start = 0;
    for end in ends {
        gathered[start..end].sort_by_key(|record| record.key);
        start = end;
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::disk;

    type Units = Vec<(u32, Unit)>;

    /// What stands where in these speeches, told plainly: by the text of the key.
    fn plainly(speeches: &[Units]) -> BTreeMap<String, BTreeSet<(u32, u32)>> {
        let mut found: BTreeMap<String, BTreeSet<(u32, u32)>> = BTreeMap::new();
        let is_character = |unit: &Unit| matches!(unit, Unit::Character(_));
        for (speech, units) in (0..).zip(speeches) {
            let mut met = BTreeSet::new();
            let mut note = |key: String, position: u32, once: bool| {
                if !once || met.insert(key.clone()) {
                    found.entry(key).or_default().insert((speech, position));
                }
            };
            for (at, (position, unit)) in units.iter().enumerate() {
                note(unit.text(), *position, is_character(unit));
                for (other, next) in &units[at + 1..] {
                    match other - position {
                        _ if !is_character(unit) && !is_character(next) => {}
                        1 => note(unit.text() + &next.text(), *position, false),
                        2 => note(format!("{}_{}", unit.text(), next.text()), *position, true),
                        _ => {}
                    }
                }
            }
        }
        found
    }

    fn speech() -> impl proptest::strategy::Strategy<Value = Units> {
        use proptest::prelude::*;
        let unit = prop_oneof![
            4 => prop_oneof![Just('一'), Just('丁'), Just('龠'), Just('1')].prop_map(Unit::Character),
            1 => prop_oneof![Just("ai"), Just("x")].prop_map(|word| Unit::Word(word.to_owned())),
        ];
        proptest::collection::vec((1..4u32, unit), 0..30).prop_map(|steps| {
            let mut at = 0;
            let step = |(step, unit)| {
                at += step;
                (at, unit)
            };
            steps.into_iter().map(step).collect()
        })
    }

    proptest::proptest! {
        #[test]
        fn what_is_taken_is_what_was_added(
            speeches in proptest::collection::vec(speech(), 0..12), in_run in 1..5usize, is_away: bool,
        ) {
            let scratch = disk::Scratch::new(if is_away { 0 } else { usize::MAX });
            let runs = Runs::new(&scratch);
            let numbered: Vec<(u32, Units)> = (0..).zip(speeches.iter().cloned()).collect();
            // Runs come in any order.
            for run in numbered.chunks(in_run).rev() {
                runs.add(run.to_vec()).expect("room");
            }
            let mut found = BTreeMap::new();
            let mut records = Vec::new();
            for partition in 0..PARTITIONS {
                let taken = runs.take(partition..partition + 1).expect("read back");
                for keys in taken.keys() {
                    let texts: Vec<String> = keys.iter().map(|places| runs.text(places[0].key)).collect();
                    proptest::prop_assert!(texts.is_sorted());
                    for (text, places) in texts.into_iter().zip(keys) {
                        taken.read(places, &mut records);
                        let all = records.iter().map(|record| (record.speech, record.position));
                        proptest::prop_assert!(all.clone().is_sorted());
                        proptest::prop_assert!(found.insert(text, all.collect()).is_none());
                    }
                }
            }
            proptest::prop_assert_eq!(found, plainly(&speeches));
        }
    }
}
