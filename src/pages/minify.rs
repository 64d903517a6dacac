//! Makes HTML small with minify-html, without harm to the text.
//!
//! minify-html 0.18 takes the blanks between inline elements for layout in div, section, nav, form
//! and the like, and overflows the stack on deep nesting. So the depth is bounded before it, and the
//! blanks that readers can see are handed through it as a mark.

use minify_html::Cfg;

use super::markup::{Piece, is_self_closing, pieces};

/// How deep a page may be nested. Browsers themselves stop at 512.
pub const DEPTH_LIMIT: usize = 256;

/// Stands for a blank while the page is minified: a noncharacter, which no page contains.
const BLANK: char = '\u{fdd1}';

/// Minifies a page.
///
/// # Errors
/// The limit, where the page is nested deeper than that.
pub fn minify(html: &str) -> Result<Vec<u8>, usize> {
    let protected = protect(html)?;
    let small = minify_html::minify(protected.as_bytes(), &configuration());
    // Small HTML of a text is a text.
    let small = String::from_utf8(small)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    Ok(small.replace(BLANK, " ").into_bytes())
}

fn configuration() -> Cfg {
    Cfg {
        keep_closing_tags: true,
        keep_html_and_head_opening_tags: true,
        keep_comments: false,
        minify_doctype: false,
        allow_noncompliant_unquoted_attribute_values: false,
        allow_optimal_entities: false,
        allow_removing_spaces_between_attributes: false,
        ..Cfg::default()
    }
}

/// Puts a mark for every run of white space that stands between text or inline elements.
fn protect(html: &str) -> Result<String, usize> {
    let pieces: Vec<Piece<'_>> = pieces(html).collect();
    let mut out = String::with_capacity(html.len());
    let mut depth = 0usize;
    for (i, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Text(text) => {
                let before = i.checked_sub(1).and_then(|i| pieces.get(i));
                text_with_marks(&mut out, text, is_inline(before), is_inline(pieces.get(i + 1)));
            }
            Piece::Open(name, tag) => {
                if !is_void(name) && !is_self_closing(name, tag) {
                    depth += 1;
                }
                out.push_str(tag);
            }
            Piece::Close(_, tag) => {
                depth = depth.saturating_sub(1);
                out.push_str(tag);
            }
            Piece::Raw(text) | Piece::Other(text) => out.push_str(text),
        }
        if depth > DEPTH_LIMIT {
            return Err(DEPTH_LIMIT);
        }
    }
    Ok(out)
}

/// White space inside the text is kept as one blank; at an end of it, where that end is beside an inline element.
fn text_with_marks(out: &mut String, text: &str, after_inline: bool, before_inline: bool) {
    let core = text.trim_matches(is_blank);
    if core.is_empty() {
        if !text.is_empty() && after_inline && before_inline {
            out.push(BLANK);
        }
        return;
    }
    if text.starts_with(is_blank) && after_inline {
        out.push(BLANK);
    }
    let mut words = core.split(is_blank).filter(|word| !word.is_empty());
    out.push_str(words.next().unwrap_or_default());
    for word in words {
        out.push(BLANK);
        out.push_str(word);
    }
    if text.ends_with(is_blank) && before_inline {
        out.push(BLANK);
    }
}

/// HTML's own white space: not the no-break or full-width space.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

/// Whether a blank beside this piece is seen. Comments go away, so the blank is kept there.
fn is_inline(piece: Option<&Piece<'_>>) -> bool {
    match piece {
        None => false,
        Some(Piece::Open(name, _) | Piece::Close(name, _)) => !is_block(name),
        Some(Piece::Text(_) | Piece::Raw(_) | Piece::Other(_)) => true,
    }
}

fn is_block(name: &str) -> bool {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return is_block(&name.to_ascii_lowercase());
    }
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "base"
            | "blockquote"
            | "body"
            | "br"
            | "caption"
            | "col"
            | "colgroup"
            | "dd"
            | "details"
            | "dialog"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "head"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "link"
            | "main"
            | "menu"
            | "meta"
            | "nav"
            | "ol"
            | "optgroup"
            | "option"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "title"
    )
}

fn is_void(name: &str) -> bool {
    const VOID: [&str; 13] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    ];
    VOID.binary_search(&name.to_ascii_lowercase().as_str()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small(html: &str) -> String {
        String::from_utf8(minify(html).expect("shallow")).expect("UTF-8")
    }

    #[test]
    fn blanks_between_inline_elements_stay() {
        for (html, right) in [
            (
                "<div>Speaker <a href=\"/a/\">Lin</a> <a href=\"/b/\">He</a></div>",
                "<div>Speaker <a href=/a/>Lin</a> <a href=/b/>He</a></div>",
            ),
            (
                "<nav>\n<a href=\"/a/\">甲</a>\n<a href=\"/b/\">乙</a>\n</nav>",
                "<nav><a href=/a/>甲</a> <a href=/b/>乙</a></nav>",
            ),
            (
                "<form>搜索 <input name=\"q\"> <button>查</button></form>",
                "<form>搜索 <input name=q> <button>查</button></form>",
            ),
            ("<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>", "<ul><li>甲</li><li>乙</li></ul>"),
            ("<p>一 <b>二</b> 三</p>", "<p>一 <b>二</b> 三</p>"),
            ("<pre>  a\n  b</pre>", "<pre>  a\n  b</pre>"),
        ] {
            assert_eq!(small(html), right);
        }
    }

    #[test]
    fn text_with_angle_brackets_stays() {
        let html = "<p>党&lt;建 &lt;未完成&gt; A&amp;B &amp;amp;lt; 1 &lt; 2</p>";
        let out = small(html);
        assert!(out.contains("&lt;未完成>") || out.contains("&lt;未完成&gt;"), "{out}");
    }

    #[test]
    fn deep_pages_are_refused() {
        assert_eq!(minify(&"<div>".repeat(DEPTH_LIMIT + 1)), Err(DEPTH_LIMIT));
    }
}
