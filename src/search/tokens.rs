//! Units of text: what the index counts positions in.
//!
//! `client/tokens.js` is the same in JavaScript, and both pass `vectors.json`.
//!
//! Text and queries are cut alike, so that nothing is missed: a character of Chinese, Japanese, Korean, Thai, Lao,
//! Khmer or Burmese, a digit, a decimal point between digits and a percent sign after one are units of their own; a
//! run of other letters is one unit. Blanks part words and take no room, but between two characters of these scripts
//! they are punctuation, as in a title of two lines. Punctuation takes one position, however
//! much of it there is, so that a sentence is found with its commas, and no pair reaches over a comma.

use unicode_normalization::UnicodeNormalization;

use super::traditional;

/// The longest word in characters; a longer run of letters is cut into several.
pub const LONGEST_WORD: usize = 40;

/// One unit of text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// A character that stands for itself.
    Character(char),
    /// A run of letters, folded.
    Word(String),
}

impl Unit {
    /// The unit as it stands in a key of the index.
    pub fn text(&self) -> String {
        match self {
            Unit::Character(c) => c.to_string(),
            Unit::Word(word) => word.clone(),
        }
    }
}

/// How Traditional characters are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// Those that no Simplified text uses become Simplified.
    Mixed,
    /// All become Simplified, also those that Simplified text uses with another meaning (著, 乾).
    Traditional,
}

impl Script {
    /// The script of a language by its BCP 47 tag.
    pub fn of(language: &str) -> Script {
        let lower = language.to_lowercase();
        let hant = lower.split('-').any(|part| matches!(part, "hant" | "tw" | "hk" | "mo"));
        if lower.starts_with("zh") && hant { Script::Traditional } else { Script::Mixed }
    }
}

/// Cuts `text` into units, each with its position from 0, in order; also gives the room the text takes.
pub fn units(text: &str, script: Script) -> (Vec<(u32, Unit)>, u32) {
    let mut cutter = Cutter { units: Vec::with_capacity(text.len() / 3), ..Cutter::default() };
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let digit_before = cutter.after_digit();
        match c {
            '\u{4E00}'..='\u{9FFF}' => cutter.character(traditional::simplified(c, script)),
            '.' | '．' if digit_before && rest.peek().is_some_and(|next| is_digit(folded_one(*next))) => {
                cutter.character('.');
            }
            '%' | '％' if digit_before => cutter.character('%'),
            usual if is_usual_mark(usual) => cutter.mark(),
            ascii if ascii.is_ascii() => cutter.folded(ascii.to_ascii_lowercase()),
            _ => {
                for c in folded(c) {
                    cutter.folded(traditional::simplified(c, script));
                }
            }
        }
    }
    cutter.end_word();
    (cutter.units, cutter.next)
}

#[derive(Default)]
struct Cutter {
    units: Vec<(u32, Unit)>,
    word: String,
    next: u32,
    gap: bool,
    blank: bool,
}

impl Cutter {
    fn after_digit(&self) -> bool {
        self.word.is_empty()
            && !self.gap
            && matches!(self.units.last(), Some((_, Unit::Character(c))) if is_digit(*c))
    }

    fn folded(&mut self, c: char) {
        match class(c) {
            Class::Nothing => {}
            Class::Blank => {
                self.end_word();
                self.blank = true;
            }
            Class::Mark => self.mark(),
            Class::Character => self.character(c),
            Class::Letter => {
                if self.word.chars().count() == LONGEST_WORD {
                    self.end_word();
                }
                self.word.push(c);
            }
        }
    }

    fn mark(&mut self) {
        self.end_word();
        self.gap = !self.units.is_empty();
    }

    fn character(&mut self, c: char) {
        self.end_word();
        let parted = |c: char| !c.is_ascii();
        if self.blank && parted(c) && matches!(self.units.last(), Some((_, Unit::Character(c))) if parted(*c))
        {
            self.gap = true;
        }
        self.push(Unit::Character(c));
    }

    fn end_word(&mut self) {
        if !self.word.is_empty() {
            let word = std::mem::take(&mut self.word);
            self.push(Unit::Word(word));
        }
    }

    fn push(&mut self, unit: Unit) {
        self.next += u32::from(std::mem::take(&mut self.gap));
        self.blank = false;
        self.units.push((self.next, unit));
        self.next += 1;
    }
}

/// The marks that a Chinese text is full of: folded they are marks as well, but folding takes its time.
fn is_usual_mark(c: char) -> bool {
    matches!(c, '，' | '。' | '、' | '；' | '：' | '？' | '！' | '“' | '”' | '《' | '》' | '（' | '）')
}

/// Lower case, compatibility forms undone; diacritics of Latin, Greek and Cyrillic dropped.
fn folded(c: char) -> impl Iterator<Item = char> {
    let decomposed = c < '\u{3000}';
    let composed = if decomposed { None } else { Some(c) };
    let decomposed = decomposed.then_some(c);
    composed
        .into_iter()
        .nfkc()
        .chain(decomposed.into_iter().nfkd())
        .flat_map(char::to_lowercase)
        .filter(|c| !matches!(c, '\u{300}'..='\u{36F}'))
}

