//! Text to clean lines, each with the number it has in the source.

use crate::chinese::normalize::{Oddity, oddities};
use crate::diagnostic::Message;

/// One line, cleaned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// Counted from 1 in the document as it was given.
    pub(crate) number: usize,
    /// Without the blanks around it, invisible characters and the bullet.
    pub(crate) text: String,
    /// Whether blanks stood before it.
    pub(crate) indented: bool,
    /// Whether a bullet of a symbol font stood before it.
    pub(crate) bullet: bool,
}

/// Something to look at, with its line in the document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    /// Which of the files it is in, from 0.
    pub file: usize,
    /// Line of the document, or of a Word file or Web page the paragraph, counted from 1.
    pub line: usize,
    /// What to look at.
    pub message: Message,
}

impl Point {
    pub(crate) fn new(line: usize, zh: impl Into<String>, en: impl Into<String>) -> Point {
        Point { file: 0, line, message: Message::new(zh, en) }
    }

    /// The same in another file.
    pub(crate) fn in_file(self, file: usize) -> Point {
        Point { file, ..self }
    }
}

/// Points that a person would read of one file; what a hostile document could say to more would fill the memory.
const MOST_POINTS: usize = 1000;

/// Adds a point, unless there are too many already; the last one says so.
pub(crate) fn add_point(points: &mut Vec<Point>, point: Point) {
    match points.len() {
        MOST_POINTS.. => {}
        at if at + 1 == MOST_POINTS => points.push(Point::new(
            point.line,
            format!("以上已有{at}处，这里以后的不再列出。"),
            format!("There were {at} before; from here on no more are listed."),
        )),
        _ => points.push(point),
    }
}

/// Bullets that Word sets in a symbol font.
const BULLETS: [char; 14] = [
    '\u{F0B7}', '\u{F0A7}', '\u{F0D8}', '\u{F06C}', '\u{F0FC}', '\u{F06E}', '\u{F06F}', '\u{F071}',
    '\u{F075}', '\u{F076}', '\u{F0A8}', '\u{F0D6}', '\u{F0DA}', '\u{F0E8}',
];

/// Splits a text into clean lines and says which characters need a look.
pub(crate) fn clean_lines(text: &str) -> (Vec<Line>, Vec<Point>) {
    let mut lines = Vec::new();
    let mut points = Vec::new();
    let text = text.replace("\r\n", "\n");
    for (index, raw) in text.split(['\n', '\r']).enumerate() {
        let number = index + 1;
        for part in raw.split(['\u{B}', '\u{C}', '\u{85}', '\u{2028}', '\u{2029}']) {
            let odd = oddities(part);
            let line = clean_line(number, part, &odd);
            for point in odd_points(&line, &odd) {
                add_point(&mut points, point);
            }
            lines.push(line);
        }
    }
    (lines, points)
}

fn clean_line(number: usize, raw: &str, odd: &[(usize, char, Oddity)]) -> Line {
    let removed = |at: usize| {
        let found = odd.binary_search_by_key(&at, |(place, _, _)| *place).ok().and_then(|at| odd.get(at));
        found.is_some_and(|(_, _, oddity)| !matches!(oddity, Oddity::PrivateUse | Oddity::NoBreakSpace))
    };
    let spaced: String = raw
        .char_indices()
        .filter(|(at, _)| !removed(*at))
        .map(|(_, c)| if is_blank(c) { ' ' } else { c })
        .collect();
    let unindented = spaced.trim_start_matches([' ', '\u{3000}']);
    let indented = unindented.len() < spaced.len();
    let unbulleted = unindented.strip_prefix(BULLETS);
    let text = unbulleted.unwrap_or(unindented).trim_matches([' ', '\u{3000}']).to_string();
    Line { number, text, indented, bullet: unbulleted.is_some() }
}

/// Blanks other than the full-width one become an ordinary blank.
fn is_blank(c: char) -> bool {
    c.is_whitespace() && c != '\u{3000}'
}

fn private_use(line: usize, code: u32) -> Point {
    Point::new(
        line,
        format!("有专用区字符 U+{code:04X}，别人的电脑上看不到，已照样保留，请换成真正的字。"),
        format!(
            "Private-use character U+{code:04X}: others cannot see it. It is kept; put the real character instead."
        ),
    )
}

fn control(line: usize, code: u32) -> Point {
    Point::new(
        line,
        format!("删去了控制字符 U+{code:04X}。"),
        format!("Control character U+{code:04X} was removed."),
    )
}

fn lost(line: usize) -> Point {
    Point::new(
        line,
        "有替代字符 U+FFFD:原稿在此之前就已丢字，请补上。",
        "Replacement character U+FFFD: the document had lost a character before it came here. Put it back.",
    )
}

/// What a person should see: characters that were removed or that others cannot read.
fn odd_points(line: &Line, odd: &[(usize, char, Oddity)]) -> Vec<Point> {
    let mut points = Vec::new();
    for (_, c, oddity) in odd {
        match oddity {
            Oddity::PrivateUse if line.text.contains(*c) => {
                points.push(private_use(line.number, u32::from(*c)))
            }
            Oddity::Control | Oddity::Noncharacter => points.push(control(line.number, u32::from(*c))),
            Oddity::PrivateUse | Oddity::Invisible | Oddity::NoBreakSpace | Oddity::BidiControl => {}
        }
    }
    if line.text.contains('\u{FFFD}') {
        points.push(lost(line.number));
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<(usize, String)> {
        clean_lines(text).0.into_iter().map(|line| (line.number, line.text)).collect()
    }

    #[test]
    fn line_ends_of_all_systems_keep_their_numbers() {
        let expected = vec![(1, "甲".to_string()), (2, "乙".to_string()), (3, String::new())];
        for text in ["甲\n乙\n", "甲\r\n乙\r\n", "甲\r乙\r"] {
            assert_eq!(texts(text), expected);
        }
        assert_eq!(texts("甲\u{B}乙"), [(1, "甲".to_string()), (1, "乙".to_string())]);
    }

    #[test]
    fn blanks_and_invisible_characters_are_cleaned() {
        assert_eq!(
            texts("\u{3000}\u{3000}养\u{200B}老\u{A0}服\u{AD}务\u{3000}"),
            [(1, "养老 服务".to_string())]
        );
        assert_eq!(texts("委员 王\u{3000}伟"), [(1, "委员 王\u{3000}伟".to_string())]);
    }

    #[test]
    fn bullets_become_items_and_others_are_reported() {
        let (lines, points) = clean_lines("\u{F0B7} 第一项\n\u{3000}\u{F0A7}第二项\n结尾\u{E5D2}。");
        assert_eq!(lines.iter().map(|l| l.bullet).collect::<Vec<_>>(), [true, true, false]);
        assert_eq!(lines[0].text, "第一项");
        assert_eq!(points.len(), 1);
        assert_eq!(points[0].line, 3);
        assert!(points[0].message.en.contains("U+E5D2"));
    }
}
