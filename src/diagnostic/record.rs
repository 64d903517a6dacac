//! Messages about old addresses, and about what has been sealed.

use super::{Diagnostic, Message, Place};

impl Diagnostic {
    /// An alias that is the address of the page that has it.
    pub fn alias_to_itself(place: Place, alias: &str) -> Diagnostic {
        Diagnostic::error(
            "alias-to-itself",
            place,
            format!("旧地址 {alias} 就是这个页面现在的地址"),
            format!("the alias {alias} is the address that this page has now"),
        )
        .help(
            "删去它：aliases 只写页面以前的地址",
            "remove it: aliases are addresses that the page had before",
        )
    }

    /// A redirect to another redirect.
    pub fn redirect_chain(place: Place, from: &str, to: &str, next: Place) -> Diagnostic {
        Diagnostic::error(
            "redirect-chain",
            place,
            format!("{from} 转到 {to}，而 {to} 本身又是一个旧地址"),
            format!("{from} leads to {to}, which is an old address itself"),
        )
        .related(next, format!("{to} 在这里转走"), format!("{to} leads on from here"))
        .help("直接写最后的地址", "write the address where it ends")
    }

    /// A redirect to an address that the site does not have.
    pub fn redirect_nowhere(place: Place, from: &str, to: &str) -> Diagnostic {
        Diagnostic::error(
            "redirect-nowhere",
            place,
            format!("{from} 要转到 {to}，但网站里没有这个地址"),
            format!("{from} leads to {to}, which is not in the site"),
        )
        .help(
            "to 写网站里一个页面的地址，例如 /themes/",
            "to is the address of a page of the site, such as /themes/",
        )
    }
}

/// What else an editor can write where an address would be gone.
const ELSEWHERE_ZH: &str = "；或者在 site.toml 里写 [[redirects]]，下面写 from（这个地址）和 to（转到哪里）";
const ELSEWHERE_EN: &str =
    "; or write [[redirects]] in site.toml, below it from (this address) and to (where it leads)";

/// Messages about `content/record.lock` itself.
impl Diagnostic {
    /// A record that cannot be read.
    pub fn record_lock_broken(place: Place, reason: &Message) -> Diagnostic {
        Diagnostic::error(
            "record-lock-broken",
            place,
            format!("封存记录读不出来：{}", reason.zh),
            format!("the record cannot be read: {}", reason.en),
        )
        .help(
            "用版本管理取回上一次的 content/record.lock，再运行 plenary seal；同一个地址有两行时，留下与现在的网站相符的一行",
            "take the last content/record.lock from version control and run plenary seal again; where an address has two lines, keep the one that fits the site as it is",
        )
    }

    /// The marks of a merge that did not come to its end.
    pub fn record_lock_conflict(place: Place) -> Diagnostic {
        Diagnostic::error(
            "record-lock-conflict",
            place,
            "封存记录里有合并冲突".into(),
            "the record has a conflict that a merge left".into(),
        )
        .help(
            "删去 <<<<<<<、=======、>>>>>>> 三种标记行，两边的行都留下（同一个地址有两行时留一行），再运行 plenary seal",
            "remove the marks <<<<<<<, ======= and >>>>>>> and keep the lines of both sides (one where an address has two), then run plenary seal again",
        )
    }

    /// A record in a form that this program does not know.
    pub fn record_lock_version(place: Place) -> Diagnostic {
        Diagnostic::error(
            "record-lock-version",
            place,
            "封存记录的版本不是 version = 1，这个 plenary 读不了".into(),
            "the form of the record is not version = 1, which is what this plenary reads".into(),
        )
        .help(
            "换用写这份记录的 plenary，或更新的版本",
            "use the plenary that wrote the record, or a newer one",
        )
    }
}

/// Messages about addresses that have been sealed.
impl Diagnostic {
    fn sealed_gone(place: Place, address: &str, noun: &Message, name: &str, help: Message) -> Diagnostic {
        let (zh, en) = match name {
            "" => (noun.zh.clone(), noun.en.clone()),
            name => (format!("{}“{name}”", noun.zh), format!("{} “{name}”", noun.en)),
        };
        Diagnostic::error(
            "sealed-address-gone",
            place,
            format!("已发布的地址 {address} 会失效，那里是{zh}"),
            format!("the published address {address} would be gone; there stood {en}"),
        )
        .help(format!("{}{ELSEWHERE_ZH}", help.zh), format!("{}{ELSEWHERE_EN}", help.en))
    }

