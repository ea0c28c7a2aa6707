//! The demo's payment accounts, at a sandbox of its own.

use super::client::Api;
use super::seed::SeededMerchant;
use anyhow::Result;
use sandbox::{AlipayAccount, MerchantAccounts, Running, StripeAccount, WechatAccount};
use serde::Deserialize;
use serde_json::{Value, json};

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
        for (channel, body) in bodies(accounts) {
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

fn bodies(accounts: &MerchantAccounts) -> [(&'static str, Value); 3] {
    [
        ("wechat", wechat(&accounts.wechat)),
        ("alipay", alipay(&accounts.alipay)),
        ("stripe", stripe(&accounts.stripe)),
    ]
}

fn wechat(account: &WechatAccount) -> Value {
    let mut body = json!({
        "channel": "wechat", "name": "微信支付", "fee_rate": 60, "appid": account.appid, "mchid": account.mchid,
        "serial_no": account.serial_no, "private_key": account.private_key_pem, "api_v3_key": account.api_v3_key,
        "app_secret": account.app_secret,
    });
    match &account.public_key_id {
        Some(id) => {
            body["public_key_id"] = json!(id);
            body["public_key"] = json!(account.public_key_pem);
        }
        None => body["verification"] = json!("certificates"),
    }
    body
}

fn alipay(account: &AlipayAccount) -> Value {
    let mut body = json!({
        "channel": "alipay", "name": "支付宝", "fee_rate": 60, "app_id": account.app_id,
        "seller_id": account.seller_id, "private_key": account.private_key_pem,
    });
    match &account.certificates {
        Some(certificates) => {
            body["verification"] = json!("certificates");
            body["app_certificate"] = json!(certificates.app_cert_pem);
            body["alipay_certificate"] = json!(certificates.alipay_cert_pem);
            body["root_certificate"] = json!(certificates.alipay_root_cert_pem);
        }
        None => body["public_key"] = json!(account.alipay_public_key_pem),
    }
    body
}

fn stripe(account: &StripeAccount) -> Value {
    json!({
        "channel": "stripe", "name": "Stripe", "fee_rate": 290, "secret_key": account.secret_key,
        "webhook_secret": account.webhook_secret,
    })
}
