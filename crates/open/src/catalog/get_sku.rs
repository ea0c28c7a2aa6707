//! Read a SKU.

use super::stock_of;
use super::views::{Product, Sku};
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::At;
use edge::problem::Problem;
use edge::wire;
use kernel::SkuId;

/// Read a SKU with its stock.
#[utoipa::path(
    get, path = "/v1/skus/{id}", tag = "catalog",
    params(("id" = inline(wire::SkuId), Path)), responses((status = 200, body = Sku))
)]
pub async fn get_sku(caller: Caller, At(id): At<SkuId>) -> Answered<Sku> {
    let found = caller.reader().product_of_sku(caller.tenant(), id).await?;
    let product = found.ok_or_else(|| Problem::not_found("sku"))?;
    let stock = stock_of(&caller, std::slice::from_ref(&product)).await?;
    let sku = Product::with_stock(&product, &stock).into_sku(id);
    Ok(Answer::ok(sku.ok_or_else(|| Problem::not_found("sku"))?))
}
