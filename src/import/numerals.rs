//! Numbers as Word and HTML count automatic lists: 一、 1. a) Ⅳ ① and the like.

/// A number in one of the formats of `ST_NumberFormat` (ECMA-376 part 1, 17.18.59); in a format that is not known here
/// or does not reach so far in plain digits, as Word does. None for the format that prints nothing.
pub(crate) fn numeral(format: &str, number: usize) -> Option<String> {
    let text = match format {
        "none" | "bullet" => return None,
        "decimalZero" => format!("{number:02}"),
        "decimalFullWidth" | "decimalFullWidth2" | "japaneseDigitalTenThousand2" => digits(number, '０'),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => enclosed(number, '①', 20),
        "decimalEnclosedParen" => enclosed(number, '⑴', 20),
        "decimalEnclosedFullstop" => enclosed(number, '⒈', 20),
        "ideographEnclosedCircle" => enclosed(number, '㊀', 10),
        "upperLetter" => letters(number, 'A'),
        "lowerLetter" => letters(number, 'a'),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        "ideographTraditional" => one_of(number, "甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => one_of(number, "子丑寅卯辰巳午未申酉戌亥"),
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => by_digit(number),
        "chineseCounting"
        | "chineseCountingThousand"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "japaneseCounting" => counted(number, "〇一二三四五六七八九", "十百千万"),
        "chineseLegalSimplified" => counted(number, "零壹贰叁肆伍陆柒捌玖", "拾佰仟万"),
        "ideographLegalTraditional" | "japaneseLegal" => counted(number, "零壹貳參肆伍陸柒捌玖", "拾佰仟萬"),
        _ => number.to_string(),
    };
    Some(text)
}

/// The sign for 1 and those behind it, as far as there are any.
fn enclosed(number: usize, first: char, count: usize) -> String {
    let sign = (1..=count).contains(&number).then(|| u32::try_from(number - 1).ok()).flatten();
    let sign = sign.and_then(|offset| char::from_u32(u32::from(first) + offset));
    sign.map_or_else(|| number.to_string(), String::from)
}

fn one_of(number: usize, signs: &str) -> String {
    let sign = number.checked_sub(1).and_then(|at| signs.chars().nth(at));
    sign.map_or_else(|| number.to_string(), String::from)
}

fn digits(number: usize, zero: char) -> String {
    let digit = |c: char| char::from_u32(u32::from(zero) + c.to_digit(10)?);
    number.to_string().chars().filter_map(digit).collect()
}

fn by_digit(number: usize) -> String {
    let digit = |c: char| "〇一二三四五六七八九".chars().nth(c.to_digit(10)? as usize);
    number.to_string().chars().filter_map(digit).collect()
}

/// `a` to `z`, then `aa` to `zz`: the letter is repeated, not counted on.
fn letters(number: usize, first: char) -> String {
    let Some(at) = number.checked_sub(1).filter(|at| *at < 26 * 20) else { return number.to_string() };
    let letter = u8::try_from(at % 26).map(|offset| char::from(first as u8 + offset)).unwrap_or(first);
    std::iter::repeat_n(letter, at / 26 + 1).collect()
}

fn roman(number: usize) -> String {
    const SIGNS: [(usize, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&number) {
        return number.to_string();
    }
    let mut rest = number;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            text.push_str(sign);
            rest -= value;
        }
    }
    text
}

/// 一, 十, 十一, 二十, 一百〇一 and so on below ten thousand times ten thousand.
fn counted(number: usize, digits: &str, units: &str) -> String {
    let digits: Vec<char> = digits.chars().collect();
    let units: Vec<char> = units.chars().collect();
    let (Some(&zero), [ten, hundred, thousand, myriad]) = (digits.first(), units.as_slice()) else {
        return number.to_string();
    };
    if number >= 100_000_000 {
        return number.to_string();
    }
    if number == 0 {
        return zero.to_string();
    }
    let four = |part: usize, text: &mut String, inside: bool| {
        let mut gap = inside && part < 1000;
        for (value, unit) in [(1000, Some(thousand)), (100, Some(hundred)), (10, Some(ten)), (1, None)] {
            let digit = part / value % 10;
            if digit == 0 {
                gap |= part / value > 0;
                continue;
            }
            if gap {
                text.push(zero);
                gap = false;
            }
            text.push(digits.get(digit).copied().unwrap_or(zero));
            text.extend(unit);
        }
    };
    let mut text = String::new();
    let (high, low) = (number / 10_000, number % 10_000);
    if high > 0 {
        four(high, &mut text, false);
        text.push(*myriad);
    }
    if low > 0 {
        four(low, &mut text, high > 0);
    }
    // 一十一 is said 十一.
    let ten_alone: String = [digits[1], *ten].iter().collect();
    text.strip_prefix(&ten_alone).map(|rest| format!("{ten}{rest}")).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_lists() {
        let cases = [
            ("decimal", 12, "12"),
            ("chineseCountingThousand", 1, "一"),
            ("chineseCountingThousand", 10, "十"),
            ("chineseCountingThousand", 11, "十一"),
            ("chineseCounting", 20, "二十"),
            ("chineseCounting", 105, "一百〇五"),
            ("japaneseCounting", 110, "一百一十"),
            ("japaneseCounting", 1010, "一千〇一十"),
            ("japaneseCounting", 20_003, "二万〇三"),
            ("japaneseCounting", 110_000, "十一万"),
            ("chineseLegalSimplified", 12, "拾贰"),
            ("ideographDigital", 105, "一〇五"),
            ("ideographTraditional", 3, "丙"),
            ("ideographTraditional", 11, "11"),
            ("decimalEnclosedCircleChinese", 20, "⑳"),
            ("decimalEnclosedCircle", 21, "21"),
            ("upperRoman", 1994, "MCMXCIV"),
            ("lowerLetter", 28, "bb"),
            ("decimalFullWidth", 10, "１０"),
            ("decimalZero", 7, "07"),
            ("unheardOf", 7, "7"),
        ];
        for (format, number, text) in cases {
            assert_eq!(numeral(format, number).as_deref(), Some(text), "{format} {number}");
        }
        assert_eq!(numeral("none", 7), None);
        for number in [0, usize::MAX] {
            for format in ["upperRoman", "upperLetter", "japaneseCounting", "decimalEnclosedCircle"] {
                assert!(numeral(format, number).is_some());
            }
        }
    }
}
