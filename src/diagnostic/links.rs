//! Messages about names, addresses and links that files have in common.

use super::{Diagnostic, Message, Place};

impl Diagnostic {
    /// A theme that the closed list of `site.toml` does not have.
    pub fn unknown_theme(place: Place, name: &str, nearest: Option<&str>) -> Diagnostic {
        let found = Diagnostic::error(
            "unknown-theme",
            place,
            format!("site.toml 的 [[themes]] 里没有主题 {name}"),
            format!("no theme {name} in [[themes]] of site.toml"),
        );
        match nearest {
            Some(near) => found.help(format!("是不是想写 {near}？"), format!("did you mean {near}?")),
            None => found.help(
                "改用已有的主题，或把它加进 site.toml",
                "use a theme of the list, or add this one to site.toml",
            ),
        }
    }

    /// A group that the closed list of `site.toml` does not have.
    pub fn unknown_group(place: Place, name: &str, nearest: Option<&str>) -> Diagnostic {
        let found = Diagnostic::error(
            "unknown-group",
            place,
            format!("site.toml 的 [[groups]] 里没有界别 {name}"),
            format!("no group {name} in [[groups]] of site.toml"),
        );
        match nearest {
            Some(near) => found.help(format!("是不是想写 {near}？"), format!("did you mean {near}?")),
            None => found.help(
                "改用已有的界别，或把它加进 site.toml",
                "use a group of the list, or add this one to site.toml",
            ),
        }
    }

    /// Two entries of one table with the same name.
    pub fn duplicate_name(place: Place, name: &str) -> Diagnostic {
        Diagnostic::error("duplicate-name", place, format!("{name} 写了两次"), format!("{name} stands twice"))
            .help("留下一个", "keep one of them")
    }

    /// A speaker's file that no speech names.
    pub fn unused_speaker_file(file: &str, name: &str) -> Diagnostic {
        Diagnostic::warning(
            "unused-speaker-file",
            Place::file(file),
            format!("没有公开的发言写着发言人 {name}，这个文件没有用上"),
            format!("no public speech names the speaker {name}, so this file is not used"),
        )
        .help("检查 name 和 key 是否与发言里的一致", "check that name and key are those of the speeches")
    }

    /// Two sources that claim one address.
    pub fn same_address(address: &str, first: (Place, Message), second: (Place, Message)) -> Diagnostic {
        Diagnostic::error(
            "same-address",
            second.0,
            format!("{}要用地址 {address}，但这个地址已经有主", second.1.zh),
            format!("{} wants the address {address}, which is taken", second.1.en),
        )
        .related(first.0, format!("{}在用它", first.1.zh), format!("{} has it", first.1.en))
        .help("改掉其中一个的文件名、slug 或 aliases", "change the file name, slug or alias of one of them")
    }

    /// A link to a page, file or anchor that is not there. `check` makes an error of it.
    pub fn broken_link(place: Place, target: &str) -> Diagnostic {
        Diagnostic::warning(
            "broken-link",
            place,
            format!("链接 {target} 指向的页面或文件不在网站里；发布时只留下文字"),
            format!("the link {target} leads to nothing in the site; only its text is published"),
        )
        .help(
            "改正链接，或检查它指向的发言是否是草稿",
            "correct the link, or see whether the speech it names is a draft",
        )
    }

    /// A link to a place in a page that is not there.
    pub fn broken_anchor(place: Place, target: &str) -> Diagnostic {
        Diagnostic::warning(
            "broken-anchor",
            place,
            format!("链接 {target} 的页面在，但里面没有 # 后面的位置"),
            format!("the page of {target} exists, but not the place after its #"),
        )
        .help(
            "段落的位置是 #p1、#p2……,标题的是 #s1、#s2……",
            "paragraphs are #p1, #p2 and so on, headings #s1, #s2",
        )
    }

    /// A link in a rendered page that leads nowhere; the fault of a Tera theme.
    /// `others` are the pages besides `page` that have it.
    pub fn broken_output_link(page: &str, target: &str, others: usize) -> Diagnostic {
        let (zh, en) = match others {
            0 => (String::new(), String::new()),
            _ => (format!("；另有 {others} 个页面也是这样"), format!("; so do {others} other pages")),
        };
        Diagnostic::error(
            "broken-output-link",
            Place::file(page),
            format!("模板写进页面的链接 {target} 指向不存在的页面、文件或位置{zh}"),
            format!("the Tera theme wrote the link {target}, which leads to nothing in the site{en}"),
        )
        .help(
            "在模板里用 link(to=…) 和 asset(path=…),不要手写地址",
            "use link(to=…) and asset(path=…) in the template instead of writing addresses",
        )
    }
}
