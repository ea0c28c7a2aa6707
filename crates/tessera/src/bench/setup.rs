//! Makes what the load needs, through the same HTTP API that everybody uses: SKUs with codes, and
//! buyers with money.

use super::codes::CodeMaker;
use super::run_name;
use anyhow::{Context, Result, ensure};
use reqwest::{Client, Response};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

/// Buyers with money.
pub const BUYERS: u64 = 1000;
/// SKUs of one product, as many as the API takes.
const PRODUCT_SKUS: usize = 100;
/// Price of one code in minor units.
const PRICE_MINOR: i64 = 100;
/// Codes of one uploaded file, far below the API's limit of 256 MiB.
const FILE_CODES: u64 = 1_000_000;
/// Money of one buyer in minor units: enough for every run.
const CREDIT_MINOR: i64 = 10_000_000_000;
/// Credits under way at the same time.
const CREDITS_AT_ONCE: u64 = 32;
/// How often a running import is asked for.
const IMPORT_POLL: Duration = Duration::from_millis(20);

/// A client of the server under test.
#[derive(Clone)]
pub struct Api {
    client: Client,
    url: String,
    key: String,
}

#[derive(Deserialize)]
struct Product {
    skus: Vec<Sku>,
}

#[derive(Deserialize)]
struct Sku {
    id: String,
}

/// A code import as the API shows it.
#[derive(Debug, Deserialize)]
pub struct Import {
    id: String,
    state: String,
    #[serde(default)]
    accepted: u64,
    #[serde(default)]
    duplicates: u64,
    #[serde(default)]
    errors: u64,
}

impl Api {
    /// A client that uses one key.
    pub fn new(url: &str, key: &str) -> Self {
        let url = url.trim_end_matches('/').to_string();
        Self { client: Client::new(), url, key: key.to_string() }
    }

    /// Makes `count` SKUs of kind `code`, on the shelf at once, and answers their ids.
    pub async fn create_skus(&self, count: usize) -> Result<Vec<String>> {
        let mut ids = Vec::with_capacity(count);
        while ids.len() < count {
            let skus: Vec<Value> = (ids.len()..count.min(ids.len() + PRODUCT_SKUS))
                .map(|n| {
                    let price = json!({"amount": PRICE_MINOR, "currency": "CNY"});
                    json!({"kind": "code", "name": format!("Bench {n}"), "price": price})
                })
                .collect();
            let body = json!({"name": "Bench", "skus": skus});
            let answer = self.post("/v1/products").json(&body).send().await;
            let product: Product = checked(answer).await?.json().await.context("a product")?;
            ids.extend(product.skus.into_iter().map(|sku| sku.id));
        }
        Ok(ids)
    }

    /// Imports new codes into every SKU and waits until they are all for sale.
    pub async fn stock(&self, skus: &[String], each: u64, codes: &mut CodeMaker) -> Result<()> {
        let mut imports = Vec::with_capacity(skus.len());
        for sku in skus {
            let mut missing = each;
            while missing > 0 {
                let count = missing.min(FILE_CODES);
                imports.push((self.start_import(sku, codes.csv(count)).await?, count));
                missing -= count;
            }
        }
        for (import, count) in imports {
            self.finish_import(import, count).await?;
        }
        Ok(())
    }

    /// Uploads a CSV file of codes.
    pub async fn start_import(&self, sku: &str, csv: String) -> Result<Import> {
        let request = self.post(&format!("/v1/skus/{sku}/code-imports"));
        let answer = request.header("content-type", "text/csv").body(csv).send().await;
        checked(answer).await?.json().await.context("a code import")
    }

