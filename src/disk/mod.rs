//! The only readers and writers of files.

mod fonts;
mod read;
mod scratch;
mod write;

pub use fonts::share_font;
pub use read::{fingerprint, read};
pub use scratch::Scratch;
pub use write::{Written, refusal, write};
