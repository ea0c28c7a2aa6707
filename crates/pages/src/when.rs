//! Times as a person writes them, in the zone of the shop.

use crate::Lang;
use jiff::{Timestamp as Instant, Zoned, tz::TimeZone};
use kernel::Timestamp;

/// `2026年11月25日 20:43`, `25 Nov 2026, 20:43`.
pub fn moment(at: Timestamp, zone: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => write(at, zone, "%Y年%-m月%-d日 %H:%M"),
        Lang::En => write(at, zone, "%-d %b %Y, %H:%M"),
    }
}

/// `2026年11月25日`, `25 Nov 2026`.
pub fn day(at: Timestamp, zone: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => write(at, zone, "%Y年%-m月%-d日"),
        Lang::En => write(at, zone, "%-d %b %Y"),
    }
}

/// An unknown zone is read as UTC, and says so: a wrong hour would be worse than a strange one.
fn write(at: Timestamp, zone: &str, format: &str) -> String {
    let Ok(instant) = Instant::from_microsecond(at.0) else { return at.to_string() };
    match TimeZone::get(zone) {
        Ok(zone) => Zoned::new(instant, zone).strftime(format).to_string(),
        Err(_) => format!("{} UTC", instant.to_zoned(TimeZone::UTC).strftime(format)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_in_the_zone() {
        let at = Timestamp::parse("2026-11-05T16:03:59Z").expect("a time");
        let write = |zone| [Lang::Zh, Lang::En].map(|lang| moment(at, zone, lang));
        assert_eq!(write("Asia/Shanghai"), ["2026年11月6日 00:03", "6 Nov 2026, 00:03"]);
        assert_eq!(write("Moon/Base"), ["2026年11月5日 16:03 UTC", "5 Nov 2026, 16:03 UTC"]);
        assert_eq!(day(at, "Asia/Shanghai", Lang::Zh), "2026年11月6日");
        assert_eq!(day(at, "Asia/Shanghai", Lang::En), "6 Nov 2026");
    }
}
