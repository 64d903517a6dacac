//! The pictures that texts of a site show, each with its copies.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::copies::{self, RECIPE};
use super::facts::{Facts, Fault, PIXEL_LIMIT, facts};
use super::metadata;
use crate::chinese::address::LONGEST;
use crate::content::markdown::{Frame, LinkKind};
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::inputs::Inputs;
use crate::output::{Maker, path_of};
use crate::site::links::{Destination, Targets, texts};
use crate::site::{Asset, Site};

/// A picture that a text shows.
#[derive(Debug)]
pub struct Shown {
    /// Its place in [`Site::assets`].
    pub asset: usize,
    /// What its file says.
    pub facts: Facts,
    /// Smaller ones, the smallest first.
    pub copies: Vec<SmallerCopy>,
    /// Where it is shown first, for messages.
    place: Place,
}

/// A smaller copy of a picture.
#[derive(Debug)]
pub struct SmallerCopy {
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// Its address; the name carries a digest of the picture.
    pub address: String,
}

/// Finds the pictures that texts of `site` show. Every file that is none becomes a message.
pub fn gather(inputs: &Inputs, site: &Site) -> (Vec<Shown>, Vec<Diagnostic>) {
    let places = places(site);
    let shown: Vec<Result<Shown, Diagnostic>> = site
        .assets
        .par_iter()
        .enumerate()
        .filter_map(|(i, asset)| Some((i, asset, places.get(&asset.address)?)))
        .map(|(i, asset, place)| one(inputs, i, asset, place))
        .collect();
    let mut pictures = Vec::new();
    let mut diagnostics = Vec::new();
    for result in shown {
        match result {
            Ok(shown) => pictures.push(shown),
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    (pictures, diagnostics)
}

/// Where each address is shown as a picture first.
fn places(site: &Site) -> BTreeMap<String, Place> {
    let files: FxHashSet<Box<str>> = site.assets.iter().map(|asset| path_of(&asset.address).into()).collect();
    let targets = Targets::new(site, &files);
    let mut places = BTreeMap::new();
    for text in texts(site) {
        for link in text.body.links().iter().filter(|link| link.kind == LinkKind::Image) {
            if let Destination::Internal(address, _) = targets.resolve(text.file, &link.target) {
                let place = Place { file: text.file.to_owned(), span: Some(link.span) };
                places.entry(address).or_insert(place);
            }
        }
    }
    places
}

fn one(inputs: &Inputs, i: usize, asset: &Asset, place: &Place) -> Result<Shown, Diagnostic> {
    let bytes = inputs.bytes(&asset.file).unwrap_or_default();
    let facts = facts(bytes).map_err(|fault| without_facts(&asset.file, fault, place))?;
    let copy = |size: (u32, u32)| SmallerCopy { size, address: copy_address(&asset.address, size.0, bytes) };
    let copies = copies::sizes(&facts).into_iter().map(copy).collect();
    Ok(Shown { asset: i, facts, copies, place: place.clone() })
}

/// `/photo.jpg` has copies at `/photo-480.0123456789.webp` and so on.
fn copy_address(address: &str, width: u32, bytes: &[u8]) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(RECIPE.as_bytes()).update(&width.to_le_bytes()).update(bytes);
    let digest = hasher.finalize().to_hex();
    let name = address.rfind('/').map_or(0, |slash| slash + 1);
    let stem = address[name..].rfind('.').map_or(address.len(), |dot| name + dot);
    let ending = format!("-{width}.{}.webp", &digest[..10]);
    let stem = stem.min(address.floor_char_boundary(name + LONGEST - ending.len()));
    format!("{}{ending}", &address[..stem])
}

/// A file that does not even begin as a picture is published as it is: `build` warns, `check` refuses.
fn without_facts(file: &str, fault: Fault, place: &Place) -> Diagnostic {
    let severity = if matches!(fault, Fault::Broken(_)) { Severity::Warning } else { Severity::Error };
    Diagnostic { severity, ..report(file, fault, place) }
}

fn report(file: &str, fault: Fault, place: &Place) -> Diagnostic {
    match fault {
        Fault::Broken(reason) => Diagnostic::broken_picture(file, &reason, place.clone()),
        Fault::Huge(width, height) => {
            Diagnostic::huge_picture(file, (width, height), PIXEL_LIMIT / 1_000_000, place.clone())
        }
    }
}

impl Shown {
    /// How the picture is shown on a page that writes addresses by `url`.
    pub fn frame(&self, url: impl Fn(&str) -> String) -> Frame {
        let copies = self.copies.iter().map(|copy| (url(&copy.address), copy.size.0));
        Frame { size: self.facts.size, copies: copies.collect() }
    }

    /// The picture itself as it is published, without what it tells beyond the picture.
    pub fn original<'b>(&self, bytes: &'b [u8]) -> Cow<'b, [u8]> {
        metadata::bare(bytes, &self.facts)
    }

    /// What makes one of the copies.
    pub fn maker(&self, inputs: &Inputs, site: &Site, copy: usize) -> Maker {
        let bytes = inputs.shared(&site.assets[self.asset].file).unwrap_or_default();
        let (orientation, size) = (self.facts.orientation, self.copies[copy].size);
        Arc::new(move || {
            let made =
                copies::copies(&bytes, orientation, &[size]).map_err(|_| io::ErrorKind::InvalidData)?;
            Ok(made.into_iter().next().unwrap_or_default())
        })
    }

    /// All copies, each with its address.
    ///
    /// # Errors
    /// A picture that cannot be decoded.
    pub fn made(&self, inputs: &Inputs, site: &Site) -> Result<Vec<(String, Vec<u8>)>, Diagnostic> {
        if self.copies.is_empty() {
            return Ok(Vec::new());
        }
        let file = &site.assets[self.asset].file;
        let bytes = inputs.bytes(file).unwrap_or_default();
        let sizes: Vec<(u32, u32)> = self.copies.iter().map(|copy| copy.size).collect();
        let made = copies::copies(bytes, self.facts.orientation, &sizes)
            .map_err(|fault| report(file, fault, &self.place))?;
        Ok(self.copies.iter().map(|copy| copy.address.clone()).zip(made).collect())
    }
}
