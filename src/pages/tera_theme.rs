//! Tera themes: templates, assets and interface words, each inherited from the theme that is extended.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{ErrorKind, Kwargs, State, Tera, TeraResult, Value};

use super::vantage::url_of;
use crate::content::fields::{Fields, Located};
use crate::content::front_matter::{Table, Value as TomlValue, parse_toml};
use crate::content::site_config::{SITE_TOML, SiteConfig};
use crate::content::speech::is_portable;
use crate::diagnostic::{Diagnostic, Message, Place};
use crate::inputs::Inputs;
use crate::minify;
use crate::output::script_safe;
use crate::search;
use crate::site::Edition;

/// A Tera theme, ready to render.
pub struct TeraTheme {
    /// The engine with all templates; the words are known to each as `words`.
    pub tera: Tera,
    /// Interface words by key.
    pub words: BTreeMap<String, String>,
    /// Files for `/assets/`.
    pub assets: Vec<ThemeAsset>,
    /// The theme's name and those of the themes it extends.
    pub chain: Vec<String>,
}

impl TeraTheme {
    /// An interface word; the key itself where the theme has none.
    pub fn word<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, String::as_str)
    }
}

/// One file of a Tera theme for the browser.
#[derive(Debug, Clone)]
pub struct ThemeAsset {
    /// The source, for messages.
    pub file: String,
    /// Its address; the name carries a digest of the content.
    pub address: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// Reads the Tera theme that `edition` asks for, from `themes/` in `inputs`.
///
/// # Errors
/// Diagnostics for a missing theme, a ring of `extends`, and every template that cannot be parsed.
pub fn load(inputs: &Inputs, config: &SiteConfig, edition: &Edition) -> Result<TeraTheme, Vec<Diagnostic>> {
    let chain = chain(inputs, &edition.tera_theme)?;
    let words = words(inputs, &chain, &edition.language)?;
    let assets = assets(inputs, &chain, &words, config)?;
    let addresses: BTreeMap<String, String> =
        assets.iter().map(|(path, asset)| (path.clone(), asset.address.clone())).collect();
    let mut tera = engine(inputs, &chain, config, edition.clone(), addresses)?;
    tera.global_context().insert("words", &words);
    Ok(TeraTheme { tera, words, assets: assets.into_values().collect(), chain })
}

/// The theme and those it extends, the most specific first.
fn chain(inputs: &Inputs, wanted: &Located<String>) -> Result<Vec<String>, Vec<Diagnostic>> {
    let mut chain: Vec<String> = Vec::new();
    let mut next = Some((wanted.value.clone(), wanted.place(SITE_TOML)));
    while let Some((name, place)) = next.take() {
        if chain.contains(&name) {
            return Err(vec![Diagnostic::tera_theme_ring(place, &name)]);
        }
        let file = format!("themes/{name}/theme.toml");
        if !is_portable(&name) || inputs.bytes(&file).is_none() {
            return Err(vec![Diagnostic::no_tera_theme(place, &name)]);
        }
        next = extends(inputs, &file)?;
        chain.push(name);
    }
    Ok(chain)
}

/// What `theme.toml` extends, and where it says so.
fn extends(inputs: &Inputs, file: &str) -> Result<Option<(String, Place)>, Vec<Diagnostic>> {
    let text = inputs.utf8(file).map_err(|error| vec![error])?;
    let table = parse_toml(file, text, 0)?;
    let mut fields = Fields::new(file, &table);
    let extends = fields.text("extends");
    for key in ["name", "version", "description", "author", "license"] {
        fields.text(key);
    }
    let diagnostics = fields.finish();
    if !diagnostics.is_empty() {
        return Err(diagnostics);
    }
    Ok(extends.map(|text| (text.value.clone(), text.place(file))))
}

/// Interface words: the most specific theme and language win, key by key.
fn words(
    inputs: &Inputs,
    chain: &[String],
    language: &str,
) -> Result<BTreeMap<String, String>, Vec<Diagnostic>> {
    let mut words = BTreeMap::new();
    for locale in locales(language).iter().rev() {
        for name in chain.iter().rev() {
            let file = format!("themes/{name}/locales/{locale}.toml");
            if inputs.bytes(&file).is_some() {
                let text = inputs.utf8(&file).map_err(|error| vec![error])?;
                words.extend(texts(&file, &parse_toml(&file, text, 0)?)?);
            }
        }
    }
    Ok(words)
}

fn texts(file: &str, table: &Table) -> Result<Vec<(String, String)>, Vec<Diagnostic>> {
    let mut texts = Vec::new();
    let mut wrong = Vec::new();
    for entry in &table.entries {
        match &entry.node.value {
            TomlValue::Text(text) => texts.push((entry.key.clone(), text.clone())),
            _ => {
                let expected = Message::new("引号里的文字", "a text in quotes");
                let place = Place::span(file, entry.node.span.clone());
                wrong.push(Diagnostic::wrong_kind(
                    place,
                    &entry.key,
                    &expected,
                    &format!("{} = \"…\"", entry.key),
                ));
            }
        }
    }
    if wrong.is_empty() { Ok(texts) } else { Err(wrong) }
}

/// The locale files that serve a language, the best first: `sr-Latn-RS`, `sr-Latn`, `sr`; Simplified Chinese is what all
/// fall back to.
fn locales(language: &str) -> Vec<String> {
    let lower = language.to_lowercase();
    let mut found = vec![language.to_owned()];
    if lower.starts_with("zh") {
        let hant = ["hant", "tw", "hk", "mo"].iter().any(|part| lower.split('-').any(|own| own == *part));
        found.push(if hant { "zh-Hant".into() } else { "zh-Hans".into() });
    } else {
        let shorter = std::iter::successors(Some(language), |tag| Some(tag.rsplit_once('-')?.0));
        found.extend(shorter.skip(1).map(str::to_owned));
    }
    found.push("zh-Hans".into());
    found.dedup();
    found
}

type Assets = BTreeMap<String, ThemeAsset>;

/// Files of `assets/`, each with a digest in its name, small if asked; style sheets get the others' new names.
fn assets(
    inputs: &Inputs,
    chain: &[String],
    words: &BTreeMap<String, String>,
    config: &SiteConfig,
) -> Result<Assets, Vec<Diagnostic>> {
    let mut sources: BTreeMap<String, (String, Vec<u8>)> = BTreeMap::new();
    for (name, script) in [
        ("search.js", search::client::script(words, config.links)),
        ("preload.js", search::client::preload()),
    ] {
        sources.insert(name.into(), (name.into(), script.into()));
    }
    for name in chain.iter().rev() {
        let folder = format!("themes/{name}/assets/");
        for (file, bytes) in inputs.below(&folder) {
            let path = &file[folder.len()..];
            if !path.split('/').any(|part| part.starts_with('.')) {
                let bytes = if config.minify { minify::asset(path, bytes) } else { bytes.to_vec() };
                sources.insert(path.to_owned(), (file.to_owned(), bytes));
            }
        }
    }
    let unportable = sources.iter().filter(|(path, _)| !path.split('/').all(is_portable));
    let wrong: Vec<Diagnostic> = unportable.map(|(_, (file, _))| Diagnostic::unportable_name(file)).collect();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let (sheets, others): (Vec<_>, Vec<_>) =
        sources.into_iter().partition(|(path, _)| path.ends_with(".css"));
    let mut assets = Assets::new();
    for (path, (file, bytes)) in others {
        assets.insert(path.clone(), with_digest(&path, file, bytes));
    }
    for (path, (file, bytes)) in sheets {
        let bytes = with_new_names(&path, &bytes, &assets);
        assets.insert(path.clone(), with_digest(&path, file, bytes));
    }
    Ok(assets)
}

fn with_digest(path: &str, file: String, bytes: Vec<u8>) -> ThemeAsset {
    let digest = blake3::hash(&bytes).to_hex();
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (folder, name));
    let slash = if folder.is_empty() { "" } else { "/" };
    let name = match name.split_once('.') {
        Some((stem, ending)) => format!("{stem}.{}.{ending}", &digest[..10]),
        None => format!("{name}.{}", &digest[..10]),
    };
    ThemeAsset { file, address: format!("/assets/{folder}{slash}{name}"), bytes }
}

