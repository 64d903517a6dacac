//! Messages about front matter and settings.

use super::{Diagnostic, Message, Place};

impl Diagnostic {
    /// A file that begins without a fence.
    pub fn no_front_matter(file: &str) -> Diagnostic {
        Diagnostic::error(
            "no-front-matter",
            Place::span(file, 0..0),
            "文件开头没有信息区".into(),
            "the file does not begin with front matter".into(),
        )
        .help(
            "第一行写 +++，接着是 title = \"…\" 等各项，再写一行 +++，然后是正文",
            "begin with a line +++, then title = \"…\" and so on, then another line +++, then the text",
        )
    }

    /// The closing fence is missing.
    pub fn unclosed_front_matter(place: Place, fence: &str) -> Diagnostic {
        Diagnostic::error(
            "unclosed-front-matter",
            place,
            format!("信息区从这里开始，但没有找到结尾的 {fence}"),
            format!("the front matter begins here, but its closing {fence} is missing"),
        )
        .help(
            format!("在各项之后、正文之前单独写一行 {fence}"),
            format!("write a line {fence} after the keys and before the text"),
        )
    }

    /// A fence with too many signs.
    pub fn bad_fence(place: Place, fence: &str) -> Diagnostic {
        Diagnostic::error(
            "bad-fence",
            place,
            format!("信息区的分隔行应当恰好是 {fence}"),
            format!("the fence of the front matter must be exactly {fence}"),
        )
        .help(format!("把这一行改成 {fence}"), format!("change this line to {fence}"))
    }

    /// TOML or YAML that cannot be read.
    pub fn syntax(place: Place, format: &str, reason: &str, full_width: Option<char>) -> Diagnostic {
        let found = Diagnostic::error(
            "syntax",
            place,
            format!("{format} 写法有误：{reason}"),
            format!("{format} syntax: {reason}"),
        );
        match full_width {
            Some(c) => found.help(
                format!("这一行用了全角的 {c}，键、等号、引号和括号要用半角"),
                format!("this line has a full-width {c}; keys, equal signs, quotes and brackets must be half-width"),
            ),
            None => found.help("文字要放在半角引号里，例如 title = \"…\"", "texts go between straight quotes, such as title = \"…\""),
        }
    }

    /// A key that nothing reads.
    pub fn unknown_key(place: Place, key: &str, nearest: Option<&str>, known: &[&str]) -> Diagnostic {
        let found = Diagnostic::error(
            "unknown-key",
            place,
            format!("不认识的键 {key}"),
            format!("unknown key {key}"),
        );
        match nearest {
            Some(near) => found.help(format!("是不是想写 {near}？"), format!("did you mean {near}?")),
            None => found.help(
                format!("这里可用的键：{}", known.join("、")),
                format!("keys that can stand here: {}", known.join(", ")),
            ),
        }
    }

    /// A key that stands twice.
    pub fn duplicate_key(place: Place, key: &str) -> Diagnostic {
        Diagnostic::error(
            "duplicate-key",
            place,
            format!("键 {key} 写了两次"),
            format!("the key {key} stands twice"),
        )
        .help("留下一个", "keep one of them")
    }

    /// A value of the wrong kind.
    pub fn wrong_kind(place: Place, key: &str, expected: &Message, example: &str) -> Diagnostic {
        Diagnostic::error(
            "wrong-kind",
            place,
            format!("{key} 应当是{}", expected.zh),
            format!("{key} must be {}", expected.en),
        )
        .help(format!("例如：{example}"), format!("for example: {example}"))
    }

    /// A value that is none of those allowed.
    pub fn wrong_choice(place: Place, key: &str, value: &str, choices: &[&str]) -> Diagnostic {
        Diagnostic::error(
            "wrong-choice",
            place,
            format!("{key} 不能是 {value}"),
            format!("{key} cannot be {value}"),
        )
        .help(format!("可以是：{}", choices.join("、")), format!("it can be: {}", choices.join(", ")))
    }

    /// A date that does not exist or cannot be read.
    pub fn wrong_date(place: Place, key: &str, value: &str) -> Diagnostic {
        Diagnostic::error(
            "wrong-date",
            place,
            format!("{key} 的值 {value} 不是一个存在的日期"),
            format!("{value} is not an existing date, in {key}"),
        )
        .help(
            "按 年-月-日 写，例如 2025-01-09，或 \"2025年1月9日\"",
            "write year-month-day, such as 2025-01-09",
        )
    }

    /// A point in time that cannot be read.
    pub fn wrong_time(place: Place, key: &str, value: &str) -> Diagnostic {
        Diagnostic::error(
            "wrong-time",
            place,
            format!("{key} 的值 {value} 不是一个时间"),
            format!("{value} is not a point in time, in {key}"),
        )
        .help(
            "例如 2026-03-05T09:00:00（按网站的时区）、2026-03-05T09:00:00+08:00 或 2026-03-05",
            "such as 2026-03-05T09:00:00 (in the site's time zone), 2026-03-05T09:00:00+08:00 or 2026-03-05",
        )
    }

    /// A key that must be there.
    pub fn missing_key(place: Place, key: &str, example: &str) -> Diagnostic {
        Diagnostic::error("missing-key", place, format!("缺少 {key}"), format!("{key} is missing"))
            .help(format!("加上一行，例如：{example}"), format!("add it, for example: {example}"))
    }

