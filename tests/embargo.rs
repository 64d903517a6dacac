//! Embargoes end when their editors said, on the clocks of the site; no rehearsal ends up in what is published.

mod folder;

use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use folder::{files, write};

const SITE: &str =
    "base_url = \"https://fayan.example/\"\ntitle = \"会议发言\"\n[share_pictures]\nenabled = false\n";

fn speech(front: &str, body: &str) -> String {
    format!("+++\n{front}\n[speaker]\nname = \"林一舟\"\n+++\n\n{body}\n")
}

/// A site with one public speech, and speeches `02`, `03`… with each of `fronts`.
fn site(settings: &str, fronts: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "content/site.toml", format!("{settings}{SITE}"));
    let meeting = "+++\ntitle = \"第一次全体会议\"\ndate = 2026-03-04\n+++\n";
    write(folder.path(), "content/meetings/m1/_index.md", meeting);
    write(folder.path(), "content/meetings/m1/01.md", speech("title = \"办好社区食堂\"", "算细账。"));
    for (i, front) in fronts.iter().enumerate() {
        let text = speech(&format!("title = \"预告{i}\"\n{front}"), "暗号。");
        write(folder.path(), &format!("content/meetings/m1/{:02}.md", i + 2), &text);
    }
    folder
}

fn plenary(root: &Path, zone: &str, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_plenary"))
        .args(arguments)
        .env("TZ", zone)
        .env("LANG", "C.UTF-8")
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .current_dir(root)
        .output()
        .expect("the program starts")
}

fn said(output: &Output) -> String {
    let text = String::from_utf8(output.stderr.clone()).expect("UTF-8");
    assert!(!text.contains("panicked"), "{text}");
    text
}

/// Builds at `now` into a folder of its own; whether each of `count` speeches from `02` on is there, and what was said.
fn shown(root: &Path, zone: &str, now: &str, count: usize) -> (Vec<bool>, String) {
    let output = plenary(root, zone, &["build", "--now", now, "--output", "rehearsal", "--allow-shrink"]);
    let text = said(&output);
    assert!(output.status.success(), "{now}: {text}");
    let page = |i: usize| root.join(format!("rehearsal/meetings/m1/{:02}/index.html", i + 2)).exists();
    ((0..count).map(page).collect(), text)
}

#[test]
fn however_it_is_written_an_embargo_ends_at_its_second_on_the_clocks_of_the_site() {
    let nine = [
        "publish_at = 2026-03-05T09:00:00",
        "publish_at = 2026-03-05 09:00:00",
        "publish_at = 2026-03-05 09:00",
        "publish_at = 2026-03-05T09:00",
        "publish_at = \"2026-03-05 09:00\"",
        "publish_at = \"2026年3月5日9时\"",
        "publish_at = 2026-03-05T09:00:00+08:00",
        "publish_at = 2026-03-05T01:00:00Z",
        "publish_at = 2026-03-04T20:00:00-05:00",
    ];
    let site = site("", &nine);
    let yaml = "---\ntitle: 预告\npublish_at: 2026-03-05 09:00\nspeaker: {name: 林一舟}\n---\n\n暗号。\n";
    write(site.path(), "content/meetings/m1/11.md", yaml);
    for zone in ["America/New_York", "UTC"] {
        for (now, public) in [
            ("2026-03-05 08:59:59", false),
            ("2026-03-05T00:59:59Z", false),
            ("2026-03-05", false),
            ("2026-03-05 09:00", true),
            ("2026-03-05T09:00", true),
            ("2026年3月5日9时", true),
            ("2026-03-05T09:00:00+08:00", true),
            ("2026-03-05T01:00:00Z", true),
        ] {
            let (pages, _) = shown(site.path(), zone, now, nine.len() + 1);
            assert_eq!(pages, vec![public; nine.len() + 1], "TZ={zone}, --now {now}");
        }
    }
}

#[test]
fn a_day_alone_is_its_beginning_on_the_clocks_of_the_site() {
    let day = ["publish_at = 2026-03-05", "publish_at = \"2026年3月5日\""];
    for (settings, before, at) in [
        ("", "2026-03-04T15:59:59Z", "2026-03-04T16:00:00Z"),
        ("timezone = \"Europe/Berlin\"\n", "2026-03-04T22:59:59Z", "2026-03-04T23:00:00Z"),
    ] {
        let site = site(settings, &day);
        for zone in ["America/New_York", "UTC"] {
            assert_eq!(shown(site.path(), zone, before, 2).0, [false, false], "{settings}");
            assert_eq!(shown(site.path(), zone, at, 2).0, [true, true], "{settings}");
            assert_eq!(shown(site.path(), zone, "2026-03-04 23:59:59", 2).0, [false, false], "{settings}");
            assert_eq!(shown(site.path(), zone, "2026-03-05", 2).0, [true, true], "{settings}");
        }
    }
}

#[test]
fn where_clocks_change_an_embargo_never_ends_too_early() {
    let berlin = "timezone = \"Europe/Berlin\"\n";
    let skipped = site(berlin, &["publish_at = 2026-03-29T02:30:00"]);
    assert_eq!(shown(skipped.path(), "UTC", "2026-03-29 03:29:59", 1).0, [false]);
    assert_eq!(shown(skipped.path(), "UTC", "2026-03-29 03:30", 1).0, [true]);
    let twice = site(berlin, &["publish_at = 2026-10-25T02:30:00", "publish_at = 2026-10-25T02:30:00+02:00"]);
    assert_eq!(shown(twice.path(), "UTC", "2026-10-25T02:30:00+02:00", 2).0, [false, true]);
    assert_eq!(shown(twice.path(), "UTC", "2026-10-25T02:29:59+01:00", 2).0, [false, true]);
    assert_eq!(shown(twice.path(), "UTC", "2026-10-25T02:30:00+01:00", 2).0, [true, true]);
}

