//! Which acts wait, and what they give when somebody says yes.

use super::{Shop, approve, credit, refuse, waits};
use domain::identity::operator;
use domain::people::role::BuiltIn;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Caller, Kind, on_both};

on_both!(
    a_large_credit_waits_and_is_done_once_by_both_names,
    a_large_refund_waits_and_is_done,
    a_large_transfer_waits_and_is_confirmed_once,
    small_acts_and_those_of_keys_are_done_at_once,
    a_repeat_shows_the_same_approval,
    a_bulk_reveal_goes_to_who_asked_and_once,
    a_key_through_which_such_acts_go_waits,
    a_weaker_policy_waits_and_a_stronger_one_does_not,
    changes_of_staff_wait_where_the_merchant_says_so,
);

async fn a_large_credit_waits_and_is_done_once_by_both_names(kind: Kind) {
    let shop = Shop::open(kind).await;
    let held = shop.finance.post("/v1/wallet-credits", &credit(1_000_001)).await;
    let id = waits(&held);
    assert_eq!((shop.wallet("13812345678").await, shop.facts("wallet.credited").await), (0, 0));
    let listed = shop.owner.get("/v1/approvals?state=open").await;
    assert_eq!(listed.json["data"].as_array().map(Vec::len), Some(1), "{}", listed.text);
    let one = &listed.json["data"][0];
    assert_eq!((&one["id"], &one["act"]), (&json!(id), &json!("wallet_credit")));
    assert_eq!(one["amount"], json!({ "amount": 1_000_001, "currency": "CNY" }));
    assert_eq!(one["summary"]["buyer"]["external_id"], "1***8", "{}", listed.text);
    assert!(!listed.text.contains("13812345678"));
    assert!(!shop.db.rows().await.join("\n").contains("13812345678"), "sealed");

    let own = approve(&shop.finance, &id).await;
    assert_eq!((own.status, own.code()), (403, "self_approval"), "{}", own.text);
    let own = refuse(&shop.finance, &id).await;
    assert_eq!((own.status, own.code()), (403, "self_approval"), "{}", own.text);
    let done = approve(&shop.owner, &id).await;
    assert_eq!((done.status, &done.json["state"]), (200, &json!("done")), "{}", done.text);
    assert_eq!(done.json["result"]["amount"]["amount"], 1_000_001, "{}", done.text);
    assert_eq!(shop.wallet("13812345678").await, 1_000_001);

    let (credited, decided) =
        (shop.fact("wallet.credited").await, shop.fact("approval.decided").await);
    let [owner, finance] = [0, 1].map(|at| json!(shop.people[at].id.to_string()));
    assert_eq!((&credited["actor"], &decided["actor"]), (&finance, &owner));
    assert_eq!(credited["request"], decided["request"]);
    let fact = &decided["data"];
    assert_eq!(
        (&fact["requester"], &fact["by"], &fact["state"]),
        (&finance, &owner, &json!("done"))
    );
    for again in [approve(&shop.second, &id).await, refuse(&shop.owner, &id).await] {
        assert_eq!((again.status, again.code()), (409, "approval_state"), "{}", again.text);
    }
    assert_eq!(shop.facts("wallet.credited").await, 1);
    assert_eq!(shop.owner.get("/v1/approvals?state=open").await.json["data"], json!([]));
    let one = shop.owner.get(&format!("/v1/approvals/{id}")).await;
    assert_eq!((&one.json["state"], &one.json["decided_by"]), (&json!("done"), &owner));
    assert_eq!(one.json["result"]["amount"]["amount"], 1_000_001, "{}", one.text);
    shop.sound().await;
}

