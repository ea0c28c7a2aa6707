//! Carry out what was decided of an import's doubts, slice after slice.

use super::identity;
use crate::work::{LEASE_US, WorkError};
use domain::inventory::settle_doubts::{Decided, SettleDoubts};
use domain::inventory::{Import, Position};
use domain::work::WorkKind;
use engine::Engine;
use kernel::{ImportId, Tenant};
use vault::VaultError;

/// Doubts that are looked at together.
const SLICE: u32 = 256;

/// Goes through the doubts of an import. Codes from before that were not compared yet are waited for.
pub(crate) async fn settle(engine: &Engine, tenant: Tenant, id: ImportId) -> Result<(), WorkError> {
    let Some(import) = engine.reader().import(tenant, id).await? else { return Ok(()) };
    if engine.reader().has_work(WorkKind::RetagCodes, tenant, *tenant.bytes()).await? {
        return Err(WorkError::Other("codes from before are still being compared".to_owned()));
    }
    let mut after: Position = [0; 24];
    loop {
        let found = engine.reader().doubtful_codes(tenant, &import, &after, SLICE).await?;
        let last = found.len() < SLICE as usize;
        if let Some((code, _)) = found.last() {
            after = code.position();
        }
        let mut rows = Vec::new();
        let vault = engine.vault_for(found.iter().map(|(code, _)| &code.sealed[..])).await;
        for (code, line) in &found {
            let Some(verdict) = import.verdict.as_ref().and_then(|choice| choice.of(*line)) else {
                continue;
            };
            let identity = match identity::open(&vault, code) {
                Ok(fields) => identity::identity(&vault, tenant, &fields),
                Err(VaultError::Damaged) => continue,
                Err(error) => return Err(WorkError::Other(format!("a doubtful code: {error}"))),
            };
            rows.push(Decided { at: code.position(), verdict, identity });
        }
        submit(engine, tenant, &import, rows, last).await?;
        if last {
            return Ok(());
        }
    }
}

async fn submit(
    engine: &Engine,
    tenant: Tenant,
    import: &Import,
    rows: Vec<Decided>,
    last: bool,
) -> Result<(), WorkError> {
    let lease_until = engine.now().plus_micros(LEASE_US);
    let slice = SettleDoubts { import: import.id, sku: import.sku, rows, last, lease_until };
    engine.run_bulk(engine.internal(tenant), slice).await?;
    Ok(())
}
