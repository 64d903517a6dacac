//! Importing again: what changed, what an editor changed, and both.

use std::fs;
use std::path::PathBuf;

use super::*;

const TEXT: &str = "# 会议\n\n## 办好食堂\n\n市政协委员 王伟\n\n办好社区食堂,方便老年居民。\n\n## 优化公交\n\n市政协委员 李明\n\n优化公交线路,方便市民出行。\n\n## 绿化\n\n市政协委员 张华\n\n多种树,种好树,管好树。\n";

struct Site {
    root: tempfile::TempDir,
}

impl Site {
    fn new(text: &str) -> Site {
        let site = Site { root: tempfile::tempdir().expect("a folder") };
        assert_eq!(site.import(text).exit_code(), 0);
        site
    }

    fn import(&self, text: &str) -> Outcome {
        write(&read_bytes(text.as_bytes()), self.root.path()).expect("written")
    }

    fn folder(&self) -> PathBuf {
        self.root.path().join("content/meetings/meeting-one")
    }

    fn name(&self, number: &str) -> String {
        let starts = |(name, _): &(String, Vec<u8>)| name.starts_with(number).then(|| name.clone());
        files(&self.folder()).iter().find_map(starts).expect("a file with this number")
    }

    fn text(&self, number: &str) -> String {
        fs::read_to_string(self.folder().join(self.name(number))).expect("a file")
    }

    fn edit(&self, number: &str, from: &str, to: &str) {
        let text = self.text(number);
        assert!(text.contains(from), "{text}");
        fs::write(self.folder().join(self.name(number)), text.replace(from, to)).expect("written");
    }
}

#[test]
fn a_corrected_document_updates_its_file() {
    let site = Site::new(TEXT);
    let outcome = site.import(&TEXT.replace("方便市民出行", "方便市民"));
    assert_eq!((count(&outcome, &Action::Updated), count(&outcome, &Action::Unchanged)), (1, 3));
    assert!(site.text("02").ends_with("\n优化公交线路,方便市民。\n"));
}

#[test]
fn an_edited_file_is_kept() {
    let site = Site::new(TEXT);
    site.edit("02", "方便市民出行", "方便大家");
    let before = files(&site.folder());
    let outcome = site.import(TEXT);
    assert_eq!((count(&outcome, &Action::Kept), outcome.exit_code()), (1, 0));
    assert_eq!(files(&site.folder()), before);
    assert_eq!(outcome.steps[2].kept, [merge::BODY]);
}

#[test]
fn an_edit_and_a_correction_elsewhere_are_merged() {
    let site = Site::new(TEXT);
    site.edit("02", "themes = [\"交通\"]", "themes = [\"公共交通\"] # 编辑\nsummary = \"公交\"");
    let outcome = site.import(&TEXT.replace("方便市民出行", "方便市民"));
    assert_eq!((count(&outcome, &Action::Updated), outcome.exit_code()), (1, 0));
    assert_eq!(
        site.text("02"),
        "+++\ntitle = \"优化公交\"\nthemes = [\"公共交通\"] # 编辑\nsummary = \"公交\"\n\n[speaker]\nname = \"李明\"\n\
         byline = \"市政协委员 李明\"\nroles = [\"市政协委员\"]\n+++\n\n优化公交线路,方便市民。\n"
    );
    // The editor's themes survive the next corrections too.
    site.import(&TEXT.replace("方便市民出行", "方便市民").replace("市政协委员 李明", "市政协常委 李明"));
    assert!(site.text("02").contains("themes = [\"公共交通\"] # 编辑\n"));
    assert!(site.text("02").contains("byline = \"市政协常委 李明\"\nroles = [\"市政协常委\"]\n"));
}

