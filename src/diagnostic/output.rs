//! Messages about Tera themes and what is written.

use super::{Diagnostic, Message, Place, Severity};

impl Diagnostic {
    /// A Tera theme that is neither in `themes/` nor built in.
    pub fn no_tera_theme(place: Place, name: &str) -> Diagnostic {
        Diagnostic::error(
            "no-tera-theme",
            place,
            format!("没有名叫 {name} 的模板"),
            format!("there is no Tera theme {name}"),
        )
        .help(
            "放在 themes/<名字>/ 下，里面要有 theme.toml；自带的有 default 和大字版 plain",
            "put it in themes/<name>/ with a theme.toml; default and plain (large print) are built in",
        )
    }

    /// A new Tera theme whose folder is there already, or whose name is that of a built-in one.
    pub fn tera_theme_exists(folder: &str) -> Diagnostic {
        Diagnostic::error(
            "tera-theme-exists",
            Place::file(folder),
            "已经有这个名字的模板".into(),
            "there is a Tera theme of this name".into(),
        )
        .help("换一个名字", "choose another name")
    }

    /// A name for a new Tera theme that a folder cannot have everywhere.
    pub fn wrong_tera_theme_name(name: &str) -> Diagnostic {
        Diagnostic::error(
            "wrong-tera-theme-name",
            Place::file("themes"),
            format!("{name} 不能用作模板的名字"),
            format!("{name} cannot be the name of a Tera theme"),
        )
        .help(
            "名字也是文件夹的名字：不以点开头，不含 / \\ : * ? \" < > |",
            "it is also the name of a folder: no dot at its beginning, none of / \\ : * ? \" < > |",
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

    /// Something of the site that a host it names does not take.
    pub fn host_limit(place: Place, host: &str, what: &Message) -> Diagnostic {
        Diagnostic::warning(
            "host-limit",
            place,
            format!("{host}：{}", what.zh),
            format!("{host}: {}", what.en),
        )
    }

    /// Something at a published address that is not as it should be; the codes are told in `src/deployed/`.
    pub fn deployed(
        code: &'static str,
        severity: Severity,
        url: &str,
        what: Message,
        help: Message,
    ) -> Diagnostic {
        Diagnostic::new(severity, code, Place::file(url), what.zh, what.en).help(help.zh, help.en)
    }
}
