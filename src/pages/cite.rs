//! References to a speech, as other texts and programs that manage references want them.
//!
//! None of them has the day on which the speech was read: that is the reader's.

use std::fmt::Write;

use jiff::civil::Date;
use serde_json::json;

/// What a reference to a speech is made of.
#[derive(Debug, Clone)]
pub struct Reference<'a> {
    /// Unique on the site: ASCII letters, digits and hyphens.
    pub key: String,
    /// Who spoke.
    pub authors: Vec<&'a str>,
    /// Title.
    pub title: &'a str,
    /// Second line of the title.
    pub subtitle: Option<&'a str>,
    /// The meeting.
    pub meeting: &'a str,
    /// Where it was held.
    pub place: Option<&'a str>,
    /// Day of the speech.
    pub date: Date,
    /// Who publishes the site.
    pub publisher: &'a str,
    /// BCP 47 tag of the text.
    pub language: &'a str,
    /// Themes.
    pub keywords: Vec<&'a str>,
    /// Absolute address.
    pub url: String,
}

impl Reference<'_> {
    fn is_chinese(&self) -> bool {
        self.language.to_lowercase().starts_with("zh")
    }

    /// The title with its second line, joined by `colon`.
    fn whole_title(&self, colon: &str) -> String {
        match self.subtitle {
            Some(subtitle) => format!("{}{colon}{subtitle}", self.title),
            None => self.title.to_owned(),
        }
    }

    fn title_line(&self) -> String {
        self.whole_title(if self.is_chinese() { "：" } else { ": " })
    }
}

/// The reference of GB/T 7714-2015 up to the day of the text; the reader's day in square brackets, a full stop and the
/// address follow it.
///
/// It is the form of a contribution to proceedings (4.2) that stand online (4.6, `[C/OL]`): of more than three authors
/// the first three (8.1.2), signs of the form as ASCII (7.1), the day of the text in parentheses (8.4.4).
pub fn gbt(reference: &Reference<'_>) -> String {
    let mut authors = reference.authors.iter().take(3).copied().collect::<Vec<_>>().join(", ");
    if reference.authors.len() > 3 {
        authors.push_str(if reference.is_chinese() { ", 等" } else { ", et al" });
    }
    let mut text = String::new();
    if !authors.is_empty() {
        let _ = write!(text, "{authors}. ");
    }
    let _ = write!(text, "{}[C/OL]//{}", reference.whole_title(": "), reference.meeting);
    if let Some(place) = reference.place {
        let _ = write!(text, ", {place}");
    }
    let _ = write!(text, ". ({})", reference.date);
    text
}

/// A record of type CPAPER (conference paper) in the format of Research Information Systems.
///
/// By its specification ("RIS Format Specifications", Reference Manager): a tag is two characters, two blanks, a hyphen
/// and a blank; every tag has a line of its own; lines end with CR LF; TY is first and ER last; a day is written
/// `YYYY/MM/DD/`; authors and keywords are without asterisks.
pub fn ris(reference: &Reference<'_>) -> String {
    let name = |text: &str| text.replace('*', "＊");
    let mut out = String::new();
    let mut tag = |tag: &str, value: &str| {
        let _ = write!(out, "{tag}  - {}\r\n", one_line(value));
    };
    tag("TY", "CPAPER");
    for author in &reference.authors {
        tag("AU", &name(author));
    }
    tag("TI", &reference.title_line());
    tag("T2", reference.meeting);
    if let Some(place) = reference.place {
        tag("CY", place);
    }
    tag("PY", &reference.date.year().to_string());
    tag("DA", &reference.date.strftime("%Y/%m/%d/").to_string());
    tag("PB", reference.publisher);
    tag("LA", reference.language);
    for keyword in &reference.keywords {
        tag("KW", &name(keyword));
    }
    tag("UR", &reference.url);
    tag("ER", "");
    out
}

/// An entry `@inproceedings` for BibTeX and biblatex (O. Patashnik, "BibTeXing", 1988).
///
/// The month is BibTeX's own word for it; authors are joined by `and`, and a name that has that word or a comma in it
/// stands in braces, so that it stays one name.
pub fn bibtex(reference: &Reference<'_>) -> String {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let authors: Vec<String> = reference.authors.iter().map(|name| bibtex_name(name)).collect();
    let month = MONTHS[(reference.date.month() as usize - 1) % 12];
    let mut out = format!("@inproceedings{{{},\n", reference.key);
    let mut field = |name: &str, value: &str| {
        let _ = writeln!(out, "  {name} = {{{value}}},");
    };
    if !authors.is_empty() {
        field("author", &authors.join(" and "));
    }
    field("title", &bibtex_text(&reference.title_line()));
    field("booktitle", &bibtex_text(reference.meeting));
    if let Some(place) = reference.place {
        field("address", &bibtex_text(place));
    }
    field("publisher", &bibtex_text(reference.publisher));
    field("year", &reference.date.year().to_string());
    field("day", &reference.date.day().to_string());
    field("url", &reference.url);
    let _ = write!(out, "  month = {month}\n}}\n");
    out
}

fn bibtex_name(name: &str) -> String {
    let text = bibtex_text(name);
    let apart = name.contains(',') || name.split_whitespace().any(|word| word.eq_ignore_ascii_case("and"));
    if apart { format!("{{{text}}}") } else { text }
}

