//! Shared contents: one text that many buy, which changes under them; and nobody else ever reads it.

mod files;
mod pages;
mod races;

use domain::catalog::put_product::{ProductSettings, PutProduct};
use domain::identity::Scope;
use domain::people::role::BuiltIn;
use kernel::{Mode, SkuId, Tenant};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, App, Caller, Db, Kind, on_both};

on_both!(
    a_new_version_is_seen_by_all_who_hold_it,
    what_was_refunded_is_seen_no_more,
    what_was_seen_is_refunded_at_a_loss_alone,
    nothing_is_in_clear,
    keys_without_the_scope_are_refused,
    people_say_why_and_may_want_a_second_one,
    what_cannot_be_shared_is_refused,
    an_order_in_two_steps_delivers_the_version_of_when_it_was_paid,
    a_repeat_writes_no_second_version,
    a_configuration_that_is_put_leaves_what_is_shared,
);

/// A merchant with a content that nobody has written yet.
struct Desk {
    app: App,
    shop: Caller,
    sku: String,
    /// Removed last.
    db: Db,
}

impl Desk {
    async fn open(kind: Kind) -> Self {
        let db = Db::new(kind);
        let app = App::start(&db).await;
        let shop = app.merchant("星河").await;
        shop.credit("buyer", 1_000_000).await;
        let sku = shop.sku(900, json!({ "kind": "content" })).await;
        Self { app, shop, sku, db }
    }

    /// A content with its first version.
    async fn with(kind: Kind, text: &str) -> Self {
        let desk = Self::open(kind).await;
        assert_eq!(desk.write(text, "第一版").await.status, 201);
        desk
    }

    fn path(&self) -> String {
        format!("/v1/skus/{}/content", self.sku)
    }

    async fn write(&self, text: &str, note: &str) -> Answer {
        let body = json!({ "text": text, "note": note });
        self.shop.post(&format!("{}/versions", self.path()), &body).await
    }

    /// Buys in one call; gives the order's id.
    async fn buy(&self, buyer: &str) -> String {
        let order = self.shop.order(&self.sku, 1, buyer).await;
        assert_eq!(order.status, 201, "{}", order.text);
        order.json["id"].as_str().expect("an id").to_owned()
    }

    async fn reveal(&self, order: &str) -> Answer {
        self.shop.post(&format!("/v1/orders/{order}/reveal"), &json!({})).await
    }

    async fn refund(&self, order: &str, overriding: bool) -> Answer {
        let body = json!({ "reason": "不要了", "override": overriding });
        self.shop.post(&format!("/v1/orders/{order}/refunds"), &body).await
    }

    async fn holders(&self) -> i64 {
        let content = self.shop.get(&self.path()).await;
        content.json["holders"].as_i64().unwrap_or_else(|| panic!("{}", content.text))
    }

    async fn facts(&self, kind: &str) -> i64 {
        self.db.number(&format!("SELECT COUNT(*) FROM journal WHERE kind = '{kind}'")).await
    }

    async fn close(self) {
        self.app.stop().await;
        self.db.assert_sound().await;
    }
}

async fn a_new_version_is_seen_by_all_who_hold_it(kind: Kind) {
    let desk = Desk::with(kind, "https://pan.example/one").await;
    let sold = desk.shop.order(&desk.sku, 1, "buyer").await;
    assert_eq!(sold.json["deliveries"], json!([{ "line": 1, "content": { "version": 1 } }]));
    assert_eq!(sold.json["state"], "delivered");
    let first = sold.json["id"].as_str().expect("an id");
    let read = &desk.reveal(first).await.json["deliveries"][0]["content"];
    assert_eq!((&read["version"], &read["newest"]["version"]), (&json!(1), &json!(1)));
    assert_eq!(read["text"], "https://pan.example/one");

    let second = desk.write("https://pan.example/two", "换了地址").await;
    assert_eq!((second.status, &second.json["version"]), (201, &json!(2)), "{}", second.text);
    let later = desk.buy("buyer").await;
    for (order, bought) in [(first, 1), (later.as_str(), 2)] {
        let read = desk.reveal(order).await;
        let content = &read.json["deliveries"][0]["content"];
        assert_eq!(content["version"], bought, "{}", read.text);
        assert_eq!(content["text"], "https://pan.example/two", "{}", read.text);
        assert_eq!(content["newest"]["note"], "换了地址", "{}", read.text);
    }
    assert_eq!(desk.holders().await, 2);
    assert_eq!((desk.facts("content.changed").await, desk.facts("codes.revealed").await), (2, 3));

    let versions = desk.shop.get(&format!("{}/versions?limit=1", desk.path())).await;
    assert_eq!(versions.json["data"][0]["version"], 2, "{}", versions.text);
    assert!(versions.json["data"][0]["by"].as_str().is_some_and(|by| by.starts_with("key_")));
    let next = versions.json["next"].as_str().expect("a next page");
    let rest = desk.shop.get(&format!("{}/versions?after={next}", desk.path())).await;
    assert_eq!((&rest.json["data"][0]["version"], &rest.json["next"]), (&json!(1), &Value::Null));
    let old = desk.shop.post(&format!("{}/reveal", desk.path()), &json!({ "version": 1 })).await;
    assert_eq!(old.json["text"], "https://pan.example/one", "{}", old.text);
    assert_eq!(desk.facts("content.revealed").await, 1);
    desk.close().await;
}

