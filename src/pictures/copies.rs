//! Smaller copies of a picture in WebP, of which a browser takes the one that fits.

use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, RgbaImage};
use webp::{Encoder, WebPConfig};

use super::facts::{Facts, Fault, Kind, reader};
use super::metadata::riff_chunk;
use crate::diagnostic::Message;

/// Width of the column of text in CSS pixels; pictures up to this width need no copies.
const COLUMN: u32 = 648;
/// Widths of copies: a phone, a phone or computer with a fine screen, and twice the column.
const WIDTHS: [u32; 3] = [480, 960, 1440];
/// WebP quality from 0 to 100.
const QUALITY: f32 = 80.0;
/// Neither side of a WebP picture can be longer (RFC 9649).
const SIDE_LIMIT: u32 = 16_383;
/// Longer colour profiles are not copied; those of phones have some 500 bytes.
const PROFILE_LIMIT: usize = 4096;

/// What the copies of a picture depend on besides its bytes: part of their names.
pub const RECIPE: &str = "webp 1 q80";

/// Width and height of each copy, the smallest first; none where the picture is shown as it is.
///
/// The largest copy is as wide as the picture where that is less than the largest of the usual widths. A width
/// close below it is left out.
pub fn sizes(facts: &Facts) -> Vec<(u32, u32)> {
    let Some((width, height)) = facts.size.filter(|(width, _)| *width > COLUMN) else { return Vec::new() };
    if facts.animated || !matches!(facts.kind, Kind::Jpeg | Kind::Png) {
        return Vec::new();
    }
    let largest = width.min(WIDTHS[WIDTHS.len() - 1]);
    let below = WIDTHS.into_iter().filter(|step| step * 5 < largest * 4);
    let size = |wanted: u32| {
        let height = u64::from(height) * u64::from(wanted) / u64::from(width);
        (wanted, (height as u32).max(1))
    };
    below.chain([largest]).map(size).filter(|(_, height)| *height <= SIDE_LIMIT).collect()
}

/// The copies of `sizes`, as WebP files, turned as `orientation` says.
///
/// # Errors
/// A picture that cannot be decoded.
pub fn copies(bytes: &[u8], orientation: Orientation, sizes: &[(u32, u32)]) -> Result<Vec<Vec<u8>>, Fault> {
    let mut decoder = reader(bytes)?.into_decoder().map_err(|error| Fault::of(&error))?;
    let profile = decoder.icc_profile().ok().flatten().filter(|profile| is_of_rgb(profile));
    let picture = DynamicImage::from_decoder(decoder).map_err(|error| Fault::of(&error))?;
    let picture = Pixels::of(picture);
    let copy = |size: &(u32, u32)| {
        let mut copy = picture.shrunk(before_turning(*size, orientation));
        copy.apply_orientation(orientation);
        encoded(&copy).map(|webp| with_profile(webp, &copy, profile.as_deref()))
    };
    sizes.iter().map(copy).collect()
}

/// Decoded pixels. Where some are transparent, their colours are multiplied by their opacity, so that colours nobody
/// sees do not run into their neighbours.
enum Pixels {
    Opaque(DynamicImage),
    Transparent(RgbaImage),
}

impl Pixels {
    fn of(picture: DynamicImage) -> Pixels {
        if !picture.color().has_alpha() {
            return Pixels::Opaque(DynamicImage::ImageRgb8(picture.into_rgb8()));
        }
        let mut pixels = picture.into_rgba8();
        if pixels.pixels().all(|pixel| pixel.0[3] == u8::MAX) {
            return Pixels::Opaque(DynamicImage::ImageRgb8(DynamicImage::ImageRgba8(pixels).into_rgb8()));
        }
        for pixel in pixels.pixels_mut() {
            let [.., opacity] = pixel.0;
            let seen = |colour: u8| ((u16::from(colour) * u16::from(opacity) + 127) / 255) as u8;
            pixel.0 = [seen(pixel.0[0]), seen(pixel.0[1]), seen(pixel.0[2]), opacity];
        }
        Pixels::Transparent(pixels)
    }

