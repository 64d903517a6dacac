//! Content files of every kind, `site.toml` and `record.lock`: whatever their bytes, there is a value or a message.

#![no_main]

use jiff::tz::TimeZone;
use libfuzzer_sys::fuzz_target;
use plenary::content::{meeting, record_lock, site_config, speaker, speech, standing};

fuzz_target!(|text: &str| {
    let zone = TimeZone::UTC;
    let (file, found) = speech::parse("a.md", text, &zone);
    assert!(file.is_some() || !found.is_empty(), "nothing is said");
    let _ = meeting::parse("a.md", text, &zone);
    let _ = speaker::parse("a.md", text, &zone);
    let _ = standing::parse("a.md", text);
    let _ = site_config::parse(text);
    let _ = record_lock::parse(text);
});