fn folded_one(c: char) -> char {
    folded(c).next().unwrap_or(c)
}

/// The decimal digits that are left after folding: those of ASCII.
fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

enum Class {
    Nothing,
    Blank,
    Mark,
    Character,
    Letter,
}

fn class(c: char) -> Class {
    match c {
        'a'..='z' => Class::Letter,
        '0'..='9' => Class::Character,
        c if within(c, NOTHING) => Class::Nothing,
        c if within(c, BLANKS) => Class::Blank,
        c if within(c, MARKS) => Class::Mark,
        c if within(c, CHARACTERS) => Class::Character,
        _ => Class::Letter,
    }
}

fn within(c: char, ranges: &[(u32, u32)]) -> bool {
    let code = c as u32;
    let after = ranges.partition_point(|(first, _)| *first <= code);
    after > 0 && code <= ranges[after - 1].1
}

/// Invisible characters that mean nothing: sorted ranges of code points.
pub const NOTHING: &[(u32, u32)] = &[
    (0xAD, 0xAD),
    (0x200B, 0x200F),
    (0x2060, 0x2064),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xE0000, 0xE01EF),
];

/// Blanks: sorted ranges of code points.
pub const BLANKS: &[(u32, u32)] = &[
    (0x09, 0x0D),
    (0x20, 0x20),
    (0x85, 0x85),
    (0xA0, 0xA0),
    (0x1680, 0x1680),
    (0x2000, 0x200A),
    (0x2028, 0x2029),
    (0x202F, 0x202F),
    (0x205F, 0x205F),
    (0x3000, 0x3000),
];

/// Punctuation, symbols, pictures and what is assigned to nobody: sorted ranges of code points.
pub const MARKS: &[(u32, u32)] = &[
    (0x00, 0x60),
    (0x7B, 0xBF),
    (0xD7, 0xD7),
    (0xF7, 0xF7),
    (0x2B9, 0x2FF),
    (0x37E, 0x37E),
    (0x387, 0x387),
    (0x55A, 0x55F),
    (0x589, 0x58F),
    (0x5BE, 0x5BE),
    (0x5C0, 0x5C0),
    (0x5C3, 0x5C3),
    (0x5F3, 0x5F4),
    (0x600, 0x60F),
    (0x61B, 0x61F),
    (0x66A, 0x66D),
    (0x6D4, 0x6D4),
    (0x964, 0x965),
    (0xE3F, 0xE3F),
    (0x2010, 0x2027),
    (0x202A, 0x202E),
    (0x2030, 0x205E),
    (0x2065, 0x206F),
    (0x207A, 0x207E),
    (0x208A, 0x208E),
    (0x20A0, 0x20CF),
    (0x2190, 0x2BFF),
    (0x2E00, 0x2E7F),
    (0x2FF0, 0x2FFF),
    (0x3001, 0x3004),
    (0x3008, 0x3020),
    (0x3030, 0x3030),
    (0x303D, 0x303F),
    (0x30A0, 0x30A0),
    (0x30FB, 0x30FB),
    (0xD800, 0xF8FF),
    (0xFE10, 0xFE6F),
    (0xFF00, 0xFF65),
    (0xFFE0, 0xFFFF),
    (0x1F000, 0x1FAFF),
    (0xF0000, 0x10FFFF),
];

/// Scripts that put no blanks between words, and Korean: sorted ranges of code points.
pub const CHARACTERS: &[(u32, u32)] = &[
    (0xE01, 0xEFF),
    (0x1000, 0x109F),
    (0x1100, 0x11FF),
    (0x1780, 0x17FF),
    (0x2E80, 0x2FDF),
    (0x3005, 0x3007),
    (0x3021, 0x302F),
    (0x3031, 0x303C),
    (0x3041, 0x31FF),
    (0x3400, 0x9FFF),
    (0xA960, 0xA97F),
    (0xAA60, 0xAA7F),
    (0xAC00, 0xD7FF),
    (0xF900, 0xFAFF),
    (0xFF66, 0xFFDC),
    (0x16FE0, 0x18DFF),
    (0x1AFF0, 0x1B2FF),
    (0x20000, 0x3FFFF),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_folded_would_be_the_same_folded() {
        for c in ('\0'..=char::MAX).filter(|c| is_usual_mark(*c)) {
            assert!(folded(c).all(|c| matches!(class(c), Class::Mark)), "{c}");
        }
        for c in '\0'..='\x7F' {
            assert_eq!(folded(c).collect::<Vec<_>>(), [c.to_ascii_lowercase()]);
        }
    }

    proptest::proptest! {
        #[test]
        fn positions_grow_and_nothing_panics(text in "\\PC{0,60}") {
            let (units, room) = units(&text, Script::Mixed);
            proptest::prop_assert!(units.windows(2).all(|pair| pair[0].0 < pair[1].0));
            proptest::prop_assert!(units.last().is_none_or(|(at, _)| *at < room));
        }
    }
}
