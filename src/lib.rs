//! plenary: a static site generator for the public record of speeches.
//!
//! ```text
//!  read           parse ∥              link            plan          render ∥         write
//! disk ─▶ Inputs ─▶ SpeechFile[]… ─▶ Site ─▶ Page[] ─▶ Output ─▶ public/
//!  I/O    └────────────────── pure: no clock, no file system ──────────┘     I/O
//! ```
//!
//! [`disk`] reads the sources into [`inputs::Inputs`]. [`pipeline`] runs the pure middle: [`content`]
//! parses one file at a time, [`site`] joins them, [`pages`] plans and renders, [`minify`] makes small, [`pictures`] scales and draws,
//! [`hosts`] adds what web servers want to be told. [`disk`] writes the
//! [`output::Output`]; [`upload`] says what of it has to be sent to a host. Whatever is wrong becomes a
//! [`diagnostic::Diagnostic`], printed by [`report`].
//! Only [`disk`], [`serve`], [`import`] and [`deployed`] touch the world outside. Each of the [`stages`] tells a watcher
//! how far it is; the one with a clock is [`progress`].

pub mod chinese;
pub mod cli;
pub mod commands;
pub mod content;
pub mod deployed;
pub mod diagnostic;
pub mod disk;
pub mod file_list;
pub mod hosts;
pub mod import;
pub mod inputs;
pub mod markup;
pub mod minify;
pub mod new_tera_theme;
pub mod output;
pub mod pages;
pub mod pictures;
pub mod pipeline;
pub mod progress;
pub mod rehearsal;
pub mod report;
pub mod scratch;
pub mod search;
pub mod serve;
pub mod site;
pub mod stages;
pub mod summary;
pub mod upload;
