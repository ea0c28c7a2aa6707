//! Rows of refunds, as the rules know them.

use crate::Error;
use crate::rows::one_of;
use crate::seam::Row;
use domain::payment::{PayMethod, order_of};
use domain::refund::{Refund, RefundCause, RefundState};
use kernel::{Currency, OrderId, PaymentId, RefundId, Timestamp};

/// `tenant, id, order_id, payment, receipt, method, currency, amount, loss, cause, reason, overridden, state,
/// lines, created_at, ended_at`
pub fn refund(row: &Row) -> Result<Refund, Error> {
    let (order, payment) = (OrderId(row.array(2)?), row.maybe_array(3)?.map(PaymentId));
    Ok(Refund {
        tenant: row.tenant(0)?,
        id: RefundId(row.array(1)?),
        order: payment.map_or(Some(order), |payment| order_of(order, payment)),
        payment,
        receipt: row.maybe_text(4)?.map(str::to_owned),
        method: one_of(row.int(5)?, PayMethod::from_number)?,
        currency: one_of(row.int(6)?, Currency::from_number)?,
        amount: row.int(7)?,
        loss: row.int(8)?,
        cause: one_of(row.int(9)?, RefundCause::from_number)?,
        reason: row.maybe_text(10)?.map(str::to_owned),
        overridden: row.int(11)? != 0,
        state: one_of(row.int(12)?, RefundState::from_number)?,
        lines: serde_json::from_str(row.text(13)?)
            .map_err(|_| Error::Corrupt("a refund's lines"))?,
        created_at: Timestamp(row.int(14)?),
        ended_at: row.maybe_int(15)?.map(Timestamp),
    })
}
