//! `tessera verify --master-key-file`: every sealed value is opened, and what does not open is told.

use crate::process::{Server, arg, printed, run};
use serde_json::{Value, json};
use std::path::Path;

/// What is said of a table, and whether all of it opens.
fn table<'a>(report: &'a Value, name: &str) -> &'a Value {
    let checks = report["checks"].as_array().expect("checks");
    checks.iter().find(|check| check["name"] == name).unwrap_or_else(|| panic!("{name}: {report}"))
}

fn verify(url: &str, key: &Path) -> (Option<i32>, Value) {
    let args = ["verify", "--database", url, "--json", "--master-key-file", arg(key)];
    let output = run(&args);
    let (report, complaint) = printed(&output);
    let report = serde_json::from_str(&report).unwrap_or_else(|e| panic!("{e}: {complaint}"));
    (output.status.code(), report)
}

async fn sql(url: &str, statement: &str) {
    let settings = store::Settings { url: url.to_owned(), readers: 1 };
    let mut conn = store::connect(&settings).await.expect("the database opens");
    conn.raw(statement).await.expect("the statement runs");
    conn.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_is_opened_and_what_does_not_open_is_told() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let data = folder.path().join("data");
    let server = Server::start(folder.path(), &["demo", "--data", arg(&data)]).await;
    let (url, key) =
        (format!("sqlite://{}", data.join("tessera.db").display()), data.join("master.key"));
    let shop = server.merchant(0);
    let sku = shop.sku(100, json!({})).await;
    shop.stock(&sku, "V", 700).await;
    shop.credit("buyer", 1_000_000).await;
    assert_eq!(shop.order(&sku, 1, "buyer").await.status, 201);

    let (code, beside) = verify(&url, &key);
    assert_eq!((code, &beside["ok"]), (Some(0), &json!(true)), "beside a server: {beside}");
    assert!(table(&beside, "codes_open")["count"].as_u64().is_some_and(|n| n >= 700), "{beside}");
    assert!(table(&beside, "buyers_open")["count"].as_u64().is_some_and(|n| n >= 1), "{beside}");
    for name in ["codes_open", "buyers_open", "inputs_open", "staged_pieces_open"] {
        assert_eq!(table(&beside, name)["detail"], "", "{beside}");
    }

    // Of one code that was set aside nobody expects that it opens.
    let bytes = kernel::SkuId::parse(&sku).expect("a SKU").0;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let first = format!(
        "UPDATE codes SET sealed = x'00' WHERE sku = x'{hex}' AND position = \
         (SELECT MIN(position) FROM codes WHERE sku = x'{hex}' AND state = 1)"
    );
    sql(&url, &first).await;
    assert_eq!(shop.order(&sku, 1, "buyer").await.status, 201);
    let (code, aside) = verify(&url, &key);
    assert_eq!((code, &aside["ok"]), (Some(0), &json!(true)), "{aside}");
    assert_eq!(table(&aside, "codes_open")["detail"], "1 were set aside as damaged", "{aside}");
    server.stop().await;

    sql(&url, &first).await;
    sql(&url, "UPDATE buyers SET sealed = CAST(substr(sealed, 1, length(sealed) - 1) AS BLOB)")
        .await;
    let (code, report) = verify(&url, &key);
    assert_eq!((code, &report["ok"]), (Some(1), &json!(false)), "{report}");
    let codes = table(&report, "codes_open")["detail"].as_str().unwrap_or_default();
    assert!(
        codes.starts_with("1 do not open; 1 were set aside") && codes.contains("cod_"),
        "{codes}"
    );
    assert_eq!(table(&report, "buyers_open")["ok"], json!(false), "{report}");

    let other = folder.path().join("other.key");
    vault::MasterKey::read_or_create_file(&other).expect("another key");
    let args = ["verify", "--database", &url, "--master-key-file", arg(&other)];
    let wrong = run(&args);
    assert!(!wrong.status.success() && printed(&wrong).1.contains("data keys do not open"));
}
