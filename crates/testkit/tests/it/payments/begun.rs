//! What the test channel remembers of a payment changes no answer: the first call, which knows it, and the first after
//! a restart, which reads it, end alike, whatever has happened to the order meanwhile.

use super::shop::Shop;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Caller, Db, Kind, on_both};

on_both!(
    a_remembered_payment_answers_as_a_read_one,
    a_remembered_payment_is_nothing_to_another_tenant,
);

/// What happens between the beginning of a payment and the channel's first call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meanwhile {
    /// The order's time is over.
    Expired,
    Nothing,
    /// Somebody cancelled the order.
    Cancelled,
    /// The same, and its code was sold to another.
    SoldOut,
    /// The order was paid from the wallet.
    PaidOtherwise,
    /// A notice came: it is paid.
    Succeeded,
    /// A notice came: nothing will.
    Failed,
    /// A notice came with too little.
    Closed,
}

use Meanwhile::{Cancelled, Closed, Expired, Failed, Nothing, PaidOtherwise, SoldOut, Succeeded};

/// Those that turn the clock come first, so that no other order's time is over.
const MEANWHILE: [Meanwhile; 8] =
    [Expired, Nothing, Cancelled, SoldOut, PaidOtherwise, Succeeded, Failed, Closed];

/// What the channel is told to do, good and bad.
fn calls() -> [Value; 9] {
    [
        json!({ "action": "pay" }),
        json!({ "action": "fail" }),
        json!({ "action": "pay_twice" }),
        json!({ "action": "underpay" }),
        json!({ "action": "overpay" }),
        json!({ "action": "pay_after", "seconds": 0 }),
        json!({ "action": "pay_after", "seconds": 60 }),
        json!({ "action": "pay_after", "seconds": 86_401 }),
        json!({ "action": "pay", "seconds": 5 }),
    ]
}

/// A payment of an order with a SKU and a code of its own.
struct Attempt {
    meanwhile: Meanwhile,
    call: Value,
    sku: String,
    order: String,
    payment: String,
}

impl Attempt {
    async fn begin(shop: &Shop, meanwhile: Meanwhile, call: Value, name: &str) -> Self {
        let sku = shop.caller.sku(1_000, json!({})).await;
        shop.caller.stock(&sku, name, 1).await;
        shop.caller.credit(name, 2_000).await;
        let order = shop.place(&sku, 1, name).await;
        let payment = shop.start(&order).await;
        Self { meanwhile, call, sku, order, payment }
    }

    async fn pass(&self, shop: &Shop, name: &str) {
        let path = |what: &str| format!("/v1/orders/{}/{what}", self.order);
        let tell = async |fen| {
            let notice = shop.notice(&self.order, &self.payment, &format!("t-{name}"), fen);
            assert_eq!(shop.tell(&notice).await.status, 200, "{:?}", self.meanwhile);
        };
        let post = async |path: &str, body: Value| {
            let answer = shop.caller.post(path, &body).await;
            assert!(answer.status < 300, "{:?}: {}", self.meanwhile, answer.text);
        };
        match self.meanwhile {
            Nothing => {}
            Expired => shop.until(&self.order, "cancelled").await,
            Cancelled => post(&path("cancel"), json!({})).await,
            SoldOut => {
                post(&path("cancel"), json!({})).await;
                post("/v1/orders", Caller::order_body(&self.sku, 1, name)).await;
            }
            PaidOtherwise => post(&path("payments"), json!({ "method": "wallet" })).await,
            Succeeded => tell(Some(1_000)).await,
            Failed => tell(None).await,
            Closed => tell(Some(999)).await,
        }
    }

    /// The channel's first call and one more, which finds nothing remembered, and what they lead to.
    async fn end(&self, shop: &Shop) -> (Vec<Value>, String, i64) {
        let first = shop.drive(&self.payment, self.call.clone()).await;
        let second = shop.drive(&self.payment, json!({ "action": "fail" })).await;
        let now = shop.caller.get(&format!("/v1/payments/{}", self.payment)).await;
        let told = [first, second, now].iter().map(told).collect();
        (told, shop.state(&self.order).await, shop.gone_back(&self.order).await)
    }
}

/// An answer without what is one payment's own.
fn told(answer: &Answer) -> Value {
    let mut told = answer.json.clone();
    for own in ["id", "order", "cashier_url", "request_id", "instance"] {
        if let Some(value) = told.get_mut(own) {
            *value = json!("its own");
        }
    }
    for receipt in told["receipts"].as_array_mut().into_iter().flatten() {
        receipt["channel_number"] = json!("its own");
    }
    if told["channel_number"].is_string() {
        told["channel_number"] = json!("its own");
    }
    json!([answer.status, told])
}

async fn a_remembered_payment_answers_as_a_read_one(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db).await;
    let (mut remembered, mut read) = (Vec::new(), Vec::new());
    for (n, meanwhile) in MEANWHILE.into_iter().enumerate() {
        let mut begun = Vec::new();
        for (m, call) in calls().into_iter().enumerate() {
            for twin in ["A", "B"] {
                let name = format!("{twin}{n}{m}");
                let attempt = Attempt::begin(&shop, meanwhile, call.clone(), &name).await;
                begun.push((name, attempt));
            }
        }
        if meanwhile == Expired {
            shop.pass(901);
        }
        for (name, attempt) in begun {
            attempt.pass(&shop, &name).await;
            if name.starts_with('A') { &mut remembered } else { &mut read }.push(attempt);
        }
    }
    let mut ends = Vec::new();
    for attempt in &remembered {
        ends.push(attempt.end(&shop).await);
    }
    let shop = shop.restart(&db).await;
    for (attempt, end) in read.iter().zip(ends) {
        let (meanwhile, call) = (attempt.meanwhile, &attempt.call);
        assert_eq!(attempt.end(&shop).await, end, "{meanwhile:?} {call}");
        if meanwhile == Succeeded && call["action"] == "fail" {
            let refused = &end.0[0];
            assert_eq!((&refused[0], &refused[1]["code"]), (&json!(409), &json!("payment_state")));
        }
    }
    shop.close(&db).await;
}

async fn a_remembered_payment_is_nothing_to_another_tenant(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db).await;
    let other = shop.app.merchant("别家").await;
    let sku = shop.caller.sku(1_000, json!({})).await;
    shop.caller.stock(&sku, "O", 2).await;
    let attempts = [shop.place(&sku, 1, "a").await, shop.place(&sku, 1, "b").await];
    let payments = [shop.start(&attempts[0]).await, shop.start(&attempts[1]).await];
    let before = db.rows().await;
    let rob = async |caller: &Caller, payment: &str| {
        for call in calls() {
            let request =
                caller.request(Method::POST, &format!("/test-channel/payments/{payment}"));
            let answer = caller.send(request.json(&call)).await;
            assert_eq!(
                (answer.status, answer.code()),
                (404, "not_found"),
                "{call}: {}",
                answer.text
            );
        }
    };
    rob(&other, &payments[0]).await;
    assert_eq!(before, db.rows().await, "nothing changed");
    let paid = shop.drive(&payments[0], json!({ "action": "pay" })).await;
    assert_eq!((paid.status, &paid.json["state"]), (200, &json!("succeeded")), "{}", paid.text);
    let shop = shop.restart(&db).await;
    rob(&other.at(shop.app.url()), &payments[1]).await;
    let paid = shop.drive(&payments[1], json!({ "action": "pay" })).await;
    assert_eq!((paid.status, &paid.json["state"]), (200, &json!("succeeded")), "{}", paid.text);
    shop.close(&db).await;
}
