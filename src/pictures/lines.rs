//! Breaks a title into lines: by the rules of Chinese, Latin words whole, all lines about equally long.

use super::font::Letters;
use crate::chinese::characters::{is_cjk, is_cjk_punctuation, is_han, is_quote_or_dash};

/// No line begins with one of these (W3C clreq, 3.1.3).
const CLOSING: &str = "，。、；：？！）》〉」』】〕］｝”’…—～·・％‰℃,.;:?!)]}%々";
/// No line ends with one of these.
const OPENING: &str = "（《〈「『【〔［｛“‘([{￥$#";
/// Characters that belong to what stands before them.
const TRAILING: &str = "的地得了着过们化性者于";
/// Full-width marks whose right half is empty (W3C clreq, 3.1.6).
const LEFT_HALF: &str = "，。、；：！？）》〉」』】〕”’";
/// Full-width marks whose left half is empty.
const RIGHT_HALF: &str = "（《〈「『【〔“‘";

/// Where a character stands in its line, in em.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed {
    /// The character.
    pub character: char,
    /// Distance from the line's beginning.
    pub x: f32,
}

/// One line with all its characters placed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Line {
    /// Characters from left to right.
    pub placed: Vec<Placed>,
    /// Length in em.
    pub width: f32,
}

/// Characters with their advances in em.
type Measured = [(char, f32)];

/// Sets a text in one line. Marks beside each other share their room; at the line's edges their empty halves are cut.
pub fn line(letters: &Letters<'_>, text: &str) -> Line {
    set(&measured(letters, text))
}

fn measured(letters: &Letters<'_>, text: &str) -> Vec<(char, f32)> {
    let chars: Vec<char> = text.trim().chars().collect();
    let form = |i: usize| latin_form(i.checked_sub(1).map(|i| chars[i]), chars[i], chars.get(i + 1).copied());
    (0..chars.len()).map(form).map(|c| (c, letters.advance(c))).collect()
}

/// An apostrophe inside a Latin word is not the full-width mark of a Chinese font.
fn latin_form(before: Option<char>, c: char, after: Option<char>) -> char {
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_cjk(c));
    if c == '’' && is_letter(before) && is_letter(after) { '\'' } else { c }
}

fn set(chars: &Measured) -> Line {
    let mut placed = Vec::with_capacity(chars.len());
    let width = walk(chars, |character, x| placed.push(Placed { character, x }));
    Line { placed, width }
}

/// Hands every character of a line and its place to `put`; gives back the length of the line.
fn walk(chars: &Measured, mut put: impl FnMut(char, f32)) -> f32 {
    let blank = |(c, _): &(char, f32)| c.is_whitespace();
    let end = chars.iter().rposition(|c| !blank(c)).map_or(0, |last| last + 1);
    let is_wide = |advance: f32| advance > 0.9;
    let mut pen = 0.0;
    for (i, &(c, advance)) in chars[..end].iter().enumerate() {
        let before = i.checked_sub(1).map(|i| chars[i].0);
        let after = chars[..end].get(i + 1).filter(|(_, advance)| is_wide(*advance)).map(|(c, _)| *c);
        let half = if is_wide(advance) { advance / 2.0 } else { 0.0 };
        let opens = RIGHT_HALF.contains(c) && before.is_none_or(|before| RIGHT_HALF.contains(before));
        let closes = LEFT_HALF.contains(c)
            && (i + 1 == end
                || after.is_some_and(|after| LEFT_HALF.contains(after) || RIGHT_HALF.contains(after)));
        let (left, right) = (if opens { half } else { 0.0 }, if closes { half } else { 0.0 });
        put(c, pen - left);
        pen += advance - left - right;
    }
    pen
}

/// Breaks `text` into as few lines of at most `width` em as it needs, about equally long.
///
/// None where that takes more than `most` lines, or a word is longer than a line.
pub fn lines(letters: &Letters<'_>, text: &str, width: f32, most: usize) -> Option<Vec<Line>> {
    let chars = measured(letters, text);
    let breaks = breaks(&chars);
    let measure = |from: usize, to: usize| walk(&chars[breaks[from]..breaks[to]], |_, _| {});
    let ends = ends(breaks.len() - 1, width, most, &measure, &|at| cost(&chars, breaks[at]))?;
    let mut from = 0;
    let mut lines = Vec::new();
    for to in ends {
        lines.push(set(&chars[breaks[from]..breaks[to]]));
        from = to;
    }
    Some(lines)
}

