//! Events: who listens hears what he may read, all of it, once, in order, and no longer than he may.

mod ends;

use domain::identity::Scope;
use domain::people::role::BuiltIn;
use kernel::{Mode, Tenant};
use reqwest::{Client, Method};
use serde_json::{Value, json};
use testkit::ear::{Ear, Event};
use testkit::{App, Browser, Caller, Db, Kind, on_both};

on_both!(
    a_connection_that_breaks_misses_nothing_and_doubles_nothing,
    only_what_scopes_read_is_heard,
    who_asked_hears_what_became_of_it,
    it_begins_now_unless_it_is_told_where,
    people_listen_by_cookie_and_query,
);

/// Facts of a book: number, kind and subject.
async fn journal(shop: &Caller) -> Vec<(i64, String, String)> {
    let (mut all, mut after) = (Vec::new(), String::new());
    loop {
        let page = shop.get(&format!("/v1/journal?limit=200{after}")).await;
        let rows = page.json["data"].as_array().expect("facts");
        let text = |row: &Value, name: &str| row[name].as_str().expect("a text").to_owned();
        all.extend(
            rows.iter().map(|r| {
                (r["seq"].as_i64().expect("a number"), text(r, "kind"), text(r, "subject"))
            }),
        );
        let Some(next) = page.json["next"].as_str() else { return all };
        after = format!("&after={next}");
    }
}

fn told(events: Vec<Event>) -> Vec<(i64, String, String)> {
    events.into_iter().map(|event| (event.id, event.kind, event.object)).collect()
}

async fn a_connection_that_breaks_misses_nothing_and_doubles_nothing(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let sku = shop.sku(100, json!({})).await;
    shop.stock(&sku, "K", 200).await;
    shop.credit("ann", 100_000).await;
    let first = Ear::of(&shop, None).await;
    let start = first.last_id.expect("a number");
    drop(first);
    let buys = {
        let (shop, sku) = (shop.clone(), sku.clone());
        tokio::spawn(async move {
            for n in 0..120 {
                let order = shop.order(&sku, 1, "ann").await;
                assert_eq!(order.status, 201, "{n}: {}", order.text);
            }
        })
    };
    let (mut heard, mut last, mut connections) = (Vec::new(), start, 0_usize);
    let orders = |heard: &[Event]| heard.iter().filter(|e| e.kind == "order.bought").count();
    while orders(&heard) < 120 {
        let mut ear = Ear::of(&shop, Some(last)).await;
        connections += 1;
        assert_eq!(ear.last_id, Some(last), "it goes on where it was");
        // Now and then it breaks before it heard anything, at times in the middle of a piece.
        for _ in 0..connections % 7 {
            let event = ear.next().await.expect("it goes on");
            last = event.id;
            heard.push(event);
            if orders(&heard) == 120 {
                break;
            }
        }
    }
    buys.await.expect("all is bought");
    assert!(connections > 20, "{connections}");
    let told = told(heard);
    let known = journal(&shop).await;
    let known: Vec<_> =
        known.into_iter().filter(|(seq, ..)| (start + 1..=last).contains(seq)).collect();
    // A key with every scope of programs hears everything that programs read.
    let heard_of = |kind: &str| told.iter().any(|(_, known, _)| known == kind);
    let known: Vec<_> = known.into_iter().filter(|(_, kind, _)| heard_of(kind)).collect();
    assert_eq!(told, known);
    app.stop().await;
    db.assert_sound().await;
}

