//! Whole sites as tests: golden output, and the printed report of each broken site.
//!
//! `UPDATE=1 cargo test --test sites` rewrites what is expected.

mod folder;
mod font;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use tempfile::TempDir;

use folder::files;

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// A folder with the test font, so that share pictures do not depend on what a machine has.
fn fonts() -> &'static Path {
    static FONTS: OnceLock<TempDir> = OnceLock::new();
    FONTS
        .get_or_init(|| {
            let folder = tempfile::tempdir().expect("a folder");
            fs::write(folder.path().join("boxes.ttf"), font::boxes()).expect("written");
            folder
        })
        .path()
}

fn plenary(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_plenary"))
        .args(arguments)
        .env("PLENARY_FONTS", fonts())
        .current_dir(folder)
        .output()
        .expect("the program starts")
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(path)
        .expect("a folder of sites")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .collect();
    found.sort();
    found
}

/// What follows from the program's own scripts and styles is compared by name alone, or not at all: files in `assets/`
/// (the name carries a digest of the content), the search client, its digest, and the index's twins as scripts. So are
/// pictures that the program makes, whose bytes are tested in `src/pictures/`, and digests in the list of files, which are
/// tested in `tests/upload/`.
fn without_program(mut files: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    if let Some(list) = files.get_mut(".plenary") {
        let text = String::from_utf8_lossy(list).into_owned();
        let path = |line: &str| line.split_once("  ").map_or(line, |(_, path)| path).to_owned() + "\n";
        *list = text.lines().map(path).collect::<String>().into_bytes();
    }
    files.retain(|path, _| !(path.starts_with("search/") && path.ends_with(".js")));
    for (path, bytes) in &mut files {
        let is_made = path.ends_with(".webp") || (path.contains("share.") && path.ends_with(".png"));
        if path.starts_with("assets/") || path == "embed.js" || is_made {
            bytes.clear();
        } else if path == "embed/index.html" {
            let text = String::from_utf8_lossy(bytes).into_owned();
            let digest = text.split_once("sha384-").map_or("", |(_, rest)| &rest[..64]);
            *bytes = text.replace(digest, "…").into_bytes();
        }
    }
    files
}

fn updating() -> bool {
    std::env::var_os("UPDATE").is_some()
}

/// A file `args` beside a site holds the arguments when they are not the usual ones.
fn arguments(site: &Path, usual: &str) -> Vec<String> {
    let given = fs::read_to_string(site.join("args")).unwrap_or_else(|_| usual.to_owned());
    given.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn golden_sites_are_built_byte_for_byte() {
    for site in folders(&tests().join("golden")) {
        let output = tempfile::tempdir().expect("a folder");
        let public = output.path().join("public");
        let mut arguments = arguments(&site, "build --now 2025-06-01T00:00:00");
        arguments.extend([
            "--root".into(),
            "site".into(),
            "--output".into(),
            public.to_string_lossy().into_owned(),
        ]);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let ran = plenary(&arguments, &site);
        assert!(ran.status.success(), "{}: {}", site.display(), String::from_utf8_lossy(&ran.stderr));
        let built = without_program(files(&public));
        let expected = site.join("expected");
        if updating() {
            let _ = fs::remove_dir_all(&expected);
            for (path, bytes) in &built {
                let target = expected.join(path);
                fs::create_dir_all(target.parent().expect("a folder")).expect("created");
                fs::write(target, bytes).expect("written");
            }
        }
        let expected = files(&expected);
        let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&built), names(&expected), "files of {}", site.display());
        for (path, bytes) in built {
            let right = String::from_utf8_lossy(&expected[&path]).into_owned();
            assert_eq!(String::from_utf8_lossy(&bytes), right, "{}: {path}", site.display());
        }
    }
}

#[test]
fn broken_sites_print_the_whole_report() {
    for site in folders(&tests().join("broken")) {
        for language in ["zh", "en"] {
            let mut arguments = arguments(&site, "check --root site --now 2025-06-01T00:00:00 --threads 1");
            arguments.extend(["--lang".into(), language.into()]);
            if language == "en" && arguments[0] == "check" {
                // The same is found where texts leave memory before they are parsed.
                arguments.extend(["--memory".into(), "0".into()]);
            }
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            let ran = plenary(&arguments, &site);
            let printed = String::from_utf8(ran.stderr).expect("UTF-8");
            let code = ran.status.code();
            let report = format!("{printed}exit code {code:?}\n");
            let file = site.join(format!("report.{language}.txt"));
            if updating() {
                fs::write(&file, &report).expect("written");
            }
            let expected = fs::read_to_string(&file).unwrap_or_default();
            assert_eq!(report, expected, "{}", file.display());
            assert!(!site.join("site/public").exists(), "{}: nothing is written", site.display());
        }
    }
}

/// Every diagnostic has a broken site that shows it, and every broken site shows its diagnostic.
#[test]
fn every_diagnostic_is_shown_by_a_broken_site() {
    let read =
        |path: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("source");
    let messages = ["files", "front_matter", "links", "output", "pictures", "record", "text"];
    let source: String = messages.iter().map(|name| read(&format!("src/diagnostic/{name}.rs"))).collect();
    let mut codes: BTreeSet<String> = ["Diagnostic::error(", "Diagnostic::warning(", "Diagnostic::notice("]
        .iter()
        .flat_map(|call| source.split(call).skip(1))
        .filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next().map(str::to_owned))
        .collect();
    let import = read("src/import/problem.rs");
    let named = |rest: &str| Some(format!("import-{}", rest.split('"').next()?));
    codes.extend(import.split("\"import-").skip(1).filter_map(named));
    assert!(codes.len() > 40, "the constructors are found: {codes:?}");
    // Shown in tests/cli.rs, since no folder in a repository can bring them about.
    let elsewhere = [
        "unwritable",
        "unreadable",
        "import-disk",
        "output-refused",
        "output-busy",
        "foreign-files",
        "site-shrunk",
        "site-incomplete",
        "half-published",
        "page-too-deep",
        "template-endless",
        "hidden-text",
        "twin-names",
        "unportable-name",
        "special-file",
        "too-large",
        "unsettled-file",
        "no-scratch",
        "no-share-font",
    ];
    let mut shown = BTreeSet::new();
    for site in folders(&tests().join("broken")) {
        let name = site.file_name().expect("a name").to_string_lossy().into_owned();
        let code = name.split('.').next().unwrap_or_default().to_owned();
        let report = fs::read_to_string(site.join("report.zh.txt")).unwrap_or_default();
        assert!(report.contains(&format!("[{code}]")), "{name} does not show {code}:\n{report}");
        shown.insert(code);
    }
    let missing: Vec<&String> =
        codes.iter().filter(|code| !shown.contains(*code) && !elsewhere.contains(&code.as_str())).collect();
    assert!(missing.is_empty(), "no broken site shows {missing:?}");
    let unknown: Vec<&String> = shown.iter().filter(|code| !codes.contains(*code)).collect();
    assert!(unknown.is_empty(), "no diagnostic is called {unknown:?}");
}
