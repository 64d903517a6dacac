//! What each file below `content/` is, by its path alone.

/// What a file below `content/` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source<'p> {
    /// `content/site.toml`.
    SiteConfig,
    /// A meeting's `_index.md`.
    Meeting {
        /// The meeting's folder.
        folder: &'p str,
    },
    /// A speech: `<speech>.md` or `<speech>/index.md`.
    Speech {
        /// The meeting's folder.
        folder: &'p str,
        /// The speech's name without `.md`.
        name: &'p str,
    },
    /// A file that belongs to a speech: anything else in the folder `<speech>/`.
    SpeechAsset {
        /// The meeting's folder.
        folder: &'p str,
        /// The speech's name.
        name: &'p str,
        /// Path within the speech's folder.
        path: &'p str,
    },
    /// A file that belongs to a meeting.
    MeetingAsset {
        /// The meeting's folder.
        folder: &'p str,
        /// File name.
        path: &'p str,
    },
    /// A speaker's file.
    Speaker {
        /// The file's name without `.md`.
        name: &'p str,
    },
    /// A standing page.
    Standing {
        /// The file's name without `.md`.
        name: &'p str,
    },
    /// A file to publish as it is.
    Static {
        /// Path within the output.
        path: &'p str,
    },
    /// `content/record.lock`.
    RecordLock,
    /// A file of the tools around: hidden files, locks, leftovers of editors.
    Ignored,
    /// Anything else.
    Unknown,
}

impl Source<'_> {
    /// Whether it is Markdown with front matter.
    pub fn has_text(&self) -> bool {
        matches!(
            self,
            Source::Meeting { .. } | Source::Speech { .. } | Source::Speaker { .. } | Source::Standing { .. }
        )
    }
}

/// Tells what the file at `path` is.
pub fn classify(path: &str) -> Source<'_> {
    let Some(path) = path.strip_prefix("content/") else { return Source::Unknown };
    let below = |parts: usize| path.splitn(parts + 1, '/').last().unwrap_or_default();
    let parts: Vec<&str> = path.split('/').collect();
    if parts.iter().any(|part| is_leftover(part)) {
        return Source::Ignored;
    }
    match parts.as_slice() {
        ["site.toml"] => Source::SiteConfig,
        ["record.lock"] => Source::RecordLock,
        ["meetings", _, "import.lock"] => Source::Ignored,
        ["meetings", folder, "_index.md"] => Source::Meeting { folder },
        ["meetings", folder, name, "index.md"] => Source::Speech { folder, name },
        ["meetings", folder, file] => match file.strip_suffix(".md") {
            Some(name) => Source::Speech { folder, name },
            None => Source::MeetingAsset { folder, path: file },
        },
        ["meetings", folder, name, rest @ ..] if !rest.is_empty() => {
            Source::SpeechAsset { folder, name, path: below(3) }
        }
        ["speakers", file] => match file.strip_suffix(".md") {
            Some(name) => Source::Speaker { name },
            None => Source::Unknown,
        },
        ["pages", file] => match file.strip_suffix(".md") {
            Some(name) => Source::Standing { name },
            None => Source::Unknown,
        },
        ["static", rest @ ..] if !rest.is_empty() => Source::Static { path: below(1) },
        _ => Source::Unknown,
    }
}

/// The meeting's folder and the name of the speech whose file is at `path`; none where it is no speech's.
pub fn speech_of(path: &str) -> Option<(&str, &str)> {
    match classify(path) {
        Source::Speech { folder, name } => Some((folder, name)),
        _ => None,
    }
}

fn is_leftover(name: &str) -> bool {
    name.starts_with('.') || name.starts_with("~$") || name.ends_with('~') || name == "Thumbs.db"
}
