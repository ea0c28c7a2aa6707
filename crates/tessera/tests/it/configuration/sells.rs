//! A whole shop, its style and its products with their SKUs, goes from test mode to live mode and to another instance, and
//! sells there.

use super::Shop;
use super::folder::{Folder, tree};
use kernel::{Mode, Tenant};
use serde_json::{Value, json};
use testkit::{Caller, Kind, every_scope, on_both};

on_both!(
    a_shop_goes_from_test_to_live_and_sells,
    a_product_is_edited_as_a_file,
    half_of_a_shop_is_never_applied,
    a_product_that_no_file_names_goes_off_the_shelf,
);

/// A picture of one pixel.
const LOGO: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mOQrwoGAAGoAO3FZ+B8AAAAAElFTkSuQmCC";

/// A shop with a style and a product; the ids of product and SKU.
async fn dressed(shop: &Shop) -> (String, String) {
    let style =
        json!({ "name": { "zh": "小店", "en": "Shop" }, "colour": "#1f7a53", "logo": LOGO });
    shop.edit("shop", &style).await;
    let rich = json!({
        "kind": "code", "name": "月卡", "price": { "amount": 1990, "currency": "CNY" }, "cost": "18.5025",
        "list_price": { "amount": 2500, "currency": "CNY" }, "limits": { "per_order": 5, "per_user": 9 },
        "refund": { "days": 7 }, "returned_codes": "restock", "min_days_left": 3, "stock_alarm": 10,
        "sale_from": "2026-01-01T00:00:00Z", "sale_until": "2099-01-01T00:00:00Z", "tax_code": "3040203",
        "code_fields": [{ "code": "number" }, { "code": "password" }], "en": { "name": "Month" },
    });
    let other = json!({ "kind": "code", "name": "年卡", "price": { "amount": 0, "currency": "CNY" }, "on_shelf": false });
    let product = json!({
        "name": "星河会员", "description": "一行\n\"两\"行", "picture": "video", "category": "影音",
        "guide": ["打开", "兑换"], "input": [{ "code": "phone", "name": "手机号", "kind": "phone" }],
        "en": { "name": "Galaxy" }, "skus": [rich, other],
    });
    let made = shop.caller.post("/v1/products", &product).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let text = |value: &Value| value.as_str().expect("an id").to_owned();
    (text(&made.json["id"]), text(&made.json["skus"][0]["id"]))
}

async fn sells(caller: &Caller, sku: &str) {
    caller.stock(sku, "LIVE", 2).await;
    caller.credit("buyer", 100_000).await;
    let mut body = Caller::order_body(sku, 1, "buyer");
    body["input"] = json!({ "phone": "13800138000" });
    let sold = caller.post("/v1/orders", &body).await;
    assert_eq!((sold.status, &sold.json["state"]), (201, &json!("delivered")), "{}", sold.text);
}

