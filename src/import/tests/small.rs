//! Small documents, one difficulty each.

use super::*;

fn read_text(text: &str) -> Proceedings {
    read_bytes(text.as_bytes())
}

fn fails(text: &str) -> &'static str {
    let import = Import {
        files: &[File { name: "a.txt", bytes: text.as_bytes() }],
        date: day(),
        meeting: None,
        themes: &[],
        parties: &[],
    };
    read(&import).expect_err("no speeches")[0].code
}

fn names(speech: &Speech) -> Vec<&str> {
    speech.speakers.iter().map(|speaker| speaker.name.as_str()).collect()
}

fn body(speech: &Speech) -> Vec<&str> {
    speech.body.iter().map(|piece| piece.text.as_str()).collect()
}

fn lines_to_check(proceedings: &Proceedings, word: &str) -> Vec<usize> {
    proceedings.points.iter().filter(|p| p.message.en.contains(word)).map(|p| p.line).collect()
}

#[test]
fn a_heading_without_a_byline_is_a_draft() {
    let marked = "# 会议\n\n## 题一\n\n市政协委员 王伟\n\n甲。\n\n## 题二\n\n市政协委员 李明\n\n乙。\n\n\
                  ## 题三\n\n市政协委员 张华\n\n丙。\n\n## 题四\n\n丁。\n";
    for text in [marked.to_string(), marked.replace('#', "")] {
        let found = read_text(&text);
        assert_eq!(found.speeches.len(), 4, "{text}");
        assert_eq!(body(&found.speeches[2]), ["丙。"]);
        assert_eq!((names(&found.speeches[3]), body(&found.speeches[3])), (vec![], vec!["丁。"]));
        assert_eq!(lines_to_check(&found, "draft"), [21]);
        let page = front_matter::render(&front_matter::speech_page(&found.speeches[3], "04-x.md"));
        assert_eq!(page, "+++\ntitle = \"题四\"\ndraft = true\n+++\n\n丁。\n");
    }
}

#[test]
fn joint_speeches() {
    let found = read_text(
        "# 会议\n\n## 题一\n\n市政协委员 王　伟、李明\n\n甲。\n\n## 题二\n\n市政协委员 张华\n市政协常委 赵强\n\n乙。\n",
    );
    assert_eq!(names(&found.speeches[0]), ["王伟", "李明"]);
    assert_eq!(found.speeches[0].speakers[1].byline, "市政协委员 王　伟、李明");
    assert_eq!(names(&found.speeches[1]), ["张华", "赵强"]);
    assert_eq!(found.speeches[1].speakers[1].roles, ["市政协常委"]);
    let page = front_matter::render(&front_matter::speech_page(&found.speeches[1], "02-x.md"));
    assert_eq!(
        page,
        "+++\ntitle = \"题二\"\n\n[[speakers]]\nname = \"张华\"\nbyline = \"市政协委员 张华\"\nroles = [\"市政协委员\"]\n\n\
         [[speakers]]\nname = \"赵强\"\nbyline = \"市政协常委 赵强\"\nroles = [\"市政协常委\"]\n+++\n\n乙。\n"
    );
}

#[test]
fn bullets_of_word_become_items() {
    let found = read_text("## 题\n市政协委员 王伟\n\n\u{F0B7} 第一项\n\n\u{F0A7} 第二项\n\n结尾\u{E5D2}。\n");
    let page = front_matter::speech_page(&found.speeches[0], "01-x.md");
    assert_eq!(page.body, "- 第一项\n- 第二项\n\n结尾\u{E5D2}。\n");
    assert_eq!(lines_to_check(&found, "U+E5D2"), [8]);
    assert_eq!(lines_to_check(&found, "U+F0"), Vec::<usize>::new());
}

#[test]
fn levels_are_not_fixed() {
    let found =
        read_text("# 题一\n市政协委员 王伟\n甲。\n\n# 题二\n市政协委员 李明\n乙。\n\n## 小标题\n丙。\n");
    assert_eq!(found.speeches.len(), 2);
    assert_eq!(body(&found.speeches[1]), ["乙。", "小标题", "丙。"]);
    assert_eq!(found.speeches[1].body[1].kind, PieceKind::Heading(1));
    let one = read_text("# 会议\n## 题\n### 副题\n市政协委员 王伟\n甲。\n");
    assert_eq!((one.meeting.title.as_str(), one.speeches[0].title.as_str()), ("会议", "题"));
    assert_eq!(one.speeches[0].subtitle.as_deref(), Some("副题"));
}

