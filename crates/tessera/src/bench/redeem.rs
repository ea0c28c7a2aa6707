//! `bench redeem`: redemptions of one use each, spread over vouchers with many uses; and `bench vouchers`: orders of vouchers.

use super::asker::Asker;
use super::load::MakeRequest;
use super::operation::Operation;
use super::server::Server;
use super::setup::Api;
use super::{BenchArgs, Work, orders, run_name};
use anyhow::{Context, Result};
use hyper::{Method, Uri};
use serde_json::{Value, json};
use std::sync::Arc;

/// Vouchers that the redemptions are spread over.
const VOUCHERS: usize = 10_000;
/// Vouchers of one request.
const AT_ONCE: usize = 1_000;
/// Uses of each: more than a run takes.
const USES: u32 = 10_000;
/// A prime, so that every connection meets every voucher.
const STEP: u64 = 7_919;

/// Makes the vouchers, or SKUs of them and buyers, and answers what the connections do.
pub async fn prepare(args: &BenchArgs, server: &Server) -> Result<Operation> {
    let (run, api) = (run_name(), Api::new(&server.ready.url, server.secret_key()?));
    let price = json!({ "amount": 100, "currency": "CNY" });
    let worth = json!({ "type": "count", "uses": USES });
    let sku = |n: usize| json!({ "kind": "voucher", "name": format!("Bench {n}"), "price": price, "voucher": worth });
    let count = if args.work == Work::Vouchers { args.skus.min(100) } else { 1 };
    let skus: Vec<Value> = (0..count).map(sku).collect();
    let body = json!({ "name": "Bench vouchers", "skus": skus });
    let product: Value = api.ask("/v1/products", &body).await?;
    let skus = product["skus"].as_array().context("SKUs")?.iter();
    let skus: Vec<String> = skus.filter_map(|sku| sku["id"].as_str()).map(str::to_owned).collect();
    let asker = server.asker()?;
    if args.work == Work::Vouchers {
        api.credit_buyers(&run).await?;
        return Ok(Operation::One(orders::one_call(asker, &run, skus)));
    }
    let mut codes = Vec::with_capacity(VOUCHERS);
    while codes.len() < VOUCHERS {
        let body = json!({ "sku": skus[0], "quantity": AT_ONCE });
        let made: Value = api.ask("/v1/vouchers", &body).await?;
        let made = made["vouchers"].as_array().context("vouchers")?.iter();
        codes.extend(made.filter_map(|one| one["code"].as_str()).map(str::to_owned));
    }
    Ok(Operation::One(redemptions(asker, run, codes)))
}

fn redemptions(asker: Asker, run: String, codes: Vec<String>) -> MakeRequest {
    let uri = Uri::from_static("/v1/redemptions");
    Arc::new(move |connection, n| {
        let which = (n.wrapping_mul(STEP) + connection as u64) % codes.len() as u64;
        let body = format!(r#"{{"code":"{}","uses":1}}"#, codes[which as usize]);
        asker.once(Method::POST, uri.clone(), &format!("{run}-{connection}-{n}"), body)
    })
}
