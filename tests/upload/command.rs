//! The command as a technician runs it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::folder::write;

fn speech(title: &str, theme: &str) -> String {
    format!(
        "+++\ntitle = \"{title}\"\nthemes = [\"{theme}\"]\n[speaker]\nname = \"林一舟\"\n+++\n\n{title}。\n"
    )
}

fn site() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    write(
        root,
        "content/site.toml",
        "title = \"会议发言\"\nbase_url = \"https://fayan.example/\"\nhosts = [\"apache\", \"nginx\"]\n[share_pictures]\nenabled = false\n",
    );
    write(root, "content/meetings/m1/_index.md", "+++\ntitle = \"第一次会议\"\ndate = 2025-01-09\n+++\n");
    write(root, "content/meetings/m1/01.md", speech("办好社区食堂", "养老"));
    folder
}

/// The site, built, and its list of files.
fn built() -> (TempDir, String) {
    let site = site();
    build(site.path(), "");
    let list = read_list(site.path());
    (site, list)
}

fn read_list(root: &Path) -> String {
    fs::read_to_string(root.join("public/.plenary")).expect("a list")
}

/// What is printed, line by line, and what is said.
fn build(root: &Path, arguments: &str) -> (Vec<(String, String)>, String) {
    let ran = Command::new(env!("CARGO_BIN_EXE_plenary"))
        .arg("build")
        .args(arguments.split_whitespace())
        .args(["--lang", "en", "--threads", "1"])
        .current_dir(root)
        .output()
        .expect("the program starts");
    let said = String::from_utf8(ran.stderr).expect("UTF-8");
    assert!(ran.status.success(), "{said}");
    let printed = String::from_utf8(ran.stdout).expect("UTF-8");
    let line = |line: &str| {
        let (word, path) = line.split_once('\t').expect("a word, a tab, a path");
        (word.to_owned(), path.to_owned())
    };
    (printed.lines().map(line).collect(), said)
}

fn words(lines: &[(String, String)]) -> BTreeMap<&str, &str> {
    lines.iter().map(|(word, path)| (path.as_str(), word.as_str())).collect()
}

#[test]
fn a_first_build_is_new_and_an_unchanged_one_prints_nothing() {
    let site = site();
    let root = site.path();
    let (lines, said) = build(root, "--upload-list");
    assert!(lines.iter().all(|(word, _)| word == "new"), "{lines:?}");
    assert!(said.ends_with(&format!("{} files to upload, 0 to remove\n", lines.len())), "{said}");
    let sent = words(&lines);
    assert!(sent.contains_key("meetings/m1/01/index.html") && sent.contains_key(".htaccess"));
    assert!(!sent.contains_key(".plenary") && sent.keys().all(|path| !path.starts_with(".hosts/")));
    assert_eq!(
        lines[lines.len() - 2..].iter().map(|(_, path)| path.as_str()).collect::<Vec<_>>(),
        ["index.html", ".htaccess"]
    );
    let (lines, said) = build(root, "--upload-list");
    assert!(lines.is_empty(), "{lines:?}");
    assert!(said.ends_with("nothing to upload\n"), "{said}");
    let (lines, said) = build(root, "");
    assert!(lines.is_empty() && !said.contains("upload"), "only where it is asked for: {said}");
}

#[test]
fn what_was_uploaded_last_counts_where_it_is_named() {
    let site = site();
    let root = site.path();
    let (all, _) = build(root, "--upload-list --uploaded kept");
    assert!(!root.join("kept").exists(), "what was uploaded is the technician's to note");
    fs::copy(root.join("public/.plenary"), root.join("kept")).expect("copied");
    write(root, "content/meetings/m1/02.md", speech("修好绿道", "绿化"));
    fs::remove_file(root.join("content/meetings/m1/01.md")).expect("removed");
    build(root, "");
    let (lines, _) = build(root, "--upload-list --uploaded kept");
    let sent = words(&lines);
    assert_eq!(sent["meetings/m1/02/index.html"], "new");
    assert_eq!(sent["meetings/m1/01/index.html"], "removed");
    assert_eq!(sent["index.html"], "changed");
    assert!(!sent.contains_key("robots.txt"), "what has not changed is not sent");
    assert!(
        lines.is_sorted_by_key(|(word, _)| ["new", "changed", "removed"].iter().position(|one| one == word))
    );
    let (again, _) = build(root, "--upload-list --uploaded not-yet");
    assert!(again.len() > lines.len() && again.iter().all(|(word, _)| word == "new"));
    assert!(all.len() > 20);
}

#[test]
fn of_a_list_without_digests_everything_has_changed() {
    let (site, list) = built();
    let root = site.path();
    let old: String = list
        .lines()
        .map(|line| format!("{}\n", line.split_once("  ").map_or(line, |(_, path)| path)))
        .collect();
    write(root, "public/.plenary", format!("{old}gone/index.html\n"));
    write(root, "public/gone/index.html", "");
    let time =
        || fs::metadata(root.join("public/index.html")).and_then(|found| found.modified()).expect("a time");
    let before = time();
    let (lines, _) = build(root, "--upload-list");
    assert_eq!(time(), before, "what has these bytes already is not written again");
    let sent = words(&lines);
    assert_eq!(sent["gone/index.html"], "removed");
    assert!(sent.values().filter(|word| **word != "changed").count() == 1, "{sent:?}");
    assert!(!root.join("public/gone").exists());
    assert_eq!(read_list(root), list);
}

#[test]
fn the_list_has_the_digest_of_every_file() {
    let (site, list) = built();
    let root = site.path();
    let mut count = 0;
    for line in list.lines().filter(|line| !line.starts_with('#')) {
        let (digest, path) = line.split_once("  ").expect("a digest and a path");
        let bytes = fs::read(root.join("public").join(path)).expect("a file");
        let right: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(digest, right, "{path}");
        count += 1;
    }
    assert!(count > 20);
}

#[test]
fn a_build_that_did_not_end_was_not_uploaded() {
    let (site, list) = built();
    let root = site.path();
    write(
        root,
        "public/.plenary",
        format!("{list}{}  half/index.html\n{}  feed.xml\n", "0".repeat(64), "0".repeat(64)),
    );
    write(root, "public/half/index.html", "");
    let (lines, _) = build(root, "--upload-list");
    assert_eq!(lines, [("new".to_owned(), "feed.xml".to_owned())]);
    assert!(!root.join("public/half").exists(), "what it wrote is still known");
}
