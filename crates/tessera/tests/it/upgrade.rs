//! Data that the last program before records of fields wrote (`tests/data/before-records`): opened, compared again while
//! the process is killed in the middle, sold from, and verified. An import that it was killed in ends, and is sent again.

mod chain;
mod keys;
mod styles;

use crate::process::{Server, arg, printed, run, tessera};
use kernel::{MerchantId, Mode, Tenant, id};
use serde_json::{Value, json};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use testkit::{Caller, Db, Kind, on_both};

on_both!(
    data_of_before_is_opened_compared_and_sold,
    a_journal_of_before_is_moved_while_it_is_killed
);

/// How often four facts are told again, two of the operator and two of a merchant, so that moving the journal takes many
/// slices.
const AGAIN: i64 = 60_000;

/// Old tags that are left.
const LEFT: &str = "SELECT COUNT(*) FROM code_tags_before";
/// How often the data is taken afresh because the process was too quick to be killed in the middle.
const TRIES: usize = 10;
/// How long a job may take, with its restarts.
const PATIENCE: Duration = Duration::from_secs(60);

/// What is known of the data: keys, orders with their codes, the import that was killed.
struct Before {
    folder: PathBuf,
    name: &'static str,
    known: Value,
}

impl Before {
    fn of(kind: Kind) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/before-records");
        let name = if kind == Kind::Sqlite { "sqlite" } else { "postgres" };
        let known = fs::read(folder.join(format!("{name}.json"))).expect("what is known");
        let known = serde_json::from_slice(&known).expect("JSON");
        Self { folder, name, known }
    }

    /// A database with the data in it.
    fn restore(&self, kind: Kind) -> (Db, PathBuf) {
        let db = Db::new(kind);
        let key = db.folder().join("the.key");
        fs::copy(self.folder.join(format!("{}.key", self.name)), &key).expect("the key");
        let file = if kind == Kind::Sqlite { "sqlite.db.gz" } else { "postgres.sql.gz" };
        let place = db.folder().join(if kind == Kind::Sqlite { "t.db" } else { "before.sql" });
        let mut unpack = Command::new("gzip");
        unpack.arg("-dc").arg(self.folder.join(file));
        unpack.stdout(Stdio::from(File::create(&place).expect("a file")));
        assert!(unpack.status().expect("gzip runs").success());
        if let Some(server) = db.postgres() {
            server.sql(&format!("\\i {}", arg(&place))).expect("the data is read");
        }
        (db, key)
    }

    fn text(&self, name: &str) -> &str {
        self.known[name].as_str().expect("a text")
    }

    fn caller(&self, server: &Server) -> Caller {
        let merchant = MerchantId::parse(self.text("merchant")).expect("a merchant");
        Caller::new(server.url(), self.text("secret_key"), Tenant::new(merchant, Mode::Test))
    }
}

async fn start(db: &Db, key: &Path) -> Server {
    let args = ["serve", "--database", db.url(), "--master-key-file", arg(key)];
    let careless = (db.kind == Kind::Postgres).then_some("--allow-fsync-off");
    let args: Vec<&str> = args.into_iter().chain(careless).collect();
    Server::start(db.folder(), &args).await
}

/// Starts a process on the data and kills it while it compares the codes again.
async fn killed_in_the_middle(before: &Before, kind: Kind) -> (Db, PathBuf) {
    for _ in 0..TRIES {
        let (db, key) = before.restore(kind);
        let all = db.number("SELECT COUNT(*) FROM code_tags").await;
        let mut server = start(&db, &key).await;
        let begun = Instant::now();
        while db.number(LEFT).await == all && begun.elapsed() < PATIENCE {}
        server.kill();
        let left = db.number(LEFT).await;
        assert!(left < all, "the codes are never compared: {left} of {all}");
        if left > 0 {
            return (db, key);
        }
    }
    panic!("the process was never killed in the middle");
}

async fn data_of_before_is_opened_compared_and_sold(kind: Kind) {
    let before = Before::of(kind);
    let (db, key) = killed_in_the_middle(&before, kind).await;
    let mut server = start(&db, &key).await;
    let mut shop = before.caller(&server);
    let (sku, begun) = (before.text("sku"), Instant::now());
    // Codes are sold before all are compared, and once more the process is killed.
    shop.credit("new-buyer", 10_000_000).await;
    let order = shop.order(sku, 1, "new-buyer").await;
    assert_eq!(order.status, 201, "{}", order.text);
    server.kill();
    server = start(&db, &key).await;
    shop = shop.at(server.url());
    while db.number(LEFT).await > 0 {
        assert!(begun.elapsed() < PATIENCE, "the codes are never compared");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }

    for old in before.known["orders"].as_array().expect("orders") {
        let found = shop.post("/v1/codes/lookup", &json!({ "code": old["number"] })).await;
        let said = (found.status, &found.json["order"]);
        assert_eq!(said, (200, &old["id"]), "{}", found.text);
        let path = format!("/v1/orders/{}/reveal", old["id"].as_str().expect("an id"));
        let seen = shop.post(&path, &json!({})).await;
        let code = &seen.json["deliveries"][0]["code"];
        let (number, password) = (&code["number"], &code["password"]);
        assert_eq!((number, password), (&old["number"], &old["password"]), "{}", seen.text);
    }
    let rows = |mark: &str, secret: &str, n: u64| -> String {
        let row = |i| format!("{mark}-{i:05},{secret}-{:05}\n", i * 7919 % 100_000);
        format!("number,password\n{}", (0..n).map(row).collect::<String>())
    };
    let codes = before.known["codes"].as_u64().expect("a count");
    let again = shop.import(sku, rows("OLD", "secret", codes)).await;
    assert_eq!((&again["accepted"], &again["duplicates"]), (&json!(0), &json!(codes)), "{again}");

    let half = &before.known["half"];
    let caught = shop.imported(half["id"].as_str().expect("an id")).await;
    assert_eq!(caught["state"], "failed", "{caught}");
    let told = caught["failure"].as_str().expect("why");
    assert!(told.contains("send the file again"), "{caught}");
    let came = caught["accepted"].as_u64().expect("a count");
    let count = half["rows"].as_u64().expect("a count");
    assert!(came > 0 && came < count, "it was caught half-way: {caught}");
    let rest = shop.import(sku, rows("HALF", "other", count)).await;
    let counts = (rest["accepted"].as_u64(), rest["duplicates"].as_u64());
    assert_eq!(counts, (Some(count - came), Some(came)), "{rest}");

    // What was stored before is compared as everything else is.
    let twin = shop.import(sku, "number,password\nold00001,SECRET07919\n".to_owned()).await;
    assert_eq!((&twin["accepted"], &twin["doubts_open"]), (&json!(0), &json!(1)), "{twin}");
    server.stop().await;
    let opens = ["verify", "--database", db.url(), "--master-key-file", arg(&key)];
    let output = run(&opens);
    assert!(output.status.success(), "{:?}", printed(&output));
}

