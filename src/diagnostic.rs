//! Every message that an editor can get: one named constructor each.
//!
//! A message says what is wrong and what to write instead, in Chinese and in English.
//! Its `code` is also the name of the folder in `tests/broken/` that shows it.

use std::ops::Range;

/// How much a diagnostic stands in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is published until it is put right.
    Error,
    /// Published all the same; shown by `build` and `check`.
    Warning,
    /// Worth a look; shown by `check` only.
    Notice,
}

/// One text in the languages that the command line speaks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Message {
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Message {
    /// A message from its two texts.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Message {
        Message { zh: zh.into(), en: en.into() }
    }
}

/// Where in the sources something is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Path relative to the site's folder, with forward slashes.
    pub file: String,
    /// Bytes of the file; none where the whole file is meant.
    pub span: Option<(usize, usize)>,
}

impl Place {
    /// The whole file.
    pub fn file(file: impl Into<String>) -> Place {
        Place { file: file.into(), span: None }
    }

    /// Some bytes of a file.
    pub fn span(file: impl Into<String>, span: Range<usize>) -> Place {
        Place { file: file.into(), span: Some((span.start, span.end)) }
    }
}

/// One finding about one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How much it stands in the way.
    pub severity: Severity,
    /// Stable kebab-case name.
    pub code: &'static str,
    /// What is wrong.
    pub message: Message,
    /// Where.
    pub place: Place,
    /// What to write instead.
    pub help: Option<Message>,
    /// Other places that have to do with it, each with a word about why.
    pub related: Vec<(Place, Message)>,
}

impl Diagnostic {
    fn new(severity: Severity, code: &'static str, place: Place, zh: String, en: String) -> Diagnostic {
        Diagnostic { severity, code, message: Message { zh, en }, place, help: None, related: Vec::new() }
    }

    fn error(code: &'static str, place: Place, zh: String, en: String) -> Diagnostic {
        Diagnostic::new(Severity::Error, code, place, zh, en)
    }

    fn warning(code: &'static str, place: Place, zh: String, en: String) -> Diagnostic {
        Diagnostic::new(Severity::Warning, code, place, zh, en)
    }

    fn notice(code: &'static str, place: Place, zh: String, en: String) -> Diagnostic {
        Diagnostic::new(Severity::Notice, code, place, zh, en)
    }

    fn help(mut self, zh: impl Into<String>, en: impl Into<String>) -> Diagnostic {
        self.help = Some(Message::new(zh, en));
        self
    }

    fn related(mut self, place: Place, zh: impl Into<String>, en: impl Into<String>) -> Diagnostic {
        self.related.push((place, Message::new(zh, en)));
        self
    }

    // Files.

    /// The site has no `content/site.toml`.
    pub fn no_site_toml() -> Diagnostic {
        Diagnostic::error(
            "no-site-toml",
            Place::file("content/site.toml"),
            "找不到网站设置 content/site.toml".into(),
            "there is no content/site.toml".into(),
        )
        .help(
            "在网站文件夹里运行，或用 --root 指出网站文件夹；新网站请先写 content/site.toml，至少有 title 和 base_url",
            "run inside the site's folder or name it with --root; a new site needs a content/site.toml with at least title and base_url",
        )
    }

    /// A text file is not UTF-8. `guess` names the encoding it looks like, `line` is the first that cannot be read.
    pub fn not_utf8(file: &str, guess: &str, line: usize) -> Diagnostic {
        Diagnostic::error(
            "not-utf8",
            Place::file(file),
            format!("不是 UTF-8 文件（第 {line} 行读不出来），看起来是 {guess}"),
            format!("not a UTF-8 file (unreadable in line {line}); it looks like {guess}"),
        )
        .help(
            format!("用编辑器另存为 UTF-8，或在终端运行：iconv -f {guess} -t UTF-8 旧文件 > 新文件；也可用 plenary import 导入，它会写成 UTF-8"),
            format!("save it as UTF-8 in your editor, or run: iconv -f {guess} -t UTF-8 OLD > NEW; plenary import reads it as well and writes UTF-8"),
        )
    }

    /// A file could not be read.
    pub fn unreadable(file: &str, reason: &str) -> Diagnostic {
        Diagnostic::error(
            "unreadable",
            Place::file(file),
            format!("读不了这个文件：{reason}"),
            format!("cannot read this file: {reason}"),
        )
        .help("检查文件的权限", "check the file's permissions")
    }

