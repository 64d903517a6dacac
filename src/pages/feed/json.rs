//! A feed as JSON Feed 1.1, see jsonfeed.org.

use serde::Serialize;

use super::{Entry, Feed};

#[derive(Serialize)]
struct Document<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    authors: Vec<Person<'a>>,
    language: &'a str,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    #[serde(flatten)]
    content: Content<'a>,
    date_published: String,
    date_modified: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Person<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    tags: &'a [&'a str],
}

/// An item must have a content; a summary alone is one of plain text.
#[derive(Serialize)]
#[serde(untagged)]
enum Content<'a> {
    Whole { content_html: &'a str, summary: &'a str },
    Summary { content_text: &'a str },
}

#[derive(Serialize)]
struct Person<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

/// The bytes of the document.
pub(super) fn written(feed: &Feed<'_>) -> Vec<u8> {
    let document = Document {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        home_page_url: &feed.page,
        feed_url: &feed.address,
        description: feed.subtitle.as_deref(),
        authors: vec![Person { name: feed.author, url: None }],
        language: feed.language,
        items: feed.entries.iter().map(|entry| item(feed, entry)).collect(),
    };
    serde_json::to_vec(&document).unwrap_or_default()
}

fn item<'a>(feed: &Feed<'_>, entry: &'a Entry<'_>) -> Item<'a> {
    let content = match &entry.html {
        Some(html) => Content::Whole { content_html: html, summary: &entry.summary },
        None => Content::Summary { content_text: &entry.summary },
    };
    let authors = entry.authors.iter().map(|author| Person { name: author.name, url: Some(&author.page) });
    Item {
        id: &entry.id,
        url: &entry.page,
        title: &entry.title,
        content,
        date_published: feed.time(entry.published),
        date_modified: feed.time(entry.updated),
        authors: authors.collect(),
        tags: &entry.themes,
    }
}
