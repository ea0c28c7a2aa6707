//! What a merchant's pages show beside links, which languages they speak, and what they tell buyers.

use super::{PNG, dress};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::browser::Browser;
use testkit::{Answer, App, Caller, Db, Kind, on_both};

on_both!(
    a_link_shows_the_products_picture_or_the_shops,
    pages_speak_the_languages_that_are_offered,
    buyers_are_told_what_the_merchant_says,
);

async fn upload(shop: &Caller) -> Answer {
    let request = shop.request(Method::POST, "/v1/files").header("content-type", "image/png");
    shop.send(request.body(PNG)).await
}

async fn patch(shop: &Caller, path: &str, change: &Value) -> Answer {
    shop.send(shop.request(Method::PATCH, path).json(change)).await
}

/// The content of a `meta` of a page.
fn meta(html: &str, name: &str) -> String {
    let tag = html.split_once(&format!("property=\"{name}\" content=\"")).expect(name).1;
    tag.split_once('"').expect("an end").0.to_owned()
}

async fn a_link_shows_the_products_picture_or_the_shops(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let (shop, other) = (app.merchant("星河").await, app.merchant("北辰").await);
    let (home, browser) = (edge::link::shop_path(shop.tenant), Browser::new(app.url()));
    let sku = shop.sku(100, json!({})).await;
    let product = shop.get(&format!("/v1/skus/{sku}")).await.json["product"].clone();
    let product = product.as_str().expect("an id");
    let page = format!("{home}/p/{product}");
    let bare = browser.get(&home).await.html;
    assert!(meta(&bare, "og:image").contains("/pictures/logo-shop."), "{bare}");

    let file = upload(&shop).await.json;
    let dressed =
        dress(&shop, &json!({ "share": file["id"], "greeting": { "zh": "付款即到" } })).await;
    assert_eq!(dressed.status, 200, "{}", dressed.text);
    assert_eq!(dressed.json["share"], json!({ "id": file["id"], "url": file["url"] }));
    for path in [&home, &page] {
        let html = browser.get(path).await.html;
        assert_eq!(json!(meta(&html, "og:image")), file["url"], "{path}");
        assert!(meta(&html, "og:url").starts_with(app.url()), "{html}");
        assert!(html.contains("summary_large_image"), "{html}");
    }
    let html = browser.get(&home).await.html;
    assert_eq!(meta(&html, "og:description"), "付款即到");
    assert_eq!(reqwest::get(meta(&html, "og:image")).await.expect("an answer").status(), 200);
    assert!(!meta(&browser.get(&page).await.html, "og:title").is_empty());

    // A picture of the product's own comes first.
    patch(&shop, &format!("/v1/products/{product}"), &json!({ "picture": "coffee" })).await;
    let html = browser.get(&page).await.html;
    assert!(meta(&html, "og:image").contains("/pictures/coffee."), "{html}");
    assert_eq!(json!(meta(&browser.get(&home).await.html, "og:image")), file["url"]);

    let foreign = upload(&other).await.json["id"].clone();
    for wrong in [foreign, json!("fil_1"), json!("coffee"), json!(7), json!("")] {
        let refused = dress(&shop, &json!({ "share": wrong })).await;
        let field = &refused.json["errors"][0]["field"];
        assert_eq!((refused.status, field), (422, &json!("share")), "{}", refused.text);
    }
    let gone = dress(&shop, &json!({ "share": null })).await;
    assert_eq!(gone.json["share"], Value::Null);
    assert!(meta(&browser.get(&home).await.html, "og:image").contains("/pictures/logo-shop."));
    app.stop().await;
    db.assert_sound().await;
}

