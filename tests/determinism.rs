//! The same sources give the same bytes, on whatever machine: any number of threads, any order of the files on the disk,
//! any zone and language of the system, any folder, any limit of memory.
//!
//! `PLENARY_RUNS=100 cargo test --test determinism` builds a hundred times; `PLENARY_SEED` gives other circumstances.

mod font;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Numbers that are the same for the same seed: xorshift64 (Marsaglia, 2003).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }

    fn shuffled<T>(&mut self, mut items: Vec<T>) -> Vec<T> {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
        items
    }
}

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        for entry in fs::read_dir(&path).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let bytes = fs::read(&path).expect("a file");
                found.insert(path.strip_prefix(folder).expect("below").to_owned(), bytes);
            }
        }
    }
    found
}

fn put(folder: &Path, path: &Path, bytes: &[u8]) {
    let file = folder.join(path);
    fs::create_dir_all(file.parent().expect("a folder")).expect("created");
    fs::write(file, bytes).expect("written");
}

#[test]
fn the_same_sources_give_the_same_bytes_whatever_the_machine() {
    let everything = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/everything/site"));
    let mut random = Random(number("PLENARY_SEED", 1).max(1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let mut first: Option<BTreeMap<PathBuf, Vec<u8>>> = None;
    for run in 0..number("PLENARY_RUNS", 12) {
        let folder = tempfile::Builder::new().rand_bytes(3 + random.below(40)).tempdir().expect("a folder");
        let root = folder.path().join(["site", "网站", "a b"][random.below(3)]);
        for (path, bytes) in random.shuffled(everything.iter().collect()) {
            put(&root, path, bytes);
        }
        put(folder.path(), Path::new("fonts/boxes.ttf"), &font::boxes());
        let threads = (1 + random.below(8)).to_string();
        let memory = ["1", "64", "512"][random.below(3)];
        let zone = ["UTC", "Asia/Shanghai", "America/St_Johns"][random.below(3)];
        let locale = ["C", "zh_CN.UTF-8", "tr_TR.UTF-8"][random.below(3)];
        let circumstances = format!("run {run}: {threads} threads, {memory} MB, {zone}, {locale}, {root:?}");
        let built = Command::new(env!("CARGO_BIN_EXE_plenary"))
            .args(["build", "--now", "2025-06-01T00:00:00", "--threads", &threads, "--memory", memory])
            .envs([("TZ", zone), ("LANG", locale), ("LC_ALL", locale)])
            .env("PLENARY_FONTS", folder.path().join("fonts"))
            .current_dir(&root)
            .output()
            .expect("the program starts");
        assert!(built.status.success(), "{circumstances}: {}", String::from_utf8_lossy(&built.stderr));
        let now = files(&root.join("public"));
        let right = first.get_or_insert_with(|| now.clone());
        let names = |files: &BTreeMap<PathBuf, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&now), names(right), "{circumstances}");
        for (path, bytes) in &now {
            assert!(right[path] == *bytes, "{} differs; {circumstances}", path.display());
        }
    }
}
