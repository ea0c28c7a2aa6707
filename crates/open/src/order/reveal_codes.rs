//! Show the codes of an order again.

use super::stored_with_codes;
use super::views::Order;
use domain::order::reveal::RevealCodes;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{Ask, At, Nothing};
use edge::wire;
use kernel::OrderId;

/// Show an order with its codes again. That it was shown is recorded in the journal first.
#[utoipa::path(
    post, path = "/v1/orders/{id}/reveal", tag = "orders",
    params(("id" = inline(wire::OrderId), Path)),
    request_body = Option<Nothing>, responses((status = 200, body = Order))
)]
pub async fn reveal_codes(
    caller: Caller,
    At(order): At<OrderId>,
    ask: Ask<Nothing>,
) -> Answered<Order> {
    let command = RevealCodes { order, visit: None };
    caller.submit(ask.once, command).await?;
    let (stored, codes) = stored_with_codes(&caller, order).await?;
    let order = Order::read(&caller, &stored).await?;
    Ok(Answer::ok(order.with_codes(&caller, &codes).await?))
}
