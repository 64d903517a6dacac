//! What `plenary seal` notes: the address of everything that is public, and the digest of each speech's text.

use crate::content::digest::digest;
use crate::content::record_lock::{RECORD_LOCK, Record, What};
use crate::diagnostic::Message;

use super::model::Site;
use super::redirects::{Redirect, is_of_main};

/// A record, and what is new in it.
pub struct Sealing {
    /// All that was sealed before, and all that is public now.
    pub record: Record,
    /// Addresses that were not sealed before, or at which something else stood, sorted.
    pub news: Vec<(String, What)>,
}

/// How many lines of news are printed.
const SHOWN: usize = 50;

impl Sealing {
    /// What is told after sealing: each address that is new, and how many there are.
    pub fn report(&self) -> Message {
        let (mut zh, mut en) = (String::new(), String::new());
        for (address, what) in self.news.iter().take(SHOWN) {
            let noun = what.noun();
            zh.push_str(&format!("  {address}  {} {}\n", noun.zh, what.name()));
            en.push_str(&format!("  {address}  {} {}\n", noun.en, what.name()));
        }
        let more = self.news.len().saturating_sub(SHOWN);
        if more > 0 {
            zh.push_str(&format!("  ……还有 {more} 个\n"));
            en.push_str(&format!("  … and {more} more\n"));
        }
        let all = self.record.iter().count();
        match self.news.len() {
            0 => Message::new(
                format!("没有新的内容；content/record.lock 里共有 {all} 个地址"),
                format!("nothing is new; {all} addresses in content/record.lock"),
            ),
            new => Message::new(
                format!("{zh}已封存：新增或更新 {new} 个地址，content/record.lock 里共有 {all} 个"),
                format!("{en}sealed: {new} addresses new or changed, {all} in content/record.lock"),
            ),
        }
    }
}

/// Adds to `before` what `site`, the main edition, has now. Nothing that was sealed is forgotten; drafts and speeches
/// before their time are not sealed.
pub fn seal(site: &Site, before: &Record) -> Sealing {
    let mut now: Vec<(&str, What)> = Vec::new();
    for meeting in &site.meetings {
        let what = What::Meeting { name: line(meeting.name()), date: meeting.file.date };
        now.push((&meeting.address, what));
    }
    for speech in site.speeches.iter().filter(|speech| !speech.draft) {
        let what = What::Speech {
            title: line(&speech.file.title),
            text: digest(&speech.file),
            corrections: speech.file.rest().corrections.len(),
        };
        now.push((&speech.address, what));
    }
    now.extend(site.withdrawn.iter().map(|one| (one.address.as_str(), What::Withdrawn)));
    now.extend(site.themes.iter().map(|term| (term.address.as_str(), What::Theme(line(&term.name)))));
    now.extend(site.groups.iter().map(|term| (term.address.as_str(), What::Group(line(&term.name)))));
    for speaker in &site.speakers {
        let what = What::Speaker { name: line(&speaker.name), key: speaker.key.as_deref().map(line) };
        now.push((&speaker.address, what));
    }
    now.extend(site.standing.iter().map(|page| (page.address.as_str(), What::Page(line(&page.file.title)))));
    let redirects = site.redirects.iter().filter(|one| is_of_main(one, site));
    // A name whose speeches were withdrawn leads to the list for now, and has its address again when it speaks again.
    let is_for_now = |one: &&Redirect| {
        let is_by_record = one.cause.0.file == RECORD_LOCK;
        is_by_record
            && ["/themes/", "/groups/", "/speakers/"].contains(&one.to.as_str())
            && is_name(before, &one.from)
    };
    let for_good = redirects.filter(|one| !is_for_now(one));
    now.extend(for_good.map(|one| (one.from.as_str(), What::Moved(one.to.clone()))));
    let mut record = before.clone();
    let mut news = Vec::new();
    for (address, what) in now {
        if before.get(address).is_none_or(|sealed| sealed.what != what) {
            news.push((address.to_owned(), what.clone()));
        }
        record.insert(address, what);
    }
    news.sort_by(|(a, _), (b, _)| a.cmp(b));
    Sealing { record, news }
}

/// Whether a theme, group or speaker was sealed at an address.
fn is_name(record: &Record, address: &str) -> bool {
    let sealed = record.get(address).map(|sealed| &sealed.what);
    matches!(sealed, Some(What::Theme(_) | What::Group(_) | What::Speaker { .. }))
}

/// A name on one line.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
