//! Writes a made-up archive of Chinese speeches to be measured with.
//!
//! ```text
//! cargo run --release --example corpus -- 1000 FOLDER [--for plenary|zola|hugo] [--seed 1] [--words dict.txt]
//! ```
//!
//! `--words` is a dictionary in jieba's form; without it words are drawn from the speeches of this repository. The same
//! arguments give the same bytes, and the same seed gives the same speeches for all three.

mod archive;
mod random;
mod sources;
mod words;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use archive::Archive;
use sources::Form;
use words::Words;

const USAGE: &str = "usage: corpus SPEECHES FOLDER [--for plenary|zola|hugo] [--seed NUMBER] [--words FILE]";

struct Arguments {
    speeches: usize,
    folder: PathBuf,
    form: Form,
    seed: u64,
    words: Option<PathBuf>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = arguments(std::env::args().skip(1)).ok_or(USAGE)?;
    let words = match &arguments.words {
        Some(dictionary) => Words::of_dictionary(&fs::read_to_string(dictionary)?),
        None => {
            let texts = texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content/meetings"))?;
            Words::of_texts(texts.iter().map(String::as_str))
        }
    };
    let archive = Archive::new(arguments.speeches, arguments.seed, words);
    let mut made = PathBuf::new();
    for (path, text) in sources::files(&archive, arguments.form) {
        let path = arguments.folder.join(path);
        let folder = path.parent().unwrap_or(&arguments.folder);
        if made != folder {
            fs::create_dir_all(folder)?;
            made = folder.to_owned();
        }
        fs::write(path, text)?;
    }
    Ok(())
}

/// The command line; none where it is wrong.
fn arguments(mut given: impl Iterator<Item = String>) -> Option<Arguments> {
    let speeches = given.next()?.parse().ok().filter(|count| *count > 0)?;
    let folder = given.next()?.into();
    let mut arguments = Arguments { speeches, folder, form: Form::Plenary, seed: 1, words: None };
    while let Some(option) = given.next() {
        let value = given.next()?;
        match (option.as_str(), value.as_str()) {
            ("--for", "plenary") => arguments.form = Form::Plenary,
            ("--for", "zola") => arguments.form = Form::Zola,
            ("--for", "hugo") => arguments.form = Form::Hugo,
            ("--seed", seed) => arguments.seed = seed.parse().ok()?,
            ("--words", file) => arguments.words = Some(file.into()),
            _ => return None,
        }
    }
    Some(arguments)
}

/// The texts of all files below `folder`, sorted by path.
fn texts(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut paths: Vec<PathBuf> = walkdir::WalkDir::new(folder)
        .into_iter()
        .flatten()
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    paths.sort();
    paths.into_iter().map(fs::read_to_string).collect()
}
