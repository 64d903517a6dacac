//! `plenary check --url`: looks at a published copy as browsers, portals and search engines meet it.

mod advice;
mod answer;
mod checks;
mod compare;
mod published;

pub use checks::table;
pub use compare::Extent;

use std::path::Path;

use crate::content::site_config::{BaseUrl, SiteConfig};
use crate::diagnostic::{Diagnostic, Message, Severity};

use answer::Client;
use published::Published;

/// What was looked at, and what was found.
pub struct Report {
    /// How many files of the published copy were compared with those of the output folder.
    pub compared: usize,
    /// How many files there are.
    pub files: usize,
    /// Errors and warnings, in the order in which a technician should see to them.
    pub diagnostics: Vec<Diagnostic>,
}

/// What everything below asks and compares with.
struct Copy<'a> {
    client: Client,
    published: Published<'a>,
    config: &'a SiteConfig,
}

/// Looks at the copy at `url`, which should be what is in `folder`, the output of the last build.
///
/// # Errors
/// A diagnostic where there is nothing to compare with, or where the host does not answer at all.
pub fn check(url: &str, config: &SiteConfig, folder: &Path, extent: Extent) -> Result<Report, Diagnostic> {
    let published = Published::read(folder)?;
    let base = BaseUrl::new(url);
    let client = Client::new(format!("{}{}", base.origin, base.path));
    let copy = Copy { client, published, config };
    if let Err(reason) = copy.client.get("") {
        return Err(Diagnostic::deployed(
            "no-answer",
            Severity::Error,
            &copy.client.url(""),
            Message::new(format!("没有回应：{reason}"), format!("there is no answer: {reason}")),
            Message::new(
                "看看地址、域名解析和证书",
                "look at the address, its name server and its certificate",
            ),
        ));
    }
    let mut diagnostics = checks::all(&copy);
    let compared = compare::compare(&copy, extent, &mut diagnostics);
    Ok(Report { compared, files: copy.published.paths.len(), diagnostics })
}
