//! Days as readers of the site's language write them, by two of its interface words.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::view::DateView;

/// A day, with its text by the words `date_form` (with `{year}`, `{month}`, `{month_name}` and `{day}` in it) and
/// `month_names` (twelve, with blanks between them); in the form of ISO 8601 where there is no `date_form`.
pub fn written(date: Date, words: &BTreeMap<String, String>) -> DateView {
    let (year, month, day) = (date.year(), date.month(), date.day());
    let names = words.get("month_names").map_or("", String::as_str);
    let place = usize::from(month.unsigned_abs()).saturating_sub(1);
    let name = names.split_whitespace().nth(place).map_or_else(|| month.to_string(), str::to_owned);
    let part = |mark: &str| match mark {
        "year" => Some(year.to_string()),
        "month" => Some(month.to_string()),
        "month_name" => Some(name.clone()),
        "day" => Some(day.to_string()),
        _ => None,
    };
    let text = words.get("date_form").map_or_else(|| date.to_string(), |form| filled(form, part));
    DateView { iso: date.to_string(), text, year, month, day }
}

/// `form` with what `part` has for a mark, such as `{day}`, in its place.
fn filled(form: &str, part: impl Fn(&str) -> Option<String>) -> String {
    let mut text = String::with_capacity(form.len());
    let mut rest = form;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        match after.split_once('}').and_then(|(mark, after)| Some((part(mark)?, after))) {
            Some((value, after)) => {
                text.push_str(&value);
                rest = after;
            }
            None => {
                text.push('{');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_has_its_own_form() {
        let months = "January February March April May June July August September October November December";
        for (form, names, text) in [
            (Some("{year}年{month}月{day}日"), None, "2025年3月9日"),
            (Some("{day} {month_name} {year}"), Some(months), "9 March 2025"),
            (Some("{day}. {month_name}"), Some("Jänner"), "9. 3"),
            (Some("{day}{"), None, "9{"),
            (Some("{{day} {tag}"), None, "{9 {tag}"),
            (None, Some(months), "2025-03-09"),
        ] {
            let words = [("date_form", form), ("month_names", names)];
            let words = words.into_iter().filter_map(|(key, word)| Some((key.to_owned(), word?.to_owned())));
            let view = written(Date::constant(2025, 3, 9), &words.collect());
            assert_eq!((view.text.as_str(), view.iso.as_str()), (text, "2025-03-09"));
        }
    }
}
