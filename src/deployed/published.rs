//! What should be at the address: the output of the last build.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::diagnostic::{Diagnostic, Message};
use crate::disk;
use crate::hosts;

/// What stays as it is in a path.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// Bytes of a page above which it is no redirect.
const LARGEST_REDIRECT: u64 = 8192;

/// The output folder of the last build.
pub(super) struct Published<'a> {
    folder: &'a Path,
    /// Paths of the files that readers can ask for.
    pub(super) paths: BTreeSet<String>,
}

impl Published<'_> {
    /// Reads the list of the files.
    ///
    /// # Errors
    /// A diagnostic where the folder was not written by plenary.
    pub(super) fn read(folder: &Path) -> Result<Published<'_>, Diagnostic> {
        let is_asked_for = |path: &String| {
            !path.split('/').any(|part| part.starts_with('.'))
                && !hosts::SETTINGS.contains(&path.as_str())
                && !path.ends_with(".gz")
                && !path.ends_with(".br")
        };
        let paths: BTreeSet<String> =
            disk::listed(folder).paths().map(str::to_owned).filter(is_asked_for).collect();
        if paths.is_empty() {
            return Err(Diagnostic::output_refused(
                &folder.to_string_lossy(),
                &Message::new(
                    "里面没有可以比较的网站，先运行 plenary build",
                    "there is no site in it to compare with; run plenary build first",
                ),
            ));
        }
        Ok(Published { folder, paths })
    }

    /// The bytes of a file.
    pub(super) fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        fs::read(self.folder.join(path)).ok()
    }

    /// Whether there is a file.
    pub(super) fn has(&self, path: &str) -> bool {
        self.paths.contains(path)
    }

    /// The first file that `is` true of.
    pub(super) fn first(&self, is: impl Fn(&str) -> bool) -> Option<&str> {
        self.paths.iter().map(String::as_str).find(|path| is(path))
    }

    /// Pages that lead from an old address to where it moved: their paths, and where they lead, as it is written there.
    pub(super) fn redirects(&self) -> Vec<(&str, String)> {
        let small = self.paths.iter().filter(|path| {
            path.ends_with(".html")
                && fs::metadata(self.folder.join(path)).is_ok_and(|found| found.len() < LARGEST_REDIRECT)
        });
        small.filter_map(|path| Some((path.as_str(), target(&self.bytes(path)?)?))).collect()
    }
}

/// Where a page leads by `<meta http-equiv=refresh>`.
fn target(page: &[u8]) -> Option<String> {
    let page = String::from_utf8_lossy(page);
    let metas = page.split("<meta ").skip(1).filter_map(|rest| rest.split('>').next());
    let refresh =
        metas.into_iter().find(|meta| meta.replace(['"', '\''], "").contains("http-equiv=refresh"))?;
    let (_, rest) = refresh.split_once("url=")?;
    let end = rest.find(['"', '\'', ' ']).unwrap_or(rest.len());
    Some(rest[..end].to_owned())
}

/// The address of a file below the site's: percent-encoded, a folder for its `index.html`.
pub(super) fn address(path: &str) -> String {
    let address = match path.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
        _ => path,
    };
    encoded(address)
}

/// A path percent-encoded.
pub(super) fn encoded(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}
