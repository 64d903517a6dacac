//! Addresses: the part of a path that stands for a title, a theme or a person, in lower-case ASCII.

use super::pinyin;

/// Names of devices that Windows allows no file or folder to have.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Bytes that the name of a file can have: `NAME_MAX` of Linux; macOS and NTFS count 255 characters. A title of sixty Han
/// characters, which a file can have for its name, has more letters.
pub const LONGEST: usize = 255;
/// Bytes to which a longer part of an address is cut: there is room for what tells two apart.
const CUT: usize = 240;

/// `text` as part of an address: its syllables joined by hyphens, other scripts as the crate `slug` writes them
/// (`café` is `cafe`).
///
/// Only `a`–`z`, `0`–`9` and single hyphens between them. Empty where nothing of `text` can be written so; the caller
/// decides what to do then. `-x` is appended to a device name of Windows (`con`, `com1`). What would be too long for the
/// name of a folder is cut between syllables.
pub fn slug(text: &str) -> String {
    joined(&words(text))
}

/// [`fn@slug`], cut between syllables so that at most `limit` bytes stay.
///
/// Where the first syllable is longer than `limit`, it is cut inside. The `-x` of a device name fits as well; where
/// it cannot, the result is empty.
pub fn short_slug(text: &str, limit: usize) -> String {
    let finished = finish(short(&words(text), limit));
    if finished.len() <= limit { finished } else { String::new() }
}

/// As many of the words, joined, as `limit` bytes hold.
fn short(words: &[String], limit: usize) -> String {
    let mut short = String::new();
    for word in words {
        let joint = usize::from(!short.is_empty());
        if short.len() + joint + word.len() > limit {
            if short.is_empty() {
                short = word[..limit].to_owned();
            }
            break;
        }
        if joint == 1 {
            short.push('-');
        }
        short.push_str(word);
    }
    short
}

/// The name of a person as part of an address: the surname's syllables joined, a hyphen, the given name's joined.
///
/// `欧阳修` is `ouyang-xiu`, `斯朗·丹增曲培` is `silang-danzengqupei`. A name without surname is joined whole where it is
/// written in Han characters, and word by word where it is not: `John Smith` is `john-smith`.
pub fn name_slug(name: &str) -> String {
    let (surname, given) = pinyin::name_syllables(name);
    if surname.is_empty() {
        let is_han = given.is_empty() || name.chars().all(super::characters::is_han);
        return if is_han { joined(&ascii(&given.concat())) } else { slug(name) };
    }
    let words: Vec<String> = [surname, given].iter().flat_map(|part| ascii(&part.concat())).collect();
    joined(&words)
}

fn joined(words: &[String]) -> String {
    let whole = words.join("-");
    finish(if whole.len() <= LONGEST { whole } else { short(words, CUT) })
}

/// The words of an address: syllables, and what the crate `slug` makes of other runs.
fn words(text: &str) -> Vec<String> {
    pinyin::tokens(text).iter().flat_map(|token| ascii(token)).collect()
}

fn ascii(token: &str) -> Vec<String> {
    slug::slugify(token).split('-').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn finish(mut slug: String) -> String {
    let port = slug.strip_prefix("com").or_else(|| slug.strip_prefix("lpt"));
    let is_port = port.is_some_and(|port| port.len() == 1 && port.starts_with(|c: char| c.is_ascii_digit()));
    if is_port || DEVICES.contains(&slug.as_str()) {
        slug.push_str("-x");
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs() {
        let table = [
            ("人工智能", "ren-gong-zhi-neng"),
            ("武汉市", "wu-han-shi"),
            ("绿色发展", "lv-se-fa-zhan"),
            ("AI 应用 2.0", "ai-ying-yong-2-0"),
            ("café", "cafe"),
            ("Ａ＋Ｂ", "a-b"),
            ("  --武--汉-- ", "wu-han"),
            ("Привет", "privet"),
            ("CON", "con-x"),
            ("com1", "com1-x"),
            ("lpt0", "lpt0-x"),
            ("com", "com"),
            ("com10", "com10"),
            ("控", "kong"),
            ("！？", ""),
            ("", ""),
        ];
        for (text, expected) in table {
            assert_eq!(slug(text), expected, "{text}");
        }
    }

    #[test]
    fn short_slugs() {
        let table = [
            ("武汉市", 100, "wu-han-shi"),
            ("武汉市", 10, "wu-han-shi"),
            ("武汉市", 9, "wu-han"),
            ("武汉市", 6, "wu-han"),
            ("武汉市", 5, "wu"),
            ("武汉市", 1, "w"),
            ("武汉市", 0, ""),
            ("internationalization", 5, "inter"),
            ("con", 5, "con-x"),
            ("con", 4, ""),
        ];
        for (text, limit, expected) in table {
            assert_eq!(short_slug(text, limit), expected, "{text} {limit}");
        }
    }

    #[test]
    fn what_no_folder_can_be_called_is_cut_between_syllables() {
        let long = "关于推进养老服务的建议".repeat(7);
        let cut = slug(&long);
        assert!(long.len() <= LONGEST && cut.len() > CUT - 7 && cut.len() <= CUT, "{cut}");
        assert!(words(&long).join("-").starts_with(&format!("{cut}-")), "{cut}");
        let longest = format!("{}-b", "a".repeat(LONGEST - 2));
        assert_eq!((slug(&longest), slug(&format!("{longest}b"))), (longest.clone(), "a".repeat(CUT)));
        assert_eq!(name_slug(&"湖北省政协".repeat(30)).len(), CUT);
    }

    #[test]
    fn name_slugs() {
        let table = [
            ("彭富春", "peng-fuchun"),
            ("曾国藩", "zeng-guofan"),
            ("欧阳修", "ouyang-xiu"),
            ("斯朗·丹增曲培", "silang-danzengqupei"),
            ("次仁卓玛", "cirenzhuoma"),
            ("John Smith", "john-smith"),
            ("王　伟", "wang-wei"),
            ("吕", "lv"),
            ("？", ""),
        ];
        for (name, expected) in table {
            assert_eq!(name_slug(name), expected, "{name}");
        }
    }

    fn is_slug(text: &str) -> bool {
        text.is_empty()
            || text.split('-').all(|word| {
                !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
            })
    }

    proptest::proptest! {
        #[test]
        fn always_a_slug(text in "\\PC*|.*|[武汉·a-zÀ-ž0-9 -]*", limit in 0usize..30) {
            proptest::prop_assert!(is_slug(&slug(&text)), "{}", slug(&text));
            proptest::prop_assert!(is_slug(&name_slug(&text)));
            let short = short_slug(&text, limit);
            proptest::prop_assert!(is_slug(&short) && short.len() <= limit);
            proptest::prop_assert_eq!(slug(&slug(&text)), slug(&text));
        }
    }
}
