//! Writes payments and receipts.

use crate::seam::{Calls, Value};
use domain::payment::world::Rows;
use domain::payment::{Goal, found_under};

/// Exchanges that go with one batch at most: a batch stays short.
const GO_MAX: i64 = 2_000;

pub(crate) fn payments<'w>(payment: &'w Rows, calls: &mut Calls<'w>) {
    let rows: Vec<_> = payment
        .payments
        .added()
        .into_iter()
        .map(|(_, p)| {
            [
                Value::bytes(p.tenant.bytes()),
                Value::bytes(&p.id.0),
                Value::Blob(found_under(p.order(), p.id).0.to_vec().into()),
                Value::Int(p.method as i64),
                Value::Int(p.currency.number()),
                Value::Int(p.amount),
                Value::Int(p.state as i64),
                Value::maybe_text(p.channel_number.as_deref()),
                Value::Int(p.created_at.0),
                Value::maybe_int(p.ended_at.map(|at| at.0)),
                Value::maybe_bytes(wallet(&p.goal)),
            ]
        })
        .collect();
    calls.write_all(&super::sql::INSERT_PAYMENTS, rows);
    let rows: Vec<_> = payment
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
    calls.write_all(&super::sql::UPDATE_PAYMENTS, rows);
}

/// The buyer whose wallet a payment recharges.
fn wallet(goal: &Goal) -> Option<&[u8]> {
    match goal {
        Goal::Order(_) => None,
        Goal::Wallet(buyer) => Some(&buyer.0),
    }
}

pub(crate) fn channels<'w>(payment: &'w Rows, calls: &mut Calls<'w>) {
    let rows: Vec<_> = payment
        .channels
        .added()
        .into_iter()
        .map(|((tenant, id), c)| {
            [
                Value::bytes(tenant.bytes()),
                Value::bytes(&id.0),
                Value::Blob(c.account.id().to_vec().into()),
                Value::Int(i64::from(c.fee_rate)),
                Value::Int(c.closes_at.0),
                Value::maybe_text(c.offer.as_deref()),
                Value::maybe_text(c.reference.as_deref()),
            ]
        })
        .collect();
    calls.write_all(&super::sql::INSERT_CHANNEL_PAYMENTS, rows);
    let rows: Vec<_> = payment
        .channels
        .changed()
        .into_iter()
        .map(|((tenant, id), c)| {
            [
                Value::bytes(tenant.bytes()),
                Value::bytes(&id.0),
                Value::maybe_text(c.offer.as_deref()),
                Value::maybe_text(c.reference.as_deref()),
            ]
        })
        .collect();
    calls.write_all(&super::sql::UPDATE_CHANNEL_PAYMENTS, rows);
}

pub(crate) fn receipts<'w>(payment: &'w Rows, calls: &mut Calls<'w>) {
    let rows: Vec<_> = payment
        .receipts
        .added()
        .into_iter()
        .map(|(key, r)| {
            [
                Value::bytes(key.tenant.bytes()),
                Value::Int(key.method as i64),
                Value::text(&key.number),
                Value::bytes(&r.payment.0),
                Value::Blob(found_under(r.order, r.payment).0.to_vec().into()),
                Value::Int(r.currency.number()),
                Value::Int(r.amount),
                Value::Int(r.applied),
                Value::Int(r.at.0),
            ]
        })
        .collect();
    calls.write_all(&super::sql::INSERT_RECEIPTS, rows);
}

pub(crate) fn notices<'w>(payment: &'w Rows, calls: &mut Calls<'w>) {
    let rows: Vec<_> = payment
        .new_notices
        .iter()
        .map(|n| {
            [
                Value::bytes(n.tenant.bytes()),
                Value::bytes(&n.id.0),
                Value::bytes(&n.payment.0),
                Value::Blob(found_under(n.order, n.payment).0.to_vec().into()),
                Value::Int(n.currency.number()),
                Value::maybe_int(n.amount),
                Value::Int(n.at.0),
            ]
        })
        .collect();
    calls.write_all(&super::sql::INSERT_TEST_NOTICES, rows);
}

pub(crate) fn exchanges<'w>(payment: &'w Rows, calls: &mut Calls<'w>) {
    let rows: Vec<_> = payment
        .new_exchanges
        .iter()
        .map(|e| {
            [
                Value::bytes(e.tenant.bytes()),
                Value::bytes(&e.payment.0),
                Value::bytes(&e.id),
                Value::text(&e.data),
            ]
        })
        .collect();
    calls.write_all(&super::sql::INSERT_CHANNEL_EXCHANGES, rows);
    if let Some(before) = &payment.exchanges_gone {
        let params = vec![Value::bytes(before), Value::Int(GO_MAX)];
        calls.execute(&super::sql::DELETE_OLD_EXCHANGES, params);
    }
}
