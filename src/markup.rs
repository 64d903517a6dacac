//! Cuts HTML into tags and text; enough for minifying and for checking links, no more.

use std::borrow::Cow;

use memchr::{memchr, memchr3, memmem};

/// A piece of HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text between tags.
    Text(&'a str),
    /// An opening tag: its name in the source's case, and the whole tag.
    Open(&'a str, &'a str),
    /// A closing tag.
    Close(&'a str, &'a str),
    /// Content that is no markup: of script, style, textarea, title and pre elements.
    Raw(&'a str),
    /// A comment, doctype or the like.
    Other(&'a str),
}

/// NameSet in lower case of at most eight letters; it is fast to tell whether a name of a tag or attribute is among them.
pub struct NameSet<const N: usize>([u64; N]);

impl<const N: usize> NameSet<N> {
    /// The set of `names`.
    pub const fn new(names: [&str; N]) -> NameSet<N> {
        let mut set = [0; N];
        let mut i = 0;
        while i < N {
            assert!(names[i].len() <= 8);
            set[i] = packed(names[i].as_bytes());
            i += 1;
        }
        NameSet(set)
    }

    /// Whether `name`, in upper or lower case, is among them.
    pub fn has(&self, name: &str) -> bool {
        name.len() <= 8 && self.0.contains(&packed(name.as_bytes()))
    }
}

const fn packed(name: &[u8]) -> u64 {
    let mut number = 0;
    let mut i = 0;
    while i < name.len() {
        // A zero before a name would be nothing.
        let byte = if name[i] == 0 { 1 } else { name[i].to_ascii_lowercase() };
        number = number << 8 | byte as u64;
        i += 1;
    }
    number
}

/// Elements whose content is no markup; of `pre` it is kept as it stands.
const RAW: NameSet<5> = NameSet::new(["script", "style", "textarea", "title", "pre"]);

/// Cuts `html` into pieces, which together are all of it.
pub fn pieces(html: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = html;
    let mut raw_until: Option<&str> = None;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some(name) = raw_until.take() {
            let end = closing(rest, name);
            if end > 0 {
                let (raw, after) = rest.split_at(end);
                rest = after;
                return Some(Piece::Raw(raw));
            }
        }
        let (piece, after) = next(rest);
        if let Piece::Open(name, _) = piece
            && RAW.has(name)
        {
            raw_until = Some(name);
        }
        rest = after;
        Some(piece)
    })
}

fn next(html: &str) -> (Piece<'_>, &str) {
    let Some(after) = html.strip_prefix('<') else {
        let end = memchr(b'<', html.as_bytes()).unwrap_or(html.len());
        return (Piece::Text(&html[..end]), &html[end..]);
    };
    if after.starts_with("!--") {
        let end = memmem::find(html.as_bytes(), b"-->").map_or(html.len(), |i| i + 3);
        return (Piece::Other(&html[..end]), &html[end..]);
    }
    let (is_close, named) = match after.strip_prefix('/') {
        Some(named) => (true, named),
        None => (false, after),
    };
    if !named.starts_with(|c: char| c.is_ascii_alphabetic()) {
        let is_declaration = after.starts_with(['!', '?']);
        let end = match is_declaration {
            true => html.find('>').map_or(html.len(), |i| i + 1),
            false => html[1..].find('<').map_or(html.len(), |i| i + 1),
        };
        let (piece, rest) = html.split_at(end);
        return (if is_declaration { Piece::Other(piece) } else { Piece::Text(piece) }, rest);
    }
    let (tag, rest) = html.split_at(tag_end(html));
    let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let name_end = named.bytes().position(|byte| !is_of_name(byte)).unwrap_or(named.len());
    let name = &named[..name_end];
    (if is_close { Piece::Close(name, tag) } else { Piece::Open(name, tag) }, rest)
}

/// Where the tag at the beginning of `html` ends; quoted attribute values may hold `>`.
fn tag_end(html: &str) -> usize {
    let bytes = html.as_bytes();
    let mut at = 0;
    while let Some(i) = memchr3(b'>', b'"', b'\'', &bytes[at..]) {
        let found = bytes[at + i];
        at += i + 1;
        if found == b'>' {
            return at;
        }
        let Some(quoted) = memchr(found, &bytes[at..]) else { break };
        at += quoted + 1;
    }
    html.len()
}

fn closing(html: &str, name: &str) -> usize {
    let mut from = 0;
    while let Some(i) = memmem::find(&html.as_bytes()[from..], b"</") {
        let at = from + i;
        let after = &html[at + 2..];
        if after.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return at;
        }
        from = at + 2;
    }
    html.len()
}

/// Whether an opening tag closes itself, as those of pictures drawn in SVG may.
///
/// A `/` at the end of a value without quotes belongs to the value.
pub fn is_self_closing(name: &str, tag: &str) -> bool {
    let inner = tag.strip_suffix("/>").unwrap_or_default();
    inner.len() == name.len() + 1 || inner.ends_with(['"', '\'', ' ', '\t', '\n', '\r'])
}

/// The attributes of an opening tag, names and values as written; for the meaning of a value, see [`decode`].
pub fn attributes(tag: &str) -> impl Iterator<Item = (&str, &str)> {
    let inner = tag.trim_start_matches('<').trim_end_matches('>');
    let named = inner.bytes().position(|byte| byte.is_ascii_whitespace()).unwrap_or(inner.len());
    let mut rest = &inner[named..];
    std::iter::from_fn(move || {
        loop {
            rest = rest.trim_ascii_start();
            let end = rest
                .bytes()
                .position(|byte| byte.is_ascii_whitespace() || byte == b'=')
                .unwrap_or(rest.len());
            let name = &rest[..end];
            rest = rest[end..].trim_ascii_start();
            let Some(after) = rest.strip_prefix('=') else {
                match name {
                    "" => return None,
                    "/" => continue,
                    name => return Some((name, "")),
                }
            };
            let (value, after) = value(after);
            rest = after;
            return Some((name, value));
        }
    })
}

/// The value of an attribute as written, without its quotes, in what follows the `=`; and what follows the value.
pub fn value(after: &str) -> (&str, &str) {
    let after = after.trim_ascii_start();
    let bytes = after.as_bytes();
    match bytes.first() {
        Some(quote @ (b'"' | b'\'')) => match memchr(*quote, &bytes[1..]) {
            Some(length) => (&after[1..=length], &after[length + 2..]),
            None => (&after[1..], ""),
        },
        _ => after.split_at(bytes.iter().position(u8::is_ascii_whitespace).unwrap_or(after.len())),
    }
}

/// Decodes the entities that escaping writes.
pub fn decode(value: &str) -> Cow<'_, str> {
    if memchr(b'&', value.as_bytes()).is_none() {
        return Cow::Borrowed(value);
    }
    let named = [
        ("&lt", "<"),
        ("&gt", ">"),
        ("&quot", "\""),
        ("&#x27", "'"),
        ("&#39", "'"),
        ("&#x2F", "/"),
        ("&#34", "\""),
    ];
    let mut out = value.to_owned();
    for (entity, character) in named {
        out = out.replace(&format!("{entity};"), character).replace(entity, character);
    }
    Cow::Owned(out.replace("&amp;", "&").replace("&amp", "&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart_by_all_their_letters() {
        const SET: NameSet<3> = NameSet::new(["b", "br", "textarea"]);
        for name in ["b", "BR", "TextArea"] {
            assert!(SET.has(name), "{name}");
        }
        for name in ["", "r", "bra", "textareas", "xtextarea", "\u{0}b"] {
            assert!(!SET.has(name), "{name}");
        }
    }
}
