//! What the target of a link is, before anyone knows where it leads.

use std::borrow::Cow;

use memchr::memchr;
use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;

/// The target of a link or picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference<'t> {
    /// Another site, a mail address or a telephone number; to be written as it is.
    External(&'t str),
    /// A place on the same page: what follows `#`.
    Here(Cow<'t, str>),
    /// An address of this site: path from `/`, and what follows `#`.
    Address(Cow<'t, str>, Option<Cow<'t, str>>),
    /// A file relative to the source: path, and what follows `#`.
    File(Cow<'t, str>, Option<Cow<'t, str>>),
    /// A scheme that is not allowed.
    Unsafe,
}

/// Tells what `target` is. Paths come back decoded and in composed form (NFC).
///
/// Allowed schemes are http, https, mailto and tel. Control characters and blanks, which browsers
/// skip inside a scheme, are skipped before looking at it.
pub fn reference(target: &str) -> Reference<'_> {
    let bare = || target.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect::<String>();
    let bare = if target.contains(':') { bare() } else { String::new() };
    if let Some((scheme, _)) = bare.split_once(':').filter(|(scheme, _)| is_scheme(scheme)) {
        return match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" | "mailto" | "tel" => Reference::External(target.trim()),
            _ => Reference::Unsafe,
        };
    }
    if target.starts_with("//") || target.starts_with("\\") {
        return Reference::Unsafe;
    }
    let (path, fragment) = match target.split_once('#') {
        Some((path, fragment)) => (path, Some(decode(fragment))),
        None => (target, None),
    };
    let path = path.split('?').next().unwrap_or_default();
    match fragment {
        Some(fragment) if path.is_empty() => Reference::Here(fragment),
        fragment if path.starts_with('/') => Reference::Address(decode(path), fragment),
        fragment => Reference::File(decode(path), fragment),
    }
}

fn is_scheme(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic())
        && chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

fn decode(text: &str) -> Cow<'_, str> {
    if text.is_ascii() && memchr(b'%', text.as_bytes()).is_none() {
        return text.into();
    }
    percent_decode_str(text).decode_utf8_lossy().nfc().collect::<String>().into()
}
