//! A checkpoint: what all books were at a moment, signed, so that whoever keeps it elsewhere can hold it against the journal.

use super::proof::Digest;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// What is signed. Digests, the key and the signature are in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// 1, 2, 3 …
    pub number: i64,
    /// When, in microseconds since 1970.
    pub at: i64,
    /// Books in it.
    pub books: u64,
    /// Facts in them.
    pub facts: i64,
    /// The root of the Merkle tree over the books in the order of their tenants.
    pub root: String,
    /// The digest of the checkpoint before it; zeros for the first.
    pub previous: String,
    /// The public key, Ed25519.
    pub key: String,
    /// The signature of [`Checkpoint::signed_text`].
    pub signature: String,
}

impl Checkpoint {
    /// The text that the signature is of.
    pub fn signed_text(&self) -> String {
        let Self { number, at, books, facts, root, previous, key, .. } = self;
        format!(
            "tessera journal checkpoint 1\nnumber {number}\nat {at}\nbooks {books}\nfacts {facts}\n\
             root {root}\nprevious {previous}\nkey {key}\n"
        )
    }

    /// By which the next one names it.
    pub fn digest(&self) -> Digest {
        Sha256::digest(format!("{}signature {}\n", self.signed_text(), self.signature)).into()
    }
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Reads bytes in hexadecimal.
pub fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    if text.len() != 2 * N || !text.is_ascii() {
        return None;
    }
    for (i, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_signed_or_named_by_the_next() {
        let text = r#"{"number":1,"at":2,"books":3,"facts":4,"root":"r","previous":"p","key":"k","signature":"s"}"#;
        let one: Checkpoint = serde_json::from_str(text).expect("a checkpoint");
        assert_eq!(serde_json::to_string(&one).expect("JSON"), text);
        for field in ["number", "at", "books", "facts", "root", "previous", "key", "signature"] {
            let mut other = serde_json::to_value(&one).expect("JSON");
            let value = &mut other[field];
            *value = if value.is_i64() { 9.into() } else { "9".into() };
            let other: Checkpoint = serde_json::from_value(other).expect("a checkpoint");
            assert_ne!(other.digest(), one.digest(), "{field}");
            assert_eq!(other.signed_text() == one.signed_text(), field == "signature", "{field}");
        }
        assert_eq!(unhex(&hex(&[1, 0xab])), Some([1, 0xab]));
        assert_eq!(unhex::<2>("01a"), None);
        assert_eq!(unhex::<2>("01é"), None);
    }
}
