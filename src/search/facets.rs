//! What results are filtered and counted by: themes, groups, meetings and speakers of each speech, in chunks.

use std::collections::BTreeMap;

use super::packed;
use super::shards::string;
use crate::site::url::last_part;
use crate::site::{Site, Speech};

/// The smallest number of speeches in a chunk.
const CHUNK: usize = 1024;
/// The largest number of chunks.
const CHUNKS: usize = 32;

/// How many speeches a chunk holds.
pub fn chunk_size(speeches: usize) -> usize {
    speeches.div_ceil(CHUNKS).next_power_of_two().max(CHUNK)
}

/// The files: `facets/<chunk>.json` with themes, groups and meetings, `speakers/<chunk>.json` with speakers.
pub fn files(site: &Site, order: &[&Speech]) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for (i, chunk) in order.chunks(chunk_size(order.len())).enumerate() {
        let themes = column(chunk, |speech| speech.themes.iter().map(|id| named(&site[*id])).collect());
        let groups = column(chunk, |speech| {
            speech.speakers.iter().filter_map(|one| one.group).map(|id| named(&site[id])).collect()
        });
        let meetings = column(chunk, |speech| {
            let meeting = &site[speech.meeting];
            vec![(last_part(&meeting.address), meeting.name())]
        });
        let speakers = column(chunk, |speech| {
            let people = speech.speakers.iter().map(|one| &site[one.speaker]);
            people.map(|speaker| (last_part(&speaker.address), speaker.name.as_str())).collect()
        });
        let facets = format!("{{\"theme\":{themes},\n\"group\":{groups},\n\"meeting\":{meetings}}}\n");
        files.push((format!("facets/{i:x}.json"), facets.into_bytes()));
        files.push((format!("speakers/{i:x}.json"), format!("{{\"speaker\":{speakers}}}\n").into_bytes()));
    }
    files
}

fn named(term: &crate::site::Term) -> (&str, &str) {
    (last_part(&term.address), &term.name)
}

/// `{"terms": [[slug, name], …], "of": "…"}`: for each speech its terms as packed numbers, 2 (place + 1) each, and
/// one more where another follows; 0 for a speech without any.
fn column<'a>(chunk: &[&'a Speech], terms: impl Fn(&'a Speech) -> Vec<(&'a str, &'a str)>) -> String {
    let mut places: BTreeMap<&str, u32> = BTreeMap::new();
    let mut listed = Vec::new();
    let mut of = String::new();
    for speech in chunk {
        let mut found: Vec<u32> = Vec::new();
        for (slug, name) in terms(speech) {
            let place = *places.entry(slug).or_insert_with(|| {
                listed.push(format!("[{},{}]", string(slug), string(name)));
                listed.len() as u32 - 1
            });
            if !found.contains(&place) {
                found.push(place);
            }
        }
        if found.is_empty() {
            packed::push(&mut of, 0);
        }
        for (i, place) in found.iter().enumerate() {
            packed::push(&mut of, (place + 1) * 2 + u32::from(i + 1 < found.len()));
        }
    }
    format!("{{\"terms\":[{}],\"of\":{}}}", listed.join(","), string(&of))
}
