//! What buyers of a SKU share, in versions.

pub mod content_file;
pub mod get_content;
pub mod list_versions;
pub mod reveal_content;
mod views;
pub mod write_content;
pub mod write_file;

use domain::catalog::SkuKind;
use edge::auth::Caller;
use edge::problem::Problem;
use kernel::SkuId;

pub use views::DeliveredContent;

/// The newest version of a SKU that shares something; 0 before there is one.
async fn newest_of(caller: &Caller, id: SkuId) -> Result<u32, Problem> {
    let missing = || Problem::not_found("sku");
    let product = caller.reader().product_of_sku(caller.tenant(), id).await?.ok_or_else(missing)?;
    let sku = product.skus.iter().find(|sku| sku.id == id).ok_or_else(missing)?;
    if sku.terms.kind != SkuKind::Content {
        return Err(Problem::invalid("id", "the SKU is not of the kind content"));
    }
    Ok(sku.content)
}
