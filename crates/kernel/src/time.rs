//! Points in time: microseconds since 1970, UTC. Zones exist only at the edge.

use jiff::{Timestamp as Instant, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

/// Stands for "has no end" in columns that may not be NULL: 9999-12-30T00:00:00Z, the last day that
/// every zone can write.
pub const FOREVER: Timestamp = Timestamp(253_402_128_000_000_000);

const DAY_US: i64 = 86_400_000_000;

impl Timestamp {
    /// The machine's clock. Only edges call it; rules get their time from a context.
    pub fn now() -> Self {
        Self(Instant::now().as_microsecond())
    }

    /// Reads RFC 3339. Times outside 1970..=9999 are refused.
    pub fn parse(text: &str) -> Option<Self> {
        let at = text.parse::<Instant>().ok()?.as_microsecond();
        (0..=FOREVER.0).contains(&at).then_some(Self(at))
    }

    /// The last microsecond of a civil date (`2027-01-31`) in an IANA zone (`Asia/Shanghai`).
    pub fn end_of_day(date: &str, zone: &str) -> Option<Self> {
        let day: Date = date.parse().ok()?;
        let zone = TimeZone::get(zone).ok()?;
        let next = day.tomorrow().ok()?.to_zoned(zone).ok()?;
        let at = next.timestamp().as_microsecond() - 1;
        (0..=FOREVER.0).contains(&at).then_some(Self(at))
    }

    /// When the day of this time began in an IANA zone, and the date of that day; none for a zone that nobody knows.
    pub fn day_in(self, zone: &str) -> Option<(Self, String)> {
        let zone = TimeZone::get(zone).ok()?;
        let date = Instant::from_microsecond(self.0).ok()?.to_zoned(zone.clone()).date();
        let began = date.to_zoned(zone).ok()?.timestamp().as_microsecond();
        Some((Self(began.max(0)), date.to_string()))
    }

    /// When the hour of this time began on the clocks of an IANA zone; none for a zone that nobody knows.
    pub fn hour_in(self, zone: &str) -> Option<Self> {
        let zone = TimeZone::get(zone).ok()?;
        let there = Instant::from_microsecond(self.0).ok()?.to_zoned(zone);
        let since = i64::from(there.minute()) * 60 + i64::from(there.second());
        let whole = self.0.div_euclid(1_000_000) * 1_000_000;
        Some(Self((whole - since * 1_000_000).max(0)))
    }

    /// The day of the week, from 1 for Monday, and the minute of the day on the clocks of an IANA zone; none for a zone that
    /// nobody knows.
    pub fn clock_in(self, zone: &str) -> Option<(u8, u16)> {
        let zone = TimeZone::get(zone).ok()?;
        let there = Instant::from_microsecond(self.0).ok()?.to_zoned(zone);
        let minute = there.hour() as u16 * 60 + there.minute() as u16;
        Some((there.weekday().to_monday_one_offset() as u8, minute))
    }

    /// Whether an IANA zone of this name is known here.
    pub fn knows_zone(zone: &str) -> bool {
        TimeZone::get(zone).is_ok()
    }

    /// This time moved by whole days of 24 hours; stays within what can be written.
    pub fn plus_days(self, days: i64) -> Self {
        self.plus_micros(days.saturating_mul(DAY_US))
    }

    /// This time moved by microseconds; stays within what can be written.
    pub fn plus_micros(self, micros: i64) -> Self {
        Self(self.0.saturating_add(micros).clamp(0, FOREVER.0))
    }

    /// Milliseconds since 1970, for ids.
    pub fn millis(self) -> i64 {
        self.0 / 1000
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Instant::from_microsecond(self.0) {
            Ok(at) => write!(f, "{at}"),
            Err(_) => write!(f, "{}us", self.0),
        }
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(d)?;
        Self::parse(&text)
            .ok_or_else(|| serde::de::Error::custom("expected a time like 2027-01-31T08:00:00Z"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_begins_on_the_clocks_of_its_zone() {
        for (at, zone, began) in [
            ("2027-03-10T01:59:59.9Z", "UTC", "2027-03-10T01:00:00Z"),
            ("2027-03-10T01:10:00Z", "Asia/Kathmandu", "2027-03-10T00:15:00Z"),
            ("2027-03-10T01:15:00Z", "Asia/Kathmandu", "2027-03-10T01:15:00Z"),
            ("2027-03-10T01:29:00Z", "Asia/Kolkata", "2027-03-10T00:30:00Z"),
        ] {
            let at = Timestamp::parse(at).expect("a time");
            assert_eq!(at.hour_in(zone).map(|hour| hour.to_string()).as_deref(), Some(began));
        }
        assert_eq!(Timestamp(0).hour_in("Nowhere/Here"), None);
    }

    #[test]
    fn a_date_ends_at_midnight_of_its_zone() {
        let end = Timestamp::end_of_day("2027-01-31", "Asia/Shanghai");
        assert_eq!(end.map(|t| t.to_string()).as_deref(), Some("2027-01-31T15:59:59.999999Z"));
        assert_eq!(Timestamp::end_of_day("2027-02-30", "Asia/Shanghai"), None);
        assert_eq!(Timestamp::end_of_day("2027-01-31", "Moon/Base"), None);
    }

    #[test]
    fn written_times_read_back() {
        for us in [0, 1, 1_700_000_000_000_001, FOREVER.0] {
            assert_eq!(Timestamp::parse(&Timestamp(us).to_string()), Some(Timestamp(us)));
        }
        assert_eq!(Timestamp::parse("2027-01-31"), None);
    }
}
