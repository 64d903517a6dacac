//! Addresses that a browser asks the preview for: there is an answer, and none is of a file outside the site.

#![no_main]

use libfuzzer_sys::fuzz_target;
use plenary::content::site_config::SiteConfig;
use plenary::disk::BUILT_IN_TERA_THEMES;
use plenary::inputs::Inputs;
use plenary::pipeline::{Found, Workshop};
use plenary::site::link::Publication;
use plenary::stages::Nobody;

thread_local! {
    static SITE: Workshop = site();
}

fn site() -> Workshop {
    let mut inputs = Inputs::default();
    for (path, bytes) in BUILT_IN_TERA_THEMES {
        inputs.insert(*path, bytes.to_vec());
    }
    for (path, text) in [
        ("content/site.toml", "base_url = \"https://a.example/\"\ntitle = \"发言\"\n"),
        ("content/meetings/m1/_index.md", "+++\ntitle = \"会\"\ndate = 2025-01-09\n+++\n"),
        ("content/meetings/m1/01.md", "+++\ntitle = \"一\"\n[speaker]\nname = \"林一舟\"\n+++\n\n甲。\n"),
        ("content/meetings/m1/02.md", "+++\ntitle = \"二\"\ndraft = true\n[speaker]\nname = \"林一舟\"\n+++\n\n机密。\n"),
    ] {
        inputs.insert(path, text.as_bytes().to_vec());
    }
    let publication =
        |_: &SiteConfig| Publication { now: jiff::Timestamp::from_second(1_750_000_000).expect("a time"), drafts: false };
    let mut workshop = Workshop::default();
    workshop.update(&inputs, &[], None, &publication, &Nobody);
    assert!(workshop.preview().is_some());
    workshop
}

fuzz_target!(|address: &str| {
    SITE.with(|site| {
        let Some(preview) = site.preview() else { return };
        preview.pages(None, &Nobody, |pages| match pages.at(address) {
            Found::File(_, bytes, found) => {
                assert!(found.is_empty(), "{found:?}");
                assert!(!String::from_utf8_lossy(&bytes).contains("机密"));
            }
            Found::Failed(found) => panic!("{found:?}"),
            Found::Folder | Found::Later | Found::Nothing => {}
        });
    });
});
