//! Terms of a merchant: the operator suspends and limits, the merchant reads why, and what was paid goes on.

use domain::identity::{Scope, operator};
use domain::people::role::BuiltIn;
use futures_util::future::join_all;
use kernel::{Mode, Tenant};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::browser::Browser;
use testkit::{Answer, App, Caller, Db, Kind, every_scope, on_both};

on_both!(
    a_suspended_merchant_sells_nothing_and_goes_on_with_what_was_paid,
    buyers_of_a_suspended_merchant_are_told_that_nothing_was_charged,
    no_order_commits_after_a_suspension_was_acknowledged,
    all_keys_of_a_merchant_share_his_limit,
    only_the_operator_writes_terms,
);

struct Business {
    app: App,
    live: Caller,
    test: Caller,
    sku: String,
}

impl Business {
    async fn new(db: &Db) -> Self {
        let app = App::start(db).await;
        let test = app.merchant("星河").await;
        let live = app.key(test.tenant.merchant(), Mode::Live, &every_scope()).await;
        let sku = live.sku(1_990, json!({})).await;
        live.stock(&sku, "A", 50).await;
        live.credit("buyer", 1_000_000).await;
        Self { app, live, test, sku }
    }

    async fn change(&self, terms: &Value) -> Answer {
        let desk = self.app.operator().await;
        let path = format!("/v1/merchants/{}/terms", self.live.tenant.merchant());
        desk.send(desk.request(Method::PATCH, &path).json(terms)).await
    }

    async fn order(&self) -> Answer {
        self.live.post("/v1/orders", &Caller::order_body(&self.sku, 1, "buyer")).await
    }
}

async fn a_suspended_merchant_sells_nothing_and_goes_on_with_what_was_paid(kind: Kind) {
    let db = Db::new(kind);
    let shop = Business::new(&db).await;
    let bought = shop.order().await;
    let waiting = json!({ "sku": shop.sku, "quantity": 1, "buyer": { "external_id": "buyer" } });
    let waiting = shop.live.post("/v1/orders", &waiting).await;
    let silent = shop.change(&json!({ "suspended": true })).await;
    assert_eq!((silent.status, silent.code()), (422, "invalid"), "{}", silent.text);
    let told = shop.change(&json!({ "suspended": true, "reason": "资质到期" })).await;
    assert_eq!(
        (told.status, &told.json["terms"]["suspended"]),
        (200, &json!(true)),
        "{}",
        told.text
    );

    let refused = shop.order().await;
    assert_eq!((refused.status, refused.code()), (409, "merchant_suspended"), "{}", refused.text);
    let pay = format!("/v1/orders/{}/payments", waiting.json["id"].as_str().expect("an id"));
    let refused = shop.live.post(&pay, &json!({ "method": "wallet" })).await;
    assert_eq!((refused.status, refused.code()), (409, "merchant_suspended"), "{}", refused.text);
    // What was paid is read and given back; the merchant reads why; test mode goes on.
    let path = format!("/v1/orders/{}", bought.json["id"].as_str().expect("an id"));
    assert_eq!(shop.live.get(&path).await.json["state"], "delivered");
    let back =
        json!({ "lines": [{ "line": 1, "quantity": 1 }], "reason": "停业", "override": true });
    assert_eq!(shop.live.post(&format!("{path}/refunds"), &back).await.status, 201);
    assert_eq!(shop.live.get("/v1/merchant_terms").await.json["reason"], "资质到期");
    let sku = shop.test.sku(1_990, json!({})).await;
    shop.test.stock(&sku, "T", 1).await;
    shop.test.credit("buyer", 1_000_000).await;
    let tried = shop.test.post("/v1/orders", &Caller::order_body(&sku, 1, "buyer")).await;
    assert_eq!(tried.status, 201, "{}", tried.text);

    let lifted = shop.change(&json!({ "suspended": false, "reason": null })).await;
    assert_eq!((lifted.status, &lifted.json["terms_version"]), (200, &json!(2)));
    assert_eq!(shop.order().await.status, 201);
    assert_eq!(shop.live.post(&pay, &json!({ "method": "wallet" })).await.status, 201);
    let history = shop.live.get("/v1/merchant_terms/history").await;
    assert_eq!(history.json["data"].as_array().map(Vec::len), Some(2), "{}", history.text);
    shop.app.stop().await;
    db.assert_sound().await;
}

