//! How long a text is, in characters as a Chinese editor counts them, and how long it takes to read.

use super::characters::{is_han, is_hangul, is_kana};

/// How many characters one reads in a minute: an unhurried pace for formal Chinese prose.
const CHARACTERS_A_MINUTE: usize = 300;

/// The length of `text`: one for each Han character, kana or hangul syllable, and one for each run of other letters
/// and digits. Punctuation, symbols and white space count nothing.
///
/// A run holds letters, digits and their combining marks, and goes on over `.` `,` `'` `’` `-` `_` between two of
/// them: `3.5`, `1,200`, `open-data` and `don't` are one each.
pub fn length(text: &str) -> usize {
    let mut count = 0;
    let mut in_run = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if is_syllable(c) {
            count += 1;
            in_run = false;
        } else if c.is_alphanumeric() {
            count += usize::from(!in_run);
            in_run = true;
        } else if in_run {
            let goes_on = chars.peek().is_some_and(|next| next.is_alphanumeric() && !is_syllable(*next));
            in_run = is_combining(c) || (is_joint(c) && goes_on);
        }
    }
    count
}

/// The minutes it takes to read a text of `length` characters at 300 a minute, rounded up; at least 1.
pub fn reading_minutes(length: usize) -> usize {
    length.div_ceil(CHARACTERS_A_MINUTE).max(1)
}

fn is_syllable(c: char) -> bool {
    is_han(c) || is_kana(c) || is_hangul(c)
}

fn is_combining(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

fn is_joint(c: char) -> bool {
    matches!(c, '.' | ',' | '\'' | '’' | '-' | '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths() {
        let table = [
            ("", 0),
            ("，。“”——……", 0),
            ("协商在前，决策在后 open data 2025", 11),
            ("open-data", 1),
            ("don’t", 1),
            ("增长3.5%，约1,200万元", 7),
            ("5G+8K", 2),
            ("end. Next", 2),
            ("5.武汉", 3),
            ("ひらがな カタカナ", 8),
            ("한국어", 3),
            ("cafe\u{301}s", 1),
            ("𠀀𪜀", 2),
            ("二〇二五", 4),
            ("😀👩‍👩‍👧", 0),
        ];
        for (text, expected) in table {
            assert_eq!(length(text), expected, "{text}");
        }
    }

    #[test]
    fn minutes() {
        for (length, expected) in
            [(0, 1), (1, 1), (300, 1), (301, 2), (1500, 5), (usize::MAX, usize::MAX / 300 + 1)]
        {
            assert_eq!(reading_minutes(length), expected, "{length}");
        }
    }

    proptest::proptest! {
        #[test]
        fn never_more_than_characters(text in ".*") {
            proptest::prop_assert!(length(&text) <= text.chars().count());
        }
    }
}
