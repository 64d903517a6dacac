//! Feeds, the page of corrections and the sitemap, as those who subscribe to a site see them.

mod folder;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use folder::write;

const SITE: &str = "base_url = \"https://fayan.example/zx/\"\ntitle = \"会议发言\"\npage_size = 2\n\
    [share_pictures]\nenabled = false\n";
const THEME: &str = "themes/yang-lao-fu-wu";
const SPEAKER: &str = "speakers/lin-yizhou";
const GROUP: &str = "groups/min-ge";

fn speech(title: &str, more: &str) -> String {
    format!(
        "+++\ntitle = \"{title}\"\nthemes = [\"养老服务\"]\n\n[speaker]\nname = \"林一舟\"\ngroup = \"民革\"\n{more}+++\n\n\
         {title}的第一句。\n\n见[别处](../m1/01.md#p1)的第二段。\n"
    )
}

fn correction(day: &str, note: &str) -> String {
    format!("\n[[corrections]]\ndate = {day}\nnote = \"{note}\"\nbefore = \"三<十\"\nafter = \"四十\"\n")
}

/// Two meetings with three speeches, of which one was corrected twice on a day; `settings` come first in `site.toml`.
fn site(settings: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    write(root, "content/site.toml", format!("{settings}{SITE}"));
    write(root, "content/meetings/m1/_index.md", "+++\ntitle = \"第一次会议\"\ndate = 2024-01-09\n+++\n");
    write(root, "content/meetings/m2/_index.md", "+++\ntitle = \"第二次会议\"\ndate = 2025-01-09\n+++\n");
    let twice = correction("2025-03-01", "改一") + &correction("2025-03-01", "改二");
    write(root, "content/meetings/m1/01.md", speech("食堂", &twice));
    write(root, "content/meetings/m2/01.md", speech("绿地", ""));
    write(root, "content/meetings/m2/02.md", speech("公交", ""));
    folder
}

fn build(root: &Path) -> BTreeMap<String, String> {
    build_with(root, "public", &[])
}

/// Every file of the built site that is text.
fn build_with(root: &Path, output: &str, arguments: &[&str]) -> BTreeMap<String, String> {
    let ran = Command::new(env!("CARGO_BIN_EXE_plenary"))
        .args(["build", "--now", "2026-01-01T00:00:00", "--output", output])
        .args(arguments)
        .current_dir(root)
        .output()
        .expect("the program starts");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let public = root.join(output);
    let mut found = BTreeMap::new();
    let mut open = vec![public.clone()];
    while let Some(path) = open.pop() {
        for entry in fs::read_dir(&path).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if let Ok(text) = fs::read_to_string(&path) {
                let name = path.strip_prefix(&public).expect("below").to_string_lossy().replace('\\', "/");
                found.insert(name, text);
            }
        }
    }
    found
}

fn json(files: &BTreeMap<String, String>, path: &str) -> Value {
    serde_json::from_str(&files[path]).expect(path)
}

/// The value of `key` of every item.
fn all<'v>(feed: &'v Value, key: &str) -> Vec<&'v str> {
    let items = feed["items"].as_array().expect("items");
    items.iter().map(|item| item[key].as_str().unwrap_or_default()).collect()
}

/// What stands between two marks, each time.
fn between<'t>(text: &'t str, begin: &str, end: &str) -> Vec<&'t str> {
    text.split(begin).skip(1).filter_map(|rest| Some(rest.split_once(end)?.0)).collect()
}

fn in_folder(page: &str) -> String {
    format!("{page}/")
}

fn feed_files(files: &BTreeMap<String, String>) -> Vec<&str> {
    files.keys().map(String::as_str).filter(|path| path.contains("feed.")).collect()
}

#[test]
fn a_speech_is_the_same_entry_in_every_feed_and_form() {
    let site = site("");
    let files = build(site.path());
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    for folder in ["", "meetings/m2/", &in_folder(THEME), &in_folder(SPEAKER), &in_folder(GROUP)] {
        let feed = json(&files, &format!("{folder}feed.json"));
        let atom = &files[&format!("{folder}feed.xml")];
        let address = format!("https://fayan.example/zx/{folder}");
        assert_eq!(feed["home_page_url"], address);
        assert_eq!(feed["feed_url"], format!("{address}feed.json"));
        let own = format!("<link rel=\"self\" type=\"application/atom+xml\" href=\"{address}feed.xml\"/>");
        assert!(atom.contains(&own), "{atom}");
        assert_eq!(between(atom, "<id>", "</id>")[1..], all(&feed, "id"), "{folder}");
        for (url, id) in all(&feed, "url").into_iter().zip(all(&feed, "id")) {
            let known = ids.entry(url.to_owned()).or_insert_with(|| id.to_owned());
            assert_eq!(known, id, "{url} in {folder}");
        }
    }
    assert_eq!(ids.len(), 3);
}

