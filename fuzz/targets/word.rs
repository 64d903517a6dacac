//! The XML of a Word file: `document.xml`, styles and lists, apart by U+001E. They are packed here, since hardly any
//! change of a packed file would pass its checksums; the packing itself is the business of the target `import`.

#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use plenary::import::{self, File, Import};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const TYPE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fuzz_target!(|bytes: &[u8]| {
    let file = packed(bytes).expect("packed");
    let import = Import {
        files: &[File { name: "a.docx", bytes: &file }],
        date: jiff::civil::date(2025, 1, 9),
        meeting: Some("m1"),
        themes: &[],
        parties: &[],
    };
    if let Err(found) = import::read(&import) {
        assert!(!found.is_empty(), "nothing is said");
    }
});

fn packed(bytes: &[u8]) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, text: &[u8]| -> zip::result::ZipResult<()> {
        zip.start_file(name, SimpleFileOptions::default())?;
        Ok(zip.write_all(text)?)
    };
    let relation = |kind: &str, target: &str| {
        format!(r#"<r><r Type="{TYPE}/{kind}" Target="{target}"/></r>"#)
    };
    add("_rels/.rels", relation("officeDocument", "word/document.xml").as_bytes())?;
    let relations = ["styles", "numbering"].map(|kind| relation(kind, &format!("{kind}.xml"))).concat();
    add("word/_rels/document.xml.rels", format!("<r>{relations}</r>").as_bytes())?;
    for (name, part) in ["document", "styles", "numbering"].iter().zip(bytes.split(|byte| *byte == 0x1E)) {
        add(&format!("word/{name}.xml"), part)?;
    }
    Ok(zip.finish()?.into_inner())
}
