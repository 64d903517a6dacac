//! Apache HTTP Server 2.4: `.htaccess`, for folders with `AllowOverride FileInfo Indexes`.

use super::policy::{FRAMED, KEEP, KEPT, REVALIDATE, SHARED, TEXTS, TYPES, content_policy, everywhere};
use super::{Publication, literal};
use crate::content::site_config::Compression;

/// `.htaccess`.
pub(super) fn htaccess(publication: &Publication<'_>) -> String {
    let mut text = String::from(
        "# plenary 生成，每次生成都会重写。服务器要允许：AllowOverride FileInfo Indexes，启用 mod_headers。\n\
         # Written by plenary, again with every build. It needs AllowOverride FileInfo Indexes, and mod_headers.\n\n\
         DirectoryIndex index.html\n\
         AddDefaultCharset utf-8\n",
    );
    for (ending, kind) in TYPES {
        text.push_str(&format!("AddType {kind} .{ending}\n"));
    }
    let endings: Vec<String> = TEXTS.iter().map(|ending| format!(".{ending}")).collect();
    text.push_str(&format!("AddCharset utf-8 {}\n", endings.join(" ")));
    text.push_str("ErrorDocument 404 /404.html\n");
    let base = &publication.config.base_url.path;
    if base != "/" {
        text.push_str(&format!(
            "<If \"%{{REQUEST_URI}} =~ m#^{}#\">\nErrorDocument 404 {}\n</If>\n",
            literal(base),
            quoted(&publication.not_found())
        ));
    }
    text.push_str("RedirectMatch 404 \"/\\.(?!well-known(/|$))\"\n");
    for redirected in &publication.redirects {
        let from = format!("^{}$", literal(&redirected.from));
        text.push_str(&format!("RedirectMatch 301 {} {}\n", quoted(&from), quoted(&redirected.to)));
    }
    text.push('\n');
    text.push_str(&headers(publication));
    text.push_str(&compressed(&publication.config.precompress));
    text
}

fn headers(publication: &Publication<'_>) -> String {
    let mut text = String::from("<IfModule mod_headers.c>\n");
    let mut set = |name: &str, value: &str, condition: &str| {
        // Whatever the server says by default is taken away first, whichever table of its it stands in.
        text.push_str(&format!(
            "Header unset {name}\nHeader always set {name} {}{condition}\n",
            quoted(value)
        ));
    };
    for (name, value) in everywhere(publication.config) {
        set(name, &value, "");
    }
    set("Content-Security-Policy", &content_policy(false), "");
    set("X-Frame-Options", "SAMEORIGIN", "");
    // A twin is looked for by its own name.
    let matches = |expression: &str| {
        format!(" \"expr=%{{REQUEST_URI}} =~ m#{}#\"", expression.replace('$', "(\\.gz|\\.br)?$"))
    };
    let framed = matches(FRAMED);
    text.push_str(&format!(
        "Header always set Content-Security-Policy {}{framed}\nHeader always unset X-Frame-Options{framed}\n",
        quoted(&content_policy(true))
    ));
    text.push_str(&format!(
        "Header set Cache-Control {}\nHeader set Cache-Control {}{}\n",
        quoted(REVALIDATE),
        quoted(KEEP),
        matches(KEPT)
    ));
    let shared = matches(SHARED);
    text.push_str(&format!(
        "Header set Access-Control-Allow-Origin \"*\"{shared}\n\
         Header set Cross-Origin-Resource-Policy cross-origin{shared}\n</IfModule>\n"
    ));
    text
}

/// Rules that hand out a file's compressed twin to those who take it.
fn compressed(asked: &[Compression]) -> String {
    if asked.is_empty() {
        return String::new();
    }
    let mut text = String::from("\n<IfModule mod_rewrite.c>\n<IfModule mod_headers.c>\nRewriteEngine On\n");
    // Brotli first: it is the smaller one. Its ending is also that of the Breton language.
    let mut order = asked.to_vec();
    order.sort_by_key(|one| *one == Compression::Gzip);
    let endings = TEXTS.join("|");
    for compression in order {
        let (coding, ending) = (compression.coding(), compression.ending());
        text.push_str(&format!(
            "RewriteCond %{{HTTP:Accept-Encoding}} \\b{coding}\\b\n\
             RewriteCond %{{REQUEST_FILENAME}}.{ending} -f\n\
             RewriteRule \"^(.+\\.({endings}))$\" \"$1.{ending}\" [L]\n\
             RemoveType .{ending}\nRemoveLanguage .{ending}\nAddEncoding {coding} .{ending}\n"
        ));
    }
    let endings = endings.replace('|', "|\\.");
    text.push_str(&format!(
        "<FilesMatch \"(\\.{endings})(\\.gz|\\.br)?$\">\nHeader append Vary Accept-Encoding\n</FilesMatch>\n\
         </IfModule>\n</IfModule>\n"
    ));
    text
}

/// A parameter in double quotes.
fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('"', "\\\""))
}
