//! Checks that the stored rows keep the invariants, a file per check. It only reads.
//!
//! All checks see one snapshot, so they may run beside processes that write. Each says how many things
//! it looked at: a check over nothing is not wrong here, and the caller decides what to make of it.
//! Time and memory grow with the database; a million orders take about a minute.

pub(crate) mod finding;
mod journal_folds;
pub(crate) mod pages;

use crate::seam::Conn;
use crate::{Error, Reader};
use serde::Serialize;

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// Which invariant.
    pub name: &'static str,
    /// Whether nothing offends it.
    pub ok: bool,
    /// Things it looked at.
    pub count: u64,
    /// What offends it, by id, the first few; empty when nothing does.
    pub detail: String,
}

/// Runs every check over one snapshot.
pub async fn verify(reader: &Reader) -> Result<Vec<Check>, Error> {
    let mut conn = reader.snapshot().await?;
    let checks = verify_in(&mut conn).await;
    conn.close().await;
    checks
}

/// Runs every check over what the transaction of a connection sees, what it has not committed included: for tests of the
/// checks.
pub async fn verify_in(conn: &mut Conn) -> Result<Vec<Check>, Error> {
    Ok(vec![
        crate::ledger::verify::postings_balance(conn).await?,
        crate::ledger::verify::units_sum_to_zero(conn).await?,
        crate::ledger::verify::bounds(conn).await?,
        crate::ledger::verify::holds(conn).await?,
        crate::ledger::verify::wallet_chain(conn).await?,
        crate::inventory::verify::code_has_one_line(conn).await?,
        crate::order::verify::lines_have_their_codes(conn).await?,
        crate::order::verify::orders_end(conn).await?,
        crate::payment::verify::recharges(conn).await?,
        crate::inventory::verify::stock_equals_codes(conn).await?,
        crate::inventory::verify::pool_marks(conn).await?,
        crate::inventory::verify::marks(conn).await?,
        crate::inventory::verify::code_tags(conn).await?,
        crate::identity::verify::buyers(conn).await?,
        crate::idempotency::verify::idempotency(conn).await?,
        crate::journal::verify::journal_gapless(conn).await?,
        crate::anchor::verify::check(conn).await?,
        journal_folds::check(conn).await?,
        crate::voucher::verify::vouchers(conn).await?,
        crate::content::verify::contents(conn).await?,
        crate::insight::verify::orders_are_found(conn).await?,
        crate::insight::verify::sales_are_counted(conn).await?,
        crate::seal::verify::sealed(conn).await?,
        crate::order::verify::sale_products(conn).await?,
        crate::resource::verify::resources(conn).await?,
        crate::people::verify::people(conn).await?,
        crate::approval::verify::approvals(conn).await?,
        crate::export::verify::exports(conn).await?,
    ])
}

#[cfg(test)]
mod tests {
    use domain::approval::{ApprovalState, Part};
    use domain::export::ExportState;
    use domain::idempotency::OutcomeKind;
    use domain::inventory::CodeState;
    use domain::inventory::mark::BatchStatus;
    use domain::ledger::{AccountKind, HoldState, Reason, Unit};
    use domain::payment::{PayMethod, PaymentState};
    use domain::refund::{RefundCause, RefundState};
    use domain::voucher::VoucherState;
    use domain::work::WorkKind;

    /// The statements name states and kinds by number; a new one must be thought of there.
    #[test]
    fn numbers_in_the_statements_are_those_of_the_rules() {
        let bounded = AccountKind::ALL.into_iter().filter(|kind| kind.bounded());
        assert_eq!(bounded.map(|kind| kind as i64).collect::<Vec<_>>(), [1, 2]);
        assert_eq!((AccountKind::Stock as i64, AccountKind::Issued as i64), (2, 6));
        assert_eq!(AccountKind::Expired as i64, 7);
        assert_eq!(Unit::Pieces.number(), 0);
        assert_eq!(CodeState::ALL.map(|state| state as i64), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        assert_eq!((CodeState::Available as i64, CodeState::Expired as i64), (1, 5));
        assert_eq!((CodeState::Issued as i64, CodeState::Revealed as i64), (2, 3));
        assert_eq!((HoldState::Pending as i64, HoldState::Posted as i64), (1, 2));
        assert_eq!((Reason::Credit as i64, Reason::HoldPosted as i64), (1, 6));
        assert_eq!((AccountKind::Voided as i64, CodeState::Voided as i64), (12, 6));
        assert_eq!((PayMethod::Wallet as i64, PaymentState::Succeeded as i64), (1, 3));
        assert_eq!((AccountKind::Wallet as i64, Reason::Receipt as i64), (1, 7));
        assert_eq!(VoucherState::ALL.map(|state| state as i64), [1, 2, 3, 4]);
        assert_eq!((AccountKind::Outstanding as i64, AccountKind::Unearned as i64), (30, 34));
        assert_eq!(AccountKind::Held as i64, 40);
        assert_eq!((RefundCause::Expired as i64, WorkKind::ExpireVouchers as i64), (10, 30));
        assert_eq!((RefundCause::Requested as i64, RefundState::Processing as i64), (1, 1));
        assert_eq!((AccountKind::Frozen as i64, CodeState::Frozen as i64), (13, 4));
        assert_eq!((AccountKind::Damaged as i64, CodeState::Damaged as i64), (15, 9));
        assert_eq!(BatchStatus::ALL.map(|mark| mark as i64), [0, 1, 2]);
        assert_eq!(WorkKind::MarkCodes as i64, 8);
        assert_eq!((WorkKind::SettleDoubts as i64, WorkKind::RetagCodes as i64), (9, 10));
        assert_eq!((CodeState::Replaced as i64, CodeState::Doubtful as i64), (7, 8));
        assert_eq!(CodeState::Voucher as i64, 10);
        assert_eq!((WorkKind::ExpireOrder as i64, WorkKind::SendRefund as i64), (4, 5));
        assert_eq!(
            OutcomeKind::ALL.map(|kind| kind as i64),
            [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 30, 31, 32, 33, 34, 40]
        );
        assert_eq!(ApprovalState::ALL.map(|state| state as i64), [1, 2, 3, 4, 5]);
        assert_eq!((Part::Request as i64, Part::Result as i64), (1, 2));
        assert_eq!((WorkKind::ExpireApproval as i64, WorkKind::WriteExport as i64), (16, 17));
        assert_eq!(ExportState::ALL.map(|state| state as i64), [1, 2, 3, 4, 5, 6]);
        let (order, merchant) = (OutcomeKind::Order as i64, OutcomeKind::Merchant as i64);
        assert_eq!((order, merchant, OutcomeKind::Refund as i64), (1, 6, 8));
    }
}
