//! What a product shows and asks on the pages: picture, shelf, guide, both languages, fields, consent.

use super::{AGREED, Stall};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::browser::{Browser, Screen};
use testkit::{Kind, on_both};

on_both!(
    a_product_is_shown_as_it_is_told,
    what_is_asked_is_read_and_kept,
    what_was_typed_comes_back_with_what_is_wrong,
    other_answers_are_another_order,
    the_guide_is_for_those_who_paid,
);

const PHONE: &str = "13800138000";

/// What the cake shop tells of its product and asks for it.
fn told() -> Value {
    json!({
        "name": "蛋糕券", "picture": "cake", "category": "吃喝",
        "guide": ["提前一天预约", "到店报手机号"],
        "input": [
            { "code": "phone", "name": "取货手机号", "kind": "phone", "en": { "name": "Your phone" } },
            { "code": "wish", "name": "祝福语", "kind": "text", "required": false }
        ],
        "en": { "name": "Cake voucher", "category": "Food", "guide": ["Order a day ahead"] }
    })
}

async fn stall(kind: Kind) -> Stall {
    let stall = Stall::new(kind, 3).await;
    stall.edit(&told()).await;
    stall
}

impl Stall {
    pub(super) async fn edit(&self, change: &Value) {
        let sku = self.shop.get(&format!("/v1/skus/{}", self.sku)).await;
        let path = format!("/v1/products/{}", sku.json["product"].as_str().expect("a product"));
        let edited = self.shop.send(self.shop.request(Method::PATCH, &path).json(change)).await;
        assert_eq!(edited.status, 200, "{}", edited.text);
    }

    /// Sends the checkout's form with answers.
    pub(super) async fn answer(
        &self,
        browser: &Browser,
        page: &Screen,
        answers: &[(&str, &str)],
    ) -> Screen {
        let form = [&[("quantity", "1"), ("consent", AGREED)], answers].concat();
        browser.submit(page, &format!("{}/checkout", self.home), &form).await
    }

    async fn order_of(&self) -> Value {
        let listed = self.shop.get("/v1/orders").await;
        assert!(!listed.text.contains("****"), "lists show no answers: {}", listed.text);
        let id = listed.json["data"][0]["id"].as_str().expect("an order").to_owned();
        self.shop.get(&format!("/v1/orders/{id}")).await.json
    }
}

async fn a_product_is_shown_as_it_is_told(kind: Kind) {
    let stall = stall(kind).await;
    let plain = stall.shop.sku(500, json!({ "en": { "name": "One" } })).await;
    stall.shop.stock(&plain, "P", 1).await;
    let browser = stall.browser();
    let front = browser.get(&format!("{}?lang=zh-CN", stall.home)).await.html;
    for shown in ["<h2>吃喝</h2>", "/pictures/cake.", "蛋糕券", "/pictures/goods."] {
        assert!(front.contains(shown), "{shown}: {front}");
    }
    let shelves = front.find("<h2>吃喝</h2>").zip(front.find("星河视频会员"));
    assert!(shelves.is_some_and(|(named, rest)| named < rest), "{front}");
    let front = browser.get(&format!("{}?lang=en", stall.home)).await.html;
    for shown in ["<h2>Food</h2>", "Cake voucher", "星河视频会员"] {
        assert!(front.contains(shown), "{shown}: {front}");
    }
    assert!(!front.contains("蛋糕券"), "{front}");
    let checkout = browser.get(&format!("{}/checkout?sku={plain}", stall.home)).await.html;
    assert!(checkout.contains(">One<") && !checkout.contains("input-"), "{checkout}");

    let wrong = [
        json!({ "picture": "logo-shop" }),
        json!({ "picture": "https://example.com/a.png" }),
        json!({ "input": [{ "code": "Phone", "name": "x", "kind": "phone" }] }),
        json!({ "input": [{ "code": "a", "name": "x", "kind": "regex" }] }),
        json!({ "guide": [""] }),
        json!({ "category": "" }),
    ];
    for change in wrong {
        let field = change.as_object().and_then(|change| change.keys().next()).expect("a field");
        let sku = stall.shop.get(&format!("/v1/skus/{plain}")).await;
        let path = format!("/v1/products/{}", sku.json["product"].as_str().expect("a product"));
        let request = stall.shop.request(Method::PATCH, &path).json(&change);
        let refused = stall.shop.send(request).await;
        assert_eq!((refused.status, refused.code()), (422, "invalid"), "{}", refused.text);
        let named = refused.json["errors"][0]["field"].as_str().unwrap_or_default();
        assert!(named.starts_with(field), "{}", refused.text);
    }
    let gone = json!({ "picture": null, "category": null, "en": null, "input": [], "guide": [] });
    stall.edit(&gone).await;
    let front = browser.get(&stall.home).await.html;
    assert!(!front.contains("/pictures/cake.") && front.contains("蛋糕券"), "{front}");
    stall.app.stop().await;
    stall.db.assert_sound().await;
}

