//! Many resources saved at once: all or none, in any order; and what that would do.

use super::{OFFERS, PLACES, place, refused, shop};
use domain::identity::Scope;
use kernel::limits::APPLIED_RESOURCES_MAX;
use kernel::{Mode, Tenant};
use serde_json::{Value, json};
use testkit::{Answer, Caller, Db, Kind, every_scope, on_both};

on_both!(
    the_order_of_changes_means_nothing,
    what_one_lets_go_of_another_takes,
    half_of_it_is_never_done,
    what_was_not_seen_is_not_changed,
    a_repeat_changes_nothing,
    secrets_stay_and_what_lacks_one_is_named,
    comparing_says_what_applying_does,
    a_rule_reads_the_others_as_they_will_be,
    a_body_of_before_is_taken_in_its_shape,
    an_id_is_its_own_in_each_mode,
    each_kind_wants_its_own_scope,
    too_many_are_refused_with_their_number,
);

pub const APPLY: &str = "/v1/resources/apply";
const COMPARE: &str = "/v1/resources/compare";

pub fn id(prefix: &str, n: usize) -> String {
    format!("{prefix}_{n:026}")
}

pub fn a_place(n: usize, code: &str) -> Value {
    let body = json!({ "code": code, "name": format!("店 {n}"), "seats": 9 });
    json!({ "kind": "sample_place", "id": id("spl", n), "body": body })
}

fn an_offer(n: usize, at: &str, percent: u32) -> Value {
    let body = json!({ "name": format!("报价 {n}"), "place": at, "percent": percent });
    json!({ "kind": "sample_offer", "id": id("smo", n), "body": body })
}

fn gone(kind: &str, id: &str) -> Value {
    json!({ "kind": kind, "id": id })
}

async fn apply(shop: &Caller, save: &[Value], archive: &[Value]) -> Answer {
    shop.post(APPLY, &json!({ "save": save, "archive": archive })).await
}

/// What became of each.
fn changes(answer: &Answer) -> Vec<&str> {
    assert_eq!(answer.status, 200, "{}", answer.text);
    let all = answer.json["data"].as_array().expect("a list");
    all.iter().map(|one| one["change"].as_str().expect("a word")).collect()
}

async fn the_order_of_changes_means_nothing(kind: Kind) {
    let db = Db::new(kind);
    let (app, shop) = shop(&db).await;
    let (one, two) = (id("spl", 1), id("spl", 2));
    let made = apply(&shop, &[an_offer(1, &one, 20), a_place(2, "B"), a_place(1, "A")], &[]).await;
    assert_eq!(changes(&made), ["created", "created", "created"]);
    // What refers elsewhere now lets go of the place in the same act.
    let moved = apply(&shop, &[an_offer(1, &two, 20)], &[gone("sample_place", &one)]).await;
    assert_eq!(changes(&moved), ["edited", "archived"]);
    // Both go, and both come back, whichever stands first.
    let (offer, place) = (gone("sample_offer", &id("smo", 1)), gone("sample_place", &two));
    assert_eq!(changes(&apply(&shop, &[], &[place, offer]).await), ["archived", "archived"]);
    let back = apply(&shop, &[an_offer(1, &two, 30), a_place(2, "B")], &[]).await;
    assert_eq!(changes(&back), ["restored", "restored"]);
    let offer = shop.get(&format!("{OFFERS}/{}", id("smo", 1))).await;
    assert_eq!((&offer.json["percent"], &offer.json["version"]), (&json!(30), &json!(4)));
    let history = shop.get(&format!("{OFFERS}/{}/history", id("smo", 1))).await;
    assert_eq!(history.json["data"].as_array().map(Vec::len), Some(4), "{}", history.text);
    app.stop().await;
    db.assert_sound().await;
}

async fn what_one_lets_go_of_another_takes(kind: Kind) {
    let db = Db::new(kind);
    let (app, shop) = shop(&db).await;
    let three = [a_place(1, "A"), a_place(2, "B"), a_place(3, "C")];
    assert_eq!(changes(&apply(&shop, &three, &[]).await).len(), 3);
    let round = [a_place(1, "B"), a_place(2, "C"), a_place(3, "A")];
    assert_eq!(changes(&apply(&shop, &round, &[]).await), ["edited"; 3]);
    let freed = apply(&shop, &[a_place(4, "A")], &[gone("sample_place", &id("spl", 3))]).await;
    assert_eq!(changes(&freed), ["created", "archived"]);
    let twice = apply(&shop, &[a_place(5, "E"), a_place(6, "E")], &[]).await;
    refused(&twice, 409, "taken", "save[1].body.code");
    let taken = apply(&shop, &[a_place(5, "E"), a_place(6, "B")], &[]).await;
    refused(&taken, 409, "taken", "save[1].body.code");
    let codes = [("A", 4), ("B", 1), ("C", 2)];
    for (code, n) in codes {
        let found = shop.get(&format!("{PLACES}?code={code}")).await;
        assert_eq!(found.json["data"][0]["id"], id("spl", n), "{}", found.text);
    }
    app.stop().await;
    db.assert_sound().await;
}

