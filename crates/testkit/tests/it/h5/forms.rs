//! Forms work in every browser, and no other site sends one: a token stands in for what old browsers do not say.

use super::{AGREED, Stall};
use reqwest::Method;
use serde_json::json;
use testkit::{Kind, on_both};

on_both!(
    a_form_is_taken_whatever_the_browser_says_of_its_origin,
    a_checkout_is_of_its_own_browser_and_shop,
    a_price_that_moved_is_shown_before_it_is_agreed_to,
    front_door_and_unknown_paths_answer_whom_they_are_asked_by,
);

async fn a_form_is_taken_whatever_the_browser_says_of_its_origin(kind: Kind) {
    let stall = Stall::new(kind, 20).await;
    let path = format!("{}/checkout", stall.home);
    for said in [
        &[][..],
        &[("origin", "null")],
        &[("origin", "http://192.168.1.7:8080"), ("host", "shop.lan:8080")],
        &[("sec-fetch-site", "same-origin"), ("origin", "http://127.0.0.1")],
        &[("sec-fetch-site", "none")],
    ] {
        let browser = stall.browser();
        let page = stall.checkout(&browser).await;
        let hidden = page.all_hidden();
        let mut form: Vec<(&str, &str)> =
            hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        form.extend([("quantity", "1"), ("consent", AGREED)]);
        let placed = browser.send(Method::POST, &path, &form, said).await;
        assert_eq!(placed.status, 303, "{said:?}: {}", placed.html);
        let order = placed.location;
        let pay = [("method", "test")];
        let begun = browser.send(Method::POST, &format!("{order}/pay"), &pay, said).await;
        assert_eq!(begun.status, 303, "{said:?}: {}", begun.html);
        let paid = browser.send(Method::POST, &begun.location, &[("action", "pay")], said).await;
        assert_eq!(paid.status, 303, "{said:?}: {}", paid.html);
        let shown = browser.send(Method::POST, &format!("{order}/reveal"), &[], said).await;
        assert!(shown.status == 200 && shown.html.contains("pw-K"), "{said:?}: {}", shown.html);
    }
    stall.app.stop().await;
}

async fn a_checkout_is_of_its_own_browser_and_shop(kind: Kind) {
    let stall = Stall::new(kind, 3).await;
    let (mine, other, fresh) = (stall.browser(), stall.browser(), stall.browser());
    let page = stall.checkout(&mine).await;
    stall.checkout(&other).await;
    for stranger in [&other, &fresh] {
        let refused = stall.send(stranger, &page, "1").await;
        assert_eq!(refused.status, 403, "{}", refused.html);
        assert!(refused.html.contains("Cookie"), "it says what to do: {}", refused.html);
        assert!(refused.html.contains("没有新的扣款"), "{}", refused.html);
    }
    let neighbour = stall.app.merchant("北辰").await;
    let sku = neighbour.sku(100, json!({})).await;
    neighbour.stock(&sku, "N", 1).await;
    let there = format!("{}/checkout", edge::link::shop_path(neighbour.tenant));
    let carried = [("sku", &*sku), ("quantity", "1"), ("consent", AGREED), ("price", "100")];
    assert_eq!(mine.submit(&page, &there, &carried).await.status, 403);
    assert_eq!(stall.orders().await, 0);
    assert_eq!(stall.send(&mine, &page, "1").await.status, 303);
    stall.app.stop().await;
}

async fn a_price_that_moved_is_shown_before_it_is_agreed_to(kind: Kind) {
    let stall = Stall::new(kind, 3).await;
    let browser = stall.browser();
    browser.get(&format!("{}?lang=zh-CN", stall.home)).await;
    for (amount, shown) in [(2990, "¥29.90"), (990, "¥9.90")] {
        let page = stall.checkout(&browser).await;
        let change = json!({ "price": { "amount": amount, "currency": "CNY" } });
        let request = stall.shop.request(Method::PATCH, &format!("/v1/skus/{}", stall.sku));
        assert_eq!(stall.shop.send(request.json(&change)).await.status, 200);
        let again = stall.send(&browser, &page, "1").await;
        assert_eq!(again.status, 200, "{}", again.html);
        assert!(again.html.contains("价格刚刚变了"), "{}", again.html);
        assert!(again.html.contains(shown), "{}", again.html);
        assert_eq!(again.hidden("price"), amount.to_string());
        let moved = [("quantity", "1")];
        let unticked = browser.submit(&page, &format!("{}/checkout", stall.home), &moved).await;
        assert!(unticked.html.contains("价格刚刚变了"), "{}", unticked.html);
        let placed = stall.send(&browser, &again, "1").await;
        assert_eq!(placed.status, 303, "{}", placed.html);
    }
    let orders = stall.shop.get("/v1/orders").await;
    let totals = |n: usize| orders.json["data"][n]["total"]["amount"].as_i64();
    assert_eq!((totals(0), totals(1), stall.orders().await), (Some(990), Some(2990), 2));
    stall.app.stop().await;
}

async fn front_door_and_unknown_paths_answer_whom_they_are_asked_by(kind: Kind) {
    let stall = Stall::new(kind, 1).await;
    let browser = stall.browser();
    let page = [("accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8")];
    let door = browser.send(Method::GET, "/", &[], &page).await;
    assert_eq!((door.status, door.header("content-type")), (200, "text/html; charset=utf-8"));
    assert!(door.html.contains("href=\"/docs\""), "{}", door.html);
    assert!(!door.html.contains(&stall.home), "whoever has no link finds no shop: {}", door.html);
    let program = browser.send(Method::GET, "/", &[], &[("accept", "*/*")]).await;
    assert_eq!((program.status, program.header("content-type")), (200, "application/json"));
    let said: serde_json::Value = serde_json::from_str(&program.html).expect("JSON");
    assert_eq!(said["reference"], "/docs");

    let lost = browser.send(Method::GET, "/nowhere", &[], &page).await;
    assert_eq!(lost.status, 404, "{}", lost.html);
    assert!(lost.header("content-type").starts_with("text/html"), "{}", lost.html);
    assert!(!lost.header("content-security-policy").is_empty());
    for (path, headers) in [("/nowhere", &[("accept", "*/*")]), ("/v1/nowhere", &page)] {
        let answer = browser.send(Method::GET, path, &[], headers).await;
        let kind = (answer.status, answer.header("content-type"));
        assert_eq!(kind, (404, "application/problem+json"), "{path}");
    }
    let policy = door.header("content-security-policy");
    assert!(policy.contains("form-action 'self'"), "{policy}");
    stall.app.stop().await;
}
