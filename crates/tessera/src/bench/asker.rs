//! Requests of the load generator with a key; what all of them share is made once.

use anyhow::{Context, Result};
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HOST, HeaderName, HeaderValue};
use hyper::{Method, Request, Uri};

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Makes requests with a key.
#[derive(Clone)]
pub struct Asker {
    host: HeaderValue,
    authorization: HeaderValue,
}

impl Asker {
    /// Requests to a host with a key.
    pub fn new(host: &str, key: &str) -> Result<Self> {
        let authorization = HeaderValue::from_str(&format!("Bearer {key}")).context("a key")?;
        Ok(Self { host: HeaderValue::from_str(host).context("a host")?, authorization })
    }

    /// A request without a body.
    pub fn bare(&self, method: Method, uri: Uri) -> Request<Full<Bytes>> {
        let mut request = Request::new(Full::new(Bytes::new()));
        *request.method_mut() = method;
        *request.uri_mut() = uri;
        request.headers_mut().insert(HOST, self.host.clone());
        request.headers_mut().insert(AUTHORIZATION, self.authorization.clone());
        request
    }

    /// A request with a body of JSON.
    pub fn json(&self, method: Method, uri: Uri, body: String) -> Request<Full<Bytes>> {
        let mut request = self.bare(method, uri);
        *request.body_mut() = Full::new(Bytes::from(body));
        let json = HeaderValue::from_static("application/json");
        request.headers_mut().insert(CONTENT_TYPE, json);
        request
    }

    /// The same, done once whatever happens on the way.
    pub fn once(&self, method: Method, uri: Uri, key: &str, body: String) -> Request<Full<Bytes>> {
        let mut request = self.json(method, uri, body);
        if let Ok(key) = HeaderValue::from_str(key) {
            request.headers_mut().insert(IDEMPOTENCY_KEY, key);
        }
        request
    }
}
