//! kill -9 of the shop while buyers pay through real channels: between a channel's word that money came and our commit. The channels
//! go on without us, and in the end every fen of their books is in ours.

use crate::process::{Server, arg, printed, run, tessera};
use futures_util::future::join_all;
use rand::RngExt;
use reqwest::Client;
use sandbox::{Pace, Running};
use serde_json::json;
use std::net::TcpListener;
use std::time::{Duration, Instant};
use testkit::{Caller, Db, Kind, assert_channels_agree};
use tokio::sync::Semaphore;

const KILLS: usize = 4;
const BUYERS: usize = 8;
/// Payments between two kills.
const PAID_MIN: u32 = 16;
/// How long orders wait, in seconds.
const HOLD_SECONDS: &str = "6";
/// The longest wait for everything to end.
const PATIENCE: Duration = Duration::from_secs(150);
/// What a piece costs: all channels take it.
const PRICE: i64 = 500;
const RECEIPTS: &str = "SELECT COUNT(*) FROM receipts";
const METHODS: [&str; 4] = ["wechat_native", "wechat_h5", "alipay_qr", "stripe"];
const ACTIONS: [&str; 7] = ["pay", "pay", "pay", "pay_twice", "underpay", "fail", "open"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_channels_took_is_never_lost_on_sqlite() {
    what_channels_took_is_never_lost(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_channels_took_is_never_lost_on_postgres() {
    what_channels_took_is_never_lost(Kind::Postgres).await;
}

async fn what_channels_took_is_never_lost(kind: Kind) {
    let db = Db::new(kind);
    let refund_takes = Duration::from_millis(200);
    let pace = Pace { refund_takes, notices_faster: 120, ..Pace::default() };
    let sandbox = sandbox::start(sandbox::Settings { pace, ..sandbox::Settings::default() });
    let sandbox = sandbox.await.expect("the sandbox");
    let address = free_address();
    let mut server = start(&db, &sandbox, &address).await;
    let mut market = Market::open(&db, &server, &sandbox).await;
    let (mut unheard, mut random) = (0, rand::rng());
    for round in 0..KILLS {
        let paid = PAID_MIN + random.random_range(0..24);
        market.trade_until_killed(round, &mut server, paid).await;
        unheard += market.unheard(&db).await;
        server = start(&db, &sandbox, &address).await;
        market.shop = server.merchant(0);
    }
    assert!(unheard > 0, "no kill fell between a channel's word and our commit");
    market.until_all_ended(&db).await;
    assert_channels_agree(&market.shop, &sandbox.books()).await;
    server.stop().await;
    let output = run(&["verify", "--database", db.url(), "--json"]);
    let (report, complaint) = printed(&output);
    assert!(output.status.success(), "verify fails: {report} {complaint}");
}

/// An address that no other program is given: below the ports that the system chooses from.
fn free_address() -> String {
    let mut random = rand::rng();
    loop {
        let address = format!("127.0.0.1:{}", random.random_range(20_000..30_000));
        if TcpListener::bind(&address).is_ok() {
            return address;
        }
    }
}

/// The shop, always at the same address: the channels know it.
async fn start(db: &Db, sandbox: &Running, address: &str) -> Server {
    let (folder, key) = (db.folder().join("data"), db.folder().join("the.key"));
    let args = ["demo", "--data", arg(&folder), "--database", db.url(), "--listen", address];
    let more = ["--master-key-file", arg(&key), "--hold-seconds", HOLD_SECONDS];
    let mut command = tessera(&args);
    Server::spawn(db.folder(), command.args(more).args(["--sandbox", sandbox.url()])).await
}

/// Buyers, a shop, and the channels between them.
struct Market<'s> {
    shop: Caller,
    sku: String,
    sandbox: &'s Running,
    http: Client,
    paid: Semaphore,
    /// Receipts that the demo brought.
    receipts: i64,
}

impl<'s> Market<'s> {
    async fn open(db: &Db, server: &Server, sandbox: &'s Running) -> Self {
        let shop = server.merchant(0);
        let sku = shop.sku(PRICE, json!({})).await;
        shop.stock(&sku, "ch-", 4_000).await;
        for (channel, body) in sandbox.accounts().merchants[0].entries() {
            let made = shop.post("/v1/payment-accounts", &body).await;
            assert_eq!(made.status, 201, "{channel}: {}", made.text);
            if channel == "stripe" {
                let id = made.json["id"].as_str().expect("an id");
                sandbox.add_stripe_webhook(0, &format!("{}/notify/stripe/{id}", server.url()));
            }
        }
        let (http, paid) = (Client::new(), Semaphore::new(0));
        Self { shop, sku, sandbox, http, paid, receipts: db.number(RECEIPTS).await }
    }

    /// Payers go on paying when the shop is dead: what they saw of it is enough.
    async fn trade_until_killed(&self, round: usize, server: &mut Server, paid: u32) {
        self.paid.forget_permits(self.paid.available_permits());
        let buyers = join_all((0..BUYERS).map(|buyer| self.buy(round, buyer)));
        let killer = async {
            self.paid.acquire_many(paid).await.expect("it is never closed").forget();
            server.kill();
        };
        tokio::join!(killer, buyers);
    }

    /// One buyer until no answer comes any more.
    async fn buy(&self, round: usize, buyer: usize) {
        for n in 0.. {
            let name = format!("buyer-{round}-{buyer}-{n}");
            let body = json!({ "sku": self.sku, "quantity": 1, "buyer": { "external_id": name } });
            let Some(placed) = self.shop.try_post_as("/v1/orders", &body, &name).await else {
                return;
            };
            assert_eq!(placed.status, 201, "{}", placed.text);
            let order = placed.json["id"].as_str().expect("an id");
            let path = format!("/v1/orders/{order}/payments");
            let method = json!({ "method": METHODS[(buyer + n) % METHODS.len()] });
            let Some(begun) = self.shop.try_post_as(&path, &method, &format!("{name}-pay")).await
            else {
                return;
            };
            if begun.code() == "order_state" {
                // The machine was so slow that the order's time was over.
                continue;
            }
            assert_eq!(begun.status, 201, "{}", begun.text);
            let payment = begun.json["id"].as_str().expect("an id");
            let act = json!({ "action": ACTIONS[(buyer + 3 * n + round) % ACTIONS.len()] });
            let url = format!("{}/control/payments/{payment}", self.sandbox.url());
            let said = self.http.post(url).json(&act).send().await.expect("the sandbox answers");
            // What the channel closed meanwhile is not paid any more.
            assert!(matches!(said.status().as_u16(), 200 | 409), "{act}: {}", said.status());
            self.paid.add_permits(1);
        }
    }

    /// Every charge was told of, also those whose notices met a dead shop more than once; then no order waits, no payment is
    /// open, no refund is on its way.
    async fn until_all_ended(&self, db: &Db) {
        let begun = Instant::now();
        while self.unheard(db).await > 0 {
            assert!(begun.elapsed() < PATIENCE, "a charge is never heard of");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        for open in [
            "SELECT COUNT(*) FROM orders WHERE expires_at IS NOT NULL",
            "SELECT COUNT(*) FROM work WHERE kind = 20",
            "SELECT COUNT(*) FROM refunds WHERE state = 1",
            "SELECT COUNT(*) FROM accounts WHERE kind = 2 AND held <> 0",
        ] {
            while db.number(open).await > 0 {
                if begun.elapsed() > PATIENCE {
                    panic!("it never ends: {open}: {}", self.what_hangs().await);
                }
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }

    /// A refund that is on its way, with what was said to its channel.
    async fn what_hangs(&self) -> String {
        let refunds = self.shop.get("/v1/refunds?state=processing&limit=1").await;
        let payment = refunds.json["data"][0]["payment"].as_str().unwrap_or("none");
        let said = self.shop.get(&format!("/v1/payments/{payment}/exchanges")).await;
        format!("{} {}", refunds.text, said.text)
    }

    /// Charges that the channels have in their books and the dead shop has not.
    async fn unheard(&self, db: &Db) -> i64 {
        let books = self.sandbox.books();
        let payments = books["payments"].as_array().expect("payments").iter();
        let charged: usize = payments.filter_map(|it| it["charges"].as_array()).map(Vec::len).sum();
        charged as i64 - (db.number(RECEIPTS).await - self.receipts)
    }
}