/// A style sheet whose `url(…)` of other assets lead to their names with digests.
fn with_new_names(path: &str, bytes: &[u8], assets: &Assets) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(bytes) else { return bytes.to_vec() };
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("url(") {
        let (before, after) = rest.split_at(start + 4);
        out.push_str(before);
        let Some(end) = after.find(')') else {
            rest = after;
            break;
        };
        let written = after[..end].trim();
        let bare = written.trim_matches(['"', '\'']);
        let target = if folder.is_empty() { bare.to_owned() } else { format!("{folder}/{bare}") };
        match assets.get(&target) {
            Some(asset) => {
                let own = format!("/assets/{path}");
                out.push_str(&crate::site::url::relative(
                    &own,
                    &asset.address,
                    crate::content::site_config::LinkStyle::Folder,
                ));
            }
            None => out.push_str(written),
        }
        rest = &after[end..];
    }
    out.push_str(rest);
    out.into_bytes()
}

/// The engine: functions and filters first, then all templates, each under its theme's name.
fn engine(
    inputs: &Inputs,
    chain: &[String],
    config: &SiteConfig,
    edition: Edition,
    addresses: BTreeMap<String, String>,
) -> Result<Tera, Vec<Diagnostic>> {
    let mut tera = Tera::new();
    tera.autoescape_on([""]);
    let style = config.links;
    let base_path = config.base_url.path.clone();
    let addresses = Arc::new(addresses);
    let base = base_path.clone();
    tera.register_function("asset", move |kwargs: Kwargs, state: &State<'_>| -> TeraResult<Value> {
        let path: String = kwargs.must_get("path")?;
        let Some(address) = addresses.get(&path) else {
            return Err(tera::Error::message(format!("there is no asset `{path}`")));
        };
        Ok(Value::from(url_of(state, &base, address, style)?))
    });
    tera.register_function("link", move |kwargs: Kwargs, state: &State<'_>| -> TeraResult<Value> {
        let to: String = kwargs.must_get("to")?;
        Ok(Value::from(url_of(state, &base_path, &edition.address(&to), style)?))
    });
    tera.register_filter("fill", fill);
    tera.register_filter("json", json);
    let prefixes: Vec<String> = chain.iter().map(|name| format!("{name}/")).collect();
    let mut templates = Vec::new();
    for name in chain.iter().rev() {
        let folder = format!("themes/{name}/templates/");
        for (file, _) in inputs.below(&folder) {
            let text = inputs.utf8(file).map_err(|error| vec![error])?;
            templates.push((format!("{name}/{}", &file[folder.len()..]), text));
        }
    }
    let added = tera.set_fallback_prefixes(prefixes).and_then(|()| tera.add_raw_templates(templates.clone()));
    match added {
        Ok(()) => Ok(tera),
        Err(error) => Err(vec![template_error(&error, None)]),
    }
}

