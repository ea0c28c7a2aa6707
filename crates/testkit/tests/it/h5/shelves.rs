//! Shops show what is on the shelf, however many products there are and were.

use super::Stall;
use serde_json::json;
use testkit::browser::Browser;
use testkit::{Kind, on_both};

on_both!(
    a_shop_of_many_products_has_pages_shelves_and_a_search,
    what_was_listed_first_is_found_behind_hundreds_that_are_gone,
    names_with_marks_that_nobody_sees_are_refused,
    products_and_skus_stand_where_they_are_put,
);

impl Stall {
    async fn product(&self, name: &str, shelf: &str, on_shelf: bool) -> serde_json::Value {
        let body = json!({
            "name": name, "category": shelf, "on_shelf": on_shelf,
            "skus": [{ "kind": "code", "name": "月卡", "price": { "amount": 100, "currency": "CNY" } }],
        });
        let made = self.shop.post("/v1/products", &body).await;
        assert_eq!(made.status, 201, "{}", made.text);
        made.json
    }
}

async fn a_shop_of_many_products_has_pages_shelves_and_a_search(kind: Kind) {
    let stall = Stall::new(kind, 1).await;
    let browser = stall.browser();
    let home = &stall.home;
    browser.get(&format!("{home}?lang=zh-CN")).await;
    assert!(!browser.get(home).await.html.contains("type=\"search\""));
    for n in 0..60 {
        let shelf = if n % 2 == 0 { "影音" } else { "学习" };
        stall.product(&format!("商品-{n:02}"), shelf, true).await;
    }
    let cards = |html: &str| html.matches("/p/prd_").count();
    let first = browser.get(home).await.html;
    assert!(first.contains("type=\"search\"") && first.contains("1 / 2"), "{first}");
    let second = browser.get(&format!("{home}?page=2")).await.html;
    assert_eq!((cards(&first), cards(&second)), (48, 13), "{second}");
    assert!(first.contains("商品-00") && second.contains("商品-59"), "{second}");
    let shelf = browser.get(&format!("{home}?shelf=%E5%AD%A6%E4%B9%A0")).await.html;
    assert_eq!(cards(&shelf), 30, "{shelf}");
    assert!(!shelf.contains("商品-00") && shelf.contains("aria-current=\"page\">学习"), "{shelf}");
    let found = browser.get(&format!("{home}?q=%E5%95%86%E5%93%81-5")).await.html;
    assert_eq!(cards(&found), 10, "{found}");
    let none = browser.get(&format!("{home}?q=%3Cscript%3E")).await.html;
    assert!(none.contains("没有找到这样的商品") && !none.contains("<script>\""), "{none}");
    assert_eq!(browser.get(&format!("{home}?page=x&q=%00")).await.status, 200);
    assert_eq!(cards(&browser.get(&format!("{home}?page=99")).await.html), 13);

    // What is taken off the shelf, or put on it, is so on the next page that is opened.
    let made = stall.product("新品", "影音", true).await;
    assert!(browser.get(&format!("{home}?q=%E6%96%B0%E5%93%81")).await.html.contains("新品"));
    let path = format!("/v1/products/{}", made["id"].as_str().expect("an id"));
    let request = stall.shop.request(reqwest::Method::PATCH, &path);
    stall.shop.send(request.json(&json!({ "on_shelf": false }))).await;
    assert_eq!(cards(&browser.get(&format!("{home}?q=%E6%96%B0%E5%93%81")).await.html), 0);
    stall.app.stop().await;
}

async fn what_was_listed_first_is_found_behind_hundreds_that_are_gone(kind: Kind) {
    let stall = Stall::new(kind, 1).await;
    for n in 0..205 {
        stall.product(&format!("旧-{n}"), "旧", false).await;
    }
    let browser = stall.browser();
    let front = browser.get(&stall.home).await.html;
    assert!(front.contains("星河视频会员"), "{front}");
    let product = front.split_once("/p/").and_then(|(_, rest)| rest.split_once('"'));
    let product = product.expect("a product").0;
    assert_eq!(browser.get(&format!("{}/p/{product}", stall.home)).await.status, 200);
    let order = stall.buy(&browser).await;
    assert!(browser.get(&order).await.html.contains("/reveal"));
    stall.app.stop().await;
}

