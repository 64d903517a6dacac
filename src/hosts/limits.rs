//! What hosts do not take: more files, bigger files or more rules than they say, and addresses that they change.

use super::{Host, Publication, object_storage};
use crate::content::fields::Located;
use crate::content::site_config::SITE_TOML;
use crate::diagnostic::{Diagnostic, Message};
use crate::output::Output;

/// Files of one publication on Cloudflare Pages, on its free plan.
const CLOUDFLARE_FILES: usize = 20_000;

/// Bytes of one file on Cloudflare Pages: 25 MiB.
const CLOUDFLARE_FILE: u64 = 25 << 20;

/// Rules of `_headers` on Cloudflare Pages.
const CLOUDFLARE_HEADER_RULES: usize = 100;

/// Characters of a line of `_headers` on Cloudflare Pages.
const CLOUDFLARE_HEADER_LINE: usize = 2_000;

/// Rules of `_redirects` on Cloudflare Pages that have no placeholder.
const CLOUDFLARE_REDIRECTS: usize = 2_000;

/// Characters of a line of `_redirects` on Cloudflare Pages.
const CLOUDFLARE_REDIRECT_LINE: usize = 1_000;

/// Bytes of one file in a repository of GitHub: 100 MiB.
const GITHUB_FILE: u64 = 100 << 20;

/// Bytes of a website's settings of COS: 64 KiB.
const COS_SETTINGS: usize = 64 << 10;

/// What of the site the hosts that it names will not take.
pub(super) fn exceeded(
    publication: &Publication<'_>,
    files: &[(String, String)],
    output: &Output,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for host in &publication.config.hosts {
        let mut report = |what: Message| {
            found.push(Diagnostic::host_limit(host.place(SITE_TOML), host.value.name(), &what));
        };
        match host.value {
            Host::Cloudflare => cloudflare(files, output, &mut report),
            Host::Github => {
                largest(output, GITHUB_FILE, &mut report);
            }
            Host::Oss => rules(publication, object_storage::OSS_RULES, &mut report),
            Host::Cos => {
                rules(publication, object_storage::COS_RULES, &mut report);
                let settings = files.iter().find(|(path, _)| path.ends_with("cos-website.xml"));
                if let Some((path, text)) = settings.filter(|(_, text)| text.len() > COS_SETTINGS) {
                    report(too_long(path, text.len(), COS_SETTINGS));
                }
            }
            _ => {}
        }
        found.extend(path_of_base(publication, host));
        found.extend(letters(publication, host));
    }
    found
}

fn cloudflare(files: &[(String, String)], output: &Output, report: &mut impl FnMut(Message)) {
    let count = output.count() + files.len();
    if count > CLOUDFLARE_FILES {
        report(Message::new(
            format!(
                "网站有 {count} 个文件，超过免费方案的 {CLOUDFLARE_FILES} 个；可以在 [search] 里写 pack = 50、scripts = false，或用收费方案"
            ),
            format!(
                "the site has {count} files, more than the {CLOUDFLARE_FILES} of its free plan; write pack = 50 and scripts = false below [search], or take another plan"
            ),
        ));
    }
    largest(output, CLOUDFLARE_FILE, report);
    for (name, limit, line) in [
        ("_headers", CLOUDFLARE_HEADER_RULES, CLOUDFLARE_HEADER_LINE),
        ("_redirects", CLOUDFLARE_REDIRECTS, CLOUDFLARE_REDIRECT_LINE),
    ] {
        let text = files.iter().find(|(path, _)| path == name).map_or("", |(_, text)| text.as_str());
        let rules = text.lines().filter(|line| line.starts_with('/')).count();
        if rules > limit {
            report(Message::new(
                format!("{name} 有 {rules} 条规则，超过 {limit} 条，多出的不起作用"),
                format!("{name} has {rules} rules, more than {limit}; the rest does nothing"),
            ));
        }
        if let Some(long) = text.lines().map(|line| line.chars().count()).find(|length| *length > line) {
            report(too_long(name, long, line));
        }
    }
}

fn too_long(path: &str, length: usize, limit: usize) -> Message {
    Message::new(
        format!("{path} 太长（{length}，最多 {limit}）"),
        format!("{path} is too long ({length}, at most {limit})"),
    )
}

/// The largest file that is known to be too large.
fn largest(output: &Output, limit: u64, report: &mut impl FnMut(Message)) {
    let sizes = output.paths().filter_map(|path| Some((output.known_size(path)?, path)));
    if let Some((size, path)) = sizes.filter(|(size, _)| *size > limit).max() {
        let (size, limit) = (size >> 20, limit >> 20);
        report(Message::new(
            format!("文件 {path} 有 {size} MB，超过 {limit} MB"),
            format!("the file {path} has {size} MB, more than {limit} MB"),
        ));
    }
}

fn rules(publication: &Publication<'_>, limit: usize, report: &mut impl FnMut(Message)) {
    let count = publication.redirects.len();
    if count > limit {
        report(Message::new(
            format!("旧地址有 {count} 个，只有前 {limit} 个写成规则；其余的靠旧地址上的跳转页"),
            format!(
                "there are {count} old addresses, of which the first {limit} are rules; the rest are left to the pages at these addresses"
            ),
        ));
    }
}

/// These two serve a site at the root of a host and nowhere else.
fn path_of_base(publication: &Publication<'_>, host: &Located<Host>) -> Option<Diagnostic> {
    let base = &publication.config.base_url;
    let only_root = matches!(host.value, Host::Cloudflare | Host::Netlify);
    (only_root && base.path != "/").then(|| {
        let what = Message::new(
            format!("它只能把网站放在域名的根上，base_url 却在 {} 下，404 页的链接会不对", base.path),
            format!("it serves a site at the root of a domain, but base_url is below {}: links of the 404 page will be wrong", base.path),
        );
        Diagnostic::host_limit(host.place(SITE_TOML), host.value.name(), &what)
    })
}

/// A host that leads addresses with upper-case letters to lower-case ones does not find such files.
fn letters(publication: &Publication<'_>, host: &Located<Host>) -> Option<Diagnostic> {
    let upper = |path: &&&str| path.chars().any(|c| c.is_ascii_uppercase());
    let path = publication.paths.iter().find(upper).filter(|_| host.value == Host::Netlify)?;
    let what = Message::new(
        format!("它把地址改成小写，{path} 会找不到；请把文件名改成小写"),
        format!("it makes addresses lower-case and will not find {path}; give the file a lower-case name"),
    );
    Some(Diagnostic::host_limit(host.place(SITE_TOML), host.value.name(), &what))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::site_config;
    use crate::output::Content;

    #[test]
    fn more_and_bigger_files_than_cloudflare_takes_are_told() {
        let settings =
            "title = \"t\"\nbase_url = \"https://a.example/\"\nhosts = [\"cloudflare\", \"github\"]\n";
        let config = site_config::parse(settings).0.expect("settings");
        let mut output = Output::default();
        for i in 0..=CLOUDFLARE_FILES {
            output.insert(format!("{i}"), Content::Bytes(Vec::new()));
        }
        output.insert("big".into(), Content::Bytes(vec![0; (CLOUDFLARE_FILE + 1) as usize]));
        let publication = Publication { config: &config, paths: Vec::new(), redirects: Vec::new() };
        let found = exceeded(&publication, &[], &output);
        let said: Vec<&str> = found.iter().map(|found| found.message.en.as_str()).collect();
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(said[0].contains("20002 files"), "{said:?}");
        assert!(said[1].contains("big has 25 MB"), "{said:?}");
    }
}
