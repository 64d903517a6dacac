//! Atom feeds (RFC 4287) of the newest speeches: of the site, and of each saved search.

use jiff::civil::Date;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use rayon::prelude::*;

use super::plan::saved_address;
use super::vantage::summary;
use crate::content::markdown::Frame;
use crate::content::site_config::BaseUrl;
use crate::search::query::Query;
use crate::search::tokens::Script;
use crate::search::zones::{positions, zones};
use crate::site::links::{Destination, Targets};
use crate::site::{Site, Speech, edition, url};

/// Entries of the feed.
const ENTRY_LIMIT: usize = 50;

type Xml = Writer<Vec<u8>>;
type Written = std::io::Result<()>;

/// The feed of the site. Time stamps come from the content, so that the same content gives the same feed.
pub fn atom(site: &Site, targets: &Targets<'_>) -> Vec<u8> {
    let config = &site.config;
    let subtitle = config.subtitle.as_ref().or(config.description.as_ref());
    let about = About {
        title: config.title.clone(),
        subtitle: subtitle.cloned(),
        address: site.edition.address("/feed.xml"),
        identity: site.edition.address("/"),
        page: edition::absolute(site, &site.edition, "/"),
    };
    written(site, targets, &about, newest(site.speeches.iter()))
}

/// The feed of a saved search, by its place in `site.toml`: the newest speeches that answer its query.
pub fn saved_search(site: &Site, targets: &Targets<'_>, at: usize) -> Vec<u8> {
    let config = &site.config;
    let saved = &config.saved_searches[at];
    let script = Script::of(&config.language);
    let query = Query::new(&saved.query.value, script);
    let zones = zones(site, script);
    let found: Vec<bool> = site
        .speeches
        .par_iter()
        .map(|speech| query.matches(&positions(site, speech, zones, script)))
        .collect();
    let speeches = site.speeches.iter().zip(found).filter_map(|(speech, found)| found.then_some(speech));
    let address = site.edition.address(&saved_address(&saved.slug));
    let search = edition::absolute(site, &site.edition, "/search/");
    let about = About {
        title: format!("{} - {}", saved.name, config.title),
        subtitle: Some(saved.query.value.clone()),
        identity: address.clone(),
        address,
        page: format!("{search}?q={}", url::encode_value(&saved.query.value)),
    };
    written(site, targets, &about, newest(speeches))
}

/// What a feed says of itself.
struct About {
    title: String,
    subtitle: Option<String>,
    /// Its own address.
    address: String,
    /// The address of which its id is made.
    identity: String,
    /// The page that shows the same, absolute.
    page: String,
}

fn written(site: &Site, targets: &Targets<'_>, about: &About, speeches: Vec<&Speech>) -> Vec<u8> {
    let mut xml = Writer::new(Vec::new());
    let written = feed(&mut xml, site, targets, about, &speeches);
    debug_assert!(written.is_ok(), "writing into memory does not fail");
    xml.into_inner()
}

fn feed(xml: &mut Xml, site: &Site, targets: &Targets<'_>, about: &About, newest: &[&Speech]) -> Written {
    let config = &site.config;
    let updated = newest.iter().map(|speech| changed(speech)).max().unwrap_or(Date::constant(2000, 1, 1));
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = xml
        .create_element("feed")
        .with_attributes([("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", config.language.as_str())]);
    root.write_inner_content(|xml| {
        text(xml, "id", &id(&config.base_url, &about.identity))?;
        text(xml, "title", &about.title)?;
        if let Some(subtitle) = &about.subtitle {
            text(xml, "subtitle", subtitle)?;
        }
        text(xml, "updated", &timestamp(site, updated))?;
        link(xml, "self", "application/atom+xml", &config.base_url.absolute(&about.address))?;
        link(xml, "alternate", "text/html", &about.page)?;
        let author = config.footer.publisher.as_ref().unwrap_or(&config.title);
        xml.create_element("author").write_inner_content(|xml| text(xml, "name", author))?;
        for speech in newest {
            entry(xml, site, targets, speech)?;
        }
        Ok(())
    })?;
    Ok(())
}

