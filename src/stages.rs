//! The stages of a build, and who is told of them.

use crate::diagnostic::Message;

/// A part of a build that takes time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The sources become bytes in memory.
    Read,
    /// The output folder is compared with what was made last.
    Compare,
    /// Each file becomes a value.
    Parse,
    /// All of them become one site, with its Tera themes.
    Link,
    /// Where each key of the search index stands.
    Postings,
    /// The files of the search index.
    Shards,
    /// Which pages there are, and where links lead.
    Plan,
    /// Each page becomes bytes.
    Render,
    /// Copies of pictures, settings of hosts, and whatever depends on all the rest.
    Finish,
    /// The output folder becomes equal to the site.
    Write,
}

impl Stage {
    /// What happens, for people.
    pub fn name(self) -> Message {
        let (zh, en) = match self {
            Stage::Read => ("读取", "read"),
            Stage::Compare => ("核对", "compare"),
            Stage::Parse => ("解析", "parse"),
            Stage::Link => ("关联", "link"),
            Stage::Postings => ("索引字词", "postings"),
            Stage::Shards => ("索引分片", "shards"),
            Stage::Plan => ("规划", "plan"),
            Stage::Render => ("生成页面", "render"),
            Stage::Finish => ("收尾", "finish"),
            Stage::Write => ("写入", "write"),
        };
        Message::new(zh, en)
    }

    /// What its steps are, `count` of them; none where they are not counted.
    pub fn steps(self, count: usize) -> Option<Message> {
        let (zh, en) = match self {
            Stage::Read | Stage::Parse | Stage::Write => ("个文件", "files"),
            Stage::Postings => ("篇发言", "speeches"),
            Stage::Shards => ("组", "groups"),
            Stage::Render => ("个页面和文件", "pages and files"),
            Stage::Compare | Stage::Link | Stage::Plan | Stage::Finish => return None,
        };
        Some(Message::new(format!("{count} {zh}"), format!("{count} {en}")))
    }
}

/// Who is told how far a build is. The middle of the program has no clock; who wants to know times has one.
pub trait Watcher: Sync {
    /// A stage begins, and the one before has ended. It has `total` steps; 0 where that is not known.
    fn begins(&self, stage: Stage, total: usize);
    /// So many more steps of the stage are done. It is called from any thread.
    fn done(&self, steps: usize);
    /// A thread begins to render the page of an address with a template, or has rendered it.
    fn renders(&self, _thread: usize, _page: Option<(&str, &'static str)>) {}
}

/// Nobody is told.
pub struct Nobody;

impl Watcher for Nobody {
    fn begins(&self, _: Stage, _: usize) {}
    fn done(&self, _: usize) {}
}
