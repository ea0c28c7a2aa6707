//! Signatures of what WeChat Pay sends, and its notices of payments and refunds.

use super::{CHANNEL, query, refund};
use crate::clock::{day, rfc3339};
use crate::merchant::PlatformKey;
use crate::notice::{Content, Letter, Notice};
use crate::payment::{Charge, Payment, Refund, RefundState};
use crate::sandbox::Sandbox;
use crate::{gcm, random};
use serde_json::{Value, json};

/// The headers that sign a body.
pub fn signature(
    sandbox: &Sandbox,
    signer: &PlatformKey,
    body: &[u8],
) -> Vec<(&'static str, String)> {
    let (timestamp, nonce) = (sandbox.now().as_second(), random::word(32));
    let signed = sandbox.to_be_signed(CHANNEL, message(timestamp, &nonce, body));
    headers(timestamp, nonce, signer.key.sign(&signed), &signer.serial)
}

/// What is signed.
pub fn message(timestamp: i64, nonce: &str, body: &[u8]) -> Vec<u8> {
    let mut message = format!("{timestamp}\n{nonce}\n").into_bytes();
    message.extend_from_slice(body);
    message.push(b'\n');
    message
}

/// The headers of a signature.
pub fn headers(
    timestamp: i64,
    nonce: String,
    signature: String,
    serial: &str,
) -> Vec<(&'static str, String)> {
    vec![
        ("Wechatpay-Timestamp", timestamp.to_string()),
        ("Wechatpay-Nonce", nonce),
        ("Wechatpay-Signature", signature),
        ("Wechatpay-Signature-Type", "WECHATPAY2-SHA256-RSA2048".to_owned()),
        ("Wechatpay-Serial", serial.to_owned()),
        ("Request-ID", format!("08{}", random::hex(30))),
    ]
}

/// A notice's body with fresh signature headers.
pub fn letter(sandbox: &Sandbox, merchant: usize, body: Vec<u8>) -> Letter {
    let signer = sandbox.merchants[merchant].wechat_platform.current();
    let mut headers = signature(sandbox, &signer, &body);
    headers.push(("Content-Type", "application/json".to_owned()));
    headers.push(("User-Agent", "Mozilla/4.0".to_owned()));
    Letter { headers, body }
}

/// That a payment was paid.
pub fn charged(sandbox: &Sandbox, payment: &Payment, charge: &Charge) -> Vec<Notice> {
    let plain = query::transaction(sandbox, payment, Some(charge));
    let url = payment.notify_url.as_deref();
    notice(
        sandbox,
        payment,
        url,
        &Event { name: "TRANSACTION.SUCCESS", about: "transaction", summary: "支付成功" },
        &plain,
    )
}

/// That a refund came to its end.
pub fn refunded(sandbox: &Sandbox, payment: &Payment, refund: &Refund) -> Vec<Notice> {
    let charge = &payment.charges[refund.charge];
    let mut plain = json!({
        "mchid": sandbox.merchants[payment.merchant].accounts.wechat.mchid,
        "out_trade_no": payment.number,
        "transaction_id": charge.id,
        "out_refund_no": refund.number,
        "refund_id": refund.id,
        "refund_status": refund::status(refund.state),
        "user_received_account": "支付用户零钱",
        "amount": {
            "total": charge.amount,
            "refund": refund.amount,
            "payer_total": charge.amount - charge.coupon,
            "payer_refund": refund::payer_refund(payment, refund),
        },
    });
    let (name, summary) = match refund.state {
        RefundState::Processing => return Vec::new(),
        RefundState::Succeeded => ("REFUND.SUCCESS", "退款成功"),
        RefundState::Abnormal => ("REFUND.ABNORMAL", "退款异常"),
        RefundState::Closed => ("REFUND.CLOSED", "退款关闭"),
    };
    if let Some(finished) = refund.finished.filter(|_| refund.state == RefundState::Succeeded) {
        plain["success_time"] = json!(rfc3339(finished));
    }
    let url = refund.notify_url.as_deref();
    notice(sandbox, payment, url, &Event { name, about: "refund", summary }, &plain)
}

struct Event {
    name: &'static str,
    about: &'static str,
    summary: &'static str,
}

fn notice(
    sandbox: &Sandbox,
    payment: &Payment,
    url: Option<&str>,
    event: &Event,
    plain: &Value,
) -> Vec<Notice> {
    let Some(url) = url else { return Vec::new() };
    vec![Notice {
        channel: CHANNEL,
        merchant: payment.merchant,
        number: payment.number.clone(),
        event: event.name.to_owned(),
        url: url.to_owned(),
        content: Content::Wechat(body(sandbox, payment.merchant, event, plain)),
    }]
}

fn body(sandbox: &Sandbox, merchant: usize, event: &Event, plain: &Value) -> Vec<u8> {
    let (now, nonce) = (sandbox.now(), random::word(gcm::NONCE_LENGTH));
    let key = &sandbox.merchants[merchant].accounts.wechat.api_v3_key;
    let sealed = gcm::seal(key, &nonce, event.about, plain.to_string().as_bytes());
    let body = json!({
        "id": format!("EV-{}{}", day(now), random::digits(16)),
        "create_time": rfc3339(now),
        "resource_type": "encrypt-resource",
        "event_type": event.name,
        "summary": event.summary,
        "resource": {
            "original_type": event.about,
            "algorithm": "AEAD_AES_256_GCM",
            "ciphertext": sealed,
            "associated_data": event.about,
            "nonce": nonce,
        },
    });
    body.to_string().into_bytes()
}

/// The body of a notice of payment for any merchant's key, as a forger would make it.
pub fn pretended(sandbox: &Sandbox, merchant: usize, plain: &Value) -> Vec<u8> {
    let event =
        Event { name: "TRANSACTION.SUCCESS", about: "transaction", summary: "支付成功" };
    body(sandbox, merchant, &event, plain)
}

/// The letter of a payment that stands in no books.
pub fn paid(sandbox: &Sandbox, merchant: usize, number: &str, order: &str, fen: i64) -> Letter {
    let account = &sandbox.merchants[merchant].accounts.wechat;
    let plain = json!({
        "appid": account.appid,
        "mchid": account.mchid,
        "out_trade_no": number,
        "transaction_id": format!("4200{}", random::digits(24)),
        "trade_type": "NATIVE",
        "trade_state": "SUCCESS",
        "trade_state_desc": "支付成功",
        "bank_type": "OTHERS",
        "attach": order,
        "success_time": rfc3339(sandbox.now()),
        "payer": { "openid": format!("o{}", random::word(27)) },
        "amount": { "total": fen, "payer_total": fen, "currency": "CNY", "payer_currency": "CNY" },
    });
    letter(sandbox, merchant, pretended(sandbox, merchant, &plain))
}
