//! One function for each command of the command line.

mod build;
mod check;
mod endless;
mod import;
mod seal;
mod serve;
mod theme;
mod watched;

use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rayon::ThreadPool;

use crate::cli::{Arguments, Command, MessageArguments, SiteArguments, TeraThemeCommand};
use crate::content::instant;
use crate::content::site_config::SiteConfig;
use crate::diagnostic::{Diagnostic, Message, Severity, counted};
use crate::disk::{self, Staging};
use crate::inputs::Inputs;
use crate::pipeline::{Built, Request};
use crate::progress::Progress;
use crate::report::{self, Language};
use crate::scratch::Scratch;
use crate::site::link::Publication;
use crate::stages::{Stage, Watcher};

/// Bytes of stack for each thread that renders: templates and Markdown may nest.
const STACK: usize = 16 * 1024 * 1024;

/// Runs a command. The exit code is 0 when all is well, 1 when an error was found, 2 for a wrong command line.
pub fn run(arguments: Arguments) -> ExitCode {
    disk::without_huge_pages();
    match arguments.command {
        Command::Build(arguments) => build::run(&arguments),
        Command::Check(arguments) => recovered(&arguments.site).unwrap_or_else(|| check::run(&arguments)),
        Command::Serve(arguments) => recovered(&arguments.site).unwrap_or_else(|| serve::run(&arguments)),
        Command::Seal(arguments) => recovered(&arguments).unwrap_or_else(|| seal::run(&arguments)),
        Command::Import(arguments) => import::run(&arguments),
        Command::Theme(arguments) => match arguments.command {
            TeraThemeCommand::New(arguments) => theme::run(&arguments),
        },
    }
}

/// Brings a publication that was cut off to its end; the exit code where that fails.
fn recovered(site: &SiteArguments) -> Option<ExitCode> {
    let error = disk::recover(&site.root.join("public")).err()?;
    Some(fail_with(&[error], &Inputs::default(), &site.messages))
}

/// How far a command is: for people, not for programs.
fn progress(messages: &MessageArguments) -> Progress {
    Progress::new((messages.format() == report::Format::Full).then(|| messages.language()))
}

