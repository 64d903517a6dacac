//! Sitemaps (sitemaps.org protocol 0.9), in several files where one would be too long, and `robots.txt` (RFC 9309).

use std::ops::Range;

use jiff::civil::Date;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::last_change::LastChanges;
use super::plan::{Page, Planned};
use crate::site::{Edition, Site, edition};

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

/// The address of a part, from 1.
pub fn part_address(number: usize) -> String {
    format!("/sitemap-{number}.xml")
}

/// How the sitemap of a site is cut into documents.
#[derive(Debug, Default)]
pub struct Sitemap {
    changes: LastChanges,
    /// At least one, unless there are no pages at all.
    parts: Vec<Part>,
}

impl Sitemap {
    /// Measures all addresses; they are not kept, as there may be a million.
    pub fn of(sources: Sources<'_>) -> Sitemap {
        let (changes, languages) = (LastChanges::of(sources.site), sources.languages());
        let mut cut = Cut::new(LIMITS);
        for at in 0..sources.pages.len() {
            if let Some((element, date)) = sources.element(at, &changes, &languages) {
                cut.add(at, element.len(), date);
            }
        }
        Sitemap { changes, parts: cut.parts }
    }

    /// How many documents there are beside `sitemap.xml`: none where all addresses fit into that one.
    pub fn parts(&self) -> usize {
        if self.parts.len() > 1 { self.parts.len() } else { 0 }
    }

    /// `sitemap.xml`: every page that search engines may list, with the day of its content where there is one, and with the
    /// same page in other languages (Google's extension by `xhtml:link`); or, where these are too many, the parts that list
    /// them. Of editions with the same texts the first is listed.
    pub fn whole(&self, sources: Sources<'_>) -> Vec<u8> {
        match self.parts.as_slice() {
            [] => urlset(&[], !sources.languages().is_empty()),
            [whole] => self.document(sources, whole),
            parts => index(parts, |address| sources.site.absolute(address)),
        }
    }

    /// One of several parts, from 1.
    pub fn part(&self, sources: Sources<'_>, number: usize) -> Vec<u8> {
        self.parts.get(number - 1).map(|part| self.document(sources, part)).unwrap_or_default()
    }

    fn document(&self, sources: Sources<'_>, part: &Part) -> Vec<u8> {
        let languages = sources.languages();
        let elements = part.pages.clone().filter_map(|at| sources.element(at, &self.changes, &languages));
        let elements: Vec<Vec<u8>> = elements.map(|(element, _)| element).collect();
        urlset(&elements.concat(), !languages.is_empty())
    }
}

impl Sources<'_> {
    /// The editions that each page is named in, where there are several with texts of their own.
    fn languages(&self) -> Vec<&Edition> {
        let languages: Vec<&Edition> = self.editions.iter().filter(|edition| edition.has_texts()).collect();
        if languages.len() > 1 { languages } else { Vec::new() }
    }

    /// The element of a page, and the day on which the page last changed; none where it is not listed.
    fn element(
        &self,
        at: usize,
        changes: &LastChanges,
        languages: &[&Edition],
    ) -> Option<(Vec<u8>, Option<Date>)> {
        let planned = &self.pages[at];
        let edition = &self.editions[planned.edition];
        if !is_listed(planned.page) || !edition.has_texts() {
            return None;
        }
        let of_main = edition.of_main(&planned.address);
        let twin =
            |edition: &&Edition| (edition.language.clone(), edition::absolute(self.site, edition, of_main));
        let twins: Vec<(String, String)> = languages.iter().map(twin).collect();
        let date = changes.of_page(self.site, planned.page);
        Some((element(&self.site.absolute(&planned.address), date, &twins), date))
    }
}

/// What of the pages one document lists.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    /// The pages, and between them some that are not listed.
    pages: Range<usize>,
    /// The last change of any of them.
    newest: Option<Date>,
    addresses: usize,
    bytes: usize,
}

/// Cuts addresses into documents, one after the other.
struct Cut {
    limits: Limits,
    parts: Vec<Part>,
}

impl Cut {
    fn new(limits: Limits) -> Cut {
        Cut { limits, parts: Vec::new() }
    }

    /// Adds a page whose element has so many bytes.
    fn add(&mut self, page: usize, bytes: usize, date: Option<Date>) {
        let Limits { addresses: most, bytes: room } = self.limits;
        let has_room = |last: &&mut Part| last.addresses < most && last.bytes + bytes + FRAME <= room;
        match self.parts.last_mut().filter(has_room) {
            Some(last) => {
                last.pages.end = page + 1;
                last.newest = last.newest.max(date);
                last.addresses += 1;
                last.bytes += bytes;
            }
            None => self.parts.push(Part { pages: page..page + 1, newest: date, addresses: 1, bytes }),
        }
    }
}

