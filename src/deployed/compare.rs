//! Whether the published copy is the build in the output folder, file by file.

use rayon::prelude::*;

use super::Copy;
use super::published::{address, encoded};
use crate::content::site_config::LinkStyle;
use crate::diagnostic::{Diagnostic, Message, Severity, counted};

/// Files that are compared where not all are asked for.
const SAMPLE: usize = 500;

/// Names of files that a message tells.
const TOLD: usize = 5;

/// How many files are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// All of a small site, some of a large one.
    Sample,
    /// All.
    EveryFile,
}

/// Compares, and reports what is missing or different. Gives back how many files were compared.
pub(super) fn compare(copy: &Copy<'_>, extent: Extent, diagnostics: &mut Vec<Diagnostic>) -> usize {
    let paths: Vec<&String> = copy.published.paths.iter().filter(|path| *path != "404.html").collect();
    let step = match extent {
        Extent::Sample => paths.len().div_ceil(SAMPLE).max(1),
        Extent::EveryFile => 1,
    };
    // Files that change with every publication are always among them.
    let always = |path: &str| !path.contains('/') || path.ends_with("search/index.json");
    let chosen: Vec<&String> = paths
        .iter()
        .enumerate()
        .filter(|(at, path)| at % step == 0 || always(path))
        .map(|(_, path)| *path)
        .collect();
    let old: Vec<&str> = copy.published.redirects().into_iter().map(|(path, _)| path).collect();
    let wrong: Vec<(&str, bool)> =
        chosen.par_iter().filter_map(|path| difference(copy, &old, path)).collect();
    for is_different in [false, true] {
        let names: Vec<&str> =
            wrong.iter().filter(|(_, different)| *different == is_different).map(|(path, _)| *path).collect();
        if !names.is_empty() {
            diagnostics.push(told(copy, &names, chosen.len(), is_different));
        }
    }
    chosen.len()
}

/// The path and whether its bytes differ (`true`) or are not there at all (`false`); nothing
/// where the copy has exactly the bytes of the build, or redirects by a rule of its host.
fn difference<'a>(copy: &Copy<'_>, old: &[&str], path: &'a str) -> Option<(&'a str, bool)> {
    let own = copy.published.bytes(path)?;
    let asked = match copy.config.links {
        LinkStyle::Folder => address(path),
        LinkStyle::Explicit => encoded(path),
    };
    match copy.client.get(&asked) {
        Ok(answer) if answer.is_redirect() && old.contains(&path) => None,
        Ok(answer) if answer.status == 200 => (answer.body != own).then_some((path, true)),
        _ => Some((path, false)),
    }
}

fn told(copy: &Copy<'_>, names: &[&str], compared: usize, is_different: bool) -> Diagnostic {
    let (count, first) = (names.len(), names.iter().take(TOLD).copied().collect::<Vec<_>>());
    let (zh, en) = (first.join("、"), first.join(", "));
    let (code, what, help) = match is_different {
        true => (
            "other-build",
            Message::new(
                format!("比较了 {compared} 个文件，{count} 个和本机生成的不一样：{zh}"),
                format!("{} compared; {count} not as built here: {en}", counted(compared, "file", "files")),
            ),
            Message::new(
                "上传可能没有完成，或者 CDN 里是旧的：再上传一次，刷新 CDN 缓存",
                "perhaps an upload was not finished, or a CDN has old copies: upload again, and purge the CDN",
            ),
        ),
        false => (
            "missing-file",
            Message::new(
                format!("比较了 {compared} 个文件，{count} 个取不到：{zh}"),
                format!("{} compared; {count} not there: {en}", counted(compared, "file", "files")),
            ),
            Message::new("把 public 里的全部文件再上传一次", "upload all files of public again"),
        ),
    };
    Diagnostic::deployed(code, Severity::Error, &copy.client.url(""), what, help)
}
