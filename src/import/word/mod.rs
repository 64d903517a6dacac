//! A Word file (.docx, also as WPS and LibreOffice write it) to paragraphs, as it reads when all changes are accepted.
//!
//! The format is that of ECMA-376 part 1, WordprocessingML. Taken are words, headings, breaks of lines and automatic
//! numbers; what a file has besides, such as pictures and footnotes, is named so that nothing goes without a word.

mod archive;
mod body;
mod notes;
mod numbering;
mod styles;
mod xml;

use self::archive::Archive;
use self::numbering::Numbering;
use self::styles::Styles;
use super::paragraphs::Found;
use super::problem;
use crate::diagnostic::Diagnostic;

/// Reads a Word file.
///
/// # Errors
/// An archive that is broken or grows beyond measure, one that is no Word file, and broken XML.
pub(super) fn paragraphs(file: &str, bytes: &[u8]) -> Result<Found, Vec<Diagnostic>> {
    let mut archive = Archive::open(file, bytes)?;
    let other = || problem::not_text(file, "ZIP");
    let main = archive.related("", "officeDocument")?.ok_or_else(other)?;
    let broken = |part: &str, fault: &str| problem::broken_part(file, part, fault);
    let mut part = |kind: &str| -> Result<Option<(String, String)>, Vec<Diagnostic>> {
        let Some(name) = archive.related(&main, kind)? else { return Ok(None) };
        Ok(archive.part(&name)?.map(|text| (name, text)))
    };
    let styles = match part("styles")? {
        Some((name, text)) => Styles::read(&text).map_err(|fault| broken(&name, &fault))?,
        None => Styles::default(),
    };
    let numbering = match part("numbering")? {
        Some((name, text)) => Numbering::read(&text).map_err(|fault| broken(&name, &fault))?,
        None => Numbering::default(),
    };
    let mut notes = notes::Notes::default();
    for kind in ["footnotes", "endnotes"] {
        if let Some((name, text)) = part(kind)? {
            notes.read(kind, &text).map_err(|fault| broken(&name, &fault))?;
        }
    }
    let text = archive.part(&main)?.ok_or_else(other)?;
    let body = body::read(&text, &styles, numbering, &notes).map_err(|fault| broken(&main, &fault))?;
    body.ok_or_else(other)
}
