//! The OpenSearch description (OpenSearch 1.1): browsers and portals offer the search as one of their own.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::tera_theme::TeraTheme;
use crate::site::{Site, edition};

/// Characters that `ShortName` may have.
const SHORT_NAME: usize = 16;
/// Characters that `Description` may have.
const DESCRIPTION: usize = 1024;

/// The description.
pub fn description(site: &Site, theme: &TeraTheme) -> Vec<u8> {
    let config = &site.config;
    let about = config.description.as_ref().or(config.subtitle.as_ref()).unwrap_or(&config.title);
    let search = format!("{}?q={{searchTerms}}", edition::absolute(site, &site.edition, "/search/"));
    let own = edition::absolute(site, &site.edition, "/opensearch.xml");
    let icon = theme.assets.iter().find(|asset| asset.address.contains("/icon.")).map(|asset| &asset.address);
    let cut = |text: &str, limit: usize| text.chars().take(limit).collect::<String>();
    let mut xml = Writer::new(Vec::new());
    let written = (|| {
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let root = xml
            .create_element("OpenSearchDescription")
            .with_attribute(("xmlns", "http://a9.com/-/spec/opensearch/1.1/"));
        root.write_inner_content(|xml| {
            let texts = [
                ("ShortName", cut(&config.title, SHORT_NAME)),
                ("Description", cut(about, DESCRIPTION)),
                ("Language", config.language.clone()),
                ("InputEncoding", "UTF-8".into()),
            ];
            for (name, value) in texts {
                xml.create_element(name).write_text_content(BytesText::new(&value))?;
            }
            if let Some(icon) = icon {
                let address = site.absolute(icon);
                let image = xml.create_element("Image").with_attribute(("type", "image/svg+xml"));
                image.write_text_content(BytesText::new(&address))?;
            }
            for (kind, rel, template) in
                [("text/html", "results", &search), ("application/opensearchdescription+xml", "self", &own)]
            {
                xml.create_element("Url")
                    .with_attributes([("type", kind), ("rel", rel), ("template", template.as_str())])
                    .write_empty()?;
            }
            Ok(())
        })?;
        Ok::<(), std::io::Error>(())
    })();
    debug_assert!(written.is_ok(), "writing into memory does not fail");
    xml.into_inner()
}
