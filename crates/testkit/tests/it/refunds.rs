//! Refunds: sums exact to the fen whatever the order of partial refunds, codes back before money.

use domain::refund::settle::Answer;
use futures_util::future::join_all;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha12Rng;
use serde_json::{Value, json};
use testkit::{App, Caller, Db, Kind, Options, on_both};
use tokio::sync::watch;

on_both!(
    a_thousand_histories_of_partial_refunds_sum_exactly,
    each_refusal_of_a_refund_has_its_code,
    a_code_that_comes_back_is_sold_again_or_never,
    the_rule_of_the_sale_holds_whatever_is_edited,
    a_refund_that_failed_is_sent_again,
    what_was_free_is_given_back_at_once,
);

/// Histories of a run.
const HISTORIES: usize = 1_000;
/// Prices of the two lines, in fen: no round numbers.
const PRICES: [i64; 2] = [333, 1_999];

struct History {
    random: ChaCha12Rng,
    order: String,
    paid: i64,
    /// Pieces left to refund of each line.
    left: [u32; 2],
    seen: bool,
}

async fn a_thousand_histories_of_partial_refunds_sum_exactly(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let seed =
        std::env::var("TESSERA_SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(20_261_125);
    println!("TESSERA_SEED={seed}");
    let mut skus = Vec::new();
    for (n, price) in PRICES.into_iter().enumerate() {
        let fate = if n == 0 { "restock" } else { "void" };
        let sku = shop.sku(price, json!({ "returned_codes": fate })).await;
        shop.stock(&sku, &format!("R{n}"), HISTORIES * 4).await;
        skus.push(sku);
    }
    for n in 0..20 {
        shop.credit(&format!("buyer-{n}"), 1_000_000_000).await;
    }
    let mut refunded = 0;
    let all: Vec<usize> = (0..HISTORIES).collect();
    for some in all.chunks(20) {
        let ends = join_all(some.iter().map(|n| history(&shop, &skus, seed, *n))).await;
        refunded += ends.into_iter().sum::<usize>();
    }
    assert!(refunded > HISTORIES, "{refunded} refunds");
    let waiting = "SELECT COUNT(*) FROM refunds WHERE state = 1";
    while db.number(waiting).await > 0 {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    app.stop().await;
    db.assert_sound().await;
}

/// One order and its refunds until nothing is left; gives how many there were.
async fn history(shop: &Caller, skus: &[String], seed: u64, n: usize) -> usize {
    let mut random = ChaCha12Rng::seed_from_u64(seed);
    random.set_stream(n as u64);
    let mut history = bought(shop, skus, random, n).await;
    let (mut gone, mut count) = (0, 0);
    while history.left != [0, 0] {
        let (lines, amount) = history.part();
        let body = json!({ "lines": lines, "reason": "部分退款", "override": history.seen });
        let path = format!("/v1/orders/{}/refunds", history.order);
        let refund = shop.post(&path, &body).await;
        assert_eq!(refund.status, 201, "history {n}: {}", refund.text);
        assert_eq!(refund.json["amount"]["amount"], amount, "history {n}: {}", refund.text);
        gone += amount;
        count += 1;
        let order = shop.get(&format!("/v1/orders/{}", history.order)).await;
        assert_eq!(order.json["refunded"]["amount"], gone, "history {n}: {}", order.text);
        let whole = if gone == history.paid { "refunded" } else { "partially_refunded" };
        assert_eq!(order.json["state"], whole, "history {n}: {}", order.text);
        if !history.seen && history.random.random_bool(0.1) {
            history.see(shop).await;
        }
    }
    assert_eq!(gone, history.paid, "history {n}: all of it and not more");
    let path = format!("/v1/orders/{}/refunds", history.order);
    let more = shop.post(&path, &json!({ "reason": "noch mehr" })).await;
    assert_eq!(more.code(), "order_state", "history {n}: {}", more.text);
    count
}

async fn bought(shop: &Caller, skus: &[String], mut random: ChaCha12Rng, n: usize) -> History {
    let quantities = [random.random_range(1..=4), random.random_range(1..=4)];
    let lines: Vec<Value> = skus
        .iter()
        .zip(quantities)
        .map(|(sku, quantity)| json!({ "sku": sku, "quantity": quantity }))
        .collect();
    let buyer = format!("buyer-{}", n % 20);
    let mut body = json!({ "lines": lines, "buyer": { "external_id": buyer } });
    let way = random.next_u32() % 3;
    if way == 0 {
        body["pay"] = json!({ "method": "wallet" });
    }
    let order = shop.post("/v1/orders", &body).await;
    assert_eq!(order.status, 201, "{}", order.text);
    let id = order.json["id"].as_str().expect("an id").to_owned();
    if way > 0 {
        let method = if way == 1 { "wallet" } else { "test" };
        let path = format!("/v1/orders/{id}/payments");
        let payment = shop.post(&path, &json!({ "method": method })).await;
        assert_eq!(payment.status, 201, "{}", payment.text);
        if way == 2 {
            let path =
                format!("/test-channel/payments/{}", payment.json["id"].as_str().expect("id"));
            let paid = shop.post(&path, &json!({ "action": "pay" })).await;
            assert_eq!(paid.json["state"], "succeeded", "{}", paid.text);
        }
    }
    let paid = PRICES.iter().zip(quantities).map(|(price, n)| price * i64::from(n)).sum();
    // The codes of an order that was bought in one call were seen by its caller.
    History { random, order: id, paid, left: quantities, seen: way == 0 }
}

impl History {
    /// Some pieces of one line or both, with what they cost.
    fn part(&mut self) -> (Vec<Value>, i64) {
        loop {
            let (mut lines, mut amount) = (Vec::new(), 0);
            for (i, price) in PRICES.into_iter().enumerate() {
                let quantity = self.random.random_range(0..=self.left[i]);
                if quantity > 0 {
                    lines.push(json!({ "line": i + 1, "quantity": quantity }));
                    amount += price * i64::from(quantity);
                    self.left[i] -= quantity;
                }
            }
            if !lines.is_empty() {
                return (lines, amount);
            }
        }
    }

    /// The codes that are left are seen: from now on refunds are losses.
    async fn see(&mut self, shop: &Caller) {
        let path = format!("/v1/orders/{}/reveal", self.order);
        let shown = shop.post(&path, &json!({})).await;
        let codes = shown.json["deliveries"].as_array().map_or(0, Vec::len) as u32;
        assert_eq!(codes, self.left.iter().sum::<u32>(), "{}", shown.text);
        self.seen = true;
    }
}

async fn each_refusal_of_a_refund_has_its_code(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    shop.credit("rich", 1_000_000).await;
    let never = shop.sku(1_000, json!({ "refund": "none" })).await;
    let usual = shop.sku(1_000, json!({ "refund": { "days": 7 } })).await;
    let free = shop.sku(0, json!({})).await;
    for (n, sku) in [&never, &usual, &free].into_iter().enumerate() {
        shop.stock(sku, &format!("F{n}"), 10).await;
    }
    let order = async |sku: &str, pay: Option<&str>| {
        let body = json!({ "sku": sku, "quantity": 3, "buyer": { "external_id": "rich" } });
        let order = shop.post("/v1/orders", &body).await;
        let id = order.json["id"].as_str().expect("an id").to_owned();
        if let Some(method) = pay {
            let path = format!("/v1/orders/{id}/payments");
            let paid = shop.post(&path, &json!({ "method": method })).await;
            assert_eq!(paid.status, 201, "{}", paid.text);
        }
        id
    };
    let wallet = Some("wallet");
    let (fixed, good, gift) =
        (order(&never, wallet).await, order(&usual, wallet).await, order(&free, wallet).await);
    let waiting = order(&usual, None).await;
    let seen = shop.order(&usual, 1, "rich").await.json["id"].as_str().expect("an id").to_owned();
    let line = |line: u32, quantity: u32| json!([{ "line": line, "quantity": quantity }]);
    let both = json!([{ "line": 1, "quantity": 1 }, { "line": 1, "quantity": 1 }]);
    let before = db.rows().await;
    for (id, lines, status, code) in [
        (&fixed, Value::Null, 409, "refund_rule"),
        (&seen, Value::Null, 409, "code_revealed"),
        (&waiting, Value::Null, 409, "order_state"),
        (&gift, Value::Null, 409, "order_state"),
        (&good, line(2, 1), 422, "invalid"),
        (&good, line(1, 4), 422, "invalid"),
        (&good, line(1, 0), 422, "invalid"),
        (&good, both, 422, "invalid"),
        (&good, json!([]), 422, "invalid"),
        (&"ord_00000000000000000000000000".to_owned(), Value::Null, 404, "not_found"),
    ] {
        let mut body = json!({ "reason": "x" });
        if !lines.is_null() {
            body["lines"] = lines;
        }
        let answer = shop.post(&format!("/v1/orders/{id}/refunds"), &body).await;
        assert_eq!((answer.status, answer.code()), (status, code), "{body} {}", answer.text);
    }
    let scopes: Vec<_> = domain::identity::Scope::MERCHANT
        .into_iter()
        .filter(|scope| *scope != domain::identity::Scope::RefundsOverride)
        .collect();
    let clerk = app.caller(shop.tenant, &scopes).await;
    let path = format!("/v1/orders/{seen}/refunds");
    let body = json!({ "reason": "goodwill", "override": true });
    let refused = clerk.send(clerk.request(reqwest::Method::POST, &path).json(&body)).await;
    assert_eq!((refused.status, refused.code()), (403, "forbidden"), "{}", refused.text);
    let mut after = db.rows().await;
    let of_keys = ["api_keys ", "journal ", "journal_heads ", "versions "];
    after.retain(|row| !before.contains(row) && !of_keys.iter().any(|of| row.starts_with(of)));
    assert!(after.is_empty(), "nothing changed: {after:#?}");

    let loss = shop.post(&path, &body).await;
    assert_eq!((&loss.json["loss"]["amount"], loss.status), (&json!(1_000), 201), "{}", loss.text);
    let fixed = shop.post(&format!("/v1/orders/{fixed}/refunds"), &body).await;
    assert_eq!((&fixed.json["loss"]["amount"], fixed.status), (&json!(0), 201), "{}", fixed.text);
    app.stop().await;
    db.assert_sound().await;
}

async fn a_code_that_comes_back_is_sold_again_or_never(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    shop.credit("rich", 1_000_000).await;
    for (fate, stock) in [("restock", 2), ("void", 0)] {
        let sku = shop.sku(1_000, json!({ "returned_codes": fate })).await;
        shop.stock(&sku, fate, 2).await;
        let body = json!({ "sku": sku, "quantity": 2, "buyer": { "external_id": "rich" } });
        let order = shop.post("/v1/orders", &body).await;
        let id = order.json["id"].as_str().expect("an id");
        let pay = json!({ "method": "wallet" });
        assert_eq!(shop.post(&format!("/v1/orders/{id}/payments"), &pay).await.status, 201);
        let refund = json!({ "reason": "不要了" });
        let refund = shop.post(&format!("/v1/orders/{id}/refunds"), &refund).await;
        assert_eq!(refund.json["state"], "succeeded", "{}", refund.text);
        let left = shop.get(&format!("/v1/skus/{sku}")).await;
        assert_eq!(left.json["stock"], stock, "{fate}: {}", left.text);
        let next = shop.order(&sku, 2, "rich").await;
        let told = if stock == 2 { (201, "") } else { (409, "out_of_stock") };
        assert_eq!((next.status, next.code()), told, "{}", next.text);
        let shown = shop.post(&format!("/v1/orders/{id}/reveal"), &json!({})).await;
        assert_eq!(shown.json["deliveries"], json!([]), "nothing is left: {}", shown.text);
    }
    app.stop().await;
    db.assert_sound().await;
}

async fn the_rule_of_the_sale_holds_whatever_is_edited(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    shop.credit("rich", 1_000_000).await;
    for (then, now, code) in [
        (json!("before_reveal"), json!("none"), ""),
        (json!({ "days": 7 }), json!("none"), ""),
        (json!("none"), json!("before_reveal"), "refund_rule"),
    ] {
        let sku = shop.sku(1_000, json!({ "refund": then })).await;
        shop.stock(&sku, &format!("T{}", &sku[4..]), 2).await;
        let waits = async || {
            let body = json!({ "sku": sku, "quantity": 1, "buyer": { "external_id": "rich" } });
            let placed = shop.post("/v1/orders", &body).await;
            assert_eq!(placed.status, 201, "{}", placed.text);
            placed.json["id"].as_str().expect("an id").to_owned()
        };
        let order = waits().await;
        let edit = shop.request(reqwest::Method::PATCH, &format!("/v1/skus/{sku}"));
        let edited = shop.send(edit.json(&json!({ "refund": now }))).await;
        assert_eq!(edited.json["refund"], now, "{}", edited.text);
        let wallet = json!({ "method": "wallet" });
        let paid = shop.post(&format!("/v1/orders/{order}/payments"), &wallet).await;
        assert_eq!(paid.status, 201, "{}", paid.text);
        let asked = json!({ "reason": "不要了" });
        let answer = shop.post(&format!("/v1/orders/{order}/refunds"), &asked).await;
        assert_eq!(answer.code(), code, "{then} {now}: {}", answer.text);
    }
    app.stop().await;
    db.assert_sound().await;
}

async fn a_refund_that_failed_is_sent_again(kind: Kind) {
    let db = Db::new(kind);
    // Nobody sends refunds here; what the channel says of them is brought by hand.
    let options = Options { without_work: true, ..Options::default() };
    let app = App::start_with(db.url(), options).await;
    let shop = app.merchant("星河").await;
    let (stop, stopped) = watch::channel(false);
    let work = tokio::spawn(deliver::run(app.engine.clone(), stopped));
    let sku = shop.sku(1_000, json!({})).await;
    shop.stock(&sku, "A", 1).await;
    stop.send_replace(true);
    work.await.expect("the work ends");

    let body = json!({ "sku": sku, "quantity": 1, "buyer": { "external_id": "b" } });
    let order = shop.post("/v1/orders", &body).await;
    let order = order.json["id"].as_str().expect("an id");
    let payment = shop.begin_to_pay(order).await;
    let pay = json!({ "action": "pay" });
    let paid = shop.post(&format!("/test-channel/payments/{payment}"), &pay).await;
    assert_eq!(paid.json["state"], "succeeded", "{}", paid.text);
    let path = format!("/v1/orders/{order}/refunds");
    let refund = shop.post(&path, &json!({ "reason": "不要了" })).await;
    let id = refund.json["id"].as_str().expect("an id");
    let state = async || {
        let refund = shop.get(&format!("/v1/refunds/{id}")).await;
        (refund.json["state"].clone(), refund.json["ended_at"].is_string())
    };
    let retry = async |key: &str| {
        let again = shop.post_as(&format!("/v1/refunds/{id}/retry"), &json!({}), key).await;
        assert_eq!(again.status, 200, "{}", again.text);
        again
    };

    assert_eq!(retry("early").await.json["state"], "processing");
    app.settle_refund(shop.tenant, id, Answer::Failed).await;
    assert_eq!(state().await, (json!("failed"), true));
    db.assert_sound().await;
    assert!(retry("early").await.replayed, "a repeat does nothing");
    assert_eq!(state().await, (json!("failed"), true));
    assert_eq!(retry("once").await.json["state"], "processing");
    assert_eq!(state().await, (json!("processing"), false));
    assert_eq!(db.number("SELECT COUNT(*) FROM work WHERE kind = 5").await, 1, "it is sent");
    app.settle_refund(shop.tenant, id, Answer::Failed).await;
    assert_eq!(retry("twice").await.json["state"], "processing");
    app.settle_refund(shop.tenant, id, Answer::Succeeded).await;
    let before = db.facts().await;
    assert_eq!(retry("late").await.json["state"], "succeeded");
    assert_eq!((state().await, db.facts().await), ((json!("succeeded"), true), before));
    app.stop().await;
    db.assert_sound().await;
}

/// A gift beside goods that were paid through a channel: no channel is asked to give nothing back.
async fn what_was_free_is_given_back_at_once(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let restock = json!({ "returned_codes": "restock" });
    let (gift, goods) = (shop.sku(0, restock).await, shop.sku(500, json!({})).await);
    shop.stock(&gift, "G", 3).await;
    shop.stock(&goods, "P", 3).await;
    let lines = json!([{ "sku": gift, "quantity": 1 }, { "sku": goods, "quantity": 1 }]);
    let body = json!({ "lines": lines, "buyer": { "external_id": "buyer" } });
    let order = shop.post("/v1/orders", &body).await;
    let id = order.json["id"].as_str().expect("an id").to_owned();
    let payment = shop.begin_to_pay(&id).await;
    let path = format!("/test-channel/payments/{payment}");
    let paid = shop.post(&path, &json!({ "action": "pay" })).await;
    assert_eq!(paid.json["state"], "succeeded", "{}", paid.text);
    let body = json!({ "lines": [{ "line": 1, "quantity": 1 }], "reason": "不要赠品" });
    let refund = shop.post(&format!("/v1/orders/{id}/refunds"), &body).await;
    assert_eq!((refund.status, &refund.json["amount"]["amount"]), (201, &json!(0)));
    assert_eq!(refund.json["state"], "succeeded", "{}", refund.text);
    let order = shop.get(&format!("/v1/orders/{id}")).await;
    assert_eq!(order.json["state"], "partially_refunded", "{}", order.text);
    assert_eq!(shop.get(&format!("/v1/skus/{gift}")).await.json["stock"], 3);
    app.stop().await;
    db.assert_sound().await;
}
