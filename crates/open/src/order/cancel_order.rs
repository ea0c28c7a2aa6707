//! Cancel an order.

use super::stored;
use super::views::Order;
use domain::{Reply, order::close::CancelOrder};
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{Ask, At, Nothing};
use edge::wire;
use kernel::OrderId;
use store::read::OrderView;

/// Cancel an order that waits for a payment; its pieces can be sold again at once.
#[utoipa::path(
    post, path = "/v1/orders/{id}/cancel", tag = "orders",
    params(("id" = inline(wire::OrderId), Path)),
    request_body = Option<Nothing>, responses((status = 200, body = Order))
)]
pub async fn cancel_order(
    caller: Caller,
    At(order): At<OrderId>,
    ask: Ask<Nothing>,
) -> Answered<Order> {
    match caller.submit(ask.once, CancelOrder { order }).await? {
        Reply::New(placed) => {
            let stored = OrderView { order: placed.order, lines: placed.lines };
            Ok(Answer::ok(Order::read(&caller, &stored).await?))
        }
        Reply::Replayed(_) => {
            let stored = stored(&caller, order).await?;
            Ok(Answer::ok(Order::read(&caller, &stored).await?).replayed(true))
        }
    }
}
