//! `bench pages`: the pages that a buyer sees on the way to the goods, one after the other.

use super::operation::Operation;
use super::server::Server;
use anyhow::{Context, Result, ensure};
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{HOST, HeaderValue};
use hyper::{Request, Uri};
use reqwest::Client;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

#[derive(Deserialize)]
struct Placed {
    id: String,
    order_url: String,
}

#[derive(Deserialize)]
struct Started {
    id: String,
}

/// Opens the shop of the demo's first merchant, a product, its checkout and a paid order's page once, and answers
/// requests that go round them. Their sizes, not compressed, are printed.
pub async fn prepare(server: &Server) -> Result<Operation> {
    let base = server.ready.url.trim_end_matches('/');
    let merchant = server.ready.merchants.first().context("the demo seeded no merchant")?;
    let sku = &merchant.skus.first().context("the demo seeded no SKU")?.id;
    let client = Client::new();
    let front = page(&client, &merchant.shop_url).await?;
    let shop = merchant.shop_url.strip_prefix(base).unwrap_or(&merchant.shop_url);
    let product = first_link(&front, &format!("{shop}/p/")).context("the shop shows no product")?;
    let order = paid_order(&client, base, &merchant.secret_key, sku).await?;
    let order = order.strip_prefix(base).unwrap_or(&order).to_owned();
    let checkout = format!("{shop}/checkout?sku={sku}");
    let named =
        [("shop", shop.to_owned()), ("product", product), ("checkout", checkout), ("order", order)];
    let mut uris = Vec::with_capacity(named.len());
    for (name, path) in named {
        let bytes = page(&client, &format!("{base}{path}")).await?.len();
        eprintln!("{name}: {bytes} bytes");
        uris.push(Uri::try_from(path).context("a page's address is no path")?);
    }
    let host = HeaderValue::from_str(&server.address()?.to_string()).context("a host")?;
    Ok(Operation::One(Arc::new(move |_, n| {
        let mut request = Request::new(Full::new(Bytes::new()));
        *request.uri_mut() = uris[(n % uris.len() as u64) as usize].clone();
        request.headers_mut().insert(HOST, host.clone());
        request
    })))
}

async fn page(client: &Client, url: &str) -> Result<String> {
    let answer = client.get(url).send().await.context("the server did not answer")?;
    ensure!(answer.status().is_success(), "{url} answered {}", answer.status());
    answer.text().await.context("half a page")
}

/// The first address in a page that begins like this.
fn first_link(html: &str, begin: &str) -> Option<String> {
    let from = html.find(&format!("href=\"{begin}"))? + "href=\"".len();
    html[from..].split('"').next().map(str::to_owned)
}

/// Buys a piece through the test channel and answers the link of the order's page.
async fn paid_order(client: &Client, base: &str, key: &str, sku: &str) -> Result<String> {
    let post = async |path: &str, body: Value| -> Result<Value> {
        let request = client.post(format!("{base}{path}")).bearer_auth(key).json(&body);
        let answer = request.header("idempotency-key", path).send().await?;
        answer.error_for_status()?.json().await.context("an answer that is no JSON")
    };
    let wanted = json!({"sku": sku, "quantity": 1, "buyer": {"external_id": "bench pages"}});
    let placed: Placed = serde_json::from_value(post("/v1/orders", wanted).await?)?;
    let payments = format!("/v1/orders/{}/payments", placed.id);
    let started: Started =
        serde_json::from_value(post(&payments, json!({"method": "test"})).await?)?;
    post(&format!("/test-channel/payments/{}", started.id), json!({"action": "pay"})).await?;
    Ok(placed.order_url)
}
