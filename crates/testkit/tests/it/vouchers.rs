//! Vouchers: redeemed exactly as often and as far as they allow, whoever asks at once, and money that follows them.

mod expiry;
mod imported;
mod live;
mod own;
mod plain;
mod races;
mod runs;
mod till;
mod together;

use engine::{Clock, Settings};
use kernel::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use testkit::{Answer, App, Caller, Db, Kind, Options, on_both};

on_both!(
    a_voucher_is_sold_looked_up_redeemed_and_taken_back,
    each_refusal_of_a_redemption_has_its_code,
    what_is_unused_is_given_back_and_what_was_used_is_not,
    an_order_in_two_steps_delivers_vouchers_when_it_is_paid,
    vouchers_are_made_without_an_order,
    a_template_is_checked_and_edited,
);

/// A day in microseconds.
const DAY: i64 = 86_400_000_000;

/// A merchant who sells vouchers, with a clock of its own.
struct Till {
    db: Db,
    app: App,
    clock: Arc<AtomicI64>,
    shop: Caller,
}

impl Till {
    async fn open(kind: Kind) -> Self {
        let db = Db::new(kind);
        let clock = Arc::new(AtomicI64::new(Timestamp::now().0));
        let app = App::start_with(db.url(), Self::options(&clock)).await;
        let shop = app.merchant("星河").await;
        shop.credit("buyer", 100_000_000).await;
        Self { db, app, clock, shop }
    }

    fn options(clock: &Arc<AtomicI64>) -> Options {
        let engine = Settings { clock: Clock::Manual(Arc::clone(clock)), ..Settings::default() };
        Options { engine, ..Options::default() }
    }

    /// Another process on the same database.
    async fn node(&self) -> App {
        App::start_with(self.db.url(), Self::options(&self.clock)).await
    }

    fn pass(&self, micros: i64) {
        self.clock.fetch_add(micros, Ordering::SeqCst);
    }

    /// A SKU of vouchers.
    async fn sku(&self, price: i64, voucher: Value, more: Value) -> String {
        let mut fields = json!({ "kind": "voucher", "voucher": voucher });
        for (field, value) in more.as_object().into_iter().flatten() {
            fields[field] = value.clone();
        }
        self.shop.sku(price, fields).await
    }

    async fn store(&self, name: &str) -> String {
        let made = self.shop.post("/v1/stores", &json!({ "name": name })).await;
        assert_eq!(made.status, 201, "{}", made.text);
        made.json["id"].as_str().expect("an id").to_owned()
    }

    /// Buys vouchers; gives the order's id and each voucher with its code.
    async fn buy(&self, sku: &str, quantity: u32) -> (String, Vec<(String, String)>) {
        let order = self.shop.order(sku, quantity, "buyer").await;
        assert_eq!(order.status, 201, "{}", order.text);
        (order.json["id"].as_str().expect("an id").to_owned(), delivered(&order.json))
    }

    async fn lookup(&self, code: &str) -> Answer {
        self.shop.post("/v1/vouchers/lookup", &json!({ "code": code })).await
    }

    async fn uses(&self, code: &str, uses: u32) -> Answer {
        self.shop.post("/v1/redemptions", &json!({ "code": code, "uses": uses })).await
    }

    async fn amount(&self, code: &str, fen: i64) -> Answer {
        let amount = json!({ "amount": fen, "currency": "CNY" });
        self.shop.post("/v1/redemptions", &json!({ "code": code, "amount": amount })).await
    }

    async fn reverse(&self, redemption: &Value) -> Answer {
        let id = redemption["id"].as_str().expect("a redemption");
        self.shop.post(&format!("/v1/redemptions/{id}/reverse"), &json!({ "reason": "错了" })).await
    }

    async fn refund(&self, order: &str, more: Value) -> Answer {
        let mut body = json!({ "reason": "不要了" });
        for (field, value) in more.as_object().into_iter().flatten() {
            body[field] = value.clone();
        }
        self.shop.post(&format!("/v1/orders/{order}/refunds"), &body).await
    }

