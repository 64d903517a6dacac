//! Joins all parsed files into one [`Site`]: who speaks where, about what, and at which address.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::edition::Edition;
use super::hidden::Hidden;
use super::model::{
    Asset, Meeting, MeetingId, Site, Speaking, Speech, SpeechId, Standing, Term, WithdrawnSpeech,
};
use super::record::Absent;
use super::sealed_names::SealedNames;
use super::waiting::Waiting;
use super::{record, redirects, speakers, terms};
use crate::chinese::address::slug;
use crate::chinese::normalize;
use crate::content::fields::nearest;
use crate::content::meeting::MeetingFile;
use crate::content::record_lock::Record;
use crate::content::site_config::{SITE_TOML, SiteConfig};
use crate::content::source::speech_of;
use crate::content::speaker::SpeakerFile;
use crate::content::speech::{SpeechFile, is_portable};
use crate::content::standing::StandingFile;
use crate::diagnostic::{Diagnostic, Place};

/// Every file, parsed.
#[derive(Debug)]
pub struct Parsed {
    /// Settings.
    pub config: SiteConfig,
    /// Meetings by folder.
    pub meetings: Vec<(String, MeetingFile)>,
    /// Speeches, by their files.
    pub speeches: Vec<Arc<SpeechFile>>,
    /// Speakers' files by name.
    pub speakers: Vec<(String, SpeakerFile)>,
    /// Standing pages by name.
    pub standing: Vec<(String, StandingFile)>,
    /// Files of speeches: folder, speech, path within its folder, source.
    pub speech_assets: Vec<(String, String, String, String)>,
    /// Files of meetings: folder, name, source.
    pub meeting_assets: Vec<(String, String, String)>,
    /// Files to publish as they are: path, source.
    pub statics: Vec<(String, String)>,
    /// What has been published before.
    pub record: Record,
}

/// What is public, and when.
#[derive(Debug, Clone, Copy)]
pub struct Publication {
    /// The time of the build.
    pub now: Timestamp,
    /// Drafts and embargoed speeches are shown as well.
    pub drafts: bool,
}

/// Joins `parsed` into a site of what is public.
pub fn link(parsed: Parsed, publication: Publication) -> (Site, Vec<Diagnostic>) {
    let mut diagnostics = unknown_terms(&parsed);
    let (mut meetings, folders) = meetings(parsed.meetings, &mut diagnostics);
    diagnostics.extend(unknown_kept_meeting(&parsed.config, &folders));
    let members = members(parsed.speeches, &folders, &mut diagnostics);
    let Public { speeches, withdrawn, absent, hidden, waiting } =
        speeches(members, &mut meetings, publication, &mut diagnostics);
    let record = &parsed.record;
    let files = speaker_files(&parsed.speakers, &mut diagnostics);
    let terms = || {
        let themes = themes(&parsed.config, &speeches, &SealedNames::themes(record));
        (themes, groups(&parsed.config, &speeches, &SealedNames::groups(record)))
    };
    let people = || people(&parsed.config, &files, &speeches, &SealedNames::speakers(record));
    let (((themes, of_themes), (groups, of_groups)), (people, of_people)) = rayon::join(terms, people);
    diagnostics.extend([of_themes, of_groups, of_people].into_iter().flatten());
    let speeches = with_places(speeches, &themes, &groups, &people);
    let groups = with_speakers(groups.list, &speeches);
    let standing = standing(parsed.standing, &mut diagnostics);
    let assets = Assets { speeches: &speeches, folders: &folders, meetings: &meetings };
    let assets = assets.gather(parsed.speech_assets, parsed.meeting_assets, parsed.statics, &mut diagnostics);
    let mut site = Site {
        edition: Edition::main(&parsed.config),
        config: parsed.config,
        meetings,
        speeches,
        speakers: people.list,
        themes: themes.list,
        groups,
        standing,
        withdrawn,
        hidden,
        waiting,
        redirects: Vec::new(),
        assets,
    };
    let (redirects, wrong) = redirects::gather(&site);
    site.redirects = redirects;
    diagnostics.extend(wrong);
    let lost = record::keep(&mut site, &parsed.record, &absent);
    // A preview of drafts shows what is not public, and drops nothing that is.
    diagnostics.extend(lost.into_iter().filter(|_| !publication.drafts));
    (site, diagnostics)
}

