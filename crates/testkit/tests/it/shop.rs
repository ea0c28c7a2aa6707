//! A merchant dresses his shop: its pages show it, in both languages, and nobody else's do.

mod said;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::identity::Scope;
use kernel::{Mode, Tenant};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::browser::Browser;
use testkit::{Answer, App, Caller, Db, Kind, on_both};

on_both!(
    a_shop_is_dressed_and_its_pages_show_it,
    a_logo_is_served_as_what_it_is_and_only_as_long_as_it_is_there,
    a_colour_that_carries_no_white_is_refused_with_its_cure,
    edits_at_the_same_time_all_count,
    test_and_live_are_dressed_apart,
    what_is_wrong_is_told_by_field_and_changes_nothing,
    what_somebody_saw_is_not_overwritten,
);

const PNG: &[u8] = include_bytes!("shop/logo.png");
const JPEG: &[u8] = include_bytes!("shop/logo.jpg");

async fn dress(shop: &Caller, change: &Value) -> Answer {
    shop.send(shop.request(Method::PATCH, "/v1/shop").json(change)).await
}

async fn a_shop_is_dressed_and_its_pages_show_it(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let home = edge::link::shop_path(shop.tenant);
    let bare = shop.get("/v1/shop").await;
    assert_eq!((&bare.json["version"], &bare.json["colour"]), (&json!(0), &Value::Null));
    assert_eq!(bare.json["url"], format!("{}{home}", app.url()));
    let browser = Browser::new(app.url());
    let page = browser.get(&format!("{home}?lang=zh-CN")).await;
    assert!(page.html.contains("星河") && page.html.contains("og:image:width"), "{}", page.html);

    let change = json!({
        "name": { "zh": "星河会员店", "en": "Galaxy <b>" }, "greeting": { "zh": "付款即到" },
        "contact": { "zh": "每天", "en": "daily" }, "colour": "#1F7A53",
    });
    let dressed = dress(&shop, &change).await;
    assert_eq!(dressed.status, 200, "{}", dressed.text);
    assert_eq!(dressed.json["greeting"], json!({ "zh": "付款即到", "en": null }));
    assert_eq!(shop.get("/v1/shop").await.text, dressed.text);
    let page = browser.get(&format!("{home}?lang=zh-CN")).await.html;
    for text in ["星河会员店", "付款即到", "每天", "--fill:#1f7a53"] {
        assert!(page.contains(text), "{text}: {page}");
    }
    let page = browser.get(&format!("{home}?lang=en")).await.html;
    for text in ["Galaxy &#60;b&#62;", "付款即到", "daily"] {
        assert!(page.contains(text), "{text}: {page}");
    }

    // What is absent stays, and null takes away.
    let dressed = dress(&shop, &json!({ "name": null, "colour": null })).await;
    assert_eq!(dressed.json["name"], json!({ "zh": null, "en": null }));
    assert_eq!(dressed.json["contact"]["en"], "daily");
    assert_eq!(dressed.json["version"], 2);
    let journal = shop.get("/v1/journal").await;
    let facts = journal.json["data"].as_array().expect("facts");
    let of = |what: &str| {
        let facts: Vec<_> = facts.iter().filter(|fact| fact["kind"] == what).collect();
        assert_eq!(facts.len(), 1, "{what}: {}", journal.text);
        facts[0]
    };
    let (made, edited) = (of("shop_style.created"), of("shop_style.edited"));
    assert_eq!(made["data"]["after"]["colour"], "#1f7a53");
    assert_eq!(edited["data"]["before"], made["data"]["after"]);
    assert!(edited["data"]["after"].get("colour").is_none(), "{edited}");
    let history = shop.get("/v1/shop/history").await;
    let versions = history.json["data"].as_array().expect("versions");
    assert_eq!(versions.iter().map(|v| &v["version"]).collect::<Vec<_>>(), [2, 1]);
    assert_eq!((&versions[1]["id"], &versions[1]["colour"]), (&made["subject"], &json!("#1f7a53")));
    assert!(versions.iter().all(|version| version["by"].is_string()), "{}", history.text);
    app.stop().await;
    db.assert_sound().await;
}

