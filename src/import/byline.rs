//! The line of roles that ends in the speaker's name.

use super::surnames::begins_with_surname;
use crate::chinese::characters::is_han;

/// Longer lines are running text.
const LONGEST: usize = 120;

/// A line such as “市政协常委,民进武汉市委员会专职副主委 黄芬”.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Byline {
    /// As printed, word for word.
    pub(crate) text: String,
    /// What stands before the name, split at commas.
    pub(crate) roles: Vec<String>,
    /// One name, or several for a joint speech.
    pub(crate) names: Vec<String>,
}

/// Reads a line that stands under a heading: its place is evidence enough for a plain name.
pub(crate) fn byline_after_heading(text: &str) -> Option<Byline> {
    read(text).filter(|(_, evidence)| evidence.name > Shape::Word || evidence.role).map(|(b, _)| b)
}

/// Reads a line without knowing what stands above it: its words have to be roles.
pub(crate) fn byline_anywhere(text: &str) -> Option<Byline> {
    let sure = |evidence: &Evidence| evidence.role || (evidence.comma && evidence.name > Shape::Word);
    read(text).filter(|(byline, evidence)| !byline.roles.is_empty() && sure(evidence)).map(|(b, _)| b)
}

/// What speaks for a line being a byline.
struct Evidence {
    name: Shape,
    role: bool,
    comma: bool,
}

/// How much a word looks like a name, the weakest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Shape {
    /// Two to four Han characters.
    Word,
    /// Words of Latin letters.
    Latin,
    /// Parts joined by a dot.
    Dotted,
    /// Han characters that begin with a surname.
    Surname,
}

fn read(text: &str) -> Option<(Byline, Evidence)> {
    if text.chars().count() > LONGEST || text.contains(is_sentence_sign) {
        return None;
    }
    let (roles, names) = split(without_brackets(text))?;
    let shape = names.iter().filter_map(|name| shape(name)).min()?;
    let roles: Vec<String> = split_roles(roles);
    let evidence = Evidence {
        name: shape,
        role: roles.last().is_some_and(|role| is_role(role)),
        comma: roles.len() > 1,
    };
    Some((Byline { text: text.to_string(), roles, names }, evidence))
}

/// Signs that a byline never has.
fn is_sentence_sign(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '；' | ';' | '：' | ':' | '…')
}

fn is_comma(c: char) -> bool {
    matches!(c, ',' | '，')
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{3000}')
}

/// Splits at commas and never at `、`, which joins the parts of one role.
fn split_roles(text: &str) -> Vec<String> {
    text.split(is_comma)
        .map(|role| role.trim_matches(is_space))
        .filter(|role| !role.is_empty())
        .map(str::to_string)
        .collect()
}

/// Drops brackets around all of it, and a remark in brackets behind the name.
fn without_brackets(text: &str) -> &str {
    const PAIRS: [(char, char); 2] = [('(', ')'), ('（', '）')];
    for (open, close) in PAIRS {
        let Some(inner) = text.strip_suffix(close) else { continue };
        match inner.rfind(open) {
            Some(0) => return inner.strip_prefix(open).unwrap_or(inner).trim_matches(is_space),
            Some(at) => return inner.get(..at).unwrap_or(inner).trim_end_matches(is_space),
            None => {}
        }
    }
    text
}

/// Roles and names: the names stand behind a space, else behind the last comma, else alone.
fn split(text: &str) -> Option<(&str, Vec<String>)> {
    let segment =
        text.rfind(is_comma).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let spaces = text.char_indices().filter(|(at, c)| *at >= segment && is_space(*c));
    for (at, space) in spaces {
        let (roles, names) = text.split_at(at + space.len_utf8());
        if let Some(names) = name_list(names) {
            let extra = names.len().saturating_sub(1);
            if !roles.trim_matches(is_space).is_empty()
                && names.iter().take(extra).all(|name| is_certain(name))
            {
                return Some((roles, names));
            }
        }
    }
    let (roles, names) = text.split_at(segment);
    let names = name_list(names)?;
    names.iter().all(|name| is_certain(name)).then_some((roles, names))
}

