//! Proves before a site is published that no sentence of a speech that is not public stands in any file of it.
//!
//! The rest of the program never sees such a text; this is the second lock on the same door. It also finds a draft that an
//! editor has put into `content/static/`.

use std::collections::BTreeSet;
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::hosts::policy::TEXTS;
use crate::inputs::{Again, Inputs};
use crate::output::Output;
use crate::site::{Site, links};

/// Characters that a sentence has at least: what is shorter may be said by anybody.
const SHORTEST: usize = 12;

/// Of a longer sentence, so many characters are looked for.
const LOOKED_FOR: usize = 24;

/// Sentences that stand in hidden speeches and in no public source.
pub struct Secrets {
    /// The sentence and the file it is from.
    sentences: Vec<(String, String)>,
    finder: Option<AhoCorasick>,
}

impl Secrets {
    /// The secrets of a site, in the script of each of its editions.
    /// `again` reads sources that are forgotten, and is asked only where something is hidden.
    pub fn of<'a>(
        inputs: &Inputs,
        again: &Again<'_>,
        editions: impl IntoIterator<Item = &'a Site>,
    ) -> Secrets {
        let mut sentences = BTreeSet::new();
        let mut public = Vec::new();
        let mut bodies = Vec::new();
        let mut hidden = BTreeSet::new();
        for site in editions {
            for one in &site.hidden {
                hidden.insert(one.file.as_str());
                let found = one.paragraphs.iter().flat_map(|text| cut(text));
                sentences.extend(found.map(|sentence| (sentence.to_owned(), one.file.clone())));
            }
            if !hidden.is_empty() {
                bodies.extend(links::texts(site).map(|text| text.body));
                let notices = site.withdrawn.iter().filter_map(|one| one.withdrawn.note.as_deref());
                public.extend(notices.map(str::as_bytes));
            }
        }
        if sentences.is_empty() {
            return Secrets { sentences: Vec::new(), finder: None };
        }
        let settings = inputs.below("content/").filter(|(path, _)| path.ends_with(".toml"));
        public.extend(settings.map(|(_, bytes)| bytes));
        let texts: Vec<&str> = inputs.forgotten().filter(|path| !hidden.contains(path)).collect();
        let sentences: Vec<_> = sentences.into_iter().collect();
        let Some(finder) = finder(&sentences) else { return Secrets { sentences, finder: None } };
        let within = |text: &[u8]| {
            let found = finder.find_overlapping_iter(text).map(|found| found.pattern().as_usize());
            found.collect::<Vec<_>>()
        };
        let in_texts = texts.into_par_iter().filter_map(|path| inputs.again(path, again));
        let in_texts = in_texts.flat_map_iter(|text| within(&text));
        let in_bodies = bodies.into_par_iter().flat_map_iter(|body| {
            let read = body.read();
            read.paragraphs().flat_map(|paragraph| within(paragraph.text.as_bytes())).collect::<Vec<_>>()
        });
        let is_public: BTreeSet<usize> =
            public.into_par_iter().flat_map_iter(within).chain(in_bodies).chain(in_texts).collect();
        let kept = sentences.into_iter().enumerate().filter(|(i, _)| !is_public.contains(i));
        let sentences: Vec<_> = kept.map(|(_, sentence)| sentence).collect();
        let finder = finder_of_some(&sentences);
        Secrets { sentences, finder }
    }

    /// Reports each file of `output` in which a secret stands.
    pub fn check(&self, output: &Output) -> Vec<Diagnostic> {
        let Some(finder) = &self.finder else { return Vec::new() };
        let paths: Vec<&str> = output.paths().filter(|path| is_text(path)).collect();
        let in_file = |path: &&str| {
            let bytes = output.bytes(path).ok()?;
            let found = finder.find(&*bytes)?;
            let (sentence, source) = &self.sentences[found.pattern().as_usize()];
            Some(Diagnostic::hidden_text(source, sentence, &format!("public/{path}")))
        };
        paths.par_iter().filter_map(in_file).collect()
    }
}

fn finder_of_some(sentences: &[(String, String)]) -> Option<AhoCorasick> {
    if sentences.is_empty() { None } else { finder(sentences) }
}

fn finder(sentences: &[(String, String)]) -> Option<AhoCorasick> {
    let patterns = sentences.iter().map(|(sentence, _)| sentence);
    AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(patterns).ok()
}

/// The parts of a text that every format of the output writes in the same way, and that are long enough to be told from
/// what others say.
fn cut(text: &str) -> impl Iterator<Item = &str> {
    let ends = |c: char| c.is_control() || "。！？；!?;…\"'<>&\\".contains(c);
    text.split(ends).map(str::trim).filter_map(|sentence| Some(&sentence[looked_for(sentence)?]))
}

fn looked_for(sentence: &str) -> Option<Range<usize>> {
    sentence.chars().nth(SHORTEST - 1)?;
    Some(0..sentence.char_indices().nth(LOOKED_FOR).map_or(sentence.len(), |(at, _)| at))
}

fn is_text(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| TEXTS.contains(&ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_cut_where_formats_differ() {
        let text = "短句。社区食堂要算清楚每一笔细账，不能只看热闹。他说“好”\"quoted words are cut here\"!";
        let found: Vec<&str> = cut(text).collect();
        assert_eq!(found, ["社区食堂要算清楚每一笔细账，不能只看热闹", "quoted words are cut her"]);
    }
}
