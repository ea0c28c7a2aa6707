//! Resources: what follows from a kind's declaration, shown with the sample kinds over HTTP.

mod apply;
mod lists;
mod model;
mod races;
mod secrets;

use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, App, Caller, Db, Kind, on_both};

on_both!(
    a_resource_is_made_edited_put_away_and_taken_back,
    what_somebody_saw_is_not_overwritten,
    no_two_share_a_unique_value_until_one_is_put_away,
    nothing_that_is_referred_to_goes_away,
    a_repeat_has_one_effect,
    a_rule_reads_what_was_saved_last,
    a_body_of_before_is_read_in_its_new_shape,
    the_kinds_are_told_with_all_that_a_form_needs,
    what_is_wrong_is_told_by_field,
    a_merchant_has_so_many_of_a_kind,
);

const PLACES: &str = "/v1/sample_places";
const OFFERS: &str = "/v1/sample_offers";

/// Where one is.
fn at(made: &Answer, plural: &str) -> String {
    assert_eq!(made.status, 201, "{}", made.text);
    format!("{plural}/{}", made.json["id"].as_str().expect("an id"))
}

async fn place(shop: &Caller, code: &str) -> String {
    let body = json!({ "code": code, "name": format!("店 {code}") });
    at(&shop.post(PLACES, &body).await, PLACES)
}

async fn patch(shop: &Caller, path: &str, body: &Value) -> Answer {
    shop.send(shop.request(Method::PATCH, path).json(body)).await
}

async fn patch_if(shop: &Caller, path: &str, seen: &str, body: &Value) -> Answer {
    shop.send(shop.request(Method::PATCH, path).header("If-Match", seen).json(body)).await
}

fn refused(answer: &Answer, status: u16, code: &str, field: &str) {
    assert_eq!((answer.status, answer.code()), (status, code), "{}", answer.text);
    let named = answer.json["errors"][0]["field"].as_str().unwrap_or_default();
    assert_eq!(named, field, "{}", answer.text);
}

/// A shop over a database.
async fn shop(db: &Db) -> (App, Caller) {
    let app = App::start(db).await;
    let shop = app.merchant("店").await;
    (app, shop)
}

async fn a_resource_is_made_edited_put_away_and_taken_back(kind: Kind) {
    let db = Db::new(kind);
    let (app, shop) = shop(&db).await;
    let body = json!({ "code": "P-1", "name": "徐家汇店", "seats": 40 });
    let made = shop.post(PLACES, &body).await;
    let path = at(&made, PLACES);
    assert_eq!((made.etag.as_deref(), &made.json["version"]), (Some("\"1\""), &json!(1)));
    assert_eq!((&made.json["seats"], &made.json["archived_at"]), (&json!(40), &Value::Null));
    assert_eq!(shop.get(&path).await.json, made.json);

    let edited = patch(&shop, &path, &json!({ "name": "人民广场店", "seats": null })).await;
    assert_eq!((edited.status, edited.etag.as_deref()), (200, Some("\"2\"")), "{}", edited.text);
    assert_eq!((&edited.json["name"], &edited.json["code"]), (&json!("人民广场店"), &json!("P-1")));
    assert!(edited.json.get("seats").is_none(), "null takes it away: {}", edited.text);
    let same = patch(&shop, &path, &json!({ "name": "人民广场店" })).await;
    assert_eq!(same.json, edited.json, "what changes nothing makes no version");

    let archived = shop.post(&format!("{path}/archive"), &json!({})).await;
    assert!(archived.json["archived_at"].is_string(), "{}", archived.text);
    assert_eq!(shop.get(PLACES).await.json["data"], json!([]));
    let listed = shop.get(&format!("{PLACES}?archived=true")).await;
    assert_eq!(listed.json["data"], json!([archived.json]));
    refused(&patch(&shop, &path, &json!({ "name": "x" })).await, 409, "resource_state", "");
    let again = shop.post(&format!("{path}/archive"), &json!({})).await;
    assert_eq!(again.json, archived.json);
    let restored = shop.post(&format!("{path}/restore"), &json!({})).await;
    assert_eq!((&restored.json["version"], restored.status), (&json!(4), 200), "{}", restored.text);
    assert_eq!(shop.get(PLACES).await.json["data"], json!([restored.json]));

    let history = shop.get(&format!("{path}/history")).await;
    let versions: Vec<_> = history.json["data"].as_array().expect("versions").iter().collect();
    assert_eq!(versions.iter().map(|v| v["version"].clone()).collect::<Vec<_>>(), [4, 3, 2, 1]);
    assert_eq!((&versions[3]["seats"], &versions[3]["name"]), (&json!(40), &json!("徐家汇店")));
    assert!(versions.iter().all(|version| version["by"].is_string()), "{}", history.text);
    let page = shop.get(&format!("{path}/history?limit=3")).await;
    let next = page.json["next"].as_str().expect("a next page");
    let rest = shop.get(&format!("{path}/history?after={next}")).await;
    assert_eq!(rest.json["data"][0]["version"], 1);

    let journal = shop.get("/v1/journal").await;
    let facts = journal.json["data"].as_array().expect("facts").iter();
    let facts: Vec<_> = facts.filter(|fact| fact["subject"] == made.json["id"]).collect();
    let kinds: Vec<_> = facts.iter().filter_map(|fact| fact["kind"].as_str()).collect();
    let wanted =
        ["created", "edited", "archived", "restored"].map(|what| format!("sample_place.{what}"));
    assert_eq!(kinds, wanted);
    assert_eq!(facts[1]["data"]["before"], body, "{}", facts[1]);
    assert_eq!(facts[1]["data"]["after"], json!({ "code": "P-1", "name": "人民广场店" }));
    app.stop().await;
    db.assert_sound().await;
}

