//! The books of payment channels, against those of a shop.

use crate::Caller;
use serde_json::Value;
use std::collections::BTreeMap;

/// Compares a sandbox's books with those of its only merchant, payment by payment and in sum.
///
/// # Panics
/// If they differ.
pub async fn assert_channels_agree(shop: &Caller, books: &Value) {
    assert_eq!(books["balanced"], true);
    let mut cleared: BTreeMap<String, i64> = BTreeMap::new();
    for theirs in list(&books["payments"]) {
        let number = theirs["number"].as_str().expect("a number");
        let ours = get(shop, &format!("/v1/payments/{number}")).await;
        let came: i64 = list(&theirs["charges"]).filter_map(|it| it["amount"].as_i64()).sum();
        let back: i64 = list(&theirs["charges"]).filter_map(|it| it["refunded"].as_i64()).sum();
        assert_eq!(sum(list(&ours["receipts"])), came, "came for {number}: {theirs}");
        let refunds = get(shop, &format!("/v1/refunds?payment={number}&limit=100")).await;
        let given = sum(list(&refunds["data"]).filter(|it| it["state"] == "succeeded"));
        assert_eq!(given, back, "went back for {number}: {theirs} {refunds}");
        let currency = ours["amount"]["currency"].as_str().expect("a currency").to_owned();
        *cleared.entry(currency).or_default() += came - back;
    }
    // What the channels owe is what came and did not go back.
    let accounts = get(shop, "/v1/accounts?limit=200").await;
    for (currency, amount) in cleared {
        let mut found = list(&accounts["data"])
            .filter(|it| it["kind"] == "clearing" && it["unit"] == currency.as_str());
        let balance = found.next().map_or(0, |it| units(it["balance"].as_str().expect("one")));
        assert_eq!(-balance, amount * 100, "{accounts}");
    }
}

async fn get(shop: &Caller, path: &str) -> Value {
    let answer = shop.get(path).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json
}

fn list(of: &Value) -> impl Iterator<Item = &Value> {
    of.as_array().into_iter().flatten()
}

fn sum<'v>(of: impl Iterator<Item = &'v Value>) -> i64 {
    of.filter_map(|it| it["amount"]["amount"].as_i64()).sum()
}

/// A balance in 1/10,000 of the major unit.
fn units(text: &str) -> i64 {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{fraction:0<4}").parse().expect("a number")
}
