//! What the customs of public sites add to pages: columns, the time of publication, where mistakes are reported.

use std::borrow::Cow;

use super::vantage::Vantage;
use super::view::{ColumnView, FooterView};
use crate::content::profile::Profile;
use crate::site::{Speech, url};

/// Where readers of a government's site report mistakes to the State Council's office (政府网站找错).
const MISTAKES: &str = "https://zfwzgl.www.gov.cn/exposure/jiucuo.html";

impl<'a> Vantage<'a> {
    /// Facts for the foot of the page.
    pub fn footer(&self) -> FooterView<'a> {
        let footer = &self.site.config.footer;
        FooterView {
            publisher: footer.publisher.as_deref(),
            operator: footer.operator.as_deref(),
            phone: footer.phone.as_deref(),
            copyright: footer.copyright.as_deref(),
            icp: footer.icp.as_deref(),
            police: footer.police.as_deref(),
            police_url: footer.police_url.as_deref(),
            site_code: footer.site_code.as_ref().map(|code| code.value.as_str()),
            badge_url: footer.badge_url.as_deref(),
            badge: footer.badge.as_ref().map(|badge| self.url(badge)),
        }
    }

    /// Where mistakes on this page are reported: of a government's site the State Council's form, which is told site
    /// and page, else what the office says.
    pub fn mistakes_url(&self) -> Option<Cow<'a, str>> {
        let config = &self.site.config;
        match (&config.footer.site_code, config.profile.value) {
            (Some(code), Profile::Gov) => {
                let page = url::encode_value(&self.canonical());
                Some(format!("{MISTAKES}?site_code={}&url={page}", url::encode_value(&code.value)).into())
            }
            _ => config.footer.mistakes.as_deref().map(Cow::Borrowed),
        }
    }

    /// The column that a page is, or that a speech belongs to.
    pub fn column<'v>(&self, kind: &str, title: &'v str, description: &'v str) -> Option<ColumnView<'v>>
    where
        'a: 'v,
    {
        let list = match kind {
            "meetings" | "meeting" | "speech" => "meetings",
            "themes" | "theme" => "themes",
            "groups" | "group" => "groups",
            "speakers" | "speaker" => "speakers",
            _ => return None,
        };
        let mut keywords = vec![title, self.word("speeches")];
        if title != self.word(list) {
            keywords.insert(1, self.word(list));
        }
        Some(ColumnView { name: title, description, keywords: keywords.join(","), kind: self.word(list) })
    }

    /// When a speech was published on this site, to the minute in the site's time zone; the beginning of its day where
    /// no time is known.
    pub fn published(&self, speech: &Speech) -> String {
        let zone = self.site.config.time_zone.clone();
        match speech.file.rest().publish_at {
            Some(at) => zone.to_datetime(at).strftime("%Y-%m-%d %H:%M").to_string(),
            None => format!("{} 00:00", speech.date),
        }
    }
}
