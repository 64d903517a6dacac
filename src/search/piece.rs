//! A piece of a run: the records of keys as bytes, and where those of each key stand.

use rustc_hash::FxHashMap;

use super::runs::{Key, Record};

/// Where the records of a key stand in one run.
#[derive(Clone, Copy, Default)]
pub struct Place {
    /// The key.
    pub key: Key,
    /// The first speech.
    speech: u32,
    /// Number of the piece.
    pub(super) piece: u32,
    start: u32,
    length: u32,
}

impl Place {
    /// Appends the records to `records`; `bytes` are those of the piece.
    pub fn read(&self, bytes: &[u8], records: &mut Vec<Record>) {
        let (start, length) = (self.start as usize, self.length as usize);
        decode(self.key, bytes.get(start..start + length).unwrap_or_default(), records);
    }
}

/// One key, the number of bytes that follow, and for each record the difference to the one before.
pub fn encode(group: &[Record], out: &mut Vec<u8>) {
    out.extend_from_slice(&group[0].key.0.to_le_bytes());
    let at = out.len();
    // Most keys have fewer than 128 bytes.
    out.push(0);
    let (mut speech, mut position) = (0, 0);
    for record in group {
        number(record.speech - speech, out);
        if record.speech != speech {
            position = 0;
        }
        number(record.position - position, out);
        (speech, position) = (record.speech, record.position);
    }
    match out.len() - at - 1 {
        length @ ..0x80 => out[at] = length as u8,
        length => {
            let mut head = Vec::new();
            number(length as u32, &mut head);
            out.splice(at..=at, head);
        }
    }
}

/// Appends the places of the keys in the piece of this number.
pub fn find(piece: u32, bytes: &[u8], places: &mut Vec<Place>) {
    let mut rest = bytes;
    while let Some((key, after)) = rest.split_first_chunk::<8>() {
        rest = after;
        let length = read_number(&mut rest);
        let start = (bytes.len() - rest.len()) as u32;
        let (steps, after) = rest.split_at(rest.len().min(length as usize));
        rest = after;
        let speech = read_number(&mut { steps });
        places.push(Place { key: Key(u64::from_le_bytes(*key)), speech, piece, start, length });
    }
}

/// The places by key, then by speech. A key has many of them: they are counted and dealt out, and only the keys are sorted.
pub fn by_key(places: &[Place]) -> Vec<Place> {
    let mut numbers = FxHashMap::default();
    let mut keys: Vec<(Key, usize)> = Vec::new();
    let mut number_of = Vec::with_capacity(places.len());
    for place in places {
        let number = *numbers.entry(place.key.0).or_insert(keys.len());
        if number == keys.len() {
            keys.push((place.key, 0));
        }
        keys[number].1 += 1;
        number_of.push(number as u32);
    }
    let mut order: Vec<usize> = (0..keys.len()).collect();
    order.sort_unstable_by_key(|number| keys[*number].0);
    let mut next = 0;
    for number in order {
        let count = std::mem::replace(&mut keys[number].1, next);
        next += count;
    }
    let mut sorted = vec![Place::default(); places.len()];
    for (place, number) in places.iter().zip(number_of) {
        let at = &mut keys[number as usize].1;
        sorted[*at] = *place;
        *at += 1;
    }
    // Runs are taken as they are finished, so those of a key are nearly in order.
    for of_key in sorted.chunk_by_mut(|a, b| a.key == b.key) {
        of_key.sort_unstable_by_key(|place| place.speech);
    }
    sorted
}

fn decode(key: Key, steps: &[u8], records: &mut Vec<Record>) {
    let mut rest = steps;
    let (mut speech, mut position) = (0, 0);
    while !rest.is_empty() {
        let step = read_number(&mut rest);
        speech += step;
        if step > 0 {
            position = 0;
        }
        position += read_number(&mut rest);
        records.push(Record { key, speech, position });
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
