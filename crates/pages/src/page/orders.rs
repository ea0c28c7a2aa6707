//! My orders: what was ordered in this browser, newest first.

use super::Picture;
use super::order::OrderState;
use crate::{Frame, Page};
use askama::Template;
use kernel::{Money, Timestamp};

/// One order in the list.
#[derive(Debug, Clone)]
pub struct OrderRow {
    /// Product and SKU, in one line.
    pub name: String,
    /// Short number.
    pub number: String,
    /// What it looks like.
    pub picture: Picture,
    /// Public state.
    pub state: OrderState,
    /// What was or is to be paid.
    pub total: Money,
    /// When it was placed.
    pub placed_at: Timestamp,
    /// The order's page.
    pub path: String,
}

/// The list.
#[derive(Debug, Clone, Template)]
#[template(path = "orders.html")]
pub struct OrdersPage {
    /// What surrounds it.
    pub frame: Frame,
    /// Newest first.
    pub orders: Vec<OrderRow>,
}

impl Page for OrdersPage {
    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn title(&self) -> String {
        self.frame.w().orders_title.to_owned()
    }
}