    /// What the buyer has, in fen.
    async fn wallet(&self) -> i64 {
        let body = json!({ "buyer": { "external_id": "buyer" } });
        let wallet = self.shop.post("/v1/wallets/lookup", &body).await;
        wallet.json["balances"][0]["amount"]
            .as_i64()
            .or(wallet.json["balance"]["amount"].as_i64())
            .unwrap_or_else(|| panic!("{}", wallet.text))
    }

    /// Balances of the merchant's accounts of a kind, in uses or ledger units.
    async fn balance(&self, kind: i64) -> i64 {
        let ask = format!(
            "SELECT CAST(COALESCE(SUM(balance), 0) AS BIGINT) FROM accounts WHERE kind = {kind}"
        );
        self.db.number(&ask).await
    }

    async fn close(self) {
        self.app.stop().await;
        self.db.assert_sound().await;
    }
}

/// Each voucher of an order's answer with its code.
fn delivered(order: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let all = order["deliveries"].as_array().expect("deliveries").iter();
    all.map(|one| (text(&one["voucher"]["id"]), text(&one["voucher"]["code"]))).collect()
}

fn count(uses: u32) -> Value {
    json!({ "type": "count", "uses": uses })
}

fn worth(fen: i64) -> Value {
    json!({ "type": "amount", "amount": { "amount": fen, "currency": "CNY" } })
}

fn refused(answer: &Answer, status: u16, code: &str) {
    assert_eq!((answer.status, answer.code()), (status, code), "{}", answer.text);
}

const OUTSTANDING: i64 = 30;
const REDEEMED: i64 = 32;
const UNEARNED: i64 = 34;

async fn a_voucher_is_sold_looked_up_redeemed_and_taken_back(kind: Kind) {
    let till = Till::open(kind).await;
    let sku = till.sku(1_000, count(3), json!({ "validity": { "days": 30 } })).await;
    let (order, vouchers) = till.buy(&sku, 2).await;
    let (id, code) = &vouchers[0];
    assert_ne!(code, &vouchers[1].1);
    assert_eq!((till.balance(OUTSTANDING).await, till.balance(UNEARNED).await), (6, 200_000));

    let seen = till.lookup(&code.to_lowercase().replace('-', " ")).await;
    assert_eq!((seen.status, &seen.json["id"]), (200, &json!(id)), "{}", seen.text);
    assert_eq!(seen.json["remaining"], 3, "{}", seen.text);
    let read = till.shop.get(&format!("/v1/vouchers/{id}")).await;
    assert_eq!(read.text, seen.text, "read by id as by code");
    assert_eq!(read.json["order"], json!(order), "{}", read.text);

    let body = json!({ "code": code, "uses": 2 });
    let used = till.shop.post_as("/v1/redemptions", &body, "till-1").await;
    assert_eq!((used.status, &used.json["remaining"]), (201, &json!(1)), "{}", used.text);
    assert_eq!(used.json["voucher"], json!(id), "{}", used.text);
    let again = till.shop.post_as("/v1/redemptions", &body, "till-1").await;
    assert!(again.replayed && again.text == used.text, "{}", again.text);
    // Of 10.00 for three uses two earn 6.66 and two thirds of a fen.
    assert_eq!((till.balance(REDEEMED).await, till.balance(UNEARNED).await), (2, 133_334));

    let back = till.reverse(&used.json).await;
    assert_eq!((back.status, &back.json["remaining"]), (201, &json!(3)), "{}", back.text);
    assert!(back.json["reversed_at"].is_string(), "{}", back.text);
    refused(&till.reverse(&used.json).await, 409, "voucher_state");
    assert_eq!((till.balance(REDEEMED).await, till.balance(UNEARNED).await), (0, 200_000));

    assert_eq!(till.uses(code, 3).await.json["remaining"], 0);
    refused(&till.uses(code, 1).await, 409, "voucher_used_up");
    let list = till.shop.get(&format!("/v1/redemptions?voucher={id}")).await;
    assert_eq!(list.json["data"].as_array().map(Vec::len), Some(2), "{}", list.text);
    // Seeing a voucher is no revealing of a code: it is given back all the same.
    let shown = till.shop.post(&format!("/v1/orders/{order}/reveal"), &json!({})).await;
    assert_eq!(delivered(&shown.json), vouchers, "{}", shown.text);
    let refund = till.refund(&order, json!({})).await;
    assert_eq!(
        (refund.status, &refund.json["amount"]["amount"]),
        (201, &json!(1_000)),
        "{}",
        refund.text
    );
    till.close().await;
}

