//! Reads until when a code is valid, as people and spreadsheets write it.
//!
//! A date means the end of that day in the merchant's zone; a date with a time means that moment
//! there; RFC 3339 says its zone itself. Any date in 9999 and words like 永久 mean "has no end". What
//! can be read in two ways is read only when a person has said how.

use crate::Cause;
use jiff::{
    Span,
    civil::{Date, DateTime, Time},
    tz::TimeZone,
};
use kernel::{FOREVER, Timestamp};
use serde::{Deserialize, Serialize};

const YEAR_WITHOUT_END: i16 = 9999;

/// Words for "has no end".
const NEVER: [&str; 26] = [
    "永久",
    "永久有效",
    "长期",
    "长期有效",
    "无限期",
    "无期限",
    "不限期",
    "无限",
    "不限",
    "永不过期",
    "不过期",
    "终身",
    "终身有效",
    "无有效期限制",
    "长期可用",
    "無限期",
    "長期有效",
    "never",
    "forever",
    "unlimited",
    "lifetime",
    "permanent",
    "no expiry",
    "no expiration",
    "never expires",
    "no limit",
];

/// What is decided of the dates of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Rules {
    /// `… 00:00:00` means the day itself, as every time in the column is that.
    pub(crate) midnight_is_day: bool,
    /// In which order day, month and year stand where that is not plain.
    pub(crate) order: Option<Order>,
    /// What a number of a spreadsheet's day means.
    pub(crate) serial: bool,
    /// What a length of time means.
    pub(crate) length: Option<Length>,
}

/// An order of day, month and year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Order {
    Dmy,
    Mdy,
    Ymd,
}

impl Order {
    pub(crate) const ALL: [Self; 3] = [Self::Dmy, Self::Mdy, Self::Ymd];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Dmy => "dmy",
            Self::Mdy => "mdy",
            Self::Ymd => "ymd",
        }
    }
}

/// What a length of time means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Length {
    /// It runs from the upload.
    FromUpload,
    /// It runs from the buyer's use: the code itself has no end.
    NoEnd,
}

/// A date as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// The whole day.
    Day(Date),
    /// A time of a day, in no zone.
    Moment(DateTime),
    /// A moment with its zone.
    Instant(Timestamp),
    /// A word for "has no end".
    Never,
    /// Three numbers whose order is not plain.
    Unordered(i16, i8, i16),
    /// The number of a day, as spreadsheets keep it.
    Serial(i64),
    /// So many days, months or years.
    Length(i64, Unit),
}

/// A unit of a length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Hours,
    Days,
    Weeks,
    Months,
    Years,
}

pub(crate) struct Dates {
    zone: TimeZone,
    rules: Rules,
    now: Timestamp,
    /// The text that was read last, and what it said: most rows of a file have the same date.
    text: String,
    means: Option<Timestamp>,
}

impl Dates {
    /// For a zone by its IANA name.
    pub(crate) fn new(zone: &str, rules: Rules, now: Timestamp) -> Option<Self> {
        let zone = TimeZone::get(zone).ok()?;
        Some(Self { zone, rules, now, text: String::new(), means: None })
    }

    /// The last moment of validity.
    pub(crate) fn read(&mut self, text: &str) -> Result<Timestamp, Cause> {
        if self.text != text {
            self.means = form(text).and_then(|form| self.end(form));
            self.text.clear();
            self.text.push_str(text);
        }
        self.means.ok_or(Cause::DateUnreadable)
    }

    fn end(&self, form: Form) -> Option<Timestamp> {
        match form {
            Form::Day(day) => self.end_of(day),
            Form::Moment(at) if at.year() == YEAR_WITHOUT_END => Some(FOREVER),
            Form::Moment(at) if self.rules.midnight_is_day && at.time() == Time::midnight() => {
                self.end_of(at.date())
            }
            Form::Moment(at) => {
                let moment = at.to_zoned(self.zone.clone()).ok()?;
                Some(Timestamp(moment.timestamp().as_microsecond()))
            }
            Form::Instant(at) => Some(at),
            Form::Never => Some(FOREVER),
            Form::Unordered(a, b, c) => self.end_of(ordered(self.rules.order?, a, b, c)?),
            Form::Serial(days) if self.rules.serial => self.end_of(of_serial(days)?),
            Form::Serial(_) => None,
            Form::Length(count, unit) => match self.rules.length? {
                Length::NoEnd => Some(FOREVER),
                Length::FromUpload => self.after(count, unit),
            },
        }
    }

    fn end_of(&self, day: Date) -> Option<Timestamp> {
        if day.year() == YEAR_WITHOUT_END {
            return Some(FOREVER);
        }
        let next = day.tomorrow().ok()?.to_zoned(self.zone.clone()).ok()?;
        Some(Timestamp(next.timestamp().as_microsecond() - 1))
    }

