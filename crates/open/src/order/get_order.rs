//! Read an order.

use super::stored;
use super::views::Order;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::At;
use edge::wire;
use kernel::OrderId;

/// Read an order without its codes; what its buyer answered is masked.
#[utoipa::path(
    get, path = "/v1/orders/{id}", tag = "orders",
    params(("id" = inline(wire::OrderId), Path)), responses((status = 200, body = Order))
)]
pub async fn get_order(caller: Caller, At(id): At<OrderId>) -> Answered<Order> {
    let stored = stored(&caller, id).await?;
    let order = Order::read(&caller, &stored).await?;
    let order = order.with_input(&caller, id).await?;
    Ok(Answer::ok(order.with_acts(&caller, &stored).await?))
}
