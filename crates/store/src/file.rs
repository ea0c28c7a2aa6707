//! The file of a SQLite database: who may write to it, and whether it is still the one that was opened.
//!
//! The lock lies on a descriptor of the file itself, so a symbolic link, a hard link or a deleted lock file leads
//! to the same lock. Closing any descriptor of the file would drop the locks that SQLite holds in this process, so
//! the descriptor is opened before SQLite's and stays open until the process ends.

use crate::Error;
use crate::error::Fault;
use std::collections::HashMap;
use std::fs::{self, File, Metadata, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::os::unix::fs::{FileTypeExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Bytes that must be free before a full disk is forgotten.
const ROOM: usize = 1 << 20;

/// Which file it is, whatever its path: device and inode.
type Identity = (u64, u64);

/// What is opened once and never closed, by identity.
static OPENED: Mutex<Option<HashMap<Identity, &'static File>>> = Mutex::new(None);

/// A database file that this process writes to.
#[derive(Debug)]
pub(crate) struct DataFile {
    path: PathBuf,
    log: PathBuf,
    identity: Identity,
    /// The log's identity, from the first commit on.
    log_identity: OnceLock<Identity>,
    locked: &'static File,
    /// The lock of a program of before, which locked a file beside.
    _beside: Option<File>,
    /// Whether it held nothing when it was opened.
    empty: bool,
}

impl DataFile {
    /// Opens and locks the file; makes it, for this user only, when it is not there and `create` says so.
    pub fn open(path: &Path, create: bool) -> Result<Self, Error> {
        let setup = |why: String| Error::Setup(why);
        let shown = path.display();
        let found = match fs::metadata(path) {
            Ok(found) if !found.is_file() => {
                return Err(setup(format!("{shown} is {}, not a file", kind(&found))));
            }
            Ok(found) => Some(identity(&found)),
            Err(e) if e.kind() == ErrorKind::NotFound => None,
            Err(e) => return Err(setup(format!("cannot open {shown}: {e}"))),
        };
        if found.is_none() && !create {
            return Err(setup(nothing_there(&format!("there is no database at {shown}"))));
        }
        let file = keep(path, found).map_err(|e| setup(format!("cannot open {shown}: {e}")))?;
        let beside = lock(path, file)?;
        let known = file.metadata().map_err(|e| setup(format!("cannot look at {shown}: {e}")))?;
        if known.nlink() > 1 {
            tracing::warn!(
                path = %shown,
                "the database file has several names; its log lies beside the one it is opened by: use one only"
            );
        }
        let mut log = path.as_os_str().to_owned();
        log.push("-wal");
        Ok(Self {
            path: path.to_owned(),
            log: log.into(),
            identity: identity(&known),
            log_identity: OnceLock::new(),
            locked: file,
            _beside: beside,
            empty: known.len() == 0,
        })
    }

    /// Whether it held nothing when it was opened.
    pub fn is_empty(&self) -> bool {
        self.empty
    }

    /// Fails when there is no room beside the database for more than a few commits.
    pub fn find_room(&self) -> Result<(), Error> {
        let mut path = self.path.as_os_str().to_owned();
        path.push("-room");
        let filled = fs::write(&path, vec![0; ROOM]);
        let _ = fs::remove_file(&path);
        match filled {
            Err(e) if matches!(e.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded) => {
                Err(Error::Unavailable(Fault::Full, e.to_string()))
            }
            // Who may make no file of his own is told by the next commits.
            _ => Ok(()),
        }
    }

    /// Fails when the database is not at its path any more.
    pub fn check_path(&self) -> Result<(), Fault> {
        if at(&self.path) == Some(self.identity) { Ok(()) } else { Err(Fault::Moved) }
    }

    /// Fails, after a commit, when the database or its log is not at its path any more: what was written is lost.
    pub fn check(&self) -> Result<(), Fault> {
        self.check_path()?;
        let log = at(&self.log).ok_or(Fault::Moved)?;
        if *self.log_identity.get_or_init(|| log) == log { Ok(()) } else { Err(Fault::Moved) }
    }
}

impl Drop for DataFile {
    fn drop(&mut self) {
        // It stays open; another writer of this process may take the lock.
        let _ = self.locked.unlock();
    }
}

/// What is said where a shop was expected and nothing is there.
pub(crate) fn nothing_there(what: &str) -> String {
    format!("{what}; give --create to make a new one, or correct the address")
}

/// The descriptor of a file, which is kept for good.
fn keep(path: &Path, found: Option<Identity>) -> std::io::Result<&'static File> {
    let mut opened = OPENED.lock().unwrap_or_else(PoisonError::into_inner);
    let opened = opened.get_or_insert_default();
    if let Some(file) = found.and_then(|identity| opened.get(&identity)) {
        return Ok(*file);
    }
    let mut options = OpenOptions::new();
    options.read(true).write(true).mode(0o600);
    // Nobody else's file is taken for a new one.
    options.create_new(found.is_none());
    let file: &'static File = Box::leak(Box::new(options.open(path)?));
    opened.insert(identity(&file.metadata()?), file);
    Ok(file)
}

/// Takes the lock; an older program's too, if one ever ran here.
fn lock(path: &Path, file: &File) -> Result<Option<File>, Error> {
    let taken = |_: TryLockError| {
        Error::Setup(format!(
            "another process writes to this database ({} is locked); several processes need PostgreSQL",
            path.display()
        ))
    };
    file.try_lock().map_err(taken)?;
    let beside = PathBuf::from(format!("{}.lock", path.display()));
    let Ok(beside) = OpenOptions::new().write(true).open(beside) else { return Ok(None) };
    if let Err(held) = beside.try_lock() {
        let _ = file.unlock();
        return Err(taken(held));
    }
    Ok(Some(beside))
}

/// What is at a path now.
fn at(path: &Path) -> Option<Identity> {
    fs::metadata(path).map(|found| identity(&found)).ok()
}

fn identity(found: &Metadata) -> Identity {
    (found.dev(), found.ino())
}

fn kind(found: &Metadata) -> &'static str {
    let kind = found.file_type();
    match () {
        () if kind.is_dir() => "a folder",
        () if kind.is_fifo() => "a pipe",
        () if kind.is_socket() => "a socket",
        () => "a device",
    }
}

/// The lock and the identity as the store shares them.
pub(crate) type SharedFile = Option<Arc<DataFile>>;
