//! Markdown to the HTML of a page: no markup of the author's own gets through, and small HTML stays what it was.

#![no_main]

use libfuzzer_sys::fuzz_target;
use plenary::content::Rules;
use plenary::content::markdown::{self, Frame};
use plenary::markup::{Piece, attributes, pieces};
use plenary::minify;

fuzz_target!(|text: &str| {
    for raw_html in [false, true] {
        page(text, &Rules { raw_html, ..Rules::default() });
    }
    let _ = minify::html(text);
    let _ = minify::style_sheet(text);
});

fn page(text: &str, rules: &Rules) {
    let (body, _) = markdown::parse("a.md", text, 0, rules);
    let html = body.html(|link| Some(format!("#{link}")), |_| Frame::default());
    for piece in pieces(&html) {
        let Piece::Open(name, tag) = piece else { continue };
        assert!(!["script", "style", "iframe", "object", "svg", "form"].contains(&name), "{tag}");
        assert!(attributes(tag).all(|(name, _)| !name.to_ascii_lowercase().starts_with("on")), "{tag}");
    }
    let small = minify::html(&html).expect("the depth is bounded before");
    assert_eq!(minify::html(&small).as_deref(), Ok(small.as_str()), "made small twice it is the same");
    let _ = body.changed(&|text| text.to_uppercase());
}
