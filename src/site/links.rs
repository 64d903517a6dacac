//! Where a link in a text leads: to a page, a file, a place in a page, or nowhere.

use std::borrow::Cow;
use std::fmt;

use rustc_hash::{FxHashMap, FxHashSet};

use super::edition::Edition;
use super::model::Site;
use crate::content::markdown::{Body, Reference, reference};
use crate::diagnostic::{Diagnostic, Place};
use crate::output::path_of;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// Another site; to be written as it is.
    External(String),
    /// An address of this site, and a place in it.
    Internal(String, Option<String>),
    /// The page that has the link, and a place in it.
    Here(String),
    /// Nothing.
    Nowhere,
}

/// The files of an output.
pub trait Files: fmt::Debug + Sync {
    /// Whether there is one at this path.
    fn has(&self, path: &str) -> bool;
}

impl Files for FxHashSet<Box<str>> {
    fn has(&self, path: &str) -> bool {
        self.contains(path)
    }
}

/// All that links can lead to.
#[derive(Debug)]
pub struct Targets<'a> {
    /// The address of each published source file.
    sources: FxHashMap<&'a str, &'a str>,
    edition: &'a Edition,
    files: &'a dyn Files,
    /// The text of each address that has one.
    bodies: FxHashMap<&'a str, &'a Body>,
}

impl<'a> Targets<'a> {
    /// What links of `site` can lead to; `files` are those of the output.
    pub fn new(site: &'a Site, files: &'a dyn Files) -> Targets<'a> {
        let bodies = texts(site).map(|text| (text.address, text.body)).collect();
        Targets { sources: sources(site).collect(), edition: &site.edition, files, bodies }
    }

    /// Where a link of `source`, a path below `content/`, leads. A place that is not in the page is left out.
    pub fn resolve(&self, source: &str, target: &str) -> Destination {
        let here = self.sources.get(source).copied().unwrap_or_default();
        match self.written(source, target) {
            Destination::Internal(address, Some(fragment)) if !self.has_anchor(&address, &fragment) => {
                Destination::Internal(address, None)
            }
            Destination::Here(fragment) if !self.has_anchor(here, &fragment) => Destination::Nowhere,
            destination => destination,
        }
    }

    /// Where a link leads as it is written.
    fn written(&self, source: &str, target: &str) -> Destination {
        match reference(target) {
            Reference::External(url) => Destination::External(url.to_owned()),
            Reference::Here(fragment) => Destination::Here(fragment.into_owned()),
            Reference::Unsafe => Destination::Nowhere,
            Reference::File(path, fragment) => match join(source, &path) {
                Some(path) => self.internal(&path, fragment.map(Cow::into_owned)),
                None => Destination::Nowhere,
            },
            Reference::Address(address, fragment) => self.address(&address, fragment.map(Cow::into_owned)),
        }
    }

    fn internal(&self, source: &str, fragment: Option<String>) -> Destination {
        match self.sources.get(source) {
            Some(address) => Destination::Internal((*address).to_owned(), fragment),
            None => Destination::Nowhere,
        }
    }

    fn address(&self, address: &str, fragment: Option<String>) -> Destination {
        let folder = if address.ends_with('/') { address.to_owned() } else { format!("{address}/") };
        let own = [address, &folder].map(|address| self.edition.address(address));
        for candidate in own.into_iter().chain([address.to_owned(), folder]) {
            if self.is_published(&candidate) {
                return Destination::Internal(candidate, fragment);
            }
        }
        Destination::Nowhere
    }

    /// Whether the output has a file at this path.
    pub fn has_file(&self, path: &str) -> bool {
        self.files.has(path)
    }

    /// Whether the output has something at `address`.
    pub fn is_published(&self, address: &str) -> bool {
        self.has_file(&path_of(address))
    }

    fn has_anchor(&self, address: &str, fragment: &str) -> bool {
        let body = self.bodies.get(address);
        fragment.is_empty() || body.is_none_or(|body| body.has_anchor(fragment))
    }

    /// Reports links of a text that lead nowhere.
    pub fn broken(&self, text: &SiteText<'_>) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for link in text.body.links() {
            let place = || Place { file: text.file.to_owned(), span: Some(link.span) };
            match self.written(text.file, &link.target) {
                Destination::Nowhere if reference(&link.target) != Reference::Unsafe => {
                    found.push(Diagnostic::broken_link(place(), &link.target));
                }
                Destination::Internal(address, Some(fragment)) if !self.has_anchor(&address, &fragment) => {
                    found.push(Diagnostic::broken_anchor(place(), &link.target));
                }
                Destination::Here(fragment) if !self.has_anchor(text.address, &fragment) => {
                    found.push(Diagnostic::broken_anchor(place(), &link.target));
                }
                _ => {}
            }
        }
        found
    }
}

/// A text of the site with its page.
pub struct SiteText<'a> {
    /// Path of the source.
    pub file: &'a str,
    /// Address of the page that shows it.
    pub address: &'a str,
    /// The text.
    pub body: &'a Body,
}

/// The published source files of the site, each with the address of what it became.
fn sources(site: &Site) -> impl Iterator<Item = (&str, &str)> {
    let meetings = site.meetings.iter().map(|one| (&*one.file.file, one.address.as_str()));
    let speeches = site.speeches.iter().map(|one| (&*one.file.file, one.address.as_str()));
    let speakers = site.speakers.iter().filter_map(|one| Some((one.file.as_deref()?, one.address.as_str())));
    let standing = site.standing.iter().map(|one| (&*one.file.file, one.address.as_str()));
    let assets = site.assets.iter().map(|one| (one.file.as_str(), one.address.as_str()));
    meetings.chain(speeches).chain(speakers).chain(standing).chain(assets)
}

/// All texts of the site.
pub fn texts(site: &Site) -> impl Iterator<Item = SiteText<'_>> {
    let meetings = site.meetings.iter().map(|m| SiteText {
        file: &m.file.file,
        address: &m.address,
        body: &m.file.body,
    });
    let speeches = site.speeches.iter().map(|s| SiteText {
        file: &s.file.file,
        address: &s.address,
        body: &s.file.body,
    });
    let speakers = site.speakers.iter().filter_map(|speaker| {
        let (file, body) = speaker.biography.as_ref()?;
        Some(SiteText { file, address: &speaker.address, body })
    });
    let standing = site.standing.iter().map(|p| SiteText {
        file: &p.file.file,
        address: &p.address,
        body: &p.file.body,
    });
    meetings.chain(speeches).chain(speakers).chain(standing)
}

/// `path` as seen from the folder of `source`; none where it climbs out of the site.
fn join(source: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = source.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
