//! Hosts: the files by which a web server or a hosting service treats the site as it should be treated.

mod apache;
mod caddy;
mod edge;
mod iis;
mod limits;
mod nginx;
mod object_storage;
pub mod policy;

use crate::content::site_config::{SITE_TOML, SiteConfig};
use crate::diagnostic::{Diagnostic, Message, Place};
use crate::output::{Content, Output};
use crate::site::{Redirect, Site, url};

/// The folder of the output for settings that are not read from the site's own folder.
pub const FOLDER: &str = ".hosts";

/// Files that hosts read and do not hand out, beside those that begin with a dot.
pub const SETTINGS: [&str; 3] = ["_headers", "_redirects", "web.config"];

/// A web server or hosting service: `hosts` in `site.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Host {
    /// GitHub Pages, and others that run Jekyll unless told not to.
    Github,
    /// Cloudflare Pages.
    Cloudflare,
    /// Netlify.
    Netlify,
    /// Object Storage Service of Alibaba Cloud (阿里云 OSS).
    Oss,
    /// Cloud Object Storage of Tencent Cloud (腾讯云 COS).
    Cos,
    /// nginx.
    Nginx,
    /// Apache HTTP Server.
    Apache,
    /// Caddy.
    Caddy,
    /// Internet Information Services of Windows.
    Iis,
}

impl Host {
    /// All of them.
    pub const ALL: [Host; 9] = [
        Host::Github,
        Host::Cloudflare,
        Host::Netlify,
        Host::Oss,
        Host::Cos,
        Host::Nginx,
        Host::Apache,
        Host::Caddy,
        Host::Iis,
    ];

    /// Its word in `site.toml`.
    pub fn word(self) -> &'static str {
        match self {
            Host::Github => "github",
            Host::Cloudflare => "cloudflare",
            Host::Netlify => "netlify",
            Host::Oss => "oss",
            Host::Cos => "cos",
            Host::Nginx => "nginx",
            Host::Apache => "apache",
            Host::Caddy => "caddy",
            Host::Iis => "iis",
        }
    }

    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Host::Github => "GitHub Pages",
            Host::Cloudflare => "Cloudflare Pages",
            Host::Netlify => "Netlify",
            Host::Oss => "OSS",
            Host::Cos => "COS",
            Host::Nginx => "nginx",
            Host::Apache => "Apache",
            Host::Caddy => "Caddy",
            Host::Iis => "IIS",
        }
    }
}

/// What the files are made of.
struct Publication<'a> {
    config: &'a SiteConfig,
    /// Paths of all files.
    paths: Vec<&'a str>,
    /// Old addresses and where they lead now, both percent-encoded, from the root of the host.
    redirects: Vec<Redirected>,
}

/// An old address and where it leads now.
struct Redirected {
    /// From the root of the host, as it is.
    from: String,
    /// From the root of the host, percent-encoded.
    to: String,
}

impl Publication<'_> {
    fn asks_for(&self, host: Host) -> bool {
        self.config.hosts.iter().any(|asked| asked.value == host)
    }

    /// `404.html` from the root of the host.
    fn not_found(&self) -> String {
        format!("{}404.html", self.config.base_url.path)
    }
}

/// Adds the files of the hosts that `site.toml` names, with rules for the `redirects` of all editions. Gives back what of
/// the site they will not take.
pub fn add(site: &Site, redirects: &[Redirect], output: &mut Output) -> Vec<Diagnostic> {
    let config = &site.config;
    let paths: Vec<String> = output.paths().map(str::to_owned).collect();
    let publication = Publication {
        config,
        paths: paths.iter().map(String::as_str).collect(),
        redirects: redirected(config, redirects),
    };
    let mut files = Vec::new();
    for host in &config.hosts {
        match host.value {
            Host::Github => files.push((".nojekyll".to_owned(), String::new())),
            Host::Cloudflare | Host::Netlify => {
                files.push(("_headers".to_owned(), edge::headers(&publication)));
                files.push(("_redirects".to_owned(), edge::redirects(&publication)));
            }
            Host::Nginx => files.push((format!("{FOLDER}/nginx.conf"), nginx::include(&publication))),
            Host::Apache => files.push((".htaccess".to_owned(), apache::htaccess(&publication))),
            Host::Caddy => files.push((format!("{FOLDER}/Caddyfile"), caddy::snippet(&publication))),
            Host::Iis => files.push(("web.config".to_owned(), iis::web_config(&publication))),
            Host::Oss => files.extend(object_storage::oss(&publication)),
            Host::Cos => files.extend(object_storage::cos(&publication)),
        }
    }
    let mut diagnostics = limits::exceeded(&publication, &files, output);
    files.sort();
    files.dedup();
    for (path, text) in files {
        if paths.contains(&path) {
            diagnostics.push(taken(config, &path));
        }
        output.insert(path, Content::Bytes(text.into_bytes()));
    }
    diagnostics
}

/// A file of the site stands where a host looks for its settings.
fn taken(config: &SiteConfig, path: &str) -> Diagnostic {
    let place = config.hosts.first().map_or_else(|| Place::file(SITE_TOML), |host| host.place(SITE_TOML));
    let own = Place::file(format!("content/static/{path}"));
    Diagnostic::same_address(
        &format!("/{path}"),
        (own, Message::new("文件", "the file")),
        (place, Message::new("hosts", "hosts")),
    )
}

fn redirected(config: &SiteConfig, redirects: &[Redirect]) -> Vec<Redirected> {
    let base = config.base_url.path.trim_end_matches('/');
    let rule = |one: &Redirect| Redirected {
        from: format!("{base}{}", one.from),
        to: url::from_host(&config.base_url.path, &one.to, config.links),
    };
    redirects.iter().map(rule).collect()
}

/// A text as a regular expression that matches nothing else.
fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\.^$|()[]{}*+?#&~- \"".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
