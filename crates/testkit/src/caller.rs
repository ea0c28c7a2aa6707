//! A caller of the open API, with the few things that most tests do.

use kernel::{Mode, Tenant};
use reqwest::{Body, Client, Method, RequestBuilder};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Keys of repeats that were given out.
static COUNT: AtomicU64 = AtomicU64::new(0);

/// The longest wait for an import.
const IMPORT_PATIENCE: Duration = Duration::from_secs(120);

/// One key at one server.
#[derive(Clone)]
pub struct Caller {
    client: Client,
    url: String,
    /// The key's secret.
    pub key: String,
    /// Whose key.
    pub tenant: Tenant,
    /// The cookie and the token of a person, who has no key.
    session: Option<(String, String)>,
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body as text.
    pub text: String,
    /// The body as JSON; null when it is none.
    pub json: Value,
    /// The type of the body.
    pub content_type: String,
    /// Whether it says that it is a repeat.
    pub replayed: bool,
    /// The id of its request.
    pub request: String,
    /// The version of the resource that it shows, as its tag.
    pub etag: Option<String>,
    /// After how many seconds to come again, if it says so.
    pub retry_after: Option<u64>,
}

impl Answer {
    /// Reads what a server answered.
    pub async fn read(answer: reqwest::Response) -> reqwest::Result<Self> {
        let status = answer.status().as_u16();
        let replayed = answer.headers().contains_key("idempotent-replayed");
        let etag = answer.headers().get("etag").and_then(|v| v.to_str().ok()).map(str::to_owned);
        let retry_after = answer.headers().get("retry-after");
        let retry_after = retry_after.and_then(|value| value.to_str().ok()?.parse().ok());
        let content_type = answer.headers().get("content-type").and_then(|v| v.to_str().ok());
        let content_type = content_type.unwrap_or_default().to_owned();
        let request = answer.headers().get("x-request-id").and_then(|id| id.to_str().ok());
        let request = request.unwrap_or_default().to_owned();
        let text = answer.text().await?;
        let json = serde_json::from_str(&text).unwrap_or(Value::Null);
        Ok(Self { status, text, json, content_type, replayed, request, etag, retry_after })
    }

    /// The problem's code, or an empty text.
    pub fn code(&self) -> &str {
        self.json["code"].as_str().unwrap_or_default()
    }

    /// The first field that the problem names, or an empty text.
    pub fn field(&self) -> &str {
        self.json["errors"][0]["field"].as_str().unwrap_or_default()
    }
}

impl Caller {
    /// A caller at a server.
    pub fn new(url: &str, key: &str, tenant: Tenant) -> Self {
        let client = Client::builder().pool_max_idle_per_host(256).build().expect("a client");
        let (url, key) = (url.to_owned(), key.to_owned());
        Self { client, url, key, tenant, session: None }
    }

    /// A person in his session, for a tenant.
    pub fn person(url: &str, cookie: &str, csrf: &str, tenant: Tenant) -> Self {
        let session = Some((cookie.to_owned(), csrf.to_owned()));
        Self { session, ..Self::new(url, "", tenant) }
    }

    /// The same key at another server.
    pub fn at(&self, url: &str) -> Self {
        Self { url: url.to_owned(), ..self.clone() }
    }

    /// The same person for another tenant.
    pub fn acting_for(&self, tenant: Tenant) -> Self {
        Self { tenant, ..self.clone() }
    }

