//! Queries: their grammar, and the speeches that answer them at build time (`[[saved_searches]]`).
//!
//! `client/query.js` reads queries in the same way, and both pass `vectors.json`.

use super::tokens::{Script, Unit, units};

/// The most terms of a query; further ones are not looked at.
const TERMS: usize = 16;
/// The most units of a term; further ones are not looked at.
pub const UNITS: usize = 64;

/// One word or phrase of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// As it was written, without quotation marks and minus.
    pub text: String,
    /// Between quotation marks: found as it is, never anything near it.
    pub quoted: bool,
    /// After a minus: speeches that have it are left out.
    pub excluded: bool,
}

/// The terms of a query: parted by blanks, phrases between quotation marks, a minus before what is not wanted.
///
/// A quotation mark means something at the beginning of a term only; elsewhere, and all other signs everywhere, it is
/// plain text. A phrase without its closing mark goes to the end.
pub fn terms(query: &str) -> Vec<Term> {
    let mut terms = Vec::new();
    let mut rest = query.trim_start();
    while let Some(first) = rest.chars().next() {
        if terms.len() == TERMS {
            break;
        }
        let after = rest[first.len_utf8()..].chars().next();
        let excluded = matches!(first, '-' | '－' | '−') && after.is_some_and(|c| !c.is_whitespace());
        if excluded {
            rest = &rest[first.len_utf8()..];
        }
        let opening = rest.chars().next().unwrap_or(' ');
        let (text, next) = match closing(opening) {
            Some(marks) => cut(&rest[opening.len_utf8()..], |c| marks.contains(&c)),
            None => cut(rest, char::is_whitespace),
        };
        terms.push(Term { text: text.to_owned(), quoted: closing(opening).is_some(), excluded });
        rest = next.trim_start();
    }
    terms
}

/// The marks that end what `opening` begins; none where it is no quotation mark.
fn closing(opening: char) -> Option<&'static [char]> {
    match opening {
        '"' | '“' | '”' | '＂' => Some(&['"', '“', '”', '＂']),
        '「' => Some(&['」']),
        '『' => Some(&['』']),
        _ => None,
    }
}

fn cut(text: &str, ends: impl Fn(char) -> bool) -> (&str, &str) {
    match text.char_indices().find(|(_, c)| ends(*c)) {
        Some((at, c)) => (&text[..at], &text[at + c.len_utf8()..]),
        None => (text, ""),
    }
}

/// A query whose terms are cut into units.
pub struct Query {
    terms: Vec<(Term, Vec<(u32, Unit)>)>,
}

impl Query {
    /// Reads a query. Terms without any letter or digit count for nothing.
    pub fn new(query: &str, script: Script) -> Query {
        let cut = |term: Term| {
            let mut units = units(&term.text, script).0;
            units.truncate(UNITS);
            (term, units)
        };
        Query { terms: terms(query).into_iter().map(cut).filter(|(_, units)| !units.is_empty()).collect() }
    }

    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.terms.iter().all(|(term, _)| term.excluded)
    }

    /// Whether a speech with these units ([`super::zones::positions`]) has every term and none that is excluded.
    pub fn matches(&self, speech: &[(u32, Unit)]) -> bool {
        self.terms.iter().all(|(term, units)| has(speech, units, term.quoted) != term.excluded)
    }
}

/// Whether the units stand in the speech at the same distances; a last word may be the beginning of a longer one.
fn has(speech: &[(u32, Unit)], wanted: &[(u32, Unit)], quoted: bool) -> bool {
    (0..speech.len()).any(|start| {
        let at = |offset: u32| {
            let position = speech[start].0 + offset;
            speech[start..].binary_search_by_key(&position, |(at, _)| *at).ok().map(|i| &speech[start + i].1)
        };
        wanted.iter().enumerate().all(|(i, (offset, unit))| match (at(offset - wanted[0].0), unit) {
            (Some(Unit::Word(found)), Unit::Word(word)) if !quoted && i + 1 == wanted.len() => {
                found == word || (word.chars().count() > 1 && found.starts_with(word.as_str()))
            }
            (found, unit) => found == Some(unit),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(query: &str, text: &str) -> bool {
        Query::new(query, Script::Mixed).matches(&units(text, Script::Mixed).0)
    }

    #[test]
    fn what_a_query_finds() {
        let text = "加强领导，发展AI与5G网络，增长3.5%。";
        for query in ["领导", "领导，发展", "\"强领导\"", "5g网", "3.5%", "网络 领导 -农业", "ＡＩ"]
        {
            assert!(found(query, text), "{query}");
        }
        for query in ["导发", "领导 -发展", "i与", "3.5万", "-网络"] {
            assert!(!found(query, text), "{query}");
        }
        assert!(found("digi", "a digital city") && !found("\"digi\"", "a digital city"));
        assert!(Query::new("-a , 。", Script::Mixed).is_empty());
    }
}
