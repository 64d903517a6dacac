//! The line that sums a build up.

use std::path::Path;
use std::time::Duration;

use crate::diagnostic::{Message, counted};
use crate::disk;
use crate::output::Output;
use crate::site::Site;

/// Nothing had to be built: the files in `folder` are what these sources make.
pub fn of_nothing(written: &disk::Written, folder: &Path, time: Duration) -> Message {
    let (files, folder, cost) = (written.unchanged, folder.display(), cost(time));
    Message::new(
        format!(
            "完成：没有变化，{folder} 里 {files} 个文件都是最新的（写入 0，未变 {files}，删除 0）；{}",
            cost.zh
        ),
        format!(
            "done: nothing changed, {} in {folder}, all up to date (0 written, {files} unchanged, 0 removed); {}",
            counted(files, "file", "files"),
            cost.en
        ),
    )
}

/// How much of what a site has.
pub struct Contents {
    speeches: usize,
    /// Those that are public only because drafts were asked for.
    drafts: usize,
    meetings: usize,
    speakers: usize,
}

impl Contents {
    /// Counts what is in `site`.
    pub fn of(site: &Site) -> Contents {
        Contents {
            speeches: site.speeches.len(),
            drafts: site.speeches.iter().filter(|speech| speech.draft).count(),
            meetings: site.meetings.len(),
            speakers: site.speakers.len(),
        }
    }
}

/// What was built and written into `folder`, in how much `time`, with how much memory.
pub fn of_build(
    contents: &Contents,
    output: &Output,
    written: &disk::Written,
    folder: &Path,
    time: Duration,
) -> Message {
    let Contents { speeches, drafts, meetings, speakers } = *contents;
    let (drafts_zh, drafts_en) = match drafts {
        0 => (String::new(), String::new()),
        n => (format!("，其中草稿或未到时间的 {n} 篇"), format!(", {n} of them drafts or before their time")),
    };
    let disk::Written { written, unchanged, removed, .. } = written;
    let folder = folder.display();
    let (files, pages) = (output.count(), output.paths().filter(|path| path.ends_with(".html")).count());
    let cost = cost(time);
    Message::new(
        format!(
            "完成：{speeches} 篇发言{drafts_zh}，{meetings} 次会议，{speakers} 位发言人；{folder} 里共 {files} 个文件，其中网页 {pages} 个（写入 {written}，未变 {unchanged}，删除 {removed}）；{}",
            cost.zh
        ),
        format!(
            "done: {}{drafts_en}, {}, {}; {} in {folder}, {pages} of them pages ({written} written, {unchanged} unchanged, {removed} removed); {}",
            counted(speeches, "speech", "speeches"),
            counted(meetings, "meeting", "meetings"),
            counted(speakers, "speaker", "speakers"),
            counted(files, "file", "files"),
            cost.en
        ),
    )
}

/// The time, and the memory where the system tells it.
fn cost(time: Duration) -> Message {
    let seconds = time.as_secs_f64();
    let (memory_zh, memory_en) = match disk::peak_memory() {
        None => (String::new(), String::new()),
        Some(bytes) => {
            let megabytes = bytes.div_ceil(1_000_000);
            (format!("，内存最多 {megabytes} MB"), format!(", at most {megabytes} MB of memory"))
        }
    };
    Message::new(format!("用时 {seconds:.1} 秒{memory_zh}"), format!("{seconds:.1} s{memory_en}"))
}
