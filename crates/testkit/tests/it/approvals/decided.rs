//! What is decided: refused, too late, changed meanwhile, by or for somebody who may not any more.

use super::{HOUR_US, Shop, approve, credit, refuse, waits};
use domain::people::role::BuiltIn;
use reqwest::Method;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use testkit::{Kind, on_both};

on_both!(
    what_is_refused_leaves_nothing_behind,
    what_nobody_decides_expires,
    what_changed_meanwhile_fails_and_moves_nothing,
    an_approver_whose_rights_are_gone_decides_nothing,
    a_requester_whose_rights_are_gone_gets_nothing,
    approvals_of_others_are_not_found,
);

/// Changes a member of staff.
async fn change(shop: &Shop, email: &str, roles: &[&str]) {
    let listed = shop.owner.get(&format!("/v1/staff?email={email}")).await;
    let id = listed.json["data"][0]["id"].as_str().expect("an id").to_owned();
    let request = match roles {
        [] => shop.owner.request(Method::POST, &format!("/v1/staff/{id}/archive")).json(&json!({})),
        roles => shop
            .owner
            .request(Method::PATCH, &format!("/v1/staff/{id}"))
            .json(&json!({ "roles": roles })),
    };
    let answer = shop.owner.send(request).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}

async fn state(shop: &Shop, id: &str) -> Value {
    shop.owner.get(&format!("/v1/approvals/{id}")).await.json["state"].clone()
}

async fn what_is_refused_leaves_nothing_behind(kind: Kind) {
    let shop = Shop::open(kind).await;
    let id = waits(&shop.finance.post("/v1/wallet-credits", &credit(2_000_000)).await);
    let refused = refuse(&shop.second, &id).await;
    assert_eq!(
        (refused.status, &refused.json["state"]),
        (200, &json!("refused")),
        "{}",
        refused.text
    );
    assert_eq!(shop.wallet("13812345678").await, 0);
    let late = approve(&shop.owner, &id).await;
    assert_eq!((late.status, late.code()), (409, "approval_state"), "{}", late.text);
    let shown = shop.finance.get(&format!("/v1/approvals/{id}")).await;
    assert_eq!(shown.json["reason"], "没有凭证", "{}", shown.text);
    assert_eq!(shop.fact("approval.decided").await["data"]["reason"], "没有凭证");
    let parts = shop.db.number("SELECT COUNT(*) FROM approval_parts").await;
    assert_eq!((parts, shop.facts("wallet.credited").await), (0, 0), "its request is gone");
    shop.sound().await;
}

