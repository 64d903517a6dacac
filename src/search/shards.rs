//! Many small JSON files for one big table: a key's hash says in which file it stands, so that no directory is needed.

/// The one slice of a table that is made as a whole.
pub const WHOLE: (u32, u32) = (0, 0);

/// The hash of a key: FNV-1a (32 bits) over its UTF-16 units, and two steps that spread it to the highest bits.
pub fn hash(key: &str) -> u32 {
    hash_of(key.chars())
}

/// The [`hash`] of a key that comes character by character.
pub fn hash_of(key: impl Iterator<Item = char>) -> u32 {
    let mut hash: u32 = 0x811c_9dc5;
    for c in key {
        for unit in c.encode_utf16(&mut [0; 2]) {
            hash = (hash ^ u32::from(*unit)).wrapping_mul(0x0100_0193);
        }
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

/// One file: a JSON object, whose entries are added in the order of their keys.
#[derive(Default)]
pub struct Object {
    json: String,
}

impl Object {
    /// Begins an entry and gives the place for its value in JSON.
    pub fn entry(&mut self, key: &str) -> &mut String {
        self.json.push_str(if self.json.is_empty() { "{" } else { ",\n" });
        push_string(key, &mut self.json);
        self.json.push(':');
        &mut self.json
    }

    /// The file.
    pub fn finish(mut self) -> Vec<u8> {
        self.json.push_str(if self.json.is_empty() { "{}\n" } else { "}\n" });
        self.json.into_bytes()
    }
}

/// Appends `text` as a JSON string.
pub fn push_string(text: &str, out: &mut String) {
    // Few keys have what is to be escaped (RFC 8259, section 7).
    if text.bytes().any(|byte| matches!(byte, ..0x20 | b'"' | b'\\')) {
        out.push_str(&string(text));
    } else {
        out.extend(["\"", text, "\""]);
    }
}

/// `text` as a JSON string.
pub fn string(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// Entries, sorted by key, as the files of their shards: `<folder>/<shard in hex>.json`. Of shards numbered with `bits` it
/// makes those of one slice, of whose number `slice` says the highest bits, and how many these are.
pub fn files(
    folder: &str,
    bits: u32,
    slice: (u32, u32),
    entries: impl Iterator<Item = (String, String)>,
) -> Vec<(String, Vec<u8>)> {
    let count = 1 << (bits - slice.1);
    let first = slice.0 * count;
    let mut shards: Vec<Object> = Vec::new();
    shards.resize_with(count as usize, Object::default);
    for (key, value) in entries {
        let shard = shard_of(hash(&key), bits) - first;
        shards[shard as usize].entry(&key).push_str(&value);
    }
    (first..).zip(shards).map(|(shard, object)| (path(folder, shard), object.finish())).collect()
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
        let entries = vec![("a".into(), "\"x\"".into()), ("b".into(), "1".into())];
        assert_eq!(
            files("f", 0, WHOLE, entries.into_iter()),
            [("f/0.json".into(), b"{\"a\":\"x\",\n\"b\":1}\n".to_vec())]
        );
        assert_eq!(Object::default().finish(), b"{}\n");
    }
}
