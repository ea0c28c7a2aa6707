//! Payments as the sandbox keeps them: what was ordered, what was paid, what went back.

use crate::channel::Channel;
use crate::{alipay, stripe, wechat};
use jiff::Timestamp;
use serde::Serialize;

/// An order for money at a channel.
#[derive(Clone)]
pub struct Payment {
    /// Where.
    pub channel: Channel,
    /// Whose, by position.
    pub merchant: usize,
    /// The merchant's number.
    pub number: String,
    /// What stands in the cashier's address.
    pub token: String,
    /// What the payer reads.
    pub title: String,
    /// In the currency's smallest unit.
    pub amount: i64,
    /// ISO 4217, upper case.
    pub currency: String,
    /// When it was ordered.
    pub created: Timestamp,
    /// From when on it can't be paid.
    pub expires: Option<Timestamp>,
    /// When the merchant closed it.
    pub closed: Option<Timestamp>,
    /// Whether a payer has opened it.
    pub seen: bool,
    /// How often the payer's bank refused.
    pub failures: u32,
    /// Where notices go.
    pub notify_url: Option<String>,
    /// Where the payer goes afterwards.
    pub return_url: Option<String>,
    /// What was paid.
    pub charges: Vec<Charge>,
    /// What went back, or is on its way.
    pub refunds: Vec<Refund>,
    /// What only one channel knows.
    pub detail: Detail,
}

/// What only one channel knows of a payment.
#[derive(Clone)]
pub enum Detail {
    /// At WeChat Pay.
    Wechat(wechat::Detail),
    /// At Alipay.
    Alipay(alipay::Detail),
    /// At Stripe.
    Stripe(Box<stripe::Detail>),
}

/// Money that came for a payment.
#[derive(Clone)]
pub struct Charge {
    /// The channel's number.
    pub id: String,
    /// Counted for the merchant.
    pub amount: i64,
    /// The part of it that the channel paid by a coupon.
    pub coupon: i64,
    /// When.
    pub at: Timestamp,
    /// The payer, as the channel names it.
    pub payer: String,
}

/// Money on its way back.
#[derive(Clone)]
pub struct Refund {
    /// The channel's number.
    pub id: String,
    /// The merchant's number.
    pub number: String,
    /// Of which charge, by position.
    pub charge: usize,
    /// How much.
    pub amount: i64,
    /// Why.
    pub reason: Option<String>,
    /// Where notices about it go.
    pub notify_url: Option<String>,
    /// When it was asked for.
    pub created: Timestamp,
    /// When it came to its end.
    pub finished: Option<Timestamp>,
    /// How far it is.
    pub state: RefundState,
    /// What Stripe keeps with it.
    pub metadata: Vec<(String, String)>,
}

/// How far a refund is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundState {
    /// Under way.
    Processing,
    /// The payer has it.
    Succeeded,
    /// The payer's account can't take it.
    Abnormal,
    /// Given up.
    Closed,
}

/// Whether a payment can be paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It can.
    Open,
    /// It was.
    Paid,
    /// It was closed, or its time is over.
    Closed,
}

impl Payment {
    /// Whether it can be paid at `now`.
    pub fn standing(&self, now: Timestamp) -> Standing {
        if !self.charges.is_empty() {
            Standing::Paid
        } else if self.closed.is_some() || self.expires.is_some_and(|at| at <= now) {
            Standing::Closed
        } else {
            Standing::Open
        }
    }

    /// What of a charge has gone back or is on its way.
    pub fn refunded(&self, charge: usize) -> i64 {
        let of_charge = self.refunds.iter().filter(|refund| refund.charge == charge);
        of_charge
            .filter(|refund| refund.state != RefundState::Closed)
            .map(|refund| refund.amount)
            .sum()
    }

    /// The position of the charge with the channel's number.
    pub fn charge(&self, id: &str) -> Option<usize> {
        self.charges.iter().position(|charge| charge.id == id)
    }
}
