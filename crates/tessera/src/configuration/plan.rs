//! What is sent: files that are not as the server has them, and what is to be archived.

use super::folder::File;
use super::server::{Changes, Kind, Problem, Server, Stored, ToArchive, ToSave, Wrong};
use crate::talk::Talk;
use anyhow::Result;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// The field that says whether something is sold.
const ON_SHELF: &str = "on_shelf";

/// What a folder would change.
#[derive(Debug, Default)]
pub struct Plan {
    save: Vec<(File, u32)>,
    archive: Vec<(Kind, Stored)>,
    /// How many files there are.
    pub files: usize,
    /// What the server has and the folder lacks, and stays.
    pub left: usize,
}

impl Plan {
    /// Compares files with what the server has.
    pub async fn of(
        server: &Server,
        kinds: &[Kind],
        files: Vec<File>,
        prune: bool,
    ) -> Result<Self> {
        let mut plan = Self { files: files.len(), ..Self::default() };
        let mut by_kind: BTreeMap<String, Vec<File>> = BTreeMap::new();
        for file in files {
            by_kind.entry(file.kind.clone()).or_default().push(file);
        }
        for kind in kinds {
            let files = by_kind.remove(&kind.kind).unwrap_or_default();
            let live = server.stored(kind, false).await?;
            let archived = server.stored(kind, true).await?;
            plan.add(kind, files, &live, &archived, prune);
        }
        Ok(plan)
    }

    fn add(
        &mut self,
        kind: &Kind,
        files: Vec<File>,
        live: &[Stored],
        archived: &[Stored],
        prune: bool,
    ) {
        let archived: BTreeMap<&str, &Stored> = by_id(archived).collect();
        let there: BTreeMap<&str, &Stored> = by_id(live).collect();
        let ids: BTreeSet<String> = files.iter().map(|file| file.id.clone()).collect();
        for file in files {
            let found = there.get(&*file.id);
            if found.is_some_and(|one| is_same(&file, one)) {
                continue;
            }
            let version = found.or_else(|| archived.get(&*file.id)).map_or(0, |one| one.version);
            self.save.push((file, version));
        }
        let lacking = live.iter().filter(|one| !kind.single && !ids.contains(&one.id)).cloned();
        for one in lacking {
            let is_sold = one.body.get(ON_SHELF) == Some(&Value::Bool(true));
            if prune && kind.is_archived() {
                self.archive.push((kind.clone(), one));
            } else if prune && is_sold {
                self.save.push(off_the_shelf(kind, one));
            } else if is_sold || kind.is_archived() {
                self.left += 1;
            }
        }
    }

    /// Whether there is nothing to send.
    pub fn is_empty(&self) -> bool {
        self.save.is_empty() && self.archive.is_empty()
    }

    /// What is sent.
    pub fn changes(&self) -> Changes<'_> {
        let save = self.save.iter().map(|(file, version)| ToSave {
            kind: &file.kind,
            id: &file.id,
            version: *version,
            shape: file.shape,
            body: &file.body,
        });
        let archive = self.archive.iter().map(|(kind, one)| ToArchive {
            kind: &kind.kind,
            id: &one.id,
            version: one.version,
        });
        Changes { save: save.collect(), archive: archive.collect() }
    }

    /// Where the n-th that was sent comes from: a file, or the name of what is archived.
    pub fn place(&self, n: usize) -> String {
        match n.checked_sub(self.save.len()) {
            None => self.save[n].0.path.display().to_string(),
            Some(n) => self
                .archive
                .get(n)
                .map_or_else(String::new, |(kind, one)| format!("{} {}", kind.plural, one.id)),
        }
    }

    /// Why it was refused, by file and field.
    pub fn refusal(&self, talk: &Talk<'_>, problem: &Problem) -> String {
        let unknown = problem.code == "outcome_unknown";
        let said = match unknown {
            true => talk.pick("no answer", "没有结果"),
            false => talk.pick("refused (nothing was changed)", "已拒绝（未做任何更改）"),
        };
        let cure = match problem.code.as_str() {
            "precondition_failed" => talk.pick(
                "; somebody changed it meanwhile: look at `tessera config diff` again",
                "；期间有人改过，请重新查看 `tessera config diff`",
            ),
            _ if unknown => talk.pick(
                "; look at `tessera config diff` before you go on",
                "；请先查看 `tessera config diff`",
            ),
            _ => "",
        };
        let mut lines: Vec<String> = problem.errors.iter().map(|wrong| self.line(wrong)).collect();
        if lines.is_empty() {
            lines.push(problem.detail.clone());
        }
        format!("{said}: {}{cure}", lines.join("\n  "))
    }

    /// `save[3].body.percent` as the file and field that it was.
    fn line(&self, Wrong { field, detail }: &Wrong) -> String {
        let named = |start: &str, offset: usize| {
            let (n, rest) = field.strip_prefix(start)?.split_once(']')?;
            let place = self.place(offset + n.parse::<usize>().ok()?);
            let rest = rest.trim_start_matches('.');
            let rest = rest.strip_prefix("body.").unwrap_or(rest);
            let rest = if rest == "body" { "" } else { rest };
            Some(if rest.is_empty() { place } else { format!("{place}: {rest}") })
        };
        let named = named("save[", 0).or_else(|| named("archive[", self.save.len()));
        format!("{}: {detail}", named.as_deref().unwrap_or(field))
    }
}

/// What is never archived goes off the shelf.
fn off_the_shelf(kind: &Kind, one: Stored) -> (File, u32) {
    let Stored { id, version, shape, mut body } = one;
    body.insert(ON_SHELF.to_owned(), Value::Bool(false));
    let path = PathBuf::from(format!("{} {id}", kind.plural));
    (File { path, kind: kind.kind.clone(), id, shape: Some(shape), body }, version)
}

fn by_id(all: &[Stored]) -> impl Iterator<Item = (&str, &Stored)> {
    all.iter().map(|one| (&*one.id, one))
}

/// Whether a file is what the server has, as far as can be told here. The server knows better of the rest.
fn is_same(file: &File, one: &Stored) -> bool {
    file.shape.is_none_or(|shape| shape == one.shape) && file.body == one.body
}
