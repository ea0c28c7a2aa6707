//! Orders by API of products that ask: answers are read, kept sealed and shown masked; errors name the field.

use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, App, Caller, Db, Kind, on_both};

on_both!(answers_and_consent_come_with_orders, two_products_that_ask_share_an_order);

/// A SKU with ten codes whose product asks for these fields.
async fn asking(shop: &Caller, prefix: &str, input: Value) -> String {
    let body = json!({ "name": prefix, "input": input, "skus": [{
        "kind": "code", "name": "一张", "price": { "amount": 100, "currency": "CNY" }
    }]});
    let made = shop.post("/v1/products", &body).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let sku = made.json["skus"][0]["id"].as_str().expect("a SKU").to_owned();
    shop.stock(&sku, prefix, 10).await;
    sku
}

fn assert_refused(answer: &Answer, field: &str) {
    let named = &answer.json["errors"][0]["field"];
    let told = (answer.status, answer.code(), named.as_str().unwrap_or_default());
    assert_eq!(told, (422, "invalid", field), "{}", answer.text);
    assert!(!answer.text.contains("SECRET"), "{}", answer.text);
}

async fn answers_and_consent_come_with_orders(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let phone = json!({ "code": "phone", "name": "手机号", "kind": "phone" });
    let mail = json!({ "code": "mail", "name": "邮箱", "kind": "email", "required": false });
    let sku = asking(&shop, "A", json!([phone, mail])).await;
    shop.credit("buyer", 100_000).await;
    let body = |input: Value, consent: Value, pays: bool| {
        let mut body = Caller::order_body(&sku, 1, "buyer");
        for (field, value) in [("input", input), ("consent", consent)] {
            if !value.is_null() {
                body[field] = value;
            }
        }
        if !pays {
            body.as_object_mut().expect("a body").remove("pay");
        }
        body
    };
    for pays in [true, false] {
        for (input, field) in [
            (Value::Null, "input.phone"),
            (json!({}), "input.phone"),
            (json!({ "phone": "  " }), "input.phone"),
            (json!({ "phone": "SECRET" }), "input.phone"),
            (json!({ "phone": "13800138000", "mail": "SECRET" }), "input.mail"),
            (json!({ "phone": "13800138000", "qq": "SECRET" }), "input.qq"),
            (json!({ "phone": 13_800_138_000_u64 }), "input.phone"),
            (json!({ "phone": "x".repeat(201) }), "input.phone"),
            (json!(["13800138000"]), "input"),
        ] {
            let refused = shop.post("/v1/orders", &body(input, Value::Null, pays)).await;
            assert_refused(&refused, field);
        }
        let good = json!({ "phone": "138 0013 8000", "mail": "li.lei@example.com" });
        for (consent, field) in [
            (json!({ "version": "v1", "at": "2999-01-01T00:00:00Z" }), "consent.at"),
            (json!({ "version": "" }), "consent.version"),
            (json!({}), "consent.version"),
            (json!("v1"), "consent"),
        ] {
            let refused = shop.post("/v1/orders", &body(good.clone(), consent, pays)).await;
            assert_refused(&refused, field);
        }
        let before = json!({ "version": "v1", "at": "2026-01-02T03:04:05Z" });
        let whole = body(good, before.clone(), pays);
        let key = format!("whole-{pays}");
        let placed = shop.post_as("/v1/orders", &whole, &key).await;
        assert_eq!(placed.status, 201, "{}", placed.text);
        let again = shop.post_as("/v1/orders", &whole, &key).await;
        assert!(again.replayed && again.text == placed.text, "{}", again.text);
        assert_eq!(placed.json["consent"], before, "{}", placed.text);
        assert!(placed.json.get("input").is_none(), "{}", placed.text);
        let path = format!("/v1/orders/{}", placed.json["id"].as_str().expect("an id"));
        let read = shop.get(&path).await;
        let masked = json!({ "phone": "138****8000", "mail": "li****ei@example.com" });
        assert_eq!(read.json["input"], masked, "{}", read.text);
    }
    assert_eq!(db.number("SELECT COUNT(*) FROM order_inputs").await, 2);
    assert_eq!(db.number("SELECT COUNT(*) FROM orders").await, 2);
    app.stop().await;
    db.assert_sound().await;
}

async fn two_products_that_ask_share_an_order(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let field = |code: &str, kind: &str| json!([{ "code": code, "name": code, "kind": kind }]);
    let phone = asking(&shop, "P", field("account", "phone")).await;
    let digits = asking(&shop, "D", field("account", "digits")).await;
    let plain = asking(&shop, "N", json!([])).await;
    let order = |input: Value| {
        let line = |sku: &String| json!({ "sku": sku, "quantity": 1 });
        json!({
            "lines": [line(&phone), line(&digits), line(&plain)], "input": input,
            "buyer": { "external_id": "b" }
        })
    };
    let refused = shop.post("/v1/orders", &order(json!({ "account": "+4420794600" }))).await;
    assert_refused(&refused, "input.account");
    let refused = shop.post("/v1/orders", &order(json!({ "account": "12345" }))).await;
    assert_refused(&refused, "input.account");
    let placed = shop.post("/v1/orders", &order(json!({ "account": "13800138000" }))).await;
    assert_eq!(placed.status, 201, "{}", placed.text);
    assert!(placed.json.get("consent").is_none(), "{}", placed.text);

    // A product that asks for more from now on asks of the next order.
    let found = shop.get(&format!("/v1/skus/{plain}")).await;
    let path = format!("/v1/products/{}", found.json["product"].as_str().expect("a product"));
    let change = json!({ "input": field("mail", "email") });
    shop.send(shop.request(Method::PATCH, &path).json(&change)).await;
    let refused = shop.post("/v1/orders", &order(json!({ "account": "13800138000" }))).await;
    assert_refused(&refused, "input.mail");
    app.stop().await;
    db.assert_sound().await;
}
