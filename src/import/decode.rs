//! Bytes to text, never garbled: what cannot be decoded with certainty is an error.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, DecoderResult, Encoding, GB18030, GBK};

use super::problem;
use crate::diagnostic::Diagnostic;

/// The text of a document and the encoding it was read in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decoded {
    /// All of it, without a byte order mark.
    pub(crate) text: String,
    /// Name of the encoding.
    pub(crate) encoding: &'static str,
}

/// Decodes UTF-8, UTF-16 of either byte order, GB18030 (and so GBK and GB2312) or Big5.
pub(crate) fn decode(file: &str, bytes: &[u8]) -> Result<Decoded, Vec<Diagnostic>> {
    if let Some(format) = binary_format(bytes) {
        return Err(problem::not_text(file, format));
    }
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => strict_utf8(file, rest, 3),
        [0xFF, 0xFE, rest @ ..] => utf16(file, rest, 2, Order::Little),
        [0xFE, 0xFF, rest @ ..] => utf16(file, rest, 2, Order::Big),
        _ => match utf16_order(bytes) {
            Some(order) => utf16(file, bytes, 0, order),
            None => unmarked(file, bytes),
        },
    }
}

/// Formats that people take for text, by their first bytes.
fn binary_format(bytes: &[u8]) -> Option<&'static str> {
    const SIGNATURES: [(&[u8], &str); 5] = [
        (b"PK\x03\x04", "ZIP"),
        (b"\xD0\xCF\x11\xE0", "Word 97 (.doc)、WPS (.wps) 或加了密码的 Word"),
        (b"%PDF", "PDF"),
        (b"{\\rtf", "RTF"),
        (b"\x89PNG", "PNG"),
    ];
    SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, format)| *format)
}

/// Text without a byte order mark: UTF-8 if it is valid, else one of the Chinese encodings.
fn unmarked(file: &str, bytes: &[u8]) -> Result<Decoded, Vec<Diagnostic>> {
    let Err(broken) = std::str::from_utf8(bytes) else {
        return strict_utf8(file, bytes, 0);
    };
    if mostly_utf8(bytes) {
        return strict_utf8(file, bytes, 0);
    }
    let gb = common_share(bytes, GB18030);
    let big5 = common_share(bytes, BIG5);
    let offset = broken.valid_up_to();
    if gb.max(big5) < 0.6 {
        return Err(problem::unknown_encoding(file, offset, line_at(bytes, offset)));
    }
    let traditional = guess(bytes) == BIG5 && big5 > gb;
    legacy(file, bytes, if traditional { BIG5 } else { GB18030 })
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Whether the bytes are UTF-8 with a few broken places, not another encoding.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let wide = text.chars().filter(|c| *c >= '\u{2000}' && *c != '\u{FFFD}').count();
    let broken = text.chars().filter(|c| *c == '\u{FFFD}').count();
    wide > broken * 3
}

/// How many of the characters beyond ASCII are common ones: level 1 of GB 2312, or the
/// frequent plane of Big5, or full-width punctuation. Text in a wrong encoding has few.
fn common_share(bytes: &[u8], encoding: &'static Encoding) -> f64 {
    let (mut common, mut all, mut at) = (0u32, 0u32, 0);
    while let Some(&lead) = bytes.get(at) {
        at += 1;
        if lead < 0x80 {
            continue;
        }
        let trail = bytes.get(at).copied().unwrap_or(0);
        at += 1;
        all += 1;
        let known = if encoding == BIG5 {
            matches!(lead, 0xA1..=0xC6) && matches!(trail, 0x40..=0x7E | 0xA1..=0xFE)
        } else {
            matches!(lead, 0xA1..=0xA3 | 0xB0..=0xD7) && trail >= 0xA1
        };
        common += u32::from(known);
    }
    if all == 0 { 0.0 } else { f64::from(common) / f64::from(all) }
}

fn strict_utf8(file: &str, bytes: &[u8], skipped: usize) -> Result<Decoded, Vec<Diagnostic>> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Decoded { text: text.to_string(), encoding: "UTF-8" }),
        Err(error) => {
            let at = error.valid_up_to();
            Err(problem::undecodable(file, "UTF-8", at + skipped, line_at(bytes, at)))
        }
    }
}

fn legacy(file: &str, bytes: &[u8], encoding: &'static Encoding) -> Result<Decoded, Vec<Diagnostic>> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::new();
    let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len());
    text.reserve(room.unwrap_or(bytes.len() * 3));
    let (result, read) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    let name = if encoding == GBK { "GB18030" } else { encoding.name() };
    match result {
        DecoderResult::InputEmpty => {
            Ok(Decoded { text, encoding: if name == "gb18030" { "GB18030" } else { name } })
        }
        DecoderResult::OutputFull => Err(problem::undecodable(file, name, read, line_at(bytes, read))),
        DecoderResult::Malformed(bad, after) => {
            let at = read.saturating_sub(usize::from(bad) + usize::from(after));
            Err(problem::undecodable(file, name, at, line_at(bytes, at)))
        }
    }
}

/// Order of the two bytes of a UTF-16 unit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Little,
    Big,
}

/// UTF-16 without a mark shows by its zero bytes: line ends and blanks have one each.
fn utf16_order(bytes: &[u8]) -> Option<Order> {
    if !bytes.len().is_multiple_of(2) || !bytes.contains(&0) {
        return None;
    }
    let little = plausible(bytes, Order::Little);
    let big = plausible(bytes, Order::Big);
    match (little * 10 > bytes.len() * 3, big * 10 > bytes.len() * 3) {
        (false, false) => None,
        _ if little >= big => Some(Order::Little),
        _ => Some(Order::Big),
    }
}

