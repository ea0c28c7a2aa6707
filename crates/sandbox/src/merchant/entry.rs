//! The accounts as a merchant enters them into Tessera: bodies for `POST /v1/payment-accounts`.

use super::{AlipayAccount, MerchantAccounts, StripeAccount, WechatAccount};
use serde_json::{Value, json};

impl MerchantAccounts {
    /// A body for each channel, by its word.
    pub fn entries(&self) -> [(&'static str, Value); 3] {
        [
            ("wechat", wechat(&self.wechat)),
            ("alipay", alipay(&self.alipay)),
            ("stripe", stripe(&self.stripe)),
        ]
    }
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
        "private_key": account.private_key_pem,
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
