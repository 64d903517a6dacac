//! nginx: an include for the `server` block that serves the site. It takes no `location` for itself but for redirects.

use super::policy::{FRAMED, KEEP, KEPT, REVALIDATE, SHARED, TEXTS, TYPES, content_policy, everywhere};
use super::{Publication, Redirected};
use crate::content::site_config::Compression;

/// `.hosts/nginx.conf`.
pub(super) fn include(publication: &Publication<'_>) -> String {
    let mut text = String::from(
        "# plenary 生成，每次生成都会重写。写在 server 块里：\n\
         #   root /网站文件夹的上级;  include /网站文件夹/.hosts/nginx.conf;\n\
         # Written by plenary, again with every build. Include it in the server block that serves the site.\n\n\
         index index.html;\n\
         absolute_redirect off;\n\
         charset utf-8;\n",
    );
    let kinds = |only: &dyn Fn(&str) -> bool| -> Vec<&str> {
        TYPES.iter().filter(|(ending, _)| only(ending)).map(|(_, kind)| *kind).collect()
    };
    // nginx knows text/html by itself, and warns where it is named again.
    let with_charset = kinds(&|ending| TEXTS.contains(&ending) && ending != "html");
    text.push_str(&format!("charset_types {};\n", with_charset.join(" ")));
    text.push_str("default_type application/octet-stream;\ntypes {\n");
    for (ending, kind) in TYPES {
        text.push_str(&format!("  {kind} {ending};\n"));
    }
    text.push_str("}\n");
    text.push_str(&not_found(publication));
    text.push_str(compressed(&publication.config.precompress));
    text.push('\n');
    text.push_str("if ($uri ~ \"/\\.(?!well-known(/|$))\") { return 404; }\n");
    text.push_str(&format!("set $plenary_cache {};\n", quoted(REVALIDATE)));
    text.push_str(&format!("if ($uri ~ {}) {{ set $plenary_cache {}; }}\n", quoted(KEPT), quoted(KEEP)));
    text.push_str("set $plenary_origin \"\";\nset $plenary_resource \"\";\n");
    text.push_str(&format!(
        "if ($uri ~ {}) {{ set $plenary_origin \"*\"; set $plenary_resource cross-origin; }}\n",
        quoted(SHARED)
    ));
    text.push_str(&format!(
        "set $plenary_policy {};\nset $plenary_frame SAMEORIGIN;\n",
        quoted(&content_policy(false))
    ));
    text.push_str(&format!(
        "if ($uri ~ {}) {{ set $plenary_policy {}; set $plenary_frame \"\"; }}\n\n",
        quoted(FRAMED),
        quoted(&content_policy(true))
    ));
    // A missing file must not be kept as missing, so the first one is not for errors.
    text.push_str(
        "add_header Cache-Control $plenary_cache;\n\
         add_header Access-Control-Allow-Origin $plenary_origin;\n\
         add_header Cross-Origin-Resource-Policy $plenary_resource;\n\
         add_header Content-Security-Policy $plenary_policy always;\n\
         add_header X-Frame-Options $plenary_frame always;\n",
    );
    for (name, value) in everywhere(publication.config) {
        text.push_str(&format!("add_header {name} {} always;\n", quoted(&value)));
    }
    text.push('\n');
    for redirected in &publication.redirects {
        text.push_str(&redirect(redirected));
    }
    text
}

/// The page for what is missing: below the site's own path there, and at the root of the host where the site was moved to it.
fn not_found(publication: &Publication<'_>) -> String {
    let base = &publication.config.base_url.path;
    if base == "/" {
        return "error_page 404 /404.html;\n".to_owned();
    }
    format!(
        "set $plenary_base /;\nif ($uri ~ {}) {{ set $plenary_base {}; }}\nerror_page 404 \"${{plenary_base}}404.html\";\n",
        quoted(&format!("^{}", super::literal(base))),
        quoted(base)
    )
}

fn compressed(asked: &[Compression]) -> &'static str {
    match (asked.contains(&Compression::Gzip), asked.contains(&Compression::Brotli)) {
        (false, false) => "",
        (true, false) => "gzip_static on;\ngzip_vary on;\n",
        (true, true) => {
            "gzip_static on;\ngzip_vary on;\n\
             # 装了 ngx_brotli 模块（Debian: libnginx-mod-http-brotli-static）再去掉下面的井号。\n\
             # With the module ngx_brotli the next line can be used.\n# brotli_static on;\n"
        }
        (false, true) => {
            "# 装了 ngx_brotli 模块（Debian: libnginx-mod-http-brotli-static）再去掉下面的井号。\n\
             # With the module ngx_brotli the next line can be used.\n# brotli_static on;\n"
        }
    }
}

fn redirect(redirected: &Redirected) -> String {
    let Redirected { from, to } = redirected;
    // A percent sign in the target stands for itself; a dollar sign cannot be in it, as it is encoded.
    format!("location = {} {{ return 301 {}; }}\n", quoted(from), quoted(to))
}

/// A parameter in double quotes.
fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}
