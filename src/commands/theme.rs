//! `plenary theme new`: begins a Tera theme of one's own.

use std::process::ExitCode;

use super::{fail, say};
use crate::cli::NewTeraThemeArguments;
use crate::content::site_config::{self, SITE_TOML};
use crate::content::speech::is_portable;
use crate::diagnostic::{Diagnostic, Message};
use crate::inputs::Inputs;
use crate::{disk, new_tera_theme};

/// Runs the command.
pub(super) fn run(arguments: &NewTeraThemeArguments) -> ExitCode {
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
