//! Times the stages of a build, and shows on a terminal how far a long one is.

use std::io::{IsTerminal as _, Write as _, stderr};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::diagnostic::Message;
use crate::report::Language;
use crate::stages::{Stage, Watcher};

/// A build that is over before shows nothing on the way.
const QUIET: Duration = Duration::from_secs(1);
/// Milliseconds between two looks of the line.
const PAUSE: u64 = 100;

/// A watcher with a clock.
pub struct Progress {
    begin: Instant,
    /// The language of the line; none where there is no line.
    line: Option<Language>,
    /// Steps that the stage has done.
    done: AtomicUsize,
    /// Milliseconds from the beginning until the line was last written.
    written: AtomicU64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    now: Option<Running>,
    /// In the order in which they first began.
    passed: Vec<Passed>,
    /// Columns that the line takes on the terminal.
    columns: usize,
}

#[derive(Clone, Copy)]
struct Running {
    stage: Stage,
    begin: Instant,
    total: usize,
}

struct Passed {
    stage: Stage,
    time: Duration,
    steps: usize,
}

impl Progress {
    /// Begins to count. There is a line in `language`, if any, where standard error is a terminal.
    pub fn new(line: Option<Language>) -> Progress {
        Progress {
            begin: Instant::now(),
            line: line.filter(|_| stderr().is_terminal()),
            done: AtomicUsize::new(0),
            written: AtomicU64::new(0),
            state: Mutex::default(),
        }
    }

    /// Ends the stage and takes the line away, so that something else can be printed.
    pub fn rest(&self) {
        let mut state = self.state();
        self.end(&mut state);
        clear(&mut state);
    }

    /// The time since the beginning.
    pub fn elapsed(&self) -> Duration {
        self.begin.elapsed()
    }

    /// The stages that have ended, one a line, each with its time.
    pub fn timings(&self) -> Message {
        let mut lines = Message::new("", "");
        for Passed { stage, time, steps } in &self.state().passed {
            let (name, seconds) = (stage.name(), time.as_secs_f64());
            let steps = stage.steps(*steps);
            let (zh, en) = steps.map_or_else(Default::default, |steps| {
                (format!("：{}", steps.zh), format!(": {}", steps.en))
            });
            lines.zh.push_str(&format!("{seconds:9.3} 秒  {}{zh}\n", name.zh));
            lines.en.push_str(&format!("{seconds:9.3} s  {}{en}\n", name.en));
        }
        lines
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn end(&self, state: &mut State) {
        let steps = self.done.swap(0, Ordering::Relaxed);
        let Some(Running { stage, begin, .. }) = state.now.take() else { return };
        let time = begin.elapsed();
        match state.passed.iter_mut().find(|passed| passed.stage == stage) {
            Some(passed) => {
                passed.time += time;
                passed.steps += steps;
            }
            None => state.passed.push(Passed { stage, time, steps }),
        }
    }

    /// Writes the line, unless it was written just now.
    fn show(&self) {
        let Some(language) = self.line else { return };
        let elapsed = self.elapsed();
        let (now, before) = (elapsed.as_millis() as u64, self.written.load(Ordering::Relaxed));
        if elapsed < QUIET || now < before + PAUSE {
            return;
        }
        let mine = self.written.compare_exchange(before, now, Ordering::Relaxed, Ordering::Relaxed).is_ok();
        let Some(mut state) = self.state.try_lock().ok().filter(|_| mine) else { return };
        let Some(running) = state.now else { return };
        let text = line(running, self.done.load(Ordering::Relaxed), running.begin.elapsed());
        let text = language.of(&text);
        clear(&mut state);
        state.columns = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
        let _ = stderr().write_all(text.as_bytes());
    }
}

impl Watcher for Progress {
    fn begins(&self, stage: Stage, total: usize) {
        let mut state = self.state();
        self.end(&mut state);
        state.now = Some(Running { stage, begin: Instant::now(), total });
        drop(state);
        self.show();
    }

    fn done(&self, steps: usize) {
        self.done.fetch_add(steps, Ordering::Relaxed);
        self.show();
    }
}

/// What is done, how much of it, and how fast.
fn line(running: Running, done: usize, time: Duration) -> Message {
    let name = running.stage.name();
    if running.total == 0 {
        return Message::new(format!("{}…", name.zh), format!("{}...", name.en));
    }
    let rate = (done as f64 / time.as_secs_f64().max(0.001)).round();
    let total = running.total;
    Message::new(
        format!("{} {done}/{total}，每秒 {rate}", name.zh),
        format!("{} {done}/{total}, {rate} a second", name.en),
    )
}

/// Puts blanks over the line, which any terminal understands.
fn clear(state: &mut State) {
    if state.columns > 0 {
        let blanks = " ".repeat(state.columns);
        let _ = stderr().write_all(format!("\r{blanks}\r").as_bytes());
        state.columns = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn running(stage: Stage, total: usize) -> Running {
        Running { stage, begin: Instant::now(), total }
    }

    #[test]
    fn the_line_says_stage_done_and_rate() {
        let seen = line(running(Stage::Render, 14_000), 5_300, Duration::from_secs(2));
        assert_eq!(seen.zh, "生成页面 5300/14000，每秒 2650");
        assert_eq!(seen.en, "render 5300/14000, 2650 a second");
        assert_eq!(line(running(Stage::Link, 0), 0, Duration::ZERO).en, "link...");
    }

    #[test]
    fn a_stage_of_several_editions_is_one_line_of_the_timings() {
        let progress = Progress::new(None);
        for (stage, steps) in
            [(Stage::Postings, 2), (Stage::Shards, 1), (Stage::Postings, 3), (Stage::Link, 0)]
        {
            progress.begins(stage, steps);
            progress.done(steps);
        }
        progress.rest();
        let named: Vec<String> = progress
            .timings()
            .en
            .lines()
            .filter_map(|line| Some(line.split_once(" s  ")?.1.to_owned()))
            .collect();
        assert_eq!(named, ["postings: 5 speeches", "shards: 1 groups", "link"]);
    }
}
