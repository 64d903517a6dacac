//! Footnotes: written where they are defined, shown at the end.

use std::collections::HashMap;

use super::body::{Link, LinkKind};
use super::html::{Hole, Part};
use super::writer::Writer;

/// The footnotes of a text while it is written.
#[derive(Default)]
pub(super) struct Notes {
    /// Numbers of the notes by their labels, from 1.
    pub(super) numbers: HashMap<String, usize>,
    pub(super) references: Vec<usize>,
    pub(super) written: Vec<(usize, Vec<Part>)>,
    pub(super) outside: Vec<Vec<Part>>,
    pub(super) open: Vec<usize>,
}

impl Notes {
    fn number(&mut self, label: &str) -> usize {
        match self.numbers.get(label) {
            Some(number) => *number,
            None => {
                self.references.push(0);
                self.numbers.insert(label.to_owned(), self.references.len());
                self.references.len()
            }
        }
    }
}

impl Writer<'_> {
    pub(super) fn note_reference(&mut self, label: &str) {
        self.tight_item();
        let number = self.notes.number(label);
        self.notes.references[number - 1] += 1;
        let id = match self.notes.references[number - 1] {
            1 => format!("fnref-{number}"),
            n => format!("fnref-{number}-{n}"),
        };
        let target = self.here(format!("#fn-{number}"));
        self.ids.insert(id.clone());
        self.html(&format!("<sup id=\"{id}\"><a"));
        self.parts.push(Part::Hole(Hole::Href(target)));
        self.html(&format!(" role=\"doc-noteref\">{number}</a></sup>"));
    }

    /// A link within the page that the writer itself makes.
    pub(super) fn here(&mut self, target: String) -> usize {
        self.links.push(Link { target, kind: LinkKind::Link, span: (0, 0) });
        self.links.len() - 1
    }

    pub(super) fn open_note(&mut self, label: &str) {
        self.close_tight_item();
        let number = self.notes.number(label);
        self.notes.open.push(number);
        self.notes.outside.push(std::mem::take(&mut self.parts));
    }

    pub(super) fn close_note(&mut self) {
        let outside = self.notes.outside.pop().unwrap_or_default();
        let parts = std::mem::replace(&mut self.parts, outside);
        if let Some(number) = self.notes.open.pop() {
            self.notes.written.push((number, parts));
        }
    }

    /// Writes all footnotes as a section of their own.
    pub(super) fn notes_section(&mut self) {
        let mut written = std::mem::take(&mut self.notes.written);
        if written.is_empty() {
            return;
        }
        written.sort_by_key(|(number, _)| *number);
        self.html("<section class=\"footnotes\" role=\"doc-endnotes\"><ol>");
        for (number, parts) in written {
            self.note(number, parts);
        }
        self.html("</ol></section>");
    }

    fn note(&mut self, number: usize, parts: Vec<Part>) {
        let id = format!("fn-{number}");
        self.html(&format!("<li id=\"{id}\" value=\"{number}\">"));
        self.ids.insert(id);
        self.parts.extend(parts);
        if self.notes.references[number - 1] > 0 {
            let target = self.here(format!("#fnref-{number}"));
            self.html(" <a");
            self.parts.push(Part::Hole(Hole::Href(target)));
            self.html(&format!(" role=\"doc-backlink\" aria-label=\"↩ {number}\">↩</a>"));
        }
        self.html("</li>");
    }
}
