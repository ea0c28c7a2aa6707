//! The metrics tell what happened, and the dashboard asks for nothing that there is not.

use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use testkit::{App, Caller, Db, Kind, on_both};

on_both!(metrics_tell_what_happened, the_dashboard_asks_for_what_there_is,);

/// Some of every kind of thing that is counted.
async fn lively(db: &Db) -> (App, Caller) {
    let app = App::start(db).await;
    let shop = app.merchant("星河").await;
    let sku = shop.sku(100, json!({})).await;
    shop.stock(&sku, "A", 3).await;
    shop.credit("buyer", 1_000).await;
    for (wanted, status) in [(1, 201), (1, 201), (9, 409)] {
        let order = shop.order(&sku, wanted, "buyer").await;
        assert_eq!(order.status, status, "{}", order.text);
    }
    (app, shop)
}

fn value(text: &str, series: &str) -> Option<f64> {
    let mut lines = text.lines().filter_map(|line| line.rsplit_once(' '));
    lines.find(|(name, _)| *name == series)?.1.parse().ok()
}

async fn metrics_tell_what_happened(kind: Kind) {
    let db = Db::new(kind);
    let (app, shop) = lively(&db).await;
    let answer = shop.get("/metrics").await;
    assert_eq!(answer.content_type, "text/plain; version=0.0.4; charset=utf-8");
    let text = answer.text;
    let orders = "method=\"POST\",route=\"/v1/orders\"";
    let exact = [
        (format!("tessera_http_requests_total{{{orders},status=\"201\"}}"), 2.0),
        (format!("tessera_http_requests_total{{{orders},status=\"409\"}}"), 1.0),
        (format!("tessera_http_request_seconds_count{{{orders}}}"), 3.0),
        ("tessera_refusals_total{code=\"out_of_stock\"}".to_owned(), 1.0),
        ("tessera_work_due{kind=\"read_import\"}".to_owned(), 0.0),
        ("tessera_seal_keys".to_owned(), 1.0),
        ("tessera_queue_commands".to_owned(), 0.0),
    ];
    for (series, wanted) in exact {
        assert_eq!(value(&text, &series), Some(wanted), "{series}\n{text}");
    }
    for series in ["tessera_batches_total", "tessera_batch_seconds_sum", "tessera_database_bytes"] {
        assert!(value(&text, series).is_some_and(|value| value > 0.0), "{series}\n{text}");
    }
    let sizes = value(&text, "tessera_batch_commands_sum");
    assert_eq!(sizes, value(&text, "tessera_commands_total"), "{text}");
    app.stop().await;
}

/// The names of series that an expression reads.
fn names(expression: &str) -> impl Iterator<Item = &str> {
    let words = expression.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    words.filter(|word| word.starts_with("tessera_"))
}

async fn the_dashboard_asks_for_what_there_is(kind: Kind) {
    let db = Db::new(kind);
    let (app, shop) = lively(&db).await;
    let text = shop.get("/metrics").await.text;
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let exposed: BTreeSet<_> = lines.filter_map(|line| line.split(['{', ' ']).next()).collect();

    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/grafana/tessera.json");
    let dashboard = fs::read_to_string(file).expect("the dashboard");
    let dashboard: Value = serde_json::from_str(&dashboard).expect("a dashboard in JSON");
    let panels = dashboard["panels"].as_array().expect("panels");
    let queries = panels.iter().flat_map(|panel| panel["targets"].as_array().into_iter().flatten());
    let queries: Vec<_> = queries.map(|query| query["expr"].as_str().expect("a query")).collect();
    assert!(queries.len() >= 8, "{queries:?}");
    let asked: BTreeSet<_> = queries.iter().flat_map(|query| names(query)).collect();
    let missing: Vec<_> = asked.difference(&exposed).collect();
    assert!(missing.is_empty(), "the dashboard asks for {missing:?}");
    app.stop().await;
}
