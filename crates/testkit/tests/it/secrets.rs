//! No secret in clear: not in the database, its log and its staged uploads, not in reports, logs and
//! answers. Recognisable secrets are planted and then searched for in everything that there is.

mod search;

use kernel::{Mode, Tenant};
use reqwest::Method;
use search::{Findings, Log, Marker, Spelling, find_in_files, find_in_lines};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::{Duration, Instant};
use testkit::requests::REQUESTS;
use testkit::{Answer, App, Caller, Db, Fixture, Kind, Options, on_both};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

on_both!(no_secret_stays_in_clear, staged_uploads_are_sealed,);

/// What is planted: every secret of the test has one of these in it.
struct Planted {
    /// Part of every number, password and buyer's name.
    marker: String,
    /// Part of what is meant to be readable: shows that the search finds what is there.
    clear: String,
    /// Keys of the API.
    keys: Vec<String>,
}

impl Planted {
    fn new() -> Self {
        let word = || format!("{:016X}", rand::random::<u64>());
        Self { marker: format!("TSR{}", word()), clear: format!("CLR{}", word()), keys: Vec::new() }
    }

    fn secrets(&self) -> Vec<Marker> {
        // Of a key, the part behind its prefix: the prefix is no secret.
        let keys = self.keys.iter().map(|key| key.rsplit('_').next().unwrap_or(key));
        keys.chain([self.marker.as_str()]).map(Marker::new).collect()
    }

    /// A file with good rows, a duplicate, and a row of each kind that cannot be read. The last of the good ones is
    /// good for longest: it is sold last, so it is there to be frozen.
    fn file(&self) -> String {
        let m = &self.marker;
        let until = |n| if n == 39 { "2099-12-31" } else { "2099-12-30" };
        let good: String = (0..40).map(|n| format!("{m}N{n},{m}P{n},{}\n", until(n))).collect();
        let bad = [
            format!("={m}1,{m},"),
            format!("\"{m}2,{m},"),
            format!("{m}\"3,{m},"),
            format!("{m}4"),
            format!("{m}5,{m},,{m}"),
            format!("{m}6,\u{7}{m},"),
            format!("{m}7,{m},{m}"),
            format!("{m}8,{m},2001-01-01"),
            format!("{}9,{m},", m.repeat(30)),
            format!("{},{m},", m.repeat(500)),
        ];
        format!("number,password,valid_until\n{good}{m}N0,{m},\n{}\n", bad.join("\n"))
    }
}

/// Every answer that must not hold a secret.
#[derive(Default)]
struct Answers(Vec<String>);

impl Answers {
    fn take(&mut self, answer: Answer) -> Answer {
        self.0.push(answer.text.clone());
        answer
    }

    fn refused(&mut self, answer: Answer) {
        assert!((400..500).contains(&answer.status), "it should be refused: {}", answer.text);
        self.take(answer);
    }
}

fn upload(shop: &Caller, sku: &str, file: String) -> reqwest::RequestBuilder {
    let path = format!("/v1/skus/{sku}/code-imports");
    shop.request(Method::POST, &path).header("content-type", "text/csv").body(file)
}

/// Imports good and bad files; gives the ids of the imports.
async fn import(shop: &Caller, sku: &str, planted: &Planted, answers: &mut Answers) -> Vec<String> {
    let m = &planted.marker;
    let files = [
        planted.file(),
        format!("{m}X1,{m}\n{m}X2,{m}\n"),
        format!("number,\"pass{m}\n{m},{m}\n"),
        format!("PK\u{3}\u{4}{m}"),
    ];
    let mut ids = Vec::new();
    for (n, file) in files.into_iter().enumerate() {
        let started = answers.take(shop.send(upload(shop, sku, file)).await);
        let id = started.json["id"].as_str().expect("an id").to_owned();
        let done = shop.imported(&id).await;
        assert_eq!(done["state"], if n == 0 { "done" } else { "failed" }, "{done}");
        if n == 0 {
            let counts = (&done["accepted"], &done["duplicates"], &done["errors"]);
            assert_eq!(counts, (&json!(41), &json!(0), &json!(7)), "{done}");
        }
        answers.0.push(done.to_string());
        let report = shop.get(&format!("/v1/code-imports/{id}/errors")).await;
        assert_eq!(report.text.lines().count(), if n == 0 { 8 } else { 1 }, "{}", report.text);
        answers.take(report);
        ids.push(id);
    }
    ids
}

