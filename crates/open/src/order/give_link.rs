//! Give out the link of an order's page again.

use super::stored;
use domain::catalog::input::{InputKind, masked};
use domain::order::give_link::GiveLink;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{Ask, At, Nothing};
use edge::link::{order_link, order_path};
use edge::message::Message;
use edge::order::open_input;
use edge::problem::Problem;
use edge::wire::{self, Wire};
use kernel::OrderId;
use serde::Serialize;
use store::read::OrderView;
use utoipa::ToSchema;

/// The link of an order's page. No `Debug`: whoever has it can see the codes.
#[derive(Serialize, ToSchema)]
pub struct OrderLink {
    /// The order.
    pub order: wire::OrderId,
    /// Its page, for whoever may see its codes. It is the same link each time, and links of before go on working.
    pub order_url: String,
    /// The buyer's mail address to which it was sent, masked; null where he gave none, or no mail is sent from here.
    pub mailed_to: Option<String>,
}

/// Give out the link of an order's page again, to hand to its buyer; where he gave a mail address it is sent there as well. It
/// opens the codes, so it is recorded, and wants a second person, as showing them does. An order that was bought in one call
/// has no page before.
#[utoipa::path(
    post, path = "/v1/orders/{id}/link", tag = "orders",
    params(("id" = inline(wire::OrderId), Path)),
    request_body = Option<Nothing>, responses((status = 200, body = OrderLink))
)]
pub async fn give_link(
    caller: Caller,
    At(id): At<OrderId>,
    ask: Ask<Nothing>,
) -> Answered<OrderLink> {
    let (tenant, vault) = (caller.tenant(), caller.vault());
    let order = stored(&caller, id).await?;
    let address =
        if caller.app().sends_messages() { address(&caller, &order).await? } else { None };
    let link = order_link(&vault, tenant, id);
    let command = GiveLink { order: id, link, mailed: address.is_some() };
    caller.submit(ask.once, command).await?;
    let order_url = format!("{}{}", caller.settings().base_url, order_path(&vault, tenant, id));
    let mailed_to = address.as_deref().map(masked);
    if let Some(to) = address {
        let merchant = caller.reader().tenant(tenant).await?;
        let whose = merchant.map_or_else(|| "Tessera".to_owned(), |merchant| merchant.name);
        caller.app().tell(Message::order_link(to, &whose, &order.order.number(), &order_url));
    }
    Ok(Answer::ok(OrderLink { order: Wire(id), order_url, mailed_to }))
}

/// The mail address that the buyer answered with, if a product asked for one.
async fn address(caller: &Caller, order: &OrderView) -> Result<Option<String>, Problem> {
    let (reader, tenant, id) = (caller.reader(), caller.tenant(), order.order.id);
    let Some(sealed) = reader.input_of_order(tenant, id).await? else { return Ok(None) };
    let vault = caller.vault_for([&sealed[..]]).await;
    let mut values = open_input(&vault, (tenant, id), &sealed)?;
    for line in &order.lines {
        let product = reader.product_version(tenant, line.product, line.product_version).await?;
        let fields = product.map(|product| product.presentation.input).unwrap_or_default();
        let mut addresses = fields.iter().filter(|field| field.kind == InputKind::Email);
        if let Some(address) = addresses.find_map(|field| values.remove(&field.code)) {
            return Ok(Some(address));
        }
    }
    Ok(None)
}
