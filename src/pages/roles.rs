//! People and what they spoke as: roles over time, and who spoke for a group.

use jiff::civil::Date;

use super::vantage::Vantage;
use super::view::{LinkView, RoleView};
use crate::content::speaker::DatedRole;
use crate::site::{GroupId, Speaker, SpeakerId};

/// Speakers of a group up to which its page names them all.
const MEMBERS: usize = 100;

impl<'a> Vantage<'a> {
    /// Everyone who spoke for a group, by name; nobody where there are too many for a page.
    pub fn members(&self, id: GroupId) -> Vec<LinkView<'a>> {
        let members = &self.site[id].speakers;
        let link = |speaker: &SpeakerId| {
            let speaker = &self.site[*speaker];
            LinkView { name: &speaker.name, url: self.url(&speaker.address) }
        };
        if members.len() > MEMBERS { Vec::new() } else { members.iter().map(link).collect() }
    }

    /// Roles of a speaker, newest first.
    pub fn roles(&self, id: SpeakerId) -> Vec<RoleView<'a>> {
        let speaker = &self.site[id];
        if speaker.roles.is_empty() {
            self.roles_of_speeches(speaker, id)
        } else {
            self.listed_roles(speaker)
        }
    }

    fn listed_roles(&self, speaker: &'a Speaker) -> Vec<RoleView<'a>> {
        let view = |one: &'a DatedRole| RoleView {
            roles: std::slice::from_ref(&one.role),
            from: one.from.map(|day| self.date(day)),
            to: one.to.map(|day| self.date(day)),
            count: 0,
        };
        speaker.roles.iter().map(view).collect()
    }

    /// Speeches that follow one another in the same roles are one entry; a single one is no history.
    fn roles_of_speeches(&self, speaker: &'a Speaker, id: SpeakerId) -> Vec<RoleView<'a>> {
        let mut found: Vec<(&'a [String], Date, Date, usize)> = Vec::new();
        for speech in speaker.speeches.iter().map(|id| &self.site[*id]) {
            let entries = speech.speakers.iter().zip(&speech.file.speakers);
            for (_, entry) in
                entries.filter(|(speaking, entry)| speaking.speaker == id && !entry.roles.is_empty())
            {
                match found.last_mut().filter(|last| *last.0 == *entry.roles) {
                    Some(last) => (last.1, last.3) = (last.1.min(speech.date), last.3 + 1),
                    None => found.push((&entry.roles, speech.date, speech.date, 1)),
                }
            }
        }
        let view = |(roles, from, to, count): (&'a [String], Date, Date, usize)| RoleView {
            roles,
            from: Some(self.date(from)),
            to: Some(self.date(to)),
            count,
        };
        if found.len() < 2 { Vec::new() } else { found.into_iter().map(view).collect() }
    }
}
