//! A font for tests, made here: every character is a box, as wide as half an em or, from U+2E80 on and for the
//! punctuation that Chinese shares with Latin, as a whole one.

#![allow(unreachable_pub)]

/// The bytes of a TrueType file (OpenType 1.9), long enough to pass for a Chinese font.
pub fn boxes() -> Vec<u8> {
    let (narrow, wide) = (square(450), square(900));
    let lengths = [0, 0, narrow.len() / 2, (narrow.len() + wide.len()) / 2];
    let tables: [(&[u8; 4], Vec<u8>); 8] = [
        (b"OS/2", vec![0; 78]),
        (b"cmap", cmap()),
        (b"glyf", [narrow, wide].concat()),
        (b"head", [words(&[1, 0, 0, 0, 0, 0, 0x5f0f, 0x3cf5, 0, 1000]), vec![0; 34]].concat()),
        (b"hhea", words(&[1, 0, 880, (-120i16) as u16, 0, 1000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3])),
        (b"hmtx", words(&[500, 0, 500, 25, 1000, 50])),
        (b"loca", words(&lengths.map(|length| length as u16))),
        (b"maxp", words(&[0, 0x5000, 3])),
    ];
    let mut font = words(&[1, 0, tables.len() as u16, 0, 0, 0]);
    let mut offset = font.len() + 16 * tables.len();
    for (tag, table) in &tables {
        font.extend(*tag);
        font.extend([0, offset as u32, table.len() as u32].into_iter().flat_map(u32::to_be_bytes));
        offset += table.len();
    }
    font.extend(tables.into_iter().flat_map(|(_, table)| table));
    font.resize((1 << 20) + 1, 0);
    font
}

fn words(words: &[u16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}

/// A glyph of one contour with four corners.
fn square(side: u16) -> Vec<u8> {
    let back = side.wrapping_neg();
    let header = words(&[1, 0, 0, side, side, 3, 0]);
    [header, vec![1; 4], words(&[0, side, 0, back]), words(&[0, 0, side, 0])].concat()
}

/// Many characters to one glyph: a subtable of format 13.
fn cmap() -> Vec<u8> {
    let groups: [[u32; 3]; 4] =
        [[0x21, 0x2009, 1], [0x2010, 0x2027, 2], [0x2028, 0x2e7f, 1], [0x2e80, 0x10_ffff, 2]];
    let length = 16 + 12 * groups.len() as u32;
    let long = |number: u32| number.to_be_bytes();
    let mut cmap = words(&[0, 1, 3, 10]);
    cmap.extend(long(12));
    cmap.extend(words(&[13, 0]));
    cmap.extend([length, 0, groups.len() as u32].into_iter().flat_map(long));
    cmap.extend(groups.into_iter().flatten().flat_map(long));
    cmap
}
