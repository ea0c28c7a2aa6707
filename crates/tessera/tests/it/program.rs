//! The program's own promises: its arguments, its files, its exit codes, what it prints.

use crate::process::{Server, arg, printed, run, tessera};
use futures_util::future::join_all;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use tempfile::TempDir;
use testkit::Caller;

/// A folder for the files of a test.
pub fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn sqlite(folder: &Path, name: &str) -> String {
    format!("sqlite://{}", folder.join(name).display())
}

/// A new master key in a file.
fn key_file(folder: &Path, name: &str) -> String {
    let path = folder.join(name);
    vault::MasterKey::read_or_create_file(&path).expect("a master key");
    arg(&path).to_owned()
}

/// The SKUs of the ready file, all merchants together.
fn skus(ready: &Value) -> Vec<Value> {
    let merchants = ready["merchants"].as_array().expect("merchants");
    merchants.iter().flat_map(|m| m["skus"].as_array().expect("SKUs").clone()).collect()
}

/// How many products, imports and codes a merchant has.
async fn counts(shop: &Caller) -> (usize, usize, i64) {
    let count = async |path: &str| {
        let list = shop.get(path).await;
        list.json["data"].as_array().expect("a list").clone()
    };
    let products = count("/v1/products?limit=200").await;
    let stock = products.iter().flat_map(|p| p["skus"].as_array().expect("SKUs"));
    let stock = stock.map(|sku| sku["stock"].as_i64().unwrap_or(0)).sum();
    (products.len(), count("/v1/code-imports?limit=200").await.len(), stock)
}

