//! `plenary import`: makes speeches of a document.

use std::path::Path;
use std::process::ExitCode;

use super::{eprint, fail, say};
use crate::cli::{ImportArguments, MessageArguments};
use crate::content::site_config::{self, SITE_TOML};
use crate::diagnostic::{Diagnostic, Message};
use crate::disk;
use crate::import::{self, Import, PartyNames, ThemeKeywords};
use crate::inputs::Inputs;

/// Runs the command.
pub(super) fn run(arguments: &ImportArguments) -> ExitCode {
    let messages = &arguments.messages;
    let language = messages.language();
    let Some(date) = arguments.date.as_deref() else {
        say(
            language,
            &Message::new(
                "请用 --date 写明会议日期，例如 --date 2025-01-09：材料里常常没有年份，plenary 不猜",
                "say the meeting's day with --date, such as --date 2025-01-09: documents often leave out the year, and plenary does not guess it",
            ),
        );
        return ExitCode::from(2);
    };
    let Ok(date) = date.parse::<jiff::civil::Date>() else {
        say(
            language,
            &Message::new(
                format!("--date {date} 不是一个存在的日期；例如 --date 2025-01-09"),
                format!("--date {date} is not an existing date; write for example --date 2025-01-09"),
            ),
        );
        return ExitCode::from(2);
    };
    let file_name = arguments.file.to_string_lossy();
    let bytes = match disk::read_file(&arguments.file, &file_name, disk::DOCUMENT_LIMIT) {
        Ok(bytes) => bytes,
        Err(error) => return fail(&[error], &Inputs::default(), messages),
    };
    let (themes, parties) = match vocabulary(&arguments.root) {
        Ok(vocabulary) => vocabulary,
        Err((diagnostics, inputs)) => return fail(&diagnostics, &inputs, messages),
    };
    let request = Import {
        file_name: &file_name,
        bytes: &bytes,
        date,
        meeting: arguments.meeting.as_deref(),
        themes: &themes,
        parties: &parties,
    };
    let mut inputs = Inputs::default();
    inputs.insert(file_name.clone(), bytes.clone());
    if let Some(file) = import::content_file(&request) {
        return import_content_file(&file, &arguments.root, &inputs, messages);
    }
    let proceedings = match import::read(&request) {
        Ok(proceedings) => proceedings,
        Err(diagnostics) => return fail(&diagnostics, &inputs, messages),
    };
    let write = if arguments.keep_edits { import::write_keeping_edits } else { import::write };
    match write(&proceedings, &arguments.root) {
        Ok(outcome) => {
            eprint(language.of(&import::report(&proceedings, &outcome)));
            ExitCode::from(outcome.exit_code())
        }
        Err(diagnostics) => fail(&diagnostics, &inputs, messages),
    }
}

fn import_content_file(
    file: &import::ContentFile,
    root: &Path,
    inputs: &Inputs,
    messages: &MessageArguments,
) -> ExitCode {
    match import::write_content_file(file, root) {
        Ok(recoded) => {
            say(messages.language(), &file.report(recoded));
            ExitCode::from(u8::from(recoded == import::Recoded::Conflict))
        }
        Err(diagnostics) => fail(&diagnostics, inputs, messages),
    }
}

type Vocabulary = (Vec<ThemeKeywords>, Vec<PartyNames>);

/// The themes with their keywords and the groups with their names, from `site.toml` where there is one.
fn vocabulary(root: &Path) -> Result<Vocabulary, (Vec<Diagnostic>, Inputs)> {
    let mut inputs = Inputs::default();
    let file = root.join(SITE_TOML);
    if !file.exists() {
        return Ok((Vec::new(), Vec::new()));
    }
    let bytes = match disk::read_file(&file, SITE_TOML, disk::TEXT_LIMIT) {
        Ok(bytes) => bytes,
        Err(error) => return Err((vec![error], inputs)),
    };
    inputs.insert(SITE_TOML, bytes);
    let (config, diagnostics) = match inputs.utf8(SITE_TOML) {
        Ok(text) => site_config::parse(text),
        Err(error) => (None, vec![error]),
    };
    let Some(config) = config.filter(|_| diagnostics.is_empty()) else { return Err((diagnostics, inputs)) };
    let themes = config.themes.unwrap_or_default();
    let themes = themes
        .into_iter()
        .map(|term| ThemeKeywords { name: term.name.value, keywords: term.words })
        .collect();
    let groups = config.groups.unwrap_or_default();
    let groups =
        groups.into_iter().map(|term| PartyNames { group: term.name.value, names: term.words }).collect();
    Ok((themes, groups))
}