/// Orders, repeats and reveals: the only answers that may show codes. Gives the orders.
async fn trade(shop: &Caller, sku: &str, planted: &Planted, answers: &mut Answers) -> Vec<String> {
    let buyer = format!("{}-buyer", planted.marker);
    let credit = json!({
        "buyer": { "external_id": buyer }, "amount": { "amount": 90_000, "currency": "CNY" }
    });
    let credited = answers.take(shop.post("/v1/wallet-credits", &credit).await);
    assert_eq!(credited.status, 201, "{}", credited.text);
    let mut orders = Vec::new();
    for n in 0..3 {
        let mut body = Caller::order_body(sku, 2, &buyer);
        body["input"] =
            json!({ "wish": format!("for {}", planted.marker), "phone": "13800138000" });
        let key = format!("order-{n}");
        let bought = shop.post_as("/v1/orders", &body, &key).await;
        assert_eq!(bought.status, 201, "{}", bought.text);
        let code = &bought.json["deliveries"][1]["code"]["password"];
        assert!(
            code.as_str().is_some_and(|code| code.contains(&planted.marker)),
            "{}",
            bought.text
        );
        let again = shop.post_as("/v1/orders", &body, &key).await;
        assert!(again.replayed && again.text == bought.text, "{}", again.text);
        let id = bought.json["id"].as_str().expect("an id").to_owned();
        let shown = shop.post(&format!("/v1/orders/{id}/reveal"), &json!({})).await;
        assert_eq!(shown.json["deliveries"], bought.json["deliveries"], "{}", shown.text);
        orders.push(id);
    }
    for path in ["lookup", "freeze", "unfreeze", "void"] {
        let mut body = json!({ "code": format!("{}N39", planted.marker), "reason": "查询" });
        if path == "lookup" {
            body.as_object_mut().expect("a body").remove("reason");
        }
        let path = format!("/v1/codes/{path}");
        assert_eq!(answers.take(shop.post(&path, &body).await).status, 200);
        body["code"] = json!(format!("{}-nobody-has-it", planted.marker));
        answers.refused(shop.post(&path, &body).await);
    }
    for path in ["/v1/buyers/lookup", "/v1/wallets/lookup", "/v1/wallets/entries"] {
        let named = json!({ "external_id": buyer });
        let body = if path.starts_with("/v1/buyers") { named } else { json!({ "buyer": named }) };
        assert_eq!(answers.take(shop.post(path, &body).await).status, 200);
    }
    orders
}

/// Errors that somebody could try to fill with secrets.
async fn err(url: &str, shop: &Caller, sku: &str, planted: &Planted, answers: &mut Answers) {
    let m = &planted.marker;
    let raw = |body: String| {
        let request = shop.request(Method::POST, "/v1/orders").header("Idempotency-Key", "e");
        request.header("content-type", "application/json").body(body)
    };
    let bodies = [
        m.clone(),
        format!("\"{m}\""),
        format!("{{\"sku\":\"{m}"),
        format!("{{\"sku\":\"{m}\"}}"),
        format!("{{\"buyer\":\"{m}\"}}"),
        format!("{{\"buyer\":{{\"external_id\":[\"{m}\"]}}}}"),
        format!("{{\"buyer\":{{\"external_id\":\"{}\"}}}}", m.repeat(30)),
        format!("{{\"buyer\":{{\"id\":\"{m}\"}}}}"),
        format!("{{\"channel\":\"{m}\"}}"),
        format!("{{\"pay\":{{\"method\":\"{m}\"}}}}"),
        format!("{{\"quantity\":\"{m}\"}}"),
        format!("{{\"lines\":[{{\"sku\":\"{sku}\",\"quantity\":\"{m}\"}}]}}"),
        format!("{{\"external_id\":\"{m}\\u0000\"}}"),
        format!("{{\"max_amount\":\"{m}\"}}"),
        format!("{{\"input\":\"{m}\"}}"),
        format!("{{\"input\":{{\"wish\":[\"{m}\"]}}}}"),
        format!("{{\"input\":{{\"wish\":\"{}\"}}}}", m.repeat(30)),
        format!("{{\"consent\":\"{m}\"}}"),
    ];
    for body in bodies {
        answers.refused(shop.send(raw(body)).await);
    }
    let order = |n, buyer: &str| Caller::order_body(sku, n, buyer);
    let (poor, rich) = (format!("{m}-poor"), format!("{m}-buyer"));
    answers.refused(shop.post("/v1/orders", &order(1, &poor)).await);
    answers.refused(shop.post("/v1/orders", &order(400, &rich)).await);
    for field in ["phone", "else"] {
        let mut body = order(1, &rich);
        body["input"] = json!({ field: m });
        answers.refused(shop.post("/v1/orders", &body).await);
    }
    answers.refused(shop.post_as("/v1/orders", &order(1, &rich), "order-0").await);
    answers.refused(
        shop.post("/v1/wallets/lookup", &json!({ "buyer": { "external_id": poor } })).await,
    );
    let paths =
        ["/v1/products/M", "/v1/orders?limit=M", "/v1/orders?after=M", "/v1/journal?x=M", "/M"];
    for path in paths {
        answers.refused(shop.get(&path.replace('M', m)).await);
    }
    let path = format!("/v1/skus/{sku}/code-imports");
    for query in ["unit_cost=M", "separator=M", "unit_cost=1&unit_cost=M"] {
        let path = format!("{path}?{}", query.replace('M', m));
        let request = shop.request(Method::POST, &path).header("content-type", "text/csv");
        answers.refused(shop.send(request.body(planted.file())).await);
    }
    let typed = shop.request(Method::POST, &path).header("content-type", format!("text/{m}"));
    answers.refused(shop.send(typed.body(planted.file())).await);
    for key in [m.clone(), format!("sk_test_{m}"), format!("{}{m}", shop.key)] {
        let stranger = Caller::new(url, &key, shop.tenant);
        answers.refused(stranger.get("/v1/orders").await);
    }
}

