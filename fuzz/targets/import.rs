//! A document of proceedings, text in any encoding, a Web page or a packed Word file: speeches come out, or a message.

#![no_main]

use libfuzzer_sys::fuzz_target;
use plenary::import::{self, File, Import};

fuzz_target!(|bytes: &[u8]| {
    let import = Import {
        files: &[File { name: "a.txt", bytes }],
        date: jiff::civil::date(2025, 1, 9),
        meeting: Some("m1"),
        themes: &[],
        parties: &[],
    };
    let _ = import::content_file(&import.files[0], &import);
    if let Err(found) = import::read(&import) {
        assert!(!found.is_empty(), "nothing is said");
    }
});
