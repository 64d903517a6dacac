//! What exists in the output, and how it looks.

pub mod around_view;
pub mod asset_minify;
pub mod cite;
pub mod data;
pub mod feed;
pub mod linkcheck;
pub mod markup;
pub mod minify;
pub mod opensearch;
pub mod pager;
pub mod plan;
pub mod qr;
pub mod render;
pub mod search_page;
pub mod sitemap;
pub mod speech_page;
pub mod tera_theme;
pub mod vantage;
pub mod view;