async fn a_logo_is_served_as_what_it_is_and_only_as_long_as_it_is_there(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let (shop, other) = (app.merchant("星河").await, app.merchant("北辰").await);
    let browser = Browser::new(app.url());
    let mut before: Option<String> = None;
    for (bytes, media_type) in [(PNG, "image/png"), (JPEG, "image/jpeg")] {
        let bytes = [bytes, b"<script>alert(1)</script>"].concat();
        let dressed = dress(&shop, &json!({ "logo": STANDARD.encode(&bytes) })).await;
        let url = dressed.json["logo"]["url"].as_str().expect("an address").to_owned();
        let served = reqwest::get(&url).await.expect("an answer");
        let header = |name: &str| served.headers()[name].to_str().expect("a text").to_owned();
        assert_eq!((served.status().as_u16(), header("content-type").as_str()), (200, media_type));
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert!(header("cache-control").contains("immutable"));
        let picture = served.bytes().await.expect("the picture");
        assert_eq!(dressed.json["logo"]["bytes"], picture.len(), "{}", dressed.text);
        assert_eq!(picture[..3], bytes[..3]);
        assert!(!picture.windows(7).any(|part| part == b"<script"), "only a picture is kept");
        let page = browser.get(&edge::link::shop_path(shop.tenant)).await;
        let path = url.strip_prefix(app.url()).expect("our own address");
        assert!(page.html.contains(&format!("src=\"{path}\"")), "{}", page.html);
        // The colour is changed beside it, and it stays.
        dress(&shop, &json!({ "colour": "#1f7a53" })).await;
        assert_eq!(browser.get(path).await.status, 200);
        let borrowed =
            path.replace(&edge::link::shop_path(shop.tenant), &edge::link::shop_path(other.tenant));
        assert_eq!(browser.get(&borrowed).await.status, 404);
        if let Some(before) = before.replace(url) {
            assert_eq!(browser.get(&before).await.status, 404, "it was another logo's address");
        }
    }
    let large = [PNG, &[0; 32_768]].concat();
    let page = [&PNG[..8], b"<html><script>alert(1)</script></html>"].concat();
    let mut huge = PNG.to_vec();
    huge[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    let svg = b"<svg onload=\"alert(1)\"/>".as_slice();
    for wrong in [svg, b"GIF89a", b"", &large, &page, &huge] {
        let refused = dress(&shop, &json!({ "logo": STANDARD.encode(wrong) })).await;
        assert_eq!((refused.status, refused.code()), (422, "invalid"), "{}", refused.text);
        assert_eq!(refused.json["errors"][0]["field"], "logo");
    }
    let gone = dress(&shop, &json!({ "logo": null })).await;
    assert_eq!(gone.json["logo"], Value::Null);
    assert_eq!(browser.get(&before.expect("an address")).await.status, 404);
    app.stop().await;
    db.assert_sound().await;
}

async fn a_colour_that_carries_no_white_is_refused_with_its_cure(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let refused = dress(&shop, &json!({ "colour": "#ffe14d", "name": { "zh": "新" } })).await;
    assert_eq!((refused.status, refused.code()), (422, "invalid"), "{}", refused.text);
    let error = &refused.json["errors"][0];
    let detail = error["detail"].as_str().expect("a cure");
    assert_eq!(error["field"], "colour");
    assert_eq!(shop.get("/v1/shop").await.json["version"], 0, "nothing of it was taken");
    let near = detail.split(' ').find(|word| word.starts_with('#')).expect("a colour that will do");
    let dressed = dress(&shop, &json!({ "colour": near })).await;
    assert_eq!((dressed.status, &dressed.json["colour"]), (200, &json!(near)), "{}", dressed.text);
    app.stop().await;
}

async fn edits_at_the_same_time_all_count(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let sku = shop.sku(100, json!({})).await;
    let before = shop.get("/v1/shop").await.json["version"].as_i64().expect("a version");
    let price = json!({ "price": { "amount": 200, "currency": "CNY" } });
    let priced = shop.request(Method::PATCH, &format!("/v1/skus/{sku}")).json(&price);
    let changes = [
        json!({ "logo": STANDARD.encode(PNG) }),
        json!({ "colour": "#1f7a53" }),
        json!({ "name": { "zh": "新店" } }),
    ];
    let (logo, colour, name, priced) = tokio::join!(
        dress(&shop, &changes[0]),
        dress(&shop, &changes[1]),
        dress(&shop, &changes[2]),
        shop.send(priced),
    );
    for answer in [&logo, &colour, &name, &priced] {
        assert_eq!(answer.status, 200, "{}", answer.text);
    }
    let after = shop.get("/v1/shop").await;
    assert_eq!(after.json["name"]["zh"], "新店");
    assert_eq!(
        (&after.json["colour"], &after.json["logo"]["format"]),
        (&json!("#1f7a53"), &json!("png"))
    );
    assert!(after.json["version"].as_i64().is_some_and(|version| version > before + 2));
    let logo = after.json["logo"]["url"].as_str().expect("an address");
    assert_eq!(reqwest::get(logo).await.expect("an answer").status(), 200);
    app.stop().await;
    db.assert_sound().await;
}

async fn test_and_live_are_dressed_apart(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let live = Tenant::new(shop.tenant.merchant(), Mode::Live);
    let live = app.caller(live, &[Scope::CatalogRead]).await;
    dress(&shop, &json!({ "name": { "zh": "试衣间" } })).await;
    let other = live.get("/v1/shop").await;
    assert_eq!((other.status, &other.json["version"]), (200, &json!(0)), "{}", other.text);
    let refused = dress(&live, &json!({ "name": { "zh": "x" } })).await;
    assert_eq!((refused.status, refused.code()), (403, "forbidden"), "{}", refused.text);
    app.stop().await;
}

async fn what_is_wrong_is_told_by_field_and_changes_nothing(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let picture = json!({ "format": "png", "hash": "00", "bytes": 9 });
    for (wrong, field, detail) in [
        (json!({ "name": { "zh": "" } }), "name.zh", "expected 1 to 200 characters"),
        (json!({ "name": { "zh": " " } }), "name.zh", "expected more than space"),
        (json!({ "name": { "en": 7 } }), "name.en", "expected a string"),
        (json!({ "greeting": ["你好", "Hello"] }), "greeting", "expected an object"),
        (json!({ "contact": { "fr": "x" } }), "contact.fr", "is not known here; remove it"),
        (json!({ "contact": "x" }), "contact", "expected an object"),
        (json!({ "colour": "green" }), "colour", "expected a colour like `#1f7a53`"),
        (json!({ "colour": 7 }), "colour", "expected a string"),
        (json!({ "logo": "%" }), "logo", "expected a file in base64"),
        (json!({ "logo": picture }), "logo", "expected a string"),
        (json!({ "slogan": "x" }), "slogan", "is not known here; remove it"),
        (json!({ "version": 7 }), "version", "is not known here; remove it"),
    ] {
        let refused = dress(&shop, &wrong).await;
        assert_eq!((refused.status, refused.code()), (422, "invalid"), "{wrong}: {}", refused.text);
        let error = &refused.json["errors"][0];
        assert_eq!((&error["field"], &error["detail"]), (&json!(field), &json!(detail)), "{wrong}");
    }
    assert_eq!(shop.get("/v1/shop").await.json["version"], 0);
    for (method, path) in [(Method::POST, "/v1/shop"), (Method::POST, "/v1/shop/archive")] {
        let refused = shop.send(shop.request(method, path).json(&json!({}))).await;
        assert!([404, 405].contains(&refused.status), "{path}: {}", refused.text);
    }
    app.stop().await;
    db.assert_sound().await;
}

async fn what_somebody_saw_is_not_overwritten(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let edit = async |seen: &str, key: &str, colour: &str| {
        let edit = shop.request(Method::PATCH, "/v1/shop").json(&json!({ "colour": colour }));
        shop.send(edit.header("If-Match", seen).header("Idempotency-Key", key)).await
    };
    assert_eq!(shop.get("/v1/shop").await.etag.as_deref(), Some("\"0\""));
    let early = edit("\"1\"", "early", "#1f7a53").await;
    assert_eq!((early.status, early.code()), (412, "precondition_failed"), "{}", early.text);
    let first = edit("\"0\"", "first", "#1f7a53").await;
    assert_eq!((first.status, first.etag.as_deref()), (200, Some("\"1\"")), "{}", first.text);
    let late = edit("\"0\"", "late", "#4b4fe2").await;
    assert_eq!((late.status, late.code()), (412, "precondition_failed"), "{}", late.text);
    assert_eq!(edit("\"1\"", "second", "#4b4fe2").await.json["version"], 2);
    let again = edit("\"0\"", "first", "#1f7a53").await;
    assert!(again.replayed && again.text == first.text, "the answer of then: {}", again.text);
    assert_eq!(shop.get("/v1/shop").await.json["colour"], "#4b4fe2");
    app.stop().await;
    db.assert_sound().await;
}