/// What every route that reads shows of the fixture in which all of that happened.
async fn read_all(shop: &Caller, operator: &Caller, fixture: &Fixture, answers: &mut Answers) {
    for ask in REQUESTS.iter().filter(|ask| ask.route.starts_with("GET ")) {
        let operates = ask.path.contains("merchants");
        let by = if operates { operator } else { shop };
        let answer = by.send(ask.build(by, fixture, fixture, "unused")).await;
        answers.take(answer);
    }
}

async fn assert_clean(db: &Db, planted: &Planted, log: &Log, answers: &Answers, running: bool) {
    if let Some(server) = db.postgres() {
        // What is in its memory goes to its files now.
        server.sql("CHECKPOINT").expect("a checkpoint");
        server.sql("SELECT pg_switch_wal()").expect("a new segment");
    }
    let logged = db.files().iter().any(|path| {
        let path = path.to_string_lossy();
        path.ends_with("-wal") || path.contains("/pg_wal/")
    });
    assert!(logged || !running, "the write-ahead log is not searched");
    let (secrets, clear) = (planted.secrets(), [Marker::new(&planted.clear)]);
    let rows = db.rows().await;
    for (place, found) in [
        ("rows", find_in_lines(&rows, &secrets)),
        ("files", find_in_files(&db.files(), &secrets)),
        ("logs", find_in_lines(&[log.text()], &secrets)),
        ("answers", find_in_lines(&answers.0, &secrets)),
    ] {
        assert!(found.is_empty(), "secrets in clear in {place}: {found:#?}");
    }
    let there = |found: Findings, place: &str| assert!(!found.is_empty(), "{place} are searched");
    there(find_in_lines(&rows, &clear), "rows");
    there(find_in_files(&db.files(), &clear), "files");
    there(find_in_lines(&[log.text()], &clear), "logs");
    there(find_in_lines(&answers.0, &clear), "answers");
}

async fn no_secret_stays_in_clear(kind: Kind) {
    let log = search::log();
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let mut planted = Planted::new();
    tracing::info!("searched for: {}", planted.clear);
    let fixture = Fixture::new(&app, "ALPHA").await;
    let (shop, operator) = (fixture.shop.clone(), app.operator().await);
    planted.keys =
        vec![shop.key.clone(), operator.key.clone(), fixture.names["key_secret"].clone()];
    let mut answers = Answers::default();
    let field = |code, kind| json!({ "code": code, "name": code, "kind": kind, "required": false });
    let input = [field("wish", "text"), field("phone", "phone")];
    let named = json!({ "name": planted.clear, "input": input, "skus": [{
        "kind": "code", "name": "月卡", "price": { "amount": 1990, "currency": "CNY" }
    }]});
    let product = answers.take(shop.post("/v1/products", &named).await);
    let sku = product.json["skus"][0]["id"].as_str().expect("a SKU's id");

    import(&shop, sku, &planted, &mut answers).await;
    let orders = trade(&shop, sku, &planted, &mut answers).await;
    for order in orders {
        answers.take(shop.get(&format!("/v1/orders/{order}")).await);
    }
    err(app.url(), &shop, sku, &planted, &mut answers).await;
    read_all(&shop, &operator, &fixture, &mut answers).await;
    assert_clean(&db, &planted, &log, &answers, true).await;
    app.stop().await;
    assert_clean(&db, &planted, &log, &answers, false).await;
    db.assert_sound().await;
}

