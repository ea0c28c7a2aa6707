//! RSA keys: made, kept as PEM, used for SHA-256 signatures with PKCS #1 v1.5 padding, as WeChat Pay and Alipay do.

use anyhow::{Context, Result, anyhow};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::signature::{
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair, UnparsedPublicKey,
};
use rsa::pkcs1::EncodeRsaPublicKey;
use rsa::pkcs8::{
    DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey, LineEnding,
};
use rsa::{PrivateKey, PublicKey};

const BITS: usize = 2048;

/// A private key that signs.
pub struct SigningKey {
    pair: RsaKeyPair,
    public: Vec<u8>,
}

impl SigningKey {
    /// Reads a PKCS #8 PEM.
    ///
    /// # Errors
    /// If the text is no RSA key of 2,048 bits or more.
    pub fn from_pem(pem: &str) -> Result<Self> {
        let key = PrivateKey::from_pkcs8_pem(pem).context("not a PKCS #8 RSA key")?;
        let der = key.to_pkcs8_der().context("the key cannot be written")?;
        let pair = RsaKeyPair::from_pkcs8(der.as_bytes())
            .map_err(|error| anyhow!("the key is refused: {error}"))?;
        let public = pair.public().as_ref().to_vec();
        Ok(Self { pair, public })
    }

    /// The signature over `message`, in base64.
    pub fn sign(&self, message: &[u8]) -> String {
        let mut signature = vec![0; self.pair.public().modulus_len()];
        self.pair
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature)
            .expect("the signature has the length of the modulus");
        STANDARD.encode(signature)
    }

    /// What others check its signatures with.
    pub fn public(&self) -> VerifyingKey {
        VerifyingKey(self.public.clone())
    }

    /// Whether `signature` (base64) is this key's over `message`.
    #[cfg(test)]
    pub fn has_signed(&self, message: &[u8], signature: &str) -> bool {
        self.public().has_signed(message, signature)
    }
}

/// A public key.
#[derive(Clone)]
pub struct VerifyingKey(Vec<u8>);

impl VerifyingKey {
    /// Reads the PEM of a public key.
    ///
    /// # Errors
    /// If the text is no RSA key.
    pub fn from_pem(pem: &str) -> Result<Self> {
        let key = PublicKey::from_public_key_pem(pem).context("not the PEM of a public RSA key")?;
        Ok(Self(key.to_pkcs1_der().context("the key cannot be written")?.as_bytes().to_vec()))
    }

    /// Whether `signature` (base64) is this key's over `message`.
    pub fn has_signed(&self, message: &[u8], signature: &str) -> bool {
        let Ok(signature) = STANDARD.decode(signature) else { return false };
        UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &self.0)
            .verify(message, &signature)
            .is_ok()
    }
}

/// A new private key and its public half, as PEM.
///
/// # Errors
/// If the machine has no randomness.
pub fn generate() -> Result<(String, String)> {
    let key = PrivateKey::new(&mut rand::rng(), BITS).context("no RSA key could be made")?;
    let private = key.to_pkcs8_pem(LineEnding::LF).context("the key cannot be written")?;
    let public = key
        .to_public_key()
        .to_public_key_pem(LineEnding::LF)
        .context("the public key cannot be written")?;
    Ok((private.to_string(), public))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_of_one_message_and_one_key() {
        let [one, other] = [generate(), generate()].map(|pair| pair.unwrap().0);
        let [one, other] = [one, other].map(|pem| SigningKey::from_pem(&pem).unwrap());
        let (_, public) = generate().unwrap();
        assert!(VerifyingKey::from_pem(&public).is_ok() && VerifyingKey::from_pem("-").is_err());
        let signature = one.sign(b"message");
        assert!(one.has_signed(b"message", &signature));
        assert!(!one.has_signed(b"messagf", &signature));
        assert!(!other.has_signed(b"message", &signature));
        assert!(!one.has_signed(b"message", "no base64!"));
    }
}
