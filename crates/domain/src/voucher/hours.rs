//! Days and hours at which a voucher is redeemed, on the clocks of the merchant's zone.

use crate::Refusal;
use kernel::Timestamp;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// Spans of hours that a template names at most.
pub const HOURS_MAX: usize = 21;
/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// Hours of some days of the week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// Days of the week, 1 for Monday to 7 for Sunday.
    pub days: Vec<u8>,
    /// From this minute on.
    pub from: Clock,
    /// Before this minute; `24:00` is the end of the day.
    pub until: Clock,
}

/// A minute of the day, written `09:30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clock(u16);

impl Clock {
    /// Reads `00:00` to `24:00`.
    pub fn parse(text: &str) -> Option<Self> {
        let (hour, minute) = text.split_once(':')?;
        let digits = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(hour) || !digits(minute) {
            return None;
        }
        let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
        let whole = hour * 60 + minute;
        (minute < 60 && whole <= DAY).then_some(Self(whole))
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl Serialize for Clock {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Clock {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(d)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("expected a time of day like 09:30"))
    }
}

/// Whether one of these hours is now, or none is named. A zone that nobody knows is read as UTC.
pub fn allow(hours: &[Hours], zone: &str, now: Timestamp) -> bool {
    let clock = now.clock_in(zone).or_else(|| now.clock_in("UTC"));
    let Some((day, minute)) = clock else { return hours.is_empty() };
    let at = Clock(minute);
    hours.is_empty() || hours.iter().any(|h| h.days.contains(&day) && h.from <= at && at < h.until)
}

/// Whether hours can be kept; `at` is their place in the body.
pub(super) fn check(at: &str, hours: &[Hours]) -> Result<(), Refusal> {
    if hours.len() > HOURS_MAX {
        return Err(Refusal::invalid(at, format!("send at most {HOURS_MAX} spans of hours")));
    }
    for (i, one) in hours.iter().enumerate() {
        let days = &one.days;
        if days.is_empty() || days.len() > 7 || days.iter().any(|day| !(1..=7).contains(day)) {
            let detail = "send days of the week, 1 for Monday to 7 for Sunday";
            return Err(Refusal::invalid(format!("{at}[{i}].days"), detail));
        }
        if one.from >= one.until {
            let detail = "send a time of day after `from`; hours past midnight are two spans";
            return Err(Refusal::invalid(format!("{at}[{i}].until"), detail));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_day_is_read_as_it_is_written() {
        for text in ["00:00", "09:30", "23:59", "24:00"] {
            assert_eq!(Clock::parse(text).map(|at| at.to_string()).as_deref(), Some(text));
        }
        for wrong in ["", "9:30", "24:01", "12:60", "+1:00", "12-30", "12:3é"] {
            assert_eq!(Clock::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn hours_are_those_of_the_zone() {
        let weekend = [Hours {
            days: vec![6, 7],
            from: Clock::parse("10:00").expect("a time"),
            until: Clock::parse("24:00").expect("a time"),
        }];
        for (at, zone, allowed) in [
            ("2026-11-28T01:59:59Z", "Asia/Shanghai", false),
            ("2026-11-28T02:00:00Z", "Asia/Shanghai", true),
            ("2026-11-28T15:59:59Z", "Asia/Shanghai", true),
            ("2026-11-29T16:00:00Z", "Asia/Shanghai", false),
            ("2026-11-29T16:00:00Z", "Nowhere/Here", true),
        ] {
            let now = Timestamp::parse(at).expect("a time");
            assert_eq!(allow(&weekend, zone, now), allowed, "{at} {zone}");
            assert!(allow(&[], zone, now));
        }
        assert!(check("hours", &weekend).is_ok());
        let [one] = weekend;
        for wrong in [
            Hours { days: vec![], ..one.clone() },
            Hours { days: vec![0], ..one.clone() },
            Hours { days: vec![8], ..one.clone() },
            Hours { until: one.from, ..one.clone() },
        ] {
            assert!(check("hours", &[wrong]).is_err());
        }
    }
}
