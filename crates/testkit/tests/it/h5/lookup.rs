//! An order is found again by its number and its secret: both together, in its own shop, however they are typed.

use super::Stall;
use engine::{Clock, Settings};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use testkit::app::Options;
use testkit::browser::{Browser, Screen};
use testkit::{Kind, on_both};

on_both!(
    number_and_secret_open_an_order_in_another_browser,
    dirt_in_what_was_typed_is_read_over,
    whatever_is_wrong_is_answered_alike,
    an_order_of_another_shop_is_not_found,
    guesses_wait_and_the_buyer_comes_in_within_a_minute,
    a_form_without_its_token_is_refused,
    an_order_without_a_page_is_not_found,
);

impl Stall {
    fn lookup(&self) -> String {
        format!("{}/lookup", self.home)
    }

    /// Types a number and a secret on the page that finds orders.
    async fn find(&self, browser: &Browser, number: &str, secret: &str) -> Screen {
        let path = self.lookup();
        let page = browser.get(&path).await;
        assert_eq!(page.status, 200, "{}", page.html);
        browser.submit(&page, &path, &[("number", number), ("secret", secret)]).await
    }
}

/// Number and secret, as an order's page shows them.
pub fn shown(html: &str) -> (String, String) {
    let mut told = html.split("<dd class=\"nowrap\"").skip(1).map(|rest| {
        let text = rest.split_once('>').and_then(|(_, rest)| rest.split_once('<'));
        text.expect("a value").0.to_owned()
    });
    let (number, secret) = (told.next().expect("a number"), told.next().expect("a secret"));
    assert_eq!((number.len(), secret.len()), (14, 9), "{number} {secret}");
    (number, secret)
}

/// The same with another character at a place.
fn bent(text: &str, at: usize) -> String {
    let other = if &text[at..=at] == "7" { "8" } else { "7" };
    format!("{}{other}{}", &text[..at], &text[at + 1..])
}

async fn number_and_secret_open_an_order_in_another_browser(kind: Kind) {
    let stall = Stall::new(kind, 3).await;
    let (old, phone) = (stall.browser(), stall.browser());
    let (unpaid, paid) = (stall.order(&old).await, stall.buy(&old).await);
    for order in [&unpaid, &paid] {
        let (number, secret) = shown(&old.get(order).await.html);
        let found = stall.find(&phone, &number, &secret).await;
        assert_eq!((found.status, &found.location), (303, order), "{}", found.html);
        assert_eq!(phone.get(&found.location).await.status, 200);
    }
    // It is remembered as one that was placed here, also beside one that really was.
    let own = stall.order(&phone).await;
    let list = phone.get(&format!("{}/orders", stall.home)).await.html;
    for order in [&unpaid, &paid, &own] {
        assert!(list.contains(order.as_str()), "{order}: {list}");
    }
    let codes = format!("{paid}\"><span class=\"tight\"><b>");
    assert!(list.contains(&codes) && list.contains("卡密 1 件"), "{list}");
    assert!(!list.contains("pw-K") && !list.contains("K0000"), "{list}");
    for page in [stall.home.clone(), format!("{}/orders", stall.home)] {
        assert!(stall.browser().get(&page).await.html.contains(&stall.lookup()), "{page}");
    }
    stall.app.stop().await;
}

async fn dirt_in_what_was_typed_is_read_over(kind: Kind) {
    let stall = Stall::new(kind, 1).await;
    let (old, phone) = (stall.browser(), stall.browser());
    let order = stall.order(&old).await;
    let (number, secret) = shown(&old.get(&order).await.html);
    let wide = |text: &str| -> String {
        let wide = |c: char| char::from_u32(u32::from(c) + 0xfee0).expect("a wide character");
        text.chars().map(wide).collect()
    };
    let ways: [&dyn Fn(&str) -> String; 7] = [
        &|text| text.to_lowercase(),
        &|text| text.replace('-', ""),
        &|text| format!("  {} ", text.replace('-', "  ")),
        &|text| text.replace('-', "—"),
        &|text| text.replace('0', "O").replace('1', "l"),
        &wide,
        &|text| format!("\u{3000}{}\u{200b}", wide(&text.to_lowercase())),
    ];
    for way in ways {
        let (number, secret) = (way(&number), way(&secret));
        let found = stall.find(&phone, &number, &secret).await;
        assert_eq!((found.status, &found.location), (303, &order), "{number:?} {secret:?}");
    }
    stall.app.stop().await;
}

async fn whatever_is_wrong_is_answered_alike(kind: Kind) {
    let stall = Stall::new(kind, 2).await;
    let browser = stall.browser();
    let (one, other) = (stall.order(&browser).await, stall.buy(&browser).await);
    let (number, secret) = shown(&browser.get(&one).await.html);
    let (_, of_other) = shown(&browser.get(&other).await.html);
    let mut said = Vec::new();
    for (typed_number, typed_secret) in [
        (&*number, &*bent(&secret, 0)),
        (&*number, &*bent(&secret, 8)),
        (&*number, &*of_other),
        (&*bent(&number, 0), &*secret),
        (&*bent(&number, 13), &*secret),
        (&*number, ""),
        ("", &*secret),
        (&*secret, &*number),
        ("13800138000", &*secret),
        ("%00%ff'; DROP TABLE orders", "7"),
    ] {
        let refused = stall.find(&browser, typed_number, typed_secret).await;
        assert_eq!(refused.status, 404, "{typed_number} {typed_secret}: {}", refused.html);
        let policy = refused.header("content-security-policy");
        let nonce = policy.split_once("'nonce-").and_then(|(_, rest)| rest.split_once('\''));
        let told = refused.html.replace(nonce.expect("a nonce").0, "");
        let (before, typed) = told.split_once("name=\"number\" value=\"").expect("the number");
        let (_, after) = typed.split_once('"').expect("its end");
        said.push(format!("{before}{after}"));
    }
    assert!(!said[0].contains(&secret[1..]), "the secret is typed anew: {}", said[0]);
    assert!(said.iter().all(|told| *told == said[0]), "{said:?}");
    assert!(said[0].contains("role=\"alert\""), "{}", said[0]);
    assert_eq!(stall.find(&stall.browser(), &number, &secret).await.location, one);
    stall.app.stop().await;
}

