//! The linked model: sorted vectors, and ids that are places in them.

use std::sync::Arc;

use jiff::civil::Date;

use crate::content::fields::Located;
use crate::content::markdown::Body;
use crate::content::meeting::MeetingFile;
use crate::content::site_config::SiteConfig;
use crate::content::speaker::DatedRole;
use crate::content::speech::{SpeechFile, Withdrawn};
use crate::content::standing::StandingFile;

use super::edition::Edition;
use super::hidden::Hidden;
use super::redirects::Redirect;
use super::waiting::Waiting;

macro_rules! ids {
    ($($(#[$doc:meta])* $id:ident => $list:ident: $item:ident,)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
            pub struct $id(pub u32);

            impl std::ops::Index<$id> for Site {
                type Output = $item;

                fn index(&self, id: $id) -> &$item {
                    &self.$list[id.0 as usize]
                }
            }
        )*
    };
}

ids! {
    /// A place in [`Site::meetings`].
    MeetingId => meetings: Meeting,
    /// A place in [`Site::speeches`].
    SpeechId => speeches: Speech,
    /// A place in [`Site::speakers`].
    SpeakerId => speakers: Speaker,
    /// A place in [`Site::themes`].
    ThemeId => themes: Term,
    /// A place in [`Site::groups`].
    GroupId => groups: Term,
}

/// A site with everything that is public in it, and nothing else.
#[derive(Debug, Clone)]
pub struct Site {
    /// Settings.
    pub config: SiteConfig,
    /// Which of the site's complete readings this is.
    pub edition: Edition,
    /// Meetings, newest first.
    pub meetings: Vec<Meeting>,
    /// Speeches: newest meeting first, within it in order.
    pub speeches: Vec<Speech>,
    /// Speakers with at least one speech, by name.
    pub speakers: Vec<Speaker>,
    /// Themes with at least one speech: in the order of `site.toml`, else by name.
    pub themes: Vec<Term>,
    /// Groups with at least one speech: in the order of `site.toml`, else by name.
    pub groups: Vec<Term>,
    /// Standing pages in the order of the menu.
    pub standing: Vec<Standing>,
    /// Withdrawn speeches, of which only the notice is left.
    pub withdrawn: Vec<WithdrawnSpeech>,
    /// The texts of speeches that are not public; to prove that the output has none of them, never for the output.
    pub hidden: Vec<Hidden>,
    /// Speeches under embargo; for the report of a build, never for its output.
    pub waiting: Waiting,
    /// Old addresses that lead to pages, sorted by old address.
    pub redirects: Vec<Redirect>,
    /// Files to copy, by address.
    pub assets: Vec<Asset>,
}

/// One meeting.
#[derive(Debug, Clone)]
pub struct Meeting {
    /// What its editors wrote.
    pub file: MeetingFile,
    /// `/meetings/<meeting>/`.
    pub address: String,
    /// Its speeches in order.
    pub speeches: Vec<SpeechId>,
}

impl Meeting {
    /// The sitting's own name, or the title.
    pub fn name(&self) -> &str {
        self.file.name.as_deref().unwrap_or(&self.file.title)
    }
}

/// One speech.
#[derive(Debug, Clone)]
pub struct Speech {
    /// What its editors wrote.
    pub file: Arc<SpeechFile>,
    /// `/meetings/<meeting>/<speech>/`.
    pub address: String,
    /// The meeting.
    pub meeting: MeetingId,
    /// Place in the meeting, from 1.
    pub position: usize,
    /// Day.
    pub date: Date,
    /// Who spoke.
    pub speakers: Box<[Speaking]>,
    /// Themes, in the order of the file.
    pub themes: Box<[ThemeId]>,
    /// Public only because drafts were asked for.
    pub draft: bool,
}

/// One person in one speech; the file's entry has the rest.
#[derive(Debug, Clone, Copy)]
pub struct Speaking {
    /// The person.
    pub speaker: SpeakerId,
    /// The group spoken for.
    pub group: Option<GroupId>,
}

/// One person.
#[derive(Debug, Clone)]
pub struct Speaker {
    /// Name.
    pub name: String,
    /// Tells two people of one name apart.
    pub key: Option<String>,
    /// The name in Traditional characters, where an editor says how it is written.
    pub traditional: Option<String>,
    /// `/speakers/<speaker>/`.
    pub address: String,
    /// First letter or number of strokes, for the list of speakers.
    pub initial: String,
    /// Roles with their time, as an office lists them; empty where speeches alone tell.
    pub roles: Vec<DatedRole>,
    /// Old addresses that lead here.
    pub aliases: Vec<Located<String>>,
    /// The file about the person, where there is one.
    pub file: Option<String>,
    /// A biography and where it was read.
    pub biography: Option<(String, Body)>,
    /// Speeches, newest first.
    pub speeches: Vec<SpeechId>,
}

/// One theme or group.
#[derive(Debug, Clone)]
pub struct Term {
    /// Name.
    pub name: String,
    /// `/themes/<theme>/` or `/groups/<group>/`.
    pub address: String,
    /// Words about it.
    pub description: Option<String>,
    /// Old addresses that lead here.
    pub aliases: Vec<Located<String>>,
    /// Of a theme, words that speak of it.
    pub words: Vec<String>,
    /// Speeches, newest first.
    pub speeches: Vec<SpeechId>,
    /// Of a group, everyone who spoke for it, by name.
    pub speakers: Vec<SpeakerId>,
}

/// One standing page.
#[derive(Debug, Clone)]
pub struct Standing {
    /// What its editors wrote.
    pub file: StandingFile,
    /// `/<page>/`.
    pub address: String,
}

/// What is left of a withdrawn speech.
#[derive(Debug, Clone)]
pub struct WithdrawnSpeech {
    /// Path of its source, for messages only.
    pub file: String,
    /// The address it had.
    pub address: String,
    /// Old addresses that lead to the notice.
    pub aliases: Vec<Located<String>>,
    /// Day and notice.
    pub withdrawn: Withdrawn,
    /// The meeting.
    pub meeting: MeetingId,
}

/// A file to copy.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Path of the source.
    pub file: String,
    /// Where it will stand.
    pub address: String,
}
