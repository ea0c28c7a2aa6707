//! Rights are scopes: a person's roles allow exactly what a key with the same scopes may do.

use super::{Clocked, OWNER};
use domain::identity::{Scope, operator};
use domain::people::role::BuiltIn;
use domain::resource::registry::ALL;
use kernel::{Mode, Tenant};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use testkit::requests::REQUESTS;
use testkit::{App, Browser, Caller, Fixture, Kind, on_both};

on_both!(
    every_route_is_open_to_the_roles_that_have_its_scope_and_to_nobody_else,
    a_role_made_by_hand_allows_what_it_names_and_nobody_gives_what_he_lacks,
    a_person_of_two_merchants_says_for_whom_he_acts,
    what_things_cost_is_seen_by_whoever_may,
    refunds_have_a_limit,
    staff_works_from_its_networks,
    the_operator_enters_by_a_grant_alone,
    a_key_never_has_what_only_people_have,
);

async fn every_route_is_open_to_the_roles_that_have_its_scope_and_to_nobody_else(kind: Kind) {
    let at = Clocked::start(kind).await;
    let fixture = Fixture::new(&at.app, "ALPHA").await;
    let other = at.app.tenant("别人").await;
    let tenant = fixture.shop.tenant;
    let mut people: Vec<(BuiltIn, Caller)> = Vec::new();
    for role in BuiltIn::MERCHANT {
        let email = format!("{}@alpha.example", role.name());
        people.push((role, at.app.signed_in(&email, tenant, &[role]).await));
    }
    for role in BuiltIn::OPERATOR {
        let email = format!("{}@operator.example", role.name());
        people.push((role, at.app.signed_in(&email, operator(), &[role]).await));
    }
    let stranger = at.app.signed_in("owner@other.example", other, OWNER).await;
    let mut told = Vec::new();
    for (_, person) in &people {
        let session = person.get("/console/session").await.json;
        let scopes = session["scopes"].as_array().expect("a list").clone();
        told.push(scopes.iter().map(|scope| scope.as_str().expect("a name").to_owned()).collect());
    }
    let told: Vec<BTreeSet<String>> = told;
    let (mut opened, mut shut) = (0, 0);
    for route in open::routes(ALL) {
        let Some(scope) = route.scope else { continue };
        let name = format!("{} {}", route.method, route.path);
        let mode = if scope.is_of_people() { Mode::Live } else { Mode::Test };
        for ask in REQUESTS.iter().filter(|ask| ask.route == name) {
            for ((role, person), told) in people.iter().zip(&told) {
                let answer = person.send(ask.build(person, &fixture, &fixture, "people")).await;
                let of_operator = Scope::OPERATOR.contains(&scope);
                let place = role.is_of(operator()) == of_operator || !of_operator;
                let mode = if person.tenant == operator() { Mode::Live } else { mode };
                let may = role.rights().has(mode, scope) && place;
                // A file wants the scope of its list as well.
                let may = may
                    && (name != "POST /v1/exports" || role.rights().has(mode, Scope::OrdersRead));
                let what = format!("{name} by {role:?}: {}", answer.text);
                let kept_out = (answer.status, answer.code()) == (403, "forbidden");
                // Whoever gives what he lacks is refused by the rule, not at the door.
                let by_rule = answer.text.contains("lacks himself");
                assert_eq!(kept_out && !by_rule, !may, "{what}");
                assert!(answer.status != 401, "{what}");
                // The console shows what the session says that he may.
                assert!(!may || told.contains(scope.name()), "{role:?} is not told {scope:?}");
                if may { opened += 1 } else { shut += 1 }
            }
            let wrong = stranger.request(ask.method(), &fixture.fill(&fixture, ask.path));
            let merchant = tenant.merchant().to_string();
            let mut wrong = wrong.build().expect("a request");
            wrong.headers_mut().insert("x-tessera-merchant", merchant.parse().expect("an id"));
            let client = reqwest::Client::new();
            let answer = client.execute(wrong).await.expect("it answers");
            assert_eq!(answer.status(), 403, "{name} by the owner of another merchant");
            let nobody = Browser::new(at.app.url());
            let path = fixture.fill(&fixture, ask.path);
            let answer = nobody.request(ask.method(), &path).send().await.expect("it answers");
            assert_eq!(answer.status(), 401, "{name} by nobody");
        }
    }
    assert!(opened > 200 && shut > 200, "{opened} {shut}");
    // Whoever tried doors left a trace: at the merchant where he works, else in the operator's book.
    let told = |book: Caller| async move {
        let found = book.get("/v1/audit?kind=access.refused&limit=200").await;
        assert_eq!(found.status, 200, "{}", found.text);
        let facts = found.json["data"].as_array().expect("a list").clone();
        let texts = facts
            .iter()
            .map(|fact| format!("{} {}", fact["actor"], fact["data"]["route"]).replace('"', ""));
        texts.collect::<BTreeSet<_>>()
    };
    let here = told(at.app.caller(tenant, &[Scope::AuditRead]).await).await;
    let auditor = |of: BuiltIn| people.iter().find(|(role, _)| *role == of).expect("there is one");
    let (_, keeper) = auditor(BuiltIn::CodeKeeper);
    let id = keeper.get("/console/session").await.json["person"]["id"].clone();
    let door = format!("{} POST /v1/orders", id.as_str().expect("an id"));
    assert!(here.contains(&door), "{door}: {here:#?}");
    let id = stranger.get("/console/session").await.json["person"]["id"].clone();
    let door = format!("{} GET /v1/orders", id.as_str().expect("an id"));
    assert!(!here.contains(&door), "a stranger writes in no book of others");
    let (_, audit) = auditor(BuiltIn::Audit);
    assert!(told(audit.clone()).await.contains(&door), "{door}");
    at.app.stop().await;
}

