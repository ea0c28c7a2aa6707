//! What this node acknowledged last, kept apart from the database: an older copy of it would sell codes again.
//!
//! A file in the state's folder holds for each book of the database the number of its newest fact and a digest of that.
//! What was acknowledged within a second before the end is not in it, and its loss goes unseen.

mod folder;
mod line;

use self::folder::{HeadFile, remembered, replace};
use self::line::{Line, hex};
use crate::EngineError;
use kernel::Tenant;
use parking_lot::Mutex;
use rand::Rng;
use rand_chacha::ChaCha12Rng;
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::fs;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use store::read::{
    JournalRow, Place, database_name, facts, heads, name_database, number_before, translate,
};
use store::seam::Conn;
use store::{Fault, Reader};

/// Books whose heads are written at once.
const BOOKS_MAX: usize = 1024;

/// A SHA-256.
type Digest = [u8; 32];

/// A database's name: drawn when it is first written, or a digest of its first fact while all books shared one journal.
type Database = Digest;

/// The newest fact of a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    seq: i64,
    digest: Digest,
}

/// The files of a folder, of which one is ours.
#[derive(Debug)]
pub(crate) struct Heads {
    folder: PathBuf,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// The database's name, once it was found to be the one that was acknowledged from.
    database: Option<Database>,
    file: Option<HeadFile>,
    kept: HashMap<Tenant, i64>,
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

    /// Fails when the database that a writer's connection leads to lacks what was acknowledged. Names a database that
    /// has no name.
    pub async fn check(&self, conn: &mut Conn) -> Result<(), store::Error> {
        self.state.lock().database = None;
        let database = match database_name(conn).await? {
            Some(name) => name,
            None => give_name(conn).await?,
        };
        if let Some(why) = lacking(conn, &self.folder, &database).await? {
            return Err(store::Error::Unavailable(Fault::Older, why));
        }
        let mut state = self.state.lock();
        (state.database, state.kept) = (Some(database), HashMap::new());
        Ok(())
    }

    /// Books whose newest fact is not the one that is kept: all of them at first, then those that are furthest behind.
    pub fn news(&self, heads: Vec<Place>) -> Vec<Place> {
        let state = self.state.lock();
        let behind = |(tenant, seq): &Place| seq - state.kept.get(tenant).unwrap_or(&0);
        let mut news: Vec<_> = heads.into_iter().filter(|head| behind(head) > 0).collect();
        if !state.kept.is_empty() && news.len() > BOOKS_MAX {
            news.sort_by_key(|head| std::cmp::Reverse(behind(head)));
            news.truncate(BOOKS_MAX);
        }
        news
    }

