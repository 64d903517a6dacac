//! Caddy 2: lines to import into the block of the site, which has its `root`.

use super::Publication;
use super::policy::{FRAMED, KEEP, KEPT, REVALIDATE, SHARED, TEXTS, content_policy, everywhere, media_type};
use crate::content::site_config::Compression;

/// `.hosts/Caddyfile`.
pub(super) fn snippet(publication: &Publication<'_>) -> String {
    let mut text = String::from(
        "# plenary 生成，每次生成都会重写。在网站的块里写：root * /文件夹 和 import /网站文件夹/.hosts/Caddyfile\n\
         # Written by plenary, again with every build. Import it into the site's block, after its root.\n\n",
    );
    text.push_str("@plenary_hidden path_regexp hidden `/\\.[^/]+`\n");
    text.push_str("@plenary_kept path_regexp kept `");
    text.push_str(KEPT);
    text.push_str("`\n@plenary_fresh not path_regexp fresh `");
    text.push_str(KEPT);
    text.push_str("`\n@plenary_shared path_regexp shared `");
    text.push_str(SHARED);
    text.push_str("`\n@plenary_framed path_regexp framed `");
    text.push_str(FRAMED);
    text.push_str("`\n@plenary_own not path_regexp own `");
    text.push_str(FRAMED);
    text.push_str("`\n");
    for (name, value) in everywhere(publication.config) {
        text.push_str(&format!("header {name} {}\n", quoted(&value)));
    }
    text.push_str(&format!("header @plenary_kept Cache-Control {}\n", quoted(KEEP)));
    text.push_str(&format!("header @plenary_fresh Cache-Control {}\n", quoted(REVALIDATE)));
    text.push_str("header @plenary_shared Access-Control-Allow-Origin *\n");
    text.push_str("header @plenary_shared Cross-Origin-Resource-Policy cross-origin\n");
    text.push_str(&format!(
        "header @plenary_framed Content-Security-Policy {}\n",
        quoted(&content_policy(true))
    ));
    text.push_str(&format!(
        "header @plenary_own Content-Security-Policy {}\n",
        quoted(&content_policy(false))
    ));
    text.push_str("header @plenary_own X-Frame-Options SAMEORIGIN\n");
    for ending in TEXTS {
        let kind = media_type(&format!("a.{ending}")).unwrap_or_default();
        // Deferred, as the file server says its own type.
        text.push_str(&format!(
            "@plenary_{ending} path *.{ending}\nheader @plenary_{ending} {{\n\tContent-Type {}\n\tdefer\n}}\n",
            quoted(&kind)
        ));
    }
    text.push('\n');
    for redirected in &publication.redirects {
        text.push_str(&format!("redir {} {} 301\n", quoted(&redirected.from), quoted(&redirected.to)));
    }
    text.push_str("error @plenary_hidden 404\n");
    text.push_str(&format!("file_server{}\n", compressed(&publication.config.precompress)));
    text.push_str(&format!(
        "handle_errors {{\n\t@plenary_missing expression `{{err.status_code}} == 404`\n\
         \theader @plenary_missing -Cache-Control\n\
         \theader @plenary_missing Content-Type \"text/html; charset=utf-8\"\n\
         {}\tfile_server\n}}\n",
        not_found(publication)
    ));
    text
}

/// The page for what is missing: below the site's own path there, and at the root of the host where the site was moved to it.
fn not_found(publication: &Publication<'_>) -> String {
    let base = &publication.config.base_url.path;
    if base == "/" {
        return "\trewrite @plenary_missing /404.html\n".to_owned();
    }
    let below = quoted(&format!("{base}*"));
    let own = quoted(&publication.not_found());
    let missing = "expression `{err.status_code} == 404`";
    format!(
        "\t@plenary_below {{\n\t\t{missing}\n\t\tpath {below}\n\t}}\n\
         \t@plenary_elsewhere {{\n\t\t{missing}\n\t\tnot path {below}\n\t}}\n\
         \trewrite @plenary_below {own}\n\trewrite @plenary_elsewhere /404.html\n"
    )
}

fn compressed(asked: &[Compression]) -> String {
    if asked.is_empty() {
        return " {\n\thide .*\n}".to_owned();
    }
    let mut order = asked.to_vec();
    order.sort_by_key(|one| *one == Compression::Gzip);
    let codings: Vec<&str> = order.iter().map(|one| one.coding()).collect();
    format!(" {{\n\thide .*\n\tprecompressed {}\n}}", codings.join(" "))
}

/// A parameter in double quotes.
fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}
