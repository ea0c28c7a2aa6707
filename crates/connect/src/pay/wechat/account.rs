//! A merchant's account at WeChat Pay.

use super::keys::{Keyring, Verify};
use crate::pay::account::{FieldError, check};
use crate::pay::secret::Secret;
use crate::pay::wire::aead;
use crate::pay::wire::key::{PrivateKey, PublicKey};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Public keys of WeChat Pay at the same time: the one in use and its successors.
const PUBLIC_KEYS_MAX: usize = 4;
/// What the ids of WeChat Pay's public keys begin with.
const PUBLIC_KEY_PREFIX: &str = "PUB_KEY_ID_";

/// An account's fields, as the merchant gives them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WechatFields {
    /// The official account or mini program (`wx…`) that is bound to the merchant.
    pub appid: String,
    /// The merchant number (商户号).
    pub mchid: String,
    /// Serial number of the merchant's certificate.
    pub serial_no: String,
    /// The key of that certificate (`apiclient_key.pem`).
    pub private_key: Secret,
    /// The APIv3 key: 32 characters.
    pub api_v3_key: Secret,
    /// How WeChat Pay's signatures are verified.
    pub verify: VerifyFields,
    /// The official account's secret, for JSAPI.
    #[serde(default)]
    pub app_secret: Option<Secret>,
}

/// How WeChat Pay's signatures are verified.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VerifyFields {
    /// By public keys that the merchant was given; several while they rotate.
    PublicKeys(Vec<PublicKeyFields>),
    /// By certificates that are fetched.
    Certificates,
}

/// One public key of WeChat Pay.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicKeyFields {
    /// `PUB_KEY_ID_…`.
    pub id: String,
    /// The key.
    pub pem: String,
}

/// A merchant's account at WeChat Pay, ready for use. Cheap to clone; clones share their certificates.
#[derive(Debug, Clone)]
pub struct WechatAccount {
    /// The official account.
    pub appid: String,
    /// The merchant number.
    pub mchid: String,
    /// Serial number of the merchant's certificate, in upper case.
    pub serial_no: String,
    pub(super) key: PrivateKey,
    pub(super) api_v3_key: Secret,
    pub(super) verify: Verify,
    pub(super) app_secret: Option<Secret>,
}

impl WechatAccount {
    /// Checks the fields. The error names the field and the cure.
    pub fn parse(fields: WechatFields) -> Result<Self, FieldError> {
        let word = |b: u8| b.is_ascii_alphanumeric();
        check("appid", &fields.appid, 32, word, "give the AppID, like wx8888888888888888")?;
        let digit = |b: u8| b.is_ascii_digit();
        check("mchid", &fields.mchid, 32, digit, "give the merchant number: digits only")?;
        let hex = |b: u8| b.is_ascii_hexdigit();
        let cure = "give the serial number of the merchant's API certificate: hexadecimal";
        check("serial_no", &fields.serial_no, 64, hex, cure)?;
        let key = PrivateKey::read(fields.private_key.expose());
        let key = key.map_err(|cure| FieldError::new("private_key", cure))?;
        if fields.api_v3_key.expose().len() != aead::KEY_BYTES {
            return Err(FieldError::new("api_v3_key", "give the APIv3 key: exactly 32 characters"));
        }
        let seen = |b: u8| b.is_ascii_graphic();
        if let Some(secret) = &fields.app_secret {
            check("app_secret", secret.expose(), 64, seen, "give the AppSecret, or leave it out")?;
        }
        Ok(Self {
            appid: fields.appid,
            mchid: fields.mchid,
            serial_no: fields.serial_no.to_ascii_uppercase(),
            key,
            api_v3_key: fields.api_v3_key,
            verify: verify(fields.verify)?,
            app_secret: fields.app_secret,
        })
    }

    /// Whether it can be paid within WeChat: the buyer's openid needs the official account's secret.
    pub fn knows_buyers(&self) -> bool {
        self.app_secret.is_some()
    }

    /// Its certificates, if it verifies by certificates.
    pub fn keyring(&self) -> Option<&Keyring> {
        match &self.verify {
            Verify::PublicKeys(_) => None,
            Verify::Certificates(keyring) => Some(keyring),
        }
    }
}

fn verify(fields: VerifyFields) -> Result<Verify, FieldError> {
    let VerifyFields::PublicKeys(listed) = fields else {
        return Ok(Verify::Certificates(Arc::new(Keyring::default())));
    };
    if listed.is_empty() || listed.len() > PUBLIC_KEYS_MAX {
        return Err(FieldError::new("verify", "give 1 to 4 public keys, or choose certificates"));
    }
    let mut keys = BTreeMap::new();
    for PublicKeyFields { id, pem } in listed {
        let id_char = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
        let cure = "give the public key's id as WeChat Pay shows it: PUB_KEY_ID_…";
        check("public_key_id", &id, 128, id_char, cure)?;
        if !id.starts_with(PUBLIC_KEY_PREFIX) {
            return Err(FieldError::new("public_key_id", cure));
        }
        let key = PublicKey::read(&pem).map_err(|cure| FieldError::new("public_key", cure))?;
        if keys.insert(id, key).is_some() {
            return Err(FieldError::new("public_key_id", "name every public key once"));
        }
    }
    Ok(Verify::PublicKeys(Arc::new(keys)))
}
