//! A feed as Atom (RFC 4287).

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::{Author, Entry, Feed};

type Xml = Writer<Vec<u8>>;
type Written = std::io::Result<()>;

/// The bytes of the document.
pub(super) fn written(feed: &Feed<'_>) -> Vec<u8> {
    let mut xml = Writer::new(Vec::new());
    let written = document(&mut xml, feed);
    debug_assert!(written.is_ok(), "writing into memory does not fail");
    xml.into_inner()
}

fn document(xml: &mut Xml, feed: &Feed<'_>) -> Written {
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = xml
        .create_element("feed")
        .with_attributes([("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", feed.language)]);
    root.write_inner_content(|xml| {
        text(xml, "id", &feed.id)?;
        text(xml, "title", &feed.title)?;
        if let Some(subtitle) = &feed.subtitle {
            text(xml, "subtitle", subtitle)?;
        }
        text(xml, "updated", &feed.time(feed.updated()))?;
        link(xml, "self", "application/atom+xml", &feed.address)?;
        link(xml, "alternate", "text/html", &feed.page)?;
        xml.create_element("author").write_inner_content(|xml| text(xml, "name", feed.author))?;
        for one in &feed.entries {
            entry(xml, feed, one)?;
        }
        Ok(())
    })?;
    Ok(())
}

fn entry(xml: &mut Xml, feed: &Feed<'_>, entry: &Entry<'_>) -> Written {
    xml.create_element("entry").write_inner_content(|xml| {
        text(xml, "id", &entry.id)?;
        text(xml, "title", &entry.title)?;
        text(xml, "published", &feed.time(entry.published))?;
        text(xml, "updated", &feed.time(entry.updated))?;
        link(xml, "alternate", "text/html", &entry.page)?;
        for one in &entry.authors {
            author(xml, one)?;
        }
        for theme in &entry.themes {
            xml.create_element("category").with_attribute(("term", *theme)).write_empty()?;
        }
        text(xml, "summary", &entry.summary)?;
        if let Some(html) = &entry.html {
            let content = xml.create_element("content").with_attribute(("type", "html"));
            content.write_text_content(BytesText::new(html))?;
        }
        Ok(())
    })?;
    Ok(())
}

fn author(xml: &mut Xml, author: &Author<'_>) -> Written {
    xml.create_element("author").write_inner_content(|xml| {
        text(xml, "name", author.name)?;
        text(xml, "uri", &author.page)
    })?;
    Ok(())
}

fn text(xml: &mut Xml, name: &str, value: &str) -> Written {
    xml.create_element(name).write_text_content(BytesText::new(value))?;
    Ok(())
}

fn link(xml: &mut Xml, rel: &str, kind: &str, href: &str) -> Written {
    let link = xml.create_element("link");
    link.with_attributes([("rel", rel), ("type", kind), ("href", href)]).write_empty()?;
    Ok(())
}
