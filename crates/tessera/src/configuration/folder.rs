//! The folder: DIR/<plural>/*.toml, each file one resource. What a file is called means nothing; its id does.

use super::pictures;
use super::server::{Fields, Kind};
use super::text;
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A file of a resource.
#[derive(Debug, Clone, PartialEq)]
pub struct File {
    /// Where it lies, below the folder.
    pub path: PathBuf,
    /// The name of its kind.
    pub kind: String,
    /// The id that it names.
    pub id: String,
    /// The shape that it names.
    pub shape: Option<u32>,
    /// Its fields; a picture is its file in base64.
    pub body: Fields,
}

/// Reads every file, in the order of their paths.
pub fn read(dir: &Path, kinds: &[Kind]) -> Result<Vec<File>> {
    let mut files: Vec<File> = Vec::new();
    let mut seen = BTreeMap::new();
    for (path, kind) in paths(dir, kinds)? {
        let file = one(dir, &path, kind).with_context(|| path.display().to_string())?;
        if let Some(first) = seen.insert((file.kind.clone(), file.id.clone()), path.clone()) {
            bail!("{}: id: {} names {}, too", path.display(), first.display(), file.id);
        }
        files.push(file);
    }
    Ok(files)
}

/// Where the files of resources lie below the folder, each with its kind.
fn paths<'k>(dir: &Path, kinds: &'k [Kind]) -> Result<Vec<(PathBuf, &'k Kind)>> {
    let mut paths = Vec::new();
    for name in names(dir)? {
        let path = dir.join(&name);
        if is_toml(&name) {
            bail!("{name}: lies in no folder of a kind, like {}", example(kinds));
        }
        if name.starts_with('.') || !path.is_dir() {
            continue;
        }
        let inside: Vec<String> = names(&path)?.into_iter().filter(|name| is_toml(name)).collect();
        let kind = kinds.iter().find(|kind| kind.plural == name);
        match kind {
            Some(kind) => {
                paths.extend(inside.iter().map(|file| (Path::new(&name).join(file), kind)))
            }
            None if inside.is_empty() => {}
            None => {
                bail!("{name}: this server has no kind with such a folder; it has {}", all(kinds))
            }
        }
    }
    Ok(paths)
}

fn one(dir: &Path, path: &Path, kind: &Kind) -> Result<File> {
    let text = fs::read_to_string(dir.join(path)).context("cannot be read")?;
    let mut said = text::read(&text)?;
    let rest = said.id.strip_prefix(&kind.prefix).and_then(|rest| rest.strip_prefix('_'));
    if rest.is_none_or(|rest| kernel::id::decode(rest).is_none()) {
        bail!("id: expected one that starts with `{}_` followed by 26 characters", kind.prefix);
    }
    let folder = dir.join(path.parent().unwrap_or(Path::new("")));
    pictures::take_in(kind, &folder, &mut said.body)?;
    let (path, kind) = (path.to_owned(), kind.kind.clone());
    Ok(File { path, kind, id: said.id, shape: said.shape, body: said.body })
}

/// Names in a folder, in order.
pub fn names(dir: &Path) -> Result<Vec<String>> {
    let found = fs::read_dir(dir).with_context(|| format!("cannot read {}", dir.display()))?;
    let mut names = Vec::new();
    for entry in found {
        let name = entry?.file_name();
        // What is no text is none of ours.
        names.extend(name.into_string());
    }
    names.sort();
    Ok(names)
}

/// Whether a name is that of a resource's file. Editors keep copies under names with a dot before them.
pub fn is_toml(name: &str) -> bool {
    name.ends_with(".toml") && !name.starts_with('.')
}

fn example(kinds: &[Kind]) -> String {
    kinds.first().map_or_else(String::new, |kind| format!("{}/", kind.plural))
}

fn all(kinds: &[Kind]) -> String {
    kinds.iter().map(|kind| format!("{}/", kind.plural)).collect::<Vec<_>>().join(", ")
}
