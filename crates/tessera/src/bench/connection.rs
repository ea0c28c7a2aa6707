//! One HTTP/1.1 connection of the load generator.
//!
//! hyper's connection runs as a task beside its sender. Driving both from one task was measured
//! and is no faster.

use super::tally::Class;
use anyhow::{Context, Result, anyhow};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1::{self, SendRequest};
use hyper::{Request, Response, StatusCode};
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
    /// The body of a good answer, when it was asked for.
    pub body: Bytes,
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

    /// Sends one request and reads the whole answer without keeping it, unless it is an error.
    pub async fn exchange(&mut self, request: Request<Full<Bytes>>) -> Result<Answer> {
        let response = self.send(request).await?;
        let class = Class::of(response.status());
        if class == Class::Error {
            return failed(response).await;
        }
        drain(response.into_body()).await?;
        Ok(Answer { class, error: None, body: Bytes::new() })
    }

    /// The same for a request that is answered well by 401: what it sends opens nothing.
    pub async fn exchange_wrong(&mut self, request: Request<Full<Bytes>>) -> Result<Answer> {
        let response = self.send(request).await?;
        let class = match response.status() {
            StatusCode::UNAUTHORIZED => Class::Ok,
            status => Class::of(status),
        };
        if class == Class::Error {
            return failed(response).await;
        }
        drain(response.into_body()).await?;
        Ok(Answer { class, error: None, body: Bytes::new() })
    }

    /// Sends one request and keeps the answer's body.
    pub async fn read(&mut self, request: Request<Full<Bytes>>) -> Result<Answer> {
        let response = self.send(request).await?;
        let class = Class::of(response.status());
        if class == Class::Error {
            return failed(response).await;
        }
        let body = response.into_body().collect().await.context("half an answer")?.to_bytes();
        Ok(Answer { class, error: None, body })
    }

    async fn send(&mut self, request: Request<Full<Bytes>>) -> Result<Response<Incoming>> {
        self.sender.ready().await.context("the server closed the connection")?;
        self.sender.send_request(request).await.context("no answer")
    }
}

async fn failed(response: Response<Incoming>) -> Result<Answer> {
    let status = response.status();
    let body = response.into_body().collect().await.context("half an answer")?.to_bytes();
    let error = format!("{status} {}", String::from_utf8_lossy(&body));
    Ok(Answer { class: Class::Error, error: Some(error), body: Bytes::new() })
}

/// Reads to the end without keeping anything.
async fn drain(mut body: Incoming) -> Result<()> {
    while let Some(frame) = body.frame().await {
        frame.map_err(|error| anyhow!(error).context("half an answer"))?;
    }
    Ok(())
}
