//! WeChat Pay: a merchant's account, and the channel's side of signatures and seals.

mod accounts;
mod answers;
mod certificates;
mod notices;
mod requests;

use super::*;
use crate::pay::secret::Secret;
use crate::pay::testdata::*;
use crate::pay::wire::key::PrivateKey;
use crate::pay::wire::{aead, clock, headers::HeaderMap};
use kernel::Timestamp;
use serde_json::{Value, json};

pub const APPID: &str = "wx0123456789abcdef";
pub const MCHID: &str = "1900000001";
pub const KEY: &str = "SECRET_KEY_0123456789abcdef01234";
pub const PUBLIC_ID: &str = "PUB_KEY_ID_0119000000012027010100000000000001";
pub const NEXT_ID: &str = "PUB_KEY_ID_0119000000012027010100000000000002";
pub const SERIAL: &str = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1";

pub fn fields(verify: VerifyFields) -> WechatFields {
    WechatFields {
        appid: APPID.into(),
        mchid: MCHID.into(),
        serial_no: "4e2e0000000000000000000000000000000000aa".into(),
        private_key: Secret::new(MERCHANT.into()),
        api_v3_key: Secret::new(KEY.into()),
        verify,
        app_secret: Some(Secret::new("SECRETofTheApp".into())),
    }
}

pub fn public_keys() -> VerifyFields {
    let one = |id: &str, pem: &str| PublicKeyFields { id: id.into(), pem: pem.into() };
    VerifyFields::PublicKeys(vec![one(PUBLIC_ID, CHANNEL_PUBLIC), one(NEXT_ID, NEXT_PUBLIC)])
}

/// An account that verifies by public keys.
pub fn account() -> WechatAccount {
    WechatAccount::parse(fields(public_keys())).expect("sound fields")
}

/// The headers by which somebody signs a body.
pub fn signed_by(
    key: &str,
    serial: &str,
    body: &str,
    at: Timestamp,
) -> Vec<(&'static str, String)> {
    let (seconds, nonce) = (clock::seconds(at), "593BEC0C930BF1AFEB40B4A08C8FB242");
    let message = format!("{seconds}\n{nonce}\n{body}\n");
    let signature = PrivateKey::read(key).expect("a key").sign(message.as_bytes()).expect("signed");
    vec![
        ("Wechatpay-Timestamp", seconds.to_string()),
        ("Wechatpay-Nonce", nonce.into()),
        ("Wechatpay-Signature", signature),
        ("Wechatpay-Serial", serial.into()),
        ("Wechatpay-Signature-Type", "WECHATPAY2-SHA256-RSA2048".into()),
    ]
}

pub fn header_map(headers: &[(&'static str, String)]) -> HeaderMap {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.append(*name, value.parse().expect("a header"));
    }
    map
}

/// The channel's good signature.
pub fn signed(body: &str) -> Vec<(&'static str, String)> {
    signed_by(CHANNEL, PUBLIC_ID, body, NOW)
}

/// What is sealed as WeChat Pay seals it.
pub fn sealed(associated: &str, text: &str) -> Value {
    let nonce = "fdasflkja484";
    let ciphertext = aead::seal(&Secret::new(KEY.into()), nonce, associated, text);
    json!({
        "algorithm": "AEAD_AES_256_GCM",
        "nonce": nonce,
        "associated_data": associated,
        "ciphertext": ciphertext,
    })
}

/// A transaction that was paid.
pub fn transaction() -> Value {
    json!({
        "appid": APPID,
        "mchid": MCHID,
        "out_trade_no": crate::pay::tests::PAYMENT.to_string(),
        "transaction_id": "4200002027011500000000000001",
        "trade_type": "NATIVE",
        "trade_state": "SUCCESS",
        "attach": crate::pay::tests::ORDER.to_string(),
        "payer": { "openid": "oSECRET" },
        "amount": { "total": 1990, "payer_total": 1490, "currency": "CNY", "payer_currency": "CNY" },
    })
}
