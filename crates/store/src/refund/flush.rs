//! Writes refunds.

use crate::Error;
use crate::rows::json;
use crate::seam::{Calls, Value};
use domain::refund::Refund;
use domain::refund::world::Rows;

pub(crate) fn refunds<'w>(refund: &'w Rows, calls: &mut Calls<'w>) -> Result<(), Error> {
    let mut rows = Vec::new();
    for (_, refund) in refund.refunds.added() {
        rows.push(refund_row(refund, json(&refund.lines)?));
    }
    calls.write_all(&super::sql::INSERT_REFUNDS, rows);
    let rows: Vec<_> = refund
        .refunds
        .changed()
        .into_iter()
        .map(|(_, r)| {
            let (tenant, id) = (Value::bytes(r.tenant.bytes()), Value::bytes(&r.id.0));
            [tenant, id, Value::Int(r.state as i64), Value::maybe_int(r.ended_at.map(|at| at.0))]
        })
        .collect();
    calls.write_all(&super::sql::UPDATE_REFUNDS, rows);
    Ok(())
}

fn refund_row<'w>(r: &'w Refund, lines: Value<'w>) -> [Value<'w>; 16] {
    [
        Value::bytes(r.tenant.bytes()),
        Value::bytes(&r.id.0),
        Value::Blob(r.found_under().map_or_else(Vec::new, |id| id.0.to_vec()).into()),
        Value::maybe_bytes(r.payment.as_ref().map(|id| &id.0[..])),
        Value::maybe_text(r.receipt.as_deref()),
        Value::Int(r.method as i64),
        Value::Int(r.currency.number()),
        Value::Int(r.amount),
        Value::Int(r.loss),
        Value::Int(r.cause as i64),
        Value::maybe_text(r.reason.as_deref()),
        Value::Int(i64::from(r.overridden)),
        Value::Int(r.state as i64),
        lines,
        Value::Int(r.created_at.0),
        Value::maybe_int(r.ended_at.map(|at| at.0)),
    ]
}