async fn names_with_marks_that_nobody_sees_are_refused(kind: Kind) {
    let stall = Stall::new(kind, 1).await;
    for name in ["19.90\u{202e}09.91", "月\u{200b}卡", "\u{3000}", "a\u{2066}b", "a\u{200d}b"] {
        let sku = json!([{ "kind": "code", "name": "月卡", "price": { "amount": 1, "currency": "CNY" } }]);
        for body in [
            json!({ "name": name, "skus": sku }),
            json!({ "name": "x", "description": name, "skus": sku }),
            json!({ "name": "x", "category": name, "skus": sku }),
            json!({ "name": "x", "guide": [name], "skus": sku }),
            json!({ "name": "x", "en": { "name": name }, "skus": sku }),
            json!({ "name": "x", "input": [{ "code": "a", "name": name, "kind": "text" }], "skus": sku }),
            json!({ "name": "x", "skus": [{ "kind": "code", "name": name,
                "price": { "amount": 1, "currency": "CNY" } }] }),
        ] {
            let refused = stall.shop.post("/v1/products", &body).await;
            assert_eq!((refused.status, refused.code()), (422, "invalid"), "{body}");
        }
        let request = stall.shop.request(reqwest::Method::PATCH, "/v1/shop");
        let refused = stall.shop.send(request.json(&json!({ "name": { "zh": name } }))).await;
        assert_eq!(refused.status, 422, "{name:?}: {}", refused.text);
    }
    let family = "👨\u{200d}👩\u{200d}👧 ❤\u{fe0f} 家庭";
    let made = stall.product(family, "礼", true).await;
    assert_eq!(made["name"], family);

    // A buyer of such a name is not made; names are compared byte by byte.
    let order = |name: &str| json!({ "sku": stall.sku, "buyer": { "external_id": name } });
    for (n, name) in ["\u{200b}", " ", "a\u{200b}", "\u{202e}b", "a\u{0}"].into_iter().enumerate() {
        let refused = stall.shop.post_as("/v1/orders", &order(name), &format!("k{n}")).await;
        assert_eq!(
            (refused.status, refused.code()),
            (422, "invalid"),
            "{name:?}: {}",
            refused.text
        );
        assert_eq!(refused.json["errors"][0]["field"], "buyer.external_id");
    }
    let mut buyers = Vec::new();
    for (n, name) in ["a", "A", "a ", "é", "e\u{301}"].into_iter().enumerate() {
        let credit = json!({ "buyer": { "external_id": name }, "amount": { "amount": 1, "currency": "CNY" } });
        let credited = stall.shop.post_as("/v1/wallet-credits", &credit, &format!("c{n}")).await;
        assert_eq!(credited.status, 201, "{}", credited.text);
        buyers.push(credited.json["buyer"].to_string());
    }
    buyers.sort();
    buyers.dedup();
    assert_eq!(buyers.len(), 5);
    stall.app.stop().await;
}

/// Names in the order in which the shop's front and the list by position show them, which are the same.
async fn shown(stall: &Stall, browser: &Browser) -> String {
    let list = stall.shop.get("/v1/products?sort=position&limit=3").await;
    let mut names = Vec::new();
    let mut page = list.json;
    loop {
        names.extend(page["data"].as_array().expect("products").iter().map(|p| p["name"].clone()));
        let Some(next) = page["next"].as_str() else { break };
        let path = format!("/v1/products?sort=position&limit=3&after={next}");
        page = stall.shop.get(&path).await.json;
    }
    let names: String =
        names.iter().filter_map(|name| name.as_str()?.strip_prefix("商品")).collect();
    let html = browser.get(&format!("{}?q=%E5%95%86%E5%93%81", stall.home)).await.html;
    let cards = html.split("/p/prd_").skip(1).filter_map(|card| card.split_once("商品"));
    let front: String = cards.filter_map(|(_, rest)| rest.chars().next()).collect();
    assert_eq!(front, names, "{html}");
    names
}

