//! Internet Information Services 8.5 and newer: `web.config`.
//!
//! Only sections that every installation knows: one unknown section, and IIS answers nothing but an error. Redirects need
//! modules that are not always there, so old addresses are left to their pages.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::Publication;
use super::policy::{KEEP, REVALIDATE, TYPES, content_policy, everywhere, media_type};

type Xml = Writer<Vec<u8>>;
type Written = std::io::Result<()>;

/// `web.config`.
pub(super) fn web_config(publication: &Publication<'_>) -> String {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    let written = configuration(&mut xml, publication);
    debug_assert!(written.is_ok(), "writing into memory does not fail");
    let mut text = String::from_utf8_lossy(&xml.into_inner()).into_owned();
    text.push('\n');
    text
}

fn configuration(xml: &mut Xml, publication: &Publication<'_>) -> Written {
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.write_event(Event::Comment(BytesText::new(
        " plenary 生成，每次生成都会重写。Written by plenary, again with every build. ",
    )))?;
    xml.create_element("configuration").write_inner_content(|xml| {
        let mut common = everywhere(publication.config);
        common.push(("Content-Security-Policy", content_policy(false)));
        common.push(("X-Frame-Options", "SAMEORIGIN".to_owned()));
        xml.create_element("system.webServer").write_inner_content(|xml| {
            index(xml)?;
            types(xml)?;
            not_found(xml)?;
            headers(xml, &common, &[])
        })?;
        for location in locations(publication) {
            xml.create_element("location")
                .with_attribute(("path", location.path.as_str()))
                .write_inner_content(|xml| {
                    xml.create_element("system.webServer").write_inner_content(|xml| {
                        if location.is_kept {
                            xml.create_element("staticContent")
                                .write_inner_content(|xml| cache(xml, KEEP))?;
                        }
                        headers(xml, &location.headers, &location.without)
                    })?;
                    Ok(())
                })?;
        }
        Ok(())
    })?;
    Ok(())
}

fn index(xml: &mut Xml) -> Written {
    xml.create_element("defaultDocument").with_attribute(("enabled", "true")).write_inner_content(|xml| {
        xml.create_element("files").write_inner_content(|xml| {
            xml.create_element("clear").write_empty()?;
            xml.create_element("add").with_attribute(("value", "index.html")).write_empty()?;
            Ok(())
        })?;
        Ok(())
    })?;
    Ok(())
}

/// A type that IIS does not know is answered with 404.
fn types(xml: &mut Xml) -> Written {
    xml.create_element("staticContent").write_inner_content(|xml| {
        for (ending, _) in TYPES {
            let ending = format!(".{ending}");
            let kind = media_type(&ending).unwrap_or_default();
            xml.create_element("remove").with_attribute(("fileExtension", ending.as_str())).write_empty()?;
            xml.create_element("mimeMap")
                .with_attributes([("fileExtension", ending.as_str()), ("mimeType", kind.as_str())])
                .write_empty()?;
        }
        cache(xml, REVALIDATE)
    })?;
    Ok(())
}

fn cache(xml: &mut Xml, value: &str) -> Written {
    xml.create_element("clientCache")
        .with_attributes([("cacheControlMode", "NoControl"), ("cacheControlCustom", value)])
        .write_empty()?;
    Ok(())
}

fn not_found(xml: &mut Xml) -> Written {
    let errors = xml
        .create_element("httpErrors")
        .with_attributes([("errorMode", "Custom"), ("existingResponse", "Auto")]);
    errors.write_inner_content(|xml| {
        xml.create_element("remove")
            .with_attributes([("statusCode", "404"), ("subStatusCode", "-1")])
            .write_empty()?;
        xml.create_element("error")
            .with_attributes([("statusCode", "404"), ("path", "404.html"), ("responseMode", "File")])
            .write_empty()?;
        Ok(())
    })?;
    Ok(())
}

fn headers(xml: &mut Xml, headers: &[(&str, String)], without: &[&str]) -> Written {
    xml.create_element("httpProtocol").write_inner_content(|xml| {
        xml.create_element("customHeaders").write_inner_content(|xml| {
            for name in without {
                xml.create_element("remove").with_attribute(("name", *name)).write_empty()?;
            }
            for (name, value) in headers {
                xml.create_element("remove").with_attribute(("name", *name)).write_empty()?;
                xml.create_element("add")
                    .with_attributes([("name", *name), ("value", value.as_str())])
                    .write_empty()?;
            }
            Ok(())
        })?;
        Ok(())
    })?;
    Ok(())
}

/// What is different below a path.
struct Location {
    path: String,
    is_kept: bool,
    headers: Vec<(&'static str, String)>,
    without: Vec<&'static str>,
}

fn locations(publication: &Publication<'_>) -> Vec<Location> {
    let editions =
        publication.config.editions.others.iter().map(|edition| format!("{}/", edition.path.value));
    let mut locations =
        vec![Location { path: "assets".into(), is_kept: true, headers: Vec::new(), without: Vec::new() }];
    let shared = || {
        vec![
            ("Access-Control-Allow-Origin", "*".to_owned()),
            ("Cross-Origin-Resource-Policy", "cross-origin".to_owned()),
        ]
    };
    for edition in std::iter::once(String::new()).chain(editions) {
        let below = format!("{edition}search/");
        let has = |path: &str| publication.paths.contains(&path);
        if !has(&format!("{below}index.json")) {
            continue;
        }
        let inside = publication.paths.iter().filter_map(|path| path.strip_prefix(below.as_str()));
        let mut digest = inside.filter_map(|path| path.split_once('/')).map(|(folder, _)| folder);
        if let Some(digest) = digest.find(|folder| folder.len() == 10) {
            let path = format!("{below}{digest}");
            locations.push(Location { path, is_kept: true, headers: Vec::new(), without: Vec::new() });
        }
        let mut add = |path: String| {
            locations.push(Location { path, is_kept: false, headers: shared(), without: Vec::new() });
        };
        add(format!("{edition}search"));
        add(format!("{edition}embed.js"));
        locations.push(Location {
            path: format!("{edition}embed"),
            is_kept: false,
            headers: vec![("Content-Security-Policy", content_policy(true))],
            without: vec!["X-Frame-Options"],
        });
    }
    locations
}