    /// A sealed speech of which nothing is left. `candidates` are files that may be it.
    pub fn sealed_speech_gone(
        place: Place,
        address: &str,
        noun: &Message,
        title: &str,
        candidates: &[&str],
    ) -> Diagnostic {
        let (zh, en) = match candidates {
            [] => ("现在的文件里".to_owned(), "the file that it is now".to_owned()),
            files => (format!(" {} 里", files.join(" 或 ")), files.join(" or ")),
        };
        let help = Message::new(
            format!(
                "改了名或挪了地方的：在{zh}写 aliases = [\"{address}\"]；要撤回的：放回原文件，写 [withdrawn] 和 date = …；误删的：放回原文件"
            ),
            format!(
                "renamed or moved: write aliases = [\"{address}\"] in {en}; withdrawn: put the file back and write [withdrawn] with date = …; deleted by mistake: put the file back"
            ),
        );
        Diagnostic::sealed_gone(place, address, noun, title, help)
    }

    /// A sealed meeting or standing page that is not there any more.
    pub fn sealed_file_gone(
        place: Place,
        address: &str,
        noun: &Message,
        name: &str,
        file: &str,
    ) -> Diagnostic {
        let help = Message::new(
            format!("改了名的：在现在的 {file} 里写 aliases = [\"{address}\"]；误删的：放回原文件"),
            format!(
                "renamed: write aliases = [\"{address}\"] in the {file} that it is now; deleted by mistake: put it back"
            ),
        );
        Diagnostic::sealed_gone(place, address, noun, name, help)
    }

    /// A sealed withdrawn speech whose notice is not there any more.
    pub fn sealed_notice_gone(place: Place, address: &str, noun: &Message) -> Diagnostic {
        let help = Message::new(
            format!("放回它的文件，[withdrawn] 留在里面；改了名的：写 aliases = [\"{address}\"]"),
            format!(
                "put its file back, with [withdrawn] in it; renamed: write aliases = [\"{address}\"] in it"
            ),
        );
        Diagnostic::sealed_gone(place, address, noun, "", help)
    }

    /// A sealed theme or group that no public speech has any more. `list` is its key in `site.toml`, where there is one.
    pub fn sealed_term_gone(
        place: Place,
        address: &str,
        noun: &Message,
        name: &str,
        list: Option<&str>,
    ) -> Diagnostic {
        let slug = address.trim_matches('/').rsplit('/').next().unwrap_or_default();
        let help = match list {
            Some(list) => Message::new(
                format!(
                    "改了名的：在 site.toml 的 [[{list}]] 里，给现在的名字写 slug = \"{slug}\"（地址不变）或 aliases = [\"{address}\"]"
                ),
                format!(
                    "renamed: below [[{list}]] of site.toml give the name that it has now slug = \"{slug}\" (the address stays) or aliases = [\"{address}\"]"
                ),
            ),
            None => Message::new(
                "改了名的：发言里写回原来的名字",
                "renamed: write the name in the speeches as it was",
            ),
        };
        Diagnostic::sealed_gone(place, address, noun, name, help)
    }

    /// A sealed speaker whom no public speech names any more.
    pub fn sealed_speaker_gone(place: Place, address: &str, noun: &Message, name: &str) -> Diagnostic {
        let slug = address.trim_matches('/').rsplit('/').next().unwrap_or_default();
        let help = Message::new(
            format!(
                "改了姓名或 key 的：建 content/speakers/{slug}.md，写现在的 name 和 key（地址不变），或在现有的发言人文件里写 aliases = [\"{address}\"]"
            ),
            format!(
                "another name or key: write content/speakers/{slug}.md with the name and key of now (the address stays), or aliases = [\"{address}\"] in the speaker's file"
            ),
        );
        Diagnostic::sealed_gone(place, address, noun, name, help)
    }