async fn each_refusal_of_a_redemption_has_its_code(kind: Kind) {
    let till = Till::open(kind).await;
    let (here, elsewhere) = (till.store("徐家汇店").await, till.store("静安店").await);
    let sku =
        till.sku(1_000, count(2), json!({ "stores": [here], "validity": { "days": 2 } })).await;
    let (order, vouchers) = till.buy(&sku, 2).await;
    let code = &vouchers[0].1;
    let at = |store: Option<&str>| json!({ "code": code, "uses": 1, "store": store });
    for (store, status, refusal) in [
        (Some(elsewhere.as_str()), 409, "voucher_not_here"),
        (None, 409, "voucher_not_here"),
        (Some("sto_00000000000000000000000001"), 422, "invalid"),
    ] {
        refused(&till.shop.post("/v1/redemptions", &at(store)).await, status, refusal);
    }
    let used = till.shop.post("/v1/redemptions", &at(Some(&here))).await;
    assert_eq!((used.status, &used.json["store"]), (201, &json!(here)), "{}", used.text);
    let listed = till.shop.get(&format!("/v1/redemptions?store={here}")).await;
    assert_eq!(listed.json["data"][0]["id"], used.json["id"], "{}", listed.text);

    let with = |more: Value| {
        let mut body = json!({ "code": code, "store": here });
        for (field, value) in more.as_object().into_iter().flatten() {
            body[field] = value.clone();
        }
        body
    };
    let money = json!({ "amount": 1, "currency": "CNY" });
    for body in [
        with(json!({})),
        with(json!({ "uses": 0 })),
        with(json!({ "amount": money })),
        with(json!({ "uses": 1, "amount": money })),
    ] {
        refused(&till.shop.post("/v1/redemptions", &body).await, 422, "invalid");
    }
    let two = till.shop.post("/v1/redemptions", &with(json!({ "uses": 2 }))).await;
    refused(&two, 409, "voucher_used_up");
    for wrong in ["000000-000000-000000", "no code", "0A1B2C-3D4E5F-6G7H8J"] {
        refused(&till.lookup(wrong).await, 404, "not_found");
        refused(&till.uses(wrong, 1).await, 404, "not_found");
    }

    // Taken back: the second one, of which nothing was used.
    let part = json!({ "lines": [{ "line": 1, "quantity": 1 }] });
    assert_eq!(till.refund(&order, part).await.status, 201);
    let body = json!({ "code": vouchers[1].1, "uses": 1, "store": here });
    refused(&till.shop.post("/v1/redemptions", &body).await, 409, "voucher_state");

    till.pass(2 * DAY);
    refused(&till.shop.post("/v1/redemptions", &at(Some(&here))).await, 409, "voucher_expired");
    assert_eq!(till.lookup(code).await.json["state"], "expired");
    refused(&till.reverse(&used.json).await, 409, "voucher_state");
    let from = Timestamp(till.clock.load(Ordering::SeqCst)).plus_days(1);
    let until = from.plus_days(1);
    let later =
        till.sku(1, count(1), json!({ "validity": { "from": from, "until": until } })).await;
    let (_, vouchers) = till.buy(&later, 1).await;
    refused(&till.uses(&vouchers[0].1, 1).await, 409, "voucher_state");
    till.pass(DAY);
    assert_eq!(till.uses(&vouchers[0].1, 1).await.status, 201);
    till.close().await;
}

