//! Signatures that anybody can check who knows the public key: Ed25519.

use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use std::fmt;

/// A key that signs.
pub struct Signer(Ed25519KeyPair);

impl Signer {
    /// The signer whose secret are these bytes.
    pub(crate) fn new(seed: &[u8; 32]) -> Self {
        Self(Ed25519KeyPair::from_seed_unchecked(seed).expect("any 32 bytes are a secret key"))
    }

    /// What others check its signatures by.
    pub fn public_key(&self) -> [u8; 32] {
        let mut key = [0; 32];
        key.copy_from_slice(self.0.public_key().as_ref());
        key
    }

    /// Signs.
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        let mut signature = [0; 64];
        signature.copy_from_slice(self.0.sign(message).as_ref());
        signature
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signer(..)")
    }
}

/// Whether the holder of a key signed a message.
pub fn is_signed(key: &[u8; 32], message: &[u8], signature: &[u8; 64]) -> bool {
    UnparsedPublicKey::new(&ED25519, key).verify(message, signature).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_signed_is_signed() {
        let (one, other) = (Signer::new(&[1; 32]), Signer::new(&[2; 32]));
        let (key, signature) = (one.public_key(), one.sign(b"a checkpoint"));
        assert!(is_signed(&key, b"a checkpoint", &signature));
        assert!(!is_signed(&key, b"a checkpoint.", &signature));
        assert!(!is_signed(&other.public_key(), b"a checkpoint", &signature));
        assert!(!is_signed(&key, b"a checkpoint", &other.sign(b"a checkpoint")));
        assert_eq!(format!("{one:?}"), "Signer(..)");
    }
}
