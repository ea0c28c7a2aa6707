//! A tenant never sees or moves another's rows. Two merchants, and the two modes of one merchant, try
//! every route with each other's ids and keys.

use domain::identity::Scope;
use domain::resource::registry::ALL;
use kernel::{Mode, Tenant};
use reqwest::{Client, RequestBuilder};
use serde_json::json;
use testkit::requests::{self, Gives, REQUESTS, Request};
use testkit::{Answer, App, Caller, Db, Fixture, Kind, Options, on_both};

on_both!(
    every_route_gives_away_nothing_of_others,
    one_idempotency_key_of_two_tenants_is_two_keys,
    every_route_wants_a_key_with_its_scope,
    the_operator_sees_no_trade_and_merchants_never_operate,
);

/// What the owner sees of his own things: every read request with its answer.
async fn seen_by_owner(owner: &Fixture) -> Vec<(&'static str, String)> {
    let mut seen = Vec::new();
    for ask in REQUESTS.iter().filter(|ask| ask.reads()) {
        if !matches!(ask.gives, Gives::NotFound | Gives::OwnList) {
            continue;
        }
        let by = owner.by(ask);
        let answer = by.send(ask.build(by, owner, owner, "unused")).await;
        assert_eq!(answer.status, 200, "{} of the owner's own: {}", ask.path, answer.text);
        if ask.gives == Gives::OwnList {
            assert!(owner.told_by(&answer.text).is_some(), "{} shows nothing", ask.path);
        }
        seen.push((ask.path, without_addresses(&answer.text)));
    }
    seen
}

/// Addresses of files are new each time.
fn without_addresses(text: &str) -> String {
    let mut parts = text.split("/v1/export-files/");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |before, part| before + part.trim_start_matches(char::is_alphanumeric))
}

fn check(ask: &Request, answer: &Answer, owner: &Fixture) {
    let told = (answer.status, answer.code());
    let what = format!("{} {}\n{}", ask.route, ask.path, answer.text);
    match ask.gives {
        Gives::NotFound | Gives::Lost => assert_eq!(told, (404, "not_found"), "{what}"),
        Gives::Invalid => assert_eq!(told, (422, "invalid"), "{what}"),
        Gives::Forbidden => assert_eq!(told, (403, "forbidden"), "{what}"),
        Gives::OwnList | Gives::Open => assert_eq!(answer.status, 200, "{what}"),
        Gives::Signed => {
            let nothing = [(404, "not_found"), (401, "unauthorized")].contains(&told);
            assert!(nothing, "{what}");
        }
        Gives::Own => assert!((200..300).contains(&answer.status), "{what}"),
    }
    assert_eq!(owner.told_by(&answer.text), None, "{what}");
    let code = owner.codes.iter().find(|code| answer.text.contains(code.as_str()));
    assert_eq!(code, None, "{what}");
}

/// An answer without the facts about people, which both modes of a merchant share.
fn without_people(answer: &Answer) -> String {
    let mut answer = answer.json.clone();
    let kinds = ALL.iter().filter(|any| any.of_people).map(|any| any.kind.word);
    let words: Vec<_> = kinds.chain(["person", "session"]).collect();
    if let Some(facts) = answer["data"].as_array_mut() {
        facts.retain(|fact| {
            let kind = fact["kind"].as_str().and_then(|kind| kind.split_once('.'));
            !kind.is_some_and(|(of, _)| words.contains(&of))
        });
    }
    answer.to_string()
}

