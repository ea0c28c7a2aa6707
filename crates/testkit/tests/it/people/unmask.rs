//! What buyers are called and what they answered is masked for everybody, and opened with a reason that is recorded.

use super::{Clocked, OWNER};
use domain::identity::Scope;
use domain::people::role::BuiltIn;
use serde_json::json;
use testkit::{Kind, on_both};

on_both!(buyers_are_masked_until_somebody_says_why);

async fn buyers_are_masked_until_somebody_says_why(kind: Kind) {
    let at = Clocked::start(kind).await;
    let tenant = at.app.tenant("星河").await;
    let shop = at.app.caller(tenant, &testkit::every_scope()).await;
    let asks = json!([{ "code": "phone", "name": "手机号", "kind": "phone", "required": true }]);
    let body = json!({ "name": "充值", "input": asks, "skus": [{
        "kind": "code", "name": "月卡", "price": { "amount": 100, "currency": "CNY" } }] });
    let made = shop.post("/v1/products", &body).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let sku = made.json["skus"][0]["id"].as_str().expect("a SKU").to_owned();
    let order = json!({ "sku": sku, "quantity": 1, "buyer": { "external_id": "13912345678" },
        "input": { "phone": "13812345678" } });
    shop.stock(&sku, "U", 2).await;
    let placed = shop.post("/v1/orders", &order).await;
    assert_eq!(placed.status, 201, "{}", placed.text);
    let order = placed.json["id"].as_str().expect("an id").to_owned();
    let buyer = placed.json["buyer"]["id"].as_str().expect("an id").to_owned();
    let (order_path, buyer_path) = (format!("/v1/orders/{order}"), format!("/v1/buyers/{buyer}"));

    let owner = at.app.signed_in("owner@shop.example", tenant, OWNER).await;
    let finance = at.app.signed_in("finance@shop.example", tenant, &[BuiltIn::Finance]).await;
    for by in [&shop, &owner, &finance] {
        for path in [&order_path, &buyer_path, &"/v1/orders".to_owned(), &"/v1/buyers".to_owned()] {
            let answer = by.get(path).await;
            assert_eq!(answer.status, 200, "{}", answer.text);
            let clear = ["13912345678", "13812345678"].iter().any(|one| answer.text.contains(one));
            assert!(!clear, "{path}: {}", answer.text);
        }
    }
    let reason = json!({ "reason": "买家来电核对" });
    let scopes: Vec<_> =
        testkit::every_scope().into_iter().filter(|scope| *scope != Scope::BuyersUnmask).collect();
    let without = at.app.caller(tenant, &scopes).await;
    for by in [&finance, &without] {
        assert_eq!(by.post(&format!("{buyer_path}/unmask"), &reason).await.status, 403);
    }
    assert_eq!(owner.post(&format!("{buyer_path}/unmask"), &json!({})).await.status, 422);
    assert_eq!(at.facts("buyer.unmasked").await, 0);
    for by in [&shop, &owner] {
        let seen = by.post(&format!("{buyer_path}/unmask"), &reason).await;
        assert_eq!(seen.json["external_id"], "13912345678", "{}", seen.text);
        let seen = by.post(&format!("{order_path}/unmask"), &reason).await;
        assert_eq!(seen.json["input"]["phone"], "13812345678", "{}", seen.text);
    }
    assert_eq!((at.facts("buyer.unmasked").await, at.facts("order.unmasked").await), (2, 2));
    let journal = owner.get("/v1/journal?limit=200").await;
    assert!(journal.text.contains("买家来电核对") && !journal.text.contains("13912345678"));
    at.app.stop().await;
    at.db.assert_sound().await;
}
