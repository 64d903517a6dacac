//! One file becomes one value: settings, meetings, speeches, speakers, standing pages.

pub mod aliases;
pub mod digest;
pub mod editions;
pub mod feeds;
pub mod fields;
pub mod front_matter;
pub mod instant;
pub mod markdown;
pub mod meeting;
pub mod privacy;
pub mod profile;
pub mod record_lock;
pub mod site_config;
pub mod source;
pub mod speaker;
pub mod speech;
pub mod standing;

use jiff::tz::TimeZone;

/// What `site.toml` says about how the other content files are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// Days and times without a zone of their own are on the clocks of this one.
    pub zone: TimeZone,
    /// A few tags of HTML in texts are what they say; see [`markdown`].
    pub raw_html: bool,
}

impl Default for Rules {
    fn default() -> Rules {
        Rules { zone: TimeZone::UTC, raw_html: false }
    }
}
