//! Footnotes and endnotes of a Word file, which stand in parts of their own.

use std::collections::BTreeMap;

use super::xml::{self, Token};

/// The words of each note by its kind and number.
#[derive(Debug, Default)]
pub(super) struct Notes(BTreeMap<(String, String), String>);

impl Notes {
    /// Adds the notes of a part; its kind is `footnotes` or `endnotes`.
    pub(super) fn read(&mut self, kind: &str, text: &str) -> Result<(), String> {
        let mut open: Option<String> = None;
        let mut in_text = false;
        xml::read(text, |token| match token {
            Token::Start(element) => {
                if element.is("footnote") || element.is("endnote") {
                    open = element.attribute("id");
                }
                in_text = element.is("t");
            }
            Token::End => in_text = false,
            Token::Text(words) => {
                if let Some(id) = &open
                    && in_text
                {
                    self.0.entry((kind.to_string(), id.clone())).or_default().push_str(words);
                }
            }
        })
    }

    /// The words of a note.
    pub(super) fn words(&self, kind: &str, id: &str) -> &str {
        self.0.get(&(kind.to_string(), id.to_string())).map_or("", |words| words.trim())
    }
}
