//! Many at once: buyers beside a new version, and a refund beside a look.

use super::Desk;
use serde_json::json;
use testkit::{Kind, on_both};

on_both!(many_buy_it_at_once, a_refund_and_a_look_cannot_both_win,);

async fn many_buy_it_at_once(kind: Kind) {
    const BUYERS: usize = 60;
    let desk = Desk::with(kind, "https://pan.example/one").await;
    for n in 0..BUYERS {
        desk.shop.credit(&format!("buyer {n}"), 1_000).await;
    }
    let buys = (0..BUYERS).map(|n| {
        let (shop, sku) = (desk.shop.clone(), desk.sku.clone());
        tokio::spawn(async move { shop.order(&sku, 1, &format!("buyer {n}")).await })
    });
    let buys: Vec<_> = buys.collect();
    let (shop, path) = (desk.shop.clone(), format!("{}/versions", desk.path()));
    let writer = tokio::spawn(async move {
        for n in 2..=5 {
            let body = json!({ "text": format!("version {n}") });
            let written = shop.post(&path, &body).await;
            assert_eq!((written.status, &written.json["version"]), (201, &json!(n)));
        }
    });
    for buy in buys {
        let sold = buy.await.expect("no panic");
        assert_eq!(sold.status, 201, "{}", sold.text);
        let version = sold.json["deliveries"][0]["content"]["version"].as_i64();
        assert!(version.is_some_and(|version| (1..=5).contains(&version)), "{}", sold.text);
        let read = desk.reveal(sold.json["id"].as_str().expect("an id")).await;
        let text = read.json["deliveries"][0]["content"]["text"].as_str().expect("a text");
        assert!(!text.is_empty(), "{}", read.text);
    }
    writer.await.expect("no panic");
    assert_eq!(desk.holders().await, BUYERS as i64);
    desk.db.followed().await;
    let orders = desk.shop.get(&format!("/v1/orders?sku={}&limit=100", desk.sku)).await;
    assert_eq!(orders.json["data"].as_array().map(Vec::len), Some(BUYERS), "{}", orders.text);
    desk.close().await;
}

async fn a_refund_and_a_look_cannot_both_win(kind: Kind) {
    let desk = Desk::with(kind, "https://pan.example/one").await;
    let mut held = 0;
    for _ in 0..20 {
        let order = desk.buy("buyer").await;
        let (refund, look) = tokio::join!(desk.refund(&order, false), desk.reveal(&order));
        let seen = look.text.contains("pan.example");
        let back = refund.status == 201;
        assert!(seen != back, "{} {}", refund.text, look.text);
        assert!(back || refund.code() == "code_revealed", "{}", refund.text);
        held += i64::from(seen);
    }
    assert_eq!(desk.holders().await, held);
    desk.close().await;
}
