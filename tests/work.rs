//! How much a build does, counted and not timed: twice the speeches are at most twice the work, and an edit of one speech
//! writes only what shows it.
#![cfg(target_os = "linux")]

mod folder;

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use folder::files;

/// Speeches of a meeting.
const MEETING: usize = 20;

/// A site of so many speeches by a quarter as many people, about eight themes.
fn site(speeches: usize) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("created");
        fs::write(path, text).expect("written");
    };
    write("content/site.toml", "base_url = \"https://a.example/\"\ntitle = \"会议发言\"\n");
    for i in 0..speeches {
        let meeting = i / MEETING;
        if i % MEETING == 0 {
            let day = format!("{}-{:02}-09", 2000 + meeting / 12, 1 + meeting % 12);
            let index = format!("+++\ntitle = \"第{meeting}次会议\"\ndate = {day}\n+++\n");
            write(&format!("content/meetings/m{meeting:03}/_index.md"), &index);
        }
        write(&file(i), &speech(i, "原来的一句。"));
    }
    folder
}

fn file(i: usize) -> String {
    format!("content/meetings/m{:03}/{:03}.md", i / MEETING, i % MEETING)
}

fn speech(i: usize, last: &str) -> String {
    // Each speech has characters of its own, as texts have.
    let own = |n: usize| char::from_u32(0x4e00 + ((i * 131 + n * 977) % 6000) as u32).expect("a character");
    let paragraph: String = (0..120).map(|n| if n % 12 == 11 { '，' } else { own(n / 2) }).collect();
    let (theme, speaker) = (own(1000 + i % 8), i / 4);
    let name: String = ["王李张刘陈"; 1].iter().flat_map(|all| all.chars().nth(speaker % 5)).collect();
    format!(
        "+++\ntitle = \"第{i}篇发言\"\nthemes = [\"主题{}{theme}\"]\n\n[speaker]\nname = \"{name}{}{}\"\n+++\n\n{paragraph}。\n\n{last}\n",
        i % 8,
        own(2000),
        char::from_u32(0x5000 + speaker as u32).expect("a character"),
    )
}

/// What a build asked of the system.
#[derive(Debug, Default)]
struct Work {
    opened: usize,
    folders: usize,
    read: usize,
    written: usize,
}

/// Builds under `strace`.
fn build(root: &Path) -> Work {
    let log = root.join("strace.log");
    let built = Command::new("strace")
        .args(["-f", "-qq", "-s", "0", "-e", "trace=openat,mkdir,read,write", "-o"])
        .arg(&log)
        .arg(env!("CARGO_BIN_EXE_plenary"))
        .args(["build", "--threads", "2", "--now", "2025-06-01T00:00:00"])
        .env("PLENARY_FONTS", root.join("no-fonts"))
        .current_dir(root)
        .output()
        .expect("strace starts; bash tests/run installs it");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let mut work = Work::default();
    for line in fs::read_to_string(&log).expect("a log").lines() {
        let result = line.rsplit_once("= ").and_then(|(_, result)| result.split(' ').next()?.parse().ok());
        let Some(result) = result.filter(|result: &i64| *result >= 0) else { continue };
        let is =
            |call: &str| line.contains(&format!("{call}(")) || line.contains(&format!("... {call} resumed"));
        match () {
            () if is("openat") => work.opened += 1,
            () if is("mkdir") => work.folders += 1,
            () if is("read") => work.read += result as usize,
            () if is("write") => work.written += result as usize,
            () => {}
        }
    }
    fs::remove_file(log).expect("removed");
    work
}

#[test]
fn twice_the_speeches_are_at_most_twice_the_work() {
    let (small, large) = (site(60), site(120));
    let (one, two) = (build(small.path()), build(large.path()));
    for (what, one, two) in [
        ("files opened", one.opened, two.opened),
        ("folders made", one.folders, two.folders),
        ("bytes read", one.read, two.read),
        ("bytes written", one.written, two.written),
    ] {
        assert!(one > 0 && two * 10 <= one * 21, "{what}: {one} for 60 speeches, {two} for 120");
    }
}

#[test]
fn an_edit_writes_only_what_shows_the_speech() {
    let mut counts = Vec::new();
    for speeches in [60, 120] {
        let site = site(speeches);
        build(site.path());
        let before = files(&site.path().join("public"));
        fs::write(site.path().join(file(7)), speech(7, "改过的一句。")).expect("written");
        let work = build(site.path());
        let after = files(&site.path().join("public"));
        let changed: Vec<&String> = after
            .iter()
            .filter(|(path, bytes)| before.get(*path) != Some(bytes))
            .map(|(path, _)| path)
            .collect();
        let shows = |path: &&&String| {
            let of_all = ["feed.xml", "feed.json", "sitemap.xml", "index.html", ".plenary", ".plenary.made"];
            of_all.contains(&path.as_str())
                || path.starts_with("search/")
                || path.starts_with("meetings/m000/007/")
                || path.starts_with("meetings/m000/")
                    && !path["meetings/m000/".len()..].starts_with(|c: char| c.is_ascii_digit())
                || path.starts_with("themes/")
                || path.starts_with("speakers/")
                || path.starts_with("groups/")
                || path.starts_with("archive/")
                // Its examples work with the search as it is now.
                || path.as_str() == "embed/index.html"
        };
        let others: Vec<_> = changed.iter().filter(|path| !shows(path)).collect();
        assert!(others.is_empty(), "{speeches} speeches: {others:?}");
        let written: usize = changed.iter().map(|path| after[*path].len()).sum();
        // The report of the build, and the journal of what is exchanged.
        assert!(work.written <= written + (64 << 10), "{} bytes written for {written}", work.written);
        counts.push(changed.len());
    }
    assert!(counts[1] <= counts[0] + 12, "files that an edit changes, of 60 and of 120 speeches: {counts:?}");
}
