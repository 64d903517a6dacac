//! A theme's words in context: the passage of a speech that says most about it.

use super::vantage::Vantage;
use super::view::{ContextView, PieceView};
use crate::chinese::excerpt;
use crate::site::{Speech, Term};

/// Characters of a passage.
const LIMIT: usize = 90;

impl Vantage<'_> {
    /// The passage of `speech` with the most of the theme's words, marked; none where the text has none of them.
    pub fn context(&self, speech: &Speech, theme: &Term) -> Option<ContextView> {
        let words = words(theme);
        let paragraphs = speech.file.body.paragraphs.iter().filter(|paragraph| !paragraph.heading);
        let (paragraph, found) = paragraphs
            .map(|paragraph| (paragraph, occurrences(&paragraph.text, &words)))
            .filter(|(_, found)| !found.is_empty())
            .reduce(|best, next| if weight(&next.1) > weight(&best.1) { next } else { best })?;
        let (start, end) = passage(&paragraph.text, &found);
        Some(ContextView {
            url: format!("{}#{}", self.url(&speech.address), paragraph.id),
            begins: start == 0,
            ends: end == paragraph.text.len(),
            pieces: pieces(&paragraph.text, (start, end), &found),
        })
    }
}

/// The theme's name and keywords, the longest first.
fn words(theme: &Term) -> Vec<&str> {
    let mut words: Vec<&str> = theme.words.iter().map(String::as_str).chain([theme.name.as_str()]).collect();
    words.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    words.dedup();
    words
}

/// Where words stand in `text`, in bytes, none within another.
fn occurrences(text: &str, words: &[&str]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for word in words.iter().filter(|word| !word.is_empty()) {
        for (start, _) in text.match_indices(word) {
            let end = start + word.len();
            if found.iter().all(|other| end <= other.0 || start >= other.1) {
                found.push((start, end));
            }
        }
    }
    found.sort_unstable();
    found
}

/// How much of a paragraph the words make up together, up to a passage.
fn weight(found: &[(usize, usize)]) -> usize {
    found.iter().map(|(start, end)| end - start).sum()
}

/// From the beginning of the sentence that has the first word, as far as a passage reaches.
fn passage(text: &str, found: &[(usize, usize)]) -> (usize, usize) {
    let first = found[0].0;
    let sentence = text[..first].rfind(['。', '！', '？', '；']).map_or(0, |i| i + '。'.len_utf8());
    let clause = text[..first].rfind(['，', '、', '：', ',']).map_or(0, |i| i + char_at(text, i));
    let is_far = text[sentence..first].chars().count() > LIMIT / 2;
    let start = if is_far { clause.max(sentence) } else { sentence };
    let start = start + (text[start..].len() - text[start..].trim_start_matches(['”', '’', '）', ' ']).len());
    let start = start.min(first);
    (start, start + length(&text[start..]).max(found[0].1 - start))
}

/// Bytes of the beginning of `text` that are shown.
fn length(text: &str) -> usize {
    let shown = excerpt::excerpt(text, LIMIT);
    let shown = shown.strip_suffix('…').unwrap_or(&shown);
    match text.starts_with(shown) {
        true => shown.len(),
        false => text.char_indices().nth(LIMIT).map_or(text.len(), |(i, _)| i),
    }
}

fn char_at(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(0, char::len_utf8)
}

fn pieces(text: &str, (start, end): (usize, usize), found: &[(usize, usize)]) -> Vec<PieceView> {
    let mut pieces = Vec::new();
    let mut done = start;
    for (from, to) in found.iter().filter(|(from, to)| *from >= start && *to <= end) {
        pieces.push(PieceView { text: text[done..*from].to_owned(), marked: false });
        pieces.push(PieceView { text: text[*from..*to].to_owned(), marked: true });
        done = *to;
    }
    pieces.push(PieceView { text: text[done..end].to_owned(), marked: false });
    pieces.retain(|piece| !piece.text.is_empty());
    pieces
}