async fn a_large_transfer_waits_and_is_confirmed_once(kind: Kind) {
    let shop = Shop::open(kind).await;
    let set = shop.finance.request(Method::PATCH, "/v1/offline_transfer");
    let set = set.json(&json!({ "enabled": true, "details": "Example Bank 1234" }));
    assert_eq!(shop.finance.send(set).await.status, 200);
    let sku = shop.key.sku(1_000_001, json!({})).await;
    shop.key.stock(&sku, "L", 2).await;
    let begin = async || {
        let mut body = Caller::order_body(&sku, 1, "buyer");
        body.as_object_mut().expect("an object").remove("pay");
        let order = shop.key.post("/v1/orders", &body).await.json["id"].clone();
        let path = format!("/v1/orders/{}/payments", order.as_str().expect("an id"));
        let begun = shop.key.post(&path, &json!({ "method": "offline" })).await;
        assert_eq!(begun.status, 201, "{}", begun.text);
        format!("/v1/payments/{}/confirm", begun.json["id"].as_str().expect("an id"))
    };
    let came = |reference: &str, fen: i64| json!({ "reference": reference, "amount": { "amount": fen, "currency": "CNY" } });
    let path = begin().await;
    let denied = shop.service.post(&path, &came("A-1", 1_000_001)).await;
    assert_eq!((denied.status, denied.code()), (403, "forbidden"), "{}", denied.text);
    let held = shop.finance.post(&path, &came("A-1", 1_000_001)).await;
    let id = waits(&held);
    assert_eq!(shop.facts("order.paid").await, 0);
    let shown = shop.owner.get(&format!("/v1/approvals/{id}")).await;
    assert_eq!(shown.json["act"], "transfer_confirm", "{}", shown.text);
    assert_eq!(shown.json["summary"]["reference"], "A-1", "{}", shown.text);
    let own = approve(&shop.finance, &id).await;
    assert_eq!((own.status, own.code()), (403, "self_approval"), "{}", own.text);
    let done = approve(&shop.second, &id).await;
    assert_eq!((done.status, &done.json["state"]), (200, &json!("done")), "{}", done.text);
    assert_eq!(done.json["result"]["state"], "succeeded", "{}", done.text);
    assert_eq!(shop.facts("order.paid").await, 1);
    let again = shop.finance.post(&path, &came("A-1", 1_000_001)).await;
    assert_eq!((again.status, &again.json["state"]), (200, &json!("succeeded")), "{}", again.text);
    // What is not above the limit wants nobody else.
    let path = begin().await;
    let small = shop.finance.post(&path, &came("A-2", 1_000_000)).await;
    assert_eq!((small.status, &small.json["state"]), (200, &json!("returned")), "{}", small.text);
    shop.sound().await;
}

async fn a_large_refund_waits_and_is_done(kind: Kind) {
    let shop = Shop::open(kind).await;
    let order = shop.paid_order(60_000, 2).await;
    let path = format!("/v1/orders/{order}/refunds");
    let held = shop.service.post(&path, &json!({ "reason": "错买" })).await;
    let id = waits(&held);
    assert_eq!(shop.wallet("buyer").await, 0);
    let own = shop.service.get(&format!("/v1/approvals/{id}")).await;
    assert_eq!((own.status, &own.json["summary"]["reason"]), (200, &json!("错买")), "{}", own.text);
    assert_eq!(own.json["request"], json!(format!("POST {path}")));
    assert_eq!(shop.service.get("/v1/approvals").await.json["data"][0]["id"], json!(id));
    let denied = approve(&shop.service, &id).await;
    assert_eq!((denied.status, denied.code()), (403, "forbidden"), "{}", denied.text);
    let done = approve(&shop.finance, &id).await;
    assert_eq!((done.status, &done.json["state"]), (200, &json!("done")), "{}", done.text);
    assert_eq!(done.json["result"]["state"], "succeeded", "{}", done.text);
    assert_eq!(shop.wallet("buyer").await, 120_000);
    // A refusal of the rule comes before anybody is asked.
    let again = shop.service.post(&path, &json!({ "reason": "错买" })).await;
    assert_eq!((again.status, again.code()), (409, "order_state"), "{}", again.text);
    shop.sound().await;
}

async fn small_acts_and_those_of_keys_are_done_at_once(kind: Kind) {
    let shop = Shop::open(kind).await;
    for (by, amount) in [(&shop.finance, 1_000_000), (&shop.key, 5_000_000)] {
        let done = by.post("/v1/wallet-credits", &credit(amount)).await;
        assert_eq!(done.status, 201, "{}", done.text);
    }
    let order = shop.paid_order(50_000, 2).await;
    let path = format!("/v1/orders/{order}/refunds");
    let done = shop.finance.post(&path, &json!({ "reason": "错买" })).await;
    assert_eq!(done.status, 201, "{}", done.text);
    let (staff, role) = (
        json!({ "email": "new@shop.example", "name": "新人", "roles": ["service"] }),
        json!({ "name": "夜班", "scopes": ["orders:read"], "modes": ["test"] }),
    );
    for (path, body) in [("/v1/staff", staff), ("/v1/roles", role)] {
        assert_eq!(shop.owner.post(path, &body).await.status, 201, "{path}");
    }
    assert_eq!(shop.facts("approval.opened").await, 0);
    for path in ["/v1/approvals", "/v1/keys"] {
        let denied = shop.key.get(path).await;
        assert_eq!((denied.status, denied.code()), (403, "forbidden"), "{}", denied.text);
    }
    shop.sound().await;
}

/// The body of a reveal.
fn why() -> serde_json::Value {
    json!({ "reason": "买家看不到卡密" })
}

