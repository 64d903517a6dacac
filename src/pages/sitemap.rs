//! `sitemap.xml` (sitemaps.org protocol 0.9) and `robots.txt` (RFC 9309).

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::plan::{Page, Plan};
use super::vantage::template;
use crate::site::{Site, url};

/// Every page that search engines may list, with the day of its content where there is one.
pub fn sitemap(site: &Site, plan: &Plan) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new());
    let written = (|| {
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let root = writer
            .create_element("urlset")
            .with_attribute(("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"));
        root.write_inner_content(|writer| {
            for planned in plan.pages.iter().filter(|planned| is_listed(planned.page)) {
                let location = site.config.base_url.absolute(&url::encode(&planned.address));
                writer.create_element("url").write_inner_content(|writer| {
                    writer.create_element("loc").write_text_content(BytesText::new(&location))?;
                    if let Some(date) = last_modified(site, planned.page) {
                        writer.create_element("lastmod").write_text_content(BytesText::new(&date))?;
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
    !matches!(page, Page::Search | Page::NotFound | Page::Redirect(..) | Page::Withdrawn(_))
        && template(page).is_some()
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
