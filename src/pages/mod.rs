//! What exists in the output, and how it looks.

pub mod data;
pub mod feed;
pub mod linkcheck;
pub mod markup;
pub mod minify;
pub mod opensearch;
pub mod pager;
pub mod plan;
pub mod render;
pub mod search_page;
pub mod sitemap;
pub mod tera_theme;
pub mod texts;
pub mod vantage;
pub mod view;