async fn a_repeat_shows_the_same_approval(kind: Kind) {
    let shop = Shop::open(kind).await;
    let body = credit(2_000_000);
    let id = waits(&shop.finance.post_as("/v1/wallet-credits", &body, "one").await);
    let again = shop.finance.post_as("/v1/wallet-credits", &body, "one").await;
    assert_eq!(waits(&again), id);
    let other = shop.finance.post_as("/v1/wallet-credits", &credit(2_000_001), "one").await;
    assert_eq!((other.status, other.code()), (422, "idempotency_key_reused"), "{}", other.text);
    assert_ne!(waits(&shop.finance.post_as("/v1/wallet-credits", &body, "two").await), id);
    assert_eq!(approve(&shop.owner, &id).await.json["state"], "done");
    let after = shop.finance.post_as("/v1/wallet-credits", &body, "one").await;
    assert_eq!((after.status, &after.json["approval"]["id"]), (202, &json!(id)), "{}", after.text);
    assert_eq!(after.json["approval"]["state"], "done");
    assert_eq!(after.json["approval"]["result"]["amount"]["amount"], 2_000_000, "{}", after.text);
    assert_eq!(shop.facts("wallet.credited").await, 1);
    // A route that knows no repeats knows those of what waits.
    let order = shop.paid_order(100, 21).await;
    let path = format!("/v1/orders/{order}/reveal");
    let first = waits(&shop.service.post_as(&path, &why(), "reveal").await);
    assert_eq!(waits(&shop.service.post_as(&path, &why(), "reveal").await), first);
    shop.sound().await;
}

async fn a_bulk_reveal_goes_to_who_asked_and_once(kind: Kind) {
    let shop = Shop::open(kind).await;
    let order = shop.paid_order(100, 21).await;
    let path = format!("/v1/orders/{order}/reveal");
    let id = waits(&shop.service.post(&path, &why()).await);
    assert_eq!(shop.facts("codes.revealed").await, 0);
    let lacks = approve(&shop.finance, &id).await;
    assert_eq!((lacks.status, lacks.code()), (403, "forbidden"), "nobody gives what he lacks");
    let done = approve(&shop.owner, &id).await;
    assert_eq!((done.status, &done.json["state"]), (200, &json!("done")), "{}", done.text);
    assert!(!done.text.contains("pw-A-"), "not for the approver");
    assert_eq!(shop.facts("codes.revealed").await, 1);
    assert!(!shop.db.rows().await.join("\n").contains("pw-A-"), "sealed");
    let result = format!("/v1/approvals/{id}/result");
    let stranger = shop.owner.post(&result, &json!({})).await;
    assert_eq!((stranger.status, stranger.code()), (404, "not_found"), "{}", stranger.text);
    let nothing = json!({});
    let two =
        tokio::join!(shop.service.post(&result, &nothing), shop.service.post(&result, &nothing),);
    let (taken, late): (Vec<_>, Vec<_>) =
        [two.0, two.1].into_iter().partition(|answer| answer.status == 200);
    assert_eq!((taken.len(), late.len()), (1, 1));
    assert!(taken[0].json["result"]["deliveries"].to_string().contains("pw-A-20"));
    assert_eq!((late[0].status, late[0].code()), (409, "approval_state"), "{}", late[0].text);
    assert_eq!(shop.facts("approval.taken").await, 1);
    shop.sound().await;
}

async fn a_key_through_which_such_acts_go_waits(kind: Kind) {
    let shop = Shop::open(kind).await;
    let key = |scopes: &[&str]| json!({ "name": "a key", "scopes": scopes });
    let small = shop.owner.post("/v1/keys", &key(&["orders:read"])).await;
    assert_eq!(small.status, 201, "{}", small.text);
    let secret = small.json["secret"].as_str().expect("a secret").to_owned();
    let small_id = small.json["id"].as_str().expect("an id").to_owned();
    let small_key = testkit::Caller::new(shop.app.url(), &secret, shop.tenant);
    assert_eq!(small_key.get("/v1/orders").await.status, 200);
    let developer = &[BuiltIn::Developer];
    let developer = shop.app.signed_in("dev@shop.example", shop.tenant, developer).await;
    let more = developer.post("/v1/keys", &key(&["wallets:write"])).await;
    assert_eq!((more.status, more.code()), (403, "forbidden"), "nobody gives what he lacks");
    for scopes in [&["staff:write"][..], &["approvals:decide"], &["merchants:write"]] {
        let never = shop.owner.post("/v1/keys", &key(scopes)).await;
        assert_eq!((never.status, never.code()), (422, "invalid"), "{}", never.text);
    }
    let second = &[BuiltIn::Owner];
    let second = shop.app.signed_in("second-owner@shop.example", shop.tenant, second).await;
    let id = waits(&shop.owner.post("/v1/keys", &key(&["wallets:write"])).await);
    assert_eq!(shop.facts("api_key.created").await, 2, "the test's own key and the small one");
    let done = approve(&second, &id).await;
    assert_eq!((done.status, &done.json["state"]), (200, &json!("done")), "{}", done.text);
    assert!(!done.text.contains("sk_test_"), "the secret is for who asked");
    let taken = shop.owner.post(&format!("/v1/approvals/{id}/result"), &json!({})).await;
    let secret = taken.json["result"]["secret"].as_str().expect("a secret").to_owned();
    let made = testkit::Caller::new(shop.app.url(), &secret, shop.tenant);
    assert_eq!(made.post("/v1/wallet-credits", &credit(2_000_000)).await.status, 201);
    let path = format!("/v1/keys/{small_id}");
    let gone = developer.send(developer.request(Method::DELETE, &path)).await;
    assert_eq!(gone.status, 200, "{}", gone.text);
    assert_eq!(small_key.get("/v1/orders").await.status, 401);
    let listed = shop.owner.get("/v1/keys").await;
    assert!(listed.text.contains(&small_id) && !listed.text.contains("sk_test_"));

    // The operator's people: what administers the system waits for whoever administers security.
    let system = shop.app.signed_in("sys@op.example", operator(), &[BuiltIn::System]).await;
    let security = shop.app.signed_in("sec@op.example", operator(), &[BuiltIn::Security]).await;
    let path = format!("/v1/merchants/{}/keys", shop.tenant.merchant());
    let body = json!({ "name": "k", "mode": "test", "scopes": ["orders:write"] });
    let id = waits(&system.post(&path, &body).await);
    assert_eq!(approve(&system, &id).await.status, 403);
    let done = approve(&security, &id).await;
    assert_eq!(done.json["state"], "done", "{}", done.text);
    let taken = system.post(&format!("/v1/approvals/{id}/result"), &json!({})).await;
    assert!(taken.json["result"]["secret"].is_string(), "{}", taken.text);
    shop.sound().await;
}

