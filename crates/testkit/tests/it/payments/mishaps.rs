//! Every mishap of a payment at every moment of its order: what becomes of the order, and what goes back.

use super::shop::Shop;
use serde_json::json;
use testkit::{Db, Kind, on_both};

on_both!(every_mishap_at_every_moment_ends_in_goods_or_money);

/// What one piece costs, in fen.
const PRICE: i64 = 1_000;

/// When the money comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moment {
    Before,
    AtExpiry,
    Expired,
    ExpiredAndSoldOut,
    Cancelled,
    CancelledAndSoldOut,
    Paid,
    Refunded,
}

/// What comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mishap {
    Exact,
    Fails,
    Less,
    More,
    Twice,
    Two,
    Again,
}

/// For each mishap, the order's state afterwards and the fen that go back.
type Ends = [(Mishap, &'static str, i64); 7];

use Mishap::{Again, Exact, Fails, Less, More, Twice, Two};

/// What becomes of an order at each moment.
const TABLE: [(Moment, Ends); 8] = [
    (Moment::Before, WAITING),
    (Moment::AtExpiry, WAITING),
    (Moment::Expired, CLOSED),
    (Moment::ExpiredAndSoldOut, GONE),
    (Moment::Cancelled, CLOSED),
    (Moment::CancelledAndSoldOut, GONE),
    (Moment::Paid, PAID),
    (Moment::Refunded, REFUNDED),
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

async fn every_mishap_at_every_moment_ends_in_goods_or_money(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db).await;
    shop.caller.credit("rich", 10_000_000).await;
    for (moment, rows) in TABLE {
        for (mishap, state, back) in rows {
            let order = one(&shop, moment, mishap).await;
            let (found, gone) = (shop.state(&order).await, shop.gone_back(&order).await);
            assert_eq!((&found[..], gone), (state, back), "{moment:?} {mishap:?}");
        }
    }
    shop.close(&db).await;
}

/// A SKU with one code, an order with two payments, the moment, the mishap; gives the order.
async fn one(shop: &Shop, moment: Moment, mishap: Mishap) -> String {
    let sku = shop.caller.sku(PRICE, json!({})).await;
    shop.caller.stock(&sku, &format!("{moment:?}{mishap:?}"), 1).await;
    let order = shop.place(&sku, 1, "rich").await;
    let payments = [shop.start(&order).await, shop.start(&order).await];
    reach(shop, moment, &sku, &order).await;
    let tell = async |payment: &str, number: &str, fen: Option<i64>| {
        let number = format!("{order}-{number}");
        let answer = shop.tell(&shop.notice(&order, payment, &number, fen)).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    };
    let [first, second] = [&payments[0][..], &payments[1][..]];
    match mishap {
        Exact => tell(first, "1", Some(PRICE)).await,
        Fails => tell(first, "1", None).await,
        Less => tell(first, "1", Some(PRICE - 1)).await,
        More => tell(first, "1", Some(PRICE + 1)).await,
        Twice => {
            tell(first, "1", Some(PRICE)).await;
            tell(first, "2", Some(PRICE)).await;
        }
        Two => {
            tell(first, "1", Some(PRICE)).await;
            tell(second, "2", Some(PRICE)).await;
        }
        Again => {
            for _ in 0..10 {
                tell(first, "1", Some(PRICE)).await;
            }
        }
    }
    order
}

async fn reach(shop: &Shop, moment: Moment, sku: &str, order: &str) {
    let post = async |path: String, body| {
        let answer = shop.caller.post(&path, &body).await;
        assert!(answer.status < 300, "{}", answer.text);
    };
    match moment {
        Moment::Before => {}
        // Its timer may ring before the money comes or after it; that must make no difference.
        Moment::AtExpiry => shop.pass(900),
        Moment::Expired | Moment::ExpiredAndSoldOut => {
            shop.pass(901);
            shop.until(order, "cancelled").await;
        }
        Moment::Cancelled | Moment::CancelledAndSoldOut => {
            post(format!("/v1/orders/{order}/cancel"), json!({})).await;
        }
        Moment::Paid | Moment::Refunded => {
            post(format!("/v1/orders/{order}/payments"), json!({ "method": "wallet" })).await;
        }
    }
    match moment {
        Moment::ExpiredAndSoldOut | Moment::CancelledAndSoldOut => {
            let other = shop.caller.order(sku, 1, "rich").await;
            assert_eq!(other.status, 201, "{}", other.text);
        }
        Moment::Refunded => {
            post(format!("/v1/orders/{order}/refunds"), json!({ "reason": "不要了" })).await;
        }
        _ => {}
    }
}
