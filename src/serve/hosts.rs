//! Who may ask: a page of another site that a browser on this machine shows must not be able to read the preview, under
//! whatever name it reaches it (DNS rebinding).

use std::net::IpAddr;

use hyper::header::{HOST, HeaderMap, ORIGIN};
use hyper::http::uri::Authority;

/// Whether a request is for this preview, and from it: by its `Host`, and by its `Origin` where it has one.
pub(super) fn are_allowed(headers: &HeaderMap, names: &[String]) -> bool {
    let single = |name| {
        let mut values = headers.get_all(name).iter();
        (values.next().and_then(|value| value.to_str().ok()), values.next().is_some())
    };
    let (host, has_second_host) = single(HOST);
    if has_second_host || !host.is_some_and(|host| is_allowed(host, names)) {
        return false;
    }
    let (origin, has_second_origin) = single(ORIGIN);
    match origin {
        None => !headers.contains_key(ORIGIN),
        Some(origin) => {
            let host = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
            !has_second_origin && host.is_some_and(|host| is_allowed(host, names))
        }
    }
}

/// Whether a host and port is an IP address, `localhost`, or one of `names`: whatever no stranger's name server can give
/// out.
fn is_allowed(host: &str, names: &[String]) -> bool {
    let Ok(authority) = host.parse::<Authority>() else { return false };
    if host.contains('@') {
        return false;
    }
    let name = authority.host().trim_end_matches('.');
    let bare = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(name);
    bare.parse::<IpAddr>().is_ok()
        || bare.eq_ignore_ascii_case("localhost")
        || names.iter().any(|own| own.eq_ignore_ascii_case(bare))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_no_stranger_gives_out() {
        let names = ["preview.office.example".to_owned()];
        for (host, right) in [
            ("127.0.0.1:8080", true),
            ("localhost", true),
            ("LOCALHOST:1", true),
            ("[::1]:8080", true),
            ("192.168.1.7:8080", true),
            ("preview.office.example:80", true),
            ("evil.example", false),
            ("localhost.evil.example", false),
            ("127.0.0.1.evil.example:8080", false),
            ("evil@localhost", false),
            ("", false),
            ("localhost/..", false),
        ] {
            assert_eq!(is_allowed(host, &names), right, "{host}");
        }
    }

    #[test]
    fn another_origin_is_refused_and_so_is_a_request_without_a_host() {
        let headers = |pairs: &[(hyper::header::HeaderName, &str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.append(name, value.parse().expect("a value"));
            }
            headers
        };
        for (pairs, right) in [
            (vec![(HOST, "localhost")], true),
            (vec![(HOST, "localhost"), (ORIGIN, "http://127.0.0.1:3000")], true),
            (vec![(HOST, "localhost"), (ORIGIN, "https://evil.example")], false),
            (vec![(HOST, "localhost"), (ORIGIN, "null")], false),
            (vec![(HOST, "localhost"), (HOST, "evil.example")], false),
            (vec![], false),
        ] {
            assert_eq!(are_allowed(&headers(&pairs), &[]), right, "{pairs:?}");
        }
    }
}