#[test]
fn both_changed_is_a_conflict_until_it_is_settled() {
    let site = Site::new(TEXT);
    site.edit("02", "方便市民出行", "方便大家");
    let before = site.text("02");
    let corrected = TEXT.replace("方便市民出行", "方便市民").replace("多种树", "种树");
    for _ in 0..2 {
        let outcome = site.import(&corrected);
        assert_eq!((conflicts(&outcome), outcome.exit_code()), (vec![site.name("02").as_str()], 1));
        let Action::Conflict { diff, .. } = &outcome.steps[2].action else { panic!("a conflict") };
        assert!(diff.ends_with("- 优化公交线路,方便大家。\n+ 优化公交线路,方便市民。\n"), "{diff}");
        assert_eq!(site.text("02"), before);
        assert!(site.text("03").contains("种树,种好树"), "the other files are written");
    }
    let settled = write_keeping_edits(&read_bytes(corrected.as_bytes()), site.root.path()).expect("written");
    assert_eq!((settled.exit_code(), site.text("02")), (0, before.clone()));
    assert_eq!((site.import(&corrected).exit_code(), site.text("02")), (0, before));
}

#[test]
fn an_edit_that_says_what_the_document_says_is_no_conflict() {
    let site = Site::new(TEXT);
    site.edit("02", "方便市民出行", "方便市民");
    let outcome = site.import(&TEXT.replace("方便市民出行", "方便市民"));
    assert_eq!((count(&outcome, &Action::Unchanged), outcome.exit_code()), (4, 0));
}

#[test]
fn corrected_titles_names_and_orders_double_nothing() {
    let site = Site::new(TEXT);
    let names =
        |site: &Site| -> Vec<String> { files(&site.folder()).into_iter().map(|(name, _)| name).collect() };
    let before = names(&site);
    site.import(&TEXT.replace("## 优化公交", "## 公交优先"));
    assert_eq!(names(&site), before);
    assert!(site.text("02").contains("title = \"公交优先\""));
    site.import(&TEXT.replace("李明", "李鸣"));
    assert_eq!(names(&site), before);
    assert!(site.text("02").contains("name = \"李鸣\""));
    site.import(&TEXT.replace("李明", "李鸣").replace("## 优化公交", "## 公交"));
    site.import(&TEXT.replace("李明", "王小明").replace("## 优化公交", "## 公交先行"));
    assert_eq!(names(&site), before);
    assert!(site.text("02").contains("title = \"公交先行\""));
}

#[test]
fn an_inserted_speech_moves_the_others_and_a_lost_one_stays() {
    let site = Site::new(TEXT);
    let inserted =
        TEXT.replace("## 优化公交", "## 新题\n\n市政协委员 赵强\n\n全新的内容,别处没有。\n\n## 优化公交");
    let outcome = site.import(&inserted);
    assert_eq!((count(&outcome, &Action::New), count(&outcome, &Action::Updated)), (1, 2));
    assert!(site.text("03").contains("order = 4\n"));
    let outcome = site.import(TEXT);
    assert_eq!((count(&outcome, &Action::Vanished), outcome.exit_code()), (1, 0));
    assert!(site.text("02-xin-ti").contains("全新的内容"));
    assert!(!site.text("03").contains("order"));
    let outcome = site.import(&inserted);
    assert_eq!((count(&outcome, &Action::New), count(&outcome, &Action::Vanished)), (0, 0));
}

#[test]
fn a_corrected_name_of_the_meeting_does_not_double_it() {
    let root = tempfile::tempdir().expect("a folder");
    let import = |text: &str, day: Date| {
        let import = Import {
            files: &[File { name: "a", bytes: text.as_bytes() }],
            date: day,
            meeting: None,
            themes: &[],
            parties: &[],
        };
        write(&read(&import).expect("speeches"), root.path()).expect("written")
    };
    let first = import(TEXT, day());
    let second = import(&TEXT.replace("# 会议", "# 全体会议"), date(2025, 1, 10));
    assert_eq!((second.folder, count_updated(&second.steps)), (first.folder, 1));
    let other = import(
        &TEXT.replace("办好食堂", "别的").replace("李明", "别人").replace("绿化", "其他"),
        date(2025, 1, 11),
    );
    assert_eq!(other.folder, "content/meetings/2025-01-11-hui-yi");
}