async fn what_somebody_saw_is_not_overwritten(kind: Kind) {
    let db = Db::new(kind);
    let (app, shop) = shop(&db).await;
    let path = place(&shop, "P-1").await;
    assert_eq!(patch_if(&shop, &path, "\"1\"", &json!({ "name": "two" })).await.status, 200);
    for stale in ["\"1\"", "\"3\"", "W/\"2\"", "2", "x"] {
        let late = patch_if(&shop, &path, stale, &json!({ "name": "late" })).await;
        refused(&late, 412, "precondition_failed", "");
    }
    for good in ["*", "\"9\", \"2\""] {
        let same = patch_if(&shop, &path, good, &json!({ "name": "two" })).await;
        assert_eq!((same.status, &same.json["version"]), (200, &json!(2)), "{}", same.text);
    }
    for what in ["archive", "restore"] {
        let late =
            shop.request(Method::POST, &format!("{path}/{what}")).header("If-Match", "\"1\"");
        refused(&shop.send(late).await, 412, "precondition_failed", "");
    }
    app.stop().await;
    db.assert_sound().await;
}

async fn no_two_share_a_unique_value_until_one_is_put_away(kind: Kind) {
    let db = Db::new(kind);
    let (app, shop) = shop(&db).await;
    let (first, second) = (place(&shop, "P-1").await, place(&shop, "P-2").await);
    let twin = shop.post(PLACES, &json!({ "code": "P-1", "name": "twin" })).await;
    refused(&twin, 409, "taken", "code");
    refused(&patch(&shop, &second, &json!({ "code": "P-1" })).await, 409, "taken", "code");
    assert_eq!(patch(&shop, &first, &json!({ "code": "P-3" })).await.status, 200);
    assert_eq!(patch(&shop, &second, &json!({ "code": "P-1" })).await.status, 200, "it is free");
    assert_eq!(shop.post(&format!("{second}/archive"), &json!({})).await.status, 200);
    let third = place(&shop, "P-1").await;
    refused(&shop.post(&format!("{second}/restore"), &json!({})).await, 409, "taken", "code");
    assert_eq!(shop.post(&format!("{third}/archive"), &json!({})).await.status, 200);
    assert_eq!(shop.post(&format!("{second}/restore"), &json!({})).await.status, 200);
    app.stop().await;
    db.assert_sound().await;
}

async fn nothing_that_is_referred_to_goes_away(kind: Kind) {
    let db = Db::new(kind);
    let (app, shop) = shop(&db).await;
    let (one, two) = (place(&shop, "P-1").await, place(&shop, "P-2").await);
    let id = |path: &str| path.rsplit('/').next().expect("an id").to_owned();
    let body = json!({ "name": "八折", "place": id(&one), "percent": 20 });
    let offer = at(&shop.post(OFFERS, &body).await, OFFERS);
    let archive = shop.post(&format!("{one}/archive"), &json!({})).await;
    refused(&archive, 409, "in_use", "sample_offers.place");
    let who = archive.json["errors"][0]["detail"].as_str().expect("who");
    assert!(who.contains(&id(&offer)), "{who}");

    assert_eq!(patch(&shop, &offer, &json!({ "place": id(&two) })).await.status, 200);
    assert_eq!(shop.post(&format!("{one}/archive"), &json!({})).await.status, 200);
    refused(&patch(&shop, &offer, &json!({ "place": id(&one) })).await, 422, "invalid", "place");
    refused(&shop.post(OFFERS, &body).await, 422, "invalid", "place");
    let nobody = json!({ "name": "x", "place": format!("spl_{}", "0".repeat(26)), "percent": 1 });
    refused(&shop.post(OFFERS, &nobody).await, 422, "invalid", "place");

    assert_eq!(shop.post(&format!("{offer}/archive"), &json!({})).await.status, 200);
    assert_eq!(
        shop.post(&format!("{two}/archive"), &json!({})).await.status,
        200,
        "put away, it holds nothing"
    );
    refused(&shop.post(&format!("{offer}/restore"), &json!({})).await, 422, "invalid", "place");
    let found = shop.get(&format!("{OFFERS}?place={}&archived=true", id(&two))).await;
    assert_eq!(found.json["data"].as_array().map(Vec::len), Some(1), "{}", found.text);
    app.stop().await;
    db.assert_sound().await;
}

