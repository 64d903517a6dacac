//! A small site in a temporary folder, and the program on it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

const SETTINGS: &str =
    "base_url = \"https://fayan.example/\"\ntitle = \"会议发言\"\n[share_pictures]\nenabled = false\n";
const MEETING: &str = "+++\ntitle = \"第一次全体会议\"\ndate = 2025-01-09\n+++\n";
/// Speeches.
const COUNT: usize = 12;

/// Paths and bytes.
pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

pub(crate) struct Site(TempDir);

impl Site {
    pub(crate) fn new() -> Site {
        let site = Site(tempfile::tempdir().expect("a folder"));
        site.set("");
        site.write("content/meetings/m1/_index.md", MEETING);
        site.edit("甲");
        site
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn public(&self) -> PathBuf {
        self.path().join("public")
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("created");
        fs::write(path, text).expect("written");
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_dir_all(self.path().join(path)).expect("removed");
    }

    /// Further settings.
    pub(crate) fn set(&self, settings: &str) {
        self.write("content/site.toml", &format!("{SETTINGS}{settings}"));
    }

    /// Other texts, one speech more or fewer, another theme.
    pub(crate) fn edit(&self, word: &str) {
        for number in 0..COUNT {
            let text = if number % 3 == 0 { word } else { "同" };
            let text = format!(
                "+++\ntitle = \"办好社区食堂{number}\"\nthemes = [\"养老{text}\"]\n\n[speaker]\nname = \"林一舟\"\n+++\n\n社区食堂{text}要算细账。\n"
            );
            self.write(&format!("content/meetings/m1/{number:02}.md"), &text);
        }
        let last = self.path().join(format!("content/meetings/m1/{:02}.md", COUNT - 1));
        if word == "乙" {
            fs::remove_file(last).expect("removed");
        }
    }

    /// The names in the site's folder.
    pub(crate) fn entries(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path()).expect("a folder");
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    /// A command that builds, run by `before` where that is not empty.
    pub(crate) fn command(&self, before: &[String], arguments: &[&str]) -> Command {
        let program = env!("CARGO_BIN_EXE_plenary").to_owned();
        let words: Vec<String> = before.iter().cloned().chain([program]).collect();
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]).arg("build").args(arguments).current_dir(self.path());
        command.stdout(Stdio::null()).stderr(Stdio::piped()).env_remove("LANG").env_remove("LC_ALL");
        command
    }

    pub(crate) fn start(&self, arguments: &[&str]) -> Child {
        self.command(&[], arguments).spawn().expect("the program starts")
    }

    fn run(&self, arguments: &[&str]) -> (Output, String) {
        self.plenary(&[&["build"], arguments].concat())
    }

    /// Runs a command, and gives back what it prints.
    pub(crate) fn plenary(&self, arguments: &[&str]) -> (Output, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plenary"));
        command.args(arguments).current_dir(self.path()).env_remove("LANG").env_remove("LC_ALL");
        let output = command.output().expect("the program starts");
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!text.contains("panicked"), "{text}");
        (output, text)
    }

    pub(crate) fn build(&self, arguments: &[&str]) {
        let (output, text) = self.run(arguments);
        assert!(output.status.success(), "{text}");
    }

    /// Builds, which must end with this error; gives back what it says.
    pub(crate) fn refused(&self, arguments: &[&str], code: &str) -> String {
        let (output, text) = self.run(arguments);
        assert_eq!(output.status.code(), Some(1), "{text}");
        assert!(text.contains(&format!("错误[{code}]")), "{text}");
        text
    }
}

/// All files below a folder; symbolic links are named only.
pub(crate) fn tree(folder: &Path) -> Tree {
    let mut found = Tree::new();
    let mut open = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        for entry in fs::read_dir(&path).expect("a folder") {
            let entry = entry.expect("an entry");
            let path = entry.path();
            let kind = entry.file_type().expect("a kind");
            if kind.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below").to_string_lossy().into_owned();
                found
                    .insert(name, if kind.is_file() { fs::read(&path).expect("a file") } else { Vec::new() });
            }
        }
    }
    found
}
