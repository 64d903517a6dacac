//! Keeps what has been sealed: a published address leads somewhere for good, or the build stops and names it.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::model::{Site, SpeechId};
use super::redirects::Redirect;
use super::sealed_texts;
use super::url::last_part;
use crate::chinese::normalize;
use crate::content::digest::digest;
use crate::content::record_lock::{RECORD_LOCK, Record, Sealed, What};
use crate::content::speech::SpeechFile;
use crate::diagnostic::{Diagnostic, Message, Place};
use crate::output::path_of;

/// What is in the sources and not in the site.
#[derive(Debug, Default)]
pub struct Absent {
    /// Files of speeches that are not public, by the address that they will have.
    pub hidden: BTreeMap<String, String>,
    /// What withdrawn speeches named: the list, the identity of the name, and a speaker's key.
    pub withdrawn: BTreeSet<(&'static str, String, Option<String>)>,
}

impl Absent {
    /// Adds what a withdrawn speech names.
    pub fn withdraw(&mut self, speech: &SpeechFile) {
        let themes = speech.themes.iter().map(|theme| ("themes", theme, None));
        let groups = speech.speakers.iter().filter_map(|entry| Some(("groups", entry.group.as_ref()?, None)));
        let speakers = speech.speakers.iter().map(|entry| ("speakers", &entry.name, entry.key.as_deref()));
        let names = themes.chain(groups).chain(speakers);
        self.withdrawn.extend(
            names.map(|(list, name, key)| (list, normalize::identity(&name.value), key.map(str::to_owned))),
        );
    }

    /// The list to which a name leads whose speeches have all been withdrawn.
    fn list_of(&self, list: &'static str, name: &str, key: Option<&str>) -> Option<String> {
        let name = (list, normalize::identity(name), key.map(str::to_owned));
        self.withdrawn.contains(&name).then(|| format!("/{list}/"))
    }
}

/// Adds to `site` a redirect from each sealed address whose page has another address now: of a renamed file or folder,
/// and of a theme, group or speaker with another slug.
///
/// A sealed address that would be gone, or that another page wants, is an error.
pub fn keep(site: &mut Site, record: &Record, absent: &Absent) -> Vec<Diagnostic> {
    if record.is_empty() {
        return Vec::new();
    }
    let pages = Pages::of(site, record);
    let mut keeping = Keeping { site, record, pages, absent, homes: BTreeMap::new(), found: Vec::new() };
    keeping.speeches();
    keeping.others();
    keeping.moved();
    let Keeping { homes, mut found, pages, .. } = keeping;
    let redirects = redirects(site, record, homes);
    site.redirects.extend(redirects);
    site.redirects.sort_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
    found.extend(sealed_texts::changed(site, record, &pages.texts));
    found
}

fn redirects(site: &Site, record: &Record, homes: BTreeMap<String, String>) -> Vec<Redirect> {
    let titles = super::redirects::titles(site);
    let redirect = |(from, to): (String, String)| {
        let place = record.get(&from).map_or_else(|| Place::file(RECORD_LOCK), place);
        let title = titles.get(to.as_str()).map(|title| (*title).to_owned());
        Redirect {
            from, to, title, cause: (place, Message::new("封存的旧地址", "the sealed old address"))
        }
    };
    homes.into_iter().map(redirect).collect()
}

fn place(sealed: &Sealed) -> Place {
    Place { file: RECORD_LOCK.to_owned(), span: Some(sealed.span) }
}

/// How often one page may have been given another address.
const LONGEST: usize = 1000;

/// What a site has at which address.
struct Pages {
    /// The source of each page and file, by its path in the output.
    sources: BTreeMap<String, String>,
    /// Where the editors' redirects lead, by path.
    redirects: BTreeMap<String, String>,
    /// Digests of the texts of speeches, in their order.
    texts: Vec<String>,
    /// Speeches whose address is new, by digest.
    new_texts: BTreeMap<String, Vec<SpeechId>>,
    /// The same by identity of the title.
    new_titles: BTreeMap<String, Vec<SpeechId>>,
}

impl Pages {
    fn of(site: &Site, record: &Record) -> Pages {
        let texts: Vec<String> = site.speeches.par_iter().map(|speech| digest(&speech.file)).collect();
        let mut new_texts: BTreeMap<String, Vec<SpeechId>> = BTreeMap::new();
        let mut new_titles: BTreeMap<String, Vec<SpeechId>> = BTreeMap::new();
        for (i, (speech, text)) in site.speeches.iter().zip(&texts).enumerate() {
            if is_new(record, &speech.address) {
                let id = SpeechId(i as u32);
                new_texts.entry(text.clone()).or_default().push(id);
                new_titles.entry(normalize::identity(&speech.file.title)).or_default().push(id);
            }
        }
        let own = crate::content::site_config::SITE_TOML;
        let terms = site.themes.iter().chain(&site.groups).map(|term| (&term.address, own));
        let speakers = site.speakers.iter().map(|one| (&one.address, one.file.as_deref().unwrap_or(own)));
        let speeches = site.speeches.iter().map(|one| (&one.address, &*one.file.file));
        let withdrawn = site.withdrawn.iter().map(|one| (&one.address, one.file.as_str()));
        let meetings = site.meetings.iter().map(|one| (&one.address, &*one.file.file));
        let standing = site.standing.iter().map(|one| (&one.address, &*one.file.file));
        let files = site.assets.iter().map(|one| (&one.address, one.file.as_str()));
        let all = terms.chain(speakers).chain(speeches).chain(withdrawn).chain(meetings).chain(standing);
        let mut sources: BTreeMap<String, String> =
            all.chain(files).map(|(address, file)| (path_of(address), file.to_owned())).collect();
        // What a site always has, with or without a page of its own.
        sources.entry(path_of("/privacy/")).or_insert_with(|| own.to_owned());
        let redirects = site.redirects.iter().map(|one| (path_of(&one.from), one.to.clone())).collect();
        Pages { sources, redirects, texts, new_texts, new_titles }
    }