async fn what_was_refunded_is_seen_no_more(kind: Kind) {
    let desk = Desk::with(kind, "https://pan.example/one").await;
    let (kept, back) = (desk.buy("buyer").await, desk.buy("buyer").await);
    let order = desk.shop.get(&format!("/v1/orders/{back}")).await;
    let can = &order.json["can"];
    assert_eq!((&can["refund"], &can["reveal"]), (&json!(true), &json!(true)), "{}", order.text);
    let refund = desk.refund(&back, false).await;
    assert_eq!(refund.status, 201, "{}", refund.text);
    desk.write("https://pan.example/two", "换了地址").await;

    let read = desk.reveal(&back).await;
    assert_eq!(read.status, 200, "{}", read.text);
    assert!(!read.text.contains("pan.example"), "{}", read.text);
    assert_eq!(read.json["state"], "refunded", "{}", read.text);
    let order = desk.shop.get(&format!("/v1/orders/{back}")).await;
    assert_eq!(order.json["can"]["reveal"], false, "{}", order.text);
    assert_eq!(desk.refund(&back, false).await.code(), "order_state");
    assert!(desk.reveal(&kept).await.text.contains("pan.example/two"));
    assert_eq!(desk.holders().await, 1);
    desk.close().await;
}

async fn what_was_seen_is_refunded_at_a_loss_alone(kind: Kind) {
    let desk = Desk::with(kind, "https://pan.example/one").await;
    let order = desk.buy("buyer").await;
    desk.reveal(&order).await;
    let read = desk.shop.get(&format!("/v1/orders/{order}")).await;
    assert_eq!(read.json["can"]["refund"], false, "{}", read.text);
    let refused = desk.refund(&order, false).await;
    assert_eq!((refused.status, refused.code()), (409, "code_revealed"), "{}", refused.text);
    assert_eq!(desk.holders().await, 1);
    let refund = desk.refund(&order, true).await;
    assert_eq!(refund.status, 201, "{}", refund.text);
    assert_eq!(refund.json["loss"]["amount"], 900, "{}", refund.text);
    assert_eq!(desk.holders().await, 0);
    assert!(!desk.reveal(&order).await.text.contains("pan.example"));
    desk.close().await;
}

async fn nothing_is_in_clear(kind: Kind) {
    let marker = "TSRCONTENT7Q5";
    let desk = Desk::with(kind, &format!("https://pan.example/{marker} 提取码 {marker}")).await;
    desk.write(&format!("{marker} again"), "换了地址").await;
    let order = desk.buy("buyer").await;
    assert!(desk.reveal(&order).await.text.contains(marker));
    let shown = desk.shop.post(&format!("{}/reveal", desk.path()), &json!({})).await;
    assert!(shown.text.contains(marker), "{}", shown.text);

    let hex: String = marker.bytes().map(|byte| format!("{byte:02x}")).collect();
    let rows = desk.db.rows().await;
    assert!(rows.iter().any(|row| row.contains("换了地址")), "the search finds what is clear");
    let clear = rows.iter().find(|row| row.contains(marker) || row.to_lowercase().contains(&hex));
    assert_eq!(clear, None);
    for path in [
        desk.path(),
        format!("{}/versions", desk.path()),
        format!("/v1/skus/{}", desk.sku),
        format!("/v1/orders/{order}"),
        "/v1/journal".to_owned(),
    ] {
        let read = desk.shop.get(&path).await;
        assert_eq!(read.status, 200, "{path}: {}", read.text);
        assert!(!read.text.contains(marker), "{path}: {}", read.text);
    }
    let sold = desk.shop.order(&desk.sku, 1, "buyer").await;
    assert!(!sold.text.contains(marker), "placing shows nothing: {}", sold.text);
    desk.close().await;
}

