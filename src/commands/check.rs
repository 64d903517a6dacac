//! `plenary check`: looks for faults and writes nothing.

use std::process::ExitCode;

use super::{eprint, fail, fail_with, fail_with_count, prepared, progress, say};
use crate::cli::CheckArguments;
use crate::content::site_config::{self, SITE_TOML};
use crate::deployed::{self, Extent};
use crate::diagnostic::{Diagnostic, Message, Severity, counted};
use crate::{disk, pipeline, report};

/// Runs the command.
pub(super) fn run(arguments: &CheckArguments) -> ExitCode {
    if let Some(url) = &arguments.url {
        return check_published(url, arguments);
    }
    let arguments = &arguments.site;
    let language = arguments.messages.language();
    let progress = progress(&arguments.messages);
    let Some(built) = prepared(arguments, &progress, pipeline::check) else {
        return ExitCode::from(2);
    };
    eprint(&report::print(&built.diagnostics, &built.inputs, arguments.messages.format(), language));
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
                format!("checked: no errors, {}", counted(n, "warning or notice", "warnings or notices")),
            ),
        },
    );
    ExitCode::SUCCESS
}

/// Looks at a published copy; exit code 1 where something is an error.
fn check_published(url: &str, arguments: &CheckArguments) -> ExitCode {
    let site = &arguments.site;
    let language = site.messages.language();
    let (inputs, _) = disk::read(&site.root, 0);
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
                "looked at {url}: {}, {}; {compared} of {} compared",
                counted(errors, "error", "errors"),
                counted(others, "warning", "warnings"),
                counted(files, "file", "files")
            ),
        ),
    );
    if errors > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