    fn shrunk(&self, size: (u32, u32)) -> DynamicImage {
        match self {
            Pixels::Opaque(picture) => shrunk(picture, size),
            Pixels::Transparent(pixels) => {
                let mut pixels = shrunk(&DynamicImage::ImageRgba8(pixels.clone()), size).into_rgba8();
                for pixel in pixels.pixels_mut() {
                    let [.., opacity] = pixel.0;
                    let full =
                        |colour: u8| (u16::from(colour) * 255 / u16::from(opacity.max(1))).min(255) as u8;
                    pixel.0 = [full(pixel.0[0]), full(pixel.0[1]), full(pixel.0[2]), opacity];
                }
                DynamicImage::ImageRgba8(pixels)
            }
        }
    }
}

/// Averages down to twice the size, then filters. Both work with sums and products only, which are the same everywhere.
fn shrunk(picture: &DynamicImage, (width, height): (u32, u32)) -> DynamicImage {
    if (picture.width(), picture.height()) == (width, height) {
        return picture.clone();
    }
    if picture.width() > width * 2 && picture.height() > height * 2 {
        let twice = picture.thumbnail_exact(width * 2, height * 2);
        return twice.resize_exact(width, height, FilterType::CatmullRom);
    }
    picture.resize_exact(width, height, FilterType::CatmullRom)
}

fn before_turning((width, height): (u32, u32), orientation: Orientation) -> (u32, u32) {
    match orientation {
        Orientation::Rotate90
        | Orientation::Rotate270
        | Orientation::Rotate90FlipH
        | Orientation::Rotate270FlipH => (height, width),
        _ => (width, height),
    }
}

fn encoded(picture: &DynamicImage) -> Result<Vec<u8>, Fault> {
    let fault = || Fault::Broken(Message::new("转换成 WebP 时出错", "it cannot be turned into WebP"));
    let mut config = WebPConfig::new().map_err(|()| fault())?;
    config.quality = QUALITY;
    config.use_sharp_yuv = 1;
    let (width, height) = (picture.width(), picture.height());
    let encoder = match picture {
        DynamicImage::ImageRgba8(pixels) => Encoder::from_rgba(pixels, width, height),
        DynamicImage::ImageRgb8(pixels) => Encoder::from_rgb(pixels, width, height),
        _ => return Err(fault()),
    };
    Ok(encoder.encode_advanced(&config).map_err(|_| fault())?.to_vec())
}

/// Whether a colour profile (ISO 15076-1) is about red, green and blue, as the copy's pixels are, and short.
fn is_of_rgb(profile: &[u8]) -> bool {
    profile.get(16..20).is_some_and(|space| space == b"RGB ") && profile.len() <= PROFILE_LIMIT
}

/// A simple WebP file made an extended one with a colour profile (RFC 9649, section 2.7).
fn with_profile(webp: Vec<u8>, picture: &DynamicImage, profile: Option<&[u8]>) -> Vec<u8> {
    let Some(profile) = profile else { return webp };
    let Some(chunks) = webp.get(12..) else { return webp };
    let transparent = picture.color().has_alpha();
    let mut header = vec![0b10_0000 | if transparent { 0b1_0000 } else { 0 }, 0, 0, 0];
    header.extend(&(picture.width() - 1).to_le_bytes()[..3]);
    header.extend(&(picture.height() - 1).to_le_bytes()[..3]);
    let mut content = b"WEBP".to_vec();
    content.extend(riff_chunk(b"VP8X", &header));
    content.extend(riff_chunk(b"ICCP", profile));
    // A file with transparency is an extended one already, whose own header this one replaces.
    content.extend(if chunks.starts_with(b"VP8X") { &chunks[18..] } else { chunks });
    riff_chunk(b"RIFF", &content)
}
