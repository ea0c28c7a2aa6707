//! The master key in a file: read, or made once with complete content and mode 0600.
//!
//! The text is written and flushed under a name of its own and then linked to the wanted name.
//! Linking fails when the name is taken, so of several processes that start together one makes
//! the key and all read the same, and a crash never leaves half a key behind.

use crate::{KeyRing, MasterKey, VaultError, new_secret};
use std::{
    fs::{self, File, OpenOptions},
    io::{self, ErrorKind, Read, Write},
    path::Path,
};
use zeroize::Zeroizing;

/// Far more than a key needs: bounds what a wrong path can make us read.
const KEY_FILE_BYTES_MAX: u64 = 4096;

impl MasterKey {
    /// Reads the key from a file that holds its base64 text.
    pub fn read_file(path: &Path) -> Result<Self, VaultError> {
        let text = read(path).map_err(|source| failed(path, "read", source))?;
        Self::parse(&text)
    }

    /// Reads the key in force, or makes a fresh one there when no such file exists.
    pub fn read_or_create_file(path: &Path) -> Result<Self, VaultError> {
        match read(path) {
            Ok(text) => return Ok(KeyRing::parse(&text)?.first().clone()),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(failed(path, "read", error)),
        }
        match create(path, &Self::generate()) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(failed(path, "made", error)),
        }
        // Read back even our own: what counts is what the next start will find.
        Self::read_file(path)
    }
}

/// Reads every key of a file.
pub(crate) fn read_ring(path: &Path) -> Result<KeyRing, VaultError> {
    KeyRing::parse(&read(path).map_err(|source| failed(path, "read", source))?)
}

fn read(path: &Path) -> io::Result<Zeroizing<String>> {
    let mut text = Zeroizing::new(String::with_capacity(KEY_FILE_BYTES_MAX as usize));
    let file = File::open(path)?;
    check_mode(&file)?;
    file.take(KEY_FILE_BYTES_MAX).read_to_string(&mut text)?;
    Ok(text)
}

/// Who else may write the file may take its place. Reading it is another thing: mounted secrets often are readable
/// for all who reach them.
fn check_mode(file: &File) -> io::Result<()> {
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(&file.metadata()?.permissions());
        if mode & 0o022 != 0 {
            let why = "others may write it; take that right from them (chmod go-w)";
            return Err(io::Error::new(ErrorKind::PermissionDenied, why));
        }
    }
    Ok(())
}

/// Whether others than its owner may read the key file.
pub fn is_readable_by_others(path: &Path) -> bool {
    #[cfg(unix)]
    {
        let mode =
            |found: fs::Metadata| std::os::unix::fs::PermissionsExt::mode(&found.permissions());
        fs::metadata(path).is_ok_and(|found| mode(found) & 0o044 != 0)
    }
    #[cfg(not(unix))]
    false
}

fn create(path: &Path, key: &MasterKey) -> io::Result<()> {
    let directory = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let draft = directory.join(new_secret(".master-key-"));
    let made = write(&draft, key).and_then(|()| fs::hard_link(&draft, path));
    fs::remove_file(&draft).or_else(|error| match error.kind() {
        ErrorKind::NotFound => Ok(()),
        _ => Err(error),
    })?;
    made?;
    File::open(directory)?.sync_all()
}

fn write(draft: &Path, key: &MasterKey) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(draft)?;
    file.write_all(key.to_text().as_bytes())?;
    file.write_all(b"\n")?;
    file.sync_all()
}

fn failed(path: &Path, action: &'static str, source: io::Error) -> VaultError {
    VaultError::MasterKeyFile { path: path.to_owned(), action, source }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A directory of this test's own, removed at the end.
    struct Scratch(std::path::PathBuf);

    impl Scratch {
        fn new() -> Self {
            let path = std::env::temp_dir().join(new_secret("vault-test-"));
            fs::create_dir(&path).expect("a directory");
            Self(path)
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).expect("the directory is ours");
        }
    }

    #[test]
    fn made_once_and_then_read() {
        let scratch = Scratch::new();
        let path = scratch.0.join("master.key");
        assert!(matches!(MasterKey::read_file(&path), Err(VaultError::MasterKeyFile { .. })));
        let made = MasterKey::read_or_create_file(&path).expect("made");
        let again = MasterKey::read_or_create_file(&path).expect("read");
        assert_eq!(made.bytes(), again.bytes());
        assert_eq!(fs::read_dir(&scratch.0).expect("listed").count(), 1, "no draft is left");
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let scratch = Scratch::new();
        let path = scratch.0.join("master.key");
        MasterKey::read_or_create_file(&path).expect("made");
        let mode = fs::metadata(&path).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn many_starters_end_with_one_key() {
        let scratch = Scratch::new();
        let path = &scratch.0.join("master.key");
        let keys: Vec<MasterKey> = std::thread::scope(|scope| {
            let starters: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| MasterKey::read_or_create_file(path).expect("a key")))
                .collect();
            starters.into_iter().map(|s| s.join().expect("no panic")).collect()
        });
        assert!(keys.iter().all(|key| key.bytes() == keys[0].bytes()));
    }

    #[test]
    fn a_bad_file_is_refused_and_left_alone() {
        let scratch = Scratch::new();
        let path = scratch.0.join("master.key");
        fs::write(&path, "not a key").expect("written");
        assert!(matches!(MasterKey::read_or_create_file(&path), Err(VaultError::MasterKeyText)));
        assert_eq!(fs::read(&path).expect("read"), b"not a key");
        let nowhere = scratch.0.join("no/such/directory/master.key");
        let error = MasterKey::read_or_create_file(&nowhere).expect_err("no directory");
        assert!(error.to_string().contains("cannot be made"), "{error}");
    }
}
