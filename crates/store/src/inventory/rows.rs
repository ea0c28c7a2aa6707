//! Rows of codes, pools and imports, as the rules know them.

use crate::Error;
use crate::rows::one_of;
use crate::seam::Row;
use domain::inventory::mark::{BatchStatus, MarkedBatch};
use domain::inventory::{Code, CodeState, Import, ImportState, Pool, Position, code_of};
use kernel::{CodeBatchId, Currency, ImportId, OrderId, SkuId, Timestamp, UnitCost};

/// `sku, position, tenant, batch, tag, sealed, state, order_id, line`
pub fn code(row: &Row) -> Result<Code, Error> {
    let position: Position = row.array(1)?;
    let mut until = [0; 8];
    until.copy_from_slice(&position[..8]);
    let owner = match (row.maybe_array(7)?, row.maybe_int(8)?) {
        (Some(order), Some(line)) => Some((OrderId(order), line as u32)),
        _ => None,
    };
    Ok(Code {
        id: code_of(&position),
        sku: SkuId(row.array(0)?),
        tenant: row.tenant(2)?,
        batch: CodeBatchId(row.array(3)?),
        tag: row.array(4)?,
        sealed: row.bytes(5)?.to_vec(),
        valid_until: Timestamp(i64::from_be_bytes(until)),
        state: one_of(row.int(6)?, CodeState::from_number)?,
        owner,
    })
}

/// `tenant, sku, low, swept, walled, damaged_row, largest`
pub fn pool(row: &Row) -> Result<Pool, Error> {
    Ok(Pool {
        low: row.array(2)?,
        swept: row.array(3)?,
        batches_being_withdrawn: row.int(4)?,
        damaged_row: row.int(5)?,
        largest: row.int(6)?,
    })
}

/// `tenant, id, sku, batch, name, supplier, unit_cost, cost_currency, settings, state, chunks, bytes,
/// records, accepted, duplicates, doubts, held, verdict, kept_until, errors, failure, created_at, finished_at, mark,
/// first_position, last_position, mark_from`
pub fn import(row: &Row) -> Result<Import, Error> {
    let unit_cost = match (row.maybe_int(6)?, row.maybe_int(7)?) {
        (Some(amount), Some(currency)) => {
            Some(UnitCost { amount, currency: one_of(currency, Currency::from_number)? })
        }
        _ => None,
    };
    Ok(Import {
        id: ImportId(row.array(1)?),
        sku: SkuId(row.array(2)?),
        batch: CodeBatchId(row.array(3)?),
        name: row.maybe_text(4)?.map(str::to_owned),
        supplier: row.maybe_text(5)?.map(str::to_owned),
        unit_cost,
        settings: serde_json::from_str(row.text(8)?)
            .map_err(|_| Error::Corrupt("an import's settings"))?,
        state: one_of(row.int(9)?, ImportState::from_number)?,
        chunks: row.int(10)?,
        bytes: row.int(11)?,
        records: row.int(12)?,
        accepted: row.int(13)?,
        duplicates: row.int(14)?,
        doubts: row.int(15)?,
        held: row.int(16)?,
        verdict: row
            .maybe_text(17)?
            .map(|json| serde_json::from_str(json).map_err(|_| Error::Corrupt("a verdict")))
            .transpose()?,
        kept_until: row.maybe_int(18)?.map(Timestamp),
        errors: row.int(19)?,
        failure: row.maybe_text(20)?.map(str::to_owned),
        created_at: Timestamp(row.int(21)?),
        finished_at: row.maybe_int(22)?.map(Timestamp),
        mark: one_of(row.int(23)?, BatchStatus::from_number)?,
        span: row.maybe_array(24)?.zip(row.maybe_array(25)?),
        mark_from: row.maybe_array(26)?,
        relocation: row
            .maybe_text(27)?
            .map(|json| serde_json::from_str(json).map_err(|_| Error::Corrupt("a relocation")))
            .transpose()?,
        relocation_failed: row.maybe_text(28)?.map(str::to_owned),
    })
}

/// `batch, mark, mark_from, last_position`
pub fn marked_batch(row: &Row) -> Result<MarkedBatch, Error> {
    Ok(MarkedBatch {
        batch: CodeBatchId(row.array(0)?),
        mark: one_of(row.int(1)?, BatchStatus::from_number)?,
        rest: row.maybe_array(2)?.zip(row.maybe_array(3)?),
    })
}
