//! What is asked for is refused at once where the list would refuse it, and ends when nobody wants it any more.

use super::{ask, table};
use domain::identity::Scope;
use domain::people::role::BuiltIn;
use serde_json::{Value, json};
use testkit::{App, Db, Kind, Options, on_both};

on_both!(
    what_the_list_refuses_is_refused_at_once,
    a_key_exports_what_it_may_read,
    few_wait_at_a_time_and_a_repeat_is_one,
    rights_that_were_lost_end_it,
    codes_are_in_no_list,
);

async fn what_the_list_refuses_is_refused_at_once(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    for (body, field) in [
        (json!({ "list": "codes", "format": "csv" }), "list"),
        (json!({ "list": "", "format": "csv" }), "list"),
        (json!({ "list": "exports", "format": "csv" }), "list"),
        (json!({ "list": "orders", "format": "pdf" }), "format"),
        (
            json!({ "list": "orders", "format": "csv", "filter": { "state": "lost" } }),
            "filter.state",
        ),
        (
            json!({ "list": "orders", "format": "csv", "filter": { "state": ["delivered"] } }),
            "filter.state",
        ),
        (
            json!({ "list": "orders", "format": "csv", "filter": { "amount_from": -1 } }),
            "filter.amount_from",
        ),
        (json!({ "list": "orders", "format": "csv", "filter": { "limit": 5 } }), "filter.limit"),
        (json!({ "list": "orders", "format": "csv", "filter": { "after": "x" } }), "filter.after"),
        (
            json!({ "list": "orders", "format": "csv", "filter": { "colour": "red" } }),
            "filter.colour",
        ),
        (json!({ "list": "orders", "format": "csv", "filter": [] }), "filter"),
        (json!({ "list": "orders.timeline", "format": "csv" }), "filter.id"),
        (json!({ "list": "orders", "format": "csv", "columns": ["id", "code"] }), "columns"),
        (json!({ "list": "orders", "format": "csv", "columns": ["id", "id"] }), "columns"),
    ] {
        let answer = shop.post("/v1/exports", &body).await;
        assert_eq!((answer.status, answer.code()), (422, "invalid"), "{body}: {}", answer.text);
        assert_eq!(answer.json["errors"][0]["field"], json!(field), "{body}: {}", answer.text);
    }
    let nobody = format!("ord_{}", "0".repeat(26));
    for id in [nobody.as_str(), "x", "../../readyz", "x?limit=1", "%2e%2e"] {
        let body = json!({ "list": "orders.timeline", "format": "csv", "filter": { "id": id } });
        let answer = shop.post("/v1/exports", &body).await;
        assert_eq!((answer.status, answer.code()), (404, "not_found"), "{id}: {}", answer.text);
    }
    assert_eq!(db.number("SELECT COUNT(*) FROM exports").await, 0);
    app.stop().await;
}

async fn a_key_exports_what_it_may_read(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let reads = app.caller(shop.tenant, &[Scope::OrdersRead]).await;
    let body = |list: &str| json!({ "list": list, "format": "csv" });
    for (list, may) in [
        ("orders", true),
        ("payments", true),
        ("products", false),
        ("audit", false),
        ("staff", false),
    ] {
        let answer = reads.post("/v1/exports", &body(list)).await;
        let told = (answer.status, answer.code());
        assert_eq!(told == (403, "forbidden"), !may, "{list}: {}", answer.text);
        assert_eq!(answer.status == 202, may, "{list}: {}", answer.text);
    }
    let known = reads.get("/v1/export-lists").await.json;
    let known = known["data"].as_array().expect("lists");
    let named: Vec<_> = known.iter().map(|one| one["list"].as_str().expect("a name")).collect();
    assert!(named.contains(&"orders") && !named.contains(&"products"), "{named:?}");
    // A person of the live book's lists: who may do what is one for both modes.
    let owner = app.signed_in("owner@shop.example", shop.tenant, &[BuiltIn::Owner]).await;
    let staff = super::take(&owner, &body("staff")).await;
    let rows = table::csv(&staff.text);
    assert_eq!(rows.len(), 2, "{}", staff.text);
    assert!(rows[1].contains(&"owner@shop.example".to_owned()), "{rows:?}");
    // Costs are hidden in a file from whom they are hidden in the list.
    let sku = shop.sku(1_990, json!({ "cost": "18.5" })).await;
    let with = super::take(&shop, &body("products")).await;
    assert!(with.text.contains(&sku) && with.text.contains("18.5"), "{}", with.text);
    let without = app.caller(shop.tenant, &[Scope::CatalogRead]).await;
    let without = super::take(&without, &body("products")).await;
    assert!(without.text.contains(&sku) && !without.text.contains("18.5"), "{}", without.text);
    app.stop().await;
    db.assert_sound().await;
}

