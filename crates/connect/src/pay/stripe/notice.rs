//! Webhooks.

use super::account::StripeAccount;
use super::session::{Metadata, ORDER, PAYMENT, PaymentIntent, REFUND, Refund, Session};
use super::sign;
use crate::pay::answer::{Standing, Why};
use crate::pay::notice::{Notice, PaymentNotice, RefundNotice, Refused};
use crate::pay::wire::headers::HeaderMap;
use crate::pay::wire::json;
use kernel::{OrderId, PaymentId, RefundId, Timestamp};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

#[derive(Deserialize)]
struct Event {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    livemode: bool,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    object: Value,
}

/// Reads a webhook: signature and age, then whose it is, then what it says. Objects that others made at the same
/// account have no number of ours and are acknowledged only.
pub fn read(
    account: &StripeAccount,
    headers: &HeaderMap,
    body: &[u8],
    now: Timestamp,
) -> Result<Notice, Refused> {
    sign::verify(account, headers, body, now)?;
    let event: Event = json::read(body).ok_or(Refused::Unreadable("body"))?;
    if event.livemode != account.is_live() {
        return Err(Refused::OtherAccount("livemode"));
    }
    let object = event.data.object;
    let notice = match event.kind.as_str() {
        "checkout.session.completed"
        | "checkout.session.async_payment_succeeded"
        | "checkout.session.expired" => {
            let session: Session = typed(object)?;
            payment(&session.numbers(), || session.standing())?
        }
        "checkout.session.async_payment_failed" => {
            let session: Session = typed(object)?;
            let why = Why::new("async_payment_failed", "the slow way to pay failed");
            payment(&session.numbers(), || Ok(Standing::Failed(why)))?
        }
        "payment_intent.succeeded" => {
            let intent: PaymentIntent = typed(object)?;
            payment(&intent.metadata, || intent.standing())?
        }
        "charge.refund.updated" | "refund.created" | "refund.updated" | "refund.failed" => {
            refund(&typed(object)?)?
        }
        _ => None,
    };
    Ok(notice.unwrap_or_else(|| Notice::Other(event.kind.chars().take(64).collect())))
}

fn typed<T: DeserializeOwned>(object: Value) -> Result<T, Refused> {
    serde_json::from_value(object).map_err(|_| Refused::Unreadable("object"))
}

fn payment(
    metadata: &Metadata,
    standing: impl FnOnce() -> Result<Standing, Refused>,
) -> Result<Option<Notice>, Refused> {
    let Some(number) = metadata.get(PAYMENT) else { return Ok(None) };
    let payment = PaymentId::parse(number).map_err(|_| Refused::Unreadable(PAYMENT))?;
    let order = metadata.get(ORDER).and_then(|text| OrderId::parse(text).ok());
    Ok(Some(Notice::Payment(PaymentNotice { payment, order, standing: standing()? })))
}

fn refund(refund: &Refund) -> Result<Option<Notice>, Refused> {
    let Some(number) = refund.metadata.get(REFUND) else { return Ok(None) };
    let number = RefundId::parse(number).map_err(|_| Refused::Unreadable(REFUND))?;
    let payment = refund.metadata.get(PAYMENT).and_then(|text| PaymentId::parse(text).ok());
    Ok(Some(Notice::Refund(RefundNotice { refund: number, payment, seen: refund.seen()? })))
}
