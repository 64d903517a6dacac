//! Object storage: what a bucket must be told so that it serves the site, as bodies for the services' own commands.
//!
//! Neither service lets a bucket send security headers; that is for the CDN before it.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::{FOLDER, Publication, Redirected};

type Xml = Writer<Vec<u8>>;
type Written = std::io::Result<()>;

/// How many rules OSS takes for a bucket.
pub(super) const OSS_RULES: usize = 20;

/// How many rules COS takes for a bucket.
pub(super) const COS_RULES: usize = 100;

/// `.hosts/oss-website.xml` (PutBucketWebsite) and `.hosts/oss-cors.xml` (PutBucketCors).
pub(super) fn oss(publication: &Publication<'_>) -> Vec<(String, String)> {
    let website = document("WebsiteConfiguration", |xml| {
        element(xml, "IndexDocument", |xml| {
            text(xml, "Suffix", "index.html")?;
            text(xml, "SupportSubDir", "true")?;
            // For a folder without a slash: 0 leads to the one with it.
            text(xml, "Type", "0")
        })?;
        element(xml, "ErrorDocument", |xml| {
            text(xml, "Key", &key(publication, "404.html"))?;
            text(xml, "HttpStatus", "404")
        })?;
        rules(xml, publication, OSS_RULES, |xml, number, redirected| {
            text(xml, "RuleNumber", &number.to_string())?;
            element(xml, "Condition", |xml| {
                text(xml, "KeyPrefixEquals", redirected.from.trim_start_matches('/'))
            })?;
            element(xml, "Redirect", |xml| {
                text(xml, "RedirectType", "External")?;
                text(xml, "HttpRedirectCode", "301")?;
                text(xml, "ReplaceKeyWith", redirected.to.trim_start_matches('/'))
            })
        })
    });
    vec![(format!("{FOLDER}/oss-website.xml"), website), (format!("{FOLDER}/oss-cors.xml"), cors())]
}

/// `.hosts/cos-website.xml` (PUT Bucket website) and `.hosts/cos-cors.xml` (PUT Bucket cors).
pub(super) fn cos(publication: &Publication<'_>) -> Vec<(String, String)> {
    let website = document("WebsiteConfiguration", |xml| {
        element(xml, "IndexDocument", |xml| text(xml, "Suffix", "index.html"))?;
        element(xml, "AutoAddressing", |xml| text(xml, "Status", "Enabled"))?;
        element(xml, "ErrorDocument", |xml| {
            text(xml, "Key", &key(publication, "404.html"))?;
            text(xml, "OriginalHttpStatus", "Enabled")
        })?;
        rules(xml, publication, COS_RULES, |xml, _, redirected| {
            element(xml, "Condition", |xml| {
                text(xml, "KeyPrefixEquals", redirected.from.trim_start_matches('/'))
            })?;
            element(xml, "Redirect", |xml| text(xml, "ReplaceKeyWith", redirected.to.trim_start_matches('/')))
        })
    });
    vec![(format!("{FOLDER}/cos-website.xml"), website), (format!("{FOLDER}/cos-cors.xml"), cors())]
}

/// The name of an object: with the folder where the site stands in one.
fn key(publication: &Publication<'_>, path: &str) -> String {
    format!("{}{path}", publication.config.base_url.path.trim_start_matches('/'))
}

/// Old addresses, as many as the service takes; all have a page of their own as well.
///
/// The rules match beginnings, so an address that others begin with is left to its page.
fn rules(
    xml: &mut Xml,
    publication: &Publication<'_>,
    limit: usize,
    rule: impl Fn(&mut Xml, usize, &Redirected) -> Written,
) -> Written {
    let base = &publication.config.base_url.path;
    let begins = |old: &str| {
        publication.paths.iter().any(|path| {
            format!("{base}{path}")
                .strip_prefix(old)
                .is_some_and(|rest| !rest.is_empty() && rest != "index.html")
        })
    };
    let safe = publication.redirects.iter().filter(|one| one.from.ends_with('/') && !begins(&one.from));
    let taken: Vec<&Redirected> = safe.take(limit).collect();
    if taken.is_empty() {
        return Ok(());
    }
    element(xml, "RoutingRules", |xml| {
        for (at, redirected) in taken.iter().enumerate() {
            element(xml, "RoutingRule", |xml| rule(xml, at + 1, redirected))?;
        }
        Ok(())
    })
}

/// Portals may read the site's search from their own pages.
fn cors() -> String {
    document("CORSConfiguration", |xml| {
        element(xml, "CORSRule", |xml| {
            text(xml, "AllowedOrigin", "*")?;
            text(xml, "AllowedMethod", "GET")?;
            text(xml, "AllowedMethod", "HEAD")?;
            text(xml, "AllowedHeader", "*")?;
            text(xml, "MaxAgeSeconds", "86400")
        })
    })
}

fn document(root: &str, inner: impl FnOnce(&mut Xml) -> Written) -> String {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    let written = xml
        .write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))
        .and_then(|()| element(&mut xml, root, inner));
    debug_assert!(written.is_ok(), "writing into memory does not fail");
    let mut text = String::from_utf8_lossy(&xml.into_inner()).into_owned();
    text.push('\n');
    text
}

fn element(xml: &mut Xml, name: &str, inner: impl FnOnce(&mut Xml) -> Written) -> Written {
    xml.create_element(name).write_inner_content(inner)?;
    Ok(())
}

fn text(xml: &mut Xml, name: &str, value: &str) -> Written {
    xml.create_element(name).write_text_content(BytesText::new(value))?;
    Ok(())
}
