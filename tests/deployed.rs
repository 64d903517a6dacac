//! `plenary check --url` against a copy on the loopback address that has one fault after the other.

mod folder;

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;
use std::thread;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use tempfile::TempDir;

use folder::write;

/// What a host answers.
#[derive(Clone)]
struct Reply {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Reply {
    fn set(&mut self, name: &'static str, value: &str) {
        self.remove(name);
        self.headers.push((name, value.to_owned()));
    }

    fn remove(&mut self, name: &str) {
        self.headers.retain(|(own, _)| *own != name);
    }

    fn redirect(status: u16, to: &str) -> Reply {
        Reply { status, headers: vec![("Location", to.to_owned())], body: Vec::new() }
    }
}

/// What a fault makes of the right answer to the address after the root's slash.
type Fault = fn(&str, &Host, &mut Reply);

/// A host that does all as it should, but for its fault.
struct Host {
    folder: PathBuf,
    fault: Fault,
}

impl Host {
    fn answer(&self, path: &str, takes_gzip: bool) -> Reply {
        let mut reply = self.right(path);
        (self.fault)(path, self, &mut reply);
        if takes_gzip && reply.status == 200 && !reply.headers.iter().any(|(name, _)| *name == "X-Plain") {
            let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
            packed.write_all(&reply.body).expect("packed");
            reply.body = packed.finish().expect("packed");
            reply.set("Content-Encoding", "gzip");
        }
        reply
    }

    fn right(&self, path: &str) -> Reply {
        let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned();
        let file = self.folder.join(&decoded);
        if file.is_dir() && !decoded.is_empty() && !decoded.ends_with('/') {
            return Reply::redirect(301, &format!("/{path}/"));
        }
        let file = if file.is_dir() { file.join("index.html") } else { file };
        let is_hidden = decoded.split('/').any(|part| part.starts_with('.'));
        let found = fs::read(&file).ok().filter(|_| !is_hidden);
        let (status, body, name) = match found {
            Some(body) => (200, body, file),
            None => (404, fs::read(self.folder.join("404.html")).expect("a page"), PathBuf::from("404.html")),
        };
        let mut reply = Reply { status, headers: Vec::new(), body };
        reply.set("Content-Type", kind(&name));
        let keeps = decoded.starts_with("assets/");
        reply.set("Cache-Control", if keeps { "public, max-age=31536000, immutable" } else { "no-cache" });
        if path.starts_with("search/") || path == "embed.js" {
            reply.set("Access-Control-Allow-Origin", "*");
        }
        reply.set("X-Content-Type-Options", "nosniff");
        reply.set("Referrer-Policy", "strict-origin-when-cross-origin");
        reply.set("Permissions-Policy", "camera=()");
        let ancestors = if path == "embed/" { "*" } else { "'self'" };
        reply.set(
            "Content-Security-Policy",
            &format!("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-ancestors {ancestors}"),
        );
        reply
    }
}

fn kind(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml",
        "txt" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

/// Serves until the test ends. Gives back the root's address.
fn serve(host: Host) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let host = Arc::new(host);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let host = Arc::clone(&host);
            thread::spawn(move || talk(&stream, &host));
        }
    });
    format!("http://{address}/")
}

fn talk(stream: &TcpStream, host: &Host) {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let Some(first) = lines.next() else { return };
    let path = first.split(' ').nth(1).unwrap_or("/").trim_start_matches('/').to_owned();
    let headers: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
    let takes_gzip = headers.iter().any(|line| {
        let line = line.to_ascii_lowercase();
        line.starts_with("accept-encoding:") && line.contains("gzip")
    });
    let reply = host.answer(&path, takes_gzip);
    let mut head = format!("HTTP/1.1 {} -\r\nConnection: close\r\n", reply.status);
    for (name, value) in &reply.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("Content-Length: {}\r\n\r\n", reply.body.len()));
    let mut stream = stream;
    // A client that has gone away is no matter of the test.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&reply.body));
}

