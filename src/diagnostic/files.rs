//! Messages about what files are there, and whether they can be read.

use super::{Diagnostic, Place};

impl Diagnostic {
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
        .help("检查文件的名字和权限", "check the file's name and permissions")
    }

    /// A file that was different each time it was looked at.
    pub fn unsettled_file(file: &str) -> Diagnostic {
        Diagnostic::error(
            "unsettled-file",
            Place::file(file),
            "这个文件一直在被改写，读不到完整的内容".into(),
            "this file is being written to all the time, so that there is no whole text to read".into(),
        )
        .help(
            "等写入它的程序（编辑器、同步盘）停下来，再运行一次",
            "wait until the program that writes it (an editor, a synchronised folder) has stopped, and run this again",
        )
    }

    /// A file with more bytes than its kind may have.
    pub fn too_large(file: &str, bytes: u64, limit: u64) -> Diagnostic {
        let (size, limit) = (bytes.div_ceil(1 << 20), limit >> 20);
        Diagnostic::error(
            "too-large",
            Place::file(file),
            format!("这个文件有 {size} MB，最多 {limit} MB"),
            format!("this file has {size} MB; at most {limit} MB are read"),
        )
        .help(
            "看看是不是别的文件改了名字；一份文件太长就分成几份，每篇发言一份",
            "see whether another file has its name; split a text that is too long, one file a speech",
        )
    }

    /// What should be a list of the files that were uploaded is another file.
    pub fn no_file_list(file: &str) -> Diagnostic {
        Diagnostic::error(
            "no-file-list",
            Place::file(file),
            "这不是 plenary 的文件清单".into(),
            "this is no list of files by plenary".into(),
        )
        .help(
            "--uploaded 要的是上次上传时留下的 public/.plenary；第一次上传时写一个还不存在的文件名",
            "--uploaded takes the public/.plenary kept when you last uploaded; the first time, a name of no file",
        )
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

    /// Two file names that differ only in case or in how accents are composed: many systems can have but one of them.
    pub fn twin_names(file: &str, other: &str) -> Diagnostic {
        Diagnostic::error(
            "twin-names",
            Place::file(file),
            "两个文件的名字看起来一样（只是大小写或字符组合方式不同）".into(),
            "two files have names that look the same (they differ in case or in how characters are composed)"
                .into(),
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
}
