//! The preview: renders pages when a browser asks for them; never touches the output folder.
//!
//! Before a page is shown the sources are looked at; what has changed is read again. While they have an error, the last
//! good site stays. The search index takes longer than the rest, and is made beside it.

mod answer;
mod desk;
mod hosts;
mod server;

use std::io::Write as _;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::mpsc;
use std::thread;

use self::desk::Desk;
use crate::content::site_config::SiteConfig;
use crate::diagnostic::{Diagnostic, Message};
use crate::inputs::Inputs;
use crate::report::Language;
use crate::site::link::Publication;
use crate::stages::Watcher;

/// What to show, and to whom.
pub struct Preview<'a> {
    /// The site's folder.
    pub root: PathBuf,
    /// The address to listen on.
    pub address: IpAddr,
    /// The port; 0 for any that is free.
    pub port: u16,
    /// Names by which browsers may ask for it besides `localhost` and IP addresses.
    pub names: Vec<String>,
    /// Bytes of the search index that may stay in memory while it is made.
    pub memory: usize,
    /// Language of messages.
    pub language: Language,
    /// What is public, and when.
    pub publication: &'a (dyn Fn(&SiteConfig) -> Publication + Sync),
    /// What is printed of findings.
    pub print: &'a (dyn Fn(&[Diagnostic], &Inputs) -> String + Sync),
    /// Who is told what is rendered.
    pub watcher: &'a dyn Watcher,
}

/// Serves until interrupted.
///
/// # Errors
/// A message when the port is taken or the sources have an error from the start.
pub fn run(preview: &Preview<'_>) -> Result<(), Message> {
    let (sender, receiver) = mpsc::channel();
    let desk = Desk::open(preview, sender.clone())
        .ok_or_else(|| Message::new("有错误，没有启动预览", "there are errors; the preview did not start"))?;
    let base_path = desk.base_path();
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| plain(&error))?;
    thread::scope(|scope| {
        scope.spawn(move || desk.work(&receiver));
        let closing = sender.clone();
        let served = runtime.block_on(async {
            let address = SocketAddr::new(preview.address, preview.port);
            let listener = tokio::net::TcpListener::bind(address)
                .await
                .map_err(|error| port_fault(preview.port, &error))?;
            let address = listener.local_addr().map_err(|error| plain(&error))?;
            let hint = Message::new(
                format!("预览：http://{address}{base_path}（按 Ctrl+C 结束；改了文件后刷新页面即可）\n"),
                format!(
                    "preview: http://{address}{base_path} (Ctrl+C ends it; reload the page after an edit)\n"
                ),
            );
            say(preview.language.of(&hint));
            tokio::spawn(server::serve(listener, sender, preview.names.as_slice().into()));
            let _ = tokio::signal::ctrl_c().await;
            Ok(())
        });
        let _ = closing.send(desk::Event::Close);
        served
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
