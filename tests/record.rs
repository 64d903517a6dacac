//! What `plenary seal` promises: a published address leads somewhere for good, a published text changes only openly.

mod folder;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use proptest::prelude::*;
use tempfile::TempDir;

use folder::{files, write};

const SITE: &str = "title = \"会议发言\"\nbase_url = \"https://fayan.example/\"\nminify = false\n[share_pictures]\nenabled = false\n";
const LOCK: &str = "content/record.lock";

fn speech(title: &str, speaker: &str, more: &str, body: &str) -> String {
    format!("+++\ntitle = \"{title}\"\n{more}\n[speaker]\nname = \"{speaker}\"\n+++\n\n{body}\n")
}

fn meeting(title: &str, date: &str) -> String {
    format!("+++\ntitle = \"{title}\"\ndate = {date}\n+++\n")
}

/// A site with one meeting of two speeches, and a standing page.
fn site() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    write(root, "content/site.toml", SITE);
    write(root, "content/meetings/m1/_index.md", meeting("第一次全体会议", "2025-01-09"));
    write(
        root,
        "content/meetings/m1/01.md",
        speech("办好社区食堂", "王伟", "themes = [\"养老\"]\n", "食堂要算细账。"),
    );
    write(
        root,
        "content/meetings/m1/02.md",
        speech("修好绿道", "黄芬", "themes = [\"绿化\"]\n", "绿道要连成网。"),
    );
    write(root, "content/pages/about.md", "+++\ntitle = \"关于\"\n+++\n\n说明。\n");
    folder
}

fn plenary(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_plenary"))
        .args(arguments)
        .args(["--lang", "zh", "--threads", "1"])
        .current_dir(root)
        .output()
        .expect("the program starts")
}

/// What a command says that succeeds.
fn does(root: &Path, command: &str) -> String {
    let output = plenary(root, &command.split(' ').collect::<Vec<_>>());
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(output.status.success(), "{command}: {said}");
    said
}

/// What a command says that fails.
fn refuses(root: &Path, command: &str) -> String {
    let output = plenary(root, &command.split(' ').collect::<Vec<_>>());
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(1), "{command}: {said}");
    said
}

fn lock(root: &Path) -> String {
    fs::read_to_string(root.join(LOCK)).expect("a record")
}

fn page(root: &Path, address: &str) -> String {
    let path = root.join("public").join(address.trim_start_matches('/')).join("index.html");
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{address}: {error}"))
}

fn leads(root: &Path, from: &str, to: &str) {
    let html = page(root, from);
    assert!(html.contains("redirect."), "{from} is no redirect: {html}");
    let canonical = format!("<link rel=\"canonical\" href=\"https://fayan.example{to}\">");
    assert!(html.contains(&canonical), "{from} leads to {to}: {html}");
}

fn rename(root: &Path, from: &str, to: &str) {
    fs::rename(root.join("content").join(from), root.join("content").join(to)).expect("renamed");
}

#[test]
fn sealing_notes_all_that_is_public_and_nothing_else() {
    let site = site();
    let root = site.path();
    write(root, "content/meetings/m1/03.md", speech("草稿题目", "何三", "draft = true\n", "草稿。"));
    let later = "publish_at = 2999-01-01\nthemes = [\"以后\"]\n";
    write(root, "content/meetings/m1/04.md", speech("以后的题目", "何四", later, "以后。"));
    write(
        root,
        "content/meetings/m1/05.md",
        speech("撤回的题目", "何五", "[withdrawn]\ndate = 2025-02-01\n", "撤回。"),
    );
    let said = does(root, "seal");
    assert!(
        said.contains("/meetings/m1/01/  发言 办好社区食堂") && said.contains("新增或更新 9 个地址"),
        "{said}"
    );
    let noted = lock(root);
    let lines: Vec<&str> = noted.lines().filter(|line| line.starts_with('"')).collect();
    let begin = |line: &&str| line.split(", text").next().unwrap_or_default().to_owned();
    assert_eq!(
        lines.iter().map(begin).collect::<Vec<_>>(),
        [
            "\"/about/\" = { page = \"关于\" }",
            "\"/meetings/m1/\" = { meeting = \"第一次全体会议\", date = 2025-01-09 }",
            "\"/meetings/m1/01/\" = { speech = \"办好社区食堂\"",
            "\"/meetings/m1/02/\" = { speech = \"修好绿道\"",
            "\"/meetings/m1/05/\" = { withdrawn = true }",
            "\"/speakers/huang-fen/\" = { speaker = \"黄芬\" }",
            "\"/speakers/wang-wei/\" = { speaker = \"王伟\" }",
            "\"/themes/lv-hua/\" = { theme = \"绿化\" }",
            "\"/themes/yang-lao/\" = { theme = \"养老\" }",
        ]
    );
    for hidden in ["草稿", "以后", "撤回的题目", "何三", "何四", "何五"] {
        assert!(!noted.contains(hidden), "{hidden} in {noted}");
    }
    assert!(does(root, "seal").contains("没有新的内容"));
    assert_eq!(lock(root), noted, "the same site gives the same record");
    assert_eq!(plenary(root, &["seal", "--drafts"]).status.code(), Some(2));
    does(root, "build --drafts --output preview");
    does(root, "check");
}

