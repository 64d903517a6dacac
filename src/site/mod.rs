//! All files together: the linked, immutable model of a site.

pub mod edition;
mod hidden;
pub mod link;
pub mod links;
pub mod model;
pub mod record;
pub mod redirects;
pub mod seal;
pub mod sealed_names;
mod sealed_texts;
pub mod speakers;
pub mod terms;
pub mod url;
pub mod waiting;

pub use edition::Edition;
pub use hidden::Hidden;
pub use model::{
    Asset, GroupId, Meeting, MeetingId, Site, Speaker, SpeakerId, Speaking, Speech, SpeechId, Standing, Term,
    ThemeId, WithdrawnSpeech,
};
pub use redirects::Redirect;
