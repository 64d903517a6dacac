//! Numbers as printable characters: one number, one character, in a JSON string.
//!
//! The number v is the character with code v + 0x23, or v + 0x44 from 0x5C on. Neither `"` nor a control character is ever
//! used, and a backslash is escaped by JSON, as always; JavaScript reads the number back with `charCodeAt`. A number of
//! [`LIMIT`] or more is `!` and two such characters: v / LIMIT and v mod LIMIT.

/// The first number that takes three characters.
pub const LIMIT: u32 = 0x1FBB;
const ESCAPE: char = '!';

/// Appends `number`.
pub fn push(out: &mut String, number: u32) {
    if number < LIMIT {
        out.push(symbol(number));
    } else {
        out.push(ESCAPE);
        out.push(symbol((number / LIMIT).min(LIMIT - 1)));
        out.push(symbol(number % LIMIT));
    }
}

fn symbol(number: u32) -> char {
    char::from_u32(number + if number < 0x5C { 0x23 } else { 0x44 }).unwrap_or(ESCAPE)
}

/// Numbers in growing order as their differences.
pub fn growing(numbers: impl IntoIterator<Item = u32>) -> String {
    let mut out = String::new();
    let mut before = 0;
    for number in numbers {
        push(&mut out, number - before);
        before = number;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<u32> {
        let one = |c: char| c as u32 - if (c as u32) < 0x7F { 0x23 } else { 0x44 };
        let mut characters = text.chars();
        let mut numbers = Vec::new();
        while let Some(c) = characters.next() {
            let mut more = || characters.next().map_or(0, one);
            numbers.push(if c == ESCAPE { more() * LIMIT + more() } else { one(c) });
        }
        numbers
    }

    #[test]
    fn every_number_is_read_back() {
        for number in (0..20_000).chain([LIMIT - 1, LIMIT, LIMIT + 1, 1_000_000, 60_000_000]) {
            let mut text = String::new();
            push(&mut text, number);
            assert_eq!(read(&text), [number]);
            assert!(!text.contains(['"', '\u{2028}']) && !text.chars().any(char::is_control), "{number}");
        }
    }
}
