//! The beginning of a text, cut where a sentence or clause ends.

use unicode_normalization::char::is_combining_mark;

use super::characters::is_cjk;

/// Characters after the limit that can tell where a text may be cut before it.
const LOOKED_AT: usize = 16;

/// The beginning of `text`: at most `limit` characters (code points), plus `…` where the cut is not at a sentence end.
///
/// Each run of white space becomes one space first, and the result is trimmed. A text that fits is given whole.
/// Otherwise the sentences that fit whole are given; if not even the first fits, the clauses that do, with `…` in
/// place of the last clause's mark; if there is no mark, as many characters as fit and `…`, cut inside a Latin word
/// only where nothing else is possible, and never inside a combining sequence or an emoji of several code points.
pub fn excerpt(text: &str, limit: usize) -> String {
    of_chars(text.chars(), limit)
}

/// The [`excerpt`] of a text that comes character by character; no more is taken of it than is needed.
pub fn of_chars(text: impl Iterator<Item = char>, limit: usize) -> String {
    let chars = beginning(text, limit + LOOKED_AT);
    if chars.len() <= limit {
        return chars.into_iter().collect();
    }
    if let Some(end) = sentences(&chars, limit) {
        return chars[..end].iter().collect();
    }
    let end = clauses(&chars, limit).unwrap_or_else(|| characters(&chars, limit));
    let kept: String = chars[..end].iter().collect();
    format!("{}…", kept.trim_end_matches(is_opening).trim_end())
}

/// The first characters of `text`, at most `count`, without white space at its ends and with one space for each run of it.
fn beginning(text: impl Iterator<Item = char>, count: usize) -> Vec<char> {
    let mut chars = Vec::with_capacity(count);
    let mut is_after_space = false;
    for c in text {
        if c.is_whitespace() {
            is_after_space = !chars.is_empty();
            continue;
        }
        if std::mem::take(&mut is_after_space) {
            chars.push(' ');
        }
        chars.push(c);
        if chars.len() >= count {
            break;
        }
    }
    chars
}

/// Where the last sentence ends that ends within `limit`, its closing quotes and brackets included.
fn sentences(chars: &[char], limit: usize) -> Option<usize> {
    let mut last = None;
    let mut at = 0;
    while at < limit {
        if !ends_sentence(chars, at) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < chars.len() && (is_closing(chars, end) || ends_sentence(chars, end)) {
            end += 1;
        }
        if end <= limit {
            last = Some(end);
        }
        at = end;
    }
    last
}

/// Where the last clause mark stands that leaves at most `limit` characters before it.
fn clauses(chars: &[char], limit: usize) -> Option<usize> {
    (1..=limit).rev().find(|at| ends_clause(chars, *at) && !ends_clause(chars, at - 1))
}

/// The last place up to `limit` between two characters, between two words if there is one.
fn characters(chars: &[char], limit: usize) -> usize {
    let whole = |at: &usize| !joined(chars[at - 1], chars[*at]);
    let flags = |at: &usize| !splits_flag(chars, *at);
    let ends = || (1..=limit).rev().filter(whole).filter(flags);
    ends().find(|at| !in_word(chars, *at)).or_else(|| ends().next()).unwrap_or(0)
}

fn ends_sentence(chars: &[char], at: usize) -> bool {
    let next = chars.get(at + 1);
    match chars[at] {
        '。' | '！' | '？' | '｡' => true,
        '!' | '?' => {
            next.is_none_or(|next| !next.is_ascii_alphanumeric() && !matches!(next, '=' | '/' | '&'))
        }
        '.' => next.is_none_or(|next| next.is_whitespace()),
        _ => false,
    }
}

fn ends_clause(chars: &[char], at: usize) -> bool {
    match chars[at] {
        '，' | '；' | '：' | '、' => true,
        ',' | ';' => chars.get(at + 1).is_none_or(|next| next.is_whitespace() || is_cjk(*next)),
        _ => false,
    }
}

/// Whether a closing quote or bracket stands at `at`; a straight quote closes where an odd number stands before it.
fn is_closing(chars: &[char], at: usize) -> bool {
    match chars[at] {
        '”' | '’' | '」' | '』' | '）' | '》' | '〉' | '】' | '〕' | ')' | ']' | '］' | '｣' => {
            true
        }
        '"' => chars[..at].iter().filter(|c| **c == '"').count() % 2 == 1,
        _ => false,
    }
}

fn is_opening(c: char) -> bool {
    matches!(c, '“' | '‘' | '「' | '『' | '（' | '《' | '〈' | '【' | '〔' | '(' | '[' | '［' | '｢' | ' ')
}

