//! A bucket that speaks S3, reached by the HTTP client and the TLS that the program has anyway.

use http_body_util::{BodyExt, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector as Tcp;
use hyper_util::rt::TokioExecutor;
use object_store::aws::AmazonS3Builder;
use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpRequestBody,
    HttpResponse, HttpService,
};
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{ClientOptions, Error, ObjectStore};
use std::sync::Arc;
use std::time::Duration;

/// How long a bucket may take for an answer.
const PATIENCE: Duration = Duration::from_secs(20);
/// Bytes of an answer: no file that we put is larger.
const ANSWER_BYTES_MAX: usize = 64 << 20;

/// The bucket of `s3://bucket/prefix`. Keys, region and endpoint come from variables whose names begin with `AWS_`.
pub fn open(
    place: &str,
    variables: impl Iterator<Item = (String, String)>,
) -> Result<Arc<dyn ObjectStore>, Error> {
    let prefix = place.splitn(4, '/').nth(3).unwrap_or_default();
    let mut builder = AmazonS3Builder::new().with_url(place).with_http_connector(Connector);
    for (name, value) in variables.filter(|(name, _)| name.starts_with("AWS_")) {
        if let Ok(key) = name.to_ascii_lowercase().parse() {
            builder = builder.with_config(key, value);
        }
    }
    Ok(Arc::new(PrefixStore::new(builder.build()?, Path::parse(prefix)?)))
}

#[derive(Debug)]
struct Connector;

impl HttpConnector for Connector {
    fn connect(&self, _: &ClientOptions) -> Result<HttpClient, Error> {
        let provider = rustls::crypto::ring::default_provider();
        let tls = HttpsConnectorBuilder::new().with_provider_and_native_roots(provider);
        let tls = tls.map_err(|e| Error::Generic { store: "S3", source: Box::new(e) })?;
        let tls = tls.https_or_http().enable_http1().build();
        Ok(HttpClient::new(Service(Client::builder(TokioExecutor::new()).build(tls))))
    }
}

#[derive(Debug)]
struct Service(Client<HttpsConnector<Tcp>, HttpRequestBody>);

#[async_trait::async_trait]
impl HttpService for Service {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let exchange = async {
            let answer = self.0.request(request).await;
            let answer = answer.map_err(|e| {
                let kind =
                    if e.is_connect() { HttpErrorKind::Connect } else { HttpErrorKind::Request };
                HttpError::new(kind, e)
            })?;
            let (parts, body) = answer.into_parts();
            let body = Limited::new(body, ANSWER_BYTES_MAX).collect().await;
            let body = body.map_err(|e| HttpError::new_boxed(HttpErrorKind::Interrupted, e))?;
            Ok(HttpResponse::from_parts(parts, body.to_bytes().into()))
        };
        let answer = tokio::time::timeout(PATIENCE, exchange).await;
        answer.map_err(|e| HttpError::new(HttpErrorKind::Timeout, e))?
    }
}
