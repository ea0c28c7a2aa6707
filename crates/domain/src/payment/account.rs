//! A merchant's account at a payment channel (收款账户). Whether its credentials can be right is checked at the edge,
//! which reads keys; secrets are sealed apart.

use crate::Refusal;
use crate::catalog::{GoodsClass, TenantCatalog};
use crate::resource::{Field, Keys, Kind, Line, Prose, Ref, Resource, Secret, Words, kind};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Largest fee rate, in basis points: all of it.
const FEE_RATE_MAX: u32 = 10_000;

/// A payment channel of others.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[schema(as = PaymentChannel)]
pub enum Channel {
    /// WeChat Pay.
    Wechat,
    /// Alipay.
    Alipay,
    /// Stripe.
    Stripe,
}

impl Channel {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Wechat, Self::Alipay, Self::Stripe];

    /// Its word in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Wechat => "wechat",
            Self::Alipay => "alipay",
            Self::Stripe => "stripe",
        }
    }

    /// The channel of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.word() == word)
    }
}

/// How the channel's signatures are verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ChannelVerification)]
pub enum Verification {
    /// By the channel's public key.
    #[default]
    PublicKey,
    /// By certificates.
    Certificates,
}

/// An account at a payment channel. Which fields it needs depends on the channel; the others are left out.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PaymentAccount {
    /// The channel.
    pub channel: Channel,
    /// What people read.
    pub name: Line<100>,
    /// Whether buyers may pay through it.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// What the channel keeps of a payment, in basis points (hundredths of a percent).
    #[serde(default)]
    #[schema(maximum = 10_000)]
    pub fee_rate: u32,
    /// The classes of goods that the channel approved it for; all without it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<String>, example = json!(["virtual_goods"]))]
    pub goods: Vec<GoodsClass>,
    /// How the channel's signatures are verified: WeChat Pay and Alipay.
    #[serde(default)]
    pub verification: Verification,
    /// WeChat Pay: the official account or mini program (`wx…`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appid: Option<Line<32>>,
    /// WeChat Pay: the merchant number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mchid: Option<Line<32>>,
    /// WeChat Pay: the serial number of the merchant's certificate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serial_no: Option<Line<64>>,
    /// WeChat Pay: the id of its public key (`PUB_KEY_ID_…`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_key_id: Option<Line<128>>,
    /// The channel's public key, in PEM or base64: WeChat Pay and Alipay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_key: Option<Prose<4096>>,
    /// Alipay: the application.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app_id: Option<Line<32>>,
    /// Alipay: the merchant's own number (`2088…`), if notices must name it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seller_id: Option<Line<32>>,
    /// Alipay: the application's certificate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app_certificate: Option<Prose<8192>>,
    /// Alipay: its certificate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alipay_certificate: Option<Prose<8192>>,
    /// Alipay: its root certificates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root_certificate: Option<Prose<16384>>,
    /// The merchant's private key, in PEM or base64: WeChat Pay and Alipay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private_key: Option<Secret>,
    /// WeChat Pay: the APIv3 key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api_v3_key: Option<Secret>,
    /// WeChat Pay: the official account's secret, for payments within WeChat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app_secret: Option<Secret>,
    /// Stripe: the secret or restricted key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_key: Option<Secret>,
    /// Stripe: the signing secret of the webhook endpoint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webhook_secret: Option<Secret>,
    /// Stripe: the one before it, while it still holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old_webhook_secret: Option<Secret>,
}

/// The id of a payment account.
pub type PaymentAccountId = Ref<PaymentAccount>;

fn yes() -> bool {
    true
}

impl PaymentAccount {
    /// Whether it takes money for all of some goods.
    pub fn takes(&self, goods: &[GoodsClass]) -> bool {
        self.goods.is_empty() || goods.iter().all(|class| self.goods.contains(class))
    }
}

