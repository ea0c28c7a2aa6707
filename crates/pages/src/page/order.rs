//! An order that was paid: the goods first, then how to use them, then the facts.
//!
//! Nothing secret is on the page before the button was pressed, so a link preview reveals nothing.

use super::Picture;
use super::refund::WhyNot;
use super::value::LabelledValue;
use crate::{Frame, Page, Qr, price::Price};
use askama::Template;
use kernel::{Money, Timestamp};
use std::borrow::Cow;

/// The public state of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the glossary explains the states")]
pub enum OrderState {
    PendingPayment,
    Paid,
    Fulfilling,
    PartiallyDelivered,
    Delivered,
    Completed,
    Cancelled,
    PartiallyRefunded,
    Refunded,
}

impl OrderState {
    /// Every state, for tables and tests.
    pub const ALL: [Self; 9] = [
        Self::PendingPayment,
        Self::Paid,
        Self::Fulfilling,
        Self::PartiallyDelivered,
        Self::Delivered,
        Self::Completed,
        Self::Cancelled,
        Self::PartiallyRefunded,
        Self::Refunded,
    ];

    pub(crate) fn word(self, frame: &Frame) -> &'static str {
        let w = frame.w();
        match self {
            Self::PendingPayment => w.state_pending,
            Self::Paid => w.state_paid,
            Self::Fulfilling => w.state_fulfilling,
            Self::PartiallyDelivered => w.state_partly,
            Self::Delivered => w.state_delivered,
            Self::Completed => w.state_completed,
            Self::Cancelled => w.state_cancelled,
            Self::PartiallyRefunded => w.state_partly_refunded,
            Self::Refunded => w.state_refunded,
        }
    }

    /// The colour of its dot, which only repeats the word.
    pub(crate) fn tone(self) -> &'static str {
        match self {
            Self::PendingPayment | Self::Fulfilling | Self::PartiallyDelivered => "warn",
            Self::Paid | Self::Delivered | Self::Completed => "ok",
            Self::Cancelled | Self::PartiallyRefunded | Self::Refunded => "calm",
        }
    }
}

/// A code that may be seen.
#[derive(Debug, Clone)]
pub struct Code {
    /// Everything that it says, in its own order; at least one.
    pub values: Vec<LabelledValue>,
    /// Its last day.
    pub valid_until: Option<Timestamp>,
}

impl Code {
    /// What a telephone reads from a screen: the one secret there is.
    fn qr(&self) -> Option<Qr> {
        let mut secrets = self.values.iter().filter(|value| value.secret);
        let only = match self.values.as_slice() {
            [only] => Some(only),
            _ => secrets.next().filter(|_| secrets.next().is_none()),
        };
        only.filter(|value| !value.is_text()).and_then(|value| Qr::of(&value.value))
    }
}

/// What the buyer holds in his hands.
#[derive(Debug, Clone)]
pub enum Goods {
    /// Not looked at yet: the button posts to this path.
    Sealed {
        /// Where the button posts.
        reveal_action: String,
    },
    /// Looked at.
    Open {
        /// The codes that open.
        codes: Vec<Code>,
        /// Codes beside them that are damaged.
        damaged: usize,
        /// When they were looked at first.
        revealed_at: Timestamp,
    },
}

/// Whether a refund can be asked for.
#[derive(Debug, Clone)]
pub enum Refundable {
    /// There.
    At(String),
    /// It cannot, and why.
    Not(WhyNot),
    /// Nothing was paid.
    Free,
}

/// The page of an order that has goods.
#[derive(Debug, Clone, Template)]
#[template(path = "order.html")]
pub struct OrderPage {
    /// What surrounds it.
    pub frame: Frame,
    /// Short number that can be read aloud.
    pub number: String,
    /// Public state.
    pub state: OrderState,
    /// Product.
    pub name: String,
    /// SKU.
    pub sku_name: String,
    /// How many.
    pub quantity: u32,
    /// What it looks like.
    pub picture: Picture,
    /// Sealed or open.
    pub goods: Goods,
    /// Steps of the usage guide.
    pub guide: Vec<String>,
    /// For one.
    pub price: Money,
    /// What was paid.
    pub total: Money,
    /// The way it was paid.
    pub method: String,
    /// When it was placed.
    pub placed_at: Timestamp,
    /// When it was paid.
    pub paid_at: Timestamp,
    /// What the buyer was asked and what he answered, masked.
    pub answers: Vec<(String, String)>,
    /// When he agreed that a seen code is not taken back, and to which version of the text.
    pub consent: Option<(Timestamp, String)>,
    /// Whether a refund can be asked for.
    pub refund: Refundable,
}

impl OrderPage {
    /// Label and value, in reading order.
    fn facts(&self) -> Vec<(Cow<'_, str>, String)> {
        let w = self.frame.w();
        let facts = [
            (w.order_number, self.number.clone()),
            (w.unit_price, Price::of(&self.price).to_string()),
            (w.quantity, (w.pieces)(&self.quantity.to_string())),
            (w.total, Price::of(&self.total).to_string()),
            (w.paid_with, self.method.clone()),
            (w.placed_at, self.frame.moment(&self.placed_at)),
            (w.paid_at, self.frame.moment(&self.paid_at)),
        ];
        let revealed = match &self.goods {
            Goods::Open { revealed_at, .. } => {
                Some((w.revealed_at_label, self.frame.moment(revealed_at)))
            }
            Goods::Sealed { .. } => None,
        };
        let facts = facts.into_iter().chain(revealed);
        let facts = facts.map(|(label, value)| (Cow::Borrowed(label), value));
        let answers =
            self.answers.iter().map(|(label, value)| (Cow::Borrowed(&**label), value.clone()));
        facts.chain(answers).collect()
    }

    fn consent_line(&self) -> Option<String> {
        let (at, version) = self.consent.as_ref()?;
        let w = self.frame.w();
        let moment = self.frame.moment(at);
        Some(format!("{} · {}", (w.consented)(&moment), (w.consent_version)(version)))
    }

    /// Why no refund is offered, in one line.
    fn why_not(&self) -> Option<String> {
        match &self.refund {
            Refundable::Not(why) => Some(why.text(&self.frame)),
            Refundable::At(_) | Refundable::Free => None,
        }
    }
}

impl Page for OrderPage {
    fn frame(&self) -> &Frame {
        &self.frame
    }

    /// The number stays out of it: titles end up in histories and chat windows.
    fn title(&self) -> String {
        match self.goods {
            Goods::Sealed { .. } => self.frame.w().order_ready.to_owned(),
            Goods::Open { .. } => self.frame.w().order_delivered.to_owned(),
        }
    }
}
