//! Links that are used once: set-up, invitation, recovery.

use super::{Clocked, MINUTE_US, OWNER};
use domain::identity::operator;
use domain::people::role::BuiltIn;
use domain::people::staff::Staff;
use domain::resource::save::{Content, Save, Wish};
use domain::resource::{Resource, registry};
use edge::auth::sessions::Token;
use kernel::{MerchantId, Mode, Tenant};
use serde_json::{Value, json};
use testkit::{Answer, App, Browser, Kind, Person, on_both};

on_both!(
    a_set_up_link_makes_one_person_however_it_is_raced,
    a_set_up_link_is_good_for_a_day_and_until_another_is_printed,
    whoever_is_invited_chooses_his_password_and_works,
    a_new_merchant_gets_one_owner,
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

/// Uses an invitation; whoever signs in afterwards does so with the next code.
async fn come_in(at: &Clocked, token: &str, email: &str) -> Person {
    let told = describe(&at.app, token).await;
    assert_eq!(told.json["email"], email, "{}", told.text);
    let secret = told.json["totp_secret"].as_str().expect("a secret").to_owned();
    let chosen = choice(&at.app, token, &secret);
    let used = Browser::new(at.app.url()).post("/console/link/use", &chosen).await;
    assert_eq!(used.status, 200, "{}", used.text);
    at.next_step();
    Person {
        id: Token::of(token).person().expect("a person"),
        email: email.to_owned(),
        password: "gravel-mitten-oboe-9".to_owned(),
        totp_secret: secret,
    }
}

async fn a_new_merchant_gets_one_owner(kind: Kind) {
    let at = Clocked::start(kind).await;
    let system = at.app.signed_in("system@operator.example", operator(), &[BuiltIn::System]).await;
    let made = system.post("/v1/merchants", &json!({ "name": "新店" })).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let id = made.json["id"].as_str().expect("an id").to_owned();
    let path = format!("/v1/merchants/{id}/owner");
    let owner = |email: &str| json!({ "email": email, "name": "林晓" });
    for (body, field) in [
        (json!({ "email": "nobody", "name": "林晓" }), "email"),
        (json!({ "email": "lin@shop.example", "name": "" }), "name"),
    ] {
        let refused = system.post(&path, &body).await;
        assert_eq!(refused.status, 422, "{}", refused.text);
        assert_eq!(refused.json["errors"][0]["field"], field, "{}", refused.text);
    }
    assert_eq!(system.post(&path, &owner("wrong@shop.example")).await.status, 201);
    let wrong = token_of_message(&at.app, "wrong@shop.example").expect("a link");
    // He has not come in, so he can be asked again, or another be taken in his place.
    assert_eq!(system.post(&path, &owner("wrong@shop.example")).await.status, 201);
    let again = token_of_message(&at.app, "wrong@shop.example").expect("a link");
    assert_ne!(wrong, again);
    let invited = system.post(&path, &owner("Lin@shop.example")).await;
    assert_eq!(invited.status, 201, "{}", invited.text);
    let token = token_of_message(&at.app, "lin@shop.example").expect("a link");
    assert!(!invited.text.contains(&token), "it goes to him alone");
    let person = come_in(&at, &token, "lin@shop.example").await;
    let mut browser = at.browser(&person).await;
    let staff = browser.get("/v1/staff").await;
    assert_eq!(staff.json["data"].as_array().map(Vec::len), Some(1), "{}", staff.text);
    assert_eq!(staff.json["data"][0]["roles"], json!(["owner"]));
    // Whoever was named before gets in, and may do nothing there.
    let other = come_in(&at, &again, "wrong@shop.example").await;
    let signed_in = at.browser(&other).await.get("/v1/orders").await;
    assert_eq!(signed_in.status, 403, "{}", signed_in.text);
    // Now that somebody works there, the operator has no say.
    for email in ["lin@shop.example", "system@operator.example"] {
        let refused = system.post(&path, &owner(email)).await;
        assert_eq!((refused.status, &refused.json["code"]), (409, &json!("resource_state")));
    }
    // Where the program ended between the entry and the invitation, nobody has come in either.
    let made = system.post("/v1/merchants", &json!({ "name": "另一家" })).await;
    let id = made.json["id"].as_str().expect("an id").to_owned();
    let place = Tenant::new(MerchantId::parse(&id).expect("a merchant's id"), Mode::Live);
    let entry = json!({ "email": "lost@shop.example", "name": "失", "roles": ["owner"] });
    let fields = serde_json::from_value(entry).expect("fields");
    let wish = Wish::Create(Content { fields, ..Content::default() });
    let kind = registry::numbered(Staff::KIND.number).expect("staff");
    let save = Save { kind, id: at.app.engine.draw(), wish, expected: None, by: None };
    at.app.engine.run(at.app.engine.internal(place), save).await.expect("it is saved");
    let path = format!("/v1/merchants/{id}/owner");
    assert_eq!(system.post(&path, &owner("found@shop.example")).await.status, 201);
    assert!(token_of_message(&at.app, "found@shop.example").is_some());
    let nobody = "/v1/merchants/mer_00000000000000000000000001/owner";
    assert_eq!(system.post(nobody, &owner("a@b.example")).await.status, 404);
    at.app.stop().await;
    at.db.assert_sound().await;
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
    let person = come_in(&at, &token, "new@shop.example").await;
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
