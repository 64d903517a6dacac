//! What is printed after an import.

use super::plan::{Action, Step};
use super::themes::ThemeReason;
use super::write::Outcome;
use super::{Layout, Proceedings, ReadFile, Speech};
use crate::diagnostic::{Message, counted};

/// The whole report: totals, speeches, files, and what to look at.
pub fn report(proceedings: &Proceedings, outcome: &Outcome) -> Message {
    let mut report = Report::default();
    report.totals(proceedings);
    for speech in &proceedings.speeches {
        report.speech(speech);
    }
    report.files(outcome);
    report.points(proceedings);
    report.close(outcome);
    Message::new(report.zh, report.en)
}

/// Both texts, line by line.
#[derive(Default)]
struct Report {
    zh: String,
    en: String,
}

impl Report {
    fn line(&mut self, zh: impl AsRef<str>, en: impl AsRef<str>) {
        self.zh.push_str(zh.as_ref());
        self.zh.push('\n');
        self.en.push_str(en.as_ref());
        self.en.push('\n');
    }

    fn totals(&mut self, proceedings: &Proceedings) {
        let speeches = proceedings.speeches.len();
        let mut names: Vec<&str> =
            proceedings.speeches.iter().flat_map(|s| &s.speakers).map(|s| s.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let speakers = names.len();
        let characters: usize = proceedings.speeches.iter().map(Speech::characters).sum();
        let (file_zh, file_en) = files(&proceedings.files);
        self.line(
            format!("{file_zh}：{speeches}篇发言，{speakers}位发言人，正文共{characters}字（含标点）。"),
            format!(
                "{file_en}: {}, {}, {} of text, punctuation included.",
                counted(speeches, "speech", "speeches"),
                counted(speakers, "speaker", "speakers"),
                counted(characters, "character", "characters")
            ),
        );
        if let Some(name) = &proceedings.meeting.name {
            self.line(format!("会议：{name}"), format!("Meeting: {name}"));
        }
        if proceedings.files.iter().any(|file| file.inferred_headings) {
            self.line(
                "文稿没有标出发言的标题：标题是按版式推断的，请核对。",
                "Speeches' headings are not marked: they were told by their form. Please check them.",
            );
        }
    }

    fn speech(&mut self, speech: &Speech) {
        let names: Vec<&str> = speech.speakers.iter().map(|speaker| speaker.name.as_str()).collect();
        let mut groups: Vec<&str> =
            speech.speakers.iter().filter_map(|speaker| speaker.group.as_deref()).collect();
        groups.dedup();
        let (mut zh, mut en) = (names.join("、"), names.join(", "));
        if names.is_empty() {
            (zh, en) = ("无发言人（草稿）".to_string(), "no speaker (draft)".to_string());
        }
        if !groups.is_empty() {
            zh.push_str(&format!("({})", groups.join("、")));
            en.push_str(&format!(" ({})", groups.join(", ")));
        }
        let (order, title) = (speech.order, &speech.title);
        self.line(format!("{order:>3}. {title} — {zh}"), format!("{order:>3}. {title} — {en}"));
        for reason in &speech.themes {
            let why = why(reason);
            self.line(
                format!("     主题 {} ← {why}", reason.theme),
                format!("     theme {} ← {why}", reason.theme),
            );
        }
    }

    fn files(&mut self, outcome: &Outcome) {
        self.line(format!("{}/", outcome.folder), format!("{}/", outcome.folder));
        let unchanged = outcome.steps.iter().filter(|step| step.action == Action::Unchanged).count();
        for step in outcome.steps.iter().filter(|step| step.action != Action::Unchanged) {
            self.step(step);
        }
        if unchanged > 0 {
            self.line(
                format!("  未变    {unchanged}个文件"),
                format!("  unchanged {}", counted(unchanged, "file", "files")),
            );
        }
    }

    fn step(&mut self, step: &Step) {
        let (zh, en) = match &step.action {
            Action::New => ("新建", "new"),
            Action::Updated => ("更新", "updated"),
            Action::Unchanged => ("未变", "unchanged"),
            Action::Kept => ("保留", "kept"),
            Action::Conflict { .. } => ("冲突", "conflict"),
            Action::Deleted => ("已删", "deleted"),
            Action::Vanished => ("文稿已无", "vanished"),
        };
        let kept = step.kept.join(", ");
        let (more_zh, more_en) = match &step.action {
            Action::Conflict { reason, .. } => (format!(":{}", reason.zh), format!(": {}", reason.en)),
            Action::Deleted => (
                format!(
                    "：以前导入过，有人删了，不再写。要写回，请从 {} 里删去它那一段。",
                    super::lock::LOCK_FILE
                ),
                format!(
                    ": imported earlier and deleted since; not written again. To have it back, remove its part of {}.",
                    super::lock::LOCK_FILE
                ),
            ),
            Action::Vanished => (
                "：新文稿里没有这篇发言，文件没有动。".to_string(),
                ": the document no longer has this speech; the file was not touched.".to_string(),
            ),
            _ if !kept.is_empty() => {
                (format!(":编辑改过的保留（{kept}）"), format!(": an editor's changes stay ({kept})"))
            }
            _ => (String::new(), String::new()),
        };
        self.line(format!("  {zh}    {}{more_zh}", step.file), format!("  {en:<9} {}{more_en}", step.file));
        if let Action::Conflict { diff, .. } = &step.action {
            for line in diff.lines() {
                self.line(format!("      {line}"), format!("      {line}"));
            }
        }
    }

    fn points(&mut self, proceedings: &Proceedings) {
        if proceedings.points.is_empty() {
            return;
        }
        let count = proceedings.points.len();
        self.line(format!("请核对{count}处："), format!("{count} to check:"));
        for point in &proceedings.points {
            let line = point.line;
            let Some(ReadFile { name: file, layout, .. }) = proceedings.files.get(point.file) else {
                continue;
            };
            let (zh, en) = match layout {
                Layout::Typed => ("行", "line"),
                Layout::Paragraphs => ("段", "paragraph"),
            };
            self.line(
                format!("  {file} 第{line}{zh}：{}", point.message.zh),
                format!("  {file} {en} {line}: {}", point.message.en),
            );
        }
    }

    fn close(&mut self, outcome: &Outcome) {
        let conflicts =
            outcome.steps.iter().filter(|step| matches!(step.action, Action::Conflict { .. })).count();
        if conflicts > 0 {
            self.line(
                format!("{conflicts}个冲突，这些文件没有动。请照上面的差别改文件或文稿，再导入一次。"),
                format!("{conflicts} conflicts; these files were not touched. Bring the file or the document into line and import again."),
            );
        }
    }
}

/// The files with their formats; of many only the first.
fn files(files: &[ReadFile]) -> (String, String) {
    let (count, shown) = (files.len(), if files.len() > 3 { 1 } else { 3 });
    let each = |open: &str, close: &str, between: &str| {
        let names: Vec<String> = files
            .iter()
            .take(shown)
            .map(|file| format!("{}{open}{}{close}", file.name, file.format))
            .collect();
        names.join(between)
    };
    let (zh, en) = (each("（", "）", "、"), each(" (", ")", ", "));
    if count > shown {
        (format!("{zh}等{count}个文件"), format!("{en} and {} more files", count - shown))
    } else {
        (zh, en)
    }
}

fn why(reason: &ThemeReason) -> String {
    let found: Vec<String> =
        reason.found.iter().map(|(keyword, count)| format!("{keyword}×{count}")).collect();
    found.join(" ")
}
