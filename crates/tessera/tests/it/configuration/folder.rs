//! A folder of files that a test writes and reads.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder that goes away with this value.
pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("it is made");
        fs::write(path, text).expect("it is written");
    }

    /// Writes a text in the place of another that is there.
    pub fn replace(&self, name: &str, old: &str, new: &str) {
        let text = fs::read_to_string(self.path().join(name)).expect(name);
        assert!(text.contains(old), "{old} in {text}");
        self.write(name, &text.replace(old, new));
    }

    pub fn remove(&self, name: &str) {
        fs::remove_file(self.path().join(name)).expect(name);
    }

    /// The ids of a kind's files, in order.
    pub fn ids<const N: usize>(&self, plural: &str) -> [String; N] {
        let files = tree(&self.path().join(plural)).into_keys();
        let ids: Vec<String> = files.map(|name| name.replace(".toml", "")).collect();
        ids.try_into().expect("as many files")
    }
}

/// Every file below a folder, by its path from there.
pub fn tree(folder: &Path) -> BTreeMap<String, String> {
    let (mut files, mut folders) = (BTreeMap::new(), vec![PathBuf::new()]);
    while let Some(below) = folders.pop() {
        for entry in fs::read_dir(folder.join(&below)).expect("a folder") {
            let path = below.join(entry.expect("an entry").file_name());
            if folder.join(&path).is_dir() {
                folders.push(path);
            } else {
                let bytes = fs::read(folder.join(&path)).expect("a file");
                let text = String::from_utf8(bytes).unwrap_or_else(|other| format!("{other:?}"));
                files.insert(path.display().to_string(), text);
            }
        }
    }
    files
}
