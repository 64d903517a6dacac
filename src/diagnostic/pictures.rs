//! Messages about pictures and the font for share pictures.

use super::{Diagnostic, Message, Place};

impl Diagnostic {
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
}
