//! Rows of exports, as the rules know them.

use crate::Error;
use crate::rows::one_of;
use crate::seam::Row;
use domain::context::Actor;
use domain::export::{Export, ExportState};
use kernel::{ExportId, Timestamp};

/// `tenant, id, requester, state, created_at, data`
pub fn export(row: &Row) -> Result<Export, Error> {
    Ok(Export {
        tenant: row.tenant(0)?,
        id: ExportId(row.array(1)?),
        requester: Actor::from_bytes(row.bytes(2)?).ok_or(Error::Corrupt("an export's actor"))?,
        state: one_of(row.int(3)?, ExportState::from_number)?,
        created_at: Timestamp(row.int(4)?),
        told: serde_json::from_str(row.text(5)?).map_err(|_| Error::Corrupt("an export"))?,
    })
}
