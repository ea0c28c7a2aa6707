//! AES-256-GCM as WeChat Pay seals notices and certificates.

use crate::pay::secret::Secret;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};

/// Bytes of the key.
pub const KEY_BYTES: usize = 32;

/// Opens base64 of ciphertext and tag. None if the tag, the key, the nonce or the base64 is wrong: nothing of a
/// text whose tag is wrong is given out.
pub fn open(key: &Secret, nonce: &str, associated: &str, sealed: &str) -> Option<Vec<u8>> {
    let key = UnboundKey::new(&AES_256_GCM, key.expose().as_bytes()).ok()?;
    let nonce = Nonce::try_assume_unique_for_key(nonce.as_bytes()).ok()?;
    let mut text = STANDARD.decode(sealed).ok()?;
    let aad = Aad::from(associated.as_bytes());
    let length = LessSafeKey::new(key).open_in_place(nonce, aad, &mut text).ok()?.len();
    text.truncate(length);
    Some(text)
}

/// What [`open`] opens; the other side's part, for tests.
#[cfg(test)]
pub fn seal(key: &Secret, nonce: &str, associated: &str, text: &str) -> String {
    let key = UnboundKey::new(&AES_256_GCM, key.expose().as_bytes()).expect("32 bytes");
    let nonce = Nonce::try_assume_unique_for_key(nonce.as_bytes()).expect("12 bytes");
    let mut sealed = text.as_bytes().to_vec();
    let aad = Aad::from(associated.as_bytes());
    LessSafeKey::new(key).seal_in_place_append_tag(nonce, aad, &mut sealed).expect("short");
    STANDARD.encode(sealed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_key_nonce_data_and_tag_open() {
        let key = Secret::new("0123456789abcdef0123456789abcdef".into());
        let sealed = seal(&key, "abcdefghijkl", "transaction", "{}");
        assert_eq!(open(&key, "abcdefghijkl", "transaction", &sealed).as_deref(), Some(&b"{}"[..]));
        let other = Secret::new("1123456789abcdef0123456789abcdef".into());
        let mut bytes = STANDARD.decode(&sealed).expect("base64");
        *bytes.last_mut().expect("a tag") ^= 1;
        let broken = STANDARD.encode(&bytes);
        for (key, nonce, data, sealed) in [
            (&other, "abcdefghijkl", "transaction", &sealed[..]),
            (&key, "abcdefghijkm", "transaction", &sealed),
            (&key, "abcdefghijk", "transaction", &sealed),
            (&key, "abcdefghijkl", "refund", &sealed),
            (&key, "abcdefghijkl", "transaction", &broken),
            (&key, "abcdefghijkl", "transaction", "AAAA"),
            (&key, "abcdefghijkl", "transaction", ""),
            (&Secret::new("short".into()), "abcdefghijkl", "transaction", &sealed),
        ] {
            assert_eq!(open(key, nonce, data, sealed), None, "{nonce} {data} {sealed}");
        }
    }
}
