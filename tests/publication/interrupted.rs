//! Builds that are killed at any moment, and disks that fail at any step.

use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::MODES;
use crate::random::{Random, number};
use crate::sites::{Site, Tree, tree};

/// Interruptions of each kind where `PLENARY_RUNS` does not say otherwise.
const RUNS: u64 = 12;

/// Calls to the system with which a build changes the disk.
const CALLS: [&str; 11] = [
    "mkdir",
    "openat",
    "write",
    "linkat",
    "rename",
    "renameat2",
    "fsync",
    "syncfs",
    "unlink",
    "unlinkat",
    "rmdir",
];
const ERRORS: [&str; 3] = ["ENOSPC", "EIO", "EACCES"];

fn runs() -> u64 {
    number("PLENARY_RUNS", RUNS)
}

/// Another row of numbers for each kind of interruption.
fn chance(kind: u64) -> Random {
    Random(kind << 32 ^ number("PLENARY_SEED", 1))
}

/// A published site whose sources go back and forth between two states.
struct Changing {
    site: Site,
    mode: &'static [&'static str],
    /// What is published of each state.
    states: [Tree; 2],
    /// The state that was published last.
    published: usize,
}

impl Changing {
    fn new(mode: &'static [&'static str]) -> Changing {
        let site = Site::new();
        site.build(mode);
        for path in [".git/HEAD", "CNAME"] {
            site.write(&format!("public/{path}"), path);
        }
        let states = ["乙", "甲"].map(|word| {
            site.edit(word);
            site.build(mode);
            tree(&site.public())
        });
        assert_ne!(states[0], states[1]);
        Changing { site, mode, states, published: 1 }
    }

    /// Edits the sources to the state that is not published.
    fn edit(&self) {
        self.site.edit(["乙", "甲"][1 - self.published]);
    }

    /// Whether this is the published site of a state. The note by which a build of the same sources is spared may be missing:
    /// where the program cannot read itself, the next build makes all again.
    fn is(&self, public: &Tree, state: usize) -> bool {
        const NOTE: &str = ".plenary.made";
        let state = &self.states[state];
        let but_the_note = || state.iter().filter(|(path, _)| *path != NOTE);
        public == state || (!public.contains_key(NOTE) && public.iter().eq(but_the_note()))
    }

    /// Which of the two sites is there; the old one only, where the build said that it failed.
    fn look(&mut self, what: &str) {
        let public = tree(&self.site.public());
        let found = (0..2).find(|state| self.is(&public, *state));
        let different = |state: &Tree| {
            let all = state.keys().chain(public.keys());
            let mut paths: Vec<&str> =
                all.filter(|path| state.get(*path) != public.get(*path)).map(String::as_str).collect();
            paths.dedup();
            paths.join(" ")
        };
        self.published = found.unwrap_or_else(|| {
            let [one, other] = [&self.states[0], &self.states[1]].map(different);
            panic!("{what}: neither the old site nor the new one\nnot {one}\nnot {other}")
        });
    }

    /// After an interruption: the next command brings to its end what was begun; the next build works.
    fn settle(&mut self, what: &str) {
        if self.mode.is_empty() {
            self.look(what);
        } else {
            let checked = Command::new(env!("CARGO_BIN_EXE_plenary"))
                .args(["check", "--format", "short"])
                .current_dir(self.site.path())
                .stderr(Stdio::null())
                .status();
            assert!(checked.expect("the program starts").success(), "{what}");
            self.look(what);
        }
        self.site.build(self.mode);
        self.published = 1 - self.published;
        let is_new = tree(&self.site.public()) == self.states[self.published];
        // The interrupted build may have published before it was killed.
        if !is_new {
            self.published = 1 - self.published;
            assert_eq!(tree(&self.site.public()), self.states[self.published], "{what}: the next build");
        }
        assert_eq!(self.site.entries(), ["content", "public"], "{what}");
    }
}

#[test]
fn whenever_a_build_is_killed_the_old_site_or_the_new_one_is_there() {
    for mode in MODES {
        let mut changing = Changing::new(mode);
        let mut random = chance(1);
        changing.edit();
        let begin = Instant::now();
        changing.site.build(mode);
        changing.published = 1 - changing.published;
        let time = begin.elapsed().as_micros() as u64;
        for run in 0..runs() {
            changing.edit();
            let mut build = changing.site.start(mode);
            // The end of a build, when it publishes, is the more dangerous half.
            let moment = if run % 2 == 0 {
                random.below(time as usize) as u64
            } else {
                time * 7 / 10 + random.below(time as usize * 4 / 10) as u64
            };
            sleep(Duration::from_micros(moment));
            build.kill().expect("killed");
            build.wait().expect("it ends");
            changing.settle(&format!("{mode:?}, killed after {moment} µs of {time}"));
        }
    }
}

/// What strace has to be told to do something to one call of a build.
fn traced(call: &str, what: &str, number: u64) -> Vec<String> {
    let inject = format!("inject={call}:{what}:when={number}");
    ["strace", "-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={call}"), "-e", &inject]
        .map(str::to_owned)
        .to_vec()
}

