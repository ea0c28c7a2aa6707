//! Show the codes of an order again.

use super::stored_with_codes;
use super::views::Order;
use crate::content::DeliveredContent;
use domain::order::reveal::RevealCodes;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::content::{Held, held};
use edge::extract::{Ask, At};
use edge::problem::Problem;
use edge::wire::{self, ReasonText};
use kernel::OrderId;
use serde::Deserialize;
use utoipa::ToSchema;

/// Why somebody must see the codes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reveal {
    /// The reason; it is recorded. People must give one.
    #[serde(default)]
    pub reason: Option<ReasonText>,
}

/// Show an order with its codes again, and with the newest version of what its buyers share. That it was shown is recorded in the journal first, with the reason.
#[utoipa::path(
    post, path = "/v1/orders/{id}/reveal", tag = "orders",
    params(("id" = inline(wire::OrderId), Path)),
    request_body = Option<Reveal>, responses((status = 200, body = Order))
)]
pub async fn reveal_codes(
    caller: Caller,
    At(order): At<OrderId>,
    ask: Ask<Reveal>,
) -> Answered<Order> {
    if caller.standing().is_some() && ask.body.reason.is_none() {
        return Err(Problem::invalid("reason", "say why; it is recorded"));
    }
    let reason = ask.body.reason.map(|reason| reason.0);
    let command = RevealCodes { order, visit: None, reason };
    caller.submit(ask.once, command).await?;
    let (stored, codes, vouchers) = stored_with_codes(&caller, order).await?;
    let held = held(caller.engine(), caller.tenant(), &stored.lines).await?;
    let opened = |held: Held| (held.line, DeliveredContent::opened(&caller, order, held));
    let contents = held.into_iter().map(opened).collect();
    let order = Order::read(&caller, &stored).await?;
    let order = order.with_codes(&caller, &codes).await?;
    let order = order.with_vouchers(&caller, &vouchers).await?;
    Ok(Answer::ok(order.with_contents(contents)))
}