#[test]
fn a_renamed_file_or_folder_keeps_its_address_without_a_word() {
    let site = site();
    let root = site.path();
    does(root, "seal");
    rename(root, "meetings/m1/01.md", "meetings/m1/01-canteen.md");
    rename(root, "pages/about.md", "pages/about-us.md");
    let said = does(root, "check");
    assert!(
        said.contains(
            "提示[moved-address]: 发言换了地址，旧地址 /meetings/m1/01/ 会转到 /meetings/m1/01-canteen/"
        ),
        "{said}"
    );
    does(root, "build");
    leads(root, "/meetings/m1/01/", "/meetings/m1/01-canteen/");
    leads(root, "/about/", "/about-us/");
    // Without sealing in between, a folder.
    rename(root, "meetings/m1", "meetings/2025-01-09");
    does(root, "build");
    leads(root, "/meetings/m1/", "/meetings/2025-01-09/");
    leads(root, "/meetings/m1/01/", "/meetings/2025-01-09/01-canteen/");
    leads(root, "/meetings/m1/02/", "/meetings/2025-01-09/02/");
    let said = does(root, "seal");
    assert!(said.contains("/meetings/m1/02/  旧地址 /meetings/2025-01-09/02/"), "{said}");
    // Sealed again and renamed again, all three addresses lead to the last.
    rename(root, "meetings/2025-01-09", "meetings/plenary");
    does(root, "build");
    for old in ["/meetings/m1/01/", "/meetings/2025-01-09/01-canteen/"] {
        leads(root, old, "/meetings/plenary/01-canteen/");
    }
    does(root, "seal");
    // And back to the first name.
    rename(root, "meetings/plenary", "meetings/m1");
    rename(root, "meetings/m1/01-canteen.md", "meetings/m1/01.md");
    does(root, "build");
    for old in ["/meetings/2025-01-09/01-canteen/", "/meetings/plenary/01-canteen/"] {
        leads(root, old, "/meetings/m1/01/");
    }
    assert!(page(root, "/meetings/m1/01/").contains("食堂要算细账"));
    does(root, "seal");
    does(root, "build");
}

#[test]
fn old_addresses_stand_in_every_edition() {
    let site = site();
    let root = site.path();
    let edition = "[[editions]]\nname = \"繁體\"\npath = \"hant\"\nscript = \"hant\"\n";
    write(root, "content/site.toml", format!("{SITE}{edition}"));
    does(root, "seal");
    assert!(
        !lock(root).contains("/hant/"),
        "addresses of the other editions follow from those of the main one"
    );
    let more = "aliases = [\"/old\", \"/hant/older.html\"]\nthemes = [\"养老\"]\n";
    write(root, "content/meetings/m1/01.md", speech("办好社区食堂", "王伟", more, "食堂要算细账。"));
    rename(root, "meetings/m1/02.md", "meetings/m1/02-greenway.md");
    does(root, "check");
    does(root, "build");
    for prefix in ["", "/hant"] {
        leads(root, &format!("{prefix}/old/"), &format!("{prefix}/meetings/m1/01/"));
        leads(root, &format!("{prefix}/meetings/m1/02/"), &format!("{prefix}/meetings/m1/02-greenway/"));
    }
    let html = page(root, "/hant/old/");
    assert!(html.contains("辦好社區食堂") && html.contains("頁面已移至新網址"), "{html}");
    let older = fs::read_to_string(root.join("public/hant/older.html")).expect("a redirect");
    assert!(older.contains("href=\"https://fayan.example/hant/meetings/m1/01/\""), "{older}");
    assert!(!root.join("public/hant/hant").exists());
    does(root, "seal");
    assert!(!lock(root).contains("/hant/"));
}

