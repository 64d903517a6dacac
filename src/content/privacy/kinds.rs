//! Which numbers are a person's, by their digits and by how people group them.

use jiff::civil::Date;

use super::chains::Group;
use crate::diagnostic::Message;

/// What a number seems to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 居民身份证号码, of 18 characters (GB 11643) or the former 15, and those of residence permits.
    Identity,
    /// 手机号码.
    Mobile,
    /// 固定电话号码 with its area code.
    Landline,
    /// 银行卡号.
    BankCard,
}

impl Kind {
    /// Its name for messages.
    pub fn name(self) -> Message {
        match self {
            Kind::Identity => Message::new("身份证号码", "a resident identity number"),
            Kind::Mobile => Message::new("手机号码", "a mobile telephone number"),
            Kind::Landline => Message::new("固定电话号码", "a telephone number"),
            Kind::BankCard => Message::new("银行卡号", "a bank card number"),
        }
    }
}

/// The longest number that is looked for.
const LONGEST: usize = 20;

/// What the first groups of `groups` are together, and how many of them.
pub(super) fn recognise(groups: &[Group]) -> Option<(Kind, usize)> {
    let mut digits = String::new();
    let mut lengths = Vec::new();
    let mut found = None;
    for group in groups {
        if digits.len() + group.digits.len() > LONGEST {
            break;
        }
        digits.push_str(&group.digits);
        lengths.push(group.digits.len());
        found = kind(&digits, &lengths).map(|kind| (kind, lengths.len())).or(found);
    }
    found
}

fn kind(digits: &str, lengths: &[usize]) -> Option<Kind> {
    if is_identity(digits, lengths) {
        return Some(Kind::Identity);
    }
    let (national, lengths, abroad) = without_country(digits, lengths);
    if is_mobile(national, &lengths) {
        return Some(Kind::Mobile);
    }
    if is_landline(national, &lengths, abroad) {
        return Some(Kind::Landline);
    }
    is_bank_card(digits, &lengths).then_some(Kind::BankCard)
}

fn is_identity(digits: &str, lengths: &[usize]) -> bool {
    match digits.len() {
        18 => {
            is_region(digits)
                && is_birthday(&digits[6..14])
                && check_character(digits) == digits[17..].chars().next()
        }
        15 => {
            let whole = matches!(lengths, [15] | [6, 6, 3]);
            whole
                && !digits.ends_with('X')
                && is_region(digits)
                && is_birthday(&format!("19{}", &digits[6..12]))
        }
        _ => false,
    }
}

/// Whether the first digits are those of a province; 9 begins the permits of foreigners, their province following.
fn is_region(digits: &str) -> bool {
    let province = if digits.len() == 18 { digits.strip_prefix('9').unwrap_or(digits) } else { digits };
    let second = |range: std::ops::RangeInclusive<u8>| range.contains(&province.as_bytes()[1]);
    match province.as_bytes()[0] {
        b'1' | b'6' => second(b'1'..=b'5'),
        b'2' => second(b'1'..=b'3'),
        b'3' => second(b'1'..=b'7'),
        b'4' => second(b'1'..=b'6'),
        b'5' => second(b'0'..=b'4'),
        b'7' => second(b'1'..=b'1'),
        b'8' => second(b'1'..=b'3'),
        _ => false,
    }
}

/// Whether eight digits are a day on which someone now alive can have been born.
fn is_birthday(digits: &str) -> bool {
    let day =
        || Date::new(digits[..4].parse().ok()?, digits[4..6].parse().ok()?, digits[6..].parse().ok()?).ok();
    digits.bytes().all(|b| b.is_ascii_digit()) && day().is_some_and(|day| (1900..2100).contains(&day.year()))
}

/// The last character of an identity number by its other 17 (ISO 7064, MOD 11-2).
pub(super) fn check_character(digits: &str) -> Option<char> {
    let mut sum = 0;
    for c in digits.chars().take(17) {
        sum = (sum + c.to_digit(10)?) * 2 % 11;
    }
    "10X98765432".chars().nth(sum as usize)
}

/// A telephone number without 86 or 0086 before it, and whether it was there.
fn without_country<'d>(digits: &'d str, lengths: &[usize]) -> (&'d str, Vec<usize>, bool) {
    for country in ["0086", "86"] {
        if let Some(rest) = digits.strip_prefix(country)
            && lengths[0] >= country.len()
        {
            let mut lengths = lengths.to_vec();
            lengths[0] -= country.len();
            lengths.retain(|length| *length > 0);
            return (rest, lengths, true);
        }
    }
    (digits, lengths.to_vec(), false)
}

fn is_mobile(digits: &str, lengths: &[usize]) -> bool {
    let usual = matches!(lengths, [11] | [3, 8] | [3, 4, 4] | [4, 3, 4] | [4, 4, 3] | [3, 3, 5]);
    usual && digits.starts_with('1') && matches!(digits.as_bytes()[1], b'3'..=b'9') && !digits.ends_with('X')
}

fn is_landline(digits: &str, lengths: &[usize], abroad: bool) -> bool {
    let area = match (digits.strip_prefix('0'), abroad) {
        (Some(rest), _) => rest,
        (None, true) => digits,
        (None, false) => return false,
    };
    let code = match area.as_bytes() {
        [b'1', b'0', ..] | [b'2', b'0'..=b'5' | b'7'..=b'9', ..] => 2,
        [b'3'..=b'9', b'1'..=b'9', b'0'..=b'9', ..] => 3,
        _ => return false,
    };
    let own = &area[code..];
    let own_is_usual = matches!((code, own.len()), (2, 8) | (3, 7 | 8))
        && matches!(own.as_bytes()[0], b'2'..=b'8')
        && !own.ends_with('X');
    let zero = digits.len() - area.len();
    own_is_usual && (lengths.len() == 1 || lengths[0] == code + zero && lengths.len() <= 3)
}

fn is_bank_card(digits: &str, lengths: &[usize]) -> bool {
    let fours = lengths.split_last().is_some_and(|(last, rest)| rest.iter().all(|n| *n == 4) && *last <= 4);
    let grouped = fours || lengths.len() == 1 || lengths.len() == 2 && lengths[0] == 6;
    grouped && (16..=19).contains(&digits.len()) && is_issued(digits) && has_luhn_sum(digits)
}

/// Whether the first digits are those of a bank in China or of an international network.
fn is_issued(digits: &str) -> bool {
    let first = |count: usize| digits[..count].parse::<u32>().unwrap_or_default();
    matches!(first(1), 4)
        || matches!(first(2), 35 | 51..=55 | 60 | 62)
        || matches!(first(4), 2221..=2720 | 9558 | 9559)
}

/// Whether the last digit is right by ISO/IEC 7812-1.
fn has_luhn_sum(digits: &str) -> bool {
    let mut sum = 0;
    for (at, c) in digits.chars().rev().enumerate() {
        let Some(digit) = c.to_digit(10) else { return false };
        let doubled = digit * (1 + at as u32 % 2);
        sum += doubled / 10 + doubled % 10;
    }
    sum % 10 == 0
}
