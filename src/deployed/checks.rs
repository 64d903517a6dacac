//! What a host should do with the site: one function for each question.

use super::advice::{Topic, for_site};
use super::answer::Answer;
use super::published::{address, encoded};
use super::{Copy, advice};
use crate::content::site_config::LinkStyle;
use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::hosts::{Host, policy};

/// Seconds for which a page may be shown without asking again.
const LONGEST_FOR_PAGES: u64 = 3600;

/// Seconds for which what never changes should at least be kept.
const SHORTEST_FOR_KEPT: u64 = 30 * 24 * 3600;

/// Redirects that are tried.
const REDIRECTS: usize = 50;

/// Bytes of a page that no host leaves uncompressed without need.
const WORTH_COMPRESSING: usize = 4096;

/// Asks all questions; what is wrong comes in the order in which it should be seen to.
pub(super) fn all(copy: &Copy<'_>) -> Vec<Diagnostic> {
    let checks =
        [index, not_found, types, sharing, framing, security, cache, redirects, hidden, secure, compression];
    let mut found = Vec::new();
    for check in checks {
        check(copy, &mut found);
    }
    found
}

/// A finding about `path`, with what to do about it on the site's hosts.
fn finding(
    copy: &Copy<'_>,
    code: &'static str,
    severity: Severity,
    path: &str,
    what: (String, String),
    topic: Topic,
) -> Diagnostic {
    let what = Message::new(what.0, what.1);
    Diagnostic::deployed(code, severity, &copy.client.url(path), what, for_site(copy.config, topic))
}

/// The answer for an address, uncompressed; none where the network failed, which the comparison tells.
fn get(copy: &Copy<'_>, path: &str) -> Option<Answer> {
    copy.client.get(path).ok()
}

/// A folder shows its own index, and without its slash leads to the one with it.
fn index(copy: &Copy<'_>, found: &mut Vec<Diagnostic>) {
    let home = copy.published.bytes("index.html");
    let inner = copy.published.first(|path| path.ends_with("/index.html") && path.matches('/').count() == 1);
    for path in ["index.html"].into_iter().chain(inner) {
        let asked = match copy.config.links {
            LinkStyle::Folder => address(path),
            LinkStyle::Explicit => encoded(path),
        };
        let Some(answer) = get(copy, &asked) else { continue };
        let what = if answer.status != 200 {
            (
                format!("应当显示 {path}，却回应 {}", answer.status),
                format!("{path} should be shown, but the answer is {}", answer.status),
            )
        } else if path != "index.html" && Some(&answer.body) == home.as_ref() {
            (
                format!("应当显示 {path}，却显示首页"),
                format!("{path} should be shown, but it is the home page"),
            )
        } else {
            continue;
        };
        found.push(finding(copy, "no-index", Severity::Error, &asked, what, Topic::Index));
    }
    let Some(folder) = inner.and_then(|path| path.strip_suffix("/index.html")) else { return };
    let asked = encoded(folder);
    let Some(answer) = get(copy, &asked) else { return };
    let slashed = format!("{}/", copy.client.url(&asked));
    let leads = answer.is_redirect() && same_path(&answer.target(&copy.client.url(&asked)), &slashed);
    if copy.config.links == LinkStyle::Folder && !leads && answer.status != 200 {
        let what = (
            format!("地址末尾少了斜杠就打不开（{}）", answer.status),
            format!("without the slash at its end the address does not open ({})", answer.status),
        );
        found.push(finding(copy, "no-slash", Severity::Warning, &asked, what, Topic::Index));
    }
}

/// Whether two addresses are the same but for scheme and host.
fn same_path(one: &str, other: &str) -> bool {
    let path = |url: &str| url.splitn(4, '/').nth(3).map(str::to_owned);
    path(one) == path(other)
}

/// What is not there is answered with 404 and the site's own page.
fn not_found(copy: &Copy<'_>, found: &mut Vec<Diagnostic>) {
    for asked in ["plenary-check/none/", "plenary-check.html"] {
        let Some(answer) = get(copy, asked) else { continue };
        let own = copy.published.bytes("404.html");
        let (severity, what) = if answer.status != 404 {
            let what = (
                format!("不存在的地址应当回应 404，却回应 {}", answer.status),
                format!("an address that does not exist should be answered with 404, not {}", answer.status),
            );
            (Severity::Error, what)
        } else if Some(answer.body) != own {
            let what = (
                "不存在的地址显示的不是网站的 404 页".to_owned(),
                "an address that does not exist does not show the site's 404 page".to_owned(),
            );
            (Severity::Warning, what)
        } else {
            continue;
        };
        found.push(finding(copy, "no-404", severity, asked, what, Topic::NotFound));
        return;
    }
}

