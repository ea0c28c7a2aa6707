//! Nobody holds a shop without money: what guests keep unpaid has an end, and what comes back is looked at again.

use super::Stall;
use engine::{Clock, Settings};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use testkit::app::Options;
use testkit::browser::Browser;
use testkit::{Kind, on_both};

on_both!(
    guests_hold_at_most_half_and_buyers_with_money_find_the_rest,
    an_order_without_a_hold_is_paid_from_what_is_free_or_paid_back,
    a_sku_sets_its_own_numbers_and_keys_hold_any_number,
    a_code_that_expired_while_it_was_held_is_never_the_last_one,
    the_limit_of_a_person_goes_by_his_phone_else_by_his_cookie,
    money_that_came_and_went_is_seen,
);

const A_DAY: i64 = 24 * 3600 * 1_000_000;

impl Stall {
    async fn place(&self, browser: &Browser, quantity: &str) -> String {
        let page = self.checkout(browser).await;
        let placed = self.send(browser, &page, quantity).await;
        assert_eq!(placed.status, 303, "{}", placed.html);
        placed.location
    }

    async fn change(&self, change: &Value) {
        let request = self.shop.request(reqwest::Method::PATCH, &format!("/v1/skus/{}", self.sku));
        let edited = self.shop.send(request.json(change)).await;
        assert_eq!(edited.status, 200, "{}", edited.text);
    }

    async fn last_order(&self) -> Value {
        let id = self.shop.get("/v1/orders?limit=1").await.json["data"][0]["id"].clone();
        let id = id.as_str().expect("an order").to_owned();
        self.shop.get(&format!("/v1/orders/{id}")).await.json
    }
}

async fn guests_hold_at_most_half_and_buyers_with_money_find_the_rest(kind: Kind) {
    let stall = Stall::new(kind, 10).await;
    let not_held = "没有为你保留库存";
    for n in 0..4 {
        let browser = stall.browser();
        browser.get(&format!("{}?lang=zh-CN", stall.home)).await;
        let order = stall.place(&browser, "2").await;
        let page = browser.get(&order).await.html;
        // 2 and 4 pieces fit into half of ten; six would not.
        assert_eq!(page.contains(not_held), n >= 2, "{n}: {page}");
    }
    assert_eq!(stall.free().await, 6, "an attacker without a coin leaves the rest for sale");
    stall.app.stop().await;
    stall.db.assert_sound().await;
}

async fn an_order_without_a_hold_is_paid_from_what_is_free_or_paid_back(kind: Kind) {
    let stall = Stall::new(kind, 4).await;
    let (held, first, second) = (stall.browser(), stall.browser(), stall.browser());
    stall.place(&held, "2").await;
    let (one, other) = (stall.place(&first, "2").await, stall.place(&second, "2").await);
    assert_eq!(stall.free().await, 2);
    for (browser, order, goods) in [(&first, &one, true), (&second, &other, false)] {
        let cashier = stall.cashier(browser, order).await;
        assert_eq!(browser.post(&cashier, &[("action", "pay")]).await.status, 303);
        let page = browser.get(&format!("{order}?lang=zh-CN")).await.html;
        assert_eq!(page.contains(&format!("{order}/reveal")), goods, "{page}");
        assert_eq!(page.contains("收到和退回的钱"), !goods, "{page}");
    }
    assert_eq!(stall.free().await, 0);
    let order = stall.last_order().await;
    let money = |name: &str| order[name]["amount"].as_i64();
    assert_eq!(
        (money("received"), money("returned"), money("paid")),
        (Some(3980), Some(3980), Some(0))
    );
    stall.app.stop().await;
    stall.db.assert_sound().await;
}

async fn a_sku_sets_its_own_numbers_and_keys_hold_any_number(kind: Kind) {
    let stall = Stall::new(kind, 10).await;
    stall.change(&json!({ "limits": { "held_by_guests": 9, "held_per_browser": 1 } })).await;
    let browser = stall.browser();
    stall.place(&browser, "1").await;
    stall.place(&browser, "1").await;
    assert_eq!(stall.free().await, 9, "a browser holds one");
    for _ in 0..2 {
        stall.place(&stall.browser(), "1").await;
    }
    assert_eq!(stall.free().await, 7);
    stall.change(&json!({ "limits": { "held_by_guests": 0 } })).await;
    stall.place(&stall.browser(), "1").await;
    assert_eq!(stall.free().await, 7, "nothing is held for guests");
    let body = json!({ "sku": stall.sku, "quantity": 7, "buyer": { "external_id": "b" } });
    let placed = stall.shop.post_as("/v1/orders", &body, "all-of-it").await;
    assert_eq!(placed.status, 201, "{}", placed.text);
    assert_eq!(stall.free().await, 0, "a key holds what it orders");
    stall.app.stop().await;
    stall.db.assert_sound().await;
}

