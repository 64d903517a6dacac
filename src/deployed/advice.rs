//! What to change on which host: the table behind the help of `check --url`, and the one in the documentation.

use crate::content::site_config::SiteConfig;
use crate::diagnostic::Message;
use crate::hosts::Host;

/// What a host does not do as it should.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Topic {
    /// It does not show the `index.html` of a folder.
    Index,
    /// It does not answer a missing page with 404 and the site's page.
    NotFound,
    /// It sends files with a wrong type, or to be saved.
    Type,
    /// It does not let portals read the search.
    Sharing,
    /// It lets browsers keep files too long, or not long enough.
    Cache,
    /// It sends no security headers.
    Security,
    /// It sends pages uncompressed.
    Compression,
}

impl Topic {
    /// All of them, in the order of the table.
    pub(super) const ALL: [Topic; 7] = [
        Topic::Index,
        Topic::NotFound,
        Topic::Type,
        Topic::Sharing,
        Topic::Cache,
        Topic::Security,
        Topic::Compression,
    ];

    /// What it is called in the table.
    pub(super) fn name(self) -> Message {
        let (zh, en) = match self {
            Topic::Index => ("文件夹首页", "index of a folder"),
            Topic::NotFound => ("404 页", "404 page"),
            Topic::Type => ("文件类型", "types"),
            Topic::Sharing => ("门户跨域（CORS）", "portals (CORS)"),
            Topic::Cache => ("缓存", "caching"),
            Topic::Security => ("安全头", "security headers"),
            Topic::Compression => ("压缩", "compression"),
        };
        Message::new(zh, en)
    }
}

