//! The contract with authors of Tera themes: every one renders every kind of page, and a language is added by words alone.

mod folder;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use folder::{files, write};

const LOCALES: [&str; 3] = ["zh-Hans", "zh-Hant", "en"];

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn plenary(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_plenary"))
        .args(arguments)
        .args(["--lang", "en"])
        .current_dir(root)
        .output()
        .expect("the program starts")
}

fn succeeds(root: &Path, arguments: &[&str]) {
    let output = plenary(root, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// The text of a file.
fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

/// The site `tests/golden/everything`, and as many more meetings as make lists long; `settings` come first in `site.toml`.
fn everything(settings: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, bytes) in files(&repository().join("tests/golden/everything/site")) {
        write(folder.path(), &path, bytes);
    }
    for n in 1..=24 {
        let meeting = format!("+++\ntitle = \"第{n}次会议\"\ndate = {}-03-05\n+++\n", 1990 + n / 2);
        write(folder.path(), &format!("content/meetings/m{n}/_index.md"), &meeting);
        let speech = "+++\ntitle = \"发言\"\nthemes = [\"人工智能\"]\ndelivery = \"written\"\ntext = \"verbatim\"\n\
             [speaker]\nname = \"何二\"\nroles = [\"委员\"]\ngroup = \"民革\"\n\
             [source]\nname = \"某日报\"\ndate = 2020-01-02\npage = \"3\"\nurl = \"https://daily.example/b\"\n+++\n\n话。\n";
        write(folder.path(), &format!("content/meetings/m{n}/01.md"), speech);
    }
    let config = folder.path().join("content/site.toml");
    fs::write(&config, format!("{settings}{}", read(&config))).expect("written");
    folder
}

/// The names of the Tera themes of this repository.
fn tera_themes() -> Vec<String> {
    let entries = fs::read_dir(repository().join("themes")).expect("themes");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    assert!(names.len() >= 2, "{names:?}");
    names
}

/// Every page has its language, a title and one heading of the first level; the kinds that only this site has are there.
fn assert_whole(public: &Path, name: &str) {
    let pages = files(public);
    let kinds = ["404.html", "embed/index.html", "search/index.html", "pages/about/index.html"];
    for page in kinds.into_iter().chain(["old/canteen/index.html", "themes/elderly-care/page/2/index.html"]) {
        let found = pages.contains_key(page) || pages.contains_key(page.trim_start_matches("pages/"));
        assert!(found, "{name}: no {page} in {:?}", pages.keys().filter(|path| path.ends_with(".html")));
    }
    for (path, file) in pages.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = text(file);
        assert_eq!(html.matches("<h1").count(), 1, "{name}: headings of {path}");
        let after = |mark: &str| html.split_once(mark).map_or("", |(_, rest)| rest).trim_start_matches('"');
        assert!(
            after("<html lang=").starts_with(|c: char| c.is_ascii_alphabetic()),
            "{name}: language of {path}"
        );
        assert!(!after("<title>").trim_start().starts_with('<'), "{name}: title of {path}");
    }
}

#[test]
fn every_tera_theme_renders_every_page_and_its_links_lead_somewhere() {
    let mut names = tera_themes();
    names.extend(["begun".into(), "begun-from-plain".into()]);
    for name in names {
        let site = everything(&format!("tera_theme = \"{name}\"\n"));
        if name.starts_with("begun") {
            succeeds(site.path(), &["theme", "new", &name]);
        }
        if name == "begun-from-plain" {
            // As its README says.
            for file in ["theme.toml", "templates/base.html"] {
                let path = site.path().join("themes/begun-from-plain").join(file);
                let changed = read(&path).replace("\"default", "\"plain");
                fs::write(path, changed).expect("written");
            }
        }
        succeeds(site.path(), &["check", "--now", "2025-06-01T00:00:00"]);
        succeeds(site.path(), &["build", "--now", "2025-06-01T00:00:00"]);
        assert_whole(&site.path().join("public"), &name);
        succeeds(site.path(), &["check", "--drafts", "--now", "2025-06-01T00:00:00"]);
        succeeds(site.path(), &["build", "--drafts", "--now", "2025-06-01T00:00:00", "--output", "preview"]);
        let draft = read(&site.path().join("preview/meetings/2025-plenary/index.html"));
        assert!(draft.contains("草稿，未公开"), "{name}: the draft is marked as one");
    }
}

