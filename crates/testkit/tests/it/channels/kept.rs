//! What is kept of channels: exchanges for half a year, and credentials, which are told of when they cannot be read.

use super::shop::Shop;
use reqwest::Method;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use testkit::{Db, Kind, on_both};

on_both!(
    exchanges_go_after_half_a_year,
    an_account_that_cannot_be_read_is_told_of_and_entered_again,
    payments_are_listed_by_their_channel,
);

const DAY: i64 = 24 * 3_600;

async fn exchanges_go_after_half_a_year(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db, 0).await;
    shop.stock("X", 2).await;
    let (order, payment) = shop.begun("wechat_native", 1).await;
    shop.act(&payment, &json!({ "action": "pay" })).await;
    shop.until(&order, "delivered").await;
    let path = format!("/v1/payments/{payment}/exchanges");
    let kept = shop.get(&path).await;
    assert_ne!(kept["data"], json!([]), "{kept}");
    shop.pass(179 * DAY);
    let shop = shop.restart(&db).await;
    let (younger, other) = shop.begun("alipay_qr", 1).await;
    assert_eq!(shop.get(&path).await, kept, "they are not that old");
    shop.pass(2 * DAY);
    let shop = shop.restart(&db).await;
    let begun = Instant::now();
    while shop.get(&path).await["data"] != json!([]) {
        assert!(begun.elapsed() < Duration::from_secs(60), "they stay");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let young = shop.get(&format!("/v1/payments/{other}/exchanges")).await;
    assert_ne!(young["data"], json!([]), "of {younger}");
    db.assert_sound().await;
}

async fn an_account_that_cannot_be_read_is_told_of_and_entered_again(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db, 0).await;
    shop.stock("U", 2).await;
    let (order, payment) = shop.begun("wechat_native", 1).await;
    let accounts = shop.get("/v1/payment-accounts").await;
    let mut accounts = accounts["data"].as_array().expect("accounts").iter();
    let account = accounts.find(|it| it["channel"] == "wechat").expect("one at WeChat Pay");
    let account = format!("/v1/payment-accounts/{}", account["id"].as_str().expect("an id"));
    // What is sealed for one field opens in no other.
    db.sql(
        "UPDATE resource_secrets SET sealed =
            (SELECT r.sealed FROM resource_secrets r WHERE r.field = 'api_v3_key' LIMIT 1)
        WHERE field = 'private_key'",
    )
    .await;
    let shop = shop.restart(&db).await;
    let begun = Instant::now();
    while shop.facts("payment.account_unreadable").await.is_empty() {
        assert!(begun.elapsed() < Duration::from_secs(60), "nobody is told");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let checked = shop.caller.post(&format!("{account}/check"), &json!({})).await;
    let said = (&checked.json["outcome"], &checked.json["code"]);
    assert_eq!(said, (&json!("refused"), &json!("unreadable")), "{}", checked.text);

    let all = shop.sandbox.accounts().merchants[0].entries();
    let (_, entry) = all.iter().find(|(channel, _)| *channel == "wechat").expect("WeChat Pay");
    let edit = async |fields: &[&str]| {
        let body: Value = fields.iter().map(|it| ((*it).to_owned(), entry[*it].clone())).collect();
        shop.caller.send(shop.caller.request(Method::PATCH, &account).json(&body)).await
    };
    let part = edit(&["private_key"]).await;
    assert_eq!((part.status, part.code()), (422, "invalid"), "{}", part.text);
    let whole = edit(&["private_key", "api_v3_key", "app_secret"]).await;
    assert_eq!(whole.status, 200, "{}", whole.text);
    let checked = shop.caller.post(&format!("{account}/check"), &json!({})).await;
    assert_eq!(checked.json["outcome"], "good", "{}", checked.text);
    shop.act(&payment, &json!({ "action": "pay" })).await;
    // Its notice goes to the address that the shop had before; it is asked for.
    shop.pass(90);
    shop.until(&order, "delivered").await;
    assert_eq!(shop.facts("payment.account_unreadable").await.len(), 1, "once an hour");
    db.assert_sound().await;
}

async fn payments_are_listed_by_their_channel(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db, 0).await;
    shop.stock("F", 3).await;
    for (method, channel) in
        [("wechat_native", "wechat"), ("wechat_h5", "wechat"), ("alipay_qr", "alipay")]
    {
        let (_, payment) = shop.begun(method, 1).await;
        // Ids follow each other by the clock, which stands still.
        shop.pass(1);
        let listed = shop.get(&format!("/v1/payments?channel={channel}")).await;
        assert_eq!(listed["data"][0]["id"], payment.as_str(), "{listed}");
    }
    for (channel, count) in [("wechat", 2), ("alipay", 1), ("stripe", 0)] {
        let listed = shop.get(&format!("/v1/payments?channel={channel}")).await;
        assert_eq!(listed["data"].as_array().map(Vec::len), Some(count), "{listed}");
    }
    let refused = shop.caller.get("/v1/payments?channel=wallet").await;
    assert_eq!((refused.status, refused.code()), (422, "invalid"), "{}", refused.text);
    db.assert_sound().await;
}
