//! Every row of the table of payment mishaps against the real binary, with kill -9 between its steps: while
//! orders are brought to their moment, between a refund and its sending, before an order's timer can ring, between
//! two notices, and before what they set off is done. It ends as if nobody had been killed.

use crate::process::{Server, arg, printed, run, signal};
use futures_util::future::join_all;
use kernel::{OrderId, Timestamp};
use std::time::{Duration, Instant};
use testkit::mishaps::{Case, Moment, Row, rows, tell};
use testkit::{Caller, Db, Kind};
use tokio::sync::Semaphore;
use vault::KeyRing;

/// How long orders wait whose time must not be over, and how long the others, in seconds.
const LONG: &str = "900";
const SHORT: &str = "6";
/// The longest wait for what must happen by itself.
const PATIENCE: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_mishap_survives_kills_on_sqlite() {
    every_mishap_survives_kills(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_mishap_survives_kills_on_postgres() {
    every_mishap_survives_kills(Kind::Postgres).await;
}

async fn every_mishap_survives_kills(kind: Kind) {
    let begun = Instant::now();
    let mut stage = Stage::open(kind).await;
    let (late, early): (Vec<Row>, Vec<Row>) = rows().partition(|row| row.moment.is_late());
    let mut cases = stage.begin(early).await;
    stage.step(&cases, SHORT, async |stage, case| stage.reach(case).await).await;

    // All of these are killed with their timers set, and are late when the next process comes.
    let late = stage.begin(late).await;
    stage.kill().await;
    let last = late.iter().map(|case| case.expires_at.0).max().expect("late orders");
    let left = last - Timestamp::now().0;
    tokio::time::sleep(Duration::from_micros(left.max(0).unsigned_abs() + 1)).await;
    stage.start(LONG).await;
    let (at_expiry, expired): (Vec<Case>, Vec<Case>) =
        late.into_iter().partition(|case| case.row.moment == Moment::AtExpiry);
    stage.step(&at_expiry, LONG, async |stage, case| stage.tell(case, 0, 1).await).await;
    for case in &expired {
        stage.until(case, "cancelled").await;
    }
    stage.step(&expired, LONG, async |stage, case| stage.reach(case).await).await;

    cases.extend(expired);
    stage.step(&cases, LONG, async |stage, case| stage.tell(case, 0, 1).await).await;
    cases.extend(at_expiry);
    stage.step(&cases, LONG, async |stage, case| stage.tell(case, 1, usize::MAX).await).await;
    stage.kill().await;
    stage.start(LONG).await;
    let (kills, interrupted) = (stage.kills, stage.interrupted);
    stage.end(&cases).await;
    eprintln!("{kills} kills, {interrupted} refunds in flight, in {:?}", begun.elapsed());
}

/// A server that is killed again and again, and what its callers know.
struct Stage {
    db: Db,
    server: Server,
    shop: Caller,
    /// What the test channel signs with.
    secret: Vec<u8>,
    kills: usize,
    /// Refunds that were on their way when the server was killed, over all kills.
    interrupted: i64,
    /// Steps that got no answer because the server was killed.
    unanswered: usize,
}

impl Stage {
    /// The first start makes the keys, of which the channel's secret follows.
    async fn open(kind: Kind) -> Self {
        let db = Db::new(kind);
        let mut server = start(&db, LONG).await;
        // A merchant of its own: the demo fills up its own shelves at each start.
        let shop = server.new_merchant().await;
        server.kill();
        let file = std::fs::read_to_string(db.folder().join("the.key")).expect("the key file");
        let ring = KeyRing::parse(&file).expect("a master key");
        let store = db.store().await;
        let vault = engine::open_vault(&store, &ring).await.expect("the master key opens");
        let secret = vault.test_channel_secret(shop.tenant).to_vec();
        drop(store);
        let server = start(&db, LONG).await;
        let shop = shop.at(server.url());
        Self { db, server, shop, secret, kills: 1, interrupted: 0, unanswered: 0 }
    }

    async fn begin(&self, rows: Vec<Row>) -> Vec<Case> {
        join_all(rows.into_iter().map(|row| Case::begin(&self.shop, row))).await
    }

    async fn kill(&mut self) {
        self.server.kill();
        self.kills += 1;
        self.interrupted += self.db.number("SELECT COUNT(*) FROM refunds WHERE state = 1").await;
    }

    async fn start(&mut self, hold_seconds: &str) {
        self.server = start(&self.db, hold_seconds).await;
        self.shop = self.shop.at(self.server.url());
    }

    /// Does a step for all cases at the same time and kills the server when half of the answers are there;
    /// what got no answer is done again after the next start.
    async fn step(
        &mut self,
        cases: &[Case],
        hold_seconds: &str,
        of: impl AsyncFn(&Self, &Case) -> Option<()>,
    ) {
        let answered = Semaphore::new(0);
        let (this, done) = (&*self, &answered);
        let each = cases.iter().map(async |case| {
            let answer = of(this, case).await;
            done.add_permits(1);
            answer.is_some()
        });
        let half = cases.len() as u32 / 2;
        let pid = self.server.pid();
        let killer = async {
            done.acquire_many(half).await.expect("it is never closed").forget();
            signal(pid, "-KILL");
        };
        let (answers, ()) = tokio::join!(join_all(each), killer);
        self.kill().await;
        self.start(hold_seconds).await;
        for (case, _) in cases.iter().zip(answers).filter(|(_, answered)| !answered) {
            self.unanswered += 1;
            of(self, case).await.unwrap_or_else(|| panic!("no answer for {:?}", case.row));
        }
    }

    async fn reach(&self, case: &Case) -> Option<()> {
        case.reach(&self.shop, &self.secret, Timestamp::now()).await
    }

    /// Tells some of a case's notices, one after the other.
    async fn tell(&self, case: &Case, skip: usize, most: usize) -> Option<()> {
        for notice in case.notices().iter().skip(skip).take(most) {
            tell(&self.shop, notice, &self.secret, Timestamp::now()).await?;
        }
        Some(())
    }

    async fn state(&self, case: &Case) -> String {
        let answer = self.shop.get(&format!("/v1/orders/{}", case.order)).await;
        answer.json["state"].as_str().unwrap_or_else(|| panic!("{}", answer.text)).to_owned()
    }

    async fn until(&self, case: &Case, state: &str) {
        let begun = Instant::now();
        while self.state(case).await != state {
            assert!(begun.elapsed() < PATIENCE, "{:?} never becomes {state}", case.row);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Every row has ended as the table says, all money is where it belongs, and the books are sound.
    async fn end(self, cases: &[Case]) {
        assert_eq!(cases.len(), rows().count());
        let begun = Instant::now();
        while self.db.number("SELECT COUNT(*) FROM refunds WHERE state <> 2").await > 0 {
            assert!(begun.elapsed() < PATIENCE, "a refund never ends");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let reader = self.db.reader().await;
        for case in cases {
            self.until(case, case.row.state).await;
            let order = OrderId::parse(&case.order).expect("an order");
            let refunds = reader.refunds_of_order(self.shop.tenant, order).await.expect("refunds");
            let back = refunds.iter().filter(|refund| refund.receipt.is_some());
            assert_eq!(
                back.map(|refund| refund.amount).sum::<i64>(),
                case.row.back,
                "{:?}",
                case.row
            );
        }
        drop(reader);
        assert!(self.interrupted > 0, "no refund was on its way when the server was killed");
        assert!(self.unanswered > 0, "nothing was in flight when the server was killed");
        self.server.stop().await;
        let output = run(&["verify", "--database", self.db.url(), "--json"]);
        let (report, complaint) = printed(&output);
        assert!(output.status.success(), "verify fails: {report} {complaint}");
    }
}

async fn start(db: &Db, hold_seconds: &str) -> Server {
    let (folder, key) = (db.folder().join("data"), db.folder().join("the.key"));
    let args = ["demo", "--data", arg(&folder), "--database", db.url()];
    let more = ["--master-key-file", arg(&key), "--hold-seconds", hold_seconds];
    Server::start(db.folder(), &[&args[..], &more].concat()).await
}