async fn half_of_it_is_never_done(kind: Kind) {
    let db = Db::new(kind);
    let (app, shop) = shop(&db).await;
    let there = place(&shop, "A").await;
    let there = there.rsplit('/').next().expect("an id");
    assert_eq!(changes(&apply(&shop, &[an_offer(1, there, 20)], &[]).await), ["created"]);
    let before = db.rows().await;
    let good = a_place(7, "G");
    let bad_body = |field: &str, value: Value| {
        let mut bad = a_place(8, "H");
        bad["body"][field] = value;
        bad
    };
    for (save, archive, status, code, field) in [
        (
            vec![good.clone(), an_offer(2, there, 99)],
            vec![],
            422,
            "invalid",
            "save[1].body.percent",
        ),
        (
            vec![an_offer(2, &id("spl", 9), 5), good.clone()],
            vec![],
            422,
            "invalid",
            "save[0].body.place",
        ),
        (
            vec![good.clone(), bad_body("seats", json!(0))],
            vec![],
            422,
            "invalid",
            "save[1].body.seats",
        ),
        (
            vec![good.clone(), bad_body("colour", json!(1))],
            vec![],
            422,
            "invalid",
            "save[1].body.colour",
        ),
        (
            vec![good.clone(), bad_body("name", Value::Null)],
            vec![],
            422,
            "invalid",
            "save[1].body.name",
        ),
        (
            vec![good.clone(), bad_body("code", json!("A"))],
            vec![],
            409,
            "taken",
            "save[1].body.code",
        ),
        (vec![good.clone()], vec![gone("sample_place", there)], 409, "in_use", "archive[0]"),
        (
            vec![good.clone()],
            vec![gone("sample_place", &id("spl", 9))],
            404,
            "not_found",
            "archive[0]",
        ),
        (vec![good.clone(), good.clone()], vec![], 422, "invalid", "save[1].id"),
        (
            vec![good.clone()],
            vec![gone("sample_place", &id("smo", 1))],
            422,
            "invalid",
            "archive[0].id",
        ),
        (vec![good.clone()], vec![gone("sample_plaice", there)], 422, "invalid", "archive[0].kind"),
    ] {
        let told = apply(&shop, &save, &archive).await;
        refused(&told, status, code, field);
        let compared = shop.post(COMPARE, &json!({ "save": save, "archive": archive })).await;
        refused(&compared, status, code, field);
        assert_eq!(db.rows().await, before, "{}", told.text);
    }
    let in_use = apply(&shop, &[], &[gone("sample_place", there)]).await;
    let who = in_use.json["errors"][0]["detail"].as_str().unwrap_or_default();
    assert!(who.contains(&id("smo", 1)) && who.contains("sample_offers.place"), "{who}");
    app.stop().await;
    db.assert_sound().await;
}

async fn what_was_not_seen_is_not_changed(kind: Kind) {
    let db = Db::new(kind);
    let (app, shop) = shop(&db).await;
    let seen = |mut one: Value, version: u32| {
        one["version"] = json!(version);
        one
    };
    assert_eq!(changes(&apply(&shop, &[seen(a_place(1, "A"), 0)], &[]).await), ["created"]);
    for (save, archive, field) in [
        (vec![a_place(2, "B"), seen(a_place(1, "C"), 0)], vec![], "save[1]"),
        (vec![a_place(2, "B"), seen(a_place(1, "C"), 2)], vec![], "save[1]"),
        (vec![seen(a_place(2, "B"), 1)], vec![], "save[0]"),
        (vec![a_place(2, "B")], vec![seen(gone("sample_place", &id("spl", 1)), 2)], "archive[0]"),
    ] {
        refused(&apply(&shop, &save, &archive).await, 412, "precondition_failed", field);
    }
    assert_eq!(changes(&apply(&shop, &[seen(a_place(1, "C"), 1)], &[]).await), ["edited"]);
    let archive = [seen(gone("sample_place", &id("spl", 1)), 2)];
    assert_eq!(changes(&apply(&shop, &[], &archive).await), ["archived"]);
    app.stop().await;
    db.assert_sound().await;
}