#[test]
fn what_would_be_dropped_stops_the_build_and_is_named() {
    let site = site();
    let root = site.path();
    does(root, "build");
    does(root, "seal");
    let (public, noted) = (files(&root.join("public")), lock(root));
    fs::remove_file(root.join("content/meetings/m1/01.md")).expect("removed");
    fs::remove_file(root.join("content/pages/about.md")).expect("removed");
    for command in ["build", "check", "seal"] {
        let said = refuses(root, &format!("{command} --format short"));
        for line in [
            "已发布的地址 /meetings/m1/01/ 会失效，那里是发言“办好社区食堂”",
            "已发布的地址 /themes/yang-lao/ 会失效，那里是主题“养老”",
            "已发布的地址 /speakers/wang-wei/ 会失效，那里是发言人“王伟”",
            "已发布的地址 /about/ 会失效，那里是页面“关于”",
        ] {
            assert!(said.contains(line), "{command}: {said}");
        }
    }
    assert_eq!((files(&root.join("public")), lock(root)), (public, noted), "nothing is written");
    // What the help says settles it.
    let redirects = "[[redirects]]\nfrom = \"/about/\"\nto = \"/\"\n[[redirects]]\nfrom = \"/themes/yang-lao/\"\nto = \"/themes/\"\n\
        [[redirects]]\nfrom = \"/speakers/wang-wei/\"\nto = \"/speakers/\"\n";
    write(root, "content/site.toml", format!("{SITE}{redirects}"));
    let more = "aliases = [\"/meetings/m1/01/\"]\nthemes = [\"绿化\"]\n";
    write(root, "content/meetings/m1/02.md", speech("修好绿道", "黄芬", more, "绿道要连成网。"));
    let said = refuses(root, "build");
    assert!(said.contains("[sealed-text-changed]"), "another speech at its address is no rename: {said}");
    let more = format!("{more}[[corrections]]\ndate = 2025-02-01\nnote = \"两篇发言合为一篇。\"\n");
    write(root, "content/meetings/m1/02.md", speech("修好绿道", "黄芬", &more, "绿道要连成网。"));
    does(root, "build");
    leads(root, "/meetings/m1/01/", "/meetings/m1/02/");
    leads(root, "/speakers/wang-wei/", "/speakers/");
    // Once sealed, an old address stays without its alias.
    does(root, "seal");
    write(root, "content/site.toml", SITE);
    does(root, "build");
    leads(root, "/about/", "/");
}

#[test]
fn a_withdrawn_speech_is_no_drop() {
    let site = site();
    let root = site.path();
    does(root, "seal");
    let withdrawn = "themes = [\"养老\"]\n[withdrawn]\ndate = 2025-02-01\n";
    write(root, "content/meetings/m1/01.md", speech("办好社区食堂", "王伟", withdrawn, "食堂要算细账。"));
    does(root, "build");
    leads(root, "/themes/yang-lao/", "/themes/");
    leads(root, "/speakers/wang-wei/", "/speakers/");
    does(root, "seal");
    assert!(!lock(root).contains("办好社区食堂"));
    does(root, "build");
    // The name speaks again and has its address again.
    write(root, "content/meetings/m1/03.md", speech("再谈食堂", "王伟", "", "食堂还要再算。"));
    does(root, "build");
    assert!(page(root, "/speakers/wang-wei/").contains("再谈食堂"));
}

#[test]
fn a_draft_again_is_a_drop() {
    let site = site();
    let root = site.path();
    does(root, "seal");
    for hidden in ["draft = true\n", "publish_at = 2999-01-01\n"] {
        write(root, "content/meetings/m1/01.md", speech("办好社区食堂", "王伟", hidden, "食堂要算细账。"));
        let said = refuses(root, "build");
        assert!(
            said.contains("[sealed-speech-hidden]") && said.contains("content/meetings/m1/01.md"),
            "{said}"
        );
        does(root, "build --drafts --output drafts");
    }
}

