//! The program as its users run it: what it writes, what it leaves alone, what it prints.

mod folder;
mod font;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use tempfile::TempDir;

use folder::{files, write};

const SITE: &str = "base_url = \"https://fayan.example/\"\ntitle = \"会议发言\"\nlanguage = \"zh-CN\"\ntimezone = \"Asia/Shanghai\"\n";
const MEETING: &str = "+++\ntitle = \"第一次全体会议\"\ndate = 2025-01-09\n+++\n";

fn speech(front: &str, body: &str) -> String {
    format!("+++\n{front}\n\n[speaker]\nname = \"林一舟\"\nroles = [\"街道代表\"]\n+++\n\n{body}\n")
}

/// A site in a temporary folder: settings, one meeting, one speech, and `files`.
fn site(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "content/site.toml", SITE);
    write(folder.path(), "content/meetings/m1/_index.md", MEETING);
    let first = speech("title = \"办好社区食堂\"\nthemes = [\"养老服务\"]", "社区食堂要算细账。");
    write(folder.path(), "content/meetings/m1/01.md", &first);
    for (path, text) in files {
        write(folder.path(), path, text);
    }
    folder
}

/// A folder with the test font, so that share pictures do not depend on what a machine has.
fn fonts() -> &'static Path {
    static FONTS: OnceLock<TempDir> = OnceLock::new();
    FONTS
        .get_or_init(|| {
            let folder = tempfile::tempdir().expect("a folder");
            fs::write(folder.path().join("boxes.ttf"), font::boxes()).expect("written");
            folder
        })
        .path()
}

fn plenary(root: &Path, arguments: &[&str]) -> Output {
    with_fonts(root, arguments, fonts())
}

fn with_fonts(root: &Path, arguments: &[&str], fonts: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_plenary"))
        .args(arguments)
        .env("PLENARY_FONTS", fonts)
        .env_remove("LANG")
        .env_remove("LC_ALL")
        .current_dir(root)
        .output()
        .expect("the program starts")
}

fn stderr(output: &Output) -> String {
    let text = String::from_utf8(output.stderr.clone()).expect("UTF-8");
    assert!(!text.contains("panicked"), "{text}");
    text
}

fn build(root: &Path) -> String {
    let output = plenary(root, &["build"]);
    let text = stderr(&output);
    assert!(output.status.success(), "{text}");
    text
}

#[test]
fn one_thread_and_many_give_the_same_bytes() {
    let site = site(&[]);
    for i in 2..40 {
        let text = speech(&format!("title = \"发言{i}\"\nthemes = [\"主题{}\", \"共同\"]", i % 7), "正文。");
        write(site.path(), &format!("content/meetings/m1/{i:02}.md"), text);
    }
    let one = plenary(site.path(), &["build", "--threads", "1", "--output", "one"]);
    let many = plenary(site.path(), &["build", "--threads", "7", "--output", "many"]);
    let spilled = plenary(site.path(), &["build", "--memory", "0", "--output", "spilled"]);
    assert!(one.status.success() && many.status.success() && spilled.status.success());
    assert_eq!(files(&site.path().join("one")), files(&site.path().join("many")));
    assert_eq!(files(&site.path().join("one")), files(&site.path().join("spilled")));
}

#[test]
fn the_zone_and_language_of_the_machine_do_not_matter() {
    let speeches = [
        ("content/meetings/m1/02.md", speech("title = \"二\"\ndate = 2025-01-09T00:30:00+08:00", "甲")),
        ("content/meetings/m1/03.md", speech("title = \"三\"\ndate = 2025-01-09T00:30:00", "乙")),
    ];
    let speeches: Vec<(&str, &str)> = speeches.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let site = site(&speeches);
    let mut trees = Vec::new();
    for (i, (zone, lang)) in
        [("UTC", "C"), ("Asia/Shanghai", "zh_CN.UTF-8"), ("America/Los_Angeles", "en_US.UTF-8")]
            .iter()
            .enumerate()
    {
        let folder = format!("out{i}");
        let status = Command::new(env!("CARGO_BIN_EXE_plenary"))
            .args(["build", "--output", &folder])
            .envs([("TZ", *zone), ("LANG", *lang)])
            .current_dir(site.path())
            .status();
        assert!(status.expect("the program starts").success());
        trees.push(files(&site.path().join(folder)));
    }
    assert_eq!(trees[0], trees[1]);
    assert_eq!(trees[0], trees[2]);
    assert!(!trees[0].values().any(|bytes| String::from_utf8_lossy(bytes).contains("2025-01-08")));
}

#[test]
fn a_second_build_writes_nothing() {
    let site = site(&[]);
    build(site.path());
    let again = build(site.path());
    assert!(again.contains("（写入 0，"), "{again}");
}

/// The text with `#` in the place of every number.
fn without_numbers(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '0'..='9' if out.ends_with('#') => {}
            '0'..='9' => out.push('#'),
            c => out.push(c),
        }
    }
    out.replace("#.#", "#")
}

#[test]
fn a_build_ends_with_one_line_that_sums_it_up() {
    let site = site(&[]);
    let english = |arguments: &[&str]| {
        let output = plenary(site.path(), &[&["build", "--lang", "en"], arguments].concat());
        assert!(output.status.success() && output.stdout.is_empty());
        stderr(&output)
    };
    let first = english(&[]);
    let files = files(&site.path().join("public"));
    let ours = files.keys().filter(|path| !path.starts_with(".plenary")).count();
    let pages = files.keys().filter(|path| path.ends_with(".html")).count();
    let memory = if cfg!(target_os = "linux") { ", at most # MB of memory" } else { "" };
    let counted =
        format!("{ours} files in {{}}, {pages} of them pages ({ours} written, 0 unchanged, 0 removed); ");
    let (before, after) = counted.split_once("{}").expect("a folder");
    assert!(first.starts_with(&format!("done: 1 speech, 1 meeting, 1 speaker; {before}")), "{first}");
    let (_, end) = first.split_once(after).unwrap_or_else(|| panic!("{first}"));
    assert_eq!(without_numbers(end), format!("# s{memory}\n"));
    let again = english(&[]);
    assert!(again.contains(&format!("(0 written, {ours} unchanged, 0 removed)")), "{again}");
    let chinese = without_numbers(&build(site.path()));
    let memory = if cfg!(target_os = "linux") { "，内存最多 # MB" } else { "" };
    assert!(chinese.ends_with(&format!("（写入 #，未变 #，删除 #）；用时 # 秒{memory}\n")), "{chinese}");
}