/// What an own role needs: a name, scopes, modes.
fn role(name: &str, scopes: &[&str], modes: &[&str]) -> Value {
    json!({ "name": name, "scopes": scopes, "modes": modes })
}

async fn create(by: &Caller, path: &str, body: &Value) -> String {
    let made = by.post(path, body).await;
    assert_eq!(made.status, 201, "{}", made.text);
    made.json["id"].as_str().expect("an id").to_owned()
}

async fn a_role_made_by_hand_allows_what_it_names_and_nobody_gives_what_he_lacks(kind: Kind) {
    let at = Clocked::start(kind).await;
    let tenant = at.app.tenant("星河").await;
    let owner = at.app.signed_in("owner@shop.example", tenant, OWNER).await;
    let night = role(
        "夜班",
        &["orders:read", "staff:read", "staff:write", "role:write"],
        &["live", "test"],
    );
    let night_id = create(&owner, "/v1/roles", &night).await;
    let trial = create(&owner, "/v1/roles", &role("试用", &["catalog:read"], &["test"])).await;
    let person =
        at.app.person_with("night@shop.example", vec![(tenant, vec![night_id.clone()])]).await;
    let mut browser = at.browser(&person).await;
    let night_person = browser.caller(tenant);
    assert_eq!(night_person.get("/v1/orders").await.status, 200);
    assert_eq!(night_person.get("/v1/products").await.status, 403);

    let staff =
        |email: &str, roles: &[&str]| json!({ "email": email, "name": "新人", "roles": roles });
    for (path, body, status) in [
        ("/v1/roles", role("小", &["orders:read"], &["live"]), 201),
        ("/v1/roles", role("大", &["orders:read", "wallets:write"], &["live"]), 403),
        ("/v1/roles", role("平台", &["merchants:write"], &["live"]), 422),
        ("/v1/staff", staff("a@shop.example", &[&night_id]), 201),
        ("/v1/staff", staff("b@shop.example", &["owner"]), 403),
        ("/v1/staff", staff("c@shop.example", &[&trial]), 403),
        ("/v1/staff", staff("d@shop.example", &["system"]), 422),
        ("/v1/staff", staff("e@shop.example", &["rol_00000000000000000000000000"]), 422),
    ] {
        let answer = night_person.post(path, &body).await;
        assert_eq!(answer.status, status, "{body}: {}", answer.text);
    }
    // Nor does he raise himself, or bring the owner down.
    let edit = |path: String, body: Value| {
        let request = night_person.request(reqwest::Method::PATCH, &path);
        night_person.send(request.header("Idempotency-Key", path.replace('/', "-")).json(&body))
    };
    let raised =
        edit(format!("/v1/roles/{night_id}"), json!({ "scopes": ["wallets:write"] })).await;
    assert_eq!((raised.status, raised.code()), (403, "forbidden"), "{}", raised.text);
    let listed = owner.get("/v1/staff?email=owner@shop.example").await;
    let id = listed.json["data"][0]["id"].as_str().expect("an id").to_owned();
    let down = night_person.post(&format!("/v1/staff/{id}/archive"), &json!({})).await;
    assert_eq!((down.status, down.code()), (403, "forbidden"), "{}", down.text);
    // A role that somebody has cannot be put away; and what it allows is what it allows now.
    let used = owner.post(&format!("/v1/roles/{night_id}/archive"), &json!({})).await;
    assert_eq!((used.status, used.code()), (409, "in_use"), "{}", used.text);
    let request = owner.request(reqwest::Method::PATCH, &format!("/v1/roles/{night_id}"));
    let less = owner.send(request.json(&json!({ "scopes": ["catalog:read"] }))).await;
    assert_eq!(less.status, 200, "{}", less.text);
    assert_eq!(browser.get("/v1/orders").await.status, 403, "at once");
    assert_eq!(browser.get("/v1/products").await.status, 200);
    at.app.stop().await;
    at.db.assert_sound().await;
}

