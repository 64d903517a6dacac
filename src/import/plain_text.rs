//! Headings of a document that marks none: short lines that stand where headings stand.

use super::blocks::{Block, Kind, ends_sentence};
use super::byline::byline_anywhere;

/// Level of the highest headings inside speeches.
const INNER: usize = 4;

/// Longer lines are no headings.
const LONGEST: usize = 50;

/// Marks the headings: 1 and 2 for the document's titles, 3 and 4 for those of speeches.
pub(crate) fn with_headings(mut blocks: Vec<Block>) -> Vec<Block> {
    let bylines = bylines_under_titles(&blocks);
    let Some(&first) = bylines.first() else { return blocks };
    mark_opening(&mut blocks, first);
    for &byline in bylines.iter().skip(1) {
        mark_titles(&mut blocks, byline);
    }
    mark_titles_without_byline(&mut blocks, first, bylines.len());
    blocks
}

/// Marks that stand over no byline are not those of speeches: above the first byline they are words like others, below
/// it headings inside the speeches.
pub(crate) fn with_inner_headings(mut blocks: Vec<Block>) -> Vec<Block> {
    let first = blocks.iter().position(|block| byline_anywhere(&block.text).is_some()).unwrap_or(0);
    let levels = blocks.iter().skip(first).filter_map(|block| match block.kind {
        Kind::Heading(level) => Some(level),
        _ => None,
    });
    let highest = levels.min().unwrap_or(1);
    for (at, block) in blocks.iter_mut().enumerate() {
        block.kind = match block.kind {
            Kind::Heading(_) if at < first => Kind::Paragraph,
            Kind::Heading(level) => Kind::Heading(INNER + level - highest),
            kind => kind,
        };
    }
    blocks
}

/// Positions of the bylines that stand right under a short line.
fn bylines_under_titles(blocks: &[Block]) -> Vec<usize> {
    (1..blocks.len())
        .filter(|at| blocks[*at].kind == Kind::Paragraph && byline_anywhere(&blocks[*at].text).is_some())
        .filter(|at| is_short(&blocks[at - 1]))
        .collect()
}

/// Whether a block is short, ends no sentence and is no byline.
pub(crate) fn is_short(block: &Block) -> bool {
    block.kind == Kind::Paragraph
        && block.text.chars().count() <= LONGEST
        && !ends_sentence(&block.text)
        && !block.text.contains('。')
        && byline_anywhere(&block.text).is_none()
}

/// How many short lines stand right above a position.
fn short_above(blocks: &[Block], at: usize) -> usize {
    blocks.iter().take(at).rev().take_while(|block| is_short(block)).count()
}

/// The titles of the document, and those of its first speech.
fn mark_opening(blocks: &mut [Block], byline: usize) {
    let above = short_above(blocks, byline);
    if above < byline {
        mark_titles(blocks, byline);
        let opening = blocks.iter().take(2).take_while(|block| is_short(block)).count();
        mark(blocks, &(1..=opening).map(|level| (level - 1, level)).collect::<Vec<_>>());
        return;
    }
    let levels: &[(usize, usize)] = match above {
        1 => &[(0, 3)],
        2 => &[(0, 1), (1, 3)],
        3 => &[(0, 1), (1, 2), (2, 3)],
        _ => &[(0, 1), (1, 2), (above - 2, 3), (above - 1, 4)],
    };
    mark(blocks, levels);
}

/// The title and sub-title above a byline.
fn mark_titles(blocks: &mut [Block], byline: usize) {
    match short_above(blocks, byline) {
        0 => {}
        1 => mark(blocks, &[(byline - 1, 3)]),
        _ => mark(blocks, &[(byline - 2, 3), (byline - 1, 4)]),
    }
}

fn mark(blocks: &mut [Block], levels: &[(usize, usize)]) {
    for (at, level) in levels {
        if let Some(block) = blocks.get_mut(*at) {
            block.kind = Kind::Heading(*level);
        }
    }
}

/// Short lines over a text are titles whose byline is missing, as long as they are the
/// exception; where they are many they are headings inside the speeches.
fn mark_titles_without_byline(blocks: &mut [Block], first: usize, bylines: usize) {
    let lone: Vec<usize> = (first + 1..blocks.len()).filter(|at| is_lone_title(blocks, *at)).collect();
    if lone.len() * 2 <= bylines {
        mark(blocks, &lone.into_iter().map(|at| (at, 3)).collect::<Vec<_>>());
    }
}

/// A short line between the end of one text and the beginning of another.
fn is_lone_title(blocks: &[Block], at: usize) -> bool {
    let ended = |block: &Block| block.kind != Kind::Paragraph || ends_sentence(&block.text);
    let is_text = |at: usize| {
        blocks.get(at).is_some_and(|block| block.kind == Kind::Paragraph && ends_sentence(&block.text))
    };
    let above = at.checked_sub(1).and_then(|above| blocks.get(above));
    is_short(&blocks[at])
        && !is_numbered(&blocks[at].text)
        && above.is_some_and(ended)
        && (is_text(at + 1) || (blocks.get(at + 1).is_some_and(is_short) && is_text(at + 2)))
}

/// `一、`, `（一）`, `1.` and the like stand before headings inside a text.
fn is_numbered(text: &str) -> bool {
    let text = text.trim_start_matches(['(', '（', '第']);
    let rest =
        text.trim_start_matches(|c: char| c.is_ascii_digit() || "〇一二三四五六七八九十百".contains(c));
    rest.len() < text.len()
        && rest.starts_with(['、', '.', '．', ')', '）', ',', '，', ' ', '是', '条', '部'])
}
