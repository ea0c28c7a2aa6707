//! The demo's payment accounts, at a sandbox of its own.

use super::client::Api;
use super::seed::SeededMerchant;
use anyhow::Result;
use sandbox::Running;
use serde::Deserialize;

#[derive(Deserialize)]
struct Page {
    data: Vec<Stored>,
}

#[derive(Deserialize)]
struct Stored {
    id: String,
    channel: String,
}

/// Gives each merchant of whom the sandbox knows its accounts there; those that he has stay. Notices go below `url`.
pub async fn seed(running: &Running, url: &str, merchants: &[SeededMerchant]) -> Result<()> {
    let known = running.accounts().merchants;
    for (i, (merchant, accounts)) in merchants.iter().zip(&known).enumerate() {
        let api = Api::new(url, merchant.secret_key());
        let stored: Page = api.get("/v1/payment-accounts").await?;
        for (channel, body) in accounts.entries() {
            let found = stored.data.iter().find(|account| account.channel == channel);
            let id = match found {
                Some(account) => account.id.clone(),
                None => api.post::<Stored>("/v1/payment-accounts", &body).await?.id,
            };
            if channel == "stripe" {
                running.add_stripe_webhook(i, &format!("{url}/notify/stripe/{id}"));
            }
        }
    }
    Ok(())
}
