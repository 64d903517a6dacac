//! What exists in the output, and how it looks.

pub mod plan;
pub mod view;
pub mod vantage;
pub mod pager;
pub mod tera_theme;
pub mod render;
pub mod minify;
pub mod markup;
pub mod feed;
pub mod sitemap;
pub mod data;
pub mod linkcheck;
