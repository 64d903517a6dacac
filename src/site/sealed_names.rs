//! Names that have an address for good: what was sealed for a theme, group or speaker.

use std::collections::BTreeMap;

use super::url::last_part;
use crate::chinese::normalize;
use crate::content::record_lock::{Record, What};

/// The sealed addresses of one folder, such as `/themes/`.
pub struct SealedNames<'r> {
    record: &'r Record,
    folder: &'static str,
    slugs: BTreeMap<(String, Option<String>), &'r str>,
}

impl<'r> SealedNames<'r> {
    /// Those of themes.
    pub fn themes(record: &'r Record) -> SealedNames<'r> {
        SealedNames::of(record, "themes", |what| match what {
            What::Theme(name) => Some((name, None)),
            _ => None,
        })
    }

    /// Those of groups.
    pub fn groups(record: &'r Record) -> SealedNames<'r> {
        SealedNames::of(record, "groups", |what| match what {
            What::Group(name) => Some((name, None)),
            _ => None,
        })
    }

    /// Those of speakers.
    pub fn speakers(record: &'r Record) -> SealedNames<'r> {
        SealedNames::of(record, "speakers", |what| match what {
            What::Speaker { name, key } => Some((name, key.clone())),
            _ => None,
        })
    }

    fn of(
        record: &'r Record,
        folder: &'static str,
        name: impl Fn(&What) -> Option<(&String, Option<String>)>,
    ) -> SealedNames<'r> {
        let mut slugs = BTreeMap::new();
        for (address, sealed) in record.iter() {
            let is_here = address.split('/').nth(1) == Some(folder);
            if let Some((name, key)) = name(&sealed.what).filter(|_| is_here) {
                slugs.entry((normalize::identity(name), key)).or_insert(last_part(address));
            }
        }
        SealedNames { record, folder, slugs }
    }

    /// The part of the address that was sealed for a name, with the key that tells people of one name apart.
    pub fn slug(&self, identity: &str, key: Option<&str>) -> Option<&'r str> {
        self.slugs.get(&(identity.to_owned(), key.map(str::to_owned))).copied()
    }

    /// Whether an address has been published, whatever stood there.
    pub fn is_taken(&self, slug: &str) -> bool {
        self.record.get(&self.address(slug)).is_some()
    }

    /// The whole address of a part.
    pub fn address(&self, slug: &str) -> String {
        format!("/{}/{slug}/", self.folder)
    }
}
