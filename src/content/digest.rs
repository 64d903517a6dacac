//! The digest of a speech's text, by which a changed text is noticed and a renamed file is known again.

use unicode_normalization::UnicodeNormalization;

use super::speech::SpeechFile;
use crate::chinese::normalize;

/// The first 128 bits of BLAKE3, in hexadecimal, of the title, the subtitle and each paragraph and heading, one a line.
///
/// Each is plain text in composed form (NFC), without invisible characters, every run of white space one space. So
/// the way a text is marked up or broken into lines does not count, and neither do speakers, themes, links and pictures.
pub fn digest(speech: &SpeechFile) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut line = |text: &str| {
        let composed: String = normalize::clean(text).nfc().collect();
        for (i, word) in composed.split_whitespace().enumerate() {
            if i > 0 {
                hasher.update(b" ");
            }
            hasher.update(word.as_bytes());
        }
        hasher.update(b"\n");
    };
    line(&speech.title);
    line(speech.rest().subtitle.as_deref().unwrap_or_default());
    for paragraph in speech.body.read().paragraphs() {
        line(paragraph.text);
    }
    hasher.finalize().to_hex().chars().take(32).collect()
}
