//! Persons: names in speeches become speakers with addresses of their own.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::chinese::{address, collation, normalize};
use crate::content::speaker::SpeakerFile;
use crate::content::speech::SpeakerEntry;
use crate::diagnostic::{Diagnostic, Message, Place};

use super::model::{Speaker, SpeechId};
use super::sealed_names::SealedNames;
use super::terms::free;

/// Who a person is: the identity of the name, and a key where several people have it.
pub type Identity = (String, Option<String>);

/// One person in one public speech.
pub struct Use<'a> {
    /// The entry as written.
    pub entry: &'a SpeakerEntry,
    /// The file that has it.
    pub file: &'a str,
    /// The speech.
    pub speech: SpeechId,
    /// Its day.
    pub date: Date,
}

/// Speakers in order, and the place of each identity among them.
pub struct Speakers {
    /// The speakers.
    pub list: Vec<Speaker>,
    /// From identity to place in the list.
    pub places: BTreeMap<Identity, u32>,
}

/// Who an entry means.
pub fn identity(entry: &SpeakerEntry) -> Identity {
    (normalize::identity(&entry.name.value), entry.key.as_deref().map(str::to_owned))
}

/// Makes speakers of all names in public speeches, and reports what is wrong with their files and addresses. `uses` must
/// be in the order of speeches.
pub fn gather(
    files: &[(String, SpeakerFile)],
    uses: &[Use<'_>],
    order: collation::Order,
    sealed: &SealedNames<'_>,
) -> (Speakers, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut used: BTreeMap<Identity, Vec<&Use<'_>>> = BTreeMap::new();
    for one in uses {
        let speeches = used.entry(identity(one.entry)).or_default();
        if speeches.last().is_none_or(|last| last.speech != one.speech) {
            speeches.push(one);
        }
    }
    let files = files_by_identity(files, &used, &mut diagnostics);
    let mut identities: Vec<Identity> = used.keys().cloned().collect();
    identities.sort_by_cached_key(|identity| {
        let reading = files.get(identity).and_then(|(_, file)| file.reading.as_deref());
        (collation::sort_key(&used[identity][0].entry.name.value, reading, order), identity.clone())
    });
    let mut slugs = slugs(&identities, &used, &files, sealed, &mut diagnostics);
    let mut speakers = Speakers { list: Vec::new(), places: BTreeMap::new() };
    for identity in identities {
        let file = files.get(&identity).map(|(_, file)| *file);
        let name = file.map_or(&used[&identity][0].entry.name.value, |file| &file.name.value);
        speakers.places.insert(identity.clone(), speakers.list.len() as u32);
        speakers.list.push(Speaker {
            name: name.clone(),
            key: identity.1.clone(),
            traditional: traditional(file, &used[&identity]),
            address: format!("/speakers/{}/", slugs.remove(&identity).unwrap_or_default()),
            initial: collation::initial(name, file.and_then(|file| file.reading.as_deref()), order),
            roles: file.map_or_else(Vec::new, |file| file.roles.clone()),
            aliases: file.map_or_else(Vec::new, |file| file.aliases.clone()),
            file: file.map(|file| file.file.clone()),
            biography: file
                .filter(|file| !file.body.is_empty())
                .map(|file| (file.file.clone(), file.body.clone())),
            speeches: used[&identity].iter().map(|one| one.speech).collect(),
        });
    }
    (speakers, diagnostics)
}

/// How the name is written in Traditional characters: the file of the speaker says it, or a speech.
fn traditional(file: Option<&SpeakerFile>, uses: &[&Use<'_>]) -> Option<String> {
    let own = file.and_then(|file| file.traditional.clone());
    own.or_else(|| uses.iter().find_map(|one| one.entry.traditional.as_deref().map(str::to_owned)))
}

type Files<'a> = BTreeMap<Identity, (&'a str, &'a SpeakerFile)>;

fn files_by_identity<'a>(
    files: &'a [(String, SpeakerFile)],
    used: &BTreeMap<Identity, Vec<&Use<'_>>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Files<'a> {
    let mut found: Files<'a> = BTreeMap::new();
    for (slug, file) in files {
        let identity = (normalize::identity(&file.name.value), file.key.clone());
        if !used.contains_key(&identity) {
            diagnostics.push(Diagnostic::unused_speaker_file(&file.file, &file.name.value));
        } else if let Some((_, other)) = found.get(&identity) {
            let noun = Message::new("发言人文件", "the speaker's file");
            let address = format!("/speakers/{slug}/");
            let first = (other.name.place(&other.file), noun.clone());
            diagnostics.push(Diagnostic::same_address(&address, first, (file.name.place(&file.file), noun)));
        } else {
            found.insert(identity, (slug, file));
        }
    }
    found
}

/// An address for each person: from the speaker's file first, then what was sealed, then from the key or the name by
/// first speech, oldest first.
fn slugs(
    identities: &[Identity],
    used: &BTreeMap<Identity, Vec<&Use<'_>>>,
    files: &Files<'_>,
    sealed: &SealedNames<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<Identity, String> {
    let mut taken: BTreeMap<String, Identity> = BTreeMap::new();
    let mut slugs = BTreeMap::new();
    let place = |identity: &Identity| -> Place {
        let one = used[identity][0];
        one.entry.name.place(one.file)
    };
    for identity in identities {
        let Some(slug) = files.get(identity).map(|(slug, _)| (*slug).to_owned()) else { continue };
        if let Some(other) = taken.get(&slug) {
            let noun = Message::new("发言人", "the speaker");
            let address = format!("/speakers/{slug}/");
            diagnostics.push(Diagnostic::same_address(
                &address,
                (place(other), noun.clone()),
                (place(identity), noun),
            ));
        }
        taken.insert(slug.clone(), identity.clone());
        slugs.insert(identity.clone(), slug);
    }
    for identity in identities.iter().filter(|identity| !files.contains_key(*identity)) {
        let Some(slug) = sealed.slug(&identity.0, identity.1.as_deref()) else { continue };
        if let Some(other) = taken.get(slug) {
            let noun = Message::new("发言人", "the speaker");
            let (first, second) = ((place(other), noun.clone()), (place(identity), noun));
            diagnostics.push(Diagnostic::same_address(&sealed.address(slug), first, second));
            continue;
        }
        taken.insert(slug.to_owned(), identity.clone());
        slugs.insert(identity.clone(), slug.to_owned());
    }
    let mut rest: Vec<&Identity> =
        identities.iter().filter(|identity| !slugs.contains_key(*identity)).collect();
    rest.sort_by_key(|identity| (used[*identity].iter().map(|one| (one.date, one.speech)).min(), *identity));
    for identity in rest {
        let name = &used[identity][0].entry.name.value;
        let own = identity.1.as_deref().map(address::slug).filter(|slug| !slug.is_empty());
        let slug = own.unwrap_or_else(|| address::name_slug(name));
        if slug.is_empty() {
            diagnostics.push(Diagnostic::no_address(place(identity), name));
        }
        let slug = free(&slug, |slug| taken.contains_key(slug) || sealed.is_taken(slug));
        taken.insert(slug.clone(), identity.clone());
        slugs.insert(identity.clone(), slug);
    }
    slugs
}
