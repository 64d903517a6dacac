//! Makes HTML small without harm to the text: one pass, tag by tag, that knows no more of HTML than where blanks are seen.
//!
//! What goes: comments, blanks that no style sheet can show, all but one of a run of blanks, quotes around values that need
//! none, entities that need not be. What stays is all that the parser of HTML's standard (WHATWG, section 13) builds a
//! page from: tags, closing tags included, attributes in their order, and the text of `pre`, `textarea`, `script` and
//! `style` to the letter.

use std::borrow::Cow;

use memchr::memchr;

use crate::markup::{NameSet, Piece, is_self_closing, pieces, value};

/// How deep a page may be nested. Browsers themselves stop at 512.
pub const DEPTH_LIMIT: usize = 256;

/// Elements without content.
const VOID: NameSet<13> = NameSet::new([
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
]);
/// Elements beside which no style sheet shows a blank: what has no box, and what a table is made of. A paragraph or an
/// entry of a list may well be shown as part of a line.
const HIDES_BLANKS: NameSet<19> = NameSet::new([
    "base", "body", "br", "caption", "col", "colgroup", "head", "hr", "html", "link", "meta", "optgroup",
    "option", "table", "tbody", "tfoot", "thead", "title", "tr",
]);

/// Minifies a page, and tells `attribute` the name and the value of each that has one, as they are written.
///
/// # Errors
/// The limit, where the page is nested deeper than that.
pub fn html(html: &str, attribute: &mut dyn FnMut(&str, &str)) -> Result<String, usize> {
    let mut out = String::with_capacity(html.len());
    let mut depth = 0usize;
    let mut before: Option<Piece<'_>> = None;
    let mut pieces = pieces(html).filter(|piece| !is_comment(piece)).peekable();
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Text(text) => {
                push_text(&mut out, text, shows_blank(before.as_ref()), shows_blank(pieces.peek()))
            }
            Piece::Open(name, tag) => {
                if !VOID.has(name) && !is_self_closing(name, tag) {
                    depth += 1;
                }
                push_tag(&mut out, name, tag, attribute);
            }
            Piece::Close(name, _) => {
                depth = depth.saturating_sub(1);
                out.push_str("</");
                out.push_str(name);
                out.push('>');
            }
            Piece::Raw(text) => match before {
                Some(Piece::Open(name, _)) if name.eq_ignore_ascii_case("title") => {
                    push_text(&mut out, text, false, false);
                }
                _ => out.push_str(text),
            },
            Piece::Other(text) => out.push_str(text),
        }
        if depth > DEPTH_LIMIT {
            return Err(DEPTH_LIMIT);
        }
        before = Some(piece);
    }
    Ok(out)
}

fn is_comment(piece: &Piece<'_>) -> bool {
    matches!(piece, Piece::Other(text) if text.starts_with("<!--"))
}

/// Writes an opening tag: one blank before each attribute, values without the quotes that they need not.
fn push_tag(out: &mut String, name: &str, tag: &str, attribute: &mut dyn FnMut(&str, &str)) {
    let Some(inner) = tag.strip_suffix('>') else {
        out.push_str(tag);
        return;
    };
    out.push('<');
    out.push_str(name);
    let mut rest = inner[1 + name.len()..].trim_start_matches(|c| is_blank(c) || c == '/');
    let mut is_bare = false;
    while !rest.is_empty() {
        let ends = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'/');
        let end = rest.bytes().position(ends).unwrap_or(rest.len()).max(1);
        let (key, after) = rest.split_at(end);
        out.push(' ');
        out.push_str(key);
        rest = after.trim_ascii_start();
        is_bare = false;
        if let Some(after) = rest.strip_prefix('=') {
            let (value, after) = value(after);
            attribute(key, value);
            is_bare = push_value(out, value);
            rest = after;
        }
        rest = rest.trim_start_matches(|c| is_blank(c) || c == '/');
    }
    // Elements of SVG may close themselves; a slash at once after a value without quotes would belong to it.
    if is_self_closing(name, tag) && !VOID.has(name) {
        out.push_str(if is_bare { " /" } else { "/" });
    }
    out.push('>');
}

/// Writes `=` and the value, where it is not empty, and says whether it stands without quotes.
fn push_value(out: &mut String, value: &str) -> bool {
    if value.is_empty() {
        return false;
    }
    out.push('=');
    let value = literal(value, &["&lt;", "&gt;", "&#39;", "&#x27;"]);
    let needs_quotes =
        |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b'`' | b'=' | b'<' | b'>');
    let is_bare = !has_any(&value, needs_quotes);
    if is_bare {
        out.push_str(&value);
    } else if memchr(b'"', value.as_bytes()).is_none() {
        out.extend(["\"", &value, "\""]);
    } else {
        out.extend(["\"", &value.replace('"', "&quot;"), "\""]);
    }
    is_bare
}

