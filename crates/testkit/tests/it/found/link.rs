//! The link of an order's page is given out again: the same one, to who may see the codes, and to the buyer by mail.

use super::{Shop, id, order};
use domain::identity::Scope;
use domain::people::role::BuiltIn;
use serde_json::{Value, json};
use testkit::{Caller, Kind, on_both};

on_both!(a_link_is_given_out_again_and_told, many_codes_want_a_second_person);

async fn page(url: &str) -> (u16, String) {
    let answer = reqwest::get(url).await.expect("it answers");
    (answer.status().as_u16(), answer.text().await.expect("a page"))
}

fn url(answer: &Value) -> String {
    answer["order_url"].as_str().expect("a link").to_owned()
}

async fn given(shop: &Shop, order: &str) -> Vec<bool> {
    shop.db.followed().await;
    let told = shop.shop.get(&format!("/v1/orders/{order}/timeline")).await;
    let facts = told.json["data"].as_array().expect("a list");
    let given = facts.iter().filter(|fact| fact["kind"] == "order.link_given");
    given.map(|fact| fact["data"]["mailed"].as_bool().expect("yes or no")).collect()
}

async fn a_link_is_given_out_again_and_told(kind: Kind) {
    let shop = Shop::open(kind).await;
    let link =
        async |order: &str| shop.shop.post(&format!("/v1/orders/{order}/link"), &json!({})).await;
    // What was bought in one call had no page.
    let bought = &shop.orders[0];
    let first = link(bought).await;
    assert_eq!((first.status, &first.json["mailed_to"]), (200, &json!(null)), "{}", first.text);
    let number = shop.shop.get(&format!("/v1/orders/{bought}")).await.json["number"].clone();
    let (status, shown) = page(&url(&first.json)).await;
    assert!(status == 200 && shown.contains(number.as_str().expect("a number")), "{shown}");
    assert_eq!(link(bought).await.text, first.text);
    assert_eq!(given(&shop, bought).await, [false, false]);

    let asking = json!([{ "code": "mail", "name": "邮箱", "kind": "email" }]);
    let product = json!({ "name": "流量包", "input": asking, "skus": [{
        "kind": "code", "name": "一张", "price": { "amount": 777, "currency": "CNY" }
    }]});
    let product = shop.shop.post("/v1/products", &product).await;
    let sku = product.json["skus"][0]["id"].as_str().expect("a SKU");
    shop.shop.stock(sku, "M", 3).await;
    let mut body = Caller::order_body(sku, 1, "ann");
    body.as_object_mut().expect("a body").remove("pay");
    body["input"] = json!({ "mail": "lin@buyer.example" });
    let placed = shop.shop.post("/v1/orders", &body).await;
    let waits = id(&placed);
    let sent = link(&waits).await;
    assert_eq!(url(&sent.json), url(&placed.json), "the same link");
    let masked = sent.json["mailed_to"].as_str().expect("an address");
    assert!(masked.contains("***") && !sent.text.contains("lin@buyer"), "{}", sent.text);
    let inbox = shop.app.edge.inbox().expect("the inbox");
    assert_eq!(inbox[0].to, "lin@buyer.example");
    assert!(inbox[0].text.contains(&url(&sent.json)), "{}", inbox[0].text);
    assert_eq!(given(&shop, &waits).await, [true]);
    assert!(!shop.db.rows().await.join("\n").contains("lin@buyer"), "sealed");

    let keyed = shop.app.caller(shop.shop.tenant, &[Scope::OrdersWrite, Scope::OrdersRead]).await;
    let denied = keyed.post(&format!("/v1/orders/{bought}/link"), &json!({})).await;
    assert_eq!((denied.status, denied.code()), (403, "forbidden"), "{}", denied.text);
    for _ in 0..9 {
        assert_eq!(link(&waits).await.status, 200);
    }
    let often = link(&waits).await;
    assert_eq!((often.status, often.code()), (409, "limit_exceeded"), "{}", often.text);
    assert_eq!(given(&shop, &waits).await.len(), 10);
    shop.close().await;
}

async fn many_codes_want_a_second_person(kind: Kind) {
    let shop = Shop::open(kind).await;
    let tenant = shop.shop.tenant;
    let service = shop.app.signed_in("wang@shop.example", tenant, &[BuiltIn::Service]).await;
    let owner = shop.app.signed_in("owner@shop.example", tenant, &[BuiltIn::Owner]).await;
    shop.shop.stock(&shop.skus[0], "C", 30).await;
    let few = &shop.orders[2];
    assert_eq!(service.post(&format!("/v1/orders/{few}/link"), &json!({})).await.status, 200);
    let many = id(&order(&shop.shop, &shop.skus[0], 21, "ann", false).await);
    let held = service.post(&format!("/v1/orders/{many}/link"), &json!({})).await;
    assert_eq!(held.status, 202, "{}", held.text);
    assert_eq!(given(&shop, &many).await, [false; 0]);
    let approval = held.json["approval"]["id"].as_str().expect("an id");
    let yes = owner.post(&format!("/v1/approvals/{approval}/approve"), &json!({})).await;
    assert_eq!((yes.status, &yes.json["state"]), (200, &json!("done")), "{}", yes.text);
    assert!(!yes.text.contains("/o/"), "not for the approver");
    let taken = service.post(&format!("/v1/approvals/{approval}/result"), &json!({})).await;
    assert_eq!(page(&url(&taken.json["result"])).await.0, 200, "{}", taken.text);
    assert_eq!(given(&shop, &many).await, [false]);
    shop.close().await;
}
