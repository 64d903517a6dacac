//! `plenary seal`: notes what is published as the record.

use std::process::ExitCode;

use super::{eprint, fail, fail_with_count, prepared, progress, say};
use crate::cli::SiteArguments;
use crate::content::record_lock::{self, RECORD_LOCK};
use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::site::seal;
use crate::{disk, pipeline, report};

/// Runs the command.
pub(super) fn run(arguments: &SiteArguments) -> ExitCode {
    let language = arguments.messages.language();
    if arguments.drafts {
        let text = Message::new(
            "草稿不封存：seal 不能和 --drafts 一起用",
            "drafts are never sealed: seal does not go with --drafts",
        );
        say(language, &text);
        return ExitCode::from(2);
    }
    let progress = progress(&arguments.messages);
    let Some(built) = prepared(arguments, &progress, pipeline::build) else {
        return ExitCode::from(2);
    };
    let shown: Vec<Diagnostic> =
        built.diagnostics.iter().filter(|found| found.severity != Severity::Notice).cloned().collect();
    eprint(&report::print(&shown, &built.inputs, arguments.messages.format(), language));
    let inputs = built.inputs;
    let Some((site, _)) = built.site else { return fail_with_count(&shown, language) };
    let before = inputs.text(RECORD_LOCK).map(|text| record_lock::parse(text).0).unwrap_or_default();
    let sealing = seal::seal(&site, &before);
    if let Some(reason) = built.texts.fault() {
        return fail(&[Diagnostic::no_scratch(&reason)], &inputs, &arguments.messages);
    }
    let text = record_lock::render(&sealing.record);
    if inputs.text(RECORD_LOCK) != Some(text.as_str())
        && let Err(error) = disk::replace(&arguments.root.join(RECORD_LOCK), text.as_bytes())
    {
        return fail(&[error], &inputs, &arguments.messages);
    }
    say(language, &sealing.report());
    ExitCode::SUCCESS
}