fn newest<'a>(speeches: impl Iterator<Item = &'a Speech>) -> Vec<&'a Speech> {
    let mut speeches: Vec<&Speech> = speeches.collect();
    speeches.sort_by_key(|speech| std::cmp::Reverse(speech.date));
    speeches.truncate(ENTRY_LIMIT);
    speeches
}

fn entry(xml: &mut Xml, site: &Site, targets: &Targets<'_>, speech: &Speech) -> Written {
    let config = &site.config;
    let page = config.base_url.absolute(&url::encode(&speech.address));
    xml.create_element("entry").write_inner_content(|xml| {
        text(xml, "id", &id(&config.base_url, &speech.address))?;
        text(xml, "title", &title(speech))?;
        text(xml, "published", &timestamp(site, speech.date))?;
        text(xml, "updated", &timestamp(site, changed(speech)))?;
        link(xml, "alternate", "text/html", &page)?;
        for speaker in &speech.file.speakers {
            xml.create_element("author").write_inner_content(|xml| text(xml, "name", &speaker.name.value))?;
        }
        for theme in &speech.themes {
            let term = site[*theme].name.as_str();
            xml.create_element("category").with_attribute(("term", term)).write_empty()?;
        }
        text(xml, "summary", &summary(speech))?;
        let html = content(site, targets, speech, &page);
        xml.create_element("content")
            .with_attribute(("type", "html"))
            .write_text_content(BytesText::new(&html))?;
        Ok(())
    })?;
    Ok(())
}

fn title(speech: &Speech) -> String {
    match &speech.file.subtitle {
        Some(subtitle) => format!("{} {subtitle}", speech.file.title),
        None => speech.file.title.clone(),
    }
}

/// The text with absolute addresses only.
fn content(site: &Site, targets: &Targets<'_>, speech: &Speech, page: &str) -> String {
    let body = &speech.file.body;
    let absolute = |address: &str| site.config.base_url.absolute(&url::encode(address));
    let resolve = |link: usize| match targets.resolve(&speech.file.file, &body.links[link].target) {
        Destination::External(url) => Some(url),
        Destination::Here(fragment) => Some(format!("{page}#{}", url::encode(&fragment))),
        Destination::Internal(address, None) => Some(absolute(&address)),
        Destination::Internal(address, Some(fragment)) => {
            Some(format!("{}#{}", absolute(&address), url::encode(&fragment)))
        }
        Destination::Nowhere => None,
    };
    body.html(resolve, |_| Frame::default())
}

/// The day on which a speech last changed: its own, or that of its last correction.
pub fn changed(speech: &Speech) -> Date {
    let corrected = speech.file.corrections.iter().map(|correction| correction.date).max();
    corrected.map_or(speech.date, |date| date.max(speech.date))
}

/// The beginning of a day where the site is, in RFC 3339 form.
fn timestamp(site: &Site, date: Date) -> String {
    match date.to_zoned_datetime(site.config.time_zone.clone()) {
        Ok(zoned) => zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
        Err(_) => format!("{date}T00:00:00Z"),
    }
}

/// An id that depends on host and address alone: it outlives new titles and a move to another folder.
///
/// A UUID of version 8 (RFC 9562) made of a BLAKE3 digest.
fn id(base_url: &BaseUrl, address: &str) -> String {
    let digest = blake3::hash(format!("{}{address}", base_url.host()).as_bytes());
    let mut bytes = [0u8; 16];
    bytes.copy_from_slice(&digest.as_bytes()[..16]);
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

fn text(xml: &mut Xml, name: &str, value: &str) -> Written {
    xml.create_element(name).write_text_content(BytesText::new(value))?;
    Ok(())
}

fn link(xml: &mut Xml, rel: &str, kind: &str, href: &str) -> Written {
    xml.create_element("link")
        .with_attributes([("rel", rel), ("type", kind), ("href", href)])
        .write_empty()?;
    Ok(())
}
