//! A buyer without an account, on the pages: he buys, looks, gives back; and nobody else can.

mod asked;
mod damaged;
mod forms;
mod held;
mod links;
mod lookup;
mod shelves;

use engine::{Clock, Settings};
use reqwest::Method;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use testkit::app::Options;
use testkit::browser::{Browser, Screen};
use testkit::{App, Caller, Db, Kind, on_both};

on_both!(
    a_guest_buys_and_sees_his_code,
    a_preview_of_a_link_reveals_nothing,
    an_unseen_code_is_refunded_and_a_seen_one_is_not,
    the_time_of_the_first_look_stays,
    a_refused_payment_can_be_tried_again,
    a_payment_is_tried_so_often_and_then_no_more,
    the_last_one_is_sold_once,
    an_unpaid_order_expires,
    a_form_sent_twice_is_one_order,
    wrong_addresses_look_alike,
    forms_of_other_sites_are_refused,
    hostile_inputs_change_nothing,
    orders_are_remembered_for_their_own_browser,
    pages_speak_both_languages_and_carry_their_headers,
);

pub const AGREED: &str = "2026-11";

/// A merchant with a SKU and so many codes.
struct Stall {
    app: App,
    shop: Caller,
    sku: String,
    home: String,
    /// Removed last.
    db: Db,
}

impl Stall {
    async fn new(kind: Kind, codes: usize) -> Self {
        Self::with(kind, codes, Options::default()).await
    }

    async fn with(kind: Kind, codes: usize, options: Options) -> Self {
        let db = Db::new(kind);
        let app = App::start_with(db.url(), options).await;
        let shop = app.merchant("星河").await;
        let sku = shop.sku(1990, json!({ "returned_codes": "restock" })).await;
        shop.stock(&sku, "K", codes).await;
        let home = edge::link::shop_path(shop.tenant);
        Self { app, shop, sku, home, db }
    }

    fn browser(&self) -> Browser {
        Browser::new(self.app.url())
    }

    async fn checkout(&self, browser: &Browser) -> Screen {
        browser.get(&format!("{}/checkout?sku={}&quantity=1", self.home, self.sku)).await
    }

    /// Sends the checkout's form.
    async fn send(&self, browser: &Browser, page: &Screen, quantity: &str) -> Screen {
        let typed = [("quantity", quantity), ("consent", AGREED)];
        browser.submit(page, &format!("{}/checkout", self.home), &typed).await
    }

    /// Places an order; gives its page's path.
    async fn order(&self, browser: &Browser) -> String {
        let page = self.checkout(browser).await;
        let placed = self.send(browser, &page, "1").await;
        assert_eq!(placed.status, 303, "{}", placed.html);
        assert!(placed.location.starts_with("/o/"), "{}", placed.location);
        placed.location
    }

    /// Begins to pay through the test channel; gives the cashier's path.
    async fn cashier(&self, browser: &Browser, order: &str) -> String {
        let begun = browser.post(&format!("{order}/pay"), &[("method", "test")]).await;
        assert_eq!(begun.status, 303, "{}", begun.html);
        begun.location
    }

    /// Orders and pays.
    async fn buy(&self, browser: &Browser) -> String {
        let order = self.order(browser).await;
        let cashier = self.cashier(browser, &order).await;
        let paid = browser.post(&cashier, &[("action", "pay")]).await;
        assert_eq!(paid.status, 303, "{}", paid.html);
        order
    }

    async fn free(&self) -> i64 {
        let sku = self.shop.get(&format!("/v1/skus/{}", self.sku)).await;
        sku.json["stock"].as_i64().expect("stock")
    }

    async fn orders(&self) -> usize {
        let orders = self.shop.get("/v1/orders").await;
        orders.json["data"].as_array().expect("orders").len()
    }
}