    /// A symlink, a device or another special file among the sources.
    pub fn special_file(file: &str) -> Diagnostic {
        Diagnostic::error(
            "special-file",
            Place::file(file),
            "这是符号链接或特殊文件，plenary 只读普通文件".into(),
            "this is a symbolic link or a special file; plenary reads ordinary files only".into(),
        )
        .help("换成文件本身", "put the file itself here")
    }

    /// Two file names that differ only in how accents are composed.
    pub fn twin_names(file: &str, other: &str) -> Diagnostic {
        Diagnostic::error(
            "twin-names",
            Place::file(file),
            "两个文件的名字看起来一样（只是字符组合方式不同）".into(),
            "two files have names that look the same (composed differently)".into(),
        )
        .related(Place::file(other), "另一个文件", "the other file")
        .help("改掉其中一个名字", "rename one of them")
    }

    /// A name that leaves nothing for an address.
    pub fn no_address(place: Place, name: &str) -> Diagnostic {
        Diagnostic::error(
            "no-address",
            place,
            format!("{name} 里没有能用作地址的字"),
            format!("there is nothing in {name} to make an address of"),
        )
        .help("文件改用字母、数字或汉字命名；主题和界别可在 site.toml 里写 slug", "name the file with letters, digits or Han characters; themes and groups can have a slug in site.toml")
    }

    /// A file that plenary has no use for.
    pub fn unknown_file(file: &str) -> Diagnostic {
        Diagnostic::warning(
            "unknown-file",
            Place::file(file),
            "plenary 不知道这个文件是做什么的，没有发布它".into(),
            "plenary has no use for this file and did not publish it".into(),
        )
        .help(
            "发言放在 content/meetings/<会议>/ 下；原样发布的文件放在 content/static/ 下",
            "speeches belong in content/meetings/<meeting>/; files to publish as they are belong in content/static/",
        )
    }

    /// A name that some systems cannot carry.
    pub fn unportable_name(file: &str) -> Diagnostic {
        Diagnostic::error(
            "unportable-name",
            Place::file(file),
            "这个文件名在 Windows 或网址里不能用".into(),
            "this file name cannot be used on Windows or in an address".into(),
        )
        .help(
            "文件名里不要有 < > : \" | ? * \\，不要以句点或空格结尾，不要用 CON、NUL 之类的设备名",
            "leave out < > : \" | ? * \\, do not end with a dot or blank, and avoid device names such as CON or NUL",
        )
    }

    /// A meeting's folder without `_index.md`.
    pub fn no_meeting_index(file: &str) -> Diagnostic {
        Diagnostic::error(
            "no-meeting-index",
            Place::file(file),
            "这个会议文件夹里没有 _index.md".into(),
            "this meeting's folder has no _index.md".into(),
        )
        .help("写一个 _index.md,至少有 title 和 date", "write one with at least title and date")
    }

