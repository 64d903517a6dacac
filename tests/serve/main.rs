//! `plenary serve` as browsers, edits and attackers meet it.
//!
//! `PLENARY_REQUESTS=1000000 cargo test --test serve fuzzed` sends a million broken requests; `PLENARY_SEED` gives others.

#[path = "../folder/mod.rs"]
mod folder;
mod preview;
#[path = "../random/mod.rs"]
mod random;

use std::fs;
use std::io::Write as _;
use std::time::{Duration, Instant};

use folder::write;
use preview::{Preview, site, speech};
use random::number;

#[test]
fn pages_files_and_what_is_not_there() {
    let folder = site();
    write(folder.path(), "content/static/附件/a b.txt", "附");
    let preview = Preview::start(folder.path(), &[]);
    let home = preview.get("/zx/");
    assert!(home.status == 200 && home.body().contains("会议发言"), "{home:?}");
    assert_eq!(home.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(home.header("cache-control"), "no-store");
    assert!(preview.get("/zx/meetings/m1/01/").body().contains("社区食堂要算细账。"));
    assert_eq!(preview.get("/zx/%E9%99%84%E4%BB%B6/a%20b.txt").body(), "附");
    let moved = preview.get("/zx/meetings/m1");
    assert_eq!((moved.status, moved.header("location")), (302, "/zx/meetings/m1/"));
    assert_eq!(preview.get("/").header("location"), "/zx/");
    let missing = preview.get("/zx/none/");
    assert!(missing.status == 404 && missing.body().contains("首页"), "{missing:?}");
    let head = preview.send("HEAD /zx/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert!(head.status == 200 && head.body().is_empty());
    assert_eq!(head.header("content-length"), home.bytes.len().to_string());
    let post = preview
        .send("POST /zx/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    assert_eq!(post.status, 405);
}

#[test]
fn the_search_comes_when_it_is_ready_and_follows_the_edits() {
    let folder = site();
    let preview = Preview::start(folder.path(), &[]);
    for word in ["社区食堂要算细账", "新的一句话在这里"] {
        let manifest = preview.get("/zx/search/index.json").body();
        let version = manifest.split("\"version\":\"").nth(1).and_then(|rest| rest.split('"').next());
        let version = version.unwrap_or_else(|| panic!("{manifest}"));
        let page = preview.get("/zx/search/").body();
        assert!(page.contains(version), "{version}: {manifest}\n{page}");
        let years = preview.get("/zx/search/speeches.json").body();
        assert!(years.contains(word), "{years}");
        let shard = preview.get(&format!("/zx/search/{version}/speeches/0.json"));
        let script = preview.get(&format!("/zx/search/{version}/speeches/0.js"));
        if shard.status == 200 {
            assert!(script.body().starts_with("plenarySearch.receive("), "{script:?}");
        }
        write(folder.path(), "content/meetings/m1/01.md", speech("title = \"食堂\"", "新的一句话在这里。"));
    }
}

#[test]
fn every_kind_of_edit_is_seen_at_once() {
    let folder = site();
    let preview = Preview::start(folder.path(), &[]);
    let page = |path: &str| preview.get(path).body();
    let edit =
        |front: &str, body: &str| write(folder.path(), "content/meetings/m1/01.md", speech(front, body));
    edit("title = \"办好社区食堂\"\nthemes = [\"养老服务\"]", "只改了这一句。");
    assert!(page("/zx/meetings/m1/01/").contains("只改了这一句。"), "a text");
    assert!(page("/zx/meetings/m1/print.html").contains("只改了这一句。"), "where else it stands");
    edit("title = \"换了题目\"\nthemes = [\"就业\"]", "只改了这一句。");
    assert!(page("/zx/meetings/m1/").contains("换了题目"), "a title");
    assert!(page("/zx/themes/").contains("就业"), "a theme");
    write(folder.path(), "content/meetings/m1/03.md", speech("title = \"新的一篇\"", "三。"));
    assert!(page("/zx/meetings/m1/03/").contains("新的一篇"), "a new file");
    fs::remove_file(folder.path().join("content/meetings/m1/03.md")).expect("removed");
    assert_eq!(preview.get("/zx/meetings/m1/03/").status, 404, "a file less");
    let settings = fs::read_to_string(folder.path().join("content/site.toml")).expect("settings");
    write(folder.path(), "content/site.toml", settings.replace("会议发言", "另一个名字"));
    assert!(page("/zx/").contains("另一个名字"), "a setting");
    write(folder.path(), "themes/own/theme.toml", "extends = \"default\"\n");
    write(folder.path(), "themes/own/templates/404.html", "<!doctype html><title>x</title>自己的一页\n");
    write(folder.path(), "content/site.toml", format!("{settings}tera_theme = \"own\"\n"));
    assert!(page("/zx/none").contains("自己的一页"), "a Tera theme");
    write(folder.path(), "themes/own/templates/404.html", "<!doctype html><title>x</title>改过的一页\n");
    assert!(page("/zx/none").contains("改过的一页"), "a template");
}

#[test]
fn while_there_is_an_error_the_last_good_site_stays() {
    let folder = site();
    let preview = Preview::start(folder.path(), &[]);
    let good = fs::read_to_string(folder.path().join("content/meetings/m1/01.md")).expect("a speech");
    for bad in
        [speech("title = \"x\"\nunknown = 1", "坏。"), "no front matter".to_owned(), "+++\n".to_owned()]
    {
        write(folder.path(), "content/meetings/m1/01.md", &bad);
        assert!(preview.get("/zx/meetings/m1/01/").body().contains("社区食堂要算细账。"));
        assert!(preview.wait_for("content/meetings/m1/01.md"), "{}", preview.said());
        write(folder.path(), "content/meetings/m1/01.md", good.replace("社区食堂", "学校食堂"));
        assert!(preview.get("/zx/meetings/m1/01/").body().contains("学校食堂要算细账。"));
        write(folder.path(), "content/meetings/m1/01.md", &good);
        assert!(preview.get("/zx/meetings/m1/01/").body().contains("社区食堂要算细账。"));
    }
}

#[test]
fn a_page_that_cannot_be_rendered_says_why_in_escaped_words() {
    let folder = site();
    let settings = fs::read_to_string(folder.path().join("content/site.toml")).expect("settings");
    write(folder.path(), "content/site.toml", format!("{settings}tera_theme = \"own\"\n"));
    write(folder.path(), "themes/own/theme.toml", "extends = \"default\"\n");
    let throws = "{{ throw(message=\"<script>alert(1)</script>\") }}\n";
    write(folder.path(), "themes/own/templates/archive.html", throws);
    let preview = Preview::start(folder.path(), &[]);
    let page = preview.get("/zx/archive/");
    assert_eq!(page.status, 500);
    assert!(page.body().contains("&lt;script&gt;") && !page.body().contains("<script>"), "{}", page.body());
    assert!(preview.wait_for("themes/own/templates/archive.html"), "{}", preview.said());
    assert_eq!(preview.get("/zx/").status, 200);
}

#[test]
fn other_hosts_and_origins_are_refused() {
    let folder = site();
    let preview = Preview::start(folder.path(), &["--allow-host", "preview.office.example"]);
    let ask = |headers: &str| {
        let answer = preview.send(&format!("GET /zx/ HTTP/1.1\r\n{headers}Connection: close\r\n\r\n"));
        assert!(answer.header("access-control-allow-origin").is_empty());
        answer.status
    };
    assert_eq!(ask("Host: localhost:8080\r\n"), 200);
    assert_eq!(ask("Host: [::1]:1\r\nOrigin: http://127.0.0.1:3000\r\n"), 200);
    assert_eq!(ask("Host: preview.office.example\r\n"), 200);
    assert_eq!(ask("Host: evil.example\r\n"), 403);
    assert_eq!(ask("Host: localhost.evil.example\r\n"), 403);
    assert_eq!(ask("Host: localhost\r\nOrigin: https://evil.example\r\n"), 403);
    assert_eq!(ask("Host: localhost\r\nOrigin: null\r\n"), 403);
    assert!(ask("") >= 400);
}

#[test]
fn no_way_leads_out_of_the_site() {
    let folder = site();
    write(folder.path(), "secret.txt", "机密");
    write(folder.path(), "content/meetings/m1/05.md", speech("title = \"稿\"\ndraft = true", "机密"));
    let preview = Preview::start(folder.path(), &[]);
    for path in [
        "/zx/../secret.txt",
        "/zx/../../secret.txt",
        "/../secret.txt",
        "/zx/%2e%2e/secret.txt",
        "/zx/%2e%2e%2fsecret.txt",
        "/zx/..%5csecret.txt",
        "/zx/..\\secret.txt",
        "/zx/%252e%252e%252fsecret.txt",
        "/zx//secret.txt",
        "/zx/secret.txt%00.html",
        "/zx/content/site.toml",
        "/zx/.plenary",
        "/zx/meetings/m1/05/",
        "//etc/passwd",
        "/zx/%2fetc%2fpasswd",
        "http://evil.example/zx/",
        "/zx/%ff",
    ] {
        let answer = preview.get(path);
        assert!(!answer.body().contains("机密") && !answer.body().contains("root:"), "{path}");
        let location = answer.header("location").to_owned();
        assert!(location.is_empty() || location.starts_with("/zx/"), "{path} leads to {location}");
        assert!(answer.status == 200 || answer.status >= 300, "{path}");
    }
}

#[test]
fn slow_and_broken_clients_keep_nobody_waiting() {
    let folder = site();
    let preview = Preview::start(folder.path(), &[]);
    let mut slow: Vec<_> = (0..60).map(|_| preview.connect()).collect();
    for (i, stream) in slow.iter_mut().enumerate() {
        let begin = &b"GET /zx/ HTTP/1.1\r\nHost: localhost\r\nX: "[..i % 40];
        stream.write_all(begin).expect("sent");
    }
    for _ in 0..40 {
        let mut gone = preview.connect();
        gone.write_all(b"GET /zx/search/ HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("sent");
    }
    let begin = Instant::now();
    assert_eq!(preview.get("/zx/").status, 200);
    assert!(begin.elapsed() < Duration::from_secs(30));
}

#[test]
fn fuzzed_requests_are_answered_or_refused() {
    let folder = site();
    let preview = Preview::start(folder.path(), &[]);
    let count = number("PLENARY_REQUESTS", 3_000);
    preview.fuzz(count, number("PLENARY_SEED", 1));
    assert_eq!(preview.get("/zx/").status, 200, "{}", preview.said());
    assert!(!preview.said().contains("panicked"), "{}", preview.said());
}
