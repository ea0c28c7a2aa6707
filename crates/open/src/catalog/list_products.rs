//! List products.

use super::stock_of;
use super::views::Product;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Query;
use edge::pagination::{Cursor, Limit, List, Page};
use edge::problem::Problem;
use kernel::ProductId;
use serde::Deserialize;
use store::read;
use utoipa::{IntoParams, ToSchema};

/// Which products are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProductList {
    /// In which order; newest first when absent.
    #[param(inline)]
    sort: Option<ProductSort>,
    /// Items of the page.
    #[param(inline)]
    #[serde(default)]
    limit: Limit,
    /// `next` of the page before.
    #[param(inline)]
    after: Option<Cursor>,
}

/// In which order products stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
pub enum ProductSort {
    /// Newest first.
    #[serde(rename = "-created_at")]
    Newest,
    /// As the shop shows them.
    #[serde(rename = "position")]
    Shown,
}

/// List products with the stock of their SKUs, newest first, or as the shop shows them.
#[utoipa::path(
    get, path = "/v1/products", tag = "catalog",
    params(ProductList), responses((status = 200, body = Page<Product>))
)]
pub async fn list_products(
    caller: Caller,
    Query(wanted): Query<ProductList>,
) -> Answered<Page<Product>> {
    let list = List { limit: wanted.limit, after: wanted.after };
    let (reader, tenant) = (caller.reader(), caller.tenant());
    let page = list.page(ProductId);
    let rows = if wanted.sort == Some(ProductSort::Shown) {
        let last = match page.after {
            Some(id) => Some(reader.product(tenant, id).await?.ok_or_else(unknown)?),
            None => None,
        };
        let page = read::Page { limit: page.limit, after: last.as_ref() };
        reader.products_shown(tenant, page).await?
    } else {
        reader.products(tenant, page).await?
    };
    let stock = stock_of(&caller, &rows).await?;
    let show = |product: &_| Ok(Product::with_stock(product, &stock));
    Ok(Answer::ok(list.show(rows, |product| product.id.0, show)?))
}

fn unknown() -> Problem {
    Problem::invalid("after", "send `next` of the page before as it is")
}
