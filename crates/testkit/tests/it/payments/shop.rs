//! A shop whose clock the test turns.

use connect::test_channel::{SIGNATURE, write};
use connect::{Notice, Said};
use engine::{Clock, Settings};
use kernel::{Currency, Money, OrderId, PaymentId, Timestamp};
use reqwest::Method;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};
use testkit::{Answer, App, Caller, Db, Options};

/// How long a test waits for work to be done.
const PATIENCE: Duration = Duration::from_secs(60);
const SECOND: i64 = 1_000_000;

/// An application over a clock that only the test turns, and a merchant.
pub struct Shop {
    pub app: App,
    pub caller: Caller,
    clock: Arc<AtomicI64>,
}

impl Shop {
    pub async fn open(db: &Db) -> Self {
        let clock = Arc::new(AtomicI64::new(Timestamp::now().0));
        let engine = Settings { clock: Clock::Manual(Arc::clone(&clock)), ..Settings::default() };
        let app = App::start_with(db.url(), Options { engine, ..Options::default() }).await;
        let caller = app.merchant("星河").await;
        Self { app, caller, clock }
    }

    /// The same shop at an edge that has nothing in memory.
    pub async fn restart(self, db: &Db) -> Self {
        // Work that is cut off would wait for the end of its lease, which this clock never reaches.
        until_refunded(db).await;
        let app = self.app.restart_edge(Options::default()).await;
        let caller = self.caller.at(app.url());
        Self { app, caller, clock: self.clock }
    }

    /// Lets seconds pass.
    pub fn pass(&self, seconds: i64) {
        self.clock.fetch_add(seconds * SECOND, Ordering::SeqCst);
    }

    /// Places an order that waits; gives its id.
    pub async fn place(&self, sku: &str, quantity: u32, buyer: &str) -> String {
        let answer = self.try_place(sku, quantity, buyer).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        assert_eq!(answer.json["state"], "pending_payment", "{}", answer.text);
        answer.json["id"].as_str().expect("an id").to_owned()
    }

    pub async fn try_place(&self, sku: &str, quantity: u32, buyer: &str) -> Answer {
        let buyer = json!({ "external_id": buyer });
        let body = json!({ "sku": sku, "quantity": quantity, "buyer": buyer });
        self.caller.post("/v1/orders", &body).await
    }

    /// Begins to pay through the test channel; gives the payment's id.
    pub async fn start(&self, order: &str) -> String {
        self.caller.begin_to_pay(order).await
    }

    /// Makes the test channel do something.
    pub async fn drive(&self, payment: &str, body: Value) -> Answer {
        self.caller.post(&format!("/test-channel/payments/{payment}"), &body).await
    }

    /// A notice as the channel would send it.
    pub fn notice(&self, order: &str, payment: &str, number: &str, fen: Option<i64>) -> Notice {
        Notice {
            payment: PaymentId::parse(payment).expect("a payment"),
            order: Some(OrderId::parse(order).expect("an order")),
            number: number.to_owned(),
            said: match fen {
                Some(amount) => Said::Paid(Money::new(amount, Currency::Cny)),
                None => Said::Failed,
            },
        }
    }

    /// What the channel signs this merchant's notices with.
    pub fn secret(&self) -> Vec<u8> {
        self.app.engine.vault().test_channel_secret(self.caller.tenant).to_vec()
    }

    /// Brings a notice with a good signature, without any key.
    pub async fn tell(&self, notice: &Notice) -> Answer {
        let (body, header) = write(notice, &self.secret(), self.app.engine.now());
        self.bring(body, Some(header)).await
    }

    /// Brings whatever somebody calls a notice.
    pub async fn bring(&self, body: Vec<u8>, header: Option<String>) -> Answer {
        let path = format!("/notify/test/{}", self.caller.tenant.merchant());
        let request = self.caller.request(Method::POST, &path).body(body);
        let request = match header {
            Some(header) => request.header(SIGNATURE, header),
            None => request,
        };
        self.caller.send(request).await
    }

    pub async fn state(&self, order: &str) -> String {
        let answer = self.caller.get(&format!("/v1/orders/{order}")).await;
        answer.json["state"].as_str().expect("a state").to_owned()
    }

    /// Waits until work has brought the order there.
    pub async fn until(&self, order: &str, state: &str) {
        let begun = Instant::now();
        while self.state(order).await != state {
            assert!(begun.elapsed() < PATIENCE, "{order} never becomes {state}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// What came in for the order and went back without having been asked for, in fen.
    pub async fn gone_back(&self, order: &str) -> i64 {
        let order = OrderId::parse(order).expect("an order");
        let reader = self.app.engine.reader();
        let refunds = reader.refunds_of_order(self.caller.tenant, order).await.expect("refunds");
        refunds.iter().filter(|refund| refund.receipt.is_some()).map(|refund| refund.amount).sum()
    }

    /// Waits until every refund has reached its buyer, then asserts that every invariant holds.
    pub async fn close(self, db: &Db) {
        until_refunded(db).await;
        self.app.stop().await;
        db.assert_sound().await;
    }
}

async fn until_refunded(db: &Db) {
    let begun = Instant::now();
    while db.number("SELECT COUNT(*) FROM refunds WHERE state = 1").await > 0 {
        assert!(begun.elapsed() < PATIENCE, "a refund never ends");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
