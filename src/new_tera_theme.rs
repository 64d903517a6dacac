//! What `plenary theme new` writes: a Tera theme that extends the default and changes a block, colours and a word.

use crate::report::Language;

/// The files of a new Tera theme, by path below its folder.
///
/// `site_language` is the BCP 47 tag of the site: the word that is changed is one of its locale. `language` is that of the
/// README.
pub fn files(name: &str, site_language: &str, language: Language) -> Vec<(String, String)> {
    let (locale, newest_meeting) = word(site_language);
    let readme = match language {
        Language::Zh => include_str!("new_tera_theme/README.zh.md"),
        Language::En => include_str!("new_tera_theme/README.en.md"),
    };
    let words = format!(
        "# 界面上的词，只写要改的。Words of the interface, only those that differ.\n\
         newest_meeting = \"{newest_meeting}\"\n"
    );
    let file =
        |path: &str, text: &str| (path.to_owned(), text.replace("NAME", name).replace("LOCALE", locale));
    vec![
        file("README.md", readme),
        file("theme.toml", include_str!("new_tera_theme/theme.toml")),
        file("templates/base.html", include_str!("new_tera_theme/base.html")),
        file("assets/own.css", include_str!("new_tera_theme/own.css")),
        file(&format!("locales/{locale}.toml"), &words),
    ]
}

/// A locale file that serves a language, and another word for the newest meeting in it.
fn word(language: &str) -> (&'static str, &'static str) {
    let lower = language.to_lowercase();
    let has = |part: &str| lower.split('-').any(|own| own == part);
    match () {
        () if has("en") => ("en", "The newest meeting"),
        () if ["hant", "tw", "hk", "mo"].into_iter().any(has) => ("zh-Hant", "最新會議"),
        () => ("zh-Hans", "最新会议"),
    }
}