async fn a_code_that_expired_while_it_was_held_is_never_the_last_one(kind: Kind) {
    let clock = Arc::new(AtomicI64::new(kernel::Timestamp::now().0));
    let engine = Settings { clock: Clock::Manual(Arc::clone(&clock)), ..Settings::default() };
    let options = Options { engine, ..Options::default() };
    let mut stall = Stall::with(kind, 0, options.clone()).await;
    let at = |days: i64| kernel::Timestamp(clock.load(Ordering::SeqCst) + days * A_DAY);
    let file = |code: &str, days| format!("password,valid_until\n{code},{}\n", at(days));
    stall.shop.import(&stall.sku, file("LAST-1", 1)).await;
    let other = stall.shop.sku(1990, json!({})).await;
    stall.shop.import(&other, file("LAST-2", 5)).await;
    // Without work no timer helps: the command that gives the piece back looks at it itself.
    stall.app = stall.app.restart_edge(Options { without_work: true, ..options }).await;
    stall.shop = stall.shop.at(stall.app.url());

    let browser = stall.browser();
    let order = stall.place(&browser, "1").await;
    let waiting = stall.checkout(&stall.browser()).await;
    assert!(!waiting.html.contains("name=\"once\""), "it is held: {}", waiting.html);
    clock.fetch_add(2 * A_DAY, Ordering::SeqCst);
    let cancelled = browser.post(&format!("{order}/cancel"), &[]).await;
    assert_eq!(cancelled.status, 303, "{}", cancelled.html);
    assert_eq!(stall.free().await, 0, "the piece came back past its date");
    let order = |sku: &str| json!({ "sku": sku, "buyer": { "external_id": "b" } });
    let refused = stall.shop.post_as("/v1/orders", &order(&stall.sku), "last").await;
    assert_eq!((refused.status, refused.code()), (409, "out_of_stock"), "{}", refused.text);

    // One that crosses its date on the shelf is not sold either, before any timer rang.
    stall.sku = other;
    let page = stall.checkout(&browser).await;
    clock.fetch_add(4 * A_DAY, Ordering::SeqCst);
    let gone = stall.send(&browser, &page, "1").await;
    assert_eq!(gone.status, 409, "{}", gone.html);
    let refused = stall.shop.post_as("/v1/orders", &order(&stall.sku), "last-2").await;
    assert_eq!((refused.status, refused.code()), (409, "out_of_stock"), "{}", refused.text);
    stall.app.stop().await;
    stall.db.assert_sound().await;
}

async fn the_limit_of_a_person_goes_by_his_phone_else_by_his_cookie(kind: Kind) {
    let stall = Stall::new(kind, 9).await;
    stall.change(&json!({ "limits": { "per_user": 1 } })).await;
    let browser = stall.browser();
    stall.place(&browser, "1").await;
    let page = stall.checkout(&browser).await;
    assert_eq!(stall.send(&browser, &page, "1").await.status, 409, "the same cookie");
    // Another cookie from the same address is another buyer.
    stall.place(&stall.browser(), "1").await;

    let input = json!([{ "code": "phone", "name": "手机号", "kind": "phone" }]);
    stall.edit(&json!({ "input": input })).await;
    let (one, other) = (stall.browser(), stall.browser());
    for (browser, phone, status) in [
        (&one, "13800138000", 303),
        (&other, "138-0013-8000", 409),
        (&other, "%2B86 138 0013 8000", 409),
        (&one, "13900139000", 303),
    ] {
        let page = stall.checkout(browser).await;
        let sent = stall.answer(browser, &page, &[("input-phone", phone)]).await;
        assert_eq!(sent.status, status, "{phone}: {}", sent.html);
    }
    stall.app.stop().await;
    stall.db.assert_sound().await;
}

async fn money_that_came_and_went_is_seen(kind: Kind) {
    let stall = Stall::new(kind, 1).await;
    let browser = stall.browser();
    let order = stall.place(&browser, "1").await;
    let cashier = stall.cashier(&browser, &order).await;
    let less = browser.post(&cashier, &[("action", "underpay")]).await;
    assert_eq!(less.status, 303, "{}", less.html);
    let cashier = stall.cashier(&browser, &order).await;
    for action in ["pay", "pay"] {
        browser.post(&cashier, &[("action", action)]).await;
    }
    let row = stall.last_order().await;
    let money = |name: &str| row[name]["amount"].as_i64().expect("an amount");
    assert_eq!(row["state"], "delivered", "{row}");
    assert_eq!(
        (money("paid"), money("received"), money("returned")),
        (1990, 1989 + 3980, 1989 + 1990)
    );
    let id = row["id"].as_str().expect("an id");
    let payments = stall.shop.get(&format!("/v1/orders/{id}/payments")).await;
    let listed = payments.json["data"].as_array().expect("payments");
    let of = |state: &str| listed.iter().find(|payment| payment["state"] == state);
    let (less, paid) = (of("returned").expect("the first"), of("succeeded").expect("the second"));
    assert_eq!(listed.len(), 2, "{}", payments.text);
    assert_eq!(less["receipts"][0]["amount"]["amount"], 1989, "{}", payments.text);
    assert_eq!(less["receipts"][0]["applied"]["amount"], 0);
    assert_eq!(less["channel_number"], less["receipts"][0]["channel_number"]);
    assert!(less["receipts"][0]["at"].is_string() && less["ended_at"].is_string());
    assert_eq!(paid["receipts"].as_array().map(Vec::len), Some(2), "{}", payments.text);
    let refunds = stall.shop.get(&format!("/v1/orders/{id}/refunds")).await;
    let listed = refunds.json["data"].as_array().expect("refunds");
    let mut causes: Vec<_> = listed.iter().filter_map(|refund| refund["cause"].as_str()).collect();
    causes.sort_unstable();
    assert_eq!(causes, ["paid_twice", "underpaid"], "{}", refunds.text);
    assert!(listed.iter().all(|refund| refund["receipt"].is_string()), "{}", refunds.text);
    for path in ["payments", "refunds"] {
        let other = stall.app.merchant("北辰").await;
        assert_eq!(other.get(&format!("/v1/orders/{id}/{path}")).await.status, 404);
    }
    let page = browser.get(&format!("{order}?lang=zh-CN")).await.html;
    assert!(page.contains("已收到") && page.contains("¥19.89"), "{page}");
    stall.app.stop().await;
    stall.db.assert_sound().await;
}