async fn a_person_of_two_merchants_says_for_whom_he_acts(kind: Kind) {
    let at = Clocked::start(kind).await;
    let (a, b) = (at.app.tenant("甲").await, at.app.tenant("乙").await);
    let places = [(a, OWNER), (b, &[BuiltIn::Service][..])];
    let person = at.app.person("lin@shop.example", &places).await;
    let mut browser = at.browser(&person).await;
    let silent = browser.get("/v1/products").await;
    assert_eq!((silent.status, silent.code()), (422, "invalid"), "{}", silent.text);
    assert_eq!(silent.json["errors"][0]["field"], "X-Tessera-Merchant");
    let (of_a, of_b) = (browser.caller(a), browser.caller(b));
    of_a.sku(100, json!({})).await;
    assert_eq!(of_a.get("/v1/products").await.json["data"].as_array().map(Vec::len), Some(1));
    assert_eq!(of_b.get("/v1/products").await.json["data"], json!([]));
    assert_eq!(of_b.post("/v1/products", &super::product()).await.status, 403);
    let live = browser.caller(Tenant::new(a.merchant(), Mode::Live));
    assert_eq!(live.get("/v1/products").await.json["data"], json!([]), "modes are apart");
    for (name, value, status) in [
        ("x-tessera-merchant", "mer_00000000000000000000000002", 403),
        ("x-tessera-merchant", "mer_00000000000000000000000000", 403),
        ("x-tessera-merchant", "mer_00000000000000000000000001", 422),
        ("x-tessera-merchant", "nonsense", 422),
        ("x-tessera-mode", "both", 422),
    ] {
        let mut other = browser.clone();
        if name == "x-tessera-mode" {
            other.headers.push(("x-tessera-merchant".to_owned(), a.merchant().to_string()));
        }
        other.headers.push((name.to_owned(), value.to_owned()));
        let answer = other.get("/v1/products").await;
        assert_eq!(answer.status, status, "{value}: {}", answer.text);
    }
    at.app.stop().await;
}

