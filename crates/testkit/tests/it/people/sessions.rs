//! Sessions: what begins them, what ends them, and what a stolen or forged one opens.

use super::{Clocked, MINUTE_US, OWNER};
use admin::Opens;
use domain::people::role::BuiltIn;
use engine::{Clock, Settings};
use kernel::Timestamp;
use reqwest::Method;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};
use testkit::{App, Browser, Caller, Kind, Options, on_both};

on_both!(
    a_person_signs_in_works_and_signs_out,
    nothing_tells_what_was_wrong,
    a_code_counts_once_however_it_is_raced,
    a_session_that_was_there_before_is_worth_nothing,
    other_sites_can_send_nothing,
    sessions_end_by_time_and_by_hand,
    dangerous_acts_want_a_fresh_second_factor,
    another_password_ends_all_other_sessions,
    every_route_of_the_console_is_opened_by_what_its_line_says,
    an_old_password_is_changed_before_anything_else,
);

async fn a_person_signs_in_works_and_signs_out(kind: Kind) {
    let at = Clocked::start(kind).await;
    let tenant = at.app.tenant("星河").await;
    let person = at.app.person("lin@shop.example", &[(tenant, OWNER)]).await;
    let mut browser = Browser::new(at.app.url());
    assert_eq!(browser.get("/v1/products").await.code(), "unauthorized");
    let body = json!({ "email": person.email, "password": person.password });
    let half = browser.post("/console/session", &body).await;
    assert_eq!((half.status, half.code()), (401, "second_factor_required"), "{}", half.text);
    assert!(browser.cookies.is_empty(), "half a proof opens nothing");

    let answer = browser.sign_in(&person, at.app.code(&person)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.json["person"]["email"], person.email.as_str());
    assert_eq!(answer.json["person"]["id"], person.id.to_string());
    let role = &answer.json["roles"][0];
    assert_eq!((&role["role"], &role["modes"]), (&json!("owner"), &json!(["live", "test"])));
    assert_eq!(role["merchant"]["id"], tenant.merchant().to_string());
    let scopes = answer.json["scopes"].as_array().expect("scopes");
    assert!(scopes.contains(&json!("staff:write")) && !scopes.contains(&json!("merchants:write")));

    let body = super::product();
    let made = browser.post("/v1/products", &body).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let journal = browser.get("/v1/journal").await;
    let entry = &journal.json["data"][0];
    assert_eq!(entry["actor"], person.id.to_string(), "who did it: {entry}");
    let again = browser.get("/console/session").await;
    assert_eq!((again.status, &again.json["csrf"]), (200, &json!(browser.csrf)));

    let stolen = browser.clone();
    assert_eq!(browser.delete("/console/session").await.status, 204);
    let mut thief = stolen;
    for path in ["/v1/products", "/console/session"] {
        let answer = thief.get(path).await;
        assert_eq!((answer.status, answer.code()), (401, "unauthorized"), "{}", answer.text);
    }
    assert_eq!((at.facts("session.opened").await, at.facts("session.ended").await), (3, 1));
    at.app.stop().await;
    at.db.assert_sound().await;
}

async fn nothing_tells_what_was_wrong(kind: Kind) {
    let at = Clocked::start(kind).await;
    let tenant = at.app.tenant("星河").await;
    let person = at.app.person("lin@shop.example", &[(tenant, OWNER)]).await;
    let code = at.app.code(&person);
    let right = json!({ "email": person.email, "password": person.password, "totp": code });
    let with = |field: &str, value: &str| {
        let mut body = right.clone();
        body[field] = json!(value);
        body
    };
    let mut told = Vec::new();
    for body in [
        with("email", "nobody@shop.example"),
        with("email", "no address"),
        with("password", "another password"),
        with("totp", "000000"),
        with("totp", "abcd-efgh-jkmn-pqrs"),
    ] {
        let answer = Browser::new(at.app.url()).post("/console/session", &body).await;
        assert_eq!((answer.status, answer.code()), (401, "unauthorized"), "{}", answer.text);
        told.push(answer.json["detail"].clone());
    }
    told.dedup();
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(at.facts("sign_in.refused").await, 1, "one fact an address and minute");
    at.pass(2 * MINUTE_US);
    let code = at.app.code(&person);
    let mut again = right;
    again["totp"] = json!(code);
    let answer = Browser::new(at.app.url()).post("/console/session", &again).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    at.app.stop().await;
}

