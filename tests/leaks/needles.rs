//! Every form in which a text could stand in a file.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use plenary::chinese::address::{name_slug, slug};
use plenary::chinese::conversion::{Conversion, Forms, Quotes};
use plenary::chinese::pinyin::syllables;

use super::random_site::{Canary, RARE};

/// Looks for all forms of all canaries at once.
pub(crate) struct Needles {
    automaton: AhoCorasick,
    /// Which canary each needle stands for.
    canary_of: Vec<usize>,
}

impl Needles {
    /// What to look for; letters of ASCII are found in either case.
    pub(crate) fn new(canaries: &[Canary]) -> Needles {
        let mut needles = Vec::new();
        let mut canary_of = Vec::new();
        for (at, canary) in canaries.iter().enumerate() {
            for needle in forms(&canary.word) {
                needles.push(needle);
                canary_of.push(at);
            }
        }
        let automaton = AhoCorasickBuilder::new().ascii_case_insensitive(true).build(needles);
        Needles { automaton: automaton.expect("an automaton"), canary_of }
    }

    /// The canaries of which `text` has a form.
    pub(crate) fn of(&self, text: &[u8]) -> Vec<usize> {
        self.automaton
            .find_overlapping_iter(text)
            .map(|found| self.canary_of[found.pattern().as_usize()])
            .collect()
    }
}

static TRADITIONAL: LazyLock<[Conversion; 2]> = LazyLock::new(|| {
    [Forms::Taiwan, Forms::HongKong].map(|forms| Conversion::new(forms, Quotes::Curly, &[]))
});

/// Whether `text` has one of the rare characters, Simplified or Traditional, in any form.
pub(crate) fn has_rare_character(text: &[u8]) -> bool {
    static FORMS: LazyLock<AhoCorasick> = LazyLock::new(|| {
        let traditional = TRADITIONAL.iter().map(|conversion| conversion.text(RARE));
        let all: String = std::iter::once(RARE.to_owned()).chain(traditional).collect();
        let forms = all.chars().flat_map(|c| escaped(&c.to_string()));
        AhoCorasickBuilder::new().ascii_case_insensitive(true).build(forms).expect("an automaton")
    });
    FORMS.is_match(text)
}

/// All forms of a word: its own and its Traditional characters in every encoding, and what it sounds like.
fn forms(word: &str) -> Vec<Vec<u8>> {
    let mut texts = vec![word.to_owned()];
    if !word.is_ascii() {
        texts.extend(TRADITIONAL.iter().map(|conversion| conversion.text(word)));
        texts.sort();
        texts.dedup();
    }
    let mut forms: Vec<Vec<u8>> = texts.iter().flat_map(|text| escaped(text)).collect();
    forms.extend(texts.iter().flat_map(|text| binary(text)));
    if !word.is_ascii() {
        let sounds = syllables(word);
        let spelt = [slug(word), name_slug(word), sounds.join(" "), sounds.join("-"), sounds.concat()];
        forms.extend(spelt.into_iter().filter(|text| text.len() > 5).map(String::into_bytes));
    }
    forms
}

/// A text as it stands in HTML, XML, JSON, JavaScript, CSS and addresses. Letters of ASCII are never escaped there.
fn escaped(text: &str) -> Vec<Vec<u8>> {
    let each = |write: &dyn Fn(char) -> String| text.chars().map(write).collect::<String>().into_bytes();
    let units =
        |write: &dyn Fn(u16) -> String| text.encode_utf16().map(write).collect::<String>().into_bytes();
    vec![
        text.as_bytes().to_vec(),
        each(&|c| format!("&#{};", c as u32)),
        each(&|c| format!("&#x{:x};", c as u32)),
        each(&|c| format!("&#x{:04x};", c as u32)),
        each(&|c| format!("\\u{{{:x}}}", c as u32)),
        each(&|c| format!("\\{:x} ", c as u32)),
        each(&|c| format!("\\{:06x}", c as u32)),
        units(&|unit| format!("\\u{unit:04x}")),
        text.bytes().map(|byte| format!("%{byte:02x}")).collect::<String>().into_bytes(),
        text.bytes().map(|byte| format!("%25{byte:02x}")).collect::<String>().into_bytes(),
        text.bytes().map(|byte| format!("\\x{byte:02x}")).collect::<String>().into_bytes(),
    ]
}

/// A text as UTF-16 and in base64. Of base64, what does not depend on the bytes before and after.
fn binary(text: &str) -> Vec<Vec<u8>> {
    let wide: Vec<[u8; 2]> = text.encode_utf16().map(u16::to_be_bytes).collect();
    let big: Vec<u8> = wide.concat();
    let little: Vec<u8> = wide.iter().flat_map(|[high, low]| [*low, *high]).collect();
    let mut forms = Vec::new();
    for bytes in [text.as_bytes(), &big, &little] {
        for before in 0..3 {
            let whole = &bytes[before..][..(bytes.len() - before) / 3 * 3];
            forms.push(STANDARD_NO_PAD.encode(whole).into_bytes());
            forms.push(URL_SAFE_NO_PAD.encode(whole).into_bytes());
        }
    }
    forms.retain(|form| form.len() >= 6);
    forms.extend([big, little].into_iter().filter(|bytes| bytes.len() >= 6));
    forms
}
