//! `plenary serve`: shows the site on this machine while it is written.

use std::process::ExitCode;

use super::{is_now_right, publication, say, threads, watched, wrong_now};
use crate::cli::ServeArguments;
use crate::content::site_config::SiteConfig;
use crate::diagnostic::Diagnostic;
use crate::inputs::Inputs;
use crate::stages::Nobody;
use crate::{report, serve};

/// Runs the command.
pub(super) fn run(arguments: &ServeArguments) -> ExitCode {
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