fn assert_shape(ready: &Value) {
    for field in ["url", "console_url", "database_url", "operator_key"] {
        assert!(ready[field].as_str().is_some_and(|text| !text.is_empty()), "{field}: {ready}");
    }
    let merchants = ready["merchants"].as_array().expect("merchants");
    assert_eq!(merchants.len(), 2, "{ready}");
    for merchant in merchants {
        assert!(merchant["id"].as_str().is_some_and(|id| id.starts_with("mer_")), "{merchant}");
        assert!(merchant["name"].as_str().is_some_and(|name| !name.is_empty()), "{merchant}");
        let key = merchant["secret_key"].as_str().unwrap_or_default();
        assert!(key.starts_with("sk_test_"), "{merchant}");
    }
    for merchant in merchants {
        let all = merchant["skus"].as_array().expect("SKUs");
        assert_eq!(all.iter().filter(|sku| sku["kind"] == "voucher").count(), 2, "{merchant}");
    }
    let staff = ready["staff_url"].as_str().expect("the staff's page");
    assert!(staff.contains("/staff?code="), "{staff}");
    let stores = ready["stores"].as_array().expect("stores");
    assert_eq!(
        stores[0]["merchant"], merchants[0]["id"],
        "the first store is the first merchant's"
    );
    for store in stores {
        assert!(store["id"].as_str().is_some_and(|id| id.starts_with("sto_")), "{store}");
        assert!(store["pin"].as_str().is_some_and(|pin| pin.len() == 6), "{store}");
    }
    for sku in skus(ready) {
        assert!(sku["id"].as_str().is_some_and(|id| id.starts_with("sku_")), "{sku}");
        assert!(["code", "voucher"].iter().any(|kind| sku["kind"] == *kind), "{sku}");
        assert!(sku["name"].as_str().is_some_and(|name| !name.is_empty()), "{sku}");
        assert!(sku["price"]["amount"].as_i64().is_some_and(|amount| amount > 0), "{sku}");
        assert_eq!(sku["price"]["currency"].as_str().map(str::len), Some(3), "{sku}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_demo_is_seeded_once_and_its_keys_keep_working() {
    let folder = folder();
    let data = folder.path().join("data");
    let args = ["demo", "--data", arg(&data)];
    let first = Server::start(folder.path(), &args).await;
    assert_shape(&first.ready);
    assert!(!first.url().ends_with(":0"), "{}", first.url());
    let (old, old_ready) = ([first.merchant(0), first.merchant(1)], first.ready.clone());
    let mut before = Vec::new();
    for shop in &old {
        before.push(counts(shop).await);
    }
    assert!(before.iter().map(|(products, ..)| products).sum::<usize>() >= 12, "{before:?}");
    assert!(before.iter().all(|(_, imports, stock)| *imports > 0 && *stock > 0), "{before:?}");
    first.stop().await;
    assert!(data.join("master.key").exists(), "the master key lies with the data");

    let second = Server::start(folder.path(), &args).await;
    assert_shape(&second.ready);
    assert_eq!(skus(&second.ready), skus(&old_ready), "the second start seeded again");
    for (n, shop) in old.iter().enumerate() {
        assert_eq!(counts(&second.merchant(n)).await, before[n], "with the new key");
        assert_eq!(counts(&shop.at(second.url())).await, before[n], "with the old key");
    }
    let shop = second.merchant(0);
    let sku = skus(&second.ready)[0]["id"].as_str().expect("an id").to_owned();
    shop.credit("buyer", 10_000_000).await;
    let order = shop.order(&sku, 1, "buyer").await;
    assert_eq!((order.status, &order.json["state"]), (201, &json!("delivered")), "{}", order.text);
    let operator = Caller::new(
        second.url(),
        second.ready["operator_key"].as_str().expect("a key"),
        shop.tenant,
    );
    let merchants = operator.get("/v1/merchants").await;
    assert_eq!(merchants.json["data"].as_array().map(Vec::len), Some(2), "{}", merchants.text);
    second.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_demos_master_key_is_made_where_it_is_wanted() {
    let folder = folder();
    let (data, key) = (folder.path().join("data"), folder.path().join("my.key"));
    let args = ["demo", "--data", arg(&data), "--master-key-file", arg(&key)];
    Server::start(folder.path(), &args).await.stop().await;
    let made = fs::read(&key).expect("the key was made");
    let mode = fs::metadata(&key).expect("the key").permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "nobody else may read it");
    assert!(!data.join("master.key").exists(), "there is one key");
    Server::start(folder.path(), &args).await.stop().await;
    assert_eq!(fs::read(&key).expect("the key"), made, "it is made once");
}

/// Runs `serve`, which must refuse to start; gives its complaint.
fn refused(args: &[&str]) -> String {
    let args = [&["serve", "--listen", "127.0.0.1:0"], args].concat();
    let (_, complaint) = printed(&run_refused(&args));
    complaint
}

fn run_refused(args: &[&str]) -> std::process::Output {
    let output = run(args);
    assert_eq!(output.status.code(), Some(1), "it did not refuse: {output:?}");
    output
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn serve_starts_with_the_right_master_key_and_alone_on_its_file() {
    let folder = folder();
    let url = sqlite(folder.path(), "t.db");
    let (right, wrong) = (key_file(folder.path(), "right"), key_file(folder.path(), "wrong"));

    let complaint = refused(&["--database", &url]);
    for cure in ["--master-key-file", "TESSERA_MASTER_KEY", "/dev/urandom"] {
        assert!(complaint.contains(cure), "{cure}: {complaint}");
    }
    let missing = folder.path().join("nowhere");
    let complaint = refused(&["--database", &url, "--master-key-file", arg(&missing)]);
    assert!(complaint.contains("nowhere") && !missing.exists(), "serve makes no key: {complaint}");

    let args = ["serve", "--create", "--database", &url, "--master-key-file", &right];
    let server = Server::start(folder.path(), &args).await;
    assert_eq!(server.ready["database_url"], url.as_str());
    let console = format!("{}/console/", server.ready["url"].as_str().expect("an address"));
    assert_eq!(server.ready["console_url"], console.as_str());
    let health = reqwest::get(format!("{}/healthz", server.url())).await.expect("an answer");
    assert_eq!(health.status(), 200);
    let complaint = refused(&["--database", &url, "--master-key-file", &right]);
    assert!(complaint.contains("another process writes to this database"), "{complaint}");
    assert!(complaint.contains("PostgreSQL"), "the cure: {complaint}");
    server.stop().await;

    let complaint = refused(&["--database", &url, "--master-key-file", &wrong]);
    assert!(complaint.contains("this master key does not open"), "{complaint}");
    Server::start(folder.path(), &args).await.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flag_wins_over_the_environment_which_wins_over_the_file() {
    let folder = folder();
    let config = folder.path().join("tessera.toml");
    let url = |name: &str| sqlite(folder.path(), name);
    let key = key_file(folder.path(), "key");
    let text =
        format!("database = \"{}\"\nmaster_key_file = \"{key}\"\nreaders = 2\n", url("file"));
    fs::write(&config, text).expect("a configuration");
    let base = ["serve", "--create", "--listen", "127.0.0.1:0", "--config", arg(&config)];

    let by_file = Server::spawn(folder.path(), &mut tessera(&base)).await;
    assert_eq!(by_file.ready["database_url"], url("file"));
    by_file.stop().await;
    let mut command = tessera(&base);
    // The key of whoever calls is often there too.
    let command = command.env("TESSERA_DATABASE", url("environment")).env("TESSERA_KEY", "sk_x");
    let by_environment = Server::spawn(folder.path(), command).await;
    assert_eq!(by_environment.ready["database_url"], url("environment"));
    by_environment.stop().await;
    let mut command = tessera(&base);
    let command = command.env("TESSERA_DATABASE", url("environment"));
    let by_flag = Server::spawn(folder.path(), command.args(["--database", &url("flag")])).await;
    assert_eq!(by_flag.ready["database_url"], url("flag"));
    by_flag.stop().await;

    fs::write(&config, "databse = \"sqlite://t.db\"\n").expect("a configuration");
    let complaint = printed(&run_refused(&base)).1;
    assert!(complaint.contains("databse"), "a misspelt word is named: {complaint}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_termination_answers_what_it_accepted() {
    let folder = folder();
    let data = folder.path().join("data");
    let args = ["demo", "--data", arg(&data)];
    let mut server = Server::start(folder.path(), &args).await;
    let shop = server.merchant(0);
    let sku = shop.sku(1, json!({})).await;
    shop.stock(&sku, "T", 3_000).await;
    shop.credit("buyer", 1_000_000).await;
    let body = Caller::order_body(&sku, 1, "buyer");
    // Each caller orders until it gets no order any more, and says which request that was.
    let buy = async |caller: usize| {
        for n in 0.. {
            let key = format!("order-{caller}-{n}");
            let ask = shop.request(reqwest::Method::POST, "/v1/orders");
            let ask = ask.header("Idempotency-Key", &key).json(&body);
            match shop.try_send(ask).await {
                Ok(answer) if answer.status == 201 => {}
                Ok(answer) => {
                    assert_eq!(answer.code(), "overloaded", "{}", answer.text);
                    return (n, key);
                }
                Err(_) => return (n, key),
            }
        }
        unreachable!("a caller ends when the server does")
    };
    let end = async {
        while shop.get("/v1/orders?limit=50").await.json["data"][49].is_null() {}
        server.terminate();
    };
    let (last, ()) = tokio::join!(join_all((0..16).map(buy)), end);
    assert!(server.ended().await.success(), "the end was not orderly");

    let again = Server::start(folder.path(), &args).await;
    let shop = shop.at(again.url());
    let done: usize = last.iter().map(|(n, _)| n).sum();
    let left = shop.get(&format!("/v1/skus/{sku}")).await;
    assert_eq!(left.json["stock"], 3_000 - done, "an order without an answer: {}", left.text);
    for (_, key) in &last {
        let repeat = shop.post_as("/v1/orders", &body, key).await;
        assert!(repeat.status == 201 && !repeat.replayed, "{key}: {}", repeat.text);
    }
    again.stop().await;
}

/// Runs `verify --json`; gives its exit code and what it printed.
fn verify(url: &str) -> (Option<i32>, Value) {
    let output = run(&["verify", "--database", url, "--json"]);
    let report = serde_json::from_slice(&output.stdout);
    (output.status.code(), report.unwrap_or_else(|_| panic!("not JSON: {output:?}")))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn verify_says_by_its_exit_code_whether_the_invariants_hold() {
    let folder = folder();
    let data = folder.path().join("data");
    let server = Server::start(folder.path(), &["demo", "--data", arg(&data)]).await;
    let (shop, url) = (server.merchant(0), sqlite(&data, "tessera.db"));
    let sku = skus(&server.ready)[0]["id"].as_str().expect("an id").to_owned();
    shop.credit("buyer", 1_000_000).await;
    assert_eq!(shop.order(&sku, 1, "buyer").await.status, 201);
    let (code, beside) = verify(&url);
    assert_eq!((code, &beside["ok"]), (Some(0), &json!(true)), "beside a server: {beside}");
    server.stop().await;

    let (code, report) = verify(&url);
    assert_eq!((code, &report["ok"]), (Some(0), &json!(true)), "{report}");
    let checks = report["checks"].as_array().expect("checks");
    assert!(checks.len() >= 6, "{report}");
    for check in checks {
        let fields: BTreeSet<&str> =
            check.as_object().expect("an object").keys().map(String::as_str).collect();
        assert_eq!(fields, BTreeSet::from(["name", "ok", "count", "detail"]), "{check}");
        assert!(check["name"].is_string() && check["detail"].is_string(), "{check}");
        assert!(check["ok"] == true && check["count"].is_u64(), "{check}");
    }
    let settings = store::Settings { url: url.clone(), readers: 1 };
    let mut conn = store::connect(&settings).await.expect("the database opens");
    let damage =
        "UPDATE accounts SET balance = balance + 1 WHERE id = (SELECT max(id) FROM accounts)";
    conn.raw(damage).await.expect("one row is damaged");
    conn.close().await;
    let (code, report) = verify(&url);
    assert_eq!((code, &report["ok"]), (Some(1), &json!(false)), "{report}");
    let failed = report["checks"].as_array().expect("checks").iter().filter(|c| c["ok"] == false);
    assert!(failed.count() > 0, "{report}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_line_imports_codes_and_prints_counts() {
    let folder = folder();
    let data = folder.path().join("data");
    let server = Server::start(folder.path(), &["demo", "--data", arg(&data)]).await;
    let shop = server.merchant(0);
    let sku = shop.sku(100, json!({})).await;
    let file = folder.path().join("codes.csv");
    let rows =
        "number,password,valid_until\nA1,p1,2031-12-31\nA2,p2,\nA3,p3,\nA1,p1,\nA4,p4,soon\n";
    fs::write(&file, rows).expect("a file of codes");
    let args =
        ["import", "codes", "--url", server.url(), "--key", &shop.key, "--sku", &sku, arg(&file)];
    let output = run(&args);
    let (said, complaint) = printed(&output);
    assert!(output.status.success(), "{said} {complaint}");
    assert!(said.contains("3 accepted, 1 duplicates, 1 errors"), "{said}");
    let report = said.lines().find_map(|line| line.strip_prefix("error report: "));
    let report = report.expect("the error report's address");
    let path = report.strip_prefix(server.url()).expect("an address at the server");
    let report = shop.get(path).await;
    assert!(report.status == 200 && report.text.contains('6'), "line 6: {}", report.text);
    let stock = shop.get(&format!("/v1/skus/{sku}")).await;
    assert_eq!(stock.json["stock"], 3, "{}", stock.text);

    let wrong = [&args[..4], &["--key", "sk_test_wrong", "--sku", &sku, arg(&file)]].concat();
    let complaint = printed(&run_refused(&wrong)).1;
    assert!(complaint.contains("401"), "{complaint}");
    server.stop().await;
}

#[test]
fn version_prints_the_version() {
    let output = run(&["version"]);
    assert!(output.status.success());
    assert_eq!(printed(&output).0.trim(), format!("tessera {}", env!("CARGO_PKG_VERSION")));
}

/// Runs a bench of one second; gives its one report.
fn bench(work: &str) -> Value {
    let output = run(&["bench", work, "--seconds", "1", "--warm-up", "0", "--json"]);
    let (said, complaint) = printed(&output);
    assert!(output.status.success(), "{said} {complaint}");
    serde_json::from_str(&said).unwrap_or_else(|error| panic!("{error}: {said}"))
}

#[test]
fn a_bench_of_memory_fails_when_its_orders_are_not_made() {
    // Four thousand orders are given two seconds, in which twenty fall due.
    let load = ["--orders", "4000", "--rate", "10", "--warm-up", "0"];
    let (said, complaint) = printed(&run_refused(&[&["bench", "memory"], &load[..]].concat()));
    assert!(complaint.contains("of 4000 orders were made"), "{said} {complaint}");
}

#[test]
fn a_bench_prints_the_agreed_names() {
    let agreed = "name engine commit cores durability connections seconds ok errors refused offered \
                  per_second p50_ms p99_ms p999_ms cpu_s_per_1000 batch_mean";
    for work in ["echo", "raw"] {
        let report = bench(work);
        let names: BTreeSet<&str> =
            report.as_object().expect("an object").keys().map(String::as_str).collect();
        assert_eq!(names, agreed.split(' ').collect(), "{report}");
        assert_eq!(report["name"], work, "{report}");
        assert!(report["ok"].as_u64().is_some_and(|ok| ok > 0), "{report}");
        assert_eq!(report["errors"], 0, "{report}");
    }
}

#[test]
fn a_bench_of_the_console_asks_each_question_and_none_fails() {
    let few = ["--orders", "600", "--rate", "100", "--seconds", "1", "--warm-up", "1"];
    let output = run(&[&["bench", "console", "--json"], &few[..]].concat());
    let (said, complaint) = printed(&output);
    assert!(output.status.success(), "{said} {complaint}");
    let rows: Vec<Value> =
        said.lines().map(|line| serde_json::from_str(line).expect("an object")).collect();
    for kind in ["story told after", "list orders", "list transfers", "search code"] {
        assert!(rows.iter().any(|row| row["name"] == kind), "{kind} is missing: {said}");
    }
    for row in &rows {
        assert!(row["ok"].as_u64() > Some(0) && row["errors"] == 0, "{row}");
    }
}