/// How often a build that changes from one state to the other makes each call.
fn counted(changing: &mut Changing) -> Vec<u64> {
    let log = changing.site.path().join("content/.calls");
    let mut command = ["strace", "-f", "-qq", "-o"].map(str::to_owned).to_vec();
    command.extend([log.to_string_lossy().into_owned(), "-e".into(), format!("trace={}", CALLS.join(","))]);
    changing.edit();
    let status = changing.site.command(&command, changing.mode).status().expect("strace is there");
    assert!(status.success());
    changing.published = 1 - changing.published;
    let text = std::fs::read_to_string(&log).expect("a log");
    std::fs::remove_file(log).expect("removed");
    let count = |call: &&str| text.lines().filter(|line| line.contains(&format!(" {call}("))).count() as u64;
    CALLS.iter().map(count).collect()
}

#[test]
fn whichever_call_to_the_system_is_the_last_the_old_site_or_the_new_one_is_there() {
    for mode in MODES {
        let mut changing = Changing::new(mode);
        let counts = counted(&mut changing);
        let mut random = chance(2);
        for run in 0..runs() {
            // Once around the calls that are made at all, then at random.
            let made: Vec<usize> = (0..CALLS.len()).filter(|call| counts[*call] > 0).collect();
            let call = made[run as usize % made.len()];
            let number = 1 + random.below(counts[call] as usize) as u64;
            changing.edit();
            let strace = traced(CALLS[call], "signal=KILL", number);
            let output = changing.site.command(&strace, mode).output().expect("strace is there");
            drop(output);
            changing.settle(&format!("{mode:?}, killed at {} number {number}", CALLS[call]));
        }
    }
}

#[test]
fn whichever_call_to_the_system_fails_the_old_site_or_the_new_one_is_there() {
    for mode in MODES {
        let mut changing = Changing::new(mode);
        let counts = counted(&mut changing);
        let mut random = chance(3);
        for run in 0..runs() * 2 {
            let made: Vec<usize> = (0..CALLS.len()).filter(|call| counts[*call] > 0).collect();
            let call = made[run as usize % made.len()];
            let error = ERRORS[random.below(3)];
            let number = 1 + random.below(counts[call] as usize) as u64;
            let what = format!("{mode:?}, {error} at {} number {number}", CALLS[call]);
            changing.edit();
            let (old, new) = (changing.published, 1 - changing.published);
            let strace = traced(CALLS[call], &format!("error={error}"), number);
            let output = changing.site.command(&strace, mode).output().expect("strace is there");
            let text = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(!text.contains("panicked"), "{what}: {text}");
            let public = tree(&changing.site.public());
            if output.status.success() {
                assert!(changing.is(&public, new), "{what}: it says that it is done\n{text}");
            } else if !text.contains("half-published") {
                assert!(changing.is(&public, old), "{what}: it says that nothing was written\n{text}");
            }
            changing.settle(&what);
        }
    }
}

/// A volume of its own cannot change places with a folder.
#[test]
fn a_volume_of_its_own_is_published_by_a_journal() {
    let site = Site::new();
    let public = site.public();
    std::fs::create_dir(&public).expect("created");
    let Some(_mounted) = Mounted::at(&public, "size=50%") else {
        println!("nothing can be mounted here");
        return;
    };
    for word in ["甲", "乙"] {
        site.edit(word);
        site.build(&[]);
        let other = Site::new();
        other.edit(word);
        other.build(&[]);
        assert_eq!(tree(&public), tree(&other.public()));
        assert_eq!(site.entries(), ["content", "public"]);
    }
}

/// Where a file could not be written, the next thousand cannot be written either: that is one error, not a thousand.
#[test]
fn a_disk_that_is_full_is_told_of_once_and_left_as_it_was() {
    const PAGE: usize = 4096;
    let site = Site::new();
    site.build(&[]);
    let needed: usize = tree(&site.public()).values().map(|bytes| bytes.len().div_ceil(PAGE)).sum();
    let volume = site.path().join("volume");
    std::fs::create_dir(&volume).expect("created");
    for eighths in 1..8 {
        let Some(_mounted) = Mounted::at(&volume, &format!("size={}", needed * PAGE * eighths / 8)) else {
            println!("nothing can be mounted here");
            return;
        };
        let text = site.refused(&["--output", "volume/public"], "unwritable");
        assert_eq!(text.matches("错误[").count(), 1, "{eighths} of 8: {text}");
        assert_eq!(std::fs::read_dir(&volume).expect("a folder").count(), 0, "{eighths} of 8");
    }
}

/// A folder in memory in the place of another, until this is dropped.
struct Mounted<'a>(&'a Path);

impl Mounted<'_> {
    fn at<'p>(path: &'p Path, size: &str) -> Option<Mounted<'p>> {
        let mount = Command::new("mount")
            .args(["-t", "tmpfs", "-o", size, "tmpfs"])
            .arg(path)
            .stderr(Stdio::null())
            .status();
        mount.is_ok_and(|status| status.success()).then_some(Mounted(path))
    }
}

impl Drop for Mounted<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0).status();
    }
}
