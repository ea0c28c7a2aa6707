//! A code is a record of named fields: what its file said of it reaches its buyer, labelled and whole.

use deliver::inventory::record::Field;
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Instant;
use testkit::browser::Browser;
use testkit::{App, Caller, Db, Kind, on_both};
use vault::Zeroizing;

on_both!(
    every_answer_with_a_code_carries_its_fields,
    a_page_shows_every_field_with_its_label,
    a_sku_says_what_its_codes_have,
    four_mebibytes_of_codes_are_answered,
);

const RECOVERY: &str = "4410-7725\n9082-1137\r\n6653 <b>&\"2091'";

fn field(code: &str, name: Option<&str>, value: &str, secret: bool) -> Field {
    let value = Zeroizing::new(value.to_owned());
    Field { code: code.to_owned(), name: name.map(str::to_owned), value, secret }
}

/// An account with its own labels in part, and a text of several lines.
fn account() -> Vec<Field> {
    vec![
        Field::plain("account", "reader@example.com"),
        Field::plain("password", "Tq7-mW2.x"),
        field("recovery", Some("备用码"), RECOVERY, true),
        field("region", Some("区服"), "华东 2", false),
    ]
}

fn shown(code: &str, name: &str, value: &str, secret: bool) -> Value {
    json!({ "code": code, "name": name, "value": value, "secret": secret })
}

/// A merchant whose pool holds these records, and a rich buyer.
async fn stall(kind: Kind, records: &[Vec<Field>]) -> (Db, App, Caller, String) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let sku = shop.sku(100, json!({})).await;
    db.stock_records(&app, &shop, &sku, records).await;
    shop.credit("buyer", 10_000_000).await;
    (db, app, shop, sku)
}

async fn every_answer_with_a_code_carries_its_fields(kind: Kind) {
    let link = vec![Field::plain("extraction", "x7Kp"), Field::plain("email", "a@example.com")];
    let plain = vec![Field::plain("number", "8213"), Field::plain("password", "6F7G")];
    let (db, app, shop, sku) = stall(kind, &[account(), link, plain]).await;

    let body = Caller::order_body(&sku, 3, "buyer");
    let bought = shop.post_as("/v1/orders", &body, "once").await;
    assert_eq!(bought.status, 201, "{}", bought.text);
    let code = |at: usize| &bought.json["deliveries"][at]["code"];
    let fields = json!([
        shown("account", "账号", "reader@example.com", false),
        shown("password", "密码", "Tq7-mW2.x", true),
        shown("recovery", "备用码", RECOVERY, true),
        shown("region", "区服", "华东 2", false),
    ]);
    assert_eq!(code(0)["fields"], fields, "{}", bought.text);
    assert_eq!((&code(0)["number"], &code(0)["password"]), (&json!(""), &json!("Tq7-mW2.x")));
    assert_eq!(
        (&code(1)["number"], &code(1)["password"]),
        (&json!("a@example.com"), &json!("x7Kp"))
    );
    let plain =
        json!([shown("number", "卡号", "8213", false), shown("password", "密码", "6F7G", true)]);
    assert_eq!(code(2)["fields"], plain);
    assert_eq!((&code(2)["number"], &code(2)["password"]), (&json!("8213"), &json!("6F7G")));

    let again = shop.post_as("/v1/orders", &body, "once").await;
    assert!(again.replayed);
    assert_eq!(again.json["deliveries"], bought.json["deliveries"]);
    let path = format!("/v1/orders/{}/reveal", bought.json["id"].as_str().expect("an id"));
    let revealed = shop.send(shop.request(Method::POST, &path)).await;
    assert_eq!(revealed.json["deliveries"], bought.json["deliveries"], "{}", revealed.text);
    app.stop().await;
    db.assert_sound().await;
}

/// An order that waits is paid by API; gives the path of its page.
async fn page_of(shop: &Caller, app: &App, sku: &str, quantity: usize) -> String {
    let body = json!({ "sku": sku, "quantity": quantity, "buyer": { "external_id": "buyer" } });
    let waits = shop.post("/v1/orders", &body).await;
    assert_eq!(waits.status, 201, "{}", waits.text);
    let order = waits.json["id"].as_str().expect("an id");
    let paid =
        shop.post(&format!("/v1/orders/{order}/payments"), &json!({ "method": "wallet" })).await;
    assert_eq!(paid.status, 201, "{}", paid.text);
    let url = waits.json["order_url"].as_str().expect("a link");
    url.strip_prefix(app.url()).expect("a page of ours").to_owned()
}

async fn a_page_shows_every_field_with_its_label(kind: Kind) {
    let (_db, app, shop, sku) = stall(kind, &[account()]).await;
    let page = page_of(&shop, &app, &sku, 1).await;
    let browser = Browser::new(app.url());
    let zh = browser.post(&format!("{page}/reveal?lang=zh-CN"), &[]).await;
    assert_eq!(zh.status, 200, "{}", zh.html);
    for there in [
        ">账号</span>",
        "reader@example.com",
        ">密码</span>",
        "data-copy=\"Tq7-mW2.x\"",
        ">备用码</span>",
        "4410-7725\n9082-1137&#13;\n6653 &lt;b&gt;&amp;&quot;2091'</code>",
        ">区服</span>",
        "data-copy=\"华东 2\"",
        ">复制账号</button>",
        ">复制备用码</button>",
    ] {
        assert!(zh.html.contains(there), "{there}: {}", zh.html);
    }
    let labels =
        ["账号", "密码", "备用码", "区服"].map(|label| zh.html.find(&format!(">{label}<")));
    assert!(labels.is_sorted() && labels[0].is_some(), "in the record's order: {labels:?}");
    let en = browser.post(&format!("{page}/reveal?lang=en"), &[]).await;
    for there in [">Account</span>", ">Password</span>", ">备用码</span>", ">Copy Account</button>"]
    {
        assert!(en.html.contains(there), "{there}: {}", en.html);
    }
    app.stop().await;
}

