//! The test channel's wire: JSON bodies, signed with HMAC-SHA256 over time and body.
//!
//! `Test-Signature: t=SECONDS,v1=HEX`, where HEX is the MAC of `SECONDS.BODY` under the merchant's secret. The
//! time is signed, so a notice that somebody recorded is worth nothing five minutes later.

use crate::{Answer, Notice, NoticeError, Said};
use hmac::{Hmac, KeyInit, Mac};
use kernel::limits::NOTICE_AGE_SECONDS_MAX;
use kernel::{Currency, Money, OrderId, PaymentId, RefundId, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

/// The header with the signature.
pub const SIGNATURE: &str = "Test-Signature";

const MICROS: i64 = 1_000_000;

/// A notice as it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    payment: PaymentId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    order: Option<OrderId>,
    transaction: String,
    status: Status,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    amount: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    currency: Option<Currency>,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Paid,
    Failed,
    Closed,
}

/// A notice as the channel sends it: its body, and the header that signs it.
pub fn write(notice: &Notice, secret: &[u8], now: Timestamp) -> (Vec<u8>, String) {
    let (status, money) = match notice.said {
        Said::Paid(money) => (Status::Paid, Some(money)),
        Said::Failed => (Status::Failed, None),
        Said::Closed => (Status::Closed, None),
    };
    let body = Body {
        payment: notice.payment,
        order: notice.order,
        transaction: notice.number.clone(),
        status,
        amount: money.map(|money| money.amount),
        currency: money.map(|money| money.currency),
    };
    let body = serde_json::to_vec(&body).unwrap_or_else(|_| unreachable!("plain data is JSON"));
    let header = sign(&body, secret, now);
    (body, header)
}

/// The header that signs a body.
pub fn sign(body: &[u8], secret: &[u8], now: Timestamp) -> String {
    let seconds = now.0.div_euclid(MICROS);
    let code = mac(seconds, body, secret).finalize().into_bytes();
    let hex: String = code.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("t={seconds},v1={hex}")
}

/// Checks a notice's signature and time, then reads it.
pub fn read(
    body: &[u8],
    header: Option<&str>,
    secret: &[u8],
    now: Timestamp,
) -> Result<Notice, NoticeError> {
    let (seconds, code) = header.and_then(parts).ok_or(NoticeError::Forged)?;
    // The comparison takes the same time wherever the difference lies.
    mac(seconds, body, secret).verify_slice(&code).map_err(|_| NoticeError::Forged)?;
    let age = now.0.div_euclid(MICROS).abs_diff(seconds);
    if age > NOTICE_AGE_SECONDS_MAX.unsigned_abs() {
        return Err(NoticeError::Stale);
    }
    let body: Body = serde_json::from_slice(body).map_err(|_| NoticeError::Unreadable)?;
    let said = match (body.status, body.amount, body.currency) {
        (Status::Paid, Some(amount), Some(currency)) => Said::Paid(Money::new(amount, currency)),
        (Status::Failed, None, None) => Said::Failed,
        (Status::Closed, None, None) => Said::Closed,
        _ => return Err(NoticeError::Unreadable),
    };
    if body.transaction.is_empty() || body.transaction.len() > 64 {
        return Err(NoticeError::Unreadable);
    }
    Ok(Notice { payment: body.payment, order: body.order, number: body.transaction, said })
}

/// Asks the channel to give money back, by our number. It is ours and always does.
pub fn refund(_: RefundId, _: Money) -> Answer {
    Answer::Succeeded
}

fn mac(seconds: i64, body: &[u8], secret: &[u8]) -> Hmac<Sha256> {
    let keyed = Hmac::new_from_slice(secret);
    let mut mac: Hmac<Sha256> = keyed.unwrap_or_else(|_| unreachable!("HMAC takes any key"));
    mac.update(seconds.to_string().as_bytes());
    mac.update(b".");
    mac.update(body);
    mac
}

/// Time and code of a header.
fn parts(header: &str) -> Option<(i64, Vec<u8>)> {
    let (time, code) = header.split_once(',')?;
    let seconds = time.strip_prefix("t=")?.parse().ok()?;
    let hex = code.strip_prefix("v1=")?.as_bytes();
    let digit = |c: u8| char::from(c).to_digit(16);
    let (pairs, rest) = hex.as_chunks::<2>();
    let byte = |pair: &[u8; 2]| Some((digit(pair[0])? * 16 + digit(pair[1])?) as u8);
    let code: Vec<u8> = pairs.iter().map(byte).collect::<Option<_>>()?;
    rest.is_empty().then_some((seconds, code))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_800_000_000 * MICROS);

    fn notice() -> Notice {
        Notice {
            payment: PaymentId([1; 16]),
            order: Some(OrderId([2; 16])),
            number: "ntc_1".into(),
            said: Said::Paid(Money::new(1990, Currency::Cny)),
        }
    }

    #[test]
    fn what_was_signed_is_read_and_nothing_else() {
        let (body, header) = write(&notice(), b"secret", NOW);
        let read_as =
            |body: &[u8], header: Option<&str>, secret: &[u8], now| read(body, header, secret, now);
        assert_eq!(read_as(&body, Some(&header), b"secret", NOW), Ok(notice()));
        let other = String::from_utf8_lossy(&body).replace("1990", "9990").into_bytes();
        let later = header.replace("t=1800000000", "t=1800000001");
        for (body, header, secret) in [
            (&other, Some(&header[..]), &b"secret"[..]),
            (&body, Some(&later), b"secret"),
            (&body, Some(&header), b"other"),
            (&body, Some("t=1800000000,v1="), b"secret"),
            (&body, Some("t=1800000000,v1=zz"), b"secret"),
            (&body, Some("v1=00"), b"secret"),
            (&body, None, b"secret"),
        ] {
            assert_eq!(read_as(body, header, secret, NOW), Err(NoticeError::Forged), "{header:?}");
        }
    }

    #[test]
    fn an_old_notice_is_worth_nothing() {
        let (body, header) = write(&notice(), b"secret", NOW);
        let read_at = |s: i64| read(&body, Some(&header), b"secret", NOW.plus_micros(s * MICROS));
        assert!(read_at(300).is_ok() && read_at(-300).is_ok());
        assert_eq!(read_at(301), Err(NoticeError::Stale));
        assert_eq!(read_at(-301), Err(NoticeError::Stale));
    }

    #[test]
    fn a_signed_body_must_make_sense() {
        for body in [
            "{}",
            "[]",
            r#"{"payment":"pay_1"}"#,
            &String::from_utf8_lossy(&write(&notice(), b"s", NOW).0).replace("paid", "failed"),
        ] {
            let header = sign(body.as_bytes(), b"s", NOW);
            let error = read(body.as_bytes(), Some(&header), b"s", NOW);
            assert_eq!(error, Err(NoticeError::Unreadable), "{body}");
        }
    }
}
