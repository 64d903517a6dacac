//! A picture of a few colours on which texts and bars are drawn, and its bytes as PNG.

use ab_glyph_rasterizer::{Rasterizer, point};

use super::font::{Letters, Outline, Segment};
use super::lines::Line;

/// A colour, red, green, blue.
type Colour = [u8; 3];

const PAPER: Colour = [0xfd, 0xfc, 0xfa];
const INK: Colour = [0x21, 0x1e, 0x1a];
const MUTED: Colour = [0x65, 0x5e, 0x54];
const ACCENT: Colour = [0x95, 0x1b, 0x1e];
const RULE: Colour = [0xde, 0xd8, 0xcd];

/// How hard the bytes are packed, from 1 to 9. At 6 it takes a quarter longer for one byte in a hundred.
const EFFORT: u8 = 5;

/// What is drawn with: some shades from paper to a colour, at the end of which is the colour itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pen {
    /// Text.
    Ink,
    /// Text beside the text.
    Muted,
    /// What stands out.
    Accent,
    /// Thin lines.
    Rule,
}

impl Pen {
    /// Place of the first shade in the palette, and the number of shades.
    fn shades(self) -> (u8, u8) {
        match self {
            Pen::Ink => (1, 4),
            Pen::Muted => (5, 4),
            Pen::Accent => (9, 4),
            Pen::Rule => (13, 1),
        }
    }

    fn colour(self) -> Colour {
        match self {
            Pen::Ink => INK,
            Pen::Muted => MUTED,
            Pen::Accent => ACCENT,
            Pen::Rule => RULE,
        }
    }
}

/// A picture that is being drawn. Each pixel is a place in the palette; the first is paper.
pub struct Canvas {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Canvas {
    /// A blank one.
    pub fn new(width: usize, height: usize) -> Canvas {
        Canvas { width, height, pixels: vec![0; width * height] }
    }

    /// Fills a rectangle: left, top, width, height.
    pub fn fill(&mut self, [left, top, width, height]: [usize; 4], pen: Pen) {
        let (first, count) = pen.shades();
        for y in top..(top + height).min(self.height) {
            let row = y * self.width;
            self.pixels[row + left..row + (left + width).min(self.width)].fill(first + count - 1);
        }
    }

    /// Writes a line with its beginning at `x` and its base at `y`, `size` pixels to an em.
    pub fn write(&mut self, letters: &Letters<'_>, line: &Line, (x, y): (f32, f32), size: f32, pen: Pen) {
        for placed in &line.placed {
            let origin = ((x + placed.x * size).round(), y.round());
            self.draw(&letters.outline(placed.character, origin, size), pen);
        }
    }

    fn draw(&mut self, outline: &Outline, pen: Pen) {
        let Some([left, top, right, bottom]) = outline.bounds() else { return };
        let (left, top) = (left.floor().max(0.0), top.floor().max(0.0));
        let (right, bottom) = (right.ceil().min(self.width as f32), bottom.ceil().min(self.height as f32));
        if right <= left || bottom <= top {
            return;
        }
        let mut rasterizer = Rasterizer::new((right - left) as usize, (bottom - top) as usize);
        let at = |(x, y): (f32, f32)| point(x - left, y - top);
        for segment in &outline.segments {
            match *segment {
                Segment::Line([a, b]) => rasterizer.draw_line(at(a), at(b)),
                Segment::Quadratic([a, b, c]) => rasterizer.draw_quad(at(a), at(b), at(c)),
                Segment::Cubic([a, b, c, d]) => rasterizer.draw_cubic(at(a), at(b), at(c), at(d)),
            }
        }
        let (first, count) = pen.shades();
        let (left, top, width) = (left as usize, top as usize, self.width);
        rasterizer.for_each_pixel_2d(|x, y, coverage| {
            // The nearest shade; most pixels have none.
            let shade = (coverage.min(1.0) * f32::from(count) + 0.5) as u8;
            if shade > 0 {
                let pixel = &mut self.pixels[(top + y as usize) * width + left + x as usize];
                *pixel = (*pixel).max(first + shade - 1);
            }
        });
    }

    /// The picture as a PNG file (W3C PNG, third edition) with a palette, four bits a pixel.
    pub fn png(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let written = (|| {
            let mut encoder = png::Encoder::new(&mut bytes, self.width as u32, self.height as u32);
            encoder.set_color(png::ColorType::Indexed);
            encoder.set_depth(png::BitDepth::Four);
            encoder.set_palette(palette());
            encoder.set_deflate_compression(png::DeflateCompression::Level(EFFORT));
            encoder.set_filter(png::Filter::NoFilter);
            let mut writer = encoder.write_header()?;
            writer.write_image_data(&self.packed())?;
            writer.finish()
        })();
        debug_assert!(written.is_ok(), "writing into memory does not fail");
        bytes
    }

    /// Two pixels a byte, the left one in the upper half; rows begin at a byte.
    fn packed(&self) -> Vec<u8> {
        let mut packed = Vec::with_capacity(self.width.div_ceil(2) * self.height);
        for row in self.pixels.chunks(self.width) {
            let (pairs, last) = row.as_chunks();
            // As one number of 16 bits a processor packs many pairs at once.
            packed.extend(pairs.iter().map(|pair| {
                let pair = u16::from_le_bytes(*pair);
                (pair << 4 | pair >> 8) as u8
            }));
            packed.extend(last.iter().map(|left| left << 4));
        }
        packed
    }
}

fn palette() -> Vec<u8> {
    let mut palette = PAPER.to_vec();
    for pen in [Pen::Ink, Pen::Muted, Pen::Accent, Pen::Rule] {
        let (_, count) = pen.shades();
        for shade in 1..=u16::from(count) {
            let mix = |i: usize| {
                let (paper, colour) = (u16::from(PAPER[i]), u16::from(pen.colour()[i]));
                ((paper * (u16::from(count) - shade) + colour * shade) / u16::from(count)) as u8
            };
            palette.extend([mix(0), mix(1), mix(2)]);
        }
    }
    palette
}