/// A site with nothing in it has all pages as well.
#[test]
fn every_tera_theme_renders_an_empty_site() {
    for name in tera_themes() {
        let site = tempfile::tempdir().expect("a folder");
        let settings =
            format!("tera_theme = \"{name}\"\ntitle = \"空\"\nbase_url = \"https://fayan.example/\"\n");
        write(site.path(), "content/site.toml", &settings);
        succeeds(site.path(), &["check"]);
    }
}

/// The words of a locale file of the default.
fn words(locale: &str) -> BTreeMap<String, String> {
    let file = repository().join(format!("themes/default/locales/{locale}.toml"));
    let table: toml::Table = read(&file).parse().expect("TOML");
    table
        .into_iter()
        .map(|(key, word)| (key.clone(), word.as_str().unwrap_or_else(|| panic!("{key}")).to_owned()))
        .collect()
}

/// What stands after each `mark`, up to the first character that no key has.
fn keys_after(source: &str, mark: &str) -> Vec<String> {
    let key =
        |rest: &str| rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().map(str::to_owned);
    source.split(mark).skip(1).filter_map(key).filter(|key| !key.is_empty()).collect()
}

/// The words that templates, pages and the search client ask for: whole keys, and beginnings that a template completes.
fn asked_for() -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut whole, mut begun) = (BTreeSet::new(), BTreeSet::new());
    for (path, file) in files(&repository().join("themes")) {
        if path.ends_with(".html") {
            let source = text(&file);
            whole.extend(keys_after(source, "words."));
            begun.extend(keys_after(source, "words[\""));
        }
    }
    for (_, file) in files(&repository().join("src/pages")) {
        let source = text(&file);
        for mark in [".word(\"", "words.get(\"", "list_link(\""] {
            whole.extend(keys_after(source, mark));
        }
    }
    for (path, file) in files(&repository().join("src/search/client")) {
        if path.ends_with(".js") {
            let source = text(&file);
            let (parts, wholes): (Vec<_>, Vec<_>) =
                keys_after(source, "word(\"").into_iter().partition(|key| key.ends_with('_'));
            whole.extend(wholes.iter().map(|key| format!("search_{key}")));
            begun.extend(parts.iter().map(|key| format!("search_{key}")));
        }
    }
    (whole, begun)
}

#[test]
fn every_word_that_is_asked_for_is_in_every_locale() {
    let (whole, begun) = asked_for();
    assert!(whole.contains("search_loading") && begun.contains("text_"), "{whole:?} {begun:?}");
    for locale in LOCALES {
        let words = words(locale);
        let missing: Vec<&String> = whole.iter().filter(|key| !words.contains_key(*key)).collect();
        assert!(missing.is_empty(), "{locale} has no {missing:?}");
        for beginning in &begun {
            assert!(words.keys().any(|key| key.starts_with(beginning)), "{locale} has no {beginning}…");
        }
    }
}

#[test]
fn no_locale_has_a_word_that_nobody_asks_for() {
    let (whole, begun) = asked_for();
    let scripts: String =
        files(&repository().join("src/search/client")).values().map(|file| text(file)).collect();
    let is_asked_for = |key: &str| {
        let in_scripts =
            key.strip_prefix("search_").is_some_and(|own| scripts.contains(&format!("\"{own}\"")));
        whole.contains(key) || begun.iter().any(|beginning| key.starts_with(beginning)) || in_scripts
    };
    for locale in LOCALES {
        let unused: Vec<String> = words(locale).into_keys().filter(|key| !is_asked_for(key)).collect();
        assert!(unused.is_empty(), "{locale}: nobody asks for {unused:?}");
    }
}

/// The places to fill in of a word, such as `{n}`.
fn places(word: &str) -> BTreeSet<String> {
    word.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned())).collect()
}

#[test]
fn every_locale_has_the_same_words_with_the_same_places_to_fill_in() {
    let chinese = words("zh-Hans");
    for locale in LOCALES {
        let words = words(locale);
        assert_eq!(words.keys().collect::<Vec<_>>(), chinese.keys().collect::<Vec<_>>(), "{locale}");
        for (key, word) in words.iter().filter(|(key, _)| *key != "date_form") {
            assert_eq!(places(word), places(&chinese[key]), "{locale}: {key}");
        }
        assert_eq!(words["month_names"].split_whitespace().count(), 12, "{locale}");
    }
}

