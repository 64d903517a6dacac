//! Puts the Tera themes that come with plenary into the program.
//!
//! The files are copied first, so that a checkout whose `themes/` was deleted later still builds.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Folders of `themes/` that are built in.
const BUILT_IN: [&str; 2] = ["themes/default", "themes/plain"];

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let list = out.join("built_in_tera_themes.rs");
    let mut code = String::from("&[\n");
    for folder in BUILT_IN {
        println!("cargo:rerun-if-changed={folder}");
        if !Path::new(folder).is_dir() {
            return match list.exists() {
                true => Ok(()),
                false => Err(io::Error::other(format!(
                    "{folder} is missing; `git checkout {folder}` brings it back"
                ))),
            };
        }
        for path in files(Path::new(folder))? {
            println!("cargo:rerun-if-changed={}", path.display());
            let copy = out.join(&path);
            fs::create_dir_all(copy.parent().unwrap_or(&out))?;
            fs::copy(&path, &copy)?;
            let name = path.components().map(|part| part.as_os_str().to_string_lossy());
            let name = name.collect::<Vec<_>>().join("/");
            let _ = writeln!(code, "    ({name:?}, include_bytes!({:?})),", copy.to_string_lossy());
        }
    }
    code.push(']');
    fs::write(list, code)
}

/// All files below `folder`, sorted; hidden ones are left out.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        match (hidden, path.is_dir()) {
            (true, _) => {}
            (false, true) => found.extend(files(&path)?),
            (false, false) => found.push(path),
        }
    }
    found.sort();
    Ok(found)
}