    fn after(&self, count: i64, unit: Unit) -> Option<Timestamp> {
        let start = jiff::Timestamp::from_microsecond(self.now.0).ok()?.to_zoned(self.zone.clone());
        let span = match unit {
            Unit::Hours => return Some(self.now.plus_micros(count.checked_mul(3_600_000_000)?)),
            Unit::Days => Span::new().try_days(count),
            Unit::Weeks => Span::new().try_weeks(count),
            Unit::Months => Span::new().try_months(count),
            Unit::Years => Span::new().try_years(count),
        };
        self.end_of(start.checked_add(span.ok()?).ok()?.date())
    }
}

/// The day that three numbers mean in an order; two digits of a year are of this century.
pub(crate) fn ordered(order: Order, a: i16, b: i8, c: i16) -> Option<Date> {
    let (year, month, day) = match order {
        Order::Dmy => (c, b, a),
        Order::Mdy => (c, i8::try_from(a).ok()?, i16::from(b)),
        Order::Ymd if c > 99 => return None,
        Order::Ymd => (a, b, c),
    };
    let year = if year < 100 { 2000 + year } else { year };
    Date::new(year, month, day.try_into().ok()?).ok()
}

/// The day that a spreadsheet keeps as this number.
fn of_serial(days: i64) -> Option<Date> {
    Date::constant(1899, 12, 30).checked_add(Span::new().try_days(days).ok()?).ok()
}

/// How a date is written; `None` when it is none.
pub(crate) fn form(text: &str) -> Option<Form> {
    if let Some(day) = date(text) {
        return Some(Form::Day(day));
    }
    if NEVER.iter().any(|word| word.eq_ignore_ascii_case(text)) {
        return Some(Form::Never);
    }
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    if let Some(at) = moment(text) {
        return Some(at);
    }
    if text.starts_with("9999-") && text.ends_with('Z') {
        return Some(Form::Never);
    }
    Timestamp::parse(text)
        .map(Form::Instant)
        .or_else(|| unordered(text))
        .or_else(|| serial(text))
        .or_else(|| length(text))
}

/// Whether a date is written as `YYYY-MM-DD` or in RFC 3339, so that it is known without a header.
pub(crate) fn is_strict(text: &str) -> bool {
    let day = text.len() == 10 && text.bytes().filter(|b| *b == b'-').count() == 2;
    match form(text) {
        Some(Form::Day(_)) => day,
        Some(Form::Instant(_)) => true,
        Some(Form::Never) => text.starts_with("9999-"),
        _ => false,
    }
}

/// A day and a time.
fn moment(text: &str) -> Option<Form> {
    let (day, time) = text.split_once([' ', 'T', '\u{3000}']).or_else(|| {
        let at = text.find('日')? + '日'.len_utf8();
        Some((&text[..at], &text[at..]))
    })?;
    let day = date(day)?;
    let time = time.trim();
    if matches!(time, "24:00" | "24:00:00") {
        return Some(Form::Day(day));
    }
    Some(Form::Moment(day.to_datetime(clock(time)?)))
}

/// `2027-01-31`, `2027/1/31`, `2027.1.31`, `2027年1月31日` or `20270131`.
fn date(text: &str) -> Option<Date> {
    if text.len() == 8 && text.bytes().all(|c| c.is_ascii_digit()) {
        return Date::new(number(&text[..4])?, small(&text[4..6])?, small(&text[6..])?).ok();
    }
    let (year, month, day) = if let Some((year, rest)) = text.split_once('年') {
        let (month, day) = rest.split_once('月')?;
        (year.trim(), month.trim(), day.strip_suffix(['日', '号'])?.trim())
    } else {
        let separator = ['/', '.'].into_iter().find(|c| text.contains(*c)).unwrap_or('-');
        let (year, rest) = text.split_once(separator)?;
        let (month, day) = rest.split_once(separator)?;
        (year, month, day)
    };
    if year.len() != 4 {
        return None;
    }
    Date::new(number(year)?, small(month)?, small(day)?).ok()
}

/// `31/01/2027`, `1.31.2027`, `27-01-31`.
fn unordered(text: &str) -> Option<Form> {
    let separator = ['/', '.', '-'].into_iter().find(|c| text.contains(*c))?;
    let (a, rest) = text.split_once(separator)?;
    let (b, c) = rest.split_once(separator)?;
    let c = c
        .strip_suffix(" 00:00:00")
        .or(c.strip_suffix(" 0:00"))
        .or(c.strip_suffix(" 00:00"))
        .unwrap_or(c);
    let (a, b) = (small(a)?, small(b)?);
    let year = matches!(c.len(), 2 | 4).then(|| number(c))??;
    let found = Form::Unordered(i16::from(a), b, year);
    Order::ALL.iter().any(|order| ordered(*order, i16::from(a), b, year).is_some()).then_some(found)
}

/// `46783` or `46783.5`: days since the end of 1899, in this century.
fn serial(text: &str) -> Option<Form> {
    let days = text
        .split_once('.')
        .map_or(text, |(days, part)| if number(part).is_some() { days } else { text });
    let days: i64 = (days.len() == 5 && days.bytes().all(|b| b.is_ascii_digit()))
        .then(|| days.parse().ok())??;
    (36_526..=80_000).contains(&days).then_some(Form::Serial(days))
}

