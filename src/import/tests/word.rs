//! Word files as Word, WPS and LibreOffice write them.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::*;

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A Word file of the given parts, below `word/`.
fn word_file(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut add = |name: &str, text: &str| {
        zip.start_file(name, options).expect("a part");
        zip.write_all(text.as_bytes()).expect("its text");
    };
    let relation = |kind: &str, target: &str| {
        format!(r#"<Relationship Id="r{kind}" Type="{RELATIONS}/{kind}" Target="{target}"/>"#)
    };
    add(
        "_rels/.rels",
        &format!("<Relationships>{}</Relationships>", relation("officeDocument", "word/document.xml")),
    );
    let relations: String = parts
        .iter()
        .filter(|(name, _)| *name != "document")
        .map(|(name, _)| relation(name, &format!("{name}.xml")))
        .collect();
    add("word/_rels/document.xml.rels", &format!("<Relationships>{relations}</Relationships>"));
    for (name, text) in parts {
        add(&format!("word/{name}.xml"), text);
    }
    zip.finish().expect("an archive").into_inner()
}

/// A part with the prefixes that Word declares.
fn part(name: &str, inside: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:{name} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:v="urn:schemas-microsoft-com:vml" mc:Ignorable="w14 wp14">{inside}</w:{name}>"#
    )
}

fn document(paragraphs: &[&str]) -> String {
    let body: String = paragraphs
        .iter()
        .map(|text| if text.starts_with('<') { (*text).to_string() } else { plain(text) })
        .collect();
    part("document", &format!("<w:body>{body}<w:sectPr/></w:body>"))
}

