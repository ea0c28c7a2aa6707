//! Exports: a file holds what the list shows to who asked, and nobody else gets it.

mod asked;
mod file;
mod lists;
mod table;

use serde_json::{Value, json};
use testkit::{Answer, Caller};

/// Asks for a file; gives the export's id.
async fn ask(by: &Caller, body: &Value) -> String {
    let asked = by.post("/v1/exports", body).await;
    assert_eq!(asked.status, 202, "{body}: {}", asked.text);
    asked.json["id"].as_str().expect("an id").to_owned()
}

/// The whole of it: asks, waits, takes the file.
async fn take(by: &Caller, body: &Value) -> Answer {
    let done = by.exported(&ask(by, body).await).await;
    assert_eq!(done["state"], json!("done"), "{body}: {done}");
    let file = by.get(done["file_url"].as_str().expect("an address")).await;
    assert_eq!(file.status, 200, "{}", file.text);
    file
}

/// The same as bytes, for files that are no text.
async fn take_bytes(by: &Caller, body: &Value) -> Vec<u8> {
    let done = by.exported(&ask(by, body).await).await;
    let path = done["file_url"].as_str().unwrap_or_else(|| panic!("{body}: {done}"));
    let file = by.request(reqwest::Method::GET, path).send().await.expect("an answer");
    assert_eq!(file.status(), 200);
    file.bytes().await.expect("a whole file").to_vec()
}
