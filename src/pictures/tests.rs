use std::io::Cursor;
use std::sync::Arc;

use image::metadata::Orientation;
use image::{DynamicImage, ImageFormat, ImageReader, Rgb, RgbImage, Rgba, RgbaImage};

use super::canvas::{Canvas, Pen};
use super::copies::{copies, sizes};
use super::facts::{Facts, Fault, Kind, facts};
use super::font::{Font, Writing};
use super::lines::{Line, clauses, line, lines, shortened};
use super::metadata::bare;

#[path = "../../tests/font/mod.rs"]
mod font;

/// Red at the left, blue at the right, and a little noise so that nothing is flat.
fn photograph(width: u32, height: u32) -> DynamicImage {
    let pixel = |x: u32, y: u32| {
        let noise = ((x * 7 + y * 13) % 23) as u8;
        if x < width / 2 { Rgb([200 + noise, 20, noise]) } else { Rgb([noise, 20, 200 + noise]) }
    };
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, pixel))
}

fn file(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).expect("encoded");
    bytes.into_inner()
}

/// A segment as a phone writes it: how to turn the picture, and a name that stands for the place it was taken at.
fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif =
        b"Exif\0\0II\x2a\0\x08\0\0\0\x02\0\x0f\x01\x02\0\x04\0\0\0GPS\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    let mut bytes = jpeg[..2].to_vec();
    bytes.extend([0xff, 0xe1]);
    bytes.extend((exif.len() as u16 + 2).to_be_bytes());
    bytes.extend(exif);
    bytes.extend(&jpeg[2..]);
    bytes.extend(b"trailing GPS");
    bytes
}

