//! Queries and closing.

use super::authorization::Caller;
use super::failure::Failure;
use super::fields::Fields;
use super::{Answer, CHANNEL, Detail};
use crate::clock::rfc3339;
use crate::payment::{Charge, Detail as PaymentDetail, Payment, Standing};
use crate::sandbox::Sandbox;
use axum::http::StatusCode;
use jiff::Timestamp;
use serde_json::{Value, json};

/// By the merchant's number.
pub fn by_number(
    sandbox: &Sandbox,
    caller: &Caller,
    number: &str,
    query: &str,
) -> Result<Answer, Failure> {
    own_mchid(sandbox, caller, query)?;
    let payments = sandbox.payments.lock();
    let number = decoded(number);
    let index = payments.by_number(CHANNEL, caller.merchant, &number);
    let payment = payments.get(index.ok_or_else(Failure::no_order)?);
    Ok(Answer::ok(transaction(sandbox, payment, payment.charges.first())))
}

/// By WeChat Pay's number.
pub fn by_transaction(
    sandbox: &Sandbox,
    caller: &Caller,
    id: &str,
    query: &str,
) -> Result<Answer, Failure> {
    own_mchid(sandbox, caller, query)?;
    let payments = sandbox.payments.lock();
    let payment = payments.by_name(id).map(|index| payments.get(index));
    let payment = payment.filter(|p| p.channel == CHANNEL && p.merchant == caller.merchant);
    let found = payment.and_then(|payment| Some((payment, payment.charge(id)?)));
    let (payment, place) = found.ok_or_else(Failure::no_order)?;
    Ok(Answer::ok(transaction(sandbox, payment, payment.charges.get(place))))
}

/// Closes an order that nobody has paid; closing it again changes nothing.
pub fn close(
    sandbox: &Sandbox,
    caller: &Caller,
    number: &str,
    body: &Value,
) -> Result<Answer, Failure> {
    let mchid = Fields::of(body).text("mchid", 32)?;
    if mchid != sandbox.merchants[caller.merchant].accounts.wechat.mchid {
        return Err(Failure::param("/mchid", "mchid与签名的商户号不一致"));
    }
    let mut payments = sandbox.payments.lock();
    let index = payments.by_number(CHANNEL, caller.merchant, &decoded(number));
    let payment = payments.get_mut(index.ok_or_else(Failure::no_order)?);
    if payment.standing(sandbox.now()) == Standing::Paid {
        return Err(Failure::invalid("订单已支付，不能关闭"));
    }
    payment.closed.get_or_insert(sandbox.now());
    Ok(Answer::nothing())
}

fn own_mchid(sandbox: &Sandbox, caller: &Caller, query: &str) -> Result<(), Failure> {
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    let given = pairs.find(|(name, _)| name == "mchid").map(|(_, value)| value);
    let given = given.ok_or_else(|| Failure::param("/mchid", "缺少必填参数mchid"))?;
    if given != sandbox.merchants[caller.merchant].accounts.wechat.mchid {
        return Err(Failure::new(StatusCode::FORBIDDEN, "NO_AUTH", "商户无权限查询该商户号"));
    }
    Ok(())
}

/// A segment of a path; `|` and `*` may be escaped in it.
pub fn decoded(segment: &str) -> String {
    let text = segment.replace('+', "%2B");
    let pairs = form_urlencoded::parse(text.as_bytes());
    pairs.map(|(name, _)| name.into_owned()).next().unwrap_or_default()
}

/// A payment as queries show it and notices carry it.
pub fn transaction(sandbox: &Sandbox, payment: &Payment, charge: Option<&Charge>) -> Value {
    let PaymentDetail::Wechat(detail) = &payment.detail else { return Value::Null };
    let mchid = &sandbox.merchants[payment.merchant].accounts.wechat.mchid;
    match charge {
        Some(charge) => paid(mchid, payment, detail, charge),
        None => unpaid(mchid, payment, detail, sandbox.now()),
    }
}

fn unpaid(mchid: &str, payment: &Payment, detail: &Detail, now: Timestamp) -> Value {
    let (state, described) = match payment.standing(now) {
        Standing::Closed => ("CLOSED", "订单已关闭"),
        _ => ("NOTPAY", "订单未支付"),
    };
    let mut answer = json!({
        "appid": detail.appid,
        "mchid": mchid,
        "out_trade_no": payment.number,
        "trade_state": state,
        "trade_state_desc": described,
        "promotion_detail": [],
        "amount": { "total": payment.amount, "payer_currency": "CNY", "currency": "CNY" },
    });
    attach(&mut answer, detail);
    answer
}

fn paid(mchid: &str, payment: &Payment, detail: &Detail, charge: &Charge) -> Value {
    let place = payment.charge(&charge.id).unwrap_or_default();
    let (state, described) = match payment.refunded(place) {
        0 => ("SUCCESS", "支付成功"),
        _ => ("REFUND", "订单发生过退款，退款详情请查询退款单"),
    };
    let mut answer = json!({
        "appid": detail.appid,
        "mchid": mchid,
        "out_trade_no": payment.number,
        "transaction_id": charge.id,
        "trade_type": detail.kind.trade_type(),
        "trade_state": state,
        "trade_state_desc": described,
        "bank_type": "OTHERS",
        "success_time": rfc3339(charge.at),
        "payer": { "openid": charge.payer },
        "amount": {
            "total": charge.amount,
            "payer_total": charge.amount - charge.coupon,
            "currency": "CNY",
            "payer_currency": "CNY",
        },
    });
    if charge.coupon > 0 {
        answer["promotion_detail"] = json!([{
            "coupon_id": "109519",
            "name": "沙箱代金券",
            "scope": "GLOBAL",
            "type": "CASH",
            "amount": charge.coupon,
            "wechatpay_contribute": charge.coupon,
            "merchant_contribute": 0,
            "other_contribute": 0,
            "currency": "CNY",
        }]);
    }
    attach(&mut answer, detail);
    answer
}

fn attach(answer: &mut Value, detail: &Detail) {
    if let Some(attach) = &detail.attach {
        answer["attach"] = json!(attach);
    }
}
