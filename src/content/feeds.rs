//! `feeds` of `content/site.toml`: which lists have feeds, for hosts that limit the number of files.

use super::fields::Fields;

/// A kind of list that can have feeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedKind {
    /// The whole site.
    Site,
    /// Each theme.
    Themes,
    /// Each group.
    Groups,
    /// Each meeting.
    Meetings,
    /// Each speaker.
    Speakers,
    /// What was corrected.
    Corrections,
}

impl FeedKind {
    /// Every kind.
    pub const ALL: [FeedKind; 6] = [
        FeedKind::Site,
        FeedKind::Themes,
        FeedKind::Groups,
        FeedKind::Meetings,
        FeedKind::Speakers,
        FeedKind::Corrections,
    ];

    /// The word for it in `site.toml`.
    pub fn word(self) -> &'static str {
        match self {
            FeedKind::Site => "site",
            FeedKind::Themes => "themes",
            FeedKind::Groups => "groups",
            FeedKind::Meetings => "meetings",
            FeedKind::Speakers => "speakers",
            FeedKind::Corrections => "corrections",
        }
    }
}

/// Reads `feeds`: all kinds where the key is absent, none where its list is empty.
pub(super) fn read(fields: &mut Fields<'_>) -> Vec<FeedKind> {
    let choices = FeedKind::ALL.map(|kind| (kind.word(), kind));
    match fields.choices("feeds", &choices) {
        Some(chosen) => chosen.into_iter().map(|kind| kind.value).collect(),
        None => FeedKind::ALL.to_vec(),
    }
}
