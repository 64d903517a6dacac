//! Lines to blocks: headings, paragraphs that may be wrapped over lines, and list items.

use super::byline::{byline_after_heading, byline_anywhere};
use super::formats::Layout;
use super::lines::Line;
use crate::chinese::characters::{is_cjk, is_hangul, is_quote_or_dash};

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Marked by so many `#`.
    Heading(usize),
    Paragraph,
    Item,
}

/// One heading, paragraph or item, on one line again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) kind: Kind,
    pub(crate) text: String,
    /// Where it begins in the document.
    pub(crate) line: usize,
}

/// Gathers lines into blocks. A blank line, a mark, a bullet and an indent begin a new one.
pub(crate) fn blocks(lines: &[Line], layout: Layout) -> Vec<Block> {
    let joining = match layout {
        Layout::Typed => Joining::of(lines),
        Layout::Paragraphs => Joining::WithinByline,
    };
    let mut blocks = Vec::new();
    let mut run: Vec<&Line> = Vec::new();
    for line in lines {
        if let Some((level, text)) = heading(line) {
            close_run(&mut run, joining, &mut blocks);
            if !text.is_empty() {
                blocks.push(Block { kind: Kind::Heading(level), text, line: line.number });
            }
        } else if line.text.is_empty() {
            close_run(&mut run, joining, &mut blocks);
        } else {
            run.push(line);
        }
    }
    close_run(&mut run, joining, &mut blocks);
    blocks
}

/// When a line goes on with the paragraph of the line before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joining {
    /// The document is wrapped at about so many columns; blank lines set paragraphs apart.
    Wrapped(usize),
    /// Where the line before does not end a sentence.
    WithinSentence,
    /// Where the line before fills so many columns.
    Filled(usize),
    /// Never: each line is a paragraph.
    Never,
    /// Never but in a byline that is one paragraph of several lines.
    WithinByline,
}

impl Joining {
    fn of(lines: &[Line]) -> Joining {
        let marked = lines.iter().any(|line| heading(line).is_some());
        if marked { Joining::of_marked(lines) } else { Joining::of_plain(lines) }
    }

    fn of_marked(lines: &[Line]) -> Joining {
        let (mut within, mut ends, mut widest) = (0, 0, 0);
        for pair in lines.windows(2) {
            let [above, below] = pair else { continue };
            let apart = above.text.is_empty() || below.text.is_empty() || below.bullet || below.indented;
            if apart
                || heading(above).is_some()
                || heading(below).is_some()
                || byline_anywhere(&above.text).is_some()
            {
                continue;
            }
            widest = widest.max(columns(&above.text));
            if ends_sentence(&above.text) { ends += 1 } else { within += 1 }
        }
        if within > ends { Joining::Wrapped(widest) } else { Joining::WithinSentence }
    }

    fn of_plain(lines: &[Line]) -> Joining {
        let text = || lines.iter().filter(|line| byline_anywhere(&line.text).is_none());
        let widest = text().map(|line| columns(&line.text)).max().unwrap_or(0);
        let filled =
            text().filter(|line| columns(&line.text) + 4 > widest && !ends_sentence(&line.text)).count();
        if filled >= 2 { Joining::Filled(widest) } else { Joining::Never }
    }

    fn joins(self, above: &Line, below: &Line) -> bool {
        match self {
            _ if below.bullet || below.indented => false,
            Joining::Wrapped(_) | Joining::WithinSentence if !ends_sentence(&above.text) => true,
            Joining::Wrapped(widest) => columns(&above.text) * 10 >= widest * 7,
            Joining::WithinSentence => false,
            Joining::Filled(widest) => columns(&above.text) + first_word(&below.text) + 2 > widest,
            Joining::Never | Joining::WithinByline => false,
        }
    }
}

