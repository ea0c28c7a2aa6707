//! Open codes from before records of fields and give them tags like all others, slice after slice. A code that can't
//! be opened keeps the tag it had.

use super::identity;
use crate::work::{LEASE_US, WorkError};
use domain::Refusal;
use domain::inventory::retag_slice::RetagSlice;
use engine::{Engine, EngineError};
use kernel::{SkuId, Tenant};
use vault::VaultError;

/// Codes that are opened together.
const SLICE: u32 = 512;
/// Slices between two lines in the log.
const REPORT_EVERY: u64 = 200;

/// Goes through a book's codes by place. Nothing needs to be remembered over a crash: a code whose old tag is gone is
/// passed over.
pub(crate) async fn retag(engine: &Engine, tenant: Tenant) -> Result<(), WorkError> {
    let (mut after, mut seen, mut slices) = ((tenant, SkuId([0; 16]), [0; 24]), 0_u64, 0_u64);
    loop {
        let found = engine.reader().codes_after(&after, SLICE).await?;
        let last = found.len() < SLICE as usize;
        if let Some(code) = found.last() {
            after = code.place();
        }
        let vault = engine.vault_for(found.iter().map(|code| &code.sealed[..])).await;
        let mut codes = Vec::new();
        for code in &found {
            match identity::open(&vault, code) {
                Ok(fields) => {
                    // What was stored leads to it, whatever the rules of folding are today.
                    let identity = identity::identity(&vault, tenant, &fields);
                    codes.push((
                        code.id,
                        domain::inventory::identity::Identity { before: code.tag, ..identity },
                    ));
                }
                Err(VaultError::Damaged) => {
                    tracing::error!(code.id = %code.id, "a code cannot be opened and keeps its old tag");
                }
                Err(error) => return Err(WorkError::Other(format!("a code from before: {error}"))),
            }
        }
        seen += found.len() as u64;
        slices += 1;
        if slices % REPORT_EVERY == 0 || last {
            tracing::info!(codes = seen, "codes from before are being compared");
        }
        if !codes.is_empty() || last || slices % REPORT_EVERY == 0 {
            let lease_until = engine.now().plus_micros(LEASE_US);
            let slice = RetagSlice { codes, last, lease_until };
            match engine.run_bulk(engine.internal(tenant), slice).await {
                Err(EngineError::Refused(Refusal::Stale)) => return Ok(()),
                done => done?,
            };
        }
        if last {
            return Ok(());
        }
    }
}
