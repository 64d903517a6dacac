//! One request to the published copy and its answer, as it stands on the wire.

use std::io::Read as _;
use std::time::Duration;

/// How long one request may take.
const TIMEOUT: Duration = Duration::from_secs(20);

/// Bytes of an answer that are read at most; files beyond are not compared.
const LARGEST: u64 = 256 << 20;

/// Asks for files below one address.
pub(super) struct Client {
    agent: ureq::Agent,
    /// Ends with a slash.
    base: String,
}

/// What came back.
pub(super) struct Answer {
    /// The status.
    pub(super) status: u16,
    headers: ureq::http::HeaderMap,
    /// The bytes, decoded.
    pub(super) body: Vec<u8>,
}

impl Client {
    /// `base` ends with a slash.
    pub(super) fn new(base: String) -> Client {
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(TIMEOUT))
            .user_agent(concat!("plenary/", env!("CARGO_PKG_VERSION")))
            .tls_config(
                ureq::tls::TlsConfig::builder().root_certs(ureq::tls::RootCerts::PlatformVerifier).build(),
            )
            .build()
            .new_agent();
        Client { agent, base }
    }

    /// The whole address of `path`, which is percent-encoded and has no slash at its beginning.
    pub(super) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Asks for `path`, uncompressed.
    ///
    /// # Errors
    /// What the network says.
    pub(super) fn get(&self, path: &str) -> Result<Answer, String> {
        self.ask(&self.url(path), "identity")
    }

    /// Asks for `path` as browsers do, which take compressed answers.
    pub(super) fn get_compressed(&self, path: &str) -> Result<Answer, String> {
        self.ask(&self.url(path), "gzip, br")
    }

    /// Asks for a whole address.
    pub(super) fn ask(&self, url: &str, encodings: &str) -> Result<Answer, String> {
        let request = self
            .agent
            .get(url)
            .header("Accept-Encoding", encodings)
            .header("Origin", "https://portal.example");
        let mut response = request.call().map_err(|error| error.to_string())?;
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let bytes = response
            .body_mut()
            .with_config()
            .limit(LARGEST)
            .read_to_vec()
            .map_err(|error| error.to_string())?;
        let mut answer = Answer { status, headers, body: Vec::new() };
        answer.body = decoded(bytes, answer.header("content-encoding")).map_err(|error| error.to_string())?;
        Ok(answer)
    }
}

impl Answer {
    /// The value of a header; empty where there is none. Several are joined by commas.
    pub(super) fn header(&self, name: &str) -> String {
        let values = self.headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()));
        values.collect::<Vec<_>>().join(", ")
    }

    /// Whether it leads elsewhere.
    pub(super) fn is_redirect(&self) -> bool {
        matches!(self.status, 301 | 302 | 303 | 307 | 308)
    }

    /// Where it leads, seen from the address that was asked for.
    pub(super) fn target(&self, asked: &str) -> String {
        let location = self.header("location");
        let origin = asked.split('/').take(3).collect::<Vec<_>>().join("/");
        match location.as_str() {
            whole if whole.contains("://") => whole.to_owned(),
            path if path.starts_with("//") => {
                format!("{}{path}", origin.split("//").next().unwrap_or_default())
            }
            path if path.starts_with('/') => format!("{origin}{path}"),
            path => {
                let folder = asked.rfind('/').map_or(asked.len(), |slash| slash + 1);
                format!("{}{path}", &asked[..folder])
            }
        }
    }

    /// Seconds for which it may be used without asking again; none where the answer does not say.
    pub(super) fn max_age(&self) -> Option<u64> {
        let control = self.header("cache-control").to_ascii_lowercase();
        if control.contains("no-cache") || control.contains("no-store") {
            return Some(0);
        }
        let age = control.split(',').find_map(|part| part.trim().strip_prefix("max-age=")?.parse().ok());
        age.or_else(|| control.contains("must-revalidate").then_some(0))
    }
}

/// Some hosts compress whatever they were asked.
fn decoded(bytes: Vec<u8>, encoding: String) -> std::io::Result<Vec<u8>> {
    let mut out = Vec::new();
    match encoding.as_str() {
        "gzip" => {
            flate2::read::MultiGzDecoder::new(&bytes[..]).take(LARGEST).read_to_end(&mut out)?;
        }
        "br" => {
            brotli::Decompressor::new(&bytes[..], 4096).take(LARGEST).read_to_end(&mut out)?;
        }
        _ => return Ok(bytes),
    }
    Ok(out)
}
