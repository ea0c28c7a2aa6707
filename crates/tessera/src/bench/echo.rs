//! `bench echo`: the same HTTP stack, the same request, a constant answer of an order's size.
//!
//! It is what HTTP alone costs on this machine; a bare route without any of our middleware.

use super::asker::Asker;
use super::load::{self, Measured};
use super::operation::Operation;
use super::server::EchoServer;
use super::{BenchArgs, orders, run_name};
use anyhow::{Context, Result};
use axum::Router;
use axum::body::Bytes;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::post;
use axum::serve::ListenerExt;
use std::net::SocketAddr;
use std::path::PathBuf;

/// An order's answer with one code, about 600 bytes.
const ANSWER: &str = r#"{"id":"ord_01jd8x0e6vk3m9q5r7s2t4w6y8","state":"delivered","external_id":null,"buyer":{"id":"byr_01jd8x0e6vk3m9q5r7s2t4w6y9"},"channel":"api","total":{"amount":100,"currency":"CNY"},"paid":{"amount":100,"currency":"CNY"},"refunded":{"amount":0,"currency":"CNY"},"lines":[{"line":1,"sku":"sku_01jd8x0e6vk3m9q5r7s2t4w6ya","name":"Bench 0","kind":"code","quantity":1,"price":{"amount":100,"currency":"CNY"},"delivered":1}],"deliveries":[{"line":1,"code":{"number":"6364136223846793","password":"23456789ABCD","valid_until":null}}],"created_at":"2026-01-01T00:00:00.000000Z"}"#;

/// Arguments of the hidden subcommand `bench-echo-server`.
#[derive(Debug, clap::Args)]
pub struct EchoArgs {
    /// Address to listen on; port 0 takes a free one.
    #[arg(long)]
    listen: SocketAddr,
    /// Written, in one step, when the server listens: `{"url"}`.
    #[arg(long)]
    ready_file: PathBuf,
}

/// Serves the constant until the process is killed.
pub async fn serve_echo(args: EchoArgs) -> Result<()> {
    let router = Router::new().route("/v1/orders", post(answer));
    let listener = tokio::net::TcpListener::bind(args.listen)
        .await
        .with_context(|| format!("cannot listen on {}", args.listen))?;
    let url = format!("http://{}", listener.local_addr().context("no local address")?);
    let new = args.ready_file.with_extension("new");
    std::fs::write(&new, serde_json::json!({ "url": url }).to_string())
        .and_then(|()| std::fs::rename(&new, &args.ready_file))
        .context("cannot write the ready file")?;
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            eprintln!("TCP_NODELAY: {error}");
        }
    });
    axum::serve(listener, router).await.context("the echo server ended")
}

/// Takes the whole body, as the real route must.
async fn answer(body: Bytes) -> impl IntoResponse {
    drop(body);
    (StatusCode::CREATED, [(header::CONTENT_TYPE, "application/json")], ANSWER)
}

/// Runs the load of `bench orders` against a new echo server.
pub async fn run(args: &BenchArgs) -> Result<Measured> {
    let server = EchoServer::start().await?;
    // A key and a SKU of the true length, so that the requests have the true size.
    let key = format!("sk_test_{}", "k".repeat(43));
    let skus = vec!["sku_01jd8x0e6vk3m9q5r7s2t4w6ya".to_string()];
    let asker = Asker::new(&server.address.to_string(), &key)?;
    let requests = orders::one_call(asker, &run_name(), skus);
    load::run(args.load(server.address), Operation::One(requests)).await
}
