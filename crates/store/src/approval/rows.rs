//! Rows of approvals, as the rules know them.

use crate::Error;
use crate::rows::one_of;
use crate::seam::Row;
use domain::approval::act::Act;
use domain::approval::{Approval, ApprovalState};
use kernel::{ApprovalId, PersonId, Timestamp};

/// `tenant, id, act, requester, state, created_at, expires_at, decided_by, decided_at, data`
pub fn approval(row: &Row) -> Result<Approval, Error> {
    Ok(Approval {
        tenant: row.tenant(0)?,
        id: ApprovalId(row.array(1)?),
        act: one_of(row.int(2)?, Act::from_number)?,
        requester: PersonId(row.array(3)?),
        state: one_of(row.int(4)?, ApprovalState::from_number)?,
        created_at: Timestamp(row.int(5)?),
        expires_at: Timestamp(row.int(6)?),
        decided_by: row.maybe_array(7)?.map(PersonId),
        decided_at: row.maybe_int(8)?.map(Timestamp),
        told: serde_json::from_str(row.text(9)?).map_err(|_| Error::Corrupt("an approval"))?,
    })
}
