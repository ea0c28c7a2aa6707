//! Vouchers whose codes a merchant brought in a file: sold while there are some, each once, and redeemed as all others.

use super::{DAY, OUTSTANDING, Till, UNEARNED, count, refused};
use futures_util::future::join_all;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use testkit::browser::Browser;
use testkit::{Answer, Kind, on_both};

on_both!(
    imported_codes_are_sold_as_vouchers_and_redeemed,
    nobody_gets_a_code_twice_and_the_last_one_is_the_last,
    an_order_in_two_steps_holds_them_and_delivers_them,
    a_code_that_ends_earlier_ends_its_voucher,
    what_is_taken_back_is_never_sold_again,
    a_code_has_one_value_and_its_sku_keeps_its_kind,
    a_till_reads_them_and_a_ticket_shows_them,
);

fn imported() -> Value {
    json!({ "present": "imported" })
}

/// A SKU of vouchers with these codes.
async fn stocked(till: &Till, codes: &[&str], more: Value) -> String {
    let mut fields = imported();
    for (field, value) in more.as_object().into_iter().flatten() {
        fields[field] = value.clone();
    }
    let sku = till.sku(1_000, count(3), fields).await;
    let import = till.shop.import(&sku, format!("code\n{}\n", codes.join("\n"))).await;
    assert_eq!(import["accepted"], json!(codes.len()), "{import}");
    sku
}

async fn stock(till: &Till, sku: &str) -> Value {
    till.shop.get(&format!("/v1/skus/{sku}")).await.json["stock"].clone()
}

async fn imported_codes_are_sold_as_vouchers_and_redeemed(kind: Kind) {
    let till = Till::open(kind).await;
    // Eight digits look like a token, and small letters are not folded away.
    let codes = ["Kaffee-001a", "12345678", "Tea-0088b"];
    let sku = stocked(&till, &codes, json!({})).await;
    assert_eq!(stock(&till, &sku).await, 3);
    refused(&till.lookup("12345678").await, 404, "not_found");
    refused(&till.uses("Kaffee-001a", 1).await, 404, "not_found");

    let (order, vouchers) = till.buy(&sku, 3).await;
    let got: BTreeSet<&str> = vouchers.iter().map(|(_, code)| code.as_str()).collect();
    assert_eq!(got, codes.into_iter().collect());
    assert_eq!(stock(&till, &sku).await, 0);
    for (id, code) in &vouchers {
        let found = till.lookup(code).await;
        assert_eq!((found.status, &found.json["id"]), (200, &json!(id)), "{}", found.text);
        assert_eq!(found.json["present"], "imported");
        let used = till.uses(&format!(" {code} "), 2).await;
        assert_eq!((used.status, &used.json["remaining"]), (201, &json!(1)), "{}", used.text);
    }
    // Who types it need not know its case; what is none of it is none.
    for (typed, status) in [("kaffee-001a", 404), ("KAFFEE-001A", 404), ("Kaffee-001", 404)] {
        assert_eq!(till.uses(typed, 1).await.status, status, "{typed}");
    }
    let used = till.uses("12345678", 1).await;
    assert_eq!(used.status, 201, "{}", used.text);
    refused(&till.uses("12345678", 1).await, 409, "voucher_used_up");
    // The order tells them again, as vouchers and not as codes beside.
    let told = till.shop.post(&format!("/v1/orders/{order}/reveal"), &json!({})).await;
    assert_eq!(told.status, 200, "{}", told.text);
    assert_eq!(super::delivered(&told.json), vouchers);
    // Its code is found among codes, too, and cannot be frozen under its holder.
    let found = till.shop.post("/v1/codes/lookup", &json!({ "code": "Tea-0088b" })).await;
    assert_eq!((found.status, &found.json["state"]), (200, &json!("voucher")), "{}", found.text);
    till.close().await;
}

