//! List the refunds of an order.

use super::views::Refund;
use crate::order;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::At;
use edge::wire;
use kernel::OrderId;
use serde::Serialize;
use utoipa::ToSchema;

/// All money of an order that went back, or is on its way.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefundsOfOrder {
    /// Oldest first.
    pub data: Vec<Refund>,
}

/// List the refunds of an order, also those of money that paid nothing.
#[utoipa::path(
    get, path = "/v1/orders/{id}/refunds", tag = "refunds",
    params(("id" = inline(wire::OrderId), Path)), responses((status = 200, body = RefundsOfOrder))
)]
pub async fn list_refunds(caller: Caller, At(id): At<OrderId>) -> Answered<RefundsOfOrder> {
    order::stored(&caller, id).await?;
    let refunds = caller.reader().refunds_of_order(caller.tenant(), id).await?;
    Ok(Answer::ok(RefundsOfOrder { data: refunds.iter().map(Refund::of).collect() }))
}
