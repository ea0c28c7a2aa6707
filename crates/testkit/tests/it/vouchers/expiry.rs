//! What becomes of vouchers whose time is over: once, whatever else happens.

use super::{DAY, OUTSTANDING, REDEEMED, Till, UNEARNED, count, refused};
use futures_util::future::join_all;
use serde_json::json;
use std::time::Duration;
use testkit::{Kind, on_both};

on_both!(
    what_expires_is_paid_back_kept_or_extended_once,
    of_expiry_and_redemption_one_wins,
    what_is_taken_back_after_its_time_expires_too,
);

impl Till {
    /// Waits until nothing is effective whose time is over.
    pub async fn swept(&self) {
        let now = self.clock.load(std::sync::atomic::Ordering::SeqCst);
        let due = format!("SELECT COUNT(*) FROM vouchers WHERE state = 1 AND valid_until <= {now}");
        for _ in 0..2_400 {
            if self.db.number(&due).await == 0 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("vouchers do not expire");
    }
}

async fn what_expires_is_paid_back_kept_or_extended_once(kind: Kind) {
    let till = Till::open(kind).await;
    let with = |rule| json!({ "validity": { "days": 2 }, "on_expiry": rule });
    let refund = till.sku(1_000, count(3), with(json!("refund"))).await;
    let forfeit = till.sku(1_000, count(3), with(json!("forfeit"))).await;
    let extend = till.sku(1_000, count(3), with(json!({ "extend": 5 }))).await;
    // More than a slice of one order, and one that waits for a channel.
    let (order, paid_back) = till.buy(&refund, 250).await;
    let (_, kept) = till.buy(&forfeit, 2).await;
    let (_, longer) = till.buy(&extend, 1).await;
    let body = json!({ "sku": refund, "buyer": { "external_id": "other" } });
    let second = till.shop.post("/v1/orders", &body).await;
    let second = second.json["id"].as_str().expect("an id").to_owned();
    let payment = till.shop.begin_to_pay(&second).await;
    let paid = format!("/test-channel/payments/{payment}");
    let paid = till.shop.post(&paid, &json!({ "action": "pay" })).await;
    assert_eq!(paid.status, 200, "{}", paid.text);
    for _ in 0..200 {
        if till.shop.get(&format!("/v1/orders/{second}")).await.json["state"] == "delivered" {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(till.uses(&paid_back[0].1, 1).await.status, 201);
    assert_eq!(till.uses(&paid_back[1].1, 3).await.status, 201);
    assert_eq!(till.uses(&kept[0].1, 1).await.status, 201);
    let before = till.wallet().await;
    till.pass(DAY);
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(till.wallet().await, before, "nothing before its time");
    till.pass(DAY);
    till.swept().await;
    // 248 whole ones and 6.66 of the one that was used once; the one that was used up gives nothing.
    assert_eq!(till.wallet().await - before, 248_000 + 666);
    let order = till.shop.get(&format!("/v1/orders/{order}")).await;
    assert_eq!(order.json["refunded"]["amount"], 248_666, "{}", order.text);
    let refunds = till.shop.get(&format!("/v1/orders/{second}/refunds")).await;
    assert_eq!(refunds.json["data"][0]["cause"], "expired", "{}", refunds.text);
    assert_eq!(refunds.json["data"][0]["amount"]["amount"], 1_000, "{}", refunds.text);
    refused(&till.uses(&paid_back[0].1, 1).await, 409, "voucher_expired");
    refused(&till.uses(&kept[0].1, 1).await, 409, "voucher_expired");
    assert_eq!(till.uses(&longer[0].1, 1).await.status, 201, "it has five days more");
    assert_eq!(till.balance(OUTSTANDING).await, 2);
    till.pass(5 * DAY);
    till.swept().await;
    refused(&till.uses(&longer[0].1, 1).await, 409, "voucher_expired");
    assert_eq!((till.balance(OUTSTANDING).await, till.balance(UNEARNED).await), (0, 0));
    let waiting = "SELECT COUNT(*) FROM refunds WHERE state = 1";
    for _ in 0..200 {
        if till.db.number(waiting).await == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    till.close().await;
}

async fn of_expiry_and_redemption_one_wins(kind: Kind) {
    let till = Till::open(kind).await;
    let sku = till.sku(1_000, count(1), json!({ "validity": { "days": 2 } })).await;
    let (_, vouchers) = till.buy(&sku, 100).await;
    let before = till.wallet().await;
    till.pass(2 * DAY - 20_000);
    let tries = join_all(vouchers.iter().enumerate().map(async |(n, (_, code))| {
        if n == 50 {
            till.pass(20_000);
        }
        let used = till.uses(code, 1).await;
        if used.status != 201 {
            refused(&used, 409, "voucher_expired");
        }
        used.status == 201
    }));
    let used = tries.await.into_iter().filter(|used| *used).count() as i64;
    till.swept().await;
    assert_eq!(till.wallet().await - before, (100 - used) * 1_000);
    assert_eq!((till.balance(OUTSTANDING).await, till.balance(REDEEMED).await), (0, used));
    till.close().await;
}

async fn what_is_taken_back_after_its_time_expires_too(kind: Kind) {
    let till = Till::open(kind).await;
    let sku = till.sku(1_000, count(1), json!({ "validity": { "days": 2 } })).await;
    let (_, vouchers) = till.buy(&sku, 1).await;
    till.pass(2 * DAY - 3_600_000_000);
    let used = till.uses(&vouchers[0].1, 1).await;
    till.pass(2 * 3_600_000_000);
    till.swept().await;
    let before = till.wallet().await;
    let back = till.reverse(&used.json).await;
    assert_eq!(back.status, 201, "{}", back.text);
    refused(&till.uses(&vouchers[0].1, 1).await, 409, "voucher_expired");
    till.swept().await;
    assert_eq!(till.wallet().await - before, 1_000, "what came back is paid back");
    till.close().await;
}
