//! A run whose templates are watched: one that would never end ends the program.

use std::process;
use std::sync::Arc;
use std::thread;

use super::endless::{Endless, Stuck};
use super::fail;
use crate::cli::SiteArguments;
use crate::diagnostic::{Diagnostic, Place};
use crate::disk::{BUILT_IN_TERA_THEMES, Staging};
use crate::inputs::Inputs;
use crate::stages::Watcher;

/// What `run` gives, which is given the watcher to use.
pub(super) fn watched<T>(
    inputs: &Inputs,
    arguments: &SiteArguments,
    staging: Option<&Arc<Staging>>,
    watcher: &dyn Watcher,
    run: impl FnOnce(&dyn Watcher) -> T,
) -> T {
    let endless = Endless::new(watcher);
    thread::scope(|scope| {
        scope.spawn(|| {
            if let Some(stuck) = endless.watch() {
                give_up(&stuck, inputs, arguments, staging);
            }
        });
        let _end = endless.end_when_dropped();
        run(&endless)
    })
}

/// Ends the program in the middle of a page, with the old site in its place.
fn give_up(stuck: &Stuck, inputs: &Inputs, arguments: &SiteArguments, staging: Option<&Arc<Staging>>) -> ! {
    let found =
        Diagnostic::template_endless(Place::file(template(stuck, inputs)), &stuck.reason, &stuck.page);
    if let Some(staging) = staging {
        staging.abandon();
    }
    fail(&[found], inputs, &arguments.messages);
    process::exit(1)
}

/// The file of the page's template, those of the site first.
fn template(stuck: &Stuck, inputs: &Inputs) -> String {
    let ending = format!("/templates/{}.html", stuck.template);
    let is_built_in = |path: &str| BUILT_IN_TERA_THEMES.iter().any(|(built_in, _)| *built_in == path);
    let files = inputs.below("themes/").map(|(path, _)| path).filter(|path| path.ends_with(&ending));
    files.min_by_key(|path| is_built_in(path)).unwrap_or("themes").to_owned()
}
