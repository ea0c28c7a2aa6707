//! Notes about orders: for the merchant's staff, told in the order's timeline, never to a buyer.

use super::{Shop, order};
use domain::identity::Scope;
use domain::people::role::BuiltIn;
use serde_json::{Value, json};
use testkit::{Kind, on_both};

on_both!(a_note_is_for_the_staff_and_told_with_who_and_when, what_is_no_note_is_refused);

/// The notes of an order: what each says, who wrote it, when.
async fn notes(shop: &Shop, order: &str) -> Vec<(String, String, String)> {
    shop.db.followed().await;
    let told = shop.shop.get(&format!("/v1/orders/{order}/timeline?limit=200")).await;
    assert_eq!(told.status, 200, "{}", told.text);
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let facts = told.json["data"].as_array().expect("a list");
    let notes = facts.iter().filter(|fact| fact["kind"] == "order.noted");
    notes
        .map(|fact| (text(&fact["data"]["text"]), text(&fact["actor"]), text(&fact["at"])))
        .collect()
}

async fn a_note_is_for_the_staff_and_told_with_who_and_when(kind: Kind) {
    let shop = Shop::open(kind).await;
    let placed = order(&shop.shop, &shop.skus[0], 1, "ann", true).await;
    let id = placed.json["id"].as_str().expect("an id").to_owned();
    let path = format!("/v1/orders/{id}/notes");
    let rows = shop.db.number("SELECT COUNT(*) FROM orders").await;

    let body = json!({ "text": "买家来电催单\n明天 10 点再联系" });
    let kept = shop.shop.post_as(&path, &body, "a-note").await;
    assert_eq!(kept.status, 201, "{}", kept.text);
    assert_eq!((&kept.json["order"], &kept.json["text"]), (&json!(id), &body["text"]));
    let again = shop.shop.post_as(&path, &body, "a-note").await;
    assert_eq!((again.status, again.replayed), (201, true), "{}", again.text);
    assert_eq!(again.text, kept.text);
    let other = json!({ "text": "另一条" });
    let reused = shop.shop.post_as(&path, &other, "a-note").await;
    assert_eq!(reused.code(), "idempotency_key_reused", "{}", reused.text);

    let service =
        shop.app.signed_in("wang@shop.example", shop.shop.tenant, &[BuiltIn::Service]).await;
    let by_person = service.post(&path, &other).await;
    assert_eq!(by_person.status, 201, "{}", by_person.text);
    let person = service.get("/console/session").await.json["person"]["id"].clone();
    let told = notes(&shop, &id).await;
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!(json!(told[0].0), body["text"]);
    assert!(told[0].1.starts_with("key_"), "{told:?}");
    assert_eq!((json!(told[0].2), json!(told[1].1)), (kept.json["at"].clone(), person));

    // An order may stand anywhere, and nothing else of it changes.
    for at in [0, 3] {
        let path = format!("/v1/orders/{}", shop.orders[at]);
        let before = shop.shop.get(&path).await.json;
        assert_eq!(shop.shop.post(&format!("{path}/notes"), &other).await.status, 201);
        assert_eq!(shop.shop.get(&path).await.json, before);
    }
    assert_eq!(shop.db.number("SELECT COUNT(*) FROM orders").await, rows);
    let url = placed.json["order_url"].as_str().expect("a link");
    for path in ["", "/state"] {
        let page = reqwest::get(format!("{url}{path}")).await.expect("it answers");
        let page = page.text().await.expect("a page");
        assert!(!page.contains("催单") && !page.contains("另一条"), "{page}");
    }
    shop.close().await;
}

async fn what_is_no_note_is_refused(kind: Kind) {
    let shop = Shop::open(kind).await;
    let path = format!("/v1/orders/{}/notes", shop.orders[0]);
    let long = "单".repeat(1_001);
    for text in ["", "  \n ", "a\u{0}b", "a\tb", "a\rb", "a\u{202e}b", &long] {
        let refused = shop.shop.post(&path, &json!({ "text": text })).await;
        assert_eq!((refused.status, refused.code()), (422, "invalid"), "{text:?}");
        assert_eq!(refused.json["errors"][0]["field"], "text");
    }
    let longest = shop.shop.post(&path, &json!({ "text": "单".repeat(1_000) })).await;
    assert_eq!(longest.status, 201, "{}", longest.text);
    let reader = shop.app.caller(shop.shop.tenant, &[Scope::OrdersRead]).await;
    let refused = reader.post(&path, &json!({ "text": "看看" })).await;
    assert_eq!((refused.status, refused.code()), (403, "forbidden"), "{}", refused.text);
    assert_eq!(notes(&shop, &shop.orders[0]).await.len(), 1);
    shop.close().await;
}