/// Names that the closed lists of `site.toml` do not have, in public and hidden speeches alike.
fn unknown_terms(parsed: &Parsed) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let (themes, groups) = (parsed.config.themes.as_deref(), parsed.config.groups.as_deref());
    for speech in &parsed.speeches {
        for theme in &speech.themes {
            found.extend(terms::unknown(terms::TermKind::Theme, themes, theme, &speech.file));
        }
        for group in speech.speakers.iter().filter_map(|speaker| speaker.group.as_ref()) {
            found.extend(terms::unknown(terms::TermKind::Group, groups, group, &speech.file));
        }
    }
    found
}

/// The meeting that `[offline]` keeps, where there is none of that name.
fn unknown_kept_meeting(config: &SiteConfig, folders: &BTreeMap<String, MeetingId>) -> Option<Diagnostic> {
    let wanted = config.offline.meeting.as_ref().filter(|wanted| !folders.contains_key(&wanted.value))?;
    let near = nearest(&wanted.value, folders.keys().map(String::as_str));
    Some(Diagnostic::unknown_meeting(wanted.place(SITE_TOML), &wanted.value, near))
}

fn address_part(name: &str, file: &str, diagnostics: &mut Vec<Diagnostic>) -> String {
    let part = slug(name);
    if part.is_empty() {
        diagnostics.push(Diagnostic::no_address(Place::file(file), name));
    }
    part
}

fn meetings(
    mut files: Vec<(String, MeetingFile)>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Meeting>, BTreeMap<String, MeetingId>) {
    files.sort_by(|(a_folder, a), (b_folder, b)| b.date.cmp(&a.date).then_with(|| b_folder.cmp(a_folder)));
    let mut meetings = Vec::new();
    let mut folders = BTreeMap::new();
    for (folder, file) in files {
        let address = format!("/meetings/{}/", address_part(&folder, &file.file, diagnostics));
        folders.insert(folder, MeetingId(meetings.len() as u32));
        meetings.push(Meeting { file, address, speeches: Vec::new() });
    }
    (meetings, folders)
}

/// A speech of a known meeting, with what its place in the site is made of.
struct Member {
    meeting: MeetingId,
    /// Where its editors or the number in its name place it.
    order: u32,
    file: Arc<SpeechFile>,
}

