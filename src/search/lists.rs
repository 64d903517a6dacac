//! The list of a key: the speeches that have it, with its positions.
//!
//! A list is a string of packed numbers. With positions: the number of speeches; for each of them the difference d of
//! its number to the one before, as 2d for one position, or 2d + 1 and the count of positions minus 2; then for each
//! the first position and the difference minus 1 of every further one. Of one character: the number of speeches, and for
//! each 4d + z, z being the zone of its first position. Of a skip: the number of speeches, and each d.
//!
//! A list above the limit is split by speeches; in the shard a stub stands for it.

use super::packed;
use super::runs::{Kind, Record};
use super::shards::string;
use super::zones::Zones;

/// Speeches that a stub names as the best.
const BEST: usize = 40;
/// Speeches whose title has the key that a stub names with positions, the newest.
const TITLES: usize = 400;

/// The records of one key in one speech.
pub type One<'a> = &'a [Record];

/// The speeches of one key's sorted records.
pub fn speeches(records: &[Record]) -> Vec<One<'_>> {
    records.chunk_by(|a, b| a.speech == b.speech).collect()
}

/// Writes the list of one key to `out` as JSON: the list, or the stub of one above `limit` bytes. Gives the parts of such a
/// list, JSON strings that the stub knows by `name`.
pub fn write(
    speeches: &[One<'_>],
    zones: Zones,
    limit: usize,
    name: impl FnOnce() -> String,
    out: &mut String,
) -> Vec<String> {
    let kind = speeches[0][0].key.kind();
    let start = out.len();
    let length = push_list(speeches, kind, zones, out);
    if length <= limit {
        return Vec::new();
    }
    out.truncate(start);
    let parts = split(speeches, length.div_ceil(limit));
    let starts = packed::growing(parts.iter().map(|part| part[0][0].speech));
    let stub = format!(
        "[{},{},{},{},{}]",
        speeches.len(),
        string(&name()),
        string(&starts),
        string(&best(speeches, kind, zones)),
        in_titles(speeches, kind, zones)
    );
    out.push_str(&stub);
    parts.iter().map(|part| list(part, kind, zones)).collect()
}

fn list(speeches: &[One<'_>], kind: Kind, zones: Zones) -> String {
    let mut out = String::with_capacity(speeches.len() * 4 + 8);
    push_list(speeches, kind, zones, &mut out);
    out
}

/// Appends a list as a JSON string, and tells its bytes before what JSON adds to it.
fn push_list(speeches: &[One<'_>], kind: Kind, zones: Zones, out: &mut String) -> usize {
    out.push('"');
    let start = out.len();
    packed::push(out, speeches.len() as u32);
    let mut before = 0;
    for one in speeches {
        let step = one[0].speech - before;
        before = one[0].speech;
        match kind {
            Kind::Single => packed::push(out, step * 4 + zone(one[0].position, zones)),
            Kind::Skip => packed::push(out, step),
            Kind::Word | Kind::Pair if one.len() == 1 => packed::push(out, step * 2),
            Kind::Word | Kind::Pair => {
                packed::push(out, step * 2 + 1);
                packed::push(out, one.len() as u32 - 2);
            }
        }
    }
    if matches!(kind, Kind::Word | Kind::Pair) {
        for one in speeches {
            packed::push(out, one[0].position);
            for pair in one.windows(2) {
                packed::push(out, pair[1].position - pair[0].position - 1);
            }
        }
    }
    let length = out.len() - start;
    // Of what packed numbers are made of, only this needs an escape.
    if out[start..].contains('\\') {
        let list = out.split_off(start);
        out.push_str(&list.replace('\\', "\\\\"));
    }
    out.push('"');
    length
}

/// Speeches in `count` runs of about as many records each.
fn split<'s, 'r>(speeches: &'s [One<'r>], count: usize) -> Vec<&'s [One<'r>]> {
    let records: usize = speeches.iter().map(|one| one.len() + 1).sum();
    let room = records.div_ceil(count).max(1);
    let mut parts = Vec::with_capacity(count);
    let (mut start, mut held) = (0, 0);
    for (i, one) in speeches.iter().enumerate() {
        if held + one.len() + 1 > room && i > start {
            parts.push(&speeches[start..i]);
            (start, held) = (i, 0);
        }
        held += one.len() + 1;
    }
    parts.push(&speeches[start..]);
    parts
}

/// The zone of a position: 0 title, 1 people, 2 labels, 3 text.
fn zone(position: u32, zones: Zones) -> u32 {
    [zones.people, zones.labels, zones.text].iter().filter(|first| position >= **first).count() as u32
}

/// The best speeches for the key alone, by the client's ranking (`client/ask.js`), then the newest.
fn best(speeches: &[One<'_>], kind: Kind, zones: Zones) -> String {
    let mut ranked: Vec<(u32, u32)> = Vec::with_capacity(speeches.len());
    for one in speeches {
        let score =
            if kind == Kind::Skip { 0 } else { score(one.iter().map(|record| record.position), zones) };
        ranked.push((u32::MAX - score, one[0].speech));
    }
    if ranked.len() > BEST {
        ranked.select_nth_unstable(BEST);
        ranked.truncate(BEST);
    }
    ranked.sort_unstable();
    let mut out = String::new();
    for (_, speech) in ranked {
        packed::push(&mut out, speech);
    }
    out
}

/// How well positions rank: anywhere in the title, then among the people, then by how often in the text.
fn score(positions: impl Iterator<Item = u32>, zones: Zones) -> u32 {
    let mut seen = [0u32; 4];
    for position in positions {
        seen[zone(position, zones) as usize] += 1;
    }
    let any = |count: u32, points: u32| if count > 0 { points } else { 0 };
    any(seen[0], 8000) + any(seen[1], 4000) + any(seen[2], 100) + 1000 * seen[3] / (seen[3] + 2)
}

/// The newest speeches with the key in the title, with these positions, as a list in JSON.
fn in_titles(speeches: &[One<'_>], kind: Kind, zones: Zones) -> String {
    let of_title = |one: &One<'_>| one.iter().take_while(|record| record.position < zones.people).count();
    let found: Vec<One<'_>> =
        speeches.iter().map(|one| &one[..of_title(one)]).filter(|one| !one.is_empty()).take(TITLES).collect();
    if kind == Kind::Skip { string("") } else { list(&found, kind, zones) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::runs::Key;

    #[test]
    fn a_list_is_a_json_string_whatever_numbers_are_in_it() {
        let zones = Zones { people: 10, labels: 20, text: 30 };
        for position in 0..300 {
            let records = [Record { key: Key::new(Kind::Pair, 0x4E00, 0x4E01), speech: 0, position }];
            let (mut json, mut right) = (String::new(), String::new());
            for number in [1, 0, position] {
                packed::push(&mut right, number);
            }
            let parts = write(&speeches(&records), zones, 100, || "0".to_owned(), &mut json);
            assert_eq!((serde_json::from_str(&json).ok(), parts), (Some(right), Vec::new()), "{json}");
        }
    }
}
