//! Read an order.

use super::stored;
use super::views::Order;
use crate::answer::{Answer, Answered};
use crate::auth::Caller;
use crate::extract::At;
use crate::wire;
use kernel::OrderId;

/// Read an order without its codes; what its buyer answered is masked.
#[utoipa::path(
    get, path = "/v1/orders/{id}", tag = "orders",
    params(("id" = inline(wire::OrderId), Path)), responses((status = 200, body = Order))
)]
pub async fn get_order(caller: Caller, At(id): At<OrderId>) -> Answered<Order> {
    let stored = stored(&caller, id).await?;
    let order = Order::read(&caller, &stored).await?;
    Ok(Answer::ok(order.with_input(&caller, id).await?))
}