async fn pages_speak_the_languages_that_are_offered(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let home = edge::link::shop_path(shop.tenant);
    let speaks = async |accepts: &str, query: &str| {
        let headers = [("accept-language", accepts)];
        let page = Browser::new(app.url());
        let page = page.send(Method::GET, &format!("{home}{query}"), &[], &headers).await;
        assert_eq!(page.status, 200, "{}", page.html);
        let lang = page.html.split_once("<html lang=\"").expect("a language").1;
        let lang = lang.split_once('"').expect("an end").0.to_owned();
        (lang, page.html.contains("hreflang="))
    };
    let first = shop.get("/v1/shop_languages").await;
    assert_eq!(first.json, json!({ "version": 0, "offered": ["zh-CN", "en"], "usual": "zh-CN" }));
    let zh = || "zh-CN".to_owned();
    assert_eq!(speaks("fr", "").await, (zh(), true));
    let edited = patch(&shop, "/v1/shop_languages", &json!({ "usual": "en" })).await;
    assert_eq!((edited.status, &edited.json["version"]), (200, &json!(1)), "{}", edited.text);
    assert_eq!(edited.etag.as_deref(), Some("\"1\""));
    for (accepts, query, lang) in [
        ("fr", "", "en"),
        ("zh-TW", "", "zh-CN"),
        ("fr", "?lang=zh-CN", "zh-CN"),
        ("zh", "?lang=en", "en"),
    ] {
        assert_eq!(speaks(accepts, query).await, (lang.to_owned(), true), "{accepts} {query}");
    }
    let one = json!({ "offered": ["zh-CN"], "usual": "zh-CN" });
    assert_eq!(patch(&shop, "/v1/shop_languages", &one).await.status, 200);
    for (accepts, query) in [("en", ""), ("zh", "?lang=en"), ("fr", "")] {
        assert_eq!(speaks(accepts, query).await, (zh(), false), "{accepts} {query}");
    }
    for (wrong, field) in [
        (json!({ "usual": "en" }), "usual"),
        (json!({ "offered": [] }), "offered"),
        (json!({ "offered": ["zh-CN", "zh-CN"] }), "offered"),
        (json!({ "offered": ["fr"] }), "offered[0]"),
        (json!({ "usual": null }), "usual"),
    ] {
        let refused = patch(&shop, "/v1/shop_languages", &wrong).await;
        let named = &refused.json["errors"][0]["field"];
        assert_eq!((refused.status, named), (422, &json!(field)), "{wrong}: {}", refused.text);
    }
    // Whoever saw an older version changes nothing.
    let request = shop.request(Method::PATCH, "/v1/shop_languages").header("if-match", "\"1\"");
    let late = shop.send(request.json(&json!({ "offered": ["en"], "usual": "en" }))).await;
    assert_eq!((late.status, &late.json["code"]), (412, &json!("precondition_failed")));
    let history = shop.get("/v1/shop_languages/history").await;
    assert_eq!(history.json["data"].as_array().map(Vec::len), Some(2), "{}", history.text);
    app.stop().await;
    db.assert_sound().await;
}

async fn buyers_are_told_what_the_merchant_says(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let home = edge::link::shop_path(shop.tenant);
    let (full, empty) = (shop.sku(100, json!({})).await, shop.sku(100, json!({})).await);
    shop.stock(&full, "K", 2).await;
    let nothing = shop.get("/v1/shop_messages").await;
    assert_eq!(nothing.json, json!({ "version": 0 }));
    let said = json!({
        "greeting": { "zh": "新店<b>开张</b>\n欢迎", "en": "We are open" },
        "before_payment": { "zh": "先核对账号" }, "after_delivery": { "zh": "尽快兑换", "en": "Redeem soon" },
        "sold_out": { "zh": "每天十点补货" }, "service": { "en": "Chat: galaxy" },
    });
    let told = patch(&shop, "/v1/shop_messages", &said).await;
    assert_eq!(told.status, 200, "{}", told.text);
    assert_eq!(told.json["greeting"], said["greeting"]);

    let browser = Browser::new(app.url());
    let front = browser.get(&format!("{home}?lang=zh-CN")).await.html;
    assert!(front.contains("新店&#60;b&#62;开张&#60;/b&#62;\n欢迎"), "{front}");
    assert!(front.contains("Chat: galaxy") && !front.contains("先核对账号"), "{front}");
    let of = async |sku: &str| {
        let product = shop.get(&format!("/v1/skus/{sku}")).await.json["product"].clone();
        browser.get(&format!("{home}/p/{}", product.as_str().expect("an id"))).await.html
    };
    assert!(of(&empty).await.contains("每天十点补货"));
    assert!(!of(&full).await.contains("每天十点补货"));
    let checkout = format!("{home}/checkout");
    let page = browser.get(&format!("{checkout}?sku={full}&quantity=1")).await;
    assert!(page.html.contains("先核对账号"), "{}", page.html);
    let typed = [("quantity", "1"), ("consent", crate::h5::AGREED)];
    let order = browser.submit(&page, &checkout, &typed).await.location;
    let cashier = browser.get(&order).await.html;
    assert!(cashier.contains("先核对账号") && !cashier.contains("尽快兑换"), "{cashier}");
    let pay = browser.post(&format!("{order}/pay"), &[("method", "test")]).await.location;
    browser.post(&pay, &[("action", "pay")]).await;
    let goods = browser.get(&order).await.html;
    assert!(goods.contains("尽快兑换"), "{goods}");
    let english = browser.get(&format!("{order}?lang=en")).await.html;
    assert!(english.contains("Redeem soon") && english.contains("Chat: galaxy"), "{english}");

    let long = "长".repeat(501);
    for (wrong, field) in [
        (json!({ "greeting": { "zh": long } }), "greeting.zh"),
        (json!({ "service": { "en": " " } }), "service.en"),
        (json!({ "service": { "en": "a\u{202e}b" } }), "service.en"),
        (json!({ "sold_out": "text" }), "sold_out"),
        (json!({ "farewell": { "en": "x" } }), "farewell"),
    ] {
        let refused = patch(&shop, "/v1/shop_messages", &wrong).await;
        let named = &refused.json["errors"][0]["field"];
        assert_eq!((refused.status, named), (422, &json!(field)), "{}", refused.text);
    }
    let less = patch(&shop, "/v1/shop_messages", &json!({ "greeting": null })).await;
    assert!(less.json.get("greeting").is_none(), "{}", less.text);
    assert!(!browser.get(&format!("{home}?lang=zh-CN")).await.html.contains("新店"));
    app.stop().await;
    db.assert_sound().await;
}
