//! Makes the scripts and style sheets of a Tera theme small: comments and blanks go, what they do stays.

use oxc_allocator::Allocator;
use oxc_parser::Parser;
use oxc_span::SourceType;

use crate::search::client;

/// The file at `path` made small. Anything but a script or a style sheet, what cannot be read as one, and what asks to be
/// kept as it is (`/*!` or `@license`) stays as it was.
pub fn small(path: &str, bytes: &[u8]) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(bytes) else { return bytes.to_vec() };
    if text.contains("/*!") || text.contains("@license") {
        return bytes.to_vec();
    }
    match path.rsplit_once('.') {
        Some((_, "css")) => style_sheet(text).into_bytes(),
        Some((_, "js")) if is_script(text) => client::minified(text).into_bytes(),
        _ => bytes.to_vec(),
    }
}

/// Whether `text` is a script without a fault.
fn is_script(text: &str) -> bool {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, text, SourceType::default().with_script(true)).parse();
    parsed.errors.is_empty() && !parsed.panicked
}

/// A style sheet without comments; runs of blanks are one, and none stands after `{`, `}`, `;` and `,` or before `{` and
/// `}`. Blanks before `;` and beside other signs mean something (`--night: ;`, `a :hover`, `calc(1em + 2px)`) and stay.
fn style_sheet(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '"' | '\'' => quoted(rest, c),
            'u' | 'U' if is_url(rest) => rest.find(')').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '\\' => rest.char_indices().nth(2).map_or(rest.len(), |(end, _)| end),
            c if is_blank(c) => rest.find(|c| !is_blank(c)).unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        let (token, after) = rest.split_at(taken);
        rest = after;
        match c {
            '/' if token.len() > 1 => {}
            c if is_blank(c) => {
                if !out.ends_with(['{', '}', ';', ',', ' ']) && !out.is_empty() {
                    out.push(' ');
                }
            }
            '{' | '}' => {
                if out.ends_with(' ') && !out.ends_with(": ") {
                    out.pop();
                }
                out.push(c);
            }
            _ => out.push_str(token),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Whether `text` begins with an address without quotes, in which `/*` begins no comment.
fn is_url(text: &str) -> bool {
    let begins = text.get(..4).is_some_and(|begin| begin.eq_ignore_ascii_case("url("));
    begins && !text[4..].trim_start().starts_with(['"', '\''])
}

/// The length of the string in quotes with which `text` begins.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote || c == '\n' => return at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_sheets_mean_what_they_meant() {
        for (text, right) in [
            (
                "a {\n  color: red; /* why */\n  b: c;\n}\n\np > a :hover,\nb { }\n",
                "a{color: red;b: c;}p > a :hover,b{}",
            ),
            (":root { --night: ; --day: }", ":root{--night: ;--day: }"),
            (
                "a::before { content: \"a  /* b */ { }\\\" \"; }",
                "a::before{content: \"a  /* b */ { }\\\" \";}",
            ),
            ("a{b:url(//c/*.png) /* x */ , URL( \"d  e\" )}", "a{b:url(//c/*.png) ,URL( \"d  e\" )}"),
            ("a{width:calc(1em  +  2px)}", "a{width:calc(1em + 2px)}"),
            ("@media (min-width: 1em) {\n  .a\\:b { x: y }\n}", "@media (min-width: 1em){.a\\:b{x: y}}"),
        ] {
            assert_eq!(style_sheet(text), right);
        }
    }

    #[test]
    fn scripts_lose_their_comments_and_what_is_no_script_stays() {
        let script = b"// why\n(function () {\n  var long = 1;\n  alert(long, long);\n})();\n";
        let small_script = String::from_utf8(small("a.js", script)).expect("UTF-8");
        assert!(!small_script.contains("why") && small_script.contains("alert("), "{small_script}");
        let names = String::from_utf8(small("a.js", b"function opens() {}\nvar kept = 1;\n")).expect("UTF-8");
        assert!(names.contains("opens") && names.contains("kept"), "names that other scripts see: {names}");
        for (path, text) in [("a.js", "a b c // no"), ("a.js", "/*! mine */ a()"), ("a.svg", "<svg>  </svg>")]
        {
            assert_eq!(small(path, text.as_bytes()), text.as_bytes(), "{path}");
        }
    }
}
