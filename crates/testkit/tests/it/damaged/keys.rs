//! A data key that is missing: nothing is set aside, nothing is paid, the node is not ready; once the key comes,
//! everything goes on.

use super::{facts, literal, numbers, set_aside, stock};
use crate::payments::shop::Shop;
use domain::seal::SealedCell;
use kernel::SkuId;
use serde_json::json;
use store::read::{SEALED_TABLES, SealedRow};
use testkit::app::MASTER_KEY;
use testkit::{Answer, App, Caller, Db, Kind, Options, on_both};
use tokio::sync::watch;
use vault::{KeyRing, Place, Purpose, Vault, WrappedKey};

on_both!(a_missing_key_costs_no_code_and_no_money, a_paid_order_waits_for_the_key,);

/// A key that only the test has, and a vault that seals under it.
struct Foreign {
    key: WrappedKey,
    vault: Vault,
}

impl Foreign {
    async fn of(db: &Db) -> Self {
        let ring = KeyRing::parse(MASTER_KEY).expect("the master key");
        let stored = db.reader().await.data_keys().await.expect("the keys");
        let known = stored.into_iter().map(|(id, purpose, wrapped)| WrappedKey {
            id,
            purpose: Purpose::from_number(purpose).expect("a purpose"),
            wrapped,
        });
        let mut keys: Vec<WrappedKey> = known.collect();
        let key = ring.next_seal_key(&keys).expect("a key");
        keys.push(key.clone());
        let vault = Vault::open_with(&ring, &keys).expect("a vault");
        Self { key, vault }
    }

    /// Seals the codes of a pool again, all that `which` takes.
    async fn take(&self, db: &Db, sku: &str, which: impl Fn(usize) -> bool) {
        let wanted = SkuId::parse(sku).expect("a SKU");
        let rows = db.reader().await.sealed_after(&SEALED_TABLES[0], 1_000).await.expect("codes");
        let of_sku =
            |row: &&SealedRow| matches!(row.cell, SealedCell::Code((_, sku, _)) if sku == wanted);
        for (n, row) in rows.iter().filter(of_sku).enumerate().filter(|(n, _)| which(*n)) {
            let _ = n;
            let SealedCell::Code((_, _, position)) = row.cell else { unreachable!("it is a code") };
            let place =
                Place { tenant: row.tenant, table: "codes", row: &row.tag, column: "sealed" };
            let sealed = self.vault.reseal(&place, &row.sealed).expect("it opens");
            let (sealed, at) = (literal(db.kind, &sealed), literal(db.kind, &position));
            db.sql(&format!("UPDATE codes SET sealed = {sealed} WHERE position = {at}")).await;
        }
    }

    /// The key comes.
    async fn store(&self, db: &Db) {
        let wrapped = literal(db.kind, &self.key.wrapped);
        let (id, purpose) = (self.key.id, self.key.purpose.number());
        db.sql(&format!(
            "INSERT INTO data_keys (id, purpose, wrapped, created_at) \
             VALUES ({id}, {purpose}, {wrapped}, 0)"
        ))
        .await;
    }
}

fn assert_missing(answer: &Answer) {
    assert_eq!((answer.status, answer.code()), (503, "key_missing"), "{}", answer.text);
    assert_eq!(answer.json["retryable"], json!(true));
}

async fn a_missing_key_costs_no_code_and_no_money(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start_with(db.url(), Options { without_work: true, ..Options::default() }).await;
    let (stop, stopped) = watch::channel(false);
    let work = tokio::spawn(deliver::run(app.engine.clone(), stopped));
    let shop = app.merchant("星河").await;
    let (sku, other) = (shop.sku(100, json!({})).await, shop.sku(100, json!({})).await);
    shop.stock(&sku, "M", 4).await;
    shop.stock(&other, "O", 4).await;
    shop.credit("buyer", 10_000).await;
    let delivered = shop.order(&other, 1, "buyer").await;
    // Without work, nobody but an order that needs it learns of the key.
    stop.send_replace(true);
    work.await.expect("the work ends");
    let foreign = Foreign::of(&db).await;
    foreign.take(&db, &sku, |n| n > 0).await;
    foreign.take(&db, &other, |n| n == 0).await;

    assert_eq!(shop.get("/readyz").await.status, 200);
    assert_eq!(numbers(&shop.order(&sku, 1, "buyer").await).len(), 1, "the first is good");
    for _ in 0..3 {
        assert_missing(&shop.order(&sku, 1, "buyer").await);
    }
    // Other pools sell meanwhile, but the node wants no more work.
    assert_eq!(numbers(&shop.order(&other, 1, "buyer").await).len(), 1);
    let ready = shop.get("/readyz").await;
    assert_eq!(
        (ready.status, &ready.json["why"]),
        (503, &json!(["key_missing"])),
        "{}",
        ready.text
    );
    assert_eq!(shop.get("/healthz").await.status, 200);
    let id = delivered.json["id"].as_str().expect("an id");
    assert_missing(&shop.post(&format!("/v1/orders/{id}/reveal"), &json!({})).await);
    assert_eq!((stock(&shop, &sku).await, set_aside(&db).await), (3, 0));
    assert_eq!((facts(&db, "codes.damaged").await, facts(&db, "codes.revealed").await), (0, 0));
    let wallet = json!({ "buyer": { "external_id": "buyer" }, "currency": "CNY" });
    let wallet = shop.post("/v1/wallets/lookup", &wallet).await;
    assert_eq!(wallet.json["balance"]["amount"], json!(10_000 - 300), "{}", wallet.text);

    foreign.store(&db).await;
    assert_eq!(numbers(&shop.order(&sku, 3, "buyer").await).len(), 3);
    assert_eq!(shop.get("/readyz").await.status, 200);
    let shown = shop.post(&format!("/v1/orders/{id}/reveal"), &json!({})).await;
    assert_eq!(shown.json["deliveries"], delivered.json["deliveries"], "{}", shown.text);
    app.stop().await;
    db.assert_sound().await;
}

async fn a_paid_order_waits_for_the_key(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db).await;
    let sku = shop.caller.sku(100, json!({})).await;
    shop.caller.stock(&sku, "P", 2).await;
    shop.caller.credit("buyer", 1_000).await;
    let (by_channel, by_wallet) =
        (shop.place(&sku, 1, "buyer").await, shop.place(&sku, 1, "buyer").await);
    let foreign = Foreign::of(&db).await;
    foreign.take(&db, &sku, |_| true).await;

    let payment = shop.start(&by_channel).await;
    let notice = shop.notice(&by_channel, &payment, "t-1", Some(100));
    for _ in 0..2 {
        assert_missing(&shop.tell(&notice).await);
    }
    let pay = |caller: Caller, order: String| async move {
        let path = format!("/v1/orders/{order}/payments");
        caller.post(&path, &json!({ "method": "wallet" })).await
    };
    assert_missing(&pay(shop.caller.clone(), by_wallet.clone()).await);
    for order in [&by_channel, &by_wallet] {
        assert_eq!(shop.state(order).await, "pending_payment");
    }
    assert_eq!((set_aside(&db).await, shop.gone_back(&by_channel).await), (0, 0));

    foreign.store(&db).await;
    assert_eq!(shop.tell(&notice).await.status, 200);
    let paid = pay(shop.caller.clone(), by_wallet.clone()).await;
    assert_eq!(paid.status, 201, "{}", paid.text);
    for order in [&by_channel, &by_wallet] {
        assert_eq!(shop.state(order).await, "delivered");
    }
    shop.close(&db).await;
}