/// `text` with every character that TeX takes for more than itself written as itself. Braces become commands, for BibTeX
/// counts them even behind a backslash.
fn bibtex_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '&' | '%' | '$' | '#' | '_' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// An item of type `speech` in CSL-JSON (CSL 1.0.2, `csl-data.json`): a list of one, as programs read and write it.
///
/// Names are whole (`literal`): where a name ends and a surname begins is not known of every name here.
pub fn csl_json(reference: &Reference<'_>) -> String {
    let authors: Vec<_> = reference.authors.iter().map(|name| json!({ "literal": name })).collect();
    let date = reference.date;
    let mut item = json!({
        "id": reference.key,
        "type": "speech",
        "author": authors,
        "title": reference.title_line(),
        "event-title": reference.meeting,
        "event-place": reference.place,
        "publisher": reference.publisher,
        "issued": { "date-parts": [[date.year(), date.month(), date.day()]] },
        "language": reference.language,
        "URL": reference.url,
    });
    if let Some(fields) = item.as_object_mut() {
        fields.retain(|_, value| !value.is_null());
    }
    json!([item]).to_string()
}

/// Line breaks and other control characters as blanks.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reference<'a>() -> Reference<'a> {
        Reference {
            key: "m1-01".into(),
            authors: vec!["彭富春"],
            title: "做强低空经济",
            subtitle: None,
            meeting: "第二次全体会议",
            place: None,
            date: jiff::civil::date(2025, 1, 9),
            publisher: "某市政协",
            language: "zh-CN",
            keywords: vec!["低空经济"],
            url: "https://fayan.example/meetings/m1/01/".into(),
        }
    }

    #[test]
    fn gbt_of_one_author() {
        assert_eq!(gbt(&reference()), "彭富春. 做强低空经济[C/OL]//第二次全体会议. (2025-01-09)");
    }

    #[test]
    fn gbt_of_many_authors_with_subtitle_and_place() {
        let mut joint = reference();
        joint.authors = vec!["甲一", "乙二", "丙三"];
        joint.subtitle = Some("以武汉为例");
        joint.place = Some("武汉");
        let text = gbt(&joint);
        assert_eq!(
            text,
            "甲一, 乙二, 丙三. 做强低空经济: 以武汉为例[C/OL]//第二次全体会议, 武汉. (2025-01-09)"
        );
        joint.authors.push("丁四");
        assert!(gbt(&joint).starts_with("甲一, 乙二, 丙三, 等. 做强"));
        joint.language = "en";
        assert!(gbt(&joint).starts_with("甲一, 乙二, 丙三, et al. 做强"));
    }

    #[test]
    fn gbt_without_author() {
        let mut draft = reference();
        draft.authors.clear();
        assert!(gbt(&draft).starts_with("做强低空经济[C/OL]"));
    }

    #[test]
    fn ris_has_its_tags_in_order_and_its_line_ends() {
        let mut joint = reference();
        joint.authors = vec!["甲*一", "乙二"];
        joint.subtitle = Some("两\n行");
        let text = ris(&joint);
        assert_eq!(
            text,
            "TY  - CPAPER\r\nAU  - 甲＊一\r\nAU  - 乙二\r\nTI  - 做强低空经济：两 行\r\nT2  - 第二次全体会议\r\n\
             PY  - 2025\r\nDA  - 2025/01/09/\r\nPB  - 某市政协\r\nLA  - zh-CN\r\nKW  - 低空经济\r\n\
             UR  - https://fayan.example/meetings/m1/01/\r\nER  - \r\n"
        );
    }

    #[test]
    fn bibtex_takes_no_character_for_more_than_itself() {
        let mut odd = reference();
        odd.authors = vec!["甲一", "Smith, and Sons", "乙_二"];
        odd.title = r"50% & #1 $ {a} \b ~ ^";
        odd.place = Some("武汉");
        assert_eq!(
            bibtex(&odd),
            "@inproceedings{m1-01,\n  author = {甲一 and {Smith, and Sons} and 乙\\_二},\n  \
             title = {50\\% \\& \\#1 \\$ \\textbraceleft{}a\\textbraceright{} \\textbackslash{}b \\textasciitilde{} \\textasciicircum{}},\n  \
             booktitle = {第二次全体会议},\n  address = {武汉},\n  publisher = {某市政协},\n  year = {2025},\n  day = {9},\n  \
             url = {https://fayan.example/meetings/m1/01/},\n  month = jan\n}\n"
        );
        let text = bibtex(&odd);
        assert_eq!(text.matches('{').count(), text.matches('}').count());
    }

    #[test]
    fn csl_json_is_a_list_of_one_speech() {
        let mut odd = reference();
        odd.title = "“引号”\"\\";
        let items: serde_json::Value = serde_json::from_str(&csl_json(&odd)).expect("JSON");
        let right = json!([{
            "id": "m1-01",
            "type": "speech",
            "author": [{ "literal": "彭富春" }],
            "title": "“引号”\"\\",
            "event-title": "第二次全体会议",
            "publisher": "某市政协",
            "issued": { "date-parts": [[2025, 1, 9]] },
            "language": "zh-CN",
            "URL": "https://fayan.example/meetings/m1/01/"
        }]);
        assert_eq!(items, right);
    }
}
