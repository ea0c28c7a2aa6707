//! Rows of work, as the rules know them.

use crate::Error;
use crate::seam::Row;
use domain::work::{Work, WorkKey, WorkKind};
use kernel::Timestamp;

/// `kind, tenant, subject, due_at, lease_until, attempts`
pub fn work(row: &Row) -> Result<(WorkKey, Work), Error> {
    let kind = WorkKind::from_number(row.int(0)?).ok_or(Error::Corrupt("a kind of work"))?;
    let key = WorkKey { kind, tenant: row.tenant(1)?, subject: row.array(2)? };
    let work = Work {
        due_at: Timestamp(row.int(3)?),
        lease_until: Timestamp(row.int(4)?),
        attempts: row.int(5)?,
    };
    Ok((key, work))
}
