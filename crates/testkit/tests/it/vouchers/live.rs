//! Live tokens: a minute, once, one at a time.

use super::{Till, count, delivered, refused};
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Kind, on_both};

on_both!(
    a_token_lives_a_minute_and_is_used_once,
    a_new_token_ends_the_one_before,
    many_tills_with_one_token_redeem_once,
    hours_bills_and_first_use_are_kept,
);

const SECOND: i64 = 1_000_000;

/// A live voucher of so many uses: its id.
async fn live(till: &Till, uses: u32) -> String {
    let sku = till.sku(1_000, count(uses), json!({ "present": "live" })).await;
    let order = till.shop.order(&sku, 1, "buyer").await;
    let voucher = &order.json["deliveries"][0]["voucher"];
    assert_eq!((order.status, &voucher["code"]), (201, &Value::Null), "{}", order.text);
    voucher["id"].as_str().expect("an id").to_owned()
}

async fn edit_sku(till: &Till, sku: &str, change: &Value) -> Answer {
    let path = format!("/v1/skus/{sku}");
    till.shop.send(till.shop.request(Method::PATCH, &path).json(change)).await
}

async fn token(till: &Till, voucher: &str) -> String {
    let path = format!("/v1/vouchers/{voucher}/tokens");
    let shown = till.shop.post(&path, &json!({})).await;
    assert_eq!(shown.status, 201, "{}", shown.text);
    let token = shown.json["token"].as_str().expect("a token").to_owned();
    assert!(token.len() == 8 && token.bytes().all(|b| b.is_ascii_digit()), "{token}");
    token
}

async fn a_token_lives_a_minute_and_is_used_once(kind: Kind) {
    let till = Till::open(kind).await;
    let voucher = live(&till, 3).await;
    let first = token(&till, &voucher).await;
    let spaced = format!("{} {}", &first[..4], &first[4..]);
    assert_eq!(till.lookup(&spaced).await.json["id"], voucher.as_str());
    let used = till.uses(&first, 1).await;
    assert_eq!((used.status, &used.json["remaining"]), (201, &json!(2)), "{}", used.text);
    // The same token twice, and a picture of one a minute later.
    refused(&till.uses(&first, 1).await, 409, "voucher_state");
    refused(&till.lookup(&first).await, 404, "not_found");
    let second = token(&till, &voucher).await;
    till.pass(60 * SECOND);
    refused(&till.uses(&second, 1).await, 409, "voucher_state");
    refused(&till.lookup(&second).await, 404, "not_found");
    // The code, which nobody is told, does not work either.
    let id: kernel::VoucherId = voucher.parse().expect("an id");
    let bits = till.app.engine.vault().voucher_code(till.shop.tenant, &id.0);
    refused(&till.uses(&domain::voucher::code::write(&bits), 1).await, 409, "voucher_state");
    // What is shown by its code has no tokens.
    let plain = till.sku(1_000, count(1), json!({})).await;
    let plain = till.buy(&plain, 1).await.1.remove(0).0;
    let path = format!("/v1/vouchers/{plain}/tokens");
    refused(&till.shop.post(&path, &json!({})).await, 409, "voucher_state");
    assert_eq!(till.shop.get(&format!("/v1/vouchers/{voucher}")).await.json["remaining"], 2);
    till.close().await;
}

async fn a_new_token_ends_the_one_before(kind: Kind) {
    let till = Till::open(kind).await;
    let voucher = live(&till, 3).await;
    let one = token(&till, &voucher).await;
    let other = token(&till, &voucher).await;
    assert_ne!(one, other);
    let refused_one = till.uses(&one, 1).await;
    assert!([404, 409].contains(&refused_one.status), "{}", refused_one.text);
    assert_eq!(till.uses(&other, 1).await.status, 201);
    till.close().await;
}

async fn many_tills_with_one_token_redeem_once(kind: Kind) {
    let till = Till::open(kind).await;
    let voucher = live(&till, 50).await;
    let token = token(&till, &voucher).await;
    let answers = join_all((0..100).map(|_| till.uses(&token, 1))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
    for answer in answers.iter().filter(|answer| answer.status != 201) {
        refused(answer, 409, "voucher_state");
    }
    assert_eq!(till.shop.get(&format!("/v1/vouchers/{voucher}")).await.json["remaining"], 49);
    till.close().await;
}

async fn hours_bills_and_first_use_are_kept(kind: Kind) {
    let till = Till::open(kind).await;
    let (day, minute) = till.app.engine.now().clock_in("Asia/Shanghai").expect("a zone");
    let other_day = day % 7 + 1;
    let whole = |day: u8| json!([{ "days": [day], "from": "00:00", "until": "24:00" }]);
    let least = json!({ "amount": 5_000, "currency": "CNY" });
    let terms = json!({
        "hours": whole(other_day), "min_spend": least,
        "validity": { "days_after_first_use": 2 }
    });
    let sku = till.sku(1_000, count(3), terms).await;
    let code = delivered(&till.shop.order(&sku, 1, "buyer").await.json).remove(0).1;
    assert_eq!(till.lookup(&code).await.json["valid_until"], Value::Null);
    let spend = |fen: i64| json!({ "code": code, "uses": 1, "spend": { "amount": fen, "currency": "CNY" } });
    refused(&till.shop.post("/v1/redemptions", &spend(5_000)).await, 409, "voucher_not_here");
    let product = till.shop.get(&format!("/v1/skus/{sku}")).await;
    assert_eq!(product.json["hours"], whole(other_day), "{}", product.text);
    let edit =
        json!({ "hours": [{ "days": [1, 2, 3, 4, 5, 6, 7], "from": "00:00", "until": "24:00" }] });
    let edited = edit_sku(&till, &sku, &edit).await;
    assert_eq!(edited.status, 200, "{}", edited.text);
    refused(&till.shop.post("/v1/redemptions", &spend(4_999)).await, 409, "voucher_not_here");
    let none = json!({ "code": code, "uses": 1 });
    refused(&till.shop.post("/v1/redemptions", &none).await, 422, "invalid");
    assert_eq!(till.shop.post("/v1/redemptions", &spend(5_000)).await.status, 201, "{minute}");
    let until = till.app.engine.now().plus_days(2);
    assert_eq!(till.lookup(&code).await.json["valid_until"], json!(until));
    till.pass(2 * super::DAY);
    refused(&till.shop.post("/v1/redemptions", &spend(5_000)).await, 409, "voucher_expired");
    for (field, wrong) in [
        ("hours", json!([{ "days": [8], "from": "00:00", "until": "24:00" }])),
        ("hours", json!([{ "days": [1], "from": "10:00", "until": "10:00" }])),
        ("hours", json!([{ "days": [1], "from": "9:00", "until": "10:00" }])),
        ("min_spend", json!({ "amount": 0, "currency": "CNY" })),
        ("min_spend", json!({ "amount": 1, "currency": "USD" })),
        ("validity", json!({ "days_after_first_use": 0 })),
    ] {
        let answer = edit_sku(&till, &sku, &json!({ field: wrong })).await;
        assert!([400, 422].contains(&answer.status), "{wrong}: {}", answer.text);
    }
    till.close().await;
}
