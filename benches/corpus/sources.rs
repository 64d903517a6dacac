//! The archive as source files: for plenary, for Zola, for Hugo.

use super::archive::{Archive, Meeting, Speech};

/// For whom the files are.
#[derive(Clone, Copy, PartialEq, Eq)]
#[allow(dead_code, reason = "the criterion benches need plenary's only")]
pub(crate) enum Form {
    /// plenary.
    Plenary,
    /// Zola: front matter with taxonomies.
    Zola,
    /// Hugo: the same, written otherwise.
    Hugo,
}

/// All files below `content/`, with their paths from the site's folder.
pub(crate) fn files(archive: &Archive, form: Form) -> impl Iterator<Item = (String, String)> {
    let meetings: Vec<Meeting> = archive.meetings().collect();
    let folder = match form {
        Form::Plenary => "content/meetings",
        Form::Zola | Form::Hugo => "content",
    };
    let settings = (form == Form::Plenary).then(|| {
        let text = "title = \"会议发言汇编\"\nbase_url = \"https://fayan.example/\"\n";
        ("content/site.toml".to_owned(), text.to_owned())
    });
    let indexes: Vec<(String, String)> = meetings
        .iter()
        .map(|meeting| (format!("{folder}/{}/_index.md", meeting.folder), index(meeting, form)))
        .collect();
    let speeches = archive.speeches().map(move |speech| {
        let meeting = &meetings[speech.meeting];
        let text = format!("{}\n{}\n", head(&speech, meeting, form), speech.paragraphs.join("\n\n"));
        (format!("{folder}/{}/{}.md", meeting.folder, speech.name), text)
    });
    settings.into_iter().chain(indexes).chain(speeches)
}

/// The file of a meeting.
fn index(meeting: &Meeting, form: Form) -> String {
    let title = quoted(&meeting.title);
    let more = match form {
        Form::Zola => "sort_by = \"date\"".to_owned(),
        Form::Plenary | Form::Hugo => format!("date = {}", meeting.date),
    };
    format!("+++\ntitle = {title}\n{more}\n+++\n")
}

/// The front matter of a speech.
fn head(speech: &Speech<'_>, meeting: &Meeting, form: Form) -> String {
    let title = quoted(&speech.title);
    let themes = list(&speech.themes);
    let date = meeting.date;
    let (name, group) = (quoted(&speech.speaker.name), quoted(speech.speaker.group));
    let roles = list(&speech.speaker.roles.each_ref().map(String::as_str));
    let begin = format!("+++\ntitle = {title}\ndate = {date}\n");
    match form {
        Form::Plenary => format!(
            "{begin}themes = {themes}\n\n[speaker]\nname = {name}\nroles = {roles}\ngroup = {group}\n+++\n"
        ),
        Form::Zola => format!(
            "{begin}\n[taxonomies]\nthemes = {themes}\nspeakers = [{name}]\n\n[extra]\nroles = {roles}\ngroup = {group}\n+++\n"
        ),
        Form::Hugo => format!(
            "{begin}themes = {themes}\nspeakers = [{name}]\n\n[params]\nroles = {roles}\ngroup = {group}\n+++\n"
        ),
    }
}

/// A TOML string; nothing in the archive needs an escape.
fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

fn list(texts: &[&str]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    format!("[{}]", texts.join(", "))
}
