//! Reads until when a code is valid, as people and spreadsheets write it.
//!
//! A date means the end of that day in the merchant's zone; a date with a time means that moment
//! there; RFC 3339 says its zone itself. Any date in 9999 means "has no end".

use crate::Cause;
use jiff::{
    civil::{Date, Time},
    tz::TimeZone,
};
use kernel::{FOREVER, Timestamp};
use serde::{Deserialize, Serialize};

const YEAR_WITHOUT_END: i16 = 9999;

/// What is decided of the dates of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Rules {}

pub(crate) struct Dates {
    zone: TimeZone,
    /// The text that was read last, and what it said: most rows of a file have the same date.
    text: String,
    means: Option<Timestamp>,
}

impl Dates {
    /// For a zone by its IANA name.
    pub(crate) fn new(zone: &str, _rules: Rules) -> Option<Self> {
        let zone = TimeZone::get(zone).ok()?;
        Some(Self { zone, text: String::new(), means: None })
    }

    /// The last moment of validity.
    pub(crate) fn read(&mut self, text: &str) -> Result<Timestamp, Cause> {
        if self.text != text {
            self.means = self.parse(text);
            self.text.clear();
            self.text.push_str(text);
        }
        self.means.ok_or(Cause::DateUnreadable)
    }

    fn parse(&self, text: &str) -> Option<Timestamp> {
        if let Some(day) = date(text) {
            return self.end_of(day);
        }
        let civil = text.split_once(' ').and_then(|(day, time)| Some((date(day)?, clock(time)?)));
        let Some((day, time)) = civil else { return Timestamp::parse(text) };
        if day.year() == YEAR_WITHOUT_END {
            return Some(FOREVER);
        }
        let moment = day.to_datetime(time).to_zoned(self.zone.clone()).ok()?;
        Some(Timestamp(moment.timestamp().as_microsecond()))
    }

    fn end_of(&self, day: Date) -> Option<Timestamp> {
        if day.year() == YEAR_WITHOUT_END {
            return Some(FOREVER);
        }
        let next = day.tomorrow().ok()?.to_zoned(self.zone.clone()).ok()?;
        Some(Timestamp(next.timestamp().as_microsecond() - 1))
    }
}

/// `2027-01-31`, `2027/1/31` or `20270131`.
fn date(text: &str) -> Option<Date> {
    let (year, month, day) = if text.len() == 8 && text.bytes().all(|c| c.is_ascii_digit()) {
        (&text[..4], &text[4..6], &text[6..])
    } else {
        let separator = if text.contains('/') { '/' } else { '-' };
        let (year, rest) = text.split_once(separator)?;
        let (month, day) = rest.split_once(separator)?;
        (year, month, day)
    };
    if year.len() != 4 {
        return None;
    }
    Date::new(number(year)?, small(month)?, small(day)?).ok()
}

/// `8:00`, `08:00` or `08:00:30`.
fn clock(text: &str) -> Option<Time> {
    let (hour, rest) = text.split_once(':')?;
    let (minute, second) = rest.split_once(':').unwrap_or((rest, "0"));
    Time::new(small(hour)?, small(minute)?, small(second)?, 0).ok()
}

/// A number of one or two digits.
fn small(text: &str) -> Option<i8> {
    if text.len() > 2 {
        return None;
    }
    number(text)?.try_into().ok()
}

/// Digits only: no sign, no space.
fn number(text: &str) -> Option<i16> {
    if text.bytes().all(|c| c.is_ascii_digit()) { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        let mut dates = Dates::new("Asia/Shanghai", Rules::default()).expect("a zone");
        let expected = expected.map(|at| Timestamp::parse(at).expect("a time"));
        assert_eq!(dates.read(text).ok(), expected, "{text:?}");
        assert_eq!(dates.read(text).ok(), expected, "{text:?} from memory");
    }

    #[test]
    fn a_date_lasts_to_the_end_of_its_day() {
        for text in ["2027-01-31", "2027/01/31", "2027/1/31", "2027-1-31", "20270131"] {
            check(text, Some("2027-01-31T15:59:59.999999Z"));
        }
        check("2028-02-29", Some("2028-02-29T15:59:59.999999Z"));
    }

    #[test]
    fn a_time_is_a_moment() {
        check("2027-01-31 08:00", Some("2027-01-31T00:00:00Z"));
        check("2027/1/31 8:00:30", Some("2027-01-31T00:00:30Z"));
        check("2027-01-31T08:00:00+08:00", Some("2027-01-31T00:00:00Z"));
        check("2027-01-31T08:00:00Z", Some("2027-01-31T08:00:00Z"));
        check("2027-01-31 08:00:00Z", Some("2027-01-31T08:00:00Z"));
    }

    #[test]
    fn other_texts_are_no_dates() {
        let bad = [
            "tomorrow",
            "2027-02-29",
            "2027-13-01",
            "2027-00-10",
            "31.01.2027",
            "31/01/2027",
            "46783",
            "2027-01",
            "2027-01-31-01",
            "2027-01/31",
            "2027-01-31 25:00",
            "2027-01-31 08:60",
            "-1-1-1",
            "2027-01-31 8",
            "2027-+1-31",
            "2027--1-31",
            "２０２７-01-31",
            "027-001-31",
            "2027-001-31",
        ];
        for text in bad {
            check(text, None);
        }
    }

    #[test]
    fn a_date_in_9999_has_no_end() {
        for text in ["9999-12-31", "9999-01-01", "99991231", "9999-12-31 23:59:59"] {
            let mut dates = Dates::new("UTC", Rules::default()).expect("a zone");
            assert_eq!(dates.read(text), Ok(FOREVER), "{text:?}");
        }
    }

    #[test]
    fn the_memory_of_one_date_does_not_leak_into_another() {
        let mut dates = Dates::new("UTC", Rules::default()).expect("a zone");
        let day = dates.read("2027-01-31");
        assert_eq!(dates.read("nonsense"), Err(Cause::DateUnreadable));
        assert_eq!(dates.read("2027-01-31"), day);
        assert_ne!(dates.read("2027-02-01"), day);
        assert!(Dates::new("Moon/Base", Rules::default()).is_none());
    }
}
