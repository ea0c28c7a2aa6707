//! Trades: ordered, asked about, closed.

use super::business::{amount, expires, find, text};
use super::failure::Failure;
use super::request::Call;
use super::{CHANNEL, Detail, Kind, money, notice, refund};
use crate::clock::{day, plain};
use crate::payment::{Charge, Detail as PaymentDetail, Payment, Standing};
use crate::random;
use crate::sandbox::Sandbox;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// An object's fields.
pub fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

/// `alipay.trade.precreate`: a QR code; the trade is there once somebody has scanned it.
pub fn precreate(sandbox: &Sandbox, call: &Call) -> Result<Map<String, Value>, Failure> {
    let token = open(sandbox, call, Kind::Precreate)?;
    let number = text(call, "out_trade_no", 64)?.unwrap_or_default();
    let qr_code = format!("{}/qr/{token}", sandbox.origin);
    Ok(object(json!({ "out_trade_no": number, "qr_code": qr_code })))
}

/// Orders a trade, or finds it; gives what stands in the cashier's address.
pub fn open(sandbox: &Sandbox, call: &Call, kind: Kind) -> Result<String, Failure> {
    let payment = read(sandbox, call, kind)?;
    let mut payments = sandbox.payments.lock();
    if let Some(index) = payments.by_number(CHANNEL, call.merchant, &payment.number) {
        let known = payments.get(index);
        match known.standing(sandbox.now()) {
            Standing::Paid => {
                return Err(Failure::business("ACQ.TRADE_HAS_SUCCESS", "交易已被支付"));
            }
            Standing::Closed => {
                return Err(Failure::business("ACQ.TRADE_HAS_CLOSE", "交易已经关闭"));
            }
            Standing::Open if known.amount != payment.amount || known.title != payment.title => {
                return Err(Failure::business("ACQ.CONTEXT_INCONSISTENT", "交易信息被篡改"));
            }
            Standing::Open => return Ok(known.token.clone()),
        }
    }
    let token = payment.token.clone();
    let trade_no = trade_no(&payment).to_owned();
    let index = payments.add(payment);
    payments.also_named(index, &trade_no);
    Ok(token)
}

fn read(sandbox: &Sandbox, call: &Call, kind: Kind) -> Result<Payment, Failure> {
    let number = text(call, "out_trade_no", 64)?;
    let is_plain = |number: &&str| number.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let number = number.filter(is_plain).ok_or_else(|| Failure::parameter("out_trade_no"))?;
    let subject = text(call, "subject", 256)?.filter(|subject| !subject.contains(['/', '=', '&']));
    let subject = subject.ok_or_else(|| Failure::parameter("subject"))?;
    check_product(call, kind)?;
    let now = sandbox.now();
    Ok(Payment {
        channel: CHANNEL,
        merchant: call.merchant,
        number: number.to_owned(),
        token: format!("bax0{}", random::word(20).to_lowercase()),
        title: subject.to_owned(),
        amount: amount(call, "total_amount")?,
        currency: "CNY".to_owned(),
        created: now,
        expires: Some(expires(call, now)?),
        closed: None,
        seen: false,
        failures: 0,
        notify_url: call.notify_url.clone(),
        return_url: call.return_url.clone(),
        charges: Vec::new(),
        refunds: Vec::new(),
        detail: PaymentDetail::Alipay(Detail {
            kind,
            trade_no: format!("{}2200{}", day(now), random::digits(16)),
            passback_params: text(call, "passback_params", 512)?.map(str::to_owned),
        }),
    })
}

fn check_product(call: &Call, kind: Kind) -> Result<(), Failure> {
    let allowed: &[&str] = match kind {
        Kind::Precreate => return Ok(()),
        Kind::Page => &["FAST_INSTANT_TRADE_PAY"],
        Kind::Wap => &["QUICK_WAP_WAY", "QUICK_WAP_PAY"],
    };
    match text(call, "product_code", 64)? {
        Some(code) if allowed.contains(&code) => Ok(()),
        _ => Err(Failure::parameter("product_code")),
    }
}

/// Alipay's number of a payment, before it is paid.
pub fn trade_no(payment: &Payment) -> &str {
    match &payment.detail {
        PaymentDetail::Alipay(detail) => &detail.trade_no,
        _ => "",
    }
}