    // Front matter.

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
            "例如 2025-01-10T08:00:00 或 2025-01-10T08:00:00+08:00",
            "such as 2025-01-10T08:00:00 or 2025-01-10T08:00:00+08:00",
        )
    }

    /// A key that must be there.
    pub fn missing_key(place: Place, key: &str, example: &str) -> Diagnostic {
        Diagnostic::error("missing-key", place, format!("缺少 {key}"), format!("{key} is missing"))
            .help(format!("加上一行，例如：{example}"), format!("add it, for example: {example}"))
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

    // Links between files.

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
    pub fn broken_output_link(page: &str, target: &str) -> Diagnostic {
        Diagnostic::error(
            "broken-output-link",
            Place::file(page),
            format!("模板写进页面的链接 {target} 指向不存在的页面、文件或位置"),
            format!("the Tera theme wrote the link {target}, which leads to nothing in the site"),
        )
        .help(
            "在模板里用 link(to=…) 和 asset(path=…),不要手写地址",
            "use link(to=…) and asset(path=…) in the template instead of writing addresses",
        )
    }

    // Pictures.

    /// A picture without words for those who do not see it. `check` makes an error of it.
    pub fn missing_alt(place: Place, target: &str) -> Diagnostic {
        Diagnostic::warning(
            "missing-alt",
            place,
            format!("图片 {target} 没有替代文字，看不到图的读者不知道它是什么"),
            format!("the picture {target} has no text for readers who do not see it"),
        )
        .help(
            "在方括号里写一句图上有什么，例如：![代表在社区食堂与老人交谈](photo.jpg)",
            "say between the brackets what it shows, such as: ![A member talks with diners in the canteen](photo.jpg)",
        )
    }

    /// A file that is shown as a picture and is none. `shown` is the place in a text.
    pub fn broken_picture(file: &str, reason: &Message, shown: Place) -> Diagnostic {
        Diagnostic::error(
            "broken-picture",
            Place::file(file),
            format!("这张图片显示不了：{}", reason.zh),
            format!("this picture cannot be shown: {}", reason.en),
        )
        .related(shown, "这里要显示它", "it is shown here")
        .help(
            "用看图软件另存为 JPEG 或 PNG，再放回原处",
            "save it as JPEG or PNG in a picture program and put it back",
        )
    }

    /// A picture with more pixels than are read: width and height, and the limit in millions. `shown` is the place in a text.
    pub fn huge_picture(file: &str, (width, height): (u32, u32), limit: u64, shown: Place) -> Diagnostic {
        Diagnostic::error(
            "huge-picture",
            Place::file(file),
            format!("这张图片有 {width}×{height} 像素，总数不能超过 {limit}00 万"),
            format!("this picture has {width}×{height} pixels; {limit} million are the most"),
        )
        .related(shown, "这里要显示它", "it is shown here")
        .help(
            "在看图软件里缩小后再放回原处，2000 像素宽就够清楚",
            "make it smaller in a picture program; 2,000 pixels across are plenty",
        )
    }

    /// No font of the system has the characters of the site's language.
    pub fn no_share_font() -> Diagnostic {
        Diagnostic::warning(
            "no-share-font",
            Place::file(crate::content::site_config::SITE_TOML),
            "系统里没有找到有中文的字体，这次没有画分享图".into(),
            "no font of this system has the characters of the site's language; share pictures were left out".into(),
        )
        .help(
            "装一种中文字体（Debian、Ubuntu：apt install fonts-noto-cjk），或在 site.toml 写 [share_pictures] font = \"字体文件\"；不要分享图就写 enabled = false",
            "install one (Debian, Ubuntu: apt install fonts-noto-cjk), or write [share_pictures] font = \"FILE\" in site.toml, or enabled = false to do without",
        )
    }

    /// The font file that `site.toml` names cannot be used.
    pub fn wrong_share_font(place: Place, path: &str, reason: &Message) -> Diagnostic {
        Diagnostic::error(
            "wrong-share-font",
            place,
            format!("字体 {path} {}", reason.zh),
            format!("the font {path} {}", reason.en),
        )
        .help(
            "写 TTF、OTF 或 TTC 文件相对于网站文件夹的路径；删去这一行就用系统的字体",
            "give the path of a TTF, OTF or TTC file below the site's folder, or remove the line to use a font of the system",
        )
    }

    // Text.

    /// A character that must not be in a text.
    pub fn control_character(place: Place, code: u32) -> Diagnostic {
        Diagnostic::error(
            "control-character",
            place,
            format!("这里有不能发布的控制字符 U+{code:04X}"),
            format!("there is a control character U+{code:04X} here that cannot be published"),
        )
        .help("删去它", "remove it")
    }

    /// A character that readers cannot see or that will look different for others.
    pub fn odd_character(place: Place, code: u32, what: &Message) -> Diagnostic {
        Diagnostic::notice(
            "odd-character",
            place,
            format!("这里有{} U+{code:04X}", what.zh),
            format!("there is {} U+{code:04X} here", what.en),
        )
        .help("删去它，或换成普通字符", "remove it or put an ordinary character in its place")
    }

    /// HTML in a text, printed as plain text.
    pub fn raw_html(place: Place) -> Diagnostic {
        Diagnostic::warning(
            "raw-html",
            place,
            "正文里有 HTML,没有执行，按文字原样显示".into(),
            "there is HTML in the text; it is shown as plain text and does nothing".into(),
        )
        .help("改用 Markdown 写法，或删去", "write Markdown instead, or remove it")
    }

    /// An HTML comment in a text, left out.
    pub fn html_comment(place: Place) -> Diagnostic {
        Diagnostic::notice(
            "html-comment",
            place,
            "正文里有 HTML 注释，没有发布".into(),
            "there is an HTML comment in the text; it is not published".into(),
        )
        .help("不需要的话删去它", "remove it if it is not needed")
    }

    /// A link whose scheme could run something.
    pub fn unsafe_link(place: Place, target: &str) -> Diagnostic {
        Diagnostic::warning(
            "unsafe-link",
            place,
            format!("链接 {target} 的协议不允许，发布时只留下文字"),
            format!("the scheme of the link {target} is not allowed; only its text is published"),
        )
        .help(
            "只能用 http、https、mailto、tel 或站内链接",
            "use http, https, mailto, tel or a link within the site",
        )
    }

    /// Quotes, lists or other blocks nested deeper than a page can carry.
    pub fn too_deep(place: Place, limit: usize) -> Diagnostic {
        Diagnostic::error(
            "too-deep",
            place,
            format!("引用、列表等嵌套超过 {limit} 层"),
            format!("quotes, lists and the like are nested deeper than {limit} levels"),
        )
        .help("去掉多余的 > 或缩进", "take out superfluous > or indentation")
    }

    /// Markdown that will not do what its author means.
    pub fn markdown_trap(place: Place, what: Message, help: Message) -> Diagnostic {
        Diagnostic::notice("markdown-trap", place, what.zh, what.en).help(help.zh, help.en)
    }

    // Tera themes and output.

    /// A Tera theme that is neither in `themes/` nor built in.
    pub fn no_tera_theme(place: Place, name: &str) -> Diagnostic {
        Diagnostic::error(
            "no-tera-theme",
            place,
            format!("没有名叫 {name} 的模板"),
            format!("there is no Tera theme {name}"),
        )
        .help(
            "放在 themes/<名字>/ 下，里面要有 theme.toml;自带的一套叫 default",
            "put it in themes/<name>/ with a theme.toml; the one built in is called default",
        )
    }

    /// Tera themes that extend each other in a ring.
    pub fn tera_theme_ring(place: Place, name: &str) -> Diagnostic {
        Diagnostic::error(
            "tera-theme-ring",
            place,
            format!("模板 {name} 绕了一圈又继承自己"),
            format!("the Tera theme {name} extends itself in a ring"),
        )
        .help("改掉 theme.toml 里的 extends", "change extends in theme.toml")
    }

    /// A template that cannot be parsed.
    pub fn template_syntax(place: Place, reason: &str) -> Diagnostic {
        Diagnostic::error(
            "template-syntax",
            place,
            format!("模板写法有误：{reason}"),
            format!("template syntax: {reason}"),
        )
        .help("对照 Tera 的写法改正这一处", "correct it by Tera's rules")
    }

    /// A template that failed on a page.
    pub fn template_failed(place: Place, reason: &str, page: &str) -> Diagnostic {
        Diagnostic::error(
            "template-failed",
            place,
            format!("渲染 {page} 时模板出错：{reason}"),
            format!("while rendering {page}: {reason}"),
        )
        .help(
            "模板里能用的变量写在 src/pages/view.rs 和 README 里",
            "the variables of templates are documented in src/pages/view.rs and the README",
        )
    }

    /// A rendered page that is nested too deeply for the minifier.
    pub fn page_too_deep(page: &str, limit: usize) -> Diagnostic {
        Diagnostic::error(
            "page-too-deep",
            Place::file(page),
            format!("渲染出的页面嵌套超过 {limit} 层"),
            format!("the rendered page is nested deeper than {limit} levels"),
        )
        .help("检查模板里的循环是否漏了结束标签", "see whether a loop in the template forgets a closing tag")
    }

    /// The output folder is not ours to write into.
    pub fn output_refused(folder: &str, reason: &Message) -> Diagnostic {
        Diagnostic::error(
            "output-refused",
            Place::file(folder),
            format!("不往这个文件夹写：{}", reason.zh),
            format!("will not write into this folder: {}", reason.en),
        )
        .help("换一个空文件夹，例如 --output public", "choose an empty folder, such as --output public")
    }

    /// Writing failed.
    pub fn unwritable(file: &str, reason: &str) -> Diagnostic {
        Diagnostic::error(
            "unwritable",
            Place::file(file),
            format!("写不了：{reason}"),
            format!("cannot write: {reason}"),
        )
        .help("检查磁盘空间和权限", "check the disk space and the permissions")
    }
}
