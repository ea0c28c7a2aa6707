//! All transfers that an order caused are found by the order, and none of another's.

use super::{Shop, all_of, id, order};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;
use testkit::{Kind, on_both};

on_both!(the_ledger_is_read_by_order);

/// What a transfer is of, told by whatever made it: an order, one of its payments, refunds or holds.
fn whose(transfer: &Value, orders: &BTreeMap<String, String>) -> Option<String> {
    let subject = transfer["subject"].as_str().expect("a subject");
    orders.get(subject).cloned()
}

async fn the_ledger_is_read_by_order(kind: Kind) {
    let shop = Shop::open(kind).await;
    let caller = &shop.shop;
    // What each id belongs to; holds of orders are told by what is left.
    let mut of: BTreeMap<String, String> = BTreeMap::new();
    let mut orders = Vec::new();
    for actions in [&["pay"][..], &["underpay", "overpay"], &["pay_twice"], &["wallet"], &[]] {
        let paid_at_once = actions.is_empty();
        let order = id(&order(caller, &shop.skus[0], 2, "ann", !paid_at_once).await);
        of.insert(order.clone(), order.clone());
        for action in actions {
            let method = if *action == "wallet" { "wallet" } else { "test" };
            let path = format!("/v1/orders/{order}/payments");
            let payment = id(&caller.post(&path, &json!({ "method": method })).await);
            if method == "test" {
                let path = format!("/test-channel/payments/{payment}");
                let driven = caller.post(&path, &json!({ "action": action })).await;
                assert_eq!(driven.status, 200, "{}", driven.text);
            }
            of.insert(payment, order.clone());
        }
        let back = json!({ "lines": [{ "line": 1, "quantity": 1 }], "reason": "一张就够", "override": true });
        id(&caller.post(&format!("/v1/orders/{order}/refunds"), &back).await);
        orders.push(order);
    }
    while shop.db.number("SELECT COUNT(*) FROM refunds WHERE state = 1").await > 0 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    shop.db.followed().await;
    for order in &orders {
        for refund in all_of(caller, "/v1/refunds", &format!("&order={order}")).await {
            of.insert(refund, order.clone());
        }
    }
    let book = caller.get("/v1/transfers?limit=200").await;
    assert_eq!(book.json["next"], json!(null), "{}", book.text);
    let book = book.json["data"].as_array().expect("a list");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let mut told = 0;
    for (n, order) in orders.iter().enumerate() {
        let listed = caller.get(&format!("/v1/transfers?limit=200&order={order}")).await;
        assert_eq!(listed.status, 200, "{}", listed.text);
        let listed = listed.json["data"].as_array().expect("a list");
        told += listed.len();
        let own = book.iter().filter(|one| whose(one, &of).as_ref() == Some(order));
        for one in own {
            assert!(listed.contains(one), "{n} lacks {one}");
        }
        for one in listed {
            let hold = text(&one["subject"]).starts_with("hld_") && one["reason"] == "hold_posted";
            assert!(hold || whose(one, &of).as_ref() == Some(order), "{n} has {one}");
            assert!(book.contains(one));
        }
        let ids: Vec<_> = listed.iter().map(|one| text(&one["id"])).collect();
        assert!(ids.is_sorted_by(|a, b| a > b), "newest first: {ids:?}");
        let pages = all_of(caller, "/v1/transfers", &format!("&order={order}")).await;
        assert_eq!(pages, ids);
    }
    let posted = book.iter().filter(|one| one["reason"] == "hold_posted").count();
    assert_eq!(posted, 4, "the pieces of each order that waited");
    let of_orders =
        book.iter().filter(|one| one["reason"] == "hold_posted" || whose(one, &of).is_some());
    assert_eq!(of_orders.count(), told, "each transfer is told of one order");
    let waits = caller.get(&format!("/v1/transfers?order={}", shop.orders[1])).await;
    assert_eq!(waits.json["data"], json!([]), "it moved nothing yet");
    let other = shop.app.merchant("北辰").await;
    let gone = other.get(&format!("/v1/transfers?order={}", orders[0])).await;
    assert_eq!((gone.status, gone.code()), (404, "not_found"), "{}", gone.text);
    shop.close().await;
}
