//! List SKUs with their stock and how long it lasts.

use super::pace::{Pace, paces};
use domain::catalog::Product;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Query;
use edge::pagination::{List, Page};
use edge::wire::{ProductId, SkuId, Wire};
use serde::Serialize;
use utoipa::ToSchema;

/// A SKU with its stock.
#[derive(Debug, Serialize, ToSchema)]
pub struct StockOfSku {
    /// The SKU.
    pub sku: SkuId,
    /// Its product.
    pub product: ProductId,
    /// Pieces that can be sold now.
    pub stock: i64,
    /// How fast it sells.
    #[serde(flatten)]
    pub pace: Pace,
}

/// List SKUs with their stock and how long it lasts, product by product in the order of `GET /v1/products`: `limit` counts
/// products. Sales follow the journal within two seconds.
#[utoipa::path(
    get, path = "/v1/stock", tag = "codes",
    params(List), responses((status = 200, body = Page<StockOfSku>))
)]
pub async fn list_stock(caller: Caller, Query(list): Query<List>) -> Answered<Page<StockOfSku>> {
    let (reader, tenant) = (caller.reader(), caller.tenant());
    let mut products = reader.products(tenant, list.page(kernel::ProductId)).await?;
    let next = list.cut(&mut products, |product: &Product| product.id.0);
    // There is no stock of vouchers: they are made when they are delivered.
    for product in &mut products {
        product.skus.retain(|sku| sku.terms.is_stocked());
    }
    let skus = products.iter().flat_map(|product| product.skus.iter().map(|sku| sku.id));
    let stock = reader.stock(tenant, &skus.collect::<Vec<_>>()).await?;
    let paces = paces(&caller, &stock).await?;
    let of = products.iter().flat_map(|product| product.skus.iter().map(|_| product.id));
    let row = |((sku, stock), product)| StockOfSku {
        sku: Wire(sku),
        product: Wire(product),
        stock,
        pace: paces.get(&sku).copied().unwrap_or_default(),
    };
    Ok(Answer::ok(Page { data: stock.into_iter().zip(of).map(row).collect(), next }))
}
