//! What stands around the text of a speech: other speeches, references to it, its QR code.

use super::cite::{self, Reference};
use super::qr;
use super::vantage::Vantage;
use super::view::{AroundView, CiteView, LinkView, OtherView, OthersView};
use crate::site::{SpeechId, url};

/// Other speeches shown of each theme and each speaker.
const OTHERS: usize = 3;

impl<'a> Vantage<'a> {
    /// What stands around the text of a speech.
    pub fn around(&self, id: SpeechId) -> AroundView<'a> {
        let speech = &self.site[id];
        let mut shown = vec![id];
        let speakers: Vec<OthersView<'a>> = speech
            .speakers
            .iter()
            .map(|speaking| &self.site[speaking.speaker])
            .filter_map(|speaker| self.others(&speaker.name, &speaker.address, &speaker.speeches, &mut shown))
            .collect();
        let themes: Vec<OthersView<'a>> = speech
            .themes
            .iter()
            .map(|theme| &self.site[*theme])
            .filter_map(|theme| self.others(&theme.name, &theme.address, &theme.speeches, &mut shown))
            .collect();
        let reference = self.reference(id);
        AroundView {
            same_speaker: speakers,
            same_theme: themes,
            qr: qr::code(&reference.url),
            cite: CiteView {
                gbt: cite::gbt(&reference),
                ris: cite::ris(&reference),
                bibtex: cite::bibtex(&reference),
                csl_json: cite::csl_json(&reference),
                key: reference.key,
            },
        }
    }

    /// The newest speeches of a list that are not shown yet; none where there are no others.
    fn others(
        &self,
        name: &'a str,
        address: &str,
        speeches: &[SpeechId],
        shown: &mut Vec<SpeechId>,
    ) -> Option<OthersView<'a>> {
        let new: Vec<SpeechId> =
            speeches.iter().copied().filter(|id| !shown.contains(id)).take(OTHERS).collect();
        shown.extend(&new);
        let of = LinkView { name, url: self.url(address) };
        let views = new.iter().map(|id| self.other(*id)).collect();
        (!new.is_empty()).then_some(OthersView { of, count: speeches.len(), speeches: views })
    }

    fn other(&self, id: SpeechId) -> OtherView<'a> {
        let speech = &self.site[id];
        OtherView {
            url: self.url(&speech.address),
            title: &speech.file.title,
            speakers: speech.file.speakers.iter().map(|entry| entry.name.value.as_str()).collect(),
            date: self.date(speech.date),
            draft: speech.draft,
        }
    }

    fn reference(&self, id: SpeechId) -> Reference<'a> {
        let site = self.site;
        let speech = &site[id];
        let meeting = &site[speech.meeting];
        Reference {
            key: format!("{}-{}", url::last_part(&meeting.address), url::last_part(&speech.address)),
            authors: speech.file.speakers.iter().map(|entry| entry.name.value.as_str()).collect(),
            title: &speech.file.title,
            subtitle: speech.file.rest().subtitle.as_deref(),
            meeting: meeting.name(),
            place: meeting.file.place.as_deref(),
            date: speech.date,
            publisher: site.config.footer.publisher.as_deref().unwrap_or(&site.config.title),
            language: &site.config.language,
            keywords: speech.themes.iter().map(|theme| site[*theme].name.as_str()).collect(),
            url: self.canonical_of(&speech.address),
        }
    }
}
