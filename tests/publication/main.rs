//! The old site or the new one, never anything between: builds that change, are killed, or meet a failing disk.
//!
//! `PLENARY_RUNS=1000 cargo test --release --test publication` runs the long form; `PLENARY_SEED` gives other moments.
#![cfg(unix)]

mod interrupted;
#[path = "../random/mod.rs"]
mod random;
mod sites;

use std::fs;
use std::os::unix::fs::MetadataExt as _;

use sites::{Site, tree};

const MODES: [&[&str]; 2] = [&[], &["--in-place"]];

#[test]
fn files_that_did_not_change_keep_inode_and_time() {
    for mode in MODES {
        let site = Site::new();
        site.build(mode);
        let noted = |path: &str| {
            let found = fs::metadata(site.public().join(path)).expect("a file");
            (found.ino(), found.mtime(), found.mtime_nsec())
        };
        let before: Vec<_> =
            tree(&site.public()).into_iter().map(|(path, bytes)| (noted(&path), path, bytes)).collect();
        site.build(mode);
        for (inode, path, _) in &before {
            assert_eq!(noted(path), *inode, "{mode:?}: nothing changed in {path}");
        }
        site.edit("乙");
        site.build(mode);
        let after = tree(&site.public());
        let (mut same, mut changed) = (0, 0);
        for (inode, path, bytes) in &before {
            let Some(now) = after.get(path) else { continue };
            assert_eq!(noted(path) == *inode, now == bytes, "{mode:?}: {path}");
            if now == bytes { same += 1 } else { changed += 1 }
        }
        assert!(same > 10 && changed > 10, "{mode:?}: {same} and {changed}");
        assert_eq!(site.entries(), ["content", "public"], "{mode:?}: nothing is left beside the site");
    }
}

#[test]
fn both_ways_give_the_same_folder() {
    let (one, other) = (Site::new(), Site::new());
    for step in 0..4 {
        for (site, mode) in [(&one, MODES[0]), (&other, MODES[1])] {
            match step {
                1 => site.edit("乙"),
                // A page gives way to a folder of files, and a folder of pages to a file.
                2 => {
                    site.write("content/static/a", "a file");
                    site.write("content/static/b/c.txt", "a file in a folder");
                }
                3 => {
                    site.remove("content/static");
                    site.write("content/static/a/d.txt", "a file in a folder");
                    site.write("content/static/b", "a file");
                }
                _ => {}
            }
            site.build(mode);
        }
        assert_eq!(tree(&one.public()), tree(&other.public()), "step {step}");
    }
}

#[test]
fn what_is_to_stay_stays_and_what_is_foreign_is_named() {
    for mode in MODES {
        let site = Site::new();
        site.build(mode);
        let others = [".git/HEAD", "CNAME", "uploads/2025/a.pdf", "google1.html", "meetings/.note"];
        for path in others {
            site.write(&format!("public/{path}"), path);
        }
        fs::create_dir_all(site.public().join(".git/refs/tags")).expect("created");
        std::os::unix::fs::symlink("nowhere", site.public().join(".git/link")).expect("linked");
        site.edit("乙");
        let published = tree(&site.public());
        let refused = site.refused(mode, "foreign-files");
        assert!(refused.contains("google1.html") && refused.contains("uploads/2025/a.pdf"), "{refused}");
        assert!(!refused.contains("CNAME") && !refused.contains(".git"), "{refused}");
        assert_eq!(tree(&site.public()), published);
        site.set("[output]\nkeep = [\"uploads/\", \"google1.html\"]\n");
        for text in ["乙", "丙"] {
            site.edit(text);
            site.build(mode);
            for path in others {
                let kept = fs::read_to_string(site.public().join(path));
                assert_eq!(kept.ok().as_deref(), Some(path), "{mode:?}");
            }
            assert!(site.public().join(".git/refs/tags").is_dir(), "{mode:?}");
            assert!(fs::read_link(site.public().join(".git/link")).is_ok(), "{mode:?}");
        }
        site.write("content/static/uploads/2025/a.pdf", "ours");
        assert!(site.refused(mode, "output-refused").contains("uploads/2025/a.pdf"), "{mode:?}");
    }
}

#[test]
fn a_folder_without_files_in_the_place_of_a_page_gives_way() {
    for mode in MODES {
        let site = Site::new();
        site.build(mode);
        let right = tree(&site.public());
        fs::remove_file(site.public().join("feed.xml")).expect("removed");
        fs::create_dir(site.public().join("feed.xml")).expect("created");
        fs::write(site.public().join("index.html"), "someone else's").expect("written");
        site.build(mode);
        assert_eq!(tree(&site.public()), right, "{mode:?}");
    }
}

