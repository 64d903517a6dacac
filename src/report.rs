//! Prints diagnostics: with the line and carets for people, short for editors, JSON for programs.
//!
//! Lines are shown with the numbers of persons masked, since reports are kept in logs.

use std::collections::BTreeMap;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::content::privacy;
use crate::diagnostic::{Diagnostic, Message, Place, Severity};
use crate::inputs::Inputs;

/// How many findings of one kind in one file are printed: who has put these right runs the command again.
const SHOWN_OF_A_KIND: usize = 50;

/// How diagnostics are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// With the line and carets.
    Full,
    /// One line each: `file:line:column: error[code]: message`.
    Short,
    /// One JSON object a line.
    Json,
}

/// The language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Simplified Chinese.
    Zh,
    /// English.
    En,
}

impl Language {
    /// The text of a message in this language.
    pub fn of(self, message: &Message) -> &str {
        match self {
            Language::Zh => &message.zh,
            Language::En => &message.en,
        }
    }
}

/// A place as people count: lines and columns from 1, columns in characters.
struct Position {
    line: usize,
    column: usize,
}

/// Prints `diagnostics`, sorted by place.
pub fn print(diagnostics: &[Diagnostic], inputs: &Inputs, format: Format, language: Language) -> String {
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by(|a, b| {
        let key =
            |d: &Diagnostic| (d.place.file.clone(), d.place.span.unwrap_or_default(), d.severity, d.code);
        key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
    });
    sorted.dedup();
    let (shown, left_out) = capped(sorted);
    let print = |diagnostic: &&Diagnostic| match format {
        Format::Full => full(diagnostic, inputs, language),
        Format::Short => short(diagnostic, inputs, language),
        Format::Json => json(diagnostic, inputs, language),
    };
    let mut printed: String = shown.iter().map(print).collect();
    if format != Format::Json {
        printed.extend(left_out.into_iter().map(|(file, code, count)| {
            let more = Message::new(
                format!("{file}：还有 {count} 处 [{code}] 没有列出\n"),
                format!("{file}: {count} more of [{code}] are not shown\n"),
            );
            language.of(&more).to_owned()
        }));
    }
    printed
}

/// The first of each kind in each file, and how many more there are.
fn capped(sorted: Vec<&Diagnostic>) -> (Vec<&Diagnostic>, Vec<(&str, &'static str, usize)>) {
    let mut counts: BTreeMap<(&str, &'static str), usize> = BTreeMap::new();
    let mut shown = Vec::new();
    for diagnostic in sorted {
        let count = counts.entry((&diagnostic.place.file, diagnostic.code)).or_default();
        *count += 1;
        if *count <= SHOWN_OF_A_KIND {
            shown.push(diagnostic);
        }
    }
    let more = counts.into_iter().filter(|(_, count)| *count > SHOWN_OF_A_KIND);
    (shown, more.map(|((file, code), count)| (file, code, count - SHOWN_OF_A_KIND)).collect())
}

fn position(place: &Place, inputs: &Inputs) -> Option<Position> {
    let text = inputs.text(&place.file)?;
    let (start, _) = place.span?;
    let before = text.get(..start)?;
    let line_start = before.rfind('\n').map_or(0, |i| i + 1);
    Some(Position {
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
    })
}

fn name(severity: Severity, language: Language) -> &'static str {
    match (severity, language) {
        (Severity::Error, Language::Zh) => "错误",
        (Severity::Warning, Language::Zh) => "警告",
        (Severity::Notice, Language::Zh) => "提示",
        (Severity::Error, Language::En) => "error",
        (Severity::Warning, Language::En) => "warning",
        (Severity::Notice, Language::En) => "notice",
    }
}

fn level(severity: Severity, language: Language) -> Level<'static> {
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Notice => Level::NOTE,
    };
    level.with_name(name(severity, language))
}

