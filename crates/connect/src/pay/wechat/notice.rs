//! Notices of payments and refunds.

use super::account::WechatAccount;
use super::certificates::Sealed;
use super::sign;
use super::trade::{RefundTrade, Trade};
use crate::pay::notice::{Notice, PaymentNotice, RefundNotice, Refused};
use crate::pay::wire::headers::HeaderMap;
use crate::pay::wire::json;
use kernel::{OrderId, PaymentId, RefundId, Timestamp};
use serde::Deserialize;

#[derive(Deserialize)]
struct Envelope {
    event_type: String,
    resource_type: String,
    resource: Sealed,
}

/// Reads a notice: signature and age, then the seal, then whose it is, then what it says.
pub fn read(
    account: &WechatAccount,
    headers: &HeaderMap,
    body: &[u8],
    now: Timestamp,
) -> Result<Notice, Refused> {
    sign::verify(account, headers, body, now)?;
    let envelope: Envelope = json::read(body).ok_or(Refused::Unreadable("body"))?;
    if envelope.resource_type != "encrypt-resource" {
        return Err(Refused::Unreadable("resource_type"));
    }
    let resource = envelope.resource.open(account)?;
    match envelope.event_type.split_once('.') {
        Some(("TRANSACTION", _)) => payment(account, &resource),
        Some(("REFUND", _)) => refund(account, &resource),
        _ => Ok(Notice::Other(envelope.event_type.chars().take(64).collect())),
    }
}

fn payment(account: &WechatAccount, resource: &[u8]) -> Result<Notice, Refused> {
    let trade: Trade = json::read(resource).ok_or(Refused::Unreadable("resource"))?;
    trade.bind(account)?;
    let payment = PaymentId::parse(&trade.out_trade_no);
    Ok(Notice::Payment(PaymentNotice {
        payment: payment.map_err(|_| Refused::Unreadable("out_trade_no"))?,
        order: trade.attach.as_deref().and_then(|text| OrderId::parse(text).ok()),
        standing: trade.standing()?,
    }))
}

fn refund(account: &WechatAccount, resource: &[u8]) -> Result<Notice, Refused> {
    let trade: RefundTrade = json::read(resource).ok_or(Refused::Unreadable("resource"))?;
    if trade.mchid.as_deref() != Some(account.mchid.as_str()) {
        return Err(Refused::OtherAccount("mchid"));
    }
    let refund = RefundId::parse(&trade.out_refund_no);
    Ok(Notice::Refund(RefundNotice {
        refund: refund.map_err(|_| Refused::Unreadable("out_refund_no"))?,
        payment: trade.out_trade_no.as_deref().and_then(|text| PaymentId::parse(text).ok()),
        seen: trade.seen()?,
    }))
}
