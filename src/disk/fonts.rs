//! Finds the font for share pictures: the one that `site.toml` names, or the best of the system's.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::WalkDir;

use super::{DOCUMENT_LIMIT, read_file};
use crate::content::site_config::{self, SITE_TOML};
use crate::diagnostic::{Diagnostic, Message};
use crate::inputs::{FontFile, Inputs};
use crate::pictures;
use crate::pictures::font::{Font, Writing};

/// Folders to look into in place of the system's, separated as in `PATH`.
const VARIABLE: &str = "PLENARY_FONTS";

/// Beginnings of file names, the best first: Chinese fonts that look like the headings of the pages, then others.
/// Names are compared in lower case without hyphens, blanks and the like.
const CHINESE: [&str; 17] = [
    "notoserifcjk",
    "sourcehanserif",
    "notoserifsc",
    "notoseriftc",
    "songti",
    "notosanscjk",
    "sourcehansans",
    "notosanssc",
    "notosanstc",
    "pingfang",
    "harmonyossans",
    "misans",
    "hiraginosansgb",
    "msyh",
    "msjh",
    "simhei",
    "wqy",
];
/// The same for Latin letters.
const LATIN: [&str; 9] = [
    "notoserif",
    "sourceserif",
    "georgia",
    "dejavuserif",
    "liberationserif",
    "times",
    "notosans",
    "dejavusans",
    "liberationsans",
];
/// Fonts with Chinese characters have more bytes than this.
const CHINESE_BYTES: u64 = 1 << 20;

/// The font for the share pictures of the site at `root`; none where they are not wanted, where the system has none
/// that would do, and where there are no settings to go by.
///
/// # Errors
/// The file that `site.toml` names cannot be read.
pub fn share_font(root: &Path, inputs: &Inputs) -> Result<Option<FontFile>, Diagnostic> {
    let Some((Some(config), _)) = inputs.text(SITE_TOML).map(site_config::parse) else { return Ok(None) };
    let settings = &config.share_pictures;
    if !pictures::are_shared(inputs, settings) {
        return Ok(None);
    }
    if let Some(path) = &settings.font {
        let file = root.join(&path.value);
        let refused = |zh: &str, en: &str| {
            let reason = Message::new(format!("读不了（{zh}）"), format!("cannot be read ({en})"));
            Diagnostic::wrong_share_font(path.place(SITE_TOML), &path.value, &reason)
        };
        fs::metadata(&file).map_err(|error| refused(&error.to_string(), &error.to_string()))?;
        let bytes = read_file(&file, &path.value, DOCUMENT_LIMIT)
            .map_err(|error| refused(&error.message.zh, &error.message.en))?;
        return Ok(Some(FontFile { path: path.value.clone(), bytes: Arc::new(bytes) }));
    }
    let writing = Writing::of(&config.language);
    Ok(candidates(writing).into_iter().find_map(|path| {
        let bytes = Arc::new(read_file(&path, &path.to_string_lossy(), DOCUMENT_LIMIT).ok()?);
        Font::new(&bytes, writing)?;
        Some(FontFile { path: path.to_string_lossy().into_owned(), bytes })
    }))
}

/// Font files that could do, the best first.
fn candidates(writing: Writing) -> Vec<PathBuf> {
    let files = folders().into_iter().flat_map(|folder| {
        WalkDir::new(folder).follow_links(true).max_depth(8).into_iter().filter_map(Result::ok)
    });
    let mut found: Vec<(Rank, PathBuf)> = files
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| {
            let length = entry.metadata().ok()?.len();
            Some((rank(entry.path(), length, writing)?, entry.into_path()))
        })
        .collect();
    found.sort();
    found.dedup();
    found.into_iter().map(|(_, path)| path).collect()
}

/// Family, region, weight: the lower, the better.
type Rank = (usize, u8, u8);

/// None for files that are no fonts, or have no room for the writing's characters.
fn rank(path: &Path, length: u64, writing: Writing) -> Option<Rank> {
    let ending = path.extension()?.to_str()?.to_lowercase();
    if !matches!(ending.as_str(), "ttf" | "ttc" | "otf" | "otc") {
        return None;
    }
    let stem: String = path.file_stem()?.to_str()?.to_lowercase();
    let stem: String = stem.chars().filter(|c| c.is_alphanumeric()).collect();
    let families: Vec<&str> = match writing {
        Writing::Latin => LATIN.into_iter().chain(CHINESE).collect(),
        _ if length < CHINESE_BYTES => return None,
        _ => CHINESE.to_vec(),
    };
    let family = families.iter().position(|family| stem.starts_with(family)).unwrap_or(families.len());
    let rest = families.get(family).map_or("", |family| &stem[family.len()..]);
    Some((family, region(rest, writing), weight(&stem)))
}

/// Whether what follows the family's name is of the writing's region, of none, or of another.
fn region(rest: &str, writing: Writing) -> u8 {
    let (own, others): (&[&str], &[&str]) = match writing {
        Writing::Simplified => (&["sc", "cn"], &["tc", "tw", "hk", "jp", "kr", "k", "j"]),
        Writing::Traditional => (&["tc", "tw", "hk"], &["sc", "cn", "jp", "kr", "k", "j"]),
        Writing::Latin => (&[], &["cjk", "sc", "tc", "jp", "kr"]),
    };
    let begins = |regions: &[&str]| regions.iter().any(|region| rest.starts_with(region));
    if begins(own) {
        0
    } else if begins(others) {
        2
    } else {
        1
    }
}

/// Bold, then fonts of any weight, then regular.
fn weight(stem: &str) -> u8 {
    let has = |words: &[&str]| words.iter().any(|word| stem.contains(word));
    if has(&["italic", "oblique", "mono"]) {
        5
    } else if has(&["semibold", "demibold", "extrabold"]) {
        2
    } else if has(&["bold", "bd"]) {
        0
    } else if has(&["wght", "variable", "vf"]) {
        1
    } else if has(&["light", "thin", "hairline"]) {
        4
    } else {
        3
    }
}

/// Where systems keep their fonts.
fn folders() -> Vec<PathBuf> {
    if let Some(folders) = env::var_os(VARIABLE) {
        return env::split_paths(&folders).collect();
    }
    let mut folders: Vec<PathBuf> = [
        "/usr/share/fonts",
        "/usr/local/share/fonts",
        "/System/Library/Fonts",
        "/System/Library/AssetsV2/com_apple_MobileAsset_Font7",
        "/System/Library/AssetsV2/com_apple_MobileAsset_Font8",
        "/Library/Fonts",
    ]
    .into_iter()
    .map(PathBuf::from)
    .collect();
    let below = |variable: &str, path: &str| Some(PathBuf::from(env::var_os(variable)?).join(path));
    folders.extend(
        [
            below("HOME", ".local/share/fonts"),
            below("HOME", ".fonts"),
            below("HOME", "Library/Fonts"),
            below("XDG_DATA_HOME", "fonts"),
            below("WINDIR", "Fonts"),
            below("LOCALAPPDATA", "Microsoft/Windows/Fonts"),
        ]
        .into_iter()
        .flatten(),
    );
    folders.retain(|folder| folder.is_dir());
    folders
}
