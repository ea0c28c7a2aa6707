//! Buyers' tickets and the staff's page, as browsers without JavaScript have them.

use super::{Till, count, refused, worth};
use serde_json::{Value, json};
use testkit::browser::{Browser, Screen};
use testkit::{Kind, on_both};

on_both!(
    a_ticket_shows_its_code_when_the_button_is_pressed,
    a_device_is_paired_unlocked_and_redeems,
    several_vouchers_are_redeemed_at_the_till,
    five_wrong_pins_block_a_device,
    guesses_wait_and_are_told,
);

/// A store with a PIN, and the address that pairs a browser with a device of it.
async fn device(till: &Till) -> (String, String) {
    let store = till.shop.post("/v1/stores", &json!({ "name": "徐家汇店", "pin": "258036" })).await;
    assert_eq!(store.status, 201, "{}", store.text);
    let store = store.json["id"].as_str().expect("an id").to_owned();
    let added = till.shop.post("/v1/devices", &json!({ "store": store, "name": "收银台 1" })).await;
    assert_eq!((added.status, &added.json["state"]), (201, &json!("waiting")), "{}", added.text);
    (store, added.json["url"].as_str().expect("an address").to_owned())
}

/// A browser at an unlocked device; the store, and the staff's path.
pub async fn unlocked(till: &Till) -> (Browser, String, String) {
    let (store, url) = device(till).await;
    let (home, code) = url.split_once("?code=").expect("a code");
    let home = &home[home.find("/s/").expect("a path")..];
    let browser = Browser::new(till.app.url());
    let paired = browser.post(&format!("{home}/pair"), &[("code", code)]).await;
    assert_eq!((paired.status, paired.location.as_str()), (303, home), "{}", paired.html);
    let open = browser.post(&format!("{home}/unlock"), &[("pin", "258036")]).await;
    assert_eq!((open.status, open.location.as_str()), (303, home), "{}", open.html);
    (browser, store, home.to_owned())
}

fn says(screen: &Screen, status: u16, text: &str) {
    assert_eq!(screen.status, status, "{}", screen.html);
    assert!(screen.html.contains(text), "{text} is not in {}", screen.html);
}

/// The order's page and the voucher's.
pub async fn pages(till: &Till, order: &Value) -> (String, String) {
    let id = order["id"].as_str().expect("an id");
    let given = till.shop.post(&format!("/v1/orders/{id}/link"), &json!({})).await;
    let url = given.json["order_url"].as_str().unwrap_or_else(|| panic!("{}", given.text));
    let path = url[url.find("/o/").expect("a path")..].to_owned();
    let voucher = order["deliveries"][0]["voucher"]["id"].as_str().expect("an id");
    (path.clone(), format!("{path}/vouchers/{voucher}"))
}

async fn a_ticket_shows_its_code_when_the_button_is_pressed(kind: Kind) {
    let till = Till::open(kind).await;
    let browser = Browser::new(till.app.url());
    for present in ["code", "live"] {
        let sku = till.sku(1_000, count(3), json!({ "present": present })).await;
        let order = till.shop.order(&sku, 1, "buyer").await;
        let code =
            order.json["deliveries"][0]["voucher"]["code"].as_str().unwrap_or("no code is told");
        let (page, ticket) = pages(&till, &order.json).await;
        let shown = browser.get(&page).await;
        says(&shown, 200, &ticket);
        let hidden = browser.get(&ticket).await;
        says(&hidden, 200, "还剩 3 次");
        assert!(!hidden.html.contains(code), "a preview shows no code");
        let word = browser.get(&format!("{ticket}/left")).await.html;
        let open = browser.post(&ticket, &[]).await;
        says(&open, 200, "class=\"qr pay mid\"");
        let typed = if present == "code" {
            assert!(open.html.contains(code), "{}", open.html);
            code.to_owned()
        } else {
            let digits = open.html.split("data-seconds=\"60\">").nth(1).expect("digits");
            digits.split('<').next().expect("digits").to_owned()
        };
        assert_eq!(till.uses(&typed, 1).await.status, 201, "{typed}");
        assert_ne!(browser.get(&format!("{ticket}/left")).await.html, word, "the page hears of it");
        says(&browser.get(&ticket).await, 200, "还剩 2 次");
        // Another order's link opens no voucher of this one.
        let other = till.shop.order(&sku, 1, "buyer").await;
        let (other, _) = pages(&till, &other.json).await;
        let foreign =
            format!("{other}/vouchers/{}", &ticket[ticket.rfind('/').expect("a path") + 1..]);
        assert_eq!(browser.get(&foreign).await.status, 404);
        assert_eq!(browser.post(&foreign, &[]).await.status, 404);
        // Showing it changed nothing about refunds.
        let id = order.json["id"].as_str().expect("an id");
        let back = till.refund(id, json!({ "reason": "不要了" })).await;
        assert_eq!(
            (back.status, &back.json["amount"]["amount"]),
            (201, &json!(666)),
            "{}",
            back.text
        );
        says(&browser.get(&ticket).await, 200, "已退回");
    }
    till.close().await;
}

