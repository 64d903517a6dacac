//! Automatic numbers of a Word file: they are printed before a paragraph, yet are nowhere in its text.

use std::collections::{BTreeMap, BTreeSet};

use super::super::numerals::numeral;
use super::styles::InList;
use super::xml::{self, Token};
use crate::chinese::characters::{is_cjk, is_cjk_punctuation};

/// Levels that a list can have.
const LEVELS: usize = 9;

/// Most bytes that what is around a number may have; it is added to each paragraph of the list.
const LONGEST_PATTERN: usize = 256;

/// What stands before a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Label {
    Bullet,
    /// The number with what is around it and the blank behind.
    Number(String),
}

#[derive(Debug, Clone, Default)]
struct Level {
    start: usize,
    format: String,
    /// With `%1` where the number of the first level stands, and so on.
    pattern: String,
    behind: String,
    /// Whether the numbers of all levels are plain digits.
    legal: bool,
    /// Only levels above this one, from 1, let it begin anew; those above itself where it does not say.
    restart: Option<usize>,
}

type Levels = BTreeMap<usize, Level>;

#[derive(Debug, Clone, Default)]
struct List {
    definition: String,
    /// Levels that it starts anew, from where.
    starts: BTreeMap<usize, usize>,
    /// Levels that it has of its own.
    levels: Levels,
}

/// All lists, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: BTreeMap<String, Levels>,
    /// Definitions by the style whose list they are, and those that only name such a style.
    of_style: BTreeMap<String, String>,
    by_style: BTreeMap<String, String>,
    lists: BTreeMap<String, List>,
    counts: BTreeMap<String, [Option<usize>; LEVELS]>,
    begun: BTreeSet<String>,
}

/// Where the reader of `numbering.xml` is.
#[derive(Default)]
struct Reading {
    definition: Option<String>,
    list: Option<String>,
    level: Option<usize>,
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub(super) fn read(text: &str) -> Result<Numbering, String> {
        let mut numbering = Numbering::default();
        let mut at = Reading::default();
        xml::read(text, |token| {
            if let Token::Start(element) = token
                && element.space == xml::Space::Word
            {
                numbering.element(element, &mut at);
            }
        })?;
        Ok(numbering)
    }

    fn element(&mut self, element: &xml::Element<'_, '_>, at: &mut Reading) {
        match element.name {
            "abstractNum" => {
                *at = Reading { definition: element.attribute("abstractNumId"), ..Reading::default() }
            }
            "num" => *at = Reading { list: element.attribute("numId"), ..Reading::default() },
            "lvl" | "lvlOverride" => {
                at.level = element.attribute("ilvl").and_then(|level| level.parse().ok());
                at.level = at.level.filter(|level| *level < LEVELS);
            }
            "abstractNumId" => {
                if let (Some(list), Some(value)) = (&at.list, element.value()) {
                    self.lists.entry(list.clone()).or_default().definition = value;
                }
            }
            "startOverride" => {
                if let (Some(list), Some(level), Some(start)) = (&at.list, at.level, element.number()) {
                    self.lists.entry(list.clone()).or_default().starts.insert(level, start);
                }
            }
            "styleLink" => {
                if let (Some(definition), Some(style)) = (&at.definition, element.value()) {
                    self.of_style.insert(style, definition.clone());
                }
            }
            "numStyleLink" => {
                if let (Some(definition), Some(style)) = (&at.definition, element.value()) {
                    self.by_style.insert(definition.clone(), style);
                }
            }
            _ => {
                if let Some(level) = self.level(at) {
                    set(level, element);
                }
            }
        }
    }

    /// The level that is being read.
    fn level(&mut self, at: &Reading) -> Option<&mut Level> {
        let levels = match (&at.definition, &at.list) {
            (Some(definition), _) => self.definitions.entry(definition.clone()).or_default(),
            (None, Some(list)) => &mut self.lists.entry(list.clone()).or_default().levels,
            (None, None) => return None,
        };
        let fresh = || Level { format: "decimal".to_string(), behind: "tab".to_string(), ..Level::default() };
        Some(levels.entry(at.level?).or_insert_with(fresh))
    }

    /// What stands before the next paragraph in a list; none where nothing is printed.
    pub(super) fn next(&mut self, place: &InList) -> Option<Label> {
        let list = self.lists.get(&place.list)?.clone();
        let definition = self.definition(&list.definition);
        let definitions = self.definitions.get(&definition);
        let level_at = |level| list.levels.get(&level).or_else(|| definitions?.get(&level));
        let level = level_at(place.level)?;
        let counts = self.counts.entry(definition.clone()).or_default();
        if self.begun.insert(place.list.clone()) {
            for at in list.starts.keys() {
                counts[*at] = None;
            }
        }
        let start = |at: usize| {
            list.starts.get(&at).copied().unwrap_or_else(|| level_at(at).map_or(1, |level| level.start))
        };
        for (at, count) in counts.iter_mut().enumerate() {
            match at.cmp(&place.level) {
                std::cmp::Ordering::Less => *count = count.or_else(|| Some(start(at))),
                std::cmp::Ordering::Equal => {
                    *count = Some(count.map_or_else(|| start(at), |count| count.saturating_add(1)));
                }
                std::cmp::Ordering::Greater => {
                    let restart = level_at(at).and_then(|level| level.restart);
                    if restart.is_none_or(|restart| place.level < restart) {
                        *count = None;
                    }
                }
            }
        }
        if level.format == "bullet" {
            return Some(Label::Bullet);
        }
        let mut text = level.pattern.clone();
        for (at, count) in counts.iter().enumerate() {
            let mark = format!("%{}", at + 1);
            if text.contains(&mark) {
                let format = level_at(at).map_or("decimal", |level| level.format.as_str());
                let format = if level.legal { "decimal" } else { format };
                text = text.replace(&mark, &numeral(format, count.unwrap_or(1)).unwrap_or_default());
            }
        }
        let wide = text.chars().next_back().is_none_or(|c| is_cjk(c) || is_cjk_punctuation(c));
        let blank = match level.behind.as_str() {
            "nothing" => "",
            "space" => " ",
            _ if wide => "",
            _ => " ",
        };
        (!text.is_empty()).then(|| Label::Number(text + blank))
    }

    /// The definition that says how a list looks: its own, or that of the style that it names.
    fn definition(&self, id: &str) -> String {
        let style = self.by_style.get(id);
        style.and_then(|style| self.of_style.get(style)).map_or_else(|| id.to_string(), Clone::clone)
    }
}

fn set(level: &mut Level, element: &xml::Element<'_, '_>) {
    let value = || element.value().unwrap_or_default();
    match element.name {
        "start" => level.start = element.number().unwrap_or(1),
        "numFmt" => level.format = value(),
        "lvlText" => {
            level.pattern = Some(value()).filter(|text| text.len() <= LONGEST_PATTERN).unwrap_or_default()
        }
        "suff" => level.behind = value(),
        "isLgl" => level.legal = element.is_on(),
        "lvlRestart" => level.restart = element.number(),
        _ => {}
    }
}