/// `{{ words.n_speeches | fill(n=3) }}`: puts values in the place of `{n}`.
fn fill(text: &str, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
    let mut out = text.to_owned();
    for (key, value) in kwargs.iter() {
        if let Some(key) = key.as_str() {
            out = out.replace(&format!("{{{key}}}"), &value.to_string());
        }
    }
    Ok(out)
}

/// JSON that can stand inside a script element: no `<`, `>` or `&`, no line separators of JavaScript.
fn json(value: &Value, _: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let text = serde_json::to_string(value).map_err(tera::Error::message)?;
    Ok(Value::safe_string(&script_safe(&text)))
}

/// Where and why a template failed; `page` is the page that was being rendered.
pub fn template_error(error: &tera::Error, page: Option<&str>) -> Diagnostic {
    let (place, reason) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => (
            Place::span(template_file(report.filename()), report.span().range.clone()),
            report.message().to_owned(),
        ),
        ErrorKind::MissingParent { current, .. } => (Place::file(template_file(current)), error.to_string()),
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
            (Place::file(template_file(tpl)), error.to_string())
        }
        _ => (Place::file("themes"), error.to_string()),
    };
    match page {
        Some(page) => Diagnostic::template_failed(place, &reason, page),
        None => Diagnostic::template_syntax(place, &reason),
    }
}

/// The source of a template name: `default/speech.html` is `themes/default/templates/speech.html`.
fn template_file(name: &str) -> String {
    match name.split_once('/') {
        Some((theme, path)) => format!("themes/{theme}/templates/{path}"),
        None => format!("themes/{name}"),
    }
}