/// An address with its day, and with its twins: language and address.
fn element(location: &str, date: Option<Date>, twins: &[(String, String)]) -> Vec<u8> {
    let mut xml = Writer::new(Vec::new());
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
    xml.into_inner()
}

/// One document of addresses.
fn urlset(elements: &[u8], has_languages: bool) -> Vec<u8> {
    let mut attributes = vec![("xmlns", NAMESPACE)];
    if has_languages {
        attributes.push(("xmlns:xhtml", "http://www.w3.org/1999/xhtml"));
    }
    document("urlset", &attributes, |xml| std::io::Write::write_all(xml.get_mut(), elements))
}

/// The document that names the others.
fn index(parts: &[Part], absolute: impl Fn(&str) -> String) -> Vec<u8> {
    document("sitemapindex", &[("xmlns", NAMESPACE)], |xml| {
        for (i, part) in parts.iter().enumerate() {
            xml.create_element("sitemap").write_inner_content(|xml| {
                text(xml, "loc", &absolute(&part_address(i + 1)))?;
                match part.newest {
                    Some(date) => text(xml, "lastmod", &date.to_string()),
                    None => Ok(()),
                }
            })?;
        }
        Ok(())
    })
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
    format!("User-agent: *\nAllow: /\nSitemap: {}\n", site.absolute("/sitemap.xml")).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(n: usize) -> Vec<u8> {
        element(&format!("https://fayan.example/{n}/"), Some(Date::constant(2025, 1, 9)), &[])
    }

    fn cut(addresses: usize, limits: Limits) -> Vec<Part> {
        let mut cut = Cut::new(limits);
        (0..addresses).for_each(|n| cut.add(n, written(n).len(), Some(Date::constant(2025, 1, 9))));
        cut.parts
    }

    fn document_of(part: &Part) -> Vec<u8> {
        urlset(&part.pages.clone().flat_map(written).collect::<Vec<u8>>(), false)
    }

    fn locations(xml: &[u8]) -> Vec<String> {
        let text = String::from_utf8_lossy(xml);
        text.split("<loc>").skip(1).filter_map(|rest| Some(rest.split_once("</loc>")?.0.to_owned())).collect()
    }

    #[test]
    fn one_address_more_than_the_protocol_allows_makes_two_parts() {
        assert_eq!(cut(50_000, LIMITS).len(), 1);
        let parts = cut(50_001, LIMITS);
        let pages: Vec<Range<usize>> = parts.iter().map(|part| part.pages.clone()).collect();
        assert_eq!(pages, [0..50_000, 50_000..50_001]);
        let index = index(&parts, |address| format!("https://fayan.example/zx{address}"));
        let part = |n: usize| {
            let address = format!("https://fayan.example/zx/sitemap-{n}.xml");
            format!("<sitemap><loc>{address}</loc><lastmod>2025-01-09</lastmod></sitemap>")
        };
        let frame = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><sitemapindex xmlns=\"{NAMESPACE}\">");
        assert_eq!(String::from_utf8_lossy(&index), format!("{frame}{}{}</sitemapindex>", part(1), part(2)));
        let all: Vec<String> = parts.iter().flat_map(|part| locations(&document_of(part))).collect();
        assert_eq!(all, (0..50_001).map(|n| format!("https://fayan.example/{n}/")).collect::<Vec<_>>());
    }

    #[test]
    fn no_part_has_more_bytes_than_are_allowed() {
        let limits = Limits { addresses: 1000, bytes: 4096 };
        let parts = cut(1000, limits);
        assert!(parts.len() > 10, "{}", parts.len());
        assert!(parts.iter().all(|part| document_of(part).len() <= limits.bytes));
        assert_eq!(parts.iter().map(|part| part.pages.len()).sum::<usize>(), 1000);
        assert!(parts.windows(2).all(|pair| pair[0].pages.end == pair[1].pages.start));
    }

    #[test]
    fn a_site_without_addresses_has_one_empty_document() {
        assert!(cut(0, LIMITS).is_empty());
        let empty =
            format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><urlset xmlns=\"{NAMESPACE}\"></urlset>");
        assert_eq!(String::from_utf8_lossy(&urlset(&[], false)), empty);
    }
}
