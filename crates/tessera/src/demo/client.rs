//! A small client of the open API.

use anyhow::{Context, Result, bail};
use reqwest::{Client, Method, RequestBuilder};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Calls one server with one key.
pub struct Api {
    client: Client,
    url: String,
    key: String,
}

impl Api {
    /// A client of the server at `url`.
    pub fn new(url: &str, key: &str) -> Self {
        Self { client: Client::new(), url: url.to_owned(), key: key.to_owned() }
    }

    /// Asks.
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T> {
        self.send(self.request(Method::GET, path)).await
    }

    /// Tells, as JSON.
    pub async fn post<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T> {
        self.send(self.request(Method::POST, path).json(body)).await
    }

    /// Changes, as JSON.
    pub async fn patch<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T> {
        self.send(self.request(Method::PATCH, path).json(body)).await
    }

    /// Tells, as a CSV file.
    pub async fn upload<T: DeserializeOwned>(&self, path: &str, csv: String) -> Result<T> {
        let request = self.request(Method::POST, path).header("content-type", "text/csv");
        self.send(request.body(csv)).await
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.url)).bearer_auth(&self.key)
    }

    async fn send<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T> {
        let answer = request.send().await.context("the server cannot be reached")?;
        let status = answer.status();
        if !status.is_success() {
            bail!("the server said {status}: {}", answer.text().await.unwrap_or_default());
        }
        answer.json().await.context("the server's answer is not as agreed")
    }
}