async fn keys_without_the_scope_are_refused(kind: Kind) {
    let desk = Desk::with(kind, "https://pan.example/one").await;
    for (scope, may) in [
        (Scope::CatalogRead, [true, true, false, false]),
        (Scope::CatalogWrite, [false, false, false, false]),
        (Scope::CodesImport, [false, false, true, false]),
        (Scope::CodesReveal, [false, false, false, true]),
    ] {
        let key = desk.app.caller(desk.shop.tenant, &[scope]).await;
        let versions = format!("{}/versions", desk.path());
        let answers = [
            key.get(&desk.path()).await,
            key.get(&versions).await,
            key.post(&versions, &json!({ "text": "https://pan.example/two" })).await,
            key.post(&format!("{}/reveal", desk.path()), &json!({})).await,
        ];
        for (answer, may) in answers.iter().zip(may) {
            let refused = (answer.status, answer.json["code"].as_str()) == (403, Some("forbidden"));
            assert_eq!(!refused, may, "{scope:?}: {}", answer.text);
            assert!(may || !answer.text.contains("pan.example"), "{}", answer.text);
        }
    }
    desk.close().await;
}

async fn people_say_why_and_may_want_a_second_one(kind: Kind) {
    let desk = Desk::with(kind, "https://pan.example/one").await;
    let tenant = desk.shop.tenant;
    let owner = desk.app.signed_in("owner@shop.example", tenant, &[BuiltIn::Owner]).await;
    let path = format!("{}/reveal", desk.path());
    let silent = owner.post(&path, &json!({})).await;
    assert_eq!(silent.json["errors"][0]["field"], "reason", "{}", silent.text);
    let shown = owner.post(&path, &json!({ "reason": "核对" })).await;
    assert_eq!(shown.json["text"], "https://pan.example/one", "{}", shown.text);
    let strict = owner.request(Method::PATCH, "/v1/approval_policy");
    let strict = owner.send(strict.json(&json!({ "reveal_above": 0 }))).await;
    assert_eq!(strict.status, 200, "{}", strict.text);
    let held = owner.post(&path, &json!({ "reason": "核对" })).await;
    assert_eq!((held.status, &held.json["approval"]["act"]), (202, &json!("reveal_codes")));
    assert!(!held.text.contains("pan.example"), "{}", held.text);
    assert_eq!(desk.facts("content.revealed").await, 1);
    desk.close().await;
}

async fn what_cannot_be_shared_is_refused(kind: Kind) {
    let desk = Desk::open(kind).await;
    let empty = desk.shop.order(&desk.sku, 1, "buyer").await;
    assert_eq!((empty.status, empty.code()), (409, "out_of_stock"), "{}", empty.text);
    let none = desk.shop.get(&desk.path()).await;
    assert_eq!((&none.json["version"], &none.json["holders"]), (&Value::Null, &json!(0)));
    let shown = desk.shop.post(&format!("{}/reveal", desk.path()), &json!({})).await;
    assert_eq!((shown.status, shown.code()), (404, "not_found"), "{}", shown.text);
    for body in [json!({}), json!({ "text": "" }), json!({ "text": "x".repeat(8_001) })] {
        let refused = desk.shop.post(&format!("{}/versions", desk.path()), &body).await;
        assert_eq!((refused.status, refused.code()), (422, "invalid"), "{}", refused.text);
    }
    assert_eq!(desk.write(&"单".repeat(8_000), "很长").await.status, 201);
    let two = desk.shop.order(&desk.sku, 2, "buyer").await;
    assert_eq!((two.status, two.code()), (409, "limit_exceeded"), "{}", two.text);

    let card = desk.shop.sku(900, json!({})).await;
    let path = format!("/v1/skus/{card}/content/versions");
    let refused = desk.shop.post(&path, &json!({ "text": "x" })).await;
    assert_eq!((refused.status, refused.code()), (422, "invalid"), "{}", refused.text);
    for (more, field) in [
        (json!({ "voucher": { "type": "count", "uses": 1 } }), "skus[0].voucher"),
        (json!({ "refund": "before_redeem" }), "skus[0].refund"),
        (json!({ "code_fields": [{ "code": "number" }] }), "skus[0].code_fields"),
        (json!({ "limits": { "per_order": 2 } }), "skus[0].limits.per_order"),
    ] {
        let mut sku = json!({
            "kind": "content", "name": "网盘", "price": { "amount": 1, "currency": "CNY" }
        });
        for (name, value) in more.as_object().into_iter().flatten() {
            sku[name] = value.clone();
        }
        let refused = desk.shop.post("/v1/products", &json!({ "name": "x", "skus": [sku] })).await;
        assert_eq!(refused.json["errors"][0]["field"], field, "{}", refused.text);
    }
    desk.close().await;
}

