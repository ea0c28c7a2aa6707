//! Products and SKUs.

mod code_field;
pub mod create_product;
pub mod edit_product;
pub mod edit_sku;
pub mod get_product;
pub mod get_sku;
mod kinds;
pub mod list_products;
pub mod picture;
mod presentation;
pub mod product_file;
mod requests;
pub mod settings;
mod views;

pub use code_field::CodeField;
pub use kinds::kinds;
pub use presentation::{InputField, ProductWords, SkuWords};
pub use views::Limits;

use domain::{Reply, catalog::Product};
use edge::auth::Caller;
use edge::problem::Problem;
use kernel::{Currency, ProductId, SkuId};
use std::collections::HashMap;

/// The product in the version that a write left behind, and whether that was long ago.
async fn written(caller: &Caller, reply: Reply<Box<Product>>) -> Result<(Product, bool), Problem> {
    match reply {
        Reply::New(product) => Ok((*product, false)),
        Reply::Replayed(before) => {
            let id = ProductId(before.subject);
            let found =
                caller.reader().product_version(caller.tenant(), id, before.version).await?;
            let product =
                found.ok_or_else(|| Problem::internal("a version of a product is gone"))?;
            Ok((product, true))
        }
    }
}

/// Free pieces of each SKU of some products.
async fn stock_of(caller: &Caller, products: &[Product]) -> Result<HashMap<SkuId, i64>, Problem> {
    let skus: Vec<SkuId> =
        products.iter().flat_map(|product| product.skus.iter().map(|sku| sku.id)).collect();
    Ok(caller.reader().stock(caller.tenant(), &skus).await?.into_iter().collect())
}

/// The currency of a SKU. It never changes, so it may be read before a command runs.
pub async fn currency_of(caller: &Caller, sku: SkuId) -> Result<Currency, Problem> {
    let product = caller.reader().product_of_sku(caller.tenant(), sku).await?;
    let product = product.ok_or_else(|| Problem::not_found("sku"))?;
    let found = product.skus.iter().find(|other| other.id == sku);
    found.map(|sku| sku.terms.price.currency).ok_or_else(|| Problem::not_found("sku"))
}
