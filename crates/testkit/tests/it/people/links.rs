//! Links that are used once: set-up, invitation, recovery.

use super::{Clocked, MINUTE_US, OWNER};
use edge::auth::sessions::Token;
use kernel::{Mode, Tenant};
use serde_json::{Value, json};
use testkit::{Answer, App, Browser, Kind, Person, on_both};

on_both!(
    a_set_up_link_makes_one_person_however_it_is_raced,
    a_set_up_link_is_good_for_a_day_and_until_another_is_printed,
    whoever_is_invited_chooses_his_password_and_works,
    whoever_was_locked_out_gets_in_again,
);

async fn describe(app: &App, token: &str) -> Answer {
    Browser::new(app.url()).post("/console/link", &json!({ "token": token })).await
}

fn choice(app: &App, token: &str, secret: &str) -> Value {
    let step = vault::totp_step_at(app.engine.now().0 / 1_000_000);
    json!({
        "token": token, "password": "gravel-mitten-oboe-9", "totp_secret": secret,
        "totp": vault::totp_code(secret, step).expect("a secret"),
    })
}

async fn a_set_up_link_makes_one_person_however_it_is_raced(kind: Kind) {
    let at = Clocked::start(kind).await;
    let token = admin::people::set_up(&at.app.engine).await.expect("a link").expect("it is needed");
    let told = describe(&at.app, token.as_str()).await;
    assert_eq!((told.status, &told.json["kind"]), (200, &json!("set_up")), "{}", told.text);
    let secret = told.json["totp_secret"].as_str().expect("a secret").to_owned();
    let mut racing = tokio::task::JoinSet::new();
    for n in 0..4 {
        let (url, mut body) = (at.app.url().to_owned(), choice(&at.app, token.as_str(), &secret));
        body["email"] = json!(format!("first{n}@operator.example"));
        body["name"] = json!("第一人");
        racing.spawn(async move { Browser::new(&url).post("/console/link/use", &body).await });
    }
    let answers = racing.join_all().await;
    let good: Vec<_> = answers.iter().filter(|answer| answer.status == 200).collect();
    assert_eq!(good.len(), 1, "{answers:#?}");
    assert_eq!(good[0].json["recovery_codes"].as_array().map(Vec::len), Some(10));
    for bad in answers.iter().filter(|answer| answer.status != 200) {
        assert_eq!(bad.code(), "unauthorized", "{}", bad.text);
    }
    assert_eq!(describe(&at.app, token.as_str()).await.status, 401, "it was used");
    assert!(admin::people::set_up(&at.app.engine).await.expect("it is read").is_none());
    let people = at.db.number("SELECT COUNT(*) FROM people_emails").await;
    let staff = at.db.number("SELECT COUNT(*) FROM resources WHERE kind = 11").await;
    assert_eq!((people, staff), (1, 1), "one owner");

    at.next_step();
    let mut browser = Browser::new(at.app.url());
    let step = vault::totp_step_at(at.app.engine.now().0 / 1_000_000);
    let code = vault::totp_code(&secret, step).expect("a code");
    let mut signed = 0;
    for n in 0..4 {
        let body = json!({
            "email": format!("first{n}@operator.example"), "password": "gravel-mitten-oboe-9", "totp": code,
        });
        signed += usize::from(browser.post("/console/session", &body).await.status == 200);
    }
    assert_eq!(signed, 1);
    assert_eq!(browser.get("/v1/merchants").await.status, 200);
    at.app.stop().await;
    at.db.assert_sound().await;
}

async fn a_set_up_link_is_good_for_a_day_and_until_another_is_printed(kind: Kind) {
    let at = Clocked::start(kind).await;
    let set_up = || async { admin::people::set_up(&at.app.engine).await.expect("a link") };
    let (first, second) = (set_up().await.expect("it"), set_up().await.expect("it"));
    assert_eq!(describe(&at.app, first.as_str()).await.status, 401, "another one was printed");
    let told = describe(&at.app, second.as_str()).await;
    assert_eq!(told.status, 200, "{}", told.text);
    let secret = told.json["totp_secret"].as_str().expect("a secret").to_owned();
    for wrong in ["", "x", &second.as_str()[..26], &format!("{}x", second.as_str())] {
        assert_eq!(describe(&at.app, wrong).await.status, 401, "{wrong}");
    }
    let mut body = choice(&at.app, second.as_str(), &secret);
    for (field, value) in [
        ("email", json!("no address")),
        ("password", json!("password12345")),
        ("totp", json!("000000")),
    ] {
        let mut bad = body.clone();
        (bad["email"], bad["name"]) = (json!("first@operator.example"), json!("第一人"));
        bad[field] = value;
        let answer = Browser::new(at.app.url()).post("/console/link/use", &bad).await;
        assert_eq!((answer.status, answer.code()), (422, "invalid"), "{field}: {}", answer.text);
    }
    at.pass(24 * 60 * MINUTE_US);
    body = choice(&at.app, second.as_str(), &secret);
    (body["email"], body["name"]) = (json!("first@operator.example"), json!("第一人"));
    let late = Browser::new(at.app.url()).post("/console/link/use", &body).await;
    assert_eq!((late.status, late.code()), (401, "unauthorized"), "{}", late.text);
    at.app.stop().await;
}

