//! Show what a buyer answered with an order.

use crate::identity::unmask_buyer::Unmask;
use domain::order::unmask_order::UnmaskOrder;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{Ask, At};
use edge::order::open_input;
use edge::wire::{self, InputAnswers, Wire};
use kernel::OrderId;
use serde::Serialize;
use utoipa::ToSchema;

/// An order with what its buyer answered. No `Debug`: that is personal data.
#[derive(Serialize, ToSchema)]
pub struct UnmaskedOrder {
    /// Its id.
    pub id: wire::OrderId,
    /// The answers by the codes of the products' fields.
    pub input: InputAnswers,
}

/// Show what a buyer answered with an order. That it was shown is recorded in the journal first, with the reason.
#[utoipa::path(
    post, path = "/v1/orders/{id}/unmask", tag = "orders",
    params(("id" = inline(wire::OrderId), Path)),
    request_body = Unmask, responses((status = 200, body = UnmaskedOrder))
)]
pub async fn unmask_order(
    caller: Caller,
    At(id): At<OrderId>,
    ask: Ask<Unmask>,
) -> Answered<UnmaskedOrder> {
    caller.run(UnmaskOrder { order: id, reason: ask.body.reason.0 }).await?;
    let tenant = caller.tenant();
    let input = match caller.reader().input_of_order(tenant, id).await? {
        Some(sealed) => {
            let vault = caller.vault_for([&sealed[..]]).await;
            open_input(&vault, (tenant, id), &sealed)?
        }
        None => Default::default(),
    };
    Ok(Answer::ok(UnmaskedOrder { id: Wire(id), input: InputAnswers(input) }))
}
