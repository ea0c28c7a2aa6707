//! The signature of a webhook: `Stripe-Signature: t=SECONDS,v1=HEX[,v1=HEX…]`, HMAC-SHA256 over `SECONDS.BODY`.

use super::account::StripeAccount;
use crate::pay::notice::Refused;
use crate::pay::secret::Secret;
use crate::pay::wire::clock;
use crate::pay::wire::headers::{self, HeaderMap};
use hmac::{Hmac, KeyInit, Mac};
use kernel::Timestamp;
use kernel::limits::NOTICE_AGE_SECONDS_MAX;
use sha2::Sha256;

/// The header.
pub const SIGNATURE: &str = "Stripe-Signature";
/// Signatures that are tried at most: one for each secret that holds.
const SIGNATURES_MAX: usize = 8;

/// Checks that one of the signatures is of this body and one of the account's secrets, and its age.
pub fn verify(
    account: &StripeAccount,
    headers: &HeaderMap,
    body: &[u8],
    now: Timestamp,
) -> Result<(), Refused> {
    let header = headers::single(headers, SIGNATURE).ok_or(Refused::Unsigned(SIGNATURE))?;
    let (time, codes) = parts(header).ok_or(Refused::Unsigned(SIGNATURE))?;
    let seconds = headers::seconds(time).ok_or(Refused::Unsigned(SIGNATURE))?;
    if clock::seconds(now).abs_diff(seconds) > NOTICE_AGE_SECONDS_MAX.unsigned_abs() {
        return Err(Refused::Stale);
    }
    let matches = |secret: &Secret, code: &[u8]| {
        // The comparison takes the same time wherever the difference lies.
        mac(secret, time, body).verify_slice(code).is_ok()
    };
    let secrets = &account.webhook_secrets;
    let any = codes.iter().any(|code| secrets.iter().any(|secret| matches(secret, code)));
    any.then_some(()).ok_or(Refused::Forged)
}

fn mac(secret: &Secret, time: &str, body: &[u8]) -> Hmac<Sha256> {
    let keyed = Hmac::new_from_slice(secret.expose().as_bytes());
    let mut mac: Hmac<Sha256> = keyed.unwrap_or_else(|_| unreachable!("HMAC takes any key"));
    mac.update(time.as_bytes());
    mac.update(b".");
    mac.update(body);
    mac
}

/// The time, once, and the codes of scheme v1; other schemes say nothing.
fn parts(header: &str) -> Option<(&str, Vec<Vec<u8>>)> {
    let mut time = None;
    let mut codes = Vec::new();
    for part in header.split(',') {
        match part.trim().split_once('=')? {
            ("t", _) if time.is_some() => return None,
            ("t", value) => time = Some(value),
            ("v1", value) => codes.push(unhex(value)?),
            _ => {}
        }
    }
    let sound = !codes.is_empty() && codes.len() <= SIGNATURES_MAX;
    sound.then_some((time?, codes))
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |c: u8| char::from(c).to_digit(16);
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let byte = |pair: &[u8; 2]| Some((digit(pair[0])? * 16 + digit(pair[1])?) as u8);
    rest.is_empty().then(|| pairs.iter().map(byte).collect()).flatten()
}

/// The header for a body, as Stripe writes it; for tests.
#[cfg(test)]
pub fn write(secret: &str, body: &str, now: Timestamp) -> String {
    let time = clock::seconds(now).to_string();
    let code = mac(&Secret::new(secret.into()), &time, body.as_bytes()).finalize().into_bytes();
    let hex: String = code.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("t={time},v1={hex}")
}
