//! The same command twice has one effect: every record points to something that exists, no key has a record
//! in both generations, and no two orders of a tenant share an external id.

use super::finding::{Finding, first, written};
use super::{Check, sql};
use crate::Error;
use crate::seam::{Conn, Row};
use domain::idempotency::OutcomeKind;

/// Runs the check.
pub(super) async fn check(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("idempotency");
    finding.saw_all(conn, &sql::COUNT_IDEMPOTENCY).await?;
    let says = "a record points to what is not there";
    finding.none(conn, &sql::OUTCOMES, &[], says, outcome).await?;
    let says = "two records share a key";
    finding.none(conn, &sql::KEYS_TWICE, &[], says, first("key_hash")).await?;
    let says = "two orders share an external id";
    finding.none(conn, &sql::EXTERNAL_IDS_TWICE, &[], says, first("ord")).await?;
    Ok(finding.done())
}

fn outcome(row: &Row) -> String {
    let kind = row.int(1).ok().and_then(OutcomeKind::from_number);
    let prefix = match kind {
        Some(OutcomeKind::Order) => "ord",
        Some(OutcomeKind::Transfer) => "trf",
        Some(OutcomeKind::Product) => "prd",
        Some(OutcomeKind::Import) => "imp",
        Some(OutcomeKind::Hold) => "hld",
        Some(OutcomeKind::Merchant) => "mer",
        Some(OutcomeKind::Payment) => "pay",
        Some(OutcomeKind::Refund) => "rfd",
        None => "unknown",
    };
    written(prefix, row.bytes(0).unwrap_or_default())
}
