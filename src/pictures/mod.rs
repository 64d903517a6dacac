//! Pictures: those that texts show, in sizes that fit a screen, and those that stand for a page that is shared.

pub mod canvas;
pub mod copies;
pub mod facts;
pub mod font;
pub mod lines;
pub mod metadata;
pub mod share;
pub mod shown;
pub mod svg;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::content::markdown::Frame;
use crate::content::site_config::{SITE_TOML, SharePicturesConfig};
use crate::content::source::{Source, classify};
use crate::diagnostic::{Diagnostic, Message};
use crate::inputs::Inputs;
use crate::site::Site;
use font::{Font, Writing};
use share::SharePictures;
use shown::Shown;

/// Files of speeches up to which share pictures are drawn unasked: each takes some milliseconds and 15 KB.
const SHARED: usize = 1_000;

/// All pictures of a site.
#[derive(Debug, Clone, Default)]
pub struct Pictures {
    /// Those that texts show, in the order of [`Site::assets`].
    pub shown: Arc<Vec<Shown>>,
    /// Those that stand for a shared page, unless there is no font or `site.toml` wants none.
    pub share: Option<Arc<SharePictures>>,
    /// Places in `shown` by address.
    places: Arc<BTreeMap<String, usize>>,
}

impl Pictures {
    /// The pictures of `site`, none of them made yet.
    pub fn new(inputs: &Inputs, site: &Site) -> (Pictures, Vec<Diagnostic>) {
        let (shown, mut diagnostics) = shown::gather(inputs, site);
        let share = share(inputs, site, &mut diagnostics);
        let address = |shown: &Shown| site.assets[shown.asset].address.clone();
        let places = shown.iter().enumerate().map(|(i, shown)| (address(shown), i)).collect();
        let pictures =
            Pictures { shown: Arc::new(shown), share: share.map(Arc::new), places: Arc::new(places) };
        (pictures, diagnostics)
    }

    /// The same pictures in an edition with texts of its own: those that stand for its pages say what it says.
    pub fn in_edition(&self, inputs: &Inputs, site: &Site) -> Pictures {
        let share = self.share.as_ref().and_then(|_| share(inputs, site, &mut Vec::new()));
        Pictures { share: share.map(Arc::new), ..self.clone() }
    }

    /// How the picture at `address` is shown on a page that writes addresses by `url`.
    pub fn frame(&self, address: &str, url: impl Fn(&str) -> String) -> Frame {
        self.places.get(address).map_or_else(Frame::default, |at| self.shown[*at].frame(url))
    }

    /// The bytes of a file that is copied, by its place in [`Site::assets`]: as they are, but for pictures that
    /// texts show, which tell nothing beyond the picture.
    pub fn original<'b>(&self, asset: usize, bytes: &'b [u8]) -> Cow<'b, [u8]> {
        match self.shown.binary_search_by_key(&asset, |shown| shown.asset) {
            Ok(at) => self.shown[at].original(bytes),
            Err(_) => Cow::Borrowed(bytes),
        }
    }

    /// Makes the smaller copies of all pictures: address and bytes.
    ///
    /// # Errors
    /// All pictures that cannot be decoded.
    pub fn made(&self, inputs: &Inputs, site: &Site) -> Result<Vec<(String, Vec<u8>)>, Vec<Diagnostic>> {
        let results: Vec<_> = self.shown.par_iter().map(|shown| shown.made(inputs, site)).collect();
        let mut made = Vec::new();
        let mut diagnostics = Vec::new();
        for result in results {
            match result {
                Ok(copies) => made.extend(copies),
                Err(diagnostic) => diagnostics.push(diagnostic),
            }
        }
        if diagnostics.is_empty() { Ok(made) } else { Err(diagnostics) }
    }
}

/// Whether pictures for sharing are to be made of what these sources hold, published or not.
pub fn are_shared(inputs: &Inputs, config: &SharePicturesConfig) -> bool {
    config.enabled.unwrap_or_else(|| {
        let is_speech = |path: &&str| matches!(classify(path), Source::Speech { .. });
        inputs.paths().filter(is_speech).count() <= SHARED
    })
}

fn share(inputs: &Inputs, site: &Site, diagnostics: &mut Vec<Diagnostic>) -> Option<SharePictures> {
    let config = &site.config.share_pictures;
    if !are_shared(inputs, config) {
        return None;
    }
    let file = inputs.font();
    let found = file.and_then(|file| Font::new(&file.bytes, Writing::of(&site.config.language)));
    match (&found, &config.font) {
        (Some(_), _) => {}
        // That the file cannot be read was said when it was read.
        (None, Some(_)) if file.is_none() => {}
        (None, Some(path)) => {
            let reason = Message::new(
                "不是字体文件，或缺少网站语言的文字",
                "is no font file, or lacks the characters of the site's language",
            );
            diagnostics.push(Diagnostic::wrong_share_font(path.place(SITE_TOML), &path.value, &reason));
        }
        (None, None) => diagnostics.push(Diagnostic::no_share_font()),
    }
    found.map(|font| SharePictures::new(site, font))
}

#[cfg(test)]
mod tests;
