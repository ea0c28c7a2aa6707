//! Masks what a program sent: its form stays, and what may be a secret or name a person does not.
//!
//! Kept are names of fields, ids of ours, dates, words of the API and the numbers of fields that count something. In the place
//! of everything else stands how long it is.

use axum::http::Uri;
use serde_json::{Map, Value};
use std::fmt::Write;

/// Bytes of a body that is looked into.
const BODY_BYTES_MAX: usize = 64 << 10;
/// Characters that are kept of a body.
const KEPT_CHARS: usize = 4_000;
/// Fields whose values are words of the API.
const WORDS: [&str; 13] = [
    "currency", "method", "kind", "format", "list", "state", "mode", "by", "sort", "rule",
    "status", "scopes", "columns",
];
/// Fields whose values are numbers that count something.
const NUMBERS: [&str; 14] = [
    "amount",
    "quantity",
    "line",
    "version",
    "limit",
    "seconds",
    "minutes",
    "hours",
    "days",
    "rank",
    "uses",
    "price",
    "per_user",
    "requests_per_minute",
];

/// A path with its query: what stands in the place of an id and is none of ours is masked.
pub fn path(route: &str, uri: &Uri) -> String {
    let mut out = String::new();
    let mut known = route.split('/');
    for segment in uri.path().split('/').skip(1) {
        // The route begins with a slash as well.
        let literal = known.nth(usize::from(out.is_empty())) == Some(segment);
        let _ = match literal || is_id(segment) {
            true => write!(out, "/{segment}"),
            false => write!(out, "/{}", hidden(segment)),
        };
    }
    let query = uri.query().unwrap_or_default();
    for (at, (name, value)) in form_urlencoded::parse(query.as_bytes()).enumerate() {
        let value = match (NUMBERS.contains(&&*name), value.parse::<u32>()) {
            (true, Ok(number)) => number.to_string(),
            _ => text(&name, &value),
        };
        let _ = write!(out, "{}{}={value}", if at == 0 { '?' } else { '&' }, field(&name));
    }
    out
}

/// The name of a field, which a caller may have made up.
pub fn field(name: &str) -> String {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_.[]-".contains(c);
    match name.len() <= 60 && name.chars().all(plain) && !is_number_like(name) {
        true => name.to_owned(),
        false => hidden(name),
    }
}

/// A body: JSON in its form, of everything else the size.
pub fn body(body: &axum::body::Bytes) -> String {
    let read = (body.len() <= BODY_BYTES_MAX).then(|| serde_json::from_slice::<Value>(body));
    let Some(Ok(value)) = read else { return format!("({} bytes)", body.len()) };
    let masked = masked("", value).to_string();
    match masked.char_indices().nth(KEPT_CHARS) {
        None => masked,
        Some((end, _)) => format!("{}…", &masked[..end]),
    }
}

fn masked(name: &str, value: Value) -> Value {
    match value {
        Value::Null | Value::Bool(_) => value,
        Value::Number(number) if NUMBERS.contains(&name) => Value::Number(number),
        Value::Number(_) => Value::String("•".to_owned()),
        Value::String(said) => Value::String(text(name, &said)),
        Value::Array(items) => items.into_iter().map(|item| masked(name, item)).collect(),
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(name, value)| {
                let value = masked(&name, value);
                (field(&name), value)
            });
            Value::Object(fields.collect::<Map<_, _>>())
        }
    }
}

fn text(name: &str, said: &str) -> String {
    let word = |c: char| c.is_ascii_alphabetic() || "_.:,-".contains(c);
    let is_word = WORDS.contains(&name) && said.len() <= 60 && said.chars().all(word);
    match is_word || is_id(said) || is_date(said) {
        true => said.to_owned(),
        false => hidden(said),
    }
}

fn hidden(said: &str) -> String {
    format!("•({})", said.chars().count())
}

/// Whether digits are most of a name, as in a telephone number.
fn is_number_like(name: &str) -> bool {
    name.chars().filter(char::is_ascii_digit).count() > 3
}

