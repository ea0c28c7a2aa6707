//! Merchants as the channels know them, and what a merchant is told about its accounts.

mod certificate;
mod create;
mod kept;

pub use kept::read_or_create;

use crate::keys::SigningKey;
use anyhow::Result;
use serde::{Deserialize, Serialize};

/// How a merchant checks what WeChat Pay and Alipay sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// By a public key with an id; WeChat Pay refuses the download of certificates.
    PublicKey,
    /// By certificates.
    Certificate,
}

/// What an outside SDK needs in order to speak for a merchant, and what it takes to speak for the channels.
#[derive(Clone, Serialize, Deserialize)]
pub struct MerchantAccounts {
    /// How signatures of the channels are checked.
    pub mode: Mode,
    /// The account at WeChat Pay.
    pub wechat: WechatAccount,
    /// The account at Alipay.
    pub alipay: AlipayAccount,
    /// The account at Stripe.
    pub stripe: StripeAccount,
}

/// An account at WeChat Pay.
#[derive(Clone, Serialize, Deserialize)]
pub struct WechatAccount {
    /// Origin of the API and of the OAuth hop.
    pub base_url: String,
    /// The official account.
    pub appid: String,
    /// What the OAuth hop asks beside `appid`.
    pub app_secret: String,
    /// The merchant's number.
    pub mchid: String,
    /// Serial of the merchant's certificate.
    pub serial_no: String,
    /// 32 characters that notices are sealed with.
    pub api_v3_key: String,
    /// The merchant's key.
    pub private_key_pem: String,
    /// WeChat Pay's public key.
    pub public_key_pem: String,
    /// Its id, in public-key mode.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub public_key_id: Option<String>,
    /// The private half of `public_key_pem`.
    pub platform_private_key_pem: String,
    /// WeChat Pay's certificate and its serial, in certificate mode.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub platform_certificate_pem: Option<String>,
    /// Its serial.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub platform_serial_no: Option<String>,
}

/// An application at Alipay.
#[derive(Clone, Serialize, Deserialize)]
pub struct AlipayAccount {
    /// Address of the gateway.
    pub gateway: String,
    /// The application.
    pub app_id: String,
    /// The merchant's user number.
    pub seller_id: String,
    /// The application's key.
    pub private_key_pem: String,
    /// Alipay's public key.
    pub alipay_public_key_pem: String,
    /// The private half of `alipay_public_key_pem`.
    pub alipay_private_key_pem: String,
    /// Certificates, in certificate mode.
    #[serde(flatten, skip_serializing_if = "Option::is_none", default)]
    pub certificates: Option<AlipayCertificates>,
}

/// The certificates of an application in certificate mode, and their numbers as Alipay computes them.
#[derive(Clone, Serialize, Deserialize)]
pub struct AlipayCertificates {
    /// The application's certificate.
    pub app_cert_pem: String,
    /// Sent with each request.
    pub app_cert_sn: String,
    /// Alipay's certificate.
    pub alipay_cert_pem: String,
    /// Stands in each answer.
    pub alipay_cert_sn: String,
    /// Alipay's root.
    pub alipay_root_cert_pem: String,
    /// Sent with each request.
    pub alipay_root_cert_sn: String,
}

/// An account at Stripe.
#[derive(Clone, Serialize, Deserialize)]
pub struct StripeAccount {
    /// Origin of the API.
    pub base_url: String,
    /// The API key.
    pub secret_key: String,
    /// What events to the first endpoint are signed with.
    pub webhook_secret: String,
}

/// The ready file's part about the sandbox: the first merchant's accounts, and all of them.
#[derive(Clone, Serialize)]
pub struct Accounts {
    /// Origin of everything.
    pub url: String,
    /// The first merchant's account at WeChat Pay.
    pub wechat: WechatAccount,
    /// Its application at Alipay.
    pub alipay: AlipayAccount,
    /// Its account at Stripe.
    pub stripe: StripeAccount,
    /// Every merchant; the first one again in front.
    pub merchants: Vec<MerchantAccounts>,
}

/// A merchant with its keys ready for use.
pub struct Merchant {
    /// What the merchant was told.
    pub accounts: MerchantAccounts,
    /// The merchant's key at WeChat Pay.
    pub wechat_key: SigningKey,
    /// WeChat Pay's key for this merchant.
    pub wechat_platform: SigningKey,
    /// The application's key at Alipay.
    pub alipay_key: SigningKey,
    /// Alipay's key for this application.
    pub alipay_platform: SigningKey,
}

impl Merchant {
    /// Reads the keys.
    ///
    /// # Errors
    /// If one of them is no RSA key.
    pub fn new(accounts: MerchantAccounts) -> Result<Self> {
        let key = |pem: &String| SigningKey::from_pem(pem);
        Ok(Self {
            wechat_key: key(&accounts.wechat.private_key_pem)?,
            wechat_platform: key(&accounts.wechat.platform_private_key_pem)?,
            alipay_key: key(&accounts.alipay.private_key_pem)?,
            alipay_platform: key(&accounts.alipay.alipay_private_key_pem)?,
            accounts,
        })
    }

    /// What `Wechatpay-Serial` says: the id of the public key, or the serial of the certificate.
    pub fn wechat_serial(&self) -> &str {
        let account = &self.accounts.wechat;
        let serial = account.public_key_id.as_ref().or(account.platform_serial_no.as_ref());
        serial.map_or("", String::as_str)
    }
}

impl MerchantAccounts {
    /// The same accounts at a sandbox's origin.
    #[must_use]
    pub fn at(mut self, origin: &str) -> Self {
        self.wechat.base_url = origin.to_owned();
        self.alipay.gateway = format!("{origin}/gateway.do");
        self.stripe.base_url = origin.to_owned();
        self
    }
}