#[test]
fn a_subtitle_may_lack_its_mark() {
    for text in [
        "# 会议\n\n## 题\n\n——副题\n\n市政协委员 王伟\n\n甲。\n",
        "# 会议\n## 题\n——副题\n市政协委员 王伟\n甲。\n",
        "会议\n题\n——副题\n市政协委员 王伟\n甲。\n",
    ] {
        let found = read_text(text);
        let speech = found.speeches.last().expect("a speech");
        assert_eq!((names(speech), body(speech)), (vec!["王伟"], vec!["甲。"]), "{text}");
        if text.starts_with('#') {
            assert_eq!((speech.title.as_str(), speech.subtitle.as_deref()), ("题", Some("——副题")));
        }
    }
}

#[test]
fn headings_between_speeches_belong_to_the_meeting() {
    let found = read_text(
        "# 会议\n\n### 题一\n市政协委员 王伟\n甲。\n\n## 书面发言\n说明。\n\n### 题二\n市政协委员 李明\n乙。\n\n#### 题三\n市政协委员 张华\n丙。\n",
    );
    let lead: Vec<&str> = found.meeting.lead.iter().map(|piece| piece.text.as_str()).collect();
    assert_eq!(lead, ["书面发言", "说明。"]);
    assert_eq!(lines_to_check(&found, "between speeches"), [7]);
    assert_eq!(found.speeches.iter().map(|s| body(s)).collect::<Vec<_>>(), [["甲。"], ["乙。"], ["丙。"]]);
    assert_eq!(lines_to_check(&found, "another level"), [14]);
}

#[test]
fn doubts_name_their_lines() {
    let long = "办好社区食堂,方便老年居民就餐。".repeat(20);
    let found = read_text(&format!(
        "# 会议\n\n1月8日举行大会,3位委员发言。\n\n## 题一\n市政协委员 王伟\n{long}\n\n## 题二\n市政协委员 王伟\n{long}\n\n\
         ## 题三\n市政协委员 丹增\n太短。\n\n## 题四\n民进某市委员会委员,台盟某市委员会委员 李明\n{long}\n\n(记者张三)\n"
    ));
    let cases: [(&str, &[usize]); 8] = [
        ("--date", &[3]),
        ("3 speakers", &[3]),
        ("also made", &[9]),
        ("the speaker's name", &[13]),
        ("only 3 characters", &[13]),
        ("No theme", &[13]),
        ("more than one group", &[17]),
        ("last line", &[21]),
    ];
    for (word, lines) in cases {
        assert_eq!(lines_to_check(&found, word), lines, "{word}");
    }
    assert_eq!(found.speeches[0].themes[0].found[0], ("食堂".to_string(), 20));
}

#[test]
fn nothing_to_read() {
    assert_eq!(fails(""), "import-empty");
    assert_eq!(fails(" \n\u{200B}\n"), "import-empty");
    assert_eq!(fails("# 标题\n\n只有正文。\n"), "import-no-speeches");
    assert_eq!(fails("文字。"), "import-no-speeches");
}

#[test]
fn the_folder_is_ascii() {
    let text = "# 会议\n## 题\n市政协委员 王伟\n甲。\n";
    let folder = |meeting: Option<&str>| {
        let import = Import {
            files: &[File { name: "a.txt", bytes: text.as_bytes() }],
            date: day(),
            meeting,
            themes: &[],
            parties: &[],
        };
        read(&import).map(|found| found.folder).map_err(|found| found[0].code)
    };
    assert_eq!(folder(Some("2025-01-09-plenary")), Ok("2025-01-09-plenary".to_string()));
    assert_eq!(folder(Some("../大会")), Ok("da-hui".to_string()));
    assert_eq!(folder(None), Ok("2025-01-09-hui-yi".to_string()));
    assert_eq!(folder(Some("/../")), Err("import-no-folder-name"));
}
