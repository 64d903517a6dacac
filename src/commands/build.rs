//! `plenary build`: makes the site and puts it into the place of the old one.

use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{
    eprint, fail, fail_with, fail_with_count, fixed_now, prepared, progress, say, wrong_command_line,
};
use crate::cli::BuildArguments;
use crate::diagnostic::{Diagnostic, Severity};
use crate::disk::{self, Rules, Staging};
use crate::file_list::FileList;
use crate::inputs::Inputs;
use crate::rehearsal::Rehearsal;
use crate::report::{self, Language};
use crate::{pipeline, summary, upload};

/// Runs the command.
pub(super) fn build(arguments: &BuildArguments) -> ExitCode {
    let site = &arguments.site;
    let language = site.messages.language();
    let published = site.root.join("public");
    let folder = arguments.output.clone().unwrap_or_else(|| published.clone());
    // A folder that is named on purpose is another matter, but not inside of what is published.
    let refused = |zone: &TimeZone| {
        let rehearsal = Rehearsal::of(site.drafts, fixed_now(site, zone), Timestamp::now());
        rehearsal.filter(|_| disk::is_within(&folder, &published))
    };
    if site.drafts
        && let Some(rehearsal) = refused(&TimeZone::UTC)
    {
        return wrong_command_line(language, &rehearsal.refusal());
    }
    let uploaded = match arguments.uploaded.as_deref().map(disk::uploaded).transpose() {
        Ok(uploaded) => uploaded.map(Option::unwrap_or_default),
        Err(error) => return fail(&[error], &Inputs::default(), &site.messages),
    };
    let staging = match Staging::open(&site.root, &folder, arguments.in_place) {
        Ok(staging) => Arc::new(staging),
        Err(error) => return refuse(error, &Inputs::default(), arguments),
    };
    let progress = progress(&site.messages);
    let Some((threads, inputs, built)) = prepared(site, Some(&staging), &progress, pipeline::build) else {
        return ExitCode::from(2);
    };
    let shown: Vec<Diagnostic> =
        built.diagnostics.iter().filter(|found| found.severity != Severity::Notice).cloned().collect();
    eprint(&report::print(&shown, &inputs, site.messages.format(), language));
    let Some((site_model, output)) = built.site else {
        return fail_with_count(&shown, language);
    };
    let zone = &site_model.config.time_zone;
    if let Some(rehearsal) = refused(zone) {
        return wrong_command_line(language, &rehearsal.refusal());
    }
    let shrink_limit = (!arguments.allow_shrink).then_some(site_model.config.output.shrink_limit);
    let rules = Rules { keep: &site_model.config.output.keep, shrink_limit };
    let written = threads.install(|| staging.publish(&output, &rules, &progress));
    progress.rest();
    if arguments.timings {
        eprint(language.of(&progress.timings()));
    }
    match written {
        Ok(written) => {
            say(language, &summary::of_build(&site_model, &output, &written, &folder, progress.elapsed()));
            if let Some(waiting) = site_model.waiting.report(zone) {
                say(language, &waiting);
            }
            if arguments.upload_list {
                return upload_list(uploaded.as_ref().unwrap_or(&written.before), &written.now, language);
            }
            ExitCode::SUCCESS
        }
        Err(error) => refuse(error, &inputs, arguments),
    }
}

/// Prints why nothing, or not all, was written.
fn refuse(error: Diagnostic, inputs: &Inputs, arguments: &BuildArguments) -> ExitCode {
    let print = if error.code == "half-published" { fail_with } else { fail };
    print(&[error], inputs, &arguments.site.messages)
}

/// Prints what is to be sent to a host; an error where nobody takes it.
fn upload_list(before: &FileList, now: &FileList, language: Language) -> ExitCode {
    let changes = upload::changes(before, now);
    let printed = std::io::stdout().write_all(upload::lines(&changes).as_bytes());
    say(language, &upload::summary(&changes));
    if printed.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
