//! The first page of a shop.

use super::shelf::Shelf;
use crate::h5::around::{Answer, Paged};
use crate::h5::form::Here;
use crate::h5::visitor::Visitor;
use pages::page::shop::ShopPage;

/// `GET /s/{shop}`
pub async fn front(visitor: Visitor, Here(shop): Here<String>) -> Paged {
    let front = visitor.enter(&shop).await?;
    let categories = Shelf::of(&visitor, &front).await?.categories();
    Ok(Answer::page(&ShopPage { frame: visitor.frame(), categories }))
}
