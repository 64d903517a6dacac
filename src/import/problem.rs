//! Why an import stops: one named constructor for each reason.

use crate::diagnostic::{Diagnostic, Message, Place, Severity};

/// The document has no text.
pub(crate) fn empty(file: &str) -> Vec<Diagnostic> {
    error(file, "import-empty", Message::new("文件里没有文字。", "The file has no text."), None)
}

/// A folder in which there is nothing to import.
pub(crate) fn empty_folder(folder: &str) -> Vec<Diagnostic> {
    error(folder, "import-empty", Message::new("文件夹里没有文件。", "There is no file in the folder."), None)
}

/// The document is in a format that is not read.
pub(crate) fn not_text(file: &str, format: &str) -> Vec<Diagnostic> {
    error(
        file,
        "import-not-text",
        Message::new(
            format!("这是 {format} 文件，不能导入。"),
            format!("This is a {format} file, which cannot be imported."),
        ),
        Some(Message::new(
            "请在原程序里“另存为” Word 文档（.docx）、网页（.html）或纯文本（UTF-8），再导入。",
            "Save it as a Word document (.docx), a Web page (.html) or plain text (UTF-8) in the program it comes \
             from and import that.",
        )),
    )
}

/// A Word file that cannot be opened.
pub(crate) fn broken_archive(file: &str, reason: &str) -> Vec<Diagnostic> {
    error(
        file,
        "import-broken-word-file",
        Message::new(
            format!("Word 文件打不开（{reason}）。"),
            format!("The Word file cannot be opened ({reason})."),
        ),
        Some(Message::new(
            "文件可能没有传完或已损坏。请在 Word 或 WPS 里打开它，另存为 .docx，再导入。",
            "It may be cut off or damaged. Open it in Word or WPS, save it as .docx and import that.",
        )),
    )
}

/// A part of a Word file that cannot be read.
pub(crate) fn broken_part(file: &str, part: &str, reason: &str) -> Vec<Diagnostic> {
    broken_archive(file, &format!("{part}: {reason}"))
}

/// A part of a Word file that would become far larger than the file.
pub(crate) fn grows_too_much(file: &str, part: &str, limit: u64) -> Vec<Diagnostic> {
    error(
        file,
        "import-grows-too-much",
        Message::new(
            format!("Word 文件里的 {part} 展开后超过{limit}字节，不像真正的文稿，没有读下去。"),
            format!(
                "{part} in this Word file unpacks to more than {limit} bytes; no document does, so it was not read."
            ),
        ),
        Some(Message::new(
            "请在 Word 或 WPS 里打开它，另存为 .docx，再导入。",
            "Open it in Word or WPS, save it as .docx and import that.",
        )),
    )
}

/// Some bytes are no character in the encoding that the document is written in.
pub(crate) fn undecodable(file: &str, encoding: &str, offset: usize, line: usize) -> Vec<Diagnostic> {
    at(
        Place::span(file, offset..offset + 1),
        "import-undecodable",
        Message::new(
            format!("第 {line} 行、第 {offset} 字节（从 0 数起）不是 {encoding} 文字。"),
            format!("Line {line}, byte {offset} (counted from 0) is no {encoding} text."),
        ),
        Some(Message::new(
            "文件可能损坏，或混有两种编码。请从原稿重新保存为 UTF-8。",
            "The file is damaged or mixes two encodings. Save the original again as UTF-8.",
        )),
    )
}

/// The encoding could not be told with certainty.
pub(crate) fn unknown_encoding(file: &str, offset: usize, line: usize) -> Vec<Diagnostic> {
    at(
        Place::span(file, offset..offset + 1),
        "import-unknown-encoding",
        Message::new(
            format!(
                "认不出文件的编码：第 {line} 行、第 {offset} 字节（从 0 数起）起不是 UTF-8，也不像 GB18030 或 UTF-16。"
            ),
            format!(
                "The encoding is not known: from line {line}, byte {offset} (counted from 0), this is \
                 not UTF-8, nor does it look like GB18030 or UTF-16."
            ),
        ),
        Some(Message::new("请把文件保存为 UTF-8 再导入。", "Save the file as UTF-8 and import that.")),
    )
}

/// A Web page that no program has written for readers.
pub(crate) fn endless_tag(file: &str, line: usize) -> Vec<Diagnostic> {
    error(
        file,
        "import-endless-tag",
        Message::new(
            format!("第 {line} 行的标记带了一万个以上的属性，不像真正的网页，没有读下去。"),
            format!(
                "The tag in line {line} has more than ten thousand attributes; no page does, so it was not read."
            ),
        ),
        Some(Message::new(
            "请在浏览器里打开它，把正文复制到 Word 或纯文本文件，再导入。",
            "Open it in a browser, copy the text into a Word or plain text file and import that.",
        )),
    )
}

/// No line with roles and a name was found under any heading.
pub(crate) fn no_speeches(file: &str) -> Vec<Diagnostic> {
    error(
        file,
        "import-no-speeches",
        Message::new(
            "没有找到发言：没有一个标题下面有“职务 姓名”这样的一行。",
            "No speech was found: no heading is followed by a line of roles that ends in a name.",
        ),
        Some(Message::new(
            "每篇发言写成：标题一行（如“### 标题”）、下面一行“市政协委员，某单位职务 姓名”、再下面是正文。",
            "Write each speech as a heading (such as “### 标题”), under it a line such as \
             “市政协委员,某单位职务 姓名”, and under that the text.",
        )),
    )
}

/// The meeting's name gives no folder name.
pub(crate) fn no_folder_name(file: &str, name: &str) -> Vec<Diagnostic> {
    error(
        file,
        "import-no-folder-name",
        Message::new(
            format!("会议名“{name}”不能写成文件夹名。"),
            format!("The meeting's name “{name}” gives no folder name."),
        ),
        Some(Message::new(
            "请用 --meeting 给一个有汉字、字母或数字的名字。",
            "Give a name with Han characters, letters or digits to --meeting.",
        )),
    )
}

/// The notes of earlier imports cannot be read.
pub(crate) fn broken_lock(file: &str, reason: &str) -> Vec<Diagnostic> {
    error(
        file,
        "import-lock-broken",
        Message::new(
            format!("导入记录读不懂，所以什么也没有写：{reason}"),
            format!("The notes of earlier imports cannot be read, so nothing was written: {reason}"),
        ),
        Some(Message::new(
            "请从版本库恢复这个文件。删掉它也可以：那样，与文稿不同的文件都算作冲突，不会被覆盖。",
            "Restore this file from version control. Deleting it is safe too: then every file that \
             differs from the document is a conflict and none is overwritten.",
        )),
    )
}

/// Reading or writing failed.
pub(crate) fn disk(file: &str, cause: &std::io::Error) -> Vec<Diagnostic> {
    error(
        file,
        "import-disk",
        Message::new(format!("读写失败：{cause}"), format!("Reading or writing failed: {cause}")),
        None,
    )
}

fn error(file: &str, code: &'static str, message: Message, help: Option<Message>) -> Vec<Diagnostic> {
    at(Place::file(file), code, message, help)
}

fn at(place: Place, code: &'static str, message: Message, help: Option<Message>) -> Vec<Diagnostic> {
    vec![Diagnostic { severity: Severity::Error, code, message, place, help, related: Vec::new() }]
}