async fn a_repeat_changes_nothing(kind: Kind) {
    let db = Db::new(kind);
    let (app, shop) = shop(&db).await;
    let mut save = [a_place(1, "A"), an_offer(1, &id("spl", 1), 20)];
    save.iter_mut().for_each(|one| one["version"] = json!(0));
    let archive = [gone("sample_place", &id("spl", 2))];
    assert_eq!(changes(&apply(&shop, &[a_place(2, "B")], &[]).await), ["created"]);
    assert_eq!(changes(&apply(&shop, &save, &archive).await), ["created", "created", "archived"]);
    let before = db.rows().await;
    let again = apply(&shop, &save, &archive).await;
    assert_eq!(changes(&again), ["none"; 3], "whatever version it saw, it is as it shall be");
    let versions = again.json["data"].as_array().expect("a list").iter();
    assert_eq!(versions.map(|one| one["version"].clone()).collect::<Vec<_>>(), [1, 1, 2]);
    assert_eq!(db.rows().await, before, "no version, no fact");
    assert_eq!(changes(&apply(&shop, &[], &[]).await), Vec::<&str>::new());
    app.stop().await;
    db.assert_sound().await;
}

async fn secrets_stay_and_what_lacks_one_is_named(kind: Kind) {
    let db = Db::new(kind);
    let (app, shop) = shop(&db).await;
    let place = id("spl", 1);
    let made = apply(&shop, &[a_place(1, "A"), an_offer(1, &place, 20)], &[]).await;
    let missing = |n: usize| made.json["data"][n]["secrets_missing"].clone();
    assert_eq!((missing(0), missing(1)), (json!([]), json!(["secret"])));
    let mut with = an_offer(1, &place, 20);
    with["body"]["secret"] = json!("TSR-planted-secret-WXYZ");
    let set = apply(&shop, &[with], &[]).await;
    assert_eq!(changes(&set), ["edited"]);
    assert_eq!(set.json["data"][0]["after"]["secret"], json!({ "hint": "WXYZ" }));
    let kept = apply(&shop, &[an_offer(1, &place, 30)], &[]).await;
    assert_eq!(kept.json["data"][0]["secrets_missing"], json!([]));
    assert_eq!(kept.json["data"][0]["after"]["secret"], json!({ "hint": "WXYZ" }), "{}", kept.text);
    assert_eq!(db.number("SELECT COUNT(*) FROM resource_secrets").await, 1);
    let told = shop.get("/v1/resources/sample_offer").await;
    assert!(told.text.contains("报价 1") && !told.text.contains("WXYZ"), "{}", told.text);
    let mut without = an_offer(1, &place, 30);
    without["body"]["secret"] = Value::Null;
    assert_eq!(changes(&apply(&shop, &[without], &[]).await), ["edited"]);
    assert_eq!(db.number("SELECT COUNT(*) FROM resource_secrets").await, 0);
    let mut wrong = an_offer(1, &place, 30);
    wrong["body"]["secret"] = json!({ "hint": "TSR-planted-secret" });
    let refusal = apply(&shop, &[wrong], &[]).await;
    refused(&refusal, 422, "invalid", "save[0].body.secret");
    let rows = db.rows().await;
    let all = [made.text, set.text, kept.text, refusal.text].join("\n");
    assert!(!all.contains("TSR-planted") && rows.iter().all(|row| !row.contains("TSR-planted")));
    app.stop().await;
    db.assert_sound().await;
}

async fn comparing_says_what_applying_does(kind: Kind) {
    let db = Db::new(kind);
    let (app, shop) = shop(&db).await;
    assert_eq!(changes(&apply(&shop, &[a_place(1, "A"), a_place(2, "B")], &[]).await).len(), 2);
    let save = [a_place(1, "A2"), a_place(2, "B"), an_offer(1, &id("spl", 3), 9), a_place(3, "C")];
    let body = json!({ "save": save, "archive": [] });
    let before = db.rows().await;
    let compared = shop.post(COMPARE, &body).await;
    assert_eq!(changes(&compared), ["edited", "none", "created", "created"]);
    let first = &compared.json["data"][0];
    assert_eq!((&first["before"]["code"], &first["after"]["code"]), (&json!("A"), &json!("A2")));
    assert_eq!(db.rows().await, before, "nothing was changed");
    let applied = shop.post(APPLY, &body).await;
    assert_eq!(applied.json, compared.json);
    app.stop().await;
    db.assert_sound().await;
}

async fn a_rule_reads_the_others_as_they_will_be(kind: Kind) {
    let db = Db::new(kind);
    let (app, shop) = shop(&db).await;
    let mut small = a_place(1, "A");
    small["body"]["seats"] = Value::Null;
    let place = id("spl", 1);
    let offer = an_offer(1, &place, 80);
    let refusal = apply(&shop, &[offer.clone(), small.clone()], &[]).await;
    refused(&refusal, 422, "invalid", "save[0].body.percent");
    assert_eq!(changes(&apply(&shop, &[small], &[]).await), ["created"]);
    refused(
        &apply(&shop, std::slice::from_ref(&offer), &[]).await,
        422,
        "invalid",
        "save[0].body.percent",
    );
    let both = apply(&shop, &[offer, a_place(1, "A")], &[]).await;
    assert_eq!(changes(&both), ["created", "edited"], "the place has seats then");
    app.stop().await;
    db.assert_sound().await;
}