/// Whether a cut at `at` would go through a Latin word or a number.
fn in_word(chars: &[char], at: usize) -> bool {
    let letter = |c: char| (c.is_alphanumeric() && !is_cjk(c)) || is_combining_mark(c);
    let joint = |c: char| matches!(c, '.' | ',' | '-' | '_' | '\'' | '’' | '/' | '@' | ':');
    let is_letter = |at: usize| chars.get(at).is_some_and(|c| letter(*c));
    let (before, after) = (chars[at - 1], chars[at]);
    (letter(before) && (letter(after) || after == '%'))
        || (joint(before) && letter(after) && at >= 2 && is_letter(at - 2))
        || (letter(before) && joint(after) && is_letter(at + 1))
}

/// Whether `before` and `after` are code points of one character that is seen.
fn joined(before: char, after: char) -> bool {
    let extends = matches!(after, '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}'
        | '\u{E0020}'..='\u{E007F}' | '\u{E0100}'..='\u{E01EF}' | '\u{1160}'..='\u{11FF}' | '\u{FF9E}' | '\u{FF9F}');
    extends || is_combining_mark(after) || before == '\u{200D}'
}

/// Whether a cut at `at` would split a flag, which is two regional indicators.
fn splits_flag(chars: &[char], at: usize) -> bool {
    let is_indicator = |c: &&char| matches!(**c, '\u{1F1E6}'..='\u{1F1FF}');
    is_indicator(&&chars[at]) && chars[..at].iter().rev().take_while(is_indicator).count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_sentences() {
        let table = [
            ("第一句。第二句。", 8, "第一句。第二句。"),
            ("第一句。第二句。", 7, "第一句。"),
            ("第一句。第二句。", 4, "第一句。"),
            ("他说：“好。”然后走了。", 8, "他说：“好。”"),
            ("真的？！当然是真的。", 5, "真的？！"),
            ("增长3.5%。这是后话。", 8, "增长3.5%。"),
            ("It grew by 3.5 percent. Then it fell.", 30, "It grew by 3.5 percent."),
            ("见 a.com?x=1 的说明。之后还有。", 14, "见 a.com?x=1 的说…"),
            ("他说\"好。\"然后走了很远。", 7, "他说\"好。\""),
        ];
        check(&table);
    }

    #[test]
    fn clauses_and_characters() {
        let table = [
            ("协商在前，决策在后，实施在再后面。", 12, "协商在前，决策在后…"),
            ("协商在前，决策在后，实施在再后面。", 9, "协商在前，决策在后…"),
            ("协商在前，决策在后，实施在再后面。", 8, "协商在前…"),
            ("投资1,200万元建设", 6, "投资…"),
            ("协商在前决策在后", 3, "协商在…"),
            ("发展open data平台", 5, "发展…"),
            ("发展open data平台", 6, "发展open…"),
            ("internationalization", 5, "inter…"),
            ("他说（详见附件内容）", 3, "他说…"),
            ("cafe\u{301} au lait", 4, "caf…"),
            ("武\u{E0100}汉", 1, "…"),
            ("👩‍👩‍👧武汉市", 3, "…"),
            ("武👩‍👩‍👧汉市", 3, "武…"),
            ("🇨🇳🇨🇳", 3, "🇨🇳…"),
            ("武汉", 0, "…"),
            ("", 0, ""),
        ];
        check(&table);
    }

    #[test]
    fn white_space() {
        check(&[
            ("  第一段。\n\n　　第二段。 ", 20, "第一段。 第二段。"),
            ("一\n二 三四五", 4, "一 二…"),
            (" \n ", 5, ""),
        ]);
    }

    fn check(table: &[(&str, usize, &str)]) {
        for (text, limit, expected) in table {
            assert_eq!(excerpt(text, *limit), *expected, "{text} {limit}");
        }
    }

    proptest::proptest! {
        #[test]
        fn short_prefix(text in "[\\PC\n]*|[武汉，。“”a-z0-9., 👩\u{200D}\u{301}]*", limit in 0usize..40) {
            let short = excerpt(&text, limit);
            let collapsed = text.split_whitespace().collect::<Vec<_>>().join(" ");
            proptest::prop_assert!(short.chars().count() <= limit + 1);
            let kept = if short == collapsed { &short } else { short.strip_suffix('…').unwrap_or(&short) };
            proptest::prop_assert!(collapsed.starts_with(kept));
            proptest::prop_assert_eq!(short.trim(), short.as_str());
        }
    }
}
