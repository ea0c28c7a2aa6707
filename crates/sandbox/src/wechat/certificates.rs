//! The platform's certificates, sealed; merchants in public-key mode have none to download.

use super::Answer;
use super::authorization::Caller;
use super::failure::Failure;
use crate::sandbox::Sandbox;
use crate::{gcm, random};
use axum::http::StatusCode;
use serde_json::{Value, json};

/// The certificates of a merchant in certificate mode.
pub fn list(sandbox: &Sandbox, caller: &Caller) -> Result<Answer, Failure> {
    let whose = &sandbox.merchants[caller.merchant];
    let keys = whose.wechat_platform.all();
    let with_certificates = keys.iter().filter_map(|key| {
        let pem = key.certificate_pem.as_ref()?;
        Some(shown(&key.serial, pem, &whose.accounts.wechat.api_v3_key))
    });
    let certificates: Vec<Value> = with_certificates.collect();
    if certificates.is_empty() {
        let message = "无可用的平台证书，请使用微信支付公钥";
        return Err(Failure::new(StatusCode::FORBIDDEN, "NO_AUTH", message));
    }
    Ok(Answer::ok(json!({ "data": certificates })))
}

fn shown(serial: &str, pem: &str, api_v3_key: &str) -> Value {
    let nonce = random::word(gcm::NONCE_LENGTH);
    let sealed = gcm::seal(api_v3_key, &nonce, "certificate", pem.as_bytes());
    json!({
        "serial_no": serial,
        "effective_time": "2024-01-01T08:00:00+08:00",
        "expire_time": "2044-01-01T08:00:00+08:00",
        "encrypt_certificate": {
            "algorithm": "AEAD_AES_256_GCM",
            "nonce": nonce,
            "associated_data": "certificate",
            "ciphertext": sealed,
        },
    })
}