fn plain(text: &str) -> String {
    format!(r#"<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>"#)
}

fn styled(style: &str, text: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#)
}

/// Reads a document with one speech, whose text is what stands in `paragraphs`.
fn speech_of(paragraphs: &[&str]) -> (Vec<String>, Vec<String>) {
    let mut all = vec!["办好社区食堂", "市政协委员，某某公司总经理 王伟"];
    all.extend(paragraphs);
    let found = read_bytes(&word_file(&[("document", &document(&all))]));
    assert_eq!(found.speeches.len(), 1);
    (texts(&found.speeches[0].body), points(&found))
}

fn texts(pieces: &[Piece]) -> Vec<String> {
    pieces.iter().map(|piece| piece.text.clone()).collect()
}

/// What the file has that did not come along, by paragraph.
fn points(found: &Proceedings) -> Vec<String> {
    let about_speeches = ["theme", "date", "is complete", "last line"];
    let own = |point: &&Point| !about_speeches.iter().any(|words| point.message.en.contains(words));
    found.points.iter().filter(own).map(|point| format!("{}: {}", point.line, point.message.en)).collect()
}

fn fails(bytes: &[u8]) -> Diagnostic {
    let import = Import {
        files: &[File { name: "a.docx", bytes }],
        date: day(),
        meeting: None,
        themes: &[],
        parties: &[],
    };
    read(&import).expect_err("a fault").remove(0)
}

const STYLES: &str = r#"
<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="own"><w:name w:val="发言标题"/><w:basedOn w:val="1"/></w:style>
<w:style w:type="paragraph" w:styleId="ring"><w:name w:val="ring"/><w:basedOn w:val="ring"/></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>"#;

#[test]
fn headings_are_told_by_their_styles() {
    let paragraphs = [
        styled("a3", "大会发言汇编"),
        styled("TOC1", "办好社区食堂	3"),
        styled("own", "办好社区食堂"),
        styled("ring", "市政协委员，某某公司总经理 王伟"),
        styled("2", "一、现状"),
        plain("方便老年居民就餐。"),
        styled("1", "开好<w:br/>公交").replace("<w:br/>", "</w:t><w:br/><w:t>"),
        plain("中国民主促进会会员 李明"),
        plain("再加几班车。"),
    ];
    let paragraphs: Vec<&str> = paragraphs.iter().map(String::as_str).collect();
    let file = word_file(&[("styles", &part("styles", STYLES)), ("document", &document(&paragraphs))]);
    let found = read_bytes(&file);
    assert_eq!((found.files[0].format, found.files[0].layout), ("Word", Layout::Paragraphs));
    assert!(!found.files[0].inferred_headings);
    assert_eq!(found.meeting.title, "大会发言汇编");
    let titles: Vec<&str> = found.speeches.iter().map(|speech| speech.title.as_str()).collect();
    assert_eq!(titles, ["办好社区食堂", "开好公交"]);
    assert_eq!(found.speeches[0].speakers[0].byline, "市政协委员，某某公司总经理 王伟");
    assert_eq!(found.speeches[1].speakers[0].group.as_deref(), Some("民进"));
    let body: Vec<_> = found.speeches[0].body.iter().map(|piece| (piece.kind, piece.text.as_str())).collect();
    assert_eq!(body, [(PieceKind::Heading(1), "一、现状"), (PieceKind::Paragraph, "方便老年居民就餐。")]);
    assert_eq!(points(&found), ["2: The table of contents was not imported: the site makes its own."]);
}

#[test]
fn titles_without_a_style_are_told_by_their_place() {
    let inside = styled("2", "一、现状");
    let paragraphs = [
        "办好社区食堂",
        "市政协委员 王伟",
        "方便就餐。",
        &inside,
        "不够。",
        "开好公交",
        "市政协委员 李明",
        "再加几班车。",
    ];
    let file = word_file(&[("styles", &part("styles", STYLES)), ("document", &document(&paragraphs))]);
    let found = read_bytes(&file);
    assert!(found.files[0].inferred_headings);
    assert_eq!(found.speeches.len(), 2);
    let kinds: Vec<PieceKind> = found.speeches[0].body.iter().map(|piece| piece.kind).collect();
    assert_eq!(kinds, [PieceKind::Paragraph, PieceKind::Heading(1), PieceKind::Paragraph]);
    assert_eq!(texts(&found.speeches[1].body), ["再加几班车。"]);
}

#[test]
fn paragraphs_are_never_joined_and_lines_of_a_byline_always() {
    let (texts, _) = speech_of(&[
        "一段没有句号",
        "另一段也没有",
        "第三段<w:br/>换行".replace("<w:br/>", "</w:t><w:br/><w:t>").as_str(),
    ]);
    assert_eq!(texts, ["一段没有句号", "另一段也没有", "第三段", "换行"]);
    let heading = styled("1", "办好社区食堂");
    let byline = plain("市政协委员，某某公司</w:t><w:br/><w:t>总经理 王伟");
    let file = word_file(&[
        ("styles", &part("styles", STYLES)),
        ("document", &document(&[&heading, &byline, "方便就餐。"])),
    ]);
    assert_eq!(read_bytes(&file).speeches[0].speakers[0].byline, "市政协委员，某某公司总经理 王伟");
}

#[test]
fn a_text_is_what_it_is_when_all_changes_are_accepted() {
    let changed = r#"<w:p><w:pPr><w:pStyle w:val="x"/><w:pPrChange><w:pPr><w:numPr><w:numId w:val="9"/></w:numPr></w:pPr></w:pPrChange></w:pPr>
<w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins>
<w:moveFrom><w:r><w:t>搬走</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>搬来</w:t></w:r></w:moveTo><w:r><w:t>的话。</w:t></w:r></w:p>"#;
    let first = r#"<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t>前一半，</w:t></w:r></w:p>"#;
    let (texts, points) = speech_of(&[changed, first, "后一半。"]);
    assert_eq!(texts, ["新搬来的话。", "前一半，后一半。"]);
    assert_eq!(
        points,
        [
            "3: The document has tracked changes: here and below, the text is what it is when all are accepted."
        ]
    );
}

#[test]
fn what_a_reader_does_not_see_is_no_text() {
    let ruby = r#"<w:p><w:r><w:ruby><w:rt><w:r><w:t>hàn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>汉</w:t></w:r></w:rubyBase></w:ruby></w:r><w:r><w:t>口。</w:t></w:r></w:p>"#;
    let field = r#"<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:t>共3页。</w:t></w:r><w:r><w:t>A</w:t><w:tab/><w:t>B</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>C</w:t><w:sym w:font="Wingdings" w:char="2103"/></w:r></w:p>"#;
    let hidden = r#"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>秘密</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>公开。</w:t></w:r></w:p>"#;
    let twice = r#"<w:p><w:r><mc:AlternateContent><mc:Choice><w:t>一次</w:t></mc:Choice><mc:Fallback><w:t>两次</w:t></mc:Fallback></mc:AlternateContent><w:t>&lt;b&gt;&#x4E00;&amp;。</w:t></w:r><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></w:p>"#;
    let (texts, points) = speech_of(&[ruby, field, hidden, twice]);
    assert_eq!(texts, ["汉口。", "共3页。A B-C℃", "公开。", "一次<b>一&。x=1"]);
    assert_eq!(points, ["5: This paragraph has hidden text, which was not imported."]);
}

#[test]
fn styles_can_hide_text() {
    let styles = r#"<w:style w:type="character" w:styleId="secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="more"><w:name w:val="More"/><w:basedOn w:val="secret"/></w:style>
<w:style w:type="paragraph" w:styleId="draft"><w:name w:val="Draft"/><w:rPr><w:vanish/></w:rPr></w:style>"#;
    let by_run = r#"<w:p><w:r><w:t>公开。</w:t></w:r><w:r><w:rPr><w:rStyle w:val="secret"/></w:rPr><w:t>秘密</w:t><w:tab/></w:r><w:r><w:rPr><w:rStyle w:val="more"/></w:rPr><w:t>也是</w:t></w:r><w:r><w:rPr><w:rStyle w:val="secret"/><w:vanish w:val="0"/></w:rPr><w:t>照样公开。</w:t></w:r></w:p>"#;
    let by_paragraph = r#"<w:p><w:pPr><w:pStyle w:val="draft"/></w:pPr><w:r><w:t>草稿</w:t></w:r><w:r><w:rPr><w:rStyle w:val="secret"/></w:rPr><w:t>两次即不隐藏。</w:t></w:r></w:p>"#;
    let paragraphs = ["办好社区食堂", "市政协委员 王伟", by_run, by_paragraph];
    let found =
        read_bytes(&word_file(&[("styles", &part("styles", styles)), ("document", &document(&paragraphs))]));
    assert_eq!(texts(&found.speeches[0].body), ["公开。照样公开。", "两次即不隐藏。"]);
    assert_eq!(
        points(&found),
        [
            "3: This paragraph has hidden text, which was not imported.",
            "4: This paragraph has hidden text, which was not imported."
        ]
    );
}

#[test]
fn a_level_of_a_list_begins_anew_where_the_list_says() {
    let numbering = r#"
<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlRestart w:val="0"/><w:lvlText w:val="(%2)"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlRestart w:val="1"/><w:lvlText w:val="[%3]"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>"#;
    let levels = ["0", "1", "2", "1", "2", "0", "1", "2"];
    let items = levels.map(|level| {
        format!(
            r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>项。</w:t></w:r></w:p>"#
        )
    });
    let mut all = vec!["办好社区食堂", "市政协委员 王伟"];
    all.extend(items.iter().map(String::as_str));
    let found = read_bytes(&word_file(&[
        ("numbering", &part("numbering", numbering)),
        ("document", &document(&all)),
    ]));
    assert_eq!(
        texts(&found.speeches[0].body),
        ["1. 项。", "(1) 项。", "[1] 项。", "(2) 项。", "[2] 项。", "2. 项。", "(3) 项。", "[1] 项。"]
    );
}

#[test]
fn what_does_not_come_along_is_named() {
    let note = r#"<w:p><w:r><w:t>有据。</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>"#;
    let table = r#"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"#;
    let picture = r#"<w:p><w:r><w:pict><v:imagedata r:id="rId4"/></w:pict></w:r></w:p>"#;
    let text_box = r#"<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框中。</w:t></w:r></w:p></w:txbxContent></w:pict></w:r><w:r><w:t>框外。</w:t></w:r></w:p>"#;
    let contents = r#"<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent><w:p><w:r><w:t>目录</w:t></w:r></w:p></w:sdtContent></w:sdt>"#;
    let paragraphs = ["办好社区食堂", "市政协委员 王伟", note, table, picture, text_box, contents];
    let notes = part(
        "footnotes",
        r#"<w:footnote w:id="2"><w:p><w:r><w:t>见统计公报。</w:t></w:r></w:p></w:footnote>"#,
    );
    let found = read_bytes(&word_file(&[("footnotes", &notes), ("document", &document(&paragraphs))]));
    assert_eq!(texts(&found.speeches[0].body), ["有据。", "甲", "乙", "框中。", "框外。"]);
    let starts: Vec<String> = points(&found).iter().map(|point| point.chars().take(27).collect()).collect();
    assert_eq!(
        starts,
        [
            "3: This paragraph has a not",
            "4: Here is a table: each of",
            "6: Here is a picture, which",
            "7: Here is a text box: its ",
            "9: The table of contents wa",
        ]
    );
    assert!(points(&found)[0].ends_with("“见统计公报。”"));
}

#[test]
fn automatic_numbers_come_along() {
    let numbering = r#"
<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="japaneseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="9"><w:numStyleLink w:val="own"/></w:abstractNum>
<w:abstractNum w:abstractNumId="10"><w:styleLink w:val="own"/><w:lvl w:ilvl="0"><w:start w:val="5"/><w:numFmt w:val="lowerLetter"/><w:suff w:val="space"/><w:lvlText w:val="%1)"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="8"/></w:num><w:num w:numId="4"><w:abstractNumId w:val="9"/></w:num>"#;
    let item = |list: &str, level: &str, text: &str| {
        format!(
            r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#
        )
    };
    let styles = r#"<w:style w:type="paragraph" w:styleId="n"><w:name w:val="n"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>"#;
    let paragraphs = [
        item("1", "0", "甲。"),
        item("1", "1", "乙。"),
        item("1", "1", "丙。"),
        styled("n", "丁。"),
        item("1", "1", "戊。"),
        item("0", "0", "没有号。"),
        item("2", "0", "从头来。"),
        item("3", "0", "一项。"),
        item("4", "0", "己。"),
        item("99", "0", "没有这个列表。"),
    ];
    let mut all = vec!["办好社区食堂", "市政协委员 王伟"];
    all.extend(paragraphs.iter().map(String::as_str));
    let found = read_bytes(&word_file(&[
        ("styles", &part("styles", styles)),
        ("numbering", &part("numbering", numbering)),
        ("document", &document(&all)),
    ]));
    let expected = [
        "一、甲。",
        "1.1 乙。",
        "1.2 丙。",
        "二、丁。",
        "2.1 戊。",
        "没有号。",
        "一、从头来。",
        "一项。",
        "e) 己。",
        "没有这个列表。",
    ];
    assert_eq!(texts(&found.speeches[0].body), expected);
    assert_eq!(found.speeches[0].body[7].kind, PieceKind::Item);
}

#[test]
fn a_file_that_is_no_word_document_is_refused() {
    let good = word_file(&[("document", &document(&["办好社区食堂", "市政协委员 王伟", "方便就餐。"]))]);
    let cut = fails(&good[..good.len() / 2]);
    assert_eq!(cut.code, "import-broken-word-file");
    let sheet = word_file(&[(
        "document",
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>"#,
    )]);
    assert_eq!(fails(&sheet).code, "import-not-text");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("../../etc/passwd", SimpleFileOptions::default()).expect("a part");
    assert_eq!(fails(&zip.finish().expect("an archive").into_inner()).code, "import-not-text");
    let mut damaged = good.clone();
    let at = damaged.windows(17).position(|window| window == b"word/document.xml").expect("its name") + 17;
    for byte in &mut damaged[at..at + 20] {
        *byte ^= 0x55;
    }
    assert_eq!(fails(&damaged).code, "import-broken-word-file");
}

#[test]
fn entities_fetch_nothing_and_blow_nothing_up() {
    let outside = document(&["办好社区食堂", "市政协委员 王伟", "&secret;"])
        .replace("<w:document ", "<!DOCTYPE w [<!ENTITY secret SYSTEM \"file:///etc/passwd\">]><w:document ");
    let found = fails(&word_file(&[("document", &outside)]));
    assert_eq!(found.code, "import-broken-word-file");
    assert!(found.message.en.contains("<!DOCTYPE"), "{}", found.message.en);
    let unknown = document(&["办好社区食堂", "市政协委员 王伟", "&secret;"]);
    assert!(fails(&word_file(&[("document", &unknown)])).message.en.contains("&secret;"));
}

#[test]
fn what_is_said_of_a_file_does_not_grow_beyond_measure() {
    let note = "注".repeat(10_000);
    let notes = part("footnotes", &format!(r#"<w:footnote w:id="2"><w:t>{note}</w:t></w:footnote>"#));
    let reference = r#"<w:r><w:footnoteReference w:id="2"/></w:r>"#.repeat(5_000);
    let pattern = "%1".repeat(10_000);
    let numbering = format!(
        r#"<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:lvlText w:val="{pattern}"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>"#
    );
    let item = r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>甲。</w:t></w:r></w:p>"#;
    let body = ["办好社区食堂", "市政协委员 王伟", &format!("<w:p>{reference}</w:p>"), item];
    let found = read_bytes(&word_file(&[
        ("footnotes", &notes),
        ("numbering", &part("numbering", &numbering)),
        ("document", &document(&body)),
    ]));
    assert_eq!(texts(&found.speeches[0].body), ["甲。"]);
    let said = points(&found);
    assert!(said.len() <= 1010 && said.iter().map(String::len).sum::<usize>() < 1_000_000, "{}", said.len());
    assert!(said.iter().any(|point| point.ends_with("no more are listed.")));
}

#[test]
fn a_part_that_grows_beyond_measure_is_not_read() {
    let blanks = " ".repeat(40 << 20);
    let found = fails(&word_file(&[("document", &document(&[&blanks]))]));
    assert_eq!(found.code, "import-grows-too-much");
    let deep = format!("<w:p>{}", "<w:r>".repeat(100_000));
    let found = fails(&word_file(&[("document", &part("document", &deep))]));
    assert_eq!(found.code, "import-broken-word-file");
}
