//! Edit a SKU.

use super::requests::SkuChange;
use super::views::{Product, Sku};
use super::{currency_of, written};
use domain::catalog::edit_product::EditSku;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{Ask, At};
use edge::problem::Problem;
use edge::wire;
use kernel::SkuId;

/// Edit a SKU: orders that are placed after the answer see the change.
#[utoipa::path(
    patch, path = "/v1/skus/{id}", tag = "catalog",
    params(("id" = inline(wire::SkuId), Path)),
    request_body = SkuChange, responses((status = 200, body = Sku))
)]
pub async fn edit_sku(caller: Caller, At(sku): At<SkuId>, ask: Ask<SkuChange>) -> Answered<Sku> {
    let change = ask.body.into_domain(currency_of(&caller, sku).await?);
    let command = EditSku { sku, change };
    let reply = caller.submit(ask.once, command).await;
    // The rule speaks of `sku.price`; here the body is the SKU.
    let reply = reply.map_err(|problem| problem.without_prefix("sku."))?;
    let (product, replayed) = written(&caller, reply).await?;
    let view = Product::of(&product).into_sku(sku);
    let view = view.ok_or_else(|| Problem::internal("a product lost the SKU that was edited"))?;
    Ok(Answer::ok(view).replayed(replayed))
}
