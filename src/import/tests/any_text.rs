//! Whatever the document, nothing panics and nothing is lost.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::import::document::Document;
use crate::import::plan::{Folder, plan};

/// Characters that are text, sorted: marks, blanks and what is cleaned away do not count.
fn characters<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<char> {
    let mut characters: Vec<char> =
        texts.into_iter().flat_map(str::chars).filter(|c| !c.is_whitespace() && *c != '#').collect();
    characters.sort_unstable();
    characters
}

/// All texts of a document, each once.
fn texts(document: &Document) -> Vec<&str> {
    let mut texts: Vec<&str> = document.title.iter().chain(&document.subtitle).map(String::as_str).collect();
    texts.extend(document.lead.iter().map(|piece| piece.text.as_str()));
    for section in &document.speeches {
        texts.push(&section.title);
        texts.extend(section.subtitle.as_deref());
        texts.extend(section.bylines.iter().map(|byline| byline.text.as_str()));
        texts.extend(section.body.iter().map(|piece| piece.text.as_str()));
    }
    texts
}

fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        "#{1,5} [甲乙丙丁]{1,6}",
        "[甲乙丙丁]{1,6}",
        "(市政协委员|某局局长,市政协常委) (王伟|李明|斯朗·丹增|王　伟、李明|John Smith)",
        "[甲乙丙丁, ]{1,30}。",
        "　　[甲乙丙a-c]{1,30}",
        Just(String::new()),
        Just(String::new()),
    ]
}

/// Applies a plan to the files in memory.
fn apply(proceedings: &Proceedings, folder: &Folder) -> (Folder, Vec<Step>) {
    let steps = plan(proceedings, folder);
    let mut files: BTreeMap<String, Option<Vec<u8>>> = folder.files.clone();
    for step in &steps {
        if let Some(text) = &step.text {
            files.insert(step.file.clone(), Some(text.clone().into_bytes()));
        }
    }
    let entries = steps.iter().filter_map(|step| step.entry.clone()).collect();
    (Folder { entries, files }, steps)
}

fn read_some(text: &str) -> Option<Proceedings> {
    let import = Import {
        files: &[File { name: "a", bytes: text.as_bytes() }],
        date: day(),
        meeting: Some("m"),
        themes: &[],
        parties: &[],
    };
    read(&import).ok()
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let import = Import { files: &[File { name: "a", bytes: &bytes }], date: day(), meeting: None, themes: &[], parties: &[] };
        let _ = read(&import);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,40}(\n\\PC{0,40}){0,8}") {
        let _ = read_some(&text);
        let _ = read_some(&format!("## 题\n市政协委员 王伟\n{text}"));
    }

    #[test]
    fn nothing_is_lost(lines in proptest::collection::vec(line(), 0..25)) {
        let text = lines.join("\n");
        let (clean, _) = lines::clean_lines(&text);
        if let Some(document) = document::document(blocks::blocks(&clean, Layout::Typed)) {
            prop_assert_eq!(characters(texts(&document)), characters([text.as_str()]));
        }
    }

    #[test]
    fn importing_twice_is_importing_once(
        first in proptest::collection::vec(line(), 0..25),
        second in proptest::collection::vec(line(), 0..25),
    ) {
        let mut folder = Folder::default();
        for text in [first.join("\n"), second.join("\n")] {
            let Some(found) = read_some(&text) else { continue };
            let (written, steps) = apply(&found, &folder);
            let conflict = steps.iter().find(|step| matches!(step.action, Action::Conflict { .. }));
            prop_assert_eq!(conflict, None);
            prop_assert_eq!(written.files.keys().filter(|name| **name != "_index.md").count(),
                steps.len() - 1);
            let (again, steps) = apply(&found, &written);
            prop_assert!(steps.iter().all(|step| step.text.is_none()));
            prop_assert_eq!(&again.files, &written.files);
            folder = again;
        }
    }
}