#[test]
fn names_that_sound_alike_keep_their_addresses_whoever_comes_first() {
    let site = site();
    let root = site.path();
    let at = |date: &str| format!("date = {date}\nthemes = [\"公益\"]\n");
    write(root, "content/meetings/m1/03.md", speech("公益", "汪伟", &at("2025-01-10"), "甲。"));
    let other = "date = 2025-01-11\nthemes = [\"公议\"]\n";
    write(root, "content/meetings/m1/04.md", speech("公议", "王炜", other, "乙。"));
    does(root, "seal");
    let noted = lock(root);
    for line in [
        "\"/speakers/wang-wei-2/\" = { speaker = \"汪伟\" }",
        "\"/speakers/wang-wei-3/\" = { speaker = \"王炜\" }",
        "\"/themes/gong-yi/\" = { theme = \"公益\" }",
        "\"/themes/gong-yi-2/\" = { theme = \"公议\" }",
    ] {
        assert!(noted.contains(line), "{line} in {noted}");
    }
    // Both come to have spoken before all others, and a fourth of the sound before them.
    write(root, "content/meetings/m1/03.md", speech("公益", "汪伟", &at("2024-01-10"), "甲。"));
    write(
        root,
        "content/meetings/m1/04.md",
        speech("公议", "王炜", "date = 2024-01-09\nthemes = [\"公议\"]\n", "乙。"),
    );
    write(
        root,
        "content/meetings/m1/05.md",
        speech("公意", "王苇", "date = 2023-01-09\nthemes = [\"公意\"]\n", "丙。"),
    );
    does(root, "build");
    for (address, name) in [
        ("/speakers/wang-wei/", "王伟"),
        ("/speakers/wang-wei-2/", "汪伟"),
        ("/speakers/wang-wei-3/", "王炜"),
        ("/speakers/wang-wei-4/", "王苇"),
        ("/themes/gong-yi/", "公益"),
        ("/themes/gong-yi-2/", "公议"),
        ("/themes/gong-yi-3/", "公意"),
    ] {
        assert!(
            page(root, address).contains(&format!("<h1>{name}</h1>")),
            "{address}: {}",
            page(root, address)
        );
    }
    // An address that is a living name's cannot be given to another.
    write(root, "content/speakers/wang-wei.md", "+++\nname = \"汪伟\"\n+++\n");
    let said = refuses(root, "build");
    assert!(said.contains("[same-address]") && said.contains("/speakers/wang-wei/"), "{said}");
}

#[test]
fn a_slug_may_change_and_a_name_may_change_with_its_slug_kept() {
    let site = site();
    let root = site.path();
    let themes = |old: &str, slug: &str| {
        format!("{SITE}[[themes]]\nname = \"{old}\"\n{slug}\n[[themes]]\nname = \"绿化\"\n")
    };
    write(root, "content/site.toml", themes("养老", ""));
    does(root, "seal");
    write(root, "content/site.toml", themes("养老", "slug = \"elderly\""));
    does(root, "build");
    leads(root, "/themes/yang-lao/", "/themes/elderly/");
    let renamed = speech("办好社区食堂", "王伟", "themes = [\"养老服务\"]\n", "食堂要算细账。");
    write(root, "content/meetings/m1/01.md", renamed);
    write(root, "content/site.toml", themes("养老服务", ""));
    let said = refuses(root, "build");
    assert!(
        said.contains("slug = \"yang-lao\"") && said.contains("aliases = [\"/themes/yang-lao/\"]"),
        "{said}"
    );
    write(root, "content/site.toml", themes("养老服务", "slug = \"yang-lao\""));
    does(root, "build");
    write(root, "content/site.toml", themes("养老服务", "aliases = [\"/themes/yang-lao/\"]"));
    does(root, "build");
    leads(root, "/themes/yang-lao/", "/themes/yang-lao-fu-wu/");
}

#[test]
fn a_published_text_changes_only_with_a_correction() {
    let site = site();
    let root = site.path();
    does(root, "seal");
    let file = "content/meetings/m1/01.md";
    for same in ["食堂要**算**细账。", "食堂要算\n细账。", "[食堂](/)要算细账。"] {
        write(root, file, speech("办好社区食堂", "王伟", "themes = [\"养老\"]\n", same));
        does(root, "build");
    }
    let changed = "食堂要算总账。";
    write(root, file, speech("办好社区食堂", "王伟", "themes = [\"养老\"]\n", changed));
    for command in ["build", "check", "seal"] {
        let said = refuses(root, command);
        assert!(
            said.contains("[sealed-text-changed]") && said.contains("[[corrections]]"),
            "{command}: {said}"
        );
    }
    let correction =
        "themes = [\"养老\"]\n[[corrections]]\ndate = 2025-01-12\nnote = \"第1段：误作细账。\"\n";
    write(root, file, speech("办好社区食堂", "王伟", correction, changed));
    does(root, "build");
    does(root, "seal");
    does(root, "check");
    write(root, file, speech("办好社区食堂", "王伟", correction, "食堂不算账。"));
    assert!(refuses(root, "build").contains("[sealed-text-changed]"), "sealed with its correction");
    write(root, file, speech("办好社区食堂", "王伟", "themes = [\"养老\"]\n", changed));
    assert!(refuses(root, "build").contains("[sealed-correction-gone]"));
    // Two files that change their names put another speech at each address.
    write(root, file, speech("办好社区食堂", "王伟", correction, changed));
    rename(root, "meetings/m1/01.md", "meetings/m1/x.md");
    rename(root, "meetings/m1/02.md", "meetings/m1/01.md");
    rename(root, "meetings/m1/x.md", "meetings/m1/02.md");
    let said = refuses(root, "build");
    assert!(said.contains("这个文件里的正文已发布在 /meetings/m1/02/") && said.contains("order"), "{said}");
}

