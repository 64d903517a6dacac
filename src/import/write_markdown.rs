//! Text to Markdown that renders as exactly this text.

use super::document::{Piece, PieceKind};

/// The pieces of a text, with blank lines between them.
pub(crate) fn body(pieces: &[Piece]) -> String {
    let mut text = String::new();
    let mut above: Option<PieceKind> = None;
    for piece in pieces {
        match (above, piece.kind) {
            (None, _) => {}
            (Some(PieceKind::Item), PieceKind::Item) => text.push('\n'),
            _ => text.push_str("\n\n"),
        }
        match piece.kind {
            PieceKind::Heading(depth) => {
                text.push_str(&"#".repeat((depth + 1).min(6)));
                text.push(' ');
                text.push_str(&escape_heading(&piece.text));
            }
            PieceKind::Paragraph => text.push_str(&escape(&piece.text)),
            PieceKind::Item => {
                text.push_str("- ");
                text.push_str(&escape(&piece.text));
            }
        }
        above = Some(piece.kind);
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// One paragraph on one line: escapes what Markdown would read as markup, nothing else.
pub(crate) fn escape(text: &str) -> String {
    let start = marker_at_start(text);
    let tildes = text.matches('~').count();
    let mut escaped = String::with_capacity(text.len());
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let after = text.get(at + c.len_utf8()..).unwrap_or("");
        if start == Some(at) || is_markup(c, before, after, tildes) {
            escaped.push('\\');
        }
        escaped.push(c);
        before = Some(c);
    }
    escaped
}

/// A heading has no line start of its own, but its end counts.
fn escape_heading(text: &str) -> String {
    let mut escaped = escape(text);
    let closing = escaped.trim_end_matches('#');
    if closing.len() < escaped.len() && (closing.is_empty() || closing.ends_with(' ')) {
        escaped.insert(closing.len(), '\\');
    }
    if escaped.ends_with('}') {
        // `{…}` at the end is attributes, a backslash before it or not.
        escaped.pop();
        escaped.push_str("&#125;");
    }
    escaped
}

/// Where a paragraph would begin as a heading, a quotation, a list or a rule.
fn marker_at_start(text: &str) -> Option<usize> {
    let ends_marker = |rest: &str| rest.is_empty() || rest.starts_with(' ');
    let first = text.chars().next()?;
    let hashes = text.len() - text.trim_start_matches('#').len();
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = text.get(first.len_utf8()..).unwrap_or("");
    let marks = match first {
        '#' => hashes <= 6 && ends_marker(text.get(hashes..).unwrap_or("")),
        '>' | ':' => true,
        '-' => ends_marker(rest) || is_rule(text),
        '+' => ends_marker(rest) || text == "+++",
        '*' => ends_marker(rest),
        _ => false,
    };
    if marks {
        return Some(0);
    }
    let behind = text.get(digits..).unwrap_or("");
    let numbered = (1..=9).contains(&digits) && behind.strip_prefix(['.', ')']).is_some_and(ends_marker);
    numbered.then_some(digits)
}

/// `---` and longer, with blanks or without; `--` too, as the mark of a list item before it makes three.
fn is_rule(text: &str) -> bool {
    text.chars().all(|c| c == '-' || c == ' ') && text.matches('-').count() >= 2
}

/// Whether a character would be read as markup where it stands.
fn is_markup(c: char, before: Option<char>, after: &str, tildes: usize) -> bool {
    let next = after.chars().next();
    let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        '`' | '[' => true,
        '*' => !(blank(before) && blank(next)),
        '_' => !(letter(before) && letter(next)),
        '~' => tildes > 1,
        '<' => next.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
        '&' => is_entity(after),
        '\\' => next.is_none_or(|c| c.is_ascii_punctuation()),
        _ => false,
    }
}

/// `amp;`, `#38;`, `#x26;` and the like.
fn is_entity(after: &str) -> bool {
    let Some((name, _)) = after.split_once(';') else { return false };
    let name = name.strip_prefix('#').unwrap_or(name);
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser};

    use super::*;

    /// The text that a reader sees, paragraph by paragraph.
    fn rendered(markdown: &str) -> Vec<String> {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_DEFINITION_LIST
            | Options::ENABLE_GFM;
        let mut paragraphs = vec![String::new()];
        for event in Parser::new_ext(markdown, options) {
            let last = paragraphs.last_mut().expect("never empty");
            match event {
                Event::Text(text) => last.push_str(&text),
                Event::Start(_) | Event::End(_) => {
                    if !last.is_empty() {
                        paragraphs.push(String::new());
                    }
                }
                other => last.push_str(&format!("⟦{other:?}⟧")),
            }
        }
        paragraphs.pop();
        paragraphs
    }

    fn piece(kind: PieceKind, text: &str) -> Piece {
        Piece { kind, text: text.to_string(), line: 1 }
    }

    #[test]
    fn what_needs_no_escape_stays() {
        for text in [
            "“通用+智能+超算”",
            "非遗+短视频",
            "2024.武汉",
            "第3.5节",
            "a_b",
            "3 * 4",
            "10~20",
            "<3%",
            "R&D",
            "#标签",
            "a|b",
            "(1)",
            "-5度",
        ] {
            assert_eq!(escape(text), text);
        }
    }

    #[test]
    fn markup_is_escaped() {
        for (text, escaped) in [
            ("# 一", "\\# 一"),
            ("- 一", "\\- 一"),
            ("+ 一", "\\+ 一"),
            ("* 一", "\\* 一"),
            ("> 一", "\\> 一"),
            ("1. 一", "1\\. 一"),
            ("2) 一", "2\\) 一"),
            ("**重**", "\\*\\*重\\*\\*"),
            ("_重_", "\\_重\\_"),
            ("`x`", "\\`x\\`"),
            ("[1]", "\\[1]"),
            ("<b>", "\\<b>"),
            ("&amp;", "\\&amp;"),
            ("---", "\\---"),
            ("--", "\\--"),
            ("a\\*", "a\\\\\\*"),
            ("1~2,3~4", "1\\~2,3\\~4"),
        ] {
            assert_eq!(escape(text), escaped);
        }
    }

    proptest! {
        #[test]
        fn any_text_renders_as_itself(
            texts in proptest::collection::vec((0usize..3, "[-#*+_>.)(0-9`\\[\\]<&;|~\\\\ {}=:!a中。“]{1,14}"), 1..5)
        ) {
            let pieces: Vec<Piece> = texts
                .iter()
                .map(|(kind, text)| (kind, text.trim()))
                .filter(|(_, text)| !text.is_empty())
                .map(|(kind, text)| match kind {
                    0 => piece(PieceKind::Item, text),
                    1 => piece(PieceKind::Heading(1), text),
                    _ => piece(PieceKind::Paragraph, text),
                })
                .collect();
            let expected: Vec<String> = pieces.iter().map(|piece| piece.text.clone()).collect();
            prop_assert_eq!(rendered(&body(&pieces)), expected);
        }
    }
}
