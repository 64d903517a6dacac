//! What exists in the output, and how it looks.

pub mod archive;
pub mod context;
pub mod data;
pub mod edition_links;
pub mod feed;
pub mod json_ld;
pub mod linkcheck;
pub mod markup;
pub mod meeting_print;
pub mod minify;
pub mod offline;
pub mod opensearch;
pub mod pager;
pub mod plan;
pub mod profile;
pub mod render;
pub mod roles;
pub mod search_page;
pub mod sitemap;
pub mod tera_theme;
pub mod vantage;
pub mod view;