#[test]
fn timings_name_each_stage_in_its_order() {
    let editions =
        "[[editions]]\nname = \"简体\"\n[[editions]]\nname = \"繁體\"\npath = \"hant\"\nscript = \"hant\"\n";
    let site = site(&[("content/site.toml", &format!("{SITE}{editions}"))]);
    for (lang, expected) in [
        (
            "en",
            "read: # files\ncompare\nparse: # files\nlink\npostings: # speeches\nshards: # groups\nplan\nrender: # pages and files\nfinish\nwrite: # files\n",
        ),
        (
            "zh",
            "读取：# 个文件\n核对\n解析：# 个文件\n关联\n索引字词：# 篇发言\n索引分片：# 组\n规划\n生成页面：# 个页面和文件\n收尾\n写入：# 个文件\n",
        ),
    ] {
        let arguments = ["build", "--timings", "--lang", lang, "--output", lang];
        let output = plenary(site.path(), &arguments);
        assert!(output.status.success());
        let text = stderr(&output);
        assert!(!text.contains('\r'), "no line for people where nobody looks: {text:?}");
        let unit = if lang == "en" { " s  " } else { " 秒  " };
        let stages = text.lines().filter_map(|line| Some(line.split_once(unit)?.1.to_owned() + "\n"));
        assert_eq!(without_numbers(&stages.collect::<String>()), expected, "{text}");
        assert_eq!(text.lines().count(), 11, "each stage once, for all editions, and the summary: {text}");
    }
    assert!(!build(site.path()).contains("索引分片"), "only where it is asked for");
    let nothing_to_do = stderr(&plenary(site.path(), &["build", "--timings", "--lang", "en"]));
    let stages = nothing_to_do.lines().filter_map(|line| Some(line.split_once(" s  ")?.1.to_owned() + "\n"));
    assert_eq!(without_numbers(&stages.collect::<String>()), "read: # files\ncompare\n", "{nothing_to_do}");
}

