//! Markdown that will not do what a Chinese author means; reported by `check`.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::emphasis::MARK;
use crate::chinese::characters::is_han;
use crate::diagnostic::{Diagnostic, Message, Place};

/// Looks for traps in parsed Markdown. `source` is the marked text that `events` point into.
pub(super) fn find(
    events: &[(Event<'_>, Range<usize>)],
    source: &str,
    place: &dyn Fn(Range<usize>) -> Place,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut literal = String::new();
    for (event, span) in events {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented))
                if source[span.clone()].contains(is_han) =>
            {
                found.push(indented_code(place(first_line(source, span))));
            }
            Event::Start(Tag::Heading { .. }) if is_underlined(&source[span.clone()]) => {
                found.push(underlined_heading(place(first_line(source, span))));
            }
            Event::Start(Tag::Paragraph) => literal.clear(),
            Event::Text(text) => literal.push_str(text),
            Event::SoftBreak | Event::HardBreak => literal.push('\n'),
            Event::End(TagEnd::Paragraph) => {
                if literal.lines().any(is_tight_heading) {
                    found.push(tight_heading(place(first_line(source, span))));
                }
                if literal.contains("](") {
                    found.push(broken_syntax(place(link_line(source, span))));
                }
                literal.clear();
            }
            _ => {}
        }
    }
    found
}

fn first_line(source: &str, span: &Range<usize>) -> Range<usize> {
    let text = source[span.clone()].trim_start();
    let start = span.end - text.len();
    let end = text.find(['\n', '\r']).map_or(span.end, |i| start + i);
    start..end
}

/// The line that holds the last `](`.
fn link_line(source: &str, span: &Range<usize>) -> Range<usize> {
    let text = &source[span.clone()];
    let at = text.rfind("](").unwrap_or(0);
    let start = text[..at].rfind('\n').map_or(0, |i| i + 1);
    let end = text[at..].find(['\n', '\r']).map_or(text.len(), |i| at + i);
    span.start + start..span.start + end
}

fn is_underlined(heading: &str) -> bool {
    !heading.trim_start().starts_with('#')
}

fn is_tight_heading(line: &str) -> bool {
    let line = line.trim_start_matches([MARK, ' ']);
    let rest = line.trim_start_matches('#');
    let signs = line.len() - rest.len();
    (1..=6).contains(&signs) && rest.starts_with(is_han)
}

fn indented_code(place: Place) -> Diagnostic {
    let what = Message::new(
        "行首有四个以上的空格，这一段会变成代码",
        "four or more blanks at the beginning make a code block of this paragraph",
    );
    let help = Message::new(
        "删去行首的空格；段首缩进由网页自动加",
        "remove the blanks; the page indents paragraphs itself",
    );
    Diagnostic::markdown_trap(place, what, help)
}

fn underlined_heading(place: Place) -> Diagnostic {
    let what = Message::new(
        "下一行的 --- 或 === 使这一段变成了标题",
        "the --- or === on the next line makes a heading of this paragraph",
    );
    let help = Message::new(
        "想画分隔线，就在 --- 前空一行；想写标题，就用 ## 开头",
        "for a rule, leave an empty line before ---; for a heading, begin the line with ##",
    );
    Diagnostic::markdown_trap(place, what, help)
}

fn tight_heading(place: Place) -> Diagnostic {
    let what =
        Message::new("# 后面没有空格，不会成为标题", "there is no blank after #, so this is no heading");
    let help = Message::new("在 # 后面加一个空格", "put a blank after the #");
    Diagnostic::markdown_trap(place, what, help)
}

fn broken_syntax(place: Place) -> Diagnostic {
    let what = Message::new(
        "这里的链接或图片写法有误，会按文字显示",
        "this link or picture is not Markdown and is shown as text",
    );
    let help = Message::new(
        "文件名里有空格时用尖括号括起来，例如 ![图]（<图 片.png>）",
        "put a name with blanks in angle brackets, such as ![picture](<my picture.png>)",
    );
    Diagnostic::markdown_trap(place, what, help)
}
