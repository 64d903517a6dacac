//! Clean text, odd characters in it, and the names under which two spellings are one.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::characters::is_han;

/// What is odd about a character that an editor's text should not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// Cannot be seen and does nothing in Chinese: U+200B, U+FEFF, U+00AD, U+2060. [`clean`] removes it.
    Invisible,
    /// A space that keeps two words on one line: U+00A0, U+202F; it comes from Word and web pages.
    NoBreakSpace,
    /// A character of a private-use area, shown as a box where the author's font is missing.
    PrivateUse,
    /// A control of text direction: U+061C, U+200E, U+200F, U+202A–202E, U+2066–2069.
    BidiControl,
    /// A control character other than tab and line breaks: C0, DEL, C1.
    Control,
    /// A code point that Unicode keeps from ever being a character: U+FDD0–FDEF and the last two of every plane.
    Noncharacter,
}

/// `text` without U+200B, U+FEFF, U+00AD and U+2060, and with CR LF and lone CR turned into LF.
///
/// Meant for everything that is read from content. Borrows where nothing had to change.
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c == '\r' || is_invisible(c)) {
        return Cow::Borrowed(text);
    }
    let mut cleaned = String::with_capacity(text.len());
    let mut chars = text.chars().filter(|c| !is_invisible(*c)).peekable();
    while let Some(c) = chars.next() {
        if c == '\r' {
            chars.next_if_eq(&'\n');
            cleaned.push('\n');
        } else {
            cleaned.push(c);
        }
    }
    Cow::Owned(cleaned)
}

/// Every odd character of `text` in order: its byte offset, itself, and what is odd about it.
pub fn oddities(text: &str) -> Vec<(usize, char, Oddity)> {
    text.char_indices().filter_map(|(at, c)| oddity(c).map(|oddity| (at, c, oddity))).collect()
}

/// The form in which the name of a person, theme or group is shown.
///
/// Cleaned, composed (NFC), trimmed, each run of white space (U+3000 included) one space, and none at all between
/// two Han characters, as printed lists write `王　伟`.
pub fn name(text: &str) -> String {
    collapse(&clean(text).nfc().collect::<String>(), char::is_whitespace)
}

/// The key under which two spellings of a name are one; never shown.
///
/// [`name`], then NFKC and lower case; runs of white space, hyphens and underscores become one space, none beside
/// a Han character; the middle dots that separate the parts of a transcribed name (`·` `•` `・` `‧` `∙` `⋅`, and a
/// full stop of any width between Han characters) become `·`, without spaces around it.
pub fn identity(text: &str) -> String {
    let folded = name(text).nfkc().collect::<String>().to_lowercase().nfkc().collect::<String>();
    let chars: Vec<char> = folded.chars().collect();
    let dotted: String =
        (0..chars.len()).map(|at| if is_dot(&chars, at) { '·' } else { chars[at] }).collect();
    collapse(&dotted, |c| c.is_whitespace() || is_hyphen(c))
}

/// A text of one line whose controls of direction end with it: each embedding, override and isolate that it opens is
/// closed, and nothing that it did not open (Unicode Standard Annex 9, X2 to X7). What stands after it on a page keeps
/// its direction.
pub fn closed(text: &str) -> Cow<'_, str> {
    const POP_EMBEDDING: char = '\u{202C}';
    const POP_ISOLATE: char = '\u{2069}';
    let is_control = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    if !text.contains(is_control) {
        return Cow::Borrowed(text);
    }
    let mut open = Vec::new();
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\u{202A}' | '\u{202B}' | '\u{202D}' | '\u{202E}' => open.push(POP_EMBEDDING),
            '\u{2066}'..='\u{2068}' => open.push(POP_ISOLATE),
            POP_EMBEDDING if open.last() != Some(&POP_EMBEDDING) => continue,
            POP_EMBEDDING => {
                open.pop();
            }
            // An isolate closes the embeddings within it.
            POP_ISOLATE => match open.iter().rposition(|closing| *closing == POP_ISOLATE) {
                Some(at) => open.truncate(at),
                None => continue,
            },
            _ => {}
        }
        out.push(c);
    }
    out.extend(open.into_iter().rev());
    Cow::Owned(out)
}

/// Trims, makes each run of separators one space, and drops it between two Han characters and beside a middle dot.
fn collapse(text: &str, is_separator: impl Fn(char) -> bool) -> String {
    let mut collapsed = String::with_capacity(text.len());
    let mut last = None;
    let mut separated = false;
    for c in text.chars() {
        if is_separator(c) {
            separated = true;
            continue;
        }
        if separated && last.is_some_and(|last| !(is_han(last) && is_han(c)) && last != '·' && c != '·') {
            collapsed.push(' ');
        }
        collapsed.push(c);
        last = Some(c);
        separated = false;
    }
    collapsed
}

fn is_dot(chars: &[char], at: usize) -> bool {
    match chars[at] {
        '·' | '•' | '・' | '‧' | '∙' | '⋅' => true,
        '.' => at > 0 && is_han(chars[at - 1]) && chars.get(at + 1).is_some_and(|next| is_han(*next)),
        _ => false,
    }
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '_' | '\u{2010}'..='\u{2015}')
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{AD}' | '\u{2060}')
}