async fn what_things_cost_is_seen_by_whoever_may(kind: Kind) {
    let at = Clocked::start(kind).await;
    let tenant = at.app.tenant("星河").await;
    let owner = at.app.signed_in("owner@shop.example", tenant, OWNER).await;
    let sku = owner.sku(1990, json!({ "cost": "18.5025" })).await;
    let product = owner.get(&format!("/v1/skus/{sku}")).await.json["product"].clone();
    let product = product.as_str().expect("an id");
    let scopes = [
        Scope::CatalogRead,
        Scope::CatalogWrite,
        Scope::JournalRead,
        Scope::AuditRead,
        Scope::ConfigRead,
        Scope::ConfigWrite,
    ];
    let blind = at.app.caller(tenant, &scopes).await;
    let service = at.app.signed_in("wang@shop.example", tenant, &[BuiltIn::Service]).await;
    for path in
        [format!("/v1/skus/{sku}"), "/v1/products".to_owned(), format!("/v1/products/{product}")]
    {
        assert!(owner.get(&path).await.text.contains("18.5025"), "{path}");
        for by in [&blind, &service] {
            let answer = by.get(&path).await;
            assert_eq!(answer.status, 200, "{}", answer.text);
            assert!(!answer.text.contains("18.5025") && answer.text.contains("1990"), "{path}");
        }
    }
    for path in ["/v1/journal", "/v1/audit", "/v1/audit/export"] {
        let told = blind.get(path).await.text;
        assert!(told.contains("product.created") && !told.contains("185025"), "{path}: {told}");
    }
    // Files hold costs, or would take them away.
    assert_eq!(blind.get("/v1/resources/product").await.status, 403);
    let file = json!({ "save": [{ "kind": "product", "id": product, "body": {} }] });
    for act in ["compare", "apply"] {
        let answer = blind.post(&format!("/v1/resources/{act}"), &file).await;
        assert_eq!((answer.status, answer.code()), (403, "forbidden"), "{act}: {}", answer.text);
    }
    let change = blind.request(reqwest::Method::PATCH, &format!("/v1/skus/{sku}"));
    let edited = blind.send(change.json(&json!({ "name": "季卡" }))).await;
    assert!(edited.status == 200 && !edited.text.contains("18.5025"), "{}", edited.text);
    at.app.stop().await;
}

async fn refunds_have_a_limit(kind: Kind) {
    let at = Clocked::start(kind).await;
    let tenant = at.app.tenant("星河").await;
    let owner = at.app.signed_in("owner@shop.example", tenant, OWNER).await;
    let mut body = role("小额", &["orders:read", "orders:write"], &["live", "test"]);
    body["refund_up_to"] = json!(300);
    let id = create(&owner, "/v1/roles", &body).await;
    let person = at.app.person_with("small@shop.example", vec![(tenant, vec![id])]).await;
    let small = at.browser(&person).await.caller(tenant);
    let rule = json!({ "refund": "before_reveal" });
    let sku = owner.sku(200, rule).await;
    owner.stock(&sku, "R", 4).await;
    owner.credit("buyer", 10_000).await;
    // In two steps, so that nobody has seen the codes.
    let mut body = Caller::order_body(&sku, 2, "buyer");
    body.as_object_mut().expect("an object").remove("pay");
    let id = create(&owner, "/v1/orders", &body).await;
    let paid =
        owner.post(&format!("/v1/orders/{id}/payments"), &json!({ "method": "wallet" })).await;
    assert_eq!(paid.status, 201, "{}", paid.text);
    let path = format!("/v1/orders/{id}/refunds");
    let lines =
        |quantity: u32| json!({ "reason": "错买", "lines": [{ "line": 1, "quantity": quantity }] });
    let most = small.post(&path, &lines(2)).await;
    assert_eq!((most.status, most.code()), (409, "limit_exceeded"), "{}", most.text);
    assert!(most.text.contains("300"), "{}", most.text);
    for by in [&small, &owner] {
        let one = by.post(&path, &lines(1)).await;
        assert_eq!(one.status, 201, "{}", one.text);
    }
    at.app.stop().await;
    at.db.assert_sound().await;
}

