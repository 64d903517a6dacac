//! One function for each command of the command line.

mod build;
mod endless;
mod watched;

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rayon::ThreadPool;

use crate::cli::{
    Arguments, CheckArguments, Command, ImportArguments, MessageArguments, NewTeraThemeArguments,
    ServeArguments, SiteArguments, TeraThemeCommand,
};
use crate::content::instant;
use crate::content::record_lock::{self, RECORD_LOCK};
use crate::content::site_config::{self, SITE_TOML, SiteConfig};
use crate::content::speech::is_portable;
use crate::deployed::{self, Extent};
use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::disk::{self, Staging};
use crate::import::{self, Import, PartyNames, ThemeKeywords};
use crate::inputs::Inputs;
use crate::pipeline::{self, Built};
use crate::progress::Progress;
use crate::report::{self, Language};
use crate::search::runs::Scratch;
use crate::site::link::Publication;
use crate::site::seal;
use crate::stages::{Nobody, Stage, Watcher};
use crate::{new_tera_theme, serve};

/// Bytes of stack for each thread that renders: templates and Markdown may nest.
const STACK: usize = 16 * 1024 * 1024;

/// Runs a command. The exit code is 0 when all is well, 1 when an error was found, 2 for a wrong command line.
pub fn run(arguments: Arguments) -> ExitCode {
    match arguments.command {
        Command::Build(arguments) => build::build(&arguments),
        Command::Check(arguments) => recovered(&arguments.site).unwrap_or_else(|| check(&arguments)),
        Command::Serve(arguments) => recovered(&arguments.site).unwrap_or_else(|| serve(&arguments)),
        Command::Seal(arguments) => recovered(&arguments).unwrap_or_else(|| seal(&arguments)),
        Command::Import(arguments) => import(&arguments),
        Command::Theme(arguments) => match arguments.command {
            TeraThemeCommand::New(arguments) => new_tera_theme(&arguments),
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

fn check(arguments: &CheckArguments) -> ExitCode {
    if let Some(url) = &arguments.url {
        return check_published(url, arguments);
    }
    let arguments = &arguments.site;
    let language = arguments.messages.language();
    let progress = progress(&arguments.messages);
    let Some((_, inputs, built)) = prepared(arguments, None, &progress, pipeline::check) else {
        return ExitCode::from(2);
    };
    eprint(&report::print(&built.diagnostics, &inputs, arguments.messages.format(), language));
    let errors = built.diagnostics.iter().filter(|found| found.severity == Severity::Error).count();
    if errors > 0 {
        return fail_with_count(&built.diagnostics, language);
    }
    let others = built.diagnostics.len();
    say(
        language,
        &match others {
            0 => Message::new("检查完毕，没有发现问题", "checked: nothing found"),
            n => Message::new(
                format!("检查完毕，没有错误，有 {n} 处警告或提示"),
                format!("checked: no errors, {n} warnings or notices"),
            ),
        },
    );
    ExitCode::SUCCESS
}

/// Looks at a published copy; exit code 1 where something is an error.
fn check_published(url: &str, arguments: &CheckArguments) -> ExitCode {
    let site = &arguments.site;
    let language = site.messages.language();
    let (inputs, _) = disk::read(&site.root);
    let (config, diagnostics) = match inputs.utf8(SITE_TOML) {
        Ok(text) if inputs.bytes(SITE_TOML).is_some() => site_config::parse(text),
        Ok(_) => (None, vec![Diagnostic::no_site_toml()]),
        Err(error) => (None, vec![error]),
    };
    let Some(config) = config else { return fail(&diagnostics, &inputs, &site.messages) };
    if !["http://", "https://"].iter().any(|scheme| url.starts_with(scheme) && url.len() > scheme.len()) {
        let message = Message::new(
            format!("--url {url} 不是网址；例如 --url https://fayan.example.cn/"),
            format!("--url {url} is no web address; write for example --url https://fayan.example.cn/"),
        );
        say(language, &message);
        return ExitCode::from(2);
    }
    let folder = arguments.output.clone().unwrap_or_else(|| site.root.join("public"));
    let extent = if arguments.every_file { Extent::EveryFile } else { Extent::Sample };
    let report = match deployed::check(url, &config, &folder, extent) {
        Ok(report) => report,
        Err(diagnostic) => return fail_with(&[diagnostic], &inputs, &site.messages),
    };
    eprint(&report::print(&report.diagnostics, &inputs, site.messages.format(), language));
    let count = |severity| report.diagnostics.iter().filter(|found| found.severity == severity).count();
    let (errors, others) = (count(Severity::Error), count(Severity::Warning));
    let (compared, files) = (report.compared, report.files);
    say(
        language,
        &Message::new(
            format!(
                "已检查 {url}：{errors} 处错误，{others} 处警告；比较了 {files} 个文件中的 {compared} 个"
            ),
            format!(
                "looked at {url}: {errors} errors, {others} warnings; {compared} of {files} files compared"
            ),
        ),
    );
    if errors > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn seal(arguments: &SiteArguments) -> ExitCode {
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
    let Some((_, inputs, built)) = prepared(arguments, None, &progress, pipeline::build) else {
        return ExitCode::from(2);
    };
    let shown: Vec<Diagnostic> =
        built.diagnostics.iter().filter(|found| found.severity != Severity::Notice).cloned().collect();
    eprint(&report::print(&shown, &inputs, arguments.messages.format(), language));
    let Some((site, _)) = built.site else { return fail_with_count(&shown, language) };
    let before = inputs.text(RECORD_LOCK).map(|text| record_lock::parse(text).0).unwrap_or_default();
    let sealing = seal::seal(&site, &before);
    let text = record_lock::render(&sealing.record);
    if inputs.text(RECORD_LOCK) != Some(text.as_str())
        && let Err(error) = disk::replace(&arguments.root.join(RECORD_LOCK), text.as_bytes())
    {
        return fail(&[error], &inputs, &arguments.messages);
    }
    say(language, &sealing.report());
    ExitCode::SUCCESS
}

fn serve(arguments: &ServeArguments) -> ExitCode {
    let site = &arguments.site;
    let language = site.messages.language();
    if !is_now_right(site) {
        return wrong_now(site);
    }
    let Some(threads) = threads(site) else { return ExitCode::from(2) };
    let messages = site.messages;
    let publication = |config: &SiteConfig| publication(site, config);
    let print = |found: &[Diagnostic], inputs: &Inputs| {
        report::print(found, inputs, messages.format(), messages.language())
    };
    let served = threads.install(|| {
        watched::watched(&Inputs::default(), site, None, &Nobody, |watcher| {
            serve::run(&serve::Preview {
                root: site.root.clone(),
                address: arguments.address,
                port: arguments.port,
                names: arguments.allow_host.clone(),
                memory: site.memory.saturating_mul(1 << 20),
                language,
                publication: &publication,
                print: &print,
                watcher,
            })
        })
    });
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            say(language, &message);
            ExitCode::FAILURE
        }
    }
}

/// Reads and builds with the threads that were asked for, and gives them back; none where `--now` or `--threads` is wrong.
/// Finished files go to `staging`, where there is one.
fn prepared<F>(
    arguments: &SiteArguments,
    staging: Option<&Arc<Staging>>,
    progress: &Progress,
    run: F,
) -> Option<(ThreadPool, Inputs, Built)>
where
    F: Fn(&Inputs, &dyn Fn(&SiteConfig) -> Publication, &Arc<dyn Scratch>, &dyn Watcher) -> Built
        + Send
        + Sync,
{
    let threads = threads(arguments)?;
    let (inputs, built) = threads.install(|| built(arguments, staging, progress, run));
    progress.rest();
    Some((threads, inputs, built))
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

fn built<F>(
    arguments: &SiteArguments,
    staging: Option<&Arc<Staging>>,
    watcher: &dyn Watcher,
    run: F,
) -> (Inputs, Built)
where
    F: Fn(&Inputs, &dyn Fn(&SiteConfig) -> Publication, &Arc<dyn Scratch>, &dyn Watcher) -> Built,
{
    let (inputs, diagnostics) = read(arguments, watcher);
    let built = built_of(&inputs, diagnostics, arguments, staging, watcher, run);
    (inputs, built)
}

/// All sources, and what is wrong with them as files.
fn read(arguments: &SiteArguments, watcher: &dyn Watcher) -> (Inputs, Vec<Diagnostic>) {
    watcher.begins(Stage::Read, 0);
    let (mut inputs, mut diagnostics) = disk::read(&arguments.root);
    watcher.done(inputs.below("").count());
    match disk::share_font(&arguments.root, &inputs) {
        Ok(Some(font)) => inputs.set_font(font),
        Ok(None) => {}
        Err(diagnostic) => diagnostics.push(diagnostic),
    }
    (inputs, diagnostics)
}

/// What becomes of sources with which something may be wrong already.
fn built_of<F>(
    inputs: &Inputs,
    mut diagnostics: Vec<Diagnostic>,
    arguments: &SiteArguments,
    staging: Option<&Arc<Staging>>,
    watcher: &dyn Watcher,
    run: F,
) -> Built
where
    F: Fn(&Inputs, &dyn Fn(&SiteConfig) -> Publication, &Arc<dyn Scratch>, &dyn Watcher) -> Built,
{
    let publication = |config: &SiteConfig| publication(arguments, config);
    let scratch = disk::Scratch::new(arguments.memory.saturating_mul(1 << 20));
    let scratch: Arc<dyn Scratch> = match staging {
        Some(staging) => Arc::new(scratch.publishing(Arc::clone(staging))),
        None => Arc::new(scratch),
    };
    let mut built = watched::watched(inputs, arguments, staging, watcher, |watcher| {
        run(inputs, &publication, &scratch, watcher)
    });
    if diagnostics.iter().any(|found| found.severity == Severity::Error) {
        built.site = None;
    }
    built.diagnostics.append(&mut diagnostics);
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

fn import(arguments: &ImportArguments) -> ExitCode {
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

fn new_tera_theme(arguments: &NewTeraThemeArguments) -> ExitCode {
    let NewTeraThemeArguments { name, root, messages } = arguments;
    let language = messages.language();
    let folder = format!("themes/{name}");
    let built_in = disk::BUILT_IN_TERA_THEMES.iter().any(|(path, _)| path.starts_with(&format!("{folder}/")));
    let site = disk::read_file(&root.join(SITE_TOML), SITE_TOML, disk::TEXT_LIMIT);
    let refused = match &site {
        _ if !is_portable(name) || name.starts_with('.') => Some(Diagnostic::wrong_tera_theme_name(name)),
        _ if built_in => Some(Diagnostic::tera_theme_exists(&folder)),
        Err(_) => Some(Diagnostic::no_site_toml()),
        Ok(_) => None,
    };
    if let Some(refused) = refused {
        return fail(&[refused], &Inputs::default(), messages);
    }
    let text = site.ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let site_language = text.and_then(|text| Some(site_config::parse(&text).0?.language));
    let files = new_tera_theme::files(name, site_language.as_deref().unwrap_or_default(), language);
    if let Err(error) = disk::new_folder(root, &folder, &files) {
        return fail(&[error], &Inputs::default(), messages);
    }
    let paths: Vec<String> = files.iter().map(|(path, _)| format!("  {folder}/{path}")).collect();
    let paths = paths.join("\n");
    say(
        language,
        &Message::new(
            format!(
                "已建立模板 {name}：\n{paths}\n下一步：在 content/site.toml 里写 tera_theme = \"{name}\"，运行 plenary serve 看样子；怎样修改，见 {folder}/README.md"
            ),
            format!(
                "the Tera theme {name} is begun:\n{paths}\nnext: write tera_theme = \"{name}\" in content/site.toml and run plenary serve; {folder}/README.md says how to change it"
            ),
        ),
    );
    ExitCode::SUCCESS
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
            format!("{errors} errors; nothing was written"),
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