/// A longer journal of before: what no row follows from, told again and again in two books.
async fn lengthen(db: &Db) {
    let add = format!(
        "INSERT INTO journal (seq, tenant, at, request, actor, kind, v, subject, data)
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {AGAIN}),
         told AS (
            SELECT j.*, ROW_NUMBER() OVER (ORDER BY j.seq) AS nth FROM journal j
            WHERE j.kind IN ('api_key.created', 'buyer.created')
         )
         SELECT h.seq + 4 * (n.i - 1) + t.nth, t.tenant, h.at, t.request, t.actor, t.kind, t.v, t.subject, t.data
         FROM n CROSS JOIN told t
         CROSS JOIN (SELECT seq, at FROM journal ORDER BY seq DESC LIMIT 1) h;
         UPDATE journal_head SET seq = seq + 4 * {AGAIN}"
    );
    db.sql(&add).await;
}

/// Facts that have been moved.
async fn moved(db: &Db) -> i64 {
    if db.number("SELECT MAX(step) FROM schema_steps").await < 13 {
        return 0;
    }
    db.number("SELECT COUNT(*) FROM journal").await
}

/// Starts a process three times and kills it each time after it has moved more rows and before it has moved all.
async fn killed_while_it_moves(db: &Db, key: &Path, all: i64, moved: impl AsyncFn(&Db) -> i64) {
    let serve = ["serve", "--listen", "127.0.0.1:0"];
    let data = ["--database", db.url(), "--master-key-file", arg(key)];
    let careless = (db.kind == Kind::Postgres).then_some("--allow-fsync-off");
    let mut seen = 0;
    for _ in 0..3 {
        let mut process = tessera(&serve)
            .args(data)
            .args(careless)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let begun = Instant::now();
        while moved(db).await <= seen && begun.elapsed() < PATIENCE {}
        process.kill().expect("it is killed");
        process.wait().expect("it ends");
        let now = moved(db).await;
        assert!(now > seen && now < all, "killed in the middle: {now} of {all} after {seen}");
        seen = now;
    }
}

async fn a_journal_of_before_is_moved_while_it_is_killed(kind: Kind) {
    let before = Before::of(kind);
    let (db, key) = before.restore(kind);
    lengthen(&db).await;
    let all = db.number("SELECT seq FROM journal_head").await;
    assert_eq!(
        db.number("SELECT COUNT(*) FROM journal").await,
        all,
        "the data is as it was written"
    );
    killed_while_it_moves(&db, &key, all, moved).await;
    let server = start(&db, &key).await;
    let of = |what: &str| format!("SELECT COUNT(*) FROM {what}");
    assert_eq!(db.number(&of("journal WHERE before IS NOT NULL")).await, all);
    let disorder = of(
        "journal a JOIN journal b ON b.tenant = a.tenant AND b.seq = a.seq + 1 WHERE b.before <= a.before",
    );
    assert_eq!(db.number(&disorder).await, 0, "each book keeps the order of its facts");

    // A cursor of before goes on with the fact that came next then.
    let shop = before.caller(&server);
    let book: String = shop.tenant.bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    let book =
        if kind == Kind::Sqlite { format!("X'{book}'") } else { format!("'\\x{book}'::bytea") };
    for number in [0, 7, all / 2, all - 5] {
        let mut cursor = [0; 16];
        cursor[8..].copy_from_slice(&number.to_be_bytes());
        let page = shop.get(&format!("/v1/journal?limit=1&after={}", id::encode(&cursor))).await;
        let next = db
            .number(&format!(
                "SELECT MIN(seq) FROM journal WHERE tenant = {book} AND before > {number}"
            ))
            .await;
        assert_eq!(page.json["data"][0]["seq"], json!(next), "after {number}: {}", page.text);
    }
    server.stop().await;
    let output = run(&["verify", "--database", db.url(), "--master-key-file", arg(&key)]);
    assert!(output.status.success(), "{:?}", printed(&output));
}
