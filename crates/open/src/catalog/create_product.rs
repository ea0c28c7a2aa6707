//! Create a product.

use super::picture;
use super::requests::NewProduct;
use super::views::Product;
use super::written;
use domain::catalog::create_product::CreateProduct;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Ask;

/// Create a product with its SKUs. It is on the shelf at once unless it says otherwise.
#[utoipa::path(
    post, path = "/v1/products", tag = "catalog",
    request_body = NewProduct, responses((status = 201, body = Product))
)]
pub async fn create_product(caller: Caller, ask: Ask<NewProduct>) -> Answered<Product> {
    picture::check(&caller, ask.body.picture.as_ref()).await?;
    let reply = caller.submit(ask.once, CreateProduct::from(ask.body)).await?;
    let (product, replayed) = written(&caller, reply).await?;
    Ok(Answer::created(Product::of(&product)).replayed(replayed))
}
