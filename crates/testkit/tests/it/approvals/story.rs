//! What happened to an order, with who did it and why: the audit finds its money and its approvals, and names people.

use super::{Shop, approve, waits};
use domain::people::role::BuiltIn;
use kernel::Tenant;
use serde_json::{Value, json};
use testkit::{Caller, Kind, on_both};

on_both!(
    people_say_why_they_reveal_and_programs_may,
    an_orders_audit_has_its_money_and_its_approvals,
    who_acted_is_told_to_whoever_reads_it,
);

async fn entries(by: &Caller, query: &str) -> Vec<Value> {
    let mut all = Vec::new();
    let mut after = String::new();
    loop {
        let page = by.get(&format!("/v1/audit?{query}{after}")).await;
        assert_eq!(page.status, 200, "{query}: {}", page.text);
        all.extend(page.json["data"].as_array().expect("entries").clone());
        let Some(next) = page.json["next"].as_str() else { return all };
        after = format!("&after={next}");
    }
}

fn kinds(entries: &[Value]) -> Vec<&str> {
    entries.iter().map(|entry| entry["kind"].as_str().expect("a kind")).collect()
}

async fn people_say_why_they_reveal_and_programs_may(kind: Kind) {
    let shop = Shop::open(kind).await;
    let order = shop.paid_order(100, 1).await;
    let path = format!("/v1/orders/{order}/reveal");
    for silent in [json!({}), json!({ "reason": null }), json!({ "reason": "" })] {
        let refused = shop.service.post(&path, &silent).await;
        let field = &refused.json["errors"][0]["field"];
        assert_eq!((refused.status, field), (422, &json!("reason")), "{}", refused.text);
    }
    assert_eq!(shop.facts("codes.revealed").await, 0);
    let seen = shop.service.post(&path, &json!({ "reason": "买家看不到卡密" })).await;
    assert_eq!(seen.status, 200, "{}", seen.text);
    assert_eq!(shop.fact("codes.revealed").await["data"]["reason"], "买家看不到卡密");
    for (body, why) in [(json!({}), Value::Null), (json!({ "reason": "对账" }), json!("对账"))]
    {
        assert_eq!(shop.key.post(&path, &body).await.status, 200);
        let entry = entries(&shop.key, "kind=codes.revealed&sort=-at").await;
        assert_eq!(entry[0]["reason"], why);
    }
    shop.sound().await;
}

async fn an_orders_audit_has_its_money_and_its_approvals(kind: Kind) {
    let shop = Shop::open(kind).await;
    let order = shop.paid_order(100_000, 2).await;
    let sku = shop.key.sku(100, json!({})).await;
    shop.key.stock(&sku, "B", 1).await;
    shop.key.credit("other", 100).await;
    let other = shop.key.order(&sku, 1, "other").await.json["id"].clone();
    let other = other.as_str().expect("an id");
    let refunds = format!("/v1/orders/{order}/refunds");
    let whole = json!({ "reason": "发错货" });
    let id = waits(&shop.finance.post(&refunds, &whole).await);
    assert_eq!(approve(&shop.second, &id).await.json["state"], "done");
    shop.db.followed().await;

    let about = entries(&shop.key, &format!("object={order}")).await;
    for wanted in
        ["order.placed", "order.paid", "refund.made", "approval.opened", "approval.decided"]
    {
        assert!(kinds(&about).contains(&wanted), "{wanted}: {about:?}");
    }
    let refund = about.iter().find(|entry| entry["kind"] == "refund.made").expect("a refund");
    assert_eq!(refund["reason"], "发错货", "{refund}");
    let seqs = |entries: &[Value]| -> Vec<i64> {
        entries.iter().filter_map(|entry| entry["seq"].as_i64()).collect()
    };
    assert!(seqs(&about).is_sorted() && !seqs(&about).is_empty());
    let newest = entries(&shop.key, &format!("object={order}&sort=-at&limit=2")).await;
    assert_eq!(seqs(&newest), seqs(&about).into_iter().rev().collect::<Vec<_>>());
    let one = entries(&shop.key, &format!("object={order}&kind=refund.made")).await;
    assert_eq!(kinds(&one), ["refund.made"]);
    let none = entries(&shop.key, &format!("object={other}&kind=refund.made")).await;
    assert_eq!(none, [] as [Value; 0]);
    let finance = refund["actor"].as_str().expect("a person");
    let theirs = entries(&shop.key, &format!("object={order}&actor={finance}&sort=-at")).await;
    assert!(!theirs.is_empty() && theirs.iter().all(|entry| entry["actor"] == finance));
    let timeline = shop.key.get(&format!("/v1/orders/{order}/timeline")).await;
    assert!(timeline.text.contains("approval.decided"), "{}", timeline.text);

    // The whole book backwards is the book.
    let (up, down) =
        (entries(&shop.key, "limit=7").await, entries(&shop.key, "limit=7&sort=-at").await);
    assert_eq!(seqs(&down), seqs(&up).into_iter().rev().collect::<Vec<_>>());
    let first = shop.key.get("/v1/audit?sort=-at&limit=1").await;
    let mixed = format!("/v1/audit?limit=1&after={}", first.json["next"].as_str().expect("more"));
    assert_eq!(shop.key.get(&mixed).await.status, 422, "a cursor goes on in its own order");
    let export = shop.key.get(&format!("/v1/audit/export?object={order}&sort=-at")).await;
    assert_eq!(export.text.lines().count(), about.len() + 2, "{}", export.text);
    shop.sound().await;
}

