//! The same page in the other editions: links for readers, and addresses for search engines.

use super::vantage::Vantage;
use super::view::{AlternateView, EditionView};
use crate::site::{Edition, edition};

/// Kinds of pages that the main edition alone has.
const SINGLE: [&str; 2] = ["404", "redirect"];

impl<'a> Vantage<'a> {
    /// The address in the main edition of what this page shows.
    fn of_main(&self) -> &'a str {
        self.site.edition.of_main(self.address)
    }

    /// This page in `edition`; what an edition leaves to another is shown there.
    fn twin(&self, edition: &Edition) -> String {
        edition.address(self.of_main())
    }

    /// The absolute address under which search engines should know this page: of editions with the same texts, that
    /// of the first.
    pub fn canonical(&self) -> String {
        self.canonical_of(self.address)
    }

    /// The same of the page at `address` in this edition.
    pub fn canonical_of(&self, address: &str) -> String {
        let own = &self.site.edition;
        let first = self.editions.iter().find(|edition| edition.prefix == own.texts);
        edition::absolute(self.site, first.unwrap_or(own), own.of_main(address))
    }

    /// Links to this page in all editions, itself included; none where there is only one edition.
    pub fn edition_links(&self, kind: &str) -> Vec<EditionView<'a>> {
        if self.editions.len() < 2 {
            return Vec::new();
        }
        let link = |edition: &'a Edition| EditionView {
            name: edition.name.as_deref().unwrap_or_else(|| self.word("edition_main")),
            url: if SINGLE.contains(&kind) {
                self.url(&edition.address("/"))
            } else {
                self.url(&self.twin(edition))
            },
            language: &edition.language,
            current: edition.prefix == self.site.edition.prefix,
        };
        self.editions.iter().map(link).collect()
    }

    /// The absolute address of this page in each language, where there are several.
    pub fn alternates(&self, kind: &str) -> Vec<AlternateView<'a>> {
        let with_texts: Vec<&'a Edition> =
            self.editions.iter().filter(|edition| edition.has_texts()).collect();
        if with_texts.len() < 2 || SINGLE.contains(&kind) {
            return Vec::new();
        }
        let alternate = |edition: &&'a Edition| AlternateView {
            language: &edition.language,
            url: edition::absolute(self.site, edition, self.of_main()),
        };
        with_texts.iter().map(alternate).collect()
    }
}
