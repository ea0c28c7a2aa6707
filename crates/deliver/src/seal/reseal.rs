//! Seal everything again under the newest key, table by table, in slices; then drop the older keys.
//!
//! Nothing needs to be remembered over a crash: a cell that lies under the newest key is passed over.

use crate::inventory::chunks::staged_row;
use crate::runner::{LEASE_US, WorkError};
use domain::seal::drop_seal_keys::DropSealKeys;
use domain::seal::reseal_slice::ResealSlice;
use domain::seal::retire_seal_keys::RetireSealKeys;
use domain::seal::{Resealed, SealedCell};
use domain::{Command, Refusal, identity};
use engine::{Engine, EngineError};
use store::read::{SEALED_TABLES, SealedRow};
use vault::{Place, Vault, VaultError};

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
    send(engine, Command::RetireSealKeys(RetireSealKeys { oldest: newest })).await?;
    let mut cells = 0;
    for first in SEALED_TABLES {
        cells += table(engine, vault, first).await?;
    }
    send(engine, Command::DropSealKeys(DropSealKeys { oldest: newest })).await?;
    engine.refresh_keys().await?;
    tracing::info!(key.id = newest, cells, "everything was sealed again; the older keys are gone");
    Ok(())
}

/// Walks one table; gives how many cells were sealed again.
async fn table(engine: &Engine, vault: &Vault, first: SealedCell) -> Result<u64, WorkError> {
    let limit = if matches!(first, SealedCell::Chunk(..)) { SLICE_CHUNKS } else { SLICE_CELLS };
    let (mut last, mut written, mut slices) = (first, 0, 0_u64);
    loop {
        let rows = engine.reader().sealed_after(&last, limit).await?;
        let Some(end) = rows.last() else { return Ok(written) };
        last = end.cell.clone();
        let old = rows.into_iter().filter(|row| !vault.is_current(&row.sealed));
        let cells: Vec<Resealed> = old.map(|row| again(vault, row)).collect::<Result<_, _>>()?;
        written += cells.len() as u64;
        slices += 1;
        if !cells.is_empty() || slices % REPORT_EVERY == 0 {
            let lease_until = engine.now().plus_micros(LEASE_US);
            send(engine, Command::ResealSlice(ResealSlice { cells, lease_until })).await?;
        }
        if slices % REPORT_EVERY == 0 {
            tracing::info!(cells = written, "sealing again goes on");
        }
    }
}

fn again(vault: &Vault, row: SealedRow) -> Result<Resealed, WorkError> {
    let staged;
    let place = match &row.cell {
        SealedCell::Code(..) => of(&row, "codes"),
        SealedCell::Buyer(..) => of(&row, "buyers"),
        SealedCell::Input(..) => of(&row, "order_inputs"),
        SealedCell::Chunk(tenant, import, number) => {
            staged = staged_row(*import, *number);
            Place { tenant: *tenant, table: "staged_chunks", row: &staged, column: "sealed" }
        }
    };
    let new = vault.reseal(&place, &row.sealed).map_err(damaged)?;
    Ok(Resealed { cell: row.cell.clone(), old: row.sealed.clone(), new })
}

fn of<'a>(row: &'a SealedRow, table: &'static str) -> Place<'a> {
    Place { tenant: row.tenant, table, row: &row.tag, column: "sealed" }
}

fn damaged(error: VaultError) -> WorkError {
    WorkError::Other(format!("a sealed value: {error}"))
}

async fn send(engine: &Engine, command: Command) -> Result<(), WorkError> {
    engine.submit_bulk(engine.internal(identity::operator(), command)).await?;
    Ok(())
}