async fn an_order_in_two_steps_delivers_the_version_of_when_it_was_paid(kind: Kind) {
    let desk = Desk::with(kind, "https://pan.example/one").await;
    let body = json!({ "sku": desk.sku, "quantity": 1, "buyer": { "external_id": "buyer" } });
    let placed = desk.shop.post("/v1/orders", &body).await;
    let order = placed.json["id"].as_str().expect("an id").to_owned();
    let early = desk.reveal(&order).await;
    assert_eq!((early.status, &early.json["deliveries"]), (200, &json!([])), "{}", early.text);
    assert_eq!((desk.holders().await, desk.facts("codes.revealed").await), (0, 0));
    desk.write("https://pan.example/two", "换了地址").await;
    let path = format!("/v1/orders/{order}/payments");
    let paid = desk.shop.post(&path, &json!({ "method": "wallet" })).await;
    assert_eq!(paid.status, 201, "{}", paid.text);
    assert_eq!(desk.holders().await, 1);
    // That somebody asked before there was anything to see did not count as a look.
    let read = desk.shop.get(&format!("/v1/orders/{order}")).await;
    assert_eq!(read.json["can"]["refund"], true, "{}", read.text);
    let read = desk.reveal(&order).await;
    assert_eq!(read.json["deliveries"][0]["content"]["version"], 2, "{}", read.text);

    let unpaid = desk.shop.post("/v1/orders", &body).await;
    let cancel = format!("/v1/orders/{}/cancel", unpaid.json["id"].as_str().expect("an id"));
    assert_eq!(desk.shop.post(&cancel, &json!({})).await.status, 200);
    assert_eq!(desk.holders().await, 1);
    desk.close().await;
}

async fn a_repeat_writes_no_second_version(kind: Kind) {
    let desk = Desk::open(kind).await;
    let path = format!("{}/versions", desk.path());
    let body = json!({ "text": "https://pan.example/one", "note": "第一版" });
    let first = desk.shop.post_as(&path, &body, "one").await;
    assert_eq!(first.status, 201, "{}", first.text);
    let again = desk.shop.post_as(&path, &body, "one").await;
    assert_eq!((again.status, &again.json), (201, &first.json), "{}", again.text);
    let other = desk.shop.post_as(&path, &json!({ "text": "another" }), "one").await;
    assert_eq!(other.code(), "idempotency_key_reused", "{}", other.text);
    let order = Caller::order_body(&desk.sku, 1, "buyer");
    let sold = desk.shop.post_as("/v1/orders", &order, "order").await;
    desk.write("https://pan.example/two", "换了地址").await;
    let again = desk.shop.post_as("/v1/orders", &order, "order").await;
    assert_eq!(again.json["deliveries"], sold.json["deliveries"], "{}", again.text);
    assert_eq!(desk.db.number("SELECT COUNT(*) FROM contents").await, 2);
    desk.close().await;
}

async fn a_configuration_that_is_put_leaves_what_is_shared(kind: Kind) {
    let desk = Desk::with(kind, "https://pan.example/one").await;
    let (reader, sku) = (desk.app.engine.reader(), SkuId::parse(&desk.sku).expect("an id"));
    let (test, merchant) = (desk.shop.tenant, desk.shop.tenant.merchant());
    let before = reader.product_of_sku(test, sku).await.expect("it is read").expect("a product");
    let mut settings = ProductSettings::of(&before);
    (settings.name, settings.skus[0].content) = ("又一个名字".to_owned(), 0);
    for (tenant, shared) in [(test, 1), (Tenant::new(merchant, Mode::Live), 0)] {
        let put = PutProduct { product: before.id, settings: settings.clone() };
        let origin = desk.app.engine.internal(tenant);
        let after = desk.app.engine.run(origin, put).await.expect("it is put");
        assert_eq!((after.name.as_str(), after.skus[0].content), ("又一个名字", shared));
        settings.skus[0].content = 1;
    }
    let order = desk.buy("buyer").await;
    assert!(desk.reveal(&order).await.text.contains("pan.example/one"));
    desk.close().await;
}