async fn buyers_of_a_suspended_merchant_are_told_that_nothing_was_charged(kind: Kind) {
    let db = Db::new(kind);
    let shop = Business::new(&db).await;
    let browser = Browser::new(shop.app.url());
    let home = edge::link::shop_path(shop.live.tenant);
    let page = browser.get(&format!("{home}/checkout?sku={}&quantity=1", shop.sku)).await;
    let told = shop.change(&json!({ "suspended": true, "reason": "资质到期" })).await;
    assert_eq!(told.status, 200, "{}", told.text);
    let typed = [("quantity", "1"), ("consent", crate::h5::AGREED)];
    let answer = browser.submit(&page, &format!("{home}/checkout"), &typed).await;
    assert_eq!(answer.status, 409, "{}", answer.html);
    assert!(answer.html.contains("还没有扣款。本店暂停营业"), "{}", answer.html);
    assert!(!answer.html.contains("资质到期"), "the operator's reason is for the merchant alone");
    shop.app.stop().await;
}

async fn no_order_commits_after_a_suspension_was_acknowledged(kind: Kind) {
    let db = Db::new(kind);
    let shop = Business::new(&db).await;
    let before = join_all((0..20).map(|_| shop.order()));
    let closing = async {
        let told = shop.change(&json!({ "suspended": true, "reason": "核查" })).await;
        assert_eq!(told.status, 200, "{}", told.text);
        join_all((0..20).map(|_| shop.order())).await
    };
    let (before, after) = tokio::join!(before, closing);
    assert!(before.iter().all(|answer| [201, 409].contains(&answer.status)));
    assert!(after.iter().all(|answer| answer.code() == "merchant_suspended"), "{}", after[0].text);
    shop.app.stop().await;
    db.assert_sound().await;
}

async fn all_keys_of_a_merchant_share_his_limit(kind: Kind) {
    let db = Db::new(kind);
    let shop = Business::new(&db).await;
    assert_eq!(shop.change(&json!({ "requests_per_minute": 6 })).await.status, 200);
    let mut statuses = Vec::new();
    for _ in 0..4 {
        for key in [&shop.live, &shop.test] {
            statuses.push(key.get("/v1/shop").await.status);
        }
    }
    assert_eq!(statuses, [200, 200, 200, 200, 200, 200, 429, 429]);
    assert_eq!(shop.change(&json!({ "requests_per_minute": null })).await.status, 200);
    assert_eq!(shop.live.get("/v1/shop").await.status, 200);
    for wrong in [json!(0), json!(1_000_001), json!("many")] {
        let refused = shop.change(&json!({ "requests_per_minute": wrong })).await;
        assert_eq!((refused.status, refused.code()), (422, "invalid"), "{wrong}");
    }
    shop.app.stop().await;
}

async fn only_the_operator_writes_terms(kind: Kind) {
    let db = Db::new(kind);
    let shop = Business::new(&db).await;
    let merchant = shop.live.tenant.merchant();
    let path = format!("/v1/merchants/{merchant}/terms");
    let terms = json!({ "requests_per_minute": 1_000_000 });
    let owner = shop
        .app
        .signed_in("o@shop.example", Tenant::new(merchant, Mode::Live), &[BuiltIn::Owner])
        .await;
    for by in [&shop.live, &shop.test, &owner] {
        let refused = by.send(by.request(Method::PATCH, &path).json(&terms)).await;
        assert_eq!((refused.status, refused.code()), (403, "forbidden"), "{}", refused.text);
        let own = by.send(by.request(Method::PATCH, "/v1/merchant_terms").json(&terms)).await;
        assert_eq!(own.status, 405, "{}", own.text);
        let body = json!({ "save": [{ "kind": "merchant_terms", "id": "mct_00000000000000000000000004", "body": terms }] });
        let applied = by.post("/v1/resources/apply", &body).await;
        assert_eq!((applied.status, applied.code()), (403, "forbidden"), "{}", applied.text);
    }
    let desk = shop.app.operator().await;
    let stale = desk.request(Method::PATCH, &path).header("if-match", "\"7\"").json(&terms);
    assert_eq!(desk.send(stale).await.code(), "precondition_failed");
    let nobody = desk.request(Method::PATCH, "/v1/merchants/mer_01jd8x0e6vk3m9q5r7s2t4w6ya/terms");
    assert_eq!(desk.send(nobody.json(&terms)).await.status, 404);
    assert_eq!(desk.get(&format!("/v1/merchants/{merchant}")).await.json["terms_version"], 0);
    let system = desk.get("/v1/system").await;
    assert_eq!((system.status, &system.json["ready"]), (200, &json!(true)), "{}", system.text);
    assert_eq!(system.json["version"], env!("CARGO_PKG_VERSION"));
    let person = shop.app.signed_in("s@operator.example", operator(), &[BuiltIn::System]).await;
    assert_eq!(person.get("/v1/system").await.status, 200);
    assert_eq!(
        shop.app.caller(operator(), &[Scope::CatalogRead]).await.get("/v1/system").await.status,
        403
    );
    shop.app.stop().await;
}
