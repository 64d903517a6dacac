//! What Tera themes see around the text of a speech; a part of the contract in `view.rs`.

use serde::Serialize;

use super::view::{DateView, LinkView};

/// What stands around the text of a speech; its fields are fields of `speech`.
#[derive(Debug, Clone, Serialize)]
pub struct AroundView<'a> {
    /// For each of its speakers who made other speeches, some of them.
    pub same_speaker: Vec<OthersView<'a>>,
    /// For each of its themes that has other speeches, some of them; no speech twice.
    pub same_theme: Vec<OthersView<'a>>,
    /// References to it.
    pub cite: CiteView,
    /// The page's absolute address as a QR code; none where it is too long for one.
    pub qr: Option<QrView>,
}

/// Other speeches of a theme or speaker; `name` and `url` are those of the theme or speaker.
#[derive(Debug, Clone, Serialize)]
pub struct OthersView<'a> {
    /// The page that lists them all.
    #[serde(flatten)]
    pub of: LinkView<'a>,
    /// How many there are, the speech on whose page this stands among them.
    pub count: usize,
    /// The newest three, newest first.
    pub speeches: Vec<OtherView<'a>>,
}

/// A speech in a short list.
#[derive(Debug, Clone, Serialize)]
pub struct OtherView<'a> {
    /// Its page.
    pub url: String,
    /// Title.
    pub title: &'a str,
    /// Names of who spoke.
    pub speakers: Vec<&'a str>,
    /// Day of the speech.
    pub date: DateView,
    /// Shown only because drafts were asked for.
    pub draft: bool,
}

/// References to a speech for other texts. None has the day of reading, which is the reader's.
#[derive(Debug, Clone, Serialize)]
pub struct CiteView {
    /// A name for files, of ASCII letters, digits and hyphens.
    pub key: String,
    /// GB/T 7714-2015 up to `(2025-01-09)`: after it come the day of reading in square brackets, `. ` and `page.canonical`.
    pub gbt: String,
    /// RIS; its lines end with CR LF, of which HTML leaves LF.
    pub ris: String,
    /// BibTeX.
    pub bibtex: String,
    /// CSL-JSON.
    pub csl_json: String,
}

/// A QR code: `<svg viewBox="0 0 {{ size }} {{ size }}"><path stroke="#000" d="{{ path }}"/></svg>` on white.
#[derive(Debug, Clone, Serialize)]
pub struct QrView {
    /// Modules on each side, the light margin of 4 included.
    pub size: usize,
    /// Strokes of width 1.
    pub path: String,
}
