//! Writes the list of the console's files, as `npm run build` left them in `console/dist`: name, content and brotli copy.
//!
//! Without that build the list is empty, so that the program compiles with cargo alone and says at `/console/` what is
//! missing. The folder itself is always there, because it holds `.gitignore`: Cargo sees when files come.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let dist = Path::new(&root).join("../../console/dist");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", dist.display());
    let mut files = Vec::new();
    if dist.is_dir() {
        collect(&dist, "", &mut files)?;
    }
    files.sort();
    let rows = files.iter().filter(|(name, _)| !name.ends_with(".br")).map(|(name, path)| {
        let copy = files.iter().find(|(other, _)| other.strip_suffix(".br") == Some(name));
        let copy = copy.map_or("None".to_owned(), |(_, path)| format!("Some({})", include(path)));
        format!("    File {{ name: {name:?}, content: {}, brotli: {copy} }},\n", include(path))
    });
    let list = format!("&[\n{}]\n", rows.collect::<String>());
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&out).join("files.rs"), list)
}

/// Every file below a folder with its name there, but for what begins with a dot.
fn collect(folder: &Path, before: &str, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let Some(own) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let name = format!("{before}{own}");
        if own.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files)?;
        } else {
            files.push((name, path.canonicalize()?));
        }
    }
    Ok(())
}

fn include(path: &Path) -> String {
    format!("include_bytes!({:?})", path.display().to_string())
}
