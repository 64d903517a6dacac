//! `plenary import`: makes speeches of documents.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::{eprint, fail, say};
use crate::cli::{ImportArguments, MessageArguments};
use crate::content::site_config::{self, SITE_TOML};
use crate::diagnostic::{Diagnostic, Message};
use crate::disk;
use crate::import::{self, File, Import, PartyNames, ThemeKeywords};
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
    let (documents, faults) = documents(&arguments.files);
    if !faults.is_empty() {
        return fail(&faults, &Inputs::default(), messages);
    }
    let (themes, parties) = match vocabulary(&arguments.root) {
        Ok(vocabulary) => vocabulary,
        Err((diagnostics, inputs)) => return fail(&diagnostics, &inputs, messages),
    };
    let files: Vec<File<'_>> = documents.iter().map(|(name, bytes)| File { name, bytes }).collect();
    let request = Import {
        files: &files,
        date,
        meeting: arguments.meeting.as_deref(),
        themes: &themes,
        parties: &parties,
    };
    let mut inputs = Inputs::default();
    for (name, bytes) in &documents {
        inputs.insert(name.clone(), bytes.clone());
    }
    let (content_files, others): (Vec<_>, Vec<_>) = files
        .iter()
        .map(|file| (*file, import::content_file(file, &request)))
        .partition(|(_, found)| found.is_some());
    let mut code = ExitCode::SUCCESS;
    for file in content_files.iter().filter_map(|(_, found)| found.as_ref()) {
        let written = import_content_file(file, &arguments.root, &inputs, messages);
        if written != ExitCode::SUCCESS {
            code = written;
        }
    }
    let files: Vec<File<'_>> = others.into_iter().map(|(file, _)| file).collect();
    if files.is_empty() {
        return code;
    }
    let proceedings = match import::read(&Import { files: &files, ..request }) {
        Ok(proceedings) => proceedings,
        Err(diagnostics) => return fail(&diagnostics, &inputs, messages),
    };
    let write = if arguments.keep_edits { import::write_keeping_edits } else { import::write };
    match write(&proceedings, &arguments.root) {
        Ok(outcome) => {
            eprint(language.of(&import::report(&proceedings, &outcome)));
            if outcome.exit_code() == 0 { code } else { ExitCode::from(outcome.exit_code()) }
        }
        Err(diagnostics) => fail(&diagnostics, &inputs, messages),
    }
}

/// The documents with their names: files in the order in which they are named, those of a folder in the order of their
/// names.
fn documents(paths: &[PathBuf]) -> (Vec<(String, Vec<u8>)>, Vec<Diagnostic>) {
    let (mut documents, mut faults) = (Vec::new(), Vec::new());
    for path in paths {
        let mut files = match disk::documents(path) {
            Ok(files) => files,
            Err(fault) => {
                faults.push(fault);
                continue;
            }
        };
        if files.is_empty() {
            faults.extend(import::empty_folder(&path.to_string_lossy()));
        }
        import::order::sort(&mut files, |file| file.to_string_lossy().into_owned());
        for file in files {
            match disk::document(&file) {
                Ok(bytes) => documents.push((file.to_string_lossy().into_owned(), bytes)),
                Err(fault) => faults.push(fault),
            }
        }
    }
    (documents, faults)
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
