//! Export: a folder becomes what is configured.

use super::folder::{is_toml, names};
use super::pictures;
use super::server::{Kind, Server, Stored};
use super::text;
use crate::talk::Talk;
use anyhow::{Context, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// How many files came, changed and went.
#[derive(Debug, Default)]
struct Count {
    all: usize,
    written: usize,
    removed: usize,
}

/// Writes everything; removes files of what is no more there. All is read before anything is written.
pub async fn run(server: &Server, dir: &Path, talk: &mut Talk<'_>) -> Result<()> {
    let kinds = server.kinds().await?;
    let mut stored = Vec::new();
    for kind in &kinds {
        stored.push((kind, server.stored(kind, false).await?));
    }
    fs::create_dir_all(dir).with_context(|| format!("cannot make {}", dir.display()))?;
    let mut count = Count::default();
    for (kind, stored) in stored {
        of_kind(dir, kind, stored, &mut count).with_context(|| format!("{}/", kind.plural))?;
    }
    let Count { all, written, removed } = count;
    talk.say(
        &format!(
            "{all} resources in {}: {written} files written, {removed} removed",
            dir.display()
        ),
        &format!("共 {all} 项，目录 {}：写入 {written} 个文件，删除 {removed} 个", dir.display()),
    )?;
    Ok(())
}

/// The folder of a kind.
fn of_kind(dir: &Path, kind: &Kind, stored: Vec<Stored>, count: &mut Count) -> Result<()> {
    let folder = dir.join(&kind.plural);
    let before = if folder.is_dir() { known(&folder, kind)? } else { BTreeMap::new() };
    let mut kept = BTreeSet::new();
    for mut one in stored {
        let usual = if kind.single { &kind.kind } else { &one.id };
        let name = before.get(&one.id).cloned().unwrap_or_else(|| format!("{usual}.toml"));
        let stem = name.strip_suffix(".toml").unwrap_or(&name).to_owned();
        let pictures = pictures::take_out(kind, &stem, &mut one.body)?;
        let text = text::write(kind, &one.id, one.shape, &one.body)?;
        fs::create_dir_all(&folder)?;
        for picture in &pictures {
            count.written += usize::from(write(&folder.join(&picture.name), &picture.bytes)?);
            kept.insert(picture.name.clone());
        }
        count.written += usize::from(write(&folder.join(&name), text.as_bytes())?);
        count.all += 1;
        kept.insert(name);
    }
    for (path, name) in ours(&folder, &before)? {
        if !kept.contains(&name) {
            fs::remove_file(path)?;
            count.removed += 1;
        }
    }
    Ok(())
}

/// The files of a folder that name an id of the kind, by that.
fn known(folder: &Path, kind: &Kind) -> Result<BTreeMap<String, String>> {
    let mut known = BTreeMap::new();
    for name in names(folder)?.into_iter().filter(|name| is_toml(name)) {
        let text = fs::read_to_string(folder.join(&name)).with_context(|| name.clone())?;
        let said = text::read(&text).with_context(|| format!("{name}; mend it or remove it"))?;
        if said.id.starts_with(&kind.prefix) {
            known.entry(said.id).or_insert(name);
        }
    }
    Ok(known)
}

/// Files of resources of before, and their pictures.
fn ours(folder: &Path, before: &BTreeMap<String, String>) -> Result<Vec<(PathBuf, String)>> {
    let stems: Vec<&str> = before.values().filter_map(|name| name.strip_suffix(".toml")).collect();
    let is_picture = |name: &str| {
        let rest = stems.iter().find_map(|stem| name.strip_prefix(stem)?.strip_prefix('.'));
        rest.is_some_and(|rest| {
            rest != "toml" && [".png", ".jpg", ".webp"].iter().any(|end| rest.ends_with(end))
        })
    };
    if before.is_empty() {
        return Ok(Vec::new());
    }
    let names = names(folder)?.into_iter();
    let ours = names.filter(|name| is_picture(name) || before.values().any(|known| known == name));
    Ok(ours.map(|name| (folder.join(&name), name)).collect())
}

/// Writes a file unless it is the same already.
fn write(path: &Path, bytes: &[u8]) -> Result<bool> {
    if fs::read(path).is_ok_and(|there| there == bytes) {
        return Ok(false);
    }
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(true)
}
