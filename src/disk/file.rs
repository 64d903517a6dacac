//! Reads one file that someone has named: an ordinary one, and not more of it than there is room for.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;
use std::thread;
use std::time::{Duration, SystemTime};

use crate::diagnostic::Diagnostic;

/// Bytes that a text of the site, such as a speech or a template, may have: a hundred times a long speech.
pub const TEXT_LIMIT: u64 = 4 << 20;

/// Bytes that a document to import or a font may have.
pub const DOCUMENT_LIMIT: u64 = 256 << 20;

/// A file that was written to this shortly before may be half written: an editor empties it first.
const FRESH: Duration = Duration::from_millis(20);

/// How long an editor is given to go on.
const PAUSE: Duration = Duration::from_millis(10);

/// How often a file is read that is never as it was.
const ATTEMPTS: usize = 50;

/// Reads the file at `path`, which messages call `name`: as a whole, not in the middle of a change.
///
/// # Errors
/// A diagnostic where it is no ordinary file, has more than `limit` bytes, cannot be read, or changes all the time.
pub fn read_file(path: &Path, name: &str, limit: u64) -> Result<Vec<u8>, Diagnostic> {
    let unreadable = |error: std::io::Error| Diagnostic::unreadable(name, &error.to_string());
    let read = || {
        // A pipe would be waited for already when it is opened.
        let found = fs::metadata(path).map_err(unreadable)?;
        if !found.is_file() {
            return Err(Diagnostic::special_file(name));
        }
        if found.len() > limit {
            return Err(Diagnostic::too_large(name, found.len(), limit));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(found.len()).unwrap_or_default());
        let file = File::open(path).map_err(unreadable)?;
        (&file).take(limit + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        if bytes.len() as u64 > limit {
            return Err(Diagnostic::too_large(name, bytes.len() as u64, limit));
        }
        let after = file.metadata().map_err(unreadable)?;
        let written = after.modified().map_err(unreadable)?;
        let is_whole = after.len() == bytes.len() as u64
            && found.modified().is_ok_and(|before| before == written)
            && written.elapsed().map_or(true, |age| age >= FRESH);
        Ok(Reading { bytes, written, is_whole })
    };
    settled(read, || thread::sleep(PAUSE))?.ok_or_else(|| Diagnostic::unsettled_file(name))
}

/// What was read of a file.
struct Reading {
    bytes: Vec<u8>,
    /// When the file was last written to.
    written: SystemTime,
    /// Whether it is certain that nobody wrote to the file while it was read.
    is_whole: bool,
}

/// The bytes of a file when they are certain, or nobody has written to it since before a `pause`; none where somebody
/// always has.
fn settled(
    mut read: impl FnMut() -> Result<Reading, Diagnostic>,
    mut pause: impl FnMut(),
) -> Result<Option<Vec<u8>>, Diagnostic> {
    let mut before = read()?;
    for _ in 0..ATTEMPTS {
        if before.is_whole {
            return Ok(Some(before.bytes));
        }
        pause();
        let now = read()?;
        let rests = now.written == before.written && now.bytes == before.bytes;
        before = Reading { is_whole: now.is_whole || rests, ..now };
    }
    Ok(before.is_whole.then_some(before.bytes))
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// What comes of a file that is each of these in turn, written in that second and never certainly whole, and how often
    /// it was waited for.
    fn read(states: &[(&str, u64)]) -> (Option<String>, usize) {
        let (mut states, pauses) = (states.iter().cycle(), Cell::new(0));
        let reading = || {
            let (text, second) = states.next().expect("a cycle has no end");
            let written = SystemTime::UNIX_EPOCH + Duration::from_secs(*second);
            Ok(Reading { bytes: text.as_bytes().to_vec(), written, is_whole: false })
        };
        let bytes = settled(reading, || pauses.set(pauses.get() + 1)).expect("no fault of the disk");
        (bytes.map(|bytes| String::from_utf8(bytes).expect("text")), pauses.get())
    }

    #[test]
    fn a_file_that_is_being_written_is_waited_for() {
        assert_eq!(read(&[("whole", 1)]), (Some("whole".into()), 1));
        assert_eq!(read(&[("", 1), ("who", 1), ("whole", 1), ("whole", 1)]), (Some("whole".into()), 3));
    }

    #[test]
    fn a_file_that_never_rests_is_given_up() {
        assert_eq!(read(&[("one", 1), ("other", 1)]), (None, ATTEMPTS));
        assert_eq!(read(&[("", 1), ("", 2)]), (None, ATTEMPTS), "emptied again and again");
    }
}