/// Reads, and runs the command on what was read, with the threads that were asked for; none where `--now` or
/// `--threads` is wrong.
fn prepared(
    arguments: &SiteArguments,
    progress: &Progress,
    run: impl Fn(Request<'_>) -> Built + Send + Sync,
) -> Option<Built> {
    let prepared = threads(arguments)?.install(|| {
        let (inputs, diagnostics) = read(arguments, progress);
        built_of(inputs, diagnostics, arguments, None, progress, run)
    });
    progress.rest();
    Some(prepared)
}

/// The threads that were asked for; none where `--now` or `--threads` is wrong.
fn threads(arguments: &SiteArguments) -> Option<ThreadPool> {
    if !is_now_right(arguments) {
        wrong_now(arguments);
        return None;
    }
    let mut threads = rayon::ThreadPoolBuilder::new().stack_size(STACK);
    if let Some(number) = arguments.threads {
        threads = threads.num_threads(number);
    }
    threads.build().ok()
}

/// Bytes that may stay in memory of each kind of thing that can leave it.
fn limit(arguments: &SiteArguments) -> usize {
    arguments.memory.saturating_mul(1 << 20)
}

/// All sources, and what is wrong with them as files.
fn read(arguments: &SiteArguments, watcher: &dyn Watcher) -> (Inputs, Vec<Diagnostic>) {
    watcher.begins(Stage::Read, 0);
    let (mut inputs, mut diagnostics) = disk::read(&arguments.root, limit(arguments));
    watcher.done(inputs.count());
    match disk::share_font(&arguments.root, &inputs) {
        Ok(Some(font)) => inputs.set_font(font),
        Ok(None) => {}
        Err(diagnostic) => diagnostics.push(diagnostic),
    }
    (inputs, diagnostics)
}

/// What becomes of sources with which something may be wrong already. Finished files go to `staging`, where there is
/// one.
fn built_of(
    inputs: Inputs,
    mut diagnostics: Vec<Diagnostic>,
    arguments: &SiteArguments,
    staging: Option<&Arc<Staging>>,
    watcher: &dyn Watcher,
    run: impl Fn(Request<'_>) -> Built,
) -> Built {
    let publication = |config: &SiteConfig| publication(arguments, config);
    let scratch = disk::Scratch::new(limit(arguments));
    let scratch: Arc<dyn Scratch> = match staging {
        Some(staging) => Arc::new(scratch.publishing(Arc::clone(staging))),
        None => Arc::new(scratch),
    };
    // One that cannot be read any more is as good as changed.
    let again = |name: &str| disk::read_file(&arguments.root.join(name), name, disk::TEXT_LIMIT).ok();
    let themes = inputs.only("themes/");
    let mut built = watched::watched(&themes, arguments, staging, watcher, |watcher| {
        run(Request { inputs, publication: &publication, scratch: &scratch, watcher, again: &again })
    });
    if diagnostics.iter().any(|found| found.severity == Severity::Error) {
        built.site = None;
    }
    built.diagnostics.append(&mut diagnostics);
    // What was found is shown with the lines that it is about.
    for path in built.diagnostics.iter().flat_map(Diagnostic::files) {
        built.inputs.recall(path, &again);
    }
    built
}

/// What is public now, or at the time that `--now` gives.
fn publication(arguments: &SiteArguments, config: &SiteConfig) -> Publication {
    let now = fixed_now(arguments, &config.time_zone).unwrap_or_else(Timestamp::now);
    Publication { now, drafts: arguments.drafts }
}

/// The time that `--now` gives, on the clocks of `zone`.
fn fixed_now(arguments: &SiteArguments, zone: &TimeZone) -> Option<Timestamp> {
    arguments.now.as_deref().and_then(|text| instant::parse(text.trim(), zone))
}

/// Whether `--now` is absent or a point in time.
fn is_now_right(arguments: &SiteArguments) -> bool {
    arguments.now.is_none() || fixed_now(arguments, &TimeZone::UTC).is_some()
}

fn wrong_now(arguments: &SiteArguments) -> ExitCode {
    let text = arguments.now.as_deref().unwrap_or_default();
    let message = Message::new(
        format!("--now {text} 不是一个时间；例如 --now \"2026-03-05 09:00\"（按网站的时区）"),
        format!(
            "--now {text} is not a point in time; write for example --now \"2026-03-05 09:00\" (in the site's time zone)"
        ),
    );
    wrong_command_line(arguments.messages.language(), &message)
}

fn wrong_command_line(language: Language, message: &Message) -> ExitCode {
    say(language, message);
    ExitCode::from(2)
}

/// Prints diagnostics of a command that writes nothing anyway.
fn fail_with(diagnostics: &[Diagnostic], inputs: &Inputs, messages: &MessageArguments) -> ExitCode {
    eprint(&report::print(diagnostics, inputs, messages.format(), messages.language()));
    ExitCode::FAILURE
}

fn fail(diagnostics: &[Diagnostic], inputs: &Inputs, messages: &MessageArguments) -> ExitCode {
    eprint(&report::print(diagnostics, inputs, messages.format(), messages.language()));
    fail_with_count(diagnostics, messages.language())
}

fn fail_with_count(diagnostics: &[Diagnostic], language: Language) -> ExitCode {
    let errors = diagnostics.iter().filter(|found| found.severity == Severity::Error).count();
    say(
        language,
        &Message::new(
            format!("有 {errors} 处错误，没有写任何文件"),
            format!("{}; nothing was written", counted(errors, "error", "errors")),
        ),
    );
    ExitCode::FAILURE
}

/// One line for people, on standard error so that standard output stays for data.
fn say(language: Language, message: &Message) {
    eprint(&format!("{}\n", language.of(message)));
}

/// Prints to standard error. A closed pipe is no reason to stop.
fn eprint(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}
