//! The shop: what can be bought, by category, a page at a time.

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

/// A link to one shelf.
#[derive(Debug, Clone)]
pub struct ShelfLink {
    /// As the merchant calls it.
    pub name: String,
    /// Where it is shown alone.
    pub path: String,
    /// Whether it is shown now.
    pub is_here: bool,
}

/// The way through a shop that is more than one page.
#[derive(Debug, Clone, Default)]
pub struct Finder {
    /// What was searched for.
    pub query: String,
    /// Every shelf; none where there is only one.
    pub shelves: Vec<ShelfLink>,
    /// This page, from 1.
    pub page: usize,
    /// How many there are.
    pub pages: usize,
    /// The page before.
    pub before: Option<String>,
    /// The page after.
    pub after: Option<String>,
}

/// A page of a shop.
#[derive(Debug, Clone, Template)]
#[template(path = "shop.html")]
pub struct ShopPage {
    /// What surrounds it.
    pub frame: Frame,
    /// Empty while the merchant has not listed anything, or nothing was found.
    pub categories: Vec<Category>,
    /// Search and shelves, for shops that have more than one look takes in.
    pub finder: Option<Finder>,
}

impl ShopPage {
    /// Pictures above the fold load at once, the others when they are scrolled to.
    fn is_first(&self, category: &usize, card: &usize) -> bool {
        *category == 0 && *card < 4
    }

    fn query(&self) -> &str {
        self.finder.as_ref().map_or("", |finder| &finder.query)
    }
}

impl Finder {
    /// Whether neither a shelf nor a search narrows what is shown.
    fn is_everything(&self) -> bool {
        self.query.is_empty() && self.shelves.iter().all(|shelf| !shelf.is_here)
    }

    fn place(&self) -> String {
        format!("{} / {}", self.page, self.pages)
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
