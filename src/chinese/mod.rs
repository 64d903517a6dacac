//! What Chinese text needs: characters, lengths, excerpts, clean names, readings, addresses and sorting.
//!
//! Everything here is pure and knows nothing of speeches: text goes in, text or numbers come out.

pub mod address;
pub mod characters;
pub mod collation;
pub mod conversion;
pub mod excerpt;
pub mod length;
pub mod normalize;
pub mod pinyin;
mod surnames;
