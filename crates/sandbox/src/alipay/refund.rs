//! Refunds: done at once, the same request number once only.

use super::business::{amount, find, text};
use super::failure::Failure;
use super::request::Call;
use super::{CHANNEL, money, trade};
use crate::clock::{day, plain};
use crate::payment::{Payment, Refund, RefundState};
use crate::sandbox::Sandbox;
use crate::{random, till};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// A request number is the merchant's for one trade; the books tell refunds apart by both.
fn key(trade: &Payment, request: &str) -> String {
    format!("{}/{request}", trade.number)
}

/// The merchant's number of a refund, as the merchant knows it.
pub fn request_number<'a>(payment: &Payment, refund: &'a Refund) -> &'a str {
    let number = refund.number.strip_prefix(&payment.number);
    number.and_then(|rest| rest.strip_prefix('/')).unwrap_or(&refund.number)
}

/// `alipay.trade.refund`.
pub fn create(sandbox: &Arc<Sandbox>, call: &Call) -> Result<Map<String, Value>, Failure> {
    let amount = amount(call, "refund_amount")?;
    let reason = text(call, "refund_reason", 256)?;
    let request = text(call, "out_request_no", 64)?;
    let mut payments = sandbox.payments.lock();
    let (index, place) = find(&payments, call)?;
    let payment = payments.get(index);
    if !payment.seen {
        return Err(Failure::no_trade());
    }
    let Some(charge) = payment.charges.get(place) else {
        return Err(Failure::business("ACQ.TRADE_STATUS_ERROR", "交易状态不合法"));
    };
    let request = match request {
        Some(request) => request,
        None if amount == charge.amount => &payment.number,
        None => return Err(Failure::parameter("部分退款须传out_request_no")),
    };
    let number = key(payment, request);
    if let Some((_, known)) = payments.refund(CHANNEL, call.merchant, &number) {
        let refund = &payment.refunds[known];
        if refund.amount != amount || refund.charge != place {
            let message = "同一退款请求号的金额不一致";
            return Err(Failure::business("ACQ.DISCORDANT_REPEAT_REQUEST", message));
        }
        return Ok(answer(payment, place, "N"));
    }
    if payment.refunded(place) + amount > charge.amount {
        return Err(Failure::business("ACQ.REFUND_AMT_NOT_EQUAL_TOTAL", "退款金额超限"));
    }
    let refund = new(sandbox, payment, place, number, amount, reason);
    let of_refund = payments.add_refund(index, refund);
    drop(payments);
    till::finish_refund(sandbox, (index, of_refund), RefundState::Succeeded);
    Ok(answer(sandbox.payments.lock().get(index), place, "Y"))
}

/// Gives back what is left of a charge.
pub fn rest(sandbox: &Arc<Sandbox>, index: usize, place: usize) {
    let of_refund = {
        let mut payments = sandbox.payments.lock();
        let payment = payments.get(index);
        let amount = payment.charges[place].amount - payment.refunded(place);
        let number = key(payment, &format!("cancel{}", random::digits(12)));
        let refund = new(sandbox, payment, place, number, amount, None);
        payments.add_refund(index, refund)
    };
    till::finish_refund(sandbox, (index, of_refund), RefundState::Succeeded);
}

fn new(
    sandbox: &Sandbox,
    payment: &Payment,
    charge: usize,
    number: String,
    amount: i64,
    reason: Option<&str>,
) -> Refund {
    Refund {
        id: format!("{}2299{}", day(sandbox.now()), random::digits(16)),
        number,
        charge,
        amount,
        reason: reason.map(str::to_owned),
        notify_url: payment.notify_url.clone(),
        created: sandbox.now(),
        finished: None,
        state: RefundState::Processing,
        metadata: Vec::new(),
    }
}

/// `refund_fee` is all that went back so far.
fn answer(payment: &Payment, place: usize, fund_change: &str) -> Map<String, Value> {
    let charge = &payment.charges[place];
    let latest = payment.refunds.iter().rfind(|refund| refund.charge == place);
    let at = latest.and_then(|refund| refund.finished);
    trade::object(json!({
        "trade_no": charge.id,
        "out_trade_no": payment.number,
        "buyer_logon_id": "san***@example.com",
        "buyer_user_id": charge.payer,
        "fund_change": fund_change,
        "refund_fee": money::write(payment.refunded(place)),
        "send_back_fee": money::write(payment.refunded(place)),
        "gmt_refund_pay": at.map(plain),
    }))
}

/// `alipay.trade.fastpay.refund.query`: without `refund_status` where no such refund was made.
pub fn query(sandbox: &Sandbox, call: &Call) -> Result<Map<String, Value>, Failure> {
    let request = text(call, "out_request_no", 64)?;
    let request = request.ok_or_else(|| Failure::parameter("out_request_no"))?;
    let payments = sandbox.payments.lock();
    let (index, _) = find(&payments, call)?;
    let payment = payments.get(index);
    if !payment.seen {
        return Err(Failure::no_trade());
    }
    let Some((_, place)) = payments.refund(CHANNEL, call.merchant, &key(payment, request)) else {
        return Ok(Map::new());
    };
    let refund = &payment.refunds[place];
    let charge = &payment.charges[refund.charge];
    let mut fields = trade::object(json!({
        "trade_no": charge.id,
        "out_trade_no": payment.number,
        "out_request_no": request,
        "refund_reason": refund.reason,
        "total_amount": money::write(charge.amount),
        "refund_amount": money::write(refund.amount),
        "gmt_refund_pay": refund.finished.map(plain),
    }));
    if refund.state == RefundState::Succeeded {
        fields.insert("refund_status".to_owned(), json!("REFUND_SUCCESS"));
    }
    Ok(fields)
}
