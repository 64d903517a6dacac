//! A text as a QR code, drawn as one path of an SVG picture.

use std::sync::LazyLock;

use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};

use super::view::QrView;

/// The mask that the rules of ISO/IEC 18004 choose most often for addresses of pages (measured). A reader undoes any; weighing
/// all eight takes ten times as long as the rest.
const MASK: u8 = 5;

/// Light modules that must stand around a code (ISO/IEC 18004, "quiet zone").
const QUIET: usize = 4;

/// Modules at a side of the largest code (ISO/IEC 18004, version 40).
const LARGEST: i32 = 177;

/// The code of `text`, of level M: it can still be read with 15 % of it worn off paper. None where `text` is too long for one.
///
/// The path is made of horizontal strokes, one module high, through the middle of the modules: the picture needs
/// `viewBox="0 0 size size"` and a stroke of width 1. Each stroke begins where the one before it ended, since
/// numbers that are small and often the same are what compression makes smallest.
pub fn code(text: &str) -> Option<QrView> {
    let code = modules(text)?;
    let size = code.size();
    // About every fourth module begins a stroke, which takes some six bytes.
    let mut path = String::with_capacity((size * size) as usize * 3 / 2);
    path.push_str(&format!("M{QUIET} {QUIET}.5"));
    let mut pen = (0, 0);
    for y in 0..size {
        let mut x = 0;
        while x < size {
            let length = (x..size).take_while(|x| code.get_module(*x, y)).count() as i32;
            if length > 0 {
                path.extend(["m", written(x - pen.0), " ", written(y - pen.1), "h", written(length)]);
                pen = (x + length, y);
            }
            x += length.max(1);
        }
    }
    Some(QrView { size: size as usize + 2 * QUIET, path })
}

/// A number of modules, as a path writes it. A code has hundreds of them, of the same few.
fn written(modules: i32) -> &'static str {
    static WRITTEN: LazyLock<Vec<String>> =
        LazyLock::new(|| (-LARGEST..=LARGEST).map(|number| number.to_string()).collect());
    &WRITTEN[(modules + LARGEST) as usize]
}

fn modules(text: &str) -> Option<QrCode> {
    let segments = QrSegment::make_segments(text);
    let (least, most, mask) = (Version::MIN, Version::MAX, Some(Mask::new(MASK)));
    QrCode::encode_segments_advanced(&segments, QrCodeEcc::Medium, least, most, mask, false).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The modules that a path paints, row by row.
    fn painted(view: &QrView) -> Vec<Vec<bool>> {
        let mut rows = vec![vec![false; view.size]; view.size];
        let (start, steps) = view.path.split_once('m').expect("a stroke");
        assert_eq!(start, "M4 4.5");
        let (mut x, mut y) = (4i32, 4i32);
        for step in steps.split('m') {
            let (shift, length) = step.split_once('h').expect("a length");
            let (right, down) = shift.split_once(' ').expect("two numbers");
            x += right.parse::<i32>().expect("a number");
            y += down.parse::<i32>().expect("a number");
            for _ in 0..length.parse::<i32>().expect("a number") {
                rows[y as usize][x as usize] = true;
                x += 1;
            }
        }
        rows
    }

    #[test]
    fn the_path_paints_the_modules() {
        let text = "https://fayan.example/meetings/2025-01-09-plenary/01/";
        let code = modules(text).expect("short enough");
        let view = super::code(text).expect("short enough");
        assert_eq!(view.size, code.size() as usize + 8);
        let rows = painted(&view);
        for (y, row) in rows.iter().enumerate() {
            for (x, dark) in row.iter().enumerate() {
                let inside = (4..view.size - 4).contains(&x) && (4..view.size - 4).contains(&y);
                assert_eq!(*dark, inside && code.get_module(x as i32 - 4, y as i32 - 4), "{x}, {y}");
            }
        }
    }

    #[test]
    fn what_is_too_long_has_no_code() {
        assert!(code(&"长".repeat(2000)).is_none());
    }
}
