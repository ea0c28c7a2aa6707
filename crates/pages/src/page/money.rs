//! What arrived for an order, and where it went.

use crate::{Frame, price::Price};
use kernel::{Money, Timestamp};

/// What became of an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It arrived.
    Arrived,
    /// It is on its way back.
    GoingBack,
    /// It is back.
    Back,
    /// The channel would not take it back; the merchant has it.
    Stuck,
}

/// An amount that moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Movement {
    /// How much.
    pub money: Money,
    /// What became of it.
    pub fate: Fate,
    /// The time.
    pub at: Timestamp,
}

impl Movement {
    /// Time, what happened and how much, for a line of the page.
    pub(crate) fn line(&self, frame: &Frame) -> (String, &'static str, String) {
        let w = frame.w();
        let what = match self.fate {
            Fate::Arrived => w.money_arrived,
            Fate::GoingBack => w.money_going_back,
            Fate::Back => w.money_is_back,
            Fate::Stuck => w.money_stuck,
        };
        (frame.moment(&self.at), what, Price::of(&self.money).to_string())
    }
}
