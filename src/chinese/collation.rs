//! The order of names and themes: by pinyin or by strokes, never by code point.

use std::sync::OnceLock;

use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationType;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};

use super::characters::is_han;
use super::{normalize, pinyin};

/// The characters in the order of their strokes; its first lines say what it is made from.
const STROKES: &str = include_str!("strokes.txt");

/// The place of a character that the table does not have: after all others of its number of strokes.
const UNLISTED: usize = usize::MAX;

/// The largest number of strokes for which the collation has a mark.
const MOST_STROKES: u32 = 48;

/// By what names and themes are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// By pinyin, from A to Z.
    Pinyin,
    /// By the number of strokes of each character.
    Strokes,
}

/// Where a name or theme stands in an [`Order`]; keys of one order are compared with one another.
///
/// Han characters are compared one after another. By pinyin: by our own readings, since they know surnames and context,
/// then by the Unicode collation of Chinese, which sets characters of one reading apart by tone and strokes. By
/// strokes: as the standard GB 13000.1 orders them, by number, then by the kinds of the strokes; characters that are
/// not in its table follow those of their number, by the Unicode collation. Digits come first. Other letters stand
/// among the readings by pinyin, and before all Han characters by strokes. Code points decide only where all else is
/// equal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SortKey {
    units: Vec<Unit>,
    text: String,
}

/// One Han character, or one run of letters or digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Unit {
    /// By pinyin the letters of the reading; nothing by strokes.
    letters: String,
    /// By strokes their number and the place in the table, zero for what is not Han; zero by pinyin.
    strokes: (u32, usize),
    /// The key of the Unicode collation for what the two others do not set apart.
    collation: Vec<u8>,
}

/// The key of a person's name. `reading`, syllables separated by blanks such as `zeng guo fan`, stands in for our own
/// in [`Order::Pinyin`].
pub fn sort_key(name: &str, reading: Option<&str>, order: Order) -> SortKey {
    match order {
        Order::Pinyin => by_pinyin(name, name_reading(name, reading)),
        Order::Strokes => by_strokes(name),
    }
}

/// The key of a theme or group.
pub fn theme_sort_key(text: &str, order: Order) -> SortKey {
    match order {
        Order::Pinyin => by_pinyin(text, pinyin::tokens(text)),
        Order::Strokes => by_strokes(text),
    }
}

/// What a name is listed under: `A` to `Z` by pinyin, the number of its first character's strokes such as `4` by strokes,
/// `#` where there is neither.
pub fn initial(name: &str, reading: Option<&str>, order: Order) -> String {
    let found = match order {
        Order::Pinyin => name_reading(name, reading)
            .first()
            .and_then(|syllable| letters(syllable).chars().next())
            .filter(char::is_ascii_alphabetic)
            .map(|letter| letter.to_ascii_uppercase().to_string()),
        Order::Strokes => normalize::name(name)
            .chars()
            .next()
            .filter(|c| is_han(*c))
            .map(|first| strokes(first).0)
            .filter(|number| *number > 0)
            .map(|number| number.to_string()),
    };
    found.unwrap_or_else(|| "#".to_owned())
}

fn name_reading(name: &str, reading: Option<&str>) -> Vec<String> {
    match reading {
        Some(reading) => reading.split_whitespace().map(str::to_lowercase).collect(),
        None => {
            let (mut surname, given) = pinyin::name_tokens(name);
            surname.extend(given);
            surname
        }
    }
}

fn by_pinyin(text: &str, reading: Vec<String>) -> SortKey {
    let text = normalize::name(text);
    let parts = parts(&text);
    let aligned = parts.len() == reading.len();
    let collation = |at: usize| if aligned { collation_key(parts[at], Order::Pinyin) } else { Vec::new() };
    let unit = |(at, syllable): (usize, &String)| Unit {
        letters: letters(syllable),
        strokes: (0, 0),
        collation: collation(at),
    };
    let mut units: Vec<Unit> = reading.iter().enumerate().map(unit).collect();
    if !aligned {
        let collation = collation_key(&text, Order::Pinyin);
        units.push(Unit { letters: String::new(), strokes: (0, 0), collation });
    }
    SortKey { units, text }
}

