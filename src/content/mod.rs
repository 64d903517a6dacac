//! One file becomes one value: settings, meetings, speeches, speakers, standing pages.

pub mod aliases;
pub mod digest;
pub mod editions;
pub mod feeds;
pub mod fields;
pub mod front_matter;
pub mod markdown;
pub mod meeting;
pub mod profile;
pub mod record_lock;
pub mod site_config;
pub mod source;
pub mod speaker;
pub mod speech;
pub mod standing;
