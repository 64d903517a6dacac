//! What a page says to search engines in schema.org's vocabulary, as JSON-LD 1.1.

use serde_json::{Value, json};

use super::vantage::Vantage;
use crate::output::script_safe;
use crate::site::{Meeting, MeetingId, Site, SpeakerId, Speech, SpeechId, edition};

impl Vantage<'_> {
    /// A speech: an `Article` by `Person`s, about its themes, part of the meeting, which is an `Event`; each correction is a
    /// `CorrectionComment`. Safe inside a script element, whatever titles hold.
    pub fn speech_json_ld(&self, id: SpeechId) -> String {
        let speech = &self.site[id];
        let mut article = json!({
            "@context": "https://schema.org",
            "@type": "Article",
            "@id": self.site.absolute(&speech.address),
            "mainEntityOfPage": self.canonical(),
            "headline": speech.file.title,
            "inLanguage": self.site.config.language,
            "datePublished": speech.date.to_string(),
            "dateModified": super::last_change::changed(speech).to_string(),
            "author": self.authors(speech),
            "about": self.about(speech),
            "isPartOf": self.event(speech.meeting),
            "wordCount": speech.file.body.length(),
            "isAccessibleForFree": true,
        });
        if let Value::Object(article) = &mut article {
            if let Some(subtitle) = &speech.file.rest().subtitle {
                article.insert("alternativeHeadline".into(), json!(subtitle));
            }
            if let Some(picture) = self.share_picture() {
                article.insert("image".into(), json!(picture.url));
            }
            if let Some(publisher) = &self.site.config.footer.publisher {
                article.insert("publisher".into(), json!({"@type": "Organization", "name": publisher}));
            }
            if let Some(source) = &speech.file.rest().source {
                let printed = json!({"@type": "CreativeWork", "name": source.name, "url": source.url});
                article.insert("isBasedOn".into(), without_nulls(printed));
            }
            let corrections = self.corrections(speech);
            if !corrections.is_empty() {
                article.insert("correction".into(), Value::Array(corrections));
            }
        }
        script_safe(&article.to_string())
    }

    /// A meeting: an `Event` with the speeches as its parts.
    pub fn meeting_json_ld(&self, id: MeetingId) -> String {
        let meeting = &self.site[id];
        let part = |id: &SpeechId| {
            let speech = &self.site[*id];
            json!({"@type": "Article", "@id": self.site.absolute(&speech.address), "headline": speech.file.title})
        };
        let mut event = self.event(id);
        if let Value::Object(event) = &mut event {
            event.insert("@context".into(), json!("https://schema.org"));
            event.insert("subjectOf".into(), meeting.speeches.iter().map(part).collect());
        }
        script_safe(&event.to_string())
    }

    /// A speaker: a `Person`.
    pub fn speaker_json_ld(&self, id: SpeakerId) -> String {
        let speaker = &self.site[id];
        let address = self.site.absolute(&speaker.address);
        let person = json!({
            "@context": "https://schema.org",
            "@type": "ProfilePage",
            "mainEntity": {"@type": "Person", "@id": address, "name": speaker.name, "url": address},
        });
        script_safe(&person.to_string())
    }

    fn authors(&self, speech: &Speech) -> Vec<Value> {
        let entries = speech.speakers.iter().zip(&speech.file.speakers);
        let person = |(speaking, entry): (&crate::site::Speaking, &crate::content::speech::SpeakerEntry)| {
            let address = self.site.absolute(&self.site[speaking.speaker].address);
            let group = speaking.group.map(|id| json!({"@type": "Organization", "name": self.site[id].name}));
            let roles = (!entry.roles.is_empty()).then_some(&entry.roles);
            without_nulls(json!({
                "@type": "Person",
                "@id": address,
                "name": entry.name.value,
                "url": address,
                "jobTitle": roles,
                "memberOf": group,
            }))
        };
        entries.map(person).collect()
    }

    fn about(&self, speech: &Speech) -> Vec<Value> {
        let thing = |id: &crate::site::ThemeId| {
            let theme = &self.site[*id];
            json!({"@type": "Thing", "name": theme.name, "url": self.site.absolute(&theme.address)})
        };
        speech.themes.iter().map(thing).collect()
    }

    fn event(&self, id: MeetingId) -> Value {
        let meeting: &Meeting = &self.site[id];
        let place = meeting.file.place.as_ref().map(|place| json!({"@type": "Place", "name": place}));
        without_nulls(json!({
            "@type": "Event",
            "@id": self.site.absolute(&meeting.address),
            "name": meeting.name(),
            "url": self.site.absolute(&meeting.address),
            "startDate": meeting.file.date.to_string(),
            "location": place,
        }))
    }

    fn corrections(&self, speech: &Speech) -> Vec<Value> {
        let correction = |one: &crate::content::speech::Correction| json!({"@type": "CorrectionComment", "text": one.note, "datePublished": one.date.to_string()});
        speech.file.rest().corrections.iter().map(correction).collect()
    }
}

/// The site as a `WebSite` with its search.
pub fn site_json_ld(site: &Site) -> String {
    let search = edition::absolute(site, &site.edition, "/search/");
    let data = json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": site.config.title,
        "url": edition::absolute(site, &site.edition, "/"),
        "inLanguage": site.config.language,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": format!("{search}?q={{search_term_string}}")},
            "query-input": "required name=search_term_string",
        },
    });
    script_safe(&data.to_string())
}

fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            Value::Object(fields.into_iter().filter(|(_, value)| !value.is_null()).collect())
        }
        other => other,
    }
}