/// `text` with the characters themselves in the place of these entities.
fn literal<'t>(text: &'t str, entities: &[&str]) -> Cow<'t, str> {
    if memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        let (before, entity) = rest.split_at(at);
        out.push_str(before);
        match entities.iter().find(|one| entity.starts_with(**one)) {
            Some(found) => {
                out.push(match *found {
                    "&lt;" => '<',
                    "&gt;" => '>',
                    "&quot;" => '"',
                    _ => '\'',
                });
                rest = &entity[found.len()..];
            }
            None => {
                out.push('&');
                rest = &entity[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Each run of white space becomes one blank, or nothing at an end of the text where none can be seen.
fn push_text(out: &mut String, text: &str, after_shown: bool, before_shown: bool) {
    let core = text.trim_ascii();
    if core.is_empty() {
        if !text.is_empty() && after_shown && before_shown && !out.ends_with(' ') {
            out.push(' ');
        }
        return;
    }
    // Only a text that a comment cut in two comes after a blank.
    if text.starts_with(is_blank) && after_shown && !out.ends_with(' ') {
        out.push(' ');
    }
    let core = literal(core, &["&gt;", "&quot;", "&#39;", "&#x27;"]);
    if has_any(&core, |byte| byte.is_ascii_whitespace()) {
        let mut words = core.split_ascii_whitespace();
        out.push_str(words.next().unwrap_or_default());
        for word in words {
            out.push(' ');
            out.push_str(word);
        }
    } else {
        out.push_str(&core);
    }
    if text.ends_with(is_blank) && before_shown {
        out.push(' ');
    }
}

/// Whether a text has such bytes. Most have none: all bytes at once are looked at faster than one after the other.
fn has_any(text: &str, is_such: impl Fn(u8) -> bool) -> bool {
    text.bytes().fold(false, |found, byte| found | is_such(byte))
}

/// HTML's own white space: not the no-break or full-width space.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

/// Whether a blank beside this piece is seen.
fn shows_blank(piece: Option<&Piece<'_>>) -> bool {
    match piece {
        None => false,
        Some(Piece::Open(name, _) | Piece::Close(name, _)) => !HIDES_BLANKS.has(name),
        Some(Piece::Text(_) | Piece::Raw(_) | Piece::Other(_)) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pairs: &[(&str, &str)]) {
        for (html, right) in pairs {
            assert_eq!(super::html(html, &mut |_, _| ()).as_deref(), Ok(*right));
        }
    }

    #[test]
    fn blanks_that_can_be_seen_stay() {
        check(&[
            (
                "<div>Speaker <a href=\"/a/\">Lin</a> <a href=\"/b/\">He</a></div>",
                "<div>Speaker <a href=/a/>Lin</a> <a href=/b/>He</a></div>",
            ),
            (
                "<nav>\n<a href=\"/a/\">甲</a>\n<a href=\"/b/\">乙</a>\n</nav>",
                "<nav> <a href=/a/>甲</a> <a href=/b/>乙</a> </nav>",
            ),
            (
                "<form>搜索 <input name=\"q\"> <button>查</button></form>",
                "<form>搜索 <input name=q> <button>查</button></form>",
            ),
            ("<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>", "<ul> <li>甲</li> <li>乙</li> </ul>"),
            ("<p>一 <b>二</b> 三</p>", "<p>一 <b>二</b> 三</p>"),
            ("<table>\n<tr>\n<td>1</td>\n</tr>\n</table>", "<table><tr><td>1</td></tr></table>"),
            ("<p>一 <!-- 二 --> 三</p>", "<p>一 三</p>"),
            ("<pre>  a\n  b</pre>", "<pre>  a\n  b</pre>"),
            ("<title>\n 甲\n 乙 </title>", "<title>甲 乙</title>"),
        ]);
    }

    #[test]
    fn text_with_angle_brackets_stays() {
        check(&[(
            "<p>党&lt;建 &lt;未完成&gt; A&amp;B &amp;amp;lt; &amp;gt; 1 &lt; 2 &#39;x&quot;</p>",
            "<p>党&lt;建 &lt;未完成> A&amp;B &amp;amp;lt; &amp;gt; 1 &lt; 2 'x\"</p>",
        )]);
    }

    #[test]
    fn values_have_the_quotes_that_they_need() {
        check(&[
            ("<p class=\"a\"  id='b'\n>x</p>", "<p class=a id=b>x</p>"),
            ("<p class=\"a b\" lang=''>x</p>", "<p class=\"a b\" lang>x</p>"),
            ("<a title=\"a=b\" href=\"?q=1&amp;n=2\">x</a>", "<a title=\"a=b\" href=\"?q=1&amp;n=2\">x</a>"),
            ("<a title='say \"x\"'>x</a>", "<a title=\"say &quot;x&quot;\">x</a>"),
            ("<a title=\"&lt;b&gt; &#39;\">x</a>", "<a title=\"<b> '\">x</a>"),
            ("<a title=\"&quot;\" href=x/>x</a>", "<a title=&quot; href=x/>x</a>"),
            ("<input disabled value = \"1\" />", "<input disabled value=1>"),
            ("<svg><path d=\"M1 1\"/><g id=\"a\"/></svg>", "<svg><path d=\"M1 1\"/><g id=a /></svg>"),
            ("<a href=\"a>b\">x", "<a href=\"a>b\">x"),
            ("<p class=\"", "<p class=\""),
        ]);
    }

    #[test]
    fn deep_pages_are_refused() {
        assert_eq!(html(&"<div>".repeat(DEPTH_LIMIT + 1), &mut |_, _| ()), Err(DEPTH_LIMIT));
    }

    proptest::proptest! {
        #[test]
        fn small_stays_small(html in "([<>/=\"'a-c &;\n]|<p |<b>|</b>|<!--|-->|&lt;|&quot;|<pre>|<script>|</script>)*") {
            if let Ok(once) = super::html(&html, &mut |_, _| ()) {
                proptest::prop_assert!(once.len() <= html.len() * 6);
            }
        }
    }
}
