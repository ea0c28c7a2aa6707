//! Where nobody else could approve: everybody is told, and a day later who asked may do it himself, with his second factor.

use super::{HOUR_US, Shop, approve, credit, waits};
use serde_json::json;
use testkit::{Kind, on_both};

on_both!(whoever_is_alone_waits_a_day_and_proves_himself, whoever_becomes_alone_waits_from_then_on,);

/// Puts everybody away but the owner.
async fn leave_alone(shop: &Shop) {
    for name in ["finance", "second", "service"] {
        let listed = shop.owner.get(&format!("/v1/staff?email={name}@shop.example")).await;
        let id = listed.json["data"][0]["id"].as_str().expect("an id").to_owned();
        let gone = shop.owner.post(&format!("/v1/staff/{id}/archive"), &json!({})).await;
        assert_eq!(gone.status, 200, "{}", gone.text);
    }
}

/// How many messages of the inbox tell of an approval.
fn told(shop: &Shop, id: &str) -> usize {
    let inbox = shop.app.edge.inbox().unwrap_or_default();
    inbox.iter().filter(|message| message.text.contains(id)).count()
}

async fn whoever_is_alone_waits_a_day_and_proves_himself(kind: Kind) {
    let shop = Shop::open(kind).await;
    leave_alone(&shop).await;
    // Somebody who was taken in and has no password yet cannot approve.
    let staff = json!({ "email": "new@shop.example", "name": "新人", "roles": ["finance"] });
    let made = shop.owner.post("/v1/staff", &staff).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let id = waits(&shop.owner.post("/v1/wallet-credits", &credit(2_000_000)).await);
    assert_eq!(told(&shop, &id), 2, "every contact");
    assert_eq!(shop.fact("approval.opened").await["data"]["alone"], true);
    let early = approve(&shop.owner, &id).await;
    assert_eq!((early.status, early.code()), (403, "self_approval"), "{}", early.text);
    shop.pass(24 * HOUR_US - 60_000_000);
    let owner = shop.again(0).await;
    let early = approve(&owner, &id).await;
    assert_eq!((early.status, early.code()), (403, "self_approval"), "{}", early.text);
    // A second factor of more than ten minutes ago is none.
    shop.pass(600_000_000);
    let old = approve(&owner, &id).await;
    assert_eq!((old.status, old.code()), (403, "step_up_required"), "{}", old.text);
    assert_eq!(shop.wallet("13812345678").await, 0);
    let owner = shop.again(0).await;
    let done = approve(&owner, &id).await;
    assert_eq!((done.status, &done.json["state"]), (200, &json!("done")), "{}", done.text);
    assert_eq!(shop.wallet("13812345678").await, 2_000_000);
    assert_eq!(told(&shop, &id), 2, "once");
    Shop { owner, ..shop }.sound().await;
}

async fn whoever_becomes_alone_waits_from_then_on(kind: Kind) {
    let shop = Shop::open(kind).await;
    let id = waits(&shop.owner.post("/v1/wallet-credits", &credit(2_000_000)).await);
    assert_eq!(told(&shop, &id), 0, "somebody else can");
    let before = approve(&shop.owner, &id).await;
    assert_eq!((before.status, before.code()), (403, "self_approval"), "{}", before.text);
    shop.pass(30 * HOUR_US);
    let owner = shop.again(0).await;
    let shop = Shop { owner, ..shop };
    assert_eq!(approve(&shop.owner, &id).await.code(), "self_approval", "somebody else can");
    // Putting everybody else away wins no time: from now on everybody knows.
    leave_alone(&shop).await;
    let first = approve(&shop.owner, &id).await;
    assert_eq!((first.status, first.code()), (403, "self_approval"), "{}", first.text);
    assert_eq!((told(&shop, &id), shop.facts("approval.alone").await), (1, 1));
    shop.pass(24 * HOUR_US);
    let owner = shop.again(0).await;
    let shop = Shop { owner, ..shop };
    let done = approve(&shop.owner, &id).await;
    assert_eq!((done.status, &done.json["state"]), (200, &json!("done")), "{}", done.text);
    shop.sound().await;
}
