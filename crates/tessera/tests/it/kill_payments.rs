//! kill -9 while buyers place, pay by every mishap, and let their orders expire. Whatever was on its way ends
//! as goods or goes back, and what was said to be paid is delivered.

use crate::process::{Server, arg, printed, run};
use futures_util::future::join_all;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};
use std::sync::Mutex;
use std::time::{Duration, Instant};
use testkit::{Caller, Db, Kind};
use tokio::sync::Semaphore;

const KILLS: usize = 6;
const BUYERS: usize = 12;
const STOCK: usize = 6_000;
/// How often the test channel was driven between two kills, at least.
const DRIVEN_MIN: u32 = 40;
/// How long orders wait, in seconds.
const HOLD_SECONDS: &str = "2";
/// The longest wait for everything to end.
const PATIENCE: Duration = Duration::from_secs(90);
const ACTIONS: [&str; 6] = ["pay", "fail", "pay_twice", "underpay", "overpay", "pay_after"];

struct Client {
    shop: Caller,
    sku: String,
    driven: Semaphore,
    /// Orders that were sent and not answered: idempotency key and body.
    unanswered: Mutex<Vec<(String, Value)>>,
    /// Orders of which a payment was said to have succeeded.
    paid: Mutex<Vec<String>>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn payments_end_in_goods_or_money_on_sqlite() {
    payments_end_in_goods_or_money(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn payments_end_in_goods_or_money_on_postgres() {
    payments_end_in_goods_or_money(Kind::Postgres).await;
}

async fn payments_end_in_goods_or_money(kind: Kind) {
    let seed = rand::random();
    eprintln!("seed {seed}");
    let mut random = StdRng::seed_from_u64(seed);
    let db = Db::new(kind);
    let mut server = start(&db).await;
    let mut client = Client::prepare(server.merchant(0)).await;
    for round in 0..KILLS {
        let driven = DRIVEN_MIN + random.random_range(0..60);
        client.trade_until_killed(round, &mut server, driven).await;
        server = start(&db).await;
        client.shop = client.shop.at(server.url());
        client.repeat_unanswered().await;
    }
    until_all_ended(&db).await;
    let paid = client.paid.lock().expect("no panic").clone();
    assert!(paid.len() > KILLS, "{} payments succeeded", paid.len());
    for order in &paid {
        let answer = client.shop.get(&format!("/v1/orders/{order}")).await;
        assert_eq!(answer.json["state"], "delivered", "{}", answer.text);
    }
    server.stop().await;
    let output = run(&["verify", "--database", db.url(), "--json"]);
    let (report, complaint) = printed(&output);
    assert!(output.status.success(), "verify fails: {report} {complaint}");
}

async fn start(db: &Db) -> Server {
    let (folder, key) = (db.folder().join("data"), db.folder().join("the.key"));
    let args = ["demo", "--data", arg(&folder), "--database", db.url()];
    let more = ["--master-key-file", arg(&key), "--hold-seconds", HOLD_SECONDS];
    Server::start(db.folder(), &[&args[..], &more].concat()).await
}

/// Nothing waits, nothing is on its way back, nothing is left to tell.
async fn until_all_ended(db: &Db) {
    let begun = Instant::now();
    for open in [
        "SELECT COUNT(*) FROM orders WHERE expires_at IS NOT NULL",
        "SELECT COUNT(*) FROM work WHERE kind = 6",
        "SELECT COUNT(*) FROM refunds WHERE state = 1",
        "SELECT COUNT(*) FROM accounts WHERE kind = 2 AND held <> 0",
    ] {
        while db.number(open).await > 0 {
            assert!(begun.elapsed() < PATIENCE, "it never ends: {open}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

impl Client {
    async fn prepare(shop: Caller) -> Self {
        let sku = shop.sku(500, json!({})).await;
        shop.stock(&sku, "pay-", STOCK).await;
        Self {
            shop,
            sku,
            driven: Semaphore::new(0),
            unanswered: Mutex::default(),
            paid: Mutex::default(),
        }
    }

    async fn trade_until_killed(&self, round: usize, server: &mut Server, driven: u32) {
        self.driven.forget_permits(self.driven.available_permits());
        let buyers = join_all((0..BUYERS).map(|buyer| self.buy(round, buyer)));
        let killer = async {
            self.driven.acquire_many(driven).await.expect("it is never closed").forget();
            server.kill();
        };
        tokio::join!(killer, buyers);
    }

    /// One buyer until no answer comes any more.
    async fn buy(&self, round: usize, buyer: usize) {
        for n in 0.. {
            let name = format!("buyer-{buyer}");
            let body = json!({ "sku": self.sku, "quantity": 1, "buyer": { "external_id": name } });
            let key = format!("placed-{round}-{buyer}-{n}");
            let Some(placed) = self.shop.try_post_as("/v1/orders", &body, &key).await else {
                self.unanswered.lock().expect("no panic").push((key, body));
                return;
            };
            if placed.code() == "limit_exceeded" {
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
            assert_eq!(placed.status, 201, "{}", placed.text);
            let order = placed.json["id"].as_str().expect("an id");
            let action = ACTIONS[(buyer + n) % ACTIONS.len()];
            if self.pay(order, action, &key).await.is_none() {
                return;
            }
        }
    }

    /// Begins to pay and makes the test channel do something; none when no answer came.
    async fn pay(&self, order: &str, action: &str, key: &str) -> Option<()> {
        let path = format!("/v1/orders/{order}/payments");
        let started = self
            .shop
            .try_post_as(&path, &json!({ "method": "test" }), &format!("{key}-pay"))
            .await?;
        if started.code() == "order_state" {
            // The machine was so slow that the order's time was over.
            return Some(());
        }
        assert_eq!(started.status, 201, "{}", started.text);
        let path = format!("/test-channel/payments/{}", started.json["id"].as_str()?);
        let mut body = json!({ "action": action });
        if action == "pay_after" {
            body["seconds"] = json!(1);
        }
        let driven = self.shop.try_post_as(&path, &body, &format!("{key}-drive")).await?;
        assert_eq!(driven.status, 200, "{}", driven.text);
        if driven.json["state"] == "succeeded" {
            self.paid.lock().expect("no panic").push(order.to_owned());
        }
        self.driven.add_permits(1);
        Some(())
    }

    async fn repeat_unanswered(&self) {
        let unanswered = std::mem::take(&mut *self.unanswered.lock().expect("no panic"));
        for (key, body) in unanswered {
            let answer = self.shop.post_as("/v1/orders", &body, &key).await;
            let fine = answer.status == 201 || answer.code() == "limit_exceeded";
            assert!(fine, "{}", answer.text);
        }
    }
}
