//! The wrapped data keys: drawn once by the first node, read by all, changed beside running servers.

use crate::Error;
use crate::anchor::prover::Prover;
use crate::connect::{Settings, connect};
use crate::seam::{Calls, Conn, Row, Statement, Value};
use domain::anchor::MacKey;
use domain::fact::Record;
use kernel::Timestamp;

/// A wrapped data key as it is stored: id, purpose, wrapped bytes.
pub type StoredKey = (i64, i64, Vec<u8>);

/// Every key, by id.
pub(crate) async fn read(conn: &mut Conn) -> Result<Vec<StoredKey>, Error> {
    fetch(conn, &crate::seal::sql::LOAD_DATA_KEYS).await
}

/// Writes what `make` draws, unless there are keys already. The first node wins.
pub(crate) async fn create(
    conn: &mut Conn,
    make: impl FnOnce() -> Vec<StoredKey> + Send,
) -> Result<Vec<StoredKey>, Error> {
    let found = read(conn).await?;
    if !found.is_empty() {
        return Ok(found);
    }
    conn.begin().await?;
    write(conn, &crate::seal::sql::INSERT_DATA_KEY, &make()).await?;
    conn.raw("COMMIT").await?;
    read(conn).await
}

/// Changes keys in one transaction, beside servers that run: `change` gives the keys to write, known
/// ids in another wrapping and new ids, and what the journal says of it, which `key` proves. Nothing is written when
/// it fails.
pub async fn change_data_keys<E: From<Error>>(
    settings: &Settings,
    change: impl FnOnce(Vec<StoredKey>) -> Result<(Vec<StoredKey>, Record), E> + Send,
    key: MacKey<'_>,
) -> Result<(), E> {
    let mut conn = connect(settings).await?;
    conn.begin().await?;
    let (keys, record) = change(fetch(&mut conn, &crate::seal::sql::LOAD_DATA_KEYS_LOCKED).await?)?;
    write(&mut conn, &crate::seal::sql::UPSERT_DATA_KEY, &keys).await?;
    let (records, mut calls) = ([record], Calls::default());
    crate::journal::flush::append(&records, &mut Prover::default(), key, &mut calls)?;
    conn.run(&calls).await?;
    conn.raw("COMMIT").await?;
    conn.close().await;
    Ok(())
}

async fn fetch(conn: &mut Conn, s: &'static Statement) -> Result<Vec<StoredKey>, Error> {
    let key = |row: &Row| Ok((row.int(0)?, row.int(1)?, row.bytes(2)?.to_vec()));
    conn.fetch(s, &[]).await?.iter().map(key).collect()
}

async fn write(conn: &mut Conn, s: &'static Statement, keys: &[StoredKey]) -> Result<(), Error> {
    for (id, purpose, wrapped) in keys {
        let at = Value::Int(Timestamp::now().0);
        let params = [Value::Int(*id), Value::Int(*purpose), Value::bytes(wrapped), at];
        conn.execute(s, &params).await?;
    }
    Ok(())
}