async fn staff_works_from_its_networks(kind: Kind) {
    let db = testkit::Db::new(kind);
    let trusted_proxies = vec!["127.0.0.1".to_owned()];
    let options =
        testkit::Options { trusted_proxies, allow_plain_http: true, ..Default::default() };
    let app = App::start_with(db.url(), options).await;
    let tenant = app.tenant("星河").await;
    let person = app.person("lin@shop.example", &[(tenant, OWNER)]).await;
    let mut browser = Browser::new(app.url());
    browser.from = Some("203.0.113.7".to_owned());
    assert_eq!(browser.sign_in(&person, app.code(&person)).await.status, 200);
    let network = json!({ "name": "总部", "network": "203.0.113.0/24" });
    assert_eq!(browser.post("/v1/staff_networks", &network).await.status, 201);
    assert_eq!(browser.get("/v1/products").await.status, 200);
    browser.from = Some("198.51.100.1".to_owned());
    let away = browser.get("/v1/products").await;
    assert_eq!((away.status, away.code()), (403, "forbidden"), "{}", away.text);
    app.stop().await;
}

async fn the_operator_enters_by_a_grant_alone(kind: Kind) {
    let at = Clocked::start(kind).await;
    let tenant = at.app.tenant("星河").await;
    let owner = at.app.signed_in("owner@shop.example", tenant, OWNER).await;
    let system =
        at.app.person("system@operator.example", &[(operator(), &[BuiltIn::System])]).await;
    let mut browser = at.browser(&system).await;
    let (own, inside) = (browser.caller(operator()), browser.caller(tenant));
    assert_eq!(own.get("/v1/merchants").await.status, 200);
    assert_eq!(inside.get("/v1/orders").await.status, 403);
    let until = at.app.engine.now().plus_micros(3_600_000_000);
    let grant = |scopes: &[&str]| json!({ "reason": "查订单", "scopes": scopes, "until": until });
    let wrong = owner.post("/v1/operator_grants", &grant(&["staff:write"])).await;
    assert_eq!(wrong.status, 422, "{}", wrong.text);
    create(&owner, "/v1/operator_grants", &grant(&["orders:read"])).await;
    assert_eq!(inside.get("/v1/orders").await.status, 200);
    assert_eq!(inside.get("/v1/products").await.status, 403, "no more than was granted");
    assert_eq!(at.facts("operator.entered").await, 1, "the merchant reads it in his journal");
    assert_eq!(inside.get("/v1/staff").await.status, 403);
    at.pass(3_600_000_001);
    at.next_step();
    let again = browser.sign_in(&system, at.app.code(&system)).await;
    assert_eq!(again.status, 200, "{}", again.text);
    assert_eq!(browser.caller(tenant).get("/v1/orders").await.status, 403, "its time is over");
    let service = at.app.signed_in("wang@other.example", tenant, &[BuiltIn::Service]).await;
    let denied = service.post("/v1/operator_grants", &grant(&["orders:read"])).await;
    assert_eq!(denied.status, 403, "{}", denied.text);
    at.app.stop().await;
}

async fn a_key_never_has_what_only_people_have(kind: Kind) {
    let at = Clocked::start(kind).await;
    let tenant = at.app.tenant("星河").await;
    let operator = at.app.operator().await;
    let path = format!("/v1/merchants/{}/keys", tenant.merchant());
    for scope in
        ["staff:read", "staff:write", "role:write", "staff_network:write", "operator_grant:write"]
    {
        let body = json!({ "name": "a key", "mode": "live", "scopes": ["orders:read", scope] });
        let answer = operator.post(&path, &body).await;
        assert_eq!((answer.status, answer.code()), (422, "invalid"), "{}", answer.text);
        assert_eq!(answer.json["errors"][0]["field"], "scopes[1]");
    }
    at.app.stop().await;
}