async fn a_shop_goes_from_test_to_live_and_sells(kind: Kind) {
    let shop = Shop::new(kind).await;
    let (place, _) = shop.configured().await;
    let (product, sku) = dressed(&shop).await;
    let folder = Folder::new();
    let said = shop.good(&["export"], folder.path());
    assert!(said.contains("7 resources"), "{said}");
    let files = tree(folder.path());
    assert!(
        files["shop/shop_style.toml"].contains("logo = \"shop_style.logo.png\"\n"),
        "{files:#?}"
    );
    assert!(files.contains_key("shop/shop_style.logo.png"), "{:?}", files.keys());
    let text = &files[&format!("products/{product}.toml")];
    for line in [
        "name = \"星河会员\"\n",
        "[[skus]]\n",
        "cost = \"18.5025\"\n",
        "days = 7\n",
        "min_days_left = 3\n",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
    assert!(
        text.contains(&sku) && !text.contains("stock =") && !text.contains("version"),
        "{text}"
    );

    let live = Tenant::new(shop.caller.tenant.merchant(), Mode::Live);
    let live = shop.app.caller(live, &every_scope()).await;
    let elsewhere = Shop::new(kind).await;
    for (at, caller) in [(&shop, &live), (&elsewhere, &elsewhere.caller)] {
        let (code, said) = at.run_as(caller, &["apply"], folder.path());
        assert!(code == 0 && said.contains("7 created"), "{said}");
        let (code, said) = at.run_as(caller, &["apply"], folder.path());
        assert!(code == 0 && said.contains("Nothing to change: 7 files"), "{said}");
        let read = caller.get(&format!("/v1/sample_places/{place}")).await;
        assert_eq!(read.json["code"], "P-1", "{}", read.text);
        let read = caller.get("/v1/shop").await;
        assert_eq!(
            (&read.json["name"]["zh"], &read.json["logo"]["format"]),
            (&json!("小店"), &json!("png"))
        );
        let there = Folder::new();
        assert_eq!(at.run_as(caller, &["export"], there.path()).0, 0);
        assert_eq!(tree(there.path()), files);
        sells(caller, &sku).await;
    }
    let stock = shop.caller.get(&format!("/v1/skus/{sku}")).await;
    assert_eq!(stock.json["stock"], 0, "codes are in no file: {}", stock.text);
    shop.end().await;
    elsewhere.end().await;
}

async fn a_product_is_edited_as_a_file(kind: Kind) {
    let shop = Shop::new(kind).await;
    let (product, sku) = dressed(&shop).await;
    sells(&shop.caller, &sku).await;
    let folder = Folder::new();
    shop.good(&["export"], folder.path());
    let file = format!("products/{product}.toml");
    folder.replace(&file, "amount = 1990", "amount = 2990");
    folder.replace(&file, "min_days_left = 3", "min_days_left = 2");
    let new = format!("sku_{:026}", 7);
    let text = format!(
        "\n[[skus]]\nid = \"{new}\"\nkind = \"code\"\nname = \"周卡\"\nprice = {{ amount = 700, currency = \"CNY\" }}\n"
    );
    let whole = tree(folder.path())[&file].clone() + &text;
    folder.write(&file, &whole);
    let mut command = crate::process::tessera(&["config", "diff", "--url", shop.app.url()]);
    let command = command.arg(folder.path()).env("TESSERA_KEY", &shop.caller.key);
    let output = tokio::task::block_in_place(|| command.env("LC_ALL", "zh_CN.UTF-8").output());
    let said = crate::process::printed(&output.expect("it runs")).0;
    assert!(said.contains("将要：新增 0，修改 1，恢复 0，归档 0。"), "{said}");
    let (code, said) = shop.run(&["diff"], folder.path());
    assert_eq!(code, 2, "{said}");
    for line in [
        "skus[0].price.amount: 1990 -> 2990",
        "skus[0].min_days_left: 3 -> 2",
        "skus[2] = {",
        "1 edited",
    ] {
        assert!(said.contains(line), "{line} in {said}");
    }
    shop.good(&["apply"], folder.path());
    let read = shop.caller.get(&format!("/v1/skus/{sku}")).await;
    assert_eq!(
        (&read.json["price"]["amount"], &read.json["min_days_left"]),
        (&json!(2990), &json!(2))
    );
    assert_eq!(shop.caller.get(&format!("/v1/skus/{new}")).await.json["price"]["amount"], 700);
    shop.good(&["export"], folder.path());
    shop.good(&["diff"], folder.path());
    shop.end().await;
}

async fn half_of_a_shop_is_never_applied(kind: Kind) {
    let shop = Shop::new(kind).await;
    let (place, _) = shop.configured().await;
    let (product, _) = dressed(&shop).await;
    let folder = Folder::new();
    shop.good(&["export"], folder.path());
    let file = format!("products/{product}.toml");
    let good = tree(folder.path())[&file].clone();
    folder.replace(&format!("sample_places/{place}.toml"), "seats = 40", "seats = 41");
    folder.replace("shop/shop_style.toml", "#1f7a53", "#1f7a54");
    let before = shop.db.rows().await;
    for (old, new, told) in [
        ("amount = 1990", "amount = -1", "skus[0].price.amount: "),
        ("currency = \"CNY\"", "currency = \"USD\"", "skus[0].price.currency: a SKU keeps it"),
        ("name = \"月卡\"", "name = \"\"", "skus[0].name: "),
        ("[[skus]]\n", "[[skus]]\ncolour = 1\n", "skus[0].colour: is not known here"),
        ("shape = 1", "shape = 2", "shape: this program knows the shapes 1 to 1"),
    ] {
        folder.write(&file, &good);
        folder.replace(&file, old, new);
        let (code, said) = shop.run(&["apply"], folder.path());
        let told = format!("refused (nothing was changed): {file}: {told}");
        assert!(code == 1 && said.contains(&told), "{told} in {said}");
        assert_eq!(shop.db.rows().await, before, "{said}");
    }
    folder.write(&file, &good);
    folder.replace("shop/shop_style.toml", "#1f7a54", "#ffff00");
    let (code, said) = shop.run(&["apply"], folder.path());
    assert!(
        code == 1 && said.contains("shop/shop_style.toml: colour: white text cannot be read"),
        "{said}"
    );
    folder.replace("shop/shop_style.toml", "shop_style.logo.png", "nowhere.png");
    let (code, said) = shop.run(&["apply"], folder.path());
    assert!(
        code == 1 && said.contains("shop/shop_style.toml: logo: nowhere.png: no such file"),
        "{said}"
    );
    assert_eq!(shop.db.rows().await, before);
    shop.end().await;
}

async fn a_product_that_no_file_names_goes_off_the_shelf(kind: Kind) {
    let shop = Shop::new(kind).await;
    let (product, _) = dressed(&shop).await;
    let empty = Folder::new();
    let said = shop.good(&["apply"], empty.path());
    assert!(said.contains("1 are there that no file names"), "{said}");
    let (code, said) = shop.run(&["diff", "--prune"], empty.path());
    let line = format!("~ products {product}  edited\n    on_shelf: true -> false\n");
    assert!(code == 2 && said.contains(&line), "{said}");
    shop.good(&["apply", "--prune"], empty.path());
    let read = shop.caller.get(&format!("/v1/products/{product}")).await;
    assert_eq!(read.json["on_shelf"], false, "{}", read.text);
    assert!(shop.good(&["apply", "--prune"], empty.path()).contains("Nothing to change"));
    shop.end().await;
}
