//! Editions: complete readings of one site, each with a Tera theme and a script of its own, below a path.

use std::sync::Arc;

use rayon::prelude::*;

use super::hidden::Hidden;
use super::model::{Meeting, Site, Speaker, Speech, Standing, Term, WithdrawnSpeech};
use super::{redirects, url};
use crate::chinese::conversion::{Conversion, Forms, Quotes};
use crate::content::editions::EditionConfig;
use crate::content::fields::Located;
use crate::content::meeting::MeetingFile;
use crate::content::site_config::{Footer, LinkStyle, SiteConfig};
use crate::content::speaker::DatedRole;
use crate::content::speech::{Correction, Rest, Source, SpeakerEntry, SpeechFile};

/// One complete reading of the site.
#[derive(Debug, Clone)]
pub struct Edition {
    /// What readers call it; none for a main edition without a name of its own.
    pub name: Option<String>,
    /// What its addresses begin with: nothing for the main one, `/large` for the one at `large/`.
    pub prefix: String,
    /// The prefix of the edition that has the same texts and whose search index, data and feeds it uses: its own, or
    /// that of the first edition with these texts.
    pub texts: String,
    /// BCP 47 tag.
    pub language: String,
    /// Name of the Tera theme.
    pub tera_theme: Located<String>,
    /// Traditional characters, made of Simplified ones.
    pub traditional: Option<(Forms, Quotes)>,
}

impl Edition {
    /// The main edition, at the site's root.
    pub fn main(config: &SiteConfig) -> Edition {
        Edition {
            name: config.editions.main.clone(),
            prefix: String::new(),
            texts: String::new(),
            language: config.language.clone(),
            tera_theme: config.tera_theme.clone(),
            traditional: None,
        }
    }

    /// All editions of a site, the main one first.
    pub fn all(config: &SiteConfig) -> Vec<Edition> {
        let mut all = vec![Edition::main(config)];
        for other in &config.editions.others {
            all.push(Edition::other(other, &all));
        }
        all
    }

    fn other(config: &EditionConfig, before: &[Edition]) -> Edition {
        let main = &before[0];
        let prefix = format!("/{}", config.path.value);
        let twin = before.iter().find(|edition| edition.traditional == config.traditional);
        Edition {
            name: Some(config.name.clone()),
            texts: twin.map_or_else(|| prefix.clone(), |edition| edition.texts.clone()),
            prefix,
            language: config.language.clone().unwrap_or_else(|| main.language.clone()),
            tera_theme: config.tera_theme.clone().unwrap_or_else(|| main.tera_theme.clone()),
            traditional: config.traditional,
        }
    }

    /// Whether it is the first with its texts, so that search index, data and feeds are written for it.
    pub fn has_texts(&self) -> bool {
        self.texts == self.prefix
    }

    /// Where an address of the main edition, such as `/themes/`, stands in this one. What belongs to the texts stands
    /// in the edition whose texts these are; assets and what exists once stand at the root.
    pub fn address(&self, of_main: &str) -> String {
        let is_of_texts = matches!(of_main, "/opensearch.xml" | "/embed/" | "/embed.js")
            || of_main.ends_with("/feed.xml")
            || of_main.ends_with("/feed.json")
            || (of_main.starts_with("/search/") && of_main != "/search/");
        let is_single = matches!(of_main, "/404.html" | "/robots.txt" | "/sitemap.xml" | "/site.webmanifest")
            || of_main.starts_with("/assets/");
        let prefix = match (is_of_texts, is_single) {
            (_, true) => "",
            (true, _) => &self.texts,
            _ => &self.prefix,
        };
        format!("{prefix}{of_main}")
    }

    /// The address in the main edition of what stands at `own` in this one.
    pub fn of_main<'a>(&self, own: &'a str) -> &'a str {
        own.strip_prefix(&self.prefix).filter(|rest| rest.starts_with('/')).unwrap_or(own)
    }
}

impl Site {
    /// The absolute address of what stands at `address`, as links are written: the one form in which the output names
    /// its own pages and files to the outside.
    pub fn absolute(&self, address: &str) -> String {
        url::absolute(&self.config.base_url, address, self.config.links)
    }

    /// What absolute addresses of this edition begin with, a slash at its end. It is no link: a host may have nothing to
    /// show there.
    pub fn folder(&self) -> String {
        url::absolute(&self.config.base_url, &self.edition.address("/"), LinkStyle::Folder)
    }

