//! A team in which one asks and another decides: an approval of each end, and one that waits.

use domain::approval::alone::WaitAlone;
use domain::context::{Actor, Origin};
use domain::people::role::BuiltIn;
use kernel::ApprovalId;
use serde_json::{Value, json};
use testkit::{App, Browser, Caller};

/// What a team of new people does in one week.
pub async fn decide(app: &App, shop: &Caller, week: &str) {
    let merchant = shop.tenant.merchant().to_string().replace('_', "-");
    let email = |who: &str| format!("{who}-{week}@{merchant}.example");
    let owner = app.person(&email("owner"), &[(shop.tenant, &[BuiltIn::Owner])]).await;
    let mut browser = Browser::new(app.url());
    let answer = browser.sign_in(&owner, app.code(&owner)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let asks = browser.caller(shop.tenant);
    let decides = app.signed_in(&email("second"), shop.tenant, &[BuiltIn::Owner]).await;

    let credit = |amount: i64| json!({ "buyer": { "external_id": "team" }, "amount": { "amount": amount, "currency": "CNY" } });
    for (amount, how) in [(1_000_001, "approve"), (1_000_002, "refuse")] {
        let id = waits(&asks, "/v1/wallet-credits", &credit(amount)).await;
        decided(&decides, &id, how).await;
    }
    // It expires, as far as the week goes on.
    let id = waits(&asks, "/v1/wallet-credits", &credit(1_000_003)).await;
    let approval = ApprovalId::parse(&id).expect("an id");
    let by = Some(Actor::Person(owner.id));
    let origin = Origin { actor: by, ..app.engine.internal(shop.tenant) };
    app.engine.run(origin, WaitAlone { approval }).await.expect("it is noted");

    let sku = shop.sku(100, json!({})).await;
    shop.stock(&sku, &format!("team-{week}-"), 21).await;
    let file = format!("number\nexport-{week}-1\nexport-{week}-2\n");
    let import = shop.import(&sku, file).await;
    let path = format!("/v1/code-imports/{}/export", import["id"].as_str().expect("an id"));
    let id = waits(&asks, &path, &json!({ "reason": "退回供应商" })).await;
    decided(&decides, &id, "approve").await;

    let order = shop.order(&sku, 21, "rich").await;
    assert_eq!(order.status, 201, "{}", order.text);
    let path = format!("/v1/orders/{}/reveal", order.json["id"].as_str().expect("an id"));
    for taken in [true, false] {
        let id = waits(&asks, &path, &json!({ "reason": "买家看不到" })).await;
        decided(&decides, &id, "approve").await;
        if taken {
            let answer = asks.post(&format!("/v1/approvals/{id}/result"), &json!({})).await;
            assert_eq!(answer.status, 200, "{}", answer.text);
        }
    }
}

async fn waits(by: &Caller, path: &str, body: &Value) -> String {
    let held = by.post(path, body).await;
    assert_eq!(held.status, 202, "{}", held.text);
    held.json["approval"]["id"].as_str().expect("an id").to_owned()
}

async fn decided(by: &Caller, id: &str, how: &str) {
    let answer = by.post(&format!("/v1/approvals/{id}/{how}"), &json!({})).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}