/// A built site with an old address.
fn site(settings: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let own = "base_url = \"http://127.0.0.1/\"\ntitle = \"会议发言\"\n[share_pictures]\nenabled = false\n";
    write(root, "content/site.toml", format!("{settings}{own}"));
    write(root, "content/meetings/m1/_index.md", "+++\ntitle = \"第一次会议\"\ndate = 2024-01-09\n+++\n");
    for (file, title, more) in
        [("01", "食堂", "aliases = [\"/旧/食堂/\"]\n"), ("02", "绿地", ""), ("03", "公交", "")]
    {
        let text = format!(
            "+++\ntitle = \"{title}\"\nthemes = [\"养老服务\"]\n{more}\n[speaker]\nname = \"林一舟\"\ngroup = \"民革\"\n+++\n\n{}\n",
            format!("{title}要办好。").repeat(600),
        );
        write(root, &format!("content/meetings/m1/{file}.md"), &text);
    }
    let ran = plenary(root, &["build"]);
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    folder
}

fn plenary(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_plenary"))
        .args(arguments)
        .current_dir(root)
        .output()
        .expect("the program starts")
}

fn served(site: &TempDir, fault: Fault) -> String {
    serve(Host { folder: site.path().join("public"), fault })
}

/// The codes of what is found wrong with the copy at `url`, and whether the command failed.
fn found(site: &TempDir, url: &str) -> (BTreeSet<String>, bool) {
    let ran = plenary(site.path(), &["check", "--url", url, "--format", "json", "--lang", "en"]);
    let text = String::from_utf8(ran.stderr).expect("text");
    let lines = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    // The copy stands on the loopback address, and says so.
    let wrong = lines.filter(|line| line["severity"] != "notice");
    let codes = wrong.map(|line| line["code"].as_str().unwrap_or_else(|| panic!("{line}")).to_owned());
    (codes.collect(), !ran.status.success())
}

fn right(_: &str, _: &Host, _: &mut Reply) {}

#[test]
fn a_copy_as_it_should_be_passes() {
    for settings in [
        "",
        "hosts = [\"nginx\", \"apache\", \"cloudflare\", \"netlify\"]\nprecompress = [\"gzip\", \"br\"]\n",
    ] {
        let site = site(settings);
        let url = served(&site, right);
        let ran = plenary(site.path(), &["check", "--url", &url, "--lang", "en"]);
        let text = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert!(ran.status.success(), "{text}");
        assert!(text.contains("0 errors, 0 warnings"), "{text}");
    }
}

#[test]
fn each_fault_of_a_host_is_named() {
    let faults: &[(&str, bool, Fault)] = &[
        ("no-index", true, |path, _, reply| {
            if path.ends_with('/') {
                *reply = Reply { status: 403, headers: Vec::new(), body: b"listing denied".to_vec() };
            }
        }),
        ("no-slash", false, |path, host, reply| {
            if reply.status == 301 {
                *reply = host.right("none");
                assert!(!path.ends_with('/'));
            }
        }),
        ("no-404", true, |_, host, reply| {
            if reply.status == 404 {
                *reply = host.right("");
            }
        }),
        ("no-404", false, |_, _, reply| {
            if reply.status == 404 {
                reply.body = b"<h1>404</h1>".to_vec();
            }
        }),
        ("wrong-type", true, |path, _, reply| {
            if path.ends_with(".json") {
                reply.set("Content-Type", "application/octet-stream");
            }
        }),
        ("wrong-type", true, |path, _, reply| {
            if path == "embed.js" {
                reply.set("Content-Type", "text/javascript");
            }
        }),
        ("wrong-type", true, |path, _, reply| {
            if path.is_empty() || path.ends_with('/') {
                reply.set("Content-Type", "text/html; charset=gbk");
            }
        }),
        ("to-be-saved", true, |path, _, reply| {
            if path.is_empty() || path.ends_with('/') {
                reply.set("Content-Disposition", "attachment");
            }
        }),
        ("not-shared", false, |_, _, reply| reply.remove("Access-Control-Allow-Origin")),
        ("not-framed", true, |_, _, reply| reply.set("X-Frame-Options", "DENY")),
        ("no-security", false, |_, _, reply| reply.remove("X-Content-Type-Options")),
        ("no-security", false, |_, _, reply| reply.remove("Content-Security-Policy")),
        ("wrong-policy", true, |_, _, reply| {
            reply.set("Content-Security-Policy", "default-src 'none'; style-src 'self'; frame-ancestors *");
        }),
        ("kept-too-long", true, |_, _, reply| reply.set("Cache-Control", "max-age=31536000")),
        ("not-kept", false, |_, _, reply| reply.set("Cache-Control", "no-cache")),
        ("no-redirect", true, |path, host, reply| {
            if path.starts_with("%E6%97%A7/") {
                *reply = if path.ends_with('/') { Reply::redirect(301, "/") } else { host.right("none") };
            }
        }),
        ("not-hidden", true, |path, _, reply| {
            if path == ".git/config" {
                *reply = Reply { status: 200, headers: Vec::new(), body: b"[core]".to_vec() };
            }
        }),
        ("not-compressed", false, |_, _, reply| reply.set("X-Plain", "1")),
        ("other-build", true, |path, _, reply| {
            if path.ends_with("01/") {
                reply.body.extend_from_slice(b"<!-- added by a CDN -->");
            }
        }),
        ("missing-file", true, |path, host, reply| {
            if path.ends_with("02/") {
                *reply = host.right("none");
            }
        }),
    ];
    let site = site("");
    for (number, (code, is_error, fault)) in faults.iter().enumerate() {
        let (codes, failed) = found(&site, &served(&site, *fault));
        // A host whose folders do not open, whose pages cannot be read as they are… has less to compare as well.
        let also: &[&str] = match *code {
            "no-index" => &["missing-file", "no-redirect", "no-404"],
            _ => &[],
        };
        let all: BTreeSet<String> = [*code].iter().chain(also).map(|code| (*code).to_owned()).collect();
        assert_eq!(codes, all, "fault {number}");
        assert_eq!(failed, *is_error, "fault {number}, {code}");
    }
}

