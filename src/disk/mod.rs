//! The only readers and writers of files.

mod fonts;
mod memory;
mod new_folder;
mod read;
mod scratch;
mod uploaded;
mod within;
mod write;

pub use fonts::share_font;
pub use memory::peak_memory;
pub use new_folder::new_folder;
pub use read::{BUILT_IN_TERA_THEMES, fingerprint, read};
pub use scratch::Scratch;
pub use uploaded::uploaded;
pub use within::is_within;
pub use write::{Written, listed, refusal, replace, write};
