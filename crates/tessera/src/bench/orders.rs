//! `bench orders`: orders of a code, paid from a wallet in one call or through the test channel in two steps.

use super::codes::CodeMaker;
use super::load::MakeRequest;
use super::operation::Operation;
use super::server::Server;
use super::setup::{Api, BUYERS, buyer_name};
use super::two_step::TwoStep;
use super::{BenchArgs, Engine, Work, run_name};
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

/// Makes SKUs, stock and buyers for a run and answers what its connections do.
pub async fn prepare(args: &BenchArgs, server: &Server) -> Result<Operation> {
    let run = run_name();
    let api = Api::new(&server.ready.url, server.secret_key()?);
    let skus = api.create_skus(args.skus).await?;
    let each = codes_needed(args) / skus.len() as u64 + 1;
    api.stock(&skus, each, &mut CodeMaker::new()).await?;
    let maker = OrderMaker::new(&server.address()?.to_string(), server.secret_key()?)?;
    if args.two_step {
        return Ok(Operation::TwoStep(maker.two_step(&run, skus).into()));
    }
    api.credit_buyers(&run).await?;
    Ok(Operation::One(maker.one_call(&run, skus)))
}

/// Codes that a run may sell at most, with one tenth more.
fn codes_needed(args: &BenchArgs) -> u64 {
    let ceiling = match args.engine {
        Engine::Sqlite => CEILING_SQLITE,
        Engine::Postgres => CEILING_POSTGRES,
    };
    if let Work::Memory = args.work {
        return args.orders * 11 / 10;
    }
    let rate = args.rate.map_or(ceiling, |rate| rate.min(ceiling));
    rate * (args.seconds + args.warm_up + 1) * 11 / 10
}

/// Makes orders; what all of them share is made once.
pub struct OrderMaker {
    host: HeaderValue,
    authorization: HeaderValue,
}

impl OrderMaker {
    /// Orders for a server by a key.
    pub fn new(host: &str, key: &str) -> Result<Self> {
        let host = HeaderValue::from_str(host).context("a host for the header")?;
        let authorization =
            HeaderValue::from_str(&format!("Bearer {key}")).context("a key for the header")?;
        Ok(Self { host, authorization })
    }

    /// Orders that are paid from a wallet at once.
    pub fn one_call(&self, run: &str, skus: Vec<String>) -> MakeRequest {
        self.orders(run, skus, r#","pay":{"method":"wallet"}"#)
    }

    /// Orders that are placed, then paid through the test channel.
    pub fn two_step(self, run: &str, skus: Vec<String>) -> TwoStep {
        let place = self.orders(run, skus, "");
        TwoStep { place, host: self.host, authorization: self.authorization }
    }

    fn orders(&self, run: &str, skus: Vec<String>, pay: &'static str) -> MakeRequest {
        let (host, authorization) = (self.host.clone(), self.authorization.clone());
        let run = run.to_string();
        let uri = Uri::from_static("/v1/orders");
        Arc::new(move |connection, n| {
            let sku = &skus[(n % skus.len() as u64) as usize];
            let buyer = buyer_name(n.wrapping_mul(BUYER_STEP) / 7 % BUYERS);
            let body = format!(
                r#"{{"sku":"{sku}","quantity":1,"buyer":{{"external_id":"{buyer}"}},"channel":"api"{pay}}}"#
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
        })
    }
}
