//! Numbers of persons in texts: resident identity numbers, telephone numbers and bank cards, found by their form.

mod chains;
mod kinds;

use std::borrow::Cow;
use std::ops::Range;

use chains::{Chain, chains};
pub use kinds::Kind;

/// Digits of a number that are shown at its beginning and at its end.
const SHOWN: (usize, usize) = (3, 4);

/// A number that seems to belong to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonalNumber {
    /// Bytes of the text.
    pub span: Range<usize>,
    /// What it seems to be.
    pub kind: Kind,
    /// Its digits (and a final X) without anything between them.
    pub digits: String,
}

impl PersonalNumber {
    /// The number with its middle hidden, for messages.
    pub fn masked(&self) -> String {
        let last = self.digits.len() - SHOWN.1;
        let hide = |(at, digit)| if (SHOWN.0..last).contains(&at) { '*' } else { digit };
        self.digits.chars().enumerate().map(hide).collect()
    }

    /// Whether it is one of `public`, however either is written.
    pub fn is_among(&self, public: &[String]) -> bool {
        let own = identity(&self.digits);
        public.iter().any(|number| identity(&folded(number)) == own)
    }
}

/// Every such number of `text`, in order. Addresses of the web and of files are passed over.
pub fn find(text: &str) -> Vec<PersonalNumber> {
    let free = |number: &PersonalNumber| chains::stands_free(text, &number.span);
    chains(text).iter().flat_map(in_chain).filter(free).collect()
}

/// `text` with the middle digits of every such number as asterisks; as many bytes as before.
pub fn masked(text: &str) -> Cow<'_, str> {
    let found = find(text);
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut masked = String::with_capacity(text.len());
    let mut done = 0;
    for number in &found {
        masked.push_str(&text[done..number.span.start]);
        let last = number.digits.len() - SHOWN.1;
        let mut at = 0;
        for c in text[number.span.clone()].chars() {
            let is_digit = chains::digit(c).is_some() || chains::is_check_letter(c);
            let hidden = is_digit && (SHOWN.0..last).contains(&at);
            masked.push(match (hidden, c.is_ascii()) {
                (true, true) => '*',
                (true, false) => '＊',
                (false, _) => c,
            });
            at += usize::from(is_digit);
        }
        done = number.span.end;
    }
    masked.push_str(&text[done..]);
    Cow::Owned(masked)
}

fn in_chain(chain: &Chain) -> Vec<PersonalNumber> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chain.groups.len() {
        let Some((kind, count)) = kinds::recognise(&chain.groups[at..]) else {
            at += 1;
            continue;
        };
        let groups = &chain.groups[at..at + count];
        found.push(PersonalNumber {
            span: groups[0].span.start..groups[count - 1].span.end,
            kind,
            digits: groups.iter().map(|group| group.digits.as_str()).collect(),
        });
        at += count;
    }
    found
}

/// The digits of a number as an editor wrote it.
fn folded(number: &str) -> String {
    let letter = |c| chains::is_check_letter(c).then_some('X');
    number.chars().filter_map(|c| chains::digit(c).or_else(|| letter(c))).collect()
}

/// The digits without the signs of a call across a border: `+86 27 …`, `0086 27 …` and `027 …` are one number.
fn identity(digits: &str) -> &str {
    let national = digits.trim_start_matches('0');
    match national.strip_prefix("86") {
        Some(rest) if national.len() > 11 => rest,
        _ => national,
    }
}

#[cfg(test)]
mod tests;
