//! The styles of a Word file: which of them are headings, tables of contents, numbered lists and hidden text.

use std::collections::BTreeMap;

use super::xml::{self, Token};

/// Most styles that are looked at for what one is based on: a ring would never end.
const DEPTH: usize = 16;

/// What kind of heading a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rank {
    Title,
    Subtitle,
    /// From 1.
    Heading(usize),
}

/// A place in an automatic list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct InList {
    /// Number of the list in `numbering.xml`; 0 for none.
    pub(super) list: String,
    /// From 0.
    pub(super) level: usize,
}

#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<usize>,
    list: Option<String>,
    level: Option<usize>,
    hidden: Option<bool>,
}

/// All styles by their identifiers.
#[derive(Debug, Default)]
pub(super) struct Styles(BTreeMap<String, Style>);

impl Styles {
    /// Reads `styles.xml`.
    pub(super) fn read(text: &str) -> Result<Styles, String> {
        let mut styles = BTreeMap::new();
        let mut open: Option<(String, Style)> = None;
        let mut depth = 0;
        xml::read(text, |token| match token {
            Token::Start(element) => {
                depth += 1;
                if element.is("style") {
                    open = element.attribute("styleId").map(|id| (id, Style::default()));
                    depth = 0;
                } else if let Some((_, style)) = &mut open
                    && element.space == xml::Space::Word
                {
                    match element.name {
                        "name" => style.name = element.value().unwrap_or_default().to_lowercase(),
                        "basedOn" => style.based_on = element.value(),
                        "outlineLvl" => style.outline = element.number(),
                        "numId" => style.list = element.value(),
                        "ilvl" => style.level = element.number(),
                        "vanish" => style.hidden = Some(element.is_on()),
                        _ => {}
                    }
                }
            }
            Token::End if depth == 0 => {
                if let Some((id, style)) = open.take() {
                    styles.insert(id, style);
                }
            }
            Token::End => depth -= 1,
            Token::Text(_) => {}
        })?;
        Ok(Styles(styles))
    }

    /// A style and those that it is based on, itself first.
    fn chain<'a>(&'a self, id: &str) -> impl Iterator<Item = &'a Style> {
        let first = self.0.get(id);
        std::iter::successors(first, |style| self.0.get(style.based_on.as_deref()?)).take(DEPTH)
    }

    /// Which heading a style makes of a paragraph.
    pub(super) fn rank(&self, id: &str) -> Option<Rank> {
        for style in self.chain(id) {
            match (style.name.as_str(), style.outline) {
                ("title", _) => return Some(Rank::Title),
                ("subtitle", _) => return Some(Rank::Subtitle),
                (_, Some(outline)) => return rank_of_outline(outline),
                _ => {}
            }
            if let Some(level) = style.name.strip_prefix("heading ").and_then(|level| level.parse().ok()) {
                return Some(Rank::Heading(level));
            }
        }
        None
    }

    /// Whether a style is that of a line in a table of contents.
    pub(super) fn is_contents(&self, id: &str) -> bool {
        self.0.get(id).is_some_and(|style| style.name.starts_with("toc "))
    }

    /// Whether text in a style is hidden.
    pub(super) fn is_hidden(&self, id: &str) -> bool {
        self.chain(id).find_map(|style| style.hidden).unwrap_or(false)
    }

    /// The list that a style puts a paragraph in.
    pub(super) fn list(&self, id: &str) -> Option<InList> {
        let list = self.chain(id).find_map(|style| style.list.clone())?;
        let level = self.chain(id).find_map(|style| style.level).unwrap_or(0);
        Some(InList { list, level })
    }
}

/// 0 to 8 are headings, 9 is text.
pub(super) fn rank_of_outline(outline: usize) -> Option<Rank> {
    (outline < 9).then(|| Rank::Heading(outline + 1))
}
