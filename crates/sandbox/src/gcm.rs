//! AES-256-GCM as WeChat Pay seals what it sends: the APIv3 key's 32 bytes, nonce and associated data as text.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

/// Length of an APIv3 key in bytes.
pub const KEY_LENGTH: usize = 32;
/// Length of a nonce in characters.
pub const NONCE_LENGTH: usize = NONCE_LEN;

/// The ciphertext with its tag, in base64. None if the key or the nonce has the wrong length.
pub fn seal(key: &str, nonce: &str, associated_data: &str, text: &[u8]) -> Option<String> {
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key.as_bytes()).ok()?);
    let nonce = Nonce::try_assume_unique_for_key(nonce.as_bytes()).ok()?;
    let mut sealed = text.to_vec();
    key.seal_in_place_append_tag(nonce, Aad::from(associated_data.as_bytes()), &mut sealed).ok()?;
    Some(STANDARD.encode(sealed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_published_vector_is_sealed_as_published() {
        // NIST's case 14 has sixteen zero bytes under a zero key; NUL is a character too.
        let sealed = seal(&"\0".repeat(32), &"\0".repeat(12), "", &[0; 16]).unwrap();
        assert_eq!(sealed, "zqdAPU1ga24HTsXTuvOdGNDRyKeZmWvwJluYtdSKuRk=");
        assert_eq!(seal("short", &"\0".repeat(12), "", &[0; 16]), None);
    }
}
