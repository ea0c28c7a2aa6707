//! Read what was said to a channel about a payment, and what it said.

use super::stored;
use super::views::PaymentExchange;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::At;
use edge::wire;
use kernel::PaymentId;
use serde::Serialize;
use utoipa::ToSchema;

/// Exchanges that are shown at most; there are hardly ever more.
const SHOWN_MAX: i64 = 200;

/// Exchanges about a payment.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaymentExchanges {
    /// The exchanges, oldest first, at most 200.
    pub data: Vec<PaymentExchange>,
}

/// Read what was said to the channel about a payment and what it said, without secrets, signatures and persons.
#[utoipa::path(
    get, path = "/v1/payments/{id}/exchanges", tag = "payments",
    params(("id" = inline(wire::PaymentId), Path)), responses((status = 200, body = PaymentExchanges))
)]
pub async fn list_payment_exchanges(
    caller: Caller,
    At(id): At<PaymentId>,
) -> Answered<PaymentExchanges> {
    let payment = stored(&caller, id).await?;
    let kept = caller.reader().channel_exchanges(caller.tenant(), payment.id, SHOWN_MAX).await?;
    let read = kept.iter().filter_map(|text| serde_json::from_str(text).ok());
    Ok(Answer::ok(PaymentExchanges { data: read.map(PaymentExchange::of).collect() }))
}
