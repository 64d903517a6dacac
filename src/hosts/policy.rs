//! What every answer of a host should say beside the file: types, how long it may be kept, who may use it, what it may load.

use std::sync::LazyLock;

use regex_lite::Regex;

use crate::content::site_config::SiteConfig;

/// How long a browser keeps what never changes under its address: a year, the most that RFC 9111 recipients expect.
pub const KEEP: &str = "public, max-age=31536000, immutable";

/// Everything else is asked for again, which costs an answer without a body where nothing changed (RFC 9111, section 5.2.2.4).
pub const REVALIDATE: &str = "no-cache";

/// Addresses whose name has a digest of their content, as an extended regular expression over the whole path.
pub const KEPT: &str = r"/assets/[^/]+\.[0-9a-f]{10}\.[a-z0-9]+$|/search/[0-9a-f]{10}/|-[0-9]+\.[0-9a-f]{10}\.webp$|/share\.[0-9a-f]{10}\.png$";

/// What portals and feed readers load from elsewhere.
pub const SHARED: &str = r"/search/.+\.(json|js|xml)$|/embed\.js$|/feed\.(xml|json)$|/opensearch\.xml$";

/// The page that portals show in a frame.
pub const FRAMED: &str = r"/embed/(index\.html)?$";

/// What the pages may load: their own scripts, styles and pictures (Content Security Policy Level 3).
pub const LOADS: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
     manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'";

/// Media types by the ending of the file's name (IANA). Texts are UTF-8.
pub const TYPES: &[(&str, &str)] = &[
    ("html", "text/html"),
    ("css", "text/css"),
    ("js", "text/javascript"),
    ("json", "application/json"),
    ("xml", "application/xml"),
    ("txt", "text/plain"),
    ("csv", "text/csv"),
    ("svg", "image/svg+xml"),
    ("webmanifest", "application/manifest+json"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("ico", "image/x-icon"),
    ("pdf", "application/pdf"),
    ("doc", "application/msword"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xls", "application/vnd.ms-excel"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("ppt", "application/vnd.ms-powerpoint"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("zip", "application/zip"),
    ("mp3", "audio/mpeg"),
    ("m4a", "audio/mp4"),
    ("mp4", "video/mp4"),
    ("woff2", "font/woff2"),
];

/// Endings of [`TYPES`] whose files are texts; they get a charset, and twins where the site asks for compressed ones.
pub const TEXTS: &[&str] = &["html", "css", "js", "json", "xml", "txt", "csv", "svg", "webmanifest"];

/// The media type of a file as a host should send it; none for an ending that is not in [`TYPES`].
pub fn media_type(path: &str) -> Option<String> {
    let ending = path.rsplit('/').next()?.rsplit_once('.')?.1;
    let (_, kind) = TYPES.iter().find(|(known, _)| *known == ending)?;
    Some(if TEXTS.contains(&ending) { format!("{kind}; charset=utf-8") } else { (*kind).to_owned() })
}

/// Headers that every answer has: names and values.
pub fn everywhere(config: &SiteConfig) -> Vec<(&'static str, String)> {
    let mut headers = vec![
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("Referrer-Policy", "strict-origin-when-cross-origin".to_owned()),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()".to_owned()),
    ];
    // Said for a whole host, so only by a site that has one to itself (RFC 6797).
    if config.base_url.origin.starts_with("https://") && config.base_url.path == "/" {
        headers.push(("Strict-Transport-Security", "max-age=31536000".to_owned()));
    }
    headers
}

/// The content security policy of a page: who may frame it, beside what it may load.
pub fn content_policy(is_framed: bool) -> String {
    format!("{LOADS}; frame-ancestors {}", if is_framed { "*" } else { "'self'" })
}

/// All headers that the answer for `path` (with a slash at its beginning) should have, beside its type.
pub fn headers(config: &SiteConfig, path: &str) -> Vec<(&'static str, String)> {
    static EXPRESSIONS: LazyLock<[Option<Regex>; 3]> =
        LazyLock::new(|| [KEPT, SHARED, FRAMED].map(|expression| Regex::new(expression).ok()));
    let [kept, shared, framed] =
        EXPRESSIONS.each_ref().map(|found| found.as_ref().is_some_and(|found| found.is_match(path)));
    let mut headers = everywhere(config);
    headers.push(("Cache-Control", if kept { KEEP } else { REVALIDATE }.to_owned()));
    headers.push(("Content-Security-Policy", content_policy(framed)));
    if !framed {
        headers.push(("X-Frame-Options", "SAMEORIGIN".to_owned()));
    }
    if shared {
        headers.push(("Access-Control-Allow-Origin", "*".to_owned()));
        headers.push(("Cross-Origin-Resource-Policy", "cross-origin".to_owned()));
    }
    headers
}