async fn products_and_skus_stand_where_they_are_put(kind: Kind) {
    let stall = Stall::new(kind, 1).await;
    let browser = stall.browser();
    browser.get(&format!("{}?lang=zh-CN", stall.home)).await;
    let mut ids = std::collections::HashMap::new();
    for name in "ABCDE".chars() {
        let made = stall.product(&format!("商品{name}"), "影音", true).await;
        assert_eq!(made["position"], json!(null));
        ids.insert(name, made["id"].as_str().expect("an id").to_owned());
    }
    for _ in 0..30 {
        stall.product("其他", "学习", false).await;
    }
    assert_eq!(shown(&stall, &browser).await, "ABCDE");
    let change = async |path: String, body: serde_json::Value| {
        stall.shop.send(stall.shop.request(reqwest::Method::PATCH, &path).json(&body)).await
    };
    let edit = async |name: char, body| change(format!("/v1/products/{}", ids[&name]), body).await;
    for (name, body, order) in [
        ('E', json!({ "behind": ids[&'A'] }), "AEBCD"),
        ('A', json!({ "behind": ids[&'D'] }), "EBCDA"),
        ('C', json!({ "behind": null }), "CEBDA"),
        ('B', json!({ "position": 3 }), "BCEDA"),
        ('D', json!({ "position": 3 }), "BDCEA"),
        ('B', json!({ "position": null }), "DCEBA"),
    ] {
        let edited = edit(name, body.clone()).await;
        assert_eq!(edited.status, 200, "{}", edited.text);
        assert_eq!(shown(&stall, &browser).await, order, "{name} {body}");
    }
    // Two people drag at once: each product stands behind the one that it was put behind.
    let (one, two) = tokio::join!(
        edit('A', json!({ "behind": ids[&'D'] })),
        edit('E', json!({ "behind": ids[&'C'] })),
    );
    assert_eq!((one.status, two.status), (200, 200));
    let order = shown(&stall, &browser).await;
    assert!(order.contains("DA") && order.contains("CE"), "{order}");
    let both = json!({ "behind": ids[&'D'], "position": 4 });
    for body in [both, json!({ "behind": ids[&'A'] }), json!({ "behind": stall.sku })] {
        let refused = edit('A', body).await;
        assert_eq!((refused.status, &refused.json["errors"][0]["field"]), (422, &json!("behind")));
    }
    assert_eq!(shown(&stall, &browser).await, order);

    let sku = |name: &str| json!({ "kind": "code", "name": name, "price": { "amount": 1, "currency": "CNY" } });
    let body = json!({ "name": "三种", "skus": [sku("月"), sku("季"), sku("年")] });
    let made = stall.shop.post("/v1/products", &body).await.json;
    let id = |at: usize| made["skus"][at]["id"].as_str().expect("an id").to_owned();
    for (moved, behind, order) in
        [(2, json!(id(0)), "月年季"), (0, json!(id(1)), "年季月"), (1, json!(null), "季年月")]
    {
        let moved = change(format!("/v1/skus/{}", id(moved)), json!({ "behind": behind })).await;
        assert_eq!(moved.status, 200, "{}", moved.text);
        let path = format!("/v1/products/{}", made["id"].as_str().expect("an id"));
        let product = stall.shop.get(&path).await.json;
        let skus = product["skus"].as_array().expect("SKUs").iter();
        let names: String = skus.filter_map(|sku| sku["name"].as_str()).collect();
        assert_eq!(names, order);
    }
    for wrong in [id(0), stall.sku.clone()] {
        let refused = change(format!("/v1/skus/{}", id(0)), json!({ "behind": wrong })).await;
        assert_eq!((refused.status, &refused.json["errors"][0]["field"]), (422, &json!("behind")));
    }
    stall.app.stop().await;
    stall.db.assert_sound().await;
}
