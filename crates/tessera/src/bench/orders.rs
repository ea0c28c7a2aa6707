//! `bench orders`: one-call orders of a code, paid from a wallet.

use super::codes::CodeMaker;
use super::load::MakeRequest;
use super::server::Server;
use super::setup::{Api, BUYERS, buyer_name};
use super::{BenchArgs, Engine, run_name};
use anyhow::{Context, Result};
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HOST, HeaderName, HeaderValue};
use hyper::{Method, Request, Uri};
use std::sync::Arc;

/// More orders per second than a machine of this size makes, so that stock never ends.
const CEILING_SQLITE: u64 = 35_000;
/// The same for PostgreSQL.
const CEILING_POSTGRES: u64 = 25_000;
/// A prime, so that every SKU meets every buyer.
const BUYER_STEP: u64 = 611_953;
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Makes SKUs, stock and buyers for a run and answers the maker of its requests.
pub async fn prepare(args: &BenchArgs, server: &Server) -> Result<MakeRequest> {
    let run = run_name();
    let api = Api::new(&server.ready.url, server.secret_key()?);
    let skus = api.create_skus(args.skus).await?;
    let each = codes_needed(args) / skus.len() as u64 + 1;
    api.stock(&skus, each, &mut CodeMaker::new()).await?;
    api.credit_buyers(&run).await?;
    order_maker(&server.address()?.to_string(), server.secret_key()?, &run, skus)
}

/// Codes that a run may sell at most, with one tenth more.
fn codes_needed(args: &BenchArgs) -> u64 {
    let ceiling = match args.engine {
        Engine::Sqlite => CEILING_SQLITE,
        Engine::Postgres => CEILING_POSTGRES,
    };
    let rate = args.rate.map_or(ceiling, |rate| rate.min(ceiling));
    rate * (args.seconds + args.warm_up + 1) * 11 / 10
}

/// Requests whose headers, except the idempotency key, and whose bodies' ends are made once.
pub fn order_maker(host: &str, key: &str, run: &str, skus: Vec<String>) -> Result<MakeRequest> {
    let host = HeaderValue::from_str(host).context("a host for the header")?;
    let authorization =
        HeaderValue::from_str(&format!("Bearer {key}")).context("a key for the header")?;
    let run = run.to_string();
    let uri = Uri::from_static("/v1/orders");
    Ok(Arc::new(move |connection, n| {
        let sku = &skus[(n % skus.len() as u64) as usize];
        let buyer = buyer_name(n.wrapping_mul(BUYER_STEP) / 7 % BUYERS);
        let body = format!(
            r#"{{"sku":"{sku}","quantity":1,"buyer":{{"external_id":"{buyer}"}},"channel":"api","pay":{{"method":"wallet"}}}}"#
        );
        let mut request = Request::new(Full::new(Bytes::from(body)));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = uri.clone();
        let headers = request.headers_mut();
        headers.insert(HOST, host.clone());
        headers.insert(AUTHORIZATION, authorization.clone());
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Ok(value) = HeaderValue::try_from(format!("{run}-{connection}-{n}")) {
            headers.insert(IDEMPOTENCY_KEY, value);
        }
        request
    }))
}
