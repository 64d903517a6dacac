//! The only readers and writers of files.

mod documents;
mod file;
mod fonts;
mod memory;
mod new_folder;
mod read;
mod replace;
mod scratch;
mod staging;
mod uploaded;
mod within;

pub use documents::{document, documents};
pub use file::{DOCUMENT_LIMIT, TEXT_LIMIT, read_file};
pub use fonts::share_font;
pub use memory::{peak_memory, without_huge_pages};
pub use new_folder::new_folder;
pub use read::{BUILT_IN_TERA_THEMES, Change, Sources, read};
pub use replace::replace;
pub use scratch::Scratch;
pub use staging::{Rules, Staging, Written, listed, recover};
pub use uploaded::uploaded;
pub use within::is_within;
