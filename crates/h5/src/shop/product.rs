//! A product's page.

use super::shelf::{Shelf, promises};
use crate::form::Here;
use crate::front::{PictureSize, picture_of};
use crate::middleware::{Answer, Paged};
use crate::told::told;
use crate::visitor::Visitor;
use edge::problem::Problem;
use kernel::ProductId;
use pages::page::product::ProductPage;

/// `GET /s/{shop}/p/{product}`
pub async fn product(visitor: Visitor, Here((shop, id)): Here<(String, String)>) -> Paged {
    let front = visitor.enter(&shop).await?;
    let missing = || Problem::not_found("product");
    let id = ProductId::parse(&id).map_err(|_| missing())?;
    let shelf = Shelf::of_product(&visitor, &front, id).await?;
    let product = shelf.product(id).ok_or_else(missing)?;
    let skus = shelf.choices(product);
    let first =
        skus.first().and_then(|first| product.skus.iter().find(|s| s.id.to_string() == first.id));
    let picture =
        picture_of(front.tenant, product.presentation.picture.as_deref(), PictureSize::Large);
    let (words, frame) = (told(product, visitor.lang()), visitor.frame());
    let share_picture = match &product.presentation.picture {
        Some(_) => picture.path.clone(),
        None => frame.shop.share.clone(),
    };
    Ok(Answer::page(&ProductPage {
        frame,
        name: words.name(),
        description: words.description(),
        share_picture,
        picture,
        promises: promises(first.ok_or_else(missing)?),
        skus,
        checkout_path: format!("{}/checkout", front.home()),
        others: Shelf::others(&visitor, &front, Some(id)).await?,
    }))
}