    /// This site, which is the main edition, as another edition of it.
    pub fn in_edition(&self, edition: &Edition) -> Site {
        let conversion =
            edition.traditional.map(|(forms, quotes)| Conversion::new(forms, quotes, &pinned(self)));
        let names: Vec<String> = self.speakers.iter().map(|one| name_of(one, conversion.as_ref())).collect();
        Reading { site: self, edition, conversion, names }.site()
    }
}

impl Site {
    /// This edition of `main` where the speech at the place `at` has the text of `new`, and all else is as it was.
    pub fn with_text(&self, at: usize, main: &Site, new: &Arc<SpeechFile>) -> Site {
        let mut own = self.clone();
        own.speeches[at].file = match self.edition.traditional {
            None => Arc::clone(new),
            Some((forms, quotes)) => {
                let conversion = Conversion::new(forms, quotes, &pinned(main));
                let body = new.body.changed(&|text| conversion.text(text));
                Arc::new(SpeechFile { body, ..SpeechFile::clone(&self.speeches[at].file) })
            }
        };
        own
    }
}

/// Words whose Traditional form an editor has said, names first.
fn pinned(site: &Site) -> Vec<(String, String)> {
    let names = site.speakers.iter().filter_map(|one| Some((one.name.clone(), one.traditional.clone()?)));
    names.chain(site.config.editions.words.iter().cloned()).collect()
}

fn name_of(speaker: &Speaker, conversion: Option<&Conversion>) -> String {
    match (conversion, &speaker.traditional) {
        (None, _) => speaker.name.clone(),
        (Some(_), Some(form)) => form.clone(),
        (Some(conversion), None) => conversion.name(&speaker.name),
    }
}

/// One edition in the making.
struct Reading<'a> {
    site: &'a Site,
    edition: &'a Edition,
    conversion: Option<Conversion>,
    /// The speakers' names in this edition.
    names: Vec<String>,
}

