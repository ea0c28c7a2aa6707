//! Every mishap of a payment at every moment of its order, as a table: what becomes of the order, and what goes
//! back.
//!
//! The table is tried with a clock that is turned by hand, and against processes that are killed between its
//! steps. So every step has its own idempotency key and can be done again when no answer came.

use crate::{Answer, Caller};
use connect::test_channel::{SIGNATURE, write};
use connect::{Notice, Said};
use kernel::{Currency, Money, OrderId, PaymentId, Timestamp};
use reqwest::Method;
use serde_json::{Value, json};

/// What one piece costs, in fen.
pub const PRICE: i64 = 1_000;

/// When the money comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// The order waits.
    Before,
    /// Its time is over, and its timer rings before the money comes or after it.
    AtExpiry,
    /// It was not paid in time.
    Expired,
    /// The same, and its code was sold to another.
    ExpiredAndSoldOut,
    /// Somebody cancelled it.
    Cancelled,
    /// The same, and its code was sold to another.
    CancelledAndSoldOut,
    /// It is paid from the wallet.
    Paid,
    /// It was paid from the wallet and refunded.
    Refunded,
    /// It was paid through the channel, and a refund is on its way there.
    Refunding,
}

/// What comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mishap {
    /// What is due; no mishap.
    Exact,
    /// Nothing: it was refused.
    Fails,
    /// One fen less than is due.
    Less,
    /// One fen more.
    More,
    /// What is due, two times for one payment.
    Twice,
    /// What is due, for each of two payments.
    Two,
    /// One notice, ten times.
    Again,
}

/// A row: when, what, and how the order ends.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// The moment.
    pub moment: Moment,
    /// The mishap.
    pub mishap: Mishap,
    /// The order's state in the end.
    pub state: &'static str,
    /// The fen that go back without having been asked for.
    pub back: i64,
}