async fn a_body_of_before_is_taken_in_its_shape(kind: Kind) {
    let db = Db::new(kind);
    let (app, shop) = shop(&db).await;
    assert_eq!(changes(&apply(&shop, &[a_place(1, "A")], &[]).await), ["created"]);
    let mut old = an_offer(1, &id("spl", 1), 20);
    old["body"].as_object_mut().expect("fields").remove("percent");
    old["body"]["off"] = json!(20);
    refused(
        &apply(&shop, std::slice::from_ref(&old), &[]).await,
        422,
        "invalid",
        "save[0].body.off",
    );
    old["shape"] = json!(1);
    let made = apply(&shop, std::slice::from_ref(&old), &[]).await;
    assert_eq!(changes(&made), ["created"]);
    assert_eq!(made.json["data"][0]["after"]["percent"], 20);
    let mut new = an_offer(1, &id("spl", 1), 20);
    new["shape"] = json!(2);
    assert_eq!(changes(&apply(&shop, std::slice::from_ref(&new), &[]).await), ["none"]);
    for unknown in [0, 3, u32::MAX] {
        new["shape"] = json!(unknown);
        refused(
            &apply(&shop, std::slice::from_ref(&new), &[]).await,
            422,
            "invalid",
            "save[0].shape",
        );
    }
    old["body"] = json!({ "name": "x" });
    refused(&apply(&shop, &[old], &[]).await, 422, "invalid", "save[0].body");
    app.stop().await;
    db.assert_sound().await;
}

async fn an_id_is_its_own_in_each_mode(kind: Kind) {
    let db = Db::new(kind);
    let (app, test) = shop(&db).await;
    let live = Tenant::new(test.tenant.merchant(), Mode::Live);
    let live = app.caller(live, &every_scope()).await;
    let both = [a_place(1, "A"), an_offer(1, &id("spl", 1), 20)];
    for shop in [&test, &live] {
        assert_eq!(changes(&apply(shop, &both, &[]).await), ["created", "created"]);
    }
    assert_eq!(changes(&apply(&live, &[a_place(1, "Z")], &[]).await), ["edited"]);
    let path = format!("{PLACES}/{}", id("spl", 1));
    assert_eq!(test.get(&path).await.json["code"], "A");
    assert_eq!(live.get(&path).await.json["code"], "Z");
    app.stop().await;
    db.assert_sound().await;
}

async fn each_kind_wants_its_own_scope(kind: Kind) {
    let db = Db::new(kind);
    let (app, shop) = shop(&db).await;
    let all = every_scope();
    let but = |name: &str| {
        all.iter().copied().filter(|scope| scope.name() != name).collect::<Vec<Scope>>()
    };
    let body = json!({ "save": [a_place(1, "A")], "archive": [] });
    for (lacks, path, status) in [
        ("sample_place:write", APPLY, 403),
        ("config:write", APPLY, 403),
        ("sample_place:read", APPLY, 200),
        ("sample_place:read", COMPARE, 403),
        ("config:read", COMPARE, 403),
        ("sample_place:write", COMPARE, 200),
    ] {
        let caller = app.caller(shop.tenant, &but(lacks)).await;
        let told = caller.post(path, &body).await;
        assert_eq!(told.status, status, "{path} without {lacks}: {}", told.text);
    }
    for lacks in ["sample_place:read", "config:read"] {
        let caller = app.caller(shop.tenant, &but(lacks)).await;
        assert_eq!(caller.get("/v1/resources/sample_place").await.status, 403, "{lacks}");
    }
    assert_eq!(shop.get("/v1/resources/sample_plaice").await.status, 404);
    app.stop().await;
}

async fn too_many_are_refused_with_their_number(kind: Kind) {
    let db = Db::new(kind);
    let (app, shop) = shop(&db).await;
    let all: Vec<Value> =
        (0..=APPLIED_RESOURCES_MAX).map(|n| a_place(n, &format!("P{n}"))).collect();
    let told = apply(&shop, &all, &[]).await;
    assert_eq!((told.status, told.code()), (409, "limit_exceeded"), "{}", told.text);
    let detail = told.json["errors"][0]["detail"].as_str().unwrap_or_default();
    assert!(detail.contains(&all.len().to_string()), "{detail}");
    let most = apply(&shop, &all[1..], &[]).await;
    assert_eq!(changes(&most).len(), APPLIED_RESOURCES_MAX, "they happen in one batch");
    let page = shop.get("/v1/resources/sample_place?limit=200").await;
    assert_eq!(page.json["data"].as_array().map(Vec::len), Some(200));
    assert!(page.json["next"].is_string(), "{}", page.json["next"]);
    app.stop().await;
    db.assert_sound().await;
}