async fn a_guest_buys_and_sees_his_code(kind: Kind) {
    let stall = Stall::new(kind, 3).await;
    let browser = stall.browser();
    let front = browser.get(&stall.home).await;
    assert_eq!(front.status, 200, "{}", front.html);
    let product = front.html.split_once("/p/").expect("a product").1;
    let product = product.split_once('"').expect("an end").0;
    let page = browser.get(&format!("{}/p/{product}", stall.home)).await;
    assert!(page.html.contains(&stall.sku), "{}", page.html);

    let order = stall.order(&browser).await;
    let choice = browser.get(&order).await;
    assert!(choice.html.contains("value=\"test\""), "{}", choice.html);
    let cashier = stall.cashier(&browser, &order).await;
    assert!(browser.get(&cashier).await.html.contains("name=\"action\" value=\"pay\""));
    let waits = browser.get(&format!("{order}?from=cashier")).await;
    assert!(waits.html.contains(&format!("{order}/state")), "{}", waits.html);
    assert_eq!(browser.get(&format!("{order}/state")).await.html, "waiting");

    let paid = browser.post(&cashier, &[("action", "pay")]).await;
    assert_eq!(paid.location, format!("{cashier}?done=pay"));
    let done = browser.get(&paid.location).await;
    assert!(done.html.contains(&format!("{order}?from=cashier")), "{}", done.html);
    assert_eq!(browser.get(&format!("{order}/state")).await.html, "changed");

    let revealed = browser.post(&format!("{order}/reveal"), &[]).await;
    assert_eq!(revealed.status, 200, "{}", revealed.html);
    assert!(revealed.html.contains("data-copy=\"pw-K-"), "{}", revealed.html);
    assert!(revealed.html.contains("K0000"), "{}", revealed.html);
    assert_eq!(revealed.header("cache-control"), "no-store");
    let journal = stall.shop.get("/v1/journal?limit=200").await;
    let facts = journal.json["data"].as_array().expect("facts");
    let seen: Vec<_> =
        facts.iter().filter(|fact| fact["data"]["kind"] == "codes.revealed").collect();
    assert_eq!(seen.len(), 1, "{}", journal.text);
    assert!(seen[0]["data"]["address"].is_string() && seen[0]["data"]["device"].is_string());
    assert_eq!(stall.free().await, 2);
    stall.app.stop().await;
}

async fn a_preview_of_a_link_reveals_nothing(kind: Kind) {
    let stall = Stall::new(kind, 1).await;
    let order = stall.buy(&stall.browser()).await;
    for path in [order.clone(), format!("{order}?lang=en"), format!("{order}/refunds")] {
        let preview = stall.browser().get(&path).await;
        assert_eq!(preview.status, 200, "{path}");
        assert!(!preview.html.contains("pw-K"), "{}", preview.html);
        assert!(preview.html.contains("noindex"), "{}", preview.html);
    }
    assert_eq!(stall.browser().get(&format!("{order}/reveal")).await.status, 405);
    let refund = stall.browser().post(&format!("{order}/refunds"), &[("reason", "mistake")]).await;
    assert_eq!(refund.status, 303, "what was only previewed is unseen: {}", refund.html);
    stall.app.stop().await;
}

async fn an_unseen_code_is_refunded_and_a_seen_one_is_not(kind: Kind) {
    let stall = Stall::new(kind, 1).await;
    let browser = stall.browser();
    let order = stall.buy(&browser).await;
    assert_eq!(stall.free().await, 0);
    let ask = browser.get(&format!("{order}/refunds")).await;
    assert!(ask.html.contains("name=\"reason\""), "{}", ask.html);
    let asked = browser.post(&format!("{order}/refunds"), &[("reason", "mistake")]).await;
    assert_eq!((asked.status, asked.location.as_str()), (303, &*format!("{order}/refunds")));
    assert_eq!(stall.free().await, 1);
    let shown = browser.get(&asked.location).await;
    assert!(!shown.html.contains("name=\"reason\""), "{}", shown.html);
    let late = browser.post(&format!("{order}/reveal"), &[]).await;
    assert_eq!((late.status, late.html.contains("pw-K")), (303, false), "{}", late.html);

    let order = stall.buy(&browser).await;
    let offered = |html: &str| html.contains(&format!("href=\"{order}/refunds\""));
    assert!(offered(&browser.get(&order).await.html));
    let seen = browser.post(&format!("{order}/reveal?lang=en"), &[]).await;
    assert!(seen.html.contains("pw-K") && !offered(&seen.html), "{}", seen.html);
    let again = browser.get(&order).await;
    assert!(again.html.contains("has been viewed") && !offered(&again.html), "{}", again.html);
    let ask = browser.get(&format!("{order}/refunds")).await;
    assert!(!ask.html.contains("name=\"reason\""), "{}", ask.html);
    let asked = browser.post(&format!("{order}/refunds"), &[("reason", "mistake")]).await;
    assert_eq!(asked.status, 409, "{}", asked.html);
    assert_eq!(stall.free().await, 0);
    stall.app.stop().await;
}

