//! Read a product.

use super::stock_of;
use super::views::Product;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::At;
use edge::problem::Problem;
use edge::wire;
use kernel::ProductId;

/// Read a product with the stock of its SKUs.
#[utoipa::path(
    get, path = "/v1/products/{id}", tag = "catalog",
    params(("id" = inline(wire::ProductId), Path)), responses((status = 200, body = Product))
)]
pub async fn get_product(caller: Caller, At(id): At<ProductId>) -> Answered<Product> {
    let found = caller.reader().product(caller.tenant(), id).await?;
    let product = found.ok_or_else(|| Problem::not_found("product"))?;
    let stock = stock_of(&caller, std::slice::from_ref(&product)).await?;
    Ok(Answer::ok(Product::with_stock(&product, &stock)))
}
