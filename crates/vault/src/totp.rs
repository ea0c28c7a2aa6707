//! One-time codes of time (RFC 6238): HMAC-SHA-1, six digits, thirty seconds, as every authenticator has them.

use crate::random;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/// Bytes of a secret: as many as SHA-1 gives, as RFC 4226 recommends.
const SECRET_BYTES: usize = 20;
const STEP_SECONDS: i64 = 30;
const DIGITS: u32 = 1_000_000;

/// A new secret in base32, without padding.
pub fn new_totp_secret() -> String {
    let mut bytes = Zeroizing::new([0; SECRET_BYTES]);
    random::fill(&mut *bytes);
    encode(&bytes[..])
}

/// The step of a code at a time, in seconds since 1970: the present one, the one before or the one after, because clocks
/// differ. None where the code is none of them.
pub fn totp_step(secret: &str, code: &str, seconds: i64) -> Option<i64> {
    let now = seconds.div_euclid(STEP_SECONDS);
    let same = |step: &i64| {
        let right = totp_code(secret, *step).unwrap_or_default();
        !right.is_empty() && bool::from(right.as_bytes().ct_eq(code.as_bytes()))
    };
    [now, now - 1, now + 1].into_iter().find(same)
}

/// The code of a step; none where the secret is no base32.
pub fn totp_code(secret: &str, step: i64) -> Option<String> {
    let key = Zeroizing::new(decode(secret)?);
    let mut mac = Hmac::<Sha1>::new_from_slice(&key).ok()?;
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let at = usize::from(digest[digest.len() - 1] & 15);
    let four: [u8; 4] = digest[at..at + 4].try_into().ok()?;
    let number = u32::from_be_bytes(four) & 0x7fff_ffff;
    Some(format!("{:06}", number % DIGITS))
}

/// The step of a time in seconds since 1970.
pub fn totp_step_at(seconds: i64) -> i64 {
    seconds.div_euclid(STEP_SECONDS)
}

fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 8 / 5);
    for five in bytes.chunks_exact(5) {
        let bits = five.iter().fold(0u64, |bits, byte| (bits << 8) | u64::from(*byte));
        for shift in (0..8).rev() {
            text.push(char::from(ALPHABET[(bits >> (shift * 5)) as usize & 31]));
        }
    }
    text
}

fn decode(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0u64, 0u32);
    for c in text.trim_end_matches('=').bytes() {
        let value = ALPHABET.iter().position(|letter| *letter == c.to_ascii_uppercase())?;
        bits = (bits << 5) | value as u64;
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    (bytes.len() >= 10).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of RFC 6238, appendix B: the digits 1234567890 twice.
    const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    #[test]
    fn codes_are_those_of_the_rfc() {
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(totp_code(SECRET, totp_step_at(seconds)).as_deref(), Some(code));
            assert_eq!(totp_step(SECRET, code, seconds), Some(totp_step_at(seconds)));
        }
    }

    #[test]
    fn a_code_counts_half_a_minute_early_and_late_and_no_longer() {
        let code = totp_code(SECRET, 1000).expect("a code");
        for (seconds, counts) in
            [(29_940, false), (29_970, true), (30_000, true), (30_059, true), (30_060, false)]
        {
            assert_eq!(totp_step(SECRET, &code, seconds).is_some(), counts, "{seconds}");
        }
        for wrong in ["", "12345", "1234567", "abcdef", "287082 "] {
            assert_eq!(totp_step(SECRET, wrong, 59), None, "{wrong}");
        }
        assert_eq!(totp_step("not base32!", "287082", 59), None);
        assert_eq!(totp_step("", "287082", 59), None);
    }

    #[test]
    fn secrets_are_written_and_read() {
        let (a, b) = (new_totp_secret(), new_totp_secret());
        assert!(a != b && a.len() == 32);
        assert_eq!(encode(&decode(&a).expect("base32")), a);
        assert_eq!(decode(SECRET).as_deref(), Some(&b"12345678901234567890"[..]));
    }
}
