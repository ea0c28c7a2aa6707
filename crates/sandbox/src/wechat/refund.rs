//! Refunds: asked for, worked on for a moment, then told about.

use super::authorization::Caller;
use super::failure::Failure;
use super::fields::{Fields, is_plain, notify_url};
use super::query::decoded;
use super::{Answer, CHANNEL};
use crate::clock::{day, rfc3339};
use crate::faults::Kind;
use crate::payment::{Payment, Refund, RefundState};
use crate::payments::Payments;
use crate::sandbox::Sandbox;
use crate::{random, till};
use axum::http::StatusCode;
use serde_json::{Value, json};
use std::sync::Arc;

const REFUNDS_MAX: usize = 50;

/// Starts a refund, or answers again to the same request.
pub fn create(sandbox: &Arc<Sandbox>, caller: &Caller, body: &Value) -> Result<Answer, Failure> {
    let fields = Fields::of(body);
    let number = fields.text("out_refund_no", 64)?;
    if !is_plain(number, "_-|*@") {
        return Err(fields.bad("out_refund_no", "只能是数字、大小写字母_-|*@"));
    }
    let reason = fields.optional_text("reason", 80)?;
    let url = notify_url(&fields)?;
    let amounts = fields.object("amount")?;
    amounts.yuan()?;
    let (amount, total) = (amounts.amount("refund")?, amounts.amount("total")?);
    let mut payments = sandbox.payments.lock();
    let (index, charge) = find_charge(&payments, caller, &fields)?;
    if let Some(known) = payments.refund(CHANNEL, caller.merchant, number) {
        return repeated(&payments, known, (index, charge), amount, total);
    }
    let payment = payments.get(index);
    check_sum(payment, charge, amount, total)?;
    let refund = Refund {
        id: format!("5030{}{}", day(sandbox.now()), random::digits(17)),
        number: number.to_owned(),
        charge,
        amount,
        reason: reason.map(str::to_owned),
        notify_url: url.or(payment.notify_url.as_deref()).map(str::to_owned),
        created: sandbox.now(),
        finished: None,
        state: RefundState::Processing,
        metadata: Vec::new(),
    };
    let place = payments.add_refund(index, refund);
    let payment = payments.get(index);
    let answer = shown(payment, &payment.refunds[place]);
    drop(payments);
    finish_later(sandbox, (index, place));
    Ok(Answer::ok(answer))
}

/// A refund by the merchant's number.
pub fn query(sandbox: &Sandbox, caller: &Caller, number: &str) -> Result<Answer, Failure> {
    let payments = sandbox.payments.lock();
    let (index, place) = payments
        .refund(CHANNEL, caller.merchant, &decoded(number))
        .ok_or_else(|| not_found("退款单不存在"))?;
    let payment = payments.get(index);
    Ok(Answer::ok(shown(payment, &payment.refunds[place])))
}

fn not_found(message: &str) -> Failure {
    Failure::new(StatusCode::NOT_FOUND, "RESOURCE_NOT_EXISTS", message)
}

/// By WeChat Pay's number, or by the merchant's, where the first charge is meant.
fn find_charge(
    payments: &Payments,
    caller: &Caller,
    fields: &Fields<'_>,
) -> Result<(usize, usize), Failure> {
    let id = fields.optional_text("transaction_id", 32)?;
    let number = fields.optional_text("out_trade_no", 32)?;
    let index = match (id, number) {
        (Some(id), _) => payments.by_name(id),
        (None, Some(number)) => payments.by_number(CHANNEL, caller.merchant, number),
        (None, None) => {
            return Err(fields.bad("transaction_id", "与out_trade_no必须二选一"));
        }
    };
    let index = index.filter(|index| {
        let payment = payments.get(*index);
        payment.channel == CHANNEL
            && payment.merchant == caller.merchant
            && number.is_none_or(|number| payment.number == number)
    });
    let index = index.ok_or_else(|| not_found("订单不存在"))?;
    let payment = payments.get(index);
    match id {
        Some(id) => payment.charge(id).map(|charge| (index, charge)),
        None => (!payment.charges.is_empty()).then_some((index, 0)),
    }
    .ok_or_else(|| Failure::invalid("订单未支付"))
}

fn repeated(
    payments: &Payments,
    (index, place): (usize, usize),
    of: (usize, usize),
    amount: i64,
    total: i64,
) -> Result<Answer, Failure> {
    let payment = payments.get(index);
    let refund = &payment.refunds[place];
    let same = (index, refund.charge) == of
        && refund.amount == amount
        && payment.charges[refund.charge].amount == total;
    if !same {
        return Err(Failure::invalid("订单金额或退款金额与之前请求不一致，请核实后再试"));
    }
    Ok(Answer::ok(shown(payment, refund)))
}

fn check_sum(payment: &Payment, charge: usize, amount: i64, total: i64) -> Result<(), Failure> {
    let paid = payment.charges[charge].amount;
    if total != paid {
        return Err(Failure::invalid("订单总金额与支付时不一致"));
    }
    if payment.refunded(charge) + amount > paid {
        return Err(Failure::invalid("累计退款金额大于支付金额"));
    }
    if payment.refunds.len() >= REFUNDS_MAX {
        return Err(Failure::new(StatusCode::FORBIDDEN, "RULE_LIMIT", "部分退款次数超限"));
    }
    Ok(())
}

fn finish_later(sandbox: &Arc<Sandbox>, place: (usize, usize)) {
    let shared = Arc::clone(sandbox);
    sandbox.spawn(async move {
        tokio::time::sleep(shared.pace.refund_takes).await;
        let state = match shared.fault(CHANNEL).kind {
            Kind::RefundAbnormal => RefundState::Abnormal,
            _ => RefundState::Succeeded,
        };
        till::finish_refund(&shared, place, state);
    });
}

/// As answers and notices name a state.
pub fn status(state: RefundState) -> &'static str {
    match state {
        RefundState::Processing => "PROCESSING",
        RefundState::Succeeded => "SUCCESS",
        RefundState::Abnormal => "ABNORMAL",
        RefundState::Closed => "CLOSED",
    }
}

/// What the payer gets back of what was paid with a coupon.
pub fn payer_refund(payment: &Payment, refund: &Refund) -> i64 {
    let charge = &payment.charges[refund.charge];
    let share = i128::from(refund.amount) * i128::from(charge.amount - charge.coupon);
    i64::try_from(share / i128::from(charge.amount)).unwrap_or_default()
}

fn shown(payment: &Payment, refund: &Refund) -> Value {
    let charge = &payment.charges[refund.charge];
    let payer_refund = payer_refund(payment, refund);
    let mut answer = json!({
        "refund_id": refund.id,
        "out_refund_no": refund.number,
        "transaction_id": charge.id,
        "out_trade_no": payment.number,
        "channel": "ORIGINAL",
        "user_received_account": "支付用户零钱",
        "create_time": rfc3339(refund.created),
        "status": status(refund.state),
        "funds_account": "AVAILABLE",
        "amount": {
            "total": charge.amount,
            "refund": refund.amount,
            "payer_total": charge.amount - charge.coupon,
            "payer_refund": payer_refund,
            "settlement_total": charge.amount,
            "settlement_refund": refund.amount,
            "discount_refund": refund.amount - payer_refund,
            "currency": "CNY",
        },
    });
    if let Some(finished) = refund.finished.filter(|_| refund.state == RefundState::Succeeded) {
        answer["success_time"] = json!(rfc3339(finished));
    }
    answer
}
