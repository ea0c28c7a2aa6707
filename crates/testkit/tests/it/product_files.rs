//! Products from a file: shown first, made together, never twice; what is wrong is told by row.

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, App, Caller, Db, Kind, on_both};

on_both!(
    a_file_is_shown_first_and_made_once,
    a_file_that_is_sent_twice_at_once_is_made_once,
    wrong_rows_are_told_and_left_out_when_asked,
    a_workbook_is_read_and_hostile_files_are_refused,
);

const FILE: &str = "商品名称,商品说明,规格名称,售价（元）,成本,每人限购,备注\r\n\
    星河视频会员,付款后发货,月卡,19.90,12.5,3,随便\r\n,,年卡,\"1,199.00\",,,\r\n北辰音乐,,,9.9,,,\r\n";

async fn send(shop: &Caller, query: &str, kind: &str, body: Vec<u8>) -> Answer {
    let path = format!("/v1/product-files{query}");
    let request = shop.request(Method::POST, &path).header("content-type", kind);
    shop.send(request.body(body)).await
}

async fn csv(shop: &Caller, query: &str, text: &str) -> Answer {
    send(shop, query, "text/csv", text.as_bytes().to_vec()).await
}

fn names(told: &Value) -> Vec<&str> {
    let products = told["products"].as_array().into_iter().flatten();
    products.filter_map(|product| product["name"].as_str()).collect()
}

async fn a_file_is_shown_first_and_made_once(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let shown = csv(&shop, "", FILE).await;
    assert_eq!(shown.status, 200, "{}", shown.text);
    assert_eq!((&shown.json["applied"], &shown.json["rows"]), (&json!(false), &json!(3)));
    assert_eq!(shown.json["columns"][6], json!({ "column": "备注", "field": null }));
    assert_eq!(shown.json["columns"][3], json!({ "column": "售价（元）", "field": "price" }));
    assert_eq!(names(&shown.json), ["星河视频会员", "北辰音乐"]);
    assert_eq!(shown.json["products"][0]["rows"], json!([2, 3]));
    assert_eq!(shown.json["products"][0]["id"], Value::Null);
    assert_eq!(shop.get("/v1/products").await.json["data"], json!([]), "only shown");

    let made = csv(&shop, "?apply=true", FILE).await;
    assert_eq!((made.status, &made.json["applied"]), (200, &json!(true)), "{}", made.text);
    let id = made.json["products"][0]["id"].as_str().expect("an id");
    let product = shop.get(&format!("/v1/products/{id}")).await.json;
    assert_eq!(
        (&product["name"], &product["description"]),
        (&json!("星河视频会员"), &json!("付款后发货"))
    );
    let skus = product["skus"].as_array().expect("SKUs");
    assert_eq!(skus[0]["price"], json!({ "amount": 1_990, "currency": "CNY" }));
    assert_eq!((&skus[1]["name"], &skus[1]["price"]["amount"]), (&json!("年卡"), &json!(119_900)));
    assert_eq!(skus[0]["limits"]["per_user"], 3);
    let again = csv(&shop, "?apply=true", FILE).await;
    assert_eq!(again.json["applied"], json!(false), "{}", again.text);
    assert_eq!(again.json["errors"].as_array().map(Vec::len), Some(2), "{}", again.text);
    assert_eq!(shop.get("/v1/products").await.json["data"].as_array().map(Vec::len), Some(2));
    app.stop().await;
    db.assert_sound().await;
}

async fn a_file_that_is_sent_twice_at_once_is_made_once(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let sent = join_all((0..8).map(|_| csv(&shop, "?apply=true", FILE))).await;
    let made = sent.iter().filter(|answer| answer.json["applied"] == true).count();
    assert_eq!(made, 1, "one of them makes the products");
    for answer in sent.iter().filter(|answer| answer.json["applied"] != true) {
        let told = (answer.status, answer.code());
        assert!([(200, ""), (409, "taken")].contains(&told), "{}", answer.text);
    }
    assert_eq!(shop.get("/v1/products").await.json["data"].as_array().map(Vec::len), Some(2));
    app.stop().await;
    db.assert_sound().await;
}