async fn an_order_of_another_shop_is_not_found(kind: Kind) {
    let stall = Stall::new(kind, 1).await;
    let browser = stall.browser();
    let order = stall.order(&browser).await;
    let (number, secret) = shown(&browser.get(&order).await.html);
    let other = stall.app.merchant("青禾").await;
    let live = stall.home.trim_end_matches("-test");
    for home in [&*edge::link::shop_path(other.tenant), live] {
        let path = format!("{home}/lookup");
        let page = browser.get(&path).await;
        let typed = [("number", &*number), ("secret", &*secret)];
        assert_eq!(browser.submit(&page, &path, &typed).await.status, 404, "{home}");
    }
    stall.app.stop().await;
}

async fn guesses_wait_and_the_buyer_comes_in_within_a_minute(kind: Kind) {
    let clock = Arc::new(AtomicI64::new(kernel::Timestamp::now().0));
    let engine = Settings { clock: Clock::Manual(Arc::clone(&clock)), ..Settings::default() };
    let stall = Stall::with(kind, 1, Options { engine, ..Options::default() }).await;
    let browser = stall.browser();
    let order = stall.order(&browser).await;
    let (number, secret) = shown(&browser.get(&order).await.html);
    let (path, stranger) = (stall.lookup(), stall.browser());
    let page = stranger.get(&path).await;
    let guess = async |number: &str, secret: &str| {
        stranger.submit(&page, &path, &[("number", number), ("secret", secret)]).await.status
    };
    // A hundred of one address are free, whichever half is wrong; the right pair counts for none.
    for n in 0..50 {
        assert_eq!(guess(&number, &secret).await, 303, "{n}");
        let wrong = if n % 2 == 0 { bent(&secret, n % 4) } else { String::new() };
        assert_eq!(guess(&number, &wrong).await, 404, "{n}");
        assert_eq!(guess(&bent(&number, n % 4), &secret).await, 404, "{n}");
    }
    assert_eq!(guess(&number, &bent(&secret, 0)).await, 429);
    let neighbour = stall.find(&browser, &number, &secret).await;
    assert_eq!(neighbour.status, 429, "who is right waits too");
    assert_eq!(neighbour.html.matches("role=\"alert\"").count(), 1, "{}", neighbour.html);
    let told = "SELECT COUNT(*) FROM journal WHERE kind = 'codes.guessed'";
    assert_eq!(stall.db.number(told).await, 1, "one fact a minute");
    // Who goes on gets the longest wait, which is a minute.
    for _ in 0..20 {
        clock.fetch_add(61_000_000, Ordering::SeqCst);
        assert_eq!(guess(&number, &bent(&secret, 1)).await, 404);
        assert_eq!(guess(&number, &bent(&secret, 1)).await, 429);
    }
    clock.fetch_add(60_000_000, Ordering::SeqCst);
    assert_eq!(stall.find(&browser, &number, &secret).await.location, order);
    stall.app.stop().await;
    stall.db.assert_sound().await;
}

async fn a_form_without_its_token_is_refused(kind: Kind) {
    let stall = Stall::new(kind, 1).await;
    let (browser, victim) = (stall.browser(), stall.browser());
    let order = stall.order(&browser).await;
    let (number, secret) = shown(&browser.get(&order).await.html);
    victim.get(&stall.lookup()).await;
    let theirs = browser.get(&stall.lookup()).await.hidden("token");
    for token in ["", &theirs] {
        let form = [("number", &*number), ("secret", &*secret), ("token", token)];
        let sent = victim.post(&stall.lookup(), &form).await;
        assert_eq!(sent.status, 403, "{token}: {}", sent.html);
    }
    let list = victim.get(&format!("{}/orders", stall.home)).await;
    assert!(!list.html.contains("/o/"), "nobody puts an order into another's list: {}", list.html);
    stall.app.stop().await;
}

async fn an_order_without_a_page_is_not_found(kind: Kind) {
    let stall = Stall::new(kind, 1).await;
    stall.shop.credit("buyer", 100_000).await;
    let order = stall.shop.order(&stall.sku, 1, "buyer").await;
    assert_eq!(order.status, 201, "{}", order.text);
    let text = |field: &str| order.json[field].as_str().expect("a text").to_owned();
    let id = kernel::OrderId::parse(&text("id")).expect("an id");
    let bits = stall.app.engine.vault().order_secret(stall.shop.tenant, &id.0);
    let secret = domain::order::secret::write(&bits);
    let browser = stall.browser();
    assert_eq!(stall.find(&browser, &text("number"), &secret).await.status, 404);
    let given = stall.shop.post(&format!("/v1/orders/{id}/link"), &serde_json::json!({})).await;
    assert_eq!(given.status, 200, "{}", given.text);
    let found = stall.find(&browser, &text("number"), &secret).await;
    let url = given.json["order_url"].as_str().expect("a link");
    assert!(found.status == 303 && url.ends_with(&found.location), "{}", found.location);
    assert_eq!(shown(&browser.get(&found.location).await.html), (text("number"), secret));
    stall.app.stop().await;
}
