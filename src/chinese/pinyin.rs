//! How Chinese text is read: toneless syllables, right in context, and the readings of people's names.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use pinyin::ToPinyin;
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use super::characters::is_han;
use super::normalize;
use super::surnames;

/// The table of readings; its first lines say what it is made from and how a line is read.
const READINGS: &str = include_str!("readings.txt");

/// The longest phrase of the table, in characters.
const LONGEST_PHRASE: usize = 6;

/// The reading of `text`: lower-case ASCII syllables without tones, one for each Han character that has a reading.
///
/// Readings follow the context (`银行行长` is `yin hang hang zhang`): the longest phrase of the table that begins at
/// a character decides, else the character's usual reading. `ü` is written `v` (`绿` is `lv`, `女` is `nv`, `略` is
/// `lve`). A run of Latin letters or digits is one lower-case token, after NFKC. All else is dropped.
pub fn syllables(text: &str) -> Vec<String> {
    let mut found = tokens(text);
    found.retain(|token| token.starts_with(is_latin));
    found
}

/// Every reading of one character: the usual one, and those that it has in some phrase of the table. None for what is
/// no Han character.
pub fn readings(c: char) -> Vec<String> {
    static OTHERS: OnceLock<BTreeMap<char, Vec<&'static str>>> = OnceLock::new();
    let others = OTHERS.get_or_init(|| {
        let mut others: BTreeMap<char, Vec<&str>> = BTreeMap::new();
        for entry in table() {
            others.entry(entry.character).or_default().push(entry.reading);
        }
        others
    });
    let mut found: Vec<String> = reading(c, &[]).into_iter().collect();
    found.extend(others.get(&c).into_iter().flatten().map(|reading| (*reading).to_owned()));
    found.sort_unstable();
    found.dedup();
    found
}

/// The reading of a person's name: the syllables of the surname, and those of the given name.
///
/// Surnames have readings of their own (`曾` is `zeng`, `尉迟` is `yu chi`). What stands before the first middle dot
/// of a transcribed name counts as its surname. A name in Latin letters, and a name of four or more Han characters
/// that begins with no known surname, is all given name, in the order in which it is written.
pub fn name_syllables(name: &str) -> (Vec<String>, Vec<String>) {
    let (mut surname, mut given) = name_tokens(name);
    surname.retain(|token| token.starts_with(is_latin));
    given.retain(|token| token.starts_with(is_latin));
    (surname, given)
}

/// Like [`name_syllables`], and letters and digits of other scripts are kept as well, one token a run.
pub(super) fn name_tokens(name: &str) -> (Vec<String>, Vec<String>) {
    let name: String = normalize::name(name).nfkc().map(|c| if is_middle_dot(c) { '·' } else { c }).collect();
    if let Some((first, rest)) = name.split_once('·')
        && first.starts_with(is_han)
    {
        return (tokens(first), tokens(rest));
    }
    match surnames::split(&name) {
        Some((surname, given)) => {
            let reading =
                surnames::reading(surname).map(|reading| reading.split(' ').map(str::to_owned).collect());
            (reading.unwrap_or_else(|| tokens(surname)), tokens(given))
        }
        None => (Vec::new(), tokens(&name)),
    }
}

/// Like [`syllables`], and letters and digits of other scripts are kept as well, one token a run.
pub(super) fn tokens(text: &str) -> Vec<String> {
    let text: String = text.nfkc().collect();
    let mut tokens = Vec::new();
    let mut rest = text.as_str();
    while let Some(c) = rest.chars().next() {
        if is_han(c) {
            let (length, phrase) = phrase(rest);
            tokens.extend(rest[..length].chars().filter_map(|c| reading(c, phrase)));
            rest = &rest[length..];
        } else {
            let length = rest.find(|c| is_han(c) || !is_letter(c)).unwrap_or(rest.len()).max(c.len_utf8());
            if is_letter(c) {
                tokens.push(rest[..length].to_lowercase());
            }
            rest = &rest[length..];
        }
    }
    tokens
}

/// One fact of the table: in `phrase`, `character` is read `reading`.
struct Reading {
    phrase: &'static str,
    character: char,
    reading: &'static str,
}

/// The table, sorted by phrase; made once, at the first use.
fn table() -> &'static [Reading] {
    static TABLE: OnceLock<Vec<Reading>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table: Vec<Reading> =
            READINGS.lines().filter(|line| !line.starts_with('#')).flat_map(line).collect();
        table.sort_unstable_by_key(|entry| (entry.phrase, entry.character));
        table
    })
}

/// `长 zhang 校长 增长`: in each of the phrases, 长 is read zhang.
fn line(line: &'static str) -> impl Iterator<Item = Reading> {
    let mut words = line.split_ascii_whitespace();
    let character = words.next().and_then(|word| word.chars().next());
    let reading = words.next();
    let fact = character.zip(reading);
    words.filter_map(move |phrase| fact.map(|(character, reading)| Reading { phrase, character, reading }))
}

/// The longest phrase of the table that `text` begins with: its length in bytes and its facts. The first character
/// alone, without facts, if there is none.
fn phrase(text: &str) -> (usize, &'static [Reading]) {
    let mut ends = [0; LONGEST_PHRASE];
    let mut count = 0;
    let first = text.chars().next().unwrap_or_default();
    if begun_with(first).is_empty() {
        return (first.len_utf8(), &[]);
    }
    for (at, c) in text.char_indices().take_while(|(_, c)| is_han(*c)).take(LONGEST_PHRASE) {
        ends[count] = at + c.len_utf8();
        count += 1;
    }
    for end in ends[..count].iter().rev() {
        let found = facts(&text[..*end]);
        if !found.is_empty() {
            return (*end, found);
        }
    }
    (ends[0], &[])
}

