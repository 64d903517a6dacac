//! The command line.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::report;

/// plenary: 把发言汇编变成网站。A static site generator for the public record of speeches.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 生成网站。Builds the site into the output folder.
    Build(BuildArguments),
    /// 检查网站，不写任何文件。Finds all that build finds, and broken links; writes nothing.
    Check(CheckArguments),
    /// 在本机预览，不写任何文件。Shows the site on this machine as it will be published; writes nothing.
    Serve(ServeArguments),
    /// 导入一份会议发言材料。Reads a proceedings document into content/.
    Import(ImportArguments),
    /// 封存：记下已发布的地址和正文，以后不会失效。Notes what has been published in content/record.lock.
    Seal(SiteArguments),
    /// 外观模板。Tera themes: how a site looks.
    Theme(TeraThemeArguments),
}

/// Which site, and how it is looked at.
#[derive(Debug, Clone, Args)]
pub struct SiteArguments {
    /// 网站文件夹。The site's folder.
    #[arg(long, default_value = ".")]
    pub root: PathBuf,
    /// 草稿和未到时间的发言也显示。Shows drafts and embargoed speeches as well.
    #[arg(long)]
    pub drafts: bool,
    /// 当作这个时间来生成。Builds as if it were this time, such as "2026-03-05 09:00".
    #[arg(long)]
    pub now: Option<String>,
    /// 线程数，默认用全部处理器。Number of threads; default: all processors.
    #[arg(long)]
    pub threads: Option<usize>,
    /// 正文、网页和搜索索引各占内存的上限（MB），超出部分暂存到临时文件。Memory for texts, for pages and for the search index in MB each; more goes to a temporary file.
    #[arg(long, default_value_t = 16)]
    pub memory: usize,
    /// How messages are printed.
    #[command(flatten)]
    pub messages: MessageArguments,
}

/// How messages are printed.
#[derive(Debug, Clone, Copy, Args)]
pub struct MessageArguments {
    /// 信息的格式。Format of messages.
    #[arg(long, value_enum, default_value = "full")]
    pub format: FormatArgument,
    /// 信息的语言，默认按系统语言（LANG）。Language of messages; default: the system's, else Chinese.
    #[arg(long, value_enum)]
    pub lang: Option<LanguageArgument>,
}

/// Format of messages.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum FormatArgument {
    /// With the line and carets.
    Full,
    /// One line each.
    Short,
    /// One JSON object a line.
    Json,
}

/// Language of messages.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum LanguageArgument {
    /// 简体中文.
    Zh,
    /// English.
    En,
}

impl MessageArguments {
    /// The format for [`report::print`].
    pub fn format(&self) -> report::Format {
        match self.format {
            FormatArgument::Full => report::Format::Full,
            FormatArgument::Short => report::Format::Short,
            FormatArgument::Json => report::Format::Json,
        }
    }

    /// The language: as asked for, or English where the system's locale is English, else Chinese.
    pub fn language(&self) -> report::Language {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
        match self.lang {
            Some(LanguageArgument::Zh) => report::Language::Zh,
            Some(LanguageArgument::En) => report::Language::En,
            None if locale.is_some_and(|locale| locale.starts_with("en")) => report::Language::En,
            None => report::Language::Zh,
        }
    }
}

/// Arguments of `build`.
#[derive(Debug, Args)]
pub struct BuildArguments {
    /// Which site.
    #[command(flatten)]
    pub site: SiteArguments,
    /// 输出文件夹，默认是网站文件夹里的 public。The output folder; default: public in the site's folder.
    #[arg(long)]
    pub output: Option<PathBuf>,
    /// 逐个替换文件，不整体替换输出文件夹。Replaces file by file, not the output folder as a whole.
    #[arg(long)]
    pub in_place: bool,
    /// 网页比上次少很多也照样发布。Publishes also where many pages are gone.
    #[arg(long)]
    pub allow_shrink: bool,
    /// 显示每个阶段的用时。Prints the time of each stage.
    #[arg(long)]
    pub timings: bool,
    /// 逐行列出要上传和删除的文件，按这个顺序做不会出现断链。Prints what to upload and to remove, in an order that breaks no link.
    #[arg(long)]
    pub upload_list: bool,
    /// 和上次上传时留下的 .plenary 比较，默认和上次生成的比较。A copy of .plenary as of the last upload; default: as of the last build.
    #[arg(long, requires = "upload_list")]
    pub uploaded: Option<PathBuf>,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// Which site.
    #[command(flatten)]
    pub site: SiteArguments,
    /// 检查已经发布的网站，例如 `https://fayan.example.cn/` 。Looks at the published copy at this address instead.
    #[arg(long)]
    pub url: Option<String>,
    /// 和它比较的输出文件夹，默认是 public。The output folder that the copy should be equal to; default: public.
    #[arg(long, requires = "url")]
    pub output: Option<PathBuf>,
    /// 每个文件都比较，不抽样。Compares every file, not some of a large site.
    #[arg(long, requires = "url")]
    pub every_file: bool,
}

/// Arguments of `serve`.
#[derive(Debug, Args)]
pub struct ServeArguments {
    /// Which site.
    #[command(flatten)]
    pub site: SiteArguments,
    /// 端口。The port.
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// 监听的地址，默认只有本机能看。The address to listen on; by default only this machine can see it.
    #[arg(long, default_value = "127.0.0.1")]
    pub address: IpAddr,
    /// 允许用这个域名访问，可以写多次。A name by which browsers may ask for it; can be given several times.
    #[arg(long)]
    pub allow_host: Vec<String>,
}

/// Arguments of `import`.
#[derive(Debug, Args)]
pub struct ImportArguments {
    /// 会议发言材料：一个文件，或同一次会议的几个文件、装着它们的文件夹。Proceedings: one document, several of one meeting, or a folder of them.
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// 会议日期，例如 2025-01-09;年份从不猜测。The meeting's day; the year is never guessed.
    #[arg(long)]
    pub date: Option<String>,
    /// 会议文件夹的名字。Name of the meeting's folder.
    #[arg(long)]
    pub meeting: Option<String>,
    /// 有冲突时保留编辑的改动，以后不再提示。Settles every conflict in favour of the edited file.
    #[arg(long)]
    pub keep_edits: bool,
    /// 网站文件夹。The site's folder.
    #[arg(long, default_value = ".")]
    pub root: PathBuf,
    /// How messages are printed.
    #[command(flatten)]
    pub messages: MessageArguments,
}

/// Arguments of `theme`.
#[derive(Debug, Args)]
pub struct TeraThemeArguments {
    /// What to do with Tera themes.
    #[command(subcommand)]
    pub command: TeraThemeCommand,
}

/// What to do with Tera themes.
#[derive(Debug, Subcommand)]
pub enum TeraThemeCommand {
    /// 建立自己的一套，从自带的 default 改起。Begins one of your own, from the default that comes with plenary.
    New(NewTeraThemeArguments),
}

/// Arguments of `theme new`.
#[derive(Debug, Args)]
pub struct NewTeraThemeArguments {
    /// 名字，也是 themes/ 里文件夹的名字。Its name, and that of its folder in themes/.
    pub name: String,
    /// 网站文件夹。The site's folder.
    #[arg(long, default_value = ".")]
    pub root: PathBuf,
    /// How messages are printed.
    #[command(flatten)]
    pub messages: MessageArguments,
}
