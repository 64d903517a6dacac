//! Ends a program whose templates would not: Tera has no way to stop a loop in the middle of a page.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::diagnostic::Message;
use crate::stages::{Stage, Watcher};

/// How long one page may take.
const PAGE_TIME: Duration = Duration::from_secs(8);

/// How many bytes of memory rendering may take besides what the linked site takes, and how many for each page more.
const MEMORY: usize = 512 << 20;
const MEMORY_OF_PAGE: usize = 512;

/// Between two looks at the pages that are being rendered: memory grows by a few hundred megabytes meanwhile at most.
const PAUSE: Duration = Duration::from_millis(20);

/// A watcher that sees pages which take too long, or too much.
pub(super) struct Endless<'w> {
    watcher: &'w dyn Watcher,
    state: Mutex<State>,
    ended: Condvar,
}

#[derive(Default)]
struct State {
    /// Address, template and beginning of what each thread renders, by its number.
    rendering: BTreeMap<usize, (String, &'static str, Instant)>,
    /// Bytes that may be in use; none while no pages are rendered.
    memory: Option<usize>,
    has_ended: bool,
}

struct End<'e, 'w>(&'e Endless<'w>);

impl Drop for End<'_, '_> {
    fn drop(&mut self) {
        self.0.state().has_ended = true;
        self.0.ended.notify_all();
    }
}

/// A page that would not end.
pub(super) struct Stuck {
    /// Its address.
    pub(super) page: String,
    /// Name of its template, without `.html`.
    pub(super) template: &'static str,
    /// What is too much.
    pub(super) reason: Message,
}

impl<'w> Endless<'w> {
    /// Watches what `watcher` watches.
    pub(super) fn new(watcher: &'w dyn Watcher) -> Endless<'w> {
        Endless { watcher, state: Mutex::default(), ended: Condvar::new() }
    }

    /// Looks on until [`Endless::end`] is called, or until a page takes too much.
    pub(super) fn watch(&self) -> Option<Stuck> {
        let mut state = self.state();
        while !state.has_ended {
            if let Some(stuck) = stuck(&state) {
                return Some(stuck);
            }
            let waited = self.ended.wait_timeout(state, PAUSE);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        None
    }

    /// Ends the watch when what it gives is dropped, in whatever way that comes about.
    pub(super) fn end_when_dropped(&self) -> impl Drop {
        End(self)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn stuck(state: &State) -> Option<Stuck> {
    let (page, template, begin) = state.rendering.values().min_by_key(|(_, _, begin)| *begin)?;
    let seconds = PAGE_TIME.as_secs();
    let reason = if begin.elapsed() > PAGE_TIME {
        Message::new(
            format!("这一页 {seconds} 秒还没有生成完"),
            format!("the page is not finished after {seconds} seconds"),
        )
    } else if state.memory.is_some_and(|limit| used().is_some_and(|used| used > limit)) {
        let more = MEMORY >> 20;
        Message::new(
            format!("生成页面多用了 {more} MB 以上的内存"),
            format!("rendering has taken more than {more} MB of memory"),
        )
    } else {
        return None;
    };
    Some(Stuck { page: page.clone(), template, reason })
}

/// Bytes of memory in use now; none where the system does not tell.
fn used() -> Option<usize> {
    memory_stats::memory_stats().map(|now| now.physical_mem)
}

impl Watcher for Endless<'_> {
    fn begins(&self, stage: Stage, total: usize) {
        let limit = || used().map(|used| used + MEMORY + total * MEMORY_OF_PAGE);
        let memory = (stage == Stage::Render).then(limit).flatten();
        self.state().memory = memory;
        self.watcher.begins(stage, total);
    }

    fn done(&self, steps: usize) {
        self.watcher.done(steps);
    }

    fn renders(&self, thread: usize, page: Option<(&str, &'static str)>) {
        let page = page.map(|(address, template)| (address.to_owned(), template, Instant::now()));
        let mut state = self.state();
        match page {
            Some(page) => state.rendering.insert(thread, page),
            None => state.rendering.remove(&thread),
        };
    }
}
