//! The shop: everything that can be bought, by category.

use super::Card;
use crate::{Frame, Page};
use askama::Template;

/// A shelf with a name.
#[derive(Debug, Clone)]
pub struct Category {
    /// As the merchant calls it; empty for what lies on no shelf of its own.
    pub name: String,
    /// In the merchant's order.
    pub cards: Vec<Card>,
}

/// The first page of a shop.
#[derive(Debug, Clone, Template)]
#[template(path = "shop.html")]
pub struct ShopPage {
    /// What surrounds it.
    pub frame: Frame,
    /// Empty while the merchant has not listed anything.
    pub categories: Vec<Category>,
}

impl ShopPage {
    /// Pictures above the fold load at once, the others when they are scrolled to.
    fn is_first(&self, category: &usize, card: &usize) -> bool {
        *category == 0 && *card < 4
    }
}

impl Page for ShopPage {
    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn title(&self) -> String {
        self.frame.w().all_goods.to_owned()
    }

    fn is_public(&self) -> bool {
        true
    }
}