fn full(diagnostic: &Diagnostic, inputs: &Inputs, language: Language) -> String {
    let title = level(diagnostic.severity, language)
        .primary_title(language.of(&diagnostic.message))
        .id(diagnostic.code);
    let mut group =
        place_element(Group::with_title(title), &diagnostic.place, inputs, AnnotationKind::Primary, None);
    for (place, message) in &diagnostic.related {
        group = place_element(group, place, inputs, AnnotationKind::Context, Some(language.of(message)));
    }
    if let Some(help) = &diagnostic.help {
        let name = match language {
            Language::Zh => "改法",
            Language::En => "help",
        };
        group = group.element(Level::HELP.with_name(name).message(language.of(help)));
    }
    let renderer = Renderer::plain().decor_style(DecorStyle::Ascii).term_width(1000);
    format!("{}\n\n", renderer.render(&[group]))
}

fn place_element<'a>(
    group: Group<'a>,
    place: &'a Place,
    inputs: &'a Inputs,
    kind: AnnotationKind,
    label: Option<&'a str>,
) -> Group<'a> {
    let text = place.span.and_then(|span| Some((inputs.text(&place.file)?, span)));
    match text {
        Some((text, (start, end)))
            if start <= end && text.is_char_boundary(start) && text.is_char_boundary(end.min(text.len())) =>
        {
            let (start, end) = one_line(text, start, end.min(text.len()));
            let line_start = text[..start].rfind('\n').map_or(0, |i| i + 1);
            let line = text[line_start..].split('\n').next().unwrap_or_default();
            let annotation = kind.span(start - line_start..end - line_start).label(label);
            let number = text[..start].matches('\n').count() + 1;
            let source = Snippet::source(privacy::masked(line)).line_start(number);
            group.element(source.path(&*place.file).annotation(annotation))
        }
        _ => {
            let origin = annotate_snippets::Origin::path(&*place.file);
            match label {
                Some(label) => group.element(origin).element(Level::NOTE.no_name().message(label)),
                None => group.element(origin),
            }
        }
    }
}

/// The part of a span on its first line: more than that hides what is wrong.
fn one_line(text: &str, start: usize, end: usize) -> (usize, usize) {
    let line_end = text[start..].find(['\n', '\r']).map_or(text.len(), |i| start + i);
    (start, end.min(line_end).max(start))
}

fn short(diagnostic: &Diagnostic, inputs: &Inputs, language: Language) -> String {
    let place = match position(&diagnostic.place, inputs) {
        Some(position) => format!("{}:{}:{}", diagnostic.place.file, position.line, position.column),
        None => format!("{}:1:1", diagnostic.place.file),
    };
    let help = diagnostic.help.as_ref().map(|help| format!(" ({})", language.of(help))).unwrap_or_default();
    let message = language.of(&diagnostic.message);
    let line =
        format!("{place}: {}[{}]: {message}{help}", name(diagnostic.severity, language), diagnostic.code);
    line.replace(['\n', '\r'], " ") + "\n"
}

fn json(diagnostic: &Diagnostic, inputs: &Inputs, language: Language) -> String {
    let place = |place: &Place| {
        let position = position(place, inputs);
        serde_json::json!({
            "file": place.file,
            "line": position.as_ref().map(|p| p.line),
            "column": position.as_ref().map(|p| p.column),
            "start": place.span.map(|span| span.0),
            "end": place.span.map(|span| span.1),
        })
    };
    let related: Vec<_> = diagnostic
        .related
        .iter()
        .map(|(at, message)| serde_json::json!({ "place": place(at), "message": language.of(message) }))
        .collect();
    let object = serde_json::json!({
        "severity": name(diagnostic.severity, Language::En),
        "code": diagnostic.code,
        "message": language.of(&diagnostic.message),
        "help": diagnostic.help.as_ref().map(|help| language.of(help)),
        "place": place(&diagnostic.place),
        "related": related,
    });
    format!("{object}\n")
}
