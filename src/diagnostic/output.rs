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

    /// A page that takes more time or memory than any page may.
    pub fn template_endless(place: Place, reason: &Message, page: &str) -> Diagnostic {
        Diagnostic::error(
            "template-endless",
            place,
            format!("渲染 {page}：{}", reason.zh),
            format!("while rendering {page}: {}", reason.en),
        )
        .help(
            "看看模板里的循环：是不是一层套一层，或者每次都把一段文字加长",
            "look at the loops of the template: one within another, or a text that grows with each round",
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

    /// Another build writes into the output folder.
    pub fn output_busy(folder: &str) -> Diagnostic {
        Diagnostic::error(
            "output-busy",
            Place::file(folder),
            "另一个 plenary 正在往这个文件夹写".into(),
            "another plenary is writing into this folder".into(),
        )
        .help("等它结束后再运行一次", "wait until it has ended, then run this again")
    }

    /// Files in the output folder that plenary did not write, `count` of them, of which `paths` are the first.
    pub fn foreign_files(folder: &str, paths: &[String], count: usize) -> Diagnostic {
        let names = paths.join("、");
        let names_en = paths.join(", ");
        Diagnostic::error(
            "foreign-files",
            Place::file(folder),
            format!("里面有 {count} 个不是 plenary 写的文件：{names}"),
            format!("it has {count} files that plenary did not write: {names_en}"),
        )
        .help(
            format!("要发布的放进 content/static/；要留在这里的写进 site.toml：[output] keep = [\"{}\"]；不要的删掉", paths[0]),
            format!("put what is to be published into content/static/; name what is to stay here in site.toml: [output] keep = [\"{}\"]; remove the rest", paths[0]),
        )
    }

    /// A site that has lost more than `limit` of a hundred of its pages.
    pub fn site_shrunk(before: usize, after: usize, limit: usize) -> Diagnostic {
        Diagnostic::error(
            "site-shrunk",
            Place::file("content"),
            format!("网页从 {before} 个减到 {after} 个，少了超过 {limit}%，没有发布"),
            format!("the pages went from {before} to {after}, more than {limit} % fewer; nothing was published"),
        )
        .help(
            "看看 content/ 里是不是少了文件；确实要减少，就运行 plenary build --allow-shrink",
            "see whether files are missing in content/; where the loss is meant, run plenary build --allow-shrink",
        )
    }

    /// A site made ready that has not the files that it was planned to have.
    pub fn site_incomplete(folder: &str, planned: usize, found: usize) -> Diagnostic {
        Diagnostic::error(
            "site-incomplete",
            Place::file(folder),
            format!("准备好的新网站应有 {planned} 个文件，实有 {found} 个，没有发布"),
            format!("the new site was to have {planned} files and has {found}; nothing was published"),
        )
        .help(
            "可能有别的程序动了这个文件夹；请再运行一次 plenary build",
            "another program may have changed this folder; run plenary build again",
        )
    }

    /// A publication that stopped on its way.
    pub fn half_published(file: &str, reason: &str) -> Diagnostic {
        Diagnostic::error(
            "half-published",
            Place::file(file),
            format!("新网站还没有换完，这里写不了：{reason}"),
            format!("the new site is only partly in place; cannot write here: {reason}"),
        )
        .help(
            "检查磁盘空间和权限，再运行一次 plenary build，会接着换完",
            "check the disk space and the permissions and run plenary build again, which brings it to its end",
        )
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
