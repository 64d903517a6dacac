//! Sitemaps (sitemaps.org protocol 0.9), in several files where one would be too long, and `robots.txt` (RFC 9309).

use std::ops::Range;

use jiff::civil::Date;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::last_change::LastChanges;
use super::plan::{Page, Planned};
use crate::content::site_config::BaseUrl;
use crate::site::{Edition, Site, edition, url};

/// The namespace of both kinds of document.
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
/// Room for what stands around the addresses of a document.
const FRAME: usize = 512;

/// How long one document may be.
#[derive(Debug, Clone, Copy)]
struct Limits {
    addresses: usize,
    bytes: usize,
}

/// The protocol's: 50,000 addresses and 50 MB, not compressed.
const LIMITS: Limits = Limits { addresses: 50_000, bytes: 52_428_800 };

type Xml = Writer<Vec<u8>>;
type Written = std::io::Result<()>;

/// What sitemaps are made of.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// The main edition.
    pub site: &'a Site,
    /// All editions, the main one first.
    pub editions: &'a [Edition],
    /// The pages of all editions.
    pub pages: &'a [Planned],
}

/// How many documents there are beside `sitemap.xml`: none where all addresses fit into that one.
pub fn parts(sources: Sources<'_>) -> usize {
    match List::of(sources).cut(LIMITS).len() {
        1 => 0,
        parts => parts,
    }
}

/// The address of a part, from 1.
pub fn part_address(number: usize) -> String {
    format!("/sitemap-{number}.xml")
}

/// `sitemap.xml`: every page that search engines may list, with the day of its content where there is one, and with the
/// same page in other languages (Google's extension by `xhtml:link`); or, where these are too many, the parts that list
/// them. Of editions with the same texts the first is listed.
pub fn sitemap(sources: Sources<'_>) -> Vec<u8> {
    let list = List::of(sources);
    match list.cut(LIMITS).as_slice() {
        [whole] => list.urlset(whole),
        parts => list.index(parts, &sources.site.config.base_url),
    }
}

/// One of several parts, from 1.
pub fn part(sources: Sources<'_>, number: usize) -> Vec<u8> {
    let list = List::of(sources);
    list.cut(LIMITS).get(number - 1).map(|part| list.urlset(part)).unwrap_or_default()
}

/// All addresses as they are written, to be cut into documents.
struct List {
    /// The `url` elements, one after the other.
    bytes: Vec<u8>,
    /// Where each of them ends.
    ends: Vec<usize>,
    /// The day of each.
    dates: Vec<Option<Date>>,
    /// Pages are named in several languages.
    has_languages: bool,
}

impl List {
    fn of(sources: Sources<'_>) -> List {
        let Sources { site, editions, pages } = sources;
        let changes = LastChanges::of(site);
        let languages: Vec<&Edition> = editions.iter().filter(|edition| edition.has_texts()).collect();
        let languages = if languages.len() > 1 { languages } else { Vec::new() };
        let mut list = List::new(!languages.is_empty());
        let listed = |planned: &&Planned| is_listed(planned.page) && editions[planned.edition].has_texts();
        for planned in pages.iter().filter(listed) {
            let of_main = editions[planned.edition].of_main(&planned.address);
            let twin =
                |edition: &&Edition| (edition.language.clone(), edition::absolute(site, edition, of_main));
            let twins: Vec<(String, String)> = languages.iter().map(twin).collect();
            let location = site.config.base_url.absolute(&url::encode(&planned.address));
            list.add(&location, changes.of_page(site, planned.page), &twins);
        }
        list
    }

    fn new(has_languages: bool) -> List {
        List { bytes: Vec::new(), ends: Vec::new(), dates: Vec::new(), has_languages }
    }

    /// Adds an address with its day, and with its twins: language and address.
    fn add(&mut self, location: &str, date: Option<Date>, twins: &[(String, String)]) {
        let mut xml = Writer::new(std::mem::take(&mut self.bytes));
        let written = xml.create_element("url").write_inner_content(|xml| {
            text(xml, "loc", location)?;
            if let Some(date) = date {
                text(xml, "lastmod", &date.to_string())?;
            }
            for (language, twin) in twins {
                let link = xml.create_element("xhtml:link").with_attributes([
                    ("rel", "alternate"),
                    ("hreflang", language.as_str()),
                    ("href", twin.as_str()),
                ]);
                link.write_empty()?;
            }
            Ok(())
        });
        debug_assert!(written.is_ok(), "writing into memory does not fail");
        self.bytes = xml.into_inner();
        self.ends.push(self.bytes.len());
        self.dates.push(date);
    }

    fn begin(&self, at: usize) -> usize {
        at.checked_sub(1).map_or(0, |before| self.ends[before])
    }