#[test]
fn a_site_that_lost_much_is_not_published_unasked() {
    for mode in MODES {
        let site = Site::new();
        site.build(mode);
        let before = tree(&site.public());
        site.remove("content/meetings");
        assert!(site.refused(mode, "site-shrunk").contains("--allow-shrink"));
        assert_eq!(tree(&site.public()), before, "{mode:?}");
        site.build(&[mode, &["--allow-shrink"]].concat());
        assert!(!site.public().join("meetings/m1").exists(), "{mode:?}");
    }
    let site = Site::new();
    site.build(&[]);
    site.remove("content/meetings");
    site.set("[output]\nshrink_limit = 100\n");
    site.build(&[]);
}

#[test]
fn one_build_at_a_time() {
    let site = Site::new();
    site.build(&[]);
    let builds: Vec<_> = (0..4).map(|_| site.start(&[])).collect();
    let mut done = 0;
    for build in builds {
        let output = build.wait_with_output().expect("it ends");
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success() || text.contains("[output-busy]"), "{text}");
        done += usize::from(output.status.success());
    }
    assert!(done > 0);
    let lock = site.path().join(".public.plenary");
    fs::create_dir(&lock).expect("created");
    let file = fs::File::create(lock.join("lock")).expect("created");
    file.lock().expect("locked");
    site.edit("乙");
    let before = tree(&site.public());
    site.refused(&[], "output-busy");
    assert_eq!(tree(&site.public()), before);
    drop(file);
    site.build(&[]);
    assert_eq!(site.entries(), ["content", "public"]);
}

#[test]
fn a_publication_that_was_cut_off_is_brought_to_its_end_by_the_next_command() {
    let site = Site::new();
    site.build(&[]);
    let right = tree(&site.public());
    site.write(".public.plenary/tree/new/a.txt", "new");
    site.write(".public.plenary/journal", "put\tnew/a.txt\nremove\t404.html\nput\t../content/site.toml\n");
    site.write("public/new/a.txt/b", "in the way");
    let stopped = site.plenary(&["check"]);
    assert!(stopped.1.contains("错误[half-published]") && !stopped.0.status.success(), "{}", stopped.1);
    site.remove("public/new/a.txt");
    let done = site.plenary(&["check"]);
    assert!(done.0.status.success(), "{}", done.1);
    let now = tree(&site.public());
    assert_eq!(now.get("new/a.txt").map(Vec::as_slice), Some(&b"new"[..]));
    assert!(!now.contains_key("404.html"));
    assert_eq!(now.len(), right.len());
    assert_eq!(site.entries(), ["content", "public"]);
}

#[test]
fn a_build_of_the_same_sources_touches_nothing_and_mends_what_was_harmed() {
    for mode in MODES {
        let site = Site::new();
        site.build(mode);
        let right = tree(&site.public());
        let says = |arguments: &[&str]| site.plenary(&[&["build"], arguments].concat()).1;
        assert!(says(mode).contains("没有变化"), "{mode:?}");
        std::fs::write(site.public().join("index.html"), "harmed").expect("written");
        assert!(!says(mode).contains("没有变化"), "{mode:?}: a file was changed by hand");
        std::fs::remove_file(site.public().join("feed.xml")).expect("removed");
        assert!(!says(mode).contains("没有变化"), "{mode:?}: a file was removed by hand");
        assert_eq!(tree(&site.public()), right, "{mode:?}");
        site.write("public/foreign.html", "foreign");
        site.refused(mode, "foreign-files");
        std::fs::remove_file(site.public().join("foreign.html")).expect("removed");
        assert!(says(mode).contains("没有变化"), "{mode:?}");
        // Warnings are said by every build.
        site.write(
            "content/meetings/m1/00.md",
            "+++\ntitle = \"一\"\n[speaker]\nname = \"林一舟\"\n+++\n\n[去](nowhere.md)\n",
        );
        assert!(says(mode).contains("警告") && says(mode).contains("警告"), "{mode:?}");
        // An embargo ends by the clock alone.
        site.edit("甲");
        site.write("content/meetings/m1/late.md", "+++\ntitle = \"晚\"\npublish_at = 2999-01-01T00:00:00\n[speaker]\nname = \"林一舟\"\n+++\n\n正文。\n");
        assert!(!says(mode).contains("没有变化") && !says(mode).contains("没有变化"), "{mode:?}");
    }
}