async fn only_what_scopes_read_is_heard(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let with = |scopes: &'static [Scope]| app.caller(shop.tenant, scopes);
    let catalog = with(&[Scope::CatalogRead]).await;
    let orders = with(&[Scope::OrdersRead]).await;
    let money = with(&[Scope::WalletsRead, Scope::CodesImport]).await;
    let other = app.merchant("北辰").await;
    let mut ears = Vec::new();
    for caller in [&catalog, &orders, &money, &shop, &other] {
        ears.push(Ear::of(caller, None).await);
    }
    let sku = shop.sku(100, json!({})).await;
    shop.stock(&sku, "K", 1).await;
    shop.credit("ann", 500).await;
    let order = shop.order(&sku, 1, "ann").await.json["id"].clone();
    let none: &[&str] = &[];
    let wanted = [
        &["product.created"][..],
        &["order.bought"],
        &["import.opened", "import.finished", "buyer.created", "wallet.credited"],
        &[
            "product.created",
            "import.opened",
            "import.finished",
            "buyer.created",
            "wallet.credited",
            "order.bought",
        ],
        none,
    ];
    // The last thing that each of them can hear, made by a product, an order and a credit.
    shop.sku(200, json!({})).await;
    let last = shop.order(&sku, 1, "ann").await;
    assert_eq!(last.status, 409, "{}", last.text);
    shop.credit("bob", 1).await;
    shop.stock(&sku, "L", 1).await;
    let bought = shop.order(&sku, 1, "ann").await;
    other.credit("carl", 1).await;
    let end =
        ["product.created", "order.bought", "import.finished", "order.bought", "wallet.credited"];
    for ((mut ear, wanted), end) in ears.into_iter().zip(wanted).zip(end) {
        let (mut kinds, mut ends) = (Vec::new(), 0);
        while ends < if end == "wallet.credited" { 1 } else { 2 } {
            let event = ear.next().await.expect("an event");
            ends += usize::from(event.kind == end);
            if event.kind == "order.bought" {
                assert_eq!(event.event, "order");
                assert!([&order, &bought.json["id"]].contains(&&json!(event.object)), "{event:?}");
            }
            kinds.push(event.kind);
        }
        for kind in wanted {
            assert!(kinds.iter().any(|heard| heard == kind), "{kind}: {kinds:?}");
        }
        let begins = |start: &str| kinds.iter().any(|kind| kind.starts_with(start));
        match wanted {
            ["product.created"] => {
                assert!(!begins("order.") && !begins("wallet.") && !begins("import."))
            }
            ["order.bought"] => {
                assert!(kinds.iter().all(|kind| kind.starts_with("order.")), "{kinds:?}")
            }
            [] => {
                assert!(!begins("order.") && !begins("product."), "another merchant's: {kinds:?}")
            }
            _ => {}
        }
    }
    app.stop().await;
    db.assert_sound().await;
}

/// Who asked for what waits hears what became of it, though he reads no approvals.
async fn who_asked_hears_what_became_of_it(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let sku = shop.sku(100, json!({})).await;
    shop.credit("ann", 500).await;
    let asks = app.signed_in("finance@shop.example", shop.tenant, &[BuiltIn::Finance]).await;
    let decides = app.signed_in("owner@shop.example", shop.tenant, &[BuiltIn::Owner]).await;
    let service = app.signed_in("service@shop.example", shop.tenant, &[BuiltIn::Service]).await;
    let (mut his, mut theirs) = (Ear::of(&asks, None).await, Ear::of(&service, None).await);
    let body = json!({ "buyer": { "external_id": "ann" }, "amount": { "amount": 2_000_000, "currency": "CNY" } });
    let held = asks.post("/v1/wallet-credits", &body).await;
    assert_eq!(held.status, 202, "{}", held.text);
    let id = held.json["approval"]["id"].as_str().expect("an id").to_owned();
    let done = decides.post(&format!("/v1/approvals/{id}/approve"), &json!({})).await;
    assert_eq!(done.json["state"], "done", "{}", done.text);
    shop.stock(&sku, "M", 1).await;
    assert_eq!(shop.order(&sku, 1, "ann").await.status, 201);
    let until_order = async |ear: &mut Ear| {
        let mut kinds = Vec::new();
        while let Some(event) = ear.next().await {
            kinds.push(event.kind.clone());
            if event.event == "approval" {
                assert_eq!(event.object, id);
            }
            if event.kind == "order.bought" {
                break;
            }
        }
        kinds
    };
    let kinds = until_order(&mut his).await;
    for kind in ["approval.opened", "approval.decided", "wallet.credited"] {
        assert!(kinds.iter().any(|heard| heard == kind), "{kind}: {kinds:?}");
    }
    let kinds = until_order(&mut theirs).await;
    assert!(!kinds.iter().any(|kind| kind.starts_with("approval.")), "{kinds:?}");
    app.stop().await;
    db.assert_sound().await;
}

