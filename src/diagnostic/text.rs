//! Messages about the text of speeches and pages.

use super::{Diagnostic, Message, Place};

impl Diagnostic {
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

    /// A number that seems to belong to a person. `masked` is the number with its middle hidden.
    pub fn personal_number(place: Place, kind: &Message, masked: &str) -> Diagnostic {
        Diagnostic::warning(
            "personal-number",
            place,
            format!("这里像是{} {masked}", kind.zh),
            format!("this looks like {}: {masked}", kind.en),
        )
        .help(
            "删去它，或隐去中间几位；确实要公开的号码（如办公电话）写进 site.toml：public_numbers = [\"…\"]",
            "remove it or hide its middle; a number meant for everybody, such as an office's telephone, goes into site.toml: public_numbers = [\"…\"]",
        )
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
}