    /// Waits for the end of an import, which must have taken `expected` codes.
    pub async fn finish_import(&self, mut import: Import, expected: u64) -> Result<()> {
        while import.state == "running" {
            tokio::time::sleep(IMPORT_POLL).await;
            let url = format!("{}/v1/code-imports/{}", self.url, import.id);
            let answer = self.client.get(url).bearer_auth(&self.key).send().await;
            import = checked(answer).await?.json().await.context("a code import")?;
        }
        ensure!(
            import.state == "done" && import.accepted == expected && import.errors == 0,
            "import {} is {}: {} accepted of {expected}, {} duplicates, {} errors",
            import.id,
            import.state,
            import.accepted,
            import.duplicates,
            import.errors
        );
        Ok(())
    }

    /// Gives money to every buyer `b-0` … `b-999`.
    pub async fn credit_buyers(&self, run: &str) -> Result<()> {
        let api = Arc::new(self.clone());
        let mut credits = JoinSet::new();
        for first in 0..CREDITS_AT_ONCE {
            let (api, run) = (Arc::clone(&api), run.to_string());
            credits.spawn(async move {
                for buyer in (first..BUYERS).step_by(CREDITS_AT_ONCE as usize) {
                    api.credit(buyer, &format!("{run}-credit-{buyer}")).await?;
                }
                anyhow::Ok(())
            });
        }
        while let Some(credit) = credits.join_next().await {
            credit.context("a credit panicked")??;
        }
        Ok(())
    }

    async fn credit(&self, buyer: u64, idempotency_key: &str) -> Result<()> {
        let body = json!({
            "buyer": {"external_id": buyer_name(buyer)},
            "amount": {"amount": CREDIT_MINOR, "currency": "CNY"},
        });
        let request = self.post("/v1/wallet-credits").header("idempotency-key", idempotency_key);
        checked(request.json(&body).send().await).await?;
        Ok(())
    }

    /// Lets everything be as a body says.
    pub async fn apply(&self, changes: &Value) -> Result<()> {
        checked(self.post("/v1/resources/apply").json(changes).send().await).await.map(drop)
    }

    /// Orders, and answers the order's id.
    pub async fn order(&self, order: &Value) -> Result<String> {
        #[derive(Deserialize)]
        struct Placed {
            id: String,
        }
        let request = self.post("/v1/orders").header("idempotency-key", run_name()).json(order);
        let placed: Placed =
            checked(request.send().await).await?.json().await.context("an order")?;
        Ok(placed.id)
    }

    /// The number of the first code of an order.
    pub async fn reveal(&self, order: &str) -> Result<String> {
        let request = self.post(&format!("/v1/orders/{order}/reveal")).json(&json!({}));
        let shown: Value = checked(request.send().await).await?.json().await.context("codes")?;
        let number = shown["deliveries"][0]["code"]["number"].as_str();
        number.map(str::to_owned).context("no code was shown")
    }

    /// Reads something.
    pub async fn read<T: DeserializeOwned>(&self, path: &str) -> Result<T> {
        let request = self.client.get(format!("{}{path}", self.url)).bearer_auth(&self.key);
        checked(request.send().await).await?.json().await.context("not as agreed")
    }

    /// Asks for something.
    pub async fn ask<T: DeserializeOwned>(&self, path: &str, body: &Value) -> Result<T> {
        let answer = self.post(path).json(body).send().await;
        checked(answer).await?.json().await.context("not as agreed")
    }

    fn post(&self, path: &str) -> reqwest::RequestBuilder {
        self.client.post(format!("{}{path}", self.url)).bearer_auth(&self.key)
    }
}

/// The external id of a buyer.
pub fn buyer_name(n: u64) -> String {
    format!("b-{n}")
}

/// A good answer, or an error that holds the server's own words.
async fn checked(answer: reqwest::Result<Response>) -> Result<Response> {
    let answer = answer.context("the server under test did not answer")?;
    if answer.status().is_success() {
        return Ok(answer);
    }
    let (status, url) = (answer.status(), answer.url().clone());
    let body = answer.text().await.unwrap_or_else(|error| error.to_string());
    anyhow::bail!("{url} answered {status}: {body}")
}
