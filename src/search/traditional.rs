//! Traditional characters and their Simplified forms, by OpenCC's tables: the standard's, Taiwan's and Hong Kong's.

use std::sync::OnceLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;

use super::tokens::Script;

const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9FFF;

struct Table {
    /// For each code point from [`FIRST`] to [`LAST`] its Simplified form.
    all: Vec<char>,
    /// The same, but characters that Simplified text uses too are left as they are.
    unambiguous: Vec<char>,
}

/// `c` in Simplified form, as far as `script` allows.
pub fn simplified(c: char, script: Script) -> char {
    let code = c as u32;
    if !(FIRST..=LAST).contains(&code) {
        return c;
    }
    let table = table();
    let of = if script == Script::Traditional { &table.all } else { &table.unambiguous };
    of[(code - FIRST) as usize]
}

/// Every character that has another Simplified form, with it, in the order of code points.
pub fn pairs() -> impl Iterator<Item = (char, char)> {
    (FIRST..=LAST).zip(&table().all).filter_map(|(code, simple)| {
        let c = char::from_u32(code)?;
        (c != *simple).then_some((c, *simple))
    })
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let table = |config| OpenCC::from_config(config).expect("the tables are part of the program");
        let converters = [BuiltinConfig::T2s, BuiltinConfig::Tw2s, BuiltinConfig::Hk2s].map(table);
        let mut all = Vec::with_capacity((LAST - FIRST + 1) as usize);
        let mut unambiguous = Vec::with_capacity(all.capacity());
        for c in (FIRST..=LAST).map(|code| char::from_u32(code).unwrap_or_default()) {
            let simple =
                converters.iter().map(|converter| one(converter, c)).find(|simple| *simple != c).unwrap_or(c);
            all.push(simple);
            unambiguous.push(if is_used_in_simplified_text(c) { c } else { simple });
        }
        Table { all, unambiguous }
    })
}

fn one(converter: &OpenCC, c: char) -> char {
    let converted = converter.convert(c.encode_utf8(&mut [0; 4]));
    let mut characters = converted.chars();
    match (characters.next(), characters.next()) {
        (Some(simple), None) => simple,
        _ => c,
    }
}

/// Whether GB 2312, the first character set of Simplified Chinese, has `c`: its GBK code has both bytes above A0.
fn is_used_in_simplified_text(c: char) -> bool {
    let mut buffer = [0; 4];
    let (bytes, _, failed) = encoding_rs::GBK.encode(c.encode_utf8(&mut buffer));
    !failed && matches!(bytes.as_ref(), [0xA1..=0xF7, 0xA1..=0xFE])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traditional_becomes_simplified() {
        let read = |text: &str, script| text.chars().map(|c| simplified(c, script)).collect::<String>();
        assert_eq!(read("低空經濟國務院臺灣敍裏", Script::Mixed), "低空经济国务院台湾叙里");
        assert_eq!(read("著名乾坤", Script::Mixed), "著名乾坤");
        assert_eq!(read("乾杯", Script::Mixed), "乾杯");
        assert_eq!(read("乾杯", Script::Traditional), "干杯");
        assert_eq!(read("北京,AI", Script::Mixed), "北京,AI");
    }
}
