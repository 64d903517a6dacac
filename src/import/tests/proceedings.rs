//! The real document: all of it, each word in its place.

use encoding_rs::GB18030;

use super::*;

const DOCUMENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/seed/proceedings.txt");

const SPEAKERS: [(&str, Option<&str>); 19] = [
    ("彭富春", Some("民革")),
    ("王伟", Some("九三学社")),
    ("黄芬", Some("民进")),
    ("廖小平", Some("农工党")),
    ("郭彩霞", None),
    ("徐旭东", Some("致公党")),
    ("刘华强", None),
    ("刘萌", None),
    ("郑敏", None),
    ("穆书芹", Some("民建")),
    ("高宗余", None),
    ("皮亚斌", None),
    ("吴余龙", None),
    ("董菲", Some("民进")),
    ("吴志武", None),
    ("舒晓刚", Some("民盟")),
    ("林颖", Some("台盟")),
    ("斯朗·丹增曲培", None),
    ("李小曼", None),
];

fn bytes() -> Vec<u8> {
    std::fs::read(DOCUMENT).expect("tests/seed/proceedings.txt")
}

fn read_with_parties(bytes: &[u8]) -> Proceedings {
    let groups = ["民革", "民盟", "民建", "民进", "农工党", "致公党", "九三学社", "台盟"];
    let parties = groups.map(|group| party(group, &[]));
    read(&Import {
        files: &[File { name: "a.txt", bytes }],
        date: day(),
        meeting: None,
        themes: &[],
        parties: &parties,
    })
    .expect("the document")
}

/// The document's blocks by the simplest rule: a line each.
fn plain_blocks() -> Vec<String> {
    let text = String::from_utf8(bytes()).expect("UTF-8");
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_string).collect()
}

#[test]
fn speakers_groups_and_characters() {
    let found = read_with_parties(&bytes());
    let speakers: Vec<(&str, Option<&str>)> = found
        .speeches
        .iter()
        .flat_map(|speech| &speech.speakers)
        .map(|speaker| (speaker.name.as_str(), speaker.group.as_deref()))
        .collect();
    assert_eq!(speakers, SPEAKERS);
    assert_eq!(found.speeches.iter().map(Speech::characters).sum::<usize>(), 6711);
    assert!(found.speeches.iter().all(|speech| speech.summary));
    assert_eq!(found.points, []);
    assert!(!found.files[0].inferred_headings);
    let meeting = &found.meeting;
    assert_eq!(meeting.title, "汇智聚力 共商武汉高质量发展");
    assert_eq!(meeting.subtitle.as_deref(), Some("政协武汉市第十四届委员会第四次会议举行大会发言"));
    assert_eq!(meeting.name.as_deref(), Some("政协武汉市第十四届委员会第四次会议第二次全体会议"));
}

#[test]
fn every_line_is_in_its_place() {
    let found = read_with_parties(&bytes());
    let mut lines = vec![format!("# {}", found.meeting.title)];
    lines.extend(found.meeting.subtitle.iter().map(|subtitle| format!("## {subtitle}")));
    lines.extend(found.meeting.lead.iter().map(|piece| piece.text.clone()));
    for speech in &found.speeches {
        lines.push(format!("### {}", speech.title));
        lines.extend(speech.subtitle.iter().map(|subtitle| format!("#### {subtitle}")));
        for speaker in &speech.speakers {
            lines.push(speaker.byline.clone());
            assert_eq!(format!("{} {}", speaker.roles.join(","), speaker.name), speaker.byline);
        }
        lines.extend(speech.body.iter().map(|piece| piece.text.clone()));
    }
    assert_eq!(lines, plain_blocks());
}

#[test]
fn every_encoding_gives_the_same_files() {
    let text = String::from_utf8(bytes()).expect("UTF-8");
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut versions = vec![
        GB18030.encode(&text).0.into_owned(),
        [b"\xEF\xBB\xBF".to_vec(), bytes()].concat(),
        [b"\xFF\xFE".to_vec(), little.clone()].concat(),
        [b"\xFE\xFF".to_vec(), big.clone()].concat(),
        little,
        big,
    ];
    versions.push(text.replace('\n', "\r\n").into_bytes());
    let written = |bytes: &[u8]| {
        let site = tempfile::tempdir().expect("a folder");
        let outcome = write(&read_with_parties(bytes), site.path()).expect("written");
        files(&site.path().join(outcome.folder))
    };
    let expected = written(&bytes());
    assert_eq!(expected.len(), 21);
    for version in versions {
        assert_eq!(written(&version), expected);
    }
}

#[test]
fn without_marks_and_blank_lines_it_is_the_same() {
    let marked = read_with_parties(&bytes());
    let plain = String::from_utf8(bytes()).expect("UTF-8").replace('#', "");
    let indented = plain.replace("\n\n", "\n\u{3000}\u{3000}");
    for text in [plain.clone(), plain.replace("\n\n", "\n"), indented] {
        let found = read_with_parties(text.as_bytes());
        assert!(found.files[0].inferred_headings);
        let words = |proceedings: &Proceedings| -> Vec<_> {
            let speeches = proceedings.speeches.iter();
            speeches
                .map(|s| (s.title.clone(), s.subtitle.clone(), s.speakers.clone(), texts(&s.body)))
                .collect()
        };
        assert_eq!(words(&found), words(&marked));
        assert_eq!(found.meeting.title, marked.meeting.title);
        assert_eq!(found.meeting.subtitle, marked.meeting.subtitle);
        assert_eq!(texts(&found.meeting.lead), texts(&marked.meeting.lead));
    }
}

fn texts(pieces: &[Piece]) -> Vec<String> {
    pieces.iter().map(|piece| piece.text.clone()).collect()
}

#[test]
fn a_second_import_writes_nothing() {
    let site = tempfile::tempdir().expect("a folder");
    let found = read_with_parties(&bytes());
    let first = write(&found, site.path()).expect("written");
    assert_eq!((count(&first, &Action::New), first.exit_code()), (20, 0));
    let folder = site.path().join(&first.folder);
    let times = || -> Vec<_> {
        files(&folder)
            .into_iter()
            .map(|(name, bytes)| {
                let modified = std::fs::metadata(folder.join(&name)).and_then(|data| data.modified());
                (name, bytes, modified.expect("a time"))
            })
            .collect()
    };
    let before = times();
    let second = write(&found, site.path()).expect("written");
    assert_eq!((count(&second, &Action::Unchanged), second.exit_code()), (20, 0));
    assert_eq!(times(), before);
}
