//! A content file in another encoding: written again as UTF-8, its words untouched.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::{File, Import, LONGEST_SLUG, decode, problem, write::replace_whole};
use crate::chinese::{address, normalize};
use crate::content::front_matter;
use crate::diagnostic::{Diagnostic, Message};

/// A file that already has front matter, and so is one speech and no proceedings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentFile {
    /// Name of the file it was read from, for messages.
    file_name: String,
    /// Encoding it was read in.
    encoding: &'static str,
    /// Its meeting's folder.
    folder: String,
    /// Its file name there.
    name: String,
    /// All of it, with a line feed at the end of each line and without invisible characters.
    text: String,
    /// A meeting page for a folder that has none.
    meeting: String,
}

/// What became of a content file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recoded {
    /// Written as UTF-8.
    Written,
    /// It was there already, word for word and in UTF-8.
    Unchanged,
    /// Another text has its place; nothing was written.
    Conflict,
}

/// Reads a document that is a content file; none where it is proceedings or cannot be decoded.
pub fn content_file(file: &File<'_>, import: &Import<'_>) -> Option<ContentFile> {
    let decoded = decode::decode(file.name, file.bytes).ok()?;
    let text = normalize::clean(&decoded.text).into_owned();
    front_matter::split(file.name, &text).ok()?;
    let wanted = import.meeting.map_or_else(|| import.date.to_string(), str::to_owned);
    let stem = Path::new(file.name).file_stem()?.to_string_lossy();
    let (folder, name) = (address::slug(&wanted), address::short_slug(&stem, LONGEST_SLUG));
    if folder.is_empty() || name.is_empty() {
        return None;
    }
    let title = toml::Value::String(wanted);
    Some(ContentFile {
        file_name: file.name.to_owned(),
        encoding: decoded.encoding,
        folder: format!("content/meetings/{folder}"),
        name: format!("{name}.md"),
        text,
        meeting: format!("+++\ntitle = {title}\ndate = {}\n+++\n", import.date),
    })
}

/// Writes a content file below `content/meetings/` of a site, with a meeting page where there is none.
///
/// A file that is there is only replaced when it holds the same text in another encoding.
///
/// # Errors
/// A failure to read or write, with the file's name.
pub fn write_content_file(file: &ContentFile, site_root: &Path) -> Result<Recoded, Vec<Diagnostic>> {
    let folder = site_root.join(&file.folder);
    let target = folder.join(&file.name);
    let fault = |error: &std::io::Error| problem::disk(&file.address(), error);
    match fs::read(&target) {
        Ok(bytes) if bytes == file.text.as_bytes() => return Ok(Recoded::Unchanged),
        Ok(bytes) => match decode::decode(&file.name, &bytes) {
            Ok(there) if normalize::clean(&there.text) == file.text => {}
            _ => return Ok(Recoded::Conflict),
        },
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(fault(&error)),
    }
    fs::create_dir_all(&folder).map_err(|error| fault(&error))?;
    let index = folder.join("_index.md");
    if !index.exists() {
        replace_whole(&index, &file.meeting).map_err(|error| fault(&error))?;
    }
    let written = replace_whole(&target, &file.text);
    written.map(|()| Recoded::Written).map_err(|error| fault(&error))
}

impl ContentFile {
    fn address(&self) -> String {
        format!("{}/{}", self.folder, self.name)
    }

    /// What to tell the editor.
    pub fn report(&self, recoded: Recoded) -> Message {
        let (from, encoding, to) = (&self.file_name, self.encoding, self.address());
        match recoded {
            Recoded::Written => Message::new(
                format!("{from}（{encoding}）已有信息区，照原样写成 UTF-8：{to}"),
                format!("{from} ({encoding}) has front matter; written as it is, in UTF-8: {to}"),
            ),
            Recoded::Unchanged => Message::new(format!("{to} 未变"), format!("{to} is unchanged")),
            Recoded::Conflict => Message::new(
                format!("{to} 已有别的内容，没有动它；请先改名，再导入"),
                format!("{to} holds another text and was not touched; rename one of them and import again"),
            ),
        }
    }
}
