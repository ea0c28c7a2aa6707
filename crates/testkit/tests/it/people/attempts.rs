//! Guessing and stuffing: many passwords over many people and addresses open nothing and lock nobody out.

use super::OWNER;
use serde_json::json;
use std::collections::BTreeMap;
use testkit::{App, Browser, Db, Kind, Options, on_both};
use tokio::task::JoinSet;

on_both!(
    guessing_at_one_account_is_slowed_down_and_its_owner_gets_in,
    ten_thousand_passwords_open_nothing_and_keep_the_owner_out_of_nothing,
);

async fn behind_a_proxy(kind: Kind) -> (Db, App) {
    let db = Db::new(kind);
    let trusted_proxies = vec!["127.0.0.1".to_owned()];
    let options = Options { trusted_proxies, allow_plain_http: true, ..Options::default() };
    let app = App::start_with(db.url(), options).await;
    (db, app)
}

async fn guessing_at_one_account_is_slowed_down_and_its_owner_gets_in(kind: Kind) {
    let (db, app) = behind_a_proxy(kind).await;
    let tenant = app.tenant("星河").await;
    let person = app.person("lin@shop.example", &[(tenant, OWNER)]).await;
    let mut own = Browser::new(app.url());
    own.from = Some("203.0.113.1".to_owned());
    assert_eq!(own.sign_in(&person, app.code(&person)).await.status, 200);
    let mut guesser = Browser::new(app.url());
    guesser.from = Some("203.0.113.2".to_owned());
    let mut told = Vec::new();
    for n in 0..12 {
        let body = json!({ "email": person.email, "password": format!("guess number {n}") });
        told.push(guesser.post("/console/session", &body).await.status);
    }
    assert_eq!(told[..5], [401; 5]);
    assert!(told[5..].contains(&429), "{told:?}");
    let right = json!({ "email": person.email, "password": person.password });
    let shut = guesser.post("/console/session", &right).await;
    assert_eq!((shut.status, shut.code()), (429, "rate_limited"), "also with the right one");
    // From there he gets in all the same with a browser that he used before, and from elsewhere with any.
    own.from.clone_from(&guesser.from);
    let known = own.post("/console/session", &right).await;
    assert_eq!(known.code(), "second_factor_required", "{}", known.text);
    let mut elsewhere = Browser::new(app.url());
    elsewhere.from = Some("203.0.113.3".to_owned());
    let new = elsewhere.post("/console/session", &right).await;
    assert_eq!(new.code(), "second_factor_required", "{}", new.text);
    app.stop().await;
    drop(db);
}

async fn ten_thousand_passwords_open_nothing_and_keep_the_owner_out_of_nothing(kind: Kind) {
    let (db, app) = behind_a_proxy(kind).await;
    let tenant = app.tenant("星河").await;
    let mut people = Vec::new();
    for n in 0..10 {
        people.push(app.person(&format!("p{n}@shop.example"), &[(tenant, OWNER)]).await);
    }
    let person = people[0].clone();
    let mut own = Browser::new(app.url());
    own.from = Some("203.0.113.1".to_owned());
    assert_eq!(own.sign_in(&person, app.code(&person)).await.status, 200);
    let (url, client) = (app.url().to_owned(), reqwest::Client::new());
    let mut stuffing = JoinSet::new();
    for worker in 0..500_u32 {
        let (url, client) = (url.clone(), client.clone());
        stuffing.spawn(async move {
            let mut told: BTreeMap<u16, usize> = BTreeMap::new();
            for n in 0..20_u32 {
                let at = worker * 20 + n;
                let email = format!("p{}@shop.example", at % 1_000);
                let body = json!({ "email": email, "password": format!("stuffed {at}"), "totp": "123456" });
                let from = format!("198.51.{}.{}", (at % 1_000) / 250, (at % 1_000) % 250);
                let request = client.post(format!("{url}/console/session"));
                let request = request.header("x-forwarded-for", from).json(&body);
                let status = request.send().await.expect("it answers").status().as_u16();
                *told.entry(status).or_default() += 1;
            }
            told
        });
    }
    // While that goes on, the owner signs in with the browser that he has.
    let right = json!({ "email": person.email, "password": person.password });
    let known = own.post("/console/session", &right).await;
    assert_eq!(known.code(), "second_factor_required", "{}", known.text);
    let mut told: BTreeMap<u16, usize> = BTreeMap::new();
    for (status, count) in stuffing.join_all().await.into_iter().flatten() {
        *told.entry(status).or_default() += count;
    }
    eprintln!("{kind:?}: {told:?}");
    assert_eq!(told.values().sum::<usize>(), 10_000);
    assert!(told.keys().all(|status| [401, 429].contains(status)), "{told:?}");
    assert!(told.get(&429).is_some_and(|refused| *refused > 1_000), "{told:?}");
    let facts = db.number("SELECT COUNT(*) FROM journal WHERE kind = 'sign_in.refused'").await;
    assert!(facts > 0 && facts <= 10_000, "{facts}");
    app.stop().await;
    db.assert_sound().await;
}