fn by_strokes(text: &str) -> SortKey {
    let text = normalize::name(text);
    let unit = |part: &&str| {
        let strokes = part.chars().next().filter(|c| is_han(*c)).map_or((0, 0), strokes);
        let is_known = strokes.0 > 0 && strokes.1 < UNLISTED;
        let collation = if is_known { Vec::new() } else { collation_key(part, Order::Strokes) };
        Unit { letters: String::new(), strokes, collation }
    };
    let units = parts(&text).iter().map(unit).collect();
    SortKey { units, text }
}

/// The Han characters, and the runs of other letters and digits, of a text.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let is_other = |c: char| is_han(c) || !pinyin::is_letter(c);
        let length = if is_other(c) { c.len_utf8() } else { rest.find(is_other).unwrap_or(rest.len()) };
        if is_han(c) || pinyin::is_letter(c) {
            parts.push(&rest[..length]);
        }
        rest = &rest[length..];
    }
    parts
}

/// A reading in ASCII: accents and other scripts as the crate `slug` writes them.
fn letters(reading: &str) -> String {
    if reading.is_ascii() { reading.to_owned() } else { slug::slugify(reading) }
}

fn collation_key(text: &str, order: Order) -> Vec<u8> {
    let mut key = Vec::new();
    if let Some(collator) = collator(order) {
        let Ok(()) = collator.write_sort_key_to(text, &mut key);
    }
    key
}

/// The number of strokes of a Han character, and its place among all characters of the table.
fn strokes(c: char) -> (u32, usize) {
    let table = stroke_table();
    match table.binary_search_by_key(&c, |(known, _)| *known) {
        Ok(at) => table[at].1,
        Err(_) => (strokes_by_collation(c), UNLISTED),
    }
}

/// Each character of `strokes.txt` with its strokes and its place, sorted by character; made once, at the first use.
fn stroke_table() -> &'static [(char, (u32, usize))] {
    static TABLE: OnceLock<Vec<(char, (u32, usize))>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let lines = STROKES.lines().filter_map(|line| line.split_once(' '));
        let numbered = lines.filter_map(|(number, characters)| Some((number.parse().ok()?, characters)));
        let all = numbered.flat_map(|(number, characters)| characters.chars().map(move |c| (c, number)));
        let mut table: Vec<_> = all.enumerate().map(|(place, (c, number))| (c, (number, place))).collect();
        table.sort_unstable();
        table
    })
}

/// The strokes of a character that is not in the table, 0 where the collation does not tell either.
///
/// The stroke collation of Unicode's CLDR has marks before the first character of each number of strokes: U+FDD0
/// followed by U+2800 and that number, for 1 to 33, 35, 36, 39 and 48 strokes; another number is given as the next lower
/// of these. It counts a few characters as they are written in Taiwan, which is why our table comes first.
fn strokes_by_collation(c: char) -> u32 {
    let mut buffer = [0; 4];
    let text: &str = c.encode_utf8(&mut buffer);
    let Some(collator) = collator(Order::Strokes) else { return 0 };
    let mark = |strokes: u32| char::from_u32(0x2800 + strokes).map(|c| format!("\u{fdd0}{c}"));
    let is_before = |strokes: &u32| mark(*strokes).is_some_and(|mark| collator.compare(&mark, text).is_le());
    (1..=MOST_STROKES).rev().find(is_before).unwrap_or(0)
}