fn members(
    files: Vec<Arc<SpeechFile>>,
    folders: &BTreeMap<String, MeetingId>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Member> {
    let mut members = Vec::with_capacity(files.len());
    let mut missing = BTreeSet::new();
    for file in files {
        let Some((folder, name)) = speech_of(&file.file) else { continue };
        match folders.get(folder) {
            Some(meeting) => {
                let order = file.order.or_else(|| leading_number(name)).unwrap_or(u32::MAX);
                members.push(Member { meeting: *meeting, order, file });
            }
            None => {
                missing.insert(folder.to_owned());
            }
        }
    }
    diagnostics.extend(
        missing
            .iter()
            .map(|folder| Diagnostic::no_meeting_index(&format!("content/meetings/{folder}/_index.md"))),
    );
    members.sort_by(|a, b| {
        let key = |member: &Member| (member.meeting, member.order);
        key(a).cmp(&key(b)).then_with(|| a.file.file.cmp(&b.file.file))
    });
    members
}

fn leading_number(name: &str) -> Option<u32> {
    let digits = name.len() - name.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    name[..digits].parse().ok()
}

/// The speeches of a site, by how much of them is public.
struct Public {
    speeches: Vec<Speech>,
    withdrawn: Vec<WithdrawnSpeech>,
    absent: Absent,
    hidden: Vec<Hidden>,
    waiting: Waiting,
}

fn speeches(
    members: Vec<Member>,
    meetings: &mut [Meeting],
    publication: Publication,
    diagnostics: &mut Vec<Diagnostic>,
) -> Public {
    let mut absent = Absent::default();
    let mut kept_back = Vec::new();
    let mut waiting = Waiting::default();
    let mut speeches = Vec::with_capacity(members.len());
    let mut withdrawn = Vec::new();
    for member in members {
        let meeting = &mut meetings[member.meeting.0 as usize];
        let file = &*member.file.file;
        let name = speech_of(file).map_or(file, |(_, name)| name);
        let address = format!("{}{}/", meeting.address, address_part(name, file, diagnostics));
        let embargo = member.file.rest().publish_at.filter(|at| *at > publication.now);
        let hidden = member.file.draft || embargo.is_some();
        if hidden && !publication.drafts {
            if let Some(at) = embargo.filter(|_| !member.file.draft) {
                waiting.add(at);
            }
            kept_back.push(Hidden::of(&member.file));
            absent.hidden.insert(address, member.file.file.to_string());
            continue;
        }
        if let Some(notice) = member.file.rest().withdrawn.clone() {
            absent.withdraw(&member.file);
            kept_back.push(Hidden::of(&member.file));
            withdrawn.push(WithdrawnSpeech {
                file: member.file.file.to_string(),
                address,
                aliases: member.file.rest().aliases.clone(),
                withdrawn: notice,
                meeting: member.meeting,
            });
            continue;
        }
        let id = SpeechId(speeches.len() as u32);
        meeting.speeches.push(id);
        speeches.push(Speech {
            address,
            meeting: member.meeting,
            position: meeting.speeches.len(),
            date: member.file.date.unwrap_or(meeting.file.date),
            speakers: Box::default(),
            themes: Box::default(),
            draft: hidden,
            file: member.file,
        });
    }
    Public { speeches, withdrawn, absent, hidden: kept_back, waiting }
}

fn numbered(speeches: &[Speech]) -> impl Iterator<Item = (SpeechId, Date, &SpeechFile)> {
    speeches.iter().enumerate().map(|(i, speech)| (SpeechId(i as u32), speech.date, &*speech.file))
}

fn themes(
    config: &SiteConfig,
    speeches: &[Speech],
    sealed: &SealedNames<'_>,
) -> (terms::Terms, Vec<Diagnostic>) {
    let uses: Vec<_> = numbered(speeches)
        .flat_map(|(speech, date, file)| {
            file.themes.iter().map(move |name| terms::Use { name, file: &file.file, speech, date })
        })
        .collect();
    let closed = config.themes.as_deref();
    terms::gather(terms::TermKind::Theme, closed, &uses, config.sort, sealed)
}

fn groups(
    config: &SiteConfig,
    speeches: &[Speech],
    sealed: &SealedNames<'_>,
) -> (terms::Terms, Vec<Diagnostic>) {
    let uses: Vec<_> = numbered(speeches)
        .flat_map(|(speech, date, file)| {
            let names = file.speakers.iter().filter_map(|speaker| speaker.group.as_ref());
            names.map(move |name| terms::Use { name, file: &file.file, speech, date })
        })
        .collect();
    let closed = config.groups.as_deref();
    terms::gather(terms::TermKind::Group, closed, &uses, config.sort, sealed)
}

fn people(
    config: &SiteConfig,
    files: &[(String, SpeakerFile)],
    speeches: &[Speech],
    sealed: &SealedNames<'_>,
) -> (speakers::Speakers, Vec<Diagnostic>) {
    let uses: Vec<_> = numbered(speeches)
        .flat_map(|(speech, date, file)| {
            file.speakers.iter().map(move |entry| speakers::Use { entry, file: &file.file, speech, date })
        })
        .collect();
    speakers::gather(files, &uses, config.sort, sealed)
}

/// The files about speakers with their parts of addresses.
fn speaker_files(
    files: &[(String, SpeakerFile)],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(String, SpeakerFile)> {
    let with_slug =
        |(name, file): &(String, SpeakerFile)| (address_part(name, &file.file, diagnostics), file.clone());
    files.iter().map(with_slug).collect()
}

/// Fills in what a speech knows of themes, groups and speakers.
fn with_places(
    mut speeches: Vec<Speech>,
    themes: &terms::Terms,
    groups: &terms::Terms,
    people: &speakers::Speakers,
) -> Vec<Speech> {
    speeches.par_iter_mut().for_each(|speech| {
        let mut ids: Vec<_> = Vec::new();
        for theme in &speech.file.themes {
            let found =
                themes.places.get(&normalize::identity(&theme.value)).map(|place| super::ThemeId(*place));
            ids.extend(found.filter(|id| !ids.contains(id)));
        }
        speech.themes = ids.into();
        let speaking = |entry| {
            let place = people.places.get(&speakers::identity(entry))?;
            let group =
                entry.group.as_ref().and_then(|group| groups.places.get(&normalize::identity(&group.value)));
            Some(Speaking {
                speaker: super::SpeakerId(*place),
                group: group.map(|place| super::GroupId(*place)),
            })
        };
        speech.speakers = speech.file.speakers.iter().filter_map(speaking).collect();
    });
    speeches
}

/// Fills in who spoke for a group.
fn with_speakers(mut groups: Vec<Term>, speeches: &[Speech]) -> Vec<Term> {
    let mut speakers = vec![BTreeSet::new(); groups.len()];
    for one in speeches.iter().flat_map(|speech| &speech.speakers) {
        if let Some(group) = one.group {
            speakers[group.0 as usize].insert(one.speaker);
        }
    }
    for (group, speakers) in groups.iter_mut().zip(speakers) {
        group.speakers = speakers.into_iter().collect();
    }
    groups
}

fn standing(mut files: Vec<(String, StandingFile)>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Standing> {
    files.sort_by(|(a_name, a), (b_name, b)| {
        (a.order.unwrap_or(u32::MAX), a_name).cmp(&(b.order.unwrap_or(u32::MAX), b_name))
    });
    let mut standing = Vec::new();
    for (name, file) in files {
        let address = format!("/{}/", address_part(&name, &file.file, diagnostics));
        standing.push(Standing { file, address });
    }
    standing
}

/// What tells which files are published with their speech or meeting.
struct Assets<'a> {
    speeches: &'a [Speech],
    folders: &'a BTreeMap<String, MeetingId>,
    meetings: &'a [Meeting],
}

impl Assets<'_> {
    /// Addresses of the public speeches that files belong to, by folder and name.
    fn addresses<'n>(
        &'n self,
        files: &'n [(String, String, String, String)],
    ) -> FxHashMap<(&'n str, &'n str), &'n str> {
        let wanted: FxHashSet<(&str, &str)> =
            files.iter().map(|(folder, name, ..)| (folder.as_str(), name.as_str())).collect();
        let named = self.speeches.iter().filter_map(|speech| {
            let name = wanted.get(&speech_of(&speech.file.file)?)?;
            Some((*name, speech.address.as_str()))
        });
        if wanted.is_empty() { FxHashMap::default() } else { named.collect() }
    }

    fn gather(
        &self,
        of_speeches: Vec<(String, String, String, String)>,
        of_meetings: Vec<(String, String, String)>,
        statics: Vec<(String, String)>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Asset> {
        let mut assets = Vec::new();
        let published = self.addresses(&of_speeches);
        for (folder, name, path, file) in &of_speeches {
            if let Some(address) = published.get(&(folder.as_str(), name.as_str())) {
                let file = file.clone();
                assets.push(Asset { file, address: format!("{address}{path}") });
            }
        }
        for (folder, path, file) in of_meetings {
            if let Some(meeting) = self.folders.get(&folder) {
                let address = &self.meetings[meeting.0 as usize].address;
                assets.push(Asset { file, address: format!("{address}{path}") });
            }
        }
        assets.extend(statics.into_iter().map(|(path, file)| Asset { file, address: format!("/{path}") }));
        for asset in &assets {
            if !asset.address.split('/').skip(1).all(is_portable) {
                diagnostics.push(Diagnostic::unportable_name(&asset.file));
            }
        }
        assets
    }
}
