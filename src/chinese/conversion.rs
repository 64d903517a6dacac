//! Simplified text in Traditional characters, by OpenCC's tables for the forms of Taiwan or Hong Kong.
//!
//! Only characters are converted, never the choice of words: of OpenCC's configurations `s2tw` and `s2hk` are used,
//! not `s2twp`, which would put 人工智慧 into the mouth of one who said 人工智能.

use aho_corasick::{AhoCorasick, MatchKind};
use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;

use super::surnames;

/// Whose forms of Traditional characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forms {
    /// 臺灣 writes 裡, 為, 說.
    Taiwan,
    /// 香港 writes 裏, 為, 說.
    HongKong,
}

impl Forms {
    /// The BCP 47 tag of text in these forms.
    pub fn language(self) -> &'static str {
        match self {
            Forms::Taiwan => "zh-Hant-TW",
            Forms::HongKong => "zh-Hant-HK",
        }
    }
}

/// What becomes of “quotation marks”.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quotes {
    /// They stay as they are.
    Curly,
    /// They become 「corner brackets」, those within them 『white ones』.
    Corner,
}

/// Converts text.
pub struct Conversion {
    tables: OpenCC,
    pinned: AhoCorasick,
    forms: Vec<String>,
    quotes: Quotes,
}

impl Conversion {
    /// A conversion in which each word of `pinned` has the Traditional form beside it; of two that begin at one place
    /// the longer one counts.
    pub fn new(forms: Forms, quotes: Quotes, pinned: &[(String, String)]) -> Conversion {
        let config = match forms {
            Forms::Taiwan => BuiltinConfig::S2tw,
            Forms::HongKong => BuiltinConfig::S2hk,
        };
        let words = pinned.iter().map(|(word, _)| word.as_str());
        let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words);
        Conversion {
            tables: OpenCC::from_config(config).expect("the tables are part of the program"),
            pinned: automaton.expect("a list of words is no larger than the file it was read from"),
            forms: pinned.iter().map(|(_, form)| form.clone()).collect(),
            quotes,
        }
    }

    /// A text.
    pub fn text(&self, text: &str) -> String {
        if self.forms.is_empty() {
            return self.by_tables(text);
        }
        let mut converted = String::with_capacity(text.len());
        let mut done = 0;
        for found in self.pinned.find_iter(text) {
            converted.push_str(&self.by_tables(&text[done..found.start()]));
            converted.push_str(&self.forms[found.pattern().as_usize()]);
            done = found.end();
        }
        converted.push_str(&self.by_tables(&text[done..]));
        converted
    }

    /// A person's name. Surnames that the tables take for another word, such as 范 for a pattern, keep their form.
    pub fn name(&self, name: &str) -> String {
        if self.pinned.find(name).is_some_and(|found| found.range() == (0..name.len())) {
            return self.text(name);
        }
        match surnames::traditional(name) {
            Some((surname, form)) => format!("{form}{}", self.text(&name[surname.len()..])),
            None => self.text(name),
        }
    }

    /// A text in which the person `name` is mentioned and is to be written `form`, as in a byline.
    pub fn text_with_name(&self, text: &str, name: &str, form: &str) -> String {
        let parts: Vec<String> = text.split(name).map(|part| self.text(part)).collect();
        parts.join(form)
    }

    fn by_tables(&self, text: &str) -> String {
        if text.is_ascii() {
            return text.to_owned();
        }
        let converted = self.tables.convert(text);
        match self.quotes {
            Quotes::Curly => converted,
            Quotes::Corner => converted.chars().map(corner).collect(),
        }
    }
}

fn corner(c: char) -> char {
    match c {
        '“' => '「',
        '”' => '」',
        '‘' => '『',
        '’' => '』',
        c => c,
    }
}