/// Breaks `text` as [`lines`] does, but so that a line ends wherever a blank parts two Chinese clauses.
pub fn clauses(letters: &Letters<'_>, text: &str, width: f32, most: usize) -> Option<Vec<Line>> {
    let mut broken: Vec<Line> = Vec::new();
    for clause in parted(text) {
        broken.extend(lines(letters, clause, width, most.checked_sub(broken.len())?)?);
    }
    Some(broken)
}

/// The parts of a text between blanks that stand between Chinese characters.
fn parted(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut begin = 0;
    for (at, blank) in text.char_indices().filter(|(_, c)| c.is_whitespace()) {
        let (before, after) = (&text[begin..at], &text[at + blank.len_utf8()..]);
        if before.chars().next_back().is_some_and(is_cjk) && after.chars().next().is_some_and(is_cjk) {
            parts.push(before);
            begin = at + blank.len_utf8();
        }
    }
    parts.push(&text[begin..]);
    parts
}

/// As much of `text` as fits `most` lines, with an ellipsis where something is left out.
pub fn shortened(letters: &Letters<'_>, text: &str, width: f32, most: usize) -> Vec<Line> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    if let Some(lines) = lines(letters, text, width, most) {
        return lines;
    }
    let chars: Vec<char> = text.chars().collect();
    let cut = |length: usize| {
        let kept: String = chars[..length].iter().collect();
        let is_mark = |c: char| c.is_whitespace() || CLOSING.contains(c) || OPENING.contains(c);
        format!("{}…", kept.trim_end_matches(is_mark))
    };
    let fits = |length: usize| lines(letters, &cut(length), width, most);
    let (mut least, mut above) = (0, chars.len());
    while least + 1 < above {
        let middle = (least + above) / 2;
        if fits(middle).is_some() { least = middle } else { above = middle }
    }
    fits(least).unwrap_or_default()
}

/// The places where a line can end, as numbers of characters: 0, places between, the whole length.
fn breaks(chars: &Measured) -> Vec<usize> {
    let mut breaks = vec![0];
    breaks.extend((1..chars.len()).filter(|i| !holds_together(chars[i - 1].0, chars[*i].0)));
    if !chars.is_empty() {
        breaks.push(chars.len());
    }
    breaks
}

/// Whether no line ends between two characters.
fn holds_together(before: char, after: char) -> bool {
    if after.is_whitespace() {
        return true;
    }
    if before.is_whitespace() {
        return false;
    }
    if CLOSING.contains(after) || OPENING.contains(before) {
        return true;
    }
    let breaks = |c: char| is_cjk(c) || is_quote_or_dash(c);
    !breaks(before) && !breaks(after)
}

/// How bad it is to end a line before the character `at`: best beside a mark or blank, worst within a run of Han.
fn cost(chars: &Measured, at: usize) -> f32 {
    let Some((next, _)) = chars.get(at) else { return 0.0 };
    let (last, _) = chars[at - 1];
    let is_mark = |c: char| is_cjk_punctuation(c) || is_quote_or_dash(c) || c.is_whitespace();
    if last.is_whitespace() && next.is_ascii_alphanumeric() {
        0.05
    } else if is_mark(last) || is_mark(*next) {
        0.0
    } else if TRAILING.contains(*next) || last.is_ascii_alphanumeric() {
        0.2
    } else if is_han(last) && is_han(*next) && last != '的' {
        0.1
    } else {
        0.05
    }
}

/// Where lines end, so that they are as few as possible and then as equal as possible.
fn ends(
    count: usize,
    width: f32,
    most: usize,
    measure: &dyn Fn(usize, usize) -> f32,
    cost: &dyn Fn(usize) -> f32,
) -> Option<Vec<usize>> {
    // best[n][to]: least badness of the pieces before `to` in n lines, and where the last of these lines begins.
    let mut best: Vec<Vec<Option<(f32, usize)>>> = vec![vec![None; count + 1]];
    best[0][0] = Some((0.0, 0));
    for n in 1..=most {
        let of_line = |from: usize, to: usize| {
            let (before, _) = best[n - 1][from]?;
            let slack = (width - measure(from, to)) / width;
            Some((before + slack * slack + cost(to), from))
        };
        let of_all = |to: usize| {
            let lines = (0..to).rev().take_while(|from| measure(*from, to) <= width);
            lines.filter_map(|from| of_line(from, to)).min_by(|a, b| a.0.total_cmp(&b.0))
        };
        let row = (0..=count).map(of_all).collect();
        best.push(row);
        if best[n][count].is_some() {
            let mut ends = vec![count];
            for n in (2..=n).rev() {
                let (_, from) = best[n][*ends.last()?]?;
                ends.push(from);
            }
            ends.reverse();
            return Some(ends);
        }
    }
    None
}