#[test]
fn a_rule_of_the_host_is_as_good_as_a_redirect_page() {
    let site = site("");
    let url = served(&site, |path, _, reply| {
        if path.starts_with("%E6%97%A7/%E9%A3%9F%E5%A0%82/") {
            *reply = Reply::redirect(301, "/meetings/m1/01/");
        }
    });
    assert_eq!(found(&site, &url), (BTreeSet::new(), false));
}

#[test]
fn advice_is_for_the_hosts_of_the_site() {
    let site = site("hosts = [\"oss\", \"nginx\"]\n");
    let url = served(&site, |_, _, reply| reply.remove("Access-Control-Allow-Origin"));
    for (language, said) in [("zh", "OSS：ossutil cors"), ("en", "OSS: ossutil cors")] {
        let ran = plenary(site.path(), &["check", "--url", &url, "--lang", language]);
        let text = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert!(text.contains(said) && text.contains("nginx"), "{text}");
    }
}

#[test]
fn a_copy_below_another_path_is_told_of() {
    let site = site("");
    let settings = site.path().join("content/site.toml");
    let text = fs::read_to_string(&settings).expect("read");
    fs::write(&settings, text.replace("127.0.0.1/", "fayan.example/zx/")).expect("written");
    let (codes, failed) = found(&site, &served(&site, right));
    assert_eq!((codes, failed), (BTreeSet::from(["other-address".to_owned()]), false));
}

#[test]
fn what_cannot_be_looked_at_is_said() {
    let site = site("");
    let closed = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let (codes, failed) = found(&site, &format!("http://{closed}/"));
    assert_eq!((codes, failed), (BTreeSet::from(["no-answer".to_owned()]), true));

    let ran = plenary(site.path(), &["check", "--url", "fayan.example.cn"]);
    assert_eq!(ran.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&ran.stderr).contains("https://"));

    let url = served(&site, right);
    fs::remove_dir_all(site.path().join("public")).expect("removed");
    let ran = plenary(site.path(), &["check", "--url", &url, "--lang", "en"]);
    assert_eq!(ran.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&ran.stderr).contains("plenary build"));
}

#[test]
fn a_large_site_is_sampled_or_compared_whole() {
    let site = site("");
    let url = served(&site, |path, _, reply| {
        if path == "rarely/asked/499.txt" {
            reply.body = b"other".to_vec();
        }
    });
    for number in 0..700 {
        write(site.path(), &format!("content/static/rarely/asked/{number}.txt"), "as it was");
    }
    assert!(plenary(site.path(), &["build"]).status.success());
    let ran = plenary(site.path(), &["check", "--url", &url, "--every-file", "--lang", "en"]);
    let text = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(!ran.status.success() && text.contains("rarely/asked/499.txt"), "{text}");
}
