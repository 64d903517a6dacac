//! Makes style sheets small: comments and blanks go, what they do stays.

/// A style sheet without comments; runs of blanks are one, and none stands after `{`, `}`, `;` and `,`, before `{` and
/// `}`, or between `:` and a value; the last `;` of a block goes. Blanks before `;` and beside other signs mean something
/// (`--night: ;`, `a :hover`, `calc(1em + 2px)`) and stay.
pub fn style_sheet(text: &str) -> String {
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
                let is_value = out.ends_with(':') && !rest.starts_with([';', '}']);
                if !out.ends_with(['{', '}', ';', ',', ' ']) && !is_value && !out.is_empty() {
                    out.push(' ');
                }
            }
            '{' | '}' => {
                if out.ends_with(' ') && !out.ends_with(": ") {
                    out.pop();
                }
                if c == '}' && out.ends_with(';') {
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
                "a{color:red;b:c}p > a :hover,b{}",
            ),
            (":root { --night: ; --day: }", ":root{--night: ;--day: }"),
            ("a::before { content: \"a  /* b */ { }\\\" \"; }", "a::before{content:\"a  /* b */ { }\\\" \"}"),
            ("a{b:url(//c/*.png) /* x */ , URL( \"d  e\" )}", "a{b:url(//c/*.png) ,URL( \"d  e\" )}"),
            ("a{width:calc(1em  +  2px)}", "a{width:calc(1em + 2px)}"),
            ("@media (min-width: 1em) {\n  .a\\:b { x: y }\n}", "@media (min-width:1em){.a\\:b{x:y}}"),
        ] {
            assert_eq!(style_sheet(text), right);
        }
    }
}
