//! Facts about the meeting that the document states in words.

use super::document::Document;

/// What a document says about its meeting and its texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    /// The sitting: 政协武汉市第十四届委员会第四次会议第二次全体会议.
    pub(crate) name: Option<String>,
    /// Whether it says that the speeches are printed in summary.
    pub(crate) summary: bool,
    /// A month and day in the lead, and its line.
    pub(crate) day: Option<(i8, i8, usize)>,
    /// How many speakers it says there are, and in which line.
    pub(crate) speakers: Option<(usize, usize)>,
}

/// Reads the facts from the titles and the lead.
pub(crate) fn facts(document: &Document) -> Facts {
    let lead = || document.lead.iter().map(|piece| (piece.text.as_str(), piece.line));
    let titles = || document.title.iter().chain(&document.subtitle).map(String::as_str);
    let texts = || lead().map(|(text, _)| text).chain(titles());
    Facts {
        name: texts().find_map(sitting),
        summary: texts().any(|text| ["摘要", "摘登", "摘编", "摘发"].iter().any(|word| text.contains(word))),
        day: lead().find_map(|(text, line)| month_and_day(text).map(|(month, day)| (month, day, line))),
        speakers: lead().find_map(|(text, line)| number_before(text, "位").map(|number| (number, line))),
    }
}

/// The name of a sitting: the clause up to the last 会议 before it “was held”.
fn sitting(text: &str) -> Option<String> {
    text.split([',', '，', '。', '；', ';']).find_map(|clause| {
        let held = ["举行", "召开", "开幕", "闭幕", "举办", "舉行", "召開", "開幕", "閉幕"]
            .iter()
            .filter_map(|verb| clause.find(verb))
            .min()?;
        let before = clause.get(..held)?;
        let end = ["会议", "大会", "全会", "會議", "大會", "全會"]
            .iter()
            .filter_map(|word| before.rfind(word).map(|at| at + word.len()))
            .max()?;
        let name = without_day(before.get(..end)?);
        let named = name.contains('第') || name.contains('届') || name.contains('次');
        (named && name.chars().count() <= 60).then(|| name.to_string())
    })
}

/// Drops a date, a time of day and 在 from the head of a clause.
fn without_day(clause: &str) -> &str {
    let mut rest = clause.trim();
    if let Some((head, tail)) = rest.split_once('日')
        && head.chars().all(|c| c.is_ascii_digit() || "年月〇一二三四五六七八九十".contains(c))
    {
        rest = tail;
    }
    for word in ["上午", "下午", "晚上", "晚", "在"] {
        rest = rest.trim_start().strip_prefix(word).unwrap_or(rest);
    }
    rest.trim()
}

/// The first month and day that a text names.
fn month_and_day(text: &str) -> Option<(i8, i8)> {
    text.match_indices('月').find_map(|(at, sign)| {
        let month = number_at_end(text.get(..at)?)?;
        let after = text.get(at + sign.len()..)?;
        let day = number_at_end(after.get(..after.find('日')?)?)?;
        let alone = after.chars().take_while(|c| *c != '日').all(|c| digit(c).is_some() || c == '十');
        let valid = alone && (1..=12).contains(&month) && (1..=31).contains(&day);
        valid.then_some(())?;
        Some((i8::try_from(month).ok()?, i8::try_from(day).ok()?))
    })
}

fn number_before(text: &str, word: &str) -> Option<usize> {
    text.match_indices(word).find_map(|(at, _)| number_at_end(text.get(..at)?))
}

/// A number below ten thousand, in digits or Chinese numerals, that a text ends in.
fn number_at_end(text: &str) -> Option<usize> {
    let is_part = |c: &char| digit(*c).is_some() || *c == '十';
    let mut signs: Vec<char> = text.chars().rev().take_while(is_part).collect();
    signs.reverse();
    number_of(&signs).filter(|_| signs.len() <= 4)
}

/// The number that digits and Chinese numerals below a hundred stand for.
pub(crate) fn number_of(signs: &[char]) -> Option<usize> {
    let number =
        |signs: &[char]| signs.iter().try_fold(0usize, |sum, c| sum.checked_mul(10)?.checked_add(digit(*c)?));
    match signs.iter().position(|c| *c == '十') {
        None if signs.is_empty() => None,
        None => number(signs),
        Some(at) => {
            let (tens, ones) = signs.split_at(at);
            let tens = if tens.is_empty() { 1 } else { number(tens)? };
            tens.checked_mul(10)?.checked_add(number(ones.get(1..).unwrap_or(&[]))?)
        }
    }
}

/// What a digit or a Chinese numeral below ten stands for.
pub(crate) fn digit(c: char) -> Option<usize> {
    let value = match c {
        '0'..='9' => u32::from(c) - u32::from('0'),
        '０'..='９' => u32::from(c) - u32::from('０'),
        _ => u32::try_from("〇一二三四五六七八九".chars().position(|sign| sign == c)?).ok()?,
    };
    usize::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sittings() {
        let cases = [
            (
                "1月9日,政协某市第十四届委员会第四次会议第二次全体会议举行,19位委员发言。",
                Some("政协某市第十四届委员会第四次会议第二次全体会议"),
            ),
            ("2025年1月9日上午，在某市政协十四届四次会议举行的大会上", Some("某市政协十四届四次会议")),
            ("政协某市第十四届委员会第四次会议举行大会发言", Some("政协某市第十四届委员会第四次会议")),
            ("大家举行会议", None),
            ("汇智聚力", None),
        ];
        for (text, name) in cases {
            assert_eq!(sitting(text).as_deref(), name, "{text}");
        }
    }

    #[test]
    fn days_and_numbers() {
        assert_eq!(month_and_day("1月9日,"), Some((1, 9)));
        assert_eq!(month_and_day("二〇二五年十二月三十一日"), Some((12, 31)));
        assert_eq!(month_and_day("13月40日,本月召开,3月某日"), None);
        assert_eq!(number_before("十九位委员", "位"), Some(19));
        assert_eq!(number_before("单位19位", "位"), Some(19));
        assert_eq!(number_before("各位", "位"), None);
    }
}
