//! What spreadsheets do to codes.

use crate::Cause;

/// Words of spreadsheets and databases for "there is no value here".
const ERRORS: [&str; 20] = [
    "#n/a",
    "#ref!",
    "#value!",
    "#name?",
    "#div/0!",
    "#num!",
    "#null!",
    "#spill!",
    "#calc!",
    "#field!",
    "#blocked!",
    "#connect!",
    "#busy!",
    "#unknown!",
    "#getting_data",
    "nan",
    "null",
    "(null)",
    "undefined",
    "\\n",
];

/// Digits that a spreadsheet keeps of a number.
const DIGITS_KEPT: usize = 15;

/// Damage that a value shows by itself.
pub(crate) fn of_value(text: &str) -> Option<Cause> {
    let first = *text.as_bytes().first()?;
    match first {
        b'\'' if text.len() > 1 => Some(Cause::Apostrophe),
        b'#' if text.len() >= 2 && text.bytes().all(|b| b == b'#') => Some(Cause::Narrow),
        b'#' | b'n' | b'N' | b'(' | b'u' | b'U' | b'\\' if is_error(text) => {
            Some(Cause::ErrorValue)
        }
        b'E' if text.starts_with("Err:") && digits(&text[4..]) => Some(Cause::ErrorValue),
        b'0'..=b'9' | b'+' | b'-' | b'.' if is_exponent(text) => Some(Cause::Exponent),
        _ => None,
    }
}

fn is_error(text: &str) -> bool {
    text.len() <= 16 && ERRORS.iter().any(|error| error.eq_ignore_ascii_case(text))
}