/// How many units are usual in Chinese text: Han, CJK and full-width signs, ASCII.
fn plausible(bytes: &[u8], order: Order) -> usize {
    units(bytes, order)
        .filter(|unit| matches!(unit, 0x0A | 0x0D | 0x20..=0x7E | 0x3000..=0x303F | 0x4E00..=0x9FA5 | 0xFF00..=0xFF5E))
        .count()
}

fn units(bytes: &[u8], order: Order) -> impl Iterator<Item = u16> + '_ {
    bytes.chunks_exact(2).map(move |pair| match (pair, order) {
        (&[first, second], Order::Little) => u16::from_le_bytes([first, second]),
        (&[first, second], Order::Big) => u16::from_be_bytes([first, second]),
        _ => 0,
    })
}

fn utf16(file: &str, bytes: &[u8], skipped: usize, order: Order) -> Result<Decoded, Vec<Diagnostic>> {
    let encoding = if order == Order::Little { "UTF-16LE" } else { "UTF-16BE" };
    let mut text = String::with_capacity(bytes.len() * 3 / 2);
    let mut at = 0;
    let fail = |text: &str, at: usize| {
        let line = text.matches('\n').count() + 1;
        Err(problem::undecodable(file, encoding, at + skipped, line))
    };
    for unit in char::decode_utf16(units(bytes, order)) {
        match unit {
            Ok('\0') | Err(_) => return fail(&text, at),
            Ok(character) => {
                text.push(character);
                at += character.len_utf16() * 2;
            }
        }
    }
    if at < bytes.len() {
        return fail(&text, at);
    }
    Ok(Decoded { text, encoding })
}

/// The line that a byte is on, counted from 1.
fn line_at(bytes: &[u8], offset: usize) -> usize {
    bytes.iter().take(offset).filter(|byte| **byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;

    const TEXT: &str = "### 办好社区食堂\n\n市政协委员 王伟\n\n办好社区食堂。\n";

    fn le(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    fn be(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_be_bytes).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let gb = GB18030.encode(TEXT).0.into_owned();
        let cases: [(Vec<u8>, &str); 7] = [
            (TEXT.as_bytes().to_vec(), "UTF-8"),
            ([b"\xEF\xBB\xBF", TEXT.as_bytes()].concat(), "UTF-8"),
            ([b"\xFF\xFE".to_vec(), le(TEXT)].concat(), "UTF-16LE"),
            ([b"\xFE\xFF".to_vec(), be(TEXT)].concat(), "UTF-16BE"),
            (le(TEXT), "UTF-16LE"),
            (be(TEXT), "UTF-16BE"),
            (gb, "GB18030"),
        ];
        for (bytes, encoding) in cases {
            let decoded = decode("a.txt", &bytes).expect(encoding);
            assert_eq!(decoded, Decoded { text: TEXT.to_string(), encoding });
        }
    }

    #[test]
    fn rare_characters_of_gb18030_are_read() {
        let text = "市政协委员 㙍𠮷,喆堃。办好社区食堂,方便老年居民就餐。";
        let bytes = GB18030.encode(text).0.into_owned();
        assert_eq!(decode("a.txt", &bytes).map(|d| d.text), Ok(text.to_string()));
    }

    #[test]
    fn big5_is_read() {
        let text = "發言:構建人工智慧城市大模型,提升超大城市治理能力。加強政策頂層設計。";
        let bytes = BIG5.encode(text).0.into_owned();
        let decoded = decode("a.txt", &bytes).expect("Big5");
        assert_eq!((decoded.text.as_str(), decoded.encoding), (text, "Big5"));
    }

    #[test]
    fn a_broken_byte_is_named_with_its_place() {
        let mut utf8 = TEXT.as_bytes().to_vec();
        let offset = TEXT.find("王").expect("in the text") + 1;
        utf8[offset] = 0xFF;
        let found = decode("a.txt", &utf8).expect_err("broken").remove(0);
        assert_eq!(found.place, Place::span("a.txt", offset - 1..offset));
        assert_eq!(found.message.en, "Line 3, byte 40 (counted from 0) is no UTF-8 text.");

        let mut gb = GB18030.encode(TEXT).0.into_owned();
        let last = gb.len() - 2;
        gb[last] = 0xFF;
        let found = decode("a.txt", &gb).expect_err("broken").remove(0);
        assert_eq!(found.code, "import-undecodable");
        assert!(found.place.span.is_some_and(|(start, _)| start + 2 >= last));
    }

    #[test]
    fn halves_of_utf16_and_other_formats_are_refused() {
        let mut odd = [b"\xFF\xFE".to_vec(), le(TEXT)].concat();
        odd.pop();
        assert_eq!(decode("a.txt", &odd).map_err(|d| d[0].code), Err("import-undecodable"));
        let lone = [b"\xFF\xFE".to_vec(), vec![0x00, 0xD8, 0x41, 0x00]].concat();
        assert_eq!(decode("a.txt", &lone).map_err(|d| d[0].code), Err("import-undecodable"));
        assert_eq!(decode("a.docx", b"PK\x03\x04rest").map_err(|d| d[0].code), Err("import-not-text"));
        let latin = b"caf\xE9 na\xEFve d\xE9j\xE0 vu";
        assert_eq!(decode("a.txt", latin).map_err(|d| d[0].code), Err("import-unknown-encoding"));
    }
}