/// For each mishap, the order's state in the end and the fen that go back.
type Ends = [(Mishap, &'static str, i64); 7];

use Mishap::{Again, Exact, Fails, Less, More, Twice, Two};

/// What becomes of an order at each moment.
const TABLE: [(Moment, Ends); 9] = [
    (Moment::Before, WAITING),
    (Moment::AtExpiry, CLOSED),
    (Moment::Expired, CLOSED),
    (Moment::ExpiredAndSoldOut, GONE),
    (Moment::Cancelled, CLOSED),
    (Moment::CancelledAndSoldOut, GONE),
    (Moment::Paid, PAID),
    (Moment::Refunded, REFUNDED),
    (Moment::Refunding, REFUNDED),
];

const WAITING: Ends = [
    (Exact, "delivered", 0),
    (Fails, "pending_payment", 0),
    (Less, "pending_payment", PRICE - 1),
    (More, "delivered", 1),
    (Twice, "delivered", PRICE),
    (Two, "delivered", PRICE),
    (Again, "delivered", 0),
];

const CLOSED: Ends = [
    (Exact, "delivered", 0),
    (Fails, "cancelled", 0),
    (Less, "cancelled", PRICE - 1),
    (More, "delivered", 1),
    (Twice, "delivered", PRICE),
    (Two, "delivered", PRICE),
    (Again, "delivered", 0),
];

const GONE: Ends = [
    (Exact, "cancelled", PRICE),
    (Fails, "cancelled", 0),
    (Less, "cancelled", PRICE - 1),
    (More, "cancelled", PRICE + 1),
    (Twice, "cancelled", 2 * PRICE),
    (Two, "cancelled", 2 * PRICE),
    (Again, "cancelled", PRICE),
];

const PAID: Ends = [
    (Exact, "delivered", PRICE),
    (Fails, "delivered", 0),
    (Less, "delivered", PRICE - 1),
    (More, "delivered", PRICE + 1),
    (Twice, "delivered", 2 * PRICE),
    (Two, "delivered", 2 * PRICE),
    (Again, "delivered", PRICE),
];

const REFUNDED: Ends = [
    (Exact, "refunded", PRICE),
    (Fails, "refunded", 0),
    (Less, "refunded", PRICE - 1),
    (More, "refunded", PRICE + 1),
    (Twice, "refunded", 2 * PRICE),
    (Two, "refunded", 2 * PRICE),
    (Again, "refunded", PRICE),
];

/// Every row of the table.
pub fn rows() -> impl Iterator<Item = Row> {
    TABLE.into_iter().flat_map(|(moment, ends)| {
        ends.map(|(mishap, state, back)| Row { moment, mishap, state, back })
    })
}

impl Moment {
    /// Whether the order's time must be over.
    pub fn is_late(self) -> bool {
        matches!(self, Self::AtExpiry | Self::Expired | Self::ExpiredAndSoldOut)
    }
}

/// The order of one row, with a code of its own and two payments that were begun.
#[derive(Debug)]
pub struct Case {
    /// Its row.
    pub row: Row,
    /// The order.
    pub order: String,
    /// Until when it waits.
    pub expires_at: Timestamp,
    buyer: String,
    sku: String,
    payments: [String; 2],
}

impl Case {
    /// Lists a SKU with one code, places the order and begins to pay it twice.
    pub async fn begin(shop: &Caller, row: Row) -> Self {
        let buyer = format!("{:?}{:?}", row.moment, row.mishap);
        shop.credit(&buyer, 10 * PRICE).await;
        let sku = shop.sku(PRICE, json!({})).await;
        shop.stock(&sku, &buyer, 1).await;
        let body = json!({ "sku": sku, "quantity": 1, "buyer": { "external_id": buyer } });
        let placed = shop.post("/v1/orders", &body).await;
        assert_eq!(placed.status, 201, "{}", placed.text);
        let order = placed.json["id"].as_str().expect("an id").to_owned();
        let expires_at = placed.json["expires_at"].as_str().and_then(Timestamp::parse);
        let payments = [shop.begin_to_pay(&order).await, shop.begin_to_pay(&order).await];
        Self { row, order, expires_at: expires_at.expect("a time"), buyer, sku, payments }
    }

    /// Does what somebody must do to bring the order to its moment, after its time is over if it must be; none
    /// when no answer came. The channel signs with `secret`.
    pub async fn reach(&self, shop: &Caller, secret: &[u8], now: Timestamp) -> Option<()> {
        let of_order = |what: &str| format!("/v1/orders/{}/{what}", self.order);
        match self.row.moment {
            Moment::Cancelled | Moment::CancelledAndSoldOut => {
                self.post(shop, &of_order("cancel"), json!({}), "cancel").await?;
            }
            Moment::Paid | Moment::Refunded => {
                let wallet = json!({ "method": "wallet" });
                self.post(shop, &of_order("payments"), wallet, "wallet").await?;
            }
            Moment::Refunding => {
                let test = json!({ "method": "test" });
                let payment = self.post(shop, &of_order("payments"), test, "third").await?;
                let paid = Said::Paid(Money::new(PRICE, Currency::Cny));
                let notice = self.notice(payment.json["id"].as_str()?, 0, paid);
                tell(shop, &notice, secret, now).await?;
            }
            _ => {}
        }
        match self.row.moment {
            Moment::ExpiredAndSoldOut | Moment::CancelledAndSoldOut => {
                let body = Caller::order_body(&self.sku, 1, &self.buyer);
                self.post(shop, "/v1/orders", body, "other").await?;
            }
            Moment::Refunded | Moment::Refunding => {
                let body = json!({ "reason": "不要了" });
                self.post(shop, &of_order("refunds"), body, "refund").await?;
            }
            _ => {}
        }
        Some(())
    }

    /// What the channel says, in this order.
    pub fn notices(&self) -> Vec<Notice> {
        let [first, second] = &self.payments;
        let paid = |payment, number, amount| {
            self.notice(payment, number, Said::Paid(Money::new(amount, Currency::Cny)))
        };
        match self.row.mishap {
            Exact => vec![paid(first, 1, PRICE)],
            Fails => vec![self.notice(first, 1, Said::Failed)],
            Less => vec![paid(first, 1, PRICE - 1)],
            More => vec![paid(first, 1, PRICE + 1)],
            Twice => vec![paid(first, 1, PRICE), paid(first, 2, PRICE)],
            Two => vec![paid(first, 1, PRICE), paid(second, 2, PRICE)],
            Again => vec![paid(first, 1, PRICE); 10],
        }
    }

    fn notice(&self, payment: &str, number: u32, said: Said) -> Notice {
        Notice {
            payment: PaymentId::parse(payment).expect("a payment"),
            order: Some(OrderId::parse(&self.order).expect("an order")),
            number: format!("{}-{number}", self.order),
            said,
        }
    }

    async fn post(&self, shop: &Caller, path: &str, body: Value, step: &str) -> Option<Answer> {
        let key = format!("{step}-{}", self.order);
        let request = shop.request(Method::POST, path).header("Idempotency-Key", key).json(&body);
        // A server that is going down, or has just been killed, gives no good answer.
        let answer = shop.try_send(request).await.ok().filter(|answer| answer.status != 503)?;
        assert!(answer.status < 300, "{:?} {step}: {}", self.row, answer.text);
        Some(answer)
    }
}

/// Brings a notice to a merchant, signed as the channel would; none when it was not taken in.
pub async fn tell(shop: &Caller, notice: &Notice, secret: &[u8], now: Timestamp) -> Option<()> {
    let (body, header) = write(notice, secret, now);
    let path = format!("/notify/test/{}", shop.tenant.merchant());
    let request = shop.request(Method::POST, &path).header(SIGNATURE, header).body(body);
    let answer = shop.try_send(request).await.ok().filter(|answer| answer.status != 503)?;
    assert_eq!(answer.status, 200, "{}", answer.text);
    Some(())
}