async fn wrong_rows_are_told_and_left_out_when_asked(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let long = "长".repeat(201);
    let text = format!(
        "name,sku,price,per_user\nA,a,1.999,\nB,b,2,x\n{long},c,3,\nD,d,4,\nE,e,5,\nE,e,6,\n"
    );
    let before = db.rows().await;
    let told = csv(&shop, "?apply=true", &text).await;
    assert_eq!((told.status, &told.json["applied"]), (200, &json!(false)), "{}", told.text);
    let rows: Vec<_> =
        told.json["errors"].as_array().expect("errors").iter().map(|e| e["row"].as_i64()).collect();
    assert_eq!(rows, [Some(2), Some(3), Some(4)], "{}", told.text);
    assert_eq!(
        (&told.json["errors"][0]["column"], &told.json["errors"][1]["column"]),
        (&json!("price"), &json!("per_user"))
    );
    assert!(before == db.rows().await, "nothing is made while anything is wrong");
    let made = csv(&shop, "?apply=true&skip_errors=true", &text).await;
    assert_eq!(
        (&made.json["applied"], names(&made.json)),
        (&json!(true), vec!["D", "E"]),
        "{}",
        made.text
    );
    assert_eq!(made.json["products"][1]["skus"], 2);
    for (text, part) in [("", "empty"), ("a,b\n1,2\n", "商品名称"), ("name\nA\n", "售价")] {
        let refused = csv(&shop, "", text).await;
        assert_eq!((refused.status, refused.code()), (422, "invalid"), "{}", refused.text);
        assert!(refused.text.contains(part), "{}", refused.text);
    }
    let many = format!("name,price\n{}", "A,1\n".repeat(5_001));
    assert_eq!(csv(&shop, "", &many).await.code(), "invalid");
    let template = shop.get("/v1/product-files/template").await;
    assert_eq!((template.status, &template.content_type[..8]), (200, "text/csv"));
    let filled = csv(&shop, "", &template.text).await;
    assert_eq!(
        (names(&filled.json), &filled.json["errors"]),
        (vec!["星河视频会员"], &json!([])),
        "{}",
        filled.text
    );
    let english = shop.get("/v1/product-files/template?lang=en").await;
    assert_eq!(names(&csv(&shop, "", &english.text).await.json), ["Galaxy Video"]);
    app.stop().await;
    db.assert_sound().await;
}

async fn a_workbook_is_read_and_hostile_files_are_refused(kind: Kind) {
    const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, head) in ["商品名称", "规格名称", "售价", "上架"].into_iter().enumerate()
    {
        sheet.write_string(0, column as u16, head).expect("a head");
    }
    sheet.write_string(1, 0, "星河视频").expect("a name");
    sheet.write_string(1, 1, "月卡").expect("a name");
    sheet.write_number(1, 2, 19.9).expect("a price");
    sheet.write_string(1, 3, "否").expect("a flag");
    sheet.write_string(2, 0, "算出来的").expect("a name");
    sheet.write_formula(2, 2, "=1+1").expect("a formula");
    let file = book.save_to_buffer().expect("a workbook");
    let told = send(&shop, "?apply=true&skip_errors=true", XLSX, file).await;
    assert_eq!((told.status, names(&told.json)), (200, vec!["星河视频"]), "{}", told.text);
    assert_eq!(told.json["errors"][0]["row"], 3, "{}", told.text);
    let id = told.json["products"][0]["id"].as_str().expect("an id");
    let product = shop.get(&format!("/v1/products/{id}")).await.json;
    assert_eq!(
        (&product["skus"][0]["price"]["amount"], &product["skus"][0]["on_shelf"]),
        (&json!(1_990), &json!(false))
    );

    let before = db.rows().await;
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    let torn = b"PK\x03\x04torn".to_vec();
    for file in [png, torn] {
        let refused = send(&shop, "?apply=true", XLSX, file).await;
        assert_eq!((refused.status, refused.code()), (422, "invalid"), "{}", refused.text);
    }
    let large = send(&shop, "", "text/csv", vec![b'a'; 9 << 20]).await;
    assert_eq!((large.status, large.code()), (413, "too_large"));
    assert!(before == db.rows().await, "refused files change nothing");
    app.stop().await;
}
