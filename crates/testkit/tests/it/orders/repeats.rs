//! A repeat is known by what its body says, however that is written; what holds codes is kept by nobody on the way.

use reqwest::Method;
use serde_json::json;
use testkit::{Answer, App, Caller, Db, Kind, on_both};

on_both!(a_repeat_is_what_says_the_same);

async fn send(shop: &Caller, body: &str) -> Answer {
    let request = shop.request(Method::POST, "/v1/orders").header("idempotency-key", "the-same");
    shop.send(request.header("content-type", "application/json").body(body.to_owned())).await
}

async fn a_repeat_is_what_says_the_same(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let sku = shop.sku(100, json!({})).await;
    shop.stock(&sku, "R", 5).await;
    shop.credit("单-1", 10_000).await;
    let (buyer, escaped) = (r#"{"external_id":"单-1"}"#, r#"{ "external_id" : "\u5355-1" }"#);
    let pay = r#"{"method":"wallet"}"#;
    let body = format!(r#"{{"sku":"{sku}","quantity":1,"buyer":{buyer},"pay":{pay}}}"#);
    let first = send(&shop, &body).await;
    assert_eq!(first.status, 201, "{}", first.text);
    let request = shop.request(Method::POST, "/v1/orders").header("idempotency-key", "the-same");
    let request = request.header("content-type", "application/json").body(body);
    let headers = request.send().await.expect("an answer").headers().clone();
    assert_eq!(headers["cache-control"], "no-store");
    assert_eq!(headers["x-content-type-options"], "nosniff");
    for again in [
        format!(
            "\n{{\"pay\" : {pay},\t\"buyer\": {escaped}, \"quantity\":1 , \"sku\":\"{sku}\"}}\n"
        ),
        format!(r#"{{"buyer":{buyer},"sk\u0075":"{sku}","pay":{pay},"quantity":1}}"#),
    ] {
        let repeat = send(&shop, &again).await;
        assert_eq!((repeat.status, &repeat.text), (201, &first.text), "{again}");
        assert!(repeat.replayed, "{again}");
    }
    for other in [
        format!(r#"{{"sku":"{sku}","quantity":2,"buyer":{buyer},"pay":{pay}}}"#),
        format!(r#"{{"sku":"{sku}","buyer":{buyer},"pay":{pay}}}"#),
    ] {
        let refused = send(&shop, &other).await;
        assert_eq!((refused.status, refused.code()), (422, "idempotency_key_reused"), "{other}");
    }
    assert_eq!(shop.get(&format!("/v1/skus/{sku}")).await.json["stock"], 4);
    app.stop().await;
    db.assert_sound().await;
}