/// One file of each kind comes with its type, as UTF-8, and to be shown.
fn types(copy: &Copy<'_>, found: &mut Vec<Diagnostic>) {
    for (ending, kind) in policy::TYPES {
        let dotted = format!(".{ending}");
        let path = match *ending {
            // Portals in GBK read a script as GBK unless it says otherwise.
            "js" if copy.published.has("embed.js") => Some("embed.js"),
            _ => copy.published.first(|path| path.ends_with(&dotted) && path != "404.html"),
        };
        let Some(path) = path else { continue };
        let asked = address(path);
        let Some(answer) = get(copy, &asked).filter(|answer| answer.status == 200) else { continue };
        if answer.header("content-disposition").to_ascii_lowercase().starts_with("attachment") {
            let what =
                ("浏览器会下载它而不是打开".to_owned(), "browsers save it instead of showing it".to_owned());
            found.push(finding(copy, "to-be-saved", Severity::Error, &asked, what, Topic::Type));
            continue;
        }
        let sent = answer.header("content-type").to_ascii_lowercase();
        let is_right = accepted(ending, kind).contains(&sent.split(';').next().unwrap_or_default().trim());
        let charset = sent.split_once("charset=").map(|(_, name)| name.trim().trim_matches('"').to_owned());
        // Pages, JSON and XML say or imply their encoding themselves; scripts, styles and plain texts do not.
        let needs = matches!(*ending, "js" | "txt" | "csv");
        let is_utf8 = charset.as_deref().map_or(!needs, |name| name == "utf-8");
        if !is_right || (policy::TEXTS.contains(ending) && !is_utf8) {
            let due = policy::media_type(path).unwrap_or_default();
            let what = (
                format!("类型应当是 {due}，却是 {}", shown(&sent)),
                format!("its type should be {due}, but is {}", shown(&sent)),
            );
            found.push(finding(copy, "wrong-type", Severity::Error, &asked, what, Topic::Type));
        }
    }
}

fn shown(header: &str) -> &str {
    if header.is_empty() { "—" } else { header }
}

