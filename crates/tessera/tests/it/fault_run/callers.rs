//! Callers that order all the time, and what they know of it.

use super::{GREEN, PATIENCE};
use crate::process::Server;
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime};
use testkit::Caller;
use tokio::time::sleep;

/// Codes that there are in the beginning.
const STOCK: usize = 60_000;
const BUYERS: usize = 4;
const CREDIT: i64 = 10_000_000;

/// What the callers know.
pub struct Callers {
    pub shop: Mutex<Caller>,
    pub sku: String,
    batch: String,
    /// Codes by the idempotency key of their order.
    pub acknowledged: Mutex<HashMap<String, Vec<String>>>,
    /// Orders without money, by id.
    held: Mutex<Vec<String>>,
    pub stop: AtomicBool,
}

impl Callers {
    pub async fn prepare(server: &Server) -> Self {
        let shop = server.new_merchant().await;
        let sku = shop.sku(1, json!({})).await;
        let rows: String = (0..STOCK).map(|n| format!("R{n:05}\n")).collect();
        let import = shop.import(&sku, format!("number\n{rows}")).await;
        assert_eq!(import["accepted"], STOCK, "{import}");
        let batch = import["batch"].as_str().expect("a batch").to_owned();
        for buyer in 0..BUYERS {
            shop.credit(&format!("buyer-{buyer}"), CREDIT).await;
        }
        Self {
            shop: Mutex::new(shop),
            sku,
            batch,
            acknowledged: Mutex::default(),
            held: Mutex::default(),
            stop: AtomicBool::new(false),
        }
    }

    /// Orders, with money and without, until it is told to stop; each is sent until its outcome is known.
    pub async fn trade(&self, caller: usize) {
        let mut n = 0;
        while !self.stop.load(Ordering::SeqCst) {
            n += 1;
            let key = format!("order-{caller}-{n}");
            if n % 10 == 0 {
                self.hold(&key).await;
            } else {
                self.buy(&key, caller).await;
            }
            sleep(Duration::from_millis(15)).await;
        }
    }

    async fn buy(&self, key: &str, caller: usize) {
        let body = Caller::order_body(&self.sku, 1, &format!("buyer-{}", caller % BUYERS));
        let order = self.until_known(key, &body).await;
        let deliveries = order["deliveries"].as_array().expect("deliveries");
        let code = |d: &Value| d["code"]["number"].as_str().expect("a number").to_owned();
        let codes = deliveries.iter().map(code).collect();
        self.acknowledged.lock().expect("no panic").insert(key.to_owned(), codes);
    }

    async fn hold(&self, key: &str) {
        let mut body = Caller::order_body(&self.sku, 1, &format!("guest-{key}"));
        body.as_object_mut().expect("an object").remove("pay");
        let order = self.until_known(key, &body).await;
        let id = order["id"].as_str().expect("an id").to_owned();
        self.held.lock().expect("no panic").push(id);
    }

    async fn until_known(&self, key: &str, body: &Value) -> Value {
        let begun = Instant::now();
        loop {
            let shop = self.shop.lock().expect("no panic").clone();
            let ask = shop.request(reqwest::Method::POST, "/v1/orders");
            let ask = ask.header("Idempotency-Key", key).json(body);
            match shop.try_send(ask).await {
                Ok(answer) if answer.status == 201 => return answer.json,
                Ok(answer) => assert!(answer.status >= 500, "{key}: {}", answer.text),
                Err(_) => {}
            }
            assert!(begun.elapsed() < PATIENCE, "{key} is never known");
            sleep(Duration::from_millis(30)).await;
        }
    }

    /// One more order, now that all is well.
    pub async fn sells(&self) {
        let begun = Instant::now();
        self.buy(&format!("after-{}", rand::random::<u64>()), 0).await;
        assert!(begun.elapsed() < GREEN, "an order took {:?}", begun.elapsed());
    }

    /// What was acknowledged is there, once; nothing else was sold; nothing waits for ever.
    pub async fn check(&self, flipped: u64) {
        let shop = self.shop.lock().expect("no panic").clone();
        let acknowledged = self.acknowledged.lock().expect("no panic").clone();
        let codes: Vec<&String> = acknowledged.values().flatten().collect();
        assert_eq!(
            codes.iter().collect::<HashSet<_>>().len(),
            codes.len(),
            "a code went out twice"
        );
        for (key, promised) in acknowledged.iter().take(200) {
            let caller = key.split('-').nth(1).and_then(|n| n.parse::<usize>().ok()).unwrap_or(0);
            let caller = if key.starts_with("after") { 0 } else { caller };
            let body = Caller::order_body(&self.sku, 1, &format!("buyer-{}", caller % BUYERS));
            let again = shop.post_as("/v1/orders", &body, key).await;
            assert!(again.status == 201 && again.replayed, "{key} is lost: {}", again.text);
            assert_eq!(
                again.json["deliveries"][0]["code"]["number"],
                promised[0].as_str(),
                "{key}"
            );
        }
        let held = self.held.lock().expect("no panic").clone();
        let begun = Instant::now();
        for id in &held {
            loop {
                let order = shop.get(&format!("/v1/orders/{id}")).await;
                if order.json["state"] == "cancelled" {
                    break;
                }
                let long = begun.elapsed() > Duration::from_secs(20);
                assert!(!long, "it waits for ever at {:?}: {}", SystemTime::now(), order.text);
                sleep(Duration::from_millis(50)).await;
            }
        }
        let sku = shop.get(&format!("/v1/skus/{}", self.sku)).await;
        let batch = shop.get(&format!("/v1/code-batches/{}", self.batch)).await;
        let damaged = batch.json["counts"]["damaged"].as_u64().expect("a count");
        assert!(damaged <= flipped, "{damaged} are set aside, {flipped} were harmed");
        assert_eq!(sku.json["stock"], STOCK as u64 - codes.len() as u64 - damaged, "{}", sku.text);
    }
}
