//! The master key: 32 bytes that wrap the data keys and never enter the database.

use crate::{VaultError, random};
use base64::{Engine, engine::general_purpose::STANDARD};
use std::fmt;
use zeroize::Zeroizing;

/// The key that wraps the data keys; wiped from memory when it is dropped.
#[derive(Clone)]
pub struct MasterKey(Zeroizing<[u8; 32]>);

impl MasterKey {
    /// A fresh key from the system's random source.
    pub fn generate() -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        random::fill(&mut *bytes);
        Self(bytes)
    }

    /// Reads base64 of 32 bytes; white space around it is ignored.
    pub fn parse(text: &str) -> Result<Self, VaultError> {
        let bytes = STANDARD.decode(text.trim()).map(Zeroizing::new);
        let bytes = bytes.map_err(|_| VaultError::MasterKeyText)?;
        let mut key = Zeroizing::new([0; 32]);
        if bytes.len() != key.len() {
            return Err(VaultError::MasterKeyText);
        }
        key.copy_from_slice(&bytes);
        if key.iter().all(|byte| *byte == key[0]) {
            return Err(VaultError::MasterKeyGuessable);
        }
        Ok(Self(key))
    }

    /// The form that [`MasterKey::parse`] reads.
    pub(crate) fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(STANDARD.encode(*self.0))
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_32_bytes_is_read_and_anything_else_refused() {
        let key = MasterKey::generate();
        let text = key.to_text();
        let again = MasterKey::parse(&format!("  {}\r\n", text.as_str())).expect("its own text");
        assert_eq!(key.bytes(), again.bytes());
        for bad in ["", "x", &text[..40], &STANDARD.encode([7; 31]), &STANDARD.encode([7; 33])] {
            assert!(matches!(MasterKey::parse(bad), Err(VaultError::MasterKeyText)), "{bad:?}");
        }
    }

    #[test]
    fn debug_and_errors_show_nothing() {
        let key = MasterKey::generate();
        assert_eq!(format!("{key:?}"), "MasterKey(..)");
        let planted = "PLANTEDSECRET";
        let error = MasterKey::parse(planted).expect_err("not a key");
        assert!(!format!("{error} {error:?}").contains(planted));
    }

    #[test]
    fn a_key_of_equal_bytes_is_refused() {
        for byte in [0, 1, 0x41, 0xff] {
            let parsed = MasterKey::parse(&STANDARD.encode([byte; 32]));
            assert!(matches!(parsed, Err(VaultError::MasterKeyGuessable)), "{byte}");
        }
    }

    #[test]
    fn fresh_keys_differ() {
        assert_ne!(MasterKey::generate().bytes(), MasterKey::generate().bytes());
    }
}
