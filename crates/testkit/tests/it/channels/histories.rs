//! Random histories: whatever payers and channels do, every fen of the channels' books equals ours.

use super::shop::{METHODS, Shop};
use futures_util::future::join_all;
use rand::{RngExt as _, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::json;
use std::ops::Range;
use std::time::{Duration, Instant};
use testkit::{Db, Kind, on_both};

on_both!(whatever_payers_do_the_books_agree);

/// Histories of a run; more with `TESSERA_HISTORIES`, as `make histories` asks for.
const HISTORIES: u64 = 16;
/// So many of them happen in one shop; more shops are open beside each other.
const OF_A_SHOP: u64 = 125;
/// The longest wait for a channel's last notice: it pauses up to three minutes between two.
const PATIENCE: Duration = Duration::from_secs(270);

async fn whatever_payers_do_the_books_agree(kind: Kind) {
    let asked = std::env::var("TESSERA_HISTORIES").ok().and_then(|count| count.parse().ok());
    let count = asked.unwrap_or(HISTORIES);
    let mut shops = Vec::new();
    for first in (0..count).step_by(OF_A_SHOP as usize) {
        let db = Db::new(kind);
        let shop = Shop::open(&db, 0).await;
        shop.stock("Z", 1_000).await;
        shops.push(in_a_shop(db, shop, first..count.min(first + OF_A_SHOP)));
    }
    join_all(shops).await;
}

async fn in_a_shop(db: Db, shop: Shop, seeds: Range<u64>) {
    for seed in seeds {
        history(&shop, seed).await;
        recharge(&shop, seed).await;
        if seed % 25 == 24 {
            println!("{seed} is over");
        }
    }
    shop.until_heard(&db).await;
    shop.wallets_agree().await;
    shop.agrees_with_the_channels().await;
    db.assert_sound().await;
}

/// One order: begun by one or two ways, paid well, late, twice, too little or not at all, and given back in part.
async fn history(shop: &Shop, seed: u64) {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let fault = ["none", "repeat", "no_notices", "out_of_order", "none"][random.random_range(0..5)];
    shop.fault("all", fault, json!({ "seconds": 1 })).await;
    let quantity = random.random_range(1..=3);
    let order = shop.order(quantity).await;
    let mut payments = Vec::new();
    for _ in 0..random.random_range(1..=2) {
        let (method, _) = METHODS[random.random_range(0..METHODS.len())];
        payments.push(super::shop::id(&shop.begin(&order, method).await));
    }
    for payment in &payments {
        let action =
            ["pay", "pay", "pay_twice", "underpay", "fail", "pay_after", "pay_with_coupon", "open"]
                [random.random_range(0..8)];
        let mut act = json!({ "action": action });
        match action {
            "pay_after" => act["seconds"] = json!(0),
            "pay_with_coupon" => act["coupon"] = json!(100),
            _ => {}
        }
        // What is closed or paid already is not paid again; that is the channel's word.
        let (status, said) = shop.control(&format!("payments/{payment}"), &act).await;
        assert!(matches!(status, 200 | 409), "{seed} {action}: {said}");
    }
    if random.random_range(0..5) == 0 {
        let cancelled = shop.caller.post(&format!("/v1/orders/{order}/cancel"), &json!({})).await;
        // Money may be there already.
        assert!(matches!(cancelled.status, 200 | 409), "{seed}: {}", cancelled.text);
    }
    shop.fault("all", "none", json!({})).await;
    shop.until_settled(&order).await;
    let found = shop.get(&format!("/v1/orders/{order}")).await;
    let wanted = random.random_range(0..=quantity);
    if found["state"] == "delivered" && wanted > 0 {
        let asked = shop.give_back(&order, Some(wanted)).await;
        assert_eq!(asked.status, 201, "{seed}: {}", asked.text);
        shop.until_settled(&order).await;
    }
}

/// One recharge, of which the same becomes; it is given back to nobody.
async fn recharge(shop: &Shop, seed: u64) {
    let mut random = ChaCha8Rng::seed_from_u64(!seed);
    let fault = ["none", "repeat", "no_notices", "out_of_order"][random.random_range(0..4)];
    shop.fault("all", fault, json!({ "seconds": 1 })).await;
    let (method, _) = METHODS[random.random_range(0..METHODS.len())];
    let amount = random.random_range(400..90_000);
    let payment = super::shop::id(&shop.recharge("saver", amount, method).await);
    let action = ["pay", "pay", "pay_twice", "underpay", "fail", "pay_with_coupon", "open"]
        [random.random_range(0..7)];
    let mut act = json!({ "action": action });
    if action == "pay_with_coupon" {
        act["coupon"] = json!(100);
    }
    let (status, said) = shop.control(&format!("payments/{payment}"), &act).await;
    assert_eq!(status, 200, "{seed} {action}: {said}");
    shop.fault("all", "none", json!({})).await;
    shop.until_over(&payment).await;
}

impl Shop {
    /// Waits until every charge was told of, also those whose first notice met a shop that was too slow, and what comes back is back.
    async fn until_heard(&self, db: &Db) {
        let begun = Instant::now();
        loop {
            let books = self.sandbox.books();
            let payments = books["payments"].as_array().expect("payments").iter();
            let charges = payments.filter_map(|it| it["charges"].as_array()).map(Vec::len);
            let unheard =
                charges.sum::<usize>() as i64 - db.number("SELECT COUNT(*) FROM receipts").await;
            let on_the_way = db.number("SELECT COUNT(*) FROM refunds WHERE state = 1").await;
            if (unheard, on_the_way) == (0, 0) {
                return;
            }
            let waits = format!("{unheard} are unheard of, {on_the_way} on their way back");
            assert!(begun.elapsed() < PATIENCE, "{waits}");
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    /// What wallets hold is what succeeded recharges brought.
    async fn wallets_agree(&self) {
        let (mut brought, mut behind) = (0, String::new());
        loop {
            let path = format!("/v1/payments?state=succeeded&limit=200{behind}");
            let page = self.get(&path).await;
            let recharges = page["data"].as_array().into_iter().flatten();
            let recharges = recharges.filter(|it| it["order"].is_null());
            brought += recharges.filter_map(|it| it["amount"]["amount"].as_i64()).sum::<i64>();
            let Some(next) = page["next"].as_str() else { break };
            behind = format!("&after={next}");
        }
        assert_eq!(self.wallet("saver").await, brought);
        assert!(brought > 0, "a history without a recharge shows nothing");
    }
}
