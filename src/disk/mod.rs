//! The only readers and writers of files.

mod read;
mod write;

pub use read::{fingerprint, read};
pub use write::{Written, refusal, write};
