//! HTTP to a channel: one request, one answer, bounded in time and size. Redirects are answers like others and are
//! never followed.

use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::header::{CONTENT_TYPE, HeaderName, HeaderValue, USER_AGENT};
use hyper::{HeaderMap, Method, Request as HttpRequest, StatusCode};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use std::time::Duration;

/// Bytes of an answer at most.
pub const ANSWER_BYTES_MAX: usize = 1 << 20;
const CONNECT_SECONDS_MAX: u64 = 5;
const AGENT: &str = concat!("tessera/", env!("CARGO_PKG_VERSION"));

/// A request, before it is sent.
pub struct Request {
    /// `GET` or `POST`.
    pub method: Method,
    /// Absolute.
    pub url: String,
    /// Beside content type and agent.
    pub headers: Vec<(&'static str, String)>,
    /// What the body is; no body without it.
    pub content_type: Option<&'static str>,
    /// The body.
    pub body: String,
}

impl Request {
    /// Asks without a body.
    pub fn get(url: String) -> Self {
        Self {
            method: Method::GET,
            url,
            headers: Vec::new(),
            content_type: None,
            body: String::new(),
        }
    }

    /// Sends a body.
    pub fn post(url: String, content_type: &'static str, body: String) -> Self {
        let content_type = Some(content_type);
        Self { method: Method::POST, url, headers: Vec::new(), content_type, body }
    }
}

/// An answer.
#[derive(Debug)]
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

/// Why there is no answer. Whether the channel got the request is not known in any of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoReply {
    /// It took too long.
    #[error("the channel did not answer in time")]
    Timeout,
    /// No connection.
    #[error("the channel could not be reached")]
    Unreachable,
    /// The answer broke off or is too large.
    #[error("the channel's answer broke off or is too large")]
    Broken,
    /// An address or a header that cannot be sent.
    #[error("the request could not be written")]
    Unwritten,
}

/// A client with its connections. Cheap to clone.
#[derive(Clone)]
pub struct Http {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    patience: Duration,
}

impl std::fmt::Debug for Http {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Http").field("patience", &self.patience).finish_non_exhaustive()
    }
}

impl Http {
    /// A client that waits so long for the end of an answer. Certificates are checked against the system's roots.
    pub fn new(patience: Duration) -> std::io::Result<Self> {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_connect_timeout(Some(Duration::from_secs(CONNECT_SECONDS_MAX).min(patience)));
        let provider = rustls::crypto::ring::default_provider();
        let tls = HttpsConnectorBuilder::new().with_provider_and_native_roots(provider)?;
        let tls = tls.https_or_http().enable_http1().wrap_connector(tcp);
        Ok(Self { client: Client::builder(TokioExecutor::new()).build(tls), patience })
    }

    /// Sends a request and reads the whole answer.
    pub async fn send(&self, request: &Request) -> Result<Reply, NoReply> {
        let written = written(request).ok_or(NoReply::Unwritten)?;
        let exchange = async {
            let answer = self.client.request(written).await;
            let answer = answer.map_err(|error| match error.is_connect() {
                true => NoReply::Unreachable,
                false => NoReply::Broken,
            })?;
            let (parts, body) = answer.into_parts();
            let body = Limited::new(body, ANSWER_BYTES_MAX).collect().await;
            let body = body.map_err(|_| NoReply::Broken)?.to_bytes();
            Ok(Reply { status: parts.status, headers: parts.headers, body })
        };
        tokio::time::timeout(self.patience, exchange).await.map_err(|_| NoReply::Timeout)?
    }
}

fn written(request: &Request) -> Option<HttpRequest<Full<Bytes>>> {
    let body = Full::new(Bytes::copy_from_slice(request.body.as_bytes()));
    let written = HttpRequest::builder().method(request.method.clone()).uri(&request.url);
    let mut written = written.body(body).ok()?;
    let headers = written.headers_mut();
    headers.insert(USER_AGENT, HeaderValue::from_static(AGENT));
    if let Some(content_type) = request.content_type {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    }
    for (name, value) in &request.headers {
        let mut value = HeaderValue::from_str(value).ok()?;
        value.set_sensitive(true);
        headers.insert(HeaderName::from_bytes(name.as_bytes()).ok()?, value);
    }
    Some(written)
}