fn count_updated(steps: &[Step]) -> usize {
    steps.iter().filter(|step| step.action == Action::Updated).count()
}

#[test]
fn a_deleted_file_is_not_written_again() {
    let site = Site::new(TEXT);
    fs::remove_file(site.folder().join(site.name("02"))).expect("removed");
    let outcome = site.import(TEXT);
    assert_eq!((count(&outcome, &Action::Deleted), outcome.exit_code()), (1, 0));
    assert_eq!(files(&site.folder()).len(), 4);
}

#[test]
fn files_of_others_are_not_touched() {
    let site = Site { root: tempfile::tempdir().expect("a folder") };
    fs::create_dir_all(site.folder()).expect("a folder");
    fs::write(site.folder().join("_index.md"), "+++\ntitle = \"自己写的\"\n+++\n").expect("written");
    let outcome = site.import(TEXT);
    assert_eq!((conflicts(&outcome), outcome.exit_code()), (vec!["_index.md"], 1));
    assert_eq!(site.text("_index"), "+++\ntitle = \"自己写的\"\n+++\n");
    assert_eq!(count(&outcome, &Action::New), 3);
}

#[test]
fn without_the_notes_equal_files_are_known_again() {
    let site = Site::new(TEXT);
    let before = files(&site.folder());
    fs::remove_file(site.folder().join("import.lock")).expect("removed");
    assert_eq!(count(&site.import(TEXT), &Action::Unchanged), 4);
    assert_eq!(files(&site.folder()), before);
    fs::write(site.folder().join("import.lock"), "<<<<<<< HEAD\n").expect("written");
    let failed = write(&read_bytes(TEXT.as_bytes()), site.root.path());
    assert_eq!(failed.map_err(|found| found[0].code), Err("import-lock-broken"));
}

#[test]
fn other_line_ends_and_other_front_matter() {
    let site = Site::new(TEXT);
    let windows = site.text("02").replace('\n', "\r\n");
    fs::write(site.folder().join(site.name("02")), &windows).expect("written");
    fs::write(site.folder().join(site.name("03")), "---\ntitle: 绿化\n---\n\n多种树。\n").expect("written");
    let outcome = site.import(TEXT);
    assert_eq!((count(&outcome, &Action::Kept), outcome.exit_code()), (2, 0));
    assert_eq!(site.text("02"), windows);
    let outcome = site.import(&TEXT.replace("多种树", "种树"));
    assert_eq!(conflicts(&outcome), [site.name("03")]);
}

#[test]
fn a_draft_that_an_editor_completed_is_kept() {
    let text = TEXT.replace("市政协委员 张华\n\n", "");
    let site = Site::new(&text);
    site.edit(
        "03",
        "draft = true\n",
        "\n[speaker]\nname = \"张华\"\nbyline = \"市政协委员 张华\"\nroles = [\"市政协委员\"]\n",
    );
    let before = site.text("03");
    assert_eq!(count(&site.import(&text), &Action::Kept), 1);
    let outcome = site.import(TEXT);
    assert_eq!((outcome.exit_code(), site.text("03")), (0, before));
}

#[test]
fn the_report_names_everything() {
    let site = Site::new(TEXT);
    site.edit("02", "方便市民出行", "方便大家");
    let found = read_bytes(TEXT.replace("方便市民出行", "方便市民").as_bytes());
    let outcome = write(&found, site.root.path()).expect("written");
    let report = report(&found, &outcome);
    assert!(report.en.starts_with("a.txt (UTF-8): 3 speeches, 3 speakers, "), "{}", report.en);
    for line in [
        "  2. 优化公交 — 李明\n     theme 交通 ← 公交×2\n",
        "  unchanged 3 files\n",
        "      + 优化公交线路,方便市民。\n",
        "1 conflicts",
    ] {
        assert!(report.en.contains(line), "{}", report.en);
    }
    assert!(
        report.zh.contains("  冲突    02-you-hua-gong-jiao.md:编辑和文稿都改了：正文 body\n"),
        "{}",
        report.zh
    );
}