#[test]
fn a_language_is_added_by_words_and_falls_back_key_by_key() {
    let site = everything("tera_theme = \"own\"\nlanguage = \"fr-CA\"\n");
    write(
        site.path(),
        "themes/own/locales/fr.toml",
        "search = \"Rechercher\"\nhome = \"Accueil\"\ndate_form = \"{day} {month_name} {year}\"\n\
         month_names = \"janvier février mars avril mai juin juillet août septembre octobre novembre décembre\"\n",
    );
    write(site.path(), "themes/own/locales/fr-CA.toml", "home = \"Page d’accueil\"\n");
    succeeds(site.path(), &["build", "--now", "2025-06-01T00:00:00"]);
    let page = read(&site.path().join("public/meetings/2025-plenary/01-canteen/index.html"));
    for word in ["lang=fr-CA", "Rechercher", "Page d’accueil", "9 janvier 2025", "关于本篇"] {
        assert!(page.contains(word), "{word}");
    }
    assert!(!page.contains("2025年1月9日"));
}

const PLAIN_ASCII: [(&str, &str); 6] = [
    (
        "content/site.toml",
        "title = \"Qa\"\nsubtitle = \"Qb\"\ndescription = \"Qc\"\nbase_url = \"https://qa.example/\"\nlanguage = \"qaa\"\n\
         tera_theme = \"own\"\npage_size = 1\n[search]\nhot_words = [\"qd\"]\n[footer]\npublisher = \"Qe\"\noperator = \"Qf\"\n\
         phone = \"1\"\n[[saved_searches]]\nname = \"qg\"\nquery = \"qh\"\nslug = \"qg\"\n",
    ),
    (
        "content/meetings/m1/_index.md",
        "+++\ntitle = \"M\"\ndate = 2025-01-09\nplace = \"P\"\n[source]\nname = \"S\"\npage = \"5\"\n+++\n\nLead.\n",
    ),
    (
        "content/meetings/m1/01.md",
        "+++\ntitle = \"T\"\nthemes = [\"X\"]\ndelivery = \"oral\"\ntext = \"edited\"\naliases = [\"/old/\"]\n[speaker]\nname = \"N\"\n\
         group = \"G\"\n[source]\nname = \"S\"\ndate = 2025-01-10\npage = \"5\"\n[[corrections]]\ndate = 2025-01-12\nnote = \"n\"\nbefore = \"a\"\n\
         after = \"b\"\n+++\n\nText[^1].\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[^1]: Note.\n",
    ),
    (
        "content/meetings/m1/02.md",
        "+++\ntitle = \"U\"\nthemes = [\"X\"]\n[speaker]\nname = \"N\"\ngroup = \"G\"\n+++\n\nText.\n",
    ),
    (
        "content/meetings/m1/03.md",
        "+++\ntitle = \"V\"\n[speaker]\nname = \"O\"\n[withdrawn]\ndate = 2025-02-01\n+++\n\nText.\n",
    ),
    (
        "content/meetings/m1/04.md",
        "+++\ntitle = \"W\"\ndraft = true\n[speaker]\nname = \"O\"\n+++\n\nText.\n",
    ),
];

/// In a made-up language no character of Chinese is left on any page, in any style sheet, script or feed.
#[test]
fn every_word_of_the_interface_is_in_the_locale_files() {
    let mut made_up = String::new();
    for (key, word) in words("zh-Hans") {
        let filled: String = places(&word).iter().map(|place| format!(" {{{place}}}")).collect();
        made_up.push_str(&format!("{key} = \"{}{filled}\"\n", key.to_uppercase()));
    }
    for parent in tera_themes() {
        let site = tempfile::tempdir().expect("a folder");
        for (path, text) in PLAIN_ASCII {
            write(site.path(), path, text);
        }
        write(site.path(), "themes/own/theme.toml", format!("extends = \"{parent}\"\n"));
        write(site.path(), "themes/own/locales/qaa.toml", &made_up);
        succeeds(site.path(), &["build", "--drafts", "--output", "preview"]);
        let public = files(&site.path().join("preview"));
        assert!(text(&public["meetings/m1/01/index.html"]).contains("ABOUT_SPEECH"));
        let is_chinese = |c: char| matches!(c, '\u{3000}'..='\u{303f}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}');
        let is_han = |c: char| matches!(c, '\u{3400}'..='\u{9fff}');
        for (path, file) in public {
            let foreign: String = match path.rsplit_once('.').map(|(_, ending)| ending) {
                Some("html" | "css" | "xml") => text(&file).chars().filter(|c| is_chinese(*c)).collect(),
                Some("js") if !path.starts_with("search/") => {
                    text(&file).chars().filter(|c| is_han(*c)).collect()
                }
                _ if path == "search/index.json" => text(&file).chars().filter(|c| is_chinese(*c)).collect(),
                _ => String::new(),
            };
            assert_eq!(foreign, "", "{parent}: {path}");
        }
    }
}