    /// A sealed speech that is a draft again, or waits again.
    pub fn sealed_speech_hidden(place: Place, address: &str, title: &str, file: &str) -> Diagnostic {
        Diagnostic::error(
            "sealed-speech-hidden",
            place,
            format!("发言“{title}”已发布在 {address}，现在又成了草稿或未到时间，地址会失效"),
            format!("the speech “{title}” has been published at {address} and is a draft or before its time again, so the address would be gone"),
        )
        .related(Place::file(file), "它的文件", "its file")
        .help(
            "删去 draft 或 publish_at；要撤回的，写 [withdrawn] 和 date = …",
            "remove draft or publish_at; to take it back, write [withdrawn] with date = …",
        )
    }

    /// A file whose speech was found again at another address.
    pub fn moved_address(place: Place, from: &str, to: &str, noun: &Message) -> Diagnostic {
        Diagnostic::notice(
            "moved-address",
            place,
            format!("{}换了地址，旧地址 {from} 会转到 {to}", noun.zh),
            format!("{} has another address; the old one, {from}, leads to {to}", noun.en),
        )
        .help(
            "不用改什么；发布后运行 plenary seal 记下来",
            "nothing is to be done; run plenary seal after publishing to note it",
        )
    }

    /// A new page at an address that leads to another one.
    pub fn old_address_taken(place: Place, address: &str, to: &str, sealed: Place) -> Diagnostic {
        Diagnostic::error(
            "old-address-taken",
            place,
            format!("{address} 是已发布的旧地址，会转到 {to}，不能再给别的页面用"),
            format!("{address} is a published old address that leads to {to}; no other page can have it"),
        )
        .related(sealed, "在这里封存", "sealed here")
        .help("换一个文件名或 slug", "choose another file name or slug")
    }
}

/// Messages about texts that have been sealed.
impl Diagnostic {
    /// A published text that is another one now.
    pub fn sealed_text_changed(place: Place, title: &str, sealed: Place) -> Diagnostic {
        Diagnostic::error(
            "sealed-text-changed",
            place,
            format!("已发布的发言“{title}”改了标题或正文，但没有写更正"),
            format!("the published speech “{title}” has another title or text, and no correction says so"),
        )
        .related(sealed, "封存时的正文", "the text as it was sealed")
        .help(
            "在文件的信息区末尾写 [[corrections]]，下面各占一行：date = 更正的日期、note = \"第2段：……\"、before = \"…\"、after = \"…\"；无意的改动请改回去",
            "write [[corrections]] at the end of the front matter with date, note, before and after, each on a line of its own; undo a change that was not meant",
        )
    }

    /// A published correction that is not there any more.
    pub fn sealed_correction_gone(place: Place, title: &str, sealed: Place) -> Diagnostic {
        Diagnostic::error(
            "sealed-correction-gone",
            place,
            format!("已发布的发言“{title}”少了一条更正"),
            format!("the published speech “{title}” has lost a correction"),
        )
        .related(sealed, "封存时的正文", "the text as it was sealed")
        .help("把删去的 [[corrections]] 写回来", "put the [[corrections]] back that was removed")
    }

    /// A file that has the text of another published address.
    pub fn sealed_text_elsewhere(place: Place, address: &str, other: &str, sealed: Place) -> Diagnostic {
        Diagnostic::error(
            "sealed-text-elsewhere",
            place,
            format!("{address} 会换成另一篇发言：这个文件里的正文已发布在 {other}"),
            format!("{address} would become another speech: the text of this file has been published at {other}"),
        )
        .related(sealed, "封存时的正文", "the text as it was sealed")
        .help(
            "文件名就是地址：改回原来的文件名，会议里的先后用 order 写",
            "a file's name is its address: give the files their names back, and write their order in the meeting as order",
        )
    }

    /// A sentence of a draft, an embargoed or a withdrawn speech that a file of the output has.
    pub fn hidden_text(source: &str, sentence: &str, file: &str) -> Diagnostic {
        Diagnostic::error(
            "hidden-text",
            Place::file(source),
            format!("这篇发言不公开，但 {file} 里有其中的句子：{sentence}"),
            format!("this speech is not public, but {file} has a sentence of it: {sentence}"),
        )
        .help(
            "看看 content/static/ 和附件里是不是放了这份材料，或者模板里抄了这句话；可以公开的话，就去掉 draft、publish_at 或 [withdrawn]",
            "see whether content/static/ or an attachment has this text, or a template repeats it; where it may be public, take draft, publish_at or [withdrawn] away",
        )
    }
}