    fn has(&self, address: &str) -> bool {
        self.sources.contains_key(&path_of(address))
    }

    fn redirect(&self, address: &str) -> Option<&str> {
        self.redirects.get(&path_of(address)).map(String::as_str)
    }
}

/// Whether nothing stood at an address, or something that has moved away.
fn is_new(record: &Record, address: &str) -> bool {
    record.get(address).is_none_or(|sealed| matches!(sealed.what, What::Moved(_)))
}

/// The work in progress.
struct Keeping<'a> {
    site: &'a Site,
    record: &'a Record,
    pages: Pages,
    absent: &'a Absent,
    /// Where sealed addresses lead that have no page any more.
    homes: BTreeMap<String, String>,
    found: Vec<Diagnostic>,
}

impl<'a> Keeping<'a> {
    /// Sealed addresses that nothing in the site has.
    fn gone(&self) -> Vec<(&'a str, &'a Sealed)> {
        let is_gone = |address: &str| !self.pages.has(address) && self.pages.redirect(address).is_none();
        self.record.iter().filter(|(address, _)| is_gone(address)).collect()
    }

    fn lead(&mut self, from: &str, sealed: &Sealed, to: String) {
        self.found.push(Diagnostic::moved_address(place(sealed), from, &to, &sealed.what.noun()));
        self.homes.insert(from.to_owned(), to);
    }

    /// Finds speeches whose file or folder was renamed, by their texts.
    fn speeches(&mut self) {
        for (address, sealed) in self.gone() {
            let What::Speech { title, text, .. } = &sealed.what else { continue };
            match (self.home_of_speech(address, text), self.absent.hidden.get(address)) {
                (Some(to), _) => self.lead(address, sealed, to),
                (None, Some(file)) => {
                    self.found.push(Diagnostic::sealed_speech_hidden(place(sealed), address, title, file));
                }
                (None, None) => self.found.push(self.lost_speech(address, sealed, title)),
            }
        }
    }

    /// The address of the one new speech with this text, or of the one among them whose file is called the same.
    fn home_of_speech(&self, address: &str, text: &str) -> Option<String> {
        let new = self.pages.new_texts.get(text)?;
        let named: Vec<&SpeechId> =
            new.iter().filter(|id| last_part(&self.site[**id].address) == last_part(address)).collect();
        match (new.as_slice(), named.as_slice()) {
            ([one], _) => Some(self.site[*one].address.clone()),
            (_, [one]) => Some(self.site[**one].address.clone()),
            _ => None,
        }
    }

    fn lost_speech(&self, address: &str, sealed: &Sealed, title: &str) -> Diagnostic {
        let like = self.pages.new_titles.get(&normalize::identity(title)).map_or(&[][..], Vec::as_slice);
        let candidates: Vec<&str> = like.iter().map(|id| &*self.site[*id].file.file).take(3).collect();
        Diagnostic::sealed_speech_gone(place(sealed), address, &sealed.what.noun(), title, &candidates)
    }

    /// Finds meetings, themes, groups, speakers and standing pages by their names.
    fn others(&mut self) {
        for (address, sealed) in self.gone() {
            let home = match &sealed.what {
                What::Speech { .. } | What::Moved(_) => continue,
                What::Withdrawn => None,
                What::Meeting { name, date } => self.home_of_meeting(address, name, *date),
                What::Theme(name) => self.home_of_name("themes", name, None),
                What::Group(name) => self.home_of_name("groups", name, None),
                What::Speaker { name, key } => self.home_of_name("speakers", name, key.as_deref()),
                What::Page(title) => {
                    let new = self.site.standing.iter().filter(|one| is_new(self.record, &one.address));
                    named(new.map(|one| (one.file.title.as_str(), one.address.as_str())), title)
                }
            };
            match home {
                Some(to) => self.lead(address, sealed, to),
                None => self.found.push(lost_other(self.site, address, sealed)),
            }
        }
    }