/// Types that do as well as the one that hosts should send.
fn accepted(ending: &str, kind: &'static str) -> Vec<&'static str> {
    let mut all = vec![kind];
    all.extend(match ending {
        "js" => &["application/javascript", "application/x-javascript"][..],
        "xml" => &["text/xml", "application/atom+xml", "application/opensearchdescription+xml"],
        "json" => &["application/feed+json", "application/manifest+json", "application/schema+json"],
        "webmanifest" => &["application/json"],
        "ico" => &["image/vnd.microsoft.icon"],
        _ => &[],
    });
    all
}

/// Portals may read the search from pages of their own.
fn sharing(copy: &Copy<'_>, found: &mut Vec<Diagnostic>) {
    for path in ["search/index.json", "embed.js"] {
        let Some(answer) = get(copy, path).filter(|answer| answer.status == 200) else { continue };
        let origin = answer.header("access-control-allow-origin");
        if origin != "*" && origin != "https://portal.example" {
            let what = (
                format!(
                    "没有 Access-Control-Allow-Origin: *（现在是 {}）：门户上的搜索要绕道，也不能校验脚本",
                    shown(&origin)
                ),
                format!(
                    "there is no Access-Control-Allow-Origin: * (but {}): the search takes a detour on portals, and they cannot verify its script",
                    shown(&origin)
                ),
            );
            found.push(finding(copy, "not-shared", Severity::Warning, path, what, Topic::Sharing));
            return;
        }
    }
}

/// Portals may show the page for frames.
fn framing(copy: &Copy<'_>, found: &mut Vec<Diagnostic>) {
    let asked = "embed/";
    let Some(answer) = get(copy, asked).filter(|answer| answer.status == 200) else { return };
    let policy = answer.header("content-security-policy").to_ascii_lowercase();
    let ancestors = policy
        .split("frame-ancestors")
        .skip(1)
        .map(|rest| rest.split([';', ',']).next().unwrap_or_default().trim());
    let is_refused = ancestors.into_iter().any(|who| who == "'none'" || who == "'self'");
    if is_refused || !answer.header("x-frame-options").is_empty() {
        let what = (
            "门户不能用框架嵌入这一页：有 X-Frame-Options 或 frame-ancestors".to_owned(),
            "portals cannot show this page in a frame: it has X-Frame-Options or frame-ancestors".to_owned(),
        );
        found.push(finding(copy, "not-framed", Severity::Error, asked, what, Topic::Security));
    }
}

/// Pages come with the security headers.
fn security(copy: &Copy<'_>, found: &mut Vec<Diagnostic>) {
    let Some(answer) = get(copy, "") else { return };
    let mut due: Vec<&str> = policy::everywhere(copy.config).iter().map(|(name, _)| *name).collect();
    due.push("Content-Security-Policy");
    // A copy that is looked at by plain http, as on an office's own network, cannot send it.
    due.retain(|name| *name != "Strict-Transport-Security" || copy.client.url("").starts_with("https://"));
    let mut missing: Vec<&str> = due.into_iter().filter(|name| answer.header(name).is_empty()).collect();
    let is_framed = answer.header("x-frame-options").is_empty()
        && !answer.header("content-security-policy").contains("frame-ancestors");
    if is_framed {
        missing.push("X-Frame-Options");
    }
    if !missing.is_empty() {
        let names = missing.join(", ");
        let what = (format!("缺少响应头：{names}"), format!("headers are missing: {names}"));
        found.push(finding(copy, "no-security", Severity::Warning, "", what, Topic::Security));
    }
    if let Some(code) = blocked(&answer) {
        let what = (
            format!("内容安全策略不让网页用自己的{}", code.0),
            format!("the content security policy keeps the page from its own {}", code.1),
        );
        found.push(finding(copy, "wrong-policy", Severity::Error, "", what, Topic::Security));
    }
}

/// What a page needs and its policy does not allow.
fn blocked(answer: &Answer) -> Option<(&'static str, &'static str)> {
    let policy = answer.header("content-security-policy");
    if policy.is_empty() {
        return None;
    }
    let directive = |name: &str| {
        policy.split([';', ',']).map(str::trim).find_map(|part| part.strip_prefix(name)).map(str::to_owned)
    };
    let needed = [
        ("script-src ", ("脚本", "scripts")),
        ("style-src ", ("样式", "styles")),
        ("connect-src ", ("搜索索引", "search index")),
        ("img-src ", ("图片", "pictures")),
    ];
    needed.into_iter().find_map(|(name, what)| {
        let sources = directive(name).or_else(|| directive("default-src "))?;
        let allows =
            ["'self'", "*", "https:"].iter().any(|source| sources.split(' ').any(|one| one == *source));
        (!allows).then_some(what)
    })
}

/// What never changes is kept, and all else is asked for again.
fn cache(copy: &Copy<'_>, found: &mut Vec<Diagnostic>) {
    if let Some(age) =
        get(copy, "").and_then(|answer| answer.max_age()).filter(|age| *age > LONGEST_FOR_PAGES)
    {
        let what = (
            format!("浏览器会把网页存 {age} 秒，更正和撤回到那时才看得到"),
            format!("browsers keep pages for {age} seconds; corrections and withdrawals are seen no sooner"),
        );
        found.push(finding(copy, "kept-too-long", Severity::Error, "", what, Topic::Cache));
    }
    let Some(path) = copy.published.first(|path| path.starts_with("assets/")) else { return };
    let asked = encoded(path);
    let Some(answer) = get(copy, &asked).filter(|answer| answer.status == 200) else { return };
    if answer.max_age().unwrap_or(0) < SHORTEST_FOR_KEPT {
        let what = (
            format!(
                "名字带摘要的文件可以存一年（Cache-Control: {}），现在是 {}",
                policy::KEEP,
                shown(&answer.header("cache-control"))
            ),
            format!(
                "a file with a digest in its name can be kept for a year (Cache-Control: {}), but it says {}",
                policy::KEEP,
                shown(&answer.header("cache-control"))
            ),
        );
        found.push(finding(copy, "not-kept", Severity::Warning, &asked, what, Topic::Cache));
    }
}

/// Old addresses lead to where the page is now.
fn redirects(copy: &Copy<'_>, found: &mut Vec<Diagnostic>) {
    for (path, to) in copy.published.redirects().into_iter().take(REDIRECTS) {
        let asked = address(path);
        let Some(answer) = get(copy, &asked) else { continue };
        if answer.status == 200 && Some(answer.body.as_slice()) == copy.published.bytes(path).as_deref() {
            continue;
        }
        let whole = copy.client.url(&asked);
        let due = followed(&whole, &to);
        if answer.is_redirect() && same_path(&answer.target(&whole), &due) {
            continue;
        }
        let what = (
            format!("旧地址应当转到 {due}，却回应 {} {}", answer.status, answer.header("location")),
            format!(
                "the old address should lead to {due}, but the answer is {} {}",
                answer.status,
                answer.header("location")
            ),
        );
        found.push(finding(copy, "no-redirect", Severity::Error, &asked, what, Topic::Index));
    }
}

/// Where a relative address leads from `page`.
fn followed(page: &str, relative: &str) -> String {
    let mut folders: Vec<&str> = page.split('/').collect();
    folders.pop();
    let mut rest = relative;
    while let Some(up) = rest.strip_prefix("../") {
        folders.pop();
        rest = up;
    }
    format!("{}/{}", folders.join("/"), rest.trim_start_matches("./"))
}

/// Nothing of the sources or of the host's settings is handed out.
fn hidden(copy: &Copy<'_>, found: &mut Vec<Diagnostic>) {
    for path in [".git/config", ".git/HEAD", "content/site.toml", ".env"] {
        let Some(answer) = get(copy, path).filter(|answer| answer.status == 200) else { continue };
        // A host that answers everything with a page has been told of that above.
        let text = String::from_utf8_lossy(&answer.body).trim_start().to_ascii_lowercase();
        if text.starts_with("<!doctype") || text.starts_with("<html") {
            continue;
        }
        let what = ("这个文件不该公开".to_owned(), "this file should not be public".to_owned());
        let help = Message::new("只上传 public 里的文件", "upload nothing but the files of public");
        let what = Message::new(what.0, what.1);
        found.push(Diagnostic::deployed("not-hidden", Severity::Error, &copy.client.url(path), what, help));
    }
}

/// A site by https is reached by http as well, and led to https.
fn secure(copy: &Copy<'_>, found: &mut Vec<Diagnostic>) {
    let url = copy.client.url("");
    let Some(rest) = url.strip_prefix("https://") else { return };
    if rest.split('/').next().unwrap_or_default().contains(':') {
        return;
    }
    let plain = format!("http://{rest}");
    let Ok(answer) = copy.client.ask(&plain, "identity") else { return };
    if !(answer.is_redirect() && answer.target(&plain).starts_with("https://")) {
        let what = Message::new(
            "没有转到 https，读者看到的内容路上可能被改",
            "it does not lead to https: what readers see can be changed on the way",
        );
        let help = Message::new("在主机上打开“强制 HTTPS”", "turn on the redirect to https on the host");
        found.push(Diagnostic::deployed("no-https", Severity::Warning, &plain, what, help));
    }
}

/// A large page comes compressed to those who take it so.
fn compression(copy: &Copy<'_>, found: &mut Vec<Diagnostic>) {
    let home = copy.published.bytes("index.html").unwrap_or_default();
    let Ok(answer) = copy.client.get_compressed("") else { return };
    if answer.status == 200 && home.len() > WORTH_COMPRESSING && answer.header("content-encoding").is_empty()
    {
        let what = (
            "没有压缩，手机上打开要多用几倍流量".to_owned(),
            "it comes uncompressed, several times as many bytes for a phone".to_owned(),
        );
        found.push(finding(copy, "not-compressed", Severity::Warning, "", what, Topic::Compression));
    }
}

/// The table of what to change on which host, as Markdown: topics by hosts, in the language that `of` picks.
pub fn table(of: impl Fn(&Message) -> String) -> String {
    let mut text = format!("| | {} |\n", Topic::ALL.map(|topic| of(&topic.name())).join(" | "));
    text.push_str(&format!("|{}\n", "---|".repeat(Topic::ALL.len() + 1)));
    for host in Host::ALL {
        let cells = Topic::ALL.map(|topic| of(&advice::advice(topic, host)).replace('|', "\\|"));
        text.push_str(&format!("| {} | {} |\n", host.name(), cells.join(" | ")));
    }
    text
}