async fn a_device_is_paired_unlocked_and_redeems(kind: Kind) {
    let till = Till::open(kind).await;
    let (browser, store, home) = unlocked(&till).await;
    let sku = till.sku(1_000, worth(10_000), json!({ "stores": [store] })).await;
    let code = till.buy(&sku, 1).await.1.remove(0).1;
    let seen = browser.post(&format!("{home}/look"), &[("code", &code.to_lowercase())]).await;
    says(&seen, 200, "¥100.00");
    let wrong = browser.submit(&seen, &format!("{home}/redeem"), &[("taken", "12.345")]).await;
    says(&wrong, 422, "请填写正确的数目");
    let done = browser.submit(&seen, &format!("{home}/redeem"), &[("taken", "12.34")]).await;
    says(&done, 200, "¥87.66");
    let again = browser.submit(&seen, &format!("{home}/redeem"), &[("taken", "12.34")]).await;
    says(&again, 200, "¥87.66");
    assert_eq!(
        till.lookup(&code).await.json["remaining"]["amount"],
        8_766,
        "pressed twice is once"
    );
    let page = till.shop.get("/v1/redemptions?limit=5").await.json;
    let (by, redemption) = (page["data"][0]["by"].clone(), page["data"][0]["id"].clone());
    assert!(by.as_str().is_some_and(|by| by.starts_with("dev_")), "{page}");
    let today = browser.get(&format!("{home}/today")).await;
    says(&today, 200, "收银台 1");
    let back = format!("{home}/reverse/{}", redemption.as_str().expect("an id"));
    says(&browser.post(&back, &[]).await, 200, "已撤销");
    assert_eq!(till.lookup(&code).await.json["remaining"]["amount"], 10_000);
    // Locked, it does nothing; nor does a browser that was never paired, nor one with a forged cookie.
    browser.post(&format!("{home}/lock"), &[]).await;
    let stranger = Browser::new(till.app.url());
    stranger.set_cookie("tessera_till", &browser.cookies().replace("tessera_till=", "0"));
    for browser in [&browser, &stranger, &Browser::new(till.app.url())] {
        for path in ["look", "redeem", "reverse/rdm_01m838z2g0h1v1x0ya812hw483"] {
            let form = [("code", code.as_str()), ("key", "k"), ("taken", "1")];
            let sent = browser.post(&format!("{home}/{path}"), &form).await;
            assert_eq!((sent.status, sent.location.as_str()), (303, home.as_str()), "{path}");
        }
        assert_eq!(browser.get(&format!("{home}/today")).await.status, 303);
    }
    assert_eq!(till.lookup(&code).await.json["remaining"]["amount"], 10_000);
    // A device that was taken away is none.
    let devices = till.shop.get("/v1/devices").await.json;
    let id = devices["data"][0]["id"].as_str().expect("an id");
    let gone = till.shop.post(&format!("/v1/devices/{id}/remove"), &json!({})).await;
    assert_eq!((gone.status, &gone.json["state"]), (200, &json!("removed")), "{}", gone.text);
    says(&browser.get(&home).await, 200, "配对这台设备");
    till.close().await;
}

