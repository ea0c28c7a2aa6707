//! RSA keys: RSASSA-PKCS1-v1_5 with SHA-256, which WeChat Pay and Alipay (RSA2) both use.
//!
//! Private keys sign with the `rsa` crate, which takes keys of any maker; public keys verify with `ring`, because every
//! notice waits for it.

use super::pem::{self, Block};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use rsa::pkcs1::{DecodeRsaPrivateKey, DecodeRsaPublicKey, EncodeRsaPublicKey};
use rsa::pkcs1v15::SigningKey;
use rsa::pkcs8::{DecodePrivateKey, DecodePublicKey};
use rsa::sha2::Sha256;
use rsa::signature::{SignatureEncoding, Signer};
use rsa::traits::PublicKeyParts;
use std::fmt;
use std::sync::Arc;

const BYTES_MIN: usize = 256;
const BYTES_MAX: usize = 512;
/// Characters of a signature in base64 at most: 512 bytes.
const SIGNATURE_CHARS_MAX: usize = 684;

/// A signature could not be made: the key is damaged or the system has no random numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the request could not be signed")]
pub struct Unsigned;

/// A merchant's private key. Its numbers are wiped when it is dropped.
#[derive(Clone)]
pub struct PrivateKey(Arc<SigningKey<Sha256>>);

impl PrivateKey {
    /// Reads PEM in PKCS#1 or PKCS#8, or either as bare base64. The error is the cure.
    pub fn read(text: &str) -> Result<Self, &'static str> {
        let Some(Block { label, der }) = pem::block(text) else {
            return Err("paste the whole private key: PEM, or its base64 as the key tool gives it");
        };
        let pkcs8 = || rsa::PrivateKey::from_pkcs8_der(&der).ok();
        let pkcs1 = || rsa::PrivateKey::from_pkcs1_der(&der).ok();
        let key = match label.as_deref() {
            Some("PRIVATE KEY") => pkcs8(),
            Some("RSA PRIVATE KEY") => pkcs1(),
            None => pkcs8().or_else(pkcs1),
            Some("ENCRYPTED PRIVATE KEY") => return Err("remove the key's passphrase first"),
            Some("PUBLIC KEY" | "RSA PUBLIC KEY" | "CERTIFICATE") => {
                return Err("this is the public half: paste the private key");
            }
            Some(_) => return Err("paste an RSA private key in PKCS#1 or PKCS#8"),
        };
        let key = key.ok_or("the RSA private key cannot be read: paste it again, complete")?;
        check_size(key.size())?;
        let key = Self(Arc::new(SigningKey::new(key)));
        key.sign(b"").map_err(|_| "the RSA private key does not sign: make a new pair")?;
        Ok(key)
    }

    /// The signature of a message, in base64.
    pub fn sign(&self, message: &[u8]) -> Result<String, Unsigned> {
        let signature = self.0.try_sign(message).map_err(|_| Unsigned)?;
        Ok(STANDARD.encode(signature.to_bytes()))
    }

    /// The other half.
    pub fn public(&self) -> Option<PublicKey> {
        let inner: &rsa::PrivateKey = (*self.0).as_ref();
        PublicKey::of(inner.as_public_key()).ok()
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrivateKey(…)")
    }
}

/// Somebody's public key, as PKCS#1 DER.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey(Arc<[u8]>);

impl PublicKey {
    /// Reads PEM (SPKI or PKCS#1) or SPKI as bare base64. The error is the cure.
    pub fn read(text: &str) -> Result<Self, &'static str> {
        let Some(Block { label, der }) = pem::block(text) else {
            return Err("paste the whole public key: PEM, or its base64 as the channel shows it");
        };
        match label.as_deref() {
            Some("PUBLIC KEY") | None => Self::from_spki(&der),
            Some("RSA PUBLIC KEY") => {
                let key = rsa::PublicKey::from_pkcs1_der(&der);
                Self::of(&key.map_err(|_| "the RSA public key cannot be read: paste it again")?)
            }
            Some("CERTIFICATE") => Err("this is a certificate: paste the public key"),
            Some("PRIVATE KEY" | "RSA PRIVATE KEY" | "ENCRYPTED PRIVATE KEY") => {
                Err("this is a private key: paste the channel's public key")
            }
            Some(_) => Err("paste an RSA public key"),
        }
    }

    /// Reads the subject public key info of a certificate or a key file.
    pub fn from_spki(der: &[u8]) -> Result<Self, &'static str> {
        let key = rsa::PublicKey::from_public_key_der(der);
        Self::of(&key.map_err(|_| "the RSA public key cannot be read: paste it again, complete")?)
    }

    fn of(key: &rsa::PublicKey) -> Result<Self, &'static str> {
        check_size(key.size())?;
        let der = key.to_pkcs1_der().map_err(|_| "the RSA public key cannot be read")?;
        Ok(Self(der.as_bytes().into()))
    }

    /// Whether a signature in base64 is this key's, of this message.
    pub fn verify(&self, message: &[u8], signature: &str) -> bool {
        if signature.len() > SIGNATURE_CHARS_MAX {
            return false;
        }
        let Ok(signature) = STANDARD.decode(signature) else { return false };
        let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &self.0);
        key.verify(message, &signature).is_ok()
    }
}

fn check_size(bytes: usize) -> Result<(), &'static str> {
    match bytes {
        BYTES_MIN..=BYTES_MAX => Ok(()),
        0..BYTES_MIN => Err("the key is too short: use RSA with 2048 bits or more"),
        _ => Err("the key is too long: use RSA with at most 4096 bits"),
    }
}

#[cfg(test)]
mod tests;
