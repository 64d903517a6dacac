//! Speeches that are not public: what has to be nowhere in the output.

use crate::content::speech::SpeechFile;

/// A draft, a speech under embargo or a withdrawn one. The output never takes anything from here; it is checked against
/// it.
#[derive(Debug, Clone)]
pub struct Hidden {
    /// Path of the source.
    pub file: String,
    /// Its text, without headings.
    pub paragraphs: Vec<String>,
}

impl Hidden {
    /// What is hidden of `speech`.
    pub fn of(speech: &SpeechFile) -> Hidden {
        let read = speech.body.read();
        let texts = read.paragraphs().filter(|paragraph| !paragraph.is_heading());
        Hidden {
            file: speech.file.to_string(),
            paragraphs: texts.map(|paragraph| paragraph.text.to_owned()).collect(),
        }
    }
}
