//! What a browser owns: vouchers and codes of the orders that it knows, by where they stand.

use super::{DAY, Till, count, worth};
use serde_json::json;
use testkit::browser::Browser;
use testkit::{Kind, on_both};

on_both!(
    what_was_used_expired_or_given_back_is_told_from_what_can_be_used,
    of_many_vouchers_the_newest_orders_are_listed,
);

/// Finds an order by what its page shows; gives its path.
async fn remember(till: &Till, browser: &Browser, order: &str) -> String {
    let given = till.shop.post(&format!("/v1/orders/{order}/link"), &json!({})).await;
    let url = given.json["order_url"].as_str().unwrap_or_else(|| panic!("{}", given.text));
    let number = till.shop.get(&format!("/v1/orders/{order}")).await.json["number"].clone();
    let id = kernel::OrderId::parse(order).expect("an id");
    let bits = till.app.engine.vault().order_secret(till.shop.tenant, &id.0);
    let secret = domain::order::secret::write(&bits);
    let path = format!("{}/lookup", edge::link::shop_path(till.shop.tenant));
    let page = browser.get(&path).await;
    let typed = [("number", number.as_str().expect("a number")), ("secret", &secret)];
    let found = browser.submit(&page, &path, &typed).await;
    assert!(found.status == 303 && url.ends_with(&found.location), "{}", found.html);
    found.location
}

/// The list: what can be used, what cannot be any more, and the rest of the page.
async fn list(till: &Till, browser: &Browser) -> (String, String, String) {
    let path = format!("{}/orders", edge::link::shop_path(till.shop.tenant));
    let html = browser.get(&path).await.html;
    let (owned, rest) = html.split_once("</section>").expect("what is owned");
    let (usable, over) = owned.split_once("<details>").unwrap_or((owned, ""));
    (usable.to_owned(), over.to_owned(), rest.to_owned())
}

/// A row of the list: where it leads, what it says of itself, and its state.
fn has(list: &str, path: &str, line: &str, state: &str) {
    let row = list.split("<li>").find(|row| row.contains(&format!("href=\"{path}\"")));
    let row = row.unwrap_or_else(|| panic!("{path} is not in {list}"));
    assert!(
        row.contains(line) && row.contains(&format!("\">{state}</span>")),
        "{line} {state}: {row}"
    );
}

async fn what_was_used_expired_or_given_back_is_told_from_what_can_be_used(kind: Kind) {
    let till = Till::open(kind).await;
    let browser = Browser::new(till.app.url());
    let lasting = till.sku(1_000, count(3), json!({})).await;
    let money = till.sku(1_000, worth(5_000), json!({ "validity": { "days": 9 } })).await;
    let short = till
        .sku(1_000, count(3), json!({ "validity": { "days": 2 }, "on_expiry": "forfeit" }))
        .await;
    let codes = till.shop.sku(500, json!({})).await;
    till.shop.stock(&codes, "K", 2).await;

    let (three, vouchers) = till.buy(&lasting, 3).await;
    let (purse, held) = till.buy(&money, 1).await;
    let (fleeting, _) = till.buy(&short, 1).await;
    let (gone, taken) = till.buy(&lasting, 1).await;
    let cards = till.shop.order(&codes, 2, "buyer").await.json;
    let cards = cards["id"].as_str().expect("an id").to_owned();
    assert_eq!(till.uses(&vouchers[0].1, 3).await.status, 201);
    assert_eq!(till.uses(&vouchers[1].1, 1).await.status, 201);
    assert_eq!(till.amount(&held[0].1, 1_250).await.status, 201);
    assert_eq!(till.refund(&gone, json!({})).await.status, 201);
    let mut paths = Vec::new();
    for order in [&three, &purse, &fleeting, &gone, &cards] {
        paths.push(remember(&till, &browser, order).await);
    }
    let [three, purse, fleeting, gone, cards] = &paths[..] else { panic!("{paths:?}") };
    let ticket =
        |order: &str, voucher: &(String, String)| format!("{order}/vouchers/{}", voucher.0);

    let (usable, over, _) = list(&till, &browser).await;
    has(&usable, &ticket(three, &vouchers[1]), "还剩 2 次", "可用");
    has(&usable, &ticket(three, &vouchers[2]), "还剩 3 次", "可用");
    has(&usable, &ticket(purse, &held[0]), "¥37.50 · 有效期至", "可用");
    has(&usable, cards, "卡密 2 件", "可用");
    has(&over, &ticket(three, &vouchers[0]), "还剩 0 次", "已用完");
    has(&over, &ticket(gone, &taken[0]), "small\">3 次</span>", "已退回");
    let place = |order: &str| usable.find(order).unwrap_or_else(|| panic!("{order}: {usable}"));
    assert!(place(fleeting) < place(purse) && place(purse) < place(three), "what ends first");

    // Whether or not the timer has rung, what is over is over.
    till.pass(2 * DAY);
    let (usable, over, rest) = list(&till, &browser).await;
    assert!(!usable.contains(fleeting.as_str()), "{usable}");
    assert!(over.contains("已过期") && over.contains(fleeting.as_str()), "{over}");
    till.swept().await;
    let (again, after, _) = list(&till, &browser).await;
    assert!(!again.contains(fleeting.as_str()), "{again}");
    assert!(after.contains("已过期") && after.contains(fleeting.as_str()), "{after}");
    // No code stands there, nor anything of another browser.
    for text in [&usable, &over, &rest] {
        for (_, code) in vouchers.iter().chain(&held).chain(&taken) {
            assert!(!text.contains(code), "{text}");
        }
        assert!(!text.contains("pw-K"), "{text}");
    }
    let (theirs, _, _) = list(&till, &Browser::new(till.app.url())).await;
    assert!(!theirs.contains("/o/"), "{theirs}");

    let back = cards_of(&till, cards).await;
    let asked = till.refund(&back, json!({ "override": true })).await;
    assert_eq!(asked.status, 201, "{}", asked.text);
    let (usable, over, _) = list(&till, &browser).await;
    assert!(!usable.contains(cards.as_str()), "{usable}");
    has(&over, cards, "卡密 2 件", "已退回");
    till.close().await;
}

/// The order that a path opens.
async fn cards_of(till: &Till, path: &str) -> String {
    let id = kernel::id::decode(&path[3..29]).expect("an order's link begins with its id");
    let order = kernel::OrderId(id).to_string();
    assert_eq!(till.shop.get(&format!("/v1/orders/{order}")).await.status, 200);
    order
}

async fn of_many_vouchers_the_newest_orders_are_listed(kind: Kind) {
    let till = Till::open(kind).await;
    let browser = Browser::new(till.app.url());
    let sku = till.sku(10, count(1), json!({})).await;
    let (old, few) = (till.buy(&sku, 190).await.0, till.buy(&sku, 11).await.0);
    let old = remember(&till, &browser, &old).await;
    let (usable, _, rest) = list(&till, &browser).await;
    assert_eq!(usable.matches(&format!("href=\"{old}/vouchers/")).count(), 190);
    assert!(!rest.contains("只列出") && !usable.contains("只列出"), "{usable}");
    let few = remember(&till, &browser, &few).await;
    let (usable, _, _) = list(&till, &browser).await;
    let listed = |order: &str| usable.matches(&format!("href=\"{order}/vouchers/")).count();
    assert_eq!((listed(&few), listed(&old)), (11, 189));
    assert!(usable.contains("只列出较新订单里的"), "it says that there are more: {usable}");
    till.close().await;
}
