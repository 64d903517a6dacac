//! What the preview answers.

use std::path::Path;

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::{Response, StatusCode, header};

/// An answer to a request.
#[derive(Debug)]
pub(super) struct Answer {
    status: StatusCode,
    kind: &'static str,
    bytes: Vec<u8>,
    location: Option<String>,
}

impl Answer {
    /// The file at `path`.
    pub(super) fn file(path: &str, bytes: Vec<u8>) -> Answer {
        Answer { status: StatusCode::OK, kind: content_type(path), bytes, location: None }
    }

    /// A page with another status.
    pub(super) fn page(status: StatusCode, html: Vec<u8>) -> Answer {
        Answer { status, kind: content_type(".html"), bytes: html, location: None }
    }

    /// A plain word.
    pub(super) fn text(status: StatusCode, text: &str) -> Answer {
        Answer { status, kind: content_type(".txt"), bytes: text.as_bytes().to_vec(), location: None }
    }

    /// Another address of the site.
    pub(super) fn redirect(to: String) -> Answer {
        Answer { location: Some(to), ..Answer::text(StatusCode::FOUND, "") }
    }

    /// The answer as it is sent; without its bytes for a `HEAD` request.
    pub(super) fn response(self, is_head: bool) -> Response<Full<Bytes>> {
        let mut response = Response::builder()
            .status(self.status)
            .header(header::CONTENT_TYPE, self.kind)
            .header(header::CONTENT_LENGTH, self.bytes.len())
            .header(header::CACHE_CONTROL, "no-store")
            .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
        if let Some(location) = self.location {
            response = response.header(header::LOCATION, location);
        }
        let bytes = if is_head { Bytes::new() } else { self.bytes.into() };
        response.body(Full::new(bytes)).unwrap_or_default()
    }
}

/// The media type of a file by its ending, with the charset where there is one.
fn content_type(path: &str) -> &'static str {
    let ending = Path::new(path).extension().and_then(|ending| ending.to_str());
    let ending = ending.or_else(|| path.strip_prefix('.')).unwrap_or_default();
    match ending.to_ascii_lowercase().as_str() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "webmanifest" => "application/manifest+json; charset=utf-8",
        "svg" => "image/svg+xml; charset=utf-8",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "pdf" => "application/pdf",
        "mp3" => "audio/mpeg",
        "mp4" => "video/mp4",
        "woff2" => "font/woff2",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _ => "application/octet-stream",
    }
}
