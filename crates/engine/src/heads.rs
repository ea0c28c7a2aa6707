//! What this node acknowledged last, kept apart from the database: an older copy of it would sell codes again.
//!
//! A file of one line in the state's folder holds the database (a digest of its first fact), the number of its
//! newest fact and a digest of that. Every process has a file of its own, so several may share the folder. What was
//! acknowledged within a second before the end is not in it, and its loss goes unseen.

use crate::EngineError;
use parking_lot::Mutex;
use sha2::{Digest, Sha256};
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::{DirBuilderExt, FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use store::read::{JournalRow, fact, newest_fact};
use store::seam::Conn;
use store::{Fault, Reader};

/// Files of one database in one folder.
const FILES_MAX: usize = 64;
/// What a file begins with.
const FORMAT: &str = "tessera-head-1";

/// A database's name: a digest of its first fact.
type Database = [u8; 32];

/// The newest fact of a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    seq: i64,
    digest: [u8; 32],
}

/// The number and the beginning of the digest, as people give it back.
impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.seq, hex(&self.digest[..8]))
    }
}

/// The files of a folder, of which one is ours.
#[derive(Debug)]
pub(crate) struct Heads {
    folder: PathBuf,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// Whether the database is the one that was acknowledged from.
    checked: bool,
    /// Its name, once it has a first fact.
    database: Option<Database>,
    file: Option<File>,
    kept: Option<Head>,
    complained: bool,
}

impl Heads {
    /// Over a folder, which is made if need be.
    pub fn open(folder: &Path) -> Result<Self, EngineError> {
        let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(folder);
        let failed = |e| EngineError::Setup(format!("{}: {e}", folder.display()));
        made.map_err(failed)?;
        Ok(Self { folder: folder.to_owned(), state: Mutex::default() })
    }

    /// Fails when the database that a connection leads to lacks what was acknowledged.
    pub async fn check(&self, conn: &mut Conn) -> Result<(), store::Error> {
        self.state.lock().checked = false;
        let Some(first) = fact(conn, 1).await? else {
            let mut state = self.state.lock();
            (state.checked, state.database, state.kept) = (true, None, None);
            return Ok(());
        };
        let database = digest(&first);
        for known in remembered(&self.folder, &database) {
            let there = fact(conn, known.seq).await?.map(|fact| digest(&fact));
            if there == Some(known.digest) {
                continue;
            }
            let now = newest_fact(conn).await?;
            let now = now.map_or(Head { seq: 1, digest: database }, |fact| Head::of(&fact));
            let what = if there.is_some() { "has another history than" } else { "is older than" };
            let why = format!(
                "it {what} what was acknowledged (fact {}): it is read and not written until \
                 `tessera accept-older --head {now}` takes it as it is",
                known.seq
            );
            return Err(store::Error::Unavailable(Fault::Older, why));
        }
        let mut state = self.state.lock();
        (state.checked, state.database, state.kept) = (true, Some(database), None);
        Ok(())
    }

    /// Whether the first fact must be told, for the name of the database.
    pub fn lacks_name(&self) -> bool {
        let state = self.state.lock();
        state.checked && state.database.is_none()
    }

    /// The first fact, of which the database has its name.
    pub fn name(&self, first: &JournalRow) {
        self.state.lock().database.get_or_insert_with(|| digest(first));
    }

    /// Keeps the newest fact, when the database was found to be the right one.
    pub fn keep(&self, newest: &JournalRow) {
        let mut state = self.state.lock();
        let head = Head::of(newest);
        let Some(database) = state.database.filter(|_| state.checked) else { return };
        if state.kept.is_some_and(|kept| kept.seq >= head.seq) {
            return;
        }
        match self.write(&mut state, &database, &head) {
            Ok(()) => (state.kept, state.complained) = (Some(head), false),
            Err(error) if !state.complained => {
                state.complained = true;
                let folder = self.folder.display();
                tracing::warn!(
                    %folder, %error,
                    "what was acknowledged is not kept; an older copy of the database would go unseen"
                );
            }
            Err(_) => {}
        }
    }

    fn write(&self, state: &mut State, database: &Database, head: &Head) -> io::Result<()> {
        let file = match &state.file {
            Some(file) => file,
            None => state.file.insert(claim(&self.folder, database)?),
        };
        file.write_all_at(line(database, head).as_bytes(), 0)
    }
}

impl Head {
    fn of(row: &JournalRow) -> Self {
        Self { seq: row.seq, digest: digest(row) }
    }
}

/// What a database lacks of what a folder keeps as acknowledged; none when all is there.
pub async fn lacks(reader: &Reader, folder: &Path) -> Result<Option<String>, EngineError> {
    let mut conn = reader.conn().await?;
    match Heads::open(folder)?.check(&mut conn).await {
        Ok(()) => Ok(None),
        Err(store::Error::Unavailable(Fault::Older, why)) => Ok(Some(why)),
        Err(error) => Err(error.into()),
    }
}