async fn few_wait_at_a_time_and_a_repeat_is_one(kind: Kind) {
    let db = Db::new(kind);
    let options = Options { without_work: true, ..Options::default() };
    let app = App::start_with(db.url(), options).await;
    let shop = app.merchant("星河").await;
    let other = app.caller(shop.tenant, &[Scope::OrdersRead]).await;
    let body = json!({ "list": "orders", "format": "csv" });
    let first = shop.post_as("/v1/exports", &body, "once").await;
    let again = shop.post_as("/v1/exports", &body, "once").await;
    assert!(again.replayed && again.json["id"] == first.json["id"], "{}", again.text);
    let mut ids = vec![first.json["id"].as_str().expect("an id").to_owned()];
    for _ in 1..5 {
        ids.push(ask(&shop, &body).await);
    }
    let much = shop.post("/v1/exports", &body).await;
    assert_eq!((much.status, much.code()), (409, "limit_exceeded"), "{}", much.text);
    ask(&other, &body).await;
    let waits = shop.get(&format!("/v1/exports/{}", ids[0])).await;
    let told = ["state", "rows", "file_url"].map(|field| &waits.json[field]);
    assert_eq!(told, [&json!("waiting"), &json!(0), &Value::Null], "{}", waits.text);
    // Nobody else's, nor cancelled by others.
    let path = format!("/v1/exports/{}", ids[0]);
    assert_eq!(other.get(&path).await.status, 404);
    assert_eq!(other.post(&format!("{path}/cancel"), &json!({})).await.status, 404);
    for _ in 0..2 {
        let cancelled = shop.post(&format!("{path}/cancel"), &json!({})).await;
        assert_eq!(cancelled.json["state"], json!("cancelled"), "{}", cancelled.text);
    }
    ask(&shop, &body).await;
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let work = tokio::spawn(deliver::run_with(app.engine.clone(), app.work(), stopped));
    for id in &ids[1..] {
        assert_eq!(shop.exported(id).await["state"], json!("done"));
        let late = shop.post(&format!("/v1/exports/{id}/cancel"), &json!({})).await;
        assert_eq!((late.status, late.code()), (409, "export_state"), "{}", late.text);
    }
    let all = table::walk(&shop, "/v1/exports").await;
    assert_eq!(all.len(), 6);
    assert_eq!(table::walk(&other, "/v1/exports").await.len(), 1);
    stop.send_replace(true);
    work.await.expect("the work ends");
    app.stop().await;
    db.assert_sound().await;
}

async fn rights_that_were_lost_end_it(kind: Kind) {
    let db = Db::new(kind);
    let options = Options { without_work: true, ..Options::default() };
    let app = App::start_with(db.url(), options).await;
    let shop = app.merchant("星河").await;
    let owner = app.signed_in("owner@shop.example", shop.tenant, &[BuiltIn::Owner]).await;
    let service = app.signed_in("service@shop.example", shop.tenant, &[BuiltIn::Service]).await;
    let key = owner.post("/v1/keys", &json!({ "name": "a key", "scopes": ["orders:read"] })).await;
    let key_id = key.json["id"].as_str().unwrap_or_else(|| panic!("{}", key.text)).to_owned();
    let by_key =
        testkit::Caller::new(app.url(), key.json["secret"].as_str().expect("one"), shop.tenant);
    let body = json!({ "list": "orders", "format": "csv" });
    let lost = [ask(&service, &body).await, ask(&by_key, &body).await];
    let kept = ask(&owner, &body).await;
    let staff = table::walk(&owner, "/v1/staff").await;
    let one = staff.iter().find(|one| one["email"] == "service@shop.example").expect("he is there");
    let path = format!("/v1/staff/{}", one["id"].as_str().expect("an id"));
    let less =
        owner.request(reqwest::Method::PATCH, &path).json(&json!({ "roles": ["code_keeper"] }));
    let less = owner.send(less).await;
    assert_eq!(less.status, 200, "{}", less.text);
    let gone =
        owner.send(owner.request(reqwest::Method::DELETE, &format!("/v1/keys/{key_id}"))).await;
    assert_eq!(gone.status, 200, "{}", gone.text);
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let work = tokio::spawn(deliver::run_with(app.engine.clone(), app.work(), stopped));
    assert_eq!(owner.exported(&kept).await["state"], json!("done"));
    let failed = service.exported(&lost[0]).await;
    let told = ["state", "problem"].map(|field| &failed[field]);
    assert_eq!(told, [&json!("failed"), &json!("forbidden")], "{failed}");
    assert!(failed["detail"].as_str().is_some_and(|text| text.contains("orders:read")), "{failed}");
    // The key opens nothing any more, so its export is looked at from the journal.
    while db.number("SELECT COUNT(*) FROM exports WHERE state = 4").await < 2 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    stop.send_replace(true);
    work.await.expect("the work ends");
    app.stop().await;
    db.assert_sound().await;
}

async fn codes_are_in_no_list(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let fixture = testkit::Fixture::new(&app, "ALPHA").await;
    let known = fixture.owner.get("/v1/export-lists").await.json;
    for one in known["data"].as_array().expect("lists") {
        let list = one["list"].as_str().expect("a name");
        let columns = one["columns"].as_array().expect("columns");
        assert!(
            !columns
                .iter()
                .any(|name| name.as_str().is_some_and(|name| name.starts_with("deliveries"))),
            "{list}"
        );
    }
    let file = super::take(&fixture.shop, &json!({ "list": "orders", "format": "csv" })).await;
    assert!(file.text.contains(&fixture.names["order"]));
    for code in &fixture.codes {
        assert!(!file.text.contains(code.as_str()), "{}", file.text);
    }
    // Codes are a person's, with a second one's yes; shown by `approvals::export`.
    let path = fixture.fill(&fixture, "/v1/code-imports/{import}/export");
    let by_key = fixture.shop.post(&path, &json!({ "reason": "退回" })).await;
    assert_eq!((by_key.status, by_key.code()), (403, "forbidden"), "{}", by_key.text);
    app.stop().await;
}
