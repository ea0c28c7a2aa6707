//! Faults by themselves: each one is made, health tells it in time, and afterwards orders work and the books are
//! sound.

mod clock;
mod connections;
mod database;
mod heads;
mod sessions;

use serde_json::{Value, json};
use std::time::{Duration, Instant};
use testkit::{App, Caller, Db, Options};

/// A fault that stops commits is told within this.
const RED: Duration = Duration::from_secs(2);
/// Its end is told within this.
const GREEN: Duration = Duration::from_secs(5);
/// How often health is asked.
const POLL: Duration = Duration::from_millis(20);

/// A shop that sells, over a database of a test.
struct Stage {
    app: App,
    shop: Caller,
    sku: String,
}

impl Stage {
    async fn set(url: &str, options: Options) -> Self {
        let app = App::start_with(url, options).await;
        let shop = app.merchant("星河").await;
        let sku = shop.sku(100, json!({})).await;
        shop.stock(&sku, "F", 200).await;
        shop.credit("buyer", 1_000_000).await;
        let stage = Self { app, shop, sku };
        stage.sells().await;
        stage
    }

    /// An order is delivered.
    async fn sells(&self) {
        let order = self.shop.order(&self.sku, 1, "buyer").await;
        let state = (order.status, &order.json["state"]);
        assert_eq!(state, (201, &json!("delivered")), "{}", order.text);
    }

    /// What `/readyz` says.
    async fn ready(&self, query: &str) -> (u16, Value) {
        let answer = self.shop.get(&format!("/readyz{query}")).await;
        assert_eq!(answer.json["ready"], answer.status == 200, "{}", answer.text);
        assert!(answer.json["durability"].is_string(), "{}", answer.text);
        (answer.status, answer.json["why"].clone())
    }

    /// Health tells one of these within two seconds; reads may go on meanwhile.
    async fn turns_red(&self, codes: &[&str]) {
        let begun = Instant::now();
        loop {
            let (status, why) = self.ready("").await;
            let told =
                codes.iter().any(|code| why.as_array().is_some_and(|w| w.contains(&json!(code))));
            if status == 503 && told {
                break;
            }
            assert!(begun.elapsed() < RED, "no word of {codes:?}: {status} {why}");
            tokio::time::sleep(POLL).await;
        }
        let lives = self.shop.get("/healthz").await;
        assert_eq!(lives.status, 200, "a restart cures nothing here: {}", lives.text);
    }

    /// Health is well again within five seconds.
    async fn turns_green(&self) {
        let begun = Instant::now();
        while self.ready("").await.0 != 200 {
            let why = self.ready("").await.1;
            assert!(begun.elapsed() < GREEN, "it stays red: {why}");
            tokio::time::sleep(POLL).await;
        }
    }

    /// Orders work, and the books are sound.
    async fn ends_well(self, db: &Db) {
        self.sells().await;
        self.app.stop().await;
        db.assert_sound().await;
    }
}
