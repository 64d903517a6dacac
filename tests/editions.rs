//! The edition in Traditional characters says what the speakers said.

use std::fs;
use std::path::Path;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use plenary::chinese::conversion::{Conversion, Forms, Quotes};

/// Each speech of the repository: its whole file, and the names of its speakers.
fn speeches() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/meetings/2025-01-09-plenary");
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the meeting") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if name.ends_with(".md") && !name.starts_with('_') {
            found.push((name, fs::read_to_string(&path).expect("text")));
        }
    }
    found.sort();
    assert_eq!(found.len(), 19);
    found
}

fn back(text: &str, config: BuiltinConfig) -> String {
    OpenCC::from_config(config).expect("tables").convert(text)
}

#[test]
fn converting_the_seed_back_gives_the_original() {
    for (forms, config) in [(Forms::Taiwan, BuiltinConfig::Tw2s), (Forms::HongKong, BuiltinConfig::Hk2s)] {
        let conversion = Conversion::new(forms, Quotes::Curly, &[]);
        for (file, text) in speeches() {
            let converted = conversion.text(&text);
            assert_eq!(text.chars().count(), converted.chars().count(), "{file}");
            for (line, original) in back(&converted, config).lines().zip(text.lines()) {
                assert_eq!(line, original, "{file} in forms of {forms:?}");
            }
        }
    }
}

#[test]
fn names_of_the_seed_survive() {
    let conversion = Conversion::new(Forms::Taiwan, Quotes::Corner, &[]);
    for (file, text) in speeches() {
        for line in text.lines().filter_map(|line| line.strip_prefix("name = \"")) {
            let name = line.trim_end_matches('"');
            let form = conversion.name(name);
            assert_eq!(back(&form, BuiltinConfig::Tw2s), name, "{file}");
            println!("{name} {form}");
        }
    }
}

#[test]
fn words_are_kept_and_only_characters_change() {
    let conversion = Conversion::new(Forms::Taiwan, Quotes::Corner, &[("历法".into(), "曆法".into())]);
    let cases = [
        ("人工智能和软件", "人工智能和軟件"),
        ("“十四五”规划提出‘双碳’目标", "「十四五」規劃提出『雙碳』目標"),
        ("头发、发展、皇后、后来、干部、干净、历法", "頭髮、發展、皇后、後來、幹部、乾淨、曆法"),
        ("AI,5G 100%", "AI,5G 100%"),
    ];
    for (simplified, traditional) in cases {
        assert_eq!(conversion.text(simplified), traditional);
    }
    let curly = Conversion::new(Forms::HongKong, Quotes::Curly, &[]);
    assert_eq!(curly.text("“里面”的为"), "“裏面”的為");
}

#[test]
fn surnames_keep_their_form() {
    let conversion = Conversion::new(Forms::Taiwan, Quotes::Curly, &[("钟书".into(), "鍾書".into())]);
    let cases = [
        ("范伟", "范偉"),
        ("于丹", "于丹"),
        ("余华", "余華"),
        ("沈从文", "沈從文"),
        ("钟南山", "鍾南山"),
        ("姜文", "姜文"),
        ("岳飞", "岳飛"),
        ("后羿", "后羿"),
        ("郁达夫", "郁達夫"),
        ("万俟卨", "万俟卨"),
        ("万里", "萬里"),
        ("叶圣陶", "葉聖陶"),
        ("党爱玲", "党愛玲"),
    ];
    for (name, form) in cases {
        assert_eq!(conversion.name(name), form);
    }
    let form = conversion.name("范伟");
    let line = conversion.text_with_name("市政协常委，规范发展研究会 范伟", "范伟", &form);
    assert_eq!(line, "市政協常委，規範發展研究會 范偉");
}
