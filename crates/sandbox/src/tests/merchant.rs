//! A merchant that signs by hand, and receives notices.

use crate::clock::Clock;
use crate::keys::SigningKey;
use crate::merchant::MerchantAccounts;
use crate::{Pace, Running, Settings};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use parking_lot::Mutex;
use reqwest::Method;
use serde_json::Value;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::sync::mpsc;

/// Accounts are made once for all tests: looking for primes takes a while.
fn accounts_file() -> &'static std::path::Path {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    FOLDER.get_or_init(|| tempfile::tempdir().unwrap()).path()
}

/// What a sandbox told a merchant.
pub type Told = (HeaderMap, Vec<u8>);

/// A sandbox with a merchant's server beside it.
pub struct Fixture {
    pub running: Running,
    pub client: reqwest::Client,
    pub notify_url: String,
    pub told: mpsc::UnboundedReceiver<Told>,
    /// What the merchant's server answers.
    pub answer: Arc<Mutex<(StatusCode, &'static str)>>,
}

type Server = (mpsc::UnboundedSender<Told>, Arc<Mutex<(StatusCode, &'static str)>>);

async fn receive(
    State((sender, answer)): State<Server>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    sender.send((headers, body.to_vec())).unwrap();
    let (status, text) = *answer.lock();
    (status, text).into_response()
}

impl Fixture {
    pub async fn start() -> Self {
        Self::at(Clock::system()).await
    }

    pub async fn at(clock: Clock) -> Self {
        let pace = Pace { clock, refund_takes: Duration::ZERO, notices_faster: 1000 };
        let accounts_file = Some(accounts_file().join("accounts.json"));
        let running =
            crate::start(Settings { pace, accounts_file, ..Settings::default() }).await.unwrap();
        let (sender, told) = mpsc::unbounded_channel();
        let answer = Arc::new(Mutex::new((StatusCode::OK, "success")));
        let router =
            Router::new().route("/notify", post(receive)).with_state((sender, Arc::clone(&answer)));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let notify_url = format!("http://{}/notify", listener.local_addr().unwrap());
        tokio::spawn(async { axum::serve(listener, router).await.unwrap() });
        let client = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Self { running, client, notify_url, told, answer }
    }

    pub fn merchant(&self, place: usize) -> MerchantAccounts {
        self.running.accounts().merchants[place].clone()
    }

    pub async fn next_notice(&mut self) -> Told {
        tokio::time::timeout(Duration::from_secs(10), self.told.recv()).await.unwrap().unwrap()
    }

    /// A call of the control API.
    pub async fn control(&self, path: &str, order: Value) -> (u16, Value) {
        let url = format!("{}/control/{path}", self.running.url());
        let answer = self.client.post(url).json(&order).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }
}

/// A signed request to WeChat Pay, each part of which a test may spoil.
pub struct WechatCall {
    pub method: Method,
    pub path: String,
    pub body: String,
    pub signed_body: String,
    pub signed_path: String,
    pub mchid: String,
    pub serial_no: String,
    pub nonce: String,
    pub timestamp: String,
    pub key_pem: String,
    pub scheme: &'static str,
    pub accept: &'static str,
}

impl WechatCall {
    pub fn new(fixture: &Fixture, merchant: usize, path: &str, body: &str) -> Self {
        let account = fixture.merchant(merchant).wechat;
        Self {
            method: if body.is_empty() { Method::GET } else { Method::POST },
            path: path.to_owned(),
            body: body.to_owned(),
            signed_body: body.to_owned(),
            signed_path: path.to_owned(),
            mchid: account.mchid,
            serial_no: account.serial_no,
            nonce: crate::random::word(32),
            timestamp: fixture.running.shared.now().as_second().to_string(),
            key_pem: account.private_key_pem,
            scheme: "WECHATPAY2-SHA256-RSA2048",
            accept: "application/json",
        }
    }

    pub async fn send(&self, fixture: &Fixture) -> (u16, HeaderMap, Vec<u8>) {
        let Self { method, nonce, timestamp, .. } = self;
        let message =
            format!("{method}\n{}\n{timestamp}\n{nonce}\n{}\n", self.signed_path, self.signed_body);
        let signature = SigningKey::from_pem(&self.key_pem).unwrap().sign(message.as_bytes());
        let (scheme, mchid, serial) = (self.scheme, &self.mchid, &self.serial_no);
        let authorization = format!(
            r#"{scheme} mchid="{mchid}",serial_no="{serial}",nonce_str="{nonce}",timestamp="{timestamp}",signature="{signature}""#
        );
        let answer = fixture
            .client
            .request(method.clone(), format!("{}{}", fixture.running.url(), self.path))
            .header("accept", self.accept)
            .header("user-agent", "tests")
            .header("content-type", "application/json")
            .header("authorization", authorization)
            .body(self.body.clone())
            .send()
            .await
            .unwrap();
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        (status, headers, answer.bytes().await.unwrap().to_vec())
    }

    pub async fn answer(&self, fixture: &Fixture) -> (u16, Value) {
        let (status, _, body) = self.send(fixture).await;
        let body =
            if body.is_empty() { Value::Null } else { serde_json::from_slice(&body).unwrap() };
        (status, body)
    }
}