/// A prefix and 26 characters.
fn is_id(said: &str) -> bool {
    said.split_once('_').is_some_and(|(prefix, rest)| {
        (2..=4).contains(&prefix.len())
            && prefix.chars().all(|c| c.is_ascii_lowercase())
            && kernel::id::decode(rest).is_some()
    })
}

/// A day, perhaps with a time.
fn is_date(said: &str) -> bool {
    let (day, time) = said.split_at_checked(10).unwrap_or((said, ""));
    let is_day = day.len() == 10
        && day.starts_with("20")
        && day.char_indices().all(|(at, c)| match at {
            4 | 7 => c == '-',
            _ => c.is_ascii_digit(),
        });
    is_day && time.len() <= 16 && time.chars().all(|c| c.is_ascii_digit() || "T:.Z+-".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Bytes;

    const ID: &str = "sku_01jd8x0e6vk3m9q5r7s2t4w6ya";

    #[test]
    fn the_form_stays_and_what_may_be_secret_does_not() {
        let sent = format!(
            r#"{{"sku":"{ID}","quantity":2,"buyer":{{"external_id":"13812345678"}},
            "input":{{"手机":"13812345678","wish":"生日快乐"}},"price":{{"amount":1990,"currency":"CNY"}},
            "password":123456,"pay":{{"method":"wallet"}},"sale_from":"2026-11-30T08:00:00Z","13812345678":true,"code":"abcdef"}}"#
        );
        let kept = body(&Bytes::from(sent));
        let kept: Value = serde_json::from_str(&kept).expect("JSON");
        assert_eq!(kept["sku"], ID);
        assert_eq!((&kept["quantity"], &kept["price"]["amount"]), (&2.into(), &1990.into()));
        assert_eq!(kept["price"]["currency"], "CNY");
        assert_eq!(kept["buyer"]["external_id"], "•(11)");
        assert_eq!(kept["input"], serde_json::json!({ "•(2)": "•(11)", "wish": "•(4)" }));
        assert_eq!((&kept["password"], &kept["code"]), (&"•".into(), &"•(6)".into()));
        assert_eq!((&kept["pay"]["method"], &kept["•(11)"]), (&"wallet".into(), &true.into()));
        assert_eq!(kept["sale_from"], "2026-11-30T08:00:00Z");
        assert_eq!(body(&Bytes::from("number,password\nA,1\n")), "(20 bytes)");
        let long = format!("[{}]", vec!["true"; 5_000].join(","));
        assert_eq!(body(&Bytes::from(long)).chars().count(), KEPT_CHARS + 1);
    }

    #[test]
    fn paths_keep_their_route_their_ids_and_their_words() {
        let kept = |route: &str, uri: &str| path(route, &uri.parse().expect("a URI"));
        let order = "ord_01jd8x0e6vk3m9q5r7s2t4w6ya";
        assert_eq!(
            kept("/v1/orders/{id}", &format!("/v1/orders/{order}")),
            format!("/v1/orders/{order}")
        );
        assert_eq!(kept("/v1/orders/{id}", "/v1/orders/13812345678"), "/v1/orders/•(11)");
        let token = "/v1/export-files/aGVsbG8gd29ybGQ";
        assert_eq!(kept("/v1/export-files/{token}", token), "/v1/export-files/•(15)");
        assert_eq!(
            kept(
                "/v1/orders",
                "/v1/orders?state=delivered&limit=50&from=2026-11-01&phone=13812345678"
            ),
            "/v1/orders?state=delivered&limit=50&from=2026-11-01&phone=•(11)"
        );
        assert_eq!(kept("", "/nowhere/sk_live_1"), "/•(7)/•(9)");
    }

    #[test]
    fn only_ids_and_dates_are_taken_for_such() {
        for id in ["sku_1", "SKU_01jd8x0e6vk3m9q5r7s2t4w6ya", "secret_01jd8x0e6vk3m9q5r7s2t4w6ya"] {
            assert!(!is_id(id), "{id}");
        }
        for (said, is) in [
            ("2026-11-30", true),
            ("2026-11-30T08:00:00+08:00", true),
            ("138-1234-56", false),
            ("1999-01-01", false),
            ("2026-11-30 pass", false),
        ] {
            assert_eq!(is_date(said), is, "{said}");
        }
    }
}
