//! Alipay's notices, and what it writes into the address that a payer returns to.

use super::{CHANNEL, Kind, money, refund, request, trade};
use crate::clock::plain;
use crate::notice::{Content, Letter, Notice};
use crate::payment::{Charge, Detail, Payment, Refund};
use crate::random;
use crate::sandbox::Sandbox;
use std::collections::BTreeMap;
use url::Url;

type Fields = Vec<(String, String)>;

/// Adds the signature to the fields. `sign_type` stands among them and is not signed.
pub fn letter(sandbox: &Sandbox, merchant: usize, fields: Fields) -> Letter {
    let signed = sandbox.to_be_signed(CHANNEL, message(&fields));
    let signature = sandbox.merchants[merchant].alipay_platform.sign(&signed);
    form(fields, Some(signature))
}

/// What is signed.
pub fn message(fields: &Fields) -> Vec<u8> {
    let sorted: BTreeMap<&String, &String> =
        fields.iter().map(|(name, value)| (name, value)).collect();
    request::message(sorted.into_iter().filter(|(name, _)| *name != "sign_type")).into_bytes()
}

/// A form with a signature, or without.
pub fn form(mut fields: Fields, signature: Option<String>) -> Letter {
    fields.push(("sign_type".to_owned(), "RSA2".to_owned()));
    fields.extend(signature.map(|signature| ("sign".to_owned(), signature)));
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let typed = "application/x-www-form-urlencoded; charset=utf-8";
    Letter { headers: vec![("Content-Type", typed.to_owned())], body: body.into_bytes() }
}

/// That a payment was paid.
pub fn charged(sandbox: &Sandbox, payment: &Payment, charge: &Charge) -> Vec<Notice> {
    let fields = paid(sandbox, payment, charge, "TRADE_SUCCESS");
    notice(payment, "TRADE_SUCCESS", fields)
}

/// That a trade was closed unpaid.
pub fn closed(sandbox: &Sandbox, payment: &Payment) -> Vec<Notice> {
    let mut fields = common(sandbox, payment, trade::trade_no(payment), "TRADE_CLOSED");
    let at = payment.closed.unwrap_or(sandbox.now());
    fields.push(pair("total_amount", money::write(payment.amount)));
    fields.push(pair("gmt_close", plain(at)));
    notice(payment, "TRADE_CLOSED", fields)
}

/// That money went back; the trade is closed once all of it has.
pub fn refunded(sandbox: &Sandbox, payment: &Payment, refund: &Refund) -> Vec<Notice> {
    let charge = &payment.charges[refund.charge];
    let is_gone = trade::is_gone(payment, refund.charge);
    let status = if is_gone { "TRADE_CLOSED" } else { "TRADE_SUCCESS" };
    let at = refund.finished.unwrap_or(sandbox.now());
    let mut fields = paid(sandbox, payment, charge, status);
    fields.push(pair("out_biz_no", refund::request_number(payment, refund).to_owned()));
    fields.push(pair("refund_fee", money::write(payment.refunded(refund.charge))));
    fields.push(pair("gmt_refund", format!("{}.000", plain(at))));
    if is_gone {
        fields.push(pair("gmt_close", plain(at)));
    }
    notice(payment, status, fields)
}

fn notice(payment: &Payment, event: &str, fields: Fields) -> Vec<Notice> {
    let Some(url) = &payment.notify_url else { return Vec::new() };
    vec![Notice {
        channel: CHANNEL,
        merchant: payment.merchant,
        number: payment.number.clone(),
        event: event.to_owned(),
        url: url.clone(),
        content: Content::Alipay(fields),
    }]
}

/// The fields of a paid trade.
pub fn paid(sandbox: &Sandbox, payment: &Payment, charge: &Charge, status: &str) -> Fields {
    let of_payer = money::write(charge.amount - charge.coupon);
    let mut fields = common(sandbox, payment, &charge.id, status);
    let bill = serde_json::json!([{ "amount": of_payer, "fundChannel": "ALIPAYACCOUNT" }]);
    fields.extend([
        pair("gmt_payment", plain(charge.at)),
        pair("buyer_id", charge.payer.clone()),
        pair("total_amount", money::write(charge.amount)),
        pair("receipt_amount", money::write(charge.amount)),
        pair("invoice_amount", of_payer.clone()),
        pair("buyer_pay_amount", of_payer),
        pair("point_amount", "0.00".to_owned()),
        pair("fund_bill_list", bill.to_string()),
    ]);
    fields
}

fn common(sandbox: &Sandbox, payment: &Payment, trade_no: &str, status: &str) -> Fields {
    let account = &sandbox.merchants[payment.merchant].accounts.alipay;
    let now = sandbox.now();
    let mut fields = vec![
        pair("notify_id", format!("{}{}", crate::clock::day(now), random::digits(26))),
        pair("notify_type", "trade_status_sync".to_owned()),
        pair("notify_time", plain(now)),
        pair("charset", "utf-8".to_owned()),
        pair("version", "1.0".to_owned()),
        pair("app_id", account.app_id.clone()),
        pair("auth_app_id", account.app_id.clone()),
        pair("seller_id", account.seller_id.clone()),
        pair("trade_no", trade_no.to_owned()),
        pair("out_trade_no", payment.number.clone()),
        pair("subject", payment.title.clone()),
        pair("trade_status", status.to_owned()),
        pair("gmt_create", plain(payment.created)),
    ];
    if let Detail::Alipay(detail) = &payment.detail {
        fields.extend(detail.passback_params.clone().map(|params| pair("passback_params", params)));
    }
    fields
}

fn pair(name: &str, value: String) -> (String, String) {
    (name.to_owned(), value)
}

/// Where the payer returns to after paying on a page, with a signature that the merchant may check.
pub fn return_address(sandbox: &Sandbox, payment: &Payment) -> Option<String> {
    let mut url = Url::parse(payment.return_url.as_deref()?).ok()?;
    let Detail::Alipay(detail) = &payment.detail else { return None };
    let Some(charge) = payment.charges.first() else { return Some(url.into()) };
    let whose = &sandbox.merchants[payment.merchant];
    let method = match detail.kind {
        Kind::Wap => "alipay.trade.wap.pay.return",
        _ => "alipay.trade.page.pay.return",
    };
    let account = &whose.accounts.alipay;
    let fields: Fields = vec![
        pair("charset", "utf-8".to_owned()),
        pair("out_trade_no", payment.number.clone()),
        pair("method", method.to_owned()),
        pair("total_amount", money::write(charge.amount)),
        pair("trade_no", charge.id.clone()),
        pair("auth_app_id", account.app_id.clone()),
        pair("version", "1.0".to_owned()),
        pair("app_id", account.app_id.clone()),
        pair("seller_id", account.seller_id.clone()),
        pair("timestamp", plain(sandbox.now())),
    ];
    let signature = whose.alipay_platform.sign(&message(&fields));
    url.query_pairs_mut()
        .extend_pairs(fields)
        .append_pair("sign_type", "RSA2")
        .append_pair("sign", &signature);
    Some(url.into())
}
