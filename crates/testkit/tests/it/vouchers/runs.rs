//! Runs: many vouchers, made slice by slice, and their codes to print.

use super::{OUTSTANDING, Till, count, refused};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use testkit::{Kind, on_both};

on_both!(
    a_run_makes_all_its_vouchers_and_prints_them,
    a_run_is_stopped_and_keeps_what_it_made,
    vouchers_of_one_run_are_shown_in_one_way,
);

async fn ended(till: &Till, run: &Value) -> Value {
    let path = format!("/v1/voucher-runs/{}", run["id"].as_str().expect("an id"));
    loop {
        let seen = till.shop.get(&path).await.json;
        if seen["state"] != "running" {
            return seen;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

async fn a_run_makes_all_its_vouchers_and_prints_them(kind: Kind) {
    let till = Till::open(kind).await;
    let sku = till.sku(1_000, count(2), json!({})).await;
    let body = json!({ "sku": sku, "quantity": 2_345 });
    let run = till.shop.post_as("/v1/vouchers", &body, "run-1").await;
    assert_eq!(run.status, 202, "{}", run.text);
    let again = till.shop.post_as("/v1/vouchers", &body, "run-1").await;
    assert_eq!((again.status, &again.json["id"]), (202, &run.json["id"]), "{}", again.text);
    let done = ended(&till, &run.json).await;
    assert_eq!((&done["state"], &done["made"]), (&json!("done"), &json!(2_345)), "{done}");
    assert_eq!(till.balance(OUTSTANDING).await, 2 * 2_345);
    assert_eq!(till.db.number("SELECT COUNT(*) FROM vouchers").await, 2_345);

    let path = format!("/v1/voucher-runs/{}/file", done["id"].as_str().expect("an id"));
    let csv = till.shop.post(&path, &json!({ "format": "csv" })).await;
    assert_eq!(csv.status, 200, "{}", csv.text);
    let codes: BTreeSet<&str> =
        csv.text.lines().skip(1).filter_map(|line| line.split_once(',')).map(|(_, c)| c).collect();
    assert_eq!(codes.len(), 2_345);
    let (first, last) = (csv.text.lines().nth(1), csv.text.lines().last());
    for line in [first, last] {
        let code = line.and_then(|line| line.split_once(',')).expect("a row").1;
        let used = till.uses(code, 2).await;
        assert_eq!((used.status, &used.json["by"]), (201, &used.json["by"]), "{}", used.text);
        assert!(used.json["by"].as_str().is_some_and(|by| by.starts_with("key_")));
    }
    let part = json!({ "format": "csv", "from": 2_345, "quantity": 1 });
    let one = till.shop.post(&path, &part).await;
    assert_eq!(one.text.lines().last(), csv.text.lines().last());
    for wrong in [
        json!({ "format": "csv", "from": 2_346 }),
        json!({ "format": "csv", "from": 0 }),
        json!({ "format": "csv", "from": 2_345, "quantity": 2 }),
        json!({ "format": "pdf", "quantity": 2_001 }),
    ] {
        refused(&till.shop.post(&path, &wrong).await, 422, "invalid");
    }
    refused(
        &till.shop.post("/v1/vouchers", &json!({ "sku": sku, "quantity": 1_000_001 })).await,
        422,
        "invalid",
    );
    let told =
        till.db.number("SELECT COUNT(*) FROM journal WHERE kind = 'voucher_run.taken'").await;
    assert_eq!(told, 2, "each time that codes were taken is told");
    till.close().await;
}

async fn a_run_is_stopped_and_keeps_what_it_made(kind: Kind) {
    let till = Till::open(kind).await;
    let sku = till.sku(1_000, count(1), json!({})).await;
    let run = till.shop.post("/v1/vouchers", &json!({ "sku": sku, "quantity": 1_000_000 })).await;
    assert_eq!(run.status, 202, "{}", run.text);
    let path = format!("/v1/voucher-runs/{}", run.json["id"].as_str().expect("an id"));
    refused(
        &till.shop.post(&format!("{path}/file"), &json!({ "format": "csv" })).await,
        409,
        "voucher_state",
    );
    let stopped = till.shop.post(&format!("{path}/stop"), &json!({})).await;
    assert_eq!(
        (stopped.status, &stopped.json["state"]),
        (200, &json!("stopped")),
        "{}",
        stopped.text
    );
    let made = stopped.json["made"].as_i64().expect("a number");
    assert!(made < 1_000_000);
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    assert_eq!(till.db.number("SELECT COUNT(*) FROM vouchers").await, made);
    assert_eq!(till.balance(OUTSTANDING).await, made);
    till.close().await;
}

async fn vouchers_of_one_run_are_shown_in_one_way(kind: Kind) {
    let till = Till::open(kind).await;
    let sku = till.sku(1_000, count(1), json!({})).await;
    let body = json!({ "sku": sku, "quantity": 1_000_000 });
    let run = till.shop.post("/v1/vouchers", &body).await;
    let live = json!({ "present": "live" });
    let edit = till.shop.request(Method::PATCH, &format!("/v1/skus/{sku}")).json(&live);
    let edited = till.shop.send(edit).await;
    assert_eq!((run.status, edited.status), (202, 200), "{}", edited.text);
    let stopped = ended(&till, &run.json).await;
    assert_eq!(stopped["state"], "stopped", "its template shows them otherwise now: {stopped}");
    let shown = till.db.number("SELECT COUNT(*) FROM vouchers WHERE live = 1").await;
    assert_eq!(shown, 0);
    // Of what is shown by tokens nobody takes codes.
    let body = json!({ "sku": sku, "quantity": 1_001 });
    let done = ended(&till, &till.shop.post("/v1/vouchers", &body).await.json).await;
    assert_eq!(done["state"], "done", "{done}");
    let path = format!("/v1/voucher-runs/{}/file", done["id"].as_str().expect("an id"));
    refused(&till.shop.post(&path, &json!({ "format": "csv" })).await, 409, "voucher_state");
    till.close().await;
}