/// `alipay.trade.query`.
pub fn query(sandbox: &Sandbox, call: &Call) -> Result<Map<String, Value>, Failure> {
    let payments = sandbox.payments.lock();
    let nothing = json!({
        "buyer_pay_amount": "0.00",
        "invoice_amount": "0.00",
        "point_amount": "0.00",
        "receipt_amount": "0.00",
        "out_trade_no": text(call, "out_trade_no", 64)?,
    });
    let unknown = || Failure::no_trade().with(nothing.clone());
    let (index, place) = find(&payments, call).map_err(|failure| failure.with(nothing.clone()))?;
    let payment = payments.get(index);
    if !payment.seen {
        return Err(unknown());
    }
    let charge = payment.charges.get(place);
    Ok(object(match charge {
        Some(charge) => paid(payment, place, charge),
        None => json!({
            "trade_no": trade_no(payment),
            "out_trade_no": payment.number,
            "trade_status": status(payment, place, sandbox),
            "total_amount": money::write(payment.amount),
            "receipt_amount": "0.00",
            "buyer_pay_amount": "0.00",
            "invoice_amount": "0.00",
            "point_amount": "0.00",
            "buyer_logon_id": "san***@example.com",
        }),
    }))
}

fn paid(payment: &Payment, place: usize, charge: &Charge) -> Value {
    let of_payer = money::write(charge.amount - charge.coupon);
    json!({
        "trade_no": charge.id,
        "out_trade_no": payment.number,
        "trade_status": if is_gone(payment, place) { "TRADE_CLOSED" } else { "TRADE_SUCCESS" },
        "total_amount": money::write(charge.amount),
        "receipt_amount": money::write(charge.amount),
        "buyer_pay_amount": of_payer,
        "invoice_amount": of_payer,
        "point_amount": "0.00",
        "send_pay_date": plain(charge.at),
        "buyer_logon_id": "san***@example.com",
        "buyer_user_id": charge.payer,
        "fund_bill_list": [{ "amount": of_payer, "fund_channel": "ALIPAYACCOUNT" }],
    })
}

/// Whether all of a charge has gone back.
pub fn is_gone(payment: &Payment, place: usize) -> bool {
    payment.charges.get(place).is_some_and(|charge| payment.refunded(place) == charge.amount)
}

fn status(payment: &Payment, place: usize, sandbox: &Sandbox) -> &'static str {
    match payment.standing(sandbox.now()) {
        Standing::Open => "WAIT_BUYER_PAY",
        Standing::Closed => "TRADE_CLOSED",
        Standing::Paid if is_gone(payment, place) => "TRADE_CLOSED",
        Standing::Paid => "TRADE_SUCCESS",
    }
}

/// `alipay.trade.close`: only of a trade that is there and waits.
pub fn close(sandbox: &Arc<Sandbox>, call: &Call) -> Result<Map<String, Value>, Failure> {
    let payment = {
        let mut payments = sandbox.payments.lock();
        let (index, _) = find(&payments, call)?;
        let payment = payments.get_mut(index);
        if !payment.seen {
            return Err(Failure::no_trade());
        }
        match payment.standing(sandbox.now()) {
            Standing::Open => payment.closed = Some(sandbox.now()),
            Standing::Paid => {
                return Err(Failure::business("ACQ.TRADE_STATUS_ERROR", "交易状态不合法"));
            }
            Standing::Closed => {
                return Err(Failure::business("ACQ.REASON_TRADE_STATUS_INVALID", "交易状态异常"));
            }
        }
        payment.clone()
    };
    let fields = json!({ "trade_no": trade_no(&payment), "out_trade_no": payment.number });
    crate::notice::send(sandbox, notice::closed(sandbox, &payment));
    Ok(object(fields))
}

/// `alipay.trade.cancel`: closes what is unpaid, also before anybody has scanned it; gives paid money back.
pub fn cancel(sandbox: &Arc<Sandbox>, call: &Call) -> Result<Map<String, Value>, Failure> {
    let (index, place, standing, payment) = {
        let mut payments = sandbox.payments.lock();
        let (index, place) = find(&payments, call)?;
        let payment = payments.get_mut(index);
        let standing = payment.standing(sandbox.now());
        if standing == Standing::Open {
            payment.closed = Some(sandbox.now());
        }
        (index, place, standing, payment.clone())
    };
    let mut fields = object(json!({ "out_trade_no": payment.number, "retry_flag": "N" }));
    if payment.seen {
        fields.insert("trade_no".to_owned(), json!(trade_no(&payment)));
    }
    match standing {
        Standing::Open => {
            fields.insert("action".to_owned(), json!("close"));
        }
        Standing::Paid if !is_gone(&payment, place) => {
            refund::rest(sandbox, index, place);
            fields.insert("action".to_owned(), json!("refund"));
        }
        Standing::Paid | Standing::Closed => {}
    }
    Ok(fields)
}