#[test]
fn an_error_leaves_the_published_site_as_it_was() {
    let site = site(&[]);
    build(site.path());
    let before = files(&site.path().join("public"));
    write(site.path(), "content/meetings/m1/02.md", "没有信息区\n");
    let output = plenary(site.path(), &["build"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("content/meetings/m1/02.md:1:1"));
    assert_eq!(files(&site.path().join("public")), before);
}

#[test]
fn git_and_cname_stay_and_stale_files_go() {
    let site = site(&[("public/CNAME", "fayan.example\n"), ("public/.git/HEAD", "ref: refs/heads/main\n")]);
    build(site.path());
    assert!(site.path().join("public/themes/yang-lao-fu-wu/index.html").exists());
    write(
        site.path(),
        "content/meetings/m1/01.md",
        speech("title = \"办好社区食堂\"\nthemes = [\"低空经济\"]", "甲"),
    );
    build(site.path());
    let public = site.path().join("public");
    assert!(public.join("themes/di-kong-jing-ji/index.html").exists());
    assert!(!public.join("themes/yang-lao-fu-wu").exists());
    assert_eq!(fs::read_to_string(public.join("CNAME")).expect("kept"), "fayan.example\n");
    assert_eq!(fs::read_to_string(public.join(".git/HEAD")).expect("kept"), "ref: refs/heads/main\n");
}

#[test]
fn folders_that_are_not_ours_are_refused() {
    let site = site(&[("other/brief.txt", "x")]);
    let before = files(site.path());
    for folder in [".", "..", "content", "content/meetings", "other", "themes"] {
        let output = plenary(site.path(), &["build", "--output", folder]);
        assert_eq!(output.status.code(), Some(1), "{folder}");
        assert!(stderr(&output).contains("[output-refused]"), "{folder}");
    }
    assert_eq!(files(site.path()), before);
}

#[cfg(unix)]
#[test]
fn links_in_the_output_folder_are_not_followed() {
    let site = site(&[("elsewhere/keep.txt", "x")]);
    fs::create_dir(site.path().join("public")).expect("created");
    std::os::unix::fs::symlink("../elsewhere", site.path().join("public/themes")).expect("linked");
    let output = plenary(site.path(), &["build"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert_eq!(files(&site.path().join("elsewhere")).len(), 1);
}

#[test]
fn a_file_in_the_place_of_the_output_folder_is_reported() {
    let site = site(&[("public", "a file")]);
    let output = plenary(site.path(), &["build"]);
    assert_eq!(output.status.code(), Some(1));
    let text = stderr(&output);
    assert!(text.contains("[output-refused]") || text.contains("[unwritable]"), "{text}");
    assert_eq!(fs::read_to_string(site.path().join("public")).expect("kept"), "a file");
}

#[test]
fn a_document_that_is_not_there_is_reported() {
    let site = site(&[]);
    let output = plenary(site.path(), &["import", "没有.txt", "--date", "2025-01-09"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("没有.txt") && stderr(&output).contains("[unreadable]"));
}

#[test]
fn a_folder_of_documents_is_imported_as_one_meeting() {
    let site = site(&[
        ("发言/10 修好老街.txt", "修好老街\n街道代表 林一舟\n先修路。\n"),
        ("发言/9 开好公交.html", "<!DOCTYPE html><h2>开好公交</h2><p>街道代表 张小云</p><p>再加几班车。</p>"),
        ("发言/~$9 开好公交.docx", "Word has it open"),
        ("发言/.DS_Store", "\0"),
    ]);
    let import = |arguments: &[&str]| {
        let all = [&["import"], arguments, &["--date", "2025-01-09", "--meeting", "m"]].concat();
        plenary(site.path(), &all)
    };
    let output = import(&["发言"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let folder = site.path().join("content/meetings/m");
    let mut names: Vec<String> =
        files(&folder).into_keys().filter(|name| name.starts_with(char::is_numeric)).collect();
    names.sort();
    assert_eq!(names, ["01-kai-hao-gong-jiao.md", "02-xiu-hao-lao-jie.md"]);
    let again = import(&["发言/9 开好公交.html", "发言/10 修好老街.txt"]);
    assert!(stderr(&again).contains("未变    3个文件"), "{}", stderr(&again));
    assert_eq!(again.status.code(), Some(0));
    fs::create_dir(site.path().join("空")).expect("created");
    let empty = import(&["空", "没有.docx"]);
    assert_eq!(empty.status.code(), Some(1));
    assert!(
        stderr(&empty).contains("[import-empty]") && stderr(&empty).contains("[unreadable]"),
        "{}",
        stderr(&empty)
    );
}

#[test]
fn an_import_that_cannot_write_is_reported() {
    let document = "# 会议\n\n## 题一\n\n街道代表 林一舟\n\n甲段。\n";
    let site = site(&[("doc.txt", document), ("content/meetings/m", "a file")]);
    let output = plenary(site.path(), &["import", "doc.txt", "--date", "2025-01-09", "--meeting", "m"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("[import-disk]"), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(site.path().join("content/meetings/m")).expect("kept"), "a file");
}

#[cfg(unix)]
#[test]
fn symbolic_links_among_the_sources_are_refused() {
    let site = site(&[("secret.txt", "机密")]);
    fs::create_dir_all(site.path().join("content/static")).expect("created");
    std::os::unix::fs::symlink("../../secret.txt", site.path().join("content/static/a.txt")).expect("linked");
    let output = plenary(site.path(), &["build"]);
    assert_eq!(output.status.code(), Some(1));
    let text = stderr(&output);
    assert!(text.contains("[special-file]") && text.contains("content/static/a.txt"), "{text}");
    assert!(!site.path().join("public").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_only_look_alike_are_refused() {
    let text = speech("title = \"访咖啡馆\"", "甲");
    let site =
        site(&[("content/meetings/m1/caf\u{e9}.md", &text), ("content/meetings/m1/cafe\u{301}.md", &text)]);
    let output = plenary(site.path(), &["build"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("[twin-names]"));
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_differ_only_in_case_are_refused() {
    let site = site(&[
        ("content/static/a.txt", "x"),
        ("content/static/A.txt", "x"),
        ("content/static/notes/1.txt", "x"),
        ("content/static/Notes/2.txt", "x"),
    ]);
    let output = plenary(site.path(), &["build"]);
    assert_eq!(output.status.code(), Some(1));
    let text = stderr(&output);
    assert_eq!(text.matches("[twin-names]").count(), 2, "{text}");
    assert!(text.contains("content/static/notes") && text.contains("content/static/a.txt"), "{text}");
}

#[cfg(target_os = "linux")]
#[test]
fn pipes_and_devices_are_refused_and_never_waited_for() {
    let site = site(&[]);
    let pipe = |path: &str| {
        let made = Command::new("mkfifo").arg(site.path().join(path)).status().expect("mkfifo");
        assert!(made.success());
    };
    pipe("content/meetings/m1/02.md");
    pipe("font.ttf");
    pipe("speeches.txt");
    let refused = |arguments: &[&str], path: &str| {
        let output = plenary(site.path(), arguments);
        let text = stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{text}");
        assert!(text.contains(path), "{text}");
        text
    };
    assert!(refused(&["build"], "content/meetings/m1/02.md").contains("[special-file]"));
    fs::remove_file(site.path().join("content/meetings/m1/02.md")).expect("removed");
    for file in ["speeches.txt", "/dev/zero", "."] {
        let text = refused(&["import", file, "--date", "2025-01-09"], file);
        assert!(text.contains("[special-file]"), "{text}");
    }
    let settings = format!("{SITE}[share_pictures]\nfont = \"font.ttf\"\n");
    write(site.path(), "content/site.toml", settings);
    refused(&["build"], "content/site.toml");
    write(site.path(), "content/site.toml", SITE);
    build(site.path());
    assert!(
        refused(&["build", "--upload-list", "--uploaded", "font.ttf"], "font.ttf").contains("[special-file]")
    );
}

#[test]
fn a_file_that_is_too_large_is_named_and_not_read() {
    let site = site(&[]);
    let large = fs::File::create(site.path().join("content/meetings/m1/02.md")).expect("created");
    large.set_len(50 << 20).expect("room");
    let output = plenary(site.path(), &["build"]);
    assert_eq!(output.status.code(), Some(1));
    let text = stderr(&output);
    assert!(text.contains("[too-large]") && text.contains("content/meetings/m1/02.md"), "{text}");
    assert!(text.contains("50 MB") && text.contains("4 MB"), "{text}");
    // Pictures, sound and documents are published whatever their size.
    fs::rename(site.path().join("content/meetings/m1/02.md"), site.path().join("content/a.bin"))
        .expect("moved");
    fs::create_dir_all(site.path().join("content/static")).expect("created");
    fs::rename(site.path().join("content/a.bin"), site.path().join("content/static/a.bin")).expect("moved");
    build(site.path());
}

#[test]
fn a_speech_that_is_being_written_is_published_whole_or_not_at_all() {
    const PARAGRAPHS: usize = 100;
    let site = site(&[]);
    let path = site.path().join("content/meetings/m1/01.md");
    let texts = ["甲", "乙"].map(|word| {
        let paragraphs = vec![format!("这一段说的是{word}。"); PARAGRAPHS];
        speech("title = \"办好社区食堂\"", &paragraphs.join("\n\n"))
    });
    fs::write(&path, &texts[0]).expect("written");
    build(site.path());
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            // As editors save: the file is emptied, then filled.
            for text in texts.iter().cycle().take_while(|_| !stop.load(Ordering::Relaxed)) {
                fs::write(&path, text).expect("written");
            }
        });
        for _ in 0..6 {
            let output = plenary(site.path(), &["build"]);
            let page =
                fs::read_to_string(site.path().join("public/meetings/m1/01/index.html")).expect("a page");
            let counts = ["甲", "乙"].map(|word| page.matches(&format!("这一段说的是{word}。</p>")).count());
            assert!(
                counts == [PARAGRAPHS, 0] || counts == [0, PARAGRAPHS],
                "{counts:?}: {}",
                stderr(&output)
            );
        }
        stop.store(true, Ordering::Relaxed);
    });
}

#[test]
fn of_a_thousand_faults_of_a_kind_fifty_are_shown() {
    let keys: String = (0..20_000).map(|i| format!("key{i} = 1\n")).collect();
    let text = speech(&format!("title = \"一\"\n{keys}"), "甲。");
    let site = site(&[("content/meetings/m1/02.md", &text)]);
    let output = plenary(site.path(), &["check"]);
    assert_eq!(output.status.code(), Some(1));
    let said = stderr(&output);
    assert_eq!(said.matches("[unknown-key]").count(), 51, "{}", &said[..2000]);
    assert!(said.contains("还有 19950 处") && said.contains("20000 处错误"), "{}", &said[said.len() - 500..]);
}

#[test]
fn marks_and_line_ends_of_any_editor_are_read() {
    let plain = site(&[]);
    build(plain.path());
    let right = files(&plain.path().join("public"));
    let text = fs::read_to_string(plain.path().join("content/meetings/m1/01.md")).expect("a file");
    for written in [format!("\u{feff}{text}"), text.replace('\n', "\r\n"), text.replace('\n', "\r")] {
        write(plain.path(), "content/meetings/m1/01.md", &written);
        build(plain.path());
        let mut now = files(&plain.path().join("public"));
        now.insert(".plenary.made".into(), right[".plenary.made"].clone());
        assert_eq!(now, right, "{written:?}");
    }
}

#[test]
fn texts_that_grow_when_they_are_read_take_no_time() {
    let brackets = "[".repeat(100_000);
    let notes: String = (0..20_000).map(|i| format!("[^{i}]")).collect();
    let defined: String = (0..20_000).map(|i| format!("\n\n[^{i}]: 注{i}\n")).collect();
    let stars = "*a_ ".repeat(50_000);
    let links = "[a](b".repeat(20_000);
    let ticks: String = (1..400).map(|i| format!("{} ", "`".repeat(i))).collect();
    let table = format!("|{}|\n|{}|\n", "a|".repeat(2_000), "-|".repeat(2_000));
    let entities = "&#x4e2d;".repeat(50_000);
    let headings = "## 标题\n\n".repeat(20_000);
    for body in [brackets, format!("{notes}{defined}"), stars, links, ticks, table, entities, headings] {
        let site = site(&[("content/meetings/m1/02.md", &speech("title = \"二\"", &body))]);
        let begin = std::time::Instant::now();
        let output = plenary(site.path(), &["check"]);
        let text = stderr(&output);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{text}");
        assert!(begin.elapsed().as_secs() < 60, "{:?} for {}…", begin.elapsed(), &body[..20]);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn file_names_that_windows_cannot_have_are_refused() {
    let site = site(&[
        ("content/static/a?b.txt", "x"),
        ("content/static/NUL.txt", "x"),
        ("content/static/con", "x"),
        ("content/meetings/m1/01/结尾.", "x"),
        ("content/meetings/m1/01/好.png", "x"),
    ]);
    let output = plenary(site.path(), &["build"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stderr(&output).matches("[unportable-name]").count(), 4, "{}", stderr(&output));
}

#[test]
fn a_title_as_the_name_of_a_file_may_be_as_long_as_the_disk_takes_it() {
    let long = "关于推进养老服务的建议".repeat(7);
    let named = format!("content/meetings/m1/{long}.md");
    let text = speech(&format!("title = \"题\"\nthemes = [\"{long}{long}\", \"{long}再议\"]"), "正文。");
    let site = site(&[(&named, &text)]);
    build(site.path());
    let paths: Vec<String> = files(&site.path().join("public")).into_keys().collect();
    let pages = |folder: &str| {
        let pages = paths.iter().filter(|path| path.starts_with(folder) && path.ends_with("/index.html"));
        pages.filter(|path| path.contains("/guan-yu-tui-jin-")).count()
    };
    assert_eq!((pages("meetings/m1/"), pages("themes/")), (1, 2), "{paths:?}");
}

#[test]
fn what_is_made_beside_a_file_with_a_long_name_has_a_shorter_one_or_is_left_out() {
    let (picture, text) = (format!("{}.png", "图".repeat(83)), format!("{}.txt", "文".repeat(83)));
    let site = site(&[
        ("content/site.toml", &format!("{SITE}precompress = [\"gzip\"]\n")),
        ("content/meetings/m1/02.md", &speech("title = \"题\"", &format!("![图]({picture})"))),
        (&format!("content/static/{text}"), &"字".repeat(1000)),
    ]);
    let root = site.path();
    image::RgbImage::new(700, 9).save(root.join("content/meetings/m1").join(&picture)).expect("saved");
    build(root);
    let files = files(&root.join("public"));
    let is_copy = |path: &&String| path.starts_with("meetings/m1/图") && path.ends_with(".webp");
    assert_eq!(files.keys().filter(is_copy).count(), 2);
    let page = String::from_utf8_lossy(&files["meetings/m1/02/index.html"]).into_owned();
    assert!(page.contains(" 480w, ") && page.contains(" 700w"), "{page}");
    assert!(files.contains_key(&text) && !files.contains_key(&format!("{text}.gz")));
}

#[test]
fn a_template_that_nests_without_end_is_stopped() {
    let site = site(&[
        ("themes/own/theme.toml", "extends = \"default\"\n"),
        ("themes/own/templates/404.html", "{% for i in range(end=300) %}<div>{% endfor %}\n"),
    ]);
    write(site.path(), "content/site.toml", format!("{SITE}tera_theme = \"own\"\n"));
    let output = plenary(site.path(), &["build"]);
    assert_eq!(output.status.code(), Some(1));
    let text = stderr(&output);
    assert!(text.contains("[page-too-deep]") && text.contains("/404.html"), "{text}");
}

#[test]
fn drafts_embargoed_and_withdrawn_speeches_are_nowhere() {
    let hidden = "暗号甲乙丙。";
    let draft = "+++\ntitle = \"草稿题\"\ndraft = true\nthemes = [\"仅草稿\"]\n\n[speaker]\nname = \"草一\"\ngroup = \"草界\"\n+++\n\n暗号甲乙丙。\n";
    let yaml = "---\ntitle: 草稿题二\ndraft: yes\nspeaker: {name: 草一}\n---\n\n暗号甲乙丙。\n";
    let embargoed = speech("title = \"草稿题三\"\npublish_at = 2099-01-01T08:00:00", hidden);
    let withdrawn = "+++\ntitle = \"草稿题四\"\n\n[speaker]\nname = \"草一\"\n\n[withdrawn]\ndate = 2025-02-01\nnote = \"应发言人要求撤回\"\n+++\n\n暗号甲乙丙。\n";
    let site = site(&[
        ("content/meetings/m1/02/index.md", draft),
        ("content/meetings/m1/02/秘.png", "png"),
        ("content/meetings/m1/03.md", yaml),
        ("content/meetings/m1/04.md", &embargoed),
        ("content/meetings/m1/05.md", withdrawn),
    ]);
    write(
        site.path(),
        "content/meetings/m1/01.md",
        speech("title = \"办好社区食堂\"", "见[另一篇](02/index.md)和[撤回的](05.md)。"),
    );
    build(site.path());
    let public = files(&site.path().join("public"));
    for (path, bytes) in &public {
        let text = String::from_utf8_lossy(bytes);
        for secret in [
            "暗号",
            "仅草稿",
            "草一",
            "草界",
            "草稿题",
            "秘",
            "%E7%A7%98",
            "%E6%9A%97",
            "/02/",
            "/03/",
            "/04/",
        ] {
            assert!(!text.contains(secret) && !path.contains(secret), "{path} has {secret}");
        }
    }
    let notice = String::from_utf8_lossy(&public["meetings/m1/05/index.html"]).into_owned();
    assert!(notice.contains("应发言人要求撤回") && notice.contains("2025年2月1日"));
    let names = |(path, bytes): &(&String, &Vec<u8>)| {
        *path != ".plenary" && String::from_utf8_lossy(bytes).contains("/05/")
    };
    let linked: Vec<&String> = public.iter().filter(names).map(|(path, _)| path).collect();
    assert_eq!(linked, ["meetings/m1/05/index.html"]);

    let checked = plenary(site.path(), &["check"]);
    assert_eq!(checked.status.code(), Some(1));
    assert!(stderr(&checked).contains("[broken-link]"));

    let shown = plenary(site.path(), &["build", "--drafts", "--output", "preview"]);
    assert!(stderr(&shown).contains("草稿或未到时间的 3 篇"), "{}", stderr(&shown));
    assert!(files(&site.path().join("preview")).contains_key("meetings/m1/02/index.html"));
}

#[test]
fn an_embargo_ends_at_its_minute_in_the_zone_of_the_site() {
    let text = speech("title = \"预告\"\npublish_at = 2025-03-01T08:00:00", "甲");
    let site = site(&[("content/meetings/m1/02.md", &text)]);
    for (now, public) in [
        ("2025-03-01T07:59:59", false),
        ("2025-03-01T08:00:00", true),
        ("2025-03-01T00:00:00Z", true),
        ("2025-02-28T23:59:59Z", false),
    ] {
        let output = plenary(site.path(), &["build", "--now", now]);
        assert!(output.status.success(), "{}", stderr(&output));
        assert_eq!(site.path().join("public/meetings/m1/02/index.html").exists(), public, "{now}");
    }
}

#[test]
fn without_themes_the_built_in_tera_theme_builds() {
    let site = site(&[]);
    assert!(!site.path().join("themes").exists());
    build(site.path());
    let page = fs::read_to_string(site.path().join("public/meetings/m1/01/index.html")).expect("a page");
    assert!(page.contains("社区食堂要算细账。") && page.contains("style."));
}

#[test]
fn a_tera_theme_overrides_one_template_one_block_or_one_asset() {
    let site = site(&[
        ("themes/own/theme.toml", "extends = \"default\"\n"),
        ("themes/own/assets/style.css", "body { color: red }\n"),
        ("themes/own/templates/404.html", "<!doctype html><html lang=zh><title>没有</title><p>自己的一页\n"),
        (
            "themes/own/templates/speech.html",
            "{% extends \"default/speech.html\" %}{% block title %}自己的标题{% endblock title %}\n",
        ),
        ("themes/own/locales/zh-Hans.toml", "search = \"找发言\"\n"),
    ]);
    write(site.path(), "content/site.toml", format!("{SITE}tera_theme = \"own\"\n"));
    build(site.path());
    let public = files(&site.path().join("public"));
    let text = |path: &str| String::from_utf8_lossy(&public[path]).into_owned();
    assert!(text("404.html").contains("自己的一页"));
    let page = text("meetings/m1/01/index.html");
    assert!(
        page.contains("<title>自己的标题</title>")
            && page.contains("社区食堂要算细账。")
            && page.contains("找发言")
    );
    let sheet = public.keys().find(|path| path.ends_with(".css")).expect("a style sheet");
    assert_eq!(text(sheet), "body{color:red}");
    assert!(public.keys().any(|path| path.starts_with("assets/site.")));
}

#[test]
fn homonyms_and_homophones_are_kept_apart() {
    let speaker = |name: &str, key: &str| {
        format!("+++\ntitle = \"{name}谈\"\n\n[speaker]\nname = \"{name}\"\n{key}+++\n\n甲\n")
    };
    let site = site(&[
        ("content/meetings/m1/02.md", &speaker("王伟", "")),
        ("content/meetings/m1/03.md", &speaker("汪伟", "")),
        ("content/meetings/m1/04.md", &speaker("王　伟", "")),
        ("content/meetings/m1/05.md", &speaker("王伟", "key = \"wang-wei-teacher\"\n")),
    ]);
    build(site.path());
    let public = files(&site.path().join("public"));
    let text = |path: &str| String::from_utf8_lossy(&public[path]).into_owned();
    let first = text("speakers/wang-wei/index.html");
    assert!(
        first.contains("/02/")
            && first.contains("/04/")
            && !first.contains("/03/")
            && !first.contains("/05/")
    );
    assert!(text("speakers/wang-wei-2/index.html").contains("/03/"));
    assert!(text("speakers/wang-wei-teacher/index.html").contains("/05/"));
}

#[test]
fn read_only_sources_do_not_make_read_only_pages() {
    let site = site(&[("content/static/a.txt", "甲")]);
    let mut permissions =
        fs::metadata(site.path().join("content/static/a.txt")).expect("there").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(site.path().join("content/static/a.txt"), permissions).expect("set");
    build(site.path());
    build(site.path());
    let published = fs::metadata(site.path().join("public/a.txt")).expect("there").permissions();
    assert!(!published.readonly());
}

#[test]
fn messages_come_short_and_as_json() {
    let site = site(&[(
        "content/meetings/m1/02.md",
        "+++\ntitle = \"甲\"\nthems = [\"乙\"]\n[speaker]\nname = \"丙\"\n+++\n",
    )]);
    let short = plenary(site.path(), &["check", "--format", "short", "--lang", "en"]);
    let text = stderr(&short);
    assert!(
        text.starts_with(
            "content/meetings/m1/02.md:3:1: error[unknown-key]: unknown key thems (did you mean themes?)\n"
        ),
        "{text}"
    );
    let json = plenary(site.path(), &["check", "--format", "json"]);
    let text = stderr(&json);
    let first: serde_json::Value = serde_json::from_str(text.lines().next().expect("a line")).expect("JSON");
    assert_eq!(first["code"], "unknown-key");
    assert_eq!(first["place"]["line"], 3);
}

#[test]
fn a_wrong_time_is_a_wrong_command_line() {
    let site = site(&[]);
    let output = plenary(site.path(), &["build", "--now", "明天"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--now"));
    let output = plenary(site.path(), &["import", "content/site.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--date"));
}

#[test]
fn a_content_file_in_another_encoding_is_written_again_as_utf8() {
    let text = "+++\ntitle = \"旧稿\"\n\n[speaker]\nname = \"林一舟\"\n+++\n\n办好社区食堂。\n";
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let site = site(&[]);
    write(site.path(), "content/meetings/m1/old.md", &utf16);
    write(site.path(), "elsewhere/old.md", text.replace("食堂", "花园"));
    let import = |file: &str| {
        plenary(site.path(), &["import", file, "--date", "2025-01-09", "--meeting", "m1"]).status.code()
    };
    let there = || fs::read_to_string(site.path().join("content/meetings/m1/old.md"));
    assert_eq!(import("content/meetings/m1/old.md"), Some(0));
    assert_eq!(there().expect("UTF-8"), text);
    assert_eq!(import("content/meetings/m1/old.md"), Some(0));
    assert_eq!(import("elsewhere/old.md"), Some(1), "another text is never overwritten");
    assert_eq!(there().expect("UTF-8"), text);
    assert_eq!(fs::read_to_string(site.path().join("content/meetings/m1/_index.md")).expect("kept"), MEETING);
    build(site.path());
}

#[test]
fn a_search_index_without_room_on_disk_is_an_error_that_says_what_to_do() {
    let site = site(&[]);
    let ran = Command::new(env!("CARGO_BIN_EXE_plenary"))
        .args(["build", "--memory", "0", "--lang", "en"])
        .env("TMPDIR", site.path().join("nowhere"))
        .current_dir(site.path())
        .output()
        .expect("the program starts");
    assert_eq!(ran.status.code(), Some(1));
    assert!(
        stderr(&ran).contains("error[no-scratch]") && stderr(&ran).contains("TMPDIR"),
        "{}",
        stderr(&ran)
    );
    assert!(!site.path().join("public").exists());
}

#[test]
fn above_five_hundred_speeches_the_texts_stand_by_year() {
    let texts: Vec<(String, String)> = (0..501)
        .map(|i| {
            let front = format!("title = \"发言{i}\"\ndate = {}-01-09", 2024 + i % 2);
            (format!("content/meetings/m1/s{i:03}.md"), speech(&front, "社区食堂要算细账。"))
        })
        .collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let site = site(&files);
    assert!(plenary(site.path(), &["build"]).status.success());
    let read = |name: &str| -> serde_json::Value {
        let text = fs::read_to_string(site.path().join("public/search").join(name)).expect(name);
        serde_json::from_str(&text).expect("JSON")
    };
    let years = read("speeches.json")["years"].clone();
    let counts: Vec<u64> =
        years.as_array().expect("years").iter().filter_map(|year| year["count"].as_u64()).collect();
    assert_eq!(counts, [251, 251]);
    assert_eq!(read("speeches-2024.json")["speeches"].as_array().map(Vec::len), Some(251));
    assert_eq!(read("index.json")["years"], serde_json::json!([[2025, 0, 251], [2024, 251, 251]]));
}

#[test]
fn above_a_thousand_speeches_no_share_picture_is_drawn_or_missed() {
    let texts: Vec<(String, String)> = (0..1000)
        .map(|i| {
            let front = format!("title = \"发言{i}\"\ndate = 2024-01-09");
            (format!("content/meetings/m1/s{i:04}.md"), speech(&front, "社区食堂要算细账。"))
        })
        .collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let site = site(&files);
    let told = build(site.path());
    assert!(told.contains("1001 篇发言") && !told.contains("警告"), "{told}");
    let published = folder::files(&site.path().join("public"));
    assert!(!published.keys().any(|path| path.ends_with(".png")));
    assert!(build(site.path()).contains("没有变化"), "a second build has nothing to do");
}

#[test]
fn a_saved_search_is_a_feed_of_what_answers_it() {
    let settings = format!("{SITE}\n[[saved_searches]]\nname = \"食堂\"\nquery = \"食堂 -绿地\"\n");
    let other = speech("title = \"食堂和绿地\"", "两样都要。");
    let site = site(&[("content/site.toml", &settings), ("content/meetings/m1/02.md", &other)]);
    assert!(plenary(site.path(), &["build"]).status.success());
    let feed = fs::read_to_string(site.path().join("public/search/saved/shi-tang.xml")).expect("a feed");
    assert!(feed.contains("<title>办好社区食堂</title>") && !feed.contains("绿地</title>"), "{feed}");
    assert!(
        feed.contains("https://fayan.example/search/?q=%E9%A3%9F%E5%A0%82%20%2D%E7%BB%BF%E5%9C%B0"),
        "{feed}"
    );
}

#[test]
fn where_links_are_explicit_the_results_of_a_search_are_too() {
    let settings = format!("{SITE}links = \"explicit\"\n");
    let site = site(&[("content/site.toml", &settings)]);
    assert!(plenary(site.path(), &["build"]).status.success());
    let texts = fs::read_to_string(site.path().join("public/search/speeches.json")).expect("texts");
    assert!(texts.contains("\"url\":\"meetings/m1/01/index.html\""), "{texts}");
}

#[test]
fn a_tera_theme_of_ones_own_is_begun_and_works_at_once() {
    for (language, word) in [("zh-CN", "最新会议"), ("zh-Hant", "最新會議"), ("en-GB", "The newest meeting")]
    {
        let site = site(&[]);
        let settings = SITE.replace("zh-CN", language);
        write(site.path(), "content/site.toml", &settings);
        let begun = plenary(site.path(), &["theme", "new", "本站"]);
        assert!(begun.status.success(), "{}", stderr(&begun));
        let said = stderr(&begun);
        assert!(said.contains("tera_theme = \"本站\"") && said.contains("plenary serve"), "{said}");
        write(site.path(), "content/site.toml", format!("{settings}tera_theme = \"本站\"\n"));
        let checked = plenary(site.path(), &["check"]);
        assert!(checked.status.success(), "{}", stderr(&checked));
        build(site.path());
        let public = files(&site.path().join("public"));
        let page = String::from_utf8_lossy(&public["index.html"]).into_owned();
        let sheet = |name: &str| page.find(&format!("assets/{name}."));
        assert!(sheet("style") < sheet("own") && sheet("style").is_some(), "own.css after style.css: {page}");
        assert!(page.contains(word), "{page}");
        let speech = String::from_utf8_lossy(&public["meetings/m1/01/index.html"]).into_owned();
        assert!(speech.contains("assets/own."), "{speech}");
    }
}

#[test]
fn a_tera_theme_is_begun_once_and_never_written_over() {
    let site = site(&[]);
    assert!(plenary(site.path(), &["theme", "new", "own"]).status.success());
    write(site.path(), "themes/own/assets/own.css", "/* edited */\n");
    let before = files(&site.path().join("themes"));
    for name in ["own", "default", "plain", "../own", ".own", "a/b", "con", ""] {
        let output = plenary(site.path(), &["theme", "new", name]);
        assert_eq!(output.status.code(), Some(1), "{name}: {}", stderr(&output));
    }
    assert_eq!(files(&site.path().join("themes")), before);
    let elsewhere = tempfile::tempdir().expect("a folder");
    let output = plenary(elsewhere.path(), &["theme", "new", "own"]);
    assert!(stderr(&output).contains("[no-site-toml]"));
    assert!(files(elsewhere.path()).is_empty());
}

#[test]
fn the_readme_of_a_new_tera_theme_is_in_the_language_of_the_reader() {
    for (language, begin) in [("zh", "# 外观模板 own"), ("en", "# The Tera theme own")] {
        let site = site(&[]);
        assert!(plenary(site.path(), &["theme", "new", "own", "--lang", language]).status.success());
        let readme = fs::read_to_string(site.path().join("themes/own/README.md")).expect("a README");
        assert!(readme.starts_with(begin) && readme.contains("locales/zh-Hans.toml"), "{readme}");
        assert!(!readme.contains("NAME") && !readme.contains("LOCALE"), "{readme}");
    }
}

/// The file of a site's output whose path has these parts; there is one.
fn made(files: &BTreeMap<String, Vec<u8>>, begin: &str, end: &str) -> String {
    let found: Vec<&String> =
        files.keys().filter(|path| path.starts_with(begin) && path.ends_with(end)).collect();
    assert_eq!(found.len(), 1, "{begin}…{end}: {found:?}");
    found[0].clone()
}

#[test]
fn a_photograph_gets_its_size_and_smaller_copies() {
    let site = site(&[]);
    let root = site.path();
    let photograph =
        image::RgbImage::from_fn(1600, 1200, |x, y| image::Rgb([(x % 256) as u8, (y % 256) as u8, 90]));
    photograph.save(root.join("content/meetings/m1/canteen.jpg")).expect("saved");
    write(
        root,
        "content/meetings/m1/01.md",
        speech("title = \"办好社区食堂\"", "![老人用餐](canteen.jpg \"社区食堂开张\")"),
    );
    build(root);
    let files = files(&root.join("public"));
    let page = String::from_utf8_lossy(&files["meetings/m1/01/index.html"]).into_owned();
    for (width, height) in [(480, 360), (960, 720), (1440, 1080)] {
        let copy = made(&files, &format!("meetings/m1/canteen-{width}."), ".webp");
        let picture = image::load_from_memory(&files[&copy]).expect("a picture");
        assert_eq!((picture.width(), picture.height()), (width, height));
        let name = copy.rsplit('/').next().expect("a name");
        assert!(page.contains(&format!("../{name} {width}w")), "{page}");
    }
    assert!(
        page.contains("width=1600") && page.contains("height=1200") && page.contains("loading=lazy"),
        "{page}"
    );
    assert!(page.contains("<figcaption>社区食堂开张</figcaption></figure>"), "{page}");
    let again = plenary(root, &["build", "--threads", "1"]);
    assert!(stderr(&again).contains("写入 0"), "the same bytes: {}", stderr(&again));
    assert!(plenary(root, &["check"]).status.success());
}

#[test]
fn a_picture_that_cannot_be_decoded_leaves_the_site_as_it_was() {
    let site = site(&[]);
    let root = site.path();
    build(root);
    let before = files(&root.join("public"));
    let path = root.join("content/meetings/m1/plan.png");
    image::RgbImage::from_fn(800, 600, |x, y| image::Rgb([x as u8, y as u8, 9])).save(&path).expect("saved");
    let mut bytes = fs::read(&path).expect("a file");
    let middle = bytes.len() / 2;
    bytes[middle..middle + 30].fill(0x55);
    fs::write(&path, bytes).expect("written");
    write(root, "content/meetings/m1/01.md", speech("title = \"办好社区食堂\"", "![平面图](plan.png)"));
    let output = plenary(root, &["build", "--format", "short"]);
    let text = stderr(&output);
    assert!(!output.status.success() && text.contains("plan.png:1:1: 错误[broken-picture]"), "{text}");
    assert_eq!(files(&root.join("public")), before);
}

#[test]
fn a_picture_without_words_is_published_but_does_not_pass_check() {
    let site = site(&[]);
    let root = site.path();
    image::RgbImage::new(30, 20).save(root.join("content/meetings/m1/a.png")).expect("saved");
    write(root, "content/meetings/m1/01.md", speech("title = \"办好社区食堂\"", "![](a.png)"));
    assert!(build(root).contains("警告[missing-alt]"));
    let checked = plenary(root, &["check"]);
    assert!(!checked.status.success() && stderr(&checked).contains("错误[missing-alt]"));
}

#[test]
fn every_page_has_a_share_picture() {
    let site = site(&[]);
    build(site.path());
    let published = files(&site.path().join("public"));
    let own = made(&published, "share.", ".png");
    let of_speech = made(&published, "meetings/m1/01/share.", ".png");
    for (page, picture) in
        [("index.html", &own), ("themes/index.html", &own), ("meetings/m1/01/index.html", &of_speech)]
    {
        let html = String::from_utf8_lossy(&published[page]).into_owned();
        let address = format!("https://fayan.example/{picture}");
        assert!(html.contains(&format!("<meta property=og:image content={address}>")), "{page}: {html}");
        assert!(html.contains("<meta property=og:image:width content=1200>"), "{page}");
        assert!(html.contains("<meta name=twitter:card content=summary_large_image>"), "{page}");
    }
    for picture in [&own, &of_speech] {
        let bytes = &published[picture];
        assert!(bytes.len() < 20_000, "{picture} has {} bytes", bytes.len());
        let picture = image::load_from_memory(bytes).expect("a picture").into_rgb8();
        assert_eq!(picture.dimensions(), (1200, 630));
    }
    write(site.path(), "content/site.toml", format!("{SITE}\n[share_pictures]\nenabled = false\n"));
    build(site.path());
    let now = files(&site.path().join("public"));
    assert!(!now.keys().any(|path| path.contains("share.")), "they are removed");
    assert!(!String::from_utf8_lossy(&now["index.html"]).contains("og:image"));
}

#[test]
fn without_a_chinese_font_there_is_one_warning_and_a_site() {
    let site = site(&[]);
    let nowhere = site.path().join("nowhere");
    for command in ["build", "check"] {
        let output = with_fonts(site.path(), &[command, "--format", "short"], &nowhere);
        let text = stderr(&output);
        assert!(output.status.success(), "{text}");
        assert_eq!(text.matches("警告[").count(), 1, "{text}");
        assert!(text.starts_with("content/site.toml:1:1: 警告[no-share-font]"), "{text}");
    }
    let page = fs::read_to_string(site.path().join("public/index.html")).expect("a page");
    assert!(!page.contains("og:image"));
    fs::write(site.path().join("boxes.ttf"), font::boxes()).expect("written");
    write(site.path(), "content/site.toml", format!("{SITE}\n[share_pictures]\nfont = \"boxes.ttf\"\n"));
    let output = with_fonts(site.path(), &["build", "--format", "short"], &nowhere);
    assert_eq!(
        stderr(&output).matches("警告[").count(),
        0,
        "the site's own font serves: {}",
        stderr(&output)
    );
    made(&files(&site.path().join("public")), "share.", ".png");
}

/// A site that names `hosts`, with `count` old addresses and `pages` standing pages beside.
fn hosted(hosts: &str, count: usize, pages: usize) -> TempDir {
    let aliases: Vec<String> = (1..=count).map(|i| format!("\"/old/{i}/\"")).collect();
    let speech = speech(&format!("title = \"办好社区食堂\"\naliases = [{}]", aliases.join(", ")), "算细账。");
    let settings = format!("{SITE}hosts = [{hosts}]\nshare_pictures = {{ enabled = false }}\n");
    let site = site(&[("content/meetings/m1/01.md", &speech), ("content/site.toml", &settings)]);
    for page in 1..=pages {
        write(
            site.path(),
            &format!("content/pages/p{page}.md"),
            format!("+++\ntitle = \"第{page}页\"\n+++\n\n页。\n"),
        );
    }
    site
}

#[test]
fn limits_of_a_host_are_told_with_what_to_do() {
    let site = hosted("\"cloudflare\"", 20_001, 101);
    let said = build(site.path());
    for what in ["20000", "_redirects 有 20001 条规则，超过 2000 条", "_headers 有", "超过 100 条"]
    {
        assert!(said.contains(what), "{what} is not in:\n{said}");
    }
    assert_eq!(said.matches("[host-limit]").count(), 3, "{said}");
}

#[test]
fn a_host_gets_its_files_and_loses_them_when_it_is_no_longer_named() {
    let site = hosted("\"apache\", \"github\"", 0, 0);
    build(site.path());
    let public = site.path().join("public");
    assert!(public.join(".htaccess").is_file() && public.join(".nojekyll").is_file());
    write(site.path(), "content/site.toml", SITE);
    build(site.path());
    assert!(!public.join(".htaccess").exists() && !public.join(".nojekyll").exists());
}

#[test]
fn settings_that_someone_else_wrote_are_not_overwritten() {
    let site = hosted("\"apache\"", 0, 0);
    write(site.path(), "public/.htaccess", "Require all denied\n");
    let refused = plenary(site.path(), &["build"]);
    assert_eq!(refused.status.code(), Some(1), "{}", stderr(&refused));
    assert!(stderr(&refused).contains(".htaccess"), "{}", stderr(&refused));
    assert_eq!(files(&site.path().join("public")).len(), 1, "nothing else is written");

    let twice = hosted("\"netlify\"", 0, 0);
    write(twice.path(), "content/static/_headers", "/*\n  X-Own: 1\n");
    let refused = plenary(twice.path(), &["build"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(stderr(&refused).contains("content/static/_headers"), "{}", stderr(&refused));
}

#[test]
fn a_template_that_would_never_end_is_stopped_and_the_old_site_stays() {
    let site = site(&[]);
    build(site.path());
    let before = files(&site.path().join("public"));
    write(site.path(), "content/site.toml", format!("{SITE}tera_theme = \"own\"\n"));
    write(site.path(), "themes/own/theme.toml", "extends = \"default\"\n");
    let slow = "{% for a in range(end=100000) %}{% for b in range(end=100000) %}{% set c = a + b %}{% endfor %}{% endfor %}";
    let big = "{% set_global text = \"甲\" %}{% for i in range(end=40) %}{% set_global text = text ~ text %}{% endfor %}{{ text }}";
    for (template, reason) in [(slow, "8 秒"), (big, "内存")] {
        write(site.path(), "themes/own/templates/404.html", template);
        let begin = std::time::Instant::now();
        let output = plenary(site.path(), &["build"]);
        let text = stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{text}");
        assert!(
            text.contains("[template-endless]")
                && text.contains("themes/own/templates/404.html")
                && text.contains("/404.html")
                && text.contains(reason),
            "{text}"
        );
        assert!(begin.elapsed().as_secs() < 60, "it ends by itself: {:?}", begin.elapsed());
        assert_eq!(files(&site.path().join("public")), before);
        let left: Vec<_> = fs::read_dir(site.path()).expect("a folder").flatten().collect();
        assert_eq!(left.len(), 3, "content, themes, public: {left:?}");
    }
}

#[test]
fn a_link_that_a_template_writes_to_nowhere_stops_the_build() {
    let site = site(&[]);
    build(site.path());
    let before = files(&site.path().join("public"));
    write(site.path(), "themes/own/theme.toml", "extends = \"default\"\n");
    write(
        site.path(),
        "themes/own/templates/speech.html",
        "<!doctype html><title>甲</title><a href=\"../nowhere/\">去</a><a href=\"..\">会议</a>\n",
    );
    write(site.path(), "content/meetings/m1/02.md", speech("title = \"第二篇\"", "乙。"));
    for settings in ["", "minify = false\n"] {
        write(site.path(), "content/site.toml", format!("{SITE}tera_theme = \"own\"\n{settings}"));
        let output = plenary(site.path(), &["build"]);
        assert_eq!(output.status.code(), Some(1), "{settings}");
        let text = stderr(&output);
        assert_eq!(text.matches("[broken-output-link]").count(), 1, "once for all pages: {text}");
        assert!(text.contains("../nowhere/") && text.contains("另有 1 个页面"), "{text}");
        assert_eq!(files(&site.path().join("public")), before);
    }
}

#[test]
fn a_page_that_is_copied_is_checked_for_its_links_too() {
    let page =
        "<!doctype html><title>旧</title><a href=nowhere.html>去</a><img src=a.png srcset=\"b.png 2x\">";
    let site = site(&[("content/static/old.html", page)]);
    let output = plenary(site.path(), &["build"]);
    let text = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    for link in ["nowhere.html", "a.png", "b.png"] {
        assert!(text.contains(link), "{link}: {text}");
    }
    assert!(text.contains("public/old.html"), "{text}");
}

#[test]
fn a_hidden_text_that_stands_elsewhere_in_the_output_stops_the_build() {
    let secret = "我们建议明年春天之前完成这项改造，";
    let draft = "title = \"草稿\"\ndraft = true";
    let site = site(&[("content/meetings/m1/02.md", &speech(draft, &format!("{secret}越早越好。")))]);
    build(site.path());
    let text = "另一位也说：我们建议明年春天之前完成这项改造，越早越好。";
    write(site.path(), "content/static/notes.txt", text);
    let output = plenary(site.path(), &["build"]);
    assert_eq!(output.status.code(), Some(1));
    let said = stderr(&output);
    assert!(said.contains("[hidden-text]") && said.contains("content/meetings/m1/02.md"), "{said}");
    assert!(said.contains("public/notes.txt"), "{said}");
    assert!(!site.path().join("public/notes.txt").exists());

    // What is public in another speech is no secret.
    write(site.path(), "content/meetings/m1/03.md", speech("title = \"公开\"", text));
    build(site.path());
    assert!(site.path().join("public/notes.txt").exists());
}

#[test]
fn what_a_public_source_says_as_well_is_no_secret() {
    let shared = "社区食堂要算清楚每一笔细账不能只看热闹";
    let public = speech(&format!("title = \"二\"\nsummary = \"{shared}。\""), "正文。");
    let draft = speech("title = \"三\"\ndraft = true", &format!("{shared}。"));
    // The file's name has its accent apart, as some systems write it.
    let site =
        site(&[("content/meetings/m1/02-cafe\u{301}.md", &public), ("content/meetings/m1/03.md", &draft)]);
    build(site.path());
    let page = fs::read_to_string(site.path().join("public/meetings/m1/02-cafe/index.html")).expect("a page");
    assert!(page.contains(shared));
}

#[test]
fn static_files_are_published_as_they_are_whatever_they_are_called() {
    let site = site(&[("content/static/notes.md", "# 说明\n"), ("content/static/data/list.toml", "a = 1\n")]);
    build(site.path());
    for (path, text) in [("notes.md", "# 说明\n"), ("data/list.toml", "a = 1\n")] {
        assert_eq!(fs::read_to_string(site.path().join("public").join(path)).expect("a file"), text);
    }
}