/// `8.96529E+19`, `1E-7` and `8.9E19`; not `12E34`, which may be a code.
fn is_exponent(text: &str) -> bool {
    let Some((number, exponent)) = text.split_once(['e', 'E']) else { return false };
    let number = number.strip_prefix(['+', '-']).unwrap_or(number);
    let (whole, part) =
        number.split_once('.').or_else(|| number.split_once(',')).unwrap_or((number, ""));
    let signed = exponent.strip_prefix(['+', '-']);
    let fits = |text: &str| text.is_empty() || digits(text);
    let is_number = fits(whole) && fits(part) && !(whole.is_empty() && part.is_empty());
    match signed {
        // A code of hexadecimal digits has more of them before its E, or behind it.
        Some(power) => is_number && whole.len() <= 3 && digits(power) && power.len() <= 3,
        None => {
            digits(whole)
                && whole.len() == 1
                && digits(part)
                && digits(exponent)
                && exponent.len() <= 3
        }
    }
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a number has more digits than a spreadsheet keeps; then whether all the rest are zeros.
pub(crate) fn rounded(text: &str) -> Option<bool> {
    let long = text.len() > DIGITS_KEPT && digits(text);
    long.then(|| text.as_bytes()[DIGITS_KEPT..].iter().all(|b| *b == b'0'))
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Whether a text is a date as a spreadsheet writes it: `1-Mar`, `Mar-27`, `3月1日`, `2027/3/1`.
pub(crate) fn is_date(text: &str) -> bool {
    if text.len() > 32 || text.len() < 4 {
        return false;
    }
    let begins =
        |month: &&str| text.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(month));
    if text.as_bytes()[0].is_ascii_alphabetic() && !MONTHS.iter().any(begins) {
        return false;
    }
    let chinese = text.contains('月') || text.contains('年');
    let ascii_start = text.as_bytes()[0].is_ascii_alphanumeric();
    if !ascii_start || !chinese && !text.is_ascii() {
        return false;
    }
    let day = text.split_once([' ', 'T']).map_or(text, |(day, time)| {
        if time.contains(':') && time.as_bytes()[0].is_ascii_digit() { day } else { text }
    });
    if chinese {
        return is_chinese_date(day);
    }
    let separator = if day.contains('/') { '/' } else { if day.contains('-') { '-' } else { '.' } };
    let parts: Vec<&str> = day.split(separator).collect();
    match parts[..] {
        [a, b] if separator == '-' => {
            is_month_name(a) && small(b, 99) || small(a, 31) && is_month_name(b)
        }
        [a, b, c] => {
            let year = |text: &str| {
                text.len() == 4
                    && digits(text)
                    && (text.starts_with("19") || text.starts_with("20"))
            };
            let short = |text: &str| text.len() == 2 && digits(text) || year(text);
            year(a) && small(b, 12) && small(c, 31)
                || year(c) && small(a, 31) && small(b, 31)
                || separator == '/' && small(a, 31) && small(b, 31) && short(c)
                || small(a, 31) && is_month_name(b) && short(c)
                || is_month_name(a) && small(b, 31) && short(c)
        }
        _ => false,
    }
}

fn is_chinese_date(text: &str) -> bool {
    let year_less = text.split_once('年').map_or((None, text), |(year, rest)| (Some(year), rest));
    let fits_year = year_less.0.is_none_or(|year| matches!(year.len(), 2 | 4) && digits(year));
    let (month, rest) = match year_less.1.split_once('月') {
        Some((month, rest)) => (month, rest),
        None => return year_less.0.is_some() && fits_year && year_less.1.is_empty(),
    };
    let day = rest.strip_suffix(['日', '号']).unwrap_or(rest);
    fits_year && small(month, 12) && (day.is_empty() || small(day, 31))
}

fn is_month_name(text: &str) -> bool {
    text.get(..3).is_some_and(|start| MONTHS.iter().any(|month| month.eq_ignore_ascii_case(start)))
        && matches!(text.len(), 3 | 4)
        || text.len() > 4 && is_full_month(text)
}

fn is_full_month(text: &str) -> bool {
    const FULL: [&str; 9] = [
        "january",
        "february",
        "march",
        "april",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    FULL.iter().any(|month| month.eq_ignore_ascii_case(text))
}

fn small(text: &str, max: u32) -> bool {
    matches!(text.len(), 1 | 2) && digits(text) && text.parse::<u32>().is_ok_and(|n| n <= max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_is_told_from_codes() {
        let damaged = [
            ("8.96529E+19", Cause::Exponent),
            ("8.96529E-19", Cause::Exponent),
            ("8.96529e+19", Cause::Exponent),
            ("-1E+20", Cause::Exponent),
            ("9E+19", Cause::Exponent),
            ("8,96529E+19", Cause::Exponent),
            ("8.96529E19", Cause::Exponent),
            ("#N/A", Cause::ErrorValue),
            ("#REF!", Cause::ErrorValue),
            ("#Name?", Cause::ErrorValue),
            ("Err:502", Cause::ErrorValue),
            ("NULL", Cause::ErrorValue),
            ("NaN", Cause::ErrorValue),
            ("####", Cause::Narrow),
            ("'00123", Cause::Apostrophe),
        ];
        for (text, cause) in damaged {
            assert_eq!(of_value(text), Some(cause), "{text}");
        }
        let codes = [
            "12E34",
            "1E5",
            "E+19",
            "8.9E+1A",
            "#1",
            "#N/A1",
            "null1",
            "Nano",
            "it's",
            "",
            "+86",
            "1.5",
            "12.5E34",
            "123456789012345E-000123",
            "A#",
            "é#",
        ];
        for text in codes {
            assert_eq!(of_value(text), None, "{text}");
        }
    }

    #[test]
    fn dates_made_of_codes() {
        let dates = [
            "1-Mar",
            "Mar-01",
            "1-Mar-27",
            "3月1日",
            "2027年3月",
            "2027年3月1日",
            "2027/3/1",
            "2027-03-01",
            "3/1/2027",
            "2027/3/1 0:00",
            "01.03.2027",
            "1900/1/0",
            "2027年",
        ];
        for text in dates {
            assert!(is_date(text), "{text}");
        }
        let codes = [
            "1-Mary5",
            "MAR-ABC",
            "2027",
            "20270301",
            "3/1",
            "1-2-3",
            "AB-12-CD",
            "3月1日A",
            "2027/13/1",
            "Mar-AB12-CD34",
            "31-12-ABC",
            "12-34-56",
            "SEPT-100",
        ];
        for text in codes {
            assert!(!is_date(text), "{text}");
        }
    }

    #[test]
    fn digits_behind_the_fifteenth() {
        assert_eq!(rounded("123456789012345"), None);
        assert_eq!(rounded("1234567890123450"), Some(true));
        assert_eq!(rounded("1234567890123456"), Some(false));
        assert_eq!(rounded("12345678901234A0"), None);
    }
}