async fn the_time_of_the_first_look_stays(kind: Kind) {
    let clock = Arc::new(AtomicI64::new(kernel::Timestamp::now().0));
    let engine = Settings { clock: Clock::Manual(Arc::clone(&clock)), ..Settings::default() };
    let stall = Stall::with(kind, 1, Options { engine, ..Options::default() }).await;
    let browser = stall.browser();
    let order = stall.buy(&browser).await;
    let look = async || {
        let seen = browser.post(&format!("{order}/reveal?lang=en"), &[]).await.html;
        let viewed = seen.split_once("<dt>Viewed</dt><dd>").and_then(|(_, at)| at.split_once('<'));
        viewed.map(|(at, _)| at.to_owned()).expect("when it was viewed")
    };
    let first = look().await;
    clock.fetch_add(3_600_000_000, Ordering::SeqCst);
    assert_eq!(look().await, first);
    stall.app.stop().await;
}

async fn a_refused_payment_can_be_tried_again(kind: Kind) {
    let stall = Stall::new(kind, 1).await;
    let browser = stall.browser();
    let order = stall.order(&browser).await;
    let cashier = stall.cashier(&browser, &order).await;
    // The channel knows the payment at the first press, and reads it at the second.
    for _ in 0..2 {
        assert_eq!(browser.post(&cashier, &[("action", "fail")]).await.status, 303);
    }
    let refused = browser.get(&format!("{order}?from=cashier")).await;
    assert!(refused.html.contains(&format!("{order}?from=refused")), "{}", refused.html);
    let again = browser.get(&format!("{order}?from=refused")).await;
    assert!(again.html.contains("value=\"test\""), "{}", again.html);
    let cashier = stall.cashier(&browser, &order).await;
    browser.post(&cashier, &[("action", "pay")]).await;
    assert!(browser.get(&order).await.html.contains(&format!("{order}/reveal")));
    stall.app.stop().await;
}

async fn a_payment_is_tried_so_often_and_then_no_more(kind: Kind) {
    let stall = Stall::new(kind, 1).await;
    let browser = stall.browser();
    let order = stall.order(&browser).await;
    for _ in 0..kernel::limits::ORDER_PAYMENTS_MAX {
        stall.cashier(&browser, &order).await;
    }
    let refused = browser.post(&format!("{order}/pay?lang=en"), &[("method", "test")]).await;
    assert_eq!(refused.status, 409, "{}", refused.html);
    assert!(refused.html.contains("tried too many times"), "{}", refused.html);
    stall.app.stop().await;
}

async fn the_last_one_is_sold_once(kind: Kind) {
    let stall = Stall::new(kind, 1).await;
    let (first, second) = (stall.browser(), stall.browser());
    let page = stall.checkout(&second).await;
    let order = stall.order(&first).await;
    let gone = stall.send(&second, &page, "1").await;
    assert_eq!(gone.status, 409, "{}", gone.html);
    assert!(!gone.html.contains("name=\"once\""), "{}", gone.html);
    let shown = stall.checkout(&second).await;
    assert_eq!((shown.status, shown.html.contains("name=\"once\"")), (200, false));

    let cancelled = first.post(&format!("{order}/cancel"), &[]).await;
    assert_eq!((cancelled.status, cancelled.location.as_str()), (303, &*order));
    assert!(!first.get(&order).await.html.contains("name=\"method\""));
    stall.order(&second).await;
    stall.app.stop().await;
}