impl Reading<'_> {
    fn site(&self) -> Site {
        let site = self.site;
        let mut own = Site {
            config: self.config(),
            edition: self.edition.clone(),
            meetings: site.meetings.iter().map(|one| self.meeting(one)).collect(),
            speeches: site.speeches.par_iter().map(|one| self.speech(one)).collect(),
            speakers: site
                .speakers
                .iter()
                .zip(&self.names)
                .map(|(one, name)| self.speaker(one, name))
                .collect(),
            themes: site.themes.iter().map(|one| self.term(one)).collect(),
            groups: site.groups.iter().map(|one| self.term(one)).collect(),
            standing: site.standing.iter().map(|one| self.standing(one)).collect(),
            withdrawn: site.withdrawn.iter().map(|one| self.withdrawn(one)).collect(),
            hidden: site.hidden.iter().map(|one| self.hidden(one)).collect(),
            waiting: site.waiting,
            redirects: Vec::new(),
            assets: site.assets.clone(),
        };
        own.redirects = redirects::in_edition(site, &own);
        own
    }

    fn text(&self, text: &str) -> String {
        self.conversion.as_ref().map_or_else(|| text.to_owned(), |conversion| conversion.text(text))
    }

    fn some(&self, text: &Option<String>) -> Option<String> {
        text.as_ref().map(|text| self.text(text))
    }

    fn address(&self, address: &str) -> String {
        format!("{}{address}", self.edition.prefix)
    }

    fn config(&self) -> SiteConfig {
        let config = &self.site.config;
        let mut own = config.clone();
        own.title = self.text(&config.title);
        own.subtitle = self.some(&config.subtitle);
        own.description = self.some(&config.description);
        own.language = self.edition.language.clone();
        own.tera_theme = self.edition.tera_theme.clone();
        own.footer = Footer {
            publisher: self.some(&config.footer.publisher),
            operator: self.some(&config.footer.operator),
            copyright: self.some(&config.footer.copyright),
            ..config.footer.clone()
        };
        own.search.hot_words = config.search.hot_words.iter().map(|word| self.text(word)).collect();
        for saved in &mut own.saved_searches {
            saved.name = self.text(&saved.name);
            saved.query.value = self.text(&saved.query.value);
        }
        own
    }

    fn meeting(&self, meeting: &Meeting) -> Meeting {
        let file = &meeting.file;
        Meeting {
            file: MeetingFile {
                title: self.text(&file.title),
                subtitle: self.some(&file.subtitle),
                name: self.some(&file.name),
                place: self.some(&file.place),
                source: file.source.as_ref().map(|source| self.source(source)),
                body: file.body.changed(&|text| self.text(text)),
                ..file.clone()
            },
            address: self.address(&meeting.address),
            speeches: meeting.speeches.clone(),
        }
    }

    fn speech(&self, speech: &Speech) -> Speech {
        Speech { file: self.speech_file(speech), address: self.address(&speech.address), ..speech.clone() }
    }

    fn speech_file(&self, speech: &Speech) -> Arc<SpeechFile> {
        if self.conversion.is_none() {
            return Arc::clone(&speech.file);
        }
        let file = &speech.file;
        let speakers = file.speakers.iter().zip(&speech.speakers);
        Arc::new(SpeechFile {
            title: self.text(&file.title).into(),
            speakers: speakers
                .map(|(entry, speaking)| self.entry(entry, &self.names[speaking.speaker.0 as usize]))
                .collect(),
            rest: file.rest.as_ref().and_then(|rest| self.rest(rest).kept()),
            body: file.body.changed(&|text| self.text(text)),
            ..SpeechFile::clone(file)
        })
    }

    fn rest(&self, rest: &Rest) -> Rest {
        Rest {
            subtitle: self.some(&rest.subtitle),
            summary: self.some(&rest.summary),
            source: rest.source.as_ref().map(|source| self.source(source)),
            corrections: rest.corrections.iter().map(|one| self.correction(one)).collect(),
            ..rest.clone()
        }
    }

    fn entry(&self, entry: &SpeakerEntry, name: &str) -> SpeakerEntry {
        let byline = |line: &str| match &self.conversion {
            Some(conversion) => conversion.text_with_name(line, &entry.name.value, name).into(),
            None => line.into(),
        };
        SpeakerEntry {
            name: Located { value: name.to_owned(), span: entry.name.span },
            byline: entry.byline.as_deref().map(byline),
            roles: entry.roles.iter().map(|role| self.text(role)).collect(),
            ..entry.clone()
        }
    }

    fn source(&self, source: &Source) -> Source {
        Source { name: self.text(&source.name), ..source.clone() }
    }

    fn correction(&self, correction: &Correction) -> Correction {
        Correction {
            date: correction.date,
            note: self.text(&correction.note),
            before: self.some(&correction.before),
            after: self.some(&correction.after),
        }
    }

    fn speaker(&self, speaker: &Speaker, name: &str) -> Speaker {
        let biography = |(file, body): &(String, _)| {
            let body: &crate::content::markdown::Body = body;
            (file.clone(), body.changed(&|text| self.text(text)))
        };
        Speaker {
            name: name.to_owned(),
            address: self.address(&speaker.address),
            initial: self.text(&speaker.initial),
            roles: speaker
                .roles
                .iter()
                .map(|one| DatedRole { role: self.text(&one.role), ..one.clone() })
                .collect(),
            biography: speaker.biography.as_ref().map(biography),
            ..speaker.clone()
        }
    }

    fn term(&self, term: &Term) -> Term {
        Term {
            name: self.text(&term.name),
            address: self.address(&term.address),
            description: self.some(&term.description),
            words: term.words.iter().map(|word| self.text(word)).collect(),
            aliases: term.aliases.clone(),
            speeches: term.speeches.clone(),
            speakers: term.speakers.clone(),
        }
    }

    fn standing(&self, standing: &Standing) -> Standing {
        let mut own = standing.clone();
        own.file.title = self.text(&standing.file.title);
        own.file.body = standing.file.body.changed(&|text| self.text(text));
        own.address = self.address(&standing.address);
        own
    }

    fn hidden(&self, hidden: &Hidden) -> Hidden {
        let paragraphs = hidden.paragraphs.iter().map(|text| self.text(text)).collect();
        Hidden { file: hidden.file.clone(), paragraphs }
    }

    fn withdrawn(&self, withdrawn: &WithdrawnSpeech) -> WithdrawnSpeech {
        let mut own = withdrawn.clone();
        own.withdrawn.note = self.some(&withdrawn.withdrawn.note);
        own.address = self.address(&withdrawn.address);
        own
    }
}

/// The absolute address of a page of the main edition as it stands in `edition`.
pub fn absolute(site: &Site, edition: &Edition, of_main: &str) -> String {
    site.absolute(&edition.address(of_main))
}