fn oddity(c: char) -> Option<Oddity> {
    match c {
        '\t' | '\n' | '\r' => None,
        '\u{A0}' | '\u{202F}' => Some(Oddity::NoBreakSpace),
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
            Some(Oddity::BidiControl)
        }
        '\u{FDD0}'..='\u{FDEF}' => Some(Oddity::Noncharacter),
        _ if is_invisible(c) => Some(Oddity::Invisible),
        _ if c.is_control() => Some(Oddity::Control),
        _ if u32::from(c) & 0xFFFE == 0xFFFE => Some(Oddity::Noncharacter),
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}' => {
            Some(Oddity::PrivateUse)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cleaning() {
        let table = [
            ("武汉", "武汉"),
            ("\u{FEFF}武\u{200B}汉\u{AD}市\u{2060}", "武汉市"),
            ("a\r\nb\rc\n\r\nd\r", "a\nb\nc\n\nd\n"),
            ("a\r\u{200B}\nb", "a\nb"),
            ("a\u{A0}b", "a\u{A0}b"),
        ];
        for (text, expected) in table {
            assert_eq!(clean(text), expected, "{text:?}");
        }
        assert!(matches!(clean("武汉\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn what_turns_the_text_around_ends_with_it() {
        let table = [
            ("食堂", "食堂"),
            ("\u{202E}abc", "\u{202E}abc\u{202C}"),
            ("\u{202E}a\u{2066}b", "\u{202E}a\u{2066}b\u{2069}\u{202C}"),
            ("\u{2066}a\u{202B}b\u{2069}c", "\u{2066}a\u{202B}b\u{2069}c"),
            ("a\u{202C}b\u{2069}c", "abc"),
            ("\u{202A}a\u{202C}", "\u{202A}a\u{202C}"),
            ("\u{2067}a\u{202C}\u{2069}", "\u{2067}a\u{2069}"),
        ];
        for (text, expected) in table {
            assert_eq!(closed(text), expected, "{text:?}");
        }
    }

    #[test]
    fn odd_characters() {
        let text =
            "武\u{200B}\u{A0}\u{E000}\u{202E}\u{7}\u{FFFE}\u{FDD0}\u{85}\t\n\r\u{FFFD}\u{10FFFD}\u{10FFFF}";
        let found: Vec<_> = oddities(text).into_iter().map(|(at, _, oddity)| (at, oddity)).collect();
        let expected = [
            (3, Oddity::Invisible),
            (6, Oddity::NoBreakSpace),
            (8, Oddity::PrivateUse),
            (11, Oddity::BidiControl),
            (14, Oddity::Control),
            (15, Oddity::Noncharacter),
            (18, Oddity::Noncharacter),
            (21, Oddity::Control),
            (29, Oddity::PrivateUse),
            (33, Oddity::Noncharacter),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn names() {
        let table = [
            (" 王　伟 ", "王伟"),
            ("王 \t伟", "王伟"),
            ("John  Smith", "John Smith"),
            ("斯朗 · 丹增曲培", "斯朗·丹增曲培"),
            ("cafe\u{301}", "café"),
            ("彭\u{200B}富春", "彭富春"),
            ("AI 应用", "AI 应用"),
            ("", ""),
            ("\u{FEFF} ", ""),
        ];
        for (text, expected) in table {
            assert_eq!(name(text), expected, "{text:?}");
        }
    }

    #[test]
    fn identities() {
        for group in [
            vec!["AI 应用", "ＡＩ　应用", "ai-应用", "Ai_应用"],
            vec![
                "斯朗·丹增曲培",
                "斯朗•丹增曲培",
                "斯朗・丹增曲培",
                "斯朗‧丹增曲培",
                "斯朗．丹增曲培",
                "斯朗 · 丹增曲培",
            ],
            vec!["Open Data", "open-data", "OPEN  data", "open_data", " open — data "],
            vec!["王　伟", "王伟", "王-伟"],
        ] {
            for text in &group {
                assert_eq!(identity(text), identity(group[0]), "{text}");
            }
        }
        assert_eq!(identity("斯朗．丹增曲培"), "斯朗·丹增曲培");
        assert_eq!(identity("Web 2.0"), "web 2.0");
        assert_ne!(identity("王伟"), identity("汪伟"));
    }

    proptest::proptest! {
        #[test]
        fn settled(text in ".*") {
            let cleaned = clean(&text).into_owned();
            proptest::prop_assert_eq!(clean(&cleaned), cleaned.as_str());
            let shown = name(&text);
            proptest::prop_assert_eq!(name(&shown), shown.as_str());
            let key = identity(&text);
            proptest::prop_assert_eq!(identity(&key), key.as_str());
            proptest::prop_assert_eq!(identity(&shown), key);
        }

        #[test]
        fn offsets_are_true(text in ".*") {
            for (at, c, _) in oddities(&text) {
                proptest::prop_assert!(text[at..].starts_with(c));
            }
        }
    }
}
