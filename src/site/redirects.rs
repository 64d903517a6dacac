//! Old addresses and the pages that they lead to.

use std::collections::BTreeMap;

use super::edition::Edition;
use super::model::Site;
use crate::content::fields::Located;
use crate::content::site_config::SITE_TOML;
use crate::diagnostic::{Diagnostic, Message, Place};
use crate::output::path_of;

/// An old address that leads to a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The old address: `/old/a/` or `/old.html`.
    pub from: String,
    /// The address of the page.
    pub to: String,
    /// The page's title; none of a withdrawn speech.
    pub title: Option<String>,
    /// The source that asks for it, and what it is there.
    pub cause: (Place, Message),
}

/// All redirects that the editors of `site`, the main edition, ask for, sorted by old address.
///
/// An alias below the path of another edition leads to the page in that edition. An alias that is the page's own
/// address is an error.
pub fn gather(site: &Site) -> (Vec<Redirect>, Vec<Diagnostic>) {
    let editions = Edition::all(&site.config);
    let mut redirects = Vec::new();
    let mut wrong = Vec::new();
    for owner in owners(site) {
        for alias in owner.aliases {
            let from = as_page(&alias.value);
            if path_of(&from).to_lowercase() == path_of(owner.address) {
                wrong.push(Diagnostic::alias_to_itself(alias.place(owner.file), &alias.value));
                continue;
            }
            let to = format!("{}{}", prefix_of(&from, &editions), owner.address);
            let cause = (alias.place(owner.file), Message::new("旧地址", "the alias"));
            redirects.push(Redirect { from, to, title: owner.title.map(str::to_owned), cause });
        }
    }
    let titles = titles(site);
    for one in &site.config.redirects {
        let (from, to) = (as_page(&one.from.value), as_page(&one.to.value));
        let title = titles.get(to.as_str()).map(|title| (*title).to_owned());
        let cause = (one.from.place(SITE_TOML), Message::new("旧地址", "the redirect"));
        redirects.push(Redirect { title, from, to, cause });
    }
    redirects.sort_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
    (redirects, wrong)
}

/// The redirects of `main` as they stand in another edition, `own`.
pub(super) fn in_edition(main: &Site, own: &Site) -> Vec<Redirect> {
    let editions = Edition::all(&main.config);
    let titles = titles(own);
    let of_main = main.redirects.iter().filter(|one| prefix_of(&one.from, &editions).is_empty());
    let own = of_main.map(|one| {
        let to = own.edition.address(&one.to);
        let title = titles.get(to.as_str()).map(|title| (*title).to_owned());
        Redirect { from: format!("{}{}", own.edition.prefix, one.from), to, title, cause: one.cause.clone() }
    });
    own.collect()
}

/// Whether the old address of a redirect stands in the main edition.
pub(super) fn is_of_main(redirect: &Redirect, main: &Site) -> bool {
    prefix_of(&redirect.from, &Edition::all(&main.config)).is_empty()
}

/// The title of the page at each address that the record of a site has.
pub fn titles(site: &Site) -> BTreeMap<&str, &str> {
    owners(site).filter_map(|owner| Some((owner.address, owner.title?))).collect()
}

/// What can have aliases.
struct Owner<'a> {
    file: &'a str,
    address: &'a str,
    title: Option<&'a str>,
    aliases: &'a [Located<String>],
}

fn owners(site: &Site) -> impl Iterator<Item = Owner<'_>> {
    let meetings = site.meetings.iter().map(|meeting| Owner {
        file: &meeting.file.file,
        address: &meeting.address,
        title: Some(meeting.name()),
        aliases: &meeting.file.aliases,
    });
    let speeches = site.speeches.iter().map(|speech| Owner {
        file: &speech.file.file,
        address: &speech.address,
        title: Some(&speech.file.title),
        aliases: &speech.file.rest().aliases,
    });
    let withdrawn = site.withdrawn.iter().map(|withdrawn| Owner {
        file: &withdrawn.file,
        address: &withdrawn.address,
        title: None,
        aliases: &withdrawn.aliases,
    });
    let terms = site.themes.iter().chain(&site.groups).map(|term| Owner {
        file: SITE_TOML,
        address: &term.address,
        title: Some(&term.name),
        aliases: &term.aliases,
    });
    let speakers = site.speakers.iter().map(|speaker| Owner {
        file: speaker.file.as_deref().unwrap_or(SITE_TOML),
        address: &speaker.address,
        title: Some(&speaker.name),
        aliases: &speaker.aliases,
    });
    let standing = site.standing.iter().map(|page| Owner {
        file: &page.file.file,
        address: &page.address,
        title: Some(&page.file.title),
        aliases: &page.file.aliases,
    });
    meetings.chain(speeches).chain(withdrawn).chain(terms).chain(speakers).chain(standing)
}

/// The prefix of the edition, other than the main one, whose path an address lies below; else nothing.
fn prefix_of<'e>(address: &str, editions: &'e [Edition]) -> &'e str {
    let prefixes = editions.iter().skip(1).map(|edition| edition.prefix.as_str());
    let is_below = |prefix: &&str| address.strip_prefix(*prefix).is_some_and(|rest| rest.starts_with('/'));
    prefixes.into_iter().find(is_below).unwrap_or_default()
}

/// An alias names a page; without a file name it is a folder's.
fn as_page(alias: &str) -> String {
    let file = alias.rsplit('/').next().unwrap_or_default();
    if alias.ends_with('/') || file.contains('.') { alias.to_owned() } else { format!("{alias}/") }
}