#[test]
fn a_correction_moves_what_changed_but_not_the_order() {
    let site = site("");
    let files = build(site.path());
    let feed = json(&files, "feed.json");
    assert_eq!(all(&feed, "title"), ["绿地", "公交", "食堂"]);
    assert_eq!(all(&feed, "date_published")[2], "2024-01-09T00:00:00+08:00");
    assert_eq!(all(&feed, "date_modified")[2], "2025-03-01T00:00:00+08:00");
    let updated = between(&files["feed.xml"], "<updated>", "</updated>");
    let day = |day: &str| format!("{day}T00:00:00+08:00");
    assert_eq!(updated, [day("2025-03-01"), day("2025-01-09"), day("2025-01-09"), day("2025-03-01")]);
}

#[test]
fn long_lists_carry_summaries_and_few_feeds_the_text() {
    let site = site("");
    let files = build(site.path());
    for folder in ["", "meetings/m1/"] {
        let feed = json(&files, &format!("{folder}feed.json"));
        let last = feed["items"].as_array().and_then(|items| items.last()).expect("an item");
        let html = last["content_html"].as_str().expect("HTML");
        let link = "<a href=\"https://fayan.example/zx/meetings/m1/01/#p1\">别处</a>";
        assert!(html.contains("第二段") && html.contains(link), "{html}");
        assert_eq!(last["summary"], "食堂的第一句。见别处的第二段。");
    }
    for folder in [THEME, SPEAKER, GROUP] {
        let feed = json(&files, &format!("{folder}/feed.json"));
        assert_eq!(feed["items"][2]["content_text"], "食堂的第一句。见别处的第二段。");
        assert!(feed["items"][2].get("content_html").is_none());
        assert!(!files[&format!("{folder}/feed.xml")].contains("<content"));
    }
    let author = &json(&files, "feed.json")["items"][0]["authors"][0];
    assert_eq!(author["url"], format!("https://fayan.example/zx/{SPEAKER}/"));
}

#[test]
fn each_correction_has_an_id_that_others_do_not_move() {
    let site = site("");
    let before = json(&build(site.path()), "corrections/feed.json");
    assert_eq!(all(&before, "title"), ["食堂", "食堂"]);
    assert_eq!(all(&before, "summary"), ["改一", "改二"]);
    let html = before["items"][0]["content_html"].as_str().expect("HTML");
    assert_eq!(html, "<p>改一</p><p>原文：<del>三&lt;十</del></p><p>更正为：<ins>四十</ins></p>");
    let ids = all(&before, "id");
    assert_ne!(ids[0], ids[1]);
    let more = correction("2024-06-01", "改零")
        + &correction("2025-03-01", "改一")
        + &correction("2025-03-01", "改二")
        + &correction("2025-04-01", "改三");
    write(site.path(), "content/meetings/m1/01.md", speech("食堂", &more));
    let after = json(&build(site.path()), "corrections/feed.json");
    assert_eq!(all(&after, "summary"), ["改三", "改一", "改二", "改零"]);
    assert_eq!(all(&after, "id")[1..3], ids);
}

#[test]
fn all_corrections_stand_on_one_list_by_day() {
    let site = site("");
    write(site.path(), "content/meetings/m2/02.md", speech("公交", &correction("2025-05-01", "公交改一处")));
    write(
        site.path(),
        "content/meetings/m2/03.md",
        speech("秘密", &correction("2025-05-02", "草稿改一处"))
            .replace("+++\ntitle", "+++\ndraft = true\ntitle"),
    );
    let withdrawn =
        correction("2025-05-03", "撤回的也改过") + "\n[withdrawn]\ndate = 2025-06-01\nnote = \"撤回\"\n";
    write(site.path(), "content/meetings/m2/04.md", speech("不在", &withdrawn));
    let files = build(site.path());
    let page = &files["corrections/index.html"];
    let days = between(page, "<time datetime=", ">");
    assert_eq!(days, ["2025-05-01", "2025-03-01"]);
    assert!(page.contains("<a href=../meetings/m2/02/>公交</a>"), "{page}");
    assert!(page.contains("<dt>原文</dt> <dd><del>三&lt;十</del></dd>"), "{page}");
    let second = &files["corrections/page/2/index.html"];
    assert!(
        second.contains("改二") && second.contains("<a href=../../../meetings/m1/01/>食堂</a>"),
        "{second}"
    );
    for (path, text) in files.iter().filter(|(path, _)| *path != "meetings/m2/04/index.html") {
        for word in ["草稿改一处", "撤回的也改过", "秘密", "不在的第一句", "/m2/04/"] {
            assert!(!text.contains(word) || path == ".plenary", "{path} has {word}");
        }
    }
    assert!(files["index.html"].contains("href=corrections/>更正</a>"));
    let rehearsal = build_with(site.path(), "preview", &["--drafts"]);
    assert!(rehearsal["corrections/index.html"].contains("草稿改一处"));
}

