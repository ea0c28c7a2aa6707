//! `bench start`: kills the server and measures how long a new one takes until it answers its first request.

use super::load::Measured;
use super::server::Server;
use super::tally::{Class, Tally};
use super::{BenchArgs, cpu};
use anyhow::{Context, Result};
use std::time::Instant;

/// Starts that are measured.
const STARTS: u64 = 5;

/// Starts over the stored orders several times. Each latency runs from the program's start to the whole answer of
/// its first list of orders, asked with a key.
pub async fn run(args: &BenchArgs) -> Result<(Server, Measured)> {
    let mut server = Server::start(args).await?;
    let client = reqwest::Client::new();
    let (began, cpu_before) = (Instant::now(), cpu::tree_seconds()?);
    let mut tally = Tally::new()?;
    for _ in 0..STARTS {
        let from = Instant::now();
        server = server.restart().await?;
        let url = format!("{}/v1/products?limit=1", server.ready.url);
        let answer = client.get(url).bearer_auth(server.secret_key()?).send().await;
        let answer = answer.context("no first answer")?.error_for_status()?;
        answer.bytes().await.context("half a first answer")?;
        tally.count(Class::Ok, from.elapsed());
    }
    let cpu_seconds = cpu::tree_seconds()? - cpu_before;
    let seconds = began.elapsed().as_secs_f64();
    Ok((server, Measured { seconds, offered: STARTS, tally, cpu_seconds }))
}
