//! List products.

use super::stock_of;
use super::views::Product;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Query;
use edge::pagination::{List, Page};
use kernel::ProductId;

/// List products with the stock of their SKUs, newest first.
#[utoipa::path(
    get, path = "/v1/products", tag = "catalog",
    params(List), responses((status = 200, body = Page<Product>))
)]
pub async fn list_products(caller: Caller, Query(list): Query<List>) -> Answered<Page<Product>> {
    let rows = caller.reader().products(caller.tenant(), list.page(ProductId)).await?;
    let stock = stock_of(&caller, &rows).await?;
    let show = |product: &_| Ok(Product::with_stock(product, &stock));
    Ok(Answer::ok(list.show(rows, |product| product.id.0, show)?))
}