#[test]
fn without_corrections_the_list_says_so() {
    let site = site("language = \"zh-Hant\"\n");
    write(site.path(), "content/meetings/m1/01.md", speech("食堂", ""));
    let files = build(site.path());
    assert!(files["corrections/index.html"].contains("至今沒有更正。"));
    assert_eq!(json(&files, "corrections/feed.json")["items"], Value::Array(Vec::new()));
    assert!(files["corrections/feed.xml"].contains("<updated>2000-01-01T00:00:00+08:00</updated>"));
}

#[test]
fn site_toml_says_which_lists_have_feeds() {
    let none = site("feeds = []\n");
    let files = build(none.path());
    assert_eq!(feed_files(&files), Vec::<&str>::new());
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        assert!(!text.contains("feed.") && !text.contains("application/atom"), "{path} links a feed");
    }
    let some = site("feeds = [\"themes\", \"corrections\"]\n");
    let files = build(some.path());
    let theme = [format!("{THEME}/feed.json"), format!("{THEME}/feed.xml")];
    assert_eq!(feed_files(&files), ["corrections/feed.json", "corrections/feed.xml", &theme[0], &theme[1]]);
    assert!(
        files[&format!("{THEME}/index.html")]
            .contains("<a href=feed.xml type=application/atom+xml>订阅本页</a>")
    );
    assert!(!files["index.html"].contains("feed."));
    for site in [none, some] {
        let checked = Command::new(env!("CARGO_BIN_EXE_plenary"))
            .arg("check")
            .current_dir(site.path())
            .output()
            .expect("the program starts");
        assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    }
}

#[test]
fn pages_name_their_own_feed_before_the_sites() {
    let settings = "[[editions]]\nname = \"繁體\"\npath = \"hant\"\nscript = \"hant\"\n[[editions]]\nname = \"大字版\"\n\
        path = \"large\"\ntera_theme = \"plain\"\n";
    let site = site("");
    write(site.path(), "content/site.toml", format!("{SITE}{settings}"));
    let files = build(site.path());
    let announced = |page: &str| -> Vec<String> {
        let links = between(&files[page], "<link ", ">").into_iter();
        let feeds = links.filter(|link| link.contains("application/atom+xml"));
        feeds
            .flat_map(|link| between(&format!("{link} "), "href=", " ").first().map(|url| (*url).to_owned()))
            .collect()
    };
    assert_eq!(announced("index.html"), ["feed.xml"]);
    assert_eq!(announced("meetings/m1/index.html"), ["feed.xml", "../../feed.xml"]);
    assert_eq!(announced(&format!("{THEME}/page/2/index.html")), ["../../feed.xml", "../../../../feed.xml"]);
    assert_eq!(announced(&format!("hant/{GROUP}/index.html")), ["feed.xml", "../../feed.xml"]);
    let shared = format!("../../../{SPEAKER}/feed.xml");
    assert_eq!(announced(&format!("large/{SPEAKER}/index.html")), [&shared, "../../../feed.xml"]);
    assert!(files.contains_key("large/corrections/index.html"));
    assert!(!files.keys().any(|path| path.starts_with("large/") && path.contains("feed.")));
    let hant = json(&files, &format!("hant/{THEME}/feed.json"));
    assert_eq!((&hant["title"], &hant["language"]), (&"養老服務 - 會議發言".into(), &"zh-Hant-TW".into()));
}

#[test]
fn the_sitemap_knows_when_each_page_last_changed() {
    let site = site("");
    write(site.path(), "content/pages/about.md", "+++\ntitle = \"关于\"\n+++\n\n文。\n");
    let files = build(site.path());
    let map: BTreeMap<&str, &str> = between(&files["sitemap.xml"], "<url><loc>", "</url>")
        .into_iter()
        .filter_map(|one| one.split_once("</loc>"))
        .map(|(url, rest)| (&url["https://fayan.example/zx/".len()..], rest))
        .map(|(path, rest)| {
            (path, between(rest, "<lastmod>", "</lastmod>").first().copied().unwrap_or_default())
        })
        .collect();
    let (theme, second) = (format!("{THEME}/"), format!("{THEME}/page/2/"));
    for (path, day) in [
        ("", "2025-03-01"),
        ("meetings/m1/01/", "2025-03-01"),
        ("meetings/m1/", "2025-03-01"),
        ("meetings/m2/", "2025-01-09"),
        ("meetings/", "2025-03-01"),
        (&theme, "2025-03-01"),
        (&second, "2025-03-01"),
        ("corrections/", "2025-03-01"),
        ("about/", ""),
        ("privacy/", ""),
    ] {
        assert_eq!(map.get(path), Some(&day), "{path}");
    }
}
