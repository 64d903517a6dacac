//! Speeches whose embargo has not ended yet: how many, and when to build again.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::diagnostic::{Message, counted};

/// What is known outside of the output about speeches under embargo.
#[derive(Debug, Clone, Copy, Default)]
pub struct Waiting {
    count: usize,
    next: Option<Timestamp>,
}

impl Waiting {
    /// Counts a speech that will be public from `at`.
    pub fn add(&mut self, at: Timestamp) {
        self.count += 1;
        self.next = Some(self.next.map_or(at, |next| next.min(at)));
    }

    /// For the technician, after a build: how many speeches wait, and when in `zone` the next one appears if the site is
    /// built again then. None where nothing waits.
    pub fn report(&self, zone: &TimeZone) -> Option<Message> {
        let next = zone.to_datetime(self.next?);
        let seconds = if next.second() > 0 || next.subsec_nanosecond() > 0 { ":%S%.f" } else { "" };
        let offset = zone.to_offset(self.next?);
        let time = format!("{} {offset}", next.strftime(&format!("%Y-%m-%d %H:%M{seconds}")));
        let count = self.count;
        Some(Message::new(
            format!("还有 {count} 篇发言未到发布时间；最早的一篇在 {time} 发布，请在那时重新生成网站"),
            format!(
                "{} under embargo; the next one appears at {time}: build again then",
                counted(count, "speech", "speeches")
            ),
        ))
    }
}