/// The token of the newest message to an address.
fn token_of_message(app: &App, email: &str) -> Option<String> {
    let inbox = app.edge.inbox().expect("an inbox");
    let message = inbox.into_iter().find(|message| message.to == email)?;
    let link = message.text.split_whitespace().find(|word| word.contains("/console/link#"))?;
    link.split_once('#').map(|(_, token)| token.to_owned())
}

async fn whoever_is_invited_chooses_his_password_and_works(kind: Kind) {
    let at = Clocked::start(kind).await;
    let tenant = at.app.tenant("星河").await;
    let owner = at.app.signed_in("owner@shop.example", tenant, OWNER).await;
    let body = json!({ "email": "New@Shop.example", "name": "新人", "roles": ["service"] });
    let staff = owner.post("/v1/staff", &body).await;
    assert_eq!((staff.status, &staff.json["email"]), (201, &json!("new@shop.example")));
    let path = format!("/v1/staff/{}/invite", staff.json["id"].as_str().expect("an id"));
    let invited = owner.post(&path, &json!({})).await;
    assert_eq!(invited.status, 201, "{}", invited.text);
    let token = token_of_message(&at.app, "new@shop.example").expect("a link");
    assert!(!invited.text.contains(&token), "it goes to him alone");
    let told = describe(&at.app, &token).await;
    assert_eq!(told.json["email"], "new@shop.example", "{}", told.text);
    let secret = told.json["totp_secret"].as_str().expect("a secret").to_owned();
    let used = Browser::new(at.app.url())
        .post("/console/link/use", &choice(&at.app, &token, &secret))
        .await;
    assert_eq!(used.status, 200, "{}", used.text);
    at.next_step();
    let person = Person {
        id: Token::of(&token).person().expect("a person"),
        email: "new@shop.example".to_owned(),
        password: "gravel-mitten-oboe-9".to_owned(),
        totp_secret: secret,
    };
    let mut browser = at.browser(&person).await;
    assert_eq!(browser.get("/v1/orders").await.status, 200);

    // At another merchant he needs no other password, and learns of it all the same.
    let other = at.app.tenant("北辰").await;
    let owner = at.app.signed_in("owner@other.example", other, OWNER).await;
    let staff = owner.post("/v1/staff", &body).await;
    let path = format!("/v1/staff/{}/invite", staff.json["id"].as_str().expect("an id"));
    assert_eq!(owner.post(&path, &json!({})).await.status, 201);
    assert_eq!(token_of_message(&at.app, "new@shop.example"), None, "no second link");
    assert_eq!(browser.caller(other).get("/v1/orders").await.status, 200);
    let live = Tenant::new(other.merchant(), Mode::Live);
    assert_eq!(browser.caller(live).get("/v1/orders").await.status, 200);
    at.app.stop().await;
    at.db.assert_sound().await;
}

async fn whoever_was_locked_out_gets_in_again(kind: Kind) {
    let at = Clocked::start(kind).await;
    let tenant = at.app.tenant("星河").await;
    let person = at.app.person("lin@shop.example", &[(tenant, OWNER)]).await;
    let mut thief = at.browser(&person).await;
    let engine = &at.app.engine;
    let nobody = admin::people::recover(engine, "nobody@shop.example").await;
    assert!(nobody.expect("it is read").is_none());
    let token = admin::people::recover(engine, "Lin@shop.example").await;
    let token = token.expect("a link").expect("he is known");
    let told = describe(&at.app, token.as_str()).await;
    let secret = told.json["totp_secret"].as_str().expect("a secret").to_owned();
    let body = choice(&at.app, token.as_str(), &secret);
    let used = Browser::new(at.app.url()).post("/console/link/use", &body).await;
    assert_eq!(used.status, 200, "{}", used.text);
    assert_eq!(thief.get("/v1/products").await.status, 401, "all sessions end");
    at.next_step();
    let old = Browser::new(at.app.url()).sign_in(&person, at.app.code(&person)).await;
    assert_eq!(old.status, 401, "{}", old.text);
    let (password, totp_secret) = ("gravel-mitten-oboe-9".to_owned(), secret);
    let person = Person { password, totp_secret, ..person };
    assert_eq!(at.browser(&person).await.get("/v1/products").await.status, 200);
    let recorded = "SELECT COUNT(*) FROM journal WHERE data LIKE '%recovery_offered%'";
    assert!(at.db.number(recorded).await >= 1, "it is recorded");
    at.app.stop().await;
}
