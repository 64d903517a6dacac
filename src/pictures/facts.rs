//! What a picture file says of itself: its kind, its size, and how it is to be turned.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{ImageDecoder, ImageError, ImageFormat, ImageReader};

use super::{metadata, svg};
use crate::diagnostic::Message;

/// The most pixels that are read. Decoded, they take 256 MB.
pub const PIXEL_LIMIT: u64 = 64_000_000;

/// Kinds of pictures that browsers show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// JPEG.
    Jpeg,
    /// PNG, also animated.
    Png,
    /// GIF.
    Gif,
    /// WebP.
    WebP,
    /// AVIF, whose size is not read.
    Avif,
    /// SVG.
    Svg,
}

/// What is known of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// The kind, by the content and not by the name.
    pub kind: Kind,
    /// Width and height in pixels as it is shown, that is, after it was turned.
    pub size: Option<(u32, u32)>,
    /// How the pixels of a JPEG or WebP file are to be turned.
    pub orientation: Orientation,
    /// Whether it moves, so that a copy of one moment would not do.
    pub animated: bool,
}

/// Why a file cannot be shown as a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It cannot be read.
    Broken(Message),
    /// It has more than [`PIXEL_LIMIT`] pixels: width and height.
    Huge(u32, u32),
}

impl Fault {
    /// A file that ends too soon.
    pub fn cut() -> Fault {
        Fault::Broken(Message::new("文件不完整", "the file is not complete"))
    }

    /// What a decoder says.
    pub fn of(error: &ImageError) -> Fault {
        Fault::Broken(Message::new(format!("内容有误（{error}）"), error.to_string()))
    }

    fn foreign(name: &str) -> Fault {
        Fault::Broken(Message::new(
            format!("这是 {name} 文件，浏览器显示不了"),
            format!("it is a {name} file, which browsers do not show"),
        ))
    }
}

/// Reads what a file says of itself. The pixels are not decoded.
///
/// # Errors
/// A file that is no picture, that ends too soon, or that claims more pixels than are read.
pub fn facts(bytes: &[u8]) -> Result<Facts, Fault> {
    let kind = match image::guess_format(bytes) {
        Ok(ImageFormat::Jpeg) => Kind::Jpeg,
        Ok(ImageFormat::Png) => Kind::Png,
        Ok(ImageFormat::Gif) => Kind::Gif,
        Ok(ImageFormat::WebP) => Kind::WebP,
        Ok(ImageFormat::Avif) => Kind::Avif,
        Ok(other) => return Err(Fault::foreign(&format!("{other:?}").to_uppercase())),
        Err(_) if is_heic(bytes) => return Err(Fault::foreign("HEIC")),
        Err(_) => return drawing(bytes),
    };
    if kind == Kind::Avif {
        return Ok(Facts { kind, size: None, orientation: Orientation::NoTransforms, animated: false });
    }
    let mut decoder = reader(bytes)?.into_decoder().map_err(|error| Fault::of(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXEL_LIMIT {
        return Err(Fault::Huge(width, height));
    }
    let orientation = match kind {
        Kind::Jpeg | Kind::WebP => decoder.orientation().unwrap_or(Orientation::NoTransforms),
        _ => Orientation::NoTransforms,
    };
    if !metadata::is_whole(bytes, kind) {
        return Err(Fault::cut());
    }
    let animated = kind == Kind::Gif || bytes[..bytes.len().min(4096)].windows(4).any(|name| name == b"acTL");
    Ok(Facts { kind, size: Some(turned(width, height, orientation)), orientation, animated })
}

/// A reader that knows the format by the content.
pub fn reader(bytes: &[u8]) -> Result<ImageReader<Cursor<&[u8]>>, Fault> {
    ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|error| Fault::of(&ImageError::IoError(error)))
}

fn drawing(bytes: &[u8]) -> Result<Facts, Fault> {
    match svg::size(bytes) {
        Some(size) => {
            Ok(Facts { kind: Kind::Svg, size, orientation: Orientation::NoTransforms, animated: false })
        }
        None => Err(Fault::Broken(Message::new("文件不是图片", "the file is not a picture"))),
    }
}

/// The container of phones' photographs (ISO/IEC 23008-12), which only some browsers show.
fn is_heic(bytes: &[u8]) -> bool {
    bytes.get(4..8).is_some_and(|name| name == b"ftyp")
        && matches!(bytes.get(8..12), Some(b"heic" | b"heix" | b"heim" | b"hevc" | b"mif1" | b"msf1"))
}

/// Width and height after turning.
fn turned(width: u32, height: u32, orientation: Orientation) -> (u32, u32) {
    match orientation {
        Orientation::Rotate90
        | Orientation::Rotate270
        | Orientation::Rotate90FlipH
        | Orientation::Rotate270FlipH => (height, width),
        _ => (width, height),
    }
}