    /// A request with the key, or with the session.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.url));
        let Some((cookie, csrf)) = &self.session else { return request.bearer_auth(&self.key) };
        let mode = if self.tenant.mode() == Mode::Live { "live" } else { "test" };
        let request = request.header("x-tessera-merchant", self.tenant.merchant().to_string());
        let request = request.header("x-tessera-mode", mode);
        request.header("cookie", cookie).header("x-csrf-token", csrf)
    }

    /// Sends a request.
    pub async fn send(&self, request: RequestBuilder) -> Answer {
        self.try_send(request).await.expect("the server answers")
    }

    /// Sends a request to a server that may be gone.
    pub async fn try_send(&self, request: RequestBuilder) -> reqwest::Result<Answer> {
        Answer::read(request.send().await?).await
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    /// Writes a version of what a SKU's buyers share as a file. `query` has its name, percent-encoded.
    pub async fn share_file(&self, sku: &str, query: &str, file: impl Into<Body>) -> Answer {
        let path = format!("/v1/skus/{sku}/content/files?{query}");
        let request = self.request(Method::POST, &path);
        let request = request.header("content-type", "application/octet-stream");
        self.send(request.body(file)).await
    }

    /// POST with a fresh idempotency key.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        let key = format!("auto-{}", COUNT.fetch_add(1, Ordering::Relaxed));
        self.post_as(path, body, &key).await
    }

    /// POST with an idempotency key to a server that may be gone, or is going down: it gives no good answer then.
    pub async fn try_post_as(&self, path: &str, body: &Value, key: &str) -> Option<Answer> {
        let request = self.request(Method::POST, path).header("Idempotency-Key", key);
        self.try_send(request.json(body)).await.ok().filter(|answer| answer.status != 503)
    }

    /// POST with an idempotency key.
    pub async fn post_as(&self, path: &str, body: &Value, key: &str) -> Answer {
        let request = self.request(Method::POST, path).header("Idempotency-Key", key);
        self.send(request.json(body)).await
    }

    /// Lists a product with one SKU that has these further fields; gives the SKU's id.
    pub async fn sku(&self, price: i64, more: Value) -> String {
        let mut sku = json!({
            "kind": "code", "name": "月卡", "price": { "amount": price, "currency": "CNY" }
        });
        for (field, value) in more.as_object().into_iter().flatten() {
            sku[field] = value.clone();
        }
        let body = json!({ "name": "星河视频会员", "skus": [sku] });
        let answer = self.post("/v1/products", &body).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        answer.json["skus"][0]["id"].as_str().expect("a SKU's id").to_owned()
    }

    /// Imports a file of codes and waits; gives the import as it ended.
    pub async fn import(&self, sku: &str, csv: String) -> Value {
        let request = self
            .request(Method::POST, &format!("/v1/skus/{sku}/code-imports"))
            .header("content-type", "text/csv")
            .body(csv);
        let answer = self.send(request).await;
        assert_eq!(answer.status, 202, "{}", answer.text);
        self.imported(answer.json["id"].as_str().expect("an import's id")).await
    }

    /// Waits until an import is over.
    pub async fn imported(&self, id: &str) -> Value {
        let begun = Instant::now();
        loop {
            let answer = self.get(&format!("/v1/code-imports/{id}")).await;
            if answer.json["state"] != "running" {
                return answer.json;
            }
            assert!(begun.elapsed() < IMPORT_PATIENCE, "the import does not end: {}", answer.text);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Waits until an export is over.
    pub async fn exported(&self, id: &str) -> Value {
        let begun = Instant::now();
        loop {
            let answer = self.get(&format!("/v1/exports/{id}")).await;
            if !["waiting", "running"].contains(&answer.json["state"].as_str().unwrap_or_default())
            {
                return answer.json;
            }
            assert!(begun.elapsed() < IMPORT_PATIENCE, "the export does not end: {}", answer.text);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Imports `n` codes that no other call makes: `<prefix>-00001` … with passwords.
    pub async fn stock(&self, sku: &str, prefix: &str, n: usize) {
        let rows: Vec<String> = (0..n).map(|i| format!("{prefix}{i:05},pw-{prefix}-{i}")).collect();
        let csv = format!("number,password\n{}\n", rows.join("\n"));
        let done = self.import(sku, csv).await;
        assert_eq!(done["accepted"], n, "{done}");
    }

    /// Waits until a batch is what it was made; gives it.
    pub async fn settled(&self, batch: &str) -> Value {
        let begun = Instant::now();
        loop {
            let answer = self.get(&format!("/v1/code-batches/{batch}")).await;
            if answer.json["in_progress"] == false {
                return answer.json;
            }
            assert!(begun.elapsed() < IMPORT_PATIENCE, "the batch is never done: {}", answer.text);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Begins to pay an order through the test channel; gives the payment's id.
    pub async fn begin_to_pay(&self, order: &str) -> String {
        let path = format!("/v1/orders/{order}/payments");
        let answer = self.post(&path, &json!({ "method": "test" })).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        answer.json["id"].as_str().expect("an id").to_owned()
    }

    /// Credits a buyer's wallet, in fen.
    pub async fn credit(&self, buyer: &str, amount: i64) {
        let body = json!({
            "buyer": { "external_id": buyer }, "amount": { "amount": amount, "currency": "CNY" }
        });
        let answer = self.post("/v1/wallet-credits", &body).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
    }

    /// The body of an order of a SKU from a wallet.
    pub fn order_body(sku: &str, quantity: u32, buyer: &str) -> Value {
        json!({
            "sku": sku, "quantity": quantity, "buyer": { "external_id": buyer },
            "channel": "api", "pay": { "method": "wallet" }
        })
    }

    /// Orders with a fresh idempotency key.
    pub async fn order(&self, sku: &str, quantity: u32, buyer: &str) -> Answer {
        self.post("/v1/orders", &Self::order_body(sku, quantity, buyer)).await
    }
}