async fn a_sku_says_what_its_codes_have(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let own = json!([
        { "code": "account" }, { "code": "password", "name": "登录密码" },
        { "code": "region", "name": "区服", "secret": false }, { "code": "note", "name": "备注" },
    ]);
    let sku = shop.sku(100, json!({ "code_fields": own })).await;
    let path = format!("/v1/skus/{sku}");
    let field =
        |code: &str, name: &str, secret| json!({ "code": code, "name": name, "secret": secret });
    let fields = json!([
        field("account", "账号", false),
        field("password", "登录密码", true),
        field("region", "区服", false),
        field("note", "备注", true),
    ]);
    assert_eq!(shop.get(&path).await.json["code_fields"], fields);
    let change =
        async |body: Value| shop.send(shop.request(Method::PATCH, &path).json(&body)).await;
    assert_eq!(change(json!({ "name": "年卡" })).await.json["code_fields"], fields, "absent stays");

    let many: Vec<_> = (0..13).map(|n| field(&format!("f{n}"), &format!("F{n}"), true)).collect();
    for (bad, at) in [
        (json!([{ "code": "valid_until", "name": "有效期" }]), "code_fields[0].code"),
        (json!([{ "code": "-", "name": "x" }]), "code_fields[0].code"),
        (json!([{ "code": "Region", "name": "x" }]), "code_fields[0].code"),
        (json!([{ "code": "region" }]), "code_fields[0].name"),
        (json!([{ "code": "region", "name": "区\u{202e}服" }]), "code_fields[0].name"),
        (json!([{ "code": "region", "name": "a\tb" }]), "code_fields[0].name"),
        (json!([{ "code": "region", "name": "x".repeat(41) }]), "code_fields[0].name"),
        (json!([{ "code": "account" }, { "code": "account", "name": "x" }]), "code_fields[1].code"),
        (
            json!([{ "code": "account" }, { "code": "email", "name": "账号" }]),
            "code_fields[1].name",
        ),
        (json!([{ "code": "account", "kind": "text" }]), "code_fields[0].kind"),
        (json!([{ "code": "account", "secret": "no" }]), "code_fields[0].secret"),
        (json!("account"), "code_fields"),
        (json!(many), "code_fields"),
    ] {
        let refused = change(json!({ "code_fields": bad })).await;
        assert_eq!((refused.status, refused.code()), (422, "invalid"), "{}", refused.text);
        let field = refused.json["errors"][0]["field"].as_str().expect("a field");
        assert!(field.ends_with(at), "{field} in place of {at}");
    }
    assert_eq!(shop.get(&path).await.json["code_fields"], fields);
    assert_eq!(change(json!({ "code_fields": [] })).await.json["code_fields"], json!([]));
    app.stop().await;
    db.assert_sound().await;
}

async fn four_mebibytes_of_codes_are_answered(kind: Kind) {
    const CODES: usize = 256;
    let line = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7\n";
    let licence = |n: usize| {
        let mut text = format!("-----{n:05}-----\n{}", line.repeat(16 * 1024 / line.len()));
        text.truncate(16 * 1024 - 1);
        text.push('=');
        text
    };
    let record = |n: usize| vec![field("licence", Some("许可文件"), &licence(n), true)];
    let records: Vec<_> = (0..CODES).chain(0..CODES).map(record).collect();
    let (_db, app, shop, sku) = stall(kind, &records).await;
    let begun = Instant::now();
    let bought = shop.order(&sku, CODES as u32, "buyer").await;
    let called = begun.elapsed();
    assert_eq!(bought.status, 201, "{:.300}", bought.text);
    for n in 0..CODES {
        let code = &bought.json["deliveries"][n]["code"];
        assert_eq!(code["fields"][0]["value"], licence(n), "code {n}");
        assert_eq!(code["password"], licence(n), "code {n}");
    }
    let page = page_of(&shop, &app, &sku, CODES).await;
    let begun = Instant::now();
    let browser = Browser::new(app.url());
    let revealed = browser.post(&format!("{page}/reveal"), &[]).await;
    // So much is a file, which the page offers.
    assert!(revealed.html.contains("/file\""), "{:.300}", revealed.html);
    assert!(revealed.html.len() < 60_000, "{} bytes", revealed.html.len());
    let file = browser.post(&format!("{page}/file"), &[]).await;
    eprintln!(
        "{kind:?}: {} bytes in {called:?}; a file of {} bytes in {:?}",
        bought.text.len(),
        file.html.len(),
        begun.elapsed()
    );
    for n in 0..CODES {
        assert!(file.html.contains(&licence(n)), "code {n}");
    }
    let once = CODES * 16 * 1024;
    assert!(file.html.len() < once + CODES * 100, "each code is in the file once");
    app.stop().await;
}
