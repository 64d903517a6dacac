//! The size of an SVG drawing, where it has one.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// The size that the root element gives by `width` and `height` in pixels, or else the proportions of `viewBox`.
///
/// The outer option is none where the file is no SVG; the inner one where it does not say how large it is.
pub fn size(bytes: &[u8]) -> Option<Option<(u32, u32)>> {
    let mut reader = Reader::from_reader(bytes);
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer).ok()? {
            Event::Start(root) | Event::Empty(root) => {
                return (root.local_name().as_ref() == "svg").then(|| size_of(&root));
            }
            Event::Eof => return None,
            _ => buffer.clear(),
        }
    }
}

fn size_of(root: &BytesStart<'_>) -> Option<(u32, u32)> {
    let value = |name: &str| {
        let attribute = root.try_get_attribute(name).ok()??;
        Some(attribute.value.into_owned())
    };
    let length = |name| pixels(value(name)?.trim().trim_end_matches("px"));
    if let (Some(width), Some(height)) = (length("width"), length("height")) {
        return Some((width, height));
    }
    let numbers = value("viewBox")?;
    let mut numbers = numbers.split([' ', ',', '\n', '\t']).filter(|part| !part.is_empty()).skip(2);
    Some((pixels(numbers.next()?)?, pixels(numbers.next()?)?))
}

fn pixels(number: &str) -> Option<u32> {
    let number: f64 = number.trim().parse().ok()?;
    (0.5..100_000.0).contains(&number).then(|| number.round() as u32)
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes() {
        let cases = [
            (
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"640\" height=\"480px\"/>",
                Some(Some((640, 480))),
            ),
            ("<?xml version=\"1.0\"?>\n<!-- x --><svg viewBox=\"0 0 24.4,12\"></svg>", Some(Some((24, 12)))),
            ("<svg width=\"100%\" height=\"5em\" viewBox=\"0 0 30 20\"/>", Some(Some((30, 20)))),
            ("<svg/>", Some(None)),
            ("<svg width=\"1e300\" height=\"-3\"/>", Some(None)),
            ("<html/>", None),
            ("not XML", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(size(text.as_bytes()), expected, "{text}");
        }
    }
}
