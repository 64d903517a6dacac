//! `plenary build`: makes the site and puts it into the place of the old one.

use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rayon::ThreadPool;

use super::{
    built_of, eprint, fail, fail_with, fail_with_count, fixed_now, progress, read, say, threads,
    wrong_command_line,
};
use crate::cli::BuildArguments;
use crate::content::site_config::{self, SITE_TOML};
use crate::diagnostic::{Diagnostic, Severity};
use crate::disk::{self, Rules, Staging, Written};
use crate::file_list::FileList;
use crate::inputs::Inputs;
use crate::progress::Progress;
use crate::rehearsal::Rehearsal;
use crate::report::{self, Language};
use crate::stages::{Stage, Watcher as _};
use crate::summary::{self, Contents};
use crate::{pipeline, upload};

/// Runs the command.
pub(super) fn run(arguments: &BuildArguments) -> ExitCode {
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
    let Some(threads) = threads(site) else { return ExitCode::from(2) };
    let (inputs, found) = threads.install(|| read(site, &progress));
    // What a build says besides, and what depends on the time, is said and done again by each.
    let made_of = (found.is_empty() && !site.drafts && site.now.is_none()).then(|| inputs.digest());
    if let Some(made_of) = &made_of
        && let Some(written) = unchanged(&staging, made_of, &inputs, &threads, &progress)
    {
        print_timings(arguments, &progress);
        say(language, &summary::of_nothing(&written, &folder, progress.elapsed()));
        return done(arguments, uploaded.as_ref(), &written);
    }
    let built = threads.install(|| built_of(inputs, found, site, Some(&staging), &progress, pipeline::build));
    progress.rest();
    let shown: Vec<Diagnostic> =
        built.diagnostics.iter().filter(|found| found.severity != Severity::Notice).cloned().collect();
    eprint(&report::print(&shown, &built.inputs, site.messages.format(), language));
    let Some((site_model, output)) = built.site else {
        return fail_with_count(&shown, language);
    };
    // Nothing is made of the texts any more, and of a large site they are much.
    let (contents, waiting, config) =
        (Contents::of(&site_model), site_model.waiting, site_model.config.clone());
    drop(site_model);
    let zone = &config.time_zone;
    if let Some(rehearsal) = refused(zone) {
        return wrong_command_line(language, &rehearsal.refusal());
    }
    let shrink_limit = (!arguments.allow_shrink).then_some(config.output.shrink_limit);
    let waiting = waiting.report(zone);
    let made_of = made_of.filter(|_| shown.is_empty() && waiting.is_none());
    let rules = Rules { keep: &config.output.keep, shrink_limit, made_of: made_of.as_deref() };
    let written = threads.install(|| staging.publish(&output, &rules, &progress));
    progress.rest();
    print_timings(arguments, &progress);
    match written {
        Ok(written) => {
            say(language, &summary::of_build(&contents, &output, &written, &folder, progress.elapsed()));
            if let Some(waiting) = waiting {
                say(language, &waiting);
            }
            done(arguments, uploaded.as_ref(), &written)
        }
        Err(error) => refuse(error, &built.inputs, arguments),
    }
}

/// What there is to do, where all is as these sources make it: nothing. None where it is not.
fn unchanged(
    staging: &Staging,
    made_of: &str,
    inputs: &Inputs,
    threads: &ThreadPool,
    progress: &Progress,
) -> Option<Written> {
    let config = site_config::parse(inputs.text(SITE_TOML)?).0?;
    progress.begins(Stage::Compare, 0);
    let written = threads.install(|| staging.unchanged(made_of, &config.output.keep));
    progress.rest();
    written
}

fn print_timings(arguments: &BuildArguments, progress: &Progress) {
    if arguments.timings {
        eprint(arguments.site.messages.language().of(&progress.timings()));
    }
}

/// The end of a build that went well.
fn done(arguments: &BuildArguments, uploaded: Option<&FileList>, written: &Written) -> ExitCode {
    if !arguments.upload_list {
        return ExitCode::SUCCESS;
    }
    upload_list(uploaded.unwrap_or(&written.before), &written.now, arguments.site.messages.language())
}

/// Prints why nothing, or not all, was written.
fn refuse(error: Diagnostic, inputs: &Inputs, arguments: &BuildArguments) -> ExitCode {
    let print = if error.code == "half-published" { fail_with } else { fail };
    print(&[error], inputs, &arguments.site.messages)
}

/// Prints what is to be sent to a host; an error where nobody takes it.
fn upload_list(before: &FileList, now: &FileList, language: Language) -> ExitCode {
    let before = before.finished();
    let changes = upload::changes(&before, now);
    let printed = std::io::stdout().write_all(upload::lines(&changes).as_bytes());
    say(language, &upload::summary(&changes));
    if printed.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
