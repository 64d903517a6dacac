//! Which characters are Chinese, which are wide, and where a line break leaves no space.

/// Whether `c` is a Han character: a CJK unified or compatibility ideograph of any block and extension, 〇 or 々.
///
/// The blocks are those of Unicode 17, whole, so that ideographs added to them later are covered.
pub fn is_han(c: char) -> bool {
    matches!(c,
        '\u{4E00}'..='\u{9FFF}'         // CJK Unified Ideographs
        | '\u{3400}'..='\u{4DBF}'       // Extension A
        | '\u{F900}'..='\u{FAFF}'       // Compatibility Ideographs
        | '\u{20000}'..='\u{2A6DF}'     // Extension B
        | '\u{2A700}'..='\u{2EE5D}'     // Extensions C, D, E, F, I
        | '\u{2F800}'..='\u{2FA1F}'     // Compatibility Ideographs Supplement
        | '\u{30000}'..='\u{33479}'     // Extensions G, H, J
        | '々' | '〇')
}

/// Whether `c` is Japanese kana, full or half width.
pub fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{3099}'..='\u{309F}' | '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}'
        | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9D}')
}

/// Whether `c` is a Korean syllable or letter.
pub fn is_hangul(c: char) -> bool {
    matches!(c, '\u{AC00}'..='\u{D7A3}' | '\u{1100}'..='\u{11FF}' | '\u{3131}'..='\u{318E}' | '\u{A960}'..='\u{A97C}'
        | '\u{D7B0}'..='\u{D7FB}' | '\u{FFA0}'..='\u{FFDC}')
}

/// Whether `c` is a character of CJK writing: Han, kana, bopomofo, hangul, a full-width form or CJK punctuation.
///
/// The quotation marks and dashes that Chinese shares with Latin are not; see [`is_quote_or_dash`].
pub fn is_cjk(c: char) -> bool {
    is_han(c) || is_kana(c) || is_hangul(c) || is_cjk_punctuation(c) || is_wide_symbol(c)
}

/// Whether `c` is punctuation that only CJK writing has: the block U+3000–303F but for its letters and digits,
/// the katakana middle dot, vertical and small forms, and full-width or half-width copies of ASCII punctuation.
///
/// The ideographic space U+3000 counts; … and · do not, as Latin has them too; see [`is_quote_or_dash`].
pub fn is_cjk_punctuation(c: char) -> bool {
    match c {
        '々' | '〆' | '〇' | '〡'..='〩' | '〱'..='〵' | '〸'..='〼' => false,
        '\u{3000}'..='\u{303F}' | '゠' | '・' => true,
        '\u{FF01}'..='\u{FF0F}'
        | '\u{FF1A}'..='\u{FF20}'
        | '\u{FF3B}'..='\u{FF40}'
        | '\u{FF5B}'..='\u{FF65}' => true,
        '\u{FE10}'..='\u{FE19}' | '\u{FE30}'..='\u{FE4F}' | '\u{FE50}'..='\u{FE6B}' => true,
        _ => false,
    }
}

/// Whether `c` is a quotation mark, dash, ellipsis or middle dot: “ ” ‘ ’ — ― ⸺ … ⋯ · •.
///
/// Chinese and Latin text share them; they are wide, and belong to Chinese, where they stand next to it.
pub fn is_quote_or_dash(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '—' | '―' | '⸺' | '…' | '⋯' | '·' | '•')
}

/// Whether a line break between `before` and `after` stands for nothing; otherwise it stands for a space.
///
/// Nothing is left between two wide characters (Han, kana, bopomofo, CJK punctuation, full-width forms), and
/// between a wide character and a quotation mark or dash. A space is left where Latin text or Korean, which puts
/// spaces between its words, stands at the break without CJK punctuation at the other side.
pub fn joins_without_space(before: char, after: char) -> bool {
    if is_cjk_punctuation(before) || is_cjk_punctuation(after) {
        return true;
    }
    let wide = |c: char| is_cjk(c) && !is_hangul(c);
    match (wide(before), wide(after)) {
        (true, true) => true,
        (true, false) => is_quote_or_dash(after),
        (false, true) => is_quote_or_dash(before),
        (false, false) => false,
    }
}

/// Bopomofo, the letters and digits of U+3000–303F, radicals, strokes, enclosed and full-width letters and signs.
fn is_wide_symbol(c: char) -> bool {
    matches!(c,
        '〆' | '〡'..='〩' | '〱'..='〵' | '〸'..='〼'
        | '\u{3105}'..='\u{312F}' | '\u{31A0}'..='\u{31BF}'     // Bopomofo
        | '\u{2E80}'..='\u{2FDF}' | '\u{2FF0}'..='\u{2FFF}'     // radicals, ideographic description
        | '\u{3190}'..='\u{319F}' | '\u{31C0}'..='\u{31EF}'     // kanbun, strokes
        | '\u{3200}'..='\u{33FF}'                               // enclosed letters, squared words
        | '\u{FF10}'..='\u{FF19}' | '\u{FF21}'..='\u{FF3A}' | '\u{FF41}'..='\u{FF5A}'
        | '\u{FFE0}'..='\u{FFE6}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han() {
        for c in "一龥㐀䶿〇々彭𠀀𪜀𫝀𬺰豈丽𰀀龦".chars() {
            assert!(is_han(c), "{c}");
        }
        for c in "aé1，。あアㄅ한Ａ“—…·　".chars() {
            assert!(!is_han(c), "{c}");
        }
    }

    #[test]
    fn cjk() {
        for c in "武あアㄅ한Ａ１，。《》〈〉「」『』【】〔〕（）：；！？、～￥　〆".chars()
        {
            assert!(is_cjk(c), "{c}");
        }
        for c in "aZ9 ,.é“”‘’—…·😀я".chars() {
            assert!(!is_cjk(c), "{c}");
        }
    }

    #[test]
    fn punctuation() {
        for c in "，。：；！？、（）《》〈〉「」『』【】〔〕～　・［］｛｝％＋－／＂".chars()
        {
            assert!(is_cjk_punctuation(c), "{c}");
        }
        for c in "武〇々あＡ１,.“”—…·￥".chars() {
            assert!(!is_cjk_punctuation(c), "{c}");
        }
        for c in "“”‘’—…·".chars() {
            assert!(is_quote_or_dash(c), "{c}");
        }
    }

    #[test]
    fn line_breaks() {
        let joined =
            ["武汉", "，武", "武“", "”武", "—武", "武…", "あア", "。“", "a，", "，a", "１武", "）(", "한，"];
        for pair in joined {
            assert!(joins(pair), "{pair}");
        }
        for pair in ["ab", "武a", "a武", "3武", "한국", "“a", "a—", "”“", ". 武", "武한", "😀武"]
        {
            assert!(!joins(pair), "{pair}");
        }
    }

    fn joins(pair: &str) -> bool {
        let mut chars = pair.chars();
        match (chars.next(), chars.next()) {
            (Some(before), Some(after)) => joins_without_space(before, after),
            _ => false,
        }
    }
}