async fn what_is_unused_is_given_back_and_what_was_used_is_not(kind: Kind) {
    let till = Till::open(kind).await;
    let sku = till.sku(8_000, worth(10_000), json!({})).await;
    let (order, vouchers) = till.buy(&sku, 3).await;
    let before = till.wallet().await;
    assert_eq!(till.amount(&vouchers[0].1, 2_500).await.json["remaining"]["amount"], 7_500);
    assert_eq!(till.amount(&vouchers[1].1, 10_000).await.status, 201);
    // 80.00 for the third, 60.00 for three quarters of the first, nothing for the second.
    let refund = till.refund(&order, json!({})).await;
    assert_eq!(
        (refund.status, &refund.json["amount"]["amount"]),
        (201, &json!(14_000)),
        "{}",
        refund.text
    );
    assert_eq!(till.wallet().await - before, 14_000);
    for (_, code) in [&vouchers[0], &vouchers[2]] {
        refused(&till.amount(code, 1).await, 409, "voucher_state");
    }
    refused(&till.refund(&order, json!({})).await, 409, "voucher_state");
    let part = json!({ "lines": [{ "line": 1, "quantity": 1 }] });
    refused(&till.refund(&order, part).await, 409, "voucher_state");
    // Against the rule, at a loss.
    let all = till.refund(&order, json!({ "override": true })).await;
    assert_eq!((all.status, &all.json["loss"]["amount"]), (201, &json!(8_000)), "{}", all.text);
    assert_eq!((till.balance(OUTSTANDING).await, till.balance(UNEARNED).await), (0, 0));
    till.close().await;
}

async fn an_order_in_two_steps_delivers_vouchers_when_it_is_paid(kind: Kind) {
    let till = Till::open(kind).await;
    let sku = till.sku(1_000, count(1), json!({ "validity": { "days": 1 } })).await;
    let body = json!({ "sku": sku, "quantity": 2, "buyer": { "external_id": "buyer" } });
    let order = till.shop.post("/v1/orders", &body).await;
    assert_eq!(order.status, 201, "{}", order.text);
    assert!(order.json["deliveries"].is_null() && till.balance(OUTSTANDING).await == 0);
    let id = order.json["id"].as_str().expect("an id");
    let pay =
        till.shop.post(&format!("/v1/orders/{id}/payments"), &json!({ "method": "wallet" })).await;
    assert_eq!(pay.status, 201, "{}", pay.text);
    assert_eq!(till.balance(OUTSTANDING).await, 2);
    let read = till.shop.get(&format!("/v1/orders/{id}")).await;
    assert_eq!(read.json["state"], "delivered", "{}", read.text);
    let shown = till.shop.post(&format!("/v1/orders/{id}/reveal"), &json!({})).await;
    let vouchers = delivered(&shown.json);
    assert_eq!(till.uses(&vouchers[0].1, 1).await.status, 201);
    // One that nobody pays leaves nothing.
    let order = till.shop.post("/v1/orders", &body).await;
    let id = order.json["id"].as_str().expect("an id");
    let gone = till.shop.post(&format!("/v1/orders/{id}/cancel"), &json!({})).await;
    assert_eq!((gone.status, till.balance(OUTSTANDING).await), (200, 1), "{}", gone.text);
    till.close().await;
}

