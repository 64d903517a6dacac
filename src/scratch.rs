//! Room outside of memory for what a large site has much of; the middle of the program knows no files.

use std::borrow::Cow;
use std::fmt;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::file_list::Digest;

/// A place on disk, or something like it.
pub trait Scratch: Send + Sync {
    /// Bytes that may stay in memory of each kind of thing that can leave it.
    fn limit(&self) -> usize;
    /// Keeps `bytes` and says where.
    ///
    /// # Errors
    /// What the disk says.
    fn keep(&self, bytes: &[u8]) -> io::Result<u64>;
    /// Reads `length` bytes back from `offset`.
    ///
    /// # Errors
    /// What the disk says.
    fn read(&self, offset: u64, length: usize) -> io::Result<Vec<u8>>;
    /// Takes a finished file of the site for good; none where files are only held.
    ///
    /// # Errors
    /// What the disk says.
    fn place(&self, _path: &str, _bytes: &[u8]) -> io::Result<Option<Placed>> {
        Ok(None)
    }
    /// The bytes of a file that was taken for good.
    ///
    /// # Errors
    /// What the disk says.
    fn placed(&self, _path: &str) -> io::Result<Vec<u8>> {
        Err(io::ErrorKind::NotFound.into())
    }
}

/// A finished file that was taken for good.
#[derive(Debug, Clone, Copy)]
pub struct Placed {
    /// Its bytes, as far as 32 bits count: there may be millions of these, and hardly one of so many bytes.
    pub length: u32,
    /// Their digest.
    pub digest: Digest,
    /// Whether the last publication does not have it like this.
    pub changed: bool,
}

/// The texts of a site, of which only as many bytes stay in memory as the scratch says.
///
/// Whoever reads a text that the disk does not give back has an empty one: nothing may be made of a site whose texts have
/// a [`Texts::fault`].
pub struct Texts {
    scratch: Arc<dyn Scratch>,
    held: AtomicUsize,
    fault: Mutex<Option<String>>,
}

impl Texts {
    /// Those that leave memory go to `scratch`.
    pub fn new(scratch: Arc<dyn Scratch>) -> Texts {
        Texts { scratch, held: AtomicUsize::new(0), fault: Mutex::new(None) }
    }

    /// What the disk said first, where it did not take a text or give it back.
    pub fn fault(&self) -> Option<String> {
        self.fault.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn note(&self, error: &io::Error) {
        self.fault.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_with(|| error.to_string());
    }
}

impl fmt::Debug for Texts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Texts").finish_non_exhaustive()
    }
}

/// A text, in memory or among [`Texts`].
#[derive(Debug, Clone)]
pub enum Text {
    /// In memory.
    Here(Box<str>),
    /// In the scratch.
    Away {
        /// Where it went.
        texts: Arc<Texts>,
        /// Where it begins.
        offset: u64,
        /// Its bytes.
        length: usize,
    },
}

impl Default for Text {
    fn default() -> Text {
        Text::Here(Box::default())
    }
}

impl Text {
    /// Joins `texts`, and may leave memory.
    pub fn leave(&mut self, texts: &Arc<Texts>) {
        let Text::Here(text) = self else { return };
        let length = text.len();
        if texts.held.fetch_add(length, Ordering::Relaxed) + length <= texts.scratch.limit() {
            return;
        }
        match texts.scratch.keep(text.as_bytes()) {
            Ok(offset) => *self = Text::Away { texts: Arc::clone(texts), offset, length },
            Err(error) => texts.note(&error),
        }
    }

    /// The texts that it has left for.
    pub fn texts(&self) -> Option<&Arc<Texts>> {
        match self {
            Text::Here(_) => None,
            Text::Away { texts, .. } => Some(texts),
        }
    }

    /// What it says.
    pub fn read(&self) -> Cow<'_, str> {
        match self {
            Text::Here(text) => Cow::Borrowed(text),
            Text::Away { texts, offset, length } => {
                let read = texts.scratch.read(*offset, *length);
                let read = read.and_then(|bytes| {
                    simdutf8::basic::from_utf8(&bytes)
                        .map(str::to_owned)
                        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
                });
                Cow::Owned(read.unwrap_or_else(|error| {
                    texts.note(&error);
                    String::new()
                }))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes so many texts and gives back what it took, where it is not lost.
    struct Room {
        taken: Mutex<Vec<u8>>,
        most: usize,
        is_lost: bool,
    }

    impl Scratch for Room {
        fn limit(&self) -> usize {
            6
        }

        fn keep(&self, bytes: &[u8]) -> io::Result<u64> {
            let mut taken = self.taken.lock().expect("free");
            if taken.len() + bytes.len() > self.most {
                return Err(io::ErrorKind::StorageFull.into());
            }
            taken.extend_from_slice(bytes);
            Ok((taken.len() - bytes.len()) as u64)
        }

        fn read(&self, offset: u64, length: usize) -> io::Result<Vec<u8>> {
            let taken = self.taken.lock().expect("free");
            let kept = taken.get(offset as usize..offset as usize + length).filter(|_| !self.is_lost);
            kept.map(<[u8]>::to_vec).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
        }
    }

    fn left(most: usize, is_lost: bool) -> (Arc<Texts>, Vec<Text>) {
        let texts = Arc::new(Texts::new(Arc::new(Room { taken: Mutex::default(), most, is_lost })));
        let mut all: Vec<Text> = ["一二", "三四", "五六"].map(|text| Text::Here(text.into())).into();
        all.iter_mut().for_each(|text| text.leave(&texts));
        (texts, all)
    }

    #[test]
    fn what_does_not_fit_into_memory_is_read_from_the_scratch() {
        let (texts, all) = left(100, false);
        assert!(all[0].texts().is_none() && all[1].texts().is_some());
        assert_eq!(all.iter().map(Text::read).collect::<Vec<_>>(), ["一二", "三四", "五六"]);
        assert_eq!(texts.fault(), None);
    }

    #[test]
    fn a_disk_that_takes_no_more_or_loses_a_text_is_a_fault() {
        let (texts, all) = left(6, false);
        assert_eq!(
            all.iter().map(Text::read).collect::<Vec<_>>(),
            ["一二", "三四", "五六"],
            "nothing is lost"
        );
        assert!(texts.fault().is_some());
        let (texts, all) = left(100, true);
        assert_eq!((texts.fault(), all[1].read().as_ref()), (None, ""));
        assert!(texts.fault().is_some());
    }
}
