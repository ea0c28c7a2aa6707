//! Payments, what came in, what goes back, and what the test channel has to tell.

use crate::seam::{Conn, Value};
use crate::{Error, sql};
use domain::World;
use domain::refund::Refund;

/// Writes what changed.
pub(super) async fn write(conn: &mut Conn, world: &World) -> Result<(), Error> {
    payments(conn, world).await?;
    receipts(conn, world).await?;
    refunds(conn, world).await?;
    notices(conn, world).await
}

async fn payments(conn: &mut Conn, world: &World) -> Result<(), Error> {
    let added = world.payments.added();
    let rows: Vec<_> = added
        .iter()
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
    conn.write_all(&sql::INSERT_PAYMENTS, &rows).await?;
    let changed = world.payments.changed();
    let rows: Vec<_> = changed
        .iter()
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
    conn.write_all(&sql::UPDATE_PAYMENTS, &rows).await
}

async fn receipts(conn: &mut Conn, world: &World) -> Result<(), Error> {
    let added = world.receipts.added();
    let rows: Vec<_> = added
        .iter()
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
    conn.write_all(&sql::INSERT_RECEIPTS, &rows).await
}

async fn refunds(conn: &mut Conn, world: &World) -> Result<(), Error> {
    let added = world.refunds.added();
    let mut lines = Vec::with_capacity(added.len());
    for (_, refund) in &added {
        let text = serde_json::to_string(&refund.lines);
        lines.push(text.map_err(|_| Error::Corrupt("a refund's lines"))?);
    }
    let rows: Vec<_> =
        added.iter().zip(&lines).map(|((_, refund), lines)| refund_row(refund, lines)).collect();
    conn.write_all(&sql::INSERT_REFUNDS, &rows).await?;
    let changed = world.refunds.changed();
    let rows: Vec<_> = changed
        .iter()
        .map(|(_, r)| {
            let (tenant, id) = (Value::bytes(r.tenant.bytes()), Value::bytes(&r.id.0));
            [tenant, id, Value::Int(r.state as i64), Value::maybe_int(r.ended_at.map(|at| at.0))]
        })
        .collect();
    conn.write_all(&sql::UPDATE_REFUNDS, &rows).await
}

fn refund_row<'a>(r: &'a Refund, lines: &'a str) -> [Value<'a>; 16] {
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
        Value::text(lines),
        Value::Int(r.created_at.0),
        Value::maybe_int(r.ended_at.map(|at| at.0)),
    ]
}

async fn notices(conn: &mut Conn, world: &World) -> Result<(), Error> {
    let rows: Vec<_> = world
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
    conn.write_all(&sql::INSERT_TEST_NOTICES, &rows).await
}
