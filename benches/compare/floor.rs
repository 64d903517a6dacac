//! What the disk alone costs: writes a finished site from memory.
//!
//! ```text
//! cargo run --release --example floor -- SITE FOLDER THREADS
//! ```
//!
//! Reads all files of SITE into memory, then makes the folders and writes the same bytes into FOLDER, which must not
//! exist. Prints the seconds of that second part, folders, files and bytes.

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

/// Path and bytes.
type File = (PathBuf, Vec<u8>);

/// Files that a thread takes at a time.
const BATCH: usize = 32;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [site, folder, threads] = arguments.as_slice() else {
        return Err("usage: floor SITE FOLDER THREADS".into());
    };
    let files = files(Path::new(site))?;
    let bytes: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    // In this order a folder comes before those in it.
    let folders: BTreeSet<&Path> = files.iter().flat_map(|(path, _)| path.ancestors().skip(1)).collect();
    let (folder, threads) = (Path::new(folder), threads.parse()?);
    let begin = Instant::now();
    for path in &folders {
        fs::create_dir(folder.join(path))?;
    }
    write(&files, folder, threads)?;
    let seconds = begin.elapsed().as_secs_f64();
    println!("{seconds:.4} {} {} {bytes}", folders.len(), files.len());
    Ok(())
}

/// All files below `site` by their paths from there.
fn files(site: &Path) -> Result<Vec<File>, Box<dyn Error>> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(site).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            files.push((entry.path().strip_prefix(site)?.to_owned(), fs::read(entry.path())?));
        }
    }
    Ok(files)
}

fn write(files: &[File], folder: &Path, threads: usize) -> io::Result<()> {
    let next = AtomicUsize::new(0);
    let work = || -> io::Result<()> {
        while let Some(batch) = files.chunks(BATCH).nth(next.fetch_add(1, Ordering::Relaxed)) {
            for (path, bytes) in batch {
                fs::write(folder.join(path), bytes)?;
            }
        }
        Ok(())
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .try_for_each(|worker| worker.join().unwrap_or_else(|_| Err(io::ErrorKind::Other.into())))
    })
}
