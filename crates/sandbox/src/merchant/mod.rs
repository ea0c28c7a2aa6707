//! Merchants as the channels know them, and what a merchant is told about its accounts.

mod certificate;
mod create;
mod entry;
mod kept;
mod platform;

pub use kept::read_or_create;
pub use platform::{Platform, PlatformKey};

use crate::keys::{SigningKey, VerifyingKey};
use crate::sandbox::Sandbox;
use anyhow::Result;
use parking_lot::RwLock;
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

impl Accounts {
    /// What merchants would be told now.
    pub fn of(sandbox: &Sandbox) -> Self {
        let merchants: Vec<_> = sandbox.merchants.iter().map(Merchant::accounts_now).collect();
        let first = merchants[0].clone();
        Self {
            url: sandbox.origin.clone(),
            wechat: first.wechat,
            alipay: first.alipay,
            stripe: first.stripe,
            merchants,
        }
    }
}

/// A merchant with its keys ready for use.
pub struct Merchant {
    /// What the merchant was told at the start.
    pub accounts: MerchantAccounts,
    /// WeChat Pay's keys for this merchant.
    pub wechat_platform: Platform,
    /// Alipay's key for this application.
    pub alipay_platform: SigningKey,
    /// The merchant's certificates at WeChat Pay by their serials.
    wechat_keys: RwLock<Vec<(String, VerifyingKey)>>,
    /// The application's keys at Alipay.
    alipay_keys: RwLock<Vec<VerifyingKey>>,
}

impl Merchant {
    /// Reads the keys.
    ///
    /// # Errors
    /// If one of them is no RSA key.
    pub fn new(accounts: MerchantAccounts) -> Result<Self> {
        let own = |pem: &str| Ok::<_, anyhow::Error>(SigningKey::from_pem(pem)?.public());
        let wechat = own(&accounts.wechat.private_key_pem)?;
        let alipay = own(&accounts.alipay.private_key_pem)?;
        Ok(Self {
            wechat_platform: Platform::new(&accounts)?,
            alipay_platform: SigningKey::from_pem(&accounts.alipay.alipay_private_key_pem)?,
            wechat_keys: RwLock::new(vec![(accounts.wechat.serial_no.clone(), wechat)]),
            alipay_keys: RwLock::new(vec![alipay]),
            accounts,
        })
    }

    /// The merchant's key at WeChat Pay that goes by a serial.
    pub fn wechat_key(&self, serial: &str) -> Option<VerifyingKey> {
        let keys = self.wechat_keys.read();
        keys.iter().find(|(known, _)| known == serial).map(|(_, key)| key.clone())
    }

    /// Whether one of the merchant's keys at WeChat Pay has signed a message.
    pub fn has_signed_at_wechat(&self, message: &[u8], signature: &str) -> bool {
        self.wechat_keys.read().iter().any(|(_, key)| key.has_signed(message, signature))
    }

    /// Whether one of the application's keys has signed a message.
    pub fn has_signed_at_alipay(&self, message: &[u8], signature: &str) -> bool {
        self.alipay_keys.read().iter().any(|key| key.has_signed(message, signature))
    }

    /// Takes another certificate of the merchant at WeChat Pay in, beside those before, or instead of them.
    pub fn add_wechat_key(&self, serial: &str, key: VerifyingKey, instead: bool) {
        let mut keys = self.wechat_keys.write();
        keys.retain(|(known, _)| !instead && known != serial);
        keys.push((serial.to_owned(), key));
    }

    /// Takes another key of the application at Alipay in, beside those before, or instead of them.
    pub fn add_alipay_key(&self, key: VerifyingKey, instead: bool) {
        let mut keys = self.alipay_keys.write();
        keys.retain(|_| !instead);
        keys.push(key);
    }

    /// What the merchant would be told now.
    pub fn accounts_now(&self) -> MerchantAccounts {
        let mut accounts = self.accounts.clone();
        self.wechat_platform.tell(&mut accounts.wechat);
        accounts
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
