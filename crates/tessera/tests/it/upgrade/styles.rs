//! Styles of shops and products of before: a style is a resource afterwards, with its version, its logo and its words;
//! products are what they were.

use super::{Before, start};
use crate::process::{arg, printed, run};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Db, Kind, on_both};

on_both!(styles_of_before_are_resources);

/// A picture of one pixel, 69 bytes.
const LOGO: &str = "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415478da6390af0a060001a800edc567e07c0000000049454e44ae426082";
const HASH: &str = "8dbb59b1743991f7";

/// A shop that was edited twice, after its one product was made in version 1; then that was edited.
async fn dress(db: &Db) {
    let blob = match db.kind {
        Kind::Sqlite => format!("X'{LOGO}'"),
        Kind::Postgres => format!("'\\x{LOGO}'::bytea"),
    };
    let logo = json!({ "format": "png", "hash": HASH, "bytes": LOGO.len() / 2 });
    let first =
        json!({ "version": 2, "name": { "zh": "旧店", "en": "Old\u{200b} shop" }, "logo": logo });
    let mut second = first.clone();
    second["version"] = json!(3);
    second["greeting"] = json!({ "zh": "付款即到" });
    second["colour"] = json!("#1f7a53");
    let fact = |style: &Value| json!({ "kind": "shop.edited", "shop": style });
    let told = |n: i64, fact: &Value| {
        format!(
            "INSERT INTO journal (seq, tenant, at, request, actor, kind, v, subject, data)
             SELECT h.seq + {n}, j.tenant, j.at + {n}, j.request, j.actor, 'shop.edited', 1, j.tenant, '{fact}'
             FROM journal j CROSS JOIN journal_head h WHERE j.kind = 'product.created'"
        )
    };
    db.sql(&[
        told(1, &fact(&first)),
        told(2, &fact(&second)),
        "UPDATE journal_head SET seq = seq + 2".to_owned(),
        format!("INSERT INTO shops (tenant, data, logo) SELECT tenant, '{second}', {blob} FROM products"),
        "UPDATE versions SET version = 4 WHERE subject IN (SELECT tenant FROM products)".to_owned(),
    ]
    .join(";"))
    .await;
}

async fn styles_of_before_are_resources(kind: Kind) {
    let before = Before::of(kind);
    let (db, key) = before.restore(kind);
    dress(&db).await;
    let server = start(&db, &key).await;
    let shop = before.caller(&server);

    let style = shop.get("/v1/shop").await;
    let home = edge::link::shop_path(shop.tenant);
    let mut wanted = json!({
        "version": 3,
        "url": format!("{}{home}", server.url()),
        "name": { "zh": "旧店", "en": "Old\u{200b} shop" },
        "greeting": { "zh": "付款即到", "en": null },
        "contact": { "zh": null, "en": null },
        "colour": "#1f7a53",
        "logo": {
            "url": format!("{}{home}/logo/{HASH}.png", server.url()), "format": "png", "bytes": LOGO.len() / 2
        },
        "share": null,
    });
    assert_eq!((style.status, &style.json), (200, &wanted), "{}", style.text);
    let logo =
        reqwest::get(wanted["logo"]["url"].as_str().expect("a text")).await.expect("it is served");
    let hex: String =
        logo.bytes().await.expect("a file").iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hex, LOGO);
    let page = reqwest::get(format!("{}{home}?lang=zh-CN", server.url())).await.expect("a page");
    let page = page.text().await.expect("a text");
    assert!(
        page.contains("旧店") && page.contains("--fill:#1f7a53") && page.contains("旧卡"),
        "{page}"
    );

    // A name that is refused today stays as long as nobody touches it.
    let edit = shop.request(Method::PATCH, "/v1/shop").json(&json!({ "colour": "#4b4fe2" }));
    let edited = shop.send(edit).await;
    (wanted["version"], wanted["colour"]) = (json!(4), json!("#4b4fe2"));
    assert_eq!((edited.status, &edited.json), (200, &wanted), "{}", edited.text);
    let history = shop.get("/v1/shop/history").await;
    let versions = history.json["data"].as_array().expect("versions");
    assert_eq!(versions.iter().map(|version| &version["version"]).collect::<Vec<_>>(), [4, 3]);
    assert_eq!(versions[1]["colour"], "#1f7a53");

    let journal = shop.get("/v1/journal?limit=200").await;
    let facts: Vec<_> = journal.json["data"].as_array().expect("facts").iter().collect();
    let of =
        |kind: &str| facts.iter().filter(|fact| fact["data"]["kind"] == kind).collect::<Vec<_>>();
    let old = of("shop.edited");
    assert_eq!((old.len(), &old[1]["data"]["shop"]["version"]), (2, &json!(3)), "{}", journal.text);
    assert_eq!(of("shop_style.edited")[0]["data"]["before"]["colour"], "#1f7a53");

    let sku = shop.get(&format!("/v1/skus/{}", before.text("sku"))).await;
    assert_eq!((&sku.json["name"], &sku.json["price"]["amount"]), (&json!("一张"), &json!(300)));
    server.stop().await;
    let output = run(&["verify", "--database", db.url(), "--master-key-file", arg(&key)]);
    assert!(output.status.success(), "{:?}", printed(&output));
}
