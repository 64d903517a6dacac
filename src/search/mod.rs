//! Search: the sharded index, its client for browsers, and queries that are answered at build time.

pub mod tokens;
pub mod traditional;

pub mod packed;

pub mod shards;

pub mod zones;

pub mod piece;

pub mod runs;

pub mod lists;

pub mod facets;

pub mod sounds;

pub mod store;

pub mod index;

pub mod query;

pub mod client;
