//! Takes out of a picture what it tells beyond the picture: place, time, camera, names, thumbnails.
//!
//! The pixels stay as they are, and so do colour profile and orientation.

use std::borrow::Cow;

use image::metadata::Orientation;

use super::facts::{Facts, Kind};

/// Whether a file of this kind has its own end, so that nothing of it is missing.
pub fn is_whole(bytes: &[u8], kind: Kind) -> bool {
    match kind {
        Kind::Jpeg => jpeg(bytes, Orientation::NoTransforms).is_some(),
        Kind::Png => png(bytes).is_some(),
        Kind::WebP => webp(bytes, Orientation::NoTransforms).is_some(),
        Kind::Gif | Kind::Avif | Kind::Svg => true,
    }
}

/// The file as it is published.
pub fn bare<'b>(bytes: &'b [u8], facts: &Facts) -> Cow<'b, [u8]> {
    let bare = match facts.kind {
        Kind::Jpeg => jpeg(bytes, facts.orientation),
        Kind::Png => png(bytes),
        Kind::WebP => webp(bytes, facts.orientation),
        Kind::Gif | Kind::Avif | Kind::Svg => None,
    };
    bare.map_or(Cow::Borrowed(bytes), Cow::Owned)
}

/// Exif data (CIPA DC-008) that says nothing but how to turn the picture.
fn exif(orientation: Orientation) -> Vec<u8> {
    let mut exif = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.push(orientation.to_exif());
    exif.extend([0; 6]);
    exif
}

/// Segments of a JPEG file (ITU-T T.81, annex B) up to the end of the image; none where that is missing.
fn jpeg(bytes: &[u8], orientation: Orientation) -> Option<Vec<u8>> {
    let mut out = bytes.get(..2)?.to_vec();
    if orientation != Orientation::NoTransforms {
        let exif = exif(orientation);
        out.extend([0xff, 0xe1, 0, (exif.len() + 8) as u8]);
        out.extend(b"Exif\0\0");
        out.extend(exif);
    }
    let mut at = 2;
    loop {
        // Between segments there is nothing but a marker, which fill bytes may precede.
        at += bytes.get(at..)?.iter().position(|byte| *byte == 0xff)?;
        at += bytes[at..].iter().position(|byte| *byte != 0xff)?;
        let marker = bytes[at];
        at += 1;
        if marker == 0xd9 {
            out.extend([0xff, marker]);
            return Some(out);
        }
        if matches!(marker, 0x00 | 0x01 | 0xd0..=0xd8) {
            continue;
        }
        let length = usize::from(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]));
        let segment = bytes.get(at..at + length.max(2))?;
        at += segment.len();
        if !is_kept(marker, &segment[2..]) {
            continue;
        }
        out.extend([0xff, marker]);
        out.extend(segment);
        if marker == 0xda {
            let scan = scan(bytes.get(at..)?)?;
            out.extend(scan);
            at += scan.len();
        }
    }
}

/// Of the segments for applications only JFIF, the colour profile and Adobe's note on colours have to do with the picture.
fn is_kept(marker: u8, content: &[u8]) -> bool {
    match marker {
        0xe0 => content.starts_with(b"JFIF\0"),
        0xe2 => content.starts_with(b"ICC_PROFILE\0"),
        0xee => content.starts_with(b"Adobe"),
        0xe1..=0xef | 0xfe => false,
        _ => true,
    }
}

/// The coded data at the beginning of `bytes`, up to the next marker that is no restart.
fn scan(bytes: &[u8]) -> Option<&[u8]> {
    let ends = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xd0..=0xd7 | 0xff);
    bytes.windows(2).position(ends).map(|end| &bytes[..end])
}

/// Chunks of a PNG file (W3C PNG, third edition) up to `IEND`; none where that is missing.
fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.get(..8)?.to_vec();
    let mut at = 8;
    loop {
        let length: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
        let length = usize::try_from(u32::from_be_bytes(length)).ok()?;
        let chunk = bytes.get(at..at.checked_add(length)?.checked_add(12)?)?;
        at += chunk.len();
        let name = &chunk[4..8];
        if !matches!(name, b"eXIf" | b"tEXt" | b"zTXt" | b"iTXt" | b"tIME") {
            out.extend(chunk);
        }
        if name == b"IEND" {
            return Some(out);
        }
    }
}

/// Chunks of a WebP file (RFC 9649); none where it is shorter than it says.
fn webp(bytes: &[u8], orientation: Orientation) -> Option<Vec<u8>> {
    let length = |at: usize| -> Option<usize> {
        let length: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
        usize::try_from(u32::from_le_bytes(length)).ok()
    };
    let end = length(4)?.checked_add(8)?;
    let whole = bytes.get(..end)?;
    let mut out = whole.get(..12)?.to_vec();
    let mut at = 12;
    while at < end {
        let size = length(at + 4)?;
        let padded = at.checked_add(size)?.checked_add(8 + size % 2)?;
        let chunk = whole.get(at..padded).or_else(|| whole.get(at..at + 8 + size))?;
        at += chunk.len();
        match &chunk[..4] {
            b"EXIF" if orientation != Orientation::NoTransforms => {
                out.extend(riff_chunk(b"EXIF", &exif(orientation)));
            }
            b"EXIF" | b"XMP " => {}
            b"VP8X" if chunk.len() > 8 => {
                let flags =
                    chunk[8] & !0b1100 | if orientation == Orientation::NoTransforms { 0 } else { 0b1000 };
                out.extend(&chunk[..8]);
                out.push(flags);
                out.extend(&chunk[9..]);
            }
            _ => out.extend(chunk),
        }
    }
    let size = u32::try_from(out.len() - 8).ok()?;
    out[4..8].copy_from_slice(&size.to_le_bytes());
    Some(out)
}

/// One chunk of a RIFF file: name, length, content, and a byte more where the length is odd.
pub fn riff_chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut chunk = name.to_vec();
    chunk.extend((content.len() as u32).to_le_bytes());
    chunk.extend(content);
    chunk.extend(std::iter::repeat_n(0, content.len() % 2));
    chunk
}
