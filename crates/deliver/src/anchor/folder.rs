//! A checkpoint in a file of its own, which is never written again.

use domain::anchor::checkpoint::Checkpoint;
use std::fs::{self, OpenOptions};
use std::io::{Error, ErrorKind, Write};
use std::path::Path;

/// Writes one; harmless when it is there already.
pub(super) fn write(folder: &Path, checkpoint: &Checkpoint) -> Result<(), Error> {
    fs::create_dir_all(folder)?;
    let path = folder.join(format!("checkpoint-{:010}.json", checkpoint.number));
    let text = serde_json::to_string(checkpoint).map_err(Error::other)? + "\n";
    let made = OpenOptions::new().write(true).create_new(true).open(&path);
    match made {
        Ok(mut file) => {
            file.write_all(text.as_bytes())?;
            file.sync_all()
        }
        // Torn by a crash it would be there and say something else.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            match fs::read_to_string(&path)? {
                there if there == text => Ok(()),
                _ => Err(Error::other(format!("{} holds something else", path.display()))),
            }
        }
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checkpoint_is_written_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let inner = folder.path().join("kept");
        let text = r#"{"number":7,"at":2,"books":3,"facts":4,"root":"r","previous":"p","key":"k","signature":"s"}"#;
        let one: Checkpoint = serde_json::from_str(text).expect("a checkpoint");
        write(&inner, &one).expect("it is written");
        write(&inner, &one).expect("a repeat is harmless");
        assert!(write(&inner, &Checkpoint { at: 3, ..one }).is_err(), "it is never another");
        let kept = fs::read_to_string(inner.join("checkpoint-0000000007.json"));
        assert_eq!(kept.expect("the file"), format!("{text}\n"));
    }
}
