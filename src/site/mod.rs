//! All files together: the linked, immutable model of a site.

pub mod model;
pub mod link;
pub mod terms;
pub mod speakers;
pub mod url;
pub mod links;

pub use model::{
    Asset, GroupId, Meeting, MeetingId, Site, Speaker, SpeakerId, Speaking, Speech, SpeechId, Standing, Term, ThemeId,
    WithdrawnSpeech,
};