/// Takes a database as it is, though it lacks what was acknowledged: `wanted` must be the head that the refusal
/// told. Nodes go on by themselves.
pub async fn accept_older(reader: &Reader, folder: &Path, wanted: &str) -> Result<(), EngineError> {
    let mut conn = reader.conn().await?;
    let setup = |why: String| Err(EngineError::Setup(why));
    let (Some(first), Some(newest)) = (fact(&mut conn, 1).await?, newest_fact(&mut conn).await?)
    else {
        return setup("the database has no facts yet; there is nothing to accept".to_owned());
    };
    let (database, head) = (digest(&first), Head::of(&newest));
    if head.to_string() != wanted {
        return setup(format!("the database ends at {head}, not at {wanted}; nothing was changed"));
    }
    let mut changed = 0;
    for path in paths(folder, &database).filter(|path| path.exists()) {
        let written = OpenOptions::new().write(true).open(&path);
        let written = written.and_then(|f| f.write_all_at(line(&database, &head).as_bytes(), 0));
        written.map_err(|e| EngineError::Setup(format!("{}: {e}", path.display())))?;
        changed += 1;
    }
    if changed == 0 {
        return setup(format!("nothing is kept of this database in {}", folder.display()));
    }
    Ok(())
}

/// The line of a file; always of one length, so that writing it again leaves nothing of before.
fn line(database: &Database, head: &Head) -> String {
    let told = format!("{FORMAT} {} {:020} {}", hex(database), head.seq, hex(&head.digest));
    let sum = hex(&Sha256::digest(&told)[..4]);
    format!("{told} {sum}\n")
}

/// What a line says of a database; nothing when it is damaged.
fn read_line(text: &str, database: &Database) -> Option<Head> {
    let (told, sum) = text.trim_end().rsplit_once(' ')?;
    let words: Vec<&str> = told.split(' ').collect();
    let [FORMAT, name, seq, digest] = words[..] else { return None };
    if sum != hex(&Sha256::digest(told)[..4]) || name != hex(database) {
        return None;
    }
    let mut bytes = [0; 32];
    for (i, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(digest.get(2 * i..2 * i + 2)?, 16).ok()?;
    }
    Some(Head { seq: seq.parse().ok()?, digest: bytes })
}

/// What the files of a folder remember of a database.
fn remembered(folder: &Path, database: &Database) -> Vec<Head> {
    let mut found = Vec::new();
    for path in paths(folder, database) {
        let mut text = String::new();
        let read = File::open(&path).and_then(|file| file.take(1024).read_to_string(&mut text));
        match (read, read_line(&text, database)) {
            (Err(error), _) if error.kind() == io::ErrorKind::NotFound => {}
            (Ok(_), Some(head)) => found.push(head),
            _ => tracing::warn!(path = %path.display(), "what was acknowledged cannot be read"),
        }
    }
    found
}

/// A file that no other process holds; it is held until it is closed.
fn claim(folder: &Path, database: &Database) -> io::Result<File> {
    for path in paths(folder, database) {
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).write(true).mode(0o600);
        let file = options.open(&path)?;
        if file.try_lock().is_ok() {
            return Ok(file);
        }
    }
    Err(io::Error::other("too many processes share this folder"))
}

fn paths(folder: &Path, database: &Database) -> impl Iterator<Item = PathBuf> {
    let (folder, name) = (folder.to_owned(), hex(&database[..8]));
    (0..FILES_MAX).map(move |n| folder.join(format!("head-{name}-{n}")))
}

fn digest(row: &JournalRow) -> [u8; 32] {
    let mut sum = Sha256::new();
    sum.update(row.seq.to_be_bytes());
    sum.update(row.tenant.bytes());
    sum.update(row.at.0.to_be_bytes());
    sum.update(row.request.0);
    sum.update(row.subject);
    sum.update(row.v.to_be_bytes());
    sum.update(row.kind.as_bytes());
    sum.update([0]);
    sum.update(row.data.as_bytes());
    sum.finalize().into()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_back_and_a_damaged_one_is_not() {
        let (database, head) = ([7; 32], Head { seq: 42, digest: [9; 32] });
        let text = line(&database, &head);
        assert_eq!(read_line(&text, &database), Some(head));
        assert_eq!(line(&database, &Head { seq: i64::MAX, ..head }).len(), text.len());
        assert_eq!(read_line(&text, &[8; 32]), None, "of another database");
        assert_eq!(read_line(&text.replace("42", "43"), &database), None);
        for end in 0..text.len() - 1 {
            assert_eq!(read_line(&text[..end], &database), None, "{end}");
        }
    }

    #[test]
    fn processes_that_share_a_folder_have_files_of_their_own() {
        let folder = tempfile::tempdir().unwrap();
        let (one, two) = (claim(folder.path(), &[1; 32]).unwrap(), claim(folder.path(), &[1; 32]));
        assert!(two.is_ok() && fs::read_dir(folder.path()).unwrap().count() == 2);
        drop(one);
        claim(folder.path(), &[1; 32]).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "a free one is taken again");
    }
}
