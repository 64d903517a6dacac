//! Digits of a text as people write long numbers: groups with blanks, hyphens or brackets between them.

use std::ops::Range;

/// Signs in a row that may stand between two groups of one number, as in `（027） 8271`.
const GAP: usize = 3;

/// Digits that the shortest of all such numbers has.
const LEAST: usize = 10;

/// Bytes before a number in which an address is looked for.
const NEAR: usize = 512;

/// Digits without anything between them.
#[derive(Debug, Clone)]
pub(super) struct Group {
    /// Bytes of the text.
    pub(super) span: Range<usize>,
    /// Its digits as ASCII; a final X belongs to it.
    pub(super) digits: String,
}

/// Groups that could be one number.
#[derive(Debug, Default)]
pub(super) struct Chain {
    pub(super) groups: Vec<Group>,
}

/// A digit, of full width or not, as ASCII.
pub(super) fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')),
        _ => None,
    }
}

/// Whether it is the letter that stands for ten at the end of an identity number.
pub(super) fn is_check_letter(c: char) -> bool {
    matches!(c, 'x' | 'X' | 'ｘ' | 'Ｘ')
}

/// All chains of `text` that have digits enough.
pub(super) fn chains(text: &str) -> Vec<Chain> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|c| digit(c).is_some()).map(|i| at + i) {
        let chain = chain(text, start);
        at = chain.groups.last().map_or(text.len(), |group| group.span.end);
        if chain.groups.iter().map(|group| group.digits.len()).sum::<usize>() >= LEAST {
            found.push(chain);
        }
    }
    found
}

/// Whether a number at `span` is no part of a word, an amount, a fraction, or an address of the web or of a file.
pub(super) fn stands_free(text: &str, span: &Range<usize>) -> bool {
    begins_freely(&text[..span.start]) && ends_freely(&text[span.end..])
}

/// The chain that begins at byte `start`, where a digit is.
fn chain(text: &str, start: usize) -> Chain {
    let mut chain = Chain::default();
    let mut at = start;
    loop {
        let group = group(text, at);
        let end = group.span.end;
        let ended = group.digits.ends_with('X');
        chain.groups.push(group);
        let gap: usize = text[end..].chars().take_while(|c| is_gap(*c)).take(GAP).map(char::len_utf8).sum();
        if ended || gap == 0 || !text[end + gap..].starts_with(|c| digit(c).is_some()) {
            return chain;
        }
        at = end + gap;
    }
}

fn group(text: &str, start: usize) -> Group {
    let mut digits = String::new();
    let mut end = start;
    for (at, c) in text[start..].char_indices() {
        match digit(c) {
            Some(digit) => digits.push(digit),
            None if is_invisible(c) => continue,
            None => break,
        }
        end = start + at + c.len_utf8();
    }
    let mut rest = text[end..].chars();
    if let Some(letter) = rest.next().filter(|c| is_check_letter(*c))
        && !rest.next().is_some_and(is_word)
    {
        digits.push('X');
        end += letter.len_utf8();
    }
    Group { span: start..end, digits }
}

fn is_gap(c: char) -> bool {
    matches!(
        c,
        ' ' | '\u{A0}' | '\u{3000}' | '-' | '－' | '\u{2010}'
            ..='\u{2015}' | '(' | ')' | '（' | '）' | '*' | '\\'
    )
}

/// Left out of published text, so that it cannot part a number.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{AD}' | '\u{2060}')
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn begins_freely(before: &str) -> bool {
    let near = (before.len().saturating_sub(NEAR)..=before.len()).find(|at| before.is_char_boundary(*at));
    let near = &before[near.unwrap_or(before.len())..];
    let word_start = near.char_indices().rev().find(|(_, c)| !c.is_ascii_graphic());
    let word = near[word_start.map_or(0, |(at, c)| at + c.len_utf8())..].to_ascii_lowercase();
    if ["tel", "phone", "mobile", "tel:"].iter().any(|label| word.ends_with(label)) {
        return true;
    }
    let in_address = word.contains("://") || word.contains("](") || word.starts_with("www.");
    let in_path = word.len() > 1 && word.ends_with('/') && word.starts_with(['/', '.']);
    !in_address && !in_path && !word.ends_with(is_word) && !near.ends_with(['.', '=', '&', '$', '¥', '￥'])
}

fn ends_freely(after: &str) -> bool {
    let mut chars = after.chars();
    match chars.next() {
        Some('.') => !chars.next().is_some_and(is_word),
        Some(c) => !is_word(c) && !"元万亿%％‰℃吨".contains(c),
        None => true,
    }
}
