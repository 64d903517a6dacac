//! The same sources give the same bytes, on whatever machine: any number of threads, any order of the files on the disk,
//! any zone and language of the system and any rules that it has for zones, any folder, any limit of memory.
//!
//! `PLENARY_RUNS=100 cargo test --test determinism` builds a hundred times; `PLENARY_SEED` gives other circumstances.

mod folder;
mod font;
mod random;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use folder::{files, write};
use random::{Random, number};

#[test]
fn the_same_sources_give_the_same_bytes_whatever_the_machine() {
    let everything = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/everything/site"));
    let mut random = Random(number("PLENARY_SEED", 1));
    let mut first: Option<BTreeMap<String, Vec<u8>>> = None;
    for run in 0..number("PLENARY_RUNS", 12) {
        let folder = tempfile::Builder::new().rand_bytes(3 + random.below(40)).tempdir().expect("a folder");
        let root = folder.path().join(["site", "网站", "a b"][random.below(3)]);
        for (path, bytes) in random.shuffled(everything.iter().collect()) {
            write(&root, path, bytes);
        }
        write(folder.path(), "fonts/boxes.ttf", font::boxes());
        // Every zone that the site could name is three hours off on this machine.
        for zone in ["Asia/Shanghai", "Europe/Berlin", "UTC"] {
            write(folder.path(), &format!("zones/{zone}"), always_at(3 * 3600));
        }
        let zones =
            [Path::new("/usr/share/zoneinfo"), &folder.path().join("zones")][random.below(2)].to_owned();
        let threads = (1 + random.below(8)).to_string();
        let memory = ["1", "64", "512"][random.below(3)];
        let zone = ["UTC", "Asia/Shanghai", "America/St_Johns"][random.below(3)];
        let locale = ["C", "zh_CN.UTF-8", "tr_TR.UTF-8"][random.below(3)];
        let circumstances =
            format!("run {run}: {threads} threads, {memory} MB, {zone}, {zones:?}, {locale}, {root:?}");
        let built = Command::new(env!("CARGO_BIN_EXE_plenary"))
            .args(["build", "--now", "2025-06-01T00:00:00", "--threads", &threads, "--memory", memory])
            .envs([("TZ", zone), ("LANG", locale), ("LC_ALL", locale)])
            .env("TZDIR", zones)
            .env("PLENARY_FONTS", folder.path().join("fonts"))
            .current_dir(&root)
            .output()
            .expect("the program starts");
        assert!(built.status.success(), "{circumstances}: {}", String::from_utf8_lossy(&built.stderr));
        let now = files(&root.join("public"));
        let right = first.get_or_insert_with(|| now.clone());
        let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&now), names(right), "{circumstances}");
        for (path, bytes) in &now {
            assert!(right[path] == *bytes, "{path} differs; {circumstances}");
        }
    }
}

/// Rules of a zone that is always so many seconds before UTC, as RFC 9636 writes them.
fn always_at(offset: i32) -> Vec<u8> {
    // Version 2 has its numbers twice; no transitions, one kind of time, whose name has four bytes.
    let header = |version: u8| [b"TZif", &[version][..], &[0; 15]].concat();
    let counts: Vec<u8> = [0u32, 0, 0, 0, 1, 4].into_iter().flat_map(u32::to_be_bytes).collect();
    let data = [&offset.to_be_bytes()[..], &[0, 0], b"XXX\0"].concat();
    let block = [header(b'2'), counts, data].concat();
    [block.clone(), block, b"\nXXX-3\n".to_vec()].concat()
}
