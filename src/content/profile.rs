//! Profiles: which customs of Chinese public sites a site follows.
//!
//! The tags and the facts of the foot are those of the State Council's norms for government sites
//! (国办发〔2017〕47号, page tags and site marks). Other offices are not bound by them.

use super::fields::Located;
use super::site_config::{SITE_TOML, SiteConfig};
use crate::diagnostic::{Diagnostic, Place};

/// Which customs a site follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// A government's site: the norm's tags, marks and facts, all of them required.
    Gov,
    /// A political consultative conference: the same tags, nothing required.
    Cppcc,
    /// Any other office.
    None,
}

impl Profile {
    /// Its word in `site.toml` and in templates.
    pub fn word(self) -> &'static str {
        match self {
            Profile::Gov => "gov",
            Profile::Cppcc => "cppcc",
            Profile::None => "none",
        }
    }
}

/// Digits of a site's identification code (网站标识码).
const CODE: usize = 10;

/// Whether a text can be an identification code: ten digits, or letters and digits for ministries.
fn is_code(code: &str) -> bool {
    code.len() == CODE && code.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// What the profile requires and `site.toml` does not have, or has wrong.
pub fn missing(config: &SiteConfig) -> Vec<Diagnostic> {
    let footer = &config.footer;
    let mut found = Vec::new();
    if let Some(Located { value, span }) = footer.site_code.as_ref().filter(|code| !is_code(&code.value)) {
        let place = Place { file: SITE_TOML.into(), span: Some(*span) };
        found.push(Diagnostic::wrong_site_code(place, value));
    }
    if config.profile.value != Profile::Gov {
        return found;
    }
    let required = [
        ("footer.publisher", footer.publisher.is_some(), "publisher = \"武汉市人民政府办公厅\""),
        ("footer.phone", footer.phone.is_some(), "phone = \"027-12345678\""),
        ("footer.icp", footer.icp.is_some(), "icp = \"鄂ICP备12345678号\""),
        ("footer.police", footer.police.is_some(), "police = \"鄂公网安备42010000000001号\""),
        ("footer.site_code", footer.site_code.is_some(), "site_code = \"4201000000\""),
        (
            "footer.badge_url",
            footer.badge_url.is_some(),
            "badge_url = \"https://bszs.conac.cn/sitename?method=show&id=…\"",
        ),
    ];
    let place = || Place { file: SITE_TOML.into(), span: Some(config.profile.span) };
    let missing = required.into_iter().filter(|(_, is_there, _)| !is_there);
    found.extend(missing.map(|(key, _, example)| Diagnostic::missing_in_profile(place(), key, example)));
    found
}
