//! The few tags of HTML that a text may have where the site allows them: written anew, without attributes, and always
//! closed. Since nothing of the author's own is copied, there is nothing to be cleaned.

use super::NESTING_LIMIT;
use super::writer::Writer;

const NAMES: [&str; 14] =
    ["b", "del", "i", "ins", "kbd", "mark", "rp", "rt", "ruby", "s", "small", "sub", "sup", "u"];
/// Tags without content.
const SINGLE: [&str; 2] = ["br", "wbr"];

/// The tags that are open.
#[derive(Default)]
pub(super) struct Tags {
    open: Vec<&'static str>,
    /// How many of them were open as each element of Markdown around began.
    outside: Vec<usize>,
}

impl Tags {
    /// Whether what is written now is the reading of a character, which is no part of the text.
    pub(super) fn are_of_reading(&self) -> bool {
        self.open.iter().any(|name| matches!(*name, "rt" | "rp"))
    }
}

impl Writer<'_> {
    pub(super) fn begin_element(&mut self) {
        if let Some(tags) = &mut self.tags {
            tags.outside.push(tags.open.len());
        }
    }

    /// Closes the tags that were opened in an element of Markdown which ends now.
    pub(super) fn end_element(&mut self) {
        let Some(tags) = &mut self.tags else { return };
        let outside = tags.outside.pop().unwrap_or_default();
        let left = tags.open.split_off(outside.min(tags.open.len()));
        for name in left.into_iter().rev() {
            self.inline(&format!("</{name}>"));
        }
    }

    /// Writes a tag of HTML, if it is one that may be; false where it is to be shown as text.
    pub(super) fn tag(&mut self, html: &str) -> bool {
        let Some(tags) = &mut self.tags else { return false };
        let Some(inner) = html.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) else {
            return false;
        };
        let (is_end, name) = match inner.strip_prefix('/') {
            Some(name) => (true, name.trim_ascii_end()),
            None => (false, inner.trim_end_matches('/').trim_ascii_end()),
        };
        let known = |names: &[&'static str]| names.iter().copied().find(|own| own.eq_ignore_ascii_case(name));
        if let Some(name) = known(&SINGLE).filter(|_| !is_end) {
            self.inline(&format!("<{name}>"));
            if name == "br" {
                self.plain("\n");
                self.at_line_start = true;
            }
            return true;
        }
        let Some(name) = known(&NAMES) else { return false };
        if !is_end {
            if tags.open.len() == NESTING_LIMIT {
                return false;
            }
            tags.open.push(name);
            self.inline(&format!("<{name}>"));
            return true;
        }
        let outside = tags.outside.last().copied().unwrap_or_default();
        if tags.open.len() <= outside || tags.open.last() != Some(&name) {
            return false;
        }
        tags.open.pop();
        self.inline(&format!("</{name}>"));
        true
    }
}
