//! A shop with accounts at a sandbox, both on one clock that the test turns.

use engine::{Clock, Settings};
use kernel::Timestamp;
use reqwest::Client;
use sandbox::{Pace, Running};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};
use testkit::{Answer, App, Caller, Db, Options, assert_channels_agree};

/// How long a test waits for something to happen.
const PATIENCE: Duration = Duration::from_secs(60);
const SECOND: i64 = 1_000_000;
/// What a piece costs, in fen.
pub const PRICE: i64 = 1_990;

/// The methods, with the channel of each. Alipay's pages are the payer's own to open, so the tests of the browser have them.
pub const METHODS: [(&str, &str); 5] = [
    ("wechat_native", "wechat"),
    ("wechat_h5", "wechat"),
    ("wechat_jsapi", "wechat"),
    ("alipay_qr", "alipay"),
    ("stripe", "stripe"),
];

/// A merchant with accounts at a sandbox.
pub struct Shop {
    pub app: App,
    pub caller: Caller,
    pub sandbox: Running,
    pub sku: String,
    clock: Arc<AtomicI64>,
    buyers: AtomicI64,
    http: Client,
}

impl Shop {
    /// A shop whose accounts are those of the sandbox's first merchant, who checks by keys, or of its second, who checks by
    /// certificates.
    pub async fn open(db: &Db, merchant: usize) -> Self {
        let clock = Arc::new(AtomicI64::new(Timestamp::now().0));
        let read = Arc::clone(&clock);
        let now = move || {
            let micros = read.load(Ordering::SeqCst);
            jiff::Timestamp::from_microsecond(micros).expect("a time")
        };
        let refund_takes = Duration::from_millis(200);
        let pace = Pace { clock: sandbox::Clock::by(now), refund_takes, notices_faster: 60 };
        let settings = sandbox::Settings { pace, ..sandbox::Settings::default() };
        let sandbox = sandbox::start(settings).await.expect("the sandbox");
        let engine = Settings { clock: Clock::Manual(Arc::clone(&clock)), ..Settings::default() };
        let origin = Some(sandbox.url().to_owned());
        let options = Options { engine, sandbox: origin, ..Options::default() };
        let app = App::start_with(db.url(), options).await;
        let caller = app.merchant("星河").await;
        let sku = caller.sku(PRICE, json!({ "refund": "before_reveal" })).await;
        let shop = Self {
            app,
            caller,
            sandbox,
            sku,
            clock,
            buyers: AtomicI64::new(0),
            http: Client::new(),
        };
        for (channel, body) in shop.sandbox.accounts().merchants[merchant].entries() {
            let made = shop.caller.post("/v1/payment-accounts", &body).await;
            assert_eq!(made.status, 201, "{channel}: {}", made.text);
            if channel == "stripe" {
                let id = made.json["id"].as_str().expect("an id");
                let url = format!("{}/notify/stripe/{id}", shop.app.url());
                shop.sandbox.add_stripe_webhook(merchant, &url);
            }
        }
        shop
    }

    /// The same shop in another process: work and edge end where they are, and begin anew over the same database.
    pub async fn restart(self, db: &Db) -> Self {
        self.app.stop().await;
        let clock = Clock::Manual(Arc::clone(&self.clock));
        let engine = Settings { clock, ..Settings::default() };
        let origin = Some(self.sandbox.url().to_owned());
        let options = Options { engine, sandbox: origin, ..Options::default() };
        let app = App::start_with(db.url(), options).await;
        let caller = self.caller.at(app.url());
        // Whatever held a lease is gone.
        self.clock.fetch_add(11 * SECOND, Ordering::SeqCst);
        Self { app, caller, ..self }
    }

    /// Lets seconds pass, for the shop and for the channels.
    pub fn pass(&self, seconds: i64) {
        self.clock.fetch_add(seconds * SECOND, Ordering::SeqCst);
    }

    /// Codes on the shelf.
    pub async fn stock(&self, prefix: &str, codes: u32) {
        self.caller.stock(&self.sku, prefix, codes as usize).await;
    }

    /// Another buyer each time: nobody may leave many orders unpaid.
    fn buyer(&self) -> String {
        format!("buyer-{}", self.buyers.fetch_add(1, Ordering::SeqCst))
    }

    /// An order of some pieces that waits for money.
    pub async fn order(&self, quantity: u32) -> String {
        let body = json!({ "sku": self.sku, "quantity": quantity, "buyer": { "external_id": self.buyer() } });
        id(&self.caller.post("/v1/orders", &body).await)
    }

    /// Begins to pay an order.
    pub async fn begin(&self, order: &str, method: &str) -> Answer {
        let body = match method {
            "wechat_jsapi" => json!({ "method": method, "openid": "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o" }),
            _ => json!({ "method": method }),
        };
        self.caller.post(&format!("/v1/orders/{order}/payments"), &body).await
    }

    /// Begins to recharge a buyer's wallet with an amount in fen.
    pub async fn recharge(&self, buyer: &str, amount: i64, method: &str) -> Answer {
        let mut body = json!({
            "buyer": { "external_id": buyer }, "method": method,
            "amount": { "amount": amount, "currency": "CNY" }
        });
        if method == "wechat_jsapi" {
            body["openid"] = json!("oUpF8uMuAJO_M2pxb1Q9zNjWeS6o");
        }
        self.caller.post("/v1/recharges", &body).await
    }

