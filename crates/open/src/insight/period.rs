//! The time that a report is over, in the merchant's zone.

use domain::insight::sales::QUARTER_US;
use edge::auth::Caller;
use edge::problem::Problem;
use edge::wire::{DateText, Time, Wire};
use kernel::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// Days of a report for which nobody said from when, today among them.
const DAYS: i64 = 30;
/// The longest time of a report, in days.
pub const DAYS_MAX: i64 = 1_100;
/// The longest time of a report by the hour, in days.
pub const DAYS_BY_HOUR_MAX: i64 = 92;

/// The time that a report is over: whole quarters of an hour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Period {
    /// When it begins.
    pub from: Time,
    /// Before when it ends.
    pub to: Time,
    /// The zone whose days and hours these are.
    pub zone: String,
}

impl Period {
    /// What a caller asked for. A date is its whole day; a time is widened to the quarter of an hour that it lies in.
    pub async fn asked(
        caller: &Caller,
        from: Option<&DateText>,
        to: Option<&DateText>,
        days_max: i64,
    ) -> Result<Self, Problem> {
        let zone = caller.reader().tenant(caller.tenant()).await?.map(|row| row.zone);
        let zone = zone.filter(|zone| Timestamp::knows_zone(zone));
        let zone = zone.unwrap_or_else(|| "UTC".to_owned());
        Self::of(from, to, caller.engine().now(), zone, days_max)
    }

    fn of(
        from: Option<&DateText>,
        to: Option<&DateText>,
        now: Timestamp,
        zone: String,
        days_max: i64,
    ) -> Result<Self, Problem> {
        let to = match to {
            Some(text) => end(&text.0, &zone).ok_or_else(|| unreadable("to"))?,
            None => now.plus_micros(1),
        };
        let from = match from {
            Some(text) => start(&text.0, &zone).ok_or_else(|| unreadable("from"))?,
            // Noon is within the day, however long its neighbours are.
            None => {
                let no_day = || Problem::internal("a day without a beginning");
                let last = to.plus_micros(-1).day_in(&zone).ok_or_else(no_day)?.0;
                let noon = last.plus_micros(QUARTER_US * 48).plus_days(1 - DAYS);
                noon.day_in(&zone).ok_or_else(no_day)?.0
            }
        };
        if from >= to {
            return Err(Problem::invalid("to", "send a time after `from`"));
        }
        let (from, to) = (slot(from) * QUARTER_US, (slot(to.plus_micros(-1)) + 1) * QUARTER_US);
        let longest = days_max.saturating_mul(96 * QUARTER_US);
        if to - from > longest + 4 * QUARTER_US {
            return Err(Problem::invalid("from", format!("send at most {days_max} days at once")));
        }
        Ok(Self { from: Wire(Timestamp(from)), to: Wire(Timestamp(to)), zone })
    }

    /// The first quarter of an hour, and the one after the last.
    pub fn slots(&self) -> (i64, i64) {
        (slot(self.from.0), slot(self.to.0))
    }
}

fn slot(at: Timestamp) -> i64 {
    at.0.div_euclid(QUARTER_US)
}

fn start(text: &str, zone: &str) -> Option<Timestamp> {
    let end = Timestamp::end_of_day(text, zone);
    end.and_then(|end| end.day_in(zone)).map(|(start, _)| start).or_else(|| Timestamp::parse(text))
}

fn end(text: &str, zone: &str) -> Option<Timestamp> {
    let day = Timestamp::end_of_day(text, zone).map(|end| end.plus_micros(1));
    day.or_else(|| Timestamp::parse(text))
}

fn unreadable(field: &str) -> Problem {
    Problem::invalid(field, "send a date such as 2027-01-31, or a time in RFC 3339")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(from: Option<&str>, to: Option<&str>, zone: &str) -> Result<(String, String), Problem> {
        let text = |text: &str| DateText(text.to_owned());
        let now = Timestamp::parse("2027-03-10T01:07:30Z").expect("a time");
        let (from, to) = (from.map(text), to.map(text));
        let period = Period::of(from.as_ref(), to.as_ref(), now, zone.to_owned(), 92)?;
        Ok((period.from.0.to_string(), period.to.0.to_string()))
    }

    #[test]
    fn dates_are_days_of_the_zone_and_times_are_widened() {
        for (from, to, zone, wanted) in [
            (None, None, "Asia/Shanghai", ("2027-02-08T16:00:00Z", "2027-03-10T01:15:00Z")),
            (None, Some("2027-03-01"), "UTC", ("2027-01-31T00:00:00Z", "2027-03-02T00:00:00Z")),
            (
                Some("2027-03-08"),
                Some("2027-03-08"),
                "Asia/Kathmandu",
                ("2027-03-07T18:15:00Z", "2027-03-08T18:15:00Z"),
            ),
            (
                Some("2027-03-08T10:01:00Z"),
                Some("2027-03-08T10:15:00Z"),
                "UTC",
                ("2027-03-08T10:00:00Z", "2027-03-08T10:15:00Z"),
            ),
            // The clocks go forward: a day of 23 hours.
            (
                Some("2027-03-14"),
                Some("2027-03-14"),
                "America/New_York",
                ("2027-03-14T05:00:00Z", "2027-03-15T04:00:00Z"),
            ),
        ] {
            let (start, end) = of(from, to, zone).expect("a period");
            assert_eq!((&*start, &*end), wanted, "{from:?} {to:?} {zone}");
        }
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for (from, to) in [
            (Some("yesterday"), None),
            (Some("2027-03-02"), Some("2027-03-01")),
            (None, Some("2027-02-30")),
            (Some("2026-01-01"), Some("2027-01-01")),
            (Some("2027-04-01"), None),
        ] {
            assert!(of(from, to, "UTC").is_err(), "{from:?} {to:?}");
        }
    }
}
