//! Orders: what a buyer wanted, what was paid, what was delivered. The public state is derived.

pub mod acts;
pub mod answer;
pub mod close;
pub mod consent;
pub mod deliver;
pub mod fact;
pub mod give_link;
pub mod input;
pub mod limit;
pub mod note_order;
pub mod place;
pub mod reserve;
pub mod retime;
pub mod reveal;
pub mod secret;
pub mod terms_at_sale;
pub mod unmask_order;
pub mod world;

use kernel::{
    BuyerId, Currency, HoldId, Id16, Money, OrderId, PaymentId, ProductId, SkuId, Tenant,
    Timestamp, VoucherId,
};
use serde::{Deserialize, Serialize};

pub use consent::Consent;

use crate::inventory::{Position, code_of, until_of};
use crate::order::fact::LineFact;
use crate::{Refusal, World};

crate::dispatch::verbs! {
    Order:
    "place_order" => place::PlaceOrder,
    "reveal_codes" => reveal::RevealCodes,
    "unmask_order" => unmask_order::UnmaskOrder,
    "give_link" => give_link::GiveLink,
    "note_order" => note_order::NoteOrder,
    "cancel_order" => close::CancelOrder,
    "expire_order" => close::ExpireOrder,
    "retime_order" => retime::RetimeOrder,
}

crate::numbered::numbered! {
    /// Where an order comes from. The number is what the store writes.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum Channel {
        /// The partner API.
        Api = 1,
        /// The shop's own pages.
        H5 = 2,
        /// A mini-program.
        MiniProgram = 3,
        /// A web component in somebody's page.
        Embed = 4,
        /// A live room.
        Live = 5,
        /// A card that came with a parcel.
        Parcel = 6,
        /// Given without payment.
        Grant = 7,
    }
}

/// An order's row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Its id.
    pub id: OrderId,
    /// Whose order book.
    #[serde(skip, default = "crate::identity::operator")]
    pub tenant: Tenant,
    /// Who bought.
    pub buyer: BuyerId,
    /// Where it came from.
    pub channel: Channel,
    /// The caller's own id for it, unique per tenant for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// The currency of its amounts.
    pub currency: Currency,
    /// What it costs, in minor units.
    pub total: i64,
    /// What was paid, in minor units.
    pub paid: i64,
    /// What was given back, in minor units.
    pub refunded: i64,
    /// When it was placed.
    pub created_at: Timestamp,
    /// It waits for money, with its pieces held, until this time; none once it is paid or closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// Why it was closed unpaid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Closed>,
    /// The payment that paid it; none when it was bought in one call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<PaymentId>,
    /// That the buyer agreed that a seen code is not taken back, if he was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<Consent>,
    /// Time and hash of the link that opens its page to a guest; none when it was bought in one call.
    #[serde(skip)]
    pub link: Option<Id16>,
    /// The visitor, if it was placed on a page.
    #[serde(skip)]
    pub visit: Option<Visit>,
}

crate::numbered::numbered! {
    /// Why an order was closed unpaid. The number is what the store writes.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum Closed {
        /// Somebody cancelled it.
        Cancelled = 1,
        /// Nobody paid it in time.
        Expired = 2,
        /// It was paid, but its codes crossed their date meanwhile.
        SoldOut = 3,
    }
}

/// A visitor of a page: keyed tags, never the address or the device itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visit {
    /// Tag of the network address.
    pub address: Id16,
    /// Tag of the device's cookie.
    pub device: Id16,
    /// Tag of the phone or e-mail that the product asks: who the limits of one buyer count, where a cookie is
    /// nobody in particular.
    pub person: Option<Id16>,
}

/// A line's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// From 1.
    pub number: u32,
    /// What was bought.
    pub sku: SkuId,
    /// The product.
    pub product: ProductId,
    /// The version of the product: the snapshot of what was bought.
    pub product_version: i64,
    /// How many pieces.
    pub quantity: u32,
    /// What one piece cost, in minor units.
    pub unit_price: i64,
    /// Pieces delivered and not taken back.
    pub delivered: u32,
    /// Pieces whose money was given back, whether their codes came back or not.
    pub refunded: u32,
    /// What keeps its pieces while the order waits for money; none when it was bought in one call, or waits
    /// without a hold.
    pub hold: Option<HoldId>,
    /// Where the delivered codes stand in the pool, in order of delivery.
    pub codes: Vec<Position>,
    /// The delivered vouchers, in order of delivery.
    pub vouchers: Vec<VoucherId>,
    /// The version of shared content that was delivered; none when it was taken back, and at lines of other kinds.
    pub content: Option<u32>,
}

/// What people see of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    /// Waits for money.
    PendingPayment,
    /// Paid; nothing delivered yet.
    Paid,
    /// Some pieces delivered.
    PartiallyDelivered,
    /// Every piece delivered.
    Delivered,
    /// Closed before it was paid.
    Cancelled,
    /// Some money given back.
    PartiallyRefunded,
    /// All money given back.
    Refunded,
}

