//! My orders: what was ordered in this browser, newest first, and before them what they delivered.

use super::Picture;
use super::order::OrderState;
use super::voucher::{Left, TicketState};
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

/// What is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// A voucher, with what is left of it.
    Voucher(Left),
    /// So many codes of one line.
    Codes(u32),
    /// What many buyers share.
    Content,
}

/// Something that an order delivered.
#[derive(Debug, Clone)]
pub struct OwnedRow {
    /// Product and SKU, in one line.
    pub name: String,
    /// What it is.
    pub held: Held,
    /// When it ends, or the first of several; none where that never is.
    pub until: Option<Timestamp>,
    /// Where it stands.
    pub state: TicketState,
    /// The ticket, or the page of the order that has the codes.
    pub path: String,
}

impl OwnedRow {
    /// What it is and until when, in one line.
    fn line(&self, frame: &Frame) -> String {
        let w = frame.w();
        let held = match &self.held {
            // Nobody can take what is left of these any more.
            Held::Voucher(left)
                if matches!(self.state, TicketState::Expired | TicketState::Voided) =>
            {
                left.worth(frame)
            }
            Held::Voucher(left) => left.text(frame),
            Held::Content => w.content_text.to_owned(),
            Held::Codes(count) => {
                format!("{} {}", w.code_label, (w.pieces)(&count.to_string()))
            }
        };
        let until = self.until.map(|until| (w.valid_until)(&frame.day(&until)));
        std::iter::once(held).chain(until).collect::<Vec<_>>().join(" · ")
    }
}

/// Everything that the orders of the list delivered.
#[derive(Debug, Clone, Default)]
pub struct Owned {
    /// What can be used; what ends first comes first.
    pub usable: Vec<OwnedRow>,
    /// What was used up, ended or given back.
    pub over: Vec<OwnedRow>,
    /// Whether there is more than is listed.
    pub is_cut: bool,
}

impl Owned {
    fn is_empty(&self) -> bool {
        self.usable.is_empty() && self.over.is_empty()
    }
}

/// The list.
#[derive(Debug, Clone, Template)]
#[template(path = "orders.html")]
pub struct OrdersPage {
    /// What surrounds it.
    pub frame: Frame,
    /// What they delivered.
    pub owned: Owned,
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