/// Turns the lines gathered so far into blocks.
fn close_run(run: &mut Vec<&Line>, joining: Joining, blocks: &mut Vec<Block>) {
    let under_heading = matches!(blocks.last(), Some(Block { kind: Kind::Heading(_), .. }));
    let mut rest = run.as_slice();
    if under_heading {
        rest = take_bylines(rest, joining, blocks);
    }
    let plain = matches!(joining, Joining::Filled(_) | Joining::Never | Joining::WithinByline);
    let mut above: Option<&Line> = None;
    for line in rest {
        let alone = plain && byline_anywhere(&line.text).is_some();
        match (above, blocks.last_mut()) {
            (Some(above), Some(block)) if !alone && joining.joins(above, line) => {
                append(&mut block.text, &line.text);
            }
            _ => blocks.push(block(line)),
        }
        above = (!alone).then_some(line);
    }
    run.clear();
}

/// Takes the bylines at the head of the lines under a heading, each a block of its own, and
/// a sub-title above them.
fn take_bylines<'a, 'b>(lines: &'a [&'b Line], joining: Joining, blocks: &mut Vec<Block>) -> &'a [&'b Line] {
    if let [first, second, ..] = lines
        && is_subtitle(first)
        && byline_anywhere(&second.text).is_some()
    {
        blocks.push(block(first));
        return take_bylines(&lines[1..], joining, blocks);
    }
    let number = lines.first().map(|line| line.number);
    let paragraph = lines.iter().take_while(|line| Some(line.number) == number).count();
    let together = if joining == Joining::WithinByline { &lines[..paragraph] } else { lines };
    if let Some(count) = wrapped_byline(together) {
        let (byline, rest) = lines.split_at(count);
        let mut joined = String::new();
        for line in byline {
            append(&mut joined, &line.text);
        }
        if let Some(first) = byline.first() {
            blocks.push(Block { text: joined, ..block(first) });
        }
        return rest;
    }
    let mut rest = lines;
    let mut first = true;
    while let [line, others @ ..] = rest {
        let found = if first { byline_after_heading(&line.text) } else { byline_anywhere(&line.text) };
        if found.is_none() || line.bullet {
            break;
        }
        blocks.push(block(line));
        rest = others;
        first = false;
    }
    rest
}

/// A short line without a comma: with one it would be the first half of a wrapped byline.
fn is_subtitle(line: &Line) -> bool {
    let sign = |c: char| matches!(c, ',' | '，' | '、');
    !line.bullet
        && line.text.chars().count() <= 50
        && !line.text.contains(sign)
        && !ends_sentence(&line.text)
        && byline_after_heading(&line.text).is_none()
}

/// How many lines make up a byline that is wrapped.
fn wrapped_byline(lines: &[&Line]) -> Option<usize> {
    let mut joined = String::new();
    for (index, line) in lines.iter().enumerate().take(4) {
        append(&mut joined, &line.text);
        let found = if index == 0 { byline_after_heading(&joined) } else { byline_anywhere(&joined) };
        if line.bullet || ends_sentence(&line.text) {
            return None;
        }
        if found.is_some() {
            return (index > 0).then_some(index + 1);
        }
    }
    None
}

fn block(line: &Line) -> Block {
    let kind = if line.bullet { Kind::Item } else { Kind::Paragraph };
    Block { kind, text: line.text.clone(), line: line.number }
}

/// A line of one to six `#`. Behind two or more the blank may be missing.
fn heading(line: &Line) -> Option<(usize, String)> {
    let text = line.text.trim_start_matches('#');
    let level = line.text.len() - text.len();
    let spaced = text.is_empty() || text.starts_with([' ', '\u{3000}']);
    if line.bullet || !(1..=6).contains(&level) || !(spaced || level >= 2) {
        return None;
    }
    let text = text.trim_matches([' ', '\u{3000}']);
    let unclosed = text.trim_end_matches('#');
    let closed = unclosed.is_empty() || unclosed.ends_with([' ', '\u{3000}']);
    let text = if closed { unclosed.trim_end_matches([' ', '\u{3000}']) } else { text };
    Some((level, text.to_string()))
}

