//! What the search page and the page for portals show.

use serde::Deserialize;

use super::feed::{Form, Subject};
use super::vantage::Vantage;
use super::view::{EmbedView, LinkView, PreloadView, SavedSearchView, SearchView};
use crate::content::site_config::{LinkStyle, SavedSearch};
use crate::search::client;
use crate::site::{edition, url};

/// What the lists' addresses are made of, as the manifest of the index has it.
#[derive(Deserialize)]
struct Preloaded {
    numbering: String,
    version: String,
    bits: Bits,
}

#[derive(Deserialize)]
struct Bits {
    lists: u32,
}

impl<'a> Vantage<'a> {
    /// `search`.
    pub fn search(&self) -> SearchView<'a> {
        let config = &self.site.config;
        let search_for = |query: &str| format!("{}?q={}", self.own_url("/search/"), url::encode_value(query));
        let hot = |word: &'a String| LinkView { name: word, url: search_for(word) };
        let saved = |(at, saved): (usize, &'a SavedSearch)| SavedSearchView {
            name: &saved.name,
            url: search_for(&saved.query.value),
            feed_url: self.url(&Subject::SavedSearch(at).address(self.site, Form::Atom)),
        };
        let edition = &self.site.edition;
        let texts = format!("{}/", edition.texts);
        SearchView {
            base_url: url::relative(self.address, &texts, LinkStyle::Folder),
            pages: (!edition.has_texts())
                .then(|| url::relative(&texts, &edition.address("/"), LinkStyle::Folder)),
            hot_words: config.search.hot_words.iter().map(hot).collect(),
            saved: config.saved_searches.iter().enumerate().map(saved).collect(),
        }
    }

    /// `preload`, from the manifest of the index.
    pub fn preload(&self, manifest: &str) -> Option<PreloadView> {
        let index: Preloaded = serde_json::from_str(manifest).ok()?;
        let lists = format!("{}/search/{}/lists/", self.site.edition.texts, index.numbering);
        let lists_url = url::relative(self.address, &lists, LinkStyle::Folder);
        Some(PreloadView { lists_url, bits: index.bits.lists, version: index.version })
    }

    /// `embed`.
    pub fn embed(&self) -> EmbedView<'a> {
        let absolute = |address: &str| edition::absolute(self.site, &self.site.edition, address);
        let feed = |form: Form| {
            let is_written = Subject::Site.is_written(self.site);
            is_written.then(|| self.site.absolute(&Subject::Site.address(self.site, form)))
        };
        EmbedView {
            script_url: absolute("/embed.js"),
            integrity: client::integrity(&client::script(&self.theme.words, self.site.config.links)),
            search_url: absolute("/search/"),
            embed_url: absolute("/embed/"),
            opensearch_url: absolute("/opensearch.xml"),
            index_url: absolute("/search/index.json"),
            data_url: absolute("/search/speeches.json"),
            sitemap_url: self.site.absolute("/sitemap.xml"),
            feed_url: feed(Form::Atom),
            feed_json_url: feed(Form::Json),
            base_url: self.site.folder(),
            origin: &self.site.config.base_url.origin,
        }
    }
}
