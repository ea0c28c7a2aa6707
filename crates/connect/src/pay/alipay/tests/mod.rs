//! Alipay: a merchant's account, and the channel's side of signatures.

mod accounts;
mod answers;
mod notices;
mod requests;

use super::*;
use crate::pay::secret::Secret;
use crate::pay::testdata::*;
use crate::pay::wire::form;
use crate::pay::wire::key::PrivateKey;
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub const APP_ID: &str = "2021000000000001";
pub const SELLER: &str = "2088000000000001";
pub const TRADE: &str = "2027011522001400000000000001";

pub fn fields(verify: VerifyFields) -> AlipayFields {
    AlipayFields {
        app_id: APP_ID.into(),
        private_key: Secret::new(MERCHANT.into()),
        verify,
        seller_id: Some(SELLER.into()),
    }
}

/// An account that verifies by Alipay's key.
pub fn account() -> AlipayAccount {
    AlipayAccount::parse(fields(VerifyFields::Key(bare(CHANNEL_PUBLIC)))).expect("sound fields")
}

pub fn certificates(alipay: &str) -> VerifyFields {
    VerifyFields::Certificates {
        app: MERCHANT_CRT.into(),
        alipay: alipay.into(),
        root: ROOT_CRT.into(),
    }
}

/// An account that verifies by a certificate of Alipay.
pub fn certified(alipay: &str) -> AlipayAccount {
    AlipayAccount::parse(fields(certificates(alipay))).expect("sound fields")
}

/// The number of a certificate, as another implementation computed it.
pub fn sn(file: &str) -> &'static str {
    let line = ALIPAY_SN.lines().find_map(|line| line.strip_prefix(file)?.strip_prefix(' '));
    line.expect("listed")
}

pub fn sign(key: &str, text: &str) -> String {
    PrivateKey::read(key).expect("a key").sign(text.as_bytes()).expect("signed")
}

/// An answer of the gateway whose object is signed as it stands.
pub fn answer(method: &str, object: &str) -> String {
    let name = method.replace('.', "_");
    format!(r#"{{"{name}_response":{object},"sign":"{}"}}"#, sign(CHANNEL, object))
}

type Fields = BTreeMap<String, String>;

/// The fields of a notice of a paid trade, without its signature.
pub fn notice_fields() -> Fields {
    let payment = crate::pay::tests::PAYMENT.to_string();
    let order = crate::pay::tests::ORDER.to_string();
    [
        ("notify_time", "2027-01-15 16:00:01"),
        ("notify_type", "trade_status_sync"),
        ("notify_id", "2027011500222160001000000000000001"),
        ("app_id", APP_ID),
        ("charset", "utf-8"),
        ("version", "1.0"),
        ("trade_no", TRADE),
        ("out_trade_no", &payment),
        ("seller_id", SELLER),
        ("buyer_id", "2088SECRET"),
        ("trade_status", "TRADE_SUCCESS"),
        ("total_amount", "19.90"),
        ("buyer_pay_amount", "14.90"),
        ("subject", "视频会员 1 个月+优惠=100%&more"),
        ("passback_params", &order),
        ("gmt_payment", "2027-01-15 16:00:00"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into()
}

/// A notice signed by a key, with its `sign_type`.
pub fn signed_notice(fields: &Fields, key: &str, sign_type: &str) -> String {
    let content: Vec<_> = fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let mut all = fields.clone();
    all.insert("sign".into(), sign(key, &content.join("&")));
    all.insert("sign_type".into(), sign_type.into());
    form::write(all.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

/// Money of such a trade.
pub fn paid() -> crate::pay::Paid {
    crate::pay::Paid { paid_at: Some(NOW), ..crate::pay::tests::paid(TRADE) }
}