/// Whether a line can be the last of a paragraph.
pub(crate) fn ends_sentence(text: &str) -> bool {
    text.ends_with([
        '。', '！', '？', '!', '?', '；', ';', '：', ':', '.', '…', '”', '’', '」', '』', '）', ')', '】',
    ])
}

/// Joins two lines: with a blank only where neither side is wide, since documents of this
/// kind print `建设5G基站` and half-width commas without one.
pub(crate) fn append(text: &mut String, line: &str) {
    if let (Some(last), Some(first)) = (text.chars().next_back(), line.chars().next()) {
        let glued = is_wide(last) || is_wide(first) || (is_quote_or_dash(last) && is_quote_or_dash(first));
        if !glued {
            text.push(' ');
        }
    }
    text.push_str(line);
}

/// Whether a character takes two columns and needs no blank beside it.
fn is_wide(c: char) -> bool {
    is_cjk(c) && !is_hangul(c)
}

fn columns(text: &str) -> usize {
    text.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

/// Columns of what cannot be broken at the head of a line.
fn first_word(text: &str) -> usize {
    let latin = text.chars().take_while(|c| !is_wide(*c) && *c != ' ').count();
    if latin == 0 { 2 } else { latin }
}

#[cfg(test)]
mod tests {
    use super::super::lines::clean_lines;
    use super::*;

    fn read(text: &str) -> Vec<(Kind, String, usize)> {
        blocks(&clean_lines(text).0, Layout::Typed).into_iter().map(|b| (b.kind, b.text, b.line)).collect()
    }

    #[test]
    fn wrapped_paragraphs_are_joined() {
        let text = "## 标题\n市政协委员 王伟\n第一行文字没有\n结束,Open\nData的段落。\n\n第二段。\n第三段。";
        assert_eq!(
            read(text),
            [
                (Kind::Heading(2), "标题".to_string(), 1),
                (Kind::Paragraph, "市政协委员 王伟".to_string(), 2),
                (Kind::Paragraph, "第一行文字没有结束,Open Data的段落。".to_string(), 3),
                (Kind::Paragraph, "第二段。".to_string(), 7),
                (Kind::Paragraph, "第三段。".to_string(), 8),
            ]
        );
    }

    #[test]
    fn a_wrapped_byline_is_one_line_again() {
        let text = "## 标题\n\n市政协委员,某某公司\n总经理 王伟\n\n正文。";
        assert_eq!(read(text)[1].1, "市政协委员,某某公司总经理 王伟");
        assert_eq!(read(text)[2].1, "正文。");
    }

    #[test]
    fn plain_lines_stay_apart_unless_the_text_is_wrapped() {
        let lines = ["标题", "市政协委员 王伟", "第一段长一些的文字。", "第二段。"];
        let texts: Vec<String> = read(&lines.join("\n")).into_iter().map(|b| b.1).collect();
        assert_eq!(texts, lines);
        let wrapped = "标题\n市政协委员 王伟\n　　一二三四五六七八九十\n一二三四五六七八九十二三\n一二三四五六七八九十二三\n完。\n　　另一段。";
        let texts: Vec<String> = read(wrapped).into_iter().map(|b| b.1).collect();
        assert_eq!(
            texts,
            [
                "标题",
                "市政协委员 王伟",
                "一二三四五六七八九十",
                "一二三四五六七八九十二三一二三四五六七八九十二三完。",
                "另一段。"
            ]
        );
    }

    #[test]
    fn marks() {
        assert_eq!(read("###标题 ##\n#标签\n# \n####### 七")[0], (Kind::Heading(3), "标题".to_string(), 1));
        assert_eq!(read("#标签"), [(Kind::Paragraph, "#标签".to_string(), 1)]);
        assert_eq!(read("#"), []);
    }
}