async fn a_repeat_has_one_effect(kind: Kind) {
    let db = Db::new(kind);
    let (app, shop) = shop(&db).await;
    let body = json!({ "code": "P-1", "name": "once" });
    let first = shop.post_as(PLACES, &body, "key-1").await;
    let path = at(&first, PLACES);
    assert_eq!(patch(&shop, &path, &json!({ "name": "later" })).await.status, 200);
    let again = shop.post_as(PLACES, &body, "key-1").await;
    assert!(again.replayed && again.status == 201, "{}", again.text);
    assert_eq!((&again.json, &again.etag), (&first.json, &first.etag), "the answer of then");
    let other = shop.post_as(PLACES, &json!({ "code": "P-2", "name": "once" }), "key-1").await;
    refused(&other, 422, "idempotency_key_reused", "");
    app.stop().await;
    db.assert_sound().await;
}

/// The rule of offers reads places, in this process and in another.
async fn a_rule_reads_what_was_saved_last(kind: Kind) {
    let db = Db::new(kind);
    let (app, here) = shop(&db).await;
    // SQLite has one writer.
    let other = if kind == Kind::Postgres { Some(App::start(&db).await) } else { None };
    let there = other.as_ref().map_or_else(|| here.clone(), |other| here.at(other.url()));
    let body = json!({ "code": "P-1", "name": "店", "seats": 40 });
    let place = at(&here.post(PLACES, &body).await, PLACES);
    let id = place.rsplit('/').next().expect("an id").to_owned();
    let offer = json!({ "name": "两折", "place": id, "percent": 80 });
    let made = at(&there.post(OFFERS, &offer).await, OFFERS);
    assert_eq!(patch(&here, &place, &json!({ "seats": null })).await.status, 200);
    refused(&there.post(OFFERS, &offer).await, 422, "invalid", "percent");
    refused(&patch(&there, &made, &json!({ "name": "x" })).await, 422, "invalid", "percent");
    assert_eq!(patch(&there, &place, &json!({ "seats": 7 })).await.status, 200);
    at(&here.post(OFFERS, &offer).await, OFFERS);
    if let Some(other) = other {
        other.stop().await;
    }
    app.stop().await;
    db.assert_sound().await;
}

async fn a_body_of_before_is_read_in_its_new_shape(kind: Kind) {
    let db = Db::new(kind);
    let (app, shop) = shop(&db).await;
    let place = place(&shop, "P-1").await;
    let place = place.rsplit('/').next().expect("an id");
    let body = json!({ "name": "八折", "place": place, "percent": 20 });
    let offer = at(&shop.post(OFFERS, &body).await, OFFERS);
    let old = json!({ "name": "八折", "place": place, "off": 20 });
    db.sql(&format!("UPDATE resources SET shape = 1, data = '{old}' WHERE kind = 902")).await;
    let read = shop.get(&offer).await;
    assert_eq!((read.status, &read.json["percent"]), (200, &json!(20)), "{}", read.text);
    let edited = patch(&shop, &offer, &json!({ "name": "七折", "percent": 30 })).await;
    assert_eq!((edited.status, &edited.json["percent"]), (200, &json!(30)), "{}", edited.text);
    assert_eq!(db.number("SELECT shape FROM resources WHERE kind = 902").await, 2);
    app.stop().await;
}