async fn who_acted_is_told_to_whoever_reads_it(kind: Kind) {
    let shop = Shop::open(kind).await;
    let elsewhere = shop.app.tenant("北辰").await;
    let stranger =
        shop.app.person("stranger@else.example", &[(elsewhere, &[BuiltIn::Owner])]).await;
    let operator = Tenant::new(domain::identity::operator().merchant(), kernel::Mode::Live);
    let admin = shop.app.person("admin@platform.example", &[(operator, &[BuiltIn::System])]).await;
    let ids: Vec<String> = [&shop.people[1], &stranger, &admin]
        .into_iter()
        .map(|person| person.id.to_string())
        .collect();
    let path = format!("/v1/people?ids={},psn_0123456789abcdefghjkmnpqrs", ids.join(","));
    let told = shop.service.get(&path).await;
    assert_eq!(told.status, 200, "{}", told.text);
    let all = told.json["data"].as_array().expect("people");
    assert_eq!((all.len(), &all[0]["id"]), (1, &json!(ids[0])), "{}", told.text);
    assert!(all[0]["name"].is_string(), "{}", told.text);
    let mail = all[0]["email"].as_str().expect("a mail address");
    assert!(mail.ends_with("@shop.example") && mail.contains('*'), "{mail}");
    assert!(!told.text.contains("finance@"), "{}", told.text);

    // The operator's person enters by a grant: from then on he has acted here.
    let grant =
        json!({ "reason": "查订单", "scopes": ["orders:read"], "until": "2099-01-01T00:00:00Z" });
    let live = shop.live(&shop.owner);
    let granted = live.post("/v1/operator_grants", &grant).await;
    assert_eq!(granted.status, 201, "{}", granted.text);
    let inside = super::sign_in(&shop.app, &admin, shop.tenant).await;
    assert_eq!(inside.get("/v1/orders").await.status, 200);
    let told = shop.service.get(&path).await;
    let seen: Vec<&Value> =
        told.json["data"].as_array().expect("people").iter().map(|p| &p["id"]).collect();
    assert!(seen.len() == 2 && seen.contains(&&json!(ids[2])), "{}", told.text);
    assert!(!told.text.contains("stranger"), "{}", told.text);

    // Elsewhere nobody learns who they are; neither do programs.
    let there = super::sign_in(&shop.app, &stranger, elsewhere).await;
    let own = there.get(&path).await.json["data"].as_array().expect("people").clone();
    assert_eq!(own.iter().map(|person| &person["id"]).collect::<Vec<_>>(), [&json!(ids[1])]);
    assert_eq!(shop.key.get(&path).await.status, 403);
    shop.sound().await;
}
