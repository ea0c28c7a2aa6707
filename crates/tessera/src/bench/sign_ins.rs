//! `bench sign-ins`: what orders lose while strangers try passwords from everywhere.

use super::load::{self, Load, Measured};
use super::operation::Operation;
use super::server::Server;
use super::{BenchArgs, orders};
use anyhow::{Context, Result};
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, HOST, HeaderValue};
use hyper::{Method, Request, Uri};
use std::sync::Arc;

/// How often they try, in a second.
const RATE: u64 = 1_000;
/// Connections that they use.
pub const CONNECTIONS: usize = 64;
/// The load generator stands for a proxy behind which they have addresses of their own.
pub const FLAGS: [&str; 3] = ["--trusted-proxies", "127.0.0.1", "--allow-plain-http"];

/// Orders alone, orders beside the attempts, and the attempts: `ok` are those whose passwords were compared.
pub async fn run(args: &BenchArgs, server: &Server) -> Result<[Measured; 3]> {
    let address = server.address()?;
    let operation = orders::prepare(args, server).await?;
    let alone = load::run(args.load(address), operation).await?;
    let operation = orders::prepare(args, server).await?;
    let strangers = Load { connections: CONNECTIONS, rate: Some(RATE), ..args.load(address) };
    let strangers = tokio::spawn(load::run(strangers, attempts(server)?));
    let beside = load::run(args.load(address), operation).await?;
    let strangers = strangers.await.context("the load panicked")??;
    Ok([alone, beside, strangers])
}

/// Each from another address at another account.
fn attempts(server: &Server) -> Result<Operation> {
    let host = HeaderValue::from_str(&server.address()?.to_string()).context("a host")?;
    Ok(Operation::Wrong(Arc::new(move |_, n| {
        let body = format!(
            r#"{{"email":"stranger{n}@shop.example","password":"guess number {n}","totp":"000000"}}"#
        );
        let mut request = Request::new(Full::new(Bytes::from(body)));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = Uri::from_static("/console/session");
        let headers = request.headers_mut();
        headers.insert(HOST, host.clone());
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let from = format!("10.{}.{}.{}", n >> 16 & 255, n >> 8 & 255, n & 255);
        if let Ok(from) = HeaderValue::try_from(from) {
            headers.insert("x-forwarded-for", from);
        }
        request
    })))
}
