//! A page to write: front matter and body, and how such a page is read again.

use toml::Value;

use super::write_markdown;
use super::{Meeting, Speech};

/// The sign on the lines around the front matter.
const FENCE: &str = "+++";

/// What import wants a file to say.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Page {
    /// Keys in the order in which they are written; those of `[speaker]` as `speaker.name`.
    pub(crate) entries: Vec<(String, Value)>,
    pub(crate) body: String,
}

/// The meeting's `_index.md`.
pub(crate) fn meeting_page(meeting: &Meeting) -> Page {
    let mut entries = vec![text("title", &meeting.title)];
    entries.extend(meeting.subtitle.as_ref().map(|subtitle| text("subtitle", subtitle)));
    entries.extend(meeting.name.as_ref().map(|name| text("name", name)));
    entries.extend(date(meeting.date));
    Page { entries, body: write_markdown::body(&meeting.lead) }
}

/// A speech's file. Its date is the meeting's and is not repeated; its place in the
/// meeting is written only where the file's name begins with another number.
pub(crate) fn speech_page(speech: &Speech, file: &str) -> Page {
    let mut entries = vec![text("title", &speech.title)];
    entries.extend(speech.subtitle.as_ref().map(|subtitle| text("subtitle", subtitle)));
    if number_of(file) != Some(speech.order) {
        let order = i64::try_from(speech.order).unwrap_or(i64::MAX);
        entries.push(("order".to_string(), Value::Integer(order)));
    }
    if !speech.themes.is_empty() {
        let themes = speech.themes.iter().map(|reason| reason.theme.as_str());
        entries.push(("themes".to_string(), list(themes)));
    }
    if speech.summary {
        entries.push(text("text", "summary"));
    }
    match speech.speakers.as_slice() {
        [] => entries.push(("draft".to_string(), Value::Boolean(true))),
        [speaker] => entries.extend(
            speaker_entries(speaker).into_iter().map(|(key, value)| (format!("speaker.{key}"), value)),
        ),
        speakers => {
            let tables = speakers.iter().map(|s| Value::Table(speaker_entries(s).into_iter().collect()));
            entries.push(("speakers".to_string(), Value::Array(tables.collect())));
        }
    }
    Page { entries, body: write_markdown::body(&speech.body) }
}

fn speaker_entries(speaker: &super::Speaker) -> Vec<(String, Value)> {
    let mut entries = vec![text("name", &speaker.name), text("byline", &speaker.byline)];
    if !speaker.roles.is_empty() {
        entries.push(("roles".to_string(), list(speaker.roles.iter().map(String::as_str))));
    }
    entries.extend(speaker.group.as_ref().map(|group| text("group", group)));
    entries
}

fn text(key: &str, value: &str) -> (String, Value) {
    (key.to_string(), Value::String(value.to_string()))
}

fn list<'a>(values: impl Iterator<Item = &'a str>) -> Value {
    Value::Array(values.map(|value| Value::String(value.to_string())).collect())
}

fn date(date: jiff::civil::Date) -> Option<(String, Value)> {
    let date: toml::value::Datetime = date.to_string().parse().ok()?;
    Some(("date".to_string(), Value::Datetime(date)))
}