async fn vouchers_are_made_without_an_order(kind: Kind) {
    let till = Till::open(kind).await;
    let sku = till.sku(1_000, count(2), json!({})).await;
    let body = json!({ "sku": sku, "quantity": 1_000 });
    let made = till.shop.post_as("/v1/vouchers", &body, "print-1").await;
    assert_eq!(made.status, 201, "{}", made.text);
    let again = till.shop.post_as("/v1/vouchers", &body, "print-1").await;
    assert!(again.replayed && again.text == made.text, "a repeat tells the same codes");
    let all = made.json["vouchers"].as_array().expect("vouchers");
    let codes: std::collections::BTreeSet<_> =
        all.iter().map(|one| one["code"].to_string()).collect();
    assert_eq!(
        (codes.len(), till.balance(OUTSTANDING).await, till.balance(UNEARNED).await),
        (1_000, 2_000, 0)
    );
    let used = till.uses(all[7]["code"].as_str().expect("a code"), 2).await;
    assert_eq!((used.status, &used.json["voucher"]), (201, &all[7]["id"]), "{}", used.text);
    let page = till.shop.get("/v1/vouchers?limit=2").await;
    assert_eq!(page.json["data"].as_array().map(Vec::len), Some(2), "{}", page.text);
    let code_sku = till.shop.sku(1, json!({})).await;
    for wrong in [json!({ "sku": sku, "quantity": 0 }), json!({ "sku": code_sku, "quantity": 1 })] {
        refused(&till.shop.post("/v1/vouchers", &wrong).await, 422, "invalid");
    }
    till.close().await;
}

async fn a_template_is_checked_and_edited(kind: Kind) {
    let till = Till::open(kind).await;
    let product = |sku: Value| json!({ "name": "P", "skus": [sku] });
    let price = json!({ "amount": 100, "currency": "CNY" });
    for (fields, field) in [
        (json!({ "kind": "voucher" }), "skus[0].voucher"),
        (json!({ "kind": "code", "voucher": count(1) }), "skus[0].voucher"),
        (json!({ "kind": "voucher", "voucher": count(0) }), "skus[0].voucher.uses"),
        (json!({ "kind": "voucher", "voucher": worth(0) }), "skus[0].voucher.amount.amount"),
        (
            json!({ "kind": "voucher", "voucher": count(1), "refund": "before_reveal" }),
            "skus[0].refund",
        ),
        (
            json!({ "kind": "voucher", "voucher": count(1), "validity": { "days": 0 } }),
            "skus[0].validity.days",
        ),
        (
            json!({ "kind": "voucher", "voucher": count(1), "on_expiry": { "extend": 0 } }),
            "skus[0].on_expiry.extend",
        ),
        (
            json!({ "kind": "voucher", "voucher": count(1), "stores": ["sto_00000000000000000000000001"] }),
            "skus[0].stores[0]",
        ),
        (json!({ "kind": "code", "refund": "before_redeem" }), "skus[0].refund"),
    ] {
        let mut sku = json!({ "name": "S", "price": price });
        for (name, value) in fields.as_object().into_iter().flatten() {
            sku[name] = value.clone();
        }
        let answer = till.shop.post("/v1/products", &product(sku)).await;
        refused(&answer, 422, "invalid");
        assert_eq!(answer.json["errors"][0]["field"], field, "{}", answer.text);
    }
    let sku = till.sku(100, count(1), json!({ "on_expiry": { "extend": 7 } })).await;
    let path = format!("/v1/skus/{sku}");
    let change = json!({ "voucher": count(5), "validity": { "days": 3 }, "on_expiry": "forfeit" });
    let edited = till.shop.send(till.shop.request(Method::PATCH, &path).json(&change)).await;
    assert_eq!(edited.status, 200, "{}", edited.text);
    let read = till.shop.get(&path).await;
    assert_eq!(
        (&read.json["voucher"], &read.json["validity"], &read.json["refund"]),
        (&count(5), &json!({ "days": 3 }), &json!("before_redeem")),
        "{}",
        read.text
    );
    assert!(read.json["stock"].is_null(), "{}", read.text);
    let other = till
        .shop
        .send(till.shop.request(Method::PATCH, &path).json(&json!({ "voucher": worth(1) })))
        .await;
    refused(&other, 422, "invalid");
    let (_, vouchers) = till.buy(&sku, 1).await;
    assert_eq!(till.uses(&vouchers[0].1, 5).await.json["remaining"], 0);
    till.close().await;
}
