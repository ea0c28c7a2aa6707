//! Notices that no channel sent for this payment: nothing changes, and each is told as a fact.

use super::shop::{METHODS, Shop};
use serde_json::json;
use testkit::{Db, Kind, on_both};

on_both!(every_forgery_is_refused_and_told, a_good_notice_at_another_account_changes_nothing,);

async fn every_forgery_is_refused_and_told(kind: Kind) {
    let db = Db::new(kind);
    for merchant in [0, 1] {
        let shop = Shop::open(&db, merchant).await;
        shop.stock(&format!("F{merchant}"), 9).await;
        for (method, channel) in METHODS {
            let (order, payment) = shop.begun(method, 1).await;
            let before = shop.get(&format!("/v1/orders/{order}")).await;
            let said = shop.act(&payment, &json!({ "action": "forge" })).await;
            let forged = said["forged"].as_array().expect("forgeries");
            assert!(forged.len() >= 5, "{method}: {said}");
            for one in forged {
                // Alipay signs no time: what is old and good is confirmed and changes nothing.
                let old =
                    channel == "alipay" && one["forgery"].as_str() == Some("replayed after a day");
                assert!(old || one["confirmed"] == false, "{method}: {one}");
            }
            assert_eq!(shop.get(&format!("/v1/orders/{order}")).await, before);
            let payment = shop.get(&format!("/v1/payments/{payment}")).await;
            assert_eq!(payment["state"], "pending", "{payment}");
            shop.pass(61);
        }
        let facts = shop.facts("payment.notice_refused").await;
        let reasons: std::collections::BTreeSet<&str> =
            facts.iter().filter_map(|fact| fact["data"]["reason"].as_str()).collect();
        for reason in ["bad_signature", "stale", "unsigned"] {
            assert!(reasons.contains(reason), "{reason}: {reasons:?}");
        }
    }
    db.assert_sound().await;
}

/// The same merchant's key signs for both his accounts at Stripe; a payment is bound to the one it began at.
async fn a_good_notice_at_another_account_changes_nothing(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db, 0).await;
    shop.stock("B", 2).await;
    let (order, payment) = shop.begun("stripe", 1).await;
    let entries = shop.sandbox.accounts().merchants[0].entries();
    let (_, body) = entries.iter().find(|(channel, _)| *channel == "stripe").expect("Stripe");
    let second = shop.caller.post("/v1/payment-accounts", body).await;
    let second = second.json["id"].as_str().expect("an id").to_owned();
    shop.fault("stripe", "no_notices", json!({})).await;
    shop.act(&payment, &json!({ "action": "pay" })).await;
    shop.fault("stripe", "none", json!({})).await;
    // The second endpoint is told the same, under a signature that is good there.
    shop.sandbox.add_stripe_webhook(0, &format!("{}/notify/stripe/{second}", shop.app.url()));
    let before = shop.facts("payment.notice_refused").await.len();
    shop.act(&payment, &json!({ "action": "repeat" })).await;
    shop.until(&order, "delivered").await;
    let payments = shop.get(&format!("/v1/orders/{order}/payments")).await;
    assert_eq!(payments["data"].as_array().map(Vec::len), Some(1), "{payments}");
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while shop.facts("payment.notice_refused").await.len() == before {
        assert!(std::time::Instant::now() < deadline, "the stranger was not told of");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    db.assert_sound().await;
}