fn contains(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

fn decoded(bytes: &[u8]) -> DynamicImage {
    ImageReader::new(Cursor::new(bytes)).with_guessed_format().expect("a format").decode().expect("a picture")
}

#[test]
fn a_photograph_is_turned_and_tells_nothing_but_itself() {
    let jpeg = with_exif(&file(&photograph(800, 600), ImageFormat::Jpeg), 6);
    let facts = facts(&jpeg).expect("a picture");
    let size = Some((600, 800));
    assert_eq!(facts, Facts { kind: Kind::Jpeg, size, orientation: Orientation::Rotate90, animated: false });

    let bare = bare(&jpeg, &facts);
    assert!(contains(&jpeg, b"GPS") && !contains(&bare, b"GPS"));
    let again = super::facts::facts(&bare).expect("still a picture");
    assert_eq!(again, facts, "it is turned as before");
    let picture = decoded(&jpeg[..jpeg.len() - 12]);
    assert_eq!(decoded(&bare).into_bytes(), picture.into_bytes(), "the pixels are the same");

    let copy = copies(&jpeg, facts.orientation, &[(300, 400)]).expect("a copy").remove(0);
    assert!(!contains(&copy, b"GPS") && !contains(&copy, b"EXIF"));
    let copy = decoded(&copy).into_rgb8();
    assert_eq!(copy.dimensions(), (300, 400));
    let (top, bottom) = (copy.get_pixel(150, 50), copy.get_pixel(150, 350));
    assert!(top[0] > 150 && bottom[2] > 150, "what was left is at the top: {top:?} {bottom:?}");
}

#[test]
fn png_and_webp_lose_their_words() {
    let png = file(&photograph(40, 30), ImageFormat::Png);
    let text = b"\0\0\0\x09tEXtGPS\0here.\0\0\0\0";
    let told = [&png[..33], text, &png[33..]].concat();
    let about = facts(&told).expect("a picture");
    assert_eq!(bare(&told, &about).as_ref(), png, "chunks of words are left out");

    let webp = file(&photograph(40, 30), ImageFormat::WebP);
    let about = facts(&webp).expect("a picture");
    let mut told = webp.clone();
    told.extend(super::metadata::riff_chunk(b"XMP ", b"GPS"));
    let length = (told.len() as u32 - 8).to_le_bytes();
    told[4..8].copy_from_slice(&length);
    assert_eq!(bare(&told, &about).as_ref(), webp);
}

#[test]
fn widths_of_copies() {
    let of = |kind, width, height| {
        let facts = Facts {
            kind,
            size: Some((width, height)),
            orientation: Orientation::NoTransforms,
            animated: false,
        };
        sizes(&facts)
    };
    assert_eq!(of(Kind::Jpeg, 4000, 3000), [(480, 360), (960, 720), (1440, 1080)]);
    assert_eq!(of(Kind::Png, 1000, 500), [(480, 240), (1000, 500)], "960 is too close to 1000");
    assert_eq!(of(Kind::Jpeg, 700, 700), [(480, 480), (700, 700)]);
    assert_eq!(of(Kind::Jpeg, 648, 400), [], "no wider than the column");
    assert_eq!(of(Kind::Gif, 2000, 400), []);
    assert_eq!(of(Kind::Jpeg, 700, 20_000), [(480, 13714)], "WebP cannot be longer than 16,383");
}

#[test]
fn colours_behind_what_is_transparent_are_not_seen() {
    let pixel = |x: u32, _| if x < 400 { Rgba([255, 255, 255, 255]) } else { Rgba([255, 0, 0, 0]) };
    let png = file(&DynamicImage::ImageRgba8(RgbaImage::from_fn(800, 600, pixel)), ImageFormat::Png);
    let copy = copies(&png, Orientation::NoTransforms, &[(480, 360)]).expect("a copy").remove(0);
    let copy = decoded(&copy).into_rgba8();
    assert_eq!((copy.get_pixel(10, 10)[3], copy.get_pixel(470, 10)[3]), (255, 0));
    let edge = copy.get_pixel(239, 180);
    assert!(edge[3] == 0 || edge[1] > 200, "no red runs into white: {edge:?}");
}

#[test]
fn a_colour_profile_is_kept() {
    let mut profile = vec![0; 600];
    profile[16..20].copy_from_slice(b"RGB ");
    let jpeg = file(&photograph(800, 600), ImageFormat::Jpeg);
    let mut segment = vec![0xff, 0xe2];
    segment.extend((profile.len() as u16 + 16).to_be_bytes());
    segment.extend(b"ICC_PROFILE\0\x01\x01");
    segment.extend(&profile);
    let jpeg = [&jpeg[..2], &segment, &jpeg[2..]].concat();
    let copy = copies(&jpeg, Orientation::NoTransforms, &[(480, 360)]).expect("a copy").remove(0);
    let mut decoder = ImageReader::new(Cursor::new(&copy))
        .with_guessed_format()
        .expect("a format")
        .into_decoder()
        .expect("a picture");
    assert_eq!(image::ImageDecoder::icc_profile(&mut decoder).expect("read"), Some(profile));
    assert_eq!(decoded(&copy).into_rgb8().dimensions(), (480, 360));
}

#[test]
fn broken_files_are_told_apart() {
    let jpeg = file(&photograph(800, 600), ImageFormat::Jpeg);
    let png = file(&photograph(800, 600), ImageFormat::Png);
    assert_eq!(facts(&jpeg[..jpeg.len() / 2]), Err(Fault::cut()));
    assert_eq!(facts(&png[..png.len() / 2]), Err(Fault::cut()));
    for bytes in [&b""[..], b"text", b"\x89PNG\r\n\x1a\nnot really", b"\xff\xd8\xff", b"\0\0\0\x18ftypheic"] {
        assert!(matches!(facts(bytes), Err(Fault::Broken(_))), "{bytes:?}");
    }
    let mut bomb = png.clone();
    bomb[16..24].copy_from_slice(&[0, 1, 0x86, 0xa0, 0, 1, 0x86, 0xa0]);
    assert!(facts(&bomb).is_err(), "a hundred thousand pixels each way are not decoded");
    let mut spoiled = png.clone();
    let middle = png.len() / 2;
    spoiled[middle..middle + 40].fill(0x55);
    assert!(copies(&spoiled, Orientation::NoTransforms, &[(480, 360)]).is_err());
}

fn test_font() -> Font {
    Font::new(&Arc::new(font::boxes()), Writing::Simplified).expect("a face")
}

fn text(line: &Line) -> String {
    line.placed.iter().map(|placed| placed.character).collect()
}

fn broken(title: &str, width: f32) -> Vec<String> {
    let font = test_font();
    let letters = font.face().expect("a face");
    lines(&letters, title, width, 9).unwrap_or_default().iter().map(text).collect()
}

#[test]
fn lines_are_balanced_and_follow_the_rules_for_marks() {
    let cases: [(&str, f32, &[&str]); 9] = [
        ("构建城市模型提升治理能力", 8.0, &["构建城市模型", "提升治理能力"]),
        ("一二三四五六，七八九十", 7.0, &["一二三四五六，", "七八九十"]),
        ("一二三四五（六七八）九", 6.0, &["一二三四五", "（六七八）九"]),
        ("一二三四“五六”", 5.0, &["一二三四", "“五六”"]),
        ("一二三四……五六七八", 6.0, &["一二三四……", "五六七八"]),
        ("用好AI+5G建设成果", 5.0, &["用好AI+5G", "建设成果"]),
        ("for everyone in the city", 8.0, &["for everyone", "in the city"]),
        ("一二三四五的六七八九", 8.0, &["一二三四五的", "六七八九"]),
        ("Donaudampfschiff", 3.0, &[]),
    ];
    for (title, width, expected) in cases {
        assert_eq!(broken(title, width), expected, "{title} in {width}");
    }
}

#[test]
fn clauses_begin_lines_of_their_own() {
    let font = test_font();
    let letters = font.face().expect("a face");
    let set: Vec<String> = clauses(&letters, "加快产业转型闯关 打造重要增长极", 10.0, 3)
        .expect("it fits")
        .iter()
        .map(text)
        .collect();
    assert_eq!(set, ["加快产业转型闯关", "打造重要增长极"]);
    assert_eq!(clauses(&letters, "加快产业转型闯关 打造重要增长极", 7.0, 2), None);
    let one = clauses(&letters, "Smart City 建设", 20.0, 1).expect("it fits");
    assert_eq!(text(&one[0]), "Smart City 建设", "a blank beside Latin letters parts nothing");
}

#[test]
fn what_is_too_long_ends_with_an_ellipsis() {
    let font = test_font();
    let letters = font.face().expect("a face");
    let set = |title: &str| shortened(&letters, title, 6.0, 2).iter().map(text).collect::<String>();
    assert_eq!(set("一二三四五六七八九十"), "一二三四五六七八九十");
    assert_eq!(set("一二三四五六七八九十，一二三"), "一二三四五六七八九十…");
    assert_eq!(set(""), "");
    assert!(set("Donaudampfschifffahrt").ends_with('…'));
}

#[test]
fn marks_beside_each_other_share_their_room() {
    let font = test_font();
    let letters = font.face().expect("a face");
    assert_eq!(line(&letters, "一”，《二").width, 4.0);
    assert_eq!(line(&letters, "一二。").width, 2.5);
    assert_eq!(line(&letters, "（一").placed[0].x, -0.5);
    assert_eq!(text(&line(&letters, "don’t “一”")), "don't “一”");
}

#[test]
fn a_drawing_is_a_png_of_few_colours() {
    let font = test_font();
    let letters = font.face().expect("a face");
    let drawn = || {
        let mut canvas = Canvas::new(201, 100);
        canvas.fill([0, 0, 201, 10], Pen::Accent);
        canvas.write(&letters, &line(&letters, "发言"), (20.0, 80.0), 40.0, Pen::Ink);
        canvas.png()
    };
    let png = drawn();
    assert_eq!(png, drawn());
    let decoder = png::Decoder::new(Cursor::new(&png));
    let reader = decoder.read_info().expect("a header");
    let info = reader.info();
    assert_eq!((info.width, info.height, info.bit_depth), (201, 100, png::BitDepth::Four));
    assert_eq!(info.color_type, png::ColorType::Indexed);
    let picture = decoded(&png).into_rgb8();
    assert_eq!(picture.get_pixel(100, 5).0, [0x95, 0x1b, 0x1e]);
    assert_eq!(picture.get_pixel(200, 99).0, [0xfd, 0xfc, 0xfa]);
    assert_eq!(picture.get_pixel(40, 60).0, [0x21, 0x1e, 0x1a]);
}

#[test]
fn a_font_must_have_the_characters() {
    assert!(Font::new(&Arc::new(b"no font".to_vec()), Writing::Latin).is_none());
    assert!(Font::new(&Arc::new(Vec::new()), Writing::Latin).is_none());
    let languages = ["zh-CN", "zh-Hans", "zh", "zh-Hant", "zh-TW", "zh-Hant-HK", "en", "mn"];
    let writings = languages.map(Writing::of);
    let (hans, hant, latin) = (Writing::Simplified, Writing::Traditional, Writing::Latin);
    assert_eq!(writings, [hans, hans, hans, hant, hant, hant, latin, latin]);
}

proptest::proptest! {
    #[test]
    fn no_file_makes_it_panic(at in 0usize..2000, bytes in proptest::collection::vec(0u8.., 1..60), kind in 0..3) {
        let format = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP][kind as usize];
        let mut file = file(&photograph(60, 20), format);
        let at = at % file.len();
        let end = (at + bytes.len()).min(file.len());
        file[at..end].copy_from_slice(&bytes[..end - at]);
        if let Ok(facts) = facts(&file) {
            let _ = bare(&file, &facts);
            if facts.size.is_some_and(|(width, height)| width < 2000 && height < 2000) {
                let _ = copies(&file, facts.orientation, &[(30, 10)]);
            }
        }
    }

    #[test]
    fn no_title_makes_it_panic(title in "[一的，“”《》a 9.…—\\n]{0,40}", width in 0.5f32..12.0) {
        let font = test_font();
        let letters = font.face().expect("a face");
        let _ = clauses(&letters, &title, width, 3);
        let _ = shortened(&letters, &title, width, 2);
    }
}