async fn a_weaker_policy_waits_and_a_stronger_one_does_not(kind: Kind) {
    let shop = Shop::open(kind).await;
    let second = &[BuiltIn::Owner];
    let second = shop.app.signed_in("second-owner@shop.example", shop.tenant, second).await;
    let edit = |body: Value| {
        let request = shop.owner.request(Method::PATCH, "/v1/approval_policy");
        shop.owner.send(request.json(&body))
    };
    let first = shop.owner.get("/v1/approval_policy").await;
    assert_eq!(
        (&first.json["credit_above"], &first.json["version"]),
        (&json!(1_000_000), &json!(0))
    );
    let stronger = edit(json!({ "credit_above": 100 })).await;
    assert_eq!((stronger.status, &stronger.json["version"]), (200, &json!(1)), "{}", stronger.text);
    waits(&shop.finance.post("/v1/wallet-credits", &credit(101)).await);
    let id = waits(&edit(json!({ "credit_above": 2_000_000 })).await);
    let policy = shop.owner.get("/v1/approval_policy").await;
    assert_eq!(policy.json["credit_above"], 100, "nothing changed yet");
    let done = approve(&shop.live(&second), &id).await;
    assert_eq!(done.json["state"], "done", "{}", done.text);
    let large = shop.finance.post("/v1/wallet-credits", &credit(2_000_000)).await;
    assert_eq!(large.status, 201, "{}", large.text);
    for wrong in [json!({ "hours": 0 }), json!({ "credit_above": -1 }), json!({ "x": 1 })] {
        assert_eq!(edit(wrong).await.status, 422);
    }
    let denied = shop.finance.request(Method::PATCH, "/v1/approval_policy");
    let denied = shop.finance.send(denied.json(&json!({ "hours": 1 }))).await;
    assert_eq!((denied.status, denied.code()), (403, "forbidden"), "{}", denied.text);
    shop.sound().await;
}

async fn changes_of_staff_wait_where_the_merchant_says_so(kind: Kind) {
    let shop = Shop::open(kind).await;
    let second = &[BuiltIn::Owner];
    let second = shop.app.signed_in("second-owner@shop.example", shop.tenant, second).await;
    let request = shop.owner.request(Method::PATCH, "/v1/approval_policy");
    let strict = shop.owner.send(request.json(&json!({ "people": true }))).await;
    assert_eq!(strict.status, 200, "{}", strict.text);
    let staff = json!({ "email": "new@shop.example", "name": "新人", "roles": ["owner"] });
    let id = waits(&shop.owner.post("/v1/staff", &staff).await);
    let path = "/v1/staff?email=new@shop.example";
    assert_eq!(shop.owner.get(path).await.json["data"], json!([]));
    let shown = shop.live(&shop.owner).get(&format!("/v1/approvals/{id}")).await;
    assert!(!shown.text.contains("new@shop"), "{}", shown.text);
    let done = approve(&shop.live(&second), &id).await;
    assert_eq!(done.json["state"], "done", "{}", done.text);
    assert_eq!(shop.owner.get(path).await.json["data"][0]["roles"], json!(["owner"]));
    shop.sound().await;
}