/// `thief` tries every request with the names of `owner`.
async fn rob(db: &Db, thief: &Fixture, owner: &Fixture) {
    let (rows, seen) = (owner.rows(db).await, seen_by_owner(owner).await);
    assert!(rows.len() > 60, "the search finds the owner's rows: {}", rows.len());
    let mut imports = Vec::new();
    // Who may do what stands in a merchant's live book, for both modes.
    let one = thief.shop.tenant.merchant() == owner.shop.tenant.merchant();
    for (n, ask) in REQUESTS.iter().enumerate().filter(|(_, ask)| !(one && ask.is_of_people())) {
        let key = format!("{}-{}-{n}", thief.label, owner.label);
        let by = thief.by(ask);
        let mut answer = by.send(ask.build(by, thief, owner, &key)).await;
        if one {
            answer.text = without_people(&answer);
        }
        check(ask, &answer, owner);
        if answer.status == 202 {
            let id = answer.json["id"].as_str().expect("an id").to_owned();
            match ask.route.ends_with("/exports") {
                true => drop(by.exported(&id).await),
                false => imports.push(id),
            }
        }
    }
    for id in imports {
        let done = thief.shop.imported(&id).await;
        let counts = (&done["accepted"], &done["duplicates"]);
        assert_eq!(counts, (&json!(1), &json!(0)), "codes of others are no duplicates: {done}");
    }
    assert_eq!(rows, owner.rows(db).await, "{} changed {}", thief.label, owner.label);
    assert_eq!(seen, seen_by_owner(owner).await, "{} changed {}", thief.label, owner.label);
}

async fn every_route_gives_away_nothing_of_others(kind: Kind) {
    requests::assert_complete();
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let test = Fixture::new(&app, "ALPHA").await;
    let live = Tenant::new(test.shop.tenant.merchant(), Mode::Live);
    let fixtures =
        [test, Fixture::of(&app, live, "LIVID").await, Fixture::new(&app, "BRAVO").await];
    for thief in &fixtures {
        for owner in fixtures.iter().filter(|owner| owner.label != thief.label) {
            rob(&db, thief, owner).await;
        }
    }
    app.stop().await;
    db.assert_sound().await;
}

async fn one_idempotency_key_of_two_tenants_is_two_keys(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let (a, b) = (Fixture::new(&app, "ALPHA").await, Fixture::new(&app, "BRAVO").await);
    let live = Tenant::new(a.shop.tenant.merchant(), Mode::Live);
    let live = app.caller(live, &Scope::MERCHANT).await;
    let body = json!({
        "buyer": { "external_id": "the same" }, "amount": { "amount": 5, "currency": "CNY" }
    });
    let mut ids = Vec::new();
    for caller in [&a.shop, &b.shop, &live] {
        let answer = caller.post_as("/v1/wallet-credits", &body, "the-same-key").await;
        assert_eq!((answer.status, answer.replayed), (201, false), "{}", answer.text);
        ids.push(answer.json["id"].clone());
        let again = caller.post_as("/v1/wallet-credits", &body, "the-same-key").await;
        assert!(again.replayed && again.text == answer.text, "{}", again.text);
    }
    assert!(ids[0] != ids[1] && ids[1] != ids[2] && ids[0] != ids[2], "{ids:?}");
    app.stop().await;
    db.assert_sound().await;
}

/// The request without any key, from an address of its own: one that guesses many keys is told to wait.
fn keyless(app: &App, ask: &Request, fixture: &Fixture) -> RequestBuilder {
    let url = format!("{}{}", app.url(), fixture.fill(fixture, ask.path));
    let n = REQUESTS.iter().position(|one| std::ptr::eq(one, ask)).expect("it is in the list");
    let request = Client::new().request(ask.method(), url).header("Idempotency-Key", "k");
    let request = request.header("X-Forwarded-For", format!("203.0.{}.{}", n / 250, n % 250 + 1));
    match ask.body {
        "" => request,
        body => request.header("content-type", "application/json").body(body),
    }
}