    /// Keeps the newest facts of books, when the database was found to be the right one.
    pub fn keep(&self, newest: &[JournalRow]) {
        let mut state = self.state.lock();
        let Some(database) = state.database else { return };
        let state = &mut *state;
        let heads: Vec<_> = newest.iter().map(|row| (row.tenant, Head::of(row))).collect();
        let file = match &mut state.file {
            Some(file) => Ok(file),
            None => HeadFile::claim(&self.folder, &database).map(|file| state.file.insert(file)),
        };
        match file.and_then(|file| file.write(&database, &heads)) {
            Ok(()) => {
                state.complained = false;
                state.kept.extend(heads.into_iter().map(|(tenant, head)| (tenant, head.seq)));
            }
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
}

impl Head {
    fn of(row: &JournalRow) -> Self {
        Self { seq: row.seq, digest: digest(row, row.seq) }
    }
}

/// Where the journals of a database end.
struct Ends(BTreeMap<Tenant, Head>);

impl Ends {
    async fn read(conn: &mut Conn) -> Result<Self, store::Error> {
        let heads = heads(conn).await?;
        let rows = facts(conn, &heads).await?;
        Ok(Self(rows.iter().map(|row| (row.tenant, Head::of(row))).collect()))
    }
}

/// The number of facts and the beginning of a digest of the newest ones, as people give it back.
impl fmt::Display for Ends {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut sum = Sha256::new();
        for (tenant, head) in &self.0 {
            sum.update(tenant.bytes());
            sum.update(head.digest);
        }
        let facts: i64 = self.0.values().map(|head| head.seq).sum();
        write!(f, "{facts}-{}", hex(&sum.finalize()[..8]))
    }
}

/// What a database lacks of what a folder keeps as acknowledged; none when all is there.
pub async fn lacks(reader: &Reader, folder: &Path) -> Result<Option<String>, EngineError> {
    let mut conn = reader.conn().await?;
    let Some(database) = name(&mut conn).await? else { return Ok(None) };
    Ok(lacking(&mut conn, folder, &database).await?)
}

/// Takes a database as it is, though it lacks what was acknowledged: `wanted` must be the head that the refusal
/// told. Nodes go on by themselves.
pub async fn accept_older(reader: &Reader, folder: &Path, wanted: &str) -> Result<(), EngineError> {
    let mut conn = reader.conn().await?;
    let setup = |why: String| Err(EngineError::Setup(why));
    let ends = Ends::read(&mut conn).await?;
    let Some(database) = name(&mut conn).await?.filter(|_| !ends.0.is_empty()) else {
        return setup("the database has no facts yet; there is nothing to accept".to_owned());
    };
    if ends.to_string() != wanted {
        return setup(format!("the database ends at {ends}, not at {wanted}; nothing was changed"));
    }
    let heads: Vec<_> = ends.0.into_iter().collect();
    match replace(folder, &database, &heads) {
        Err((path, error)) => setup(format!("{}: {error}", path.display())),
        Ok(0) => setup(format!("nothing is kept of this database in {}", folder.display())),
        Ok(_) => Ok(()),
    }
}

/// Why a database is not the one that a folder remembers.
async fn lacking(
    conn: &mut Conn,
    folder: &Path,
    database: &Database,
) -> Result<Option<String>, store::Error> {
    let known = remembered(folder, database);
    let places: Vec<_> = known
        .iter()
        .filter_map(|line| match line {
            Line::Of(tenant, head) => Some((*tenant, head.seq)),
            Line::Before(_) => None,
        })
        .collect();
    let there: HashMap<_, _> = facts(conn, &places)
        .await?
        .iter()
        .map(|row| ((row.tenant, row.seq), Head::of(row)))
        .collect();
    for line in known {
        let (head, there) = match line {
            Line::Of(tenant, head) => (head, there.get(&(tenant, head.seq)).copied()),
            Line::Before(head) => (head, fact_of_before(conn, head.seq).await?),
        };
        if there == Some(head) {
            continue;
        }
        let what = if there.is_some() { "has another history than" } else { "is older than" };
        let now = Ends::read(conn).await?;
        return Ok(Some(format!(
            "it {what} what was acknowledged (fact {}): it is read and not written until \
             `tessera accept-older --head {now}` takes it as it is",
            head.seq
        )));
    }
    Ok(None)
}

/// The name of a database, if it has one.
async fn name(conn: &mut Conn) -> Result<Option<Database>, store::Error> {
    if let Some(name) = database_name(conn).await? {
        return Ok(Some(name));
    }
    Ok(fact_of_before(conn, 1).await?.map(|first| first.digest))
}

/// Gives a database the name of before or draws one; the first node to do so wins.
async fn give_name(conn: &mut Conn) -> Result<Database, store::Error> {
    let name = match name(conn).await? {
        Some(name) => name,
        None => {
            let mut drawn: Database = [0; 32];
            rand::make_rng::<ChaCha12Rng>().fill_bytes(&mut drawn);
            drawn
        }
    };
    name_database(conn, &name).await?;
    Ok(database_name(conn).await?.unwrap_or(name))
}

/// The fact that had a number while all books shared one journal, as it was known then.
async fn fact_of_before(conn: &mut Conn, number: i64) -> Result<Option<Head>, store::Error> {
    for (tenant, _) in heads(conn).await? {
        let place = (tenant, translate(conn, tenant, number).await?);
        if number_before(conn, place).await? == Some(number) {
            let found = facts(conn, &[place]).await?;
            return Ok(found.first().map(|row| Head { seq: number, digest: digest(row, number) }));
        }
    }
    Ok(None)
}

/// The digest of a fact under a number.
fn digest(row: &JournalRow, seq: i64) -> Digest {
    let mut sum = Sha256::new();
    sum.update(seq.to_be_bytes());
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
