//! The ready file: written whole, once the server answers.

use anyhow::{Context, Result};
use serde::Serialize;
use std::path::Path;

/// Takes away the file of an earlier run, so that nobody reads it before this one is ready.
pub fn clear(path: Option<&Path>) -> Result<()> {
    match path.map(std::fs::remove_file) {
        Some(Err(e)) if e.kind() != std::io::ErrorKind::NotFound => {
            Err(e).context("the old ready file cannot be removed")
        }
        _ => Ok(()),
    }
}

/// Writes `value` as JSON to `path`, atomically: readers see nothing or all of it.
pub fn write(path: &Path, value: &impl Serialize) -> Result<()> {
    let text = serde_json::to_vec_pretty(value).context("the ready file cannot be written")?;
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let file = tempfile::NamedTempFile::new_in(folder).context("the ready file's folder")?;
    std::fs::write(file.path(), text).context("the ready file cannot be written")?;
    file.persist(path).context("the ready file cannot be put in place")?;
    Ok(())
}
