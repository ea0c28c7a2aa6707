//! Times as the channels write them.

use jiff::tz::{TimeZone, offset};
use jiff::{Timestamp as Instant, Zoned, civil::DateTime};
use kernel::Timestamp;

const MICROS: i64 = 1_000_000;

/// Whole seconds since 1970.
pub fn seconds(at: Timestamp) -> i64 {
    at.0.div_euclid(MICROS)
}

/// The time that so many seconds after 1970 are.
pub fn from_seconds(seconds: i64) -> Timestamp {
    Timestamp(0).plus_micros(seconds.saturating_mul(MICROS))
}

/// RFC 3339 on China's clocks: `2027-01-31T08:00:00+08:00`.
pub fn china_rfc3339(at: Timestamp) -> String {
    in_china(at).strftime("%Y-%m-%dT%H:%M:%S+08:00").to_string()
}

/// `2027-01-31 08:00:00` on China's clocks.
pub fn china_plain(at: Timestamp) -> String {
    in_china(at).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// Reads `2027-01-31 08:00:00` on China's clocks.
pub fn read_china_plain(text: &str) -> Option<Timestamp> {
    let at = DateTime::strptime("%Y-%m-%d %H:%M:%S", text).ok()?;
    let at = at.to_zoned(china()).ok()?.timestamp().as_microsecond();
    Some(Timestamp(0).plus_micros(at))
}

fn in_china(at: Timestamp) -> Zoned {
    Instant::from_microsecond(at.0).unwrap_or_default().to_zoned(china())
}

/// UTC+8 all year, also where no zone files are.
fn china() -> TimeZone {
    TimeZone::fixed(offset(8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_on_chinas_clocks() {
        let at = Timestamp::parse("2027-01-31T23:59:58.9Z").expect("a time");
        assert_eq!(china_rfc3339(at), "2027-02-01T07:59:58+08:00");
        assert_eq!(china_plain(at), "2027-02-01 07:59:58");
        assert_eq!(
            read_china_plain("2027-02-01 07:59:58"),
            Timestamp::parse("2027-01-31T23:59:58Z")
        );
        assert_eq!(read_china_plain("2027-02-30 07:59:58"), None);
        assert_eq!((seconds(at), from_seconds(5).0), (1_801_439_998, 5_000_000));
    }
}