/// What the table says of phrases that begin with this character.
fn begun_with(first: char) -> &'static [Reading] {
    static PLACES: OnceLock<FxHashMap<char, Range<usize>>> = OnceLock::new();
    let places = PLACES.get_or_init(|| {
        let mut places: FxHashMap<char, Range<usize>> = FxHashMap::default();
        for (at, entry) in table().iter().enumerate() {
            let first = entry.phrase.chars().next().unwrap_or_default();
            places.entry(first).or_insert(at..at).end = at + 1;
        }
        places
    });
    places.get(&first).map_or(&[], |places| &table()[places.clone()])
}

/// What the table says of a phrase.
fn facts(phrase: &str) -> &'static [Reading] {
    let begun = phrase.chars().next().map_or(&[][..], begun_with);
    let start = begun.partition_point(|entry| entry.phrase < phrase);
    let length = begun[start..].iter().take_while(|entry| entry.phrase == phrase).count();
    &begun[start..start + length]
}

/// The reading of `c` by the facts of a phrase, else its usual one: by its own line, else by the crate `pinyin`.
fn reading(c: char, phrase: &[Reading]) -> Option<String> {
    let of =
        |facts: &[Reading]| facts.iter().find(|fact| fact.character == c).map(|fact| fact.reading.to_owned());
    let usual = || of(facts(c.encode_utf8(&mut [0; 4])));
    of(phrase).or_else(usual).or_else(|| c.to_pinyin().map(|pinyin| pinyin.plain().replace('ü', "v")))
}

/// Whether `c` belongs to a run of letters and digits, combining marks included.
pub(super) fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric() || (is_letter(c) && matches!(c, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}'))
}

fn is_middle_dot(c: char) -> bool {
    matches!(c, '•' | '・' | '‧' | '∙' | '⋅' | '．')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_in_context() {
        for (text, right) in [
            ("武汉", "wu han"),
            ("长江", "chang jiang"),
            ("银行行长", "yin hang hang zhang"),
            ("进行长期增长", "jin xing chang qi zeng zhang"),
            ("重庆重要", "chong qing zhong yao"),
            ("音乐快乐", "yin yue kuai le"),
            ("率先提高效率", "shuai xian ti gao xiao lv"),
            ("高质量发展", "gao zhi liang fa zhan"),
            ("调整调研", "tiao zheng diao yan"),
            ("传播传记", "chuan bo zhuan ji"),
            ("首都都好", "shou du dou hao"),
            ("超大城市", "chao da cheng shi"),
            ("卡脖子", "qia bo zi"),
            ("行业推行", "hang ye tui xing"),
            ("厦门大厦", "xia men da sha"),
            ("六安蚌埠番禺台州丽水", "lu an beng bu pan yu tai zhou li shui"),
            ("绿色女士", "lv se nv shi"),
            ("AI赋能5G网络", "ai fu neng 5g wang luo"),
            ("ＡＩ＋制造", "ai zhi zao"),
            ("重庆市增长率", "chong qing shi zeng zhang lv"),
            ("音乐会大队长", "yin yue hui da dui zhang"),
            ("解决了解决不了的难题", "jie jue le jie jue bu liao de nan ti"),
            ("为了解决了解不够", "wei le jie jue liao jie bu gou"),
            ("湖北省长江经济带", "hu bei sheng chang jiang jing ji dai"),
            ("武汉市长期坚持", "wu han shi chang qi jian chi"),
            ("河长制湖长制链长制", "he zhang zhi hu zhang zhi lian zhang zhi"),
            ("严重建设滞后", "yan zhong jian she zhi hou"),
            ("人参加人参", "ren can jia ren shen"),
            ("还江于民还路于民", "huan jiang yu min huan lu yu min"),
            ("设计之都", "she ji zhi du"),
            ("教学相长便宜行事", "jiao xue xiang zhang bian yi xing shi"),
            ("模型模样差异出差参差", "mo xing mu yang cha yi chu chai cen ci"),
            ("黄陂硚口沌口蔡甸", "huang pi qiao kou zhuan kou cai dian"),
            ("浙江丽水亳州朝阳", "zhe jiang li shui bo zhou chao yang"),
            ("汉藏文化西藏收藏", "han zang wen hua xi zang shou cang"),
            ("二〇二五年", "er ling er wu nian"),
        ] {
            assert_eq!(syllables(text).join(" "), right, "{text}");
        }
    }

    #[test]
    fn every_reading_of_a_character() {
        assert_eq!(readings('长'), ["chang", "zhang"]);
        assert_eq!(readings('武'), ["wu"]);
        assert!(readings('，').is_empty());
    }

    #[test]
    fn readings_of_names() {
        for (name, surname, given) in [
            ("彭富春", "peng", "fu chun"),
            ("曾国强", "zeng", "guo qiang"),
            ("单田", "shan", "tian"),
            ("仇和", "qiu", "he"),
            ("区少坤", "ou", "shao kun"),
            ("尉迟恭", "yu chi", "gong"),
            ("万俟明", "mo qi", "ming"),
            ("欧阳修", "ou yang", "xiu"),
            ("斯朗·丹增曲培", "si lang", "dan zeng qu pei"),
            ("解晓东", "xie", "xiao dong"),
            ("翟天", "zhai", "tian"),
            ("John Smith", "", "john smith"),
        ] {
            let (found, rest) = name_syllables(name);
            assert_eq!((found.join(" ").as_str(), rest.join(" ").as_str()), (surname, given), "{name}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_a_reading(text in "\\PC{0,40}") {
            let _ = name_syllables(&text);
            for syllable in syllables(&text) {
                proptest::prop_assert!(!syllable.is_empty() && !syllable.contains(' '));
            }
        }
    }
}