impl Resource for PaymentAccount {
    const KIND: &'static Kind = kind!(20, "payment_account", "payment-accounts", "pac");
    const WORDS: Words = Words { zh: "收款账户", en: "Payment account" };
    const FIELDS: &'static [Field] = &[
        Field::new("channel", "支付渠道", "Channel", "choice"),
        Field::new("name", "名称", "Name", "text"),
        Field::new("enabled", "启用", "Enabled", "switch"),
        Field::new("fee_rate", "费率（万分之一）", "Fee rate (basis points)", "number"),
        Field::new("goods", "可收商品类别", "Goods it takes", "list"),
        Field::new("verification", "验签方式", "Verification", "choice").group("keys"),
        Field::new("appid", "微信 AppID", "WeChat AppID", "text").group("wechat"),
        Field::new("mchid", "微信商户号", "WeChat merchant number", "text").group("wechat"),
        Field::new("serial_no", "商户证书序列号", "Serial of the certificate", "text")
            .group("wechat"),
        Field::new("public_key_id", "微信支付公钥 ID", "Id of the public key", "text")
            .group("wechat"),
        Field::new("public_key", "渠道公钥", "The channel's public key", "prose").group("keys"),
        Field::new("app_id", "支付宝 APPID", "Alipay APPID", "text").group("alipay"),
        Field::new("seller_id", "支付宝商家账号", "Alipay merchant number", "text").group("alipay"),
        Field::new("app_certificate", "应用公钥证书", "Application's certificate", "prose")
            .group("alipay"),
        Field::new("alipay_certificate", "支付宝公钥证书", "Alipay's certificate", "prose")
            .group("alipay"),
        Field::new("root_certificate", "支付宝根证书", "Alipay's roots", "prose").group("alipay"),
        Field::new("private_key", "商户私钥", "Private key", "secret").group("keys"),
        Field::new("api_v3_key", "APIv3 密钥", "APIv3 key", "secret").group("wechat"),
        Field::new("app_secret", "公众号 AppSecret", "AppSecret", "secret").group("wechat"),
        Field::new("secret_key", "Stripe 密钥", "Stripe secret key", "secret").group("stripe"),
        Field::new("webhook_secret", "Webhook 签名密钥", "Webhook secret", "secret")
            .group("stripe"),
        Field::new("old_webhook_secret", "旧 Webhook 签名密钥", "Old webhook secret", "secret")
            .group("stripe"),
    ];
    const SECRETS: &'static [&'static str] = &[
        "private_key",
        "api_v3_key",
        "app_secret",
        "secret_key",
        "webhook_secret",
        "old_webhook_secret",
    ];
    // Its keys were made for it and open nothing: what cannot be a key is refused at the edge.
    const SAMPLE: &'static str = include_str!("account_sample.json");

    fn check(&self, was: Option<&Self>, _: &TenantCatalog) -> Result<(), Refusal> {
        if self.fee_rate > FEE_RATE_MAX {
            return Err(Refusal::invalid("fee_rate", "send 0 to 10000 basis points"));
        }
        let told = |class| self.goods.iter().filter(|it| *it == class).count();
        if self.goods.iter().any(|class| told(class) > 1) {
            return Err(Refusal::invalid("goods", "name each class of goods once"));
        }
        if was.is_some_and(|was| was.channel != self.channel) {
            return Err(Refusal::invalid(
                "channel",
                "an account stays at its channel; make another one",
            ));
        }
        Ok(())
    }

    fn keys(&self, keys: &mut Keys) {
        keys.sort("name", &self.name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resource::registry::of;

    #[test]
    fn an_account_stays_at_its_channel_and_keeps_no_more_than_all() {
        let any = of::<PaymentAccount>();
        let body = any.read(&any.stored_sample()).expect("the sample");
        let account: &PaymentAccount = body.as_any().downcast_ref().expect("its type");
        let at = TenantCatalog::of_operator();
        assert!(account.check(Some(account), &at).is_ok());
        let moved = PaymentAccount { channel: Channel::Stripe, ..account.clone() };
        assert!(moved.check(None, &at).is_ok() && moved.check(Some(account), &at).is_err());
        assert!(PaymentAccount { fee_rate: 10_001, ..account.clone() }.check(None, &at).is_err());
    }
}