async fn it_begins_now_unless_it_is_told_where(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    shop.credit("ann", 500).await;
    let head = journal(&shop).await.last().expect("a fact").0;
    let mut now = Ear::of(&shop, None).await;
    let mut beyond = Ear::of(&shop, Some(head + 1_000)).await;
    assert_eq!((now.last_id, beyond.last_id), (Some(head), Some(head)));
    let by_query = shop.request(Method::GET, "/v1/events?last_event_id=0");
    let mut all = Ear::open(by_query).await;
    shop.credit("bob", 7).await;
    for ear in [&mut now, &mut beyond] {
        let event = ear.next().await.expect("an event");
        assert!(event.id > head && event.kind == "buyer.created", "{event:?}");
    }
    assert_eq!(all.next().await.expect("an event").kind, "buyer.created");
    for wrong in ["x", "-1", "", "1.5", "99999999999999999999"] {
        let request = shop.request(Method::GET, "/v1/events").header("Last-Event-ID", wrong);
        let refused = shop.send(request).await;
        assert_eq!((refused.status, refused.code()), (422, "invalid"), "{wrong}: {}", refused.text);
        assert_eq!(refused.json["errors"][0]["field"], "Last-Event-ID");
    }
    for (query, field) in [
        ("last_event_id=-1", "last_event_id"),
        ("mode=x", "mode"),
        ("merchant=x", "merchant"),
        ("who=me", "who"),
    ] {
        let refused = shop.get(&format!("/v1/events?{query}")).await;
        assert_eq!((refused.status, &refused.json["errors"][0]["field"]), (422, &json!(field)));
    }
    drop((now, beyond, all));
    app.stop().await;
    db.assert_sound().await;
}

async fn people_listen_by_cookie_and_query(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let elsewhere = app.tenant("北辰").await;
    let person = app.person("lin@shop.example", &[(shop.tenant, &[BuiltIn::Owner])]).await;
    let mut browser = Browser::new(app.url());
    assert_eq!(browser.sign_in(&person, app.code(&person)).await.status, 200);
    let cookie = format!("tessera_session={}", browser.cookie("tessera_session"));
    let path = |tenant: Tenant| {
        let mode = if tenant.mode() == Mode::Live { "live" } else { "test" };
        format!("{}/v1/events?merchant={}&mode={mode}", app.url(), tenant.merchant())
    };
    let ask = |tenant: Tenant| Client::new().get(path(tenant));
    let mut ear = Ear::open(ask(shop.tenant).header("cookie", &cookie)).await;
    let live = Tenant::new(shop.tenant.merchant(), Mode::Live);
    let mut other_mode = Ear::open(ask(live).header("cookie", &cookie)).await;
    shop.credit("ann", 5).await;
    app.caller(live, &testkit::every_scope()).await.credit("eve", 9).await;
    let (mut test, mut real) = (Vec::new(), Vec::new());
    for (ear, objects) in [(&mut ear, &mut test), (&mut other_mode, &mut real)] {
        while let Some(event) = ear.next().await {
            if event.kind == "wallet.credited" {
                objects.push(event.object);
                break;
            }
        }
    }
    assert!(test.len() == 1 && real.len() == 1 && test != real, "each mode is a book of its own");

    let status = async |request: reqwest::RequestBuilder| {
        request.send().await.expect("an answer").status().as_u16()
    };
    assert_eq!(status(ask(shop.tenant)).await, 401, "nobody");
    assert_eq!(status(ask(elsewhere).header("cookie", &cookie)).await, 403, "another merchant");
    let foreign = ask(shop.tenant).header("cookie", &cookie);
    assert_eq!(status(foreign.header("sec-fetch-site", "cross-site")).await, 403, "another site");
    assert_eq!(
        status(ask(shop.tenant).bearer_auth("sk_test_0000000000000000000000000000")).await,
        401
    );
    for tenant in [elsewhere, live] {
        assert_eq!(status(ask(tenant).bearer_auth(&shop.key)).await, 403, "a key has its own book");
    }
    let mut own = Ear::open(ask(shop.tenant).bearer_auth(&shop.key)).await;
    shop.credit("ann", 5).await;
    assert!(own.next().await.is_some());
    drop((ear, other_mode, own));
    app.stop().await;
    db.assert_sound().await;
}