async fn the_kinds_are_told_with_all_that_a_form_needs(kind: Kind) {
    let db = Db::new(kind);
    let (app, shop) = shop(&db).await;
    let told = shop.get("/v1/resources").await;
    let kinds = told.json["data"].as_array().expect("kinds");
    let of = |plural: &str| kinds.iter().find(|kind| kind["plural"] == plural).expect("the kind");
    let (places, offers) = (of("sample_places"), of("sample_offers"));
    assert_eq!(
        (&places["kind"], &places["words"]["zh"]),
        (&json!("sample_place"), &json!("示例门店"))
    );
    assert_eq!(places["schema"]["required"], json!(["code", "name"]));
    assert_eq!(places["schema"]["properties"]["seats"]["minimum"], 1);
    assert_eq!(places["fields"][0]["unique"], true);
    let code = &places["schema"]["properties"]["code"];
    assert_eq!(
        (&code["type"], &code["maxLength"]),
        (&json!("string"), &json!(40)),
        "whole in itself"
    );
    let secret = &offers["fields"][3];
    assert_eq!(
        (&secret["widget"], &secret["secret"], &secret["order"]),
        (&json!("secret"), &json!(true), &json!(4))
    );
    assert_eq!(offers["fields"][1]["refers_to"], "sample_place");
    assert_eq!(offers["schema"]["properties"]["secret"]["writeOnly"], true, "{offers}");
    assert_eq!(offers["sample"]["percent"], 20);

    let style = of("shop");
    assert_eq!((&style["kind"], &style["single"]), (&json!("shop_style"), &json!(true)));
    assert_eq!(style["operations"], json!(["get", "edit", "history"]));
    assert_eq!((&places["single"], &places["operations"][4]), (&json!(false), &json!("archive")));
    let logo = style["fields"].as_array().and_then(|all| all.iter().find(|f| f["name"] == "logo"));
    assert_eq!(logo.map(|logo| &logo["picture"]), Some(&json!(true)), "{style}");
    let text = &style["schema"]["properties"]["name"]["properties"]["zh"];
    assert_eq!(text["maxLength"], 200, "{style}");
    // A picture beside links is uploaded first.
    let mut sample = style["sample"].clone();
    sample["share"] = Value::Null;
    let edited = patch(&shop, "/v1/shop", &sample).await;
    assert_eq!(edited.status, 200, "{}", edited.text);
    for plural in ["products", "skus"] {
        let kind = of(plural);
        assert_eq!(kind["read"], "catalog:read");
        let known = kind["schema"]["properties"].as_object().expect("fields");
        let fields = kind["fields"].as_array().expect("fields");
        assert!(
            fields.iter().all(|field| known.contains_key(field["name"].as_str().expect("a name")))
        );
        assert!(!kind.to_string().contains("$ref"), "whole in itself: {kind}");
    }
    let mut product = of("products")["sample"].clone();
    let mut sku = of("skus")["sample"].clone();
    // A SKU is of codes or of vouchers; its sample shows the fields of both.
    for field in ["voucher", "validity", "stores", "hours", "min_spend", "present", "on_expiry"] {
        sku.as_object_mut().expect("fields").remove(field);
    }
    product["skus"] = json!([sku]);
    let made = shop.post("/v1/products", &product).await;
    assert_eq!(made.status, 201, "{}", made.text);
    app.stop().await;
}

async fn what_is_wrong_is_told_by_field(kind: Kind) {
    let db = Db::new(kind);
    let (app, shop) = shop(&db).await;
    for (body, field) in [
        (json!({ "name": "x" }), "code"),
        (json!({ "code": "x", "name": 7 }), "name"),
        (json!({ "code": "x", "name": "y", "seats": 0 }), "seats"),
        (json!({ "code": "x", "name": "y", "colour": "red" }), "colour"),
        (json!({ "code": "x".repeat(41), "name": "y" }), "code"),
    ] {
        refused(&shop.post(PLACES, &body).await, 422, "invalid", field);
    }
    let path = place(&shop, "P-1").await;
    refused(&patch(&shop, &path, &json!({ "name": null })).await, 422, "invalid", "name");
    let text = r#"{"name":"a","name":"b"}"#;
    let twice = shop.request(Method::PATCH, &path).header("content-type", "application/json");
    refused(&shop.send(twice.body(text)).await, 422, "invalid", "name");
    app.stop().await;
    db.assert_sound().await;
}

async fn a_merchant_has_so_many_of_a_kind(kind: Kind) {
    let db = Db::new(kind);
    let (app, shop) = shop(&db).await;
    let path = place(&shop, "P-1").await;
    let heads = async |made: i64| {
        db.sql(&format!("UPDATE resource_heads SET made = {made} WHERE kind = 901")).await;
    };
    heads(10_000).await;
    let more = shop.post(PLACES, &json!({ "code": "P-2", "name": "x" })).await;
    refused(&more, 409, "limit_exceeded", "body");
    assert_eq!(patch(&shop, &path, &json!({ "name": "y" })).await.status, 200, "edits go on");
    heads(1).await;
    place(&shop, "P-2").await;
    app.stop().await;
    db.assert_sound().await;
}
