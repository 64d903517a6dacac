//! What each file below `content/` is, by its path alone.

/// What a file below `content/` is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// `content/site.toml`.
    SiteConfig,
    /// A meeting's `_index.md`.
    Meeting {
        /// The meeting's folder.
        folder: String,
    },
    /// A speech: `<speech>.md` or `<speech>/index.md`.
    Speech {
        /// The meeting's folder.
        folder: String,
        /// The speech's name without `.md`.
        name: String,
    },
    /// A file that belongs to a speech: anything else in the folder `<speech>/`.
    SpeechAsset {
        /// The meeting's folder.
        folder: String,
        /// The speech's name.
        name: String,
        /// Path within the speech's folder.
        path: String,
    },
    /// A file that belongs to a meeting.
    MeetingAsset {
        /// The meeting's folder.
        folder: String,
        /// File name.
        path: String,
    },
    /// A speaker's file.
    Speaker {
        /// The file's name without `.md`.
        name: String,
    },
    /// A standing page.
    Standing {
        /// The file's name without `.md`.
        name: String,
    },
    /// A file to publish as it is.
    Static {
        /// Path within the output.
        path: String,
    },
    /// `content/record.lock`.
    RecordLock,
    /// A file of the tools around: hidden files, locks, leftovers of editors.
    Ignored,
    /// Anything else.
    Unknown,
}

impl Source {
    /// Whether it is Markdown with front matter.
    pub fn has_text(&self) -> bool {
        matches!(
            self,
            Source::Meeting { .. } | Source::Speech { .. } | Source::Speaker { .. } | Source::Standing { .. }
        )
    }
}

/// Tells what the file at `path` is.
pub fn classify(path: &str) -> Source {
    let Some(path) = path.strip_prefix("content/") else { return Source::Unknown };
    let parts: Vec<&str> = path.split('/').collect();
    if parts.iter().any(|part| is_leftover(part)) {
        return Source::Ignored;
    }
    match parts.as_slice() {
        ["site.toml"] => Source::SiteConfig,
        ["record.lock"] => Source::RecordLock,
        ["meetings", _, "import.lock"] => Source::Ignored,
        ["meetings", folder, "_index.md"] => Source::Meeting { folder: (*folder).into() },
        ["meetings", folder, name, "index.md"] => {
            Source::Speech { folder: (*folder).into(), name: (*name).into() }
        }
        ["meetings", folder, file] => match file.strip_suffix(".md") {
            Some(name) => Source::Speech { folder: (*folder).into(), name: name.into() },
            None => Source::MeetingAsset { folder: (*folder).into(), path: (*file).into() },
        },
        ["meetings", folder, name, rest @ ..] if !rest.is_empty() => {
            Source::SpeechAsset { folder: (*folder).into(), name: (*name).into(), path: rest.join("/") }
        }
        ["speakers", file] => match file.strip_suffix(".md") {
            Some(name) => Source::Speaker { name: name.into() },
            None => Source::Unknown,
        },
        ["pages", file] => match file.strip_suffix(".md") {
            Some(name) => Source::Standing { name: name.into() },
            None => Source::Unknown,
        },
        ["static", rest @ ..] if !rest.is_empty() => Source::Static { path: rest.join("/") },
        _ => Source::Unknown,
    }
}

fn is_leftover(name: &str) -> bool {
    name.starts_with('.') || name.starts_with("~$") || name.ends_with('~') || name == "Thumbs.db"
}
