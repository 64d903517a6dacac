//! The network side: who connects, what is asked for, and how long anything may take.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, oneshot};
use tokio::time::{sleep, timeout};

use super::answer::Answer;
use super::desk::{self, Event};
use super::hosts;

/// Connections at a time; more wait.
const CONNECTIONS: usize = 256;
/// How long a browser may take to send the head of a request, or wait before the next.
const HEAD_TIME: Duration = Duration::from_secs(15);
/// How long a connection may last.
const CONNECTION_TIME: Duration = Duration::from_secs(300);
/// Bytes of the head of a request.
const HEAD_BYTES: usize = 32 << 10;
/// Pause after a connection that could not be taken, as when there are too many open files.
const PAUSE: Duration = Duration::from_millis(50);

/// Takes connections, and hands what is asked for to the desk.
pub(super) async fn serve(listener: TcpListener, desk: Sender<Event>, names: Arc<[String]>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(_) => {
                sleep(PAUSE).await;
                continue;
            }
        };
        let (desk, names) = (desk.clone(), Arc::clone(&names));
        tokio::spawn(async move {
            let service = service_fn(move |request| respond(request, desk.clone(), Arc::clone(&names)));
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEAD_TIME)
                .max_buf_size(HEAD_BYTES)
                .serve_connection(TokioIo::new(stream), service);
            // What a client breaks off is its own affair.
            let _ = timeout(CONNECTION_TIME, connection).await;
            drop(place);
        });
    }
}

async fn respond(
    request: Request<Incoming>,
    desk: Sender<Event>,
    names: Arc<[String]>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let is_head = request.method() == Method::HEAD;
    let answer = answer(&request, &desk, &names).await;
    Ok(answer.response(is_head))
}

async fn answer(request: &Request<Incoming>, desk: &Sender<Event>, names: &[String]) -> Answer {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Answer::text(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD\n");
    }
    if !hosts::are_allowed(request.headers(), names) {
        return Answer::text(
            StatusCode::FORBIDDEN,
            "plenary serve answers to localhost and IP addresses only; --allow-host NAME adds a name\n",
        );
    }
    // Once, and as UTF-8: what is left of a `%` is a part of the name.
    let decoded = percent_encoding::percent_decode_str(request.uri().path()).decode_utf8();
    let Ok(path) = decoded else { return Answer::text(StatusCode::BAD_REQUEST, "not UTF-8\n") };
    let (sender, receiver) = oneshot::channel();
    let request = desk::Request { path: path.into_owned(), answer: sender };
    let closed = || Answer::text(StatusCode::SERVICE_UNAVAILABLE, "closed\n");
    match desk.send(Event::Request(request)) {
        Ok(()) => receiver.await.unwrap_or_else(|_| closed()),
        Err(_) => closed(),
    }
}
