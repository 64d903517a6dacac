//! A link to a source file leads to what the file became, in every edition.

mod folder;

use std::fs;
use std::path::Path;
use std::process::Command;

use folder::write;

/// Sources of each kind that can be linked, and a speech that links them all.
const SOURCES: [(&str, &str); 9] = [
    (
        "site.toml",
        "title = \"会议发言\"\nbase_url = \"https://fayan.example/\"\n\n[[editions]]\nname = \"繁體\"\npath = \"hant\"\n\
         script = \"hant\"\n",
    ),
    ("meetings/m/_index.md", "+++\ntitle = \"全体会议\"\ndate = 2025-01-09\n+++\n"),
    (
        "meetings/m/1.md",
        "+++\ntitle = \"甲\"\n[speaker]\nname = \"李文\"\n+++\n\n[会议](_index.md)、[发言](2.md)、[第一节](2.md#first)、\
         [第二节](2.md#second)、[人](../../speakers/li-wen.md)、[页面](../../pages/about.md)、[附件](1/table.txt)、\
         [会议的附件](list.txt)、[文件](../../static/plan.txt)。\n",
    ),
    (
        "meetings/m/2.md",
        "+++\ntitle = \"乙\"\n[speaker]\nname = \"李文\"\n+++\n\n## 一 {#first}\n\n上。\n\n## 二 {#second}\n\n下。\n",
    ),
    ("meetings/m/1/table.txt", "表\n"),
    ("meetings/m/list.txt", "名单\n"),
    ("speakers/li-wen.md", "+++\nname = \"李文\"\n+++\n"),
    ("pages/about.md", "+++\ntitle = \"关于\"\n+++\n\n关于。\n"),
    ("static/plan.txt", "计划\n"),
];

/// Where the links of the first paragraph of a page lead, as they are written.
fn links(root: &Path, page: &str) -> Vec<String> {
    let html = fs::read_to_string(root.join("public").join(page)).expect("a page");
    let paragraph =
        html.split("<p id=p1>").nth(1).expect("a paragraph").split("</p>").next().expect("its end");
    let written = paragraph.split("href=").skip(1);
    written.map(|rest| rest.split(['>', ' ']).next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_link_to_a_source_file_leads_to_what_it_became() {
    let root = tempfile::tempdir().expect("a folder");
    for (path, text) in SOURCES {
        write(root.path(), &format!("content/{path}"), text);
    }
    let ran = Command::new(env!("CARGO_BIN_EXE_plenary"))
        .args(["build", "--now", "2025-06-01"])
        .current_dir(root.path())
        .output()
        .expect("the program starts");
    assert!(
        ran.status.success(),
        "{}{}",
        String::from_utf8_lossy(&ran.stdout),
        String::from_utf8_lossy(&ran.stderr)
    );
    let pages =
        ["../", "../2/", "../2/#first", "../2/#second", "../../../speakers/li-wen/", "../../../about/"];
    let files = ["table.txt", "../list.txt", "../../../plan.txt"];
    assert_eq!(links(root.path(), "meetings/m/1/index.html"), [&pages[..], &files].concat());
    // Files stand once, outside of the editions.
    let files =
        ["../../../../meetings/m/1/table.txt", "../../../../meetings/m/list.txt", "../../../../plan.txt"];
    assert_eq!(links(root.path(), "hant/meetings/m/1/index.html"), [&pages[..], &files].concat());
    let data = fs::read_to_string(root.path().join("public/search/speeches.json")).expect("the texts");
    let data: serde_json::Value = serde_json::from_str(&data).expect("JSON");
    let ids: Vec<_> = data["speeches"][1]["paragraphs"]
        .as_array()
        .expect("paragraphs")
        .iter()
        .map(|one| &one["id"])
        .collect();
    assert_eq!(ids, ["first", "p1", "second", "p2"]);
}
