//! What an authenticator wrote, checked as WebAuthn level 2 says (sections 7.1 and 7.2), for keys of P-256.

use super::cbor::{self, Value};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{Signature, VerifyingKey};
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// A person was there, and was recognised.
const PRESENT: u8 = 1;
const RECOGNISED: u8 = 4;
/// A credential follows.
const HAS_CREDENTIAL: u8 = 64;
/// ECDSA over P-256 with SHA-256, in the numbers of COSE.
const ES256: i64 = -7;

/// What a browser says of a ceremony.
#[derive(Deserialize)]
pub struct ClientData {
    /// `webauthn.create` or `webauthn.get`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The challenge, in base64url.
    pub challenge: String,
    /// From which site.
    pub origin: String,
}

/// A credential that was made.
#[derive(Debug, PartialEq, Eq)]
pub struct Made {
    /// Its id, in base64url.
    pub id: String,
    /// Its key as a point, in base64url.
    pub key: String,
    /// Its count of signatures.
    pub count: u32,
}

/// What an authenticator says of itself.
struct Said<'a> {
    flags: u8,
    count: u32,
    rest: &'a [u8],
}

/// Bytes in base64url, as browsers write them.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// Bytes as browsers read them.
pub fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The credential of an attestation object, made for a name.
pub fn made(attestation: &[u8], rp_id: &str) -> Option<Made> {
    let (object, _) = cbor::read(attestation)?;
    let data = object.get(&Value::Text("authData"))?.bytes()?;
    let said = said(data, rp_id)?;
    (said.flags & HAS_CREDENTIAL != 0).then_some(())?;
    // Which make of authenticator it is, nobody asks.
    let (length, rest) = said.rest.get(16..)?.split_at_checked(2)?;
    let length = usize::from(u16::from_be_bytes(length.try_into().ok()?));
    let (id, rest) = rest.split_at_checked(length)?;
    let (key, _) = cbor::read(rest)?;
    let number = |at: i64| key.get(&Value::Int(at));
    let is_p256 = number(1) == Some(&Value::Int(2))
        && number(3) == Some(&Value::Int(ES256))
        && number(-1) == Some(&Value::Int(1));
    let (x, y) = (number(-2)?.bytes()?, number(-3)?.bytes()?);
    let point = [&[4], x, y].concat();
    VerifyingKey::from_sec1_bytes(&point).ok().filter(|_| is_p256 && !id.is_empty())?;
    Some(Made { id: encode(id), key: encode(&point), count: said.count })
}

/// The count of signatures of an assertion that a key signed; none where anything is wrong with it.
pub fn signed(
    key: &str,
    rp_id: &str,
    data: &[u8],
    client_data: &[u8],
    signature: &[u8],
) -> Option<u32> {
    let said = said(data, rp_id)?;
    let key = VerifyingKey::from_sec1_bytes(&decode(key)?).ok()?;
    let signature = Signature::from_der(signature).ok()?;
    let signed = [data, &Sha256::digest(client_data)].concat();
    key.verify(&signed, &signature).ok().map(|()| said.count)
}

fn said<'a>(data: &'a [u8], rp_id: &str) -> Option<Said<'a>> {
    let (hash, rest) = data.split_at_checked(32)?;
    let (flags, rest) = rest.split_first()?;
    let (count, rest) = rest.split_at_checked(4)?;
    let count = u32::from_be_bytes(count.try_into().ok()?);
    let own = hash == &Sha256::digest(rp_id.as_bytes())[..];
    let there = flags & PRESENT != 0 && flags & RECOGNISED != 0;
    (own && there).then_some(Said { flags: *flags, count, rest })
}

#[cfg(test)]
mod tests {
    use super::*;
    use p256::ecdsa::SigningKey;
    use p256::ecdsa::signature::Signer;

    fn data(rp_id: &str, flags: u8, count: u32, rest: &[u8]) -> Vec<u8> {
        let hash = Sha256::digest(rp_id.as_bytes());
        [&hash[..], &[flags], &count.to_be_bytes(), rest].concat()
    }

    fn key() -> (SigningKey, Vec<u8>) {
        let key = SigningKey::from_slice(&[7; 32]).expect("a key");
        let point = key.verifying_key().to_sec1_point(false).as_bytes().to_vec();
        (key, point)
    }

    #[test]
    fn a_credential_is_read_as_it_was_made() {
        let (_, point) = key();
        let cose = [
            &[0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32],
            &point[1..33],
            &[0x22, 0x58, 32],
            &point[33..],
        ]
        .concat();
        let credential = [&[0; 16][..], &[0, 3], b"abc", &cose].concat();
        let object = |data: &[u8]| {
            let head = b"\xa3cfmtdnonegattStmt\xa0hauthData\x58".to_vec();
            [head, vec![data.len() as u8], data.to_vec()].concat()
        };
        let good = object(&data("shop.example", 0x45, 0, &credential));
        let made = made(&good, "shop.example").expect("a credential");
        assert_eq!((made.id, decode(&made.key)), (encode(b"abc"), Some(point)));
        for wrong in [
            object(&data("evil.example", 0x45, 0, &credential)),
            object(&data("shop.example", 0x41, 0, &credential)),
            object(&data("shop.example", 0x05, 0, &credential)),
            object(&data("shop.example", 0x45, 0, &credential[..40])),
            good[..good.len() - 1].to_vec(),
        ] {
            assert_eq!(super::made(&wrong, "shop.example"), None);
        }
    }

    #[test]
    fn what_another_key_or_site_signed_is_nothing() {
        let (key, point) = key();
        let (point, client) = (encode(&point), b"{}".to_vec());
        let sign = |data: &[u8], client: &[u8]| {
            let signature: Signature = key.sign(&[data, &Sha256::digest(client)].concat());
            signature.to_der().as_bytes().to_vec()
        };
        let good = data("shop.example", 5, 9, &[]);
        let by = sign(&good, &client);
        assert_eq!(signed(&point, "shop.example", &good, &client, &by), Some(9));
        assert_eq!(signed(&point, "shop.example", &good, b"{ }", &by), None);
        assert_eq!(signed(&point, "evil.example", &good, &client, &by), None);
        let unseen = data("shop.example", 1, 9, &[]);
        assert_eq!(signed(&point, "shop.example", &unseen, &client, &sign(&unseen, &client)), None);
        let other = SigningKey::from_slice(&[8; 32]).expect("a key");
        let other = encode(other.verifying_key().to_sec1_point(false).as_bytes());
        assert_eq!(signed(&other, "shop.example", &good, &client, &by), None);
    }
}
