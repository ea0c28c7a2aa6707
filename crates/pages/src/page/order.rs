//! An order that was paid: the goods first, then how to use them, then the facts.
//!
//! Nothing secret is on the page before the button was pressed, so a link preview reveals nothing.

use super::Picture;
use super::money::Movement;
use super::refund::WhyNot;
use super::value::Code;
use super::voucher::{Left, TicketState};
use crate::{Frame, Page, price::Price};
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

/// As many codes are shown each with a QR code of its own.
const CARDS_MAX: usize = 5;
/// Bytes that a list of codes may have. Longer ones are a file.
const LIST_BYTES_MAX: usize = 37_000;
/// Bytes of markup beside each code of a list.
const LISTED_MARKUP_BYTES: usize = 54;

/// What the buyer holds in his hands.
#[derive(Debug, Clone)]
pub enum Goods {
    /// Not looked at yet: the button posts to this path.
    Sealed {
        /// Where the button posts.
        reveal_action: String,
    },
    /// Looked at.
    Open(Opened),
    /// Vouchers alone: each has a page of its own.
    Tickets,
}

/// A voucher of an order.
#[derive(Debug, Clone)]
pub struct TicketRow {
    /// Product and SKU.
    pub name: String,
    /// What is left.
    pub left: Left,
    /// Where it stands.
    pub state: TicketState,
    /// Its page.
    pub path: String,
}

/// What the buyer shares with others, and what became of it since he bought it; none of its text.
#[derive(Debug, Clone)]
pub struct Shared {
    /// The version that he bought.
    pub bought: u32,
    /// The newest version, which he is shown.
    pub newest: u32,
    /// Versions since, newest first.
    pub changes: Vec<Change>,
}

/// A version that came after the buyer's.
#[derive(Debug, Clone)]
pub struct Change {
    /// Its number.
    pub version: u32,
    /// When it came.
    pub at: Timestamp,
    /// What changed, in the merchant's words.
    pub note: Option<String>,
}

impl Shared {
    fn title(&self, frame: &Frame) -> &'static str {
        let w = frame.w();
        if self.newest > self.bought { w.content_updated } else { w.content_current }
    }
}

/// A file that the buyer shares with others.
#[derive(Debug, Clone)]
pub struct SharedFile {
    /// Its name, as its merchant gave it.
    pub name: String,
    /// How long it is.
    pub bytes: u64,
    /// Where the button posts that saves it.
    pub action: String,
}

impl SharedFile {
    /// Its size, as files are measured everywhere: 1 KB has 1,024 bytes.
    fn size(&self) -> String {
        let (kib, mib) = (1 << 10, 1 << 20);
        match self.bytes {
            bytes if bytes < kib => format!("{bytes} B"),
            bytes if bytes < mib => format!("{} KB", bytes.div_ceil(kib)),
            bytes => {
                let tenths = (bytes * 10 + mib / 2) / mib;
                format!("{}.{} MB", tenths / 10, tenths % 10)
            }
        }
    }
}

/// What was looked at.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The codes that open.
    pub codes: Vec<Code>,
    /// Files that are shared.
    pub files: Vec<SharedFile>,
    /// Codes beside them that are damaged.
    pub damaged: usize,
    /// When they were looked at first.
    pub revealed_at: Timestamp,
    /// Where a list asks for one code's QR code, with `q`.
    pub reveal_action: String,
    /// Where a file of them is asked for.
    pub file_action: String,
    /// The code, from 1, whose QR code was asked for.
    pub asked: Option<usize>,
}

impl Opened {
    /// What is shown large, with its number: everything of a small order, of a large one what was asked for.
    fn cards(&self) -> Vec<(usize, &Code)> {
        let numbered = self.codes.iter().enumerate().map(|(i, code)| (i + 1, code));
        numbered.filter(|(n, _)| !self.is_many() || self.asked == Some(*n)).collect()
    }

    /// Whether a file of them is worth having.
    fn is_filed(&self) -> bool {
        self.codes.len() > 1 || self.codes.iter().any(Code::has_text)
    }

    fn is_many(&self) -> bool {
        self.codes.len() > CARDS_MAX
    }

    /// Whether the whole list fits on the page.
    fn fits(&self) -> bool {
        let bytes = |code: &Code| code.listed_bytes() + LISTED_MARKUP_BYTES;
        self.codes.iter().map(bytes).sum::<usize>() <= LIST_BYTES_MAX
    }
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
    /// What opens the page beside the number.
    pub secret: String,
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
    /// Its vouchers.
    pub tickets: Vec<TicketRow>,
    /// What it shares with other buyers.
    pub shared: Vec<Shared>,
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
    /// What arrived and where it went, when that is more than the price that was paid.
    pub money: Vec<Movement>,
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
            Goods::Open(opened) => {
                Some((w.revealed_at_label, self.frame.moment(&opened.revealed_at)))
            }
            Goods::Sealed { .. } | Goods::Tickets => None,
        };
        let facts = facts.into_iter().chain(revealed);
        let facts = facts.map(|(label, value)| (Cow::Borrowed(label), value));
        let answers =
            self.answers.iter().map(|(label, value)| (Cow::Borrowed(&**label), value.clone()));
        facts.chain(answers).collect()
    }

    /// What is said before it is looked at.
    fn ready_text(&self) -> &'static str {
        let w = self.frame.w();
        if self.shared.is_empty() { w.order_ready_text } else { w.content_ready }
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
            Goods::Open(_) | Goods::Tickets => self.frame.w().order_delivered.to_owned(),
        }
    }
}
