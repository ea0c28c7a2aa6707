//! What an operator does beside a running server: rotating its keys, reading its metrics, its pages.

use crate::process::{Server, arg, printed, run};
use serde_json::json;
use std::fs;
use std::time::{Duration, Instant};
use testkit::Caller;

/// The longest wait for everything to be sealed again.
const PATIENCE: Duration = Duration::from_secs(60);

async fn metric(server: &Server, name: &str) -> Option<f64> {
    let url = server.ready["metrics_url"].as_str().expect("an address for metrics");
    let text = reqwest::get(url).await.expect("metrics").text().await.expect("text");
    let mut lines = text.lines().filter_map(|line| line.split_once(' '));
    lines.find(|(series, _)| *series == name)?.1.parse().ok()
}

async fn order(shop: &Caller, sku: &str) {
    let order = shop.order(sku, 1, "buyer").await;
    assert_eq!((order.status, &order.json["state"]), (201, &json!("delivered")), "{}", order.text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_rotate_beside_a_running_server() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (data, file) = (folder.path().join("data"), folder.path().join("data/master.key"));
    let args = ["demo", "--data", arg(&data), "--metrics-listen", "127.0.0.1:0"];
    let server = Server::start(folder.path(), &args).await;
    let shop = server.merchant(0);
    let sku = server.ready["merchants"][0]["skus"][0]["id"].as_str().expect("a SKU").to_owned();
    shop.credit("buyer", 10_000_000).await;
    order(&shop, &sku).await;

    let old = fs::read_to_string(&file).expect("the old key");
    let other = folder.path().join("new.key");
    vault::MasterKey::read_or_create_file(&other).expect("a new key");
    let new = fs::read_to_string(&other).expect("the new key");
    let database = server.ready["database_url"].as_str().expect("a database").to_owned();
    let rotate = ["keys", "rotate", "--reseal", "--database", &database, "--master-key-file"];

    let wrong = run(&[&rotate[..], &[arg(&other)]].concat());
    assert!(!wrong.status.success(), "without the old key nothing can be wrapped again");
    assert!(printed(&wrong).1.contains("this master key does not open"), "{:?}", printed(&wrong));

    fs::write(&file, format!("{new}{old}")).expect("both keys");
    let rotated = run(&[&rotate[..], &[arg(&file)]].concat());
    assert!(rotated.status.success(), "{:?}", printed(&rotated));
    fs::write(&file, &new).expect("the new key alone");
    let begun = Instant::now();
    let mut seen = Vec::new();
    while seen.last() != Some(&1.0) || !seen.contains(&2.0) {
        assert!(begun.elapsed() < PATIENCE, "sealing again does not end: {seen:?}");
        order(&shop, &sku).await;
        seen.extend(metric(&server, "tessera_seal_keys").await);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    server.stop().await;

    let verified = run(&["verify", "--database", &database]);
    assert!(verified.status.success(), "{:?}", printed(&verified));
    let again = Server::start(folder.path(), &args).await;
    order(&shop.at(again.url()), &sku).await;
    again.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn metrics_are_beside_the_api_and_the_reference_page_is_strict() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let data = folder.path().join("data");
    let args = ["demo", "--data", arg(&data), "--metrics-listen", "127.0.0.1:0"];
    let server = Server::start(folder.path(), &args).await;
    assert!(metric(&server, "tessera_commands_total").await.is_some_and(|count| count > 0.0));
    let client = reqwest::Client::new();
    let status = async |path: &str| {
        let url = format!("{}{path}", server.url());
        client.get(url).send().await.expect("an answer").status().as_u16()
    };
    assert_eq!(status("/metrics").await, 404, "buyers reach no metrics");
    assert_eq!(status("/docs?lang=fr").await, 422);

    let docs = client.get(format!("{}/docs", server.url()));
    let docs = docs.header("accept-language", "en-GB,en").send().await.expect("the page");
    assert_eq!(docs.status(), 200);
    let headers = docs.headers().clone();
    let header = |name: &str| headers[name].to_str().expect("text").to_owned();
    assert!(header("content-security-policy").starts_with("default-src 'none'"));
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("content-type"), "text/html; charset=utf-8");
    assert!(docs.text().await.expect("text").contains("<html lang=\"en\">"));
    server.stop().await;
}
