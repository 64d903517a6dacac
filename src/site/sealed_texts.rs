//! Sealed texts: what has been published changes only with a correction that says so.

use std::collections::BTreeMap;

use super::model::Site;
use crate::content::record_lock::{RECORD_LOCK, Record, What};
use crate::diagnostic::{Diagnostic, Place};

/// Reports each sealed speech of `site` whose text is another one without a new correction, or that lost a correction.
/// `texts` are the digests of all speeches.
pub(super) fn changed(site: &Site, record: &Record, texts: &[String]) -> Vec<Diagnostic> {
    let places: BTreeMap<&str, usize> =
        site.speeches.iter().enumerate().map(|(i, speech)| (speech.address.as_str(), i)).collect();
    let redirects: BTreeMap<&str, &str> =
        site.redirects.iter().map(|one| (one.from.as_str(), one.to.as_str())).collect();
    let mut of_text: BTreeMap<&str, &str> = BTreeMap::new();
    for (address, sealed) in record.iter() {
        if let What::Speech { text, .. } = &sealed.what {
            of_text.entry(text).or_insert(address);
        }
    }
    let mut found = Vec::new();
    for (address, sealed) in record.iter() {
        let What::Speech { title, text, corrections } = &sealed.what else { continue };
        let now = redirects.get(address).copied().unwrap_or(address);
        let Some(at) = places.get(now) else { continue };
        let file = &site.speeches[*at].file;
        let before = Place { file: RECORD_LOCK.to_owned(), span: Some(sealed.span) };
        let place = Place::file(&*file.file);
        let number = file.rest().corrections.len();
        let is_changed = texts[*at] != *text;
        let elsewhere = of_text.get(texts[*at].as_str()).filter(|_| is_changed && now == address);
        if let Some(other) = elsewhere.filter(|_| number <= *corrections) {
            found.push(Diagnostic::sealed_text_elsewhere(place, address, other, before));
        } else if number < *corrections {
            found.push(Diagnostic::sealed_correction_gone(place, title, before));
        } else if is_changed && number == *corrections {
            found.push(Diagnostic::sealed_text_changed(place, title, before));
        }
    }
    found
}
