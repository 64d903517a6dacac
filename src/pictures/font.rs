//! A font for share pictures: which face of a file is the right one, and the outlines of its characters.

use std::sync::Arc;

use ttf_parser::{Face, OutlineBuilder, Tag, name_id};

use crate::chinese::characters::is_cjk;

/// The weight of a bold face (OpenType, `usWeightClass`).
const BOLD: u16 = 700;

/// Which characters a font must have, and how they are drawn where regions differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    /// Simplified Chinese.
    Simplified,
    /// Traditional Chinese.
    Traditional,
    /// Latin letters.
    Latin,
}

impl Writing {
    /// The writing of a language, a BCP 47 tag such as `zh-CN`.
    pub fn of(language: &str) -> Writing {
        let language = language.to_lowercase();
        let traditional = ["hant", "-tw", "-hk", "-mo"];
        match language.starts_with("zh") {
            true if traditional.iter().any(|part| language.contains(part)) => Writing::Traditional,
            true => Writing::Simplified,
            false => Writing::Latin,
        }
    }

    /// Characters without which a font is of no use.
    fn needed(self) -> &'static str {
        match self {
            Writing::Simplified => "发言会议，。《》“”",
            Writing::Traditional => "發言會議，。《》「」",
            Writing::Latin => "Ag",
        }
    }

    /// Words in the names of faces that are drawn for this writing.
    fn regions(self) -> &'static [&'static str] {
        match self {
            Writing::Simplified => &["SC", "CN", "GB"],
            Writing::Traditional => &["TC", "TW", "HK"],
            Writing::Latin => &[],
        }
    }
}

/// One face of a font file.
#[derive(Debug, Clone)]
pub struct Font {
    bytes: Arc<Vec<u8>>,
    index: u32,
}

impl Font {
    /// The best face of a font file: one that has the writing's characters, is drawn for its region and is bold.
    ///
    /// None where the file is no font or no face of it has the characters.
    pub fn new(bytes: &Arc<Vec<u8>>, writing: Writing) -> Option<Font> {
        let faces = ttf_parser::fonts_in_collection(bytes).unwrap_or(1);
        let score = |index: u32| {
            let face = Face::parse(bytes, index).ok()?;
            let complete = writing.needed().chars().all(|c| face.glyph_index(c).is_some());
            complete.then(|| (misfit(&face, writing), index))
        };
        let (_, index) = (0..faces.min(64)).filter_map(score).min()?;
        Some(Font { bytes: Arc::clone(bytes), index })
    }

    /// A digest of the file and the face.
    pub fn digest(&self) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.index.to_le_bytes()).update(&self.bytes);
        hasher.finalize()
    }

    /// The face ready for drawing; none only where [`Font::new`] would have given none.
    pub fn face(&self) -> Option<Letters<'_>> {
        let mut face = Face::parse(&self.bytes, self.index).ok()?;
        if face.is_variable() {
            face.set_variation(Tag::from_bytes(b"wght"), f32::from(BOLD));
        }
        let em = f32::from(face.units_per_em()).max(1.0);
        Some(Letters { face, em })
    }
}

/// How far a face is from the one that is wanted: region, fixed width, weight.
fn misfit(face: &Face<'_>, writing: Writing) -> (bool, bool, u16) {
    let names: Vec<String> = face
        .names()
        .into_iter()
        .filter(|name| matches!(name.name_id, name_id::FAMILY | name_id::TYPOGRAPHIC_FAMILY))
        .filter_map(|name| name.to_string())
        .collect();
    let regions = writing.regions();
    let is_of_region = |name: &String| name.split(' ').any(|word| regions.contains(&word));
    let is_mono = names.iter().any(|name| name.contains("Mono"));
    let weight = if face.is_variable() { BOLD } else { face.weight().to_number() };
    (!names.iter().any(is_of_region), is_mono, weight.abs_diff(BOLD))
}

/// The characters of a face, measured in em.
pub struct Letters<'f> {
    face: Face<'f>,
    em: f32,
}

impl Letters<'_> {
    /// How far a character moves the pen.
    pub fn advance(&self, c: char) -> f32 {
        let glyph = self.face.glyph_index(c).unwrap_or_default();
        let usual = if is_cjk(c) { 1.0 } else { 0.5 };
        self.face.glyph_hor_advance(glyph).map_or(usual, |advance| f32::from(advance) / self.em)
    }

    /// The outline of a character with the pen at `x` on a line at `y`, `size` pixels to an em, y downwards.
    pub fn outline(&self, c: char, (x, y): (f32, f32), size: f32) -> Outline {
        let glyph = self.face.glyph_index(c).unwrap_or_default();
        let mut outline = Outline::new((x, y), size / self.em);
        self.face.outline_glyph(glyph, &mut outline);
        outline.close();
        outline
    }
}

/// A straight or curved piece of an outline, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Segment {
    /// From, to.
    Line([(f32, f32); 2]),
    /// From, control point, to.
    Quadratic([(f32, f32); 3]),
    /// From, two control points, to.
    Cubic([(f32, f32); 4]),
}

/// An outline whose contours are closed.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    /// All contours, one after the other.
    pub segments: Vec<Segment>,
    origin: (f32, f32),
    scale: f32,
    begin: (f32, f32),
    at: (f32, f32),
}

impl Outline {
    fn new(origin: (f32, f32), scale: f32) -> Outline {
        Outline { segments: Vec::new(), origin, scale, begin: origin, at: origin }
    }

    fn point(&self, x: f32, y: f32) -> (f32, f32) {
        (self.origin.0 + x * self.scale, self.origin.1 - y * self.scale)
    }

    /// Left, top, right and bottom of all points, control points included.
    pub fn bounds(&self) -> Option<[f32; 4]> {
        let points = self.segments.iter().flat_map(|segment| match segment {
            Segment::Line(points) => &points[..],
            Segment::Quadratic(points) => &points[..],
            Segment::Cubic(points) => &points[..],
        });
        points.fold(None, |bounds, (x, y)| {
            let [left, top, right, bottom] = bounds.unwrap_or([*x, *y, *x, *y]);
            Some([left.min(*x), top.min(*y), right.max(*x), bottom.max(*y)])
        })
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.close();
        self.begin = self.point(x, y);
        self.at = self.begin;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let to = self.point(x, y);
        self.segments.push(Segment::Line([self.at, to]));
        self.at = to;
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (control, to) = (self.point(x1, y1), self.point(x, y));
        self.segments.push(Segment::Quadratic([self.at, control, to]));
        self.at = to;
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let to = self.point(x, y);
        self.segments.push(Segment::Cubic([self.at, self.point(x1, y1), self.point(x2, y2), to]));
        self.at = to;
    }

    fn close(&mut self) {
        if self.at != self.begin {
            self.segments.push(Segment::Line([self.at, self.begin]));
            self.at = self.begin;
        }
    }
}
