//! The browser's search client: small scripts joined into two, the second of which is loaded when it is needed.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use base64::Engine as _;
use sha2::Digest as _;

use super::tokens::{BLANKS, CHARACTERS, MARKS, NOTHING};
use crate::content::site_config::LinkStyle;
use crate::minify;
use crate::output::script_safe;
use crate::site::url;

/// How a key finds its shard, in the client and before it.
const HASH: &str = include_str!("client/hash.js");

/// What a page needs for a query and its results, in the order in which it is joined.
const FIRST: &[&str] = &[
    HASH,
    include_str!("client/tokens.js"),
    include_str!("client/query.js"),
    include_str!("client/lists.js"),
    include_str!("client/match.js"),
    include_str!("client/hits.js"),
    include_str!("client/reader.js"),
    include_str!("client/ask.js"),
    include_str!("client/loader.js"),
    include_str!("client/style.js"),
    include_str!("client/element.js"),
];

/// What is needed when nothing was found, for filters and for the export.
const SECOND: &[&str] =
    &[include_str!("client/relax.js"), include_str!("client/facets.js"), include_str!("client/panel.js")];

/// Names of the first part that the second one uses.
const SHARED: &str = "COLUMNS, FILTERS, answerOf, patternOf, plainly, questionOf, reach, readQuery, show, textOf, units, unpack, wordsLike";

/// Words that the client needs before the index has told those of its site.
const EARLY: [&str; 3] = ["search", "fault", "retry"];

/// The client as one ES2017 classic script with one global name, made small; loaded twice, the first stays.
///
/// `words` are the interface words of the site; those whose key begins with `search_` are the client's. `links` says how
/// links to folders are written.
pub fn script(words: &BTreeMap<String, String>, links: LinkStyle) -> String {
    let word = |key: &&'static str| Some((*key, words.get(&format!("search_{key}"))?));
    let early: Vec<String> = EARLY
        .iter()
        .filter_map(word)
        .map(|(key, text)| format!("{key}:{}", serde_json::Value::from(text.as_str())))
        .collect();
    let early = script_safe(&format!("{{{}}}", early.join(",")));
    wordless().replace("WORDS_OF_SITE", &early).replace("PAGE_OF_FOLDER", url::page_of_folder(links))
}

fn wordless() -> &'static str {
    static SCRIPT: OnceLock<String> = OnceLock::new();
    SCRIPT.get_or_init(|| {
        let digest = blake3::hash(second().as_bytes()).to_hex();
        let (scripts, name) = (FIRST.concat(), format!("more.js?{}", &digest[..10]));
        minify::script(&format!(
            "var plenarySearch = (typeof plenarySearch === 'object' && plenarySearch) || (function () {{ 'use strict';\n\
             const SECOND = '{name}', STYLE = `{}`;\n{}\n{scripts}\n\
             return {{ open, place, receive, terms, hash, shared: {{ {SHARED} }} }}; }})();\n\
             if (typeof document === 'object') plenarySearch.place(document.currentScript);\n\
             if (typeof module === 'object') module.exports = plenarySearch;\n",
            style(),
            tables()
        ))
    })
}

/// The tables of code points, as `tokens.js` reads them.
fn tables() -> String {
    let steps = |ranges: &[(u32, u32)]| {
        let mut before = 0;
        let bounds = ranges.iter().flat_map(|(first, last)| [*first, *last]);
        let steps: Vec<String> =
            bounds.map(|code| base36(code - std::mem::replace(&mut before, code))).collect();
        steps.join(" ")
    };
    let tables = [("NOTHING", NOTHING), ("BLANKS", BLANKS), ("MARKS", MARKS), ("CHARACTERS", CHARACTERS)];
    tables.iter().map(|(name, ranges)| format!("const {name} = rangesOf('{}');\n", steps(ranges))).collect()
}

fn base36(mut number: u32) -> String {
    let mut digits = Vec::new();
    while number > 0 || digits.is_empty() {
        digits.push(char::from_digit(number % 36, 36).unwrap_or('0'));
        number /= 36;
    }
    digits.iter().rev().collect()
}

/// The element's style, made small.
fn style() -> String {
    minify::style_sheet(include_str!("client/style.css"))
}

/// The second part, `search/more.js`.
pub fn second() -> &'static str {
    static SCRIPT: OnceLock<String> = OnceLock::new();
    SCRIPT.get_or_init(|| {
        minify::script(&format!(
            "(function (isNode, shared) {{ 'use strict';\nconst {{ {SHARED} }} = shared;\n{}\n\
             const part = {{ relaxed, columnOf, facetsOf, allHits, showFilters, showChosen, exportList }};\n\
             if (isNode) module.exports = part;\nelse document.currentScript.plenary = part;\n}})\
             (typeof document !== 'object', (typeof document === 'object' ? plenarySearch : require('../embed.js')).shared);\n",
            SECOND.concat()
        ))
    })
}

/// The script that asks for the lists of a query in the page's address while the client is on its way.
pub fn preload() -> String {
    minify::script(&format!(
        "(function () {{ 'use strict';\n{HASH}\n{}\n}})();\n",
        include_str!("client/preload.js")
    ))
}

/// A script's digest for the attribute `integrity` (W3C Subresource Integrity): `sha384-` and base64.
pub fn integrity(script: &str) -> String {
    let digest = sha2::Sha384::digest(script.as_bytes());
    format!("sha384-{}", base64::engine::general_purpose::STANDARD.encode(digest))
}