    /// What a buyer's wallet holds, in fen.
    pub async fn wallet(&self, buyer: &str) -> i64 {
        let body = json!({ "buyer": { "external_id": buyer } });
        let found = self.caller.post("/v1/wallets/lookup", &body).await;
        found.json["balance"]["amount"].as_i64().unwrap_or_else(|| panic!("{}", found.text))
    }

    /// An order with a payment that was begun.
    pub async fn begun(&self, method: &str, quantity: u32) -> (String, String) {
        let order = self.order(quantity).await;
        let payment = id(&self.begin(&order, method).await);
        (order, payment)
    }

    /// Makes the payer, or the channel, do something with a payment.
    pub async fn act(&self, payment: &str, act: &Value) -> Value {
        let (status, said) = self.control(&format!("payments/{payment}"), act).await;
        assert_eq!(status, 200, "{act}: {said}");
        said
    }

    /// Makes a channel go wrong, or well again.
    pub async fn fault(&self, channel: &str, fault: &str, more: Value) {
        let mut body = json!({ "channel": channel, "fault": fault });
        for (field, value) in more.as_object().into_iter().flatten() {
            body[field] = value.clone();
        }
        let (status, said) = self.control("faults", &body).await;
        assert_eq!(status, 200, "{body}: {said}");
    }

    /// Tells the sandbox's control something.
    pub async fn control(&self, path: &str, body: &Value) -> (u16, Value) {
        let url = format!("{}/control/{path}", self.sandbox.url());
        let said = self.http.post(url).json(body).send().await.expect("the sandbox answers");
        (said.status().as_u16(), said.json().await.unwrap_or_default())
    }

    /// Something of the shop, as its API shows it.
    pub async fn get(&self, path: &str) -> Value {
        let answer = self.caller.get(path).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json
    }

    /// Waits until an order is in a state.
    pub async fn until(&self, order: &str, state: &str) -> Value {
        let begun = Instant::now();
        loop {
            let found = self.get(&format!("/v1/orders/{order}")).await;
            if found["state"] == state {
                return found;
            }
            assert!(begun.elapsed() < PATIENCE, "not {state}: {found}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Waits until no payment of an order is open and no refund is under way, while time passes.
    pub async fn until_settled(&self, order: &str) -> (Value, Value) {
        let begun = Instant::now();
        loop {
            let payments = self.get(&format!("/v1/orders/{order}/payments")).await;
            let refunds = self.get(&format!("/v1/orders/{order}/refunds")).await;
            let open = |list: &Value, states: &[&str]| {
                let mut found = list["data"].as_array().into_iter().flatten();
                found.any(|it| states.iter().any(|state| it["state"] == *state))
            };
            let settled =
                !open(&payments, &["created", "pending"]) && !open(&refunds, &["processing"]);
            if settled {
                return (payments, refunds);
            }
            assert!(begun.elapsed() < PATIENCE, "open: {payments} {refunds}");
            tokio::time::sleep(Duration::from_millis(20)).await;
            // Whatever is on its way gets two seconds of the shop's time, what nobody pays a quarter of an hour.
            self.pass(if begun.elapsed() < Duration::from_secs(1) { 1 } else { 20 });
        }
    }

    /// Waits until a payment is not open and none of its refunds is under way, while time passes.
    pub async fn until_over(&self, payment: &str) -> (Value, Value) {
        let begun = Instant::now();
        loop {
            let found = self.get(&format!("/v1/payments/{payment}")).await;
            let refunds = self.get(&format!("/v1/refunds?payment={payment}")).await;
            let mut on_their_way = refunds["data"].as_array().into_iter().flatten();
            if found["state"] != "pending" && !on_their_way.any(|it| it["state"] == "processing") {
                return (found, refunds["data"].clone());
            }
            assert!(begun.elapsed() < PATIENCE, "open: {found} {refunds}");
            tokio::time::sleep(Duration::from_millis(20)).await;
            self.pass(if begun.elapsed() < Duration::from_secs(1) { 1 } else { 20 });
        }
    }

    /// The facts of a kind in the shop's journal.
    pub async fn facts(&self, kind: &str) -> Vec<Value> {
        let (mut facts, mut next) = (Vec::new(), String::new());
        loop {
            let page = self.get(&format!("/v1/journal?limit=200{next}")).await;
            let found = page["data"].as_array().expect("facts").iter();
            facts.extend(found.filter(|fact| fact["kind"] == kind).cloned());
            let Some(cursor) = page["next"].as_str() else { return facts };
            next = format!("&after={cursor}");
        }
    }

    /// Compares the books of the channels with the shop's.
    pub async fn agrees_with_the_channels(&self) {
        assert_channels_agree(&self.caller, &self.sandbox.books()).await;
    }

    /// Gives all of an order, or a part of it, back.
    pub async fn give_back(&self, order: &str, lines: Option<u32>) -> Answer {
        let mut body = json!({ "reason": "不想要了", "override": true });
        if let Some(quantity) = lines {
            body["lines"] = json!([{ "line": 1, "quantity": quantity }]);
        }
        self.caller.post(&format!("/v1/orders/{order}/refunds"), &body).await
    }
}

/// The id in an answer that something was made.
pub fn id(answer: &Answer) -> String {
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json["id"].as_str().expect("an id").to_owned()
}
