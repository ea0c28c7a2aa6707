//! Two processes at once, and an order beside an edit.

use super::apply::{APPLY, a_place};
use super::{PLACES, patch_if, place};
use serde_json::json;
use std::time::Duration;
use testkit::{App, Caller, Db, Kind, on_both};

on_both!(an_edit_of_what_no_rule_reads_stops_no_order);

/// Two applications on one database, each with the same shop.
async fn two(db: &Db) -> (App, App, Caller, Caller) {
    let one = App::start(db).await;
    let other = App::start(db).await;
    let shop = one.merchant("店").await;
    let there = shop.at(other.url());
    (one, other, shop, there)
}

/// How many of the answers have each status.
fn count(statuses: &[u16], status: u16) -> usize {
    statuses.iter().filter(|answered| **answered == status).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_want_one_value_or_one_version_one_gets_it() {
    let db = Db::new(Kind::Postgres);
    let (one, other, here, there) = two(&db).await;
    for n in 0..20 {
        let body = json!({ "code": format!("P-{n}"), "name": "race" });
        let wishes = [&here, &there, &here, &there].map(|shop| shop.post(PLACES, &body));
        let answers = futures_util::future::join_all(wishes).await;
        let statuses: Vec<_> = answers.iter().map(|answer| answer.status).collect();
        assert_eq!((count(&statuses, 201), count(&statuses, 409)), (1, 3), "{statuses:?}");
        let taken = answers.iter().filter(|answer| answer.status == 409);
        assert!(taken.clone().all(|answer| answer.code() == "taken"));

        let made = answers.iter().find(|answer| answer.status == 201).expect("one");
        let path = format!("{PLACES}/{}", made.json["id"].as_str().expect("an id"));
        let names = [json!({ "name": "a" }), json!({ "name": "b" })];
        let edits = [(&here, &names[0]), (&there, &names[1])];
        let edits = edits.map(|(shop, body)| patch_if(shop, &path, "\"1\"", body));
        let edited = futures_util::future::join_all(edits).await;
        let statuses: Vec<_> = edited.iter().map(|answer| answer.status).collect();
        assert_eq!((count(&statuses, 200), count(&statuses, 412)), (1, 1), "{statuses:?}");
    }
    let listed = here.get(&format!("{PLACES}?limit=200")).await;
    assert_eq!(listed.json["data"].as_array().map(Vec::len), Some(20));
    one.stop().await;
    other.stop().await;
    db.assert_sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_puts_away_another_does_not_refer_to() {
    let db = Db::new(Kind::Postgres);
    let (one, other, here, there) = two(&db).await;
    for n in 0..20 {
        let path = place(&here, &format!("P-{n}")).await;
        let id = path.rsplit('/').next().expect("an id");
        let body = json!({ "name": "race", "place": id, "percent": 5 });
        let archive = format!("{path}/archive");
        let nothing = json!({});
        let (archived, offered) =
            tokio::join!(here.post(&archive, &nothing), there.post(super::OFFERS, &body));
        let both = (archived.status, offered.status);
        assert!([(200, 422), (409, 201)].contains(&both), "{both:?}");
    }
    one.stop().await;
    other.stop().await;
    db.assert_sound().await;
}

/// While an edit holds the lock of its kind, orders go on; while an order holds the configuration, so does the edit.
async fn an_edit_of_what_no_rule_reads_stops_no_order(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("店").await;
    let sku = shop.sku(100, json!({})).await;
    shop.stock(&sku, "X", 4).await;
    shop.credit("rich", 100_000).await;
    let at = place(&shop, "P-0").await;
    let at = at.rsplit('/').next().expect("an id");
    let body = json!({ "name": "one", "place": at, "percent": 5 });
    let path = super::at(&shop.post(super::OFFERS, &body).await, super::OFFERS);
    if kind == Kind::Postgres {
        let mut edit = db.connection().await;
        edit.raw("BEGIN; SELECT 1 FROM resource_heads FOR UPDATE").await.expect("the lock");
        let order = shop.order(&sku, 1, "rich");
        let order = tokio::time::timeout(Duration::from_secs(5), order).await;
        assert_eq!(order.expect("it does not wait").status, 201);
        edit.raw("COMMIT").await.expect("the end");

        let mut order = db.connection().await;
        order.raw("BEGIN; SELECT 1 FROM versions FOR SHARE").await.expect("the lock");
        let body = json!({ "name": "beside" });
        let edit = super::patch(&shop, &path, &body);
        let edit = tokio::time::timeout(Duration::from_secs(5), edit).await;
        assert_eq!(edit.map(|answer| answer.status), Ok(200), "it waits for no order");
        order.raw("COMMIT").await.expect("the end");
    }
    let before = db.number("SELECT CAST(SUM(version) AS BIGINT) FROM versions").await;
    let edited = super::patch(&shop, &path, &json!({ "name": "again" })).await;
    assert_eq!(edited.status, 200, "{}", edited.text);
    let after = db.number("SELECT CAST(SUM(version) AS BIGINT) FROM versions").await;
    assert_eq!(before, after, "no snapshot is read again because of it");
    place(&shop, "P-1").await;
    let after = db.number("SELECT CAST(SUM(version) AS BIGINT) FROM versions").await;
    assert_eq!(before + 1, after, "what rules read is in the next snapshot");
    app.stop().await;
    db.assert_sound().await;
}

/// Two who apply the same things at once: one of them does all of it, the other nothing.
#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_apply_one_does_all_of_it() {
    let db = Db::new(Kind::Postgres);
    let (one, other, here, there) = two(&db).await;
    for n in 0..20_u32 {
        let name = |who: &str, mut place: serde_json::Value| {
            place["version"] = json!(n);
            place["body"]["name"] = json!(format!("{who} {n}"));
            place
        };
        let places = [a_place(1, "A"), a_place(2, "B")];
        let mine = places.clone().map(|place| name("here", place));
        let mut his = places.map(|place| name("there", place));
        his.reverse();
        let (mine, his) = (json!({ "save": mine }), json!({ "save": his }));
        let (a, b) = tokio::join!(here.post(APPLY, &mine), there.post(APPLY, &his));
        let statuses = [a.status, b.status];
        assert_eq!((count(&statuses, 200), count(&statuses, 412)), (1, 1), "{} {}", a.text, b.text);
        let winner = if a.status == 200 { "here" } else { "there" };
        let listed = here.get(PLACES).await;
        let names: Vec<_> = listed.json["data"].as_array().expect("a list").iter().collect();
        assert!(
            names.iter().all(|one| one["name"] == json!(format!("{winner} {n}"))),
            "{}",
            listed.text
        );
    }
    one.stop().await;
    other.stop().await;
    db.assert_sound().await;
}
