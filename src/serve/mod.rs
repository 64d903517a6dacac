//! The preview: builds in memory and serves on the loopback address; never touches the output folder.
//!
//! Before a page is shown the sources are looked at; when one has changed, the site is built again.
//! While the sources have an error, the last good site stays.

use std::io::Write as _;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Method, Response, StatusCode, header};
use tokio::sync::Mutex;

use crate::diagnostic::Message;
use crate::disk;
use crate::output::Output;
use crate::report::Language;

/// What to show and where.
pub struct Preview {
    /// The site's folder.
    pub root: PathBuf,
    /// Port on 127.0.0.1.
    pub port: u16,
    /// Language of messages.
    pub language: Language,
}

/// What a build gives: the path part of `base_url` with the site, and the messages to print.
pub type Build = (Option<(String, Output)>, String);

/// Serves until interrupted.
///
/// # Errors
/// A message when the port is taken or the sources have an error from the start.
pub fn run(preview: Preview, build: impl Fn() -> Build + Send + Sync + 'static) -> Result<(), Message> {
    let seen = disk::fingerprint(&preview.root);
    let (built, report) = build();
    say(&report);
    let Some((base_path, output)) = built else {
        return Err(Message::new("有错误，没有启动预览", "there are errors; the preview did not start"));
    };
    let port = preview.port;
    let language = preview.language;
    let shown = Shown { output: Arc::new(output), base_path, seen };
    let server = Arc::new(Server { root: preview.root, build: Box::new(build), shown: Mutex::new(shown) });
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| plain(&error))?;
    runtime.block_on(async move {
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .await
            .map_err(|error| port_fault(port, &error))?;
        let address = listener.local_addr().map_err(|error| plain(&error))?;
        let base_path = server.shown.lock().await.base_path.clone();
        let hint = Message::new(
            format!("预览：http://{address}{base_path}（按 Ctrl+C 结束；改了文件后刷新页面即可）\n"),
            format!("preview: http://{address}{base_path} (Ctrl+C ends it; reload the page after an edit)\n"),
        );
        say(language.of(&hint));
        let router = Router::new().fallback(answer).with_state(server);
        let stop = async {
            let _ = tokio::signal::ctrl_c().await;
        };
        axum::serve(listener, router).with_graceful_shutdown(stop).await.map_err(|error| plain(&error))
    })
}

fn plain(error: &std::io::Error) -> Message {
    Message::new(format!("预览出错：{error}"), format!("the preview failed: {error}"))
}

fn port_fault(port: u16, error: &std::io::Error) -> Message {
    Message::new(
        format!("端口 {port} 用不了({error});换一个，例如 --port {}", port.wrapping_add(1).max(1024)),
        format!(
            "port {port} cannot be used ({error}); choose another, such as --port {}",
            port.wrapping_add(1).max(1024)
        ),
    )
}

fn say(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}

struct Server {
    root: PathBuf,
    build: Box<dyn Fn() -> Build + Send + Sync>,
    shown: Mutex<Shown>,
}

/// The last good site, and the sources as they were when it was built or failed to build.
struct Shown {
    output: Arc<Output>,
    base_path: String,
    seen: Vec<(PathBuf, u64, Option<SystemTime>)>,
}

impl Server {
    /// The site as the sources are now.
    async fn current(&self) -> (Arc<Output>, String) {
        let mut shown = self.shown.lock().await;
        let now = disk::fingerprint(&self.root);
        if now != shown.seen {
            shown.seen = now;
            let (built, report) = (self.build)();
            say(&report);
            if let Some((base_path, output)) = built {
                shown.base_path = base_path;
                shown.output = Arc::new(output);
            }
        }
        (Arc::clone(&shown.output), shown.base_path.clone())
    }
}

async fn answer(State(server): State<Arc<Server>>, request: Request) -> Response<Body> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return respond(StatusCode::METHOD_NOT_ALLOWED, "text/plain; charset=utf-8", Vec::new(), None);
    }
    let (output, base_path) = server.current().await;
    let path = percent_encoding::percent_decode_str(request.uri().path()).decode_utf8_lossy().into_owned();
    let Some(rest) = path.strip_prefix(&base_path) else {
        return redirect(&base_path);
    };
    if let Some((path, bytes)) = output.at(rest) {
        return respond(StatusCode::OK, content_type(&path), bytes.into_owned(), None);
    }
    let folder = format!("{rest}/");
    if output.at(&folder).is_some() {
        return redirect(&format!("{base_path}{}", crate::site::url::encode(&folder)));
    }
    let missing = output.at("/404.html").map(|(_, bytes)| bytes.into_owned()).unwrap_or_default();
    respond(StatusCode::NOT_FOUND, "text/html; charset=utf-8", missing, None)
}

fn redirect(to: &str) -> Response<Body> {
    respond(StatusCode::FOUND, "text/plain; charset=utf-8", Vec::new(), Some(to))
}

fn respond(status: StatusCode, kind: &str, bytes: Vec<u8>, location: Option<&str>) -> Response<Body> {
    let mut response = Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, kind)
        .header(header::CACHE_CONTROL, "no-store")
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    if let Some(location) = location {
        response = response.header(header::LOCATION, location);
    }
    response.body(Body::from(bytes)).unwrap_or_default()
}

/// The media type of a file by its ending, with the charset where there is one.
pub fn content_type(path: &str) -> &'static str {
    let ending = Path::new(path).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
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
