//! `sitemap.xml` (sitemaps.org protocol 0.9) and `robots.txt` (RFC 9309).

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::plan::{Page, Plan, Planned};
use crate::site::{Edition, Site, edition, url};

/// Every page that search engines may list, with the day of its content where there is one, and with the same page in
/// other languages (Google's extension by `xhtml:link`). Of editions with the same texts the first is listed.
pub fn sitemap(site: &Site, editions: &[Edition], plan: &Plan) -> Vec<u8> {
    let languages: Vec<&Edition> = editions.iter().filter(|edition| edition.has_texts()).collect();
    let languages = if languages.len() > 1 { languages } else { Vec::new() };
    let listed = |planned: &&Planned| is_listed(planned.page) && editions[planned.edition].has_texts();
    let mut writer = Writer::new(Vec::new());
    let written = (|| {
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let root = writer
            .create_element("urlset")
            .with_attribute(("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"));
        let root = match languages.is_empty() {
            true => root,
            false => root.with_attribute(("xmlns:xhtml", "http://www.w3.org/1999/xhtml")),
        };
        root.write_inner_content(|writer| {
            for planned in plan.pages.iter().filter(listed) {
                let location = site.config.base_url.absolute(&url::encode(&planned.address));
                writer.create_element("url").write_inner_content(|writer| {
                    writer.create_element("loc").write_text_content(BytesText::new(&location))?;
                    if let Some(date) = last_modified(site, planned.page) {
                        writer.create_element("lastmod").write_text_content(BytesText::new(&date))?;
                    }
                    let of_main = editions[planned.edition].of_main(&planned.address);
                    for edition in &languages {
                        let twin = edition::absolute(site, edition, of_main);
                        let link = writer.create_element("xhtml:link").with_attributes([
                            ("rel", "alternate"),
                            ("hreflang", edition.language.as_str()),
                            ("href", twin.as_str()),
                        ]);
                        link.write_empty()?;
                    }
                    Ok(())
                })?;
            }
            Ok(())
        })?;
        Ok::<(), std::io::Error>(())
    })();
    debug_assert!(written.is_ok(), "writing into memory does not fail");
    writer.into_inner()
}

fn is_listed(page: Page) -> bool {
    let is_hidden = matches!(
        page,
        Page::Search | Page::NotFound | Page::Redirect(_) | Page::Withdrawn(_) | Page::MeetingPrint(_)
    );
    !is_hidden && page.template().is_some()
}

fn last_modified(site: &Site, page: Page) -> Option<String> {
    let date = match page {
        Page::Speech(id) => super::feed::changed(&site[id]),
        Page::Meeting(id) => site[id].file.date,
        _ => return None,
    };
    Some(date.to_string())
}

/// Lets every robot in and names the sitemap.
pub fn robots(site: &Site) -> Vec<u8> {
    format!("User-agent: *\nAllow: /\nSitemap: {}\n", site.config.base_url.absolute("/sitemap.xml"))
        .into_bytes()
}