fn is_certain(name: &str) -> bool {
    shape(name).is_some_and(|shape| shape > Shape::Word)
}

/// All of the text as names, joined by `、` or by blanks.
fn name_list(text: &str) -> Option<Vec<String>> {
    if text.contains(is_comma) {
        return None;
    }
    let mut names = Vec::new();
    for part in text.split('、') {
        names.extend(names_of_part(part)?);
    }
    (!names.is_empty()).then_some(names)
}

/// Names set apart by blanks; `王　伟` is one name of two characters.
fn names_of_part(text: &str) -> Option<Vec<String>> {
    let words: Vec<&str> = text.split(is_space).filter(|word| !word.is_empty()).collect();
    if !words.is_empty() && words.iter().all(|word| is_latin_word(word)) {
        return Some(vec![words.join(" ")]).filter(|names| names.iter().all(|n| shape(n).is_some()));
    }
    let mut names = Vec::new();
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        let name = if word.chars().count() == 1 {
            let second = rest.next().filter(|next| next.chars().count() == 1)?;
            format!("{word}{second}")
        } else {
            (*word).to_string()
        };
        shape(&name)?;
        names.push(name);
    }
    (!names.is_empty()).then_some(names)
}

/// The form of a name, or nothing where it is none.
fn shape(name: &str) -> Option<Shape> {
    if name.split(' ').all(is_latin_word) {
        let letters = name.chars().filter(|c| c.is_lowercase()).count();
        return (letters > 0 || name.contains(' ')).then_some(Shape::Latin);
    }
    if name.contains(is_dot) {
        let parts = name.split(is_dot);
        let good = |part: &str| !part.is_empty() && part.chars().all(|c| is_han(c) || c.is_alphabetic());
        return (parts.clone().all(good) && name.chars().count() <= 30).then_some(Shape::Dotted);
    }
    let length = name.chars().count();
    if !(2..=4).contains(&length) || !name.chars().all(is_han) || is_role(name) || is_body(name) {
        return None;
    }
    Some(if begins_with_surname(name) { Shape::Surname } else { Shape::Word })
}

/// The dots between the parts of a name, in the forms that are in use.
fn is_dot(c: char) -> bool {
    matches!(c, '·' | '•' | '・' | '‧' | '･' | '∙')
}

fn is_latin_word(word: &str) -> bool {
    let mut characters = word.chars();
    let first = characters.next().is_some_and(|c| c.is_uppercase() && !is_han(c));
    first && characters.all(|c| (c.is_alphabetic() && !is_han(c)) || matches!(c, '.' | '-' | '\'' | '’'))
}

/// Words that roles end in.
const ROLES: &str = "委员 常委 主席 主委 主任 书记 经理 总裁 总监 教授 讲师 院士 专家 研究员 工程师 设计师 规划师 建筑师 会计师 律师 医师 医生 \
    护士 教师 老师 代表 理事 董事 监事 顾问 干部 调研员 巡视员 主任科员 公务员 负责人 创始人 合伙人 传承人 发言人 主持人 首席 运营官 执行官 \
    技术官 财务官 总师 党员 会员 盟员 社员 成员 职工 农民 工匠 演员 编辑 记者 编剧 导演 作家 画家 秘书 法官 检察官 人士";

/// Words that end in 长 and are no office.
const NO_OFFICE: [&str; 8] = ["增长", "成长", "生长", "延长", "特长", "擅长", "助长", "专长"];

/// The characters of [`ROLES`] that are written otherwise in Traditional Chinese.
const TRADITIONAL: [(char, char); 18] = [
    ('員', '员'),
    ('長', '长'),
    ('書', '书'),
    ('記', '记'),
    ('經', '经'),
    ('總', '总'),
    ('監', '监'),
    ('專', '专'),
    ('師', '师'),
    ('醫', '医'),
    ('護', '护'),
    ('農', '农'),
    ('黨', '党'),
    ('會', '会'),
    ('幹', '干'),
    ('問', '问'),
    ('檢', '检'),
    ('導', '导'),
];

