//! The XML of a Word file as a row of starts, ends and texts: without document types, so that there is nothing that an
//! entity could fetch or blow up.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Which vocabulary a name is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    /// Text and its layout.
    Word,
    /// Formulas.
    Math,
    /// Choices for older programs.
    Compatibility,
    Other,
}

/// What comes next.
pub(super) enum Token<'a, 'b> {
    Start(&'a Element<'a, 'b>),
    End,
    Text(&'a str),
}

/// The start of an element.
pub(super) struct Element<'a, 'b> {
    pub(super) space: Space,
    /// Its name without prefix.
    pub(super) name: &'a str,
    start: &'a BytesStart<'b>,
}

impl Element<'_, '_> {
    /// An attribute by its name without prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.start.attributes();
        let mut known = attributes.with_checks(false).flatten();
        let found = known.find(|attribute| attribute.key.local_name().as_ref() == name)?;
        found.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
    }

    /// The attribute `val`, which most elements have.
    pub(super) fn value(&self) -> Option<String> {
        self.attribute("val")
    }

    /// The attribute `val` as a number.
    pub(super) fn number(&self) -> Option<usize> {
        self.value()?.trim().parse().ok()
    }

    /// Whether this switches something on: it does unless it says that it does not.
    pub(super) fn is_on(&self) -> bool {
        !matches!(self.value().as_deref(), Some("0" | "false" | "off"))
    }

    /// Whether this is an element of Word's own vocabulary.
    pub(super) fn is(&self, name: &str) -> bool {
        self.space == Space::Word && self.name == name
    }
}

/// Reads all of a part.
///
/// # Errors
/// What is wrong with the XML, and at which byte.
pub(super) fn read(text: &str, mut each: impl FnMut(Token<'_, '_>)) -> Result<(), String> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut prefixes: Option<Vec<(String, Space)>> = None;
    let at = |reader: &Reader<&[u8]>, reason: &str| format!("XML, {}: {reason}", reader.buffer_position());
    loop {
        let event = reader.read_event().map_err(|error| at(&reader, &error.to_string()))?;
        match event {
            Event::Start(start) => {
                let prefixes = prefixes.get_or_insert_with(|| spaces(&start));
                let name = start.name();
                let prefix = name.prefix().map(|prefix| prefix.as_ref().to_string()).unwrap_or_default();
                let space = prefixes.iter().find(|(known, _)| *known == prefix);
                let space = space.map_or(Space::Other, |(_, space)| *space);
                each(Token::Start(&Element { space, name: name.local_name().as_ref(), start: &start }));
            }
            Event::End(_) => each(Token::End),
            Event::Text(text) => each(Token::Text(&text.xml10_content())),
            Event::CData(text) => each(Token::Text(&text.xml10_content())),
            Event::GeneralRef(name) => {
                let known = quick_xml::escape::resolve_predefined_entity(&name);
                let character = name.resolve_char_ref().map_err(|error| at(&reader, &error.to_string()))?;
                match (character, known) {
                    (Some(character), _) => each(Token::Text(character.encode_utf8(&mut [0; 4]))),
                    (None, Some(known)) => each(Token::Text(known)),
                    (None, None) => return Err(at(&reader, &format!("&{};", &*name))),
                }
            }
            Event::DocType(_) => return Err(at(&reader, "<!DOCTYPE")),
            Event::Eof => return Ok(()),
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

/// The prefixes that the first element declares; programs declare those that matter here nowhere else.
fn spaces(start: &BytesStart<'_>) -> Vec<(String, Space)> {
    let mut known = Vec::new();
    for attribute in start.attributes().with_checks(false).flatten() {
        let name = attribute.key.as_ref();
        let Some(rest) = name.strip_prefix("xmlns") else { continue };
        let prefix = rest.strip_prefix(':').unwrap_or(rest).to_string();
        let Ok(address) = attribute.normalized_value(XmlVersion::Implicit1_0) else { continue };
        let space = match address.as_ref() {
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Space::Word,
            "http://schemas.openxmlformats.org/officeDocument/2006/math"
            | "http://purl.oclc.org/ooxml/officeDocument/math" => Space::Math,
            "http://schemas.openxmlformats.org/markup-compatibility/2006" => Space::Compatibility,
            _ => continue,
        };
        known.push((prefix, space));
        // One for each vocabulary is what there is; a thousand would make each name a search.
        if known.len() == 16 {
            break;
        }
    }
    known
}
