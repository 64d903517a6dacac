//! Blocks to a document: what belongs to the meeting and what to each speech.

use super::blocks::{Block, Kind};
use super::byline::{Byline, byline_after_heading, byline_anywhere};
use super::lines::Point;
use super::plain_text;

/// One part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub kind: PieceKind,
    /// Its words, on one line.
    pub text: String,
    /// Where it begins in the document.
    pub line: usize,
}

/// What a part of a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PieceKind {
    /// A heading inside the text: 1 for the first level under the title.
    Heading(usize),
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    Item,
}

/// A document taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Document {
    pub(crate) title: Option<String>,
    pub(crate) subtitle: Option<String>,
    /// What stands before, between and behind the speeches.
    pub(crate) lead: Vec<Piece>,
    pub(crate) speeches: Vec<Section>,
    /// Whether the headings were told by their form, not by marks.
    pub(crate) inferred: bool,
    pub(crate) points: Vec<Point>,
}

/// A heading and what stands under it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Section {
    pub(crate) title: String,
    pub(crate) subtitle: Option<String>,
    /// None where no line of roles and a name stands under the heading.
    pub(crate) bylines: Vec<Byline>,
    pub(crate) body: Vec<Piece>,
    /// Line of the heading.
    pub(crate) line: usize,
}

/// Takes a document apart; nothing where no heading is followed by a byline.
pub(crate) fn document(blocks: Vec<Block>) -> Option<Document> {
    if let Some(level) = speech_level(&blocks) {
        return Some(Reader::new(level).read(&blocks));
    }
    let blocks = plain_text::with_headings(plain_text::with_inner_headings(blocks));
    let mut document = Reader::new(speech_level(&blocks)?).read(&blocks);
    document.inferred = true;
    Some(document)
}

/// The level of heading that speeches have: most of its headings are followed by a byline.
fn speech_level(blocks: &[Block]) -> Option<usize> {
    let mut candidates: Vec<(usize, usize, bool)> = Vec::new();
    for level in 1..=6 {
        let here = || (0..blocks.len()).filter(|at| blocks[*at].kind == Kind::Heading(level));
        let followed = here().filter(|at| leads_to_byline(blocks, *at)).count();
        if followed > 0 {
            candidates.push((level, followed, followed * 2 >= here().count()));
        }
    }
    if candidates.iter().any(|(_, _, most)| *most) {
        candidates.retain(|(_, _, most)| *most);
    }
    let best = candidates.iter().map(|(_, followed, _)| *followed).max()?;
    let mut levels =
        candidates.iter().filter(|(_, followed, _)| *followed == best).map(|(level, _, _)| *level);
    let first = levels.next()?;
    match levels.next() {
        // One speech under the document's title: the title is not the speech's.
        Some(second) if best == 1 && first_level(blocks) == Some(first) => Some(second),
        _ => Some(first),
    }
}

fn first_level(blocks: &[Block]) -> Option<usize> {
    blocks.iter().find_map(|block| match block.kind {
        Kind::Heading(level) => Some(level),
        _ => None,
    })
}

fn leads_to_byline(blocks: &[Block], at: usize) -> bool {
    let (_, end) = chain(blocks, at);
    byline_below(blocks, end).is_some()
}

/// The byline under a heading: right there, or under one short line, a sub-title without a mark.
fn byline_below(blocks: &[Block], at: usize) -> Option<(usize, Byline)> {
    let first = blocks.get(at)?;
    if let Some(byline) = byline_of(first) {
        return Some((at, byline));
    }
    let second = blocks.get(at + 1).filter(|block| block.kind == Kind::Paragraph)?;
    if !plain_text::is_short(first) {
        return None;
    }
    Some((at + 1, byline_anywhere(&second.text)?))
}

fn byline_of(block: &Block) -> Option<Byline> {
    (block.kind == Kind::Paragraph).then(|| byline_after_heading(&block.text)).flatten()
}

/// A heading's level, and where the deeper headings directly under it end.
fn chain(blocks: &[Block], at: usize) -> (usize, usize) {
    let level = match blocks.get(at).map(|block| block.kind) {
        Some(Kind::Heading(level)) => level,
        _ => return (0, at),
    };
    let deeper = |block: &&Block| matches!(block.kind, Kind::Heading(below) if below > level);
    let count = blocks.iter().skip(at + 1).take_while(deeper).count();
    (level, at + 1 + count)
}

