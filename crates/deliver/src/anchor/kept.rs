//! Checkpoints that were kept elsewhere, and those that the journal tells.

use domain::anchor::checkpoint::Checkpoint;
use domain::anchor::fact::JournalCheckpointed;
use std::fs;
use std::io::Error;
use std::path::Path;

/// The kind of fact that tells a checkpoint.
pub const KIND: &str = "journal.checkpointed";

/// The checkpoint of a fact of that kind.
pub fn of_fact(data: &str) -> Option<Checkpoint> {
    serde_json::from_str(data).ok().map(|fact: JournalCheckpointed| fact.checkpoint)
}

/// Reads a file of checkpoints, one a line, or all such files of a folder.
pub fn read(path: &Path) -> Result<Vec<Checkpoint>, Error> {
    if !path.is_dir() {
        return read_file(path);
    }
    let mut files = fs::read_dir(path)?.map(|entry| Ok(entry?.path()));
    let mut files: Vec<_> = files.by_ref().collect::<Result<_, Error>>()?;
    files.retain(|file| file.extension().is_some_and(|ending| ending == "json"));
    files.sort();
    let mut all = Vec::new();
    for file in files {
        all.extend(read_file(&file)?);
    }
    Ok(all)
}

fn read_file(path: &Path) -> Result<Vec<Checkpoint>, Error> {
    let named = |why: String| Error::other(format!("{}: {why}", path.display()));
    let text = fs::read_to_string(path).map_err(|error| named(error.to_string()))?;
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| serde_json::from_str(line).map_err(|error| named(error.to_string()))).collect()
}