/// The number that a file's name begins with.
fn number_of(file: &str) -> Option<usize> {
    let digits: String = file.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// The whole file.
pub(crate) fn render(page: &Page) -> String {
    let mut out = format!("{FENCE}\n");
    for (key, value) in page.entries.iter().filter(|(key, value)| !in_table(key, value)) {
        out.push_str(&format!("{key} = {}\n", literal(value)));
    }
    let speaker: Vec<(&str, &Value)> =
        page.entries.iter().filter_map(|(key, value)| Some((key.strip_prefix("speaker.")?, value))).collect();
    if !speaker.is_empty() {
        out.push_str("\n[speaker]\n");
        out.extend(speaker.iter().map(|(key, value)| format!("{key} = {}\n", literal(value))));
    }
    for (key, value) in &page.entries {
        for table in tables(value) {
            out.push_str(&format!("\n[[{key}]]\n"));
            let known = SPEAKER_KEYS.iter().filter_map(|key| Some((key, table.get(*key)?)));
            out.extend(known.map(|(key, value)| format!("{key} = {}\n", literal(value))));
        }
    }
    out.push_str(FENCE);
    out.push('\n');
    if !page.body.is_empty() {
        out.push('\n');
        out.push_str(&page.body);
    }
    out
}

/// Keys of a speaker, in the order in which they are written.
pub(crate) const SPEAKER_KEYS: [&str; 4] = ["name", "byline", "roles", "group"];

fn in_table(key: &str, value: &Value) -> bool {
    key.contains('.') || !tables(value).is_empty()
}

/// The tables of an array of tables.
pub(crate) fn tables(value: &Value) -> Vec<&toml::Table> {
    value.as_array().map(|values| values.iter().filter_map(Value::as_table).collect()).unwrap_or_default()
}

/// A value as it is written; strings always between double quotes.
pub(crate) fn literal(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Array(values) => {
            let values: Vec<String> = values.iter().map(literal).collect();
            format!("[{}]", values.join(", "))
        }
        Value::Table(table) => {
            let mut pairs: Vec<String> =
                table.iter().map(|(key, value)| format!("{} = {}", quoted(key), literal(value))).collect();
            pairs.sort();
            format!("{{ {} }}", pairs.join(", "))
        }
        Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Datetime(_) => value.to_string(),
    }
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A file as it is now.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Written {
    /// The text between the fences.
    pub(crate) front: String,
    /// The values in it, flattened as in [`Page`].
    pub(crate) entries: Vec<(String, Value)>,
    /// Everything behind the front matter.
    pub(crate) body: String,
}

/// Reads a file that import may have written; nothing where its form is another one.
pub(crate) fn parse(bytes: &[u8]) -> Option<Written> {
    let text = std::str::from_utf8(bytes).ok()?.replace("\r\n", "\n");
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
    let rest = text.strip_prefix(FENCE)?.strip_prefix('\n')?;
    let (front, body) =
        match rest.strip_prefix(FENCE).filter(|body| body.is_empty() || body.starts_with('\n')) {
            Some(body) => ("", body),
            None => split_at_fence(rest)?,
        };
    let table: toml::Table = front.parse().ok()?;
    let mut entries = Vec::new();
    for (key, value) in table {
        match value {
            Value::Table(inner) => {
                entries.extend(inner.into_iter().map(|(name, value)| (format!("{key}.{name}"), value)));
            }
            value => entries.push((key, value)),
        }
    }
    Some(Written { front: front.to_string(), entries, body: body.to_string() })
}

fn split_at_fence(rest: &str) -> Option<(&str, &str)> {
    rest.match_indices("\n+++").find_map(|(at, fence)| {
        let body = rest.get(at + fence.len()..)?;
        let closed = body.is_empty() || body.starts_with('\n');
        closed.then_some((rest.get(..at + 1)?, body))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Speaker;

    fn speaker(name: &str) -> Speaker {
        Speaker {
            name: name.to_string(),
            byline: format!("市政协委员,某局“处长” {name}"),
            roles: vec!["市政协委员".to_string(), "某局“处长”".to_string()],
            group: Some("民进".to_string()),
        }
    }

    fn speech(speakers: Vec<Speaker>) -> Speech {
        Speech {
            order: 3,
            title: "办好\"社区\\食堂\"".to_string(),
            subtitle: Some("副题".to_string()),
            speakers,
            themes: Vec::new(),
            summary: true,
            body: Vec::new(),
            file: 0,
            line: 1,
        }
    }

    #[test]
    fn keys_stand_in_the_order_of_the_design() {
        let page = speech_page(&speech(vec![speaker("王伟")]), "02-x.md");
        assert_eq!(
            render(&page),
            "+++\ntitle = \"办好\\\"社区\\\\食堂\\\"\"\nsubtitle = \"副题\"\norder = 3\ntext = \"summary\"\n\n[speaker]\nname = \"王伟\"\n\
             byline = \"市政协委员,某局“处长” 王伟\"\nroles = [\"市政协委员\", \"某局“处长”\"]\ngroup = \"民进\"\n+++\n"
        );
    }

    #[test]
    fn what_is_written_is_read_again() {
        for speakers in [vec![], vec![speaker("王伟")], vec![speaker("王伟"), speaker("李明")]] {
            let page = speech_page(&speech(speakers), "03-x.md");
            let written = parse(render(&page).as_bytes()).expect("own form");
            let mut expected = page.entries.clone();
            let mut entries = written.entries;
            expected.sort_by(|a, b| a.0.cmp(&b.0));
            entries.sort_by(|a, b| a.0.cmp(&b.0));
            assert_eq!(entries, expected);
        }
    }

    #[test]
    fn other_forms_are_not_read() {
        for text in
            ["", "+++", "---\ntitle: x\n---\n", "+++\ntitle = \n+++\n", "+++\ntitle = \"x\"\n", "文字"]
        {
            assert_eq!(parse(text.as_bytes()), None, "{text}");
        }
        assert!(parse("\u{FEFF}+++\r\ntitle = \"x\"\r\n+++\r\n\r\n正文\r\n".as_bytes()).is_some());
    }
}
