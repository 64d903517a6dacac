//! Themes and groups: names in speeches become terms with addresses of their own.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::chinese::{address, collation, normalize};
use crate::content::fields::{Located, nearest};
use crate::content::site_config::TermConfig;
use crate::diagnostic::{Diagnostic, Message, Place};

use super::model::{SpeechId, Term};
use super::sealed_names::SealedNames;

/// Themes or groups?
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum TermKind {
    /// What a speech is about.
    Theme,
    /// Party or sector.
    Group,
}

impl TermKind {
    fn folder(self) -> &'static str {
        match self {
            TermKind::Theme => "themes",
            TermKind::Group => "groups",
        }
    }

    fn unknown(self, place: Place, name: &str, nearest: Option<&str>) -> Diagnostic {
        match self {
            TermKind::Theme => Diagnostic::unknown_theme(place, name, nearest),
            TermKind::Group => Diagnostic::unknown_group(place, name, nearest),
        }
    }

    fn noun(self) -> Message {
        match self {
            TermKind::Theme => Message::new("主题", "the theme"),
            TermKind::Group => Message::new("界别", "the group"),
        }
    }
}

/// One use of a name in a public speech.
pub struct Use<'a> {
    /// The name as written.
    pub name: &'a Located<String>,
    /// The file that has it.
    pub file: &'a str,
    /// The speech.
    pub speech: SpeechId,
    /// Its day.
    pub date: Date,
}

/// Terms in order, and the place of each identity among them.
pub struct Terms {
    /// The terms that are used.
    pub list: Vec<Term>,
    /// From [`normalize::identity`] of a name to its place in the list.
    pub places: BTreeMap<String, u32>,
}

/// Reports names that a closed list does not have.
pub fn unknown(
    kind: TermKind,
    closed: Option<&[TermConfig]>,
    name: &Located<String>,
    file: &str,
) -> Option<Diagnostic> {
    let closed = closed?;
    let identity = normalize::identity(&name.value);
    if closed.iter().any(|term| normalize::identity(&term.name.value) == identity) {
        return None;
    }
    let near = nearest(&name.value, closed.iter().map(|term| term.name.value.as_str()));
    Some(kind.unknown(name.place(file), &name.value, near))
}

/// Makes terms of all names in public speeches, and reports addresses that two of them want. `uses` must be in the order
/// of speeches.
///
/// Two spellings with one [`normalize::identity`] are one term, shown as `site.toml` or the first speech writes it.
pub fn gather(
    kind: TermKind,
    closed: Option<&[TermConfig]>,
    uses: &[Use<'_>],
    order: collation::Order,
    sealed: &SealedNames<'_>,
) -> (Terms, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut used: BTreeMap<String, Vec<&Use<'_>>> = BTreeMap::new();
    for one in uses {
        let speeches = used.entry(normalize::identity(&one.name.value)).or_default();
        if speeches.last().is_none_or(|last| last.speech != one.speech) {
            speeches.push(one);
        }
    }
    let mut identities: Vec<String> = used.keys().cloned().collect();
    let shown = |identity: &str| normalize::name(&used[identity][0].name.value);
    match closed {
        Some(closed) => {
            let place = |identity: &String| {
                closed.iter().position(|term| normalize::identity(&term.name.value) == *identity)
            };
            identities.sort_by_key(place);
        }
        None => identities.sort_by_cached_key(|identity| collation::theme_sort_key(&shown(identity), order)),
    }
    let mut slugs = slugs(kind, closed, &identities, &used, sealed, &mut diagnostics);
    let mut list = Vec::new();
    let mut places = BTreeMap::new();
    for identity in identities {
        let declared = config_of(closed, &identity);
        places.insert(identity.clone(), list.len() as u32);
        list.push(Term {
            name: declared.map_or_else(|| shown(&identity), |term| term.name.value.clone()),
            address: format!("/{}/{}/", kind.folder(), slugs.remove(&identity).unwrap_or_default()),
            description: declared.and_then(|term| term.description.clone()),
            aliases: declared.map_or_else(Vec::new, |term| term.aliases.clone()),
            words: declared.map_or_else(Vec::new, |term| term.words.clone()),
            speeches: used[&identity].iter().map(|one| one.speech).collect(),
            speakers: Vec::new(),
        });
    }
    (Terms { list, places }, diagnostics)
}

fn config_of<'a>(closed: Option<&'a [TermConfig]>, identity: &str) -> Option<&'a TermConfig> {
    closed?.iter().find(|term| normalize::identity(&term.name.value) == identity)
}

/// An address for each identity: the explicit ones first, then those that were sealed, then by first use, oldest first.
fn slugs(
    kind: TermKind,
    closed: Option<&[TermConfig]>,
    identities: &[String],
    used: &BTreeMap<String, Vec<&Use<'_>>>,
    sealed: &SealedNames<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, String> {
    let mut taken: BTreeMap<String, String> = BTreeMap::new();
    let mut slugs = BTreeMap::new();
    let place_of = |identity: &String| match config_of(closed, identity) {
        Some(term) => term.name.place(crate::content::site_config::SITE_TOML),
        None => used[identity][0].name.place(used[identity][0].file),
    };
    for identity in identities {
        let Some(slug) = config_of(closed, identity).and_then(|term| term.slug.clone()) else { continue };
        if let Some(other) = taken.get(&slug) {
            let noun = kind.noun();
            let address = format!("/{}/{slug}/", kind.folder());
            let first = (place_of(other), noun.clone());
            diagnostics.push(Diagnostic::same_address(&address, first, (place_of(identity), noun)));
        }
        taken.insert(slug.clone(), identity.clone());
        slugs.insert(identity.clone(), slug);
    }
    for identity in identities {
        let Some(slug) = sealed.slug(identity, None).filter(|_| !slugs.contains_key(identity)) else {
            continue;
        };
        if let Some(other) = taken.get(slug) {
            let (first, second) = ((place_of(other), kind.noun()), (place_of(identity), kind.noun()));
            diagnostics.push(Diagnostic::same_address(&sealed.address(slug), first, second));
            continue;
        }
        taken.insert(slug.to_owned(), identity.clone());
        slugs.insert(identity.clone(), slug.to_owned());
    }
    let mut rest: Vec<&String> =
        identities.iter().filter(|identity| !slugs.contains_key(*identity)).collect();
    rest.sort_by_key(|identity| (used[*identity].iter().map(|one| (one.date, one.speech)).min(), *identity));
    for identity in rest {
        let name = &used[identity][0].name.value;
        let slug = address::slug(name);
        if slug.is_empty() {
            diagnostics.push(Diagnostic::no_address(place_of(identity), name));
        }
        let slug = free(&slug, |slug| taken.contains_key(slug) || sealed.is_taken(slug));
        taken.insert(slug.clone(), identity.clone());
        slugs.insert(identity.clone(), slug);
    }
    slugs
}

/// `slug`, or `slug-2`, `slug-3`… where it is taken.
pub(super) fn free(slug: &str, taken: impl Fn(&str) -> bool) -> String {
    let mut candidate = slug.to_owned();
    let mut number = 1;
    while taken(&candidate) {
        number += 1;
        candidate = format!("{slug}-{number}");
    }
    candidate
}
