//! Orders in two steps whose codes do not open: the next ones, or the money goes back; a hold's promise is kept.

use super::{damage, damage_delivered, facts, set_aside, stock};
use crate::payments::shop::Shop;
use serde_json::json;
use testkit::{Db, Kind, on_both};

on_both!(
    a_paid_order_takes_the_next_codes,
    a_paid_order_without_another_code_gets_its_money_back,
    a_damaged_code_whose_piece_is_held_waits_for_the_end_of_the_hold,
    an_unseen_code_that_is_damaged_can_be_refunded_and_is_not_sold_again,
);

async fn a_paid_order_takes_the_next_codes(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db).await;
    shop.caller.credit("buyer", 10_000).await;
    for by_wallet in [false, true] {
        let sku = shop.caller.sku(100, json!({})).await;
        shop.caller.stock(&sku, if by_wallet { "W" } else { "T" }, 5).await;
        let order = shop.place(&sku, 2, "buyer").await;
        damage(&db, &sku, [0, 2]).await;
        if by_wallet {
            let path = format!("/v1/orders/{order}/payments");
            let paid = shop.caller.post(&path, &json!({ "method": "wallet" })).await;
            assert_eq!(paid.json["state"], "succeeded", "{}", paid.text);
        } else {
            let payment = shop.start(&order).await;
            shop.drive(&payment, json!({ "action": "pay" })).await;
        }
        assert_eq!(shop.state(&order).await, "delivered");
        let shown = shop.caller.post(&format!("/v1/orders/{order}/reveal"), &json!({})).await;
        let codes = shown.json["deliveries"].as_array().expect("deliveries");
        assert_eq!((codes.len(), shown.text.contains("damaged")), (2, false), "{}", shown.text);
        assert_eq!(stock(&shop.caller, &sku).await, 1);
    }
    assert_eq!(set_aside(&db).await, 4);
    shop.close(&db).await;
}

async fn a_paid_order_without_another_code_gets_its_money_back(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db).await;
    let sku = shop.caller.sku(100, json!({})).await;
    shop.caller.stock(&sku, "L", 2).await;
    let order = shop.place(&sku, 2, "buyer").await;
    damage(&db, &sku, [1]).await;
    let payment = shop.start(&order).await;
    shop.drive(&payment, json!({ "action": "pay" })).await;
    assert_eq!(shop.state(&order).await, "cancelled");
    assert_eq!(shop.gone_back(&order).await, 200);
    assert_eq!((stock(&shop.caller, &sku).await, set_aside(&db).await), (1, 1));
    // From the wallet nothing is taken in the first place, and the order still waits.
    shop.caller.credit("buyer", 10_000).await;
    let order = shop.place(&sku, 1, "buyer").await;
    damage(&db, &sku, [0]).await;
    let path = format!("/v1/orders/{order}/payments");
    let refused = shop.caller.post(&path, &json!({ "method": "wallet" })).await;
    assert_eq!((refused.status, refused.code()), (409, "out_of_stock"), "{}", refused.text);
    let wallet = json!({ "buyer": { "external_id": "buyer" }, "currency": "CNY" });
    let wallet = shop.caller.post("/v1/wallets/lookup", &wallet).await;
    assert_eq!(wallet.json["balance"]["amount"], json!(10_000), "{}", wallet.text);
    db.assert_sound().await;
    shop.pass(901);
    shop.until(&order, "cancelled").await;
    // The piece was held until now; the next order finds the code and sets it aside.
    assert_eq!(shop.caller.order(&sku, 1, "buyer").await.code(), "out_of_stock");
    assert_eq!((stock(&shop.caller, &sku).await, set_aside(&db).await), (0, 2));
    shop.close(&db).await;
}

async fn a_damaged_code_whose_piece_is_held_waits_for_the_end_of_the_hold(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db).await;
    let sku = shop.caller.sku(100, json!({})).await;
    shop.caller.stock(&sku, "H", 2).await;
    let first = shop.place(&sku, 1, "one").await;
    let second = shop.place(&sku, 1, "two").await;
    damage(&db, &sku, [0]).await;
    let payment = shop.start(&first).await;
    shop.drive(&payment, json!({ "action": "pay" })).await;
    assert_eq!(shop.state(&first).await, "delivered");
    assert_eq!(set_aside(&db).await, 0, "its piece is promised to the second order");
    db.assert_sound().await;
    let payment = shop.start(&second).await;
    shop.drive(&payment, json!({ "action": "pay" })).await;
    assert_eq!(shop.state(&second).await, "cancelled");
    assert_eq!(shop.gone_back(&second).await, 100);
    assert_eq!((set_aside(&db).await, stock(&shop.caller, &sku).await), (1, 0));
    assert_eq!(facts(&db, "sku.stopped").await, 0, "one code is one code, however often it is met");
    shop.close(&db).await;
}

async fn an_unseen_code_that_is_damaged_can_be_refunded_and_is_not_sold_again(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db).await;
    let sku = shop.caller.sku(100, json!({ "returned_codes": "restock" })).await;
    shop.caller.stock(&sku, "U", 2).await;
    let order = shop.place(&sku, 2, "buyer").await;
    let payment = shop.start(&order).await;
    shop.drive(&payment, json!({ "action": "pay" })).await;
    damage_delivered(&db, 1).await;
    let shown = shop.caller.post(&format!("/v1/orders/{order}/reveal"), &json!({})).await;
    assert_eq!(shown.status, 200, "{}", shown.text);
    // One was seen and stays with the buyer; the other was never seen, so its money may go back.
    let path = format!("/v1/orders/{order}/refunds");
    let both = shop.caller.post(&path, &json!({ "reason": "坏了" })).await;
    assert_eq!(both.code(), "code_revealed", "{}", both.text);
    let one = json!({ "lines": [{ "line": 1, "quantity": 1 }], "reason": "坏了" });
    let refund = shop.caller.post(&path, &one).await;
    assert_eq!(refund.status, 201, "{}", refund.text);
    assert_eq!((set_aside(&db).await, stock(&shop.caller, &sku).await), (1, 0));
    shop.close(&db).await;
}