async fn several_vouchers_are_redeemed_at_the_till(kind: Kind) {
    let till = Till::open(kind).await;
    let (browser, store, home) = unlocked(&till).await;
    let money = till.sku(1_000, worth(10_000), json!({ "stores": [store] })).await;
    let three = till.sku(1_000, count(3), json!({})).await;
    let (_, mut vouchers) = till.buy(&three, 2).await;
    let (other, three) = (vouchers.remove(1).1, vouchers.remove(0).1);
    let money = till.buy(&money, 1).await.1.remove(0).1;
    let spaced = three.replace('-', " ");
    let (look, more, redeem) =
        (format!("{home}/look"), format!("{home}/more"), format!("{home}/redeem"));

    let seen = browser.post(&look, &[("code", &spaced)]).await;
    says(&browser.submit(&seen, &more, &[("taken", "x")]).await, 422, "请填写正确的数目");
    let chosen = browser.submit(&seen, &more, &[("taken", "2")]).await;
    says(&chosen, 200, "2 次");
    says(&browser.submit(&chosen, &look, &[("code", &three)]).await, 409, "已经在清单里");
    let seen = browser.submit(&chosen, &look, &[("code", &money)]).await;
    says(&seen, 200, "核销这 2 张");
    let done = browser.submit(&seen, &redeem, &[("taken", "12.34")]).await;
    says(&done, 200, "¥87.66");
    says(&done, 200, "还剩 1 次");
    let again = browser.submit(&seen, &redeem, &[("taken", "12.34")]).await;
    says(&again, 200, "¥87.66");
    assert_eq!(till.lookup(&three).await.json["remaining"], 1, "pressed twice is once");

    // What somebody else used up meanwhile leaves the list, and nothing is redeemed.
    let seen = browser.post(&look, &[("code", &three)]).await;
    let chosen = browser.submit(&seen, &more, &[("taken", "1")]).await;
    let seen = browser.submit(&chosen, &look, &[("code", &other)]).await;
    assert_eq!(till.uses(&three, 1).await.status, 201);
    let told = browser.submit(&seen, &redeem, &[("taken", "3")]).await;
    says(&told, 409, "已从清单里拿掉");
    assert_eq!(till.lookup(&other).await.json["remaining"], 3);
    let done = browser.submit(&told, &redeem, &[("taken", "3")]).await;
    says(&done, 200, "核销成功");
    assert_eq!(till.lookup(&other).await.json["remaining"], 0);

    // A forged list tries no more codes than the form does.
    let forged: Vec<_> = (0..19).map(|n| format!("{n:08}*1")).collect();
    let form = [("code", money.as_str()), ("with", &forged.join(" "))];
    let mut tries = 0;
    while browser.post(&look, &form).await.status != 429 {
        tries += 1;
        assert!(tries < 4, "codes in a list are not counted");
    }
    till.close().await;
}

async fn five_wrong_pins_block_a_device(kind: Kind) {
    let till = Till::open(kind).await;
    let (_, url) = device(&till).await;
    let (home, code) = url.split_once("?code=").expect("a code");
    let home = &home[home.find("/s/").expect("a path")..];
    let browser = Browser::new(till.app.url());
    browser.post(&format!("{home}/pair"), &[("code", code)]).await;
    // The code works once.
    let other = Browser::new(till.app.url());
    says(&other.post(&format!("{home}/pair"), &[("code", code)]).await, 422, "配对码不对");
    for left in (1..5).rev() {
        let wrong = browser.post(&format!("{home}/unlock"), &[("pin", "000000")]).await;
        says(&wrong, 403, &format!("还可以试 {left} 次"));
    }
    browser.post(&format!("{home}/unlock"), &[("pin", "000000")]).await;
    browser.post(&format!("{home}/unlock"), &[("pin", "258036")]).await;
    says(&browser.get(home).await, 200, "设备已锁死");
    let told = till.db.number("SELECT COUNT(*) FROM journal WHERE kind = 'device.blocked'").await;
    assert_eq!(told, 1);
    for wrong in ["123", "abcdef", "1234567"] {
        let store = till.shop.post("/v1/stores", &json!({ "name": "店", "pin": wrong })).await;
        refused(&store, 422, "invalid");
    }
    till.close().await;
}

async fn guesses_wait_and_are_told(kind: Kind) {
    let till = Till::open(kind).await;
    let (browser, _, home) = unlocked(&till).await;
    let sku = till.sku(1_000, count(3), json!({})).await;
    let code = till.buy(&sku, 1).await.1.remove(0).1;
    let look = format!("{home}/look");
    let mut waits = 0;
    for n in 0..40 {
        let typed = format!("{n:08}");
        waits += usize::from(browser.post(&look, &[("code", &typed)]).await.status == 429);
    }
    assert!(waits >= 15, "{waits} of 40 had to wait");
    let told = till.db.number("SELECT COUNT(*) FROM journal WHERE kind = 'codes.guessed'").await;
    assert_eq!(told, 1, "one fact a minute");
    assert_eq!(browser.post(&look, &[("code", &code)]).await.status, 429);
    // Another browser at the same address, and calls with keys, do not wait.
    let (neighbour, _, other) = unlocked(&till).await;
    assert_eq!(neighbour.post(&format!("{other}/look"), &[("code", &code)]).await.status, 200);
    assert_eq!(till.lookup(&code).await.status, 200);
    till.pass(60 * 1_000_000);
    assert_eq!(browser.post(&look, &[("code", &code)]).await.status, 200, "a minute later");
    till.close().await;
}
