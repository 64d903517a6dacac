//! Which file belongs to which speech of a corrected document.

use std::collections::{BTreeMap, BTreeSet};

use super::Speech;
use super::lock::{Entry, Identity};

/// Bodies of one speaker's speech that agree to this share are the same speech.
const SAME_SPEAKER: f64 = 0.5;
/// Bodies that agree to this share are the same speech whoever made it.
const SAME_BODY: f64 = 0.8;

/// For each speech the position of its entry: by speaker and title, then by a title that
/// occurs once, then by speaker and body, then by body.
pub(crate) fn match_speeches(
    speeches: &[Speech],
    entries: &[Entry],
    bodies: &BTreeMap<String, String>,
) -> Vec<Option<usize>> {
    let mut matching = Matching {
        identities: speeches.iter().map(Identity::of).collect(),
        entries,
        found: vec![None; speeches.len()],
    };
    matching.by_speaker_and_title();
    matching.by_title();
    let pairs = |text: &str| pairs(text);
    let new: Vec<BTreeSet<(char, char)>> = speeches.iter().map(|speech| pairs(&joined(speech))).collect();
    let old: Vec<BTreeSet<(char, char)>> = entries
        .iter()
        .map(|entry| bodies.get(&entry.file).map(|body| pairs(body)).unwrap_or_default())
        .collect();
    matching.by_body(&new, &old, SAME_SPEAKER, |identity, entry| {
        !identity.speakers.is_empty() && identity.speakers == entry.speakers
    });
    matching.by_body(&new, &old, SAME_BODY, |_, _| true);
    matching.found
}

struct Matching<'a> {
    identities: Vec<Identity>,
    entries: &'a [Entry],
    found: Vec<Option<usize>>,
}

impl Matching<'_> {
    fn open_speeches(&self) -> Vec<usize> {
        (0..self.found.len()).filter(|speech| self.found[*speech].is_none()).collect()
    }

    fn open_entries(&self) -> Vec<usize> {
        let open = |entry: &usize| !self.found.contains(&Some(*entry));
        (0..self.entries.len()).filter(open).collect()
    }

    fn by_speaker_and_title(&mut self) {
        for speech in self.open_speeches() {
            let identity = &self.identities[speech];
            let same = |entry: &usize| {
                self.entries[*entry].title == identity.title
                    && self.entries[*entry].speakers == identity.speakers
            };
            self.found[speech] = self.open_entries().into_iter().find(same);
        }
    }

    fn by_title(&mut self) {
        let speeches = self.open_speeches();
        let entries = self.open_entries();
        for &speech in &speeches {
            let title = &self.identities[speech].title;
            let twins = speeches.iter().filter(|other| self.identities[**other].title == *title).count();
            let mut same = entries.iter().filter(|entry| self.entries[**entry].title == *title);
            if let (1, Some(entry), None) = (twins, same.next(), same.next()) {
                self.found[speech] = Some(*entry);
            }
        }
    }

    fn by_body(
        &mut self,
        new: &[BTreeSet<(char, char)>],
        old: &[BTreeSet<(char, char)>],
        least: f64,
        eligible: impl Fn(&Identity, &Entry) -> bool,
    ) {
        for speech in self.open_speeches() {
            let mut best: Option<(f64, usize)> = None;
            for entry in self.open_entries() {
                if eligible(&self.identities[speech], &self.entries[entry]) {
                    let share = agreement(&new[speech], &old[entry]);
                    if share >= least && best.is_none_or(|(most, _)| share > most) {
                        best = Some((share, entry));
                    }
                }
            }
            self.found[speech] = best.map(|(_, entry)| entry);
        }
    }
}

fn joined(speech: &Speech) -> String {
    speech.body.iter().map(|piece| piece.text.as_str()).collect()
}

/// The neighbouring characters of a text, blanks and escapes left out.
fn pairs(text: &str) -> BTreeSet<(char, char)> {
    let characters: Vec<char> = text.chars().filter(|c| !c.is_whitespace() && *c != '\\').collect();
    characters.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?))).collect()
}

/// What two sets share of all that either has.
fn agreement(a: &BTreeSet<(char, char)>, b: &BTreeSet<(char, char)>) -> f64 {
    let count = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    let shared = a.intersection(b).count();
    let all = a.len() + b.len() - shared;
    if all == 0 { 0.0 } else { count(shared) / count(all) }
}