async fn what_is_asked_is_read_and_kept(kind: Kind) {
    let stall = stall(kind).await;
    let browser = stall.browser();
    let page = stall.checkout(&browser).await;
    assert!(page.html.contains("name=\"input-phone\""), "{}", page.html);
    assert!(page.html.contains("取货手机号"), "{}", page.html);
    let answers = [("input-phone", "138-0013-8000"), ("input-wish", "生日快乐呀小明")];
    let placed = stall.answer(&browser, &page, &answers).await;
    assert_eq!(placed.status, 303, "{}", placed.html);
    let order = placed.location;
    let unpaid = browser.get(&order).await;
    assert!(!unpaid.html.contains("****"), "{}", unpaid.html);
    let cashier = stall.cashier(&browser, &order).await;
    browser.post(&cashier, &[("action", "pay")]).await;

    let paid = browser.get(&format!("{order}?lang=zh-CN")).await;
    let revealed = browser.post(&format!("{order}/reveal"), &[]).await;
    for page in [&paid, &revealed] {
        for shown in ["取货手机号", "138****8000", "生日****小明", "你在 ", "同意了", AGREED]
        {
            assert!(page.html.contains(shown), "{shown}: {}", page.html);
        }
        assert!(!page.html.contains(PHONE), "{}", page.html);
    }
    let english = browser.get(&format!("{order}?lang=en")).await;
    for shown in ["Your phone", "Cake voucher", "You agreed on "] {
        assert!(english.html.contains(shown), "{shown}: {}", english.html);
    }
    let seen = stall.order_of().await;
    assert_eq!(seen["input"], json!({ "phone": "138****8000", "wish": "生日****小明" }), "{seen}");
    assert_eq!(seen["consent"]["version"], AGREED, "{seen}");
    assert_eq!(seen["consent"]["at"], seen["created_at"], "{seen}");
    let journal = stall.shop.get("/v1/journal?limit=200").await.text;
    assert!(journal.contains(AGREED) && !journal.contains(PHONE), "{journal}");
    let kept = "SELECT COUNT(*) FROM order_inputs";
    assert_eq!(stall.db.number(kept).await, 1);
    stall.app.stop().await;
    stall.db.assert_sound().await;
}

async fn what_was_typed_comes_back_with_what_is_wrong(kind: Kind) {
    let stall = stall(kind).await;
    let browser = stall.browser();
    browser.get(&format!("{}?lang=zh-CN", stall.home)).await;
    let page = stall.checkout(&browser).await;
    let missing = "这一项要填写";
    let unfit = "手机号是 11 位数字";
    for (answers, error) in [
        (&[("input-wish", "好好过")][..], missing),
        (&[("input-wish", "好好过"), ("input-phone", "")], missing),
        (&[("input-wish", "好好过"), ("input-phone", "1380013")], unfit),
        (&[("input-wish", "好好过"), ("input-phone", "x<script>")], unfit),
    ] {
        let again = stall.answer(&browser, &page, answers).await;
        assert_eq!(again.status, 422, "{}", again.html);
        assert!(again.html.contains(error), "{error}: {}", again.html);
        assert!(again.html.contains("value=\"好好过\""), "{}", again.html);
        assert!(again.html.contains("required checked"), "the consent stays: {}", again.html);
        assert!(!again.html.contains("x<script>"), "{}", again.html);
        assert_ne!(again.hidden("once"), page.hidden("once"));
    }
    let form = [("quantity", "1"), ("input-phone", "1380")];
    let both = browser.submit(&page, &format!("{}/checkout", stall.home), &form).await;
    assert_eq!(both.status, 422, "{}", both.html);
    assert!(both.html.contains(unfit) && both.html.contains("请先勾选同意"), "{}", both.html);
    assert!(both.html.contains("value=\"1380\""), "{}", both.html);
    let long = "长".repeat(201);
    let wordy = [("input-phone", PHONE), ("input-wish", &long)];
    let refused = stall.answer(&browser, &page, &wordy).await;
    assert!(refused.status == 422 && refused.html.contains("最多 200 个字"), "{}", refused.html);
    assert_eq!((stall.free().await, stall.orders().await), (3, 0));

    let wanted = [("input-phone", PHONE), ("input-of_before", "x"), ("utm", "y")];
    let placed = stall.answer(&browser, &page, &wanted).await;
    assert_eq!(placed.status, 303, "a field that is gone is passed over: {}", placed.html);
    stall.app.stop().await;
    stall.db.assert_sound().await;
}

async fn other_answers_are_another_order(kind: Kind) {
    let stall = stall(kind).await;
    let browser = stall.browser();
    let page = stall.checkout(&browser).await;
    let first = stall.answer(&browser, &page, &[("input-phone", PHONE)]).await;
    let second = stall.answer(&browser, &page, &[("input-phone", PHONE)]).await;
    assert_eq!((first.status, &first.location), (second.status, &second.location));
    let other = stall.answer(&browser, &page, &[("input-phone", "13900139000")]).await;
    assert_eq!(other.status, 422, "{}", other.html);
    assert_eq!((stall.free().await, stall.orders().await), (2, 1));
    stall.app.stop().await;
}

async fn the_guide_is_for_those_who_paid(kind: Kind) {
    let stall = stall(kind).await;
    let browser = stall.browser();
    let step = "到店报手机号";
    let front = browser.get(&stall.home).await.html;
    let product = front.split_once("/p/").and_then(|(_, rest)| rest.split_once('"'));
    let product = product.expect("a product").0;
    let page = browser.get(&format!("{}/p/{product}", stall.home)).await;
    let checkout = stall.checkout(&browser).await;
    let placed = stall.answer(&browser, &checkout, &[("input-phone", PHONE)]).await.location;
    let unpaid = browser.get(&placed).await;
    for page in [page, checkout, unpaid] {
        assert!(page.status == 200 && !page.html.contains(step), "{}", page.html);
    }
    let cashier = stall.cashier(&browser, &placed).await;
    browser.post(&cashier, &[("action", "pay")]).await;
    let paid = browser.get(&placed).await;
    assert!(paid.html.contains(step), "{}", paid.html);
    // What was sold is what is told: the guide of the version that was bought.
    stall.edit(&json!({ "guide": ["换了"] })).await;
    assert!(browser.get(&placed).await.html.contains(step));
    let english = browser.get(&format!("{placed}?lang=en")).await;
    assert!(english.html.contains("Order a day ahead"), "{}", english.html);
    stall.app.stop().await;
}