async fn what_nobody_decides_expires(kind: Kind) {
    let shop = Shop::open_with(kind, true).await;
    let id = waits(&shop.finance.post("/v1/wallet-credits", &credit(2_000_000)).await);
    shop.pass(72 * HOUR_US);
    let (owner, finance) = (shop.again(0).await, shop.again(1).await);
    for late in [approve(&owner, &id).await, refuse(&owner, &id).await] {
        assert_eq!((late.status, late.code()), (409, "approval_state"), "{}", late.text);
    }
    assert_eq!(owner.get(&format!("/v1/approvals/{id}")).await.json["state"], "expired");
    assert_eq!(shop.facts("approval.expired").await, 0, "its timer was kept from ringing");
    let shop = Shop { owner, finance, ..shop };
    let work = tokio::spawn(deliver::run(shop.app.engine.clone(), shop.app.stopped()));
    let begun = Instant::now();
    while shop.facts("approval.expired").await == 0 {
        assert!(begun.elapsed() < Duration::from_secs(30), "the timer never rings");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    work.abort();
    assert_eq!(state(&shop, &id).await, "expired");
    assert_eq!(shop.db.number("SELECT COUNT(*) FROM approval_parts").await, 0);
    assert_eq!(shop.wallet("13812345678").await, 0);
    shop.sound().await;
}

async fn what_changed_meanwhile_fails_and_moves_nothing(kind: Kind) {
    let shop = Shop::open(kind).await;
    let order = shop.paid_order(60_000, 2).await;
    let path = format!("/v1/orders/{order}/refunds");
    let id = waits(&shop.finance.post(&path, &json!({ "reason": "错买" })).await);
    let refunded = shop.key.post(&path, &json!({ "reason": "先退了" })).await;
    assert_eq!(refunded.status, 201, "{}", refunded.text);
    let rows = shop.db.number("SELECT COUNT(*) FROM transfers").await;
    let failed = approve(&shop.owner, &id).await;
    assert_eq!((failed.status, &failed.json["state"]), (200, &json!("failed")), "{}", failed.text);
    assert_eq!(failed.json["problem"]["code"], "order_state", "{}", failed.text);
    assert_eq!(shop.db.number("SELECT COUNT(*) FROM transfers").await, rows);
    assert_eq!((shop.facts("refund.made").await, shop.wallet("buyer").await), (1, 120_000));
    let fact = shop.fact("approval.decided").await;
    assert_eq!(
        (&fact["data"]["state"], &fact["data"]["problem"]),
        (&json!("failed"), &json!("order_state"))
    );
    let again = approve(&shop.second, &id).await;
    assert_eq!((again.status, again.code()), (409, "approval_state"), "{}", again.text);
    shop.sound().await;
}

async fn an_approver_whose_rights_are_gone_decides_nothing(kind: Kind) {
    let shop = Shop::open(kind).await;
    let id = waits(&shop.finance.post("/v1/wallet-credits", &credit(2_000_000)).await);
    change(&shop, "second@shop.example", &["service"]).await;
    let denied = approve(&shop.second, &id).await;
    assert_eq!((denied.status, denied.code()), (403, "forbidden"), "{}", denied.text);
    // What the edge still believes of him is not what counts: the rows of the batch do.
    let standing = domain::approval::standing::Standing {
        person: shop.people[2].id,
        staff: Some(staff_id(&shop, "second@shop.example").await),
        grants: Vec::new(),
    };
    let decider = domain::approval::decide::Decider {
        approval: kernel::ApprovalId::parse(&id).expect("an id"),
        by: standing,
        alone: false,
    };
    let refuse = domain::approval::refuse::RefuseApproval { decider, reason: None };
    let origin = shop.app.engine.internal(shop.tenant);
    let refused = shop.app.engine.run(origin, refuse).await.expect_err("he may not");
    assert!(matches!(refused, engine::EngineError::Refused(domain::Refusal::Lacks { .. })));
    assert_eq!(state(&shop, &id).await, "open");
    assert_eq!(shop.wallet("13812345678").await, 0);
    assert_eq!(approve(&shop.owner, &id).await.json["state"], "done");
    shop.sound().await;
}

async fn staff_id(shop: &Shop, email: &str) -> kernel::Id16 {
    use domain::resource::Resource;
    let listed = shop.owner.get(&format!("/v1/staff?email={email}")).await;
    let id = listed.json["data"][0]["id"].as_str().expect("an id").to_owned();
    domain::people::staff::Staff::KIND.parse(&id).expect("an id")
}

async fn a_requester_whose_rights_are_gone_gets_nothing(kind: Kind) {
    let shop = Shop::open(kind).await;
    for roles in [&["operations"][..], &[]] {
        let email = if roles.is_empty() { "second@shop.example" } else { "finance@shop.example" };
        let by = if roles.is_empty() { &shop.second } else { &shop.finance };
        let id = waits(&by.post("/v1/wallet-credits", &credit(2_000_000)).await);
        change(&shop, email, roles).await;
        let failed = approve(&shop.owner, &id).await;
        let told = (failed.status, &failed.json["state"], &failed.json["problem"]["code"]);
        assert_eq!(told, (200, &json!("failed"), &json!("forbidden")), "{}", failed.text);
        assert_eq!(state(&shop, &id).await, "failed");
    }
    assert_eq!((shop.wallet("13812345678").await, shop.facts("wallet.credited").await), (0, 0));
    shop.sound().await;
}

async fn approvals_of_others_are_not_found(kind: Kind) {
    let shop = Shop::open(kind).await;
    let id = waits(&shop.finance.post("/v1/wallet-credits", &credit(2_000_000)).await);
    let other = shop.app.tenant("别人").await;
    let stranger = shop.app.signed_in("owner@other.example", other, &[BuiltIn::Owner]).await;
    let live = kernel::Tenant::new(shop.tenant.merchant(), kernel::Mode::Live);
    let in_live = shop.owner.acting_for(live);
    let keeper = shop.app.signed_in("kk@shop.example", shop.tenant, &[BuiltIn::CodeKeeper]).await;
    let path = format!("/v1/approvals/{id}");
    for by in [&stranger, &in_live] {
        for answer in [approve(by, &id).await, refuse(by, &id).await, by.get(&path).await] {
            assert_eq!((answer.status, answer.code()), (404, "not_found"), "{}", answer.text);
        }
        let taken = by.post(&format!("{path}/result"), &json!({})).await;
        assert_eq!((taken.status, taken.code()), (404, "not_found"), "{}", taken.text);
        assert_eq!(by.get("/v1/approvals").await.json["data"], json!([]));
    }
    assert_eq!(keeper.get(&path).await.status, 404, "neither his nor his to read");
    assert_eq!(keeper.get("/v1/approvals").await.json["data"], json!([]));
    assert_eq!(approve(&keeper, &id).await.status, 403);
    shop.sound().await;
}
