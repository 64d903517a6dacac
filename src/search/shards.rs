//! Many small JSON files for one big table: a key's hash says in which file it stands, so that no directory is needed.

use std::fmt::Write as _;

/// The hash of a key: FNV-1a (32 bits) over its UTF-16 units, and two steps that spread it to the highest bits.
pub fn hash(key: &str) -> u32 {
    let mut hash: u32 = 0x811c_9dc5;
    for unit in key.encode_utf16() {
        hash = (hash ^ u32::from(unit)).wrapping_mul(0x0100_0193);
    }
    hash = (hash ^ (hash >> 15)).wrapping_mul(0x85eb_ca6b);
    hash ^ (hash >> 13)
}

/// The shard of a hash among 2^`bits`: its highest bits.
pub fn shard_of(hash: u32, bits: u32) -> u32 {
    if bits == 0 { 0 } else { hash >> (32 - bits) }
}

/// How many bits number shards of about `size` bytes each, `bytes` in all; at most 16.
pub fn bits(bytes: u64, size: u64) -> u32 {
    (1..=16).find(|bits| bytes >> bits <= size).map_or(16, |bits| if bytes <= size { 0 } else { bits })
}

/// One file: a JSON object of `entries`, which are keys and values in JSON, sorted here by key.
pub fn object(mut entries: Vec<(String, String)>) -> Vec<u8> {
    entries.sort_unstable();
    let mut json =
        String::with_capacity(entries.iter().map(|(k, v)| k.len() + v.len() + 5).sum::<usize>() + 2);
    for (i, (key, value)) in entries.iter().enumerate() {
        let _ = write!(json, "{}{}:{value}", if i == 0 { "{" } else { ",\n" }, string(key));
    }
    json.push_str(if entries.is_empty() { "{}\n" } else { "}\n" });
    json.into_bytes()
}

/// `text` as a JSON string.
pub fn string(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// Entries sorted into the files of their shards: `<folder>/<shard in hex>.json`.
pub fn files(folder: &str, bits: u32, entries: Vec<(String, String)>) -> Vec<(String, Vec<u8>)> {
    let mut shards: Vec<Vec<(String, String)>> = vec![Vec::new(); 1 << bits];
    for entry in entries {
        shards[shard_of(hash(&entry.0), bits) as usize].push(entry);
    }
    shards.into_iter().enumerate().map(|(i, entries)| (path(folder, i as u32), object(entries))).collect()
}

/// The path of a shard.
pub fn path(folder: &str, shard: u32) -> String {
    format!("{folder}/{shard:x}.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        assert_eq!([bits(10, 100), bits(100, 100), bits(101, 100), bits(1600, 100)], [0, 0, 1, 4]);
        assert_eq!(shard_of(u32::MAX, 4), 15);
        assert_eq!(
            object(vec![("b".into(), "1".into()), ("a".into(), "\"x\"".into())]),
            b"{\"a\":\"x\",\n\"b\":1}\n"
        );
    }
}