/// Waits until so many pieces of uploads are staged.
async fn staged(db: &Db, pieces: i64) {
    let begun = Instant::now();
    while db.number("SELECT count(*) FROM staged_chunks").await < pieces {
        assert!(begun.elapsed() < Duration::from_secs(60), "{pieces} pieces are never staged");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// One upload waits for a job that never comes, another is still coming in.
async fn staged_uploads_are_sealed(kind: Kind) {
    let log = search::log();
    let db = Db::new(kind);
    let options = Options { without_work: true, ..Options::default() };
    let app = App::start_with(db.url(), options).await;
    let planted = Planted::new();
    tracing::info!("searched for: {}", planted.clear);
    let tenant = app.tenant(&planted.clear).await;
    assert_eq!(tenant, Tenant::new(tenant.merchant(), Mode::Test));
    let shop = app.caller(tenant, &domain::identity::Scope::MERCHANT).await;
    let sku = shop.sku(1_990, json!({ "name": planted.clear })).await;
    let mut answers = Answers::default();
    let rows: String = (0..40_000).map(|n| format!("{}{n},{n}\n", planted.marker)).collect();
    let file = format!("number,password\n{rows}");
    let started = answers.take(shop.send(upload(&shop, &sku, file.clone())).await);
    assert_eq!(started.status, 202, "{}", started.text);
    let waiting = db.number("SELECT count(*) FROM staged_chunks").await;
    assert_eq!(waiting, file.len().div_ceil(kernel::limits::STAGED_CHUNK_BYTES) as i64);

    let address = app.url().strip_prefix("http://").expect("a plain address");
    let mut coming = TcpStream::connect(address).await.expect("a connection");
    let head = format!(
        "POST /v1/skus/{sku}/code-imports HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\n\
         Content-Type: text/csv\r\nContent-Length: {}\r\n\r\n",
        shop.key,
        file.len() + 1
    );
    coming.write_all(&[head.as_bytes(), file.as_bytes()].concat()).await.expect("it is taken");
    staged(&db, 2 * waiting - 1).await;
    let imports = answers.take(shop.get("/v1/code-imports").await);
    let states = imports.json["data"].as_array().into_iter().flatten().map(|i| &i["state"]);
    assert_eq!(states.collect::<Vec<&Value>>(), ["running", "running"], "{}", imports.text);
    answers.take(shop.get("/v1/products").await);
    assert_clean(&db, &planted, &log, &answers, true).await;
    drop(coming);
    app.stop().await;
}

#[test]
fn the_search_finds_every_spelling_in_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let marker = Marker::new("TSR0123456789ABCDEF");
    for (n, spelling) in Spelling::ALL.into_iter().enumerate() {
        for shift in 0..4 {
            // In the middle of other bytes, at every place that a spelling could depend on.
            let clear = format!("{}TSR0123456789ABCDEF-tail", "x".repeat(shift));
            let spelt = spelling.spell(clear.as_bytes());
            let path = folder.path().join(format!("{n}-{shift}"));
            let around = [vec![0xff; 70_000 + shift], spelt, vec![0; 10]].concat();
            std::fs::write(&path, around).expect("a file");
            let found = find_in_files(&[path], std::slice::from_ref(&marker));
            assert_eq!(found.len(), 1, "{spelling:?} shifted by {shift} is not found");
        }
    }
    let other = folder.path().join("other");
    std::fs::write(&other, "TSR0123456789ABCDE_ and nothing else").expect("a file");
    assert!(find_in_files(&[other], &[marker]).is_empty(), "it finds what is not there");
    let log = Arc::new(search::log());
    tracing::info!("a sentence of LOGGED-0123456789");
    let found = find_in_lines(&[log.text()], &[Marker::new("LOGGED-0123456789")]);
    assert_eq!(found.len(), 1, "the log is not captured");
}