#[test]
fn a_record_that_git_could_not_merge_is_explained() {
    let site = site();
    let root = site.path();
    does(root, "seal");
    let noted = lock(root);
    let conflict = noted.replace(
        "\"/about/\"",
        "<<<<<<< HEAD\n\"/themes/a/\" = { moved = \"/themes/\" }\n=======\n\"/themes/b/\" = { moved = \"/themes/\" }\n>>>>>>> other\n\"/about/\"",
    );
    write(root, LOCK, &conflict);
    let line = conflict.lines().position(|line| line.starts_with("<<<<<<<")).expect("a mark") + 1;
    for command in ["build", "seal"] {
        let said = refuses(root, command);
        assert!(
            said.contains("[record-lock-conflict]") && said.contains(&format!("{LOCK}:{line}:1")),
            "{said}"
        );
        assert!(said.contains("两边的行都留下"), "{said}");
        assert_eq!(lock(root), conflict, "nothing is written");
    }
    let kept: Vec<&str> =
        conflict.lines().filter(|line| !line.starts_with(['<', '>']) && !line.starts_with("=====")).collect();
    write(root, LOCK, kept.join("\r\n"));
    does(root, "seal");
    assert!(lock(root).contains("/themes/a/") && lock(root).contains("/themes/b/"));
    does(root, "build");
    leads(root, "/themes/b/", "/themes/");
}

/// The addresses of the record, and those at which the site has a page.
fn sealed_and_there(root: &Path) -> Vec<(String, bool)> {
    let noted = lock(root);
    let addresses = noted.lines().filter_map(|line| line.strip_prefix('"')?.split('"').next());
    addresses
        .map(|address| {
            let path = root.join("public").join(address.trim_start_matches('/')).join("index.html");
            (address.to_owned(), path.is_file())
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5, max_shrink_iters: 20, ..ProptestConfig::default() })]

    /// However files and folders are renamed, with or without sealing in between, no sealed address is lost.
    #[test]
    fn renaming_loses_no_address(
        speeches in proptest::collection::vec((0..3usize, 0..4usize), 1..8),
        renames in proptest::collection::vec((any::<bool>(), 0..8usize, 0..5usize, any::<bool>()), 1..4),
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        write(root, "content/site.toml", SITE);
        let mut meetings: Vec<String> = (0..3).map(|i| format!("m{i}")).collect();
        for (i, name) in meetings.iter().enumerate() {
            write(root, &format!("content/meetings/{name}/_index.md"), meeting(&format!("会议{i}"), &format!("2025-01-0{}", i + 1)));
        }
        let mut names: Vec<(usize, String)> = Vec::new();
        for (i, (meeting, theme)) in speeches.iter().enumerate() {
            let name = format!("s{i}.md");
            let more = format!("themes = [\"主题{theme}\"]\n");
            write(root, &format!("content/meetings/{}/{name}", meetings[*meeting]), speech(&format!("题目{i}"), "王伟", &more, &format!("正文{i}。")));
            names.push((*meeting, name));
        }
        does(root, "seal");
        for (round, (is_folder, which, to, is_sealed)) in renames.into_iter().enumerate() {
            if is_folder {
                let at = which % 3;
                let new = format!("n{round}-{to}");
                rename(root, &format!("meetings/{}", meetings[at]), &format!("meetings/{new}"));
                meetings[at] = new;
            } else {
                let at = which % names.len();
                let (meeting, old) = names[at].clone();
                let (target, new) = (to % 3, format!("t{round}-{to}.md"));
                rename(root, &format!("meetings/{}/{old}", meetings[meeting]), &format!("meetings/{}/{new}", meetings[target]));
                names[at] = (target, new);
            }
            does(root, "build");
            for (address, is_there) in sealed_and_there(root) {
                prop_assert!(is_there, "{} is lost", address);
            }
            if is_sealed {
                does(root, "seal");
            }
        }
    }
}