async fn nobody_gets_a_code_twice_and_the_last_one_is_the_last(kind: Kind) {
    let till = Till::open(kind).await;
    let codes: Vec<String> = (0..20).map(|n| format!("RACE-{n:03}")).collect();
    let names: Vec<&str> = codes.iter().map(String::as_str).collect();
    let sku = stocked(&till, &names, json!({})).await;
    let other = till.node().await;
    let there = till.shop.at(other.url());
    let buy = |n: usize| if n.is_multiple_of(2) { &till.shop } else { &there };
    let orders = join_all((0..30).map(|n| buy(n).order(&sku, 1, "buyer"))).await;
    let mut got = Vec::new();
    for order in &orders {
        match order.status {
            201 => got.extend(super::delivered(&order.json).into_iter().map(|(_, code)| code)),
            _ => refused(order, 409, "out_of_stock"),
        }
    }
    got.sort();
    assert_eq!(got, codes, "each once");
    assert_eq!(till.balance(OUTSTANDING).await, 60);
    other.stop().await;
    till.close().await;
}

async fn an_order_in_two_steps_holds_them_and_delivers_them(kind: Kind) {
    let till = Till::open(kind).await;
    let sku = stocked(&till, &["HOLD-1", "HOLD-2"], json!({})).await;
    let body = json!({ "sku": sku, "quantity": 2, "buyer": { "external_id": "other" } });
    let order = till.shop.post("/v1/orders", &body).await;
    assert_eq!(order.status, 201, "{}", order.text);
    refused(&till.shop.order(&sku, 1, "buyer").await, 409, "out_of_stock");
    let id = order.json["id"].as_str().expect("an id").to_owned();
    let payment = till.shop.begin_to_pay(&id).await;
    let act = format!("/test-channel/payments/{payment}");
    assert_eq!(till.shop.post(&act, &json!({ "action": "pay" })).await.status, 200);
    for _ in 0..200 {
        if till.shop.get(&format!("/v1/orders/{id}")).await.json["state"] == "delivered" {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let told = till.shop.post(&format!("/v1/orders/{id}/reveal"), &json!({})).await;
    let codes: BTreeSet<String> =
        super::delivered(&told.json).into_iter().map(|(_, code)| code).collect();
    assert_eq!(codes, ["HOLD-1", "HOLD-2"].map(str::to_owned).into());
    // Showing uses nothing up: what is unused goes back.
    let back = till.refund(&id, json!({})).await;
    assert_eq!(
        (back.status, &back.json["amount"]["amount"]),
        (201, &json!(2_000)),
        "{}",
        back.text
    );
    till.close().await;
}

async fn a_code_that_ends_earlier_ends_its_voucher(kind: Kind) {
    let till = Till::open(kind).await;
    let more = json!({ "present": "imported", "validity": { "days": 30 }, "on_expiry": "forfeit" });
    let sku = till.sku(1_000, count(3), more).await;
    let now = till.clock.load(std::sync::atomic::Ordering::SeqCst);
    let soon = jiff::Timestamp::from_microsecond(now + 2 * DAY).expect("a time");
    let import =
        till.shop.import(&sku, format!("code,valid_until\nSOON-1,{soon}\nLATE-1,\n")).await;
    assert_eq!(import["accepted"], 2, "{import}");
    till.buy(&sku, 2).await;
    assert_eq!(till.uses("SOON-1", 1).await.status, 201);
    till.pass(3 * DAY);
    till.swept().await;
    refused(&till.uses("SOON-1", 1).await, 409, "voucher_expired");
    assert_eq!(till.uses("LATE-1", 1).await.status, 201);
    assert_eq!(till.balance(OUTSTANDING).await, 2);
    till.pass(30 * DAY);
    till.swept().await;
    refused(&till.uses("LATE-1", 1).await, 409, "voucher_expired");
    assert_eq!((till.balance(OUTSTANDING).await, till.balance(UNEARNED).await), (0, 0));
    till.close().await;
}

async fn what_is_taken_back_is_never_sold_again(kind: Kind) {
    let till = Till::open(kind).await;
    let sku = stocked(&till, &["BACK-1", "BACK-2"], json!({})).await;
    let (order, vouchers) = till.buy(&sku, 1).await;
    let back = till.refund(&order, json!({})).await;
    assert_eq!(
        (back.status, &back.json["amount"]["amount"]),
        (201, &json!(1_000)),
        "{}",
        back.text
    );
    refused(&till.uses(&vouchers[0].1, 1).await, 409, "voucher_state");
    assert_eq!(stock(&till, &sku).await, 1);
    let (_, next) = till.buy(&sku, 1).await;
    assert_ne!(next[0].1, vouchers[0].1);
    refused(&till.shop.order(&sku, 1, "buyer").await, 409, "out_of_stock");
    // Nor does it come in once more.
    let again = till.shop.import(&sku, format!("code\n{}\n", vouchers[0].1)).await;
    assert_eq!((&again["accepted"], &again["duplicates"]), (&json!(0), &json!(1)), "{again}");
    till.close().await;
}

async fn a_code_has_one_value_and_its_sku_keeps_its_kind(kind: Kind) {
    let till = Till::open(kind).await;
    let sku = till.sku(1_000, count(1), imported()).await;
    let import = till.shop.import(&sku, "number,password\nA-1,secret\nA-2,\n".to_owned()).await;
    assert_eq!((&import["accepted"], &import["errors"]), (&json!(1), &json!(1)), "{import}");
    let field = |answer: &Answer, field: &str| {
        assert_eq!((answer.status, answer.field()), (422, field), "{}", answer.text);
    };
    let make = json!({ "sku": sku, "quantity": 1 });
    field(&till.shop.post("/v1/vouchers", &make).await, "sku");
    let many = json!({ "sku": sku, "quantity": 2_000 });
    field(&till.shop.post("/v1/vouchers", &many).await, "sku");
    let made = till.sku(1_000, count(1), json!({})).await;
    for (sku, present) in [(&sku, "code"), (&sku, "live"), (&made, "imported")] {
        let request = till.shop.request(reqwest::Method::PATCH, &format!("/v1/skus/{sku}"));
        let request = request.header("Idempotency-Key", format!("{sku}-{present}"));
        field(&till.shop.send(request.json(&json!({ "present": present }))).await, "present");
    }
    // A batch of them does not go among codes that are sold as they are, nor the other way.
    let codes = till.shop.sku(1_000, json!({})).await;
    let batch = import["batch"].as_str().expect("a batch");
    let body = json!({ "sku": codes });
    field(&till.shop.post(&format!("/v1/code-batches/{batch}/move"), &body).await, "sku");
    till.close().await;
}

async fn a_till_reads_them_and_a_ticket_shows_them(kind: Kind) {
    let till = Till::open(kind).await;
    let sku = stocked(&till, &["Ticket-7a"], json!({})).await;
    let order = till.shop.order(&sku, 1, "buyer").await;
    let (path, ticket) = super::till::pages(&till, &order.json).await;
    let visitor = Browser::new(till.app.url());
    let seen = visitor.get(&path).await;
    assert!(!seen.html.contains("Ticket-7a"), "a preview shows no code");
    let shown = visitor.post(&ticket, &[]).await;
    assert!(shown.html.contains("Ticket-7a"), "{}", shown.html);
    let (browser, _, home) = super::till::unlocked(&till).await;
    let seen = browser.post(&format!("{home}/look"), &[("code", "Ticket-7a")]).await;
    assert_eq!(seen.status, 200, "{}", seen.html);
    let used = browser.submit(&seen, &format!("{home}/redeem"), &[("taken", "1")]).await;
    assert_eq!(used.status, 200, "{}", used.html);
    assert_eq!(till.lookup("Ticket-7a").await.json["remaining"], 2);
    till.close().await;
}
