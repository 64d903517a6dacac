//! The README tells the truth: its code map and its invariants hold in the tree.
//!
//! `UPDATE=1 cargo test --test readme` rewrites the code map.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![root().join("src")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn relative(path: &Path) -> String {
    path.strip_prefix(root()).expect("below").to_string_lossy().replace('\\', "/")
}

fn is_test(path: &str) -> bool {
    path.contains("/tests/") || path.ends_with("/tests.rs")
}

/// One line for each source file: what it is, in the words of its own first line.
fn code_map() -> String {
    let mut map = String::new();
    for path in sources() {
        let name = relative(&path);
        let text = fs::read_to_string(&path).unwrap_or_default();
        let first = text.lines().next().unwrap_or_default();
        let words = match path.extension().and_then(|ending| ending.to_str()) {
            Some("rs") if !is_test(&name) => first.strip_prefix("//! "),
            Some("js") => first.strip_prefix("// "),
            _ => continue,
        };
        let words = words.unwrap_or_else(|| panic!("{name} opens with a line that says what it is"));
        map.push_str(&format!("- `{name}` — {words}\n"));
    }
    map
}

#[test]
fn the_code_map_is_that_of_the_tree() {
    let (begin, end) = ("<!-- code map -->\n", "<!-- end of code map -->");
    let readme = root().join("README.md");
    let text = fs::read_to_string(&readme).expect("README.md");
    let (before, rest) = text.split_once(begin).expect("the code map's beginning");
    let (map, after) = rest.split_once(end).expect("the code map's end");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&readme, format!("{before}{begin}{}{end}{after}", code_map())).expect("written");
        return;
    }
    assert_eq!(map, code_map(), "UPDATE=1 cargo test --test readme rewrites it");
}

/// What `check --url` advises is the table of the documentation, in both languages.
#[test]
fn the_table_of_hosts_is_the_one_behind_the_advice() {
    let (begin, end) = ("<!-- hosts -->\n", "<!-- /hosts -->");
    let of_zh = plenary::deployed::table(|message| message.zh.to_string());
    let of_en = plenary::deployed::table(|message| message.en.to_string());
    for (name, table) in [("docs/publishing.md", of_en), ("docs/publishing.zh-CN.md", of_zh)] {
        let file = root().join(name);
        let text = fs::read_to_string(&file).expect(name);
        let (before, rest) = text.split_once(begin).expect("the table's beginning");
        let (_, after) = rest.split_once(end).expect("the table's end");
        let due = format!("{before}{begin}{table}{end}{after}");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&file, due).expect("written");
            continue;
        }
        assert!(text == due, "{name}: UPDATE=1 cargo test --test readme rewrites it");
    }
}

/// Only `disk`, `deployed`, `serve`, `import` and the command line touch files, the network, the clock or the environment.
#[test]
fn the_middle_is_pure() {
    let outside = [
        "src/disk/",
        "src/deployed/",
        "src/serve/",
        "src/import/",
        "src/commands/",
        "src/progress.rs",
        "src/cli.rs",
        "src/main.rs",
    ];
    let world = [
        "std::fs",
        "std::net",
        "std::process",
        "std::env",
        "Timestamp::now",
        "SystemTime",
        "Instant::now",
        "tokio::",
    ];
    for path in sources() {
        let name = relative(&path);
        if outside.iter().any(|outside| name.starts_with(outside)) || is_test(&name) {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap_or_default();
        for word in world {
            assert!(!text.contains(word), "{name} uses {word}");
        }
    }
}

/// Speeches, not "posts"; what it looks like is a Tera theme, and the bare word theme is the subject.
#[test]
fn one_concept_has_one_word() {
    for path in sources() {
        let name = relative(&path);
        let text = fs::read_to_string(&path).unwrap_or_default().to_lowercase();
        for word in ["utils", "helpers", "taxonomy", "stylesheet theme", "skin"] {
            assert!(!text.contains(word), "{name} says {word}");
        }
    }
}

/// Lists of Rust files stay readable: one concept a file.
#[test]
fn files_stay_within_a_screen_or_ten() {
    for path in sources() {
        let name = relative(&path);
        let lines = fs::read_to_string(&path).unwrap_or_default().lines().count();
        // One is a list by design: everything that Tera themes see.
        let limit = if name == "src/pages/view.rs" { 800 } else { 500 };
        assert!(lines <= limit || !name.ends_with(".rs"), "{name} has {lines} lines");
    }
}