async fn every_route_wants_a_key_with_its_scope(kind: Kind) {
    let db = Db::new(kind);
    let trusted_proxies = vec!["127.0.0.1".to_owned()];
    let options = Options { trusted_proxies, allow_plain_http: true, ..Options::default() };
    let app = App::start_with(db.url(), options).await;
    let fixture = Fixture::new(&app, "ALPHA").await;
    let revoked = Caller::new(app.url(), &fixture.names["key_secret"], fixture.shop.tenant);
    assert_eq!(revoked.get("/v1/orders").await.status, 200, "the key works before");
    let path = fixture.fill(&fixture, "/v1/merchants/{merchant}/keys/{key}");
    let operator = app.operator().await;
    let gone = operator.send(operator.request(reqwest::Method::DELETE, &path)).await;
    assert_eq!(gone.status, 200, "{}", gone.text);

    let before = db.rows().await;
    let with = |ask, secret: &str| keyless(&app, ask, &fixture).bearer_auth(secret);
    for ask in REQUESTS
        .iter()
        .filter(|ask| !matches!(ask.gives, Gives::Open | Gives::Lost | Gives::Signed))
    {
        let wrong = [
            keyless(&app, ask, &fixture),
            keyless(&app, ask, &fixture).body("{ no JSON"),
            keyless(&app, ask, &fixture).basic_auth("sk_test", Some(&fixture.shop.key)),
            with(ask, ""),
            with(ask, "sk_test_0000000000000000000000000000"),
            with(ask, &fixture.shop.key[1..]),
            with(ask, &format!("{}0", fixture.shop.key)),
            with(ask, &fixture.shop.key.to_uppercase()),
            with(ask, &revoked.key),
        ];
        for (n, request) in wrong.into_iter().enumerate() {
            let answer = fixture.shop.send(request).await;
            let told = (answer.status, answer.code());
            assert_eq!(told, (401, "unauthorized"), "{} {n}: {}", ask.route, answer.text);
            assert_eq!(fixture.told_by(&answer.text), None, "{}", answer.text);
        }
    }
    for route in open::routes(ALL) {
        let Some(scope) = route.scope else { continue };
        if scope == Scope::ExportsOwn {
            // Whoever has any other has it; the list's own is asked for: `exports`.
            continue;
        }
        let all = [testkit::every_scope(), Scope::OPERATOR.to_vec()].concat();
        let others: Vec<Scope> = all.into_iter().filter(|other| *other != scope).collect();
        let caller = app.caller(fixture.shop.tenant, &others).await;
        let name = format!("{} {}", route.method, route.path);
        for ask in REQUESTS.iter().filter(|ask| ask.route == name) {
            for request in [with(ask, &caller.key), with(ask, &caller.key).body("{ no JSON")] {
                let answer = caller.send(request).await;
                assert_eq!((answer.status, answer.code()), (403, "forbidden"), "{}", answer.text);
                assert!(answer.text.contains(scope.name()), "the cure: {}", answer.text);
            }
        }
    }
    let mut after = db.rows().await;
    let of_keys = ["api_keys ", "journal ", "journal_heads ", "versions "];
    after.retain(|row| !before.contains(row) && !of_keys.iter().any(|of| row.starts_with(of)));
    assert!(after.is_empty(), "only keys were made: {after:#?}");
    app.stop().await;
}

async fn the_operator_sees_no_trade_and_merchants_never_operate(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let (a, b) = (Fixture::new(&app, "ALPHA").await, Fixture::new(&app, "BRAVO").await);
    let operator = app.operator().await;
    let posing = app.caller(b.shop.tenant, &Scope::OPERATOR).await;
    for (n, ask) in REQUESTS
        .iter()
        .filter(|ask| !matches!(ask.gives, Gives::Open | Gives::Lost | Gives::Signed))
        .enumerate()
    {
        let by = if ask.gives == Gives::Forbidden { &posing } else { &operator };
        let answer = by.send(ask.build(by, &b, &a, &format!("pose-{n}"))).await;
        let told = (answer.status, answer.code());
        assert_eq!(told, (403, "forbidden"), "{}: {}", ask.route, answer.text);
        assert_eq!(a.told_by(&answer.text), None, "{}", answer.text);
    }
    let crossed = a.fill(&b, "/v1/merchants/{my.merchant}/keys/{key}");
    let answer = operator.send(operator.request(reqwest::Method::DELETE, &crossed)).await;
    assert_eq!((answer.status, answer.code()), (404, "not_found"), "{}", answer.text);
    let still = Caller::new(app.url(), &b.names["key_secret"], b.shop.tenant);
    assert_eq!(still.get("/v1/orders").await.status, 200);
    let keys = a.fill(&a, "/v1/merchants/{merchant}/keys");
    let listed = operator.get(&keys).await;
    assert!(listed.text.contains(&a.names["key"]), "{}", listed.text);
    assert_eq!(b.told_by(&listed.text), None, "{}", listed.text);
    assert!(!listed.text.contains(&a.names["key_secret"]), "a secret is shown once");
    app.stop().await;
}
