//! Builds that show more than is public: never into the folder that is published.

use jiff::Timestamp;

use crate::diagnostic::Message;

/// Why a build shows what is not public yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rehearsal {
    /// It was asked for drafts.
    Drafts,
    /// It was asked for a time to come.
    Future,
}

impl Rehearsal {
    /// What makes a build a rehearsal, if anything: `drafts` were asked for, or a time `now` later than the `clock`.
    pub fn of(drafts: bool, now: Option<Timestamp>, clock: Timestamp) -> Option<Rehearsal> {
        match now {
            _ if drafts => Some(Rehearsal::Drafts),
            Some(now) if now > clock => Some(Rehearsal::Future),
            _ => None,
        }
    }

    /// Why it is not written to the folder that is published, and what to write instead.
    pub fn refusal(self) -> Message {
        let (flag, zh, en) = match self {
            Rehearsal::Drafts => {
                ("--drafts", "草稿会随 public 一起公开", "drafts would be published with public/")
            }
            Rehearsal::Future => (
                "--now",
                "这个时间还没有到，未到发布时间的发言会随 public 一起公开",
                "that time is still to come, and embargoed speeches would be published with public/",
            ),
        };
        let serve =
            if self == Rehearsal::Drafts { "plenary serve --drafts" } else { "plenary serve --now …" };
        Message::new(
            format!(
                "{flag} 不能写进 public：{zh}。请加 --output preview 写到另一个文件夹，或用 {serve} 在本机看；没有写任何文件"
            ),
            format!(
                "{flag} does not go into public/: {en}. Add --output preview for a folder of its own, or look at it with {serve}; nothing was written"
            ),
        )
    }
}