#[test]
fn what_is_no_time_is_an_error_with_its_line() {
    for wrong in [
        "2026-02-30",
        "2026-02-29T09:00:00",
        "\"2026年2月30日\"",
        "\"2026-03-05 25:00\"",
        "\"3月5日\"",
        "\"\"",
    ] {
        let site = site("", &[&format!("publish_at = {wrong}")]);
        let output = plenary(site.path(), "UTC", &["build", "--format", "short"]);
        assert_eq!(output.status.code(), Some(1), "{wrong}");
        let text = said(&output);
        assert!(text.contains("content/meetings/m1/02.md:3:"), "{wrong}: {text}");
        assert!(!site.path().join("public").exists());
    }
    let site = site("", &[]);
    for wrong in ["明天", "2026-02-30", "2026-03-05 25:00", "9:00", ""] {
        for command in ["build", "check", "seal", "serve"] {
            let output = plenary(site.path(), "UTC", &[command, "--now", wrong]);
            assert_eq!(output.status.code(), Some(2), "{command} --now {wrong}: {}", said(&output));
            assert!(
                said(&output).contains("不是一个时间；例如 --now \"2026-03-05 09:00\""),
                "{}",
                said(&output)
            );
        }
    }
    assert!(!site.path().join("public").exists());
}

#[test]
fn a_build_tells_how_many_wait_and_when_to_build_again() {
    let site = site(
        "",
        &[
            "publish_at = 2026-03-07",
            "publish_at = 2026-03-06T01:30:00Z",
            "publish_at = 2026-03-05T23:00:00\ndraft = true",
            "draft = true",
        ],
    );
    let root = site.path();
    let (pages, text) = shown(root, "America/New_York", "2026-03-05", 4);
    assert_eq!(pages, [false; 4]);
    let next = "还有 2 篇发言未到发布时间；最早的一篇在 2026-03-06 09:30 +08 发布";
    assert!(text.contains(next), "{text}");
    for (path, bytes) in files(&root.join("rehearsal")) {
        let text = String::from_utf8_lossy(&bytes);
        for secret in ["2026-03-06", "2026-03-07", "09:30", "1772760600", "预告"] {
            assert!(!text.contains(secret), "{path} has {secret}");
        }
    }
    let (_, text) = shown(root, "UTC", "2026-03-06 09:30", 4);
    assert!(text.contains("还有 1 篇") && text.contains("2026-03-07 00:00 +08"), "{text}");
    let (_, text) = shown(root, "UTC", "2026-03-07", 4);
    assert!(!text.contains("还有"), "{text}");
    let english =
        plenary(root, "UTC", &["build", "--now", "2026-03-05", "--output", "rehearsal", "--lang", "en"]);
    let next = "2 speeches under embargo; the next one appears at 2026-03-06 09:30 +08: build again then";
    assert!(said(&english).contains(next), "{}", said(&english));
}

#[test]
fn a_rehearsal_is_never_written_into_what_is_published() {
    let site = site("", &["draft = true", "publish_at = 2999-01-01"]);
    let root = site.path();
    assert!(plenary(root, "UTC", &["build"]).status.success());
    let before = files(&root.join("public"));
    let whole = root.join("public").to_string_lossy().into_owned();
    let here = root.to_string_lossy().into_owned();
    for rehearsal in [
        ["--drafts", "--lang", "zh"],
        ["--now", "2999-01-01", "--drafts"],
        ["--lang", "zh", "--now=2999-01-01"],
    ] {
        for output in [
            &[][..],
            &["--output", "public"],
            &["--output", "./content/../public/"],
            &["--output", "public/preview"],
            &["--output", &whole],
            &["--root", &here],
        ] {
            let output = plenary(root, "UTC", &[&["build"], &rehearsal[..], output].concat());
            let text = said(&output);
            assert_eq!(output.status.code(), Some(2), "{rehearsal:?}: {text}");
            assert!(text.contains("--output preview") && text.contains("plenary serve --"), "{text}");
            assert_eq!(files(&root.join("public")), before);
        }
    }
    let elsewhere = plenary(root, "UTC", &["build", "--drafts", "--output", "preview"]);
    assert!(elsewhere.status.success(), "{}", said(&elsewhere));
    assert!(said(&elsewhere).contains("草稿或未到时间的 2 篇"), "{}", said(&elsewhere));
    assert!(root.join("preview/meetings/m1/02/index.html").exists());
    let (pages, _) = shown(root, "UTC", "2999-01-01", 2);
    assert_eq!(pages, [false, true]);
    for checked in [&["check", "--drafts"][..], &["check", "--now", "2999-01-01"]] {
        assert!(plenary(root, "UTC", checked).status.success());
    }
    // A time that is past shows less than the clock does.
    assert!(plenary(root, "UTC", &["build", "--now", "2026-03-05"]).status.success());
    assert_eq!(files(&root.join("public")), before);
}

#[cfg(unix)]
#[test]
fn a_link_to_the_published_folder_is_that_folder() {
    let site = site("", &["draft = true"]);
    assert!(plenary(site.path(), "UTC", &["build"]).status.success());
    std::os::unix::fs::symlink("public", site.path().join("preview")).expect("linked");
    let output = plenary(site.path(), "UTC", &["build", "--drafts", "--output", "preview"]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(!site.path().join("public/meetings/m1/02").exists());
}
