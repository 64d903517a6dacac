//! A running preview, and requests as they go over the wire.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::folder::write;
use super::random::Random;

const PATIENCE: Duration = Duration::from_secs(60);

/// A site below `/zx/` with one meeting of two speeches.
pub(crate) fn site() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let settings = "base_url = \"https://fayan.example/zx/\"\ntitle = \"会议发言\"\n";
    write(folder.path(), "content/site.toml", settings);
    let meeting = "+++\ntitle = \"第一次全体会议\"\ndate = 2025-01-09\n+++\n";
    write(folder.path(), "content/meetings/m1/_index.md", meeting);
    let first = speech("title = \"办好社区食堂\"\nthemes = [\"养老服务\"]", "社区食堂要算细账。");
    write(folder.path(), "content/meetings/m1/01.md", first);
    write(folder.path(), "content/meetings/m1/02.md", speech("title = \"公交\"", "二。"));
    folder
}

pub(crate) fn speech(front: &str, body: &str) -> String {
    format!("+++\n{front}\n\n[speaker]\nname = \"林一舟\"\n+++\n\n{body}\n")
}

/// `plenary serve`, until this is dropped.
pub(crate) struct Preview {
    process: Child,
    address: SocketAddr,
    said: Arc<Mutex<String>>,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    pub(crate) fn body(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The value of a header; empty where there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        let named =
            |line: &'_ str| line.split_once(':').is_some_and(|(own, _)| own.eq_ignore_ascii_case(name));
        let line = self.head.lines().find(|line| named(line));
        line.and_then(|line| line.split_once(':')).map_or("", |(_, value)| value.trim())
    }
}

impl Preview {
    pub(crate) fn start(root: &Path, arguments: &[&str]) -> Preview {
        let mut process = Command::new(env!("CARGO_BIN_EXE_plenary"))
            .args(["serve", "--port", "0", "--lang", "en"])
            .args(arguments)
            .env("PLENARY_FONTS", root.join("no-fonts"))
            .current_dir(root)
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut lines = BufReader::new(process.stderr.take().expect("piped")).lines().map_while(Result::ok);
        let said = Arc::new(Mutex::new(String::new()));
        let hint = lines.find(|line| line.starts_with("preview: ")).expect("an address");
        let address = hint.split("http://").nth(1).and_then(|rest| rest.split('/').next());
        let address = address.and_then(|address| address.parse().ok()).unwrap_or_else(|| panic!("{hint}"));
        let log = Arc::clone(&said);
        thread::spawn(move || {
            for line in lines {
                log.lock().expect("a log").push_str(&(line + "\n"));
            }
        });
        Preview { process, address, said }
    }

    /// What it has printed since it started.
    pub(crate) fn said(&self) -> String {
        self.said.lock().expect("a log").clone()
    }

    /// Whether it prints this some time.
    pub(crate) fn wait_for(&self, text: &str) -> bool {
        let begin = Instant::now();
        while begin.elapsed() < PATIENCE {
            if self.said().contains(text) {
                return true;
            }
            thread::sleep(Duration::from_millis(10));
        }
        false
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time");
        stream
    }

    /// What is answered to `GET path`.
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
    }

    /// What is answered to these bytes.
    pub(crate) fn send(&self, request: &str) -> Answer {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).expect("sent");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("an answer");
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").map_or(bytes.len(), |at| at + 4);
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
        Answer { status, head, bytes: bytes[end..].to_vec() }
    }

    /// Sends `count` requests that are broken in many ways, over connections that stay as long as the preview lets them.
    pub(crate) fn fuzz(&self, count: u64, seed: u64) {
        let mut random = Random(seed);
        let mut stream = self.connect();
        let mut buffer = vec![0; 1 << 16];
        for _ in 0..count {
            let (request, is_whole) = request(&mut random);
            let sent = stream.write_all(&request);
            stream
                .set_read_timeout(Some(Duration::from_millis(if is_whole { 2_000 } else { 1 })))
                .expect("a time");
            let read = sent.and_then(|()| stream.read(&mut buffer));
            let is_open = matches!(read, Ok(length) if length > 0) && is_whole;
            if !is_open || random.below(20) == 0 {
                stream = self.connect();
            }
        }
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A request, and whether an answer is sure to come.
fn request(random: &mut Random) -> (Vec<u8>, bool) {
    const METHODS: [&str; 7] = ["GET", "GET", "HEAD", "POST", "", "G\u{0}T", "PRI"];
    const PARTS: [&str; 22] = [
        "/zx/",
        "/zx/meetings/m1/01/",
        "/",
        "..",
        "%2e%2e",
        "%",
        "%zz",
        "%00",
        "%ff",
        "\\",
        "//",
        "?q=",
        "#",
        "会",
        "%E4%BC%9A",
        "search/",
        "index.json",
        "feed.xml",
        "a:b",
        "http://x/",
        "*",
        " ",
    ];
    const LINES: [&str; 16] = [
        "Host: localhost\r\n",
        "Host: localhost\r\n",
        "Host: \r\n",
        "Host: a b\r\n",
        "Host: evil.example\r\n",
        "Origin: null\r\n",
        "Content-Length: 5\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: 99999999999999999999\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Connection: close\r\n",
        "Upgrade: websocket\r\n",
        "Range: bytes=0-\r\n",
        "X\r\n",
        ": x\r\n",
        "Expect: 100-continue\r\n",
    ];
    let method = random.one(&METHODS);
    let path: String = (0..1 + random.below(5)).map(|_| random.one(&PARTS)).collect();
    let version = random.one(&["HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "", "X"]);
    let mut text = format!("{method} {path} {version}\r\n");
    for _ in 0..random.below(6) {
        text.push_str(random.one(&LINES));
    }
    let is_whole = random.below(8) > 0;
    if is_whole {
        text.push_str("\r\n");
    }
    let mut bytes = text.into_bytes();
    for _ in 0..[0, 0, 0, 1, 3][random.below(5)] {
        let at = random.below(bytes.len());
        match random.below(3) {
            0 => bytes[at] = random.below(256) as u8,
            1 => bytes.insert(at, random.below(256) as u8),
            _ => {
                bytes.truncate(at + 1);
            }
        }
    }
    let is_whole = is_whole && bytes.ends_with(b"\r\n\r\n");
    (bytes, is_whole)
}
