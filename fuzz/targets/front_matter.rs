//! Content files of every kind, `site.toml` and `record.lock`: whatever their bytes, there is a value or a message.

#![no_main]

use libfuzzer_sys::fuzz_target;
use plenary::content::{Rules, meeting, record_lock, site_config, speaker, speech, standing};

fuzz_target!(|text: &str| {
    let rules = Rules::default();
    let (file, found) = speech::parse("a.md", text, &rules);
    assert!(file.is_some() || !found.is_empty(), "nothing is said");
    let _ = meeting::parse("a.md", text, &rules);
    let _ = speaker::parse("a.md", text, &rules);
    let _ = standing::parse("a.md", text, &rules);
    let _ = site_config::parse(text);
    let _ = record_lock::parse(text);
});