/// What to change on `host` so that it does what `topic` names.
pub(super) fn advice(topic: Topic, host: Host) -> Message {
    let (zh, en) = match (host, topic) {
        (Host::Nginx, Topic::Compression) => (
            "precompress = [\"gzip\"]，再生成一次，nginx -s reload",
            "precompress = [\"gzip\"], build again, nginx -s reload",
        ),
        (Host::Nginx, Topic::Type) => (
            "include .hosts/nginx.conf；自己的 location 里不要再写 types 和 charset",
            "include .hosts/nginx.conf; no types and charset in a location of your own",
        ),
        (Host::Nginx, Topic::Cache | Topic::Security | Topic::Sharing) => (
            "include .hosts/nginx.conf；自己的 location 里有 add_header 时，要在那里再 include 一次",
            "include .hosts/nginx.conf; once more inside each location that has an add_header of its own",
        ),
        (Host::Nginx, _) => (
            "server 块里 include .hosts/nginx.conf，nginx -s reload",
            "include .hosts/nginx.conf in the server block, nginx -s reload",
        ),
        (Host::Apache, Topic::Cache | Topic::Security | Topic::Sharing) => (
            "AllowOverride FileInfo Indexes，a2enmod headers",
            "AllowOverride FileInfo Indexes, a2enmod headers",
        ),
        (Host::Apache, Topic::Compression) => (
            "precompress = [\"gzip\", \"br\"]，a2enmod rewrite headers",
            "precompress = [\"gzip\", \"br\"], a2enmod rewrite headers",
        ),
        (Host::Apache, _) => (
            "AllowOverride FileInfo Indexes，并把 .htaccess 一起上传（以点开头的文件容易漏）",
            "AllowOverride FileInfo Indexes, and upload .htaccess as well (files with a dot are easily left out)",
        ),
        (Host::Caddy, Topic::Compression) => (
            "precompress = [\"gzip\", \"br\"]，或写 encode gzip",
            "precompress = [\"gzip\", \"br\"], or encode gzip",
        ),
        (Host::Caddy, _) => (
            "网站的块里 root 之后 import .hosts/Caddyfile，caddy reload",
            "import .hosts/Caddyfile in the site's block after its root, caddy reload",
        ),
        (Host::Iis, Topic::Compression) => {
            ("装“静态内容压缩”功能", "add the feature Static Content Compression")
        }
        (Host::Iis, _) => (
            "把 web.config 一起上传；服务器要允许网站改 staticContent、httpErrors 等节（overrideModeDefault）",
            "upload web.config as well; the server must let sites change staticContent, httpErrors and so on (overrideModeDefault)",
        ),
        (Host::Cloudflare | Host::Netlify, Topic::Security | Topic::Cache | Topic::Sharing) => (
            "把 _headers 放在上传的文件夹的最上层",
            "keep _headers at the top of the folder that is uploaded",
        ),
        (Host::Cloudflare | Host::Netlify, Topic::NotFound) => (
            "把 404.html 放在上传的文件夹的最上层",
            "keep 404.html at the top of the folder that is uploaded",
        ),
        (Host::Cloudflare | Host::Netlify, _) => (
            "它本来就这样做；看看上传的是不是 public",
            "it does so by itself; see that public is what was uploaded",
        ),
        (Host::Github, Topic::Security | Topic::Cache) => (
            "它不能自己定响应头；需要时换别的主机，或在前面加 CDN",
            "it takes no headers; where they are needed take another host, or a CDN before it",
        ),
        (Host::Github, _) => (
            "它本来就这样做；看看 .nojekyll 是不是一起上传了",
            "it does so by itself; see that .nojekyll was uploaded as well",
        ),
        (Host::Oss, Topic::Index | Topic::NotFound) => (
            "ossutil website --method put oss://存储空间 .hosts/oss-website.xml；绑定自己的域名",
            "ossutil website --method put oss://BUCKET .hosts/oss-website.xml; bind a domain of your own",
        ),
        (Host::Oss, Topic::Sharing) => (
            "ossutil cors --method put oss://存储空间 .hosts/oss-cors.xml",
            "ossutil cors --method put oss://BUCKET .hosts/oss-cors.xml",
        ),
        (Host::Oss, Topic::Type) => (
            "绑定自己的域名：默认域名会让浏览器下载网页",
            "bind a domain of your own: on the default one browsers save pages instead of showing them",
        ),
        (Host::Oss, Topic::Cache) => (
            "上传时带 --meta \"Cache-Control:…\"，见文档",
            "upload with --meta \"Cache-Control:…\", see the documentation",
        ),
        (Host::Cos, Topic::Index | Topic::NotFound) => (
            "控制台“静态网站”按 .hosts/cos-website.xml 设置（或用 API PUT Bucket website）；绑定自己的域名",
            "set “static website” in the console as in .hosts/cos-website.xml (or by the API PUT Bucket website); bind a domain of your own",
        ),
        (Host::Cos, Topic::Sharing) => (
            "控制台“跨域访问 CORS”按 .hosts/cos-cors.xml 设置（或用 API PUT Bucket cors）",
            "set “CORS” in the console as in .hosts/cos-cors.xml (or by the API PUT Bucket cors)",
        ),
        (Host::Cos, Topic::Type) => (
            "绑定自己的域名：默认域名会强制下载",
            "bind a domain of your own: the default one makes browsers save pages",
        ),
        (Host::Cos, Topic::Cache) => (
            "上传时带 --meta \"Cache-Control:…\"，见文档",
            "upload with --meta \"Cache-Control:…\", see the documentation",
        ),
        (Host::Oss | Host::Cos, Topic::Security | Topic::Compression) => {
            ("在前面的 CDN 上设置", "set it on the CDN before it")
        }
    };
    Message::new(zh, en)
}

/// The advice for each host that the site names.
pub(super) fn for_site(config: &SiteConfig, topic: Topic) -> Message {
    if config.hosts.is_empty() {
        return Message::new(
            "在 site.toml 里写 hosts = [\"nginx\"]（或别的主机），再生成一次，就有这台主机要的设置文件",
            "write hosts = [\"nginx\"] (or another host) in site.toml and build again: the settings that it needs are written",
        );
    }
    let lines = config.hosts.iter().map(|host| (host.value.name(), advice(topic, host.value)));
    let (zh, en): (Vec<String>, Vec<String>) = lines
        .map(|(name, advice)| (format!("{name}：{}", advice.zh), format!("{name}: {}", advice.en)))
        .unzip();
    Message::new(zh.join("；"), en.join("; "))
}
