//! One HTTP/1.1 connection of the load generator.
//!
//! Sending and the protocol's own work run in one task, because a second task per connection would
//! cost the two shared cores a wake-up for each request.

use super::tally::Class;
use anyhow::{Context, Result, anyhow};
use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1::{self, Connection, SendRequest};
use hyper_util::rt::TokioIo;
use std::net::SocketAddr;
use std::pin::pin;
use tokio::net::TcpStream;

/// An open connection and its protocol driver.
pub struct Link {
    sender: SendRequest<Full<Bytes>>,
    driver: Connection<TokioIo<TcpStream>, Full<Bytes>>,
    closed: bool,
}

/// What came back: its class, and its text when a person may want to read it.
pub struct Answer {
    /// How the answer counts.
    pub class: Class,
    /// Status and body of an error.
    pub error: Option<String>,
}

impl Link {
    /// Opens a connection.
    pub async fn open(address: SocketAddr) -> Result<Self> {
        let stream =
            TcpStream::connect(address).await.with_context(|| format!("cannot reach {address}"))?;
        stream.set_nodelay(true).context("cannot set TCP_NODELAY")?;
        let (sender, driver) =
            http1::handshake(TokioIo::new(stream)).await.context("HTTP handshake")?;
        Ok(Self { sender, driver, closed: false })
    }

    /// False when the server has closed and a new connection is needed.
    pub fn is_open(&self) -> bool {
        !self.closed
    }

    /// Sends one request and reads the whole answer.
    pub async fn exchange(&mut self, request: Request<Full<Bytes>>) -> Result<Answer> {
        let mut talk = pin!(talk(&mut self.sender, request));
        let answer = tokio::select! {
            biased;
            answer = &mut talk => answer,
            end = &mut self.driver, if !self.closed => {
                self.closed = true;
                end.context("the connection broke")?;
                // The answer may have come whole before the server closed.
                talk.await
            }
        };
        self.closed |= answer.is_err();
        answer
    }
}

async fn talk(
    sender: &mut SendRequest<Full<Bytes>>,
    request: Request<Full<Bytes>>,
) -> Result<Answer> {
    sender.ready().await.context("the server closed the connection")?;
    let response = sender.send_request(request).await.context("no answer")?;
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

/// Reads to the end without keeping anything.
async fn drain(mut body: Incoming) -> Result<()> {
    while let Some(frame) = body.frame().await {
        frame.map_err(|error| anyhow!(error).context("half an answer"))?;
    }
    Ok(())
}