async fn a_code_counts_once_however_it_is_raced(kind: Kind) {
    let at = Clocked::start(kind).await;
    let tenant = at.app.tenant("星河").await;
    let person = at.app.person("lin@shop.example", &[(tenant, OWNER)]).await;
    let code = at.app.code(&person);
    let mut racing = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let (url, person, code) = (at.app.url().to_owned(), person.clone(), code.clone());
        racing.spawn(async move { Browser::new(&url).sign_in(&person, code).await.status });
    }
    let mut statuses = racing.join_all().await;
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401, 401, 401]);
    at.next_step();
    let mut browser = at.browser(&person).await;
    let renewed = browser.post("/console/recovery-codes", &json!({})).await;
    assert_eq!(renewed.status, 200, "{}", renewed.text);
    let codes = renewed.json["recovery_codes"].as_array().expect("codes").clone();
    assert_eq!(codes.len(), 10);
    let recovery = codes[3].as_str().expect("a code").to_owned();
    for (typed, status) in [(recovery.to_uppercase(), 200), (recovery, 401)] {
        let answer = Browser::new(at.app.url()).sign_in(&person, typed).await;
        assert_eq!(answer.status, status, "{}", answer.text);
    }
    at.app.stop().await;
}

async fn a_session_that_was_there_before_is_worth_nothing(kind: Kind) {
    let at = Clocked::start(kind).await;
    let tenant = at.app.tenant("星河").await;
    let person = at.app.person("lin@shop.example", &[(tenant, OWNER)]).await;
    let mut browser = Browser::new(at.app.url());
    // Somebody planted a cookie before the person signs in.
    browser.cookies.push(("tessera_session".into(), "planted".into()));
    browser.cookies.push(("tessera_device".into(), "planted; too".into()));
    let answer = browser.sign_in(&person, at.app.code(&person)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let first = browser.cookie("tessera_session");
    assert!(first != "planted" && browser.cookie("tessera_device") != "planted; too");
    at.next_step();
    let before = browser.clone();
    assert_eq!(browser.sign_in(&person, at.app.code(&person)).await.status, 200);
    assert_ne!(browser.cookie("tessera_session"), first, "a new one each time");
    let mut before = before;
    assert_eq!(before.get("/v1/products").await.status, 401, "and the one before is over");
    for forged in ["", "x", &first[..26], &first.to_uppercase(), &format!("{first}0")] {
        let mut thief = browser.clone();
        thief.cookies = vec![("tessera_session".into(), forged.to_owned())];
        assert_eq!(thief.get("/v1/products").await.status, 401, "{forged}");
    }
    at.app.stop().await;
}

async fn other_sites_can_send_nothing(kind: Kind) {
    let at = Clocked::start(kind).await;
    let tenant = at.app.tenant("星河").await;
    let person = at.app.person("lin@shop.example", &[(tenant, OWNER)]).await;
    let browser = at.browser(&person).await;
    let body = super::product();
    let mut wrong = browser.clone();
    for csrf in ["", "wrong", &browser.csrf.to_uppercase()] {
        wrong.csrf = csrf.to_owned();
        let answer = wrong.post("/v1/products", &body).await;
        assert_eq!((answer.status, answer.code()), (403, "csrf"), "{}", answer.text);
        let answer = wrong.delete("/console/session").await;
        assert_eq!((answer.status, answer.code()), (403, "csrf"), "{}", answer.text);
    }
    let port = at.app.url().rsplit(':').next().expect("a port").to_owned();
    for (name, value, status) in [
        ("origin", "https://evil.example".to_owned(), 403),
        ("origin", "null".to_owned(), 403),
        ("sec-fetch-site", "cross-site".to_owned(), 403),
        ("origin", at.app.url().to_owned(), 201),
        ("origin", format!("http://localhost:{port}"), 201),
        ("sec-fetch-site", "same-origin".to_owned(), 201),
    ] {
        let mut other = browser.clone();
        other.headers.push((name.to_owned(), value.clone()));
        let answer = other.post("/v1/products", &body).await;
        assert_eq!(answer.status, status, "{value}: {}", answer.text);
        let read = other.get("/v1/products").await.status;
        assert_eq!(read, if status == 403 { 403 } else { 200 }, "{value}");
    }
    let mut other = Browser::new(at.app.url());
    other.headers.push(("origin".to_owned(), "https://evil.example".to_owned()));
    at.next_step();
    let answer = other.sign_in(&person, at.app.code(&person)).await;
    assert_eq!((answer.status, answer.code()), (403, "forbidden"), "{}", answer.text);
    at.app.stop().await;
}

async fn sessions_end_by_time_and_by_hand(kind: Kind) {
    let at = Clocked::start(kind).await;
    let tenant = at.app.tenant("星河").await;
    let person = at.app.person("lin@shop.example", &[(tenant, OWNER)]).await;
    let mut idle = at.browser(&person).await;
    at.pass(29 * MINUTE_US);
    assert_eq!(idle.get("/v1/products").await.status, 200, "it is in use");
    // What is kept of its use is written beside the request.
    let reader = at.db.reader().await;
    loop {
        let kept = reader.person(person.id).await.expect("it is read").expect("a person");
        let session = &kept.profile.sessions[0];
        if session.seen_at > session.created_at {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    at.pass(31 * MINUTE_US);
    assert_eq!(idle.get("/v1/products").await.status, 401, "nobody used it");

    let mut lost = at.browser(&person).await;
    at.next_step();
    let mut own = at.browser(&person).await;
    let list = own.get("/console/sessions").await;
    let sessions = list.json["data"].as_array().expect("sessions").clone();
    assert_eq!(sessions.len(), 2, "{}", list.text);
    let other = sessions.iter().find(|one| one["current"] == false).expect("the other");
    let path = format!("/console/sessions/{}", other["id"].as_str().expect("an id"));
    let ended = own.delete(&path).await;
    assert_eq!((ended.status, &ended.json["ended"]), (200, &json!(1)), "{}", ended.text);
    assert_eq!(lost.get("/v1/products").await.status, 401);
    assert_eq!(own.delete(&path).await.status, 404, "it is gone");
    assert_eq!(own.get("/v1/products").await.status, 200);

    // Whoever is no staff any more has lost it at once here.
    let staff = own.get("/v1/staff").await;
    let id = staff.json["data"][0]["id"].as_str().expect("an id").to_owned();
    let service = at.app.person("wang@shop.example", &[(tenant, &[BuiltIn::Service])]).await;
    let mut service = at.browser(&service).await;
    assert_eq!(service.get("/v1/orders").await.status, 200);
    let listed = own.get("/v1/staff?email=wang@shop.example").await;
    let theirs = listed.json["data"][0]["id"].as_str().expect("an id").to_owned();
    assert_ne!(theirs, id);
    let archived = own.post(&format!("/v1/staff/{theirs}/archive"), &json!({})).await;
    assert_eq!(archived.status, 200, "{}", archived.text);
    assert_eq!(service.get("/v1/orders").await.status, 403, "he has no role there any more");
    at.app.stop().await;
}

async fn dangerous_acts_want_a_fresh_second_factor(kind: Kind) {
    let at = Clocked::start(kind).await;
    let tenant = at.app.tenant("星河").await;
    let person = at.app.person("lin@shop.example", &[(tenant, OWNER)]).await;
    let mut browser = at.browser(&person).await;
    let role = |name: &str| json!({ "name": name, "scopes": ["orders:read"], "modes": ["live"] });
    assert_eq!(browser.post("/v1/roles", &role("a")).await.status, 201);
    at.pass(11 * MINUTE_US);
    for (method, path) in [
        (Method::POST, "/v1/roles".to_owned()),
        (Method::POST, "/v1/orders/ord_00000000000000000000000000/reveal".to_owned()),
        (Method::POST, "/v1/buyers/byr_00000000000000000000000000/unmask".to_owned()),
        (Method::POST, "/console/recovery-codes".to_owned()),
        (Method::POST, "/console/factor/draw".to_owned()),
    ] {
        let answer = browser.send(browser.request(method, &path).json(&role("b"))).await;
        assert_eq!((answer.status, answer.code()), (403, "step_up_required"), "{path}");
    }
    assert_eq!(browser.get("/v1/roles").await.status, 200, "what is no danger goes on");
    let wrong = browser.post("/console/session/step-up", &json!({ "totp": "000000" })).await;
    assert_eq!((wrong.status, wrong.code()), (401, "unauthorized"), "{}", wrong.text);
    let body = json!({ "totp": at.app.code(&person) });
    let right = browser.post("/console/session/step-up", &body).await;
    assert_eq!(right.status, 200, "{}", right.text);
    let again = browser.post("/console/session/step-up", &body).await;
    assert_eq!(again.status, 401, "a code counts once: {}", again.text);
    assert_eq!(browser.post("/v1/roles", &role("b")).await.status, 201);
    at.app.stop().await;
}

async fn another_password_ends_all_other_sessions(kind: Kind) {
    let at = Clocked::start(kind).await;
    let tenant = at.app.tenant("星河").await;
    let person = at.app.person("lin@shop.example", &[(tenant, OWNER)]).await;
    let mut thief = at.browser(&person).await;
    at.next_step();
    let mut own = at.browser(&person).await;
    let change = |from: &str, to: &str| json!({ "password": from, "new_password": to });
    let new = "gravel-mitten-oboe-9";
    for (body, status, field) in [
        (change("another", new), 401, None),
        (change(&person.password, "password1234567"), 422, Some("new_password")),
        (change(&person.password, "short"), 422, Some("new_password")),
        (change(&person.password, &person.password), 422, Some("new_password")),
        (change(&person.password, new), 200, None),
    ] {
        let answer = own.post("/console/password", &body).await;
        assert_eq!(answer.status, status, "{}", answer.text);
        let told = answer.json["errors"][0]["field"].as_str();
        assert_eq!(told, field, "{}", answer.text);
    }
    assert_eq!(own.get("/v1/products").await.status, 200);
    assert_eq!(thief.get("/v1/products").await.status, 401);
    at.next_step();
    let old = Browser::new(at.app.url()).sign_in(&person, at.app.code(&person)).await;
    assert_eq!(old.status, 401, "{}", old.text);
    at.app.stop().await;
}

async fn every_route_of_the_console_is_opened_by_what_its_line_says(kind: Kind) {
    let at = Clocked::start(kind).await;
    let tenant = at.app.tenant("星河").await;
    let person = at.app.person("lin@shop.example", &[(tenant, OWNER)]).await;
    let mut signed = at.browser(&person).await;
    at.pass(11 * MINUTE_US);
    assert_eq!(signed.get("/v1/products").await.status, 200);
    for route in admin::routes() {
        let method: Method = route.method.parse().expect("a method");
        let path = route.path.replace("{id}", "others");
        let mut nobody = Browser::new(at.app.url());
        let answer = nobody.send(nobody.request(method.clone(), &path).json(&json!({}))).await;
        let told = (answer.status, answer.code().to_owned());
        let what = format!("{} {}: {}", route.method, route.path, answer.text);
        match route.opens {
            Opens::Nothing => assert!([422, 200, 401].contains(&told.0), "{what}"),
            Opens::Demo => assert!([404, 422].contains(&told.0), "{what}"),
            Opens::Session | Opens::SteppedUp => {
                assert_eq!(told, (401, "unauthorized".to_owned()), "{what}");
            }
        }
        if !matches!(route.opens, Opens::Session | Opens::SteppedUp) {
            continue;
        }
        if method != Method::GET {
            let mut forged = signed.clone();
            forged.csrf = "forged".to_owned();
            let answer = forged.send(forged.request(method.clone(), &path).json(&json!({}))).await;
            assert_eq!((answer.status, answer.code()), (403, "csrf"), "{what}");
        }
        if route.opens == Opens::SteppedUp {
            let answer = signed.send(signed.request(method, &path).json(&json!({}))).await;
            assert_eq!((answer.status, answer.code()), (403, "step_up_required"), "{what}");
        }
    }
    at.app.stop().await;
}

async fn an_old_password_is_changed_before_anything_else(kind: Kind) {
    let db = testkit::Db::new(kind);
    let clock = Arc::new(AtomicI64::new(Timestamp::now().0));
    let engine = Settings { clock: Clock::Manual(Arc::clone(&clock)), ..Settings::default() };
    let options = Options { engine, password_days: Some(90), ..Options::default() };
    let app = App::start_with(db.url(), options).await;
    let tenant = app.tenant("星河").await;
    let person = app.person("lin@shop.example", &[(tenant, OWNER)]).await;
    clock.fetch_add(90 * 24 * 60 * MINUTE_US, Ordering::SeqCst);
    let mut browser = Browser::new(app.url());
    let answer = browser.sign_in(&person, app.code(&person)).await;
    assert_eq!(answer.json["must_change_password"], true, "{}", answer.text);
    let shut = browser.get("/v1/products").await;
    assert_eq!((shut.status, shut.code()), (403, "forbidden"), "{}", shut.text);
    let body = json!({ "password": person.password, "new_password": "gravel-mitten-oboe-9" });
    assert_eq!(browser.post("/console/password", &body).await.status, 200);
    assert_eq!(browser.get("/v1/products").await.status, 200);
    app.stop().await;
}

/// A file has one writing process, so this is PostgreSQL's.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_process_hears_of_the_end_within_a_second() {
    let db = testkit::Db::new(Kind::Postgres);
    let (here, there) = (App::start(&db).await, App::start(&db).await);
    let tenant = here.tenant("星河").await;
    let person = here.person("lin@shop.example", &[(tenant, OWNER)]).await;
    let mut browser = Browser::new(here.url());
    assert_eq!(browser.sign_in(&person, here.code(&person)).await.status, 200);
    let at = |app: &App| {
        let cookie = format!("tessera_session={}", browser.cookie("tessera_session"));
        Caller::person(app.url(), &cookie, &browser.csrf, tenant)
    };
    let (own, far) = (at(&here), at(&there));
    assert_eq!(far.get("/v1/products").await.status, 200, "a session holds everywhere");
    assert_eq!(browser.delete("/console/session").await.status, 204);
    let ended = Instant::now();
    assert_eq!(own.get("/v1/products").await.status, 401, "here at once");
    while far.get("/v1/products").await.status == 200 {
        assert!(ended.elapsed() < Duration::from_secs(5), "the other process never hears of it");
    }
    eprintln!("the other process heard of it after {:?}", ended.elapsed());
    here.stop().await;
    there.stop().await;
}
