//! Secrets that we hand out, such as API keys, and what is kept of them.

use crate::random;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const SECRET_BYTES: usize = 20;

/// SHA-256 of an API key. Keys hold 160 random bits ([`new_secret`]), so there is nothing to
/// guess: a plain hash is enough, and a slow one would only cost time on every request.
pub fn key_hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

/// What is kept of a token with 128 random bits: the first half of its SHA-256.
pub fn link_hash(token: &[u8; 16]) -> [u8; 16] {
    let whole: [u8; 32] = Sha256::digest(token).into();
    let mut half = [0; 16];
    half.copy_from_slice(&whole[..16]);
    half
}

/// The prefix and 32 lower-case Crockford characters that carry 160 random bits.
pub fn new_secret(prefix: &str) -> String {
    let mut bytes = Zeroizing::new([0; SECRET_BYTES]);
    random::fill(&mut *bytes);
    let mut text = String::with_capacity(prefix.len() + SECRET_BYTES * 8 / 5);
    text.push_str(prefix);
    for five in bytes.chunks_exact(5) {
        let bits = five.iter().fold(0u64, |bits, byte| (bits << 8) | u64::from(*byte));
        for shift in (0..8).rev() {
            text.push(char::from(ALPHABET[(bits >> (shift * 5)) as usize & 31]));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn secrets_have_their_shape_and_use_the_whole_alphabet() {
        let secrets: Vec<String> = (0..200).map(|_| new_secret("sk_test_")).collect();
        let mut used = HashSet::new();
        for secret in &secrets {
            let body = secret.strip_prefix("sk_test_").expect("the prefix");
            assert_eq!(body.len(), 32);
            used.extend(body.bytes());
        }
        assert_eq!(used, ALPHABET.iter().copied().collect());
        assert_eq!(secrets.iter().collect::<HashSet<_>>().len(), secrets.len());
    }

    #[test]
    fn the_hash_is_sha_256() {
        // The example of FIPS 180-4 for "abc".
        assert_eq!(key_hash("abc")[..4], [0xba, 0x78, 0x16, 0xbf]);
        assert_ne!(key_hash("abc"), key_hash("abd"));
    }
}
