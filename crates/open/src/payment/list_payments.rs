//! List the payments of an order.

use super::views::{Payment, PaymentWithReceipts};
use crate::order;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::At;
use edge::wire;
use kernel::OrderId;
use serde::Serialize;
use utoipa::ToSchema;

/// Every attempt to pay an order.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaymentsOfOrder {
    /// Oldest first.
    pub data: Vec<PaymentWithReceipts>,
}

/// List the attempts to pay an order, with the money that came in for each.
#[utoipa::path(
    get, path = "/v1/orders/{id}/payments", tag = "payments",
    params(("id" = inline(wire::OrderId), Path)), responses((status = 200, body = PaymentsOfOrder))
)]
pub async fn list_payments(caller: Caller, At(id): At<OrderId>) -> Answered<PaymentsOfOrder> {
    order::stored(&caller, id).await?;
    let payments = caller.reader().payments_of_order(caller.tenant(), id).await?;
    let receipts = caller.reader().receipts_of_order(caller.tenant(), id).await?;
    let shown = payments
        .iter()
        .map(|one| PaymentWithReceipts::of(Payment::of(&caller, one), one, &receipts));
    Ok(Answer::ok(PaymentsOfOrder { data: shown.collect() }))
}
