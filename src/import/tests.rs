//! Tests of the import as a whole.

use std::path::Path;

use jiff::civil::{Date, date};

use super::*;

mod again;
mod any_text;
mod proceedings;
mod several;
mod small;
mod web_page;
mod word;

fn day() -> Date {
    date(2025, 1, 9)
}

/// Reads a text with the themes and parties of these tests.
fn read_bytes(bytes: &[u8]) -> Proceedings {
    let themes = [keywords("社区服务", &["食堂", "养老"]), keywords("交通", &["公交"])];
    let parties = [party("民进", &["中国民主促进会"]), party("九三学社", &[]), party("台盟", &[])];
    let import = Import {
        files: &[File { name: "a.txt", bytes }],
        date: day(),
        meeting: Some("Meeting One"),
        themes: &themes,
        parties: &parties,
    };
    read(&import).expect("a document with speeches")
}

fn keywords(name: &str, words: &[&str]) -> ThemeKeywords {
    ThemeKeywords { name: name.to_string(), keywords: words.iter().map(|word| (*word).to_string()).collect() }
}

fn party(group: &str, names: &[&str]) -> PartyNames {
    PartyNames { group: group.to_string(), names: names.iter().map(|name| (*name).to_string()).collect() }
}

/// The files of a folder with their bytes, by name.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .expect("the meeting's folder")
        .map(|item| item.expect("an entry"))
        .map(|item| {
            (item.file_name().to_string_lossy().into_owned(), std::fs::read(item.path()).expect("a file"))
        })
        .collect();
    files.sort();
    files
}

fn count(outcome: &Outcome, action: &Action) -> usize {
    outcome.steps.iter().filter(|step| step.action == *action).count()
}

fn conflicts(outcome: &Outcome) -> Vec<&str> {
    let is_conflict = |step: &&Step| matches!(step.action, Action::Conflict { .. });
    outcome.steps.iter().filter(is_conflict).map(|step| step.file.as_str()).collect()
}
