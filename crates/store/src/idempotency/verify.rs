//! Checks of idempotency records.

use crate::Error;
use crate::seam::{Conn, Row};
use crate::verify::Check;
use crate::verify::finding::{Finding, first, written};
use domain::idempotency::OutcomeKind;

/// The same command twice has one effect: every record points to something that exists, no key has a record
/// in both generations, and no two orders of a tenant share an external id.
pub(crate) async fn idempotency(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("idempotency");
    finding.saw_all(conn, &super::sql::VERIFY_COUNT_IDEMPOTENCY).await?;
    let says = "a record points to what is not there";
    finding.none(conn, &super::sql::VERIFY_OUTCOMES, &[], says, outcome).await?;
    let says = "two records share a key";
    finding.none(conn, &super::sql::VERIFY_KEYS_TWICE, &[], says, first("key_hash")).await?;
    let says = "two orders share an external id";
    finding.none(conn, &super::sql::VERIFY_EXTERNAL_IDS_TWICE, &[], says, first("ord")).await?;
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
        Some(OutcomeKind::Resource) => "resource",
        Some(OutcomeKind::Approval) => "apv",
        Some(OutcomeKind::Export) => "exp",
        Some(OutcomeKind::Redemption | OutcomeKind::Redemptions) => "rdm",
        Some(OutcomeKind::Vouchers) => "vch",
        Some(OutcomeKind::VoucherRun) => "vrn",
        Some(OutcomeKind::Device) => "dev",
        Some(OutcomeKind::Content) => "cnt",
        None => "unknown",
    };
    written(prefix, row.bytes(0).unwrap_or_default())
}
