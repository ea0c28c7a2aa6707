//! Seal everything again under the newest key, table by table, in slices; then drop the older keys.
//!
//! Nothing needs to be remembered over a crash: a cell that lies under the newest key is passed over.

use super::cell::{at_its_place, name};
use crate::work::{LEASE_US, WorkError};
use domain::seal::drop_seal_keys::DropSealKeys;
use domain::seal::reseal_slice::ResealSlice;
use domain::seal::retire_seal_keys::RetireSealKeys;
use domain::seal::{Resealed, SealedCell};
use domain::{Listed, Refusal, identity};
use engine::{Engine, EngineError};
use store::read::{SEALED_TABLES, SealedRow};
use vault::{Vault, VaultError};

/// Cells that are read and written at once. Staged pieces are large, so few of them.
const SLICE_CELLS: u32 = 256;
const SLICE_CHUNKS: u32 = 8;
/// Slices between two lines in the log.
const REPORT_EVERY: u64 = 400;

/// Does the whole job. A key that came meanwhile is left to the next one.
pub(crate) async fn reseal(engine: &Engine) -> Result<(), WorkError> {
    engine.refresh_keys().await?;
    let vault = engine.vault();
    let Some(newest) = vault.seal_keys().last().copied() else { return Ok(()) };
    match under(engine, &vault, newest).await {
        // Another node took over, or a key came that is newer still.
        Err(WorkError::Engine(EngineError::Refused(Refusal::Stale | Refusal::SealKeyRetired))) => {
            Ok(())
        }
        done => done,
    }
}

/// Seals everything under one key, which is the only one then.
async fn under(engine: &Engine, vault: &Vault, newest: u32) -> Result<(), WorkError> {
    send(engine, RetireSealKeys { oldest: newest }).await?;
    let mut cells = 0;
    for first in SEALED_TABLES {
        cells += table(engine, vault, first).await?;
    }
    send(engine, DropSealKeys { oldest: newest }).await?;
    engine.refresh_keys().await?;
    tracing::info!(key.id = newest, cells, "everything was sealed again; the older keys are gone");
    Ok(())
}

/// Walks one table; gives how many cells were sealed again.
async fn table(engine: &Engine, vault: &Vault, first: SealedCell) -> Result<u64, WorkError> {
    let large = matches!(first, SealedCell::Chunk(..) | SealedCell::Approval(..));
    let limit = if large { SLICE_CHUNKS } else { SLICE_CELLS };
    let (mut last, mut written, mut slices) = (first, 0, 0_u64);
    loop {
        let rows = engine.reader().sealed_after(&last, limit).await?;
        let Some(end) = rows.last() else { return Ok(written) };
        last = end.cell.clone();
        let old = rows.iter().filter(|row| vault.lies_under_another_key(&row.sealed));
        let cells: Vec<Resealed> = old.map(|row| again(vault, row)).collect::<Result<_, _>>()?;
        written += cells.len() as u64;
        slices += 1;
        if !cells.is_empty() || slices % REPORT_EVERY == 0 {
            let lease_until = engine.now().plus_micros(LEASE_US);
            send(engine, ResealSlice { cells, lease_until }).await?;
        }
        if slices % REPORT_EVERY == 0 {
            tracing::info!(cells = written, "sealing again goes on");
        }
    }
}

/// A value that is damaged stays as it is, but for the key that it is said to lie under.
fn again(vault: &Vault, row: &SealedRow) -> Result<Resealed, WorkError> {
    let new = match at_its_place(row, |place| vault.reseal(place, &row.sealed)) {
        Ok(new) => new,
        Err(error @ VaultError::UnknownKey(_)) => {
            return Err(WorkError::Other(format!("a sealed value: {error}")));
        }
        Err(error) => {
            let cell = name(&row.cell);
            tracing::error!(cell, error = %error, "a value cannot be sealed again: it is damaged");
            vault.relabel(&row.sealed)
        }
    };
    Ok(Resealed { cell: row.cell.clone(), old: row.sealed.clone(), new })
}

async fn send(engine: &Engine, command: impl Listed<Answer = ()>) -> Result<(), WorkError> {
    engine.run_bulk(engine.internal(identity::operator()), command).await?;
    Ok(())
}
