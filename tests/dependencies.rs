//! `docs/dependencies.md` names what is in the program, and `deny.toml` gives a reason and a day for each exception.
//!
//! `UPDATE=1 cargo test --test dependencies` rewrites numbers and licences; a missing row is for a person to write.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

const PAGE: &str = "docs/dependencies.md";

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap_or_else(|_| panic!("{path}"))
}

/// Names in `[dependencies]` and `[dev-dependencies]`.
fn direct() -> BTreeSet<String> {
    let manifest: toml::Table = read("Cargo.toml").parse().expect("TOML");
    let tables = ["dependencies", "dev-dependencies", "build-dependencies"];
    let names = tables.iter().filter_map(|table| manifest.get(*table)?.as_table());
    names.flat_map(|table| table.keys().cloned()).collect()
}

fn locked_packages() -> usize {
    read("Cargo.lock").lines().filter(|line| *line == "[[package]]").count()
}

fn printed(program: &str, arguments: &[&str]) -> String {
    let ran = Command::new(program)
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("it starts");
    assert!(ran.status.success(), "{program}: {}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8(ran.stdout).expect("UTF-8")
}

/// The licence of each direct dependency, as its own manifest names it.
fn licences() -> BTreeMap<String, String> {
    let version = printed("rustc", &["-vV"]);
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host");
    let arguments = ["metadata", "--locked", "--offline", "--format-version", "1", "--filter-platform", host];
    let metadata: serde_json::Value =
        serde_json::from_str(&printed(env!("CARGO"), &arguments)).expect("JSON");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let nodes = metadata["resolve"]["nodes"].as_array().expect("nodes");
    let own = nodes.iter().find(|node| node["id"] == metadata["resolve"]["root"]).expect("plenary");
    let ids: BTreeSet<String> =
        own["deps"].as_array().expect("dependencies").iter().map(|one| text(&one["pkg"])).collect();
    let packages = metadata["packages"].as_array().expect("packages").iter();
    packages
        .filter(|package| ids.contains(&text(&package["id"])))
        .map(|package| (text(&package["name"]), text(&package["license"])))
        .collect()
}

/// The page with its numbers and licences as they are.
fn rewritten(page: &str) -> String {
    let licences = licences();
    let line = |line: &str| {
        let cells: Vec<&str> = line.split(" | ").collect();
        match cells.as_slice() {
            [name, why, instead, _] if line.starts_with("| `") => {
                let crate_name = name.trim_start_matches("| ").trim_matches('`');
                let licence = licences.get(crate_name).map_or("?", String::as_str);
                format!("{name} | {why} | {instead} | {licence} |")
            }
            _ if line.starts_with("`Cargo.lock` names ") => {
                let rest = line.split_once(" are asked for").map_or("", |(_, rest)| rest);
                let (all, asked) = (locked_packages(), direct().len());
                format!("`Cargo.lock` names {all} packages, of which {asked} are asked for{rest}")
            }
            _ => line.to_owned(),
        }
    };
    page.lines().map(|text| line(text) + "\n").collect()
}

#[test]
fn the_page_of_dependencies_is_true() {
    let page = read(PAGE);
    let right = rewritten(&page);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE), &right).expect("written");
    } else {
        assert_eq!(page, right, "numbers and licences");
    }
    let names = page.lines().filter_map(|line| Some(line.strip_prefix("| `")?.split_once('`')?.0.to_owned()));
    let rows: Vec<String> = names.collect();
    assert_eq!(rows.iter().cloned().collect::<BTreeSet<_>>(), direct(), "each has a row, and nothing else");
    assert_eq!(rows.len(), direct().len(), "one row each");
    for line in page.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        assert!(cells.len() == 4 && cells.iter().all(|cell| !cell.is_empty()), "{line}");
    }
}

/// Above each exception, in comments without an empty line between, are words and `until DAY`.
#[test]
fn each_exception_has_a_reason_and_a_day() {
    let mut comment = String::new();
    let mut exceptions = 0;
    let text = read("deny.toml");
    let mut was_comment = false;
    for line in text.lines().map(str::trim) {
        if let Some(words) = line.strip_prefix('#') {
            if !was_comment {
                comment.clear();
            }
            comment.push_str(words);
        } else if line.starts_with("{ crate") || line.starts_with("{ id") {
            exceptions += 1;
            let day = comment.split_once("until ").map(|(_, rest)| &rest[..10]);
            let day = day.and_then(|day| day.parse::<jiff::civil::Date>().ok());
            assert!(day.is_some() && comment.len() > 40, "{line}: {comment}");
        } else {
            comment.clear();
        }
        was_comment = line.starts_with('#');
    }
    assert!(exceptions >= 1, "exceptions are found");
}

/// Without `--locked`, `cargo install` takes the newest of everything, which nobody has tested.
#[test]
fn every_command_of_cargo_is_locked() {
    let words = ["test", "build", "clippy", "doc", "install", "run"];
    let commands = words.map(|word| format!("cargo {word} "));
    let named = words.map(|word| format!("'cargo {word}' "));
    for path in ["tests/run", "README.md", "README.zh-CN.md", "benches/search/README.md"] {
        for line in read(path).lines().filter(|line| !line.trim_start().starts_with('#')) {
            let line = named.iter().fold(line.to_owned(), |line, name| line.replace(name, ""));
            let asks = line.contains("--version >") || line.contains("UPDATE=1");
            let runs = commands.iter().any(|command| line.contains(command.as_str()));
            assert!(!runs || asks || line.contains("--locked"), "{path}: {line}");
        }
    }
}
