//! The bytes of a sealed value:
//! suite ‖ key id (u32, big-endian) ‖ nonce (12) ‖ ciphertext ‖ tag (16).
//!
//! AES-256-GCM-SIV (RFC 8452) stays safe when a nonce repeats by chance: all that an onlooker
//! learns then is that two equal values at one place are equal. So random nonces need no counting.

use crate::{Place, VaultError, random};
use aes_gcm_siv::{AeadInOut, Aes256GcmSiv, Nonce, Tag};
use zeroize::Zeroizing;

/// The first byte of everything sealed here; 2 is kept for the national suite.
pub(crate) const SUITE_AES_256_GCM_SIV: u8 = 1;

const HEADER: usize = 5;
const NONCE: usize = 12;
const TAG: usize = 16;

/// Seals a value under one key.
pub(crate) fn seal(cipher: &Aes256GcmSiv, id: u32, place: &Place<'_>, clear: &[u8]) -> Vec<u8> {
    let nonce = random::nonce();
    let mut out = Vec::with_capacity(HEADER + NONCE + clear.len() + TAG);
    out.push(SUITE_AES_256_GCM_SIV);
    out.extend_from_slice(&id.to_be_bytes());
    let data = place.associated_data(&out);
    out.extend_from_slice(&nonce);
    out.extend_from_slice(clear);
    let body = &mut out[HEADER + NONCE..];
    let tag = cipher
        .encrypt_inout_detached(&Nonce::from(nonce), &data, body.into())
        .expect("only values above 64 GiB are refused");
    out.extend_from_slice(&tag);
    out
}

/// The id of the key that a value was sealed under.
pub(crate) fn key_id(sealed: &[u8]) -> Result<u32, VaultError> {
    match sealed {
        [SUITE_AES_256_GCM_SIV, a, b, c, d, rest @ ..] if rest.len() >= NONCE + TAG => {
            Ok(u32::from_be_bytes([*a, *b, *c, *d]))
        }
        _ => Err(VaultError::NotSealed),
    }
}

/// The same value with another key's id in its header.
pub(crate) fn relabelled(sealed: &[u8], id: u32) -> Vec<u8> {
    let mut value = sealed.to_vec();
    value[1..HEADER].copy_from_slice(&id.to_be_bytes());
    value
}

/// Opens a value whose [`key_id`] led to this key.
pub(crate) fn open(
    cipher: &Aes256GcmSiv,
    place: &Place<'_>,
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    if sealed.len() < HEADER + NONCE + TAG {
        return Err(VaultError::NotSealed);
    }
    let (header, rest) = sealed.split_at(HEADER);
    let (nonce, rest) = rest.split_at(NONCE);
    let (body, tag) = rest.split_at(rest.len() - TAG);
    let nonce = Nonce::try_from(nonce).map_err(|_| VaultError::NotSealed)?;
    let tag = Tag::try_from(tag).map_err(|_| VaultError::NotSealed)?;
    let mut clear = Zeroizing::new(body.to_vec());
    cipher
        .decrypt_inout_detached(
            &nonce,
            &place.associated_data(header),
            clear.as_mut_slice().into(),
            &tag,
        )
        .map_err(|_| VaultError::Damaged)?;
    Ok(clear)
}