fn simplified(c: char) -> char {
    TRADITIONAL.iter().find(|(written, _)| *written == c).map_or(c, |(_, simplified)| *simplified)
}

/// Whether a text ends in a role.
fn is_role(text: &str) -> bool {
    let text: String = without_brackets(text).chars().map(simplified).collect();
    ROLES.split(' ').any(|role| text.ends_with(role))
        || (text.ends_with('长')
            && text.chars().count() > 1
            && !NO_OFFICE.iter().any(|word| text.ends_with(word)))
}

/// Whether a short word names a body and so no person.
fn is_body(text: &str) -> bool {
    const ENDS: [&str; 20] = [
        "大学",
        "学院",
        "学校",
        "公司",
        "集团",
        "中心",
        "医院",
        "协会",
        "学会",
        "商会",
        "委员会",
        "政协",
        "人大",
        "政府",
        "支部",
        "总会",
        "分会",
        "银行",
        "研究所",
        "研究院",
    ];
    const PARTIES: [&str; 8] = ["民革", "民盟", "民建", "民进", "农工党", "致公党", "九三学社", "台盟"];
    ENDS.iter().any(|end| text.ends_with(end)) || PARTIES.contains(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<(Vec<String>, Vec<String>)> {
        byline_after_heading(text).map(|byline| (byline.roles, byline.names))
    }

    fn owned(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_string()).collect()
    }

    #[test]
    fn roles_and_names() {
        let cases: [(&str, &[&str], &[&str]); 14] = [
            (
                "市政协常委,民进武汉市委员会专职副主委 黄芬",
                &["市政协常委", "民进武汉市委员会专职副主委"],
                &["黄芬"],
            ),
            ("政协委员，甲中心主任、乙所副所长　林颖", &["政协委员", "甲中心主任、乙所副所长"], &["林颖"]),
            ("市政协委员 王　伟", &["市政协委员"], &["王伟"]),
            ("中心主任 斯朗·丹增曲培", &["中心主任"], &["斯朗·丹增曲培"]),
            ("市政协委员,某局局长,黄芬", &["市政协委员", "某局局长"], &["黄芬"]),
            ("市政协委员 王伟、李小明", &["市政协委员"], &["王伟", "李小明"]),
            ("市政协委员 王 伟 李小明", &["市政协委员"], &["王伟", "李小明"]),
            ("市政协委员 王　伟、李　明", &["市政协委员"], &["王伟", "李明"]),
            ("外籍专家 John Smith", &["外籍专家"], &["John Smith"]),
            ("(市政协委员 王伟)", &["市政协委员"], &["王伟"]),
            ("市政协委员 丹增(藏族)", &["市政协委员"], &["丹增"]),
            ("市政協委員,某會會長 陳建國", &["市政協委員", "某會會長"], &["陳建國"]),
            ("市政协委员 欧阳锋", &["市政协委员"], &["欧阳锋"]),
            ("王伟", &[], &["王伟"]),
        ];
        for (text, roles, names) in cases {
            assert_eq!(parts(text), Some((owned(roles), owned(names))), "{text}");
        }
    }

    #[test]
    fn running_text_and_titles_are_none() {
        for text in [
            "办好社区食堂。",
            "市政协委员,首席专家",
            "市政协委员 武汉大学",
            "深化改革 高质量发展",
            "优化环境 服务民生",
            "市政协委员",
            "",
            " ",
            ",",
            "、",
            "一、强化就业",
            "市政协委员,民建 ",
        ] {
            assert_eq!(byline_after_heading(text), None, "{text}");
        }
        for text in ["高质量", "深化改革 强化监管", "讲好武汉故事 促进国际交流", "关爱老人 服务民生", "王伟"]
        {
            assert_eq!(byline_anywhere(text), None, "{text}");
        }
        for text in ["市政协委员 王伟", "市政協委員 陳建國"] {
            assert!(byline_anywhere(text).is_some(), "{text}");
        }
    }
}
