//! Addresses within the site, and how one page writes the address of another.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::content::site_config::{BaseUrl, LinkStyle};

/// What stays as it is in a path; RFC 3986, section 3.3, without what HTML or shells trip over.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// Percent-encodes a site address for `href`.
pub fn encode(address: &str) -> String {
    utf8_percent_encode(address, PATH).to_string()
}

/// Percent-encodes a value in the query of an address.
pub fn encode_value(value: &str) -> String {
    utf8_percent_encode(value, NON_ALPHANUMERIC).to_string()
}

/// The last part of an address: `wei-lai` of `/themes/wei-lai/`.
pub fn last_part(address: &str) -> &str {
    address.trim_matches('/').rsplit('/').next().unwrap_or_default()
}

/// What leads from the page at `address` to the folder of the home page: `""`, `../`, `../../`…
pub fn root(address: &str) -> String {
    let folders = address.trim_start_matches('/').matches('/').count();
    "../".repeat(folders)
}

/// The address of `to` as the page at `from` writes it, relative and percent-encoded.
pub fn relative(from: &str, to: &str, style: LinkStyle) -> String {
    let (from, target) = (from.trim_start_matches('/'), to.trim_start_matches('/'));
    let same = from.bytes().zip(target.bytes()).take_while(|(a, b)| a == b);
    let shared = same.enumerate().filter(|(_, (byte, _))| *byte == b'/').last().map_or(0, |(at, _)| at + 1);
    let mut url = "../".repeat(from[shared..].matches('/').count());
    url.extend(utf8_percent_encode(&target[shared..], PATH));
    if to.ends_with('/') {
        url.push_str(page_of_folder(style));
    }
    if url.is_empty() { "./".into() } else { url }
}

/// The address of `to` from the root of the host, for a page that is shown at any address.
pub fn from_host(base_path: &str, to: &str, style: LinkStyle) -> String {
    format!("{base_path}{}", encode(with_index(to, style).trim_start_matches('/')))
}

/// The absolute address of `to`, percent-encoded: for search engines, subscribers, portals and paper.
pub fn absolute(base_url: &BaseUrl, to: &str, style: LinkStyle) -> String {
    base_url.absolute(&encode(&with_index(to, style)))
}

/// What follows the slash in the address of a folder's page.
pub fn page_of_folder(style: LinkStyle) -> &'static str {
    match style {
        LinkStyle::Folder => "",
        LinkStyle::Explicit => "index.html",
    }
}

fn with_index(address: &str, style: LinkStyle) -> String {
    let page = if address.ends_with('/') { page_of_folder(style) } else { "" };
    format!("{address}{page}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_addresses() {
        let cases = [
            ("/", "/themes/", "themes/"),
            ("/", "/", "./"),
            ("/meetings/m/01/", "/meetings/m/02/", "../02/"),
            ("/meetings/m/01/", "/themes/a/", "../../../themes/a/"),
            ("/meetings/m/01/", "/meetings/m/01/", "./"),
            ("/meetings/m/01/", "/assets/style.css", "../../../assets/style.css"),
            ("/meetings/m/01/", "/", "../../../"),
            ("/meetings/m/01/", "/meetings/m/01/图 片.png", "%E5%9B%BE%20%E7%89%87.png"),
        ];
        for (from, to, url) in cases {
            assert_eq!(relative(from, to, LinkStyle::Folder), url, "{from} → {to}");
        }
        assert_eq!(relative("/a/", "/b/", LinkStyle::Explicit), "../b/index.html");
        assert_eq!(relative("/a/", "/a/", LinkStyle::Explicit), "index.html");
        assert_eq!(from_host("/zx/", "/themes/", LinkStyle::Folder), "/zx/themes/");
        let base = BaseUrl::new("https://fayan.example/zx/");
        for (to, folder, explicit) in [
            ("/", "https://fayan.example/zx/", "https://fayan.example/zx/index.html"),
            ("/a/", "https://fayan.example/zx/a/", "https://fayan.example/zx/a/index.html"),
            ("/feed.xml", "https://fayan.example/zx/feed.xml", "https://fayan.example/zx/feed.xml"),
        ] {
            assert_eq!(absolute(&base, to, LinkStyle::Folder), folder);
            assert_eq!(absolute(&base, to, LinkStyle::Explicit), explicit);
        }
    }
}
