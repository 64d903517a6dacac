//! `aliases`: old addresses that lead to a page, and `[[redirects]]` of `site.toml` for those that no page takes.

use super::fields::{Fields, Located};
use super::site_config::SITE_TOML;
use super::speech::is_portable;
use crate::diagnostic::Diagnostic;

/// One entry of `[[redirects]]`.
#[derive(Debug, Clone)]
pub struct RedirectConfig {
    /// The old address.
    pub from: Located<String>,
    /// The address that it leads to.
    pub to: Located<String>,
}

/// Reads `aliases` of `file`; what is no address is reported and left out.
pub(super) fn read(fields: &mut Fields<'_>, file: &str) -> Vec<Located<String>> {
    let aliases = fields.texts("aliases");
    aliases.into_iter().filter(|alias| is_right(fields, file, "aliases", alias)).collect()
}

/// Reads `[[redirects]]`.
pub(super) fn redirects(fields: &mut Fields<'_>) -> Vec<RedirectConfig> {
    let read = fields.tables("redirects", |fields| {
        let from = fields.required_text("from", "from = \"/old/\"");
        let to = fields.required_text("to", "to = \"/themes/\"");
        let from = from.filter(|from| is_right(fields, SITE_TOML, "redirects.from", from));
        let to = to.filter(|to| to.value == "/" || is_right(fields, SITE_TOML, "redirects.to", to));
        Some(RedirectConfig { from: from?, to: to? })
    });
    read.unwrap_or_default().into_iter().flatten().collect()
}

fn is_right(fields: &mut Fields<'_>, file: &str, key: &str, address: &Located<String>) -> bool {
    let is_right = is_site_address(&address.value);
    if !is_right {
        fields.report(Diagnostic::wrong_address(address.place(file), key, &address.value));
    }
    is_right
}

/// Whether a text is an address within the site: `/a/b/` or `/a/b.html`, without tricks.
pub fn is_site_address(address: &str) -> bool {
    let Some(rest) = address.strip_prefix('/') else { return false };
    let parts: Vec<&str> = rest.strip_suffix('/').unwrap_or(rest).split('/').collect();
    let good = |part: &&str| !part.is_empty() && !part.starts_with('.') && is_portable(part);
    !rest.is_empty() && parts.iter().all(good) && !address.contains(['?', '#', '%', '\\'])
}
