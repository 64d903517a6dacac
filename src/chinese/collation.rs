//! The order of names and themes: by pinyin or by strokes, never by code point.

use std::sync::OnceLock;

use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationType;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};

use super::characters::is_han;
use super::{normalize, pinyin};

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
/// By pinyin, our own readings decide first, since they know surnames and context; then the Unicode collation of
/// Chinese, which sets characters of one reading apart; the text itself only where all else is equal. Names in Latin
/// letters stand among the others by their letters. By strokes, the Unicode collation alone decides, and Latin names
/// come first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SortKey {
    syllables: Vec<String>,
    collation: Vec<u8>,
    text: String,
}

/// The key of a person's name. `reading`, syllables separated by blanks, stands in for our own.
pub fn sort_key(name: &str, reading: Option<&str>, order: Order) -> SortKey {
    let syllables = match order {
        Order::Pinyin => name_reading(name, reading),
        Order::Strokes => Vec::new(),
    };
    key(name, syllables, order)
}

/// The key of a theme or group.
pub fn theme_sort_key(text: &str, order: Order) -> SortKey {
    let syllables = match order {
        Order::Pinyin => pinyin::syllables(text),
        Order::Strokes => Vec::new(),
    };
    key(text, syllables, order)
}

/// What a name is listed under: `A` to `Z` by pinyin, the strokes of its first character such as `4画` by strokes,
/// `#` where there is neither.
pub fn initial(name: &str, reading: Option<&str>, order: Order) -> String {
    let found = match order {
        Order::Pinyin => name_reading(name, reading).first().and_then(|syllable| syllable.chars().next()),
        Order::Strokes => None,
    };
    match (order, found) {
        (Order::Pinyin, Some(letter)) if letter.is_ascii_alphabetic() => {
            letter.to_ascii_uppercase().to_string()
        }
        (Order::Strokes, _) => strokes(name).map_or_else(|| "#".to_owned(), |strokes| format!("{strokes}画")),
        _ => "#".to_owned(),
    }
}

fn name_reading(name: &str, reading: Option<&str>) -> Vec<String> {
    match reading {
        Some(reading) => reading.split_whitespace().map(str::to_lowercase).collect(),
        None => {
            let (mut surname, given) = pinyin::name_syllables(name);
            surname.extend(given);
            surname
        }
    }
}

fn key(text: &str, syllables: Vec<String>, order: Order) -> SortKey {
    let text = normalize::name(text);
    let mut collation = Vec::new();
    if let Some(collator) = collator(order) {
        let Ok(()) = collator.write_sort_key_to(&text, &mut collation);
    }
    SortKey { syllables, collation, text }
}

/// The strokes of the first character.
///
/// The stroke collation of Unicode's CLDR has marks between the characters of n and of n + 1 strokes: U+FDD0 followed
/// by U+2800 + n.
fn strokes(name: &str) -> Option<u32> {
    let first = name.chars().next().filter(|c| is_han(*c))?;
    let collator = collator(Order::Strokes)?;
    let mut buffer = [0; 4];
    let first = first.encode_utf8(&mut buffer);
    let mark = |strokes: u32| char::from_u32(0x2800 + strokes).map(|c| format!("\u{fdd0}{c}"));
    let before = |strokes: &u32| mark(*strokes).is_some_and(|mark| collator.compare(&mark, first).is_le());
    (1..=48).rev().find(before)
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
    fn names_by_strokes() {
        let names = vec!["廖小平", "王伟", "丁一", "穆书芹", "李小曼", "龙飞"];
        assert_eq!(sorted(names, Order::Strokes), ["丁一", "王伟", "龙飞", "李小曼", "廖小平", "穆书芹"]);
    }

    #[test]
    fn initials() {
        for (name, pinyin, strokes) in [
            ("曾国强", "Z", "12画"),
            ("王伟", "W", "4画"),
            ("Adam", "A", "#"),
            ("一鸣", "Y", "1画"),
            ("？", "#", "#"),
        ] {
            assert_eq!(initial(name, None, Order::Pinyin), pinyin, "{name}");
            assert_eq!(initial(name, None, Order::Strokes), strokes, "{name}");
        }
        assert_eq!(initial("单田", Some("dan tian"), Order::Pinyin), "D");
    }
}