fn collator(order: Order) -> Option<&'static CollatorBorrowed<'static>> {
    static PINYIN: OnceLock<Option<CollatorBorrowed<'static>>> = OnceLock::new();
    static STROKES: OnceLock<Option<CollatorBorrowed<'static>>> = OnceLock::new();
    let (place, kind) = match order {
        Order::Pinyin => (&PINYIN, CollationType::Pinyin),
        Order::Strokes => (&STROKES, CollationType::Stroke),
    };
    let make = || {
        let mut preferences = CollatorPreferences::from(&icu_locale_core::locale!("zh"));
        preferences.collation_type = Some(kind);
        Collator::try_new(preferences, CollatorOptions::default()).ok()
    };
    place.get_or_init(make).as_ref()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(mut names: Vec<&str>, order: Order) -> Vec<&str> {
        names.sort_by_key(|name| sort_key(name, None, order));
        names
    }

    #[test]
    fn names_by_pinyin() {
        let names =
            vec!["郑敏", "曾国强", "王伟", "单田", "汪伟", "Adam Smith", "彭富春", "斯朗·丹增曲培", "李小曼"];
        let right =
            ["Adam Smith", "李小曼", "彭富春", "单田", "斯朗·丹增曲培", "汪伟", "王伟", "曾国强", "郑敏"];
        assert_eq!(sorted(names, Order::Pinyin), right);
    }

    #[test]
    fn characters_of_one_reading() {
        let names = vec!["李二", "黎三", "力一", "李四", "黎五", "林一", "John", "Élie", "2025", "Иван"];
        let right = ["2025", "Élie", "Иван", "John", "黎三", "黎五", "李二", "李四", "力一", "林一"];
        assert_eq!(sorted(names, Order::Pinyin), right);
    }

    #[test]
    fn names_by_strokes() {
        let names = vec!["廖小平", "王伟", "丁一", "穆书芹", "李小曼", "龙飞"];
        assert_eq!(sorted(names, Order::Strokes), ["丁一", "王伟", "龙飞", "李小曼", "廖小平", "穆书芹"]);
    }

    #[test]
    fn strokes_as_the_standard_orders_them() {
        let names = vec![
            "方明", "毛宁", "尹红", "Bob", "王二", "王一", "Adam", "孔明", "车伟", "牛强", "王", "龘一",
            "𪚥二",
        ];
        let right = [
            "Adam", "Bob", "王", "王一", "王二", "车伟", "牛强", "毛宁", "方明", "尹红", "孔明", "龘一",
            "𪚥二",
        ];
        assert_eq!(sorted(names, Order::Strokes), right);
    }

    #[test]
    fn the_table_of_strokes_is_whole() {
        assert!(stroke_table().len() > 6700);
        assert!(stroke_table().windows(2).all(|pair| pair[0].0 < pair[1].0));
        for (number, strokes) in [('一', 1), ('黄', 11), ('萧', 11), ('曾', 12), ('黃', 12)] {
            assert_eq!(super::strokes(number).0, strokes, "{number}");
        }
    }

    #[test]
    fn initials() {
        for (name, pinyin, strokes) in [
            ("曾国强", "Z", "12"),
            ("王伟", "W", "4"),
            ("Adam", "A", "#"),
            ("一鸣", "Y", "1"),
            ("黄芬", "H", "11"),
            ("Élie", "E", "#"),
            ("2025", "#", "#"),
            ("？", "#", "#"),
            ("", "#", "#"),
        ] {
            assert_eq!(initial(name, None, Order::Pinyin), pinyin, "{name}");
            assert_eq!(initial(name, None, Order::Strokes), strokes, "{name}");
        }
        assert_eq!(initial("单田", Some("dan tian"), Order::Pinyin), "D");
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_a_place(text in "\\PC{0,20}|.{0,20}", reading in proptest::option::of("[a-z ]{0,12}")) {
            for order in [Order::Pinyin, Order::Strokes] {
                let key = sort_key(&text, reading.as_deref(), order);
                proptest::prop_assert_eq!(&key, &sort_key(&text, reading.as_deref(), order));
                let _ = (theme_sort_key(&text, order), initial(&text, reading.as_deref(), order));
            }
        }
    }
}