async fn an_unpaid_order_expires(kind: Kind) {
    let options = Options { hold_seconds: Some(1), ..Options::default() };
    let stall = Stall::with(kind, 1, options).await;
    let browser = stall.browser();
    let order = stall.order(&browser).await;
    let begun = std::time::Instant::now();
    while stall.free().await == 0 {
        assert!(begun.elapsed().as_secs() < 30, "the order does not expire");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let expired = browser.get(&order).await;
    assert_eq!(expired.status, 200, "{}", expired.html);
    assert!(!expired.html.contains("name=\"method\""), "{}", expired.html);
    let late = browser.post(&format!("{order}/pay"), &[("method", "test")]).await;
    assert_eq!((late.status, late.location.as_str()), (303, &*order));
    stall.app.stop().await;
}

async fn a_form_sent_twice_is_one_order(kind: Kind) {
    let stall = Stall::new(kind, 5).await;
    let browser = stall.browser();
    let page = stall.checkout(&browser).await;
    let first = stall.send(&browser, &page, "1").await;
    let second = stall.send(&browser, &page, "1").await;
    assert_eq!((first.status, &first.location), (second.status, &second.location));
    assert_eq!((stall.free().await, stall.orders().await), (4, 1));
    let other = stall.send(&browser, &page, "2").await;
    assert_eq!(other.status, 422, "{}", other.html);
    assert_eq!((stall.free().await, stall.orders().await), (4, 1));
    stall.app.stop().await;
}

async fn wrong_addresses_look_alike(kind: Kind) {
    let stall = Stall::new(kind, 1).await;
    let browser = stall.browser();
    let order = stall.order(&browser).await;
    let cashier = stall.cashier(&browser, &order).await;
    let wrong = format!("/o/{}", "7".repeat(26));
    let (address, token) = cashier.rsplit_once('/').expect("a token");
    let turned: String = token.chars().rev().collect();
    let live = stall.home.trim_end_matches("-test");
    for path in [
        wrong.clone(),
        format!("{wrong}/state"),
        format!("{wrong}/refunds"),
        "/o/x".to_owned(),
        "/o/%00%ff".to_owned(),
        format!("{address}/{turned}"),
        format!("{address}/x"),
        "/s/x".to_owned(),
        format!("/s/{}", "0".repeat(26)),
        format!("{live}/checkout?sku={}", stall.sku),
        format!("{}/p/x", stall.home),
        "/pictures/goods.00000000.svg".to_owned(),
    ] {
        let answer = browser.get(&path).await;
        assert_eq!(answer.status, 404, "{path}: {}", answer.html);
        assert!(answer.header("content-type").starts_with("text/html"), "{path}");
    }
    let guessed = browser.post(&format!("{address}/{turned}"), &[("action", "pay")]).await;
    assert_eq!(guessed.status, 404, "{}", guessed.html);
    assert!(browser.get(&order).await.html.contains("name=\"method\""), "nothing was paid");
    for path in ["pay", "cancel", "reveal", "refunds"] {
        let form = [("method", "test"), ("reason", "mistake")];
        let answer = browser.post(&format!("{wrong}/{path}"), &form).await;
        assert_eq!(answer.status, 404, "{path}: {}", answer.html);
    }
    stall.app.stop().await;
}

async fn forms_of_other_sites_are_refused(kind: Kind) {
    let stall = Stall::new(kind, 2).await;
    let browser = stall.browser();
    let order = stall.buy(&browser).await;
    let cashier = stall.cashier_of_another(&browser).await;
    for path in [
        format!("{}/checkout", stall.home),
        format!("{order}/pay"),
        format!("{order}/cancel"),
        format!("{order}/reveal"),
        format!("{order}/refunds"),
        cashier,
    ] {
        for foreign in [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site")] {
            let form = [("reason", "mistake"), ("action", "pay"), ("method", "test")];
            let answer = browser.send(Method::POST, &path, &form, &[foreign]).await;
            assert_eq!(answer.status, 403, "{path} {foreign:?}: {}", answer.html);
            assert!(!answer.html.contains("pw-K"));
            assert!(
                !answer.html.contains("有些内容没填对"),
                "it says what happened: {}",
                answer.html
            );
        }
    }
    assert!(browser.get(&order).await.html.contains(&format!("{order}/reveal")));
    stall.app.stop().await;
}

impl Stall {
    /// The cashier of one more order.
    async fn cashier_of_another(&self, browser: &Browser) -> String {
        let order = self.order(browser).await;
        self.cashier(browser, &order).await
    }
}

async fn hostile_inputs_change_nothing(kind: Kind) {
    let stall = Stall::new(kind, 3).await;
    let browser = stall.browser();
    let page = stall.checkout(&browser).await;
    let path = format!("{}/checkout", stall.home);
    let long = "x".repeat(20_000);
    let bad: [(u16, &[(&str, &str)]); 9] = [
        (422, &[]),
        (422, &[("sku", "'; DROP TABLE orders"), ("quantity", "1")]),
        (422, &[("quantity", "-1"), ("consent", AGREED)]),
        (422, &[("quantity", "99999999999"), ("consent", AGREED)]),
        (422, &[("quantity", "0"), ("consent", AGREED)]),
        (422, &[("quantity", "1"), ("once", "x"), ("consent", AGREED)]),
        (422, &[("quantity", "1")]),
        (422, &[("quantity", "1"), ("consent", "1999-01")]),
        (413, &[("quantity", "1"), ("consent", &long)]),
    ];
    for (status, form) in bad {
        let answer = browser.submit(&page, &path, form).await;
        assert_eq!(answer.status, status, "{form:?}: {}", answer.html);
    }
    let once = page.hidden("once");
    let bare = [("sku", &*stall.sku), ("quantity", "1"), ("once", &once), ("consent", AGREED)];
    assert_eq!(browser.post(&path, &bare).await.status, 403, "a form without its token");
    let many = stall.send(&browser, &page, "4").await;
    assert_eq!(many.status, 409, "{}", many.html);
    assert_eq!((stall.free().await, stall.orders().await), (3, 0));

    let marked = format!("{}?lang=%22%3E%3Cscript%3E&x=%22%3E%3Cscript%3E", stall.home);
    let answer = browser.get(&marked).await;
    assert_eq!((answer.status, answer.html.contains("\"><script>")), (200, false));
    let order = stall.order(&browser).await;
    for (path, form) in [
        (format!("{order}/pay"), [("method", "gold")]),
        (format!("{order}/refunds"), [("reason", "<script>")]),
    ] {
        assert_eq!(browser.post(&path, &form).await.status, 422, "{path}");
    }
    stall.app.stop().await;
}

async fn orders_are_remembered_for_their_own_browser(kind: Kind) {
    let stall = Stall::new(kind, 3).await;
    let (mine, other) = (stall.browser(), stall.browser());
    let list = format!("{}/orders", stall.home);
    assert!(!mine.get(&list).await.html.contains("/o/"));
    let orders = [stall.buy(&mine).await, stall.order(&mine).await];
    let page = mine.get(&list).await;
    for order in &orders {
        assert!(page.html.contains(order.as_str()), "{order}: {}", page.html);
    }
    // Somebody who takes the list without the guest, or the guest without the list, has nothing.
    let cookies = mine.cookies();
    let taken =
        cookies.split("; ").find_map(|c| c.strip_prefix("tessera_orders=")).expect("a list");
    stall.checkout(&other).await;
    other.set_cookie("tessera_orders", taken);
    assert!(!other.get(&list).await.html.contains("/o/"));
    stall.app.stop().await;
}

async fn pages_speak_both_languages_and_carry_their_headers(kind: Kind) {
    let stall = Stall::new(kind, 1).await;
    let browser = stall.browser();
    let asked = |lang: &'static str| [("accept-language", lang)];
    let chinese = browser.send(Method::GET, &stall.home, &[], &asked("zh-CN")).await;
    assert!(chinese.html.contains("<html lang=\"zh-CN\">"), "{}", chinese.html);
    let english = browser.send(Method::GET, &stall.home, &[], &asked("en-GB,zh;q=0.5")).await;
    assert!(english.html.contains("<html lang=\"en\">"), "{}", english.html);
    browser.get(&format!("{}?lang=en", stall.home)).await;
    let kept = browser.send(Method::GET, &stall.home, &[], &asked("zh-CN")).await;
    assert!(kept.html.contains("<html lang=\"en\">"), "{}", kept.html);

    let policy = kept.header("content-security-policy");
    let nonce = policy.split_once("'nonce-").and_then(|(_, rest)| rest.split_once('\''));
    let nonce = nonce.expect("a nonce").0;
    assert!(kept.html.contains(&format!("<style nonce=\"{nonce}\">")), "{policy}");
    assert_ne!(policy, english.header("content-security-policy"));
    assert_eq!(kept.header("x-content-type-options"), "nosniff");
    assert_eq!(kept.header("referrer-policy"), "no-referrer");
    assert_eq!(kept.header("cache-control"), "no-store");
    let picture = kept.html.split_once("src=\"/pictures/").and_then(|(_, p)| p.split_once('"'));
    let picture = browser.get(&format!("/pictures/{}", picture.expect("a picture").0)).await;
    assert_eq!((picture.status, picture.header("content-type")), (200, "image/svg+xml"));
    assert!(picture.header("cache-control").contains("immutable"));
    stall.app.stop().await;
}