    /// The address that a name has now; the list, where its speeches have all been withdrawn.
    fn home_of_name(&self, list: &'static str, name: &str, key: Option<&str>) -> Option<String> {
        let site = self.site;
        let address = match list {
            "speakers" => {
                let of_key = site.speakers.iter().filter(|one| one.key.as_deref() == key);
                named(of_key.map(|one| (one.name.as_str(), one.address.as_str())), name)
            }
            list => {
                let terms = if list == "themes" { &site.themes } else { &site.groups };
                named(terms.iter().map(|one| (one.name.as_str(), one.address.as_str())), name)
            }
        };
        address.or_else(|| self.absent.list_of(list, name, key))
    }

    /// The new meeting to which all found speeches of the old one went; else the one new meeting of this name and day.
    fn home_of_meeting(&self, address: &str, name: &str, date: jiff::civil::Date) -> Option<String> {
        let new = || self.site.meetings.iter().filter(|meeting| is_new(self.record, &meeting.address));
        let went: Vec<&String> =
            self.homes.iter().filter(|(from, _)| from.starts_with(address)).map(|(_, to)| to).collect();
        let by_speeches = new()
            .find(|meeting| !went.is_empty() && went.iter().all(|to| to.starts_with(&meeting.address)))
            .map(|meeting| meeting.address.clone());
        let of_day = new().filter(|meeting| meeting.file.date == date);
        by_speeches.or_else(|| named(of_day.map(|one| (one.name(), one.address.as_str())), name))
    }

    /// Leads old addresses on to where their pages are now.
    fn moved(&mut self) {
        for (address, sealed) in self.record.iter() {
            let What::Moved(to) = &sealed.what else { continue };
            if self.pages.redirect(address).is_some() {
                continue;
            }
            let end = self.end(to);
            match (self.pages.sources.get(&path_of(address)), end) {
                (Some(_), Some(end)) if end == address => {}
                (Some(file), end) => {
                    let (own, to) = (Place::file(&**file), end.as_deref().unwrap_or(to));
                    self.found.push(Diagnostic::old_address_taken(own, address, to, place(sealed)));
                }
                (None, Some(end)) => {
                    self.homes.insert(address.to_owned(), end);
                }
                // Where its page is gone as well, that is told, and what settles it settles both.
                (None, None) if self.record.get(to).is_some() => {}
                (None, None) => self.found.push(lost_other(self.site, address, sealed)),
            }
        }
    }

    /// The page at which one arrives from `address`.
    fn end(&self, address: &str) -> Option<String> {
        let mut at = address.to_owned();
        for _ in 0..LONGEST {
            let next = match (self.pages.redirect(&at), self.homes.get(&at), self.record.get(&at)) {
                _ if at == "/" || self.pages.has(&at) => return Some(at),
                (Some(to), ..) => to.to_owned(),
                (_, Some(to), _) => to.clone(),
                (_, _, Some(Sealed { what: What::Moved(to), .. })) => to.clone(),
                // A list or the search: not sealed, and always there.
                (None, None, None) => return Some(at),
                _ => return None,
            };
            at = next;
        }
        None
    }
}

/// The address of the one thing of this name.
fn named<'n>(things: impl Iterator<Item = (&'n str, &'n str)>, name: &str) -> Option<String> {
    let identity = normalize::identity(name);
    let mut same = things.filter(|(other, _)| normalize::identity(other) == identity);
    match (same.next(), same.next()) {
        (Some((_, address)), None) => Some(address.to_owned()),
        _ => None,
    }
}

fn lost_other(site: &Site, address: &str, sealed: &Sealed) -> Diagnostic {
    let (noun, name, place) = (sealed.what.noun(), sealed.what.name(), place(sealed));
    let (themes, groups) = (site.config.themes.as_ref(), site.config.groups.as_ref());
    match &sealed.what {
        What::Speech { .. } => Diagnostic::sealed_speech_gone(place, address, &noun, name, &[]),
        What::Withdrawn => Diagnostic::sealed_notice_gone(place, address, &noun),
        What::Meeting { .. } => Diagnostic::sealed_file_gone(place, address, &noun, name, "_index.md"),
        What::Theme(_) => Diagnostic::sealed_term_gone(place, address, &noun, name, themes.map(|_| "themes")),
        What::Group(_) => Diagnostic::sealed_term_gone(place, address, &noun, name, groups.map(|_| "groups")),
        What::Speaker { .. } => Diagnostic::sealed_speaker_gone(place, address, &noun, name),
        What::Page(_) | What::Moved(_) => {
            Diagnostic::sealed_file_gone(place, address, &noun, name, "content/pages/*.md")
        }
    }
}
