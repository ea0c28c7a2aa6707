//! `bench orders`: orders of a code, paid from a wallet in one call or through the test channel in two steps.

use super::asker::Asker;
use super::codes::CodeMaker;
use super::load::MakeRequest;
use super::operation::Operation;
use super::server::Server;
use super::setup::{Api, BUYERS, buyer_name};
use super::two_step::TwoStep;
use super::{BenchArgs, Engine, Work, run_name};
use anyhow::Result;
use hyper::{Method, Uri};
use std::sync::Arc;

/// More orders per second than a machine of this size makes, so that stock never ends.
const CEILING_SQLITE: u64 = 35_000;
/// The same for PostgreSQL.
const CEILING_POSTGRES: u64 = 25_000;
/// A prime, so that every SKU meets every buyer.
const BUYER_STEP: u64 = 611_953;

/// Makes SKUs, stock and buyers for a run and answers what its connections do.
pub async fn prepare(args: &BenchArgs, server: &Server) -> Result<Operation> {
    let run = run_name();
    let api = Api::new(&server.ready.url, server.secret_key()?);
    let skus = api.create_skus(args.skus).await?;
    let each = codes_needed(args) / skus.len() as u64 + 1;
    api.stock(&skus, each, &mut CodeMaker::new()).await?;
    let asker = server.asker()?;
    if args.two_step {
        return Ok(Operation::TwoStep(two_step(asker, &run, skus).into()));
    }
    api.credit_buyers(&run).await?;
    Ok(Operation::One(one_call(asker, &run, skus)))
}

/// Codes that a run may sell at most, with one tenth more.
fn codes_needed(args: &BenchArgs) -> u64 {
    let ceiling = match args.engine {
        Engine::Sqlite => CEILING_SQLITE,
        Engine::Postgres => CEILING_POSTGRES,
    };
    if let Work::Memory | Work::Exports | Work::Console = args.work {
        return args.orders * 11 / 10;
    }
    let rate = args.rate.map_or(ceiling, |rate| rate.min(ceiling));
    rate * (args.seconds + args.warm_up + 1) * 11 / 10
}

/// Orders that are paid from a wallet at once.
pub fn one_call(asker: Asker, run: &str, skus: Vec<String>) -> MakeRequest {
    orders(asker, run, skus, r#","pay":{"method":"wallet"}"#)
}

/// Orders that are placed, then paid through the test channel.
fn two_step(asker: Asker, run: &str, skus: Vec<String>) -> TwoStep {
    TwoStep { place: orders(asker.clone(), run, skus, ""), asker }
}

fn orders(asker: Asker, run: &str, skus: Vec<String>, pay: &'static str) -> MakeRequest {
    let run = run.to_string();
    let uri = Uri::from_static("/v1/orders");
    Arc::new(move |connection, n| {
        let sku = &skus[(n % skus.len() as u64) as usize];
        let buyer = buyer_name(n.wrapping_mul(BUYER_STEP) / 7 % BUYERS);
        let body = format!(
            r#"{{"sku":"{sku}","quantity":1,"buyer":{{"external_id":"{buyer}"}},"channel":"api"{pay}}}"#
        );
        asker.once(Method::POST, uri.clone(), &format!("{run}-{connection}-{n}"), body)
    })
}
