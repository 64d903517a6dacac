//! Which themes a speech is about, by keywords, with the reason for each.

/// A theme and the words that speak for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ThemeKeywords {
    /// The theme's name; it counts as a keyword as well.
    pub name: String,
    /// Words that speak for the theme.
    pub keywords: Vec<String>,
}

/// A theme given to a speech, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeReason {
    /// The theme's name.
    pub theme: String,
    /// The weighted count that decided.
    pub score: usize,
    /// Keywords found and how often, the most frequent first.
    pub found: Vec<(String, usize)>,
}

/// What a keyword in the title, the sub-title and the text is worth.
const WEIGHTS: [usize; 3] = [5, 4, 1];
/// A keyword counts at most so often in the text.
const BODY_CAP: usize = 5;
/// A score below this is no theme.
const LEAST: usize = 5;
/// A theme counts beside the best one if it has at least a quarter of its score.
const SHARE_OF_BEST: usize = 4;
/// So many themes at most.
const MOST: usize = 3;

/// The best one to three themes of a speech, the best first; none where nothing speaks for one.
pub(crate) fn themes_of(
    title: &str,
    subtitle: &str,
    body: &str,
    themes: &[ThemeKeywords],
) -> Vec<ThemeReason> {
    let parts = [title.to_lowercase(), subtitle.to_lowercase(), body.to_lowercase()];
    let mut reasons: Vec<ThemeReason> = themes.iter().map(|theme| reason(theme, &parts)).collect();
    // A stable sort: equal scores keep the order in which the site declares its themes.
    reasons.sort_by_key(|reason| std::cmp::Reverse(reason.score));
    let best = reasons.first().map_or(0, |reason| reason.score);
    reasons.retain(|reason| reason.score >= LEAST && reason.score * SHARE_OF_BEST >= best);
    reasons.truncate(MOST);
    reasons
}

fn reason(theme: &ThemeKeywords, parts: &[String; 3]) -> ThemeReason {
    let mut keywords: Vec<String> = vec![theme.name.to_lowercase()];
    keywords.extend(theme.keywords.iter().map(|keyword| keyword.to_lowercase()));
    keywords.retain(|keyword| !keyword.trim().is_empty());
    keywords.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    keywords.dedup();
    let [title, subtitle, body] = parts.each_ref().map(|part| counts(part, &keywords));
    let mut score = 0;
    let mut found = Vec::new();
    for (((keyword, title), subtitle), body) in keywords.into_iter().zip(title).zip(subtitle).zip(body) {
        score += title * WEIGHTS[0] + subtitle * WEIGHTS[1] + body.min(BODY_CAP) * WEIGHTS[2];
        if title + subtitle + body > 0 {
            found.push((keyword, title + subtitle + body));
        }
    }
    found.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    ThemeReason { theme: theme.name.clone(), score, found }
}

/// How often each keyword occurs; where two overlap, the longer one counts.
fn counts(text: &str, longest_first: &[String]) -> Vec<usize> {
    let mut counts = vec![0; longest_first.len()];
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let hit = longest_first.iter().position(|keyword| rest.starts_with(keyword.as_str()));
        let length = match hit {
            Some(at) => {
                counts[at] += 1;
                longest_first[at].len()
            }
            None => character.len_utf8(),
        };
        rest = rest.get(length..).unwrap_or("");
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn theme(name: &str, keywords: &[&str]) -> ThemeKeywords {
        ThemeKeywords {
            name: name.to_string(),
            keywords: keywords.iter().map(|k| (*k).to_string()).collect(),
        }
    }

    #[test]
    fn the_longest_keyword_counts_once_and_the_reason_is_kept() {
        let themes = [theme("人工智能", &["智能", "大模型"]), theme("养老服务", &["养老"])];
        let found = themes_of("构建人工智能大模型", "", "智能,智能。", &themes);
        assert_eq!(
            found,
            [ThemeReason {
                theme: "人工智能".to_string(),
                score: 12,
                found: vec![("智能".to_string(), 2), ("人工智能".to_string(), 1), ("大模型".to_string(), 1)],
            }]
        );
    }

    #[test]
    fn weak_themes_and_the_fourth_are_left_out() {
        let themes: Vec<ThemeKeywords> = ["甲一", "乙二", "丙三", "丁四"].map(|name| theme(name, &[])).into();
        let names = |title: &str, body: &str| -> Vec<String> {
            themes_of(title, "", body, &themes).into_iter().map(|reason| reason.theme).collect()
        };
        assert_eq!(names("丁四丙三乙二甲一", ""), ["甲一", "乙二", "丙三"]);
        assert_eq!(names("丁四", "乙二甲一"), ["丁四"]);
        assert!(names("", "甲一乙二").is_empty());
    }
}
