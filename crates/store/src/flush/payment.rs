//! Payments, what came in, what goes back, and what the test channel has to tell.

use super::json;
use crate::seam::{Calls, Value};
use crate::{Error, sql};
use domain::World;
use domain::refund::Refund;

/// Writes what changed.
pub(super) fn write<'w>(world: &'w World, calls: &mut Calls<'w>) -> Result<(), Error> {
    payments(world, calls);
    receipts(world, calls);
    refunds(world, calls)?;
    notices(world, calls);
    Ok(())
}

fn payments<'w>(world: &'w World, calls: &mut Calls<'w>) {
    let rows: Vec<_> = world
        .payment
        .payments
        .added()
        .into_iter()
        .map(|(_, p)| {
            [
                Value::bytes(p.tenant.bytes()),
                Value::bytes(&p.id.0),
                Value::bytes(&p.order.0),
                Value::Int(p.method as i64),
                Value::Int(p.currency.number()),
                Value::Int(p.amount),
                Value::Int(p.state as i64),
                Value::maybe_text(p.channel_number.as_deref()),
                Value::Int(p.created_at.0),
                Value::maybe_int(p.ended_at.map(|at| at.0)),
            ]
        })
        .collect();
    calls.write_all(&sql::INSERT_PAYMENTS, rows);
    let rows: Vec<_> = world
        .payment
        .payments
        .changed()
        .into_iter()
        .map(|(_, p)| {
            [
                Value::bytes(p.tenant.bytes()),
                Value::bytes(&p.id.0),
                Value::Int(p.state as i64),
                Value::maybe_text(p.channel_number.as_deref()),
                Value::maybe_int(p.ended_at.map(|at| at.0)),
            ]
        })
        .collect();
    calls.write_all(&sql::UPDATE_PAYMENTS, rows);
}

fn receipts<'w>(world: &'w World, calls: &mut Calls<'w>) {
    let rows: Vec<_> = world
        .payment
        .receipts
        .added()
        .into_iter()
        .map(|(key, r)| {
            [
                Value::bytes(key.tenant.bytes()),
                Value::Int(key.method as i64),
                Value::text(&key.number),
                Value::bytes(&r.payment.0),
                Value::bytes(&r.order.0),
                Value::Int(r.currency.number()),
                Value::Int(r.amount),
                Value::Int(r.applied),
                Value::Int(r.at.0),
            ]
        })
        .collect();
    calls.write_all(&sql::INSERT_RECEIPTS, rows);
}

fn refunds<'w>(world: &'w World, calls: &mut Calls<'w>) -> Result<(), Error> {
    let mut rows = Vec::new();
    for (_, refund) in world.refund.refunds.added() {
        rows.push(refund_row(refund, json(&refund.lines)?));
    }
    calls.write_all(&sql::INSERT_REFUNDS, rows);
    let rows: Vec<_> = world
        .refund
        .refunds
        .changed()
        .into_iter()
        .map(|(_, r)| {
            let (tenant, id) = (Value::bytes(r.tenant.bytes()), Value::bytes(&r.id.0));
            [tenant, id, Value::Int(r.state as i64), Value::maybe_int(r.ended_at.map(|at| at.0))]
        })
        .collect();
    calls.write_all(&sql::UPDATE_REFUNDS, rows);
    Ok(())
}

fn refund_row<'w>(r: &'w Refund, lines: Value<'w>) -> [Value<'w>; 16] {
    [
        Value::bytes(r.tenant.bytes()),
        Value::bytes(&r.id.0),
        Value::bytes(&r.order.0),
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

fn notices<'w>(world: &'w World, calls: &mut Calls<'w>) {
    let rows: Vec<_> = world
        .payment
        .new_notices
        .iter()
        .map(|n| {
            [
                Value::bytes(n.tenant.bytes()),
                Value::bytes(&n.id.0),
                Value::bytes(&n.payment.0),
                Value::bytes(&n.order.0),
                Value::Int(n.currency.number()),
                Value::maybe_int(n.amount),
                Value::Int(n.at.0),
            ]
        })
        .collect();
    calls.write_all(&sql::INSERT_TEST_NOTICES, rows);
}
