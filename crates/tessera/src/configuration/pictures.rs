//! Pictures lie beside the file of their resource, which names them.

use super::server::{Fields, Kind};
use anyhow::{Context, Result, anyhow, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// The largest file that is sent; the server takes less.
const BYTES_MAX: u64 = 1024 * 1024;

/// A picture's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// What it is called.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Puts the file of each picture in the place of its name.
pub fn take_in(kind: &Kind, folder: &Path, body: &mut Fields) -> Result<()> {
    for field in of(kind) {
        let Some(value) = body.get_mut(field) else { continue };
        let name =
            value.as_str().with_context(|| format!("{field}: expected the name of a file"))?;
        let bytes = read(folder, name).with_context(|| format!("{field}: {name}"))?;
        *value = Value::String(STANDARD.encode(bytes));
    }
    Ok(())
}

/// Takes each picture out of the fields, which keep the name of its file. `stem` is the name of the resource's.
pub fn take_out(kind: &Kind, stem: &str, body: &mut Fields) -> Result<Vec<Picture>> {
    let mut pictures = Vec::new();
    for field in of(kind) {
        let Some(Value::String(file)) = body.get(field) else { continue };
        let bytes = STANDARD.decode(file).map_err(|_| anyhow!("{field} is no base64"))?;
        let name = format!("{stem}.{field}.{}", ending(&bytes));
        body.insert(field.to_owned(), Value::String(name.clone()));
        pictures.push(Picture { name, bytes });
    }
    Ok(pictures)
}

fn of(kind: &Kind) -> impl Iterator<Item = &str> {
    kind.fields.iter().filter(|field| field.picture).map(|field| field.name.as_str())
}

fn read(folder: &Path, name: &str) -> Result<Vec<u8>> {
    if name.contains(['/', '\\']) || name.starts_with('.') {
        bail!("the file lies beside this one; name it without a folder");
    }
    let path = folder.join(name);
    let bytes = fs::metadata(&path).context("no such file beside this one")?.len();
    if bytes > BYTES_MAX {
        bail!("it has {bytes} bytes, which is no small picture");
    }
    fs::read(&path).context("cannot be read")
}

fn ending(bytes: &[u8]) -> &'static str {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => "png",
        [0xff, 0xd8, ..] => "jpg",
        [b'R', b'I', b'F', b'F', ..] => "webp",
        _ => "bin",
    }
}
