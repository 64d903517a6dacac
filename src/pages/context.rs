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
        let read = speech.file.body.read();
        let paragraphs = read.paragraphs().filter(|paragraph| !paragraph.is_heading());
        let (paragraph, found) = paragraphs
            .map(|paragraph| (paragraph, occurrences(paragraph.text, &words)))
            .filter(|(_, found)| !found.is_empty())
            .reduce(|best, next| if weight(&next.1) > weight(&best.1) { next } else { best })?;
        let (start, end) = passage(paragraph.text, &found);
        Some(ContextView {
            url: format!("{}#{}", self.url(&speech.address), paragraph.id()),
            begins: start == 0,
            ends: end == paragraph.text.len(),
            pieces: pieces(paragraph.text, (start, end), &found),
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
            let is_free = found.iter().all(|other| end <= other.0 || start >= other.1);
            if is_free && is_whole(text, start, end) {
                found.push((start, end));
            }
        }
    }
    found.sort_unstable();
    found
}

/// Whether what stands there is no part of a longer Latin word: AI is not in MAIN.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let word = &text[start..end];
    let begins = is_latin(text[..start].chars().next_back()) && is_latin(word.chars().next());
    let ends = is_latin(text[end..].chars().next()) && is_latin(word.chars().next_back());
    !begins && !ends
}

/// How much of a paragraph the words make up together, up to a passage.
fn weight(found: &[(usize, usize)]) -> usize {
    found.iter().map(|(start, end)| end - start).sum()
}

/// From the beginning of the sentence that has the first word, as far as a passage reaches.
fn passage(text: &str, found: &[(usize, usize)]) -> (usize, usize) {
    let first = found[0].0;
    let sentence = text[..first].rfind(['。', '！', '？', '；']).map_or(0, |i| i + '。'.len_utf8());
    let sentence = text[..first].rfind(". ").map_or(sentence, |i| sentence.max(i + 2));
    let clause = text[..first].rfind(['，', '、', '：', ',']).map_or(0, |i| i + char_at(text, i));
    let is_far = text[sentence..first].chars().count() > LIMIT / 2;
    let start = if is_far { clause.max(sentence) } else { sentence };
    let near = text[..first].char_indices().rev().nth(LIMIT / 2).map_or(0, |(i, _)| i);
    let start = start.max(near);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, words: &[&str]) -> String {
        let found = occurrences(text, words);
        let pieces = pieces(text, passage(text, &found), &found);
        pieces
            .iter()
            .map(|one| if one.marked { format!("[{}]", one.text) } else { one.text.clone() })
            .collect()
    }

    #[test]
    fn a_passage_begins_where_its_sentence_does() {
        let text = "先说别的。发展低空经济,开放低空。再说其他。";
        assert_eq!(shown(text, &["低空经济", "低空"]), "发展[低空经济],开放[低空]。再说其他。");
        assert_eq!(shown("First this. Then buses and trams.", &["buses"]), "Then [buses] and trams.");
    }

    #[test]
    fn latin_words_are_whole() {
        assert!(occurrences("MAIN和AID", &["AI"]).is_empty());
        assert_eq!(occurrences("用AI,AI大模型", &["AI"]).len(), 2);
    }

    #[test]
    fn a_passage_is_short_and_has_its_word() {
        let text = format!("{}养老{}。", "很长的话".repeat(60), "再说一些".repeat(60));
        let shown = shown(&text, &["养老"]);
        assert!(shown.contains("[养老]") && shown.chars().count() <= LIMIT + 4, "{shown}");
    }
}
