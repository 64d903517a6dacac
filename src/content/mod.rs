//! One file becomes one value: settings, meetings, speeches, speakers, standing pages.

pub mod source;
pub mod front_matter;
pub mod fields;
pub mod site_config;
pub mod markdown;
pub mod meeting;
pub mod speech;
pub mod speaker;
pub mod standing;