    /// A fact that the site's profile requires.
    pub fn missing_in_profile(place: Place, key: &str, example: &str) -> Diagnostic {
        Diagnostic::warning(
            "missing-in-profile",
            place,
            format!("政府网站(profile = \"gov\")要有 {key}"),
            format!("a government's site (profile = \"gov\") needs {key}"),
        )
        .help(
            format!("在 [footer] 下加上一行，例如：{example}"),
            format!("add below [footer], for example: {example}"),
        )
    }

    /// An identification code that cannot be one.
    pub fn wrong_site_code(place: Place, code: &str) -> Diagnostic {
        Diagnostic::warning(
            "wrong-site-code",
            place,
            format!("网站标识码应当是十位，这里是“{code}”"),
            format!("a site's identification code has ten digits, this is “{code}”"),
        )
        .help(
            "照主管部门给的标识码填写，例如 site_code = \"4201000000\"",
            "write the code that the authority gave, such as site_code = \"4201000000\"",
        )
    }

    /// A meeting to keep for reading without a network, and there is none of this name.
    pub fn unknown_meeting(place: Place, name: &str, nearest: Option<&str>) -> Diagnostic {
        let found = Diagnostic::error(
            "unknown-meeting",
            place,
            format!("没有叫“{name}”的会议"),
            format!("there is no meeting named “{name}”"),
        );
        match nearest {
            Some(near) => found.help(format!("是不是“{near}”？"), format!("did you mean “{near}”?")),
            None => found.help(
                "写 content/meetings/ 下会议文件夹的名字",
                "write the name of the meeting's folder in content/meetings/",
            ),
        }
    }

    /// A key that is there but empty.
    pub fn empty_value(place: Place, key: &str) -> Diagnostic {
        Diagnostic::error("empty-value", place, format!("{key} 是空的"), format!("{key} is empty"))
            .help("写上内容，或删去这一行", "fill it in or remove the line")
    }

    /// The folder for temporary files has no room for the search index.
    pub fn no_scratch(reason: &str) -> Diagnostic {
        Diagnostic::error(
            "no-scratch",
            Place::file(crate::content::site_config::SITE_TOML),
            format!("搜索索引用的临时文件写不了：{reason}"),
            format!("the temporary file of the search index cannot be written: {reason}"),
        )
        .help(
            "在临时文件夹腾出空间，或用环境变量 TMPDIR 指定另一个文件夹",
            "make room in the folder for temporary files, or name another one in the variable TMPDIR",
        )
    }

    /// A saved search that asks for nothing.
    pub fn empty_query(place: Place, query: &str) -> Diagnostic {
        Diagnostic::error(
            "empty-query",
            place,
            format!("“{query}” 里没有要查找的词"),
            format!("“{query}” has no word to look for"),
        )
        .help(
            "写上至少一个要查找的词，例如：query = \"低空经济\"",
            "write at least one word to look for, for example: query = \"低空经济\"",
        )
    }

    /// A speech without a speaker.
    pub fn missing_speaker(place: Place) -> Diagnostic {
        Diagnostic::error("missing-speaker", place, "没有写发言人".into(), "the speech has no speaker".into())
            .help(
                "加上两行：[speaker] 和 name = \"…\"（还没定稿的可以写 draft = true）",
                "add two lines: [speaker] and name = \"…\" (an unfinished speech may say draft = true)",
            )
    }

    /// Both `[speaker]` and `[[speakers]]`.
    pub fn two_speaker_tables(place: Place) -> Diagnostic {
        Diagnostic::error(
            "two-speaker-tables",
            place,
            "[speaker] 和 [[speakers]] 不能同时写".into(),
            "[speaker] and [[speakers]] cannot stand together".into(),
        )
        .help("几个人的联合发言只写 [[speakers]]", "a joint speech has [[speakers]] only")
    }

    /// An address that is none.
    pub fn wrong_url(place: Place, key: &str, value: &str) -> Diagnostic {
        Diagnostic::error(
            "wrong-url",
            place,
            format!("{key} 的值 {value} 不是网址"),
            format!("{value} is not a web address, in {key}"),
        )
        .help(
            "以 https:// 或 http:// 开头，例如 https://fayan.example.cn/",
            "begin with https:// or http://, such as https://speeches.example.org/",
        )
    }

    /// A `slug` or alias with other characters than an address can have.
    pub fn wrong_address(place: Place, key: &str, value: &str) -> Diagnostic {
        Diagnostic::error(
            "wrong-address",
            place,
            format!("{key} 的值 {value} 不能用作地址"),
            format!("{value} cannot be an address, in {key}"),
        )
        .help(
            "slug 只用小写字母、数字和连字符；aliases 以 / 开头，不含 ..",
            "a slug has lower-case letters, digits and hyphens; an alias begins with / and has no ..",
        )
    }

    /// A time zone that does not exist.
    pub fn wrong_time_zone(place: Place, value: &str) -> Diagnostic {
        Diagnostic::error(
            "wrong-time-zone",
            place,
            format!("没有时区 {value}"),
            format!("there is no time zone {value}"),
        )
        .help("例如 Asia/Shanghai", "such as Asia/Shanghai")
    }
}
