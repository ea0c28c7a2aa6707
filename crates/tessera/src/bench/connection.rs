//! One HTTP/1.1 connection of the load generator.
//!
//! hyper's connection runs as a task beside its sender. Driving both from one task was measured
//! and is no faster.

use super::tally::Class;
use anyhow::{Context, Result, anyhow};
use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use std::net::SocketAddr;
use tokio::net::TcpStream;

/// An open connection.
pub struct Link {
    sender: SendRequest<Full<Bytes>>,
}

/// What came back: its class, and its text when a person may want to read it.
pub struct Answer {
    /// How the answer counts.
    pub class: Class,
    /// Status and body of an error.
    pub error: Option<String>,
}

impl Link {
    /// Opens a connection. Must be called inside a `LocalSet`.
    pub async fn open(address: SocketAddr) -> Result<Self> {
        let stream =
            TcpStream::connect(address).await.with_context(|| format!("cannot reach {address}"))?;
        stream.set_nodelay(true).context("cannot set TCP_NODELAY")?;
        let (sender, driver) =
            http1::handshake(TokioIo::new(stream)).await.context("HTTP handshake")?;
        // What breaks the connection also fails the request that is under way, which reports it.
        tokio::task::spawn_local(driver);
        Ok(Self { sender })
    }

    /// False when the server has closed and a new connection is needed.
    pub fn is_open(&self) -> bool {
        !self.sender.is_closed()
    }

    /// Sends one request and reads the whole answer.
    pub async fn exchange(&mut self, request: Request<Full<Bytes>>) -> Result<Answer> {
        self.sender.ready().await.context("the server closed the connection")?;
        let response = self.sender.send_request(request).await.context("no answer")?;
        let class = Class::of(response.status());
        if class == Class::Error {
            let status = response.status();
            let body = response.into_body().collect().await.context("half an answer")?.to_bytes();
            let error = format!("{status} {}", String::from_utf8_lossy(&body));
            return Ok(Answer { class, error: Some(error) });
        }
        drain(response.into_body()).await?;
        Ok(Answer { class, error: None })
    }
}

/// Reads to the end without keeping anything.
async fn drain(mut body: Incoming) -> Result<()> {
    while let Some(frame) = body.frame().await {
        frame.map_err(|error| anyhow!(error).context("half an answer"))?;
    }
    Ok(())
}
