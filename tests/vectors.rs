//! The vectors that both sides of the search agree with; `tests/browser/schema.test.mjs` holds the client to the same file.
//!
//! `UPDATE=1 cargo test --test vectors` rewrites what is expected of the inputs.

use std::path::Path;

use plenary::search::query::terms;
use plenary::search::tokens::{Script, Unit, units};
use plenary::search::{packed, shards};
use serde_json::{Value, json};

/// What this side makes of the inputs of `vectors.json`.
fn made(vectors: &Value) -> Value {
    let mut made = vectors.clone();
    let each = |list: &mut Value, work: &dyn Fn(&mut Value)| {
        list.as_array_mut().into_iter().flatten().for_each(work);
    };
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    each(&mut made["units"], &|one| {
        let script = if one["traditional"] == true { Script::Traditional } else { Script::Mixed };
        let units = units(&text(&one["text"]), script).0;
        let shown = units.iter().map(|(at, unit)| match unit {
            Unit::Character(c) => format!("{at} {c}"),
            Unit::Word(word) => format!("{at} {word}*"),
        });
        one["units"] = shown.collect();
    });
    each(&mut made["queries"], &|one| {
        let terms = terms(&text(&one["query"])).into_iter();
        let shown = terms.map(|t| json!({"text": t.text, "quoted": t.quoted, "excluded": t.excluded}));
        one["terms"] = shown.collect();
    });
    each(&mut made["hashes"], &|one| one["hash"] = shards::hash(&text(&one["key"])).into());
    each(&mut made["packed"], &|one| {
        let mut out = String::new();
        for number in one["numbers"].as_array().into_iter().flatten() {
            packed::push(&mut out, number.as_u64().unwrap_or_default() as u32);
        }
        one["text"] = out.into();
    });
    made
}

#[test]
fn the_vectors() {
    let vectors: Value = serde_json::from_str(include_str!("../src/search/vectors.json")).expect("JSON");
    let made = made(&vectors);
    if std::env::var_os("UPDATE").is_some() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/search/vectors.json");
        let text = serde_json::to_string_pretty(&made).expect("JSON") + "\n";
        std::fs::write(path, text).expect("written");
    } else {
        assert_eq!(made, vectors, "run with UPDATE=1 and look at the difference");
    }
}