/// Reads blocks from first to last; each lands in exactly one place.
struct Reader {
    level: usize,
    document: Document,
    in_speech: bool,
}

impl Reader {
    fn new(level: usize) -> Reader {
        Reader { level, document: Document::default(), in_speech: false }
    }

    fn read(mut self, blocks: &[Block]) -> Document {
        let mut at = 0;
        while let Some(block) = blocks.get(at) {
            at = match block.kind {
                Kind::Heading(level) => self.heading(blocks, at, level),
                Kind::Paragraph => self.piece(block, PieceKind::Paragraph, at),
                Kind::Item => self.piece(block, PieceKind::Item, at),
            };
        }
        self.document
    }

    fn heading(&mut self, blocks: &[Block], at: usize, level: usize) -> usize {
        let (_, end) = chain(blocks, at);
        let has_byline = leads_to_byline(blocks, at);
        let holds_speech = blocks[at + 1..end].iter().any(|b| b.kind == Kind::Heading(self.level));
        if level == self.level && (has_byline || !self.is_start()) {
            return self.speech(blocks, at, end);
        }
        if level != self.level && has_byline && !holds_speech {
            self.document.points.push(Point::new(
                blocks[at].line,
                format!("标题“{}”的级别与其他发言不同，下面有职务和姓名，仍作为一篇发言。", blocks[at].text),
                format!(
                    "The heading “{}” has another level than those of the other speeches; a byline \
                     follows it, so it is taken for a speech.",
                    blocks[at].text
                ),
            ));
            return self.speech(blocks, at, end);
        }
        if level <= self.level { self.outer(&blocks[at], at) } else { self.inner(&blocks[at], at, level) }
    }

    /// Whether nothing was read but perhaps text before the title.
    fn is_start(&self) -> bool {
        self.document.speeches.is_empty() && self.document.title.is_none()
    }

    fn speech(&mut self, blocks: &[Block], at: usize, end: usize) -> usize {
        let mut bylines = Vec::new();
        let mut end = end;
        if let Some((below, first)) = byline_below(blocks, end) {
            end = below;
            bylines.push(first);
            let more = blocks.iter().skip(end + 1).take_while(|block| block.kind == Kind::Paragraph);
            bylines.extend(more.map_while(|block| byline_anywhere(&block.text)));
        }
        let subtitles: Vec<&str> = blocks[at + 1..end].iter().map(|block| block.text.as_str()).collect();
        let next = end + bylines.len();
        self.document.speeches.push(Section {
            title: blocks[at].text.clone(),
            subtitle: (!subtitles.is_empty()).then(|| subtitles.join(" ")),
            bylines,
            body: Vec::new(),
            line: blocks[at].line,
        });
        self.in_speech = true;
        next
    }

    /// A heading above the level of the speeches.
    fn outer(&mut self, block: &Block, at: usize) -> usize {
        let document = &mut self.document;
        if !document.speeches.is_empty() {
            document.points.push(Point::new(
                block.line,
                format!("发言之间的标题“{}”及其下文字放进了会议页。", block.text),
                format!(
                    "The heading “{}” between speeches, and what follows it, went to the meeting's page.",
                    block.text
                ),
            ));
        } else if document.title.is_none() {
            document.title = Some(block.text.clone());
            return at + 1;
        } else if document.subtitle.is_none() && document.lead.is_empty() {
            document.subtitle = Some(block.text.clone());
            return at + 1;
        }
        self.in_speech = false;
        self.piece(block, PieceKind::Heading(1), at)
    }

    /// A heading below the level of the speeches: part of the text it stands in.
    fn inner(&mut self, block: &Block, at: usize, level: usize) -> usize {
        self.piece(block, PieceKind::Heading((level - self.level).max(1)), at)
    }

    fn piece(&mut self, block: &Block, kind: PieceKind, at: usize) -> usize {
        let piece = Piece { kind, text: block.text.clone(), line: block.line };
        match self.document.speeches.last_mut() {
            Some(speech) if self.in_speech => speech.body.push(piece),
            _ => self.document.lead.push(piece),
        }
        at + 1
    }
}