    /// Which addresses stand in each document; at least one document.
    fn cut(&self, limits: Limits) -> Vec<Range<usize>> {
        let mut parts = Vec::new();
        let mut from = 0;
        for at in 0..self.ends.len() {
            let is_full = at - from == limits.addresses
                || self.ends[at] - self.begin(from) > limits.bytes.saturating_sub(FRAME);
            if is_full && at > from {
                parts.push(from..at);
                from = at;
            }
        }
        parts.push(from..self.ends.len());
        parts
    }

    /// One document of addresses.
    fn urlset(&self, part: &Range<usize>) -> Vec<u8> {
        let mut attributes = vec![("xmlns", NAMESPACE)];
        if self.has_languages {
            attributes.push(("xmlns:xhtml", "http://www.w3.org/1999/xhtml"));
        }
        let elements = &self.bytes[self.begin(part.start)..self.begin(part.end)];
        document("urlset", &attributes, |xml| std::io::Write::write_all(xml.get_mut(), elements))
    }

    /// The document that names the others.
    fn index(&self, parts: &[Range<usize>], base_url: &BaseUrl) -> Vec<u8> {
        document("sitemapindex", &[("xmlns", NAMESPACE)], |xml| {
            for (i, part) in parts.iter().enumerate() {
                xml.create_element("sitemap").write_inner_content(|xml| {
                    text(xml, "loc", &base_url.absolute(&part_address(i + 1)))?;
                    match self.dates[part.clone()].iter().flatten().max() {
                        Some(date) => text(xml, "lastmod", &date.to_string()),
                        None => Ok(()),
                    }
                })?;
            }
            Ok(())
        })
    }
}

fn document(name: &str, attributes: &[(&str, &str)], content: impl FnOnce(&mut Xml) -> Written) -> Vec<u8> {
    let mut xml = Writer::new(Vec::new());
    let written = (|| {
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        xml.write_event(Event::Start(start))?;
        content(&mut xml)?;
        xml.write_event(Event::End(BytesEnd::new(name)))
    })();
    debug_assert!(written.is_ok(), "writing into memory does not fail");
    xml.into_inner()
}

fn text(xml: &mut Xml, name: &str, value: &str) -> Written {
    xml.create_element(name).write_text_content(BytesText::new(value))?;
    Ok(())
}

fn is_listed(page: Page) -> bool {
    let is_hidden = matches!(
        page,
        Page::Search | Page::NotFound | Page::Redirect(_) | Page::Withdrawn(_) | Page::MeetingPrint(_)
    );
    !is_hidden && page.template().is_some()
}

/// Lets every robot in and names the sitemap.
pub fn robots(site: &Site) -> Vec<u8> {
    format!("User-agent: *\nAllow: /\nSitemap: {}\n", site.config.base_url.absolute("/sitemap.xml"))
        .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(addresses: usize) -> List {
        let mut list = List::new(false);
        for n in 0..addresses {
            list.add(&format!("https://fayan.example/{n}/"), Some(Date::constant(2025, 1, 9)), &[]);
        }
        list
    }

    fn locations(xml: &[u8]) -> Vec<String> {
        let text = String::from_utf8_lossy(xml);
        text.split("<loc>").skip(1).filter_map(|rest| Some(rest.split_once("</loc>")?.0.to_owned())).collect()
    }

    #[test]
    fn one_address_more_than_the_protocol_allows_makes_two_parts() {
        assert_eq!(list(50_000).cut(LIMITS).len(), 1);
        let list = list(50_001);
        let parts = list.cut(LIMITS);
        assert_eq!(parts, [0..50_000, 50_000..50_001]);
        let index = list.index(&parts, &BaseUrl::new("https://fayan.example/zx/"));
        let part = |n: usize| {
            let address = format!("https://fayan.example/zx/sitemap-{n}.xml");
            format!("<sitemap><loc>{address}</loc><lastmod>2025-01-09</lastmod></sitemap>")
        };
        let frame = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><sitemapindex xmlns=\"{NAMESPACE}\">");
        assert_eq!(String::from_utf8_lossy(&index), format!("{frame}{}{}</sitemapindex>", part(1), part(2)));
        let all: Vec<String> = parts.iter().flat_map(|part| locations(&list.urlset(part))).collect();
        assert_eq!(all, (0..50_001).map(|n| format!("https://fayan.example/{n}/")).collect::<Vec<_>>());
    }

    #[test]
    fn no_part_has_more_bytes_than_are_allowed() {
        let list = list(1000);
        let limits = Limits { addresses: 1000, bytes: 4096 };
        let parts = list.cut(limits);
        assert!(parts.len() > 10, "{}", parts.len());
        assert!(parts.iter().all(|part| list.urlset(part).len() <= limits.bytes));
        assert_eq!(parts.iter().map(Range::len).sum::<usize>(), 1000);
        assert!(parts.windows(2).all(|pair| pair[0].end == pair[1].start));
    }

    #[test]
    fn a_site_without_addresses_has_one_empty_document() {
        let parts = list(0).cut(LIMITS);
        assert!(parts.len() == 1 && parts[0].is_empty());
    }
}
