//! Parameters that several calls share: which trade is meant, how long it can be paid.

use super::failure::Failure;
use super::request::Call;
use super::{CHANNEL, money};
use crate::clock::read_plain;
use crate::payments::Payments;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

const VALID: SignedDuration = SignedDuration::from_hours(2);
const VALID_MINUTES_MAX: i64 = 15 * 24 * 60;

/// A text of 1 to `max` characters, if there is one.
pub fn text<'a>(call: &'a Call, name: &str, max: usize) -> Result<Option<&'a str>, Failure> {
    match call.content.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.is_empty() => Ok(None),
        Some(Value::String(text)) if text.chars().count() <= max => Ok(Some(text)),
        Some(_) => Err(Failure::parameter(name)),
    }
}

/// An amount that must be there.
pub fn amount(call: &Call, name: &str) -> Result<i64, Failure> {
    call.content.get(name).and_then(money::read).ok_or_else(|| Failure::parameter(name))
}

/// The trade that is meant, whether or not somebody has opened it, and of its charges the one with `trade_no`.
pub fn find(payments: &Payments, call: &Call) -> Result<(usize, usize), Failure> {
    let trade_no = text(call, "trade_no", 64)?;
    let number = text(call, "out_trade_no", 64)?;
    let index = match (trade_no, number) {
        (Some(trade_no), _) => payments.by_name(trade_no),
        (None, Some(number)) => payments.by_number(CHANNEL, call.merchant, number),
        (None, None) => return Err(Failure::parameter("trade_no与out_trade_no不能同时为空")),
    };
    let index = index.filter(|index| {
        let payment = payments.get(*index);
        payment.channel == CHANNEL && payment.merchant == call.merchant
    });
    let index = index.ok_or_else(Failure::no_trade)?;
    let charge = trade_no.and_then(|trade_no| payments.get(index).charge(trade_no));
    Ok((index, charge.unwrap_or_default()))
}

/// Until when a trade can be paid: `time_expire`, or `timeout_express`, or two hours.
pub fn expires(call: &Call, now: Timestamp) -> Result<Timestamp, Failure> {
    if let Some(at) = text(call, "time_expire", 32)? {
        let at = read_plain(at).filter(|at| *at > now);
        return at.ok_or_else(|| Failure::parameter("time_expire"));
    }
    let mut pause = VALID;
    for name in ["timeout_express", "qr_code_timeout_express"] {
        if let Some(given) = text(call, name, 6)? {
            pause = express(given).ok_or_else(|| Failure::parameter(name))?;
            break;
        }
    }
    Ok(now.saturating_add(pause).unwrap_or(now))
}

/// `90m`, `2h`, `1d`, within fifteen days.
fn express(text: &str) -> Option<SignedDuration> {
    let unit = text.chars().last()?;
    let number: i64 = text[..text.len() - unit.len_utf8()].parse().ok()?;
    let minutes = number.checked_mul(match unit {
        'm' => 1,
        'h' => 60,
        'd' => 24 * 60,
        _ => return None,
    })?;
    (1..=VALID_MINUTES_MAX).contains(&minutes).then(|| SignedDuration::from_mins(minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_to_pay_are_minutes_hours_and_days() {
        for (text, minutes) in [
            ("90m", Some(90)),
            ("2h", Some(120)),
            ("15d", Some(21_600)),
            ("16d", None),
            ("0m", None),
            ("m", None),
            ("1.5h", None),
            ("5", None),
        ] {
            assert_eq!(express(text).map(|pause| pause.as_mins()), minutes, "{text}");
        }
    }
}
