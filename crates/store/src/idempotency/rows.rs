//! Rows of idempotency records, as the rules know them.

use crate::Error;
use crate::rows::one_of;
use crate::seam::Row;
use domain::idempotency::{Idempotent, OutcomeKind, OutcomeRef};

/// `tenant, key, fingerprint, kind, subject, version`
pub fn idempotent(row: &Row) -> Result<Idempotent, Error> {
    Ok(Idempotent {
        fingerprint: row.array(2)?,
        outcome: OutcomeRef {
            kind: one_of(row.int(3)?, OutcomeKind::from_number)?,
            subject: row.array(4)?,
            version: row.int(5)?,
        },
    })
}
