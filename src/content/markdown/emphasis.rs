//! Makes `**加强领导。**各部门` bold, and keeps a year at a line's start from becoming a list.
//!
//! CommonMark decides by the neighbours of `*` whether it can open or close, and takes Chinese
//! punctuation for the edge of a word. Where that goes wrong, a mark is put between the asterisks
//! and the punctuation before parsing and is taken out of every text after it. The rule is the
//! one of the proposed CJK-friendly amendment to CommonMark (its issue 650).

use crate::chinese::characters::{is_cjk, is_cjk_punctuation};

/// The mark: a noncharacter, which no text may contain.
pub(super) const MARK: char = '\u{fdd0}';

/// Source with marks in it.
#[derive(Debug)]
pub(super) struct Marked {
    /// The source with marks.
    pub(super) text: String,
    /// Bytes of `text` at which marks stand, ascending.
    marks: Vec<usize>,
}

impl Marked {
    /// The byte of the source that `offset` of the marked text stands for.
    pub(super) fn original(&self, offset: usize) -> usize {
        let before = self.marks.partition_point(|mark| *mark < offset);
        offset - before * MARK.len_utf8()
    }
}

/// Puts marks where Chinese needs them.
pub(super) fn mark(source: &str) -> Marked {
    let mut marked =
        Marked { text: String::with_capacity(source.len() + source.len() / 50), marks: Vec::new() };
    let mut before = None;
    let mut line_start = true;
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        if line_start && let Some(length) = year_marker(rest) {
            marked.text.push_str(&rest[..length]);
            marked.put();
            rest = &rest[length..];
            before = Some('0');
            line_start = false;
            continue;
        }
        let length = match c {
            '\\' => {
                c.len_utf8()
                    + rest[1..].chars().next().filter(char::is_ascii_punctuation).map_or(0, char::len_utf8)
            }
            '*' => rest.len() - rest.trim_start_matches('*').len(),
            _ => c.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        if c == '*' {
            marked.asterisks(token, before, after.chars().next());
        } else {
            marked.text.push_str(token);
        }
        before = token.chars().next_back();
        line_start = matches!(before, Some('\n' | '\r'));
        rest = after;
    }
    marked
}

impl Marked {
    fn put(&mut self) {
        self.marks.push(self.text.len());
        self.text.push(MARK);
    }

    fn asterisks(&mut self, run: &str, before: Option<char>, after: Option<char>) {
        let left = Neighbour::new(before);
        let right = Neighbour::new(after);
        let cjk = left.cjk || right.cjk;
        if left.punctuation && right.word && (left.cjk_punctuation || cjk) {
            self.put();
        }
        self.text.push_str(run);
        if right.punctuation && left.word && (right.cjk_punctuation || cjk) {
            self.put();
        }
    }
}

/// What stands beside a run of asterisks.
struct Neighbour {
    word: bool,
    punctuation: bool,
    cjk: bool,
    cjk_punctuation: bool,
}

impl Neighbour {
    fn new(c: Option<char>) -> Neighbour {
        let Some(c) = c.filter(|c| !c.is_whitespace()) else {
            return Neighbour { word: false, punctuation: false, cjk: false, cjk_punctuation: false };
        };
        let punctuation =
            c.is_ascii_punctuation() || is_cjk_punctuation(c) || !(c.is_ascii() || c.is_alphanumeric());
        Neighbour { word: !punctuation, punctuation, cjk: is_cjk(c), cjk_punctuation: is_cjk_punctuation(c) }
    }
}

/// The length of a line's start such as `2025` before `. `, which would begin a list at 2025.
fn year_marker(line: &str) -> Option<usize> {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let digits = line[indent..].bytes().take_while(u8::is_ascii_digit).count();
    let rest = &line[indent + digits..];
    let listed = rest
        .strip_prefix(['.', ')'])
        .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r']));
    (indent <= 3 && digits >= 4 && listed).then_some(indent + digits)
}
