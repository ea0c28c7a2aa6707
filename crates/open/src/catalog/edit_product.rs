//! Edit a product.

use super::picture;
use super::requests::ProductChange;
use super::views::Product;
use super::written;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{Ask, At};
use edge::wire;
use kernel::ProductId;

/// Edit a product: orders that are placed after the answer see the change.
#[utoipa::path(
    patch, path = "/v1/products/{id}", tag = "catalog",
    params(("id" = inline(wire::ProductId), Path)),
    request_body = ProductChange, responses((status = 200, body = Product))
)]
pub async fn edit_product(
    caller: Caller,
    At(product): At<ProductId>,
    ask: Ask<ProductChange>,
) -> Answered<Product> {
    picture::check(&caller, ask.body.picture.as_ref().and_then(Option::as_ref)).await?;
    let command = ask.body.into_domain(product);
    let reply = caller.submit(ask.once, command).await?;
    let (product, replayed) = written(&caller, reply).await?;
    Ok(Answer::ok(Product::of(&product)).replayed(replayed))
}
