//! Read a staged file: a feeder opens pieces, a thread cuts slices, commands take them in, in order.
//!
//! The cursor moves in the same commit as the rows, so a crash anywhere costs nothing but reading the
//! file again up to the cursor.

use super::chunks::{self, ChunkReader};
use super::code_file::FileError;
use super::slices::{Slice, cut};
use crate::runner::{LEASE_US, WorkError};
use domain::inventory::finish_import::FinishImport;
use domain::inventory::import_slice::ImportSlice;
use domain::inventory::{Import, ImportState};
use domain::{Command, Refusal};
use engine::{Engine, EngineError};
use futures_util::StreamExt;
use futures_util::stream::FuturesOrdered;
use kernel::{ImportId, Tenant};
use std::io;
use tokio::sync::mpsc;
use vault::Zeroizing;

/// Slices that are on their way to the engine at the same time.
const IN_FLIGHT: usize = 8;

/// Reads the file of an import from its cursor to its end.
pub(crate) async fn read_import(
    engine: &Engine,
    tenant: Tenant,
    id: ImportId,
) -> Result<(), WorkError> {
    let found = engine.reader().import(tenant, id).await?;
    let Some(import) = found.filter(|import| import.state == ImportState::Running) else {
        return Ok(());
    };
    let (to_reader, pieces) = mpsc::channel(4);
    let (to_us, mut slices) = mpsc::channel(IN_FLIGHT);
    let feeder = tokio::spawn(feed(engine.clone(), tenant, id, import.chunks, to_reader));
    let cutter = {
        let (vault, import) = (engine.vault(), import.clone());
        tokio::task::spawn_blocking(move || {
            cut(&vault, tenant, &import, ChunkReader::new(pieces), &to_us)
        })
    };
    let taken = take_in(engine, tenant, &import, &mut slices).await;
    slices.close();
    feeder.abort();
    let cut = cutter.await.map_err(|e| WorkError::Other(format!("the reader failed: {e}")))?;
    let records = match taken {
        Err(EngineError::Refused(Refusal::Stale)) => return Ok(()),
        taken => taken?,
    };
    match cut {
        Ok(_) => finish(engine, tenant, id, records, None).await,
        Err(FileError::Read(error)) => Err(WorkError::Other(error.to_string())),
        Err(error) => finish(engine, tenant, id, records, Some(error.to_string())).await,
    }
}

async fn feed(
    engine: Engine,
    tenant: Tenant,
    id: ImportId,
    count: i64,
    to: mpsc::Sender<io::Result<Zeroizing<Vec<u8>>>>,
) {
    for number in 0..count {
        let piece = open(&engine, tenant, id, number).await;
        let failed = piece.is_err();
        if to.send(piece).await.is_err() || failed {
            return;
        }
    }
}

async fn open(
    engine: &Engine,
    tenant: Tenant,
    id: ImportId,
    number: i64,
) -> io::Result<Zeroizing<Vec<u8>>> {
    let found = engine.reader().staged_chunk(tenant, id, number).await.map_err(io::Error::other)?;
    let sealed = found.ok_or_else(|| io::Error::other(format!("staged piece {number} is gone")))?;
    let vault = engine.vault_for([&sealed[..]]).await;
    chunks::unseal(&vault, tenant, id, number, &sealed).map_err(io::Error::other)
}

/// Sends slices to the engine, in order, some at a time; gives the cursor after the last.
async fn take_in(
    engine: &Engine,
    tenant: Tenant,
    import: &Import,
    slices: &mut mpsc::Receiver<Slice>,
) -> Result<i64, EngineError> {
    let mut cursor = import.records;
    let mut flying = FuturesOrdered::new();
    loop {
        tokio::select! {
            biased;
            Some(done) = flying.next() => { done?; }
            slice = slices.recv(), if flying.len() < IN_FLIGHT => match slice {
                None => break,
                Some(slice) => {
                    cursor = slice.to;
                    let command = command(engine, import, slice);
                    flying.push_back(engine.submit_bulk(engine.internal(tenant, command)));
                }
            },
        }
    }
    while let Some(done) = flying.next().await {
        done?;
    }
    Ok(cursor)
}

fn command(engine: &Engine, import: &Import, slice: Slice) -> Command {
    Command::ImportSlice(ImportSlice {
        import: import.id,
        sku: import.sku,
        from: slice.from,
        to: slice.to,
        rows: slice.rows,
        errors: slice.errors,
        lease_until: engine.now().plus_micros(LEASE_US),
    })
}

async fn finish(
    engine: &Engine,
    tenant: Tenant,
    import: ImportId,
    records: i64,
    failure: Option<String>,
) -> Result<(), WorkError> {
    let finish = Command::FinishImport(FinishImport { import, records, failure });
    match engine.submit_bulk(engine.internal(tenant, finish)).await {
        Ok(_) | Err(EngineError::Refused(Refusal::Stale)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
