//! Several documents of one meeting.

use super::*;

fn read_all(files: &[(&str, &str)]) -> Result<Proceedings, Vec<Diagnostic>> {
    let files: Vec<File<'_>> =
        files.iter().map(|(name, text)| File { name, bytes: text.as_bytes() }).collect();
    read(&Import { files: &files, date: day(), meeting: None, themes: &[], parties: &[] })
}

fn titles(found: &Proceedings) -> Vec<(usize, &str, Option<&str>)> {
    found
        .speeches
        .iter()
        .map(|speech| (speech.order, speech.title.as_str(), speech.subtitle.as_deref()))
        .collect()
}

#[test]
fn one_speech_a_file_makes_one_meeting() {
    let found = read_all(&[
        ("1.txt", "办好社区食堂\n市政协委员 王伟\n方便就餐。\n再开几家。"),
        (
            "2.html",
            "<html><p>开好公交</p><p>——再加几班车</p><p>市政协委员 李明</p><p>再加几班车。</p></html>",
        ),
        ("3.txt", "修好老街\n市政协委员 王伟\n先修路。"),
    ])
    .expect("a meeting");
    assert_eq!(
        titles(&found),
        [(1, "办好社区食堂", None), (2, "开好公交", Some("——再加几班车")), (3, "修好老街", None)]
    );
    assert_eq!(found.meeting.title, "2025-01-09");
    assert_eq!(found.folder, "2025-01-09");
    assert_eq!(found.meeting.lead, []);
    let twice = found.points.iter().find(|point| point.message.en.contains("also made")).expect("said");
    assert_eq!((twice.file, twice.line), (2, 1));
    assert!(twice.message.en.contains("办好社区食堂"));
}

#[test]
fn what_stands_above_all_titles_alike_is_the_meetings() {
    let above = "大会发言材料\n\n";
    let found = read_all(&[
        ("1.txt", &format!("{above}办好社区食堂\n市政协委员 王伟\n方便就餐。")),
        ("2.txt", &format!("{above}开好公交\n市政协委员 李明\n再加几班车。")),
    ])
    .expect("a meeting");
    assert_eq!(titles(&found), [(1, "办好社区食堂", None), (2, "开好公交", None)]);
    assert_eq!(found.meeting.title, "大会发言材料");
}

#[test]
fn no_title_is_lost_where_files_hold_several_speeches() {
    let two = "## 办好社区食堂\n市政协委员 王伟\n方便就餐。\n## 修好老街\n市政协委员 李明\n先修路。\n";
    let found = read_all(&[("1.md", &format!("# 第一天\n{two}")), ("2.md", &format!("# 第二天\n{two}"))]);
    let found = found.expect("a meeting");
    assert_eq!(found.meeting.title, "第一天");
    assert_eq!(found.meeting.lead[0].text, "第二天");
    assert_eq!(
        found.speeches.iter().map(|speech| (speech.order, speech.file)).collect::<Vec<_>>(),
        [(1, 0), (2, 0), (3, 1), (4, 1)]
    );
}

#[test]
fn every_file_that_cannot_be_read_is_named() {
    let faults = read_all(&[
        ("1.txt", "没有发言。"),
        ("2.txt", "办好社区食堂\n市政协委员 王伟\n方便就餐。"),
        ("3.txt", " "),
    ]);
    let found: Vec<(&str, String)> =
        faults.expect_err("two faults").iter().map(|fault| (fault.code, fault.place.file.clone())).collect();
    assert_eq!(found, [("import-no-speeches", "1.txt".to_string()), ("import-empty", "3.txt".to_string())]);
}
