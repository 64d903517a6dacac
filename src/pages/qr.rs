//! A text as a QR code, drawn as one path of an SVG picture.

use std::fmt::Write;

use fast_qr::{ECL, QRBuilder};

use super::view::QrView;

/// Light modules that must stand around a code (ISO/IEC 18004, "quiet zone").
const QUIET: usize = 4;

/// The code of `text`, of level M: it can still be read with 15 % of it worn off paper. None where `text` is too long for one.
///
/// The path is made of horizontal strokes, one module high, through the middle of the modules: the picture needs
/// `viewBox="0 0 size size"` and a stroke of width 1. Each stroke begins where the one before it ended, since
/// numbers that are small and often the same are what compression makes smallest.
pub fn code(text: &str) -> Option<QrView> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    let mut path = format!("M{QUIET} {QUIET}.5");
    let mut pen = (0, 0);
    for y in 0..code.size {
        let row = &code[y];
        let mut x = 0;
        while x < code.size {
            let length = row[x..].iter().take_while(|module| module.value()).count();
            if length > 0 {
                let _ = write!(path, "m{} {}h{length}", x as i32 - pen.0, y as i32 - pen.1);
                pen = ((x + length) as i32, y as i32);
            }
            x += length.max(1);
        }
    }
    Some(QrView { size: code.size + 2 * QUIET, path })
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
        let code = QRBuilder::new(text).ecl(ECL::M).build().expect("short enough");
        let view = super::code(text).expect("short enough");
        assert_eq!(view.size, code.size + 8);
        let rows = painted(&view);
        for (y, row) in rows.iter().enumerate() {
            for (x, dark) in row.iter().enumerate() {
                let inside = (4..view.size - 4).contains(&x) && (4..view.size - 4).contains(&y);
                assert_eq!(*dark, inside && code[y - 4][x - 4].value(), "{x}, {y}");
            }
        }
    }

    #[test]
    fn what_is_too_long_has_no_code() {
        assert!(code(&"长".repeat(2000)).is_none());
    }
}
