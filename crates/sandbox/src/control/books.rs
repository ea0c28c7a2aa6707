//! The sandbox's books as JSON, so that tests compare every fen.

use crate::payment::{Payment, RefundState};
use crate::sandbox::Sandbox;
use jiff::Timestamp;
use serde_json::{Value, json};

/// Merchants, payments with what was paid and went back, every movement, and whether it all adds up.
pub fn report(sandbox: &Sandbox) -> Value {
    let payments = sandbox.payments.lock();
    let sums = payments.books.sums();
    let merchants: Vec<Value> = sandbox
        .merchants
        .iter()
        .enumerate()
        .map(|(place, merchant)| {
            let own: Vec<_> = sums.iter().filter(|sum| sum.merchant == place).collect();
            json!({
                "merchant": place,
                "mode": merchant.accounts.mode,
                "mchid": merchant.accounts.wechat.mchid,
                "app_id": merchant.accounts.alipay.app_id,
                "sums": own,
            })
        })
        .collect();
    let now = sandbox.now();
    json!({
        "merchants": merchants,
        "payments": payments.iter().map(|(_, payment)| self::payment(payment, now)).collect::<Vec<_>>(),
        "movements": payments.books.movements(),
        "balanced": payments.books.is_balanced(),
    })
}

/// A payment.
pub fn payment(payment: &Payment, now: Timestamp) -> Value {
    let charges: Vec<Value> = payment
        .charges
        .iter()
        .enumerate()
        .map(|(place, charge)| {
            json!({
                "transaction": charge.id,
                "amount": charge.amount,
                "coupon": charge.coupon,
                "refunded": succeeded(payment, place),
                "at": charge.at,
            })
        })
        .collect();
    let refunds: Vec<Value> = payment
        .refunds
        .iter()
        .map(|refund| {
            json!({
                "number": refund.number,
                "id": refund.id,
                "transaction": payment.charges[refund.charge].id,
                "amount": refund.amount,
                "state": refund.state,
            })
        })
        .collect();
    json!({
        "merchant": payment.merchant,
        "channel": payment.channel,
        "number": payment.number,
        "token": payment.token,
        "amount": payment.amount,
        "currency": payment.currency,
        "state": payment.standing(now),
        "seen": payment.seen,
        "failures": payment.failures,
        "charges": charges,
        "refunds": refunds,
    })
}

fn succeeded(payment: &Payment, place: usize) -> i64 {
    let done = payment.refunds.iter().filter(|refund| refund.charge == place);
    done.filter(|refund| refund.state == RefundState::Succeeded).map(|refund| refund.amount).sum()
}
