//! An order that ended without goods: what happened to the money first, then what to do.

use super::Card;
use super::money::Movement;
use crate::{Frame, Page, price::Price};
use askama::Template;
use kernel::{Money, Timestamp};

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Somebody else took the last one.
    SoldOut,
    /// Not paid in time.
    Expired,
    /// Given up.
    Cancelled,
    /// The channel said no; the order is still held.
    Refused,
}

/// Where the buyer's money is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoneyFate {
    /// It never left.
    NothingTaken,
    /// On its way back.
    ComingBack(Money),
    /// Back since then.
    CameBack(Money, Timestamp),
}

/// The page of such an order.
#[derive(Debug, Clone, Template)]
#[template(path = "ended.html")]
pub struct EndedPage {
    /// What surrounds it.
    pub frame: Frame,
    /// How it ended.
    pub end: End,
    /// Where the money is.
    pub money: MoneyFate,
    /// Short number; absent when there never was an order.
    pub order_number: Option<String>,
    /// What arrived and where it went.
    pub money_moves: Vec<Movement>,
    /// Where the one button leads: pay again, buy again, or the shop.
    pub next_path: String,
    /// Goods in stock.
    pub alternatives: Vec<Card>,
}

impl EndedPage {
    /// Headline, text, and words on the button.
    fn texts(&self) -> [&'static str; 3] {
        let w = self.frame.w();
        match self.end {
            End::SoldOut => [w.sold_out_title, w.sold_out_text, w.back_to_shop],
            End::Expired => [w.expired_title, w.expired_text, w.buy_again],
            End::Cancelled => [w.cancelled_title, w.cancelled_text, w.buy_again],
            End::Refused => [w.refused_title, w.refused_text, w.pay_again],
        }
    }

    fn icon(&self) -> &'static str {
        match self.end {
            End::SoldOut => "box",
            End::Expired => "clock",
            End::Cancelled | End::Refused => "cross",
        }
    }

    fn money_line(&self) -> String {
        let w = self.frame.w();
        match &self.money {
            MoneyFate::NothingTaken => w.nothing_taken.to_owned(),
            MoneyFate::ComingBack(amount) => (w.money_coming)(&Price::of(amount).to_string()),
            MoneyFate::CameBack(amount, _) => (w.money_back)(&Price::of(amount).to_string()),
        }
    }

    fn money_time(&self) -> Option<String> {
        match &self.money {
            MoneyFate::CameBack(_, at) => {
                Some((self.frame.w().refunded_at)(&self.frame.moment(at)))
            }
            MoneyFate::NothingTaken | MoneyFate::ComingBack(_) => None,
        }
    }
}

impl Page for EndedPage {
    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn title(&self) -> String {
        self.texts()[0].to_owned()
    }
}