/// `30天`, `1 年`, `6 months`.
fn length(text: &str) -> Option<Form> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let count = if matches!(digits, 1..=4) { text[..digits].parse().ok()? } else { return None };
    let unit = match text[digits..].trim().to_ascii_lowercase().as_str() {
        "小时" | "時" | "h" | "hour" | "hours" => Unit::Hours,
        "天" | "日" | "d" | "day" | "days" | "天有效" | "天内" | "天内有效" => {
            Unit::Days
        }
        "周" | "星期" | "w" | "week" | "weeks" => Unit::Weeks,
        "月" | "个月" | "m" | "month" | "months" | "個月" => Unit::Months,
        "年" | "y" | "year" | "years" => Unit::Years,
        _ => return None,
    };
    Some(Form::Length(count, unit))
}

/// `8:00`, `08:00` or `08:00:30`, and parts of a second that are passed over.
fn clock(text: &str) -> Option<Time> {
    let text = text.split_once('.').map_or(text, |(whole, part)| {
        if part.bytes().all(|b| b.is_ascii_digit()) { whole } else { text }
    });
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
        let mut dates =
            Dates::new("Asia/Shanghai", Rules::default(), Timestamp(0)).expect("a zone");
        let expected = expected.map(|at| Timestamp::parse(at).expect("a time"));
        assert_eq!(dates.read(text).ok(), expected, "{text:?}");
        assert_eq!(dates.read(text).ok(), expected, "{text:?} from memory");
    }

    #[test]
    fn a_date_lasts_to_the_end_of_its_day() {
        for text in ["2027-01-31", "2027/01/31", "2027/1/31", "2027-1-31", "20270131"] {
            check(text, Some("2027-01-31T15:59:59.999999Z"));
        }
        for text in ["2027年01月31日", "2027年1月31号", "2027.1.31", "2027-01-31 24:00"] {
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
            "30天",
            "27-01-31",
            "2027年1月",
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
        let ends = ["永久", "长期有效", "无限期", "Never", "9999-12-31T23:59:59Z"];
        let days =
            ["9999-12-31", "9999-01-01", "99991231", "9999-12-31 23:59:59", "9999年12月31日"];
        for text in days.into_iter().chain(ends) {
            let mut dates = Dates::new("UTC", Rules::default(), Timestamp(0)).expect("a zone");
            assert_eq!(dates.read(text), Ok(FOREVER), "{text:?}");
        }
    }

    #[test]
    fn the_memory_of_one_date_does_not_leak_into_another() {
        let mut dates = Dates::new("UTC", Rules::default(), Timestamp(0)).expect("a zone");
        let day = dates.read("2027-01-31");
        assert_eq!(dates.read("nonsense"), Err(Cause::DateUnreadable));
        assert_eq!(dates.read("2027-01-31"), day);
        assert_ne!(dates.read("2027-02-01"), day);
        assert!(Dates::new("Moon/Base", Rules::default(), Timestamp(0)).is_none());
    }

    fn by(rules: Rules, text: &str, expected: Option<&str>) {
        let now = Timestamp::parse("2026-12-01T04:00:00Z").expect("a time");
        let mut dates = Dates::new("Asia/Shanghai", rules, now).expect("a zone");
        let expected = expected.map(|at| Timestamp::parse(at).expect("a time"));
        assert_eq!(dates.read(text).ok(), expected, "{text:?}");
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_read_as_it_was_said() {
        let day = |day: &str| Some(format!("{day}T15:59:59.999999Z"));
        let order = |order| Rules { order: Some(order), ..Rules::default() };
        by(order(Order::Dmy), "03/04/2027", day("2027-04-03").as_deref());
        by(order(Order::Mdy), "03/04/2027", day("2027-03-04").as_deref());
        by(order(Order::Mdy), "31/04/2027", None);
        by(order(Order::Ymd), "27-01-31", day("2027-01-31").as_deref());
        by(order(Order::Dmy), "31.01.27", day("2027-01-31").as_deref());
        let serial = Rules { serial: true, ..Rules::default() };
        by(serial, "46783", day("2028-01-31").as_deref());
        let from_upload = Rules { length: Some(Length::FromUpload), ..Rules::default() };
        by(from_upload.clone(), "30天", day("2026-12-31").as_deref());
        by(from_upload, "1 year", day("2027-12-01").as_deref());
        let midnight = Rules { midnight_is_day: true, ..Rules::default() };
        by(midnight.clone(), "2027-01-31 00:00:00", day("2027-01-31").as_deref());
        by(midnight, "2027-01-31 08:00", Some("2027-01-31T00:00:00Z"));
        by(Rules::default(), "2027-01-31 00:00:00", Some("2027-01-30T16:00:00Z"));
    }
}
