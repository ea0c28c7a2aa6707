//! Place an order.

use super::request::NewOrder;
use super::views::Order;
use super::{stored, stored_with_codes, versions_of};
use domain::{Reply, order::answer::Sold};
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Ask;
use kernel::OrderId;
use store::read::Beside;

/// Place an order. With `pay` it is paid from the buyer's wallet and answered with its codes; without, it waits
/// for a payment until `expires_at`, and `order_url` is its page.
#[utoipa::path(
    post, path = "/v1/orders", tag = "orders",
    request_body = NewOrder, responses((status = 201, body = Order))
)]
pub async fn place_order(caller: Caller, ask: Ask<NewOrder>) -> Answered<Order> {
    let short = ask.body.is_short();
    let command = ask.body.into_command(&caller).await?;
    let reply = caller.submit(ask.once, command).await;
    let reply =
        reply.map_err(|problem| if short { problem.without_prefix("lines[0].") } else { problem });
    match reply? {
        Reply::New(Sold::Bought(bought)) => {
            let order = Order::of(&bought.order, &bought.lines, Beside::default());
            let order = order.with_codes(&caller, &bought.codes).await?;
            let order = order.with_vouchers(&caller, &bought.vouchers).await?;
            Ok(Answer::created(order.with_contents(versions_of(&bought.lines))))
        }
        Reply::New(Sold::Placed(placed)) => {
            let order = Order::of(&placed.order, &placed.lines, Beside::default());
            Ok(Answer::created(order.with_link(&caller, &placed.order)))
        }
        Reply::Replayed(before) => {
            let waits = stored(&caller, OrderId(before.subject)).await?;
            if waits.order.link.is_some() {
                let order = Order::read(&caller, &waits).await?;
                return Ok(Answer::created(order.with_link(&caller, &waits.order)).replayed(true));
            }
            let (stored, codes, vouchers) =
                stored_with_codes(&caller, OrderId(before.subject)).await?;
            let order = Order::read(&caller, &stored).await?;
            let order = order.with_codes(&caller, &codes).await?;
            let order = order.with_vouchers(&caller, &vouchers).await?;
            let order = order.with_contents(versions_of(&stored.lines));
            Ok(Answer::created(order).replayed(true))
        }
    }
}