impl OrderState {
    /// Every state.
    pub const ALL: [Self; 7] = [
        Self::PendingPayment,
        Self::Paid,
        Self::PartiallyDelivered,
        Self::Delivered,
        Self::Cancelled,
        Self::PartiallyRefunded,
        Self::Refunded,
    ];
}

impl Order {
    /// Its key among the loaded rows.
    pub fn key(&self) -> (Tenant, OrderId) {
        (self.tenant, self.id)
    }

    /// Whether it waits for money.
    pub fn waits(&self) -> bool {
        self.expires_at.is_some()
    }

    /// Whether its goods were handed over against money.
    pub fn is_paid(&self) -> bool {
        self.expires_at.is_none() && self.closed.is_none()
    }

    /// The public state, from payment, delivery and refunds.
    pub fn state(&self, lines: &[Line]) -> OrderState {
        self.state_by(lines.iter().map(|line| (line.quantity, line.delivered, line.refunded)))
    }

    /// The same from lines as facts tell them.
    pub fn state_told(&self, lines: &[LineFact]) -> OrderState {
        self.state_by(lines.iter().map(|line| (line.quantity, line.delivered, line.refunded)))
    }

    /// From what each line wanted, delivered and gave back.
    fn state_by(&self, lines: impl Iterator<Item = (u32, u32, u32)>) -> OrderState {
        if self.closed.is_some() {
            return OrderState::Cancelled;
        }
        let (mut wanted, mut delivered, mut returned) = (0, 0, 0);
        for line in lines {
            (wanted, delivered, returned) =
                (wanted + line.0, delivered + line.1, returned + line.2);
        }
        // A free piece that was given back gave no money back.
        if self.refunded > 0 || returned > 0 {
            let whole = self.refunded >= self.paid;
            return if whole { OrderState::Refunded } else { OrderState::PartiallyRefunded };
        }
        if self.waits() || self.paid < self.total {
            return OrderState::PendingPayment;
        }
        match delivered {
            n if n >= wanted => OrderState::Delivered,
            0 => OrderState::Paid,
            _ => OrderState::PartiallyDelivered,
        }
    }

    /// What it costs.
    pub fn total_money(&self) -> Money {
        Money::new(self.total, self.currency)
    }

    /// A short number that can be read aloud: 12 Crockford characters in three groups.
    pub fn number(&self) -> String {
        number_of(self.id)
    }
}

/// An order with its lines, or the refusal that there is none.
pub fn require(world: &World, tenant: Tenant, id: OrderId) -> Result<(Order, Vec<Line>), Refusal> {
    let order = world.order.orders.get(&(tenant, id)).ok_or(Refusal::NotFound("order"))?;
    let lines = world.order.lines.get(&(tenant, id)).cloned().unwrap_or_default();
    Ok((order.clone(), lines))
}

/// The first 40 bits are the low bits of the id's milliseconds (34 years), then 20 random bits.
pub fn number_of(id: OrderId) -> String {
    let high = u128::from_be_bytes(id.0) >> 60;
    let text = kernel::id::encode(&(high & ((1 << 60) - 1)).to_be_bytes()).to_ascii_uppercase();
    let tail = &text[14..];
    format!("{}-{}-{}", &tail[..4], &tail[4..8], &tail[8..])
}

/// The first and the last id that a number may be of, as it is typed ([`kernel::typed`]). The bits of time that a number
/// lacks are those of now.
pub fn ids_of_number(typed: &str, now: Timestamp) -> Option<(Id16, Id16)> {
    let digits = kernel::typed::fold(typed);
    if digits.len() != 12 || !digits.is_ascii() {
        return None;
    }
    let bits = u128::from_be_bytes(kernel::id::decode(&format!("{}{digits}", "0".repeat(14)))?);
    let high = u128::from_be_bytes(kernel::id::first_at(now)) & !(u128::MAX >> 8);
    let first = high | (bits << 60);
    Some((first.to_be_bytes(), (first | ((1 << 60) - 1)).to_be_bytes()))
}

impl Line {
    /// The line as facts tell it.
    pub fn fact(&self) -> LineFact {
        LineFact {
            sku: self.sku,
            product: self.product,
            product_version: self.product_version,
            quantity: self.quantity,
            unit_price: self.unit_price,
            delivered: self.delivered,
            refunded: self.refunded,
            hold: self.hold,
            codes: self.codes.iter().map(|at| (code_of(at), until_of(at).0)).collect(),
            vouchers: self.vouchers.clone(),
            content: self.content,
        }
    }
}

/// How much of a limit is used: which limit, by whom, in which window (0: for ever).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CounterKey {
    /// The book it lies in.
    pub tenant: Tenant,
    /// What has the limit: a SKU, or one of the words in `limit.rs`.
    pub scope: Id16,
    /// Who uses it: a buyer, an order, a tag.
    pub key: Id16,
    /// Which window, 0 for ever.
    pub window: i64,
}
